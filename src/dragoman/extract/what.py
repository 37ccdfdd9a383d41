"""On which technology, by which instrument: the tags that the clause itself supports."""

from __future__ import annotations

from dragoman.extract.candidate import Candidate
from dragoman.extract.view import View
from dragoman.model import Why

Tags = tuple[tuple[str, ...], tuple[Why, ...]]
"""Tags and a reason for each."""


def technologies_of(view: View, candidate: Candidate) -> Tags:
    """Return the technology tags of a candidate's clause."""
    return tags_in(view, candidate, "technology", "technologies")


def instruments_of(view: View, candidate: Candidate) -> Tags:
    """Return the instrument tags of a candidate's clause."""
    return tags_in(view, candidate, "instrument", "instruments")


def tags_in(view: View, candidate: Candidate, group: str, field: str) -> Tags:
    """Return the tags of one group whose terms stand in the clause."""
    start, end = candidate.clause
    found: dict[str, Why] = {}
    for hit in view.terms:
        for phrase in hit.phrases:
            if phrase.group == group and start <= hit.start and hit.end <= end:
                found.setdefault(phrase.key, Why(field, phrase.key, f"term:{phrase.text}", hit.start, hit.end))
    return tuple(found), tuple(found.values())
