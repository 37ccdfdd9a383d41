"""Problems of two versions, their words taken from the pack `data/terms/problems.yaml`."""

from __future__ import annotations

from dragoman.lexicon import PackFaultError, load_pack
from dragoman.model import Problem, Severity
from dragoman.terms.settings import PROBLEMS


def problem(code: str, doc: str | None = None, **values: object) -> Problem:
    """Return a problem with its sentence and remedy.

    Args:
        code: a code of the pack.
        doc: slug of the document it is about.
        **values: what the message and remedy need besides.

    Raises:
        PackFaultError: the pack has no such code.
    """
    entry = load_pack(PROBLEMS)["problems"].get(code)
    if entry is None:
        raise PackFaultError(PROBLEMS, f"no problem {code}")
    fill = {"doc": doc, **values}
    message, remedy = entry["message"].format(**fill), entry["remedy"].format(**fill)
    return Problem(code, Severity(entry["severity"]), message, remedy, doc=doc)
