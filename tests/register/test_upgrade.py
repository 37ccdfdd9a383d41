"""A register that an earlier version wrote is brought up to date, on both engines, and every row stays as it was."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import (
    Column,
    Connection,
    Date,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    Table,
    insert,
    select,
)

import dragoman.register
from dragoman.model.docket import DocketQuery, Sight
from dragoman.operating import look_at, migrate
from dragoman.register import Register
from dragoman.register.engine import store_at
from dragoman.register.migrate import HEAD

MIGRATIONS = Path(dragoman.register.__file__).parent / "migrations"
SEARCH = "sentence_index"
OURS = "alembic_version"
ROWS = 3
MOMENT = "2026-05-0{n}T00:00:00.000000+00:00"
ABOUT = '{{"title": "Memo {n}", "kind": "memo", "parties": ["Japan"]}}'
TEXTS = {
    "at": MOMENT,
    "opened": MOMENT,
    "changed": MOMENT,
    "country": "K{n}",
    "payload": '{{"n": {n}}}',
    "about": ABOUT,
}
"""What a text of a column of this name looks like, where it is not any text."""


def config_of(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def tables_of(connection: Connection) -> list[Table]:
    """The tables of a register with their columns as they stand, those first that others point to."""
    metadata = MetaData()
    metadata.reflect(connection, only=lambda name, _: not name.startswith(SEARCH) and name != OURS)
    return metadata.sorted_tables


def value_of(column: Column[Any], number: int) -> object:
    """A value that fits a column, another for each row."""
    if column.foreign_keys:
        (key,) = column.foreign_keys
        return value_of(key.column, number)
    if isinstance(column.type, Date):
        return date(2026, 5, number)
    if isinstance(column.type, Float | Integer | Numeric):
        return number - 1 if column.name == "rank" else number
    if isinstance(column.type, LargeBinary):
        return f"bytes {number}".encode()
    pattern = TEXTS.get(column.name, "{name} 文 {n}")
    text = pattern.format(name=column.name, n=number)
    return text[: getattr(column.type, "length", None) or len(text)]


def filled(connection: Connection) -> None:
    """Write rows into every table there is."""
    for table in tables_of(connection):
        columns = [one for one in table.columns if one.computed is None]
        rows = [{one.name: value_of(one, number) for one in columns} for number in range(1, ROWS + 1)]
        connection.execute(insert(table), rows)


def contents(connection: Connection, columns: dict[str, list[str]]) -> dict[str, list[tuple[object, ...]]]:
    """All rows of tables in some columns."""
    found = {}
    for table in tables_of(connection):
        if table.name in columns:
            rows = connection.execute(select(*(table.c[one] for one in columns[table.name]))).all()
            found[table.name] = sorted((tuple(row) for row in rows), key=repr)
    return found


def columns_of(connection: Connection) -> dict[str, list[str]]:
    """The columns of every table that are not worked out by the database."""
    return {
        table.name: [one.name for one in table.columns if one.computed is None] for table in tables_of(connection)
    }


def written_by(place: str, revision: str) -> dict[str, list[str]]:
    """Make a register of an earlier form with rows in every table; return its tables with their columns."""
    store = store_at(place)
    try:
        with store.writing("test") as connection:
            command.upgrade(config_of(connection), revision)
            filled(connection)
            return columns_of(connection)
    finally:
        store.engine.dispose()


def read_from(place: str, columns: dict[str, list[str]]) -> dict[str, list[tuple[object, ...]]]:
    store = store_at(place)
    try:
        with store.reading() as connection:
            return contents(connection, columns)
    finally:
        store.engine.dispose()


@pytest.mark.parametrize("revision", ["0001", "0013", "0017"])
def test_every_row_of_an_earlier_form_is_kept(new_place: str, revision: str) -> None:
    columns = written_by(new_place, revision)
    before = read_from(new_place, columns)
    assert len(before) > 5
    assert all(len(rows) == ROWS for rows in before.values())
    assert migrate(new_place if "://" in new_place else Path(new_place)) == (revision, HEAD)
    assert read_from(new_place, columns) == before


def test_cases_of_an_earlier_form_know_since_when_they_stand_where_they_do(new_place: str) -> None:
    written_by(new_place, "0017")
    register = Register.open(new_place)
    lines = register.docket.lines(DocketQuery(limit=None), Sight(everything=True))
    unnoted = register.docket.unnoted()
    register.close()
    assert [line.since for line in lines] == [line.opened for line in lines]
    assert unnoted == tuple(line.number for line in reversed(lines))


def test_problems_of_an_earlier_form_are_shown_without_what_fills_them(new_place: str) -> None:
    columns = written_by(new_place, "0017")
    messages = {row[columns["problems"].index("message")] for row in read_from(new_place, columns)["problems"]}
    register = Register.open(new_place)
    found = register.problems()
    register.close()
    assert {one.message for one in found} == messages
    assert [dict(one.values) for one in found] == [{}] * ROWS


def test_looking_at_an_older_register_does_not_change_it(tmp_path: Path) -> None:
    place = tmp_path / "register.sqlite"
    written_by(str(place), "0013")
    found = look_at(place, datetime(2026, 11, 26, tzinfo=UTC))
    assert (found.ready, found.form, found.known) == (False, "0013", HEAD)
    assert look_at(place, datetime(2026, 11, 26, tzinfo=UTC)).form == "0013"
