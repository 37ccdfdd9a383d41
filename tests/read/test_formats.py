"""HTML, DOCX and PDF: blocks, lists, numbers, furniture, and files that cannot be read."""

from __future__ import annotations

import ctypes
import io
import random
import zipfile

import docx
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from dragoman.model import Block, BlockKind, Document
from dragoman.read import ReadSettings, read_bytes
from dragoman.read.formats import draft_of
from dragoman.read.numbering import number_text
from dragoman.read.paragraphs import PageLine, draft_of_lines

SETTINGS = ReadSettings()


def read(data: bytes, name: str, settings: ReadSettings = SETTINGS) -> Document:
    (result,) = read_bytes(data, name, settings)
    assert result.document is not None, result.problems
    return result.document


def code(data: bytes, name: str, settings: ReadSettings = SETTINGS) -> str:
    (result,) = read_bytes(data, name, settings)
    assert result.document is None
    return result.problems[0].code


def shown(document: Document, block: Block) -> str:
    return document.text[block.start : block.end]


PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>Widget Plan | Ministry</title></head><body>
<nav><a href="/">Start</a> <a href="/about">About</a></nav>
<div class="cookie-banner">This site keeps cookies.</div>
<main><h1>Widget Plan</h1><p>We <em>will</em> act by:</p>
<ul><li>Building labs, including:<ul><li>one here;</li><li>one there.</li></ul></li><li><p>Hiring staff. We intend to pay.</p></li></ul>
<ol type="a"><li>a first thing</li><li>a second thing</li></ol>
<table><tr><td>Jane</td><td>Chair</td></tr></table></main>
<div class="related"><a href="/x">Another plan that we once made</a></div>
<footer>Ministry of Widgets</footer></body></html>"""


def test_html_blocks() -> None:
    document = read(PAGE.encode(), "plan.html")
    kinds = [(one.kind.value, one.level, one.marker, shown(document, one)) for one in document.blocks]
    assert ("heading", 1, "", "Widget Plan") in kinds
    assert ("item", 2, "•", "one there.") in kinds
    assert ("item", 1, "•", "Hiring staff. We intend to pay.") in kinds
    assert ("item", 1, "b.", "a second thing") in kinds
    assert ("cell", 0, "", "Chair") in kinds
    assert document.title == "Widget Plan"
    assert document.media_type == "text/html"


def test_html_furniture_carries_its_role() -> None:
    document = read(PAGE.encode(), "plan.html")
    roles = {one.role: shown(document, one) for one in document.blocks if one.kind is BlockKind.FURNITURE}
    assert set(roles) == {"menu", "notice", "links", "footer"}
    assert roles["footer"] == "Ministry of Widgets"


def test_a_heading_of_the_page_stays_one_whatever_it_says() -> None:
    document = read(b"<html><body><h2>1.2. What is this plan?</h2><p>We will act.</p></body></html>", "a.html")
    first = document.blocks[0]
    assert (first.kind, first.marker, shown(document, first)) == (BlockKind.HEADING, "1.2.", "What is this plan?")


def test_html_in_a_declared_encoding() -> None:
    page = "<html><head><meta charset='gb2312'></head><body><p>双方将在明年会面。</p></body></html>"
    assert read(page.encode("gb18030"), "a.html").text == "双方将在明年会面。"


@pytest.mark.parametrize(
    "page", ["<p>We will act.</p>" + "<div>" * 3000 + "We must.", "<p>We will act", "We will act."]
)
def test_broken_html_is_read(page: str) -> None:
    assert "We will act" in read(page.encode(), "a.html").text


def test_large_html_is_refused_with_a_remedy() -> None:
    assert code(b"<html>" + b"<p>We will act.</p>" * 100, "a.html", ReadSettings(max_html=500)) == "too-large"


def make_docx() -> docx.document.Document:
    made = docx.Document()
    made.add_heading("Widget Plan", level=1)
    made.add_paragraph("We will act by:")
    made.add_paragraph("building labs;", style="List Bullet")
    made.add_paragraph("hiring staff.", style="List Bullet")
    made.add_paragraph("first thing", style="List Number")
    made.add_paragraph("second thing", style="List Number")
    made.add_table(rows=1, cols=2).cell(0, 1).text = "Chair"
    return made


def saved(made: docx.document.Document) -> bytes:
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def test_docx_blocks_with_automatic_numbers() -> None:
    document = read(saved(make_docx()), "plan.docx")
    kinds = [(one.kind.value, one.marker, shown(document, one)) for one in document.blocks]
    assert kinds == [
        ("heading", "", "Widget Plan"),
        ("paragraph", "", "We will act by:"),
        ("item", "•", "building labs;"),
        ("item", "•", "hiring staff."),
        ("item", "1.", "first thing"),
        ("item", "2.", "second thing"),
        ("cell", "", "Chair"),
    ]
    assert [one.stem for one in document.blocks][2:4] == [1, 1]


def test_docx_takes_insertions_and_content_controls_and_leaves_deletions() -> None:
    made = docx.Document()
    paragraph = made.add_paragraph("We ")
    for xml in (
        "<w:ins {}><w:r><w:t>will</w:t></w:r></w:ins>",
        "<w:del {}><w:r><w:delText>will not</w:delText></w:r></w:del>",
        "<w:sdt {}><w:sdtContent><w:r><w:t> act.</w:t></w:r></w:sdtContent></w:sdt>",
    ):
        paragraph._p.append(parse_xml(xml.format(nsdecls("w"))))  # noqa: SLF001 - python-docx has no call for it
    assert read(saved(made), "a.docx").text == "We will act."


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (3, "lowerLetter", "c"),
        (28, "upperLetter", "BB"),
        (4, "lowerRoman", "iv"),
        (12, "chineseCounting", "十二"),
        (7, "odd", "7"),
    ],
)
def test_number_text(value: int, form: str, text: str) -> None:
    assert number_text(value, form) == text


def test_docx_that_is_cut_short() -> None:
    assert code(saved(make_docx())[:5000], "a.docx") == "docx-damaged"


def test_docx_with_a_broken_part() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("[Content_Types].xml", "<nothing")
    assert code(target.getvalue(), "a.docx") == "docx-damaged"


@pytest.mark.parametrize("seed", range(60))
def test_a_docx_with_overwritten_bytes_is_named_damaged_and_breaks_no_reader(seed: int) -> None:
    chance, data = random.Random(seed), bytearray(saved(make_docx()))  # noqa: S311 - chosen places, no secret
    for _ in range(chance.randrange(1, 6)):
        data[chance.choice([chance.randrange(len(data)), -chance.randrange(1, 1200)])] = chance.randrange(256)
    (result,) = read_bytes(bytes(data), "a.docx")
    assert result.document or result.problems[0].code in {"docx-damaged", "expands-too-far", "not-text", "no-text"}


def test_an_archive_that_expands_too_far_is_not_opened() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "x")
        archive.writestr("word/document.xml", bytes(20_000_000))
    assert code(target.getvalue(), "bomb.docx") == "expands-too-far"


def make_pdf(pages: list[list[str]]) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for lines in pages:
        page = document.new_page(595, 842)
        for number, line in enumerate(lines):
            drawn = pdfium.FPDFPageObj_NewTextObj(document, b"Helvetica", 11)
            units = ctypes.create_string_buffer((line + "\0").encode("utf-16-le"))
            pdfium.FPDFText_SetText(drawn, ctypes.cast(units, pdfium.FPDF_WIDESTRING))
            pdfium.FPDFPageObj_Transform(drawn, 1, 0, 0, 1, 60, 760 - 14 * number)
            pdfium.FPDFPage_InsertObject(page, drawn)
        page.gen_content()
    target = io.BytesIO()
    document.save(target)
    document.close()
    return target.getvalue()


def test_pdf_lines_become_paragraphs_with_their_page() -> None:
    first = [
        "The parties to this plan will build a great number of widgets in the coming",
        "year and will report.",
    ]
    document = read(make_pdf([first, ["A second page says that the parties may leave the plan."]]), "plan.pdf")
    paragraphs = [(one.page, shown(document, one)) for one in document.blocks]
    assert paragraphs[0] == (1, " ".join(first))
    assert paragraphs[1][0] == 2


def test_pdf_without_a_text_layer() -> None:
    assert code(make_pdf([[], []]), "scan.pdf") == "pdf-no-text-layer"


def test_pdf_with_one_empty_page_names_it() -> None:
    (result,) = read_bytes(make_pdf([["The parties will build a great number of widgets."], []]), "a.pdf")
    assert [(one.code, one.page) for one in result.problems] == [("pdf-page-no-text", 2)]


def test_damaged_pdf() -> None:
    assert code(b"%PDF-1.7 and nothing else", "a.pdf") == "pdf-damaged"


# A PDF with one page, encrypted (RC4, 40 bit) with a user password; written by hand for this test.
LOCKED = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
    b"4 0 obj<</Filter/Standard/V 1/R 2/O<" + b"11" * 32 + b">/U<" + b"22" * 32 + b">/P -44>>endobj\n"
    b"trailer<</Root 1 0 R/Size 5/Encrypt 4 0 R/ID[<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]>>\n"
)


def test_pdf_with_a_password() -> None:
    assert code(LOCKED, "locked.pdf") == "pdf-password"


def line(text: str, number: int, **values: float) -> PageLine:
    top = 100.0 + 15 * number
    sides = {"left": 60.0, "right": 500.0, "size": 11.0, "page": 1} | values
    return PageLine(
        text=text,
        page=int(sides["page"]),
        left=sides["left"],
        right=sides["right"],
        top=values.get("top", top),
        bottom=values.get("top", top) + 11,
        size=sides["size"],
        height=800.0,
        hyphen=bool(values.get("hyphen", 0)),
        bullet=bool(values.get("bullet", 0)),
    )


def drafted(lines: list[PageLine]) -> list[tuple[str | None, str]]:
    draft = draft_of_lines(lines, "application/pdf", "", ())
    return [(one.kind and one.kind.value, draft.text[one.start : one.end]) for one in draft.marks or ()]


def test_bigger_letters_make_a_heading() -> None:
    lines = [
        line("Widget Plan", 0, size=18.0, right=160.0),
        line("We will act on widgets soon.", 2),
        line("And so on", 3),
    ]
    assert drafted(lines)[0] == ("heading", "Widget Plan")


def test_drawn_bullets_open_items() -> None:
    lines = [
        line("We will act by:", 0, right=200.0),
        line("building labs,", 1, bullet=1),
        line("hiring staff.", 2, bullet=1),
    ]
    assert drafted(lines) == [(None, "We will act by:"), ("item", "• building labs,"), ("item", "• hiring staff.")]


def test_hyphens_at_line_ends_follow_the_words_of_the_file() -> None:
    lines = [
        line("The cooperation of public-private bodies is a co", 0, hyphen=1),
        line("operation of public", 1, hyphen=1),
    ]
    lines += [line("private bodies and of others that are not named here.", 2)]
    assert drafted(lines)[0][1].endswith(
        "is a cooperation of public-private bodies and of others that are not named here."
    )


def test_running_heads_and_page_numbers_are_furniture() -> None:
    lines: list[PageLine] = []
    for page in (1, 2, 3):
        lines += [
            line(f"Widget Plan {page}", 0, page=page, top=20.0),
            line("A text that stands alone on its page.", 5, page=page),
            line(str(page), 9, page=page, top=780.0),
        ]
    assert [kind for kind, _ in drafted(lines)].count("furniture") == 6


def test_plain_text_and_markdown_keep_their_media_type() -> None:
    assert draft_of(b"We will act.", "a.md", SETTINGS).media_type == "text/markdown"
    assert draft_of(b"We will act.", "a.txt", SETTINGS).media_type == "text/plain"


@pytest.mark.parametrize("data", [b"\xd0\xcf\x11\xe0rest", b"\x89PNG....", b"{\\rtf1 We}"])
def test_foreign_formats_are_named(data: bytes) -> None:
    assert code(data, "a.doc") == "not-text"
