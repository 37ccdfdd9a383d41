"""Problems of alliances; words from `data/alliances/problems.yaml`."""

from __future__ import annotations

from dragoman.lexicon.problems import Place, worded
from dragoman.model import Problem

PACK = "alliances/problems.yaml"


def remark(code: str, **values: object) -> Problem:
    """Return a problem with its sentence and remedy.

    Args:
        code: a code of the pack.
        **values: what the message and remedy need.

    Raises:
        PackFaultError: the pack has no such code.
    """
    return worded(PACK, code, Place(), values)
