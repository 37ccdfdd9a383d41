"""Every form is read whole or not at all, and told by its content."""

from __future__ import annotations

import gzip
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.model import ListEntry, Severity
from dragoman.screen.importers import FORMS, ImportedList, guess_form, read_list
from tests.screen.importers.samples import SAMPLES

TODAY = date(2026, 11, 25)
QUIET = {"list-form-guessed", "list-not-targets"}
"""Notes that a whole sample brings, too."""


def codes(imported: ImportedList) -> set[str]:
    """Return the codes of problems other than those of a whole sample."""
    return {one.code for one in imported.problems} - QUIET


def read_bytes(folder: Path, data: bytes, name: str = "list.csv", form: str | None = None) -> ImportedList:
    """Read bytes as a list."""
    path = folder / name
    path.write_bytes(data)
    return read_list(path, form)


@cache
def whole(name: str) -> tuple[ListEntry, ...]:
    """Return the entries of a whole sample."""
    with TemporaryDirectory() as folder:
        return read_list(SAMPLES[name].write(Path(folder))).entries


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_are_told_by_their_content_and_read_without_complaint(name: str, tmp_path: Path) -> None:
    imported = read_list(SAMPLES[name].write(tmp_path), name="mine")
    assert imported.form == SAMPLES[name].form
    assert imported.usable
    assert not codes(imported)
    assert {entry.list for entry in imported.entries} == {"mine"}
    assert len({entry.id for entry in imported.entries}) == len(imported.entries) >= 2


@pytest.mark.parametrize("name", SAMPLES)
def test_a_named_form_is_not_guessed(name: str, tmp_path: Path) -> None:
    imported = read_list(SAMPLES[name].write(tmp_path), SAMPLES[name].form)
    assert "list-form-guessed" not in {one.code for one in imported.problems}
    assert [entry.names for entry in imported.entries] == [entry.names for entry in whole(name)]


@pytest.mark.parametrize("name", SAMPLES)
def test_packed_files_read_the_same(name: str, tmp_path: Path) -> None:
    sample = SAMPLES[name]
    path = sample.write(tmp_path)
    packed = path.with_name(path.name + ".gz")
    packed.write_bytes(gzip.compress(path.read_bytes()))
    path.unlink()
    imported = read_list(packed)
    assert imported.entries == whole(name)
    assert imported.sha256


@pytest.mark.parametrize("name", SAMPLES)
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_file_cut_anywhere_is_the_same_list_or_says_so(name: str, data: st.DataObject) -> None:
    sample = SAMPLES[name]
    raw = sample.text.encode()
    place = data.draw(st.integers(0, len(raw) - 1), label="cut at")
    with TemporaryDirectory() as folder:
        path = sample.write(Path(folder))
        path.write_bytes(raw[:place])
        imported = read_list(path, sample.form)
    at_line_end = raw[place - 1 : place] == b"\n" and not name.endswith(("xml", "json", "un"))
    if not at_line_end:
        assert codes(imported) or imported.entries == whole(name)
    said = "list-no-last-line-end" in codes(imported)
    sure = imported.entries[:-1] if said else imported.entries
    assert [entry.names for entry in sure] == [entry.names for entry in whole(name)][: len(sure)] or name[:2] in {
        "eu",
        "uk",
    }


@pytest.mark.parametrize("name", ["ofac-xml", "eu-xml", "un", "us-csl-json"])
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_forms_with_an_end_are_refused_when_cut(name: str, data: st.DataObject) -> None:
    raw = SAMPLES[name].text.rstrip().encode()
    place = data.draw(st.integers(0, len(raw) - 1), label="cut at")
    with TemporaryDirectory() as folder:
        imported = read_bytes(Path(folder), raw[:place], "cut", SAMPLES[name].form)
    assert not imported.usable
    assert not imported.entries


@given(data=st.binary(max_size=400), form=st.sampled_from([None, *FORMS]))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_a_list_or_a_problem(data: bytes, form: str | None) -> None:
    with TemporaryDirectory() as folder:
        imported = read_bytes(Path(folder), data, form=form)
    assert imported.usable == bool(imported.entries)


