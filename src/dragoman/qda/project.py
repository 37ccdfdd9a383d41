"""REFI-QDA projects (.qdpx) and codebooks (.qdc) from lines: the same bytes for the same lines and texts.

Positions count Unicode code points of the plain text from 0, the end exclusive: Python's offsets are these.
Texts are written as they are, so that the positions hold. Identifiers are UUIDs (5) made from what they name.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

from lxml import etree

from dragoman.lexicon import Lexicon
from dragoman.model import Document, Entry, Provision
from dragoman.model.interchange import deadline_to_row
from dragoman.qda.codes import GROUPS, Code, codes_of, fixed_codes

PROJECT, CODEBOOK = "urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0"
ORIGIN = "dragoman"
FOLDER = "sources"
Element = Any
"""An element of lxml, which has no types."""
SPACE = UUID("0f2a5c1e-6f0b-5d8e-9a77-3f1d2f9f6b10")
"""Namespace of our identifiers."""
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""Time of all members of an archive, so that the bytes do not hang on the clock."""
LONGEST_NAME = 60
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def guid(*names: object) -> str:
    """Return the identifier of what is so named."""
    return str(uuid5(SPACE, "\x1f".join(str(name) for name in names)))


def fit(text: str) -> str:
    """Return a text that XML can hold: what it forbids becomes U+FFFD."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def project_bytes(
    entries: Iterable[Entry],
    documents: Mapping[tuple[str, int], Document],
    lexicon: Lexicon,
    name: str,
    origin: str,
) -> bytes:
    """Return a project.

    Args:
        entries: lines of any coders.
        documents: each of their documents by slug and version.
        lexicon: for the codebook.
        name: of the project.
        origin: the program and its version.
    """
    lines = list(entries)
    root = etree.Element(f"{{{PROJECT}}}Project", nsmap={None: PROJECT}, name=fit(name), origin=fit(origin))
    coders = list(dict.fromkeys(entry.provision.coder for entry in lines))
    if coders:
        users = _sub(root, "Users")
        for coder in coders:
            _sub(users, "User", guid=guid("user", coder), name=fit(coder))
    _codes(_sub(root, "CodeBook"), lexicon, [entry.provision for entry in lines])
    if documents:
        sources = _sub(root, "Sources")
        for key in sorted(documents):
            own = [one.provision for one in lines if (one.provision.doc, one.version) == key]
            _source(sources, documents[key], key[1], own)
    return _archive(_xml(root), documents)


def codebook_bytes(lexicon: Lexicon, lines: Sequence[Provision] = (), origin: str = ORIGIN) -> bytes:
    """Return a codebook: kinds, forces, tags, kinds of deadline, and the actors of some lines."""
    root = etree.Element(f"{{{CODEBOOK}}}CodeBook", nsmap={None: CODEBOOK}, origin=fit(origin))
    _codes(root, lexicon, lines)
    return _xml(root)


def _sub(parent: Element, tag: str, /, **attributes: str) -> Element:
    space = etree.QName(parent).namespace
    return etree.SubElement(parent, f"{{{space}}}{tag}", **attributes)


def _xml(root: Element) -> bytes:
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return written


def _codes(parent: Element, lexicon: Lexicon, lines: Sequence[Provision]) -> None:
    """Write the tree of codes: a group, which is no code to be used, holds its values."""
    codes = dict.fromkeys(fixed_codes(lexicon))
    known = {(code.group, code.value) for code in codes}
    used = sorted({code for line in lines for code in codes_of(line)}, key=lambda code: (code.group, code.value))
    every = [*codes, *(code for code in used if (code.group, code.value) not in known)]
    holder = _sub(parent, "Codes")
    for group in GROUPS:
        own = [code for code in every if code.group == group]
        top = _sub(holder, "Code", guid=guid("code", group), name=group, isCodable="false")
        for code in own:
            _code(top, code)


def _code(top: Element, code: Code) -> None:
    element = _sub(top, "Code", guid=code_guid(code), name=fit(code.name), isCodable="true")
    if code.label:
        _sub(element, "Description").text = fit(code.label)


def code_guid(code: Code) -> str:
    """Return the identifier of a code."""
    return guid("code", code.group, code.value)


def _source(parent: Element, document: Document, version: int, lines: Sequence[Provision]) -> None:
    name = guid("source", document.slug, version)
    source = _sub(parent, "TextSource", guid=name, name=fit(document.slug), plainTextPath=f"internal://{name}.txt")
    _sub(source, "Description").text = fit(f"{document.title} · {document.text_sha256}")
    seen: dict[tuple[object, ...], int] = {}
    for line in lines:
        key = (document.slug, version, line.coder, line.start, line.end, line.kind, line.trigger_start)
        seen[key] = seen.get(key, 0) + 1
        _selection(source, line, guid("selection", *key, seen[key]))


def _selection(source: Element, line: Provision, name: str) -> None:
    user = guid("user", line.coder)
    title = " ".join(line.quote.exact.split())[:LONGEST_NAME]
    place = {"startPosition": str(line.start), "endPosition": str(line.end)}
    selection = _sub(source, "PlainTextSelection", guid=name, name=fit(title), **place, creatingUser=user)
    if about := described(line):
        _sub(selection, "Description").text = fit(about)
    for code in codes_of(line):
        coding = _sub(selection, "Coding", guid=guid("coding", name, code.group, code.value), creatingUser=user)
        _sub(coding, "CodeRef", targetGUID=code_guid(code))


def described(line: Provision) -> str:
    """Return what no code says of a line, as JSON that a reader of ours understands and a person can read."""
    deadline = deadline_to_row(line.deadline)
    about = {
        "trigger": line.trigger,
        "trigger_start": line.trigger_start if line.trigger else None,
        "aim": line.aim,
        "object": line.object,
        "conditions": line.conditions,
        "deadline": deadline,
    }
    told = {name: value for name, value in about.items() if value not in (None, "")}
    return json.dumps(told, ensure_ascii=False) if told else ""


def _archive(project: bytes, documents: Mapping[tuple[str, int], Document]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        _member(archive, "project.qde", project)
        for slug, version in sorted(documents):
            text = documents[slug, version].text.encode("utf-8", "replace")
            _member(archive, f"{FOLDER}/{guid('source', slug, version)}.txt", text)
    return target.getvalue()


def _member(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name, FIRST_DAY)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    info.create_system = 3
    archive.writestr(info, data)
