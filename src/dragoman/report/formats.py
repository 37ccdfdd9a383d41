"""The formats of a report, by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from dragoman.report.blocks import Report

ReportFormat = Literal["html", "docx", "md"]

FORMATS: Mapping[ReportFormat, str] = {
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown; charset=utf-8",
}
"""Formats with their media types."""


def write(report: Report, form: ReportFormat) -> bytes:
    """Return a report as the bytes of a file; the same report gives the same bytes."""
    if form == "docx":
        from dragoman.report.docx import as_docx  # noqa: PLC0415 - slow to load

        return as_docx(report)
    if form == "md":
        from dragoman.report.markdown import as_markdown  # noqa: PLC0415 - only where asked for

        return as_markdown(report).encode()
    from dragoman.report.html import as_html  # noqa: PLC0415 - only where asked for

    return as_html(report).encode()
