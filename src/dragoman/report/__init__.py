"""Reports: one set of blocks, written as HTML, Word or Markdown, so that a finding reads the same in each."""

from __future__ import annotations

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
    line,
)
from dragoman.report.formats import FORMATS, ReportFormat, write

__all__ = [
    "FORMATS",
    "Block",
    "Callout",
    "Chart",
    "Heading",
    "Items",
    "Line",
    "Paragraph",
    "Quotation",
    "Report",
    "ReportFormat",
    "Run",
    "Signature",
    "Style",
    "Table",
    "line",
    "write",
]
