"""Problems of a series, their words taken from the pack `data/compare/problems.yaml`."""

from __future__ import annotations

from dragoman.lexicon.problems import Place, worded
from dragoman.model import Problem

PACK = "compare/problems.yaml"


def problem(code: str, doc: str | None = None, **values: object) -> Problem:
    """Return a problem with its sentence and remedy.

    Args:
        code: a code of the pack.
        doc: slug of the document it is about.
        **values: what the message and remedy need besides.

    Raises:
        PackFaultError: the pack has no such code.
    """
    return worded(PACK, code, Place(doc=doc), values)