def test_a_packed_file_that_is_cut_is_refused(tmp_path: Path) -> None:
    packed = gzip.compress(SAMPLES["plain"].text.encode())
    imported = read_bytes(tmp_path, packed[: len(packed) // 2], "own.csv.gz")
    assert codes(imported) == {"list-cut"}
    assert not imported.entries


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "list-empty"),
        (b" \r\n\r\n", "list-empty"),
        (b"PK\x03\x04" + bytes(50), "list-not-text"),
        (b"%PDF-1.7 \n", "list-not-text"),
        (b"name,country\n\x00\x01\x02\x03", "list-not-text"),
        (b"name,country\n", "list-without-entries"),
        (b"foo,bar\n1,2\n", "list-form-unknown"),
        (b'name,country\n"Parsnip,CY\nTurnip,CY\n', "list-cut"),
        (b'name,country\n"Parsnip" Ltd,CY\nTurnip,CY\n', "list-broken-row"),
        (b'name,country\nTurnip,CY\n"' + b"x" * 10_000_000 + b'",CY\n', "list-cell-too-large"),
        (b"name,country\nTurnip,CY\n" + b"y" * 200_000 + b",CY\n", "list-cell-too-large"),
        (b'{"results": [{"source": 1, "name": "a"}], "total": 9}', "list-one-page"),
        (b'{"results": [{"source": 1, "name": "a"} oops', "list-not-json"),
        (b'{"schema": "Person", "properties": {}}\n7\n', "list-not-json"),
        (b"<CONSOLIDATED_LIST><ENTITIES></CONSOLIDATED_LIST>", "list-not-xml"),
        (
            b"<CONSOLIDATED_LIST><ENTITY><X>" + b"x" * 200_000 + b"</X></ENTITY></CONSOLIDATED_LIST>",
            "list-cell-too-large",
        ),
        (
            b"<CONSOLIDATED_LIST><ENTITY><X>" + b"x" * 10_500_000 + b"</X></ENTITY></CONSOLIDATED_LIST>",
            "list-cell-too-large",
        ),
        (b'<export><sanctionEntity remark="' + b"x" * 200_000 + b'"/></export>', "list-cell-too-large"),
        (b'{"schema": "Person", "properties": {"name": "' + b"x" * 5_000_000 + b'"}}\n', "list-cell-too-large"),
        (b'{"results": [{"source": "' + b"x" * 5_000_000 + b'"}]}', "list-cell-too-large"),
        (gzip.compress(bytes(70_000_000), 1), "list-expands-too-far"),
    ],
)
def test_bad_files_are_refused_with_a_remedy(data: bytes, code: str, tmp_path: Path) -> None:
    imported = read_bytes(tmp_path, data)
    assert not imported.usable
    assert not imported.entries
    (problem,) = [one for one in imported.problems if one.severity is Severity.ERROR]
    assert problem.code == code
    assert problem.remedy


def test_entities_of_xml_are_not_unfolded(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "turnip"><!ENTITY b "&a;&a;&a;">]>' + SAMPLES["un"].text.split("?>\n", 1)[1]
    imported = read_bytes(tmp_path, bomb.replace("PARSNIP HOLDINGS", "PARSNIP &b;").encode())
    assert imported.usable
    assert not any("turnip" in entry.name for entry in imported.entries)


def test_the_line_of_a_fault_is_told(tmp_path: Path) -> None:
    imported = read_bytes(tmp_path, b'name,country\nTurnip,CY\n\n"' + b"x" * 200_000 + b'",CY\n')
    assert [one.line for one in imported.problems if one.severity is Severity.ERROR] == [4]


def test_a_missing_file_and_a_folder_are_problems(tmp_path: Path) -> None:
    assert codes(read_list(tmp_path / "nothing.csv")) == {"list-not-readable"}
    assert codes(read_list(tmp_path)) == {"list-not-readable"}


