"""Chinese lists as tables: a Chinese and a Latin name, the list, the day and the address, in either order."""

from __future__ import annotations

from datetime import date

from dragoman.model import ListedName, NameKind
from dragoman.screen.importers.gathering import Gathering
from dragoman.screen.importers.source import Source
from dragoman.screen.importers.tables import Row, table_rows

FORM = "cn"


def read_cn(source: Source, into: Gathering) -> date | None:
    """Read a table; headers may be English or Chinese. It names no day of its own. Raises UnreadableList."""
    for row in table_rows(source, into.faults, FORM):
        _add_row(row, into)
    return None


def _add_row(row: Row, into: Gathering) -> None:
    chinese, latin = row.get("chinese"), row.get("latin")
    original = [ListedName(chinese, NameKind.ORIGINAL)] if chinese and latin else []
    list_name, body = row.get("source"), row.get("body")
    into.add(
        row.line,
        latin or chinese,
        [*original, *row.many("aliases")],
        id=row.get("id"),
        kind=into.kind(row.get("kind"), row.line),
        source=" - ".join(part for part in (list_name, body) if part),
        programs=row.all("source"),
        countries=into.countries(row.many("country"), row.line),
        addresses=row.all("address"),
        measures=row.get("measures"),
        citation=row.get("notice"),
        url=row.get("url"),
        listed_on=into.day(row.get("start"), row.line),
        until=into.day(row.get("end"), row.line),
    )
