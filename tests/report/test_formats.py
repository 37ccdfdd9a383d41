from __future__ import annotations

import io
import re

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from dragoman.model import Language
from dragoman.report import (
    FORMATS,
    Block,
    Callout,
    Heading,
    Items,
    Line,
    Paragraph,
    Quotation,
    Report,
    ReportFormat,
    Run,
    Signature,
    Style,
    Table,
    line,
    write,
)

SAMPLE = Report(
    title="Review of <the> plan & more",
    language=Language.EN,
    facts=(("Date", "1 May 2026"),),
    reproduce="dragoman check case.yaml",
    blocks=(
        Heading("Open *points*"),
        Callout(line("Nothing may be overlooked."), Style.BAD),
        Paragraph(
            line(
                "See ",
                Run("the order", href="https://example.org/order"),
                " and ",
                Run("a trap", href="javascript:alert(1)"),
            )
        ),
        Items((line("first"), line("second")), ordered=True),
        Quotation("Each party will report twice a year.", line("Plan, section 2"), Language.EN),
        Table(
            ("Result", "Rule"), ((line(Run("met", Style.GOOD)), line("a | b")),), caption="Findings", widths=(1, 3)
        ),
        Paragraph(line("They ", Run("shall", Style.DELETED), Run("may", Style.INSERTED), " act.")),
        Signature(("Prepared by",)),
    ),
)


def with_blocks(*blocks: Block) -> Report:
    return Report("A report", Language.EN, blocks)


def words_of_docx(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    return "\n".join(node.text or "" for node in document.element.body.iter("{*}t"))


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_report_gives_the_same_bytes(form: ReportFormat) -> None:
    assert write(SAMPLE, form) == write(SAMPLE, form)


def test_html_holds_every_block_and_no_script() -> None:
    page = html.fromstring(write(SAMPLE, "html").decode())
    assert page.xpath("string(//h1)") == "Review of <the> plan & more"
    assert page.xpath("//blockquote[@lang='en']")[0].text == "Each party will report twice a year."
    assert [cell.text_content() for cell in page.xpath("//tbody//td")] == ["met", "a | b"]
    assert page.xpath("//a/@href") == ["https://example.org/order"]
    assert page.xpath("//script") == []
    assert page.xpath("string(//footer//code)") == "dragoman check case.yaml"


def test_html_needs_nothing_from_elsewhere() -> None:
    text = write(SAMPLE, "html").decode()
    assert re.findall(r"(?:src|@import|url\()", text) == []


def test_markdown_keeps_signs_of_the_text_apart_from_its_own() -> None:
    text = write(SAMPLE, "md").decode()
    assert text.startswith("# Review of \\<the\\> plan & more\n")
    assert "## Open \\*points\\*" in text
    assert "| met | a \\| b |" in text
    assert "~~shall~~**may**" in text
    assert "> Each party will report twice a year.\n>\n> — Plan, section 2" in text


def test_word_file_holds_every_block() -> None:
    data = write(SAMPLE, "docx")
    document = Document(io.BytesIO(data))
    words = words_of_docx(data)
    assert "Each party will report twice a year." in words
    assert [cell.text for cell in document.tables[0].rows[1].cells] == ["met", "a | b"]
    assert "dragoman check case.yaml" in words
    targets = {relation.target_ref for relation in document.part.rels.values() if relation.is_external}
    assert targets == {"https://example.org/order"}


def test_the_head_of_a_table_stands_on_each_page() -> None:
    document = Document(io.BytesIO(write(SAMPLE, "docx")))
    assert document.tables[0].rows[0]._tr.xpath("w:trPr/w:tblHeader")  # noqa: SLF001 - no other way to see it


def test_a_chinese_report_says_so() -> None:
    report = Report(
        "审查报告", Language.ZH, (Paragraph(line("双方将每年举行两次会议。")),), reproduce="dragoman check a.yaml"
    )
    page = write(report, "html").decode()
    assert '<html lang="zh-Hans">' in page
    assert "重新生成本报告的命令" in page
    assert "双方将每年举行两次会议。" in words_of_docx(write(report, "docx"))


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=80), st.sampled_from(Style))
def test_any_words_make_a_well_formed_file(words: str, style: Style) -> None:
    cell: Line = (Run(words, style),)
    report = with_blocks(
        Heading(words), Paragraph(cell), Items((cell,)), Quotation(words, cell), Table((words,), ((cell,),))
    )
    etree.fromstring(write(report, "html").split(b"<main>")[1].split(b"</main>")[0].join((b"<main>", b"</main>")))
    assert Document(io.BytesIO(write(report, "docx"))).tables[0].rows[0].cells[0] is not None
    assert write(report, "md").decode().count("\n# ") == 0
