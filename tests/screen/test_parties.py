from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model import Party, PartyKind
from dragoman.model.screen_format import party_to_row
from dragoman.screen.parties import PartyRow, checked_party, made_party, named_lines, parties_of_json, read_parties


def codes(row: PartyRow) -> list[str]:
    return [one.code for one in row.problems]


def rows(path: Path, text: str | bytes) -> list[PartyRow]:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return list(read_parties(path))


def test_a_table_gives_parties_with_all_that_is_known(tmp_path: Path) -> None:
    text = (
        "name,alias,country,kind,born,id,number,owners\n"
        '"Alder Optics, Ltd",Alder; 桤木光学,CN;HK,company,,C-7,91310000X,"Birch Holding 60%; Cedar 15,5 %; Dogwood"\n'
    )
    [row] = rows(tmp_path / "p.csv", text)
    assert row.problems == ()
    assert row.party == Party(
        "Alder Optics, Ltd",
        kind=PartyKind.COMPANY,
        other_names=("Alder", "桤木光学"),
        countries=("CN", "HK"),
        identifiers=("91310000X",),
        owners=((Party("Birch Holding"), 60.0), (Party("Cedar"), 15.5), (Party("Dogwood"), None)),
        reference="C-7",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_chinese_headers_and_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    text = "公司名称;别名;国家\n" + "桤木光学有限公司;桤木光学的别名;中国\n" * 20
    found = rows(tmp_path / "p.csv", text.encode(encoding))
    assert found[0].party == Party("桤木光学有限公司", other_names=("桤木光学的别名",), countries=("CN",))
    assert len(found) == 20


@pytest.mark.parametrize(
    ("name", "code", "kept"),
    [
        ("A", "party-short-name", "A"),
        ("木", "party-short-name", "木"),
        ("🙂🙂", "party-without-name", None),
        ("", "party-without-name", None),
        ("Al\x07der\u202e Optics", "party-signs-removed", "Al derOptics"),
        ("x" * 2001, "party-long-name", None),
    ],
)
def test_odd_names_are_said(name: str, code: str, kept: str | None) -> None:
    row = checked_party(Party(name))
    assert code in codes(row)
    if kept is None:
        assert row.party is None
    else:
        assert row.party is not None


def test_right_to_left_names_are_names() -> None:
    row = checked_party(Party("شركة الأرز"))
    assert row.party == Party("شركة الأرز")
    assert row.problems == ()


def test_a_name_that_cannot_be_searched_gives_way_to_another() -> None:
    row = checked_party(Party("🙂", other_names=("Alder Optics", "…")))
    assert row.party == Party("Alder Optics")


def test_wrong_columns_are_named(tmp_path: Path) -> None:
    [row] = rows(tmp_path / "p.csv", "colour,price\nred,7\n")
    assert codes(row) == ["parties-wrong-columns"]
    assert "colour, price" in row.problems[0].message


def test_a_row_with_other_cells_is_read_and_said(tmp_path: Path) -> None:
    short, long = rows(tmp_path / "p.csv", "name,country\nAlder\nBirch,CN,more\n")
    assert (short.line, codes(short), long.line, codes(long)) == (2, ["party-ragged-row"], 3, ["party-ragged-row"])
    assert long.party == Party("Birch", countries=("CN",))


def test_a_quotation_mark_that_is_not_closed_ends_the_file_with_its_line(tmp_path: Path) -> None:
    found = rows(tmp_path / "p.csv", 'name\nAlder\n"Birch\n')
    assert found[0].party == Party("Alder")
    assert codes(found[1]) == ["parties-broken-row"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04zip", b"\x00\x01\x02"])
def test_files_that_are_none_are_said(tmp_path: Path, content: bytes) -> None:
    [row] = rows(tmp_path / "p.csv", content)
    assert (row.party, codes(row)) == (None, ["parties-not-readable"])


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert [codes(row) for row in read_parties(tmp_path / "none.csv")] == [["parties-not-readable"]]


def test_lines_of_names_have_their_numbers() -> None:
    found = list(named_lines(["Alder\n", "\n", " Birch \n"]))
    assert [(row.line, row.party) for row in found] == [(1, Party("Alder")), (3, Party("Birch"))]


def test_json_lines_may_nest_owners(tmp_path: Path) -> None:
    owner = {"name": "Birch", "share": 60, "owners": [{"name": "Cedar", "share": 100}]}
    lines = [json.dumps({"name": "Alder", "owners": [owner, "Dogwood 40%"]}), '"Elm"', "{", "7", '{"x": 1}']
    found = rows(tmp_path / "p.jsonl", "\n".join(lines))
    birch = Party("Birch", owners=((Party("Cedar"), 100.0),))
    assert found[0].party == Party("Alder", owners=((birch, 60.0), (Party("Dogwood"), 40.0)))
    assert found[1].party == Party("Elm")
    assert [codes(row) for row in found[2:]] == [
        ["party-row-not-readable"],
        ["party-row-not-readable"],
        ["party-without-name"],
    ]


def test_shares_beyond_the_whole_and_words_that_mean_nothing_are_said() -> None:
    given_: dict[str, list[str]] = {
        "name": ["Alder"],
        "owners": ["Birch 80%; Cedar 30%; Dogwood half%"],
        "kind": ["shrub"],
        "country": ["Nowhereland"],
    }
    row = made_party(lambda field: given_.get(field, []))
    assert codes(row) == [
        "party-unknown-kind",
        "party-unknown-country",
        "party-unclear-share",
        "party-owners-over-100",
    ]


NAMES = st.text(st.characters(whitelist_categories=("Lu", "Ll", "Lo", "Nd")), min_size=2, max_size=20)


@given(NAMES, st.lists(NAMES, max_size=3), st.sampled_from([None, *PartyKind]))
def test_what_goes_out_as_json_comes_back(name: str, others: list[str], kind: PartyKind | None) -> None:
    row = checked_party(Party(name, kind=kind, other_names=tuple(others), countries=("CN",), reference="7"))
    assert row.party is not None
    [back] = parties_of_json([party_to_row(row.party)])
    assert back.party == row.party
