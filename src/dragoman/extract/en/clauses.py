"""The words of a sentence with their classes, and where its clauses begin and end.

No parser: a clause is found from its finite verb, looking left for the words that can open a clause and right
for those that can close it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate
from operator import sub

from dragoman.extract.candidate import Span
from dragoman.extract.en.words import (
    ADVERB,
    BASE,
    BE,
    CONJUNCTION,
    DET,
    FINITE,
    GERUND,
    MODAL,
    PAST,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    SIGN,
    SUBORDINATOR,
    Tags,
    Words,
)
from dragoman.extract.view import View

TOKEN = re.compile(
    r"\s*(?:[a-z]+(?=[ ,])"  # most words; the rest of the pattern says the same of them
    r"|(?:[^\W\d_]\.){2,}(?:[-‑–][^\W_]+)*"  # U.S., U.S.-EU
    r"|['’](?:ve|ll|re)\b"
    r"|[^\W_]+(?:(?!['’](?:ve|ll|re)\b)[.'’\-‑&/][^\W_]+)*"
    r"|[^\w\s])"
)
"""A token with the white space before it."""
STOPS = frozenset(";:")
OPENING, CLOSING = frozenset("(["), frozenset(")]")
BRACKETS = OPENING | CLOSING
UNSETTLED = GERUND | PAST | SIGN | MODAL
"""Classes of words that capitals or their place can take away."""
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
    """

    view: View
    lower: tuple[str, ...]
    tags: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    words: Words
    inside: tuple[bool, ...]

    def __len__(self) -> int:
        return len(self.lower)

    def span(self, first: int, end: int) -> Span:
        """Return the offsets of the tokens from `first` up to, not including, `end`."""
        return self.starts[first], self.ends[end - 1]

    def is_(self, index: int, bits: int) -> bool:
        """Return whether a token exists and has one of the classes."""
        tags = self.tags
        return 0 <= index < len(tags) and tags[index] & bits != 0

    def word(self, index: int) -> str:
        """Return a token in lower case, "" outside the sentence."""
        lower = self.lower
        return lower[index] if 0 <= index < len(lower) else ""

    def capital(self, index: int, *, whole: bool = False) -> bool:
        """Return whether a token begins with a capital letter, or is written in capitals as a whole."""
        if not 0 <= index < len(self.lower):
            return False
        text = self.view.text
        if whole:
            return (
                self.ends[index] - self.starts[index] > 1 and text[self.starts[index] : self.ends[index]].isupper()
            )
        return text[self.starts[index]].isupper()

    def verb(self, index: int) -> str:
        """Return the base form of a token, "" outside the sentence."""
        lower = self.lower
        if not 0 <= index < len(lower):
            return ""
        word = lower[index]
        return self.words.base.get(word, word)

    def verb_in(self, index: int, kind: str) -> bool:
        """Return whether a token is a form of a verb of a class of verbs.yaml."""
        lower, words = self.lower, self.words
        if not 0 <= index < len(lower):
            return False
        word = lower[index]
        return words.base.get(word, word) in words.verbs[kind]

    def in_class(self, index: int, name: str) -> bool:
        """Return whether a token belongs to a class of words.yaml."""
        lower = self.lower
        return 0 <= index < len(lower) and lower[index] in self.words.classes[name]

    def at(self, offset: int) -> int:
        """Return the token that starts at or after an offset."""
        return bisect_left(self.starts, offset)


def tokens_of(view: View, words: Words) -> Tokens:
    """Return the tokens of a sentence."""
    spaced = TOKEN.findall(view.folded, view.start, view.end)
    lower = [word.strip() for word in spaced]
    starts, ends = places_of(view, spaced, lower)
    return Tokens(
        view,
        tuple(lower),
        tags_of(view, lower, starts, words.tags),
        tuple(starts),
        tuple(ends),
        words,
        brackets_of(lower),
    )


def places_of(view: View, spaced: list[str], lower: list[str]) -> tuple[list[int], list[int]]:
    """Return start and end of each token, which follow one another where no "_" stands between them."""
    ends = list(accumulate(map(len, spaced), initial=view.start))
    if ends[-1] != view.end:
        return searched_places(view, lower)
    del ends[0]
    return list(map(sub, ends, map(len, lower))), ends


