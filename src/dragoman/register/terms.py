"""The termbase in the register: steps of concepts, proposals, versions. Rows are only ever added.

The index beside them (`concept_heads`, `concept_words`) follows from the steps.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import islice

from sqlalchemy import ColumnElement, Connection, Select, case, func, insert, select, update

from dragoman.lexicon.term_spelling import folded_term
from dragoman.model import ConflictError, NotFoundError
from dragoman.model.term import (
    Concept,
    ConceptPage,
    ConceptStatus,
    ConceptStep,
    Proposal,
    ProposalReview,
    ProposalState,
    TermbaseVersion,
    TermQuery,
)
from dragoman.register.engine import Store
from dragoman.register.rows import column_text, json_of
from dragoman.register.term_rows import (
    BATCH,
    concept_of,
    proposal_of,
    proposal_row,
    review_of,
    review_row,
    step_of,
    steps_of_heads,
    store_steps,
    version_of_row,
    version_row,
)
from dragoman.register.term_schema import (
    concept_heads,
    concept_steps,
    concept_words,
    proposal_reviews,
    term_proposals,
    termbase_sides,
    termbase_versions,
)
from dragoman.register.texts import AnyRow, stamp

LOCK = "termbase"
"""What is locked while the termbase is written: ids are given and versions counted one after another."""
OPEN = (ProposalState.OPEN, ProposalState.CONTESTED)
"""States of a proposal on which sides may still speak."""


class NoSuchConceptError(NotFoundError):
    """No concept has the id."""

    def __init__(self, identifier: str) -> None:
        super().__init__(
            f"The termbase has no concept `{identifier}`.", "`dragoman terms base search WORDS` finds concepts."
        )


class NoSuchProposalError(NotFoundError):
    """No proposal has the id."""

    def __init__(self, identifier: str) -> None:
        super().__init__(
            f"The termbase has no proposal `{identifier}`.",
            "`dragoman terms base list --proposals` lists those that wait for a review.",
        )


class NoSuchVersionError(NotFoundError):
    """No version of the termbase has the number."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"The termbase has no version {number}.", "`dragoman terms base history` lists the versions."
        )


