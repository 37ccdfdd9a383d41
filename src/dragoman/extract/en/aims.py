"""What is done: the verbs of the act in a row, the shortest phrase that names it, and its direct object."""

from __future__ import annotations

from dragoman.extract.en.clauses import Tokens, act_after, infinitive_after, is_act, skip_adverbs
from dragoman.extract.en.words import (
    ADVERB,
    BASE,
    BE,
    CONJUNCTION,
    DET,
    FINITE,
    GERUND,
    PARTICIPLE,
    PREPOSITION,
    RELATIVE,
    SIGN,
    SUBORDINATOR,
)

LONGEST_CHAIN = 5
"""Verbs of an act in a row."""
LONGEST = 14
"""Words of an aim: what is longer is cut at a phrase boundary before."""
BOUNDS = frozenset(
    {("at", "least"), ("at", "most"), ("up", "to"), ("more", "than"), ("less", "than"), ("fewer", "than")}
)
"""What bounds a count: "at least six projects" is an object as "six projects" is."""
BOUNDING = frozenset(first for first, _ in BOUNDS)
COUNTING = frozenset("$€£¥0123456789")
"""How a count in figures begins."""
LINKS = frozenset({"on", "to", "towards", "toward", "at", "in", "by", "with", "and"})


def chain_of(tokens: Tokens, act: int) -> list[int]:
    """Return the verbs of an act in a row: "continue to work together to explore" gives four tokens' indexes.

    A verb leads to the next only where it says nothing of the act itself (light, intended or exploratory).
    """
    chain = tokens.chains.get(act)
    if chain is None:
        chain = tokens.chains[act] = read_chain(tokens, act)
    return chain


def read_chain(tokens: Tokens, act: int) -> list[int]:
    """Return the verbs of an act in a row, from the words behind the first."""
    chain: list[int] = []
    at = act
    while 0 <= at < len(tokens) and len(chain) < LONGEST_CHAIN:
        chain.append(at)
        verb = tokens.verb(at)
        kinds = tokens.words.verbs
        if verb not in kinds["light"] and verb not in kinds["intended"] and verb != "be":
            break
        at = next_verb(tokens, at, verb)
    return chain


def next_verb(tokens: Tokens, at: int, verb: str) -> int:
    """Return the verb that a light verb at a token leads to, -1 where it has an object of its own."""
    after = skip_adverbs(tokens, at + 1)
    if verb == "be":
        return after if tokens.is_(after, GERUND | PARTICIPLE) else -1
    if tokens.word(after) in {"forces", "efforts"}:
        after += 1
    if tokens.is_(after, GERUND) and not tokens.is_(after, SIGN):
        return after
    if tokens.word(after) in LINKS:
        beyond = skip_adverbs(tokens, after + 1)
        if tokens.word(after) == "to":
            beyond = act_after(tokens, after + 1)
            return beyond if is_act(tokens, beyond) else -1
        if tokens.is_(beyond, GERUND) and tokens.word(after) != "by":
            return beyond
        if tokens.word(after) == "with":
            return infinitive_after(tokens, after, 8) if tokens.verb(at) in {"work", "collaborate"} else -1
    return -1


def phrase_end(tokens: Tokens, first: int, limit: int) -> int:
    """Return where the shortest phrase for the act that begins with `first` ends: after its object.

    "of" and the first "to" with a verb stay inside; any other preposition after a noun ends it.
    """
    at, seen_noun, last_verb = first + 1, False, first
    classes, lower, stop = tokens.tags, tokens.lower, min(limit, first + LONGEST)
    while at < stop:
        tags, word = classes[at], lower[at]
        if word in BOUNDING and is_bound(tokens, at):
            at += 2
            continue
        if (tags & SIGN and word not in {".", "("}) or word in {"(", "that", "which"}:
            break
        if tags & FINITE or (tags & (RELATIVE | SUBORDINATOR) and not tags & (DET | ADVERB) and seen_noun):
            break
        if word == "to" and is_act(tokens, at + 1) and at - first < LONGEST // 2:
            last_verb, seen_noun = at + 1, False
            at += 2
            continue
        if seen_noun and tags & (PREPOSITION | DET) and word not in {"of", "on", "for"}:
            break
        if seen_noun and tags & CONJUNCTION and tokens.is_(at + 1, BASE | GERUND):
            break
        if not tags & (DET | ADVERB | PREPOSITION | CONJUNCTION | BE):
            seen_noun = seen_noun or at > last_verb
        at += 1
    return without_tail(tokens, first, at)


def without_tail(tokens: Tokens, first: int, at: int) -> int:
    """Return the end of a phrase without the small words that it breaks off with ("on", "and the", "at least")."""
    if at > first + 2 and (tokens.lower[at - 2], tokens.lower[at - 1]) in BOUNDS:
        at -= 2
    while (
        at > first + 1
        and tokens.tags[at - 1] & (PREPOSITION | CONJUNCTION | DET | ADVERB | SIGN)
        and not (tokens.lower[at - 1] in {"up", "out", "in"} and at - 1 == first + 1)
    ):
        at -= 1
    return at


def is_bound(tokens: Tokens, at: int) -> bool:
    """Return whether a count with a bound ("at least six", "up to $2 billion") begins at a token."""
    if (tokens.word(at), tokens.word(at + 1)) not in BOUNDS:
        return False
    return tokens.is_(at + 2, DET) or tokens.word(at + 2)[:1] in COUNTING


def object_of(tokens: Tokens, verb: int, end: int) -> tuple[int, int]:
    """Return the tokens of the direct object of a verb within its phrase; equal where there is none.

    An infinitive after the object ("a workplan to expand trade") is no part of it.
    """
    bound = is_bound(tokens, verb + 1)
    first = verb + 1 if bound else skip_adverbs(tokens, verb + 1)
    led = tokens.is_(first, PREPOSITION | SIGN | SUBORDINATOR) and not tokens.is_(first, DET)
    if first >= end or (led and not bound):
        return end, end
    last = min(end, first + 3 if bound else first + 1)
    while last < end and not (tokens.lower[last] == "to" and is_act(tokens, last + 1)):
        last += 1
    return first, last
