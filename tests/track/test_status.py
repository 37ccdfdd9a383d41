from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model import Assessment, Deadline, DueState, Evidence, EvidenceState, Search, Stage, Stance, Status
from dragoman.track.due import due_days
from dragoman.track.records import Records, by_line
from dragoman.track.status import counting, furthest, ladder, last_verdicts, off_ladder, status_of
from tests.track.making import NOON, SIGNED, by, every, line, piece, verdict

TODAY = date(2024, 6, 30)
JANUARY, MAY = date(2024, 1, 1), date(2024, 5, 1)


def status(
    *evidence: Evidence,
    deadline: Deadline | None = None,
    verdicts: Sequence[Assessment] = (),
    searches: Sequence[Search] = (),
    as_of: date = TODAY,
) -> Status:
    records = Records((), by_line(evidence), by_line(searches), by_line(verdicts))
    return status_of("memo:1", due_days(line(deadline), SIGNED, (), as_of, 365), records, as_of)


def test_the_ladder_and_what_takes_off_it_are_all_stages() -> None:
    assert {*ladder(), *off_ladder()} == set(Stage)
    assert ladder() == tuple(Stage)[:9]


def test_what_a_party_says_of_itself_is_claimed_and_never_verified() -> None:
    found = status(piece(Stage.COMPLETED, by_party="Freedonia"), piece(Stage.LAUNCHED))
    assert (found.claimed, found.verified) == (Stage.COMPLETED, Stage.LAUNCHED)
    assert status(piece(by_party="Freedonia"), deadline=by(MAY)).due[0].state is DueState.OVERDUE


@pytest.mark.parametrize("state", [EvidenceState.CANDIDATE, EvidenceState.REJECTED, EvidenceState.WITHDRAWN])
def test_only_accepted_evidence_counts(state: EvidenceState) -> None:
    found = status(piece(state=state), piece(state=state, by_party="Freedonia", id="e2"))
    assert (found.claimed, found.verified, found.evidence) == (None, None, ())


def test_evidence_counts_from_the_day_of_its_source_else_from_when_it_was_added() -> None:
    dated = piece(day=MAY, added=datetime(2026, 1, 1, tzinfo=UTC))
    undated = piece(day=None, added=NOON)
    assert counting([dated], date(2024, 4, 30)) == ()
    assert counting([dated], MAY) == (dated,)
    assert counting([undated], date(2024, 2, 29)) == ()
    assert counting([undated], NOON.date()) == (undated,)


@pytest.mark.parametrize(
    ("pieces", "stage"),
    [
        ([], None),
        ([piece(Stage.ANNOUNCED), piece(Stage.FUNDED), piece(Stage.AUTHORIZED)], Stage.FUNDED),
        ([piece(None)], None),
        ([piece(stance=Stance.CONTRADICTS)], None),
        ([piece(stance=Stance.QUALIFIES)], None),
        ([piece(stance=Stance.CONTEXT)], None),
        ([piece(Stage.LAUNCHED, JANUARY), piece(Stage.SUSPENDED, MAY, Stance.CONTRADICTS)], Stage.SUSPENDED),
        ([piece(Stage.LAUNCHED, JANUARY), piece(Stage.SUSPENDED, MAY, Stance.CONTEXT)], Stage.LAUNCHED),
        ([piece(Stage.SUSPENDED, JANUARY), piece(Stage.LAUNCHED, MAY)], Stage.LAUNCHED),  # begun anew
        ([piece(Stage.COMPLETED, JANUARY), piece(Stage.REPEALED, MAY), piece(Stage.PROPOSED, TODAY)], Stage.PROPOSED),
        ([piece(Stage.LAUNCHED, MAY), piece(Stage.OVERTAKEN, None)], Stage.OVERTAKEN),  # unknown day: the youngest
        ([piece(Stage.LAUNCHED, None), piece(Stage.SUSPENDED, JANUARY)], Stage.SUSPENDED),  # unknown day: the oldest
        ([piece(Stage.LAUNCHED, MAY), piece(Stage.SUSPENDED, MAY)], Stage.SUSPENDED),  # in doubt against delivery
    ],
)  # fmt: skip
def test_the_furthest_stage(pieces: list[Evidence], stage: Stage | None) -> None:
    assert furthest(pieces) is stage
    assert furthest(pieces[::-1]) is stage


