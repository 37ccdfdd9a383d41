"""When an act is due: Chinese expressions of time, resolved against the document's date.

The rules are those of the annotation guide, as for English: the date is the last day allowed; of several dates in
a clause the nearest; a stretch that hangs on an event of unknown date stays vague; a date that has passed when the
document speaks is no deadline, nor is the date a measure carries of itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from dragoman.extract.calendar import after_period, end_of_year
from dragoman.extract.candidate import Candidate
from dragoman.extract.context import Context, Voice
from dragoman.extract.due import nearest, period_of, still_ahead
from dragoman.extract.view import View
from dragoman.extract.zh.days import YEAR, before_start, last_day
from dragoman.extract.zh.times import Times, load_times
from dragoman.model import Deadline, DeadlineKind, Kind

UNDER_WAY = re.compile(r"正在|正(?!式)|仍在|预计|继续|推进")
STRETCH = re.compile(r"(?:在|于)?\s*[\d一二三四五六七八九十百两半]+\s*\S{1,3}(?:之?内|以内)")
NAMES_DAY = re.compile(r"月\s*\d{1,2}\s*[日号]")
BINDING = ("不迟于", "最迟", "不晚于", "截至", "截止", "到", "至", "预计")
EXPECTING = ("预计", "计划")
TO = "至"
SINCE = re.compile(r"(?:之[日时])?起$")
PREPOSITIONS = "在自于从"
BEFORE_TAILS = ("之前", "以前")
HALF = 0.5
FROM_TAILS = ("开始", "起")


def deadline_in(view: View, candidate: Candidate, context: Context) -> Deadline | None:
    """Return when the candidate's act is due, or None."""
    if candidate.kind is Kind.MEASURE and not is_under_way(view.text, candidate):
        return None
    start, end = candidate.clause
    if not load_times().sieve.passes(view.folded[start:end]):
        return None
    events = context.voice is Voice.ORDER and context.is_law
    found = deadlines_within(view.text, start, end, context.document.date, events=events)
    return nearest(deadline for deadline in found if not is_duration(deadline, candidate))


def is_duration(deadline: Deadline, candidate: Candidate) -> bool:
    """Return whether a stretch tells how long something is forbidden: 五年内不得从事."""
    return candidate.kind is Kind.PROHIBITION and bool(STRETCH.fullmatch(deadline.text))


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
    matches = (match for match in times.pattern.finditer(text, start, end) if not in_title(match, start))
    return still_ahead((readers[match.lastgroup or ""](match, times, today) for match in matches), today)


def in_title(match: re.Match[str], start: int) -> bool:
    """Return whether a match stands in the title of a text ("《未来十年展望》")."""
    return match.string.rfind("《", start, match.start()) > match.string.rfind("》", start, match.start())


def relative(match: re.Match[str], times: Times, today: date | None) -> Deadline:
    """Read 自本命令发布之日起90天内: from the document itself, else from an event."""
    return counted_from(match, "event", (match["n1"], match["u1"]), times, today)


def since(match: re.Match[str], times: Times, today: date | None) -> Deadline:
    """Read 在收到申请后10日内: from an event."""
    return counted_from(match, "event2", (match["n2"], match["u2"]), times, today)


def upon(match: re.Match[str], times: Times, today: date | None) -> Deadline:
    """Read 协定生效60天内: from an event."""
    return counted_from(match, "event4", (match["n6"], match["u6"]), times, today)


def counted_from(
    match: re.Match[str], group: str, counted: tuple[str, str], times: Times, today: date | None
) -> Deadline:
    """Return the deadline of a counted stretch from an event; what stands before the event is no part of it."""
    words, first = match[group], match.start()
    lead = times.before_event.match(words)
    if lead:
        kept = lead.end() - 1 if lead[0][-1] in PREPOSITIONS else lead.end()
        first, words = match.start(group) + kept, words[lead.end() :]
    text = match.string[first : match.end()]
    if words.lstrip("自").startswith(tuple(times.words["self_events"])):
        return Deadline(text, DeadlineKind.BY, after(today, *counted, times), start=first)
    return Deadline(text, DeadlineKind.VAGUE, event=SINCE.sub("", words.strip()), start=first)


def late(match: re.Match[str], times: Times, today: date | None) -> Deadline:
    """Read 不迟于收到申请后30日: from an event."""
    return counted_from(match, "event5", (match["n7"], match["u7"]), times, today)


