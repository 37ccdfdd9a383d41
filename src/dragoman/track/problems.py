"""Problems of deadlines, events and scores, their words taken from the pack `data/tracking/problems.yaml`."""

from __future__ import annotations

from dragoman.lexicon import PackFaultError, load_pack
from dragoman.model import Problem, Provision, Severity

PACK = "tracking/problems.yaml"


def problem(code: str, provision: Provision | None = None, **values: object) -> Problem:
    """Return a problem with its sentence and remedy.

    Args:
        code: a code of the pack.
        provision: the line it is about; gives document and position.
        **values: what the message and remedy need.

    Raises:
        PackFaultError: the pack has no such code.
    """
    entry = load_pack(PACK)["problems"].get(code)
    if entry is None:
        raise PackFaultError(PACK, f"no problem {code}")
    return Problem(
        code,
        Severity(entry["severity"]),
        entry["message"].format(**values),
        entry["remedy"].format(**values),
        doc=provision.doc if provision else str(values.get("doc", "")) or None,
        start=provision.start if provision else None,
        end=provision.end if provision else None,
    )
