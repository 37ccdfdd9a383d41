"""When an act is due: English expressions of time, resolved against the document's date.

The rules are those of the annotation guide: the date is the last day allowed; of several dates in a clause the
nearest; a season ends on its last day; a stretch that hangs on an event of unknown date stays vague; a date that
has passed when the document speaks is no deadline, nor is the date a measure carries of itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from dragoman.extract.calendar import MONTHS, after_period
from dragoman.extract.candidate import Candidate, Span
from dragoman.extract.context import Context
from dragoman.extract.due import nearest, period_of, still_ahead
from dragoman.extract.en.days import DECADE_NAMED, YEAR, before_start, last_day
from dragoman.extract.en.times import Times, load_times
from dragoman.extract.view import View
from dragoman.lexicon import fold
from dragoman.model import Deadline, DeadlineKind, Kind

DIGITS = re.compile(r"\d+")
DAY_NAMED = re.compile(r"(?<!\d)\d{1,2}(?:st|nd|rd|th)?(?!\d)")
UNDER_WAY = re.compile(r"\b(?:is|are|am|being)\s+(?:\w+\s+)?\w+ing\b|progress|continu", re.IGNORECASE)
BEFORE = ("before", "prior to", "in advance of", "ahead of")
FROM = ("beginning", "starting", "commencing", "from", "effective", "as of", "as early as")
AHEAD = re.compile(r"\b(?:next|coming|following)\b", re.IGNORECASE)
ACTING = re.compile(r"\b(?:shall|will|must)\b")
ENDING = re.compile(r"^(?:before|prior to|in advance of|ahead of)\s+(?:the\s+)?(?!end)")
AFTER_EVENT = re.compile(
    r"\s+(?:unless|if|whether|while|although|in order to|so that|so as to|with a view|and then"
    r"|(?:and\s+)?(?:shall|will|must|should|may))\b",
    re.IGNORECASE,
)
"""Where the name of an event ends."""
SAID = re.compile(
    r"\b(?:said|told|added|warned|noted)\s(?:(?:reporters|journalists|parliament)\s|in a (?:joint )?statement\s)?$"
)
"""What stands before the day on which something was said."""
SAID_REACH = 32
"""Characters before a day in which all of that stands."""
TOLD = "tense:past"
"""Feature of an act that is told as past."""


def deadline_in(view: View, candidate: Candidate, context: Context) -> Deadline | None:
    """Return when the candidate's act is due, or None."""
    if candidate.kind is Kind.MEASURE and not is_under_way(view.text, candidate):
        return None
    own = nearest(reading(view, candidate, candidate.clause, context)) or fronted(view, candidate, context)
    if own is not None or not view.sentence.first:
        return own
    above = from_stem(view.stem, candidate, context)
    holds = candidate.kind is not Kind.PROHIBITION or (above is not None and above.kind is DeadlineKind.FROM)
    return above if holds else None


def fronted(view: View, candidate: Candidate, context: Context) -> Deadline | None:
    """Return the time that opens a sentence for a later clause: "Within 60 days, A shall X, and B shall Y"."""
    start = candidate.clause[0]
    if start <= view.start or not view.start <= candidate.trigger[0] < view.end:
        return None
    found = nearest(reading(view, candidate, (view.start, start), context))
    return found if found is not None and found.date and found.start - view.start < OPENING else None


OPENING = 8
"""Characters of a sentence within which a time that opens it begins."""


def reading(view: View, candidate: Candidate, stretch: Span, context: Context) -> Iterator[Deadline]:
    """Yield the deadlines in a stretch of a candidate's sentence or of the stem above it."""
    start, end = stretch
    if not load_times().sieve.passes(view.folded[start:end]):
        return
    subject = candidate.subject or candidate.trigger
    stops = (subject[0], candidate.trigger[0])
    today, told = context.document.date, TOLD in candidate.features
    found = deadlines_within(view.text, start, end, today, view.folded, stops, events=context.is_law)
    for deadline in found:
        if SAID.search(view.folded, max(0, deadline.start - SAID_REACH), deadline.start) is not None:
            continue
        rolled = is_rolled_on(deadline, today)
        if not (rolled and (told or in_aside(view.folded, deadline.start, candidate))):
            yield deadline


def from_stem(stem: View | None, candidate: Candidate, context: Context) -> Deadline | None:
    """Return when the acts of a list are due, as the sentence that introduces it says: "Within 90 days:"."""
    while stem is not None:
        found = nearest(reading(stem, candidate, (stem.start, stem.end), context))
        if found is not None:
            return found if found.date and not is_for_another(found, candidate, stem) else None
        stem = stem.stem
    return None


def is_for_another(deadline: Deadline, candidate: Candidate, stem: View) -> bool:
    """Return whether the act of a stem stands between its deadline and the trigger that its list takes from it.

    "Within 90 days, the office shall issue guidance requiring agencies to:" dates the guidance.
    """
    between = stem.folded[deadline.start + len(deadline.text) : candidate.trigger[0]]
    return candidate.trigger[0] < stem.end and bool(ACTING.search(between))


