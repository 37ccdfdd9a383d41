"""Reads HTML: every block of the page, verbatim, and which of them are the page's furniture.

All text of the page is kept. A block is furniture where the markup says so (navigation, footer, a class such
as "cookie"), where it is mostly links, or where trafilatura leaves it out and it does not read as sentences.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass

import lxml.html
from lxml import etree

from dragoman.lexicon.packs import load_pack
from dragoman.model import BlockKind, Problem
from dragoman.read.decode import decode
from dragoman.read.draft import Draft
from dragoman.read.drafting import BULLET, DraftWriter
from dragoman.read.faults import problem, unreadable
from dragoman.read.numbering import Element, number_text
from dragoman.read.settings import ReadSettings

MEDIA_TYPE = "text/html"
_SPACE = re.compile(r"[ \t\r\n\x0c]+")
_SENTENCE = re.compile(r"[.!?。！？；;:：][\"”’)）]*\s*$")
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{2,30})", re.IGNORECASE)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_EXTRACT_LIMIT = 2_000_000
"""Characters up to which trafilatura is asked; it takes seconds beyond."""
_NOTE_SHARE = 0.25
"""Share of words outside the main text from which a note is made."""
_MIN_TITLE = 8
"""Characters of a block that can be the title of the page."""
_MAX_DEPTH = 250


@dataclass(slots=True)
class PageBlock:
    """A block of a page: its text, what the markup says it is, and how much of it is links."""

    text: str
    kind: BlockKind | None
    level: int
    marker: str
    role: str
    linked: int


def read_html(data: bytes, source: str, settings: ReadSettings) -> Draft:
    """Return the draft of an HTML page.

    Args:
        data: the bytes.
        source: path or address, for messages.
        settings: limits.

    Raises:
        UnreadableError: empty, too large, cannot be parsed, or without text.
    """
    if not data.strip():
        raise unreadable(source, "empty-file")
    if len(data) > settings.max_html:
        raise unreadable(source, "too-large", limit=settings.max_html, unit="bytes of HTML")
    text, notes = _decoded(data, source)
    tree = _parsed(text, source)
    blocks = list(_Walk().blocks(tree))
    mark_outside(blocks, text)
    writer = DraftWriter(MEDIA_TYPE)
    for block in blocks:
        kind = BlockKind.FURNITURE if block.role else block.kind
        writer.add(block.text, kind, block.level, marker=block.marker, role=block.role)
    if writer.is_empty:
        raise unreadable(source, "no-text")
    notes += _coverage(blocks, source)
    title = tree.findtext(".//title") or ""
    return writer.draft(_page_title(title, blocks), tuple(notes))


def _decoded(data: bytes, source: str) -> tuple[str, list[Problem]]:
    declared = _CHARSET.search(data[:4096])
    if declared and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        name = declared.group(1).decode("ascii").lower()
        name = "gb18030" if name in {"gb2312", "gbk"} else name
        try:
            return data.decode(name), []
        except (LookupError, UnicodeDecodeError):
            return decode(data, source)
    return decode(data, source)


def _parsed(text: str, source: str) -> Element:
    clean = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.replace("\0", ""))
    try:
        return lxml.html.document_fromstring(clean)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as fault:
        raise unreadable(source, "html-damaged", reason=str(fault)[:120] or "it holds no element") from fault


class _Walk:
    """Walks a page and cuts it into blocks."""

    def __init__(self) -> None:
        pack = load_pack("reading/html.yaml")
        self._block = frozenset(pack["block_tags"])
        self._skipped = frozenset(pack["skipped_tags"])
        self._roles = dict(pack["furniture_tags"])
        self._classes = re.compile(
            "|".join(f"(?P<{role}>{'|'.join(words)})" for role, words in pack["furniture_classes"].items()),
            re.IGNORECASE,
        )
        self._inline: list[str] = []
        self._linked = 0
        self._marker = ""

    def blocks(self, tree: Element) -> Iterator[PageBlock]:
        """Yield the blocks of a page in order."""
        body = tree.find("body")
        yield from self._element(tree if body is None else body, None, 0, "", 0)
        yield from self._flush(None, 0, "")

    def _element(
        self, element: Element, kind: BlockKind | None, level: int, role: str, depth: int
    ) -> Iterator[PageBlock]:
        """Yield the blocks of an element: inline text is gathered until the next block element begins."""
        if depth > _MAX_DEPTH:
            self._gather(" ".join(element.itertext()))
            return
        self._gather(element.text)
        for child in element:
            tag = child.tag if isinstance(child.tag, str) else ""
            if tag and tag not in self._skipped:
                yield from self._child(child, tag, kind, level, role, depth)
            self._gather(child.tail)

    def _child(
        self, child: Element, tag: str, kind: BlockKind | None, level: int, role: str, depth: int
    ) -> Iterator[PageBlock]:
        inner_role = role or self._role(child, tag)
        if tag == "br":
            yield from self._flush(kind, level, role)
        elif tag in self._block:
            yield from self._flush(kind, level, role)
            inner_kind, inner_level = self._state(child, tag, kind, level)
            yield from self._element(child, inner_kind, inner_level, inner_role, depth + 1)
            yield from self._flush(inner_kind, inner_level, inner_role)
        else:
            before = sum(map(len, self._inline))
            yield from self._element(child, kind, level, inner_role, depth + 1)
            if tag == "a":
                self._linked += max(0, sum(map(len, self._inline)) - before)

    def _gather(self, text: str | None) -> None:
        if text:
            self._inline.append(text)

    def _flush(self, kind: BlockKind | None, level: int, role: str) -> Iterator[PageBlock]:
        text = _SPACE.sub(" ", "".join(self._inline)).strip()
        linked = self._linked
        self._inline, self._linked = [], 0
        if text:
            marker = self._marker if kind is BlockKind.ITEM else ""
            self._marker = ""
            yield PageBlock(text, kind, level, marker, role, linked)

    def _state(self, child: Element, tag: str, kind: BlockKind | None, level: int) -> tuple[BlockKind | None, int]:
        """Return kind and level of the text directly in a block element; an item's marker is kept for it."""
        if tag in _HEADINGS:
            return BlockKind.HEADING, _HEADINGS[tag]
        if tag in {"td", "th"}:
            return BlockKind.CELL, 0
        if tag in {"ul", "ol"}:
            return kind, level + 1
        if tag == "li":
            self._marker = _list_marker(child)
            return BlockKind.ITEM, max(level, 1)
        return (kind, level) if kind is BlockKind.ITEM else (None, level)

    def _role(self, element: Element, tag: str) -> str:
        """Return the role of furniture that an element's tag or class gives it, else ""."""
        if tag in self._roles:
            inside = any(one.tag in {"article", "main"} for one in element.iterancestors())
            return "" if tag == "header" and inside else str(self._roles[tag])
        names = " ".join(filter(None, (element.get("class"), element.get("id"), element.get("role"))))
        found = self._classes.search(names) if names and tag not in {"body", "html", "main", "article"} else None
        return str(found.lastgroup) if found else ""


