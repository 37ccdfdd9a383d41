from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from dragoman.docket import load_procedure, obstacles, possible_moves, standing
from dragoman.model.docket import ActKind, Person
from dragoman.model.procedure import Need, Role
from tests.docket.acts import DECIDER, DESK, OWNER, acts_of, answered, asked, checked, moved, said, screened

PROGRAM = load_procedure("ai-exports-program")
TODAY = date(2026, 6, 1)
SEATS = ("state", "war", "energy", "ostp")


def needs(
    move: str,
    person: Person,
    *steps: tuple[ActKind, int, Mapping[str, Any]],
    fields: Mapping[str, Any] | None = None,
) -> list[tuple[Need | None, tuple[str, ...], str]]:
    case = standing(acts_of(*steps))
    found = obstacles(PROGRAM, case, move, person, fields or {}, TODAY)
    return [(one.need, one.values, one.reason) for one in found]


def test_a_proposal_that_is_complete_goes_to_the_agencies() -> None:
    assert needs("circulate", DESK, checked(1, met=30, unknown=4), screened(1)) == []


def test_what_is_not_met_keeps_it_back() -> None:
    assert needs("circulate", DESK, checked(1, not_met=1), screened(1)) == [(Need.NO_RESULT, ("not met",), "")]


def test_a_version_that_was_not_checked_and_not_screened_keeps_it_back() -> None:
    revised: tuple[ActKind, int, Mapping[str, Any]] = (ActKind.REVISED, 2, {"facts": {}})
    assert needs("circulate", DESK, checked(1), screened(1), revised) == [
        (Need.CHECKED, ("2",), ""),
        (Need.SCREENED, ("2",), ""),
    ]


def test_an_open_hit_keeps_it_back_by_name() -> None:
    found = needs("circulate", DESK, checked(1), screened(1, 1, "Skerry Metals"))
    assert found == [(Need.SCREENED, ("Skerry Metals",), "")]


def test_an_open_question_keeps_it_back_until_it_is_answered() -> None:
    ready = (checked(1), screened(1), asked(2))
    assert needs("circulate", DESK, *ready) == [(Need.ANSWERED, ("4",), "")]
    assert needs("circulate", DESK, *ready, answered(3, 4)) == []


def test_each_agency_that_is_silent_or_objects_keeps_it_back() -> None:
    steps = (
        checked(1),
        screened(1),
        moved(2, "consultation"),
        said(3, "state", "concur"),
        said(3, "war", "object"),
    )
    assert needs("submit-for-determination", DESK, *steps) == [
        (Need.SEATS, ("war", "object"), ""),
        (Need.SEATS, ("energy",), ""),
        (Need.SEATS, ("ostp",), ""),
    ]


def test_once_all_agreed_or_did_not_object_it_goes_on() -> None:
    voices = [said(3, seat, "concur" if seat == "state" else "no objection") for seat in SEATS]
    assert (
        needs("submit-for-determination", DESK, checked(1), screened(1), moved(2, "consultation"), *voices) == []
    )


@pytest.mark.parametrize(
    ("person", "reason"),
    [
        (DECIDER, "role"),
        (Person("zoe", frozenset({Role.APPLICANT}), organisation="Other"), "role"),
        (Person("root", frozenset({Role.ADMIN})), "role"),
    ],
)
def test_who_has_not_the_role_cannot_circulate(person: Person, reason: str) -> None:
    assert needs("circulate", person, checked(1), screened(1)) == [(None, ("desk",), reason)]


def test_an_applicant_withdraws_its_own_case_only() -> None:
    stranger = Person("zoe", frozenset({Role.APPLICANT}), organisation="Other")
    assert needs("withdraw", OWNER, fields={"reason": "sold"}) == []
    assert needs("withdraw", stranger, fields={"reason": "sold"}) == [(None, (), "own case")]


def test_a_decision_states_reason_and_citations() -> None:
    steps = (checked(1), screened(1), moved(2, "determination"))
    assert needs("designate", DECIDER, *steps) == [(Need.FIELDS, ("reason", "citations"), "")]
    assert needs("designate", DECIDER, *steps, fields={"reason": "r", "citations": ["EO 14320 sec. 3(d)"]}) == []


def test_a_case_does_not_move_from_a_state_it_is_not_in() -> None:
    found = needs("designate", DECIDER, checked(1), screened(1), fields={"reason": "r", "citations": ["c"]})
    assert found == [(None, ("determination",), "stage")]


def test_what_a_person_may_do_next_depends_on_the_role() -> None:
    case = standing(acts_of())
    assert possible_moves(PROGRAM, case, DESK) == ("return", "circulate", "withdraw")
    assert possible_moves(PROGRAM, case, OWNER) == ("withdraw",)
    assert possible_moves(PROGRAM, case, DECIDER) == ("decline",)