class ConceptExistsError(ConflictError):
    """A concept with the id is there already."""

    def __init__(self, identifier: str) -> None:
        super().__init__(
            f"The termbase has a concept `{identifier}` already.",
            "Propose a change of it, or choose another id.",
        )


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of many concepts: ids that are new, that were there as they are, and of proposals made."""

    new: tuple[str, ...]
    unchanged: tuple[str, ...]
    proposals: tuple[str, ...]


Arrive = Callable[[Concept, ConceptStep | None], ConceptStep | Proposal | None]
"""Says what becomes of a concept that comes in, given how it stands: a step, a proposal, or nothing."""


class TermRegister:
    """The termbase of a register; each call is one transaction. Raises StoreError."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # -- concepts

    def add(self, step: ConceptStep) -> ConceptStep:
        """Keep the first step of a concept. Raises ConceptExistsError."""
        with self._store.writing(LOCK) as connection:
            if _last_step(connection, step.concept.id) is not None:
                raise ConceptExistsError(step.concept.id)
            store_steps(connection, [step])
            return _needed_step(connection, step.concept.id)

    def take_in(self, concepts: Iterable[Concept], arrive: Arrive) -> Stored:
        """Keep many concepts, all or none.

        Args:
            concepts: as they come, each id once; what their iterator raises leaves everything as it was.
            arrive: says what becomes of each.
        """
        new: list[str] = []
        unchanged: list[str] = []
        proposals: list[str] = []
        waiting = iter(concepts)
        with self._store.writing(LOCK) as connection:
            while batch := list(islice(waiting, BATCH)):
                there = _last_steps(connection, [concept.id for concept in batch])
                made = [(concept, arrive(concept, there.get(concept.id))) for concept in batch]
                steps = [one for _, one in made if isinstance(one, ConceptStep)]
                drafts = [one for _, one in made if isinstance(one, Proposal)]
                store_steps(connection, steps)
                for draft in drafts:
                    _store_proposal(connection, draft)
                new += [step.concept.id for step in steps]
                unchanged += [concept.id for concept, one in made if one is None]
                proposals += [draft.id for draft in drafts]
        return Stored(tuple(new), tuple(unchanged), tuple(proposals))

    def change(self, identifier: str, decide: Callable[[ConceptStep], ConceptStep]) -> ConceptStep:
        """Add a step to a concept; what `decide` raises leaves everything as it was. Raises NoSuchConceptError."""
        with self._store.writing(LOCK) as connection:
            store_steps(connection, [decide(_needed_step(connection, identifier))])
            return _needed_step(connection, identifier)

    def concept(self, identifier: str) -> ConceptStep:
        """Return how a concept stands, with the step that made it so. Raises NoSuchConceptError."""
        with self._store.reading() as connection:
            return _needed_step(connection, identifier)

    def known(self, identifiers: Iterable[str]) -> frozenset[str]:
        """Return those of some ids that the termbase has."""
        with self._store.reading() as connection:
            return frozenset(_last_steps(connection, list(identifiers)))

    def history(self, identifier: str) -> tuple[ConceptStep, ...]:
        """Return every step of a concept, oldest first. Raises NoSuchConceptError."""
        own = select(concept_steps).where(concept_steps.c.concept == identifier).order_by(concept_steps.c.id)
        with self._store.reading() as connection:
            found = tuple(map(step_of, connection.execute(own)))
        if not found:
            raise NoSuchConceptError(identifier)
        return found

    def find(self, query: TermQuery) -> ConceptPage:
        """Return the concepts of a query."""
        question = _asked(query)
        with self._store.reading() as connection:
            total = connection.execute(select(func.count()).select_from(question.subquery())).scalar_one()
            page = question.offset(query.offset)
            page = page if query.limit is None else page.limit(query.limit)
            heads = [row.id for row in connection.execute(page)]
            return ConceptPage(steps_of_heads(connection, heads), total, query.offset)

    def counts(self) -> Mapping[str, int]:
        """Return how many concepts have each status."""
        question = select(concept_heads.c.status, func.count()).group_by(concept_heads.c.status)
        with self._store.reading() as connection:
            return {status: count for status, count in connection.execute(question)}  # noqa: C416 - rows, not pairs

    def tags(self) -> tuple[str, ...]:
        """Return the tags that concepts have, sorted."""
        question = select(concept_words.c.word).where(concept_words.c.field == "tag").distinct()
        with self._store.reading() as connection:
            return tuple(sorted(connection.execute(question).scalars()))

    def parties(self) -> tuple[str, ...]:
        """Return the parties of terms, sorted."""
        question = select(concept_words.c.party).where(concept_words.c.party != "").distinct()
        with self._store.reading() as connection:
            return tuple(sorted(connection.execute(question).scalars()))

    def last_step(self) -> int:
        """Return the number of the last step, 0 for an empty termbase."""
        with self._store.reading() as connection:
            return connection.execute(select(func.max(concept_steps.c.id))).scalar() or 0

    def content(self, step: int | None = None) -> Iterator[Concept]:
        """Stream the concepts as they stood after a step, by default now, by id; those withdrawn left out."""
        question = select(concept_steps.c.payload).where(concept_steps.c.id.in_(_lasts(step)))
        with self._store.reading() as connection:
            rows = connection.execution_options(yield_per=BATCH).execute(
                question.order_by(concept_steps.c.concept)
            )
            for payload in rows.scalars():
                concept = concept_of(payload)
                if concept.status is not ConceptStatus.WITHDRAWN:
                    yield concept

    def fingerprint(self) -> tuple[Mapping[str, int], str]:
        """Return how many concepts in use have each status, and the hash of all of them by id."""
        digest = sha256()
        question = (
            select(concept_steps.c.payload)
            .join(concept_heads, concept_heads.c.step == concept_steps.c.id)
            .where(concept_heads.c.status != ConceptStatus.WITHDRAWN.value)
            .order_by(concept_heads.c.concept)
        )
        with self._store.reading() as connection:
            for payload in connection.execution_options(yield_per=BATCH).execute(question).scalars():
                digest.update(payload.encode() + b"\n")
        counts = self.counts()
        return {name: n for name, n in counts.items() if name != ConceptStatus.WITHDRAWN}, digest.hexdigest()

    def between(self, first: int, last: int | None) -> tuple[ConceptStep, ...]:
        """Return the steps after one and up to another, by default the last, in order."""
        question = select(concept_steps).where(concept_steps.c.id > first).order_by(concept_steps.c.id)
        if last is not None:
            question = question.where(concept_steps.c.id <= last)
        with self._store.reading() as connection:
            return tuple(map(step_of, connection.execute(question)))

    def as_of(self, identifiers: Sequence[str], step: int) -> Mapping[str, Concept]:
        """Return some concepts as they stood after a step, by id; those that were not there left out."""
        found: dict[str, Concept] = {}
        with self._store.reading() as connection:
            for start in range(0, len(identifiers), BATCH):
                own = concept_steps.c.concept.in_(identifiers[start : start + BATCH])
                numbers = (
                    select(func.max(concept_steps.c.id))
                    .where(own, concept_steps.c.id <= step)
                    .group_by(concept_steps.c.concept)
                )
                rows = connection.execute(
                    select(concept_steps.c.concept, concept_steps.c.payload).where(concept_steps.c.id.in_(numbers))
                )
                found.update((row.concept, concept_of(row.payload)) for row in rows)
        return found

    # -- proposals

    def propose(self, proposal: Proposal) -> Proposal:
        """Keep a proposal. The same one made again is the one that is there."""
        with self._store.writing(LOCK) as connection:
            _store_proposal(connection, proposal)
            return _needed_proposal(connection, proposal.id)

    def proposal(self, identifier: str) -> Proposal:
        """Return a proposal with its reviews. Raises NoSuchProposalError."""
        with self._store.reading() as connection:
            return _needed_proposal(connection, identifier)

    def is_proposal(self, identifier: str) -> bool:
        """Return whether there is a proposal with an id."""
        question = select(term_proposals.c.id).where(term_proposals.c.proposal == identifier)
        with self._store.reading() as connection:
            return connection.execute(question).first() is not None

    def waiting(self) -> int:
        """Return how many proposals wait for a review."""
        question = select(func.count()).where(term_proposals.c.state.in_([state.value for state in OPEN]))
        with self._store.reading() as connection:
            return connection.execute(question).scalar_one()

    def proposals(
        self, concept: str | None = None, *, closed: bool = False, limit: int | None = None
    ) -> tuple[Proposal, ...]:
        """Return proposals in the order made: of a concept or of all, closed ones only where asked for.

        Args:
            concept: id of a concept; None for all.
            closed: whether those that are decided come too.
            limit: how many at the most; None for all.
        """
        question = select(term_proposals).order_by(term_proposals.c.id)
        if concept is not None:
            question = question.where(term_proposals.c.concept == concept)
        if not closed:
            question = question.where(term_proposals.c.state.in_([state.value for state in OPEN]))
        question = question if limit is None else question.limit(limit)
        with self._store.reading() as connection:
            rows = list(connection.execute(question))
            reviews = _reviews(connection, [row.proposal for row in rows])
            return tuple(proposal_of(row, reviews.get(row.proposal, ())) for row in rows)

    def review(
        self, identifier: str, decide: Callable[[Proposal, ConceptStep], tuple[Proposal, ConceptStep | None]]
    ) -> Proposal:
        """Keep what a side says of a proposal, and the step that follows from it.

        Args:
            identifier: of the proposal.
            decide: given the proposal and how its concept stands, returns the proposal with one review more and
                its state, and the step that it makes; what it raises leaves everything as it was.

        Raises:
            NoSuchProposalError: no such proposal.
        """
        with self._store.writing(LOCK) as connection:
            found = _needed_proposal(connection, identifier)
            after, step = decide(found, _needed_step(connection, found.concept))
            connection.execute(insert(proposal_reviews), review_row(identifier, after.reviews[-1]))
            own = update(term_proposals).where(term_proposals.c.proposal == identifier)
            connection.execute(own.values(state=after.state.value))
            if step is not None:
                store_steps(connection, [step])
        return after

    # -- versions and sides

    def publish(self, make: Callable[[int, int], TermbaseVersion]) -> TermbaseVersion:
        """Keep a version; `make` is given its number and the number of the last step."""
        with self._store.writing(LOCK) as connection:
            number = (connection.execute(select(func.max(termbase_versions.c.number))).scalar() or 0) + 1
            step = connection.execute(select(func.max(concept_steps.c.id))).scalar() or 0
            version = make(number, step)
            connection.execute(insert(termbase_versions), version_row(version))
        return version

    def versions(self) -> tuple[TermbaseVersion, ...]:
        """Return the published versions, oldest first."""
        question = select(termbase_versions).order_by(termbase_versions.c.number)
        with self._store.reading() as connection:
            return tuple(map(version_of_row, connection.execute(question)))

    def version(self, number: int) -> TermbaseVersion:
        """Return a published version. Raises NoSuchVersionError."""
        found = next((one for one in self.versions() if one.number == number), None)
        if found is None:
            raise NoSuchVersionError(number)
        return found

    def sides(self) -> tuple[str, ...]:
        """Return the two sides that were last named, () where nobody named any."""
        question = select(termbase_sides.c.sides).order_by(termbase_sides.c.id.desc()).limit(1)
        with self._store.reading() as connection:
            found = connection.execute(question).scalar()
        return tuple(json.loads(found)) if found else ()

    def name_sides(self, sides: Sequence[str], by: str, at: datetime) -> None:
        """Keep which two sides have to agree from now on."""
        row = {"sides": json_of(list(sides)), "by": column_text(by), "at": stamp(at)}
        with self._store.writing(LOCK) as connection:
            connection.execute(insert(termbase_sides), row)


