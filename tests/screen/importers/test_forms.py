"""What each form says of its parties arrives in the entry."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from dragoman.model import ListedName, ListEntry, NameKind, PartyKind
from dragoman.screen.importers import ImportedList, read_list
from dragoman.screen.importers.ofac import part_beside
from tests.screen.importers.samples import CN_SIMPLE, SAMPLES

P, A, W, F, O = NameKind.PRIMARY, NameKind.ALIAS, NameKind.WEAK, NameKind.FORMER, NameKind.ORIGINAL  # noqa: E741


@cache
def read(name: str) -> ImportedList:
    """Return what is read from a sample."""
    with TemporaryDirectory() as folder:
        return read_list(SAMPLES[name].write(Path(folder)))


def entries(name: str) -> dict[str, ListEntry]:
    """Return the entries of a sample by id."""
    return {entry.id: entry for entry in read(name).entries}


def names(entry: ListEntry) -> list[tuple[str, NameKind]]:
    """Return the names of an entry with their kinds."""
    return [(name.text, name.kind) for name in entry.names]


@pytest.mark.parametrize("form", ["us-csl", "us-csl-json"])
def test_us_entity_list(form: str) -> None:
    firm = entries(form)["a1"]
    found = names(firm)
    assert found[0] == ("Zhonghai Lantern Optics Co.", P)
    assert {("Lantern Optics", A), ("Weifang Glassworks", F)} <= set(found)
    assert firm.kind is PartyKind.LEGAL_ENTITY
    assert firm.source.startswith("Entity List")
    assert "CN" in firm.countries
    assert firm.measures.startswith("License requirement: All items")
    assert firm.citation == "90 FR 1"
    assert firm.listed_on == date(2025, 1, 15)
    person = entries(form)["b2"]
    assert person.kind is PartyKind.PERSON
    assert person.identifiers == ("7788990",)
    assert person.countries == ("RU",)
    assert person.born[0] == "1971-03-02"


def test_us_csl_vessels_and_several_values() -> None:
    found = entries("us-csl")
    assert found["c3"].kind is PartyKind.VESSEL
    assert found["c3"].identifiers == ("9111222", "5XYZ1")
    assert found["c3"].countries == ("PA",)
    assert found["b2"].programs == ("XMPL", "DEMO")
    assert found["b2"].born == ("1971-03-02", "1972")
    assert found["a1"].addresses == ("8 Lamp Road, Weifang, CN", "9 Wick Lane, HK")
    assert found["a1"].countries == ("CN", "HK")


def test_ofac_csv_takes_in_the_files_beside_it() -> None:
    found = entries("ofac")
    assert names(found["777"]) == [("VOLKHONOV, Arkady", P), ("THE OAR", W), ("VOLHONOV, Arkadij", A)]
    assert found["777"].born == ("02 Mar 1971",)
    assert found["777"].countries == ("RU",)
    assert found["777"].identifiers == ("7788990",)
    assert found["777"].programs == ("XMPL", "DEMO")
    assert found["778"].identifiers == ("5XYZ1", "9111222")
    assert names(found["779"])[1:] == [("PARSNIP BROTHERS", F)]
    assert found["779"].kind is PartyKind.ORGANIZATION
    assert found["779"].countries == ("CY",)


def test_ofac_csv_alone_says_what_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "SDN.CSV"
    path.write_text(SAMPLES["ofac"].text)
    imported = read_list(path)
    assert [one.message for one in imported.problems if one.code == "list-part-missing"] == [
        "alt.CSV does not lie beside SDN.CSV; aliases are missing.",
        "add.CSV does not lie beside SDN.CSV; addresses are missing.",
    ]
    assert len(imported.entries) == 3


@pytest.mark.parametrize(
    ("main", "part", "beside"),
    [
        ("SDN.CSV", "alt", "ALT.CSV"),
        ("sdn.csv.gz", "alt", "alt.csv"),
        ("sdn.csv", "add", "add.csv.gz"),
        ("sdn.csv", "comments", "sdn_comments.csv"),
        ("cons_prim.csv", "alt", "cons_alt.csv"),
        ("CONS_PRIM.CSV", "comments", "cons_comments.csv"),
        ("sdn.csv", "alt", None),
        ("list.csv", "alt", None),
    ],
)
def test_parts_are_found_beside_the_list(main: str, part: str, beside: str | None, tmp_path: Path) -> None:
    for name in filter(None, (main, beside, "altogether.csv")):
        (tmp_path / name).touch()
    assert part_beside(tmp_path / main, part) == (tmp_path / beside if beside else None)


def test_a_part_that_is_cut_keeps_the_list_out(tmp_path: Path) -> None:
    path = SAMPLES["ofac"].write(tmp_path)
    (tmp_path / "ALT.CSV").write_text('777,1,"aka","VOLHO')
    assert not read_list(path).usable


def test_the_hash_changes_with_the_parts(tmp_path: Path) -> None:
    path = SAMPLES["ofac"].write(tmp_path)
    before = read_list(path).sha256
    (tmp_path / "ALT.CSV").write_text('777,1,"aka","VOLHONOFF",-0- \n999,1,"aka","NOBODY",-0- \n')
    after = read_list(path)
    assert after.sha256 != before
    assert [one.line for one in after.problems if one.code == "list-loose-part"] == [2]


@pytest.mark.parametrize("form", ["ofac-xml", "ofac-xml-new"])
def test_ofac_xml_in_both_namespaces(form: str) -> None:
    found = entries(form)
    assert read(form).published == date(2026, 11, 2)
    assert names(found["777"]) == [("VOLKHONOV, Arkady", P), ("THE OAR", W), ("VOLHONOV, Arkadij", A)]
    assert found["777"].identifiers == ("7788990",)
    assert found["777"].countries == ("RU",)
    assert names(found["779"])[1:] == [("PARSNIP BROTHERS", F)]
    assert found["779"].addresses == ("1 Root Street, Limassol, Cyprus",)


def test_ofac_xml_compares_the_count_it_states(tmp_path: Path) -> None:
    path = tmp_path / "sdn.xml"
    path.write_text(SAMPLES["ofac-xml"].text.replace("<Record_Count>2", "<Record_Count>3"))
    assert "list-count-differs" in {one.code for one in read_list(path).problems}


@pytest.mark.parametrize("form", ["eu", "eu-xml"])
def test_eu_rows_of_an_entity_are_put_together(form: str) -> None:
    found = entries(form)
    assert read(form).published == date(2026, 11, 2)
    person = found["EU.13.5"]
    assert names(person)[:2] == [("Arkady Volkhonov", P), ("Аркадий Волхонов", O)]
    assert person.kind is PartyKind.PERSON
    assert person.born == ("1971-03-02",)
    assert person.identifiers == ("7788990",)
    assert person.countries == ("RU",)
    assert person.citation == "2024/111 (OJ L 111) of 2024-05-06"
    assert person.url == "http://example.org/oj"
    assert person.programs == ("XMPL",)
    assert found["EU.14.6"].kind is PartyKind.ORGANIZATION
    assert found["EU.14.6"].countries == ("CY",)


def test_eu_columns_of_the_old_version() -> None:
    person = entries("eu-old")["EU.13.5"]
    assert names(person) == [("Arkady Volkhonov", P)]
    assert (person.kind, person.born, person.citation) == (PartyKind.PERSON, ("1971-03-02",), "2024/111")


def test_eu_weak_names_and_quoted_cells() -> None:
    assert names(entries("eu-xml")["EU.13.5"])[2:] == [("The Oar", W)]
    assert entries("eu")["EU.14.6"].measures == 'Makes; "lamps" too'


@pytest.mark.parametrize(("form", "identifier"), [("uk", "9001"), ("uk-new", "XMP0001")])
def test_uk_rows_of_an_entity_are_put_together(form: str, identifier: str) -> None:
    person = entries(form)[identifier]
    assert read(form).published == date(2026, 11, 2)
    assert names(person) == [("Arkady VOLKHONOV", P), ("Аркадий Волхонов", O), ("THE OAR", W)]
    assert person.countries[0] == "RU"
    assert person.identifiers == ("7788990",)
    assert person.listed_on == date(2024, 5, 6)
    assert person.programs == ("Example",)


def test_uk_former_names_ships_and_counted_cells() -> None:
    assert names(entries("uk")["9002"]) == [("PARSNIP HOLDINGS LTD", P), ("PARSNIP BROTHERS", F)]
    assert entries("uk")["9001"].countries == ("RU", "CY")
    ship = entries("uk-new")["XMP0002"]
    assert (ship.kind, ship.identifiers, ship.measures) == (PartyKind.VESSEL, ("9111222",), "Specified ship")


def test_un() -> None:
    found = entries("un")
    assert read("un").published == date(2026, 11, 2)
    person = found["XMi.001"]
    assert names(person) == [
        ("ARKADY PETROV VOLKHONOV", P),
        ("Аркадий Волхонов", O),
        ("The Oar", W),
        ("Волхонов", O),
        ("Arkadij Volhonov", A),
        ("Volkhon", A),
    ]
    assert person.countries == ("RU", "IR")
    assert person.born == ("1970-1972",)
    assert person.identifiers == ("7788990",)
    assert person.line == 4
    assert names(found["XMe.001"])[1:] == [("Parsnip Brothers", F)]


def test_cn() -> None:
    firm, person = read("cn").entries
    assert names(firm) == [("Parsnip Aerospace", P), ("帕斯尼普航空公司", O), ("PAX", A)]
    assert (firm.kind, firm.countries, firm.listed_on) == (PartyKind.COMPANY, ("US",), date(2025, 1, 2))
    assert firm.source == "UEL - Ministry of Commerce"
    assert (person.countries, person.listed_on, person.until) == (("JP",), date(2020, 7, 13), date(2026, 4, 24))


def test_cn_columns_in_either_order_and_language(tmp_path: Path) -> None:
    rows = [line.split(",") for line in CN_SIMPLE.splitlines()]
    path = tmp_path / "turned.csv"
    path.write_text("".join(",".join(cells[i] for i in (4, 1, 3, 0, 2)) + "\n" for cells in rows))
    turned, plain = read_list(path), read("cn-simple")
    assert turned.form == "cn"
    assert turned.entries == plain.entries
    assert names(plain.entries[0]) == [("Parsnip Aerospace", P), ("帕斯尼普航空公司", O)]
    assert names(plain.entries[1]) == [("特尼普研究所", P)]
    assert [entry.listed_on for entry in plain.entries] == [date(2025, 1, 2), date(2025, 3, 4)]


def test_ids_made_of_the_content_stay_when_other_facts_change(tmp_path: Path) -> None:
    path = tmp_path / "cn.csv"
    path.write_text(CN_SIMPLE.replace("http://example.org/1", "http://example.org/9").replace("2025-03-04", ""))
    assert [entry.id for entry in read_list(path).entries] == [entry.id for entry in read("cn-simple").entries]


def test_ftm_joins_sanctions_and_leaves_out_what_is_no_target() -> None:
    found = entries("ftm")
    assert set(found) == {"x-1", "x-2"}
    person = found["x-1"]
    assert names(person) == [("Arkady Volkhonov", P), ("Аркадий Волхонов", O), ("The Oar", W)]
    assert person.source == "xmpl; Example Authority"
    assert person.programs == ("sanction", "XMPL")
    assert person.listed_on == date(2024, 5, 6)
    assert person.url == "http://example.org/s"
    assert person.identifiers == ("7788990",)
    assert names(found["x-2"]) == [("Parsnip Holdings", P), ("Parsnip Brothers", F)]


def test_ftm_takes_nested_sanctions_too(tmp_path: Path) -> None:
    path = tmp_path / "nested.json"
    path.write_text(
        '{"id": "x", "schema": "Company", "properties": {"name": "Parsnip", "sanctions": '
        '[{"schema": "Sanction", "properties": {"endDate": ["2027-01-01"], "reason": ["A reason"]}}]}}\n'
    )
    (entry,) = read_list(path).entries
    assert (entry.name, entry.until, entry.measures) == ("Parsnip", date(2027, 1, 1), "A reason")


def test_plain() -> None:
    found = entries("plain")
    assert names(found["P-1"]) == [("Parsnip Holdings", P), ("Parsnip Brothers", A), ("PHL", A)]
    assert found["P-1"].countries == ("CY",)
    assert found["P-2"].measures == 'said "no" once'
    assert (found["P-3"].name, found["P-3"].countries) == ("山药集团有限公司", ("CN",))


def test_further_columns_of_names_are_aliases(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("Clean Name,Name,Previous Name\nParsnip,Parsnip Inc. (PX)*,Beet Inc.\n")
    (entry,) = read_list(path).entries
    assert names(entry) == [("Parsnip Inc. (PX)*", P), ("Parsnip", A), ("Beet Inc.", F)]


def test_plain_with_semicolons_and_unknown_words(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("Company;Country;Type;Since\nParsnip, Ltd;Atlantis;vegetable;soon\n")
    imported = read_list(path)
    (entry,) = imported.entries
    assert names(entry) == [("Parsnip, Ltd", P)]
    assert entry.kind is PartyKind.LEGAL_ENTITY
    codes = {one.code for one in imported.problems}
    assert {"list-unknown-country", "list-unknown-kind", "list-bad-date"} <= codes


@pytest.mark.parametrize(
    ("form", "file", "entries", "fewest_names"),
    [
        ("us-csl", "us-csl-2022-04.csv.gz", 14_160, 14_160 + 19_900),
        ("un", "un-consolidated-2026-02-27.xml.gz", 730 + 273, 4_000),
        ("cn", "cn-lists-2026-08.csv", 610, 610 + 512 + 36),
        ("plain", "us_dod_1260h.csv", 397, 397),
        ("plain", "us_section_1286.csv", 443, 443),
    ],
)
@pytest.mark.real
def test_real_lists_have_the_rows_their_readme_names(
    shared: Path, form: str, file: str, entries: int, fewest_names: int
) -> None:
    imported = read_list(shared / "corpus" / "lists" / file)
    assert imported.usable
    assert imported.form == form
    assert len(imported.entries) == entries
    assert imported.names >= fewest_names


@pytest.mark.real
def test_the_chinese_list_has_its_chinese_names(shared: Path) -> None:
    imported = read_list(shared / "corpus" / "lists" / "cn-lists-2026-08.csv")
    originals = sum(ListedName(name.text, O) in entry.names for entry in imported.entries for name in entry.names)
    assert originals == 512
