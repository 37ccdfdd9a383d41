"""The glossary that ships, as concepts: proposals for a termbase, not agreed by anybody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dragoman.lexicon import load_pack
from dragoman.model import Language
from dragoman.model.term import Concept, ConceptKind, Definition, Term, TermType, TermUse
from dragoman.terms.termbase import tidied

PACK = "terms/glossary.yaml"
SHORT = "="
"""Before a term that is an abbreviation."""


def shipped_concepts() -> tuple[Concept, ...]:
    """Return the concepts of the shipped glossary."""
    pack = load_pack(PACK)
    source = f"{pack['title']}, {pack['as_of'].isoformat()}"
    return tuple(_concept(row, source) for row in pack["concepts"])


def _concept(row: Mapping[str, Any], source: str) -> Concept:
    used = row.get("from", "")
    definitions = tuple(
        Definition(text, Language(code), source=source) for code, text in row.get("define", {}).items()
    )
    return tidied(
        Concept(
            id=row["id"],
            terms=tuple(_terms(row, used)),
            definitions=definitions,
            note=row.get("note", ""),
            subjects=tuple(row.get("subjects", ())),
            tags=tuple(row.get("tags", ())),
            kind=ConceptKind(row.get("kind", ConceptKind.GENERAL)),
        )
    )


def _terms(row: Mapping[str, Any], source: str) -> Iterator[Term]:
    for language in Language:
        for number, word in enumerate(row.get(language.value, ())):
            short = word.startswith(SHORT)
            use = TermUse.ADMITTED if number else TermUse.PREFERRED
            form = TermType.ACRONYM if short else None
            yield Term(word.removeprefix(SHORT), language, use, type=form, part_of_speech="noun", source=source)
        for word in row.get("old", {}).get(language.value, ()):
            yield Term(word, language, TermUse.DEPRECATED, part_of_speech="noun")
    for other in row.get("of", ()):
        words = {name: other.get(name, "") for name in ("text", "party", "note")}
        language, use = Language(other["language"]), TermUse(other["use"])
        yield Term(**words, language=language, use=use, part_of_speech="noun")
