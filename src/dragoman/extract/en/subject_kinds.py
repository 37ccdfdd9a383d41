"""What kind of subject a phrase is, judged by its head noun: an actor, an agent, a vehicle, a text, a thing."""

from __future__ import annotations

import re

from dragoman.extract.en.clauses import Tokens, is_coordinator
from dragoman.extract.en.words import (
    ADVERB,
    BASE,
    CONJUNCTION,
    DET,
    GERUND,
    PARTICIPLE,
    PREPOSITION,
    RELATIVE,
    SIGN,
    SUBORDINATOR,
)

WE = frozenset({"we", "i", "us"})
ANAPHORS = frozenset({"it", "they", "he", "she", "this", "these", "those", "both"})


def kind_of(tokens: Tokens, first: int, end: int) -> str:
    """Return what kind of subject a phrase is, judged by its head: the last noun before its first preposition."""
    if first >= end or is_undertaking(tokens, first, end):
        return "none" if first >= end else "thing"
    if end - first == 1 and tokens.lower[first] in ANAPHORS | WE:
        return "we" if tokens.lower[first] in WE else "anaphor"
    head = counted_head(tokens, first, end)
    if is_actor(tokens, first, min(head, end - 1)):
        return "actor"
    kind = noun_kind(tokens, head)
    if kind and not (kind == "vehicle" and tokens.capital(head) and head > first):
        return kind
    acronym = tokens.capital(head, whole=True) and tokens.lower[head].isalpha() and not is_term(tokens, head)
    if kind or acronym or is_officer(tokens, first, head) or is_proper(tokens, first, head):
        return "agent"
    holds = names_actor(tokens, first, end) and not tokens.is_(first, PREPOSITION)
    return "holder" if holds else "thing"


def is_undertaking(tokens: Tokens, first: int, end: int) -> bool:
    """Return whether a subject is an undertaking with a name as its object: "Implementing AUKUS"."""
    if not tokens.is_(first, GERUND) or tokens.is_(first, DET | PREPOSITION) or end - first < 2:  # noqa: PLR2004 - a pair
        return False
    start = tokens.starts[first + 1]
    return any(hit.start == start and hit.phrases[0].group == "actor" for hit in tokens.view.names)


def counted_head(tokens: Tokens, first: int, end: int) -> int:
    """Return the head noun of a phrase, of what is counted where it counts: "dozens of companies"."""
    head = head_of(tokens, first, end)
    number = tokens.in_class(head, "quantity") or (head == first and tokens.is_(head, DET))
    counts = number and tokens.word(head + 1) == "of" and head + 2 < end
    return head_of(tokens, head + 2, end) if counts else head


def is_actor(tokens: Tokens, first: int, last: int) -> bool:
    """Return whether a phrase up to its head ends with the name of an actor."""
    start, stop = tokens.starts[first], tokens.ends[last]
    return any(
        start <= hit.start < stop and hit.end >= stop - 1 and hit.phrases[0].group == "actor"
        for hit in tokens.view.names
    )


def is_officer(tokens: Tokens, first: int, head: int) -> bool:
    """Return whether a phrase is a title with a name: "Secretary Blinken", "Secretary of Commerce"."""
    titled = any(tokens.in_class(at, "agent") and tokens.capital(at) for at in range(first, head))
    return titled and tokens.capital(head)


def is_proper(tokens: Tokens, first: int, head: int) -> bool:
    """Return whether a phrase is a name of several words, a person's or a firm's: "Lael Brainard", "South Oil"."""
    if tokens.is_(first, DET | GERUND) or is_term(tokens, head):
        return False
    if head == first:
        return is_single_name(tokens, head)
    return all(tokens.capital(at) or not tokens.lower[at].isalpha() for at in range(first, head + 1))


def is_single_name(tokens: Tokens, index: int) -> bool:
    """Return whether a word of no class is a name: written with a capital inside this or another sentence."""
    word = tokens.view.text[tokens.starts[index] : tokens.ends[index]]
    if tokens.tags[index] or not word[0].isupper() or not word.isalpha() or word.isupper():
        return False
    if not word[1:].islower():
        return True
    text = tokens.view.text
    of_place = tokens.word(index - 1) == tokens.word(index + 1) == "," and tokens.capital(index - 2)
    if of_place or tokens.is_(index - 1, PREPOSITION | CONJUNCTION) or f" {word.lower()}" in text:
        return False
    return (index > 0 and tokens.lower[index - 1].isalpha()) or re.search(rf"[a-z,] {word}\b", text) is not None


def tells_time(tokens: Tokens, first: int, end: int) -> bool:
    """Return whether every word of a stretch can be part of a time: "2024", "earlier this year", "on Monday"."""
    words = tokens.lower[first:end]
    timely = tokens.words.classes["time_parts"] | tokens.words.classes["periods"]
    return first < end and all(word in timely or word.isdigit() for word in words)


def noun_kind(tokens: Tokens, head: int) -> str:
    """Return what a head noun can be: agent, vehicle, text, or ""."""
    return next((name for name in ("agent", "vehicle", "text") if tokens.in_class(head, name)), "")


def is_term(tokens: Tokens, index: int) -> bool:
    """Return whether a token belongs to a technology or instrument term ("AI")."""
    start = tokens.starts[index]
    return any(hit.start <= start < hit.end and hit.phrases[0].group != "actor" for hit in tokens.view.names)


def names_actor(tokens: Tokens, first: int, end: int) -> bool:
    """Return whether the name of an actor stands in a phrase."""
    start, stop = tokens.starts[first], tokens.ends[end - 1]
    return any(
        start <= hit.start and hit.end <= stop and hit.phrases[0].group == "actor" for hit in tokens.view.names
    )


def head_of(tokens: Tokens, first: int, end: int) -> int:
    """Return the head noun of a phrase: the token before its first preposition, bracket, comma or participle."""
    for index in range(first + 1, end):
        tags = tokens.tags[index]
        if tags & (PREPOSITION | SIGN | RELATIVE | SUBORDINATOR) and not tokens.capital(index):
            if tags & PREPOSITION and tokens.capital(index - 1) and tokens.capital(index + 1):
                continue
            left_out = is_coordinator(tokens, index - 1) or tokens.lower[index - 1] == "such"
            return index - 2 if left_out else index - 1
        if index > first + 1 and tokens.is_(index, PARTICIPLE) and after_noun(tokens, index):
            return index - 1
        if tags & GERUND and index > first + 1 and not tokens.capital(index) and index + 1 < end:
            following = tokens.tags[index + 1]
            if following & (DET | PREPOSITION) and tokens.word(index + 1) != "of":
                return index - 1
    return end - 2 if end - 2 > first and trails(tokens, end - 1) else end - 1


def trails(tokens: Tokens, last: int) -> bool:
    """Return whether the last word of a phrase stands behind its head: a number, "the participant asked"."""
    if tokens.lower[last].isdigit():
        return tokens.capital(last - 1)
    participle = tokens.is_(last, PARTICIPLE) and not tokens.is_(last, BASE)
    return participle and tokens.in_class(last - 1, "agent")


def after_noun(tokens: Tokens, index: int) -> bool:
    """Return whether a participle stands behind its noun: "the council established last year"."""
    following = tokens.is_(index + 1, PREPOSITION | ADVERB) or tokens.in_class(index + 1, "time")
    return following and not tokens.capital(index)
