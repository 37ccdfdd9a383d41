"""The termbase as a printed bilingual glossary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dragoman.model import Language
from dragoman.model.term import Concept, ConceptStatus, Term, TermUse
from dragoman.report.blocks import Block, Heading, Line, Paragraph, Report, Run, Style, Table, line
from dragoman.wording import Catalogue, catalogue

WIDTHS = (3.2, 3.2, 5.2, 3.4)
STYLES = {
    ConceptStatus.AGREED: Style.GOOD,
    ConceptStatus.CONTESTED: Style.BAD,
    ConceptStatus.PROPOSED: Style.OPEN,
    ConceptStatus.UNDER_REVIEW: Style.OPEN,
    ConceptStatus.WITHDRAWN: Style.SOFT,
}


def glossary_report(
    concepts: Sequence[Concept],
    language: Language,
    names: Mapping[str, str],
    day: date,
    version: int | None = None,
    reproduce: str = "",
) -> Report:
    """Return concepts as a glossary: subject by subject, in the order of the terms of its own language.

    Args:
        concepts: what it holds.
        language: of its own words; the terms of this language come first.
        names: what parties are called in that language, by canonical name.
        day: as of which it stands.
        version: number of the published version, None for how the termbase stands.
        reproduce: the command that makes it again.
    """
    texts = catalogue(language)
    groups: dict[str, list[Concept]] = {}
    for concept in concepts:
        groups.setdefault(concept.subjects[0] if concept.subjects else "", []).append(concept)
    facts = (
        (texts.text("terms.as_of"), texts.date(day)),
        (texts.text("terms.version"), str(version) if version else texts.text("terms.unpublished")),
        (texts.text("terms.concepts"), texts.number(len(concepts))),
    )
    words = _Words(texts, names)
    blocks = tuple(block for name in sorted(groups) for block in _group(name, groups[name], words, len(groups)))
    note = Paragraph(line(Run(texts.text("terms.print_note"), Style.SOFT)))
    return Report(texts.text("terms.glossary"), language, (note, *blocks), facts, reproduce, wide=True)


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of the report, and what parties are called."""

    texts: Catalogue
    names: Mapping[str, str]

    def party(self, name: str) -> str:
        return self.names.get(name, name)


def _group(name: str, concepts: Sequence[Concept], words: _Words, groups: int) -> Iterator[Block]:
    texts = words.texts
    if groups > 1:
        yield Heading(name or texts.text("terms.no_subject"))
    first, second = order_of(texts.language)
    head = (
        texts.text(f"language.{first}"),
        texts.text(f"language.{second}"),
        texts.text("terms.definition"),
        texts.text("terms.status_and_notes"),
    )
    rows = sorted(concepts, key=lambda one: sort_key(one, first))
    yield Table(head, tuple(_row(one, words) for one in rows), widths=WIDTHS)


def order_of(language: Language) -> tuple[Language, Language]:
    """Return both languages, that of the reader first."""
    return (Language.ZH, Language.EN) if language is Language.ZH else (Language.EN, Language.ZH)


def sort_key(concept: Concept, language: Language) -> tuple[str, str]:
    """Return by what a concept is sorted among those of a language."""
    best = concept.best(language) or concept.terms[0]
    return best.text.casefold(), concept.id


def _row(concept: Concept, words: _Words) -> tuple[Line, ...]:
    first, second = order_of(words.texts.language)
    return (
        _terms(concept, first, words),
        _terms(concept, second, words),
        _definitions(concept, words),
        _notes(concept, words),
    )


def _terms(concept: Concept, language: Language, words: _Words) -> Line:
    runs: list[Run] = []
    for term in concept.of(language):
        runs += [Run("; ")] if runs else []
        runs += _term(term, words)
    return tuple(runs) or line(Run("–", Style.SOFT))


def _term(term: Term, words: _Words) -> Iterator[Run]:
    style = {TermUse.PREFERRED: Style.STRONG, TermUse.DEPRECATED: Style.DELETED}.get(term.use, Style.PLAIN)
    yield Run(term.text, style)
    said = [words.party(term.party)] if term.party else []
    said += [words.texts.text("terms.use.deprecated")] if term.use is TermUse.DEPRECATED else []
    said += [term.note] if term.note else []
    if said:
        yield Run(f" ({'; '.join(said)})", Style.SOFT)


def _definitions(concept: Concept, words: _Words) -> Line:
    own = [one for one in concept.definitions if one.language is words.texts.language]
    runs: list[Run] = []
    for one in own or concept.definitions:
        runs += [Run(" ")] if runs else []
        runs += [Run(f"{words.party(one.party)}: ", Style.STRONG)] if one.party else []
        runs.append(Run(one.text))
        runs += [Run(f" [{one.source}]", Style.SOFT)] if one.source and one.party else []
    return tuple(runs) or line(Run("–", Style.SOFT))


def _notes(concept: Concept, words: _Words) -> Line:
    runs = [Run(words.texts.text(f"terms.status.{concept.status.name.lower()}"), STYLES[concept.status])]
    if concept.contested:
        runs.append(Run(f" ({', '.join(map(words.party, concept.contested))})", Style.BAD))
    if concept.note:
        runs.append(Run(f" {concept.note}"))
    return tuple(runs)
