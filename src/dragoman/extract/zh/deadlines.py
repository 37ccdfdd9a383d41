"""When an act is due: Chinese expressions of time, resolved against the document's date.

The rules are those of the annotation guide, as for English: the date is the last day allowed; of several dates in
a clause the nearest; a stretch that hangs on an event of unknown date stays vague; a date that has passed when the
document speaks is no deadline, nor is the date a measure carries of itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from dragoman.extract.calendar import after_period
from dragoman.extract.candidate import Candidate
from dragoman.extract.context import Context, Voice
from dragoman.extract.due import nearest, period_of, still_ahead
from dragoman.extract.view import View
from dragoman.extract.zh.days import last_day
from dragoman.extract.zh.times import Times, load_times
from dragoman.model import Deadline, DeadlineKind, Kind

UNDER_WAY = re.compile(r"正在|正(?!式)|仍在|预计|继续|推进")
NAMES_DAY = re.compile(r"月\s*\d{1,2}\s*[日号]")
BINDING = ("不迟于", "最迟", "不晚于", "截至", "截止", "到", "至", "预计")
FROM_TAILS = ("开始", "起")


def deadline_in(view: View, candidate: Candidate, context: Context) -> Deadline | None:
    """Return when the candidate's act is due, or None."""
    if candidate.kind is Kind.MEASURE and not is_under_way(view.text, candidate):
        return None
    start, end = candidate.clause
    if not load_times().sieve.passes(view.folded[start:end]):
        return None
    events = context.voice is Voice.ORDER and context.is_law
    return nearest(deadlines_within(view.text, start, end, context.document.date, events=events))


def is_under_way(text: str, candidate: Candidate) -> bool:
    """Return whether a measure is still going on, so that a date in it lies ahead."""
    return bool(UNDER_WAY.search(text[candidate.trigger[0] : candidate.trigger[1]]))


def deadlines_within(
    text: str, start: int, end: int, today: date | None, *, events: bool = False
) -> Iterator[Deadline]:
    """Return the expressions of time in a stretch of text that can be deadlines, in order.

    Relative times stay without a date where the document's date (`today`) is unknown. In a text that gives orders
    (`events`) a bare "within ten days" hangs on the act it follows and stays vague.
    """
    times = load_times()
    readers = READERS | {"within": vague} if events else READERS
    matches = times.pattern.finditer(text, start, end)
    return still_ahead((readers[match.lastgroup or ""](match, times, today) for match in matches), today)


def relative(match: re.Match[str], times: Times, today: date | None) -> Deadline:
    """Read 自本命令发布之日起90天内: from the document itself, else from an event."""
    if any(word in match["event"] for word in times.words["self_events"]):
        due = after(today, match["n1"], match["u1"], times)
        return Deadline(match[0], DeadlineKind.BY, due, start=match.start())
    return Deadline(match[0], DeadlineKind.VAGUE, event=match["event"].strip(), start=match.start())


def since(match: re.Match[str], times: Times, today: date | None) -> Deadline:
    """Read 在收到申请后10日内: from an event."""
    if any(word in match["event2"] for word in times.words["self_events"]):
        due = after(today, match["n2"], match["u2"], times)
        return Deadline(match[0], DeadlineKind.BY, due, start=match.start())
    return Deadline(match[0], DeadlineKind.VAGUE, event=match["event2"].strip(), start=match.start())


def ahead(match: re.Match[str], times: Times, today: date | None) -> Deadline:
    """Read 在未来12个月内, 从未来12个月开始."""
    kind = DeadlineKind.FROM if match["begin"] or match["begin2"] else DeadlineKind.BY
    return Deadline(match[0], kind, after(today, match["n3"], match["u3"], times), start=match.start())


def within(match: re.Match[str], times: Times, today: date | None) -> Deadline:
    """Read 在六个月内."""
    return Deadline(match[0], DeadlineKind.BY, after(today, match["n4"], match["u4"], times), start=match.start())


def recurring(match: re.Match[str], times: Times, today: date | None) -> Deadline:  # noqa: ARG001 - one signature
    """Read 每年两次, 每季度."""
    period = times.words["recurring"][match["often"]]
    return Deadline(match[0], DeadlineKind.RECURRING, every=period, start=match.start())


def every(match: re.Match[str], times: Times, today: date | None) -> Deadline:  # noqa: ARG001 - one signature
    """Read 每三年一次."""
    count, unit = number(match["n5"], times), times.words["units"][match["u5"]]
    return Deadline(match[0], DeadlineKind.RECURRING, every=period_of(count, unit), start=match.start())


def dated(match: re.Match[str], times: Times, today: date | None) -> Deadline | None:
    """Read 在2023年底前, 今年晚些时候, 到2030年; a bare season names no time of its own."""
    words, lead, tail = match["date"], match["lead"] or "", match["tail"] or ""
    due = last_day(words, times, today)
    if due is None or not (lead or tail or stands_alone(words)):
        return None
    kind = DeadlineKind.BY
    if lead in {"自", "从"} or tail in FROM_TAILS:
        kind = DeadlineKind.FROM
    elif NAMES_DAY.search(words) and not tail and lead not in BINDING:
        kind = DeadlineKind.ON
    return Deadline(match[0], kind, due, start=match.start())


def stands_alone(words: str) -> bool:
    """Return whether words name a time without a preposition: a year, this year, its end; not a bare season."""
    return "年" in words or words.startswith(("今", "明"))


def vague(match: re.Match[str], times: Times, today: date | None) -> Deadline:  # noqa: ARG001 - one signature
    """Read 及时, 尽快, 在处理个人信息前."""
    return Deadline(match[0], DeadlineKind.VAGUE, start=match.start())


READERS = {
    "relative": relative,
    "since": since,
    "ahead": ahead,
    "within": within,
    "recurring": recurring,
    "every": every,
    "dated": dated,
    "before": vague,
    "occasion": vague,
    "vague": vague,
}


def after(today: date | None, count: str, unit: str, times: Times) -> date | None:
    """Return the day a counted period after the document's date, None without one."""
    return after_period(today, number(count, times), times.words["units"][unit]) if today else None


def number(words: str, times: Times) -> int:
    """Return a number given in digits or characters."""
    return int(words) if words.isdigit() else int(times.words["numbers"][words])
