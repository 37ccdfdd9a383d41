"""Problems of coordination, profiles and workbooks; words from `data/compare/coordination_problems.yaml`."""

from __future__ import annotations

from dragoman.lexicon.problems import Place, worded
from dragoman.model import Problem

PACK = "compare/coordination_problems.yaml"


def remark(
    code: str, *, doc: str | None = None, source: str = "", line: int | None = None, **values: object
) -> Problem:
    """Return a problem with its sentence and remedy.

    Args:
        code: a code of the pack.
        doc: slug of the document it is about.
        source: file it is about.
        line: of that file.
        **values: what the message and remedy need besides.

    Raises:
        PackFaultError: the pack has no such code.
    """
    return worded(PACK, code, Place(source, doc, line=line), values)
