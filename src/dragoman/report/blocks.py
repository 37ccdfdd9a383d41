"""What a report is made of: headings, lines, tables and quotations, without a word on how they look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

from dragoman.model import Language


class Style(StrEnum):
    """What a run of words is; each writer gives it its own look, never by colour alone."""

    PLAIN = "plain"
    STRONG = "strong"
    SOFT = "soft"
    CODE = "code"
    INSERTED = "inserted"
    DELETED = "deleted"
    GOOD = "good"
    BAD = "bad"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Run:
    """Some words in one style; `href` makes them a link, `anchor` a place that a link on a page can point to."""

    text: str
    style: Style = Style.PLAIN
    href: str = ""
    anchor: str = ""


Line: TypeAlias = tuple[Run, ...]
"""Runs that stand together on one line."""


def line(*parts: str | Run) -> Line:
    """Return a line of plain words and runs."""
    return tuple(Run(part) if isinstance(part, str) else part for part in parts)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 2 is the outermost, since the title is level 1."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    words: Line


@dataclass(frozen=True, slots=True)
class Items:
    """A list, numbered where `ordered`."""

    lines: tuple[Line, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Quotation:
    """The exact words of a document, and where they stand."""

    text: str
    source: Line
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Callout:
    """A sentence that must not be overlooked."""

    words: Line
    style: Style = Style.OPEN


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head row.

    Attributes:
        head: names of the columns.
        rows: their cells.
        caption: what the table shows.
        widths: shares of the columns; () for equal ones.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    caption: str = ""
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture, and the table behind it, which every format shows under it.

    Attributes:
        spec: of Vega-Lite, version 6, as JSON can hold it, its data inline under `values`; fonts and sizes come
            from data/report/charts.yaml where it does not say otherwise.
        alt: what the picture shows, in a sentence, for who does not see it.
        table: the figures.
    """

    spec: Mapping[str, Any]
    alt: str
    table: Table


@dataclass(frozen=True, slots=True)
class Signature:
    """Lines to be filled in by hand: what is asked for at each."""

    labels: tuple[str, ...]


Block: TypeAlias = Heading | Paragraph | Items | Quotation | Callout | Table | Chart | Signature


@dataclass(frozen=True, slots=True)
class Report:
    """A report.

    Attributes:
        title: its title.
        language: of its own words.
        blocks: its content.
        facts: name and value of what it rests on, shown under the title (date, sources, who asked).
        reproduce: the command that makes it again; "" when there is none.
        wide: whether its tables want a page that is wider than high.
    """

    title: str
    language: Language
    blocks: tuple[Block, ...]
    facts: tuple[tuple[str, str], ...] = ()
    reproduce: str = ""
    wide: bool = False