def is_rolled_on(deadline: Deadline, today: date | None) -> bool:
    """Return whether a month without a year was read as the next year's: what is told of it was the last one."""
    if not (deadline.date and today) or YEAR.search(deadline.text):
        return False
    return deadline.date.year > today.year and not AHEAD.search(deadline.text)


def in_aside(folded: str, at: int, candidate: Candidate) -> bool:
    """Return whether a time stands in a relative clause before the verb (", which was set in May,")."""
    opened = folded.rfind(", which ", candidate.clause[0], at)
    return opened >= 0 and "," in folded[at : candidate.trigger[0]] and at < candidate.trigger[0]


def is_under_way(text: str, candidate: Candidate) -> bool:
    """Return whether a measure is still going on, so that a date in it lies ahead."""
    return bool(UNDER_WAY.search(text[candidate.trigger[0] : candidate.trigger[1]]))


def deadlines_within(
    text: str,
    start: int,
    end: int,
    today: date | None,
    folded: str | None = None,
    stops: tuple[int, ...] = (),
    *,
    events: bool = False,
) -> Iterator[Deadline]:
    """Return the expressions of time in a stretch of text that can be deadlines, in order.

    Relative times stay without a date where the document's date (`today`) is unknown; `folded` is the text in
    small letters, where the caller has it. In a law (`events`) a bare "within ten days" hangs on the act it
    follows and stays vague. The name of an event ends at one of the offsets `stops`, where the
    clause's own subject or verb begins.
    """
    times = load_times()
    folded = fold(text) if folded is None else folded
    matches = []
    at = start
    while found := times.locator.search(folded, at, end):
        first = found.start()
        stop = min((offset for offset in stops if first < offset < found.end() and has_event(found)), default=end)
        match = times.pattern.match(text, first, stop)
        if match:
            matches.append(match)
        at = match.end() if match else first + 1
    readers = READERS | {"within": vague} if events else READERS
    return still_ahead((readers[match.lastgroup or ""](match, times, today) for match in matches), today)


def has_event(match: re.Match[str]) -> bool:
    """Return whether an expression names an event."""
    return match.lastgroup in {"bound", "relative", "before", "led", "hours"}


def bound(match: re.Match[str], times: Times, today: date | None) -> Deadline:
    """Read "within 90 days of the date of this order": from the document itself, else from an event."""
    return counted_from(match, (match["n5"], match["u5"]), match["e5"], times, today)


def relative(match: re.Match[str], times: Times, today: date | None) -> Deadline:
    """Read "90 days after the date of this order", as `bound`."""
    return counted_from(match, (match["n1"], match["u1"]), match["e1"], times, today)


def counted_from(
    match: re.Match[str], counted: tuple[str, str], event: str, times: Times, today: date | None
) -> Deadline:
    """Return the deadline of a counted stretch from an event."""
    name = named_event(event)
    words = match[0][: len(match[0]) - (len(event) - len(name))]
    if times.own.match(name):
        return Deadline(words, DeadlineKind.BY, after(today, *counted, times), start=match.start())
    return Deadline(words, DeadlineKind.VAGUE, event=name, start=match.start())


def named_event(words: str) -> str:
    """Return the name of an event without what goes on after it: "receipt of a request unless both agree"."""
    return AFTER_EVENT.split(words, maxsplit=1)[0].strip()


def before(match: re.Match[str], times: Times, today: date | None) -> Deadline:  # noqa: ARG001 - one signature
    """Read "prior to the launch of the fund"."""
    lead = match[0][: match.start("e6") - match.start()]
    return Deadline(lead + named_event(match["e6"]), DeadlineKind.VAGUE, start=match.start())


def led(match: re.Match[str], times: Times, today: date | None) -> Deadline:  # noqa: ARG001 - one signature
    """Read "upon completion of the review", "within 24 hours of a notice": on an event of unknown date."""
    name = match["e8"] or match["e7"] or ""
    words = match[0][: len(match[0]) - (len(name) - len(named_event(name)))] if name else match[0]
    return Deadline(words, DeadlineKind.VAGUE, start=match.start())


def counted_a_year(match: re.Match[str], times: Times, today: date | None) -> Deadline:  # noqa: ARG001 - one signature
    """Read "two sessions a year": the year in equal parts where it has such, else the year."""
    count = int(number(match["n9"], times))
    months = MONTHS // count if count and MONTHS % count == 0 else MONTHS
    every = period_of(months, "M") if months < MONTHS else period_of(1, "Y")
    return Deadline(match[0], DeadlineKind.RECURRING, every=every, start=match.start())


