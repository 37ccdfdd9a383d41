"""Patterns of Chinese expressions of time, built once from the words in data/lexicons/zh/deadlines.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from dragoman.extract.patterns import either
from dragoman.lexicon import Sieve, load_pack

PACK = "lexicons/zh/deadlines.yaml"
RUN_OF_BLANKS = r"(?:(?<!\s)\s*|(?<=\s))"
"""Blanks from their first on, or none: a long run of them is looked at once, not anew from each of them."""


@dataclass(frozen=True, slots=True)
class Times:
    """What the Chinese grammar of time knows.

    Attributes:
        pattern: one alternation; the name of the group that matched tells the class of expression.
        sieve: lets through the stretches in which an expression of time can stand.
        before_event: what stands before the name of an event.
        named: the rest of the name of a text or programme that begins with a year.
        words: the tables of the pack.
    """

    pattern: re.Pattern[str]
    sieve: Sieve
    before_event: re.Pattern[str]
    named: re.Pattern[str]
    words: Mapping[str, Any]


@cache
def load_times() -> Times:
    """Return the patterns of the shipped words."""
    pack = load_pack(PACK)
    return Times(
        re.compile(pattern_of(pack)), Sieve(telling_words(pack)), re.compile(event_start(pack)),
        re.compile(name_behind(pack)), pack,
    )  # fmt: skip


def event_start(pack: Mapping[str, Any]) -> str:
    """Return the pattern of what stands before the name of an event: a preposition, or the verb of the clause."""
    verbs = either(pack["before_events"])
    return rf".*(?<![存现正内所实潜外])(?:(?:在|自|于|从)(?![己主动华线身])|(?:{verbs})(?=.{{2}}))"


def name_behind(pack: Mapping[str, Any]) -> str:
    """Return the pattern of the rest of a name that begins with a year."""
    between = rf"(?:(?!{either(pack['verbs_between'])})[^,，。;；:：、\n的在于]){{0,12}}?"
    return rf"\s*{between}(?:{either(pack['named_by_year'])})"


def telling_words(pack: Mapping[str, Any]) -> Iterator[str]:
    """Yield words of which one stands in every expression of time: units, names, fixed phrases."""
    yield from (
        "小时",
        "日起",
        "提前",
        "五",
        "前",
        "年",
        "月",
        "日",
        "天",
        "周",
        "星期",
        "季",
        "每",
        "世纪",
        "下次",
        "下一",
        "下届",
        "前",
        "财年",
    )
    for table in ("seasons", "recurring", "vague"):
        yield from pack[table]
    yield from ("今春", "今夏", "今秋", "今冬", "明春", "明夏", "明秋", "明冬")


def pattern_of(pack: Mapping[str, Any]) -> str:
    """Return the alternation of all classes of expression, the more definite first."""
    count = rf"(?:\d{{1,3}}|{either(pack['numbers'])})"
    unit = either(pack["units"])
    season = either(pack["seasons"])
    stop = r"[^,，。;；:：、\n]"
    ends = r"(?:年?底|末|年末|上旬|中旬|下旬|初)"
    inside = "(?:之?内|以内)"
    quarter = r"第?[一二三四1-4]\s*季度"
    month = rf"\d{{1,2}}\s*月(?:\s*\d{{1,2}}\s*[日号]|{ends})?"
    date = (
        rf"(?:19|20)\d\d\s*年\s*(?:{month}|{quarter}|[上下]半年|{season}|[春夏秋冬](?![节天季])|财年|财政年度|{ends}|中期?)?"
        rf"|(?:今年|明年|本年度?|同年|(?<!应)当年)\s*(?:{month}|晚些时候|{ends}|内|[上下]半年|{season}|{quarter})?"
        rf"|(?:19|20)\d\d\s*(?:财年|财政年度)|(?<![\d一二三四五六七八九十两几数半近多])年内|(?:本月|下个?月){ends}?|(?<![每近过前后这年])[上下]半年|(?<![\d一二三四五六七八九十个])月[底末]|年[底末]|(?:今|明)[春夏秋冬]|(?:{season})|{month}|本世纪末"
    )
    leads = "不迟于|最迟|不晚于|截至|截止|预计|计划|自|从|到|至|在|于"
    tails = "之前|以前|前|年底前|开始|起|内|之内|期间"
    verbs = either(pack["event_verbs"])
    several = rf"(?:{count}\s*[至到~～—-]\s*)?"
    han = r"[\u4e00-\u9fff]"
    early = "的?(?:头|首个?|前|最初)?(?:的)?"
    classes = {
        "hours": rf"(?:(?:在|于|自)?(?:(?<=[在于自])(?:(?![在于自]){stop}){{2,20}}?"
        rf"(?:之?后|以后|之[日时]起|起)的?)?)"
        rf"{RUN_OF_BLANKS}{count}\s*个?小时{inside}",
        "late": rf"(?:不迟于|不晚于|最迟于?)(?P<event5>{stop}{{2,20}}?)(?:之?后|之日起)第?"
        rf"\s*(?P<n7>{count})\s*(?P<u7>{unit})(?!{inside})",
        "yearly": rf"(?:在|于)?每年(?:的)?\s*(?:{month}|{quarter}|年?底|年初)"
        rf"(?:和\s*{month})?(?:之前|以前|前|末|底)?",
        "plan": rf"[“\"]?十(?P<which>{either(pack['plans'])})五[”\"]?(?:规划)?(?:期间|时期|同期|末|期末)",
        "relative": rf"(?:自|从|在|于)?(?P<event>(?<=自){stop}{{1,30}}?(?:之[日时])?起|{stop}{{2,20}}?之日起)"
        rf"\s*(?P<n1>{count})\s*(?P<u1>{unit}){inside}?",
        "since": rf"(?:在|于)?(?P<event2>{stop}{{2,24}}?)(?:(?<![今此随最])(?:之?后|以后)|(?<![年目之提先以])前)"
        rf"{early}\s*(?P<n2>{count})\s*(?P<u2>{unit}){inside}",
        "upon": rf"(?:在|于)?(?P<event4>{stop}{{0,20}}?(?:{verbs}))\s*(?P<n6>{count})\s*(?P<u6>{unit}){inside}",
        "ahead": rf"(?P<begin>从|自)?(?:在|于)?(?:未来|今后|接下来|此后|随后)的?\s*"
        rf"{several}(?P<n3>{count})\s*(?P<u3>{unit})(?:{inside}|中|里)?(?P<begin2>开始|起)?",
        "within": rf"(?<![到至])(?:在|于)?{RUN_OF_BLANKS}{several}(?P<n4>{count})\s*(?P<u4>{unit}){inside}",
        "recurring": rf"(?P<often>{either(pack['recurring'])})",
        "every": rf"每(?P<n5>{count})\s*(?P<u5>{unit})(?:至少)?(?:一次)?",
        "dated": rf"(?P<lead>{leads})?{RUN_OF_BLANKS}(?P<date>{date})(?P<tail>{tails})?",
        "from_day": rf"自(?!本){han}{{2,24}}?之日起(?=[进开向对组编提报予履执承纳缴公办])",
        "ahead_of": r"提前(?=向|告知|通知|公告|报告|公布|公示|书面)",
        "bare_before": rf"(?:(?<=[，；。\s])|^){han}{{0,8}}?(?:{verbs}|{either(pack['uses'])})前"
        r"(?=[，,应须不方需])",
        "act_before": rf"(?:(?<=[，；。\s])|^){han}{{4,30}}(?<![目此日当以提先眼之])前(?=[，,](?:应当?|必须|须))",
        "before": rf"在(?:(?!在){stop}){{2,24}}?(?:之前|以前|前)(?![述款条项沿景往提列所])",
        "occasion": rf"(?:在|于)?下(?:一|1)?(?:次|届)(?:(?!在){stop}){{0,14}}?"
        rf"(?:{either(pack['occasions'])})(?:之?前|上|期间)?",
        "vague": rf"(?:{either(pack['vague'])})(?<!一定期)(?!限)",
    }
    return "|".join(f"(?P<{name}>{body})" for name, body in classes.items())
