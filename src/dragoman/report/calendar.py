"""Deadlines as a calendar file (RFC 5545): an all-day event for each instance that has a day.

Events, not to-dos: calendars of offices show them all. A recurring duty stands as its instances, since each of
them is delivered by itself, and a rule could not say so.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event, vText

from dragoman.model import Board, BoardRow, DueItem, DueState, Language
from dragoman.report.delivery_words import Speaker, speaker_of
from dragoman.report.text import clean

ALARM = timedelta(days=30)
"""How long before the day the calendar reminds."""
MEDIA_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//dragoman//deadlines//EN"
LONGEST = 120
"""Characters of the title of an event."""


def calendar_of(board: Board, title: str, language: Language, names: Mapping[str, str] | None = None) -> bytes:
    """Return the days of a board as an .ics file; the same board gives the same bytes.

    Args:
        board: what is due as of a day, which also stands for the time of writing (DTSTAMP).
        title: of the document, or what is to stand for several.
        language: of the words around the quotations.
        names: what actors are called in that language, by canonical name.
    """
    say = speaker_of(language, names)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    name = " ".join(say.text("calendar.name", title=title).split())
    calendar.add("x-wr-calname", vText(clean(name)))
    dated = [(item.due, row, item) for row in board.rows for item in row.status.due if item.due]
    for due, row, item in sorted(dated, key=lambda one: (one[0], one[2].provision, one[2].instance)):
        calendar.add_component(_event(due, row, item, board.as_of, say))
    return bytes(calendar.to_ical())


def _event(due: date, row: BoardRow, item: DueItem, as_of: date, say: Speaker) -> Event:
    event, summary = Event(), summary_of(row, say)
    event.add("uid", f"{item.provision}.{item.instance}@dragoman")
    event.add("dtstamp", datetime.combine(as_of, time(), UTC))
    event.add("dtstart", due)
    if due < date.max:
        event.add("dtend", due + timedelta(days=1))
    event.add("summary", summary)
    event.add("description", _description(row, item, say))
    event.add("categories", [clean(words) for words in (row.pillar, say.state(item.state).text) if words])
    event.add("transp", "TRANSPARENT")
    event.add("status", "CONFIRMED")
    if item.state is not DueState.DELIVERED and due >= as_of:
        event.add_component(_alarm(summary, say))
    return event


def _alarm(summary: str, say: Speaker) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -ALARM)
    alarm.add("description", say.text("calendar.alarm", summary=summary))
    return alarm


def summary_of(row: BoardRow, say: Speaker) -> str:
    """Return the title of an event: who is to do what."""
    line = row.entry.provision
    gap = " " if line.language is Language.EN else ""
    act = gap.join(part for part in (line.aim, line.object) if part) or line.quote.exact
    words = clean(" ".join(f"{say.owner(row)[0].text}: {act}".split()))
    return words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + "…"


def _description(row: BoardRow, item: DueItem, say: Speaker) -> str:
    line = row.entry.provision
    parts = [
        f"“{line.quote.exact}”",
        f"{row.title}{' › ' if line.section else ''}{' › '.join(line.section)}",
        say.basis(item, line),
        f"{say.text('delivery.columns.state')}: {say.state(item.state).text}",
        f"{say.text('delivery.columns.counterpart')}: {say.counterpart(row)[0].text}",
        line.id,
    ]
    return clean("\n".join(part for part in parts if part))