def ahead(match: re.Match[str], times: Times, today: date | None) -> Deadline:
    """Read "within the next twelve months", "beginning in the next year", "in the coming months"."""
    counted, unit = match["n2"], match["u2"].lower()
    if not counted and unit.endswith("s"):
        return vague(match, times, today)
    kind = DeadlineKind.FROM if match["begin"] else DeadlineKind.BY
    return Deadline(match[0], kind, after(today, counted or "1", unit, times), start=match.start())


def within(match: re.Match[str], times: Times, today: date | None) -> Deadline | None:
    """Read "within six months"; working days from nothing named are a turn-round time."""
    if match["u3"].lower().startswith("working"):
        return None
    return Deadline(match[0], DeadlineKind.BY, after(today, match["n3"], match["u3"], times), start=match.start())


def every(match: re.Match[str], times: Times, today: date | None) -> Deadline:  # noqa: ARG001 - one signature
    """Read "every two years"."""
    count, unit = int(number(match["n4"], times)), times.words["units"][match["u4"].lower()]
    return Deadline(match[0], DeadlineKind.RECURRING, every=period_of(count, unit), start=match.start())


def recurring(match: re.Match[str], times: Times, today: date | None) -> Deadline:  # noqa: ARG001 - one signature
    """Read "biannually", "each year"."""
    period = times.words["recurring"][match["often"].lower()]
    return Deadline(match[0], DeadlineKind.RECURRING, every=period, start=match.start())


def habit(match: re.Match[str], times: Times, today: date | None) -> Deadline:  # noqa: ARG001 - one signature
    """Read "annual" of "hold annual consultations"."""
    period = times.words["habits"][match["habitual"].lower()]
    return Deadline(match[0], DeadlineKind.RECURRING, every=period, start=match.start())


def dated(match: re.Match[str], times: Times, today: date | None) -> Deadline | None:
    """Read "by the end of 2023", "later this year", "in mid-December"."""
    words, lead = match["date"].lower(), " ".join(match["lead"].lower().split())
    due = last_day(words, times, today)
    if due is None:
        return vague(match, times, today) if DECADE_NAMED.search(words) else None
    names_day = bool(DAY_NAMED.search(words))
    if lead.startswith(BEFORE):
        due = due - timedelta(days=1) if names_day else before_start(ENDING.sub("", match[0].lower()), due)
    kind = DeadlineKind.BY
    if lead == "from" and today and words == str(today.year):
        return None
    if lead.startswith(FROM):
        kind = DeadlineKind.FROM
    elif lead == "on" and (names_day or words.split()[-1] in times.words["weekdays"]):
        kind = DeadlineKind.ON
    return Deadline(match[0], kind, due, start=match.start())


def yearly(match: re.Match[str], times: Times, today: date | None) -> Deadline:  # noqa: ARG001 - one signature
    """Read "not later than March 31 of each year"."""
    return Deadline(match[0], DeadlineKind.RECURRING, every="P1Y", start=match.start())


def tomorrow(match: re.Match[str], times: Times, today: date | None) -> Deadline:  # noqa: ARG001 - one signature
    """Read "tomorrow" as the day after the document's."""
    due = today + timedelta(days=1) if today else None
    return Deadline(match[0], DeadlineKind.ON, due, start=match.start())


def until(match: re.Match[str], times: Times, today: date | None) -> Deadline | None:
    """Read "from 2024 to 2026": to be done by its end."""
    due = last_day(match["until"].lower(), times, today)
    return Deadline(match[0], DeadlineKind.BY, due, start=match.start()) if due else None


def bare(match: re.Match[str], times: Times, today: date | None) -> Deadline | None:
    """Read "this year", "next spring" without a preposition."""
    due = last_day(match["bare_date"].lower(), times, today)
    return Deadline(match[0], DeadlineKind.BY, due, start=match.start()) if due else None


def vague(match: re.Match[str], times: Times, today: date | None) -> Deadline:  # noqa: ARG001 - one signature
    """Read "swiftly", "by the next ministerial meeting"."""
    return Deadline(match[0], DeadlineKind.VAGUE, start=match.start())


READERS = {
    "hours": led,
    "led": led,
    "counted": counted_a_year,
    "season": yearly,
    "bound": bound,
    "relative": relative,
    "ahead": ahead,
    "within": within,
    "every": every,
    "recurring": recurring,
    "habit": habit,
    "span": until,
    "yearly": yearly,
    "tomorrow": tomorrow,
    "dated": dated,
    "bare": bare,
    "occasion": vague,
    "before": before,
    "vague": vague,
}


def after(today: date | None, count: str, unit: str, times: Times) -> date | None:
    """Return the day a counted period after the document's date, None without one."""
    return (
        after_period(today, number(count, times), times.words["units"][" ".join(unit.lower().split())])
        if today
        else None
    )


def number(words: str, times: Times) -> float:
    """Return a number given in digits or words; digits in brackets behind words win."""
    digits = DIGITS.findall(words)
    return int(digits[-1]) if digits else float(times.words["numbers"][" ".join(words.lower().split())])