def _list_marker(item: Element) -> str:
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return BULLET
    before = sum(1 for one in item.itersiblings("li", preceding=True))
    start = parent.get("start") or "1"
    value = item.get("value") or str((int(start) if start.lstrip("-").isdigit() else 1) + before)
    forms = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
    shown = number_text(int(value), forms.get(parent.get("type", "1"), "decimal")) if value.isdigit() else value
    return f"{shown}."


def mark_outside(blocks: list[PageBlock], page: str) -> None:
    """Give the blocks that are not text of the page a role: lists of links, and what trafilatura leaves out."""
    kept = _main_text(page) if len(page) <= _EXTRACT_LIMIT else ""
    for block in blocks:
        if block.role or _SENTENCE.search(block.text):
            continue
        if block.linked * 2 > len(block.text):
            block.role = "links"
        elif kept and block.kind is not BlockKind.HEADING and _squeeze(block.text) not in kept:
            block.role = "page"


def _main_text(page: str) -> str:
    from trafilatura import extract  # noqa: PLC0415 - takes a second to import, and only HTML needs it

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found = extract(page, include_comments=False, include_tables=True, favor_recall=True, deduplicate=False)
    return _squeeze(found or "")


def _squeeze(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def _coverage(blocks: list[PageBlock], source: str) -> list[Problem]:
    total = sum(len(block.text) for block in blocks)
    outside = sum(len(block.text) for block in blocks if block.role)
    if total and outside / total > _NOTE_SHARE:
        return [problem("html-left-out", source, share=f"{outside / total:.0%}")]
    return []


def _page_title(title: str, blocks: list[PageBlock]) -> str:
    """Return the page's title without the name of the site behind it."""
    clean = " ".join(title.split())
    for block in blocks:
        if not block.role and len(block.text) >= _MIN_TITLE and clean.startswith(block.text):
            return block.text
    return re.split(r"\s[|–—]\s", clean)[0]
