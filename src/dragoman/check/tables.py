"""Tables that rules look up: `data/tables/*.yaml`, one table a file, named by the file."""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.check.form import Form, date_of, is_given, number_of, truth_of
from dragoman.check.located import Entry, Fields, Located, Scalar
from dragoman.model import Bilingual, Confidence, FactType, Value
from dragoman.model.table import Row, Table

HEAD = ("title", "source", "as_of", "key", "columns", "rows")
ROW = ("evidence", "note", "source")
CELLS = frozenset({FactType.BOOLEAN, FactType.NUMBER, FactType.INTEGER, FactType.TEXT, FactType.DATE})
"""Types of a cell; a country or a choice is a text."""


def read_table(form: Form, name: str, node: Located | None) -> Table | None:
    """Return the table of a file, None where its head is wrong; every fault is noted with its line."""
    given = form.fields(node, HEAD, HEAD, what_for="table")
    as_of = form.at(given, "as_of", form.day)
    if len(given) < len(HEAD) or as_of is None:
        return None
    columns = {
        column: form.word(entry.value, column, FactType, FactType.TEXT)
        for column, entry in form.named(given["columns"].value, "columns").items()
    }
    for column, kind in columns.items():
        if kind not in CELLS or column in ROW:
            form.faults.add("bad-column", given["columns"].line, column=column, type=kind.value)
    rows = {
        key: read_row(form, key, entry, columns) for key, entry in form.named(given["rows"].value, "rows").items()
    }
    return Table(
        name=name,
        key=form.text_at(given, "key"),
        columns=columns,
        rows=rows,
        title=title_of(form, given["title"].value),
        source=form.text_at(given, "source"),
        as_of=as_of,
    )


def title_of(form: Form, node: Located) -> Bilingual:
    """Return a title, written once or in both languages."""
    if isinstance(node, Fields):
        return form.both(node, "title") or Bilingual("", "")
    words = form.text(node, "title")
    return Bilingual(words, words)


def read_row(form: Form, key: str, entry: Entry, columns: Mapping[str, FactType]) -> Row:
    """Return one row; an empty cell is unknown."""
    given = form.fields(entry.value, (*columns, *ROW), ("evidence",), what_for=f"row `{key}`")
    cells: dict[str, Value] = {}
    for column, kind in columns.items():
        value = read_cell(form, column, given[column].value, kind) if column in given else None
        if value is not None:
            cells[column] = value
    return Row(
        cells=cells,
        evidence=form.word(
            given["evidence"].value if "evidence" in given else None, "evidence", Confidence, Confidence.UNVERIFIED
        ),
        note=note_of(form, given),
        source=form.text_at(given, "source"),
    )


def note_of(form: Form, given: Mapping[str, Entry]) -> str:
    """Return the note of a row, in English where it has both languages."""
    if "note" in given and isinstance(given["note"].value, Fields):
        both = form.both(given["note"].value, "note")
        return both.en if both else ""
    return form.text_at(given, "note")


def read_cell(form: Form, column: str, node: Located, kind: FactType) -> Value | None:
    """Return the value of a cell, None for an empty or a wrong one."""
    if not is_given(node):
        return None
    found: Value | None = None
    if isinstance(node, Scalar):
        found = cell_of(node.text, kind)
    if found is None:
        form.wrong(node, column, f"a {kind.value}")
    return found


def cell_of(text: str, kind: FactType) -> Value | None:
    """Return what a word is in a column of some type, None where it is not."""
    if kind is FactType.BOOLEAN:
        return truth_of(text)
    if kind is FactType.DATE:
        return date_of(text)
    if kind in {FactType.NUMBER, FactType.INTEGER}:
        found = number_of(text)
        return None if kind is FactType.INTEGER and isinstance(found, float) else found
    return text
