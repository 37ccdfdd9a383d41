"""Reads concepts from TBX: version 3 (ISO 30042:2019) in both styles, DCA and DCT, and version 2 (martif, 2008).

In DCA style a data category is an attribute (`<descrip type="definition">`), in DCT style an element of its own
(`<basic:definition>`); both are read as one thing. Groups (`descripGrp`) hold a category and what is said
of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from dragoman.model import Language
from dragoman.model.term import (
    Concept,
    ConceptKind,
    ConceptStatus,
    Definition,
    Term,
    TermSource,
    TermType,
    TermUse,
)
from dragoman.terms.tbx_form import PARTS_OF_SPEECH, READ_USES, STATUS_CATEGORIES, own_fact
from dragoman.terms.term_faults import Gate, language_of
from dragoman.terms.xml_entries import Node, entries_of

ENTRIES = frozenset({"conceptEntry", "termEntry"})
ROOTS = frozenset({"tbx", "martif", "TBX"})
SECTIONS = ("langSec", "langSet")
TERMS = ("termSec", "tig", "ntig")
GROUPS = frozenset({"descripGrp", "adminGrp", "termNoteGrp", "transacGrp", "termGrp"})
TYPES = frozenset(one.value for one in TermType)


@dataclass(slots=True)
class _Parts:
    """What was read of one concept."""

    terms: list[Term] = field(default_factory=list)
    definitions: list[Definition] = field(default_factory=list)
    sources: list[TermSource] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    facts: dict[str, list[str]] = field(default_factory=dict)


def read_tbx(stream: BinaryIO, gate: Gate) -> Iterator[Concept]:
    """Yield the concepts of a TBX file.

    Args:
        stream: of the file.
        gate: checks each concept and notes what is wrong.

    Raises:
        EntityDeclaredError, BrokenXmlError: it cannot be read.
    """
    nodes = entries_of(stream, ENTRIES)
    next(nodes, None)
    for node in nodes:
        yield from gate.through(_concept(node, gate), node.line)


def category_of(node: Node) -> str:
    """Return the data category of an element: its type in DCA style, its name in DCT style."""
    return node.attributes.get("type", node.name)


def _flat(parent: Node) -> Iterator[tuple[Node, Node | None]]:
    """Yield the elements below one with their group, those inside of groups too."""
    for child in parent.children:
        if child.name in GROUPS:
            for inner in child.children:
                yield inner, child
        elif child.name not in (*SECTIONS, *TERMS):
            yield child, None


def _concept(node: Node, gate: Gate) -> Concept:
    parts = _Parts()
    for child, group in _flat(node):
        _said_of_concept(child, group, parts, gate)
    for section in node.all(*SECTIONS):
        language = language_of(section.attributes.get("lang", ""), gate.faults, section.line)
        if language is not None:
            _section(section, language, parts, gate)
    facts = parts.facts
    kind = "".join(facts.get("kind", [])[:1])
    status = "".join(facts.get("status", [])[:1])
    return Concept(
        id=node.attributes.get("id", ""),
        terms=tuple(parts.terms),
        definitions=tuple(parts.definitions),
        sources=tuple(parts.sources),
        note=" ".join(parts.notes),
        subjects=tuple(parts.subjects),
        tags=tuple(facts.get("tag", ())),
        kind=gate.value(ConceptKind, kind, ConceptKind.GENERAL, node.line),
        status=gate.value(ConceptStatus, status, ConceptStatus.PROPOSED, node.line),
        accepted=tuple(facts.get("accepted", ())),
        contested=tuple(facts.get("contested", ())),
    )


def _said_of_concept(node: Node, group: Node | None, parts: _Parts, gate: Gate) -> None:
    """Take what stands with the concept: subject field, definition, note."""
    category = category_of(node)
    if category == "subjectField":
        parts.subjects.append(node.text)
    elif category == "definition":
        language = language_of(_facts_in(group).get("language", "") or "en", gate.faults, node.line)
        parts.definitions.append(_definition(node, group, language or Language.EN))
    elif node.name == "note" and group is None:
        fact = own_fact(node.text)
        if fact:
            parts.facts.setdefault(fact[0], []).append(fact[1])
        elif node.text:
            parts.notes.append(node.text)


def _section(section: Node, language: Language, parts: _Parts, gate: Gate) -> None:
    for child, group in _flat(section):
        category = category_of(child)
        if category == "definition":
            parts.definitions.append(_definition(child, group, language))
        elif child.name == "note" and group is None and child.text:
            parts.notes.append(child.text)
    for one in section.all(*TERMS):
        _term(one, language, parts, gate)


def _definition(node: Node, group: Node | None, language: Language) -> Definition:
    return Definition(node.text, language, _facts_in(group).get("party", ""), _source_in(group))


def _facts_in(group: Node | None) -> dict[str, str]:
    """Return our own facts in the notes of a group."""
    notes = group.all("note") if group else ()
    return dict(fact for note in notes if (fact := own_fact(note.text)))


def _source_in(group: Node | None) -> str:
    """Return the source that a group names."""
    inside = group.children if group else ()
    return next((child.text for child in inside if category_of(child) == "source"), "")


def _term(node: Node, language: Language, parts: _Parts, gate: Gate) -> None:
    below = list(_flat(node))
    said = {category_of(child): child.text for child, _ in below}
    own = [child for child, group in below if group is None]
    speech, form = said.get("partOfSpeech", ""), said.get("termType", "")
    parts.terms.append(
        Term(
            text=said.get("term", ""),
            language=language,
            use=_use(said, gate, node.line),
            party=said.get("customerSubset", ""),
            type=TermType(form) if form in TYPES else None,
            part_of_speech=speech if speech in PARTS_OF_SPEECH else "",
            note=" ".join(child.text for child in own if child.name == "note"),
            source=next((child.text for child in own if category_of(child) == "source"), ""),
        )
    )
    contexts = [(child, group) for child, group in below if category_of(child) == "context"]
    parts.sources += [_context(child, group, language) for child, group in contexts]


def _use(said: dict[str, str], gate: Gate, line: int) -> TermUse:
    """Return how a term is to be used; one that says nothing is preferred, since nothing speaks against it."""
    written = next((said[name] for name in STATUS_CATEGORIES if said.get(name)), "")
    if written in READ_USES:
        return READ_USES[written]
    return gate.value(TermUse, written, TermUse.ADMITTED if written else TermUse.PREFERRED, line)


def _context(node: Node, group: Node | None, language: Language) -> TermSource:
    try:
        pin = json.loads(_facts_in(group).get("pin", "{}"))
        return TermSource(
            node.text,
            Language(pin["language"]),
            str(pin["doc"]),
            int(pin["start"]),
            int(pin["end"]),
            str(pin["citation"]),
        )
    except (ValueError, KeyError, TypeError):
        return TermSource(node.text, language, citation=_source_in(group))
