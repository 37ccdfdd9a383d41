"""What is wrong in the user's text or data: a value with position, severity and remedy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias


class Severity(StrEnum):
    """How much a problem costs the reader of the register."""

    ERROR = "error"
    """The document or a part of it could not be read."""
    WARNING = "warning"
    """It was read, but something should be looked at."""
    NOTE = "note"
    """Something was assumed; the assumption is stated."""


Filling: TypeAlias = str | int | float
"""What fills a place of a sentence; only what JSON keeps."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a text or file.

    Attributes:
        code: stable short name, kebab-case (`pdf-no-text-layer`); documented in docs/problems.md.
        severity: see `Severity`.
        message: what is wrong, in one English sentence.
        remedy: what to do, in one English sentence.
        source: path or address of the input.
        doc: slug of the document, where there is one.
        start, end: character offsets into the document's text, where there are any.
        page: 1-based page of a PDF, where there is one.
        line: 1-based line of a case file, rule pack or table, where there is one.
        values: what fills the sentences of this code, by the name of the place it fills; with it the faces say
            the same in another language (`dragoman.wording`). Empty where the problem was kept without them.
    """

    code: str
    severity: Severity
    message: str
    remedy: str
    source: str = ""
    doc: str | None = None
    start: int | None = None
    end: int | None = None
    page: int | None = None
    line: int | None = None
    values: Mapping[str, Filling] = field(default_factory=dict, compare=False)
