"""On which technology, by which instrument: the tags that the clause and its surroundings support."""

from __future__ import annotations

from dragoman.extract.candidate import Candidate
from dragoman.extract.evidence import Evidence, evidence_of
from dragoman.extract.topics import Recent, Topics
from dragoman.extract.view import View
from dragoman.extract.weights import load_weights
from dragoman.model import Why

Tags = tuple[tuple[str, ...], tuple[Why, ...]]
"""Tags and a reason for each."""


def technologies_of(view: View, candidate: Candidate, topics: Topics, recent: Recent) -> Tags:
    """Return the technology tags of a candidate."""
    words = load_weights("technologies").words
    return weighed(evidence_of(view, candidate, topics, recent, "technology", words), "technologies")


def instruments_of(view: View, candidate: Candidate, topics: Topics, recent: Recent) -> Tags:
    """Return the instrument tags of a candidate."""
    words = load_weights("instruments").words
    return weighed(evidence_of(view, candidate, topics, recent, "instrument", words), "instruments")


def weighed(evidence: dict[str, Evidence], field: str) -> Tags:
    """Return the tags whose evidence weighs enough, the surest first, each with the term that says it."""
    weights = load_weights(field)
    sure = [(weights.probability(item.features, tag, item.tagged), tag) for tag, item in evidence.items()]
    kept = [
        tag for chance, tag in sorted(sure, key=lambda pair: (-pair[0], pair[1])) if chance >= weights.threshold
    ]
    return tuple(kept), tuple(reason(field, tag, evidence[tag]) for tag in kept)


def reason(field: str, tag: str, evidence: Evidence) -> Why:
    """Return why a tag was given: its term, or the surroundings that name it."""
    if evidence.hit:
        return Why(field, tag, f"term:{evidence.term}", evidence.hit.start, evidence.hit.end)
    return Why(field, tag, f"around:{evidence.term}")
