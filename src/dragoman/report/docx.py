"""A report as a Word file; the same report gives the same bytes, so that a hash can stand for it."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any, assert_never
from urllib.parse import urlsplit

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_COLOR_INDEX
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor

from dragoman.model import Language
from dragoman.report.blocks import (
    Block,
    Callout,
    Chart,
    Heading,
    Items,
    Line,
    Paragraph,
    Quotation,
    Report,
    Run,
    Signature,
    Style,
    Table,
)
from dragoman.report.charts import png_of
from dragoman.report.html import SAFE_SCHEMES
from dragoman.report.text import clean
from dragoman.wording import Catalogue, catalogue

FONT = "Calibri"
EAST_ASIAN_FONT = "SimSun"
BODY = Pt(10.5)
SIDE = Mm(18)
"""Margin at the sides of a wide page."""
COLOURS = {
    Style.SOFT: RGBColor(0x55, 0x58, 0x5E),
    Style.GOOD: RGBColor(0x1C, 0x6E, 0x4A),
    Style.BAD: RGBColor(0xB3, 0x26, 0x1E),
    Style.OPEN: RGBColor(0x8A, 0x5A, 0x00),
}
BOLD = frozenset({Style.STRONG, Style.GOOD, Style.BAD, Style.OPEN})
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands for the time of writing, which would make two files of one report differ."""


def _style_run(target: Any, run: Run) -> None:  # noqa: ANN401 - python-docx has no types
    font = target.font
    font.bold = run.style in BOLD or None
    font.strike = run.style is Style.DELETED or None
    font.underline = run.style is Style.INSERTED or bool(run.href) or None
    if run.style in COLOURS:
        font.color.rgb = COLOURS[run.style]
    if run.style is Style.CODE:
        font.name = "Consolas"
    if run.style is Style.INSERTED:
        font.highlight_color = WD_COLOR_INDEX.BRIGHT_GREEN


def _link(paragraph: Any, run: Run) -> None:  # noqa: ANN401
    """Add a link; python-docx has no call for it (ECMA-376, 17.16.22)."""
    address = paragraph.part.relate_to(run.href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), address)
    inner = paragraph.add_run(clean(run.text))
    _style_run(inner, run)
    element.append(inner._r)  # noqa: SLF001 - the one way to move a run
    paragraph._p.append(element)  # noqa: SLF001


def _fill(paragraph: Any, words: Line) -> None:  # noqa: ANN401
    for run in words:
        if run.href and urlsplit(run.href).scheme in SAFE_SCHEMES - {""}:
            _link(paragraph, run)
        else:
            _style_run(paragraph.add_run(clean(run.text)), Run(run.text, run.style))


def _table(document: Any, block: Table) -> None:  # noqa: ANN401
    if block.caption:
        document.add_paragraph(clean(block.caption), style="Caption")
    table = document.add_table(rows=1, cols=len(block.head), style="Table Grid")
    for cell, name in zip(table.rows[0].cells, block.head, strict=True):
        _fill(cell.paragraphs[0], (Run(name, Style.STRONG),))
    _repeat_head(table.rows[0])
    for row in block.rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            _fill(cell.paragraphs[0], words)
    _set_widths(document, table, block.widths or (1.0,) * len(block.head))


def _repeat_head(row: Any) -> None:  # noqa: ANN401
    """Let the head row stand again on each page (ECMA-376, 17.4.49)."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001


def _set_widths(document: Any, table: Any, shares: tuple[float, ...]) -> None:  # noqa: ANN401
    section = document.sections[0]
    whole = section.page_width - section.left_margin - section.right_margin
    table.autofit = False
    for column, share in zip(table.columns, shares, strict=True):
        width = Emu(int(whole * share / sum(shares)))
        column.width = width
        for cell in column.cells:
            cell.width = width


def _quotation(document: Any, block: Quotation) -> None:  # noqa: ANN401
    document.add_paragraph(clean(block.text), style="Intense Quote")
    _fill(document.add_paragraph(), (Run("— "), *block.source))


def _chart(document: Any, block: Chart, texts: Catalogue) -> None:  # noqa: ANN401
    """Add the picture with what it shows, and the table behind it."""
    png = png_of(block.spec)
    if png is None:
        _fill(document.add_paragraph(), (Run(texts.text("report.no_picture"), Style.SOFT),))
    else:
        section = document.sections[0]
        most = section.page_width - section.left_margin - section.right_margin
        picture = document.add_picture(io.BytesIO(png))
        if picture.width > most:
            picture.height, picture.width = Emu(int(picture.height * most / picture.width)), Emu(most)
        picture._inline.docPr.set("descr", clean(block.alt))  # noqa: SLF001 - python-docx has no call for it
    _table(document, block.table)


def _add(document: Any, block: Block, texts: Catalogue) -> None:  # noqa: ANN401, C901 - one case for each kind
    match block:
        case Heading():
            document.add_heading(clean(block.text), level=min(block.level - 1, 9))
        case Paragraph():
            _fill(document.add_paragraph(), block.words)
        case Items():
            for words in block.lines:
                _fill(document.add_paragraph(style="List Number" if block.ordered else "List Bullet"), words)
        case Quotation():
            _quotation(document, block)
        case Callout():
            marked = tuple(
                Run(run.text, block.style, run.href) if run.style is Style.PLAIN else run for run in block.words
            )
            _fill(document.add_paragraph(), marked)
        case Table():
            _table(document, block)
        case Chart():
            _chart(document, block, texts)
        case Signature():
            for label in block.labels:
                document.add_paragraph(f"{clean(label)}: ______________________________")
        case _:
            assert_never(block)


def _prepare(document: Any, report: Report) -> None:  # noqa: ANN401
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, BODY
    style.element.rPr.rFonts.set(qn("w:eastAsia"), EAST_ASIAN_FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    style.element.rPr.append(language)
    if report.wide:
        section = document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
        section.left_margin = section.right_margin = SIDE
    core = document.core_properties
    core.title, core.author, core.comments = clean(report.title), "dragoman", ""
    core.language = "zh-CN" if report.language is Language.ZH else "en-US"
    core.created = core.modified = EPOCH


def as_docx(report: Report) -> bytes:
    """Return a report as the bytes of a .docx file."""
    document, texts = Document(), catalogue(report.language)
    _prepare(document, report)
    document.add_heading(clean(report.title), level=0)
    for name, value in report.facts:
        _fill(document.add_paragraph(), (Run(f"{name}: ", Style.STRONG), Run(value)))
    for block in report.blocks:
        _add(document, block, texts)
    if report.reproduce:
        _fill(
            document.add_paragraph(),
            (Run(texts.text("report.reproduce") + " ", Style.SOFT), Run(report.reproduce, Style.CODE)),
        )
    buffer = io.BytesIO()
    document.save(buffer)
    return _without_times(buffer.getvalue())


def _without_times(data: bytes) -> bytes:
    """Return a zip file with the time of each member set to the earliest that a zip can hold."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name), zipfile.ZIP_DEFLATED)
    return target.getvalue()
