from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.model import ListedName, ListEntry, Party, PartyKind
from dragoman.register import Register
from dragoman.screen.index import NameIndex
from dragoman.screening import Screener, indexes
from dragoman.screening.keeping import FILE, load, save
from tests.screen.lists import own

ENTRIES = (
    ListEntry("e0", "own", PartyKind.COMPANY, (ListedName("Norvik Heavy Machinery Co., Ltd."),)),
    ListEntry("e1", "own", PartyKind.COMPANY, (ListedName("西北精密轴承研究所"),)),
    ListEntry("e2", "own", PartyKind.PERSON, (ListedName("Sergei Ivanovich Lundkvist"),)),
    ListEntry("e3", "own", PartyKind.VESSEL, (ListedName("Silver Gannet"),), identifiers=("IMO 9314567",)),
    ListEntry("e4", "own", PartyKind.COMPANY, (ListedName("海运公司艾德里安·科尔特曼"),)),
)
INDEX = NameIndex(ENTRIES)
ASKED = (
    Party("Norvik Hevy Machinery"),
    Party("Serhii Lundquist", PartyKind.PERSON),
    Party("西北精密轴承研究院"),
    Party("Xibei Precision Bearing Institute"),
    Party("诺维克重型机械有限公司"),
    Party("Blue Tern", identifiers=("imo-9314567",)),
)


@pytest.mark.parametrize("party", ASKED, ids=lambda party: party.name)
def test_an_index_that_was_kept_answers_like_the_one_that_was_made(party: Party, tmp_path: Path) -> None:
    assert save(tmp_path, "one", INDEX.kept())
    kept = load(tmp_path, "one")
    assert kept is not None
    again = NameIndex.__new__(NameIndex).restore(kept.part, ENTRIES)
    assert again.names == INDEX.names
    assert again.search(party, 0.1) == INDEX.search(party, 0.1)


def test_an_empty_index_can_be_kept(tmp_path: Path) -> None:
    assert save(tmp_path, "none", NameIndex([]).kept())
    kept = load(tmp_path, "none")
    assert kept is not None
    assert NameIndex.__new__(NameIndex).restore(kept.part, ()).search(Party("Norvik")) == ()


def test_a_file_of_other_lists_or_other_code_is_not_taken(tmp_path: Path) -> None:
    save(tmp_path, "one", INDEX.kept())
    assert load(tmp_path, "other") is None


def test_a_file_that_is_cut_or_no_index_is_not_taken(tmp_path: Path) -> None:
    save(tmp_path, "one", INDEX.kept())
    whole = (tmp_path / FILE).read_bytes()
    for broken in (whole[: len(whole) // 2], whole[:-30], b"", b"not an index"):
        (tmp_path / FILE).write_bytes(broken)
        assert load(tmp_path, "one") is None


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    assert not save(tmp_path / "missing", "one", INDEX.kept())


@pytest.fixture
def register(register_file: Path, tmp_path: Path) -> Iterator[Register]:
    opened = Register.open(register_file)
    (tmp_path / "own.csv").write_text(own(), encoding="utf-8")
    Screener(opened.parties, None, tmp_path).import_list(tmp_path / "own.csv", None, "own")
    yield opened
    opened.close()


def screened(register: Register, folder: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(indexes, "_indexes", {})
    screening = Screener(register.parties, None, folder).screen(Party(name))
    return [hit.entry.name for hit in screening.hits]


def test_the_next_process_reads_the_index_instead_of_all_entries(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = screened(register, tmp_path, "Bramblewick Avionics", monkeypatch)
    assert first == ["Bramblewick Avionics GmbH"]

    def no_entries(*_: object) -> Iterator[ListEntry]:
        raise AssertionError

    monkeypatch.setattr(register.parties, "entries", no_entries)
    assert screened(register, tmp_path, "Bramblewick Avionics", monkeypatch) == first


def test_a_new_version_of_a_list_makes_a_new_index(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert screened(register, tmp_path, "Corncockle Avionics", monkeypatch) == []
    (tmp_path / "own.csv").write_text(own(("Bramblewick Avionics", "Corncockle Avionics")), encoding="utf-8")
    Screener(register.parties, None, tmp_path).import_list(tmp_path / "own.csv", None, "own")
    assert screened(register, tmp_path, "Corncockle Avionics", monkeypatch) == ["Corncockle Avionics GmbH"]


def test_after_many_hits_the_entries_are_read_at_once(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screened(register, tmp_path, "Bramblewick Avionics", monkeypatch)
    monkeypatch.setattr(indexes, "MANY", 1)
    monkeypatch.setattr(register.parties, "entry", None)
    assert screened(register, tmp_path, "Quillfeather Shipping", monkeypatch) == ["Quillfeather Shipping SA"]
