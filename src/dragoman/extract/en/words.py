"""What single English words can be: closed classes, verb forms, nouns by what they can do.

The tables are `data/lexicons/en/words.yaml` and `verbs.yaml`; verb forms are made from base forms by the regular
spelling rules (Quirk et al. 1985, 3.5-3.10) and a table of irregular ones.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from dragoman.lexicon.packs import load_pack

DET = 1
PRONOUN = 1 << 1
PREPOSITION = 1 << 2
SUBORDINATOR = 1 << 3
RELATIVE = 1 << 4
CONJUNCTION = 1 << 5
ADVERB = 1 << 6
MODAL = 1 << 7
BE = 1 << 8
HAVE = 1 << 9
BASE = 1 << 10
THIRD = 1 << 11
PAST = 1 << 12
PARTICIPLE = 1 << 13
GERUND = 1 << 14
SIGN = 1 << 15
"""Punctuation that ends a phrase."""

UNSETTLED = 1 << 16
"""Capitals or its place can take the classes of the word away."""
BY_ENDING = 1 << 17
"""The classes are judged by the ending of the word."""
SETTLED = UNSETTLED - 1
"""All bits of word classes."""

CLASSES = {
    "determiner": DET,
    "pronoun": PRONOUN,
    "preposition": PREPOSITION,
    "subordinator": SUBORDINATOR,
    "relative": RELATIVE,
    "conjunction": CONJUNCTION,
    "adverb": ADVERB,
    "modal": MODAL,
    "be": BE,
    "have": HAVE,
}
SIGNS = ",;:()[]—–.?!…|"
VOWELS = "aeiou"
FINITE = MODAL | BE | HAVE
LONG_ENOUGH = 4
GUESSED = frozenset("ydg")
"""Last letters of the endings -ly, -ed, -ing."""
CHANGING = frozenset({".", "may"})
"""What is no sign inside a sentence, or no modal with a capital."""
MOST_KEPT = 16_384
"""Entries that are kept at most; a text has some thousand words."""


class Tags(dict[str, int]):
    """Word classes of a word as bits; an unknown word is judged by its ending and not kept."""

    def __init__(self, known: Mapping[str, int], not_adverb: frozenset[str]) -> None:
        super().__init__(known)
        self._not_adverb = not_adverb

    def __missing__(self, word: str) -> int:
        last = word[-1:]
        if last not in GUESSED:
            return 0
        if last == "y":
            return ADVERB if word.endswith("ly") and word not in self._not_adverb else 0
        if len(word) > LONG_ENOUGH:
            if word.endswith("ing"):
                return GERUND
            if word.endswith("ed"):
                return PAST | PARTICIPLE
        return 0


Entry = tuple[str, int]
"""A token as it is known without its sentence: in lower case without white space, and its word classes."""


class Entries(dict[str, Entry]):
    """Tokens with the white space before them as entries; the most frequent ones are kept for all texts."""

    def __init__(self, tags: Tags) -> None:
        super().__init__()
        self._tags = tags

    def __missing__(self, spaced: str) -> Entry:
        word = sys.intern(spaced.strip())
        bits = self._tags[word]
        if bits & (GERUND | PAST) and word not in self._tags:
            bits |= UNSETTLED | BY_ENDING
        elif word in CHANGING:
            bits |= UNSETTLED
        if len(self) >= MOST_KEPT:
            self.clear()
        entry = self[spaced] = (word, bits)
        return entry


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The word tables; two are the same only where they are one object.

    Attributes:
        tags: word classes of a lower-case word, as bits.
        base: base form of each known verb form.
        classes: the sets of words.yaml by name.
        verbs: the sets of base forms of verbs.yaml by class.
        entries: tokens as they are known without their sentence.
    """

    tags: Tags
    base: Mapping[str, str]
    classes: Mapping[str, frozenset[str]]
    verbs: Mapping[str, frozenset[str]]
    entries: Entries

    def is_verb(self, word: str, kind: str) -> bool:
        """Return whether a verb form belongs to a class of verbs."""
        return self.base.get(word, word) in self.verbs[kind]


@cache
def load_words() -> Words:
    """Return the tables. Raises DataPackError where a pack is wrong."""
    classes = {name: frozenset(words) for name, words in load_pack("lexicons/en/words.yaml")["classes"].items()}
    pack = load_pack("lexicons/en/verbs.yaml")
    verbs = {name: frozenset(words) for name, words in pack["verbs"].items()}
    bits: dict[str, int] = {}
    base: dict[str, str] = {}
    doubling = frozenset(pack["doubling"])
    verbs = {name: with_british(members) for name, members in verbs.items()}
    for verb in sorted(frozenset().union(*verbs.values())):
        for form, bit in forms_of(verb, pack["irregular"].get(verb), verb in doubling):
            bits[form] = bits.get(form, 0) | bit
            base.setdefault(form, verb)
            if bit == BASE:
                base[form] = verb
    for name, bit in CLASSES.items():
        for word in classes[name]:
            bits[word] = bits.get(word, 0) | bit
    bits |= dict.fromkeys(SIGNS, SIGN) | dict.fromkeys(classes["named"], 0)
    tags = Tags(bits, classes["not_adverb"])
    return Words(tags, base, classes, verbs, Entries(tags))


def with_british(verbs: frozenset[str]) -> frozenset[str]:
    """Return the verbs with the British spelling of those in -ize and -yze."""
    return verbs | {verb[:-2] + "se" for verb in verbs if verb.endswith(("ize", "yze"))}


def forms_of(verb: str, irregular: list[str] | None, doubles: bool) -> Iterator[tuple[str, int]]:  # noqa: FBT001
    """Yield the forms of a verb with their classes."""
    yield verb, BASE
    yield third_of(verb), THIRD
    yield gerund_of(verb, doubles), GERUND
    if irregular:
        yield irregular[0], PAST
        yield irregular[1], PARTICIPLE
    else:
        past = past_of(verb, doubles)
        yield past, PAST
        yield past, PARTICIPLE


def third_of(verb: str) -> str:
    """Return the third person singular."""
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return verb + "es"
    if ends_in_consonant_y(verb):
        return verb[:-1] + "ies"
    return verb + "s"


def past_of(verb: str, doubles: bool) -> str:  # noqa: FBT001
    """Return the regular past tense."""
    if verb.endswith("e"):
        return verb + "d"
    if ends_in_consonant_y(verb):
        return verb[:-1] + "ied"
    return (verb + verb[-1] if doubles else verb) + "ed"


def gerund_of(verb: str, doubles: bool) -> str:  # noqa: FBT001
    """Return the form in -ing."""
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) and verb != "be":
        return verb[:-1] + "ing"
    return (verb + verb[-1] if doubles else verb) + "ing"


def ends_in_consonant_y(verb: str) -> bool:
    """Return whether a verb ends in a consonant and y."""
    return verb.endswith("y") and verb[-2] not in VOWELS
