"""What is to be decided, and what the team agrees on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from dragoman.coding import agreed_of, differences_of
from dragoman.model import Deadline, DeadlineKind, Kind
from dragoman.model.coding import CodedLine, Decision
from tests.coding.making import coded, line, text

DOC = text()
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def decided(choice: str, kept: CodedLine | None = None) -> Decision:
    return Decision(9, choice, kept.line if kept else None, "Mara", NOON, "the modal is firm")


def test_units_differ_by_a_missing_line_a_field_or_the_stretch() -> None:
    by = Deadline("by 2027", DeadlineKind.BY, date(2027, 12, 31))
    ana = (
        *coded(DOC, 1, deadline=by),
        *coded(DOC, 2, actors=("Boria", "Alba"), first=2),
        *coded(DOC, 3, 4, first=3),
    )
    bo = (
        *coded(DOC, 1, deadline=replace(by, text="2027", start=3)),
        *coded(DOC, 2, actors=("Alba", "Boria"), first=2),
        *coded(DOC, 3, kind=Kind.PERMISSION, span=(0, 20), first=3),
    )
    found = differences_of(DOC, {"Bo": bo, "Ana": ana}, {}, 0.5)
    assert [one.fields for one in found] == [("kind", "span"), ("line",)]
    assert list(found[0].sides) == ["Ana", "Bo"]
    assert found[0].quote == "Both sides may meet in spring."
    assert found[1].sides["Bo"] is None
    assert all(one.open for one in found)


def test_a_decision_counts_as_long_as_the_codings_are_the_same() -> None:
    lines = {"Ana": coded(DOC, 1, 2), "Bo": coded(DOC, 1, 2, force=2)}
    first, second = differences_of(DOC, lines, {}, 0.5)
    decisions = {
        first.key: (first.seen, decided("Bo", first.sides["Bo"])),
        second.key: (second.seen, decided("nobody")),
    }
    agreed = agreed_of(DOC, lines, decisions, 0.5)
    assert [(one.start, one.force) for one in agreed.lines] == [(first.start, 2)]
    assert agreed.lines[0].coder == "team/arbitrated"
    assert (agreed.alike, agreed.decided, agreed.pending) == (0, 2, 0)
    changed = {**lines, "Bo": coded(DOC, 1, 2, force=1)}
    again = differences_of(DOC, changed, decisions, 0.5)
    assert [(one.key, one.open, one.decision is not None) for one in again] == [
        (first.key, True, True), (second.key, True, True),
    ]  # fmt: skip
    assert agreed_of(DOC, changed, decisions, 0.5).pending == 2


def test_what_all_have_alike_is_agreed_without_a_decision() -> None:
    agreed = agreed_of(DOC, {"Ana": coded(DOC, 1, 2), "Bo": coded(DOC, 2)}, {}, 0.5)
    assert [one.start for one in agreed.lines] == [DOC.sentences[2].start]
    assert (agreed.alike, agreed.pending) == (1, 1)


def test_agreed_lines_on_one_sentence_have_ids_of_their_own() -> None:
    both = (CodedLine(1, line(DOC, 1)), CodedLine(2, line(DOC, 1, kind=Kind.MEASURE)))
    agreed = agreed_of(DOC, {"Ana": both, "Bo": both}, {}, 0.5)
    assert len({one.id for one in agreed.lines}) == 2
