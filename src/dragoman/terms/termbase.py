"""What the termbase rests on: its sides, ids of concepts, concepts in their one written form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, TypeVar

from dragoman.lexicon import load_pack
from dragoman.lexicon.problems import Place, worded
from dragoman.lexicon.term_spelling import folded_term
from dragoman.model import Problem
from dragoman.model.identity import sha256_of_text
from dragoman.model.term import Concept, Definition, Term, TermSource

PACK = "terms/termbase.yaml"
PROBLEMS = "terms/termbase_problems.yaml"
ID = re.compile(r"[^\W\d_][\w.\-]*")
"""What an id may be: such as XML takes for one (xs:ID) and stands in an address."""
NO_ID = re.compile(r"[^a-z0-9]+")
LONGEST_ID = 60
ID_DIGITS = 10
UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Not allowed in XML 1.0 (section 2.2)."""

Part = TypeVar("Part", Term, Definition, TermSource)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may hold, from the pack."""

    problems: int
    text: int
    passage: int
    bytes: int


@cache
def limits() -> Limits:
    """Return the limits of the pack."""
    return Limits(**load_pack(PACK)["limits"])


def default_sides() -> tuple[str, ...]:
    """Return the two sides that have to agree where a workspace names no others."""
    return tuple(load_pack(PACK)["sides"])


def codes() -> Mapping[str, str]:
    """Return canonical names of parties by their short names."""
    found: Mapping[str, str] = load_pack(PACK)["codes"]
    return found


def columns() -> Mapping[str, list[str]]:
    """Return what the columns of a table of concepts are called."""
    found: Mapping[str, list[str]] = load_pack(PACK)["columns"]
    return found


def term_problem(code: str, name: str = "", line: int | None = None, **values: object) -> Problem:
    """Return a problem in the words of the pack, at a line of a file."""
    return worded(PROBLEMS, code, Place(source=name, line=line), values)


def made_id(terms: Iterable[Term]) -> str:
    """Return an id for a concept, made of its first English term, else of all of its terms."""
    words = list(terms)
    english = next((term.text for term in words if term.language.value == "en"), "")
    plain = NO_ID.sub("-", folded_term(english)).strip("-")[:LONGEST_ID].strip("-")
    if plain and plain[0].isalpha():
        return plain
    return "c" + sha256_of_text("\x1f".join(folded_term(term.text) for term in words))[:ID_DIGITS]


def free_id(wanted: str, taken: Callable[[str], bool]) -> str:
    """Return an id that nobody has: the wanted one, or one with a number behind it."""
    number, found = 1, wanted
    while taken(found):
        number += 1
        found = f"{wanted}-{number}"
    return found


def is_id(text: str) -> bool:
    """Return whether a text may be an id."""
    return ID.fullmatch(text) is not None


def tidied(concept: Concept) -> Concept:
    """Return a concept in its one written form.

    Blanks run together, characters that no file can hold replaced, English before Chinese, no term, definition,
    source, subject or tag twice; parts without words are left out.
    """
    return replace(
        concept,
        terms=_once(map(_tidy, concept.terms), lambda one: (one.language, one.party, folded_term(one.text))),
        definitions=_once(map(_tidy, concept.definitions), lambda one: (one.language, one.party)),
        sources=_once(map(_tidy_source, concept.sources), lambda one: (one.doc, one.start, one.quote)),
        note=one_line(concept.note),
        subjects=_texts(concept.subjects),
        tags=_texts(concept.tags),
        accepted=tuple(sorted(_texts(concept.accepted))),
        contested=tuple(sorted(_texts(concept.contested))),
    )


def _once(parts: Iterable[Part], key: Callable[[Part], object]) -> tuple[Part, ...]:
    """Return the parts that say something, the first of those that are the same, by language."""
    kept: dict[object, Part] = {}
    for part in parts:
        if _words(part):
            kept.setdefault(key(part), part)
    return tuple(sorted(kept.values(), key=lambda part: part.language.value))


def _words(part: Term | Definition | TermSource) -> str:
    return part.quote if isinstance(part, TermSource) else part.text


def _tidy(part: Any) -> Any:  # noqa: ANN401 - a term or a definition, and the same comes back
    texts = ("text", "party", "source", *(("note", "part_of_speech") if isinstance(part, Term) else ()))
    changes = {name: tidy for name in texts if (tidy := one_line(old := getattr(part, name))) != old}
    return replace(part, **changes) if changes else part


def _tidy_source(source: TermSource) -> TermSource:
    return replace(source, quote=held(source.quote).strip(), citation=one_line(source.citation))


def _texts(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for value in values if (text := one_line(value))))


def held(text: str) -> str:
    """Return a text with what no XML file can hold replaced."""
    return UNSHOWABLE.sub("\N{REPLACEMENT CHARACTER}", text).replace("\r\n", "\n").replace("\r", "\n")


def one_line(text: str) -> str:
    """Return a text on one line, its blanks run together."""
    return " ".join(held(text).split()) if text else ""


def differing(before: Concept, after: Concept) -> tuple[str, ...]:
    """Return the names of the fields in which two states of a concept differ."""
    names = ("terms", "definitions", "sources", "note", "subjects", "tags", "kind", "status", "accepted")
    return tuple(name for name in (*names, "contested") if getattr(before, name) != getattr(after, name))


def same_content(one: Concept, other: Concept) -> bool:
    """Return whether two states of a concept say the same, whoever accepts them."""
    return not set(differing(one, other)) - {"status", "accepted", "contested"}


def pairs_of(concept: Concept) -> Iterator[tuple[str, str]]:
    """Yield the English and Chinese terms of a concept, each with each, folded."""
    for first in concept.terms:
        for second in concept.terms:
            if first.language.value == "en" and second.language.value == "zh":
                yield folded_term(first.text), folded_term(second.text)
