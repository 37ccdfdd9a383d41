"""Sentences that introduce a list, and the verb that an item of it starts with."""

from __future__ import annotations

import re
from dataclasses import replace

from dragoman.extract.zh.clauses import Parsed, Segment, Token
from dragoman.extract.zh.setting import Setting
from dragoman.extract.zh.subjects import LEADS, lead_end
from dragoman.extract.zh.triggers import Find

COLONS = "：:"
SIGN = re.compile("[，,；;]")
EARLY = 12
"""The noun that 下列 announces stands within so many characters of it."""


def is_stem(parsed: Parsed) -> bool:
    """Return whether a sentence introduces a list."""
    return parsed.view.own.rstrip().endswith(("：", ":"))


def names_things(parsed: Parsed, setting: Setting) -> bool:
    """Return whether the first item under a stem is no act: a noun phrase, known to start with no verb."""
    document, sentence = setting.context.document, parsed.view.sentence
    item = next((s for s in document.sentences[sentence.index + 1 :] if s.stem == sentence.index), None)
    if item is None:
        return False
    words = document.text[item.start : item.end]
    hits = setting.context.lexicon.cues[item.language].matcher.find(words)
    first = next(iter(hits), None)
    if first is None or first.start:
        return NOUN_PHRASE.fullmatch(words) is not None
    return all(setting.groups[phrase.group].get("role") not in ACTIVE for phrase in first.phrases)


NOUN_PHRASE = re.compile(r"[^，,。；]{2,24}的[^，,。；]{2,12}[；。;]?")
"""An item with an attribute and its noun, and nothing behind a comma."""
ACTIVE = ("verb", "adverb", "trigger", "preposition")
"""Roles of words that may open an act."""


def items_are_acts(parsed: Parsed, setting: Setting) -> bool | None:
    """Return whether the items under a stem are acts, by the noun it announces; None where it does not tell."""
    tables = setting.tables
    words = parsed.view.own.rstrip(COLONS + " \n")
    announced = [words.split(word, 1)[1] for word in tables.following if word in words]
    if FORBIDDEN.search(words):
        return True
    if announces_before(parsed, words, setting):
        return False
    told = [kind for kind in (first_noun(tail, setting) for tail in announced) if kind is not None]
    if told:
        return told[0]
    if words.endswith(tables.act_stems):
        return True
    if words.endswith((*tables.noun_stems, *tables.includes)):
        return False
    return True if any(announced) else None


def announces_before(parsed: Parsed, words: str, setting: Setting) -> bool:
    """Return whether a stem announces before its trigger what that applies to ("出口下列物项前，必须…：")."""
    last = max((words.rfind(word) for word in setting.tables.following), default=-1)
    sign = SIGN.search(words, last) if last >= 0 else None
    if sign is None:
        return False
    start = parsed.view.start + sign.start()
    return any(
        token.role == "trigger" and token.start > start and token.data["class"] in BINDING
        for segment in parsed.segments
        for token in segment.tokens
    )


BINDING = ("duty", "need", "forbid", "refuse")
"""Classes of triggers that bind whoever is in the case announced before them."""
FORBIDDEN = re.compile(r"(?:不得|禁止|严禁)[^。；]{0,24}(?:下列|以下)(?:活动|行为)$")
"""Ends a stem whose items are each forbidden ("禁止利用机器人实施下列行为：")."""


def first_noun(tail: str, setting: Setting) -> bool | None:
    """Return whether the noun that 下列 announces is of acts, None where neither kind of noun is near."""
    head = SIGN.split(tail, 1)[0]
    if head.endswith(setting.tables.thing_stems):
        return False
    head = head[:EARLY]
    acts = min((head.find(noun) for noun in setting.tables.act_stems if noun in head), default=EARLY)
    names = min((head.find(noun) for noun in setting.tables.noun_stems if noun in head), default=EARLY)
    return None if acts == names else acts < names


def bare_find(parsed: Parsed) -> Find | None:
    """Return the act an item starts with; None where it starts with a noun."""
    for number, segment in enumerate(parsed.segments):
        index = first_act(parsed, number, segment)
        if index is not None:
            token = segment.tokens[index]
            span = (token.start, token.end)
            return Find(parsed, segment, number, index, token, span, "bare", token, direct=True)
        if not leads_on(parsed, number, segment):
            return None
    return None


def first_act(parsed: Parsed, number: int, segment: Segment) -> int | None:
    """Return the place of the verb a segment starts with, after adverbs and adverbial phrases."""
    text = parsed.view.text
    start = lead_end(text, segment, segment.end)
    for index, token in enumerate(segment.tokens):
        if token.start < start or token.role in LEADS:
            continue
        if token.role == "preposition" and token.start == start:
            return None if leads_on(parsed, number, segment) else act_after(segment, index)
        return index if is_act(token) and not text[start : token.start].strip() else None
    return None


def leads_on(parsed: Parsed, number: int, segment: Segment) -> bool:
    """Return whether a segment without an act leads to one that starts with a verb ("通过制定愿景，巩固…")."""
    following = parsed.segments[number + 1] if number + 1 < len(parsed.segments) else None
    if following is None or not following.tokens or segment.closed_by != "comma":
        return False
    first = next(iter(segment.tokens), None)
    if first is not None and (first.start != segment.start or first.role not in {"preposition", "opener"}):
        return False
    roles = ("verb", "adverb", "preposition") if is_adverbial(parsed, segment) else ("verb",)
    return following.tokens[0].role in roles and following.tokens[0].start == following.start


def is_adverbial(parsed: Parsed, segment: Segment) -> bool:
    """Return whether a segment only gives a time or circumstance ("在符合要求的前提下，")."""
    return lead_end(parsed.view.text, segment, segment.end) >= segment.end


def act_after(segment: Segment, place: int) -> int | None:
    """Return the place of the verb of a segment that starts with a phrase ("就数字化转型开展合作")."""
    for index, token in enumerate(segment.tokens[place + 1 :], place + 1):
        if token.role == "verb":
            return index
    return None


def starts_unknown(parsed: Parsed) -> bool:
    """Return whether an item starts with a word that is neither known nor a term: a verb as likely as a noun."""
    segment = parsed.segments[0]
    start = lead_end(parsed.view.text, segment, segment.end)
    if segment.end - start < LONG or not HAN.match(parsed.view.text, start):
        return False
    known = (token.start for token in segment.tokens if token.role not in {"negation", "trigger"})
    return start not in {*known, *(hit.start for hit in parsed.view.terms)}


LONG = 6
"""A shorter item is a name."""
HAN = re.compile("[\u4e00-\u9fff]")


def is_act(token: Token) -> bool:
    """Return whether a word is the verb of an act: a verb, or 启动, 要求, 负责."""
    return token.role == "verb" or token.data.get("class") in ACTS


ACTS = ("launch", "demand", "direct", "charge", "urge")
"""Triggers that are verbs of acts too."""


def at_end(found: Find) -> Find:
    """Return the find of the trigger that ends a stem ("应要求每份提案必须："), else the find itself."""
    place = len(found.segment.tokens) - 1
    last = found.segment.tokens[place]
    if last.role != "trigger" or last.end != found.segment.end or place == found.index:
        return found
    kind = last.data["class"]
    return replace(
        found, token=last, span=(last.start, last.end), index=place, kind_of=kind, verb=None, again=True
    )
