from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from dragoman.model import ConflictError, NotFoundError
from dragoman.model.term import (
    Concept,
    ConceptKind,
    ConceptStatus,
    ConceptStep,
    Proposal,
    ProposalKind,
    ProposalReview,
    ProposalState,
    ReviewVerdict,
    TermbaseVersion,
    TermQuery,
)
from dragoman.register import Register
from dragoman.register.terms import TermRegister
from tests.terms.concepts import KILN

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
JAR = replace(KILN, id="jar", note="為何\n“so” \0", status=ConceptStatus.PROPOSED)


@pytest.fixture
def terms(register: Register) -> TermRegister:
    return register.terms


def step(concept: Concept, action: str = "proposed", reason: str = "") -> ConceptStep:
    return ConceptStep(0, concept, action, "Ann", "China", NOON, reason)


def proposal(concept: Concept, base: int) -> Proposal:
    review = ProposalReview("China", ReviewVerdict.ACCEPT, "Li", NOON, "好")
    return Proposal(
        "p1", concept.id, ProposalKind.CHANGE, concept, base, "Li", "China", NOON, "why", reviews=(review,)
    )


def test_a_concept_comes_back_as_it_was_kept_with_all_its_steps(terms: TermRegister) -> None:
    terms.add(step(KILN))
    terms.add(step(JAR))
    changed = replace(KILN, note="new")
    terms.change("kiln", lambda _standing: step(changed, "changed", "clearer"))
    assert terms.concept("kiln").concept == changed
    assert [(one.number, one.action, one.concept.note) for one in terms.history("kiln")] == [
        (1, "proposed", KILN.note),
        (3, "changed", "new"),
    ]
    assert terms.concept("jar").concept == JAR
    assert terms.last_step() == 3
    with pytest.raises(ConflictError):
        terms.add(step(KILN))
    with pytest.raises(NotFoundError):
        terms.history("mug")
    with pytest.raises(NotFoundError):
        terms.change("mug", lambda standing: standing)


def test_what_a_decision_raises_leaves_everything_as_it_was(terms: TermRegister) -> None:
    terms.add(step(KILN))

    def refuse(_standing: ConceptStep) -> ConceptStep:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        terms.change("kiln", refuse)
    assert terms.last_step() == 1


def many() -> Iterator[Concept]:
    for number in range(1_250):
        yield replace(KILN, id=f"c{number:04}")


def test_many_concepts_are_kept_all_or_none(terms: TermRegister) -> None:
    def broken() -> Iterator[Concept]:
        yield from many()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        terms.take_in(broken(), lambda concept, _standing: step(concept))
    assert terms.last_step() == 0
    stored = terms.take_in(many(), lambda concept, _standing: step(concept, "imported"))
    assert len(stored.new) == 1_250
    again = terms.take_in(many(), lambda _concept, standing: None if standing else step(KILN))
    assert (len(again.unchanged), again.new) == (1_250, ())
    page = terms.find(TermQuery("窑", offset=1_240))
    assert (page.total, page.concepts[0].id) == (1_250, "c1240")
    assert len(list(terms.content())) == 1_250
    assert terms.known(["c0001", "mug"]) == {"c0001"}


def test_words_with_signs_of_patterns_are_taken_as_they_are(terms: TermRegister) -> None:
    odd = replace(KILN.terms[0], text="100%_kiln\\")
    terms.add(step(replace(KILN, terms=(odd,))))
    terms.add(step(replace(JAR, terms=(replace(odd, text="100 kilns"),))))
    assert [one.id for one in terms.find(TermQuery("100%_k")).concepts] == ["kiln"]
    assert [one.id for one in terms.find(TermQuery("kiln\\")).concepts] == ["kiln"]
    assert terms.find(TermQuery("100_k")).total == 0


def test_the_index_follows_the_last_step(terms: TermRegister) -> None:
    terms.add(step(KILN))
    renamed = replace(
        KILN, terms=(replace(KILN.terms[0], text="furnace"),), tags=("ai",), kind=ConceptKind.ORGANISATION
    )
    terms.change("kiln", lambda _standing: step(renamed, "changed"))
    assert terms.find(TermQuery("kiln")).total == 0
    assert terms.find(TermQuery("furn", tags=("ai",), kinds=(ConceptKind.ORGANISATION,))).total == 1
    assert (terms.tags(), terms.parties()) == (("ai",), ())
    terms.change("kiln", lambda _standing: step(replace(renamed, status=ConceptStatus.WITHDRAWN), "withdrawn"))
    assert terms.find(TermQuery("furnace")).total == 0
    assert terms.find(TermQuery(statuses=(ConceptStatus.WITHDRAWN,))).total == 1
    assert list(terms.content()) == []
    assert [one.note for one in terms.content(1)] == [KILN.note]


def test_proposals_keep_their_reviews_and_close(terms: TermRegister) -> None:
    base = terms.add(step(KILN)).number
    made = proposal(replace(KILN, note="new"), base)
    assert terms.propose(made) == made
    assert terms.propose(made) == made
    assert terms.proposals() == terms.proposals("kiln") == (made,)
    assert terms.is_proposal("p1")
    assert not terms.is_proposal("kiln")
    said = ProposalReview("United States", ReviewVerdict.ACCEPT, "Ann", NOON)

    def accept(found: Proposal, standing: ConceptStep) -> tuple[Proposal, ConceptStep]:
        assert standing.number == base
        after = replace(found, state=ProposalState.ACCEPTED, reviews=(*found.reviews, said))
        return after, replace(step(found.after, "changed"), proposal=found.id)

    terms.review("p1", accept)
    assert terms.proposals() == ()
    assert terms.proposals(closed=True)[0].reviews == (*made.reviews, said)
    assert terms.concept("kiln").proposal == "p1"
    with pytest.raises(NotFoundError):
        terms.proposal("p2")


def test_versions_and_sides_are_kept(terms: TermRegister) -> None:
    terms.add(step(KILN))
    terms.add(step(replace(JAR, status=ConceptStatus.WITHDRAWN)))
    counts, digest = terms.fingerprint()
    assert counts == {"contested": 1}

    def made(number: int, last: int) -> TermbaseVersion:
        return TermbaseVersion(number, last, NOON, "Ann", "first", 1, tuple(sorted(counts.items())), digest)

    version = terms.publish(made)
    assert (version.number, version.step) == (1, 2)
    terms.change("kiln", lambda _standing: step(replace(KILN, note="new"), "changed"))
    assert terms.fingerprint()[1] != digest
    assert terms.publish(made).number == 2
    assert terms.versions()[0] == terms.version(1) == version
    assert [one.number for one in terms.between(2, None)] == [3]
    assert terms.as_of(["kiln", "mug"], 2) == {"kiln": KILN}
    assert terms.sides() == ()
    terms.name_sides(["A", "B"], "Ann", NOON)
    terms.name_sides(["C", "D"], "Ann", NOON)
    assert terms.sides() == ("C", "D")
