from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from dragoman.exchange import WRITERS
from dragoman.model import Entry, StoreError
from dragoman.web.export import begun
from tests.web.texts import ACCORD
from tests.web.toy import document_of, provisions_of


@pytest.fixture
def entries() -> Sequence[Entry]:
    found = provisions_of(document_of(ACCORD.encode(), "accord.txt"))
    odd = replace(found[0], aim="=1+1", object="bell \x07, line\nbreak", actors=("-Alba", "Boria; Ltd"))
    return [Entry(odd), *map(Entry, found)]


def table(book: bytes) -> list[tuple[object, ...]]:
    return list(load_workbook(io.BytesIO(book)).worksheets[0].values)


def test_a_workbook_has_a_row_for_each_line_below_its_fields(entries: Sequence[Entry]) -> None:
    assert len(table(b"".join(WRITERS["xlsx"](entries)))) == len(entries) + 1


def test_a_text_that_starts_like_a_formula_stays_a_text(entries: Sequence[Entry]) -> None:
    book = load_workbook(io.BytesIO(b"".join(WRITERS["xlsx"](entries))))
    [cell] = [cell for row in book.worksheets[0].rows for cell in row if cell.value == "=1+1"]
    assert cell.data_type == "s"


def test_an_empty_register_can_be_exported() -> None:
    assert b"".join(begun(WRITERS["jsonl"]([]))) == b""
    assert b"".join(begun(WRITERS["csv"]([]))) == b""
    assert table(b"".join(begun(WRITERS["xlsx"]([])))) == []


def test_an_error_comes_before_the_first_piece(entries: Sequence[Entry]) -> None:
    def broken() -> Iterator[Entry]:
        if entries:
            raise StoreError(cause)
        yield from entries

    cause = "The register is gone."
    with pytest.raises(StoreError, match=cause):
        begun(WRITERS["jsonl"](broken()))
