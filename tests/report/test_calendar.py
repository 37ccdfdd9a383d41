from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from icalendar import Calendar

from dragoman.model import BoardRow, Language
from dragoman.report.calendar import calendar_of
from tests.report import lagoon


def read(rows: tuple[BoardRow, ...] | None = None) -> list[Any]:
    board = lagoon.material().board
    shown = board if rows is None else replace(board, rows=rows)
    return list(Calendar.from_ical(calendar_of(shown, lagoon.TITLE, Language.EN)).walk("VEVENT"))


def test_every_day_of_the_board_is_an_event_of_a_whole_day() -> None:
    days = {(str(event["UID"]), event.decoded("DTSTART"), event.decoded("DTEND")) for event in read()}
    assert days == {
        (f"{line}.{instance}@dragoman", day, day + timedelta(days=1))
        for line, instance, day in [
            (lagoon.LABORATORY, 0, date(2025, 6, 30)),
            (lagoon.MEETINGS, 1, date(2025, 7, 15)),
            (lagoon.MEETINGS, 2, date(2026, 1, 15)),
            (lagoon.MEETINGS, 3, date(2026, 7, 15)),
            (lagoon.MEETINGS, 4, date(2027, 1, 15)),
            (lagoon.SEABED, 0, date(2026, 9, 1)),
            (lagoon.PORTS, 0, date(2026, 3, 1)),
        ]
    }


def test_the_same_board_gives_the_same_bytes_and_the_day_stands_for_the_time() -> None:
    board = lagoon.material().board
    one = calendar_of(board, lagoon.TITLE, Language.EN)
    assert one == calendar_of(board, lagoon.TITLE, Language.EN)
    assert {event.decoded("DTSTAMP") for event in read()} == {datetime(2026, 2, 1, tzinfo=UTC)}


def test_what_is_to_come_reminds_thirty_days_before_and_what_is_past_does_not() -> None:
    alarms = {
        str(event["UID"]).partition(".")[0]: [alarm.decoded("TRIGGER") for alarm in event.walk("VALARM")]
        for event in read()
    }
    assert alarms[lagoon.PORTS] == [timedelta(days=-30)]
    assert alarms[lagoon.LABORATORY] == []


def test_words_with_commas_semicolons_and_breaks_come_back_as_they_were() -> None:
    (event,) = [one for one in read() if str(one["UID"]).startswith(lagoon.PORTS)]
    assert (
        "“Both will agree <b>standards</b> for ports by 1 March 2026, and report on them.”\n"
        in event["DESCRIPTION"]
    )
    board = lagoon.material().board
    rows = tuple(replace(row, pillar="a, b; c\\d\x07\r\nBEGIN:VALARM") for row in board.rows)
    for one in read(rows=rows):
        assert one["CATEGORIES"].cats[0].startswith("a, b; c\\d\N{REPLACEMENT CHARACTER}")
    hostile = calendar_of(replace(board, rows=rows), "x\r\nX-EVIL:1", Language.EN)
    assert b"\r\nX-EVIL" not in hostile
    assert hostile.count(b"BEGIN:VALARM\r\n") == sum(len(one.walk("VALARM")) for one in read())


def test_lines_are_folded_at_75_bytes() -> None:
    data = calendar_of(lagoon.material().board, lagoon.TITLE, Language.ZH)
    assert max(map(len, data.split(b"\r\n"))) <= 75
    assert "待事件" not in data.decode()
    assert "期限：Lagoon Declaration" in data.decode()


def test_an_empty_board_is_an_empty_calendar() -> None:
    assert read(rows=()) == []
