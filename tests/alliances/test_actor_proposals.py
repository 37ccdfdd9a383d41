"""What texts propose for the register of actors."""

from __future__ import annotations

from dragoman.alliances.actor_proposals import proposals_of
from dragoman.lexicon.actors import Actor, register_of
from dragoman.model.actor import ActorProposal, ProposalKind

ACTORS = register_of(
    {
        "Alba": Actor("Alba", "state", adjectives=("Alban",)),
        "Boria": Actor("Boria", "state"),
        "Department of Lamps": Actor("Department of Lamps", "agency", of="Alba"),
        "Ferry Safety Working Group 3": Actor("Ferry Safety Working Group 3", "body"),
    }
)
HOMES = {"alba-law": "Alba", "boria-law": "Boria"}


def proposed(*counts: tuple[str, str, int]) -> dict[str, ActorProposal]:
    return {one.name: one for one in proposals_of(counts, ACTORS, HOMES)}


def test_a_body_that_is_named_often_is_new() -> None:
    found = proposed(("Office of Bells", "alba-law", 2), ("Office of Bells", "joint", 1))["Office of Bells"]
    assert (found.kind, found.type, found.of) == (ProposalKind.ADD, "agency", "Alba")
    assert (found.lines, found.documents) == (3, 2)


def test_what_is_rare_known_or_no_name_is_not_proposed() -> None:
    counts = (("Office of Bells", "joint", 2), ("Alba", "joint", 90), ("applicants", "joint", 50))
    assert proposed(*counts) == {}


def test_a_chinese_body_is_known_by_its_last_word() -> None:
    found = proposed(("海灯研究院", "joint", 3), ("申请者", "joint", 9))
    assert found.keys() == {"海灯研究院"}
    assert found["海灯研究院"].type == "body"


def test_another_spelling_is_merged() -> None:
    found = proposed(("department of lamps.", "joint", 1), ("The Departments of Lamps", "joint", 1))
    assert {one.into for one in found.values()} == {"Department of Lamps"}
    assert {one.kind for one in found.values()} == {ProposalKind.MERGE}


def test_a_name_with_its_state_before_it_is_merged() -> None:
    found = proposed(("Alban Department of Lamps", "joint", 1))["Alban Department of Lamps"]
    assert (found.into, found.why) == ("Department of Lamps", "state")


def test_groups_that_differ_in_a_number_are_two() -> None:
    assert proposed(("Ferry Safety Working Group 4", "joint", 1)) == {}


def test_an_agency_that_texts_of_two_states_name_is_two() -> None:
    counts = (("Ministry of Sails", "alba-law", 2), ("Ministry of Sails", "boria-law", 3))
    kinds = {one.kind: one for one in proposals_of(counts, ACTORS, HOMES) if one.name == "Ministry of Sails"}
    assert kinds[ProposalKind.SPLIT].states == {"Alba": 2, "Boria": 3}
