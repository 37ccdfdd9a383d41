from __future__ import annotations

from datetime import date

from dragoman.docket import due_items, load_procedure, standing
from dragoman.model.docket import ActKind
from tests.docket.acts import acts_of, moved

PROGRAM = load_procedure("ai-exports-program")
REPORT = (ActKind.CONDITION, 2, {"text": "Report the load of the ports.", "due": "2026-04-01", "every": "P3M"})
STANDING = (ActKind.CONDITION, 2, {"text": "No onward sale."})


def found(as_of: date, *steps: object) -> list[tuple[str, str]]:
    case = standing(acts_of(moved(1, "designated", fields={"expires": "2026-12-31"}), *steps))  # type: ignore[arg-type]
    return [(item.cause, item.key) for item in due_items(PROGRAM, case, as_of)]


def reported(on: str, kept: bool) -> tuple[ActKind, int, dict[str, object]]:  # noqa: FBT001
    return ActKind.REPORTED, 30, {"condition": 3, "day": on, "kept": kept}


def test_a_report_is_late_on_the_day_after_it_was_due() -> None:
    assert found(date(2026, 4, 1), REPORT) == []
    assert found(date(2026, 4, 2), REPORT) == [("overdue report", "report 3 2026-04-01")]


def test_one_report_answers_one_day_and_the_next_is_due_a_period_later() -> None:
    steps = (REPORT, reported("2026-03-30", kept=True))
    assert found(date(2026, 7, 1), *steps) == []
    assert found(date(2026, 7, 2), *steps) == [("overdue report", "report 3 2026-07-01")]


def test_a_report_of_a_breach_is_raised() -> None:
    assert found(date(2026, 4, 1), REPORT, reported("2026-03-30", kept=False)) == [
        ("breach", "breach 3 2026-03-30")
    ]


def test_an_approval_that_ended_is_raised_once() -> None:
    raised = (ActKind.RAISED, 300, {"cause": "expiry", "text": "over", "key": "expiry 2026-12-31"})
    assert found(date(2027, 1, 1), STANDING) == [("expiry", "expiry 2026-12-31")]
    assert found(date(2027, 1, 1), STANDING, raised) == []


def test_a_case_that_is_not_approved_is_not_watched() -> None:
    case = standing(acts_of(REPORT))
    assert due_items(PROGRAM, case, date(2027, 1, 1)) == ()
