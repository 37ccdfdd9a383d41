"""What speaks against a measure: that it is not done, not concrete, nobody's, or only background."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.extract.context import Voice
from dragoman.extract.zh.claims import acts, is_type, verb_class
from dragoman.extract.zh.clauses import Parsed
from dragoman.extract.zh.kinds import tells_next
from dragoman.extract.zh.measures import (
    AT_END,
    has_title,
    is_concrete,
    is_dated,
    is_legal,
    is_performed,
    is_precise,
    is_ruling,
    is_signed,
    is_subject_known,
    names_after,
    noun_in,
)
from dragoman.extract.zh.prospects import is_habit
from dragoman.extract.zh.setting import Setting
from dragoman.extract.zh.speakers import types_in
from dragoman.extract.zh.subjects import DATE, Subject, agent_in
from dragoman.extract.zh.triggers import MEASURES, PROJECTS, Find

OWNERS = ("of-named", "ours")
"""Types of subjects that a measure may have besides those who act."""


def screen_measure(found: Find, subject: Subject | None, setting: Setting) -> Iterator[str]:
    """A measure is concrete, done, and somebody's."""
    if is_habit(found, subject, setting):
        return
    dated, precise = is_dated(found.parsed), is_precise(found, setting)
    if is_performed(found, setting):
        return
    if found.parsed.view.text.startswith(SO_CALLED, found.span[1]):
        yield "so-called"
    many = not dated and found.parsed.view.text.startswith(setting.tables.many, found.span[1])
    if many and not is_signed(found, setting):
        yield "many"
    held = is_held(found, setting) or is_opened(found, subject, setting)
    if (
        not held
        and not (dated and (found.done or noun_in(found, setting) or is_call(found, setting)))
        and not (dated and is_ruling(found))
        and not precise
        and not is_news(found, subject, setting)
    ):
        yield "vague"
    if not has_owner(found, subject, setting):
        yield "abstract"
    if setting.voice is Voice.JOINT:
        if not held and not is_told(found, setting, dated=dated, precise=precise):
            yield "background"
    elif not (held or found.done or is_placed(found, setting, dated=dated, precise=precise)):
        yield "undated"


def is_held(found: Find, setting: Setting) -> bool:
    """Return whether a meeting is told as held: it is done ("举行了会谈"), or 由 names its host."""
    if found.kind_of != "meet" or found.verb is None:
        return False
    verb, segment = found.parsed.words(*found.verb[:2]), found.segment
    if verb in setting.tables.hosting:
        agent = agent_in(found.parsed, segment)
        return agent is not None and segment.end - found.span[1] <= AT_END
    if is_summit(found, setting):
        return True
    if not found.done:
        return False
    if verb in setting.tables.calling:
        return names_after(found)
    start = found.span[1]
    return setting.tables.meetings.search(found.parsed.view.text, start, segment.end) is not None


def is_summit(found: Find, setting: Setting) -> bool:
    """Return whether a declaration opens with the meeting that it comes from ("两国元首在北京举行会谈")."""
    verb = found.parsed.words(*found.span)
    if setting.voice is not Voice.JOINT or verb not in (*TAKING_PLACE, *MET):
        return False
    at = found.parsed.view.text
    if is_first_told(found) and (verb in MET or SESSION.match(at, found.span[1], found.segment.end)):
        return True
    if verb not in MET and not at.startswith(TALKS, found.span[1]):
        return False
    before = found.parsed.view.previous
    dated = is_dated(found.parsed) or TODAY in found.parsed.view.own
    return dated or (before is not None and DAY.search(before.own) is not None)


def is_first_told(found: Find) -> bool:
    """Return whether one of the first sentences of a declaration tells which heads or ministers met."""
    words = found.parsed.words(found.parsed.view.start, found.span[0])
    return found.parsed.view.sentence.index < FIRST and MEETING_HEADS.search(words) is not None


FIRST = 4
"""Sentences of a declaration, title included, among which it tells the meeting that it comes from."""
MEETING_HEADS = re.compile("领导人|元首|总统|首相|总理|主席|部长|外长|大臣|国务卿|双方|我们")
SESSION = re.compile(r"[^，,。；的]{0,24}(?:会议|会晤|会谈|峰会|磋商|对话)$")
TODAY = "今天"
MET = ("举行会议", "召开会议", "举行了会议")
TALKS = ("会谈", "会晤", "正式会谈", "工作会谈")


def is_opened(found: Find, subject: Subject | None, setting: Setting) -> bool:
    """Return whether a meeting is told as held by its day ("9月18日，第三届会议在阿斯塔纳举行")."""
    if subject is None or found.verb is None or found.kind_of != "meet":
        return False
    verb, who = found.parsed.words(*found.verb[:2]), found.parsed.words(*subject.span)
    if verb not in TAKING_PLACE or setting.tables.meetings.search(who[-HEAD:]) is None:
        return False
    return DAY.search(found.parsed.view.own) is not None


