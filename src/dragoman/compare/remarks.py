"""Problems of coordination, profiles and workbooks; words from `data/compare/coordination_problems.yaml`."""

from __future__ import annotations

from dragoman.lexicon import PackFaultError, load_pack
from dragoman.model import Problem, Severity

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
    entry = load_pack(PACK)["problems"].get(code)
    if entry is None:
        raise PackFaultError(PACK, f"no problem {code}")
    fill = {"doc": doc, "source": source, "line": line, **values}
    message, remedy = entry["message"].format(**fill), entry["remedy"].format(**fill)
    return Problem(code, Severity(entry["severity"]), message, remedy, source=source, doc=doc, line=line)
