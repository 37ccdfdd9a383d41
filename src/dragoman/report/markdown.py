"""A report as Markdown (CommonMark, with tables and strike-through as GitHub has them)."""

from __future__ import annotations

import re
from typing import assert_never

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
from dragoman.report.text import clean
from dragoman.wording import catalogue

_SIGNS = re.compile(r"([\\`*_\[\]<>|~])")
_SPACE = re.compile(r"\s+")
_BLOCK_START = re.compile(r"^(\s*)([#>+-]|\d+[.)])", re.MULTILINE)

MARKS = {Style.STRONG: "**", Style.DELETED: "~~", Style.INSERTED: "**", Style.BAD: "**", Style.OPEN: "*"}


def _plain(text: str) -> str:
    flat = _SPACE.sub(" ", clean(text))
    return _SIGNS.sub(r"\\\1", flat)


def _run(run: Run) -> str:
    if run.style is Style.CODE:
        fence = "``" if "`" in run.text else "`"
        words = f"{fence}{_SPACE.sub(' ', clean(run.text))}{fence}"
    else:
        mark = MARKS.get(run.style, "")
        text = _plain(run.text)
        inner = text.strip()
        words = text.replace(inner, f"{mark}{inner}{mark}", 1) if mark and inner else text
    return f"[{words}](<{run.href.replace('>', '%3E')}>)" if run.href else words


def _line(words: Line) -> str:
    return "".join(map(_run, words))


def _paragraph(words: Line) -> str:
    return _BLOCK_START.sub(r"\1\\\2", _line(words))


def _table(block: Table) -> str:
    rows = [
        "| " + " | ".join(map(_plain, block.head)) + " |",
        "|" + "---|" * len(block.head),
        *("| " + " | ".join(map(_line, row)) + " |" for row in block.rows),
    ]
    return (f"*{_plain(block.caption)}*\n\n" if block.caption else "") + "\n".join(rows)


def _block(block: Block) -> str:  # noqa: PLR0911 - one return for each kind of block
    match block:
        case Heading():
            return "#" * min(block.level, 6) + " " + _plain(block.text)
        case Paragraph():
            return _paragraph(block.words)
        case Items():
            return "\n".join(
                f"{f'{number}.' if block.ordered else '-'} {_paragraph(words)}"
                for number, words in enumerate(block.lines, start=1)
            )
        case Quotation():
            return f"> {_plain(block.text)}\n>\n> — {_line(block.source)}"
        case Callout():
            return f"> {_line(block.words)}"
        case Table():
            return _table(block)
        case Chart():
            return f"{_plain(block.alt)}\n\n{_table(block.table)}"
        case Signature():
            return "\n\n".join(f"{_plain(label)}: \\_\\_\\_\\_\\_\\_\\_\\_" for label in block.labels)
    assert_never(block)


def as_markdown(report: Report) -> str:
    """Return a report as Markdown text."""
    texts = catalogue(report.language)
    parts = [f"# {_plain(report.title)}"]
    if report.facts:
        parts.append("\n".join(f"- {_plain(name)}: {_plain(value)}" for name, value in report.facts))
    parts += map(_block, report.blocks)
    if report.reproduce:
        parts.append(f"{texts.text('report.reproduce')} {_run(Run(report.reproduce, Style.CODE))}")
    return "\n\n".join(parts) + "\n"
