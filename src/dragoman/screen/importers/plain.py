"""A firm's own list: a table with a column of names and whatever else is known."""

from __future__ import annotations

from datetime import date

from dragoman.model import ListedName, NameKind
from dragoman.screen.importers.gathering import Gathering
from dragoman.screen.importers.source import Source
from dragoman.screen.importers.tables import Row, table_rows

FORM = "plain"


def read_plain(source: Source, into: Gathering) -> date | None:
    """Read a table; it names no day of its own. Raises UnreadableList."""
    separator = ";" if _first_line(source.head).count(";") > _first_line(source.head).count(",") else ","
    for row in table_rows(source, into.faults, FORM, separator=separator):
        _add_row(row, into)
    return None


def _first_line(head: str) -> str:
    return head.partition("\n")[0]


def _add_row(row: Row, into: Gathering) -> None:
    names = row.all("name")
    former = (ListedName(name, NameKind.FORMER) for name in row.many("former"))
    into.add(
        row.line,
        row.get("name"),
        [*names[1:], *row.many("aliases"), *former],
        id=row.get("id"),
        kind=into.kind(row.get("kind"), row.line),
        source=row.get("source"),
        programs=row.many("programs"),
        countries=into.countries(row.many("country"), row.line),
        born=row.many("born"),
        identifiers=row.many("numbers"),
        addresses=row.many("address"),
        measures=row.get("note"),
        citation=row.get("citation"),
        url=row.get("url"),
        listed_on=into.day(row.get("start"), row.line),
        until=into.day(row.get("end"), row.line),
    )
