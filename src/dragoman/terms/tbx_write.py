"""Writes concepts as TBX: ISO 30042:2019, dialect TBX-Basic, data categories as attributes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from dragoman.model import Language
from dragoman.model.term import Concept, Definition, Term, TermSource
from dragoman.terms.tbx_form import DIALECT, NAMESPACE, PARTS_OF_SPEECH, USES, own_note

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<tbx type="{dialect}" style="dca" xml:lang="en" xmlns="{space}">\n'
    "<tbxHeader><fileDesc><titleStmt><title>{title}</title></titleStmt>"
    "<sourceDesc><p>{source}</p></sourceDesc></fileDesc></tbxHeader>\n<text><body>\n"
)
TAIL = "</body></text>\n</tbx>\n"


def as_tbx(concepts: Iterable[Concept], title: str, source: str) -> Iterator[bytes]:
    """Yield concepts as a TBX file, one after another.

    Args:
        concepts: at least one; TBX knows no empty file.
        title: of the termbase.
        source: where it comes from, in words.
    """
    texts = {"title": _escaped(title), "source": _escaped(source)}
    yield HEAD.format(dialect=DIALECT, space=NAMESPACE, **texts).encode()
    for concept in concepts:
        written = etree.tostring(_entry(concept), encoding="unicode")
        yield (written.replace(f' xmlns="{NAMESPACE}"', "", 1) + "\n").encode()
    yield TAIL.encode()


def _escaped(text: str) -> str:
    element = etree.Element("p")
    element.text = text
    whole: str = etree.tostring(element, encoding="unicode")
    return whole.removeprefix("<p>").removesuffix("</p>") if text else ""


def _entry(concept: Concept) -> etree._Element:
    entry = etree.Element(f"{{{NAMESPACE}}}conceptEntry", {"id": concept.id}, nsmap={None: NAMESPACE})
    for subject in concept.subjects:
        _add(entry, "descrip", subject, "subjectField")
    for name, value in _facts(concept):
        _add(entry, "note", own_note(name, value))
    if concept.note:
        _add(entry, "note", concept.note)
    languages = [language for language in Language if concept.of(language)]
    _far_definitions(entry, concept, languages)
    for language in languages:
        _section(entry, concept, language, languages)
    return entry


def _facts(concept: Concept) -> Iterator[tuple[str, str]]:
    """Yield what TBX-Basic has no category for."""
    yield "status", concept.status.value
    yield "kind", concept.kind.value
    lists: Mapping[str, tuple[str, ...]] = {
        "tag": concept.tags,
        "accepted": concept.accepted,
        "contested": concept.contested,
    }
    for name, values in lists.items():
        for value in values:
            yield name, value


def _far_definitions(entry: etree._Element, concept: Concept, languages: list[Language]) -> None:
    """Add the definitions in a language in which the concept has no term; they stand with the concept."""
    for definition in concept.definitions:
        if definition.language not in languages:
            _definition(entry, definition, far=True)


def _section(entry: etree._Element, concept: Concept, language: Language, languages: list[Language]) -> None:
    section = etree.SubElement(entry, f"{{{NAMESPACE}}}langSec", {XML_LANG: language.value})
    for definition in concept.definitions:
        if definition.language is language:
            _definition(section, definition, far=False)
    own = [
        source
        for source in concept.sources
        if source.language is language or (source.language not in languages and language is languages[0])
    ]
    for number, term in enumerate(concept.of(language)):
        _term(section, term, own if number == 0 else [])


def _definition(parent: etree._Element, definition: Definition, *, far: bool) -> None:
    group = _add(parent, "descripGrp")
    _add(group, "descrip", definition.text, "definition")
    if definition.source:
        _add(group, "admin", definition.source, "source")
    if definition.party:
        _add(group, "note", own_note("party", definition.party))
    if far:
        _add(group, "note", own_note("language", definition.language.value))


def _term(section: etree._Element, term: Term, sources: list[TermSource]) -> None:
    own = _add(section, "termSec")
    _add(own, "term", term.text)
    if term.part_of_speech in PARTS_OF_SPEECH:
        _add(own, "termNote", term.part_of_speech, "partOfSpeech")
    if term.type:
        _add(own, "termNote", term.type.value, "termType")
    _add(own, "termNote", USES[term.use], "administrativeStatus")
    if term.party:
        _add(own, "admin", term.party, "customerSubset")
    if term.source:
        _add(own, "admin", term.source, "source")
    if term.note:
        _add(own, "note", term.note)
    for source in sources:
        _context(own, source)


def _context(parent: etree._Element, source: TermSource) -> None:
    group = _add(parent, "descripGrp")
    _add(group, "descrip", source.quote, "context")
    place = f"{source.doc} {source.start}-{source.end}" if source.doc else ""
    said = source.citation or place
    if said:
        _add(group, "admin", said, "source")
    pin = {
        "language": source.language.value,
        "doc": source.doc,
        "start": source.start,
        "end": source.end,
        "citation": source.citation,
    }
    _add(group, "note", own_note("pin", json.dumps(pin, ensure_ascii=False)))


def _add(parent: etree._Element, name: str, text: str | None = None, category: str = "") -> etree._Element:
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", {"type": category} if category else {})
    element.text = text
    return element
