"""Who acts and toward whom: names in the subject and the clause, resolved against the register of actors."""

from __future__ import annotations

from dragoman.extract.candidate import Candidate
from dragoman.extract.context import Context
from dragoman.extract.view import View
from dragoman.model import Why

Named = tuple[tuple[str, ...], tuple[Why, ...]]
"""Canonical names and a reason for each."""


def actors_of(view: View, candidate: Candidate, context: Context) -> Named:
    """Return who acts: from the subject's names, else the authors."""
    names: dict[str, Why] = {}
    if candidate.subject and candidate.subject_rule == "named":
        start, end = candidate.subject
        for hit in view.names:
            if start <= hit.start and hit.end <= end and hit.phrases[0].group == "actor":
                name = hit.phrases[0].key
                names.setdefault(name, Why("actors", name, "actor:subject", hit.start, hit.end))
    if not names:
        names = {name: Why("actors", name, "actor:authors") for name in context.authors}
    return tuple(names), tuple(names.values())


def counterparties_of(view: View, candidate: Candidate, actors: tuple[str, ...], context: Context) -> Named:  # noqa: ARG001 - first step
    """Return toward or with whom the act is done."""
    return (), ()
