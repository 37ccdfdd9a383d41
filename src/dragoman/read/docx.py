"""Reads DOCX: paragraphs, headings, lists and tables in order, tracked insertions in, deletions out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree

from dragoman.model import BlockKind
from dragoman.model.archives import DAMAGED_ARCHIVE
from dragoman.read.draft import Draft
from dragoman.read.drafting import BULLET, DraftWriter
from dragoman.read.faults import unreadable
from dragoman.read.numbering import Element, Numbering
from dragoman.read.settings import ReadSettings

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_P, _TBL, _TR, _TC = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_T, _TAB, _BR, _CR = qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:cr")
_HYPHEN = qn("w:noBreakHyphen")
_SKIPPED = frozenset({qn("w:pPr"), qn("w:rPr"), qn("w:del"), qn("w:moveFrom"), qn("w:instrText"), qn("w:delText")})
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HEADING = "heading "
_MAX_DEPTH = 200


def read_docx(data: bytes, source: str, settings: ReadSettings) -> Draft:
    """Return the draft of a DOCX file.

    Args:
        data: the bytes.
        source: path, for messages.
        settings: limits of expansion.

    Raises:
        UnreadableError: damaged, expands too far, or without text.
    """
    check_archive(data, source, settings)
    try:
        document = docx.Document(io.BytesIO(data))
        writer = DraftWriter(MEDIA_TYPE)
        reader = _Reader(document, writer)
        reader.read(document.element.body)
        title = document.core_properties.title or ""
    except (*DAMAGED_ARCHIVE, OpcError, AttributeError, etree.XMLSyntaxError) as fault:
        raise unreadable(source, "docx-damaged", reason=_reason(fault)) from fault
    if writer.is_empty:
        raise unreadable(source, "no-text")
    return writer.draft(title if title.lower() not in {"word document", "document"} else "")


def _reason(fault: Exception) -> str:
    text = " ".join(str(fault).split())[:120]
    return text or type(fault).__name__


def check_archive(data: bytes, source: str, settings: ReadSettings) -> None:
    """Refuse an archive that is damaged or expands too far, before it is unpacked. Raises UnreadableError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sizes = [entry.file_size for entry in archive.infolist()]
            names = {entry.filename for entry in archive.infolist()}
    except DAMAGED_ARCHIVE as fault:
        raise unreadable(source, "docx-damaged", reason="its archive has no end") from fault
    allowed = settings.expansion(len(data))
    if sum(sizes) > allowed:
        raise unreadable(source, "expands-too-far", limit=f"{allowed} bytes")
    if "[Content_Types].xml" not in names:
        raise unreadable(source, "not-text", reason="it is an archive, not a DOCX file")


class _Reader:
    """Walks the body of one document."""

    def __init__(self, document: Element, writer: DraftWriter) -> None:
        self._writer = writer
        self._styles = {style.style_id: style for style in document.styles}
        self._numbering = Numbering(document)

    def read(self, parent: Element, *, cell: bool = False, depth: int = 0) -> None:
        """Read the block elements of an element, in order; content controls and insertions are entered."""
        for element in parent:
            if element.tag == _P:
                self._paragraph(element, cell=cell)
            elif element.tag == _TBL:
                self._table(element, depth)
            elif isinstance(element.tag, str) and element.tag not in _SKIPPED and depth < _MAX_DEPTH:
                self.read(element, cell=cell, depth=depth + 1)

    def _table(self, table: Element, depth: int) -> None:
        for cell in table.iter(_TC):
            if next(cell.iterancestors(_TBL)) is table and depth < _MAX_DEPTH:
                self.read(cell, cell=True, depth=depth + 1)

    def _paragraph(self, paragraph: Element, *, cell: bool) -> None:
        text = "".join(texts(paragraph))
        style = self._style(paragraph)
        level = _heading_level(style, paragraph)
        marker, depth = self._numbering.marker(paragraph, style)
        if level:
            lead = f"{marker} " if marker and marker != BULLET else ""
            self._writer.add(f"{lead}{text.strip()}" if text.strip() else "", BlockKind.HEADING, level)
        elif marker and text.strip():
            self._writer.add(text, BlockKind.ITEM, depth, marker=marker)
        else:
            self._writer.add(text, BlockKind.CELL if cell else None)
        for box in paragraph.iter(qn("w:txbxContent")):
            if not any(True for _ in box.iterancestors(_FALLBACK)):
                self.read(box)

    def _style(self, paragraph: Element) -> Element:
        found = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return self._styles.get(found.get(qn("w:val"))) if found is not None else None


def texts(element: Element) -> Iterator[str]:
    """Yield the text of a paragraph element: all w:t with tabs and breaks, what was deleted left out."""
    for child in element:
        tag = child.tag
        if tag == _T:
            yield child.text or ""
        elif tag == _TAB:
            yield "\t"
        elif tag in {_BR, _CR}:
            yield "\n"
        elif tag == _HYPHEN:
            yield "-"
        elif isinstance(tag, str) and tag not in _SKIPPED and tag not in {_FALLBACK, qn("w:txbxContent"), _P}:
            yield from texts(child)


def _heading_level(style: Element, paragraph: Element) -> int:
    outline = paragraph.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
    if outline is not None and (value := outline.get(qn("w:val"), "9")).isdigit() and int(value) < 9:  # noqa: PLR2004 - 9 is body text
        return int(value) + 1
    seen = 0
    while style is not None and seen < 10:  # noqa: PLR2004 - styles inherit a few times at most
        name = (style.name or "").lower()
        if name == "title":
            return 1
        if name.startswith(_HEADING) and name[len(_HEADING) :].isdigit():
            return int(name[len(_HEADING) :])
        style, seen = style.base_style, seen + 1
    return 0
