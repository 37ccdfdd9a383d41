"""The termbase as the register stores it, and its index of words: exact round trips."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from dragoman.lexicon.term_spelling import folded_term
from dragoman.model.term import (
    Concept,
    ConceptStep,
    Proposal,
    ProposalKind,
    ProposalReview,
    ProposalState,
    ReviewVerdict,
    TermbaseVersion,
)
from dragoman.model.term_format import concept_of_row, concept_to_row
from dragoman.register.rows import column_text, json_of
from dragoman.register.term_schema import concept_heads, concept_steps, concept_words
from dragoman.register.texts import AnyRow, stamp

BATCH = 500
"""Concepts stored at a time; also the most values of one question."""
LONGEST = 400
"""Characters of a word that are looked at when words are searched: an index holds no longer ones."""


def payload_of_concept(concept: Concept) -> str:
    """Return a concept as JSON."""
    return json_of(concept_to_row(concept))


def concept_of(payload: str) -> Concept:
    """Return the concept of a payload."""
    return concept_of_row(json.loads(payload))


def step_row(step: ConceptStep) -> dict[str, Any]:
    """Return a step as the columns of its row; its number is given by the table."""
    return {
        "concept": step.concept.id,
        "action": step.action,
        "by": column_text(step.by),
        "side": column_text(step.side),
        "at": stamp(step.at),
        "reason": column_text(step.reason),
        "proposal": step.proposal,
        "payload": payload_of_concept(step.concept),
    }


def step_of(row: AnyRow) -> ConceptStep:
    """Return the step of a row."""
    return ConceptStep(
        number=row.id,
        concept=concept_of(row.payload),
        action=row.action,
        by=row.by,
        side=row.side,
        at=datetime.fromisoformat(row.at),
        reason=row.reason,
        proposal=row.proposal,
    )


def proposal_row(proposal: Proposal) -> dict[str, Any]:
    """Return a proposal as the columns of its row; its reviews are rows of their own."""
    return {
        "proposal": proposal.id,
        "concept": proposal.concept,
        "kind": proposal.kind.value,
        "state": proposal.state.value,
        "base": proposal.base,
        "by": column_text(proposal.by),
        "side": column_text(proposal.side),
        "at": stamp(proposal.at),
        "reason": column_text(proposal.reason),
        "payload": payload_of_concept(proposal.after),
    }


def proposal_of(row: AnyRow, reviews: Sequence[ProposalReview]) -> Proposal:
    """Return the proposal of a row with its reviews."""
    return Proposal(
        id=row.proposal,
        concept=row.concept,
        kind=ProposalKind(row.kind),
        after=concept_of(row.payload),
        base=row.base,
        by=row.by,
        side=row.side,
        at=datetime.fromisoformat(row.at),
        reason=row.reason,
        state=ProposalState(row.state),
        reviews=tuple(reviews),
    )


def review_row(proposal: str, review: ProposalReview) -> dict[str, Any]:
    """Return a review as the columns of its row."""
    return {
        "proposal": proposal,
        "side": column_text(review.side),
        "verdict": review.verdict.value,
        "by": column_text(review.by),
        "at": stamp(review.at),
        "reason": column_text(review.reason),
    }


def review_of(row: AnyRow) -> ProposalReview:
    """Return the review of a row."""
    verdict, at = ReviewVerdict(row.verdict), datetime.fromisoformat(row.at)
    return ProposalReview(row.side, verdict, row.by, at, row.reason)


def version_of_row(row: AnyRow) -> TermbaseVersion:
    """Return the published version of a row."""
    statuses = tuple((name, count) for name, count in json.loads(row.statuses))
    at = datetime.fromisoformat(row.at)
    return TermbaseVersion(row.number, row.step, at, row.by, row.note, row.concepts, statuses, row.sha256)


def version_row(version: TermbaseVersion) -> dict[str, Any]:
    """Return a published version as the columns of its row."""
    return {
        "number": version.number,
        "step": version.step,
        "at": stamp(version.at),
        "by": column_text(version.by),
        "note": column_text(version.note),
        "concepts": version.concepts,
        "statuses": json_of([list(one) for one in version.statuses]),
        "sha256": version.sha256,
    }


def store_steps(connection: Connection, steps: Sequence[ConceptStep]) -> None:
    """Store steps of different concepts, and let the index follow."""
    for start in range(0, len(steps), BATCH):
        batch = steps[start : start + BATCH]
        connection.execute(insert(concept_steps), [step_row(step) for step in batch])
        _index(connection, [step.concept for step in batch])


def _index(connection: Connection, concepts: Sequence[Concept]) -> None:
    """Put the index rows of concepts in the place of older ones."""
    ids = [concept.id for concept in concepts]
    numbers = _last_numbers(connection, ids)
    heads = heads_of(connection, ids)
    rows = {one.id: {**_head_row(one), "step": numbers[one.id]} for one in concepts}
    new = [row for key, row in rows.items() if key not in heads]
    if new:
        connection.execute(insert(concept_heads), new)
    for key, head in heads.items():
        connection.execute(update(concept_heads).where(concept_heads.c.id == head).values(rows[key]))
    if heads:
        connection.execute(delete(concept_words).where(concept_words.c.head.in_(list(heads.values()))))
    known = heads_of(connection, ids)
    words = [{"head": known[one.id], **word} for one in concepts for word in word_rows(one)]
    if words:
        connection.execute(insert(concept_words), words)


def _last_numbers(connection: Connection, ids: Sequence[str]) -> dict[str, int]:
    """Return the number of the last step of concepts."""
    own = select(concept_steps.c.concept, concept_steps.c.id).where(concept_steps.c.concept.in_(ids))
    return {row.concept: row.id for row in connection.execute(own.order_by(concept_steps.c.id))}


def heads_of(connection: Connection, ids: Sequence[str]) -> Mapping[str, int]:
    """Return the index keys of concepts that are known."""
    own = select(concept_heads.c.concept, concept_heads.c.id).where(concept_heads.c.concept.in_(ids))
    return {row.concept: row.id for row in connection.execute(own)}


def _head_row(concept: Concept) -> dict[str, Any]:
    return {
        "concept": concept.id,
        "status": concept.status.value,
        "kind": concept.kind.value,
        "label": column_text(folded_term(concept.terms[0].text))[:LONGEST],
    }


def word_rows(concept: Concept) -> Iterator[dict[str, str]]:
    """Yield the words by which a concept is found: its terms and tags."""
    for term in concept.terms:
        word = column_text(folded_term(term.text))[:LONGEST]
        yield {"field": term.language.value, "word": word, "party": column_text(term.party)}
    for tag in concept.tags:
        yield {"field": "tag", "word": tag, "party": ""}


def steps_of_heads(connection: Connection, heads: Iterable[int]) -> tuple[Concept, ...]:
    """Return the concepts of index keys in their order."""
    wanted = list(heads)
    found: dict[int, Concept] = {}
    for start in range(0, len(wanted), BATCH):
        question = (
            select(concept_heads.c.id, concept_steps.c.payload)
            .join(concept_steps, concept_steps.c.id == concept_heads.c.step)
            .where(concept_heads.c.id.in_(wanted[start : start + BATCH]))
        )
        found.update((row.id, concept_of(row.payload)) for row in connection.execute(question))
    return tuple(found[head] for head in wanted)
