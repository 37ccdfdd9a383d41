"""Reads and writes concepts as SKOS (W3C, 2009): RDF/XML and JSON-LD.

Any tool finds labels, definitions and notes. SKOS allows one preferred label a language and knows no parties, so
that each concept also carries its whole record as JSON; it counts where its labels are those of the file, so that
what another tool changed is not lost.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO
from urllib.parse import quote, unquote

from lxml import etree

from dragoman.model import Language
from dragoman.model.term import Concept, Definition, Term, TermUse
from dragoman.model.term_format import concept_of_row, concept_to_row
from dragoman.terms.term_faults import Gate, language_of
from dragoman.terms.xml_entries import Node, entries_of

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
OWN = "urn:dragoman:termbase#"
SCHEME = "urn:dragoman:termbase"
CONCEPT = "urn:dragoman:concept:"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SPACES = {"rdf": RDF, "skos": SKOS, "dragoman": OWN}
LABELS: Mapping[TermUse, str] = {
    TermUse.PREFERRED: "prefLabel",
    TermUse.ADMITTED: "altLabel",
    TermUse.DEPRECATED: "hiddenLabel",
}
USES = {label: use for use, label in LABELS.items()}
NOTES = ("note", "scopeNote", "editorialNote")
ENTRIES = frozenset({"Concept", "Description"})
CONTEXT = {
    "skos": SKOS,
    "record": {"@id": f"{OWN}record", "@type": "@json"},
    **{name: {"@id": f"skos:{name}"} for name in (*USES, "definition", "note")},
    "inScheme": {"@id": "skos:inScheme", "@type": "@id"},
}

Label = tuple[str, str, str]
"""Name of a label, its language, its words."""


def labels_of(concept: Concept) -> tuple[Label, ...]:
    """Return the labels of a concept: of each language one preferred one, as SKOS asks (S14)."""
    found: list[Label] = []
    for language in Language:
        best = concept.best(language)
        for term in concept.of(language):
            use = term.use
            if use is TermUse.PREFERRED and term is not best:
                use = TermUse.ADMITTED
            if term is best:
                use = TermUse.PREFERRED
            found.append((LABELS[use], language.value, term.text))
    return tuple(dict.fromkeys(found))


def notes_of(concept: Concept) -> Iterator[Label]:
    """Yield the definitions and the note of a concept."""
    for definition in concept.definitions:
        yield "definition", definition.language.value, definition.text
    if concept.note:
        yield "note", "en", concept.note


def as_rdf(concepts: Iterable[Concept], title: str) -> Iterator[bytes]:
    """Yield concepts as RDF/XML, one after another."""
    scheme = etree.Element(f"{{{RDF}}}RDF", nsmap=SPACES)
    own = etree.SubElement(scheme, f"{{{SKOS}}}ConceptScheme", {f"{{{RDF}}}about": SCHEME})
    etree.SubElement(own, f"{{{SKOS}}}prefLabel", {XML_LANG: "en"}).text = title
    head, tail = etree.tostring(scheme, encoding="unicode").rsplit("</", 1)
    yield ('<?xml version="1.0" encoding="UTF-8"?>\n' + head + "\n").encode()
    declared = "".join(f' xmlns:{name}="{space}"' for name, space in SPACES.items())
    for concept in concepts:
        written = etree.tostring(_element(concept), encoding="unicode").replace(declared, "", 1)
        yield (written + "\n").encode()
    yield f"</{tail}\n".encode()


def _element(concept: Concept) -> etree._Element:
    about = {f"{{{RDF}}}about": CONCEPT + quote(concept.id, safe="")}
    element = etree.Element(f"{{{SKOS}}}Concept", about, nsmap=SPACES)
    etree.SubElement(element, f"{{{SKOS}}}inScheme", {f"{{{RDF}}}resource": SCHEME})
    for name, language, words in (*labels_of(concept), *notes_of(concept)):
        etree.SubElement(element, f"{{{SKOS}}}{name}", {XML_LANG: language}).text = words
    record = etree.SubElement(element, f"{{{OWN}}}record", {f"{{{RDF}}}datatype": f"{RDF}JSON"})
    record.text = json.dumps(concept_to_row(concept), ensure_ascii=False)
    return element


def as_jsonld(concepts: Iterable[Concept], title: str) -> Iterator[bytes]:
    """Yield concepts as JSON-LD 1.1, one after another."""
    scheme = {"@id": SCHEME, "@type": "skos:ConceptScheme", "prefLabel": {"@language": "en", "@value": title}}
    head = json.dumps({"@context": CONTEXT}, ensure_ascii=False)[:-1]
    yield f'{head}, "@graph": [\n{json.dumps(scheme, ensure_ascii=False)}'.encode()
    for concept in concepts:
        yield (",\n" + json.dumps(_object(concept), ensure_ascii=False)).encode("utf-8", "replace")
    yield b"\n]}\n"


def _object(concept: Concept) -> dict[str, Any]:
    row: dict[str, Any] = {
        "@id": CONCEPT + quote(concept.id, safe=""),
        "@type": "skos:Concept",
        "inScheme": SCHEME,
    }
    for name, language, words in (*labels_of(concept), *notes_of(concept)):
        row.setdefault(name, []).append({"@language": language, "@value": words})
    return {**row, "record": concept_to_row(concept)}


@dataclass(frozen=True, slots=True)
class _Found:
    """What a file says of one concept."""

    address: str
    labels: tuple[Label, ...]
    record: object
    line: int


def read_rdf(stream: BinaryIO, gate: Gate) -> Iterator[Concept]:
    """Yield the concepts of an RDF/XML file. Raises EntityDeclaredError, BrokenXmlError: it cannot be read."""
    nodes = entries_of(stream, ENTRIES)
    next(nodes, None)
    for node in nodes:
        types = [child.attributes.get("resource", "") for child in node.all("type")]
        if node.name == "Concept" or f"{SKOS}Concept" in types:
            yield from _concept(_of_node(node), gate)


def _of_node(node: Node) -> _Found:
    labels = tuple(
        (child.name, child.attributes.get("lang", ""), " ".join(child.text.split()))
        for child in node.children
        if child.space == SKOS and child.text
    )
    record = node.first("record")
    try:
        held = json.loads(record.text) if record and record.space == OWN else None
    except (ValueError, RecursionError):
        held = None
    return _Found(node.attributes.get("about", ""), labels, held, node.line)


def read_jsonld(data: bytes, gate: Gate) -> Iterator[Concept]:
    """Yield the concepts of a JSON-LD file. Raises ValueError: it is no JSON."""
    content = json.loads(data)
    graph = content.get("@graph", [content]) if isinstance(content, dict) else content
    for number, row in enumerate(graph if isinstance(graph, list) else (), start=1):
        if isinstance(row, dict) and any(str(one).endswith("Concept") for one in _list(row.get("@type"))):
            yield from _concept(_of_object(row, number), gate)


def _of_object(row: Mapping[str, Any], number: int) -> _Found:
    labels: list[Label] = []
    for key, value in row.items():
        name = key.removeprefix(SKOS).removeprefix("skos:")
        if name in {*USES, *NOTES, "definition"}:
            labels += [(name, language, words) for language, words in _words(value)]
    record = row.get("record", row.get(f"{OWN}record"))
    return _Found(str(row.get("@id", "")), tuple(labels), _json_value(record), number)


def _json_value(record: object) -> object:
    found = record[0] if isinstance(record, list) and record else record
    return found["@value"] if isinstance(found, dict) and "@value" in found else found


def _words(value: object) -> Iterator[tuple[str, str]]:
    """Yield languages and words of a value, in the forms that JSON-LD allows for a text with a language."""
    for one in _list(value):
        if isinstance(one, dict) and "@value" in one:
            yield str(one.get("@language", "")), " ".join(str(one["@value"]).split())
        elif isinstance(one, dict):
            for language, words in one.items():
                for word in _list(words):
                    yield str(language), " ".join(str(word).split())
        elif isinstance(one, str):
            yield "", " ".join(one.split())


def _list(value: object) -> Sequence[Any]:
    if value is None:
        return ()
    return value if isinstance(value, list) else (value,)


def _concept(found: _Found, gate: Gate) -> Iterator[Concept]:
    yield from gate.through(_recorded(found) or _plain(found, gate), found.line)


def _recorded(found: _Found) -> Concept | None:
    """Return the whole record of a concept, None where there is none or the labels are others by now."""
    try:
        concept = concept_of_row(found.record) if isinstance(found.record, dict) else None
    except (KeyError, TypeError, ValueError):
        return None
    if concept is None:
        return None
    same = {*labels_of(concept), *notes_of(concept)} == {*found.labels}
    return concept if same else None


def _plain(found: _Found, gate: Gate) -> Concept:
    terms: list[Term] = []
    definitions: list[Definition] = []
    for name, tag, words in found.labels:
        if name not in USES and name != "definition":
            continue
        language = language_of(tag or "en", gate.faults, found.line)
        if language and name in USES:
            terms.append(Term(words, language, USES[name]))
        elif language:
            definitions.append(Definition(words, language))
    note = " ".join(words for name, _, words in found.labels if name in NOTES)
    return Concept(_id_of(found.address), tuple(terms), tuple(definitions), note=note)


def _id_of(address: str) -> str:
    """Return the last part of an address as an id."""
    return unquote(address.removeprefix(CONCEPT)).rstrip("/#").replace("#", "/").rpartition("/")[2]