def searched_places(view: View, lower: list[str]) -> tuple[list[int], list[int]]:
    """Return start and end of each token, looked for one after the other."""
    position = view.start
    starts, ends = [], []
    for word in lower:  # nothing but spaces and "_" stands between two tokens, so the next occurrence is the token
        start = view.folded.find(word, position)
        position = start + len(word)
        starts.append(start)
        ends.append(position)
    return starts, ends


def brackets_of(lower: list[str]) -> tuple[bool, ...]:
    """Return for each token whether it stands in brackets; a closing one that nothing opened counts down too."""
    if not BRACKETS.intersection(lower):
        return (False,) * len(lower)
    depth, inside = 0, []
    for word in lower:
        depth += (word in OPENING) - (word in CLOSING)
        inside.append(depth > 0)
    return tuple(inside)


def tags_of(view: View, lower: list[str], starts: list[int], tags: Tags) -> tuple[int, ...]:
    """Return the classes of each token; none for a full stop inside, for May, for names."""
    classes = [tags[word] for word in lower]
    last = len(lower) - 1
    for at in [at for at, bits in enumerate(classes) if bits & UNSETTLED and at < last]:
        word = lower[at]
        guessed = at and classes[at] & (GERUND | PAST) and word not in tags
        if word == "." or ((guessed or word == "may") and view.text[starts[at]].isupper()):
            classes[at] = 0
    return tuple(classes)


def skip_adverbs(tokens: Tokens, index: int) -> int:
    """Return the first token at or after `index` that is no adverb, or the length."""
    while index < len(tokens) and tokens.tags[index] & ADVERB and not tokens.tags[index] & (BASE | GERUND):
        index += 1
    return index


def skip_aside(tokens: Tokens, index: int) -> int:
    """Return the token after an aside between a verb's parts, `index` itself where none begins there.

    "shall, in consultation with X and Y, submit": from the comma to "submit"; "have (i) issued": past "(i)".
    """
    word = tokens.word(index)
    if word in OPENING:
        while index < len(tokens) and tokens.lower[index] not in CLOSING:
            index += 1
        return index + 1
    if word == "," or word in DASHES:
        at = index + 1
        while at < len(tokens):
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
    if index < len(tokens) and tokens.tags[index] & SIGN:
        return len(tokens)
    return index


def infinitive_after(tokens: Tokens, index: int, reach: int) -> int:
    """Return the verb of the next "to" with a verb or gerund within `reach` tokens, -1 where there is none.

    Signs, conjunctions and finite verbs end the search.
    """
    for at in range(index, min(index + reach, len(tokens))):
        if tokens.lower[at] == "to":
            verb = act_after(tokens, at + 1)
            return verb if is_act(tokens, verb) else -1
        if tokens.tags[at] & (SIGN | FINITE | SUBORDINATOR) and tokens.lower[at] not in DASHES | {"as"}:
            return -1
    return -1


def is_act(tokens: Tokens, index: int) -> bool:
    """Return whether a token after "to" is a verb: a known form, or an unknown word before an article."""
    if index >= len(tokens):
        return False
    tags = tokens.tags[index]
    if tags & (DET | PRONOUN | PREPOSITION | SIGN) and not tags & BASE:
        return False
    if tags & (BASE | GERUND | BE) or tokens.word(index) in {"have", "do"}:
        return True
    return not tags and not tokens.capital(index) and tokens.is_(index + 1, DET)


def clause_end(tokens: Tokens, index: int) -> int:
    """Return where the clause that goes on at `index` ends: at a semicolon, colon, or the sentence's end."""
    while index < len(tokens):
        if tokens.lower[index] in STOPS and not tokens.inside[index]:
            return index
        index += 1
    return index


def opens_aside(tokens: Tokens, index: int) -> bool:
    """Return whether a token can open an adjunct: a preposition, participle, subordinator or relative."""
    tags = tokens.tags[index] if index < len(tokens) else SIGN
    if tags & (DET | PRONOUN) and not tags & (RELATIVE | PREPOSITION):
        return tokens.lower[index] == "that"
    if tags & (PREPOSITION | SUBORDINATOR | RELATIVE | SIGN):
        return True
    return bool(tags & GERUND) or (tokens.word(index).endswith("ed") and not tokens.capital(index))


def is_coordinator(tokens: Tokens, index: int) -> bool:
    """Return whether a token joins: and, or, but."""
    return tokens.is_(index, CONJUNCTION)
