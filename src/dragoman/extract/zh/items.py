"""List items: acts under a stem that carries their kind, and imperatives under a heading of advice."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.extract.context import Voice
from dragoman.extract.zh.clauses import Parsed, Segment, Token
from dragoman.extract.zh.screens import Setting
from dragoman.extract.zh.subjects import LEADS, lead_end
from dragoman.extract.zh.triggers import Find
from dragoman.model import BlockKind

FOLLOWING = ("以下", "下列", "如下")
COLONS = "：:"


def items_are_acts(parsed: Parsed, setting: Setting) -> bool | None:
    """Return whether the items under a stem are acts, by its last words; None where it does not tell."""
    words = parsed.view.own.rstrip(COLONS + " \n")
    announced = [tail for tail in tails_of(words) if tail]
    for tail in announced:
        told = first_noun(tail, setting)
        if told is not None:
            return told
    if words.endswith(setting.tables.act_stems):
        return True
    if words.endswith(setting.tables.noun_stems) or words.endswith(setting.tables.includes):
        return False
    return True if announced else None


def tails_of(words: str) -> list[str]:
    """Return what stands after each 下列, 以下 or 如下 in a stem."""
    return [words.split(word, 1)[1] for word in FOLLOWING if word in words]


def first_noun(tail: str, setting: Setting) -> bool | None:
    """Return whether the noun that 下列 announces is of acts, None where neither kind of noun is near."""
    head = SIGN.split(tail, 1)[0][:EARLY]
    acts = min((head.find(noun) for noun in setting.tables.act_stems if noun in head), default=EARLY)
    names = min((head.find(noun) for noun in setting.tables.noun_stems if noun in head), default=EARLY)
    return None if acts == names else acts < names


SIGN = re.compile("[，,；;]")
EARLY = 12
"""The noun that 下列 announces stands within so many characters of it."""


def is_stem(parsed: Parsed) -> bool:
    """Return whether a sentence introduces a list."""
    return parsed.view.own.rstrip().endswith(("：", ":"))


def first_verb(parsed: Parsed) -> tuple[Segment, int, Token] | None:
    """Return the verb that an item starts with, after adverbs and adverbial phrases, with its segment and place."""
    text = parsed.view.text
    for segment in parsed.segments:
        start = lead_end(text, segment, segment.end)
        for index, token in enumerate(segment.tokens):
            if token.start < start or token.role in LEADS:
                continue
            if token.role == "preposition" and token.start == start:
                if segment.closed_by == "comma" and starts_with_verb(parsed, segment):
                    break
                return verb_after(segment, index)
            starts = is_act(token) and not text[start : token.start].strip()
            return (segment, index, token) if starts else None
    return None


def is_act(token: Token) -> bool:
    """Return whether a word is the verb of an act: a verb, or 启动."""
    return token.role == "verb" or token.data.get("class") == "launch"


def starts_with_verb(parsed: Parsed, segment: Segment) -> bool:
    """Return whether the segment after this one starts with a verb."""
    number = parsed.segments.index(segment) + 1
    if number >= len(parsed.segments) or not parsed.segments[number].tokens:
        return False
    following = parsed.segments[number]
    return following.tokens[0].role == "verb" and following.tokens[0].start == following.start


def verb_after(segment: Segment, place: int) -> tuple[Segment, int, Token] | None:
    """Return the last verb of a segment that starts with a phrase with a preposition ("就数字化转型开展合作")."""
    for index, token in enumerate(segment.tokens[place + 1 :], place + 1):
        if token.role == "verb":
            return segment, index, token
    return None


def bare_find(parsed: Parsed, kind_of: str) -> Find | None:
    """Return the act an item starts with, as a find of class `kind_of`; None where it starts with a noun."""
    found = first_verb(parsed)
    if found is None:
        return None
    segment, index, token = found
    span = (token.start, token.end)
    number = parsed.segments.index(segment)
    return Find(parsed, segment, number, index, token, span, kind_of, token, direct=True)


def is_advice_item(parsed: Parsed, setting: Setting) -> bool:
    """Return whether a sentence stands under a heading of advice."""
    if setting.voice is not Voice.ADVICE:
        return False
    sections = parsed.view.sentence.section
    listed = parsed.view.sentence.kind is BlockKind.ITEM
    return listed or any(is_advice(title, setting.tables.advice_sections) for title in sections[-1:])


def is_advice(title: str, words: Sequence[str]) -> bool:
    """Return whether a section title announces advice."""
    return title.strip("#*：: \u3000") in words
