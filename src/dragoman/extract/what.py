"""On which technology, by which instrument: the tags that the clause and its surroundings support."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from dragoman.extract.around import INSTRUMENT, TECHNOLOGY, Around
from dragoman.extract.candidate import Candidate
from dragoman.extract.evidence import Clause, Evidence, clause_of, evidence_in, features_at
from dragoman.extract.topics import Topics
from dragoman.extract.view import View
from dragoman.extract.weights import load_weights, probability
from dragoman.model import Why

Tags = tuple[tuple[str, ...], tuple[Why, ...]]
"""Tags and a reason for each."""
FIELDS = {TECHNOLOGY: "technologies", INSTRUMENT: "instruments"}


def tags_of(lines: Iterable[tuple[View, Candidate, Around]], topics: Topics) -> tuple[list[Tags], list[Tags]]:
    """Return the technology tags and the instrument tags of each line.

    Args:
        lines: sentence, clause, and where tags stand around the sentence.
        topics: of the document.
    """
    clauses = [(clause_of(view, candidate, topics), around) for view, candidate, around in lines]
    return tags_in(clauses, TECHNOLOGY), tags_in(clauses, INSTRUMENT)


def tags_in(clauses: Sequence[tuple[Clause, Around]], group: str) -> list[Tags]:
    """Return the tags of a group that clauses have."""
    evidence = [evidence_in(clause, around, group) for clause, around in clauses]
    field = FIELDS[group]
    return [weighed(*own, clause, field) for own, (clause, _) in zip(evidence, clauses, strict=True)]


def weighed(evidence: dict[str, Evidence], beside: list[str], clause: Clause, field: str) -> Tags:
    """Return the tags whose evidence weighs enough, the surest first, each with the term that says it."""
    if not evidence:
        return NONE
    weights = load_weights(field)
    shared = (*weights.rows(beside), *weights.rows_of_words(clause.words), *weights.rows(clause.rest))
    sure = []
    for tag, item in evidence.items():
        score = place_score(field, item.places, item.state)
        chance = probability(score + weights.tagged_score(tag, weights.rows(item.tagged), shared))
        if chance >= weights.threshold:
            sure.append((-chance, tag))
    kept = [tag for _, tag in sorted(sure)]
    return tuple(kept), tuple([reason(field, tag, evidence[tag]) for tag in kept])


@lru_cache(maxsize=4096)
def place_score(field: str, places: tuple[str, ...], state: str) -> float:
    """Return the score of the places that speak of a tag; the same few places come again and again."""
    return load_weights(field).plain_score(features_at(places, state))


NONE: Tags = ((), ())


def reason(field: str, tag: str, evidence: Evidence) -> Why:
    """Return why a tag was given: its term, or the surroundings that name it."""
    if evidence.hit:
        return Why(field, tag, f"term:{evidence.term}", evidence.hit.start, evidence.hit.end)
    return Why(field, tag, f"around:{evidence.term}")
