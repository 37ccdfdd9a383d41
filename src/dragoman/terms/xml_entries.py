"""Reads the entries of a large XML file one by one: bounded memory, exact lines, no entities of the file's own.

Expat (Python's own) is used rather than lxml: it tells lines beyond 65,535 and every declaration of an entity.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.parsers import expat

PIECE = 1 << 16
DEEPEST = 60
"""Elements inside one another; terminology has about ten."""
DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
NATIVE = frozenset({"utf-8", "utf-16", "ascii", "iso8859-1"})
"""Encodings that expat reads itself, by their Python names."""
XML_SPACE = "http://www.w3.org/XML/1998/namespace"


class EntityDeclaredError(Exception):
    """The file declares an entity of its own."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class BrokenXmlError(Exception):
    """The file is no well-formed XML."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(line, why)
        self.line = line
        self.why = why


@dataclass(slots=True)
class Node:
    """An element: its local name, its namespace, attributes by local name, what it holds, and its line."""

    name: str
    space: str
    attributes: dict[str, str]
    line: int
    children: list[Node] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words in it and in all below it, without blanks around."""
        return "".join(self.pieces).strip()

    def all(self, *names: str) -> Iterator[Node]:
        """Yield the children of some names in order."""
        return (child for child in self.children if child.name in names)

    def first(self, *names: str) -> Node | None:
        """Return the first child of some names."""
        return next(self.all(*names), None)


@dataclass(slots=True)
class _Builder:
    """Builds the entries, and forgets everything outside of them."""

    entries: frozenset[str]
    parser: expat.XMLParserType
    root: Node | None = None
    open: list[Node] = field(default_factory=list)
    depth: int = 0
    done: list[Node] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise BrokenXmlError(self.parser.CurrentLineNumber, f"more than {DEEPEST} elements inside one another")
        space, _, local = name.rpartition(" ")
        own = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        node = Node(local, space, own, self.parser.CurrentLineNumber)
        if self.root is None:
            self.root = node
        if self.open:
            self.open[-1].children.append(node)
        if self.open or local in self.entries:
            self.open.append(node)

    def end(self, _name: str) -> None:
        self.depth -= 1
        if not self.open:
            return
        node = self.open.pop()
        if self.open:
            self.open[-1].pieces += node.pieces
        else:
            self.done.append(node)

    def words(self, text: str) -> None:
        if self.open:
            self.open[-1].pieces.append(text)

    def entity(self, *_about: object) -> None:
        raise EntityDeclaredError(self.parser.CurrentLineNumber)


def entries_of(stream: BinaryIO, names: frozenset[str]) -> Iterator[Node]:
    """Yield the root of a file without what it holds, then its entries one by one.

    Args:
        stream: of the file, from its start.
        names: local names of the elements that are entries.

    Raises:
        EntityDeclaredError: the file declares entities.
        BrokenXmlError: it is not well-formed, or not in the encoding that it names.
    """
    head = stream.read(PIECE)
    decoder = _decoder(head)
    parser = expat.ParserCreate("utf-8" if decoder else None, namespace_separator=" ")
    builder = _Builder(names, parser)
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.words
    parser.EntityDeclHandler = builder.entity
    shown = False
    piece = head
    while True:
        last = not piece
        _parse(parser, decoder, piece, last=last)
        if builder.root is not None and not shown:
            shown = True
            yield builder.root
        yield from builder.done
        builder.done.clear()
        if last:
            return
        piece = stream.read(PIECE)


def _parse(
    parser: expat.XMLParserType, decoder: codecs.IncrementalDecoder | None, piece: bytes, *, last: bool
) -> None:
    try:
        parser.Parse(decoder.decode(piece, last).encode() if decoder else piece, last)
    except expat.ExpatError as fault:
        raise BrokenXmlError(fault.lineno, expat.errors.messages.get(fault.code, "no XML")) from fault
    except (UnicodeError, ValueError, LookupError) as fault:
        raise BrokenXmlError(parser.CurrentLineNumber, str(fault)) from fault


def _decoder(head: bytes) -> codecs.IncrementalDecoder | None:
    """Return what decodes a file whose encoding expat does not know (GB18030, Big5), None for all others."""
    found = DECLARED.match(head)
    if not found:
        return None
    try:
        known = codecs.lookup(found.group(1).decode("ascii"))
    except LookupError as fault:
        raise BrokenXmlError(1, str(fault)) from fault
    if known.name in NATIVE or known.name.startswith("utf"):
        return None
    return known.incrementaldecoder()