TAKING_PLACE = ("举行", "召开", "开幕", "闭幕")
HEAD = 4
"""Characters at the end of a subject in which the noun of a meeting stands."""
DAY = re.compile(r"\d{1,2}\s*月\s*\d{1,2}\s*日")


SO_CALLED = "所谓"


def is_call(found: Find, setting: Setting) -> bool:
    """Return whether a verb by itself names a meeting ("今日在东京会晤")."""
    return found.verb is not None and found.parsed.words(*found.verb[:2]) in setting.tables.calling


def is_news(found: Find, subject: Subject | None, setting: Setting) -> bool:
    """Return whether a release tells what a known body did to something that exists by name."""
    ours = is_type(subject, "authors") and bool(setting.context.authors)
    known = ours or bool(types_in(found.parsed, subject, setting))
    return setting.release and found.done and known and noun_in(found, setting)


def is_told(found: Find, setting: Setting, *, dated: bool, precise: bool) -> bool:
    """Return whether a declaration tells something done as such: it names or dates it; the rest is background."""
    if not found.done:
        return False
    if has_title(found) or is_legal(found, setting) or names_after(found) or is_signed(found, setting):
        return True
    if precise and is_single(found, setting):
        return True
    return dated and noun_in(found, setting) and "以来" not in found.parsed.view.own


def is_single(found: Find, setting: Setting) -> bool:
    """Return whether a body, sum or numbered meeting stands in the clause, more than 一个 of something."""
    text, (start, end) = found.parsed.view.text, (found.span[0], found.segment.end)
    tables = setting.tables
    return any(pattern.search(text, start, end) for pattern in (tables.money, tables.bodies, tables.numbered))


def has_owner(found: Find, subject: Subject | None, setting: Setting) -> bool:
    """Return whether a measure is somebody's, or what was enacted is itself named."""
    if acts(subject) or is_type(subject, *OWNERS) or found.kind_of == "meet" or has_title(found):
        return True
    if is_type(subject, "unknown") and is_dated(found.parsed):
        return True
    return (found.done and names_after(found)) or is_subject_known(found, subject, setting)


def is_placed(found: Find, setting: Setting, *, dated: bool, precise: bool) -> bool:
    """Return whether a bare verb reports something done: by its date, in a report also by what it names."""
    if setting.voice is Voice.ORDER:
        return dated and bool(found.token.data.get("legal"))
    return dated or (setting.voice is Voice.REPORT and precise)


def screen_running(found: Find, subject: Subject | None, setting: Setting) -> Iterator[str]:
    """What is under way counts when a named rule, body or trade is acted on."""
    if not is_tangible(found, setting):
        yield "vague"
    if found.text.startswith("继续") and setting.voice is not Voice.JOINT:
        yield "continues"
    if found.text.startswith(STEADILY) and setting.voice is Voice.REPORT and not has_day(found.parsed):
        yield "tendency"
    if not acts(subject):
        yield "abstract"


def has_day(parsed: Parsed) -> bool:
    """Return whether a sentence gives a date of the calendar, more than "in recent years"."""
    return DATE.search(parsed.view.text, parsed.view.start, parsed.view.end) is not None


STEADILY = "不断"
"""What a report says somebody does more and more is a tendency."""


def is_tangible(found: Find, setting: Setting) -> bool:
    """Return whether what is under way is more than a direction."""
    verb = verb_class(found)
    enacts = verb in MEASURES
    if setting.voice is Voice.JOINT:
        named = names_after(found) or has_title(found) or is_single(found, setting)
        return enacts or named or "努力" in found.text
    if setting.voice is Voice.ORDER:
        return enacts and is_precise(found, setting)
    if found.parsed.words(found.span[1], found.segment.end).rstrip("。，").endswith(setting.tables.directions):
        return False
    listed = PROJECTS.match(found.parsed.view.text, found.span[1]) is not None
    if listed or names_after(found) or is_precise(found, setting):
        return True
    return enacts and verb != "talk" and noun_in(found, setting)


def screen_announce(found: Find, subject: Subject | None, setting: Setting) -> Iterator[str]:
    """宣布 counts with what is announced."""
    if not acts(subject) and not found.direct:
        yield "abstract"
    if not (found.direct or has_title(found) or is_concrete(found, setting) or tells_next(found)):
        yield "vague"


def screen_launch(found: Find, subject: Subject | None, setting: Setting) -> Iterator[str]:
    """启动 of something that has a name."""
    if not acts(subject) and subject is not None:
        yield "abstract"
    if setting.voice is not Voice.JOINT or found.text.endswith("了"):
        yield from screen_measure(found, subject, setting)