@given(st.lists(st.sampled_from(ladder()), min_size=1, max_size=6))
def test_the_furthest_rung_is_the_highest_of_those_supported(stages: list[Stage]) -> None:
    pieces = [piece(stage, JANUARY) for stage in stages]
    assert furthest(pieces) is max(stages, key=ladder().index)


@pytest.mark.parametrize(
    ("stage", "state"),
    [(Stage.COMPLETED, DueState.DELIVERED), (Stage.OPERATIONAL, DueState.DELIVERED), (Stage.LAUNCHED, DueState.OVERDUE), (Stage.OVERTAKEN, DueState.OVERDUE)],
)  # fmt: skip
def test_independent_evidence_of_operation_delivers(stage: Stage, state: DueState) -> None:
    assert status(piece(stage), deadline=by(MAY)).due[0].state is state


@pytest.mark.parametrize(
    ("scores", "state"),
    [({"A": 1}, "delivered"), ({"A": 1, "B": 1}, "delivered"), ({"A": 1, "B": 0}, "overdue"), ({"A": None}, "overdue"), ({"A": 1, "B": None}, "delivered"), ({"": 1}, "delivered"), ({"": -1}, "overdue")],
)  # fmt: skip
def test_full_compliance_of_all_who_have_a_score_delivers(scores: dict[str, int | None], state: str) -> None:
    verdicts = [verdict(score, party) for party, score in scores.items()]
    assert status(deadline=by(MAY), verdicts=verdicts).due[0].state == state


def states(found: Status) -> list[str]:
    return [f"{item.due} {item.state.value}" for item in found.due][:3]


def test_an_instance_is_delivered_by_evidence_of_its_time() -> None:
    found = status(piece(day=date(2024, 5, 24)), deadline=every("P6M"))
    assert states(found) == ["2023-12-08 overdue", "2024-06-08 delivered", "2024-12-08 due later"]
    first = status(piece(day=date(2023, 12, 8)), deadline=every("P6M"))
    assert states(first)[:2] == ["2023-12-08 delivered", "2024-06-08 overdue"]
    before = status(piece(day=SIGNED), deadline=every("P6M"))  # of the document's own day
    assert states(before)[0] == "2023-12-08 overdue"


def test_late_evidence_delivers_the_instance_that_it_names() -> None:
    found = status(piece(day=date(2024, 6, 20), instance=1), deadline=every("P6M"))
    assert states(found) == ["2023-12-08 delivered", "2024-06-08 overdue", "2024-12-08 due later"]


def test_a_claim_or_a_launch_delivers_no_instance() -> None:
    claims = (piece(day=MAY, by_party="Freedonia"), piece(Stage.LAUNCHED, MAY))
    assert states(status(*claims, deadline=every("P6M")))[1] == "2024-06-08 overdue"


def test_a_verdict_covers_the_instances_that_were_due_by_its_day() -> None:
    found = status(deadline=every("P6M"), verdicts=[verdict(1, as_of=date(2024, 1, 1))])
    assert states(found) == ["2023-12-08 delivered", "2024-06-08 overdue", "2024-12-08 due later"]


def test_the_last_verdict_of_each_party_counts() -> None:
    first, second, later = verdict(0, "A", JANUARY), verdict(1, "A", JANUARY), verdict(-1, "A", TODAY)
    other = verdict(None, "B", JANUARY)
    assert last_verdicts([first, second, other], TODAY) == (second, other)
    assert last_verdicts([later, first, second], TODAY) == (later,)  # by its day, whenever it was recorded
    assert last_verdicts([later, first, second], MAY) == (second,)
    assert last_verdicts([later], MAY) == ()


def test_the_search_made_last_is_shown() -> None:
    searches = [
        Search("memo:1", ("register, 3 pages",), ("council",), MAY, datetime(2024, month, 1, tzinfo=UTC), month)
        for month in (3, 5, 4)
    ]
    assert status(searches=searches).search == searches[1]
    assert status().search is None
