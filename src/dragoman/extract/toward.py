"""Toward or with whom the act is done: states, agencies, bodies, firms and persons named in the clause."""

from __future__ import annotations

from dragoman.extract.candidate import Candidate
from dragoman.extract.context import Context
from dragoman.extract.mentions import Mention, mentions_in
from dragoman.extract.view import View
from dragoman.model import Why

Named = tuple[tuple[str, ...], tuple[Why, ...]]


def counterparties_of(view: View, candidate: Candidate, actors: tuple[str, ...], context: Context) -> Named:
    """Return with or toward whom the act is done, and why."""
    found: dict[str, Why] = {}
    for mention in mentions_in(view, candidate.clause[0], candidate.clause[1], context):
        if mention.name not in actors and mention.type not in {"class", "seat", "region"}:
            found.setdefault(
                mention.name, Why("counterparties", mention.name, "toward:all", mention.start, mention.end)
            )
    return tuple(found), tuple(found.values())
