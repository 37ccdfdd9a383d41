"""A report as one HTML file that needs nothing else: no script, no address, no font of the web."""

from __future__ import annotations

from functools import cache
from html import escape
from importlib.resources import files
from typing import assert_never
from urllib.parse import urlsplit

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
from dragoman.report.charts import svg_of
from dragoman.report.text import clean
from dragoman.wording import Catalogue, catalogue

TAGS = {
    Style.STRONG: "strong",
    Style.CODE: "code",
    Style.INSERTED: "ins",
    Style.DELETED: "del",
}
"""Elements for styles; the others are a span with the style's name as its class."""

SAFE_SCHEMES = frozenset({"", "http", "https", "mailto"})


@cache
def _style_sheet() -> str:
    return files("dragoman.report").joinpath("report.css").read_text(encoding="utf-8")


def _words(text: str) -> str:
    return escape(clean(text))


def _run(run: Run) -> str:
    inner = _words(run.text)
    if run.style in TAGS:
        inner = f"<{TAGS[run.style]}>{inner}</{TAGS[run.style]}>"
    elif run.style is not Style.PLAIN:
        inner = f'<span class="{run.style}">{inner}</span>'
    if run.href and urlsplit(run.href).scheme in SAFE_SCHEMES:
        inner = f'<a href="{_words(run.href)}">{inner}</a>'
    return f'<span id="{_words(run.anchor)}">{inner}</span>' if run.anchor else inner


def _line(words: Line) -> str:
    return "".join(map(_run, words))


def _items(block: Items) -> str:
    tag = "ol" if block.ordered else "ul"
    return f"<{tag}>" + "".join(f"<li>{_line(words)}</li>" for words in block.lines) + f"</{tag}>"


def _quotation(block: Quotation) -> str:
    lang = f' lang="{block.language}"' if block.language else ""
    words = f"<blockquote{lang}>{_words(block.text)}</blockquote>"
    return f"<figure>{words}<figcaption>{_line(block.source)}</figcaption></figure>"


def _table(block: Table) -> str:
    total = sum(block.widths)
    columns = "".join(f'<col style="width:{width / total:.1%}">' for width in block.widths)
    head = "".join(f'<th scope="col">{_words(name)}</th>' for name in block.head)
    rows = "".join("<tr>" + "".join(f"<td>{_line(cell)}</td>" for cell in row) + "</tr>" for row in block.rows)
    caption = f"<caption>{_words(block.caption)}</caption>" if block.caption else ""
    group = f"<colgroup>{columns}</colgroup>" if columns else ""
    inner = f"{caption}{group}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody>"
    return f'<div class="scroll"><table>{inner}</table></div>'


def _chart(block: Chart, texts: Catalogue) -> str:
    """Return the picture with what it shows, and the table behind it."""
    svg = svg_of(block.spec)
    if svg is None:
        return f'<p class="soft">{_words(texts.text("report.no_picture"))}</p>{_table(block.table)}'
    picture = svg.replace("<svg ", f'<svg role="img" aria-label="{_words(block.alt)}" ', 1)
    return f'<figure class="chart">{picture}</figure>{_table(block.table)}'


def _block(block: Block, texts: Catalogue) -> str:  # noqa: PLR0911 - one return for each kind of block
    match block:
        case Heading():
            level = min(block.level, 6)
            return f"<h{level}>{_words(block.text)}</h{level}>"
        case Paragraph():
            return f"<p>{_line(block.words)}</p>"
        case Items():
            return _items(block)
        case Quotation():
            return _quotation(block)
        case Callout():
            return f'<p class="callout {block.style}">{_line(block.words)}</p>'
        case Table():
            return _table(block)
        case Chart():
            return _chart(block, texts)
        case Signature():
            return (
                '<dl class="sign">'
                + "".join(f"<dt>{_words(label)}</dt><dd></dd>" for label in block.labels)
                + "</dl>"
            )
    assert_never(block)


def as_html(report: Report) -> str:
    """Return a report as a page."""
    texts = catalogue(report.language)
    facts = "".join(f"<dt>{_words(name)}</dt><dd>{_words(value)}</dd>" for name, value in report.facts)
    again = (
        f"<footer><p>{escape(texts.text('report.reproduce'))} <code>{_words(report.reproduce)}</code></p></footer>"
        if report.reproduce
        else ""
    )
    shape = ' class="wide"' if report.wide else ""
    tag = "zh-Hans" if report.language is Language.ZH else "en"
    return (
        f'<!doctype html>\n<html lang="{tag}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light">\n'
        f"<title>{_words(report.title)}</title>\n<style>\n{_style_sheet()}</style>\n</head>\n<body>\n"
        f"<main{shape}>\n"
        f"<h1>{_words(report.title)}</h1>\n"
        + (f'<dl class="facts">{facts}</dl>\n' if facts else "")
        + "\n".join(_block(block, texts) for block in report.blocks)
        + f"\n{again}\n</main>\n</body>\n</html>\n"
    )
