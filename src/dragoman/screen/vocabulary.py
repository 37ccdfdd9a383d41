"""The words of names that stand for one another: legal forms, short forms, given names, numerals; from data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from dragoman.lexicon import load_pack
from dragoman.screen.spelling import words

FOLDER = "screening"
TEN, HUNDRED = 10, 100
SHORTEST_SLIP = 7
"""Letters of the shortest word of a legal form that is recognised with a spelling error."""


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """What is known of the words of names; two vocabularies are the same only where they are one object.

    Attributes:
        forms: words of a legal form to its class.
        form_parts: words of forms of several words; alone they say little.
        longest_form: most words that a form has.
        form_starts: words that a form begins with.
        form_slips: words of forms by their spellings with one letter less, from `SHORTEST_SLIP` letters on.
        form_ends: long words of forms that are written together with the word before them by mistake.
        short: short form to the words it may stand for.
        shortened: word to its short forms.
        given: given name to the groups of names it belongs to.
        numerals: numeral to its digits.
        weak_numerals: numerals that alone may be an initial.
        generic: words that say little.
        particles: words between the parts of a personal name.
        titles: signs around personal names.
    """

    forms: Mapping[tuple[str, ...], str]
    form_parts: frozenset[str]
    longest_form: int
    form_starts: frozenset[str]
    form_slips: Mapping[str, str]
    form_ends: tuple[str, ...]
    short: Mapping[str, frozenset[str]]
    shortened: Mapping[str, tuple[str, ...]]
    given: Mapping[str, frozenset[int]]
    numerals: Mapping[str, str]
    weak_numerals: frozenset[str]
    generic: frozenset[str]
    particles: frozenset[str]
    titles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Analysed:
    """A Latin name taken apart.

    Attributes:
        words: those that tell it from others, in order, numerals as digits.
        forms: classes of its legal forms.
        form_words: the words of its legal forms.
    """

    words: tuple[str, ...]
    forms: frozenset[str] = frozenset()
    form_words: tuple[str, ...] = ()


def _inverted(groups: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for whole, shorts in groups.items():
        for short in shorts:
            found.setdefault(short, set()).add(whole)
    return {short: frozenset(wholes) for short, wholes in found.items()}


def _grouped(groups: Iterable[Iterable[str]]) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, names in enumerate(groups):
        for name in names:
            found.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


def _classes(pack: Mapping[str, Iterable[str]]) -> dict[tuple[str, ...], str]:
    return {tuple(form.split()): kind for kind, names in pack.items() for form in names}


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary of the data packs. Raises DataPackError."""
    forms_pack = load_pack(f"{FOLDER}/legal_forms.yaml")
    pack = load_pack(f"{FOLDER}/words.yaml")
    latin = _classes(forms_pack["latin"])
    forms = latin | _classes(forms_pack["pinyin"])
    long = sorted({word for form in latin for word in form if len(word) >= SHORTEST_SLIP})
    return Vocabulary(
        forms=forms,
        form_parts=frozenset(word for form in latin if len(form) > 1 for word in form if len(word) > 1),
        longest_form=max(map(len, forms)),
        form_starts=frozenset(form[0] for form in forms),
        form_slips={slip: word for word in long for slip in (word, *_one_less(word))},
        form_ends=tuple(long),
        short=_inverted(pack["short_forms"]),
        shortened={word: tuple(shorts) for word, shorts in pack["short_forms"].items()},
        given=_grouped(pack["given_names"]),
        numerals={word: digits for digits, names in pack["numerals"].items() for word in names},
        weak_numerals=frozenset(pack["numerals_not_alone"]),
        generic=frozenset(pack["generic"]),
        particles=frozenset(pack["particles"]),
        titles=frozenset(pack["titles"]),
    )


def _one_less(word: str) -> Iterable[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


def _without_slips(given: Iterable[str], known: Vocabulary) -> tuple[str, ...]:
    """Return words, those of legal forms spelled right and cut off from the word before."""
    found: list[str] = []
    for word in given:
        found += (word,) if len(word) < SHORTEST_SLIP - 1 or word in known.form_starts else _corrected(word, known)
    return tuple(found)


@lru_cache(maxsize=65536)
def _corrected(word: str, known: Vocabulary) -> tuple[str, ...]:
    right = known.form_slips.get(word)
    if right is None and len(word) >= SHORTEST_SLIP:
        right = next((known.form_slips[slip] for slip in _one_less(word) if slip in known.form_slips), None)
    if right is not None:
        return (right,)
    if not word.endswith(known.form_ends):
        return (word,)
    end = next((end for end in known.form_ends if word.endswith(end) and len(word) > len(end) + 2), None)
    return (word[: -len(end)], end) if end else (word,)


@lru_cache(maxsize=65536)
def analyse(name: str, known: Vocabulary) -> Analysed:
    """Return the name of a company without its legal forms; one that is nothing but forms keeps its words."""
    given = _without_slips(words(name), known)
    kept: list[str] = []
    forms: set[str] = set()
    form_words: list[str] = []
    at = 0
    while at < len(given):
        size = _form_at(given, at, known) if given[at] in known.form_starts else 0
        if size and (at or size < len(given)):
            forms.add(known.forms[given[at : at + size]])
            form_words += given[at : at + size]
            at += size
        else:
            kept.append(given[at])
            at += 1
    plain = _numbered(_without_titles(kept) or kept or list(given), known)
    return Analysed(plain, frozenset(forms), tuple(form_words))


def analyse_person(name: str, known: Vocabulary) -> Analysed:
    """Return the name of a person without titles; what looks like a legal form or a numeral is part of it."""
    given = list(words(name))
    return Analysed(tuple([word for word in given if word not in known.titles] or given))


def _without_titles(kept: list[str]) -> list[str]:
    """Return a name without an article at its start."""
    return kept[1:] if len(kept) > 1 and kept[0] == "the" else kept


def _numbered(kept: list[str], known: Vocabulary) -> tuple[str, ...]:
    """Return words with numerals as digits; "forty four" is one number."""
    found: list[str] = []
    tens = False
    for word in kept:
        digits = known.numerals.get(word) if word not in known.weak_numerals else None
        if digits is None:
            found.append(word)
            tens = False
        elif tens and int(digits) < TEN:
            found[-1] = str(int(found[-1]) + int(digits))
            tens = False
        else:
            found.append(digits)
            tens = TEN < int(digits) < HUNDRED and int(digits) % TEN == 0
    return tuple(found)


def _form_at(given: tuple[str, ...], at: int, known: Vocabulary) -> int:
    """Return how many words of a legal form begin at a place; 0 for none."""
    for size in range(min(known.longest_form, len(given) - at), 0, -1):
        if given[at : at + size] in known.forms:
            return size
    return 0
