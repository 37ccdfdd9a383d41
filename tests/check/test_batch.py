from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.check import batch_rows
from dragoman.check.batch_rows import BatchNotReadableError, NoParquetError, UnknownBatchError, read_rows
from dragoman.check.panes import Panes, findings
from dragoman.checking import BatchResult, CannotRunError, Checker
from dragoman.model import Case, Result, Value
from tests.check.lantern import FOLDER, checked, copied, lantern, shipment

DAY = date(2026, 2, 1)
PACK = [str(FOLDER)]


def batch(path: Path, **options: object) -> list[BatchResult]:
    return list(Checker().check_batch(path, PACK, DAY, **options))  # type: ignore[arg-type]


def table(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "cases.csv"
    path.write_text(text, encoding="utf-8")
    return path


GOOD = """id,template,permit,festival,colours,lumen,destination
a,shipment,true,,,600,FI
b,shipment,false,no,red; green,600 lm,芬兰
c,shipment,false,no,,100,FI
d,shipment,,,,,
"""


def test_each_row_of_a_table_is_a_case_with_one_member_of_each_list(tmp_path: Path) -> None:
    results = batch(table(tmp_path, GOOD))
    assert [(r.line, r.id) for r in results] == [(2, "a"), (3, "b"), (4, "c"), (5, "d")]
    bright = [{f.result.value for f in r.findings if f.rule == "lantern/bright"} or {"closed"} for r in results]
    assert bright == [{"closed"}, {"not met"}, {"closed"}, {"unknown"}]
    assert results[1].outcome is Result.NOT_MET


def test_json_lines_and_parquet_give_the_same(tmp_path: Path) -> None:
    expected = [(r.id, r.outcome, r.findings, r.met, r.aside) for r in batch(table(tmp_path, GOOD))]
    cases: list[dict[str, Any]] = [
        {"id": "a", "facts": {"permit": True}, "items": [{"lumen": 600}], "destinations": ["FI"]},
        {"id": "b", "facts": {"permit": False, "festival": False, "colours": ["red", "green"]},
         "items": [{"lumen": 600}], "destinations": ["Finland"]},
        {"id": "c", "facts": {"permit": False, "festival": False}, "items": [{"lumen": 100}], "destinations": ["FI"]},
        {"id": "d"},
    ]  # fmt: skip
    lines = tmp_path / "cases.jsonl"
    lines.write_text("\n".join(json.dumps({"template": "shipment", **case}) for case in cases), encoding="utf-8")
    named = [(r.id, r.outcome, r.met) for r in batch(lines)]
    assert named == [(name, outcome, met) for name, outcome, _, met, _ in expected]
    rows: list[dict[str, Any]] = [
        {"id": "a", "permit": True, "lumen": 600.0, "destination": "FI"},
        {
            "id": "b",
            "permit": False,
            "festival": False,
            "colours": ["red", "green"],
            "lumen": 600.0,
            "destination": "FI",
        },
        {"id": "c", "permit": False, "festival": False, "lumen": 100.0, "destination": "FI"},
        {"id": "d"},
    ]
    columns = {
        name: [row.get(name) for row in rows]
        for name in ("id", "permit", "festival", "colours", "lumen", "destination")
    }
    parquet = tmp_path / "cases.parquet"
    pq.write_table(pa.table(columns), parquet)
    found = [(r.id, r.outcome, r.met, r.aside) for r in batch(parquet, template="shipment")]
    assert found == [(name, outcome, met, aside) for name, outcome, _, met, aside in expected]


def test_a_bad_row_is_a_problem_with_its_line_and_the_others_go_on(tmp_path: Path) -> None:
    text = GOOD + "e,shipment,perhaps,,,,\nf,voyage,,,,,\ng,shipment,true\nh,shipment,true,,,600,FI\ni,,,,,,\n"
    results = batch(table(tmp_path, text))
    refused = {r.line: [p.code for p in r.problems] for r in results if r.outcome is None}
    assert refused == {6: ["wrong-type"], 7: ["no-such-template"], 8: ["bad-row"], 10: ["no-template"]}
    assert all(p.line == r.line for r in results for p in r.problems)
    assert [r.id for r in results if r.outcome] == ["a", "b", "c", "d", "h"]


def test_a_list_may_be_given_as_json(tmp_path: Path) -> None:
    text = 'template,permit,items,destinations\nshipment,true,"[{""lumen"": 600}, {""lumen"": 700}]","[""FI""]"\nshipment,true,[{,\n'
    results = batch(table(tmp_path, text))
    assert results[0].met == 2
    assert [p.code for p in results[1].problems] == ["bad-row", "wrong-type"]


def test_lines_of_json_that_are_none_are_problems(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text('{"template": "shipment"}\n\n[1]\n{"template"\n', encoding="utf-8")
    assert [(r.line, r.outcome is None) for r in batch(path)] == [(1, False), (3, True), (4, True)]


def test_missing_facts_are_worked_out_where_they_are_wanted(tmp_path: Path) -> None:
    [result, *_] = batch(
        table(tmp_path, "template,permit,lumen,destination\nshipment,false,600,FI\n"), with_missing=True
    )
    report = checked(shipment({"permit": False}, [{"lumen": 600}], ["FI"]))
    assert result.missing == tuple(f"{m.subject}.{m.fact}" if m.subject else m.fact for m in report.ask)


def test_contradictory_facts_are_found_in_a_batch_too(tmp_path: Path) -> None:
    [result] = batch(table(tmp_path, "template,lamp,lumen\nshipment,Glow One,500\n"))
    assert [p.code for p in result.problems] == ["contradictory-facts"]


def test_each_row_may_have_its_day(tmp_path: Path) -> None:
    path = table(tmp_path, "template,as_of,colours\nshipment,2025-12-31,red\nshipment,2026-01-01,red\n")
    results = list(Checker().check_batch(path, PACK))
    assert [r.outcome for r in results] == [Result.NOT_MET, Result.UNKNOWN]


def test_a_file_that_is_no_batch_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnknownBatchError):
        list(read_rows(tmp_path / "cases.xlsx"))
    with pytest.raises(BatchNotReadableError):
        list(read_rows(tmp_path / "absent.csv"))
    path = tmp_path / "cases.csv"
    path.write_bytes(b"id\n\xff\n")
    with pytest.raises(BatchNotReadableError, match="UTF-8"):
        list(read_rows(path))
    path = tmp_path / "cases.parquet"
    path.write_bytes(b"no table")
    with pytest.raises(BatchNotReadableError):
        list(read_rows(path))
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(NoParquetError, match="bulk"):
        list(read_rows(path))


def test_a_pack_that_is_refused_runs_on_no_row(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "rules" / "slot.yaml").write_text("id: [", encoding="utf-8")
    with pytest.raises(CannotRunError):
        list(Checker().check_batch(table(tmp_path, GOOD), [str(folder)]))


def test_rows_are_read_as_they_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = table(tmp_path, GOOD.splitlines()[0] + "\n" + "a,shipment,true,,,600,FI\n" * 50)
    monkeypatch.setattr("dragoman.check.batch.CHUNK", 10)
    read: list[int] = []

    def counting(source: Path) -> Iterator[batch_rows.Row]:
        for row in read_rows(source):
            read.append(row.line)
            yield row

    monkeypatch.setattr("dragoman.checking.read_rows", counting)
    results = Checker().check_batch(path, PACK, DAY)
    next(results)
    assert len(read) == 10


CASES = st.builds(
    shipment,
    st.fixed_dictionaries(
        {},
        optional={
            "permit": st.booleans(),
            "festival": st.booleans(),
            "keeper_trained": st.booleans(),
            "own_share": st.sampled_from([0, 49.9, 50, 100]),
            "colours": st.frozensets(st.sampled_from(["red", "green"])),
            "signed": st.sampled_from([date(2025, 12, 31), date(2026, 1, 1)]),
        },
    ),
    st.none()
    | st.lists(
        st.fixed_dictionaries(
            {},
            optional={
                "lamp": st.sampled_from(["Glow One", "Glow Two", "none"]),
                "dimmed": st.booleans(),
                "lumen": st.sampled_from([0, 499, 500, 700]),
            },
        ),
        max_size=3,
    ),
    st.none() | st.lists(st.sampled_from(["FI", "GB", "NO"]), max_size=2),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(CASES, max_size=6), st.sampled_from([date(2025, 12, 1), DAY, date(2027, 6, 1), date(2028, 6, 1)]))
def test_a_batch_says_what_the_check_of_each_case_says(cases: list[Case], day: date) -> None:
    panes = Panes(cases, [lantern()], day)
    verdicts = panes.verdicts()
    found: list[dict[tuple[str, str, str], Result]] = [{} for _ in cases]
    for verdict in verdicts:
        for number, subject, result in findings(verdict, cases):
            found[number][verdict.part.id, verdict.part.standing.value, subject] = result
    for case, outcome, results in zip(cases, panes.outcomes(verdicts), found, strict=True):
        report = checked(case, day)
        assert results == {(f.rule, f.standing.value, f.subject): f.result for f in report.findings}
        assert outcome is report.outcome


def test_no_case_is_no_result() -> None:
    panes = Panes([], [lantern()], DAY)
    assert panes.outcomes(panes.verdicts()) == []


def test_a_value_of_a_member_stands_over_none() -> None:
    facts: dict[str, Value] = {"permit": True}
    panes = Panes([shipment(facts, [{"lumen": 600}], ["FI"])], [lantern()], DAY)
    assert panes.outcomes(panes.verdicts()) == [checked(shipment(facts, [{"lumen": 600}], ["FI"])).outcome]
