"""English stretches that may be terms: runs of content words, without a model of speech.

Words with hyphens are one. A run ends at small words, verbs and punctuation; every part of a run that ends with
what can be a noun is a candidate. Names with capitals may hold small words ("Council on Data and Trade").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from dragoman.lexicon import Lexicon, fold, load_pack
from dragoman.terms.tokens import POSSESSIVE, Token
from dragoman.terms.wordlinks import SPACE, Pairing

PACK = "terms/candidates.yaml"
GAP = re.compile(r"\s{1,2}")
HYPHENS = re.compile("[-\u2010\u2011]+")
HYPHEN = re.compile("[-\u2010\u2011]?")
BETWEEN_NAMES = frozenset({"of", "on", "for", "and", "in", "the"})
PLACES = frozenset({"state", "region", "metonym", "seat"})
"""Types of actors that stand before a term and are no part of it."""
ADJECTIVE = re.compile(r"(?:[^u]al|ive|ous|ful|able|ible|less|est|ic)$")
OF_WORDS = 3
"""Words of the shortest term with a small word in it: "entities of concern"."""
TITLE_CASE = 0.8
"""Share of capitals above which a sentence is a heading, whose capitals say nothing."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A word of a run, with its hyphens.

    Attributes:
        plain: in lower case.
        first, last: positions of its tokens, the last one included.
        capital: whether it is written with a capital that says something.
    """

    plain: str
    first: int
    last: int
    capital: bool


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Where a candidate stands.

    Attributes:
        link: number of the pairing.
        first, last: positions of its English tokens, the last one included.
        start, end: their offsets in the English document.
        text: as written, white space as one space.
        name: whether it is a whole name with capitals.
        broken: whether it is a part of one.
        before, after: the words of its run beside it that could belong to it, "" where there are none.
        heading: whether it stands in a heading, whose capitals say nothing.
    """

    link: int
    first: int
    last: int
    start: int
    end: int
    text: str
    name: bool = False
    broken: bool = False
    before: str = ""
    after: str = ""
    heading: bool = False


@dataclass(slots=True)
class Candidate:
    """An English stretch and where it stands."""

    words: tuple[str, ...]
    occurrences: list[Occurrence] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The form that stands most often at the end of its run, where the head of a term has its number."""
        ends = [one.text for one in self.occurrences if not one.after] or [one.text for one in self.occurrences]
        return Counter(ends).most_common(1)[0][0]


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists of the pack."""

    breaks: frozenset[str]
    verbs: frozenset[str]
    participles: frozenset[str]
    nouns_ing: frozenset[str]
    heads: Mapping[str, float]
    qualifiers: frozenset[str]
    plain: frozenset[str]
    weights: Mapping[str, float]
    most_words: int
    most_name: int
    least_pair: float


@cache
def load_words() -> Words:
    """Return the lists of the shipped pack."""
    pack: Mapping[str, Any] = load_pack(PACK)
    return Words(
        breaks=frozenset(map(str, pack["breaks"])),
        verbs=frozenset(map(str, pack["verbs"])),
        participles=frozenset(map(str, pack["participles"])),
        nouns_ing=frozenset(map(str, pack["nouns_ing"])),
        heads={str(word): float(weight) for weight, words in pack["heads"].items() for word in words},
        qualifiers=frozenset(map(str, pack["qualifiers"])),
        plain=frozenset(map(str, pack["plain"])),
        weights=pack["weights"],
        most_words=pack["most_words"],
        most_name=pack["most_name"],
        least_pair=pack["least_pair"],
    )


def candidates_of(pairs: Sequence[Pairing], text: str, lexicon: Lexicon) -> dict[tuple[str, ...], Candidate]:
    """Return the candidates of a text by their words, plural and singular as one.

    Args:
        pairs: the links word by word.
        text: of the English document.
        lexicon: names of states, which are no part of a term.
    """
    found: dict[tuple[str, ...], Candidate] = {}
    for number, pair in enumerate(pairs):
        heading = not capitals_speak(pair.english)
        for units in runs_of(pair.english, text, lexicon):
            for start, end, name, broken in parts(units):
                key = key_of([unit.plain for unit in units[start:end]])
                one = occurrence_of(number, pair, (units[start].first, units[end - 1].last), text)
                beside = neighbour(units[:start][-1:]), neighbour(units[end : end + 1])
                found.setdefault(key, Candidate(key)).occurrences.append(
                    replace(one, name=name, broken=broken, before=beside[0], after=beside[1], heading=heading)
                )
    return found


def neighbour(units: Sequence[Unit]) -> str:
    """Return the word beside a candidate if it may belong to the term: no verb, small or plain word."""
    words = load_words()
    outside = words.verbs | words.plain | BETWEEN_NAMES
    return next(
        (singular(one.plain) for one in units if one.plain not in outside and starts_well(one.plain, words)), ""
    )


def occurrence_of(number: int, pair: Pairing, words: tuple[int, int], text: str) -> Occurrence:
    """Return a stretch of words of a link, the last word included."""
    start, end = pair.english[words[0]].start, pair.english[words[1]].end
    return Occurrence(number, *words, start, end, SPACE.sub(" ", text[start:end]))