def yearly(match: re.Match[str], times: Times, today: date | None) -> Deadline:  # noqa: ARG001 - one signature
    """Read 每年1月31日前."""
    return Deadline(match[0], DeadlineKind.RECURRING, every=period_of(1, "Y"), start=match.start())


def plan(match: re.Match[str], times: Times, today: date | None) -> Deadline:  # noqa: ARG001 - one signature
    """Read “十五五”期间: by the end of that five-year plan."""
    last = times.words["plans"][match["which"]]
    return Deadline(match[0], DeadlineKind.BY, end_of_year(last), start=match.start())


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
    count, unit = int(number(match["n5"], times)), times.words["units"][match["u5"]]
    return Deadline(match[0], DeadlineKind.RECURRING, every=period_of(count, unit), start=match.start())


def dated(match: re.Match[str], times: Times, today: date | None) -> Deadline | None:
    """Read 在2023年底前, 今年晚些时候, 到2030年; a bare season names no time of its own."""
    words, lead, tail = match["date"], match["lead"] or "", match["tail"] or ""
    due = last_day(words, times, today)
    if due is None or not (lead or tail or stands_alone(words)) or is_part_of_name(match, times):
        return None
    if tail in BEFORE_TAILS:
        due = before_start(words, due)
    kind = DeadlineKind.BY
    if lead in {"自", "从"} or tail in FROM_TAILS:
        kind = DeadlineKind.FROM
    elif NAMES_DAY.search(words) and not tail and lead not in BINDING:
        kind = DeadlineKind.ON
    first = match.start("date") if lead in EXPECTING else match.start()
    return Deadline(match.string[first : match.end()], kind, due, start=first)


def is_part_of_name(match: re.Match[str], times: Times) -> bool:
    """Return whether a date belongs to a name or to a noun: 2030年可持续发展议程, 4月的峰会."""
    if match["lead"] == TO and match.string.endswith(tuple(times.words["put_off"]), 0, match.start()):
        return True
    if match["tail"]:
        return False
    if match.string.startswith("的", match.end()) and not YEAR.search(match["date"]):
        return True
    if HELD.match(match.string, match.end()):
        return True
    return not match["lead"] and bool(times.named.match(match.string, match.end()))


HELD = re.compile(r"\s*(?:[在于][^，,。；]{1,12}?)?(?:举行|召开|举办|主办|发布|公布|签署|通过|生效|成立)的")
"""Makes a date part of the name of a meeting or text ("今年11月在格拉斯哥举行的大会")."""


def stands_alone(words: str) -> bool:
    """Return whether words name a time without a preposition: a year, this year, its end; not a bare season."""
    return "年" in words or words.startswith(("今", "明", "下", "本"))


PRIOR = ("事先", "事前")
WITHOUT, AMID = "未经", "事中"
LEAVE = ("批准", "许可", "审批", "核准", "授权")
"""Right after 事前 they make it part of the leave that is asked for ("须经事前批准的清单")."""
CONSENT = 16
"""Characters before 事先 in which 未经 makes it part of a condition."""


def vague(match: re.Match[str], times: Times, today: date | None) -> Deadline | None:  # noqa: ARG001 - one signature
    """Read 及时, 尽快, 在处理个人信息前; in 未经…事先同意 the words tell of the consent."""
    text, start, end = match.string, match.start(), match.end()
    if match[0] in PRIOR and text.startswith(LEAVE, end):
        return None
    if match[0] in PRIOR and (WITHOUT in text[max(0, start - CONSENT) : start] or text.startswith(AMID, end)):
        return None
    return Deadline(match[0], DeadlineKind.VAGUE, start=match.start())


READERS = {
    "hours": vague,
    "late": late,
    "yearly": yearly,
    "plan": plan,
    "from_day": vague,
    "ahead_of": vague,
    "bare_before": vague,
    "act_before": vague,
    "relative": relative,
    "since": since,
    "upon": upon,
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
    if today is None:
        return None
    code = times.words["units"][unit]
    return after_period(today, number(count, times) + (HALF if code.endswith("+") else 0), code.rstrip("+"))


def number(words: str, times: Times) -> float:
    """Return a number given in digits or characters."""
    return int(words) if words.isdigit() else float(times.words["numbers"][words])
