"""What the forms of the termbase state: concepts, changes of them, reviews."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from starlette.datastructures import FormData

from dragoman.model import Language
from dragoman.model.term import (
    Concept,
    ConceptKind,
    Definition,
    ReviewVerdict,
    Term,
    TermSource,
    TermUse,
)
from dragoman.web.decision import word
from dragoman.web.recording import WrongFieldError

Choice = TypeVar("Choice", bound=StrEnum)
SPARE = 2
"""Empty rows for further terms."""
PARTED = re.compile("[;；\n]")
FIELDS = ("text", "language", "use", "party", "note")
"""Fields of a row of a term, sent as `term-…`."""


@dataclass(frozen=True, slots=True)
class Said:
    """Who sends a form, for which side and why."""

    by: str
    side: str
    reason: str


def said_of(form: FormData) -> Said:
    """Return who sends a form."""
    return Said(word(form, "reviewer"), word(form, "side"), word(form, "reason"))


def verdict_of(form: FormData) -> ReviewVerdict:
    """Return what a side says. Raises WrongFieldError."""
    return one_of(word(form, "verdict"), ReviewVerdict, "verdict")


def one_of(value: str, values: type[Choice], meant: str) -> Choice:
    """Return a value of a list. Raises WrongFieldError."""
    if value not in {one.value for one in values}:
        raise WrongFieldError(value, meant)
    return values(value)


def new_concept(form: FormData) -> Concept:
    """Return the concept that a form proposes. Raises WrongFieldError."""
    return concept_of(form, Concept(word(form, "id"), ()))


def concept_of(form: FormData, before: Concept) -> Concept:
    """Return a concept as a form has it; what the form does not show stays.

    Args:
        form: rows of terms, definitions, note, subjects, tags, kind, a source sentence.
        before: the concept as it stands, empty for a new one.

    Raises:
        WrongFieldError: a value that no list has.
    """
    return replace(
        before,
        terms=tuple(_terms(form, before)),
        definitions=tuple(_definitions(form, before)),
        sources=(*before.sources, *_source(form)),
        note=word(form, "note"),
        subjects=_many(form, "subjects"),
        tags=_many(form, "tags"),
        kind=one_of(word(form, "kind") or ConceptKind.GENERAL.value, ConceptKind, "kind of concept"),
    )


def _terms(form: FormData, before: Concept) -> Iterator[Term]:
    """Yield the terms of the rows; one that was there keeps what the form does not show."""
    known = {(one.language, one.text): one for one in before.terms}
    columns = [[str(value).strip() for value in form.getlist(f"term-{name}")] for name in FIELDS]
    for text, language, use, party, note in zip(*columns, strict=False):
        if text:
            tongue = one_of(language, Language, "language")
            old = known.get((tongue, text), Term(text, tongue))
            yield replace(old, use=one_of(use, TermUse, "use of a term"), party=party, note=note)


def _definitions(form: FormData, before: Concept) -> Iterator[Definition]:
    """Yield the definitions: those of everybody from the form, those of a party as they were."""
    yield from (one for one in before.definitions if one.party)
    for language in Language:
        text = word(form, f"definition-{language.value}")
        old = next((one for one in before.definitions if one.language is language and not one.party), None)
        if text and old and old.text == text:
            yield old
        elif text:
            yield Definition(text, language)


def _source(form: FormData) -> Iterator[TermSource]:
    quote = word(form, "quote")
    if quote:
        chinese = re.search("[\u3400-\u9fff]", quote)
        yield TermSource(quote, Language.ZH if chinese else Language.EN, word(form, "document"))


def _many(form: FormData, name: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in PARTED.split(word(form, name)) if one.strip())
