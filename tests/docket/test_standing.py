from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.docket import standing
from dragoman.model.docket import Act, ActKind
from tests.docket.acts import START, acts_of, answered, asked, checked, day, moved, said, screened


def test_a_case_begins_as_it_was_submitted() -> None:
    case = standing(acts_of())
    assert (case.number, case.stage, case.version, case.acts) == ("AX-2026-00001", "received", 1, 1)
    assert (case.applicant, case.organisation, case.targets) == ("ada", "Fjord Compute", ("KE",))


def test_a_move_ends_one_stay_and_begins_the_next() -> None:
    case = standing(acts_of(moved(3, "consultation")))
    assert [(stay.stage, stay.since, stay.until) for stay in case.stays] == [
        ("received", START, day(3)),
        ("consultation", day(3), None),
    ]


def test_a_further_version_is_not_checked_by_the_check_of_the_last() -> None:
    case = standing(acts_of(checked(1), (ActKind.REVISED, 2, {"facts": {"a": 1}})))
    assert (case.version, case.checked, case.facts) == (2, 1, {"a": 1})


def test_a_seat_that_speaks_twice_says_what_it_said_last() -> None:
    case = standing(acts_of(said(1, "state", "object"), said(2, "energy", "concur"), said(3, "state", "concur")))
    assert {one.seat: str(one.position) for one in case.positions} == {"energy": "concur", "state": "concur"}


def test_a_request_is_open_until_it_is_answered() -> None:
    open_case = standing(acts_of(asked(1)))
    closed = standing(acts_of(asked(1), answered(4, 2)))
    assert open_case.requests[0].answered is None
    assert (closed.requests[0].answered, closed.requests[0].answer) == (day(4), "The port.")


def test_a_decision_is_kept_with_what_it_states() -> None:
    fields = {"reason": "Every layer is there.", "expires": "2027-03-01"}
    case = standing(acts_of(moved(9, "designated", decision=True, fields=fields)))
    assert (case.decision["reason"], case.expires) == ("Every layer is there.", date(2027, 3, 1))


def test_an_item_is_settled_by_its_number() -> None:
    raised = (ActKind.RAISED, 1, {"cause": "new hit", "text": "Fjord Compute", "key": "hit x"})
    case = standing(acts_of(raised, (ActKind.SETTLED, 2, {"item": 2, "reason": "another firm"})))
    assert [(item.key, item.settled) for item in case.items] == [("hit x", day(2))]


@pytest.mark.parametrize("numbers", [[2], [1, 3], [1, 1]])
def test_acts_that_do_not_follow_each_other_are_refused(numbers: list[int]) -> None:
    acts = acts_of(asked(1), asked(2))
    given_acts = [
        Act(acts[0].case, number, acts[min(place, 1)].kind, START, "ada", acts[min(place, 1)].payload)
        for place, number in enumerate(numbers)
    ]
    with pytest.raises(ValueError, match="was expected"):
        standing(given_acts)


def test_no_act_is_no_case() -> None:
    with pytest.raises(ValueError, match="begins with"):
        standing([])


STEPS = st.lists(
    st.sampled_from([asked(1), checked(1), screened(1), said(1, "state", "concur"), moved(1, "consultation")]),
    max_size=12,
)


@given(STEPS)
def test_every_act_counts_once_and_the_last_state_stands(
    steps: list[tuple[ActKind, int, dict[str, object]]],
) -> None:
    case = standing(acts_of(*steps))
    assert case.acts == 1 + len(steps)
    assert case.stays[-1].until is None
    assert case.stage == case.stays[-1].stage
