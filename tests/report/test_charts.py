from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document
from lxml import html

from dragoman.model import Language
from dragoman.report import Chart, Report, ReportFormat, Table, charts, line, write
from dragoman.report.charts import DataElsewhereError, colours_of, png_of, sanitized, svg_of

HOSTILE = "<script>alert(1)</script>\x07 & 机构"
SPEC = {
    "data": {"values": [{"who": HOSTILE, "n": 3}, {"who": "Harbour", "n": 5}]},
    "mark": "bar",
    "width": 200,
    "encoding": {
        "x": {"field": "n", "type": "quantitative"},
        "y": {"field": "who", "type": "nominal"},
    },
}
TABLE = Table(("Who", "How many"), ((line(HOSTILE), line("3")), (line("Harbour"), line("5"))))
REPORT = Report("Lines", Language.EN, (Chart(SPEC, "Harbour has 5 lines.", TABLE),))

drawn = pytest.mark.skipif(not charts.can_draw(), reason="vl-convert-python is not installed")


@drawn
@pytest.mark.parametrize("form", ["html", "docx", "md"])
def test_the_same_chart_gives_the_same_bytes(form: ReportFormat) -> None:
    assert write(REPORT, form) == write(REPORT, form)


@drawn
def test_a_page_holds_the_picture_its_words_and_the_table_behind_it() -> None:
    page = html.fromstring(write(REPORT, "html").decode())
    (picture,) = page.xpath("//figure[@class='chart']/svg")
    assert picture.get("aria-label") == "Harbour has 5 lines."
    assert picture.get("role") == "img"
    assert "Harbour" in picture.text_content()
    assert [cell.text_content() for cell in page.xpath("//tbody//td")][2:] == ["Harbour", "5"]


@drawn
def test_nothing_in_a_picture_runs_or_loads() -> None:
    page = html.fromstring(write(REPORT, "html").decode())
    assert page.xpath("//script | //style[ancestor::svg] | //image | //a") == []
    assert "&lt;script&gt;" in (svg_of(SPEC) or "")


@pytest.mark.parametrize(
    ("inner", "gone"),
    [
        ("<script>alert(1)</script>", "script"),
        ('<image href="http://example.org/x.png"/>', "image"),
        (
            '<a xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="javascript:alert(1)"><rect/></a>',
            "javascript",
        ),
        ('<rect onclick="alert(1)" width="3"/>', "onclick"),
        ('<rect fill="url(http://example.org)"/>', "example"),
        ("<foreignObject><p>x</p></foreignObject>", "foreignObject"),
        ("<style>* { background: url(http://example.org) }</style>", "style"),
    ],
)
def test_only_what_draws_is_left_of_a_picture(inner: str, gone: str) -> None:
    left = sanitized(f'<svg xmlns="http://www.w3.org/2000/svg">{inner}<path d="M0 0"/></svg>')
    assert gone not in left
    assert 'd="M0 0"' in left


def test_a_specification_that_would_load_something_is_refused() -> None:
    with pytest.raises(DataElsewhereError, match="url"):
        svg_of({"data": {"url": "http://example.org/data.csv"}, "mark": "bar"})


@drawn
def test_a_word_file_holds_the_picture_with_its_words() -> None:
    data = write(REPORT, "docx")
    document = Document(io.BytesIO(data))
    (shape,) = document.inline_shapes
    assert shape._inline.docPr.get("descr") == "Harbour has 5 lines."  # noqa: SLF001 - no other way to see it
    assert any(name.endswith(".png") for name in zipfile.ZipFile(io.BytesIO(data)).namelist())
    assert document.tables[0].rows[2].cells[1].text == "5"


def test_without_the_package_the_table_stands_alone_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charts, "find_spec", lambda _name: None)
    assert png_of(SPEC) is None
    page = write(REPORT, "html").decode()
    assert "vl-convert-python is not installed" in page
    assert "<svg" not in page
    assert "<td>Harbour</td>" in page
    assert "vl-convert-python" in "".join(p.text for p in Document(io.BytesIO(write(REPORT, "docx"))).paragraphs)


def test_colours_of_states_are_all_different() -> None:
    colours = colours_of("due_states")
    assert len(set(colours.values())) == len(colours) == 8