def _lasts(step: int | None) -> Select[tuple[int]]:
    """Return the numbers of the last step of each concept up to a step."""
    question = select(func.max(concept_steps.c.id)).group_by(concept_steps.c.concept)
    return question if step is None else question.where(concept_steps.c.id <= step)


def _last_steps(connection: Connection, identifiers: Sequence[str]) -> dict[str, ConceptStep]:
    """Return how some concepts stand, by id."""
    found: dict[str, ConceptStep] = {}
    for start in range(0, len(identifiers), BATCH):
        rows = connection.execute(
            select(concept_steps)
            .join(concept_heads, concept_heads.c.step == concept_steps.c.id)
            .where(concept_heads.c.concept.in_(identifiers[start : start + BATCH]))
        )
        found.update((row.concept, step_of(row)) for row in rows)
    return found


def _last_step(connection: Connection, identifier: str) -> ConceptStep | None:
    return _last_steps(connection, [identifier]).get(identifier)


def _needed_step(connection: Connection, identifier: str) -> ConceptStep:
    found = _last_step(connection, identifier)
    if found is None:
        raise NoSuchConceptError(identifier)
    return found


def _store_proposal(connection: Connection, proposal: Proposal) -> None:
    """Store a proposal with the reviews it comes with, unless it is there."""
    there = select(term_proposals.c.id).where(term_proposals.c.proposal == proposal.id)
    if connection.execute(there).first() is not None:
        return
    connection.execute(insert(term_proposals), proposal_row(proposal))
    for review in proposal.reviews:
        connection.execute(insert(proposal_reviews), review_row(proposal.id, review))