def test_an_unknown_form_is_a_problem(tmp_path: Path) -> None:
    imported = read_list(SAMPLES["plain"].write(tmp_path), "klingon")
    assert codes(imported) == {"list-form-no-such"}


def test_missing_columns_are_named_with_those_that_are_there(tmp_path: Path) -> None:
    imported = read_bytes(tmp_path, b"title,country\nTurnip,CY\n", form="us-csl")
    (problem,) = imported.problems
    assert problem.code == "list-wrong-columns"
    assert "source, name" in problem.message
    assert "title, country" in problem.message


def test_rows_without_a_name_are_left_out_and_said(tmp_path: Path) -> None:
    imported = read_bytes(tmp_path, b"name,country\nTurnip,CY\n,CY\n---,CY\n")
    assert [entry.name for entry in imported.entries] == ["Turnip"]
    assert [one.line for one in imported.problems if one.code == "list-row-without-name"] == [3, 4]


def test_doubled_ids_are_kept_apart_and_said(tmp_path: Path) -> None:
    imported = read_bytes(tmp_path, b"id,name\n7,Turnip\n7,Parsnip\n7#2,Beet\n7,Leek\n")
    assert [entry.id for entry in imported.entries] == ["7", "7#2", "7#2#2", "7#3"]
    assert [one.line for one in imported.problems if one.code == "list-doubled-id"] == [3, 4, 5]


def test_many_problems_of_a_kind_are_counted(tmp_path: Path) -> None:
    imported = read_bytes(tmp_path, b"id,name\n" + b"7,Turnip\n" * 50)
    assert sum(one.code == "list-doubled-id" for one in imported.problems) == 20
    assert any("29 further" in one.message for one in imported.problems)
    assert len(imported.entries) == 50


def test_control_characters_and_marks_of_direction_are_taken_out(tmp_path: Path) -> None:
    imported = read_bytes(
        tmp_path, "name,country\nTur\x02nip\u202e Ltd,CY\n\u200fشلغم\u200e,IR\nBeet 🥕,CY\n".encode()
    )
    assert [entry.name for entry in imported.entries] == ["Tur nip Ltd", "شلغم", "Beet 🥕"]
    assert [one.line for one in imported.problems if one.code == "list-control-characters"] == [2]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("name,country\nGemüse Österreich GmbH,AT\nChâteau Béret,FR\n", "cp1252"),
        ("中文名称,英文名称\n这是一个中国的有限公司,Parsnip\n上海大学国际科学中心,Turnip\n", "gb18030"),
        ("name,country\nParsnip,CY\n", "utf-16"),
        ("name,country\nParsnip Ä,CY\n", "utf-8-sig"),
    ],
)
def test_other_encodings_are_read(text: str, encoding: str, tmp_path: Path) -> None:
    plain = read_bytes(tmp_path, text.encode())
    imported = read_bytes(tmp_path, text.encode(encoding))
    assert imported.entries == plain.entries
    assert ("list-encoding-guessed" in codes(imported)) == (encoding in {"cp1252", "gb18030"})


def test_an_old_list_warns_and_a_fresh_one_does_not(tmp_path: Path) -> None:
    path = SAMPLES["un"].write(tmp_path)
    assert not codes(read_list(path, today=TODAY))
    old = read_list(path, today=date(2027, 12, 7))
    assert codes(old) == {"list-stale"}
    assert old.usable
    assert any("400 days" in one.message for one in old.problems)


def test_a_list_without_a_day_is_judged_by_its_newest_entry(tmp_path: Path) -> None:
    cn = read_list(SAMPLES["cn"].write(tmp_path), today=TODAY)
    assert any("2025-01-02" in one.message for one in cn.problems if one.code == "list-stale")
    assert codes(read_list(SAMPLES["plain"].write(tmp_path), today=TODAY)) == {"list-undated"}


def test_forms_that_are_not_known_are_not_guessed() -> None:
    assert guess_form("<html><body>Error</body></html>") is None
    assert guess_form('<Sanctions xmlns="http://example.org/ADVANCED_XML">') is None
    assert guess_form('{"a": 1}') is None
    assert guess_form("foo;bar\n") is None
