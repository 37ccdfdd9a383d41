from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from dragoman.exchange import cell_of
from tests.cli.conftest import Run
from tests.cli.test_browsing import FIELDS


def test_jsonl_is_the_interchange_format(filled: Run, tmp_path: Path) -> None:
    ran = filled("export", "provisions", "--format", "jsonl")
    assert ran.code == 0
    assert [list(row) for row in ran.rows] == [FIELDS] * 3
    assert ran.out == filled("--json", "provisions").out
    target = tmp_path / "out.jsonl"
    assert filled("export", "provisions", "--output", str(target)).err.strip() == f"3 lines written to {target}"
    assert target.read_text(encoding="utf-8") == ran.out


def test_csv_has_the_same_fields_and_no_byte_order_mark(filled: Run, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    filled("export", "provisions", "--format", "csv", "--output", str(target))
    assert not target.read_bytes().startswith(b"\xef\xbb\xbf")
    with target.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert list(rows[0]) == FIELDS
    quantum = next(row for row in rows if "quantum" in row["technologies"])
    assert quantum["actors"] == "United States; Japan"
    assert json.loads(quantum["deadline"])["date"] == "2027-03-31"


def test_an_empty_result_is_an_empty_file(filled: Run) -> None:
    for form in ("jsonl", "csv"):
        assert filled("export", "provisions", "--format", form, "--review", "rejected").out == ""


def test_xlsx_keeps_formulas_as_text(filled: Run, tmp_path: Path) -> None:
    line = filled("--json", "provisions", "--kind", "prohibition").rows[0]["id"]
    for field in ("aim", "object", "conditions"):
        sign = {"aim": "=", "object": "+", "conditions": "@"}[field]
        filled("review", line, "--edit", "--by", "Ann", "--set", f"{field}={sign}SUM(1,1)")
    target = tmp_path / "out.xlsx"
    filled("export", "provisions", "--format", "xlsx", "--output", str(target))
    sheet = load_workbook(target)["provisions"]
    header, *rows = sheet.iter_rows()
    assert [cell.value for cell in header] == FIELDS
    cells = {
        name.value: cell for name, cell in zip(header, next(r for r in rows if r[14].value == line), strict=True)
    }
    assert [(cells[f].value, cells[f].data_type) for f in ("aim", "object", "conditions")] == [
        ("=SUM(1,1)", "s"),
        ("+SUM(1,1)", "s"),
        ("@SUM(1,1)", "s"),
    ]
    assert isinstance(cells["force"].value, int)


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, None),
        ("-a", "-a"),
        (3, 3),
        (["a", "b"], "a; b"),
        ([], ""),
        ({"a": "中"}, '{"a": "中"}'),
        ([{}], "[{}]"),
    ],
)
def test_cells(value: object, cell: object) -> None:
    assert cell_of(value) == cell


def test_an_unknown_format(filled: Run) -> None:
    ran = filled("export", "provisions", "--format", "xslx")
    assert ran.code == 2
    assert "Did you mean `xlsx`?" in ran.err


def test_a_file_that_cannot_be_written_leaves_nothing(filled: Run, tmp_path: Path) -> None:
    ran = filled("export", "provisions", "--output", str(tmp_path / "nowhere" / "out.jsonl"))
    assert ran.code == 2
    assert "Choose another --output." in ran.err
    (tmp_path / "taken").mkdir()
    assert filled("export", "provisions", "--output", str(tmp_path / "taken")).code == 2
    assert list(tmp_path.glob(".taken*")) == []


def test_a_failing_export_leaves_the_old_file(filled: Run, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("before")
    assert filled("export", "provisions", "--output", str(target), "--actor", "Japn").code == 2
    assert target.read_text() == "before"
    assert list(tmp_path.glob(".out*")) == []
