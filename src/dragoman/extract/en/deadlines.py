"""When an act is due: English expressions of time, resolved against the document's date.

The rules are those of the annotation guide: the date is the last day allowed; of several dates in a clause the
nearest; a season ends on its last day; a stretch that hangs on an event of unknown date stays vague; a date that
has passed when the document speaks is no deadline, nor is the date a measure carries of itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from dragoman.extract.calendar import after_period
from dragoman.extract.candidate import Candidate
from dragoman.extract.context import Context
from dragoman.extract.due import nearest, period_of, still_ahead
from dragoman.extract.en.days import last_day
from dragoman.extract.en.times import Times, load_times
from dragoman.extract.view import View
from dragoman.lexicon import fold
from dragoman.model import Deadline, DeadlineKind, Kind

DIGITS = re.compile(r"\d+")
DAY_NAMED = re.compile(r"(?<!\d)\d{1,2}(?:st|nd|rd|th)?(?!\d)")
UNDER_WAY = re.compile(r"\b(?:is|are|am|being)\s+(?:\w+\s+)?\w+ing\b|progress|continu", re.IGNORECASE)
BEFORE = ("before", "prior to", "in advance of")
FROM = ("beginning", "starting", "from", "effective", "as of")
COMING = ("later", "this ", "next ", "the coming ")


def deadline_in(view: View, candidate: Candidate, context: Context) -> Deadline | None:
    """Return when the candidate's act is due, or None."""
    if candidate.kind is Kind.MEASURE and not is_under_way(view.text, candidate):
        return None
    start, end = candidate.clause
    if not load_times().sieve.passes(view.folded[start:end]):
        return None
    return nearest(deadlines_within(view.text, start, end, context.document.date, view.folded))


def is_under_way(text: str, candidate: Candidate) -> bool:
    """Return whether a measure is still going on, so that a date in it lies ahead."""
    return bool(UNDER_WAY.search(text[candidate.trigger[0] : candidate.trigger[1]]))


def deadlines_within(
    text: str, start: int, end: int, today: date | None, folded: str | None = None
) -> Iterator[Deadline]:
    """Return the expressions of time in a stretch of text that can be deadlines, in order.

    Relative times stay without a date where the document's date (`today`) is unknown; `folded` is the text in
    small letters, where the caller has it.
    """
    times = load_times()
    located = times.locator.finditer(fold(text) if folded is None else folded, start, end)
    matches = (match for found in located if (match := times.pattern.match(text, found.start(), end)))
    return still_ahead((READERS[match.lastgroup or ""](match, times, today) for match in matches), today)


def relative(match: re.Match[str], times: Times, today: date | None) -> Deadline:
    """Read "within 90 days of the date of this order": from the document itself, else from an event."""
    event = match["event"].strip()
    folded = event.lower()
    if any(folded.startswith(word) or f" {word}" in f" {folded}" for word in times.words["self_events"]):
        due = after(today, match["n1"], match["u1"], times)
        return Deadline(match[0], DeadlineKind.BY, due, start=match.start())
    return Deadline(match[0], DeadlineKind.VAGUE, event=event, start=match.start())


def ahead(match: re.Match[str], times: Times, today: date | None) -> Deadline:
    """Read "within the next twelve months", "beginning in the next year", "in the coming months"."""
    counted, unit = match["n2"], match["u2"].lower()
    if not counted and unit.endswith("s"):
        return vague(match, times, today)
    kind = DeadlineKind.FROM if match["begin"] else DeadlineKind.BY
    return Deadline(match[0], kind, after(today, counted or "1", unit, times), start=match.start())


def within(match: re.Match[str], times: Times, today: date | None) -> Deadline:
    """Read "within six months"."""
    return Deadline(match[0], DeadlineKind.BY, after(today, match["n3"], match["u3"], times), start=match.start())


def every(match: re.Match[str], times: Times, today: date | None) -> Deadline:  # noqa: ARG001 - one signature
    """Read "every two years"."""
    count, unit = number(match["n4"], times), times.words["units"][match["u4"].lower()]
    return Deadline(match[0], DeadlineKind.RECURRING, every=period_of(count, unit), start=match.start())


def recurring(match: re.Match[str], times: Times, today: date | None) -> Deadline:  # noqa: ARG001 - one signature
    """Read "biannually", "each year"."""
    period = times.words["recurring"][match["often"].lower()]
    return Deadline(match[0], DeadlineKind.RECURRING, every=period, start=match.start())


def dated(match: re.Match[str], times: Times, today: date | None) -> Deadline | None:
    """Read "by the end of 2023", "later this year", "in mid-December"."""
    words, lead = match["date"].lower(), " ".join(match["lead"].lower().split())
    due = last_day(words, times, today)
    if due is None:
        return None
    names_day = bool(DAY_NAMED.search(words))
    if names_day and lead.startswith(BEFORE):
        due -= timedelta(days=1)
    kind = DeadlineKind.BY
    if lead.startswith(FROM):
        kind = DeadlineKind.FROM
    elif lead == "on" and names_day:
        kind = DeadlineKind.ON
    return Deadline(match[0], kind, due, start=match.start())


def bare(match: re.Match[str], times: Times, today: date | None) -> Deadline | None:
    """Read "this year", "next spring" without a preposition."""
    due = last_day(match["bare_date"].lower(), times, today)
    return Deadline(match[0], DeadlineKind.BY, due, start=match.start()) if due else None


def vague(match: re.Match[str], times: Times, today: date | None) -> Deadline:  # noqa: ARG001 - one signature
    """Read "swiftly", "by the next ministerial meeting"."""
    return Deadline(match[0], DeadlineKind.VAGUE, start=match.start())


READERS = {
    "relative": relative,
    "ahead": ahead,
    "within": within,
    "every": every,
    "recurring": recurring,
    "dated": dated,
    "bare": bare,
    "occasion": vague,
    "before": vague,
    "vague": vague,
}


def after(today: date | None, count: str, unit: str, times: Times) -> date | None:
    """Return the day a counted period after the document's date, None without one."""
    return (
        after_period(today, number(count, times), times.words["units"][" ".join(unit.lower().split())])
        if today
        else None
    )


def number(words: str, times: Times) -> int:
    """Return a number given in digits or words; digits in brackets behind words win."""
    digits = DIGITS.findall(words)
    return int(digits[-1]) if digits else int(times.words["numbers"][" ".join(words.lower().split())])
