"""Finds the terms of a termbase in texts: longest first, whole English words in either number, folded Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from dragoman.lexicon import Matcher, Phrase, load_pack
from dragoman.lexicon.term_spelling import plain_term
from dragoman.model import Language
from dragoman.model.term import Concept, Term, TermType

PACK = "terms/lint.yaml"
GROUP = "term"
SHORT_FORMS = frozenset({TermType.ACRONYM, TermType.ABBREVIATION})


@dataclass(frozen=True, slots=True)
class Named:
    """A term and its concept."""

    concept: Concept
    term: Term


@dataclass(frozen=True, slots=True)
class TermHit:
    """A term found in a text, with all that are spelt so."""

    start: int
    end: int
    named: tuple[Named, ...]


class TermIndex:
    """The terms of some concepts; build once, use on many texts.

    Attributes:
        concepts: those that are looked for, by id.
    """

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self.concepts: dict[str, Concept] = {}
        self._named: list[Named] = []
        phrases = []
        for concept in concepts:
            self.concepts[concept.id] = concept
            for term in concept.terms:
                key = str(len(self._named))
                self._named.append(Named(concept, term))
                phrases += [Phrase(text, GROUP, key, exact_case=is_exact(term)) for text in spellings(term)]
        self._matcher = Matcher(phrases)

    def find(self, text: str) -> list[TermHit]:
        """Return the terms in a text in order, none overlapping; offsets are those of the text as given."""
        hits = self._matcher.find(plain_term(text))
        return [TermHit(hit.start, hit.end, tuple(dict.fromkeys(self._of(hit.phrases)))) for hit in hits]

    def _of(self, phrases: Iterable[Phrase]) -> Iterator[Named]:
        for phrase in phrases:
            yield self._named[int(phrase.key)]


def is_exact(term: Term) -> bool:
    """Return whether a term is looked for in its own case only: AI, IT, US."""
    letters = [sign for sign in term.text if sign.isalpha() and sign.isascii()]
    short = len(letters) <= load_pack(PACK)["exact_letters"] and bool(letters)
    return short and all(sign.isupper() for sign in letters)


def spellings(term: Term) -> tuple[str, ...]:
    """Return the spellings under which a term is found: an English one in both numbers."""
    plain = " ".join(plain_term(term.text).split())
    if term.language is not Language.EN or not plain or not plain[-1].isalpha():
        return (plain,) if plain else ()
    return tuple(dict.fromkeys((plain, *numbers_of(plain))))


def numbers_of(words: str) -> Iterator[str]:
    """Yield an English term in the other number, in each way in which its ending may be read."""
    last = words.rpartition(" ")[2].lower()
    if last.endswith("s") and not last.endswith("ss") and last not in load_pack(PACK)["no_plurals"]:
        for rule in plural_rules():
            stem = words.removesuffix(rule.plural)
            if stem != words and rule.ending.search(stem + rule.restored):
                yield stem + rule.restored
        return
    rule = next(rule for rule in plural_rules() if rule.ending.search(words))
    yield words.removesuffix(rule.restored) + rule.plural


@dataclass(frozen=True, slots=True)
class PluralRule:
    """How words of an ending form their plural.

    Attributes:
        ending: of the singular.
        plural: what stands there in the plural.
        restored: what it takes the place of ("y"), "" where it is added.
    """

    ending: re.Pattern[str]
    plural: str
    restored: str


@cache
def plural_rules() -> tuple[PluralRule, ...]:
    """Return the rules of the pack, the first that fits counts."""
    rows: Iterable[Mapping[str, Any]] = load_pack(PACK)["plurals"]
    return tuple(PluralRule(re.compile(f"(?:{row['ending']})$"), row["plural"], row["restored"]) for row in rows)
