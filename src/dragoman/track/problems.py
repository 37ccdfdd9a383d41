"""Problems of deadlines, events and scores, their words taken from the pack `data/tracking/problems.yaml`."""

from __future__ import annotations

from dragoman.lexicon.problems import Place, worded
from dragoman.model import Problem, Provision

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
    if provision is None:
        return worded(PACK, code, Place(doc=str(values.get("doc", "")) or None), values)
    place = Place(doc=provision.doc, start=provision.start, end=provision.end)
    return worded(PACK, code, place, {"doc": provision.doc, **values})
