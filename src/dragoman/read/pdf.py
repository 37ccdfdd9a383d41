"""Reads PDF: lines from PDFium's characters, joined to the paragraphs they were before the page was set."""

from __future__ import annotations

import ctypes
import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from dragoman.model import Problem
from dragoman.read.draft import Draft
from dragoman.read.faults import UnreadableError, problem, unreadable
from dragoman.read.paragraphs import PageLine, draft_of_lines

MEDIA_TYPE = "application/pdf"
_HYPHENS = frozenset("\x02\ufffe\xad")
"""What PDFium gives for a hyphen at the end of a line that is not part of the word."""
_HIGH, _LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)
"""Halves of a code point in UTF-16."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_BULLET_MIN, _BULLET_MAX = 1.5, 9.0
"""Points across between which a drawing may be a bullet."""
_BULLET_REACH = 30.0
"""Points between a drawn bullet and its text."""
_MIN_CHARACTERS = 20
"""Characters of a whole file below which it has no text layer (page numbers, stamps)."""


def read_pdf(data: bytes, source: str) -> Draft:
    """Return the draft of a PDF file.

    Args:
        data: the bytes.
        source: path or address, for messages.

    Raises:
        UnreadableError: protected, damaged, or without a text layer.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        raise _refusal(fault, source) from fault
    try:
        lines, problems = _lines(document, source)
        title = document.get_metadata_dict(skip_empty=True).get("Title", "")
        pages = len(document)
    except pypdfium2.PdfiumError as fault:
        raise unreadable(source, "pdf-damaged", reason=str(fault)) from fault
    finally:
        document.close()
    if sum(len(line.text) for line in lines) < _MIN_CHARACTERS:
        raise unreadable(source, "pdf-no-text-layer", pages=pages)
    return draft_of_lines(lines, MEDIA_TYPE, _usable(title), tuple(problems))


def _refusal(fault: Exception, source: str) -> UnreadableError:
    if "password" in str(fault).lower() or "security" in str(fault).lower():
        return unreadable(source, "pdf-password")
    return unreadable(source, "pdf-damaged", reason=str(fault).split("(")[-1].rstrip(").") or "no PDF")


def _usable(title: str) -> str:
    """Return the title of the file's properties unless it is a file name or a program's placeholder."""
    clean = title.strip()
    named = re.search(
        r"\.(?:html?|docx?|pdf|indd|txt)$|^(?:microsoft word|untitled|untitled document)\b", clean, re.IGNORECASE
    )
    return "" if named else clean


def _lines(document: pypdfium2.PdfDocument, source: str) -> tuple[list[PageLine], list[Problem]]:
    lines: list[PageLine] = []
    problems: list[Problem] = []
    empty: list[int] = []
    for number in range(len(document)):
        page = document[number]
        try:
            found = list(_page_lines(page, number + 1))
        finally:
            page.close()
        if not found:
            empty.append(number + 1)
        lines += found
    if lines:
        problems = [problem("pdf-page-no-text", source, page=number) for number in empty]
    return lines, problems


@dataclass(slots=True)
class _Chars:
    """Characters of a line in the making."""

    text: list[str]
    left: float
    right: float
    bottom: float
    top: float
    sizes: list[float]
    hyphen: bool = False


def _bullets(page: pypdfium2.PdfPage) -> list[tuple[float, float]]:
    """Return right edge and middle, from the bottom, of the small drawings that may be bullets."""
    bullets: list[tuple[float, float]] = []
    for drawing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3):
        left, bottom, right, top = drawing.get_bounds()
        width, tall = right - left, top - bottom
        if _BULLET_MIN <= width <= _BULLET_MAX and _BULLET_MIN <= tall <= _BULLET_MAX and 0.7 < width / tall < 1.4:  # noqa: PLR2004 - about square
            bullets.append((right, (top + bottom) / 2))
    return bullets


def _has_bullet(chars: _Chars, bullets: Sequence[tuple[float, float]]) -> bool:
    return any(
        chars.bottom <= middle <= chars.top and 0 < chars.left - right <= _BULLET_REACH
        for right, middle in bullets
    )


def _page_lines(page: pypdfium2.PdfPage, number: int) -> Iterator[PageLine]:
    height = page.get_height()
    bullets = _bullets(page)
    textpage = page.get_textpage()
    try:
        for chars in _characters(textpage.raw, textpage.count_chars()):
            text = _CONTROL.sub("", "".join(chars.text)).rstrip()
            if text.strip():
                yield PageLine(
                    text=text.strip(),
                    page=number,
                    left=chars.left,
                    right=chars.right,
                    top=height - chars.top,
                    bottom=height - chars.bottom,
                    size=round(statistics.median(chars.sizes), 1) if chars.sizes else 0.0,
                    height=height,
                    hyphen=chars.hyphen,
                    bullet=_has_bullet(chars, bullets),
                )
    finally:
        textpage.close()


def _characters(textpage: object, count: int) -> Iterator[_Chars]:
    """Yield the lines of a page as PDFium cuts them."""
    box = [ctypes.c_double() for _ in range(4)]
    line = _Chars([], 1e9, -1e9, 1e9, -1e9, [])
    for code, index in _codes(textpage, count):
        char = chr(code)
        if char in "\r\n":
            if line.text:
                yield line
            line = _Chars([], 1e9, -1e9, 1e9, -1e9, [])
            continue
        if char in _HYPHENS:
            line.hyphen = True
            yield line
            line = _Chars([], 1e9, -1e9, 1e9, -1e9, [])
            continue
        line.text.append(char)
        if not char.isspace():
            _extend(line, textpage, index, box)
    if line.text:
        yield line


def _codes(textpage: object, count: int) -> Iterator[tuple[int, int]]:
    """Yield code points with their index; the two halves of a wide one, which PDFium counts apart, as one."""
    high = 0
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(textpage, index)
        if code in _HIGH:
            high = code
            continue
        if code in _LOW and high:
            code = 0x10000 + ((high - _HIGH.start) << 10) + (code - _LOW.start)
        high = 0
        yield code, index


def _extend(line: _Chars, textpage: object, index: int, box: Sequence[ctypes.c_double]) -> None:
    if not pdfium.FPDFText_GetCharBox(textpage, index, *(ctypes.byref(side) for side in box)):
        return
    left, right, bottom, top = (side.value for side in box)
    line.left, line.right = min(line.left, left), max(line.right, right)
    line.bottom, line.top = min(line.bottom, bottom), max(line.top, top)
    line.sizes.append(pdfium.FPDFText_GetFontSize(textpage, index))
