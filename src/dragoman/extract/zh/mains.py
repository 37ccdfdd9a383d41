"""The main verb of an act after its trigger: adverbs, phrases and objects brought forward are passed over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.extract.zh.clauses import NO_DATA, Segment, Token
from dragoman.extract.zh.places import ATTRIBUTE, Place
from dragoman.extract.zh.subjects import AGENTIVE, DATE
from dragoman.extract.zh.tables import load_tables

LINKING = ("verb", "adverb", "preposition", "trigger", "passive", "negation", "aspect", "purpose")
"""Roles of words that may follow a trigger directly."""


def main_verb(place: Place) -> Token | None:
    """Return the main verb after a trigger: adverbs and a phrase with a preposition are passed over."""
    tokens, text = place.segment.tokens, place.parsed.view.text
    index = place.at + 1
    while index < len(tokens) and tokens[index].role in {"adverb", "negation", "aspect", "passive"}:
        index += 1
    if index < len(tokens) and tokens[index].role == "preposition":
        beyond = verb_of_next(place) if is_unclosed(place, index) else None
        if beyond is not None:
            return beyond
        index = after_phrase(tokens, index, text)
    if index < len(tokens) and text.startswith(OBJECT_FIRST, tokens[index].start):
        return placing_verb(tokens[index:], text)
    for token in tokens[index:]:
        if token.role == "verb" and not text.startswith(ATTRIBUTE, token.end):
            return token._replace(data=WEAK) if is_looked_into(place, token) else beyond_manner(place, token)
        if token.role == "trigger" and token.data["class"] == "seek":
            return token._replace(role="verb", data=WEAK)
        if token.role == "purpose":
            return None
    return None


def beyond_manner(place: Place, verb: Token) -> Token:
    """Return the weak verb behind one that only tells the spirit of an act ("将秉持…理念，共同探讨…")."""
    beyond = (
        verb_of_next(place) if verb.data["class"] == "principle" and place.segment.closed_by == "comma" else None
    )
    return beyond if beyond is not None and beyond.data["class"] == "weak" else verb


OBJECT_FIRST = "把"
"""Brings the object before its verb."""


def placing_verb(tokens: Sequence[Token], text: str) -> Token | None:
    """Return the verb of an object that 把 brings forward: the last verb of an act, else the last verb."""
    verbs = [token for token in tokens if token.role == "verb" and not text.startswith(ATTRIBUTE, token.end)]
    acts = [token for token in verbs if token.data["class"] not in {"effect", "state"}]
    return next(reversed(acts or verbs), None)


def is_looked_into(place: Place, verb: Token) -> bool:
    """Return whether 研究 only explores: a verb, phrase or question follows, or it is of a possibility."""
    text, end = place.parsed.view.text, place.segment.end
    if text[verb.start : verb.end] != STUDY:
        return False
    after = next((token for token in place.segment.tokens if token.start >= verb.end), None)
    leads = after is not None and after.start == verb.end and after.role in {*LINKING, "question"}
    return leads or any(word in text[verb.end : end] for word in load_tables().possible)


STUDY = "研究"


def is_unclosed(place: Place, index: int) -> bool:
    """Return whether a phrase with a preposition takes up the rest of its segment ("将通过…计划，")."""
    last = place.segment.tokens[index:]
    return place.segment.closed_by == "comma" and not any(token.role == "localizer" for token in last)


def verb_of_next(place: Place) -> Token | None:
    """Return the verb that the next segment starts with, adverbs passed over; None where it starts otherwise."""
    if place.number + 1 >= len(place.parsed.segments):
        return None
    following = without_partner(place, place.parsed.segments[place.number + 1])
    for token in following.tokens:
        if token.role == "verb" and not place.parsed.view.text[following.start : token.start].strip():
            return token
        if token.role != "adverb":
            return None
        following = replace(following, start=token.end)
    return None


def without_partner(place: Place, segment: Segment) -> Segment:
    """Return a segment without the partner it starts with ("同有意愿的国家共同探讨")."""
    first, text = next(iter(segment.tokens), None), place.parsed.view.text
    if first is None or first.start != segment.start or not text.startswith(WITH, first.start):
        return segment
    last = next((t.end for t in reversed(segment.tokens) if t.role in AGENTIVE), None)
    if last is None:
        return segment
    return replace(segment, start=last, tokens=tuple(t for t in segment.tokens if t.start >= last))


WITH = ("与", "同", "和")
"""Prepositions of the one with whom one acts."""
WEAK = {**NO_DATA, "class": "weak"}


def after_phrase(tokens: tuple[Token, ...], index: int, text: str) -> int:
    """Return the place after a phrase with a preposition: its date, its last localizer, its word of means."""
    date = DATE.match(text, tokens[index].end, tokens[-1].end)
    if date is not None:
        return next((place for place, token in enumerate(tokens) if token.start >= date.end()), index + 1)
    if text.startswith(BY_MEANS, tokens[index].start):
        means = load_tables().means.search(text, tokens[index].end, tokens[-1].end)
        beyond = [place for place, token in enumerate(tokens) if means and token.start >= means.end()]
        if any(tokens[place].role == "verb" for place in beyond):
            return beyond[0]
    for later in range(len(tokens) - 1, index, -1):
        token = tokens[later]
        closes_phrase = token.role == "localizer" and not text.startswith("的", token.end)
        if closes_phrase and any(t.role == "verb" for t in tokens[later:]):
            return later + 1
    return index + 1


BY_MEANS = ("通过", "以")
"""Prepositions of means."""
