from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest

from dragoman.model import (
    Board,
    BoardQuery,
    DeadlineKind,
    DueState,
    Entry,
    Language,
    Search,
    Stage,
)
from dragoman.track.board import PRESSING, Source, board_of, most_pressing, pillar_of, row_of
from dragoman.track.records import Records, by_line
from tests.track.making import MEMO, SIGNED, by, entry, every, line, piece

TODAY = date(2024, 6, 30)
OVERDUE = entry(by(date(2023, 12, 31)), "1", section=("Chips",))
SOON = entry(by(date(2024, 7, 15)), "2", section=("Chips", "Tools"), counterparties=("Sylvania",))
LATER = entry(by(date(2026, 1, 1)), "3", section=("Talent",), technologies=("quantum",), force=4)
VAGUE = entry(by(None, "swiftly", DeadlineKind.VAGUE), "4", section=("Talent",))
UNDATED = entry(None, "5", actors=())


def board(
    *entries: Entry, query: BoardQuery | None = None, records: Records | None = None, as_of: date = TODAY
) -> Board:
    return board_of(query or BoardQuery(), as_of, entries, {"memo": MEMO}, records or Records())


def names(found: Board) -> list[str]:
    return [row.entry.provision.id.removeprefix("memo:") for row in found.rows]


def test_the_most_pressing_comes_first() -> None:
    assert names(board(UNDATED, VAGUE, LATER, SOON, OVERDUE)) == ["1", "2", "3", "4", "5"]
    assert set(PRESSING) == set(DueState)


def test_of_one_day_the_firmest_comes_first_then_the_text_decides() -> None:
    day = by(date(2023, 12, 31))
    entries = (entry(day, "3"), entry(day, "2", force=2), entry(day, "1"), entry(day, "4", force=4))
    assert names(board(*entries)) == ["4", "1", "3", "2"]


def test_a_row_says_who_with_whom_where_and_how_firmly() -> None:
    (row,) = board(SOON).rows
    assert (row.owners, row.counterparts, row.pillar) == (("Freedonia",), ("Sylvania",), "Chips")
    assert (row.force, row.precision, row.title, row.document_date) == (3, 2, "The Memo", SIGNED)
    assert (row.state, row.due) == (DueState.DUE_30, date(2024, 7, 15))


@pytest.mark.parametrize(
    ("section", "pillar"),
    [((), ""), (("Chips",), "Chips"), (("Chips", "Tools"), "Chips"), (("THE  memo", "Chips", "Tools"), "Chips"), (("The Memo",), "The Memo")],
)  # fmt: skip
def test_the_pillar_is_the_top_section_under_the_title(section: tuple[str, ...], pillar: str) -> None:
    assert pillar_of(line(section=section), "The Memo") == pillar


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (BoardQuery(states=(DueState.OVERDUE, DueState.VAGUE)), ["1", "4"]),
        (BoardQuery(actors=("Freedonia",)), ["1", "2", "3", "4"]),
        (BoardQuery(counterparties=("Sylvania",)), ["2"]),
        (BoardQuery(technologies=("quantum",)), ["3"]),
        (BoardQuery(pillars=("Chips",), states=(DueState.DUE_30,)), ["2"]),
        (BoardQuery(forces=(4,)), ["3"]),
        (BoardQuery(languages=(Language.ZH,)), []),
    ],
)
def test_filters_narrow_each_other_down(query: BoardQuery, found: list[str]) -> None:
    assert names(board(OVERDUE, SOON, LATER, VAGUE, UNDATED, query=query)) == found


def test_the_summary_counts_what_is_shown() -> None:
    own, other = piece(Stage.LAUNCHED, by_party="Freedonia"), piece(provision="memo:2")
    search = Search("memo:3", ("register",), ("council",), TODAY, datetime(2024, 6, 1, tzinfo=UTC), 0)
    records = Records((), by_line([own, other]), by_line([search]))
    summary = board(OVERDUE, SOON, LATER, VAGUE, UNDATED, records=records).summary
    assert summary.rows == 5
    assert summary.states == {
        DueState.OVERDUE: 1,
        DueState.LATER: 1,
        DueState.VAGUE: 1,
        DueState.UNDATED: 1,
        DueState.DELIVERED: 1,
    }
    assert list(summary.states) == [state for state in PRESSING if state in summary.states]
    assert summary.pillars == (
        ("Chips", {DueState.OVERDUE: 1, DueState.DELIVERED: 1}),
        ("Talent", {DueState.LATER: 1, DueState.VAGUE: 1}),
        ("", {DueState.UNDATED: 1}),
    )
    assert (summary.claimed, summary.verified) == ({Stage.LAUNCHED: 1}, {Stage.COMPLETED: 1})
    assert (summary.without_owner, summary.without_evidence, summary.searched) == (1, 3, 1)


def test_instances_are_counted_apart_from_rows() -> None:
    summary = board(entry(every("P6M"))).summary
    assert (summary.rows, summary.states) == (1, {DueState.OVERDUE: 1})
    assert summary.instances == {DueState.OVERDUE: 2, DueState.LATER: 2}


def test_a_recurring_line_presses_by_its_first_open_instance() -> None:
    records = Records((), by_line([piece(instance=1)]))
    row = row_of(entry(every("P6M")), MEMO, records, 365, TODAY)
    assert (row.state, row.due) == (DueState.OVERDUE, date(2024, 6, 8))
    both = Records((), by_line([piece(instance=1), piece(instance=2, id="e2")]))
    row = row_of(entry(every("P6M")), MEMO, both, 0, TODAY)
    assert (row.state, row.due) == (DueState.DELIVERED, date(2024, 6, 8))
    assert most_pressing(row.status.due) == row.status.due[-1]


def codes(found: Board) -> list[str]:
    return [problem.code for problem in found.problems]


def test_a_commitment_without_an_actor_is_on_the_board_with_a_note() -> None:
    found = board(UNDATED)
    assert (names(found), found.rows[0].owners, codes(found)) == (["5"], (), ["no-owner"])


def test_lines_in_two_languages_are_noted_once() -> None:
    chinese = entry(None, "6", language=Language.ZH, text="双方将成立理事会。")
    found = board(OVERDUE, LATER, chinese)
    assert (len(found.rows), codes(found)) == (3, ["two-languages"])
    assert codes(board(OVERDUE, chinese, query=BoardQuery(languages=(Language.EN,)))) == []


def test_an_empty_register_has_an_empty_board() -> None:
    found = board()
    assert (found.rows, found.problems, found.summary.rows, found.summary.states) == ((), (), 0, {})


def test_lines_of_a_younger_document_are_counted_not_shown() -> None:
    found = board(OVERDUE, SOON, as_of=date(2023, 6, 7))
    assert (found.rows, codes(found)) == ((), ["document-later"])
    assert "2 lines" in found.problems[0].message
    assert len(board(OVERDUE, SOON, as_of=SIGNED).rows) == 2


def test_a_document_without_a_date_is_on_every_board() -> None:
    entries: Sequence[Entry] = (OVERDUE,)
    found = board_of(
        BoardQuery(), date(1900, 1, 1), entries, {"memo": Source("memo", "The Memo", None)}, Records()
    )
    assert [row.state for row in found.rows] == [DueState.LATER]
