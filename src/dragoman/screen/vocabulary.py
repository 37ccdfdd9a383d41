"""The words of names that stand for one another: legal forms, short forms, given names, numerals; from data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from dragoman.lexicon import load_pack
from dragoman.screen.spelling import words

FOLDER = "screening"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What is known of the words of names.

    Attributes:
        forms: words of a legal form to its class.
        form_parts: words of forms of several words; alone they say little.
        longest_form: most words that a form has.
        short: short form to the words it may stand for.
        given: given name to the names of its group.
        numerals: numeral to its digits.
        weak_numerals: numerals that alone may be an initial.
        generic: words that say little.
        titles: signs around personal names.
    """

    forms: Mapping[tuple[str, ...], str]
    form_parts: frozenset[str]
    longest_form: int
    short: Mapping[str, frozenset[str]]
    given: Mapping[str, int]
    numerals: Mapping[str, str]
    weak_numerals: frozenset[str]
    generic: frozenset[str]
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
    forms: frozenset[str]
    form_words: tuple[str, ...]


def _inverted(groups: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for whole, shorts in groups.items():
        for short in shorts:
            found.setdefault(short, set()).add(whole)
    return {short: frozenset(wholes) for short, wholes in found.items()}


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary of the data packs. Raises DataPackError."""
    forms_pack = load_pack(f"{FOLDER}/legal_forms.yaml")
    pack = load_pack(f"{FOLDER}/words.yaml")
    forms = {tuple(form.split()): kind for kind, names in forms_pack["latin"].items() for form in names}
    return Vocabulary(
        forms=forms,
        form_parts=frozenset(word for form in forms if len(form) > 1 for word in form if len(word) > 1),
        longest_form=max(map(len, forms)),
        short=_inverted(pack["short_forms"]),
        given={name: at for at, group in enumerate(pack["given_names"]) for name in group},
        numerals={word: digits for digits, names in pack["numerals"].items() for word in names},
        weak_numerals=frozenset(pack["numerals_not_alone"]),
        generic=frozenset(pack["generic"]),
        titles=frozenset(pack["titles"]),
    )


def _digits(word: str, known: Vocabulary) -> str:
    return known.numerals.get(word, word) if word not in known.weak_numerals else word


def analyse(name: str, known: Vocabulary) -> Analysed:
    """Return a Latin name without its legal forms; a name that is nothing but forms keeps its words."""
    given = words(name)
    kept: list[str] = []
    forms: set[str] = set()
    form_words: list[str] = []
    at = 0
    while at < len(given):
        size = _form_at(given, at, known)
        if size and (at or size < len(given)):
            forms.add(known.forms[given[at : at + size]])
            form_words += given[at : at + size]
            at += size
        else:
            kept.append(_digits(given[at], known))
            at += 1
    without_titles = [word for word in kept if word not in known.titles]
    return Analysed(tuple(without_titles or kept or given), frozenset(forms), tuple(form_words))


def _form_at(given: tuple[str, ...], at: int, known: Vocabulary) -> int:
    """Return how many words of a legal form begin at a place; 0 for none."""
    for size in range(min(known.longest_form, len(given) - at), 0, -1):
        if given[at : at + size] in known.forms:
            return size
    return 0