def _needed_proposal(connection: Connection, identifier: str) -> Proposal:
    row: AnyRow | None = connection.execute(
        select(term_proposals).where(term_proposals.c.proposal == identifier)
    ).first()
    if row is None:
        raise NoSuchProposalError(identifier)
    return proposal_of(row, _reviews(connection, [identifier]).get(identifier, ()))


def _reviews(connection: Connection, proposals: Sequence[str]) -> dict[str, tuple[ProposalReview, ...]]:
    found: dict[str, tuple[ProposalReview, ...]] = {}
    for start in range(0, len(proposals), BATCH):
        own = proposal_reviews.c.proposal.in_(proposals[start : start + BATCH])
        for row in connection.execute(select(proposal_reviews).where(own).order_by(proposal_reviews.c.id)):
            found[row.proposal] = (*found.get(row.proposal, ()), review_of(row))
    return found


def _asked(query: TermQuery) -> Select[tuple[int]]:
    """Return the index keys of a query in its order."""
    words = folded_term(query.words)
    question = select(concept_heads.c.id).where(*_narrowed(query))
    if not words:
        return question.order_by(concept_heads.c.label, concept_heads.c.id)
    hits = _hits(words, query).subquery()
    return question.join(hits, hits.c.head == concept_heads.c.id).order_by(
        hits.c.rank, hits.c.size, concept_heads.c.label, concept_heads.c.id
    )


def _hits(words: str, query: TermQuery) -> Select[tuple[int, int, int]]:
    """Return the concepts with a term that holds some words: whole terms first, then beginnings, then the rest."""
    column = concept_words.c.word
    rank = case((column == words, 0), (column.startswith(words, autoescape=True), 1), else_=2)
    fields = [query.language.value] if query.language else ["en", "zh"]
    return (
        select(
            concept_words.c.head,
            func.min(rank).label("rank"),
            func.min(func.length(column)).label("size"),
        )
        .where(concept_words.c.field.in_(fields), column.contains(words, autoescape=True))
        .group_by(concept_words.c.head)
    )


def _narrowed(query: TermQuery) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions of a query besides its words."""
    statuses = [status.value for status in query.statuses]
    if statuses:
        yield concept_heads.c.status.in_(statuses)
    else:
        yield concept_heads.c.status != ConceptStatus.WITHDRAWN.value
    if query.kinds:
        yield concept_heads.c.kind.in_([kind.value for kind in query.kinds])
    if query.parties:
        yield concept_heads.c.id.in_(select(concept_words.c.head).where(concept_words.c.party.in_(query.parties)))
    if query.tags:
        tagged = (concept_words.c.field == "tag") & concept_words.c.word.in_(query.tags)
        yield concept_heads.c.id.in_(select(concept_words.c.head).where(tagged))
