"""The words of a sentence with their classes, and where its clauses begin and end.

No parser: a clause is found from its finite verb, looking left for the words that can open a clause and right
for those that can close it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import accumulate
from operator import sub
from typing import TYPE_CHECKING

from dragoman.extract.candidate import Span
from dragoman.extract.en.words import (
    ADVERB,
    BASE,
    BE,
    BY_ENDING,
    CONJUNCTION,
    DET,
    FINITE,
    GERUND,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    SETTLED,
    SIGN,
    SUBORDINATOR,
    UNSETTLED,
    Words,
)
from dragoman.extract.view import View

if TYPE_CHECKING:
    from dragoman.extract.en.subjects import Subject

TOKEN = re.compile(
    r"\s*(?:[a-z]+(?=[ ,])"  # most words; the rest of the pattern says the same of them
    r"|(?:[^\W\d_]\.){2,}(?:[-‑–][^\W_]+)*"  # U.S., U.S.-EU
    r"|['’](?:ve|ll|re|d|m)\b"
    r"|[^\W_]+(?:(?!['’](?:ve|ll|re|d|m)\b)[.'’\-‑&/][^\W_]+)*"
    r"|[^\w\s])"
)
"""A token with the white space before it."""
STOPS = frozenset(";:")
OPENING, CLOSING = frozenset("(["), frozenset(")]")
BRACKETS = OPENING | CLOSING
DASHES = frozenset("—–")


@dataclass(slots=True, eq=False)
class Tokens:
    """A sentence as tokens.

    Attributes:
        view: the sentence.
        lower: each token in lower case.
        tags: word classes of each token, see `words`.
        starts, ends: offsets in the document.
        words: the word tables.
        inside: per token, whether it stands in brackets.
        count: how many tokens.
        subjects, chains, marks: what was read of it before, by token: the subject of a verb, the verbs in a row
            that an act begins, what stands in its object.
    """

    view: View
    lower: tuple[str, ...]
    tags: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    words: Words
    inside: tuple[bool, ...]
    count: int
    subjects: dict[int, Subject] = field(default_factory=dict)
    chains: dict[int, list[int]] = field(default_factory=dict)
    marks: dict[int, frozenset[str]] = field(default_factory=dict)

    def __len__(self) -> int:
        return self.count

    def span(self, first: int, end: int) -> Span:
        """Return the offsets of the tokens from `first` up to, not including, `end`."""
        return self.starts[first], self.ends[end - 1]

    def is_(self, index: int, bits: int) -> bool:
        """Return whether a token exists and has one of the classes."""
        return 0 <= index < self.count and self.tags[index] & bits != 0

    def word(self, index: int) -> str:
        """Return a token in lower case, "" outside the sentence."""
        return self.lower[index] if 0 <= index < self.count else ""

    def capital(self, index: int, *, whole: bool = False) -> bool:
        """Return whether a token begins with a capital letter, or is written in capitals as a whole."""
        if not 0 <= index < self.count:
            return False
        start = self.starts[index]
        if whole:
            end = self.ends[index]
            return end - start > 1 and self.view.text[start:end].isupper()
        return self.view.text[start].isupper()

    def verb(self, index: int) -> str:
        """Return the base form of a token, "" outside the sentence."""
        if not 0 <= index < self.count:
            return ""
        word = self.lower[index]
        return self.words.base.get(word, word)

    def verb_in(self, index: int, kind: str) -> bool:
        """Return whether a token is a form of a verb of a class of verbs.yaml."""
        if not 0 <= index < self.count:
            return False
        words, word = self.words, self.lower[index]
        return words.base.get(word, word) in words.verbs[kind]

    def in_class(self, index: int, name: str) -> bool:
        """Return whether a token belongs to a class of words.yaml."""
        return 0 <= index < self.count and self.lower[index] in self.words.classes[name]

    def at(self, offset: int) -> int:
        """Return the token that starts at or after an offset."""
        return bisect_left(self.starts, offset)


def tokens_of(view: View, words: Words) -> Tokens:
    """Return the tokens of a sentence."""
    spaced = TOKEN.findall(view.folded, view.start, view.end)
    if not spaced:
        return Tokens(view, (), (), (), (), words, (), 0)
    entries = [*map(words.entries.__getitem__, spaced)]
    lower = tuple([word for word, _ in entries])
    starts, ends = places_of(view, spaced, lower)
    tags = settled(view, [bits for _, bits in entries], starts)
    return Tokens(view, lower, tags, starts, ends, words, brackets_of(lower), len(lower))


def places_of(view: View, spaced: list[str], lower: tuple[str, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return start and end of each token, which follow one another where no "_" stands between them."""
    ends = tuple(accumulate(map(len, spaced), initial=view.start))[1:]
    if ends[-1] != view.end:
        return searched_places(view, lower)
    return tuple(map(sub, ends, map(len, lower))), ends