def key_of(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words of a candidate without plural and without the hyphens that differ."""
    flat = [part for word in words for part in HYPHENS.split(word) if part]
    return tuple(singular(part) for part in flat)


def singular(word: str) -> str:
    """Return a noun without the ending of the plural."""
    if word.endswith("ies") and len(word) > len("ties"):
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def runs_of(tokens: Sequence[Token], text: str, lexicon: Lexicon) -> Iterator[list[Unit]]:
    """Yield the runs of words with nothing but spaces between them and no word that ends a term."""
    words = load_words()
    outside = places_in(tokens, text, lexicon)
    run: list[Unit] = []
    for unit, joined in units_of(tokens, text, speaks=capitals_speak(tokens)):
        small = unit.plain in BETWEEN_NAMES
        ends = (unit.plain in words.breaks and not small) or outside.intersection(range(unit.first, unit.last + 1))
        if run and (ends or not joined):
            yield run
            run = []
        if not ends:
            run.append(unit)
    if run:
        yield run


def units_of(tokens: Sequence[Token], text: str, *, speaks: bool) -> Iterator[tuple[Unit, bool]]:
    """Yield the words with their hyphens, each with whether only a space stands before it."""
    at = 0
    while at < len(tokens):
        end = at
        while end + 1 < len(tokens) and HYPHEN.fullmatch(text[tokens[end].end : tokens[end + 1].start]):
            end += 1
        plain = fold(text[tokens[at].start : tokens[end].end])
        joined = at > 0 and GAP.fullmatch(text[tokens[at - 1].end : tokens[at].start]) is not None
        yield Unit(plain, at, end, speaks and at > 0 and tokens[at].text[0].isupper()), joined
        at = end + 1


def capitals_speak(tokens: Sequence[Token]) -> bool:
    """Return whether capitals say anything in a sentence, or all its words have them."""
    content = [token for token in tokens if token.content]
    capitals = sum(token.text[0].isupper() for token in content)
    return capitals <= TITLE_CASE * len(content)


def places_in(tokens: Sequence[Token], text: str, lexicon: Lexicon) -> frozenset[int]:
    """Return the positions of words that name a state or a place."""
    if not tokens:
        return frozenset()
    start, end = tokens[0].start, tokens[-1].end
    spans = [
        (start + hit.start, start + hit.end)
        for hit in lexicon.names.find(SPACE.sub(" ", text[start:end]))
        if any(is_place(one.key, lexicon) for one in hit.phrases)
    ]
    alone = lexicon.actors.names
    return frozenset(
        at
        for at, token in enumerate(tokens)
        if any(one[0] <= token.start < one[1] for one in spans)
        or any(is_place(name, lexicon) for name in alone.get(fold(token.text), ()))
    )


def is_place(name: str, lexicon: Lexicon) -> bool:
    """Return whether an actor is a state or a place."""
    return lexicon.actors.type_of(name) in PLACES


def parts(units: Sequence[Unit]) -> Iterator[tuple[int, int, bool, bool]]:
    """Yield the candidates of a run: first and last (exclusive) word, whether a name, whether part of one."""
    words = load_words()
    names = list(names_in(units))
    for start, end in names:
        if end - start <= words.most_name:
            yield start, end, True, False
    for start in range(len(units)):
        for end in range(start + 1, min(len(units), start + words.most_words) + 1):
            if (start, end) not in names and is_candidate(units[start:end], words):
                yield start, end, False, breaks_name(start, end, names)


def names_in(units: Sequence[Unit]) -> Iterator[tuple[int, int]]:
    """Yield the longest stretches with capitals, small words between them allowed."""
    at = 0
    while at < len(units):
        if not units[at].capital or units[at].plain in BETWEEN_NAMES:
            at += 1
            continue
        end = last = at + 1
        while end < len(units) and (units[end].capital or units[end].plain in BETWEEN_NAMES):
            if units[end].plain == "the" or POSSESSIVE.search(units[end - 1].plain):
                break
            end += 1
            last = end if units[end - 1].capital else last
        if last - at > 1:
            yield at, last
        at = max(end, at + 1)


def breaks_name(start: int, end: int, names: Sequence[tuple[int, int]]) -> bool:
    """Return whether a stretch cuts a name: it shares words with it and leaves others of it."""
    return any(one < end and start < other and not (start <= one and other <= end) for one, other in names)


def is_candidate(units: Sequence[Unit], words: Words) -> bool:
    """Return whether a stretch can be a term by its first and last word and what joins it."""
    first, last = units[0].plain, units[-1].plain
    if first in BETWEEN_NAMES or last in BETWEEN_NAMES or last in words.plain or first in words.verbs:
        return False
    small = [unit.plain for unit in units if unit.plain in BETWEEN_NAMES]
    if small and not is_joined(units, small, words):
        return False
    if any(unit.plain in words.verbs for unit in units[1:-1]):
        return False
    return starts_well(first, words) and ends_well(last, words)


def is_joined(units: Sequence[Unit], small: Sequence[str], words: Words) -> bool:
    """Return whether a stretch is held together by its small word: "research and development security"."""
    if small == ["of"]:
        return len(units) == OF_WORDS and units[0].plain in words.heads and units[-1].plain in words.heads
    return small == ["and"] and len(units) >= OF_WORDS


def starts_well(word: str, words: Words) -> bool:
    """Return whether a term can begin with a word."""
    if word.endswith("ly"):
        return word in words.qualifiers
    verbal = word.endswith(("ing", "ed")) and "-" not in word
    return not verbal or word in words.participles or word in words.nouns_ing


def ends_well(word: str, words: Words) -> bool:
    """Return whether a term can end with a word: what can be a noun."""
    if word in words.heads:
        return True
    if word.isdigit() or word in words.verbs or word in words.participles or word.endswith(("ly", "ed")):
        return False
    if word.endswith("ing"):
        return word in words.nouns_ing
    return ADJECTIVE.search(word) is None and word not in words.qualifiers
