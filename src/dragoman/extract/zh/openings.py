"""Whether an act follows 将, 可, 拟 and the like where the verb after it is not known.

A modal is enough: after "双方将" a word that is no noun is the verb of an act, whatever it is. 将 also brings an
object forward ("将芯片视为重点"); that use has a noun after it and a verb of placing behind that.
"""

from __future__ import annotations

import re

from dragoman.extract.zh.clauses import Parsed, Segment, Token
from dragoman.extract.zh.tables import load_tables

TIME = re.compile(
    r"每(?:隔)?[一二两三四五六七八九十半\d]*\s*个?(?:年|季度|季|月|周|天|日|星期|财年)(?:至少)?(?:一次)?"
    r"|今后|未来|明年|今年|年内|年底前|近期内?|下[一个半]|近[日期]|至少|最多"
    r"|(?:19|20)\d\d\s*(?:年|财年)|\d{1,2}\s*月|[一二两三四五六七八九十\d]+\s*个?(?:年|月|周|天|日|小时|工作日)(?:之|以)?内"
)
"""A phrase of time right after a modal, or at the start of a clause."""

INLINE = re.compile(r"[（(]\s*[一1]\s*[）)]")
"""The first number of a list within a sentence ("美国将（一）修改…")."""

GAP = 4
"""A word of at most so many unknown characters right before a known verb is a noun, its object."""

NO_VERB = re.compile(
    r"[A-Za-z\d《“\"（(]|[一二两三四五六七八九十]+[项个名家种次]|多[项个名家种]|[各本该这那][^自将]|现[行有]|原有|既有|全部|所有|部分|有关|相关"
)
"""What starts a noun."""

HEADS = frozenset({"name", "agent", "adverb", "coordinator", "localizer", "aspect"})
"""Roles of words right after which 可 or 计划 is a modal."""

FUTURE = "future"


def opens_act(parsed: Parsed, segment: Segment, index: int) -> bool:
    """Return whether an act follows the modal at a place of its segment, which no known word follows."""
    token, text = segment.tokens[index], parsed.view.text
    if token.end >= segment.end:
        return ends_stem(parsed, segment)
    if is_order(parsed, segment, index):
        return True
    if INLINE.match(text, token.end, segment.end):
        return True
    if not is_headed(segment, index):
        return goes_on_in_time(parsed, segment, index) or is_willing(parsed, segment, index)
    if TIME.match(text, token.end, segment.end):
        return not places_object(parsed, segment, token.end)
    return is_unknown_verb(parsed, segment, index)


def is_order(parsed: Parsed, segment: Segment, index: int) -> bool:
    """Return whether 指令 or 命令 starts its segment and somebody it binds follows."""
    token = segment.tokens[index]
    after = segment.tokens[index + 1] if index + 1 < len(segment.tokens) else None
    if token.data["class"] != "direct" or after is None or not opens_order(segment, index):
        return False
    between = parsed.words(token.end, after.start)
    return after.role in {"name", "agent"} and between in {"", "各", "所有", "有关", "相关"}


def opens_order(segment: Segment, index: int) -> bool:
    """Return whether 指令 starts its segment or follows an adverb behind somebody ("我还指令国防部长…")."""
    before = segment.tokens[index - 1] if index else None
    return segment.tokens[index].start == segment.start or (before is not None and before.role == "adverb")


def goes_on_in_time(parsed: Parsed, segment: Segment, index: int) -> bool:
    """Return whether a modal goes on with the clause before and a time follows it ("…，计划五年内输送千人")."""
    token = segment.tokens[index]
    starts = token.start == segment.start and segment is not parsed.segments[0]
    return starts and TIME.match(parsed.view.text, token.end, segment.end) is not None


def is_willing(parsed: Parsed, segment: Segment, index: int) -> bool:
    """Return whether 愿 goes on with the clause before and a verb, known or not, follows it ("…，愿学习经验")."""
    token = segment.tokens[index]
    starts = token.start == segment.start and segment is not parsed.segments[0]
    willing = starts and parsed.words(token.start, token.end) == WILLING
    return willing and NO_VERB.match(parsed.view.text, token.end) is None


WILLING = "愿"


def ends_stem(parsed: Parsed, segment: Segment) -> bool:
    """Return whether a segment ends the sentence that introduces a list ("双方将：")."""
    return segment is parsed.segments[-1] and segment.closed_by == "colon"


def is_headed(segment: Segment, index: int) -> bool:
    """Return whether what stands before a modal leaves it one: somebody, an adverb, for 将 anything but a verb."""
    token = segment.tokens[index]
    before = segment.tokens[index - 1] if index else None
    touches = before is not None and before.end == token.start
    if token.data["class"] == FUTURE:
        return before is None or not touches or before.role not in {"trigger", "verb", "preposition", "negation"}
    return before is not None and touches and before.role in HEADS


def is_unknown_verb(parsed: Parsed, segment: Segment, index: int) -> bool:
    """Return whether the unknown word after a modal is a verb: no noun, and no verb of placing follows it."""
    token, text = segment.tokens[index], parsed.view.text
    after = segment.tokens[index + 1] if index + 1 < len(segment.tokens) else None
    gap = (after.start if after is not None else segment.end) - token.end
    if gap < 1 or NO_VERB.match(text, token.end) or starts_term(parsed, token.end):
        return False
    if after is not None and is_object_of(after, gap):
        return False
    return not places_object(parsed, segment, token.end)


def is_object_of(after: Token, gap: int) -> bool:
    """Return whether the unknown word before a known one is its object or an attribute of it."""
    return after.role in {"verb", "of", "listing"} and gap <= GAP


def starts_term(parsed: Parsed, start: int) -> bool:
    """Return whether a term of a technology or instrument starts at an offset: a noun."""
    return any(hit.start == start for hit in parsed.view.terms)


def places_object(parsed: Parsed, segment: Segment, start: int) -> bool:
    """Return whether a verb that puts an object somewhere follows in the segment ("…视为", "…提高到")."""
    return load_tables().placing.search(parsed.view.text, start, segment.end) is not None