def searched_places(view: View, lower: tuple[str, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return start and end of each token, looked for one after the other."""
    position = view.start
    starts, ends = [], []
    for word in lower:  # nothing but spaces and "_" stands between two tokens, so the next occurrence is the token
        start = view.folded.find(word, position)
        position = start + len(word)
        starts.append(start)
        ends.append(position)
    return tuple(starts), tuple(ends)


def brackets_of(lower: tuple[str, ...]) -> tuple[bool, ...]:
    """Return for each token whether it stands in brackets; a closing one that nothing opened counts down too."""
    if BRACKETS.isdisjoint(lower):
        return (False,) * len(lower)
    depth, inside = 0, []
    for word in lower:
        depth += (word in OPENING) - (word in CLOSING)
        inside.append(depth > 0)
    return tuple(inside)


def settled(view: View, tags: list[int], starts: tuple[int, ...]) -> tuple[int, ...]:
    """Return the classes of each token; none for a full stop inside, for May, for names."""
    text, last = view.text, len(tags) - 1
    for at in [at for at, bits in enumerate(tags) if bits & UNSETTLED]:
        first = text[starts[at]]
        named = at < last and (first == "." or (first.isupper() and (at or not tags[at] & BY_ENDING)))
        tags[at] = 0 if named else tags[at] & SETTLED
    return tuple(tags)


def skip_adverbs(tokens: Tokens, index: int) -> int:
    """Return the first token at or after `index` that is no adverb, or the length."""
    tags, count = tokens.tags, tokens.count
    while index < count and tags[index] & ADVERB and not tags[index] & (BASE | GERUND):
        index += 1
    return index


def skip_aside(tokens: Tokens, index: int) -> int:
    """Return the token after an aside between a verb's parts, `index` itself where none begins there.

    "shall, in consultation with X and Y, submit": from the comma to "submit"; "have (i) issued": past "(i)".
    """
    word = tokens.word(index)
    if word in OPENING:
        while index < tokens.count and tokens.lower[index] not in CLOSING:
            index += 1
        return index + 1
    if word == "," or word in DASHES:
        at = index + 1
        while at < tokens.count:
            if tokens.lower[at] == word or (word == "," and tokens.lower[at] in DASHES):
                following = skip_adverbs(tokens, at + 1)
                if tokens.is_(following, BASE | BE) and not tokens.is_(following, PREPOSITION):
                    return at + 1
            elif tokens.lower[at] in STOPS:
                break
            at += 1
    return index


def act_after(tokens: Tokens, index: int) -> int:
    """Return the verb after a modal or "to", past adverbs and asides; the length where the clause ends first."""
    for _ in range(4):
        index = skip_adverbs(tokens, index)
        after = skip_aside(tokens, index)
        if after == index:
            break
        index = after
    if index < tokens.count and tokens.tags[index] & SIGN:
        return tokens.count
    return index


def infinitive_after(tokens: Tokens, index: int, reach: int) -> int:
    """Return the verb of the next "to" with a verb or gerund within `reach` tokens, -1 where there is none.

    Signs, conjunctions and finite verbs end the search.
    """
    for at in range(index, min(index + reach, tokens.count)):
        if tokens.lower[at] == "to":
            verb = act_after(tokens, at + 1)
            return verb if is_act(tokens, verb) else -1
        if tokens.tags[at] & (SIGN | FINITE | SUBORDINATOR) and tokens.lower[at] not in DASHES | {"as"}:
            return -1
    return -1


def is_act(tokens: Tokens, index: int) -> bool:
    """Return whether a token after "to" is a verb: a known form, or an unknown word before an article."""
    if index >= tokens.count:
        return False
    tags = tokens.tags[index]
    if tags & (DET | PRONOUN | PREPOSITION | SIGN) and not tags & BASE:
        return False
    if tags & (BASE | GERUND | BE) or tokens.word(index) in {"have", "do"}:
        return True
    return not tags and not tokens.capital(index) and tokens.is_(index + 1, DET)


def clause_end(tokens: Tokens, index: int) -> int:
    """Return where the clause that goes on at `index` ends: at a semicolon, colon, or the sentence's end."""
    lower = tokens.lower
    if not STOPS.isdisjoint(lower):
        for at in range(index, tokens.count):
            if lower[at] in STOPS and not tokens.inside[at]:
                return at
    return max(index, tokens.count)


def opens_aside(tokens: Tokens, index: int) -> bool:
    """Return whether a token can open an adjunct: a preposition, participle, subordinator or relative."""
    tags = tokens.tags[index] if index < tokens.count else SIGN
    if tags & (DET | PRONOUN) and not tags & (RELATIVE | PREPOSITION):
        return tokens.lower[index] == "that"
    if tags & (PREPOSITION | SUBORDINATOR | RELATIVE | SIGN):
        return True
    return bool(tags & GERUND) or (tokens.word(index).endswith("ed") and not tokens.capital(index))


def is_coordinator(tokens: Tokens, index: int) -> bool:
    """Return whether a token joins: and, or, but."""
    return tokens.is_(index, CONJUNCTION)
