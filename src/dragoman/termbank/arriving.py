"""What becomes of concepts that come in with a file: new ones are taken, changed ones are proposed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from dragoman.lexicon import load_lexicon
from dragoman.model.identity import sha256_of_text
from dragoman.model.term import Concept, ConceptStatus, ConceptStep, ImportOutcome, Proposal, ProposalKind
from dragoman.model.term_format import proposal_to_row
from dragoman.register.rows import json_of
from dragoman.register.terms import TermRegister
from dragoman.terms.agreeing import Speaker, checked, proposal_of, status_of, step_of
from dragoman.terms.term_faults import Faults
from dragoman.terms.termbase import free_id, pairs_of, same_content

ID_LENGTH = 11
"""Hexadecimal digits of the id of a proposal."""
SAID = frozenset({ConceptStatus.AGREED, ConceptStatus.CONTESTED, ConceptStatus.UNDER_REVIEW})
"""Statuses that only a side can give."""


class FaultyFileError(Exception):
    """Takes back what was stored of a file with an error."""


@cache
def known_tags() -> frozenset[str]:
    """Return the tags that concepts may have: those of technologies and instruments."""
    lexicon = load_lexicon()
    return frozenset({*lexicon.technologies.labels, *lexicon.instruments.labels})


def with_id(proposal: Proposal) -> Proposal:
    """Return a proposal with its id, the same for the same proposal."""
    row = proposal_to_row(proposal)
    said = {name: row[name] for name in ("concept", "kind", "by", "side", "after")}
    return replace(proposal, id="p" + sha256_of_text(json_of({**said, "base": proposal.base}))[:ID_LENGTH])


@dataclass(slots=True)
class Arrival:
    """Decides for each concept of a file what becomes of it.

    Attributes:
        who: who brings it, for which side.
        sides: the two sides.
        unsaid: how many concepts were said to be agreed or contested by nobody.
    """

    who: Speaker
    sides: Sequence[str]
    unsaid: int = 0

    def of(self, concept: Concept, standing: ConceptStep | None) -> ConceptStep | Proposal | None:
        """Return the first step of a new concept, a proposal where it stands otherwise, None where it stands."""
        if standing is None:
            return step_of(self._accepted(concept), "imported", self.who)
        if same_content(concept, standing.concept):
            return None
        return with_id(proposal_of(standing, ProposalKind.CHANGE, concept, self.who, self.sides))

    def _accepted(self, concept: Concept) -> Concept:
        """Return a concept with the status that follows from its sides, and that of who brings it."""
        if concept.status is ConceptStatus.WITHDRAWN:
            return concept
        if concept.status in SAID and not (concept.accepted or concept.contested):
            self.unsaid += 1
        side = {self.who.side} - {"", *concept.contested}
        made = replace(concept, accepted=tuple(sorted({*concept.accepted, *side})))
        return replace(made, status=status_of(made, self.sides))


def take_in(
    terms: TermRegister, concepts: Iterable[Concept], faults: Faults, who: Speaker, sides: Sequence[str]
) -> ImportOutcome:
    """Keep the concepts of a file, all or none.

    Args:
        terms: where they are kept.
        concepts: as they are read; `faults` grows with them.
        faults: of the file; with an error nothing is kept.
        who: who brings it.
        sides: the two sides.

    Raises:
        UsageError: nobody's name, an unknown side.
    """
    arrival = Arrival(checked(who, sides), sides)
    try:
        stored = terms.take_in(_sound(concepts, faults), arrival.of)
    except FaultyFileError:
        return ImportOutcome(taken=False, problems=faults.all())
    if arrival.unsaid:
        faults.add("concept-not-agreed", None, given=arrival.unsaid)
    return ImportOutcome(stored.new, stored.unchanged, stored.proposals, problems=faults.all())


def _sound(concepts: Iterable[Concept], faults: Faults) -> Iterator[Concept]:
    """Yield concepts; at the end, raise where the file has an error."""
    yield from concepts
    if faults.serious:
        raise FaultyFileError


def fresh(concepts: Iterable[Concept], there: Iterable[Concept]) -> Iterator[Concept]:
    """Yield the concepts whose pairs of terms are not there, under ids that are free."""
    pairs: set[tuple[str, str]] = set()
    ids: set[str] = set()
    for one in there:
        pairs.update(pairs_of(one))
        ids.add(one.id)
    for concept in concepts:
        own = set(pairs_of(concept))
        if not own & pairs:
            pairs |= own
            made = free_id(concept.id, ids.__contains__)
            ids.add(made)
            yield replace(concept, id=made)
