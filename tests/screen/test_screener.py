"""The facade of screening: lists, hits, decisions, monitoring, cases."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from dragoman.model import (
    Case,
    ConflictError,
    Member,
    NotFoundError,
    Owned,
    Party,
    Screening,
    UsageError,
    Verdict,
)
from dragoman.model.watching import ChangeKind
from dragoman.register import Register
from dragoman.screening import NoListsError, Screener, write_screenings
from dragoman.screening import screener as module
from tests.screen.lists import CSL, own

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


class Time:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def clock() -> Time:
    return Time()


@pytest.fixture
def empty(register_file: Path, clock: Time) -> Iterator[Screener]:
    register = Register.open(register_file)
    yield Screener(register.parties, clock)
    register.close()


def put(screener: Screener, folder: Path, text: str, name: str = "own") -> bool:
    path = folder / f"{name}.csv"
    path.write_text(text, encoding="utf-8")
    return screener.import_list(path, None, name).taken


@pytest.fixture
def screener(empty: Screener, tmp_path: Path) -> Screener:
    assert put(empty, tmp_path, own())
    assert put(empty, tmp_path, CSL, "us-csl")
    return empty


def entries(screening: Screening) -> list[tuple[str, str]]:
    return [(hit.entry.list, hit.entry.id) for hit in screening.hits]


def test_without_a_list_it_says_where_to_get_one(empty: Screener) -> None:
    with pytest.raises(NoListsError, match="No list has been imported") as refused:
        empty.screen(Party("Bramblewick"))
    assert "Treasury" in (refused.value.remedy or "")


def test_hits_come_with_list_entry_and_reason(screener: Screener) -> None:
    found = screener.screen(Party("Bramblewick Avionics"))
    assert entries(found) == [("own", "w1")]
    assert found.hits[0].score > 0.9
    assert [one.query for one in found.hits[0].why][:2] == ["bramblewick", "avionics"]
    assert found.lists == (("own", 1), ("us-csl", 1))
    assert found.as_of == date(2026, 11, 2)
    assert entries(screener.screen(Party("桐槭精密机械"))) == [("own", "w2")]
    assert entries(screener.screen(Party("Harrowgate Bakery"))) == []


def test_facts_against_are_said(screener: Screener) -> None:
    found = screener.screen(Party("Bramblewick Avionics GmbH", countries=("BR",)))
    assert found.hits[0].against == ("country BR, the entry DE",)


@pytest.mark.parametrize("name", ["", "🙂", "\x07\x07"])
def test_a_name_that_is_none_is_refused(screener: Screener, name: str) -> None:
    with pytest.raises(UsageError, match="no name that can be searched"):
        screener.screen(Party(name))


def test_one_character_finds_only_itself(screener: Screener, tmp_path: Path) -> None:
    assert entries(screener.screen(Party("Q"))) == []
    assert put(screener, tmp_path, own(("Quillfeather Shipping SA", "Q")))
    assert entries(screener.screen(Party("Q"))) == [("own", "w3")]


def test_a_faulty_file_changes_nothing(screener: Screener, tmp_path: Path) -> None:
    for text in ("colour\nred\n", own()[:-40] + '"', ""):
        assert not put(screener, tmp_path, text)
    (status, _) = screener.lists()
    assert (status.list.name, status.list.version, status.list.entries) == ("own", 1, 3)
    assert entries(screener.screen(Party("Quillfeather Shipping"))) == [("own", "w3")]


def test_a_list_that_shrank_is_held_back_until_it_is_accepted(screener: Screener, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("".join(own().splitlines(keepends=True)[:2]), encoding="utf-8")
    held = screener.import_list(path, None, "own")
    assert (held.taken, [one.code for one in held.problems if one.code == "list-shrunk"]) == (
        False,
        ["list-shrunk"],
    )
    taken = screener.import_list(path, None, "own", accept=True)
    assert taken.list is not None
    assert (taken.taken, taken.list.version, taken.change.removed) == (True, 2, ("w2", "w3"))


def test_the_same_entries_again_add_no_version(screener: Screener, tmp_path: Path) -> None:
    again = screener.import_list(tmp_path / "own.csv", None, "own")
    assert (again.taken, again.new) == (True, False)


def test_old_lists_warn_from_the_days_that_are_set(screener: Screener) -> None:
    def stale(**values: object) -> list[str]:
        return [status.list.name for status in screener.lists(**values) if status.problems]  # type: ignore[arg-type]

    assert stale() == []
    assert stale(stale_days=20) == ["us-csl"]
    assert stale(as_of=date(2027, 11, 2)) == ["own", "us-csl"]
    ages = {status.list.name: status.days for status in screener.lists()}
    assert ages == {"own": 0, "us-csl": 32}


def test_the_difference_names_entries_and_fields(screener: Screener, tmp_path: Path) -> None:
    first = screener.difference("own")
    assert (first.before, len(first.added)) == (None, 3)
    new = own(("Late payments", "Paid"), ("w3,Quill", "w4,Quill"))
    assert put(screener, tmp_path, new) is False
    screener.import_list(tmp_path / "own.csv", None, "own", accept=True)
    found = screener.difference("own")
    assert [one.id for one in found.added] == ["w4"]
    assert [one.id for one in found.removed] == ["w3"]
    [change] = found.changed
    assert (change.entry.id, change.fields[0].field) == ("w1", "measures")
    assert (change.fields[0].added, change.fields[0].removed) == (("Paid",), ("Late payments",))


def test_a_list_is_taken_out_of_use(screener: Screener) -> None:
    screener.remove_list("own")
    assert entries(screener.screen(Party("Bramblewick Avionics"))) == []
    assert [status.list.name for status in screener.lists()] == ["us-csl"]
    with pytest.raises(NotFoundError):
        screener.remove_list("own")


def test_a_hit_carries_its_decision(screener: Screener) -> None:
    screener.decide("C-1", ("own", "w1"), Verdict.CLEARED, reviewer="R. Reader", reason="Another firm")
    [hit] = screener.screen(Party("Bramblewick Avionics", reference="C-1")).hits
    assert hit.decision is not None
    assert (hit.decision.verdict, hit.decision.reason) == (Verdict.CLEARED, "Another firm")
    [other] = screener.screen(Party("Bramblewick Avionics")).hits
    assert other.decision is None


@pytest.mark.parametrize(("reviewer", "reason"), [("", "x"), ("x", "")])
def test_a_decision_needs_a_name_and_a_reason(screener: Screener, reviewer: str, reason: str) -> None:
    with pytest.raises(UsageError):
        screener.decide("C-1", ("own", "w1"), Verdict.CLEARED, reviewer=reviewer, reason=reason)


def test_a_decision_on_an_entry_that_changed_meanwhile_is_refused(screener: Screener) -> None:
    with pytest.raises(ConflictError):
        screener.decide("C-1", ("own", "w1"), Verdict.CLEARED, reviewer="R", reason="r", seen="0" * 64)
    with pytest.raises(NotFoundError):
        screener.decide("C-1", ("own", "w9"), Verdict.CLEARED, reviewer="R", reason="r")


def test_a_decision_is_open_again_when_its_entry_changes_or_its_day_has_passed(
    screener: Screener, tmp_path: Path
) -> None:
    party = Party("Bramblewick Avionics", reference="C-1")
    until = date(2026, 11, 10)
    screener.decide("C-1", ("own", "w1"), Verdict.CLEARED, reviewer="R", reason="r", until=until)

    def verdict(day: date) -> Verdict | None:
        [hit] = screener.screen(party, day, keep=False).hits
        return hit.decision.verdict if hit.decision else None

    assert verdict(until) is Verdict.CLEARED
    assert verdict(until + timedelta(days=1)) is Verdict.REOPENED
    assert put(screener, tmp_path, own(("Late payments", "No payments")))
    assert verdict(until) is Verdict.REOPENED


def test_monitoring_reports_only_what_changed(screener: Screener, tmp_path: Path) -> None:
    for name, key in (("Bramblewick Avionics", "C-1"), ("Quillfeather Shipping", "C-2"), ("Alder Optics", "C-3")):
        screener.screen(Party(name, reference=key))
    assert screener.monitor() == ()
    screener.decide("C-1", ("own", "w1"), Verdict.CLEARED, reviewer="R", reason="r")
    new = own(("Late payments", "No payments"), ("w3,Quillfeather Shipping SA", "w4,Alder Optics Ltd"))
    assert not put(screener, tmp_path, new)
    screener.import_list(tmp_path / "own.csv", None, "own", accept=True)
    found = screener.monitor()
    assert [(one.kind, one.party, one.entry) for one in found] == [
        (ChangeKind.REOPENED, "C-1", "w1"),
        (ChangeKind.GONE, "C-2", "w3"),
        (ChangeKind.NEW, "C-3", "w4"),
    ]
    assert "measures: + No payments - Late payments" in found[0].detail
    assert found[1].name == "Quillfeather Shipping SA"
    assert screener.monitor() == ()
    history = screener.history("C-1")
    assert [one.verdict for one in history.decisions] == [Verdict.CLEARED, Verdict.REOPENED]
    assert [one.kind for one in history.changes] == [ChangeKind.REOPENED]
    assert history.screened is not None
    assert history.screened.lists == (("own", 2), ("us-csl", 1))


def test_an_entry_that_changed_without_a_decision_is_a_change(screener: Screener, tmp_path: Path) -> None:
    screener.screen(Party("Bramblewick Avionics"))
    put(screener, tmp_path, own(("Late payments", "No payments")))
    [change] = screener.monitor("own")
    assert (change.kind, change.party) == (ChangeKind.ENTRY, "Bramblewick Avionics")


def test_what_runs_out_is_found_without_a_new_list(screener: Screener) -> None:
    screener.decide("C-1", ("own", "w1"), Verdict.CLEARED, reviewer="R", reason="r", until=date(2026, 11, 3))
    assert screener.monitor(as_of=date(2026, 11, 3)) == ()
    [change] = screener.monitor(as_of=date(2026, 11, 4))
    assert (change.kind, change.name) == (ChangeKind.REOPENED, "Bramblewick Avionics GmbH")
    assert screener.monitor(as_of=date(2026, 11, 5)) == ()


def test_a_party_that_is_not_kept_or_forgotten_is_not_screened_again(screener: Screener, tmp_path: Path) -> None:
    screener.screen(Party("Alder Optics"), keep=False)
    screener.screen(Party("Birch Optics"))
    assert screener.forget("Birch Optics")
    assert not screener.forget("Birch Optics")
    put(screener, tmp_path, own(("Late payments", "x"), ("Bramblewick Avionics GmbH", "Alder Optics")))
    assert screener.monitor() == ()


def test_hits_beyond_the_shown_ones_are_not_new_the_next_time(screener: Screener, tmp_path: Path) -> None:
    extra = "".join(f"x{number},Bramblewick Avionics {number},,DE,company,\n" for number in range(15))
    assert put(screener, tmp_path, own() + extra)
    assert len(screener.screen(Party("Bramblewick Avionics"), limit=3).hits) == 3
    assert put(screener, tmp_path, own(("Flag changed twice", "Flag changed")) + extra)
    assert screener.monitor() == ()


def test_many_are_screened_in_their_order_with_their_problems(
    screener: Screener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BATCH", 2)
    told: list[int] = []
    parties = [Party("Bramblewick"), Party("🙂"), Party("Alder"), Party("桐槭精密机械有限公司"), Party("Q")]
    rows = list(screener.screen_many(parties, progress=lambda done, _, __: told.append(done)))
    assert [row.line for row in rows] == [1, 2, 3, 4, 5]
    assert [row.screening is None for row in rows] == [False, True, False, False, False]
    assert [one.code for one in rows[4].problems] == ["party-short-name"]
    assert told == [1, 3, 4, 5]


def test_files_have_a_row_for_each_hit(screener: Screener) -> None:
    rows = list(screener.screen_many([Party("Bramblewick Avionics", reference="=1+1"), Party("Alder"), Party("")]))
    jsonl = [json.loads(line) for line in b"".join(write_screenings(rows, "jsonl")).splitlines()]
    assert [row["query"] for row in jsonl] == ["Bramblewick Avionics", "Alder", None]
    hit = jsonl[0]["hits"][0]
    assert list(hit)[:5] == ["list", "entry", "name", "score", "why"]
    assert (hit["list"], hit["entry"], hit["source"]) == ("own", "w1", None)
    table = b"".join(write_screenings(rows, "csv")).decode().splitlines()
    assert len(table) == 4
    assert table[1].startswith("1,'=1+1,Bramblewick Avionics,1,own,w1,")
    assert len({line.count(",") for line in (table[0], table[2])}) == 1
    assert b"".join(write_screenings(rows, "xlsx"))[:2] == b"PK"


def test_owners_that_stand_in_the_file_are_followed(screener: Screener, tmp_path: Path) -> None:
    screener.decide(
        "Quernmoor Photonics", ("us-csl", "e1"), Verdict.CONFIRMED, reviewer="R", reason="the institute itself"
    )
    path = tmp_path / "p.csv"
    path.write_text(
        "name,owners\nLeaf Works,Branch Holding 70%; Others 30%\nBranch Holding,Quernmoor Photonics 50%; Fund 50%\n",
        encoding="utf-8",
    )
    leaf, branch = (row.screening for row in screener.screen_file(path, date(2025, 10, 1)))
    assert leaf is not None
    assert branch is not None
    for screening, least in ((leaf, 70), (branch, 50)):
        affiliates = next(one for one in screening.owned if one.rule == "us-bis-affiliates")
        assert (affiliates.owned, affiliates.least) == (Owned.YES, least)


def case_of(**facts: object) -> Case:
    member = Member("Quernmoor Photonics", facts)  # type: ignore[arg-type]
    return Case("shipment", {}, {"parties": (member, Member("", {}), Member("Alder", {}))})


def test_parties_of_a_case_are_screened_and_nothing_of_it_is_set(screener: Screener) -> None:
    case = case_of(country="CN")
    found = screener.screen_case(case)
    assert found is not None
    first, nameless, alder = found.parties
    assert first.screening is not None
    assert entries(first.screening) == [("us-csl", "e1")]
    assert first.party.countries == ("CN",)
    assert nameless.screening is None
    assert [one.code for one in nameless.problems] == ["party-without-name"]
    assert alder.screening is not None
    assert alder.screening.hits == ()
    assert case == case_of(country="CN")


def test_a_case_that_contradicts_a_confirmed_hit_is_told(screener: Screener) -> None:
    def codes(listed: frozenset[str]) -> list[str]:
        found = screener.screen_case(case_of(listed_on=listed))
        return [one.code for one in found.parties[0].problems] if found else []

    none, entity, denied = frozenset[str](), frozenset({"us-entity-list"}), frozenset({"us-denied-persons"})
    assert codes(none) == []
    screener.decide("Quernmoor Photonics", ("us-csl", "e1"), Verdict.CONFIRMED, reviewer="R", reason="r")
    assert codes(none) == ["list-contradicts-case"]
    assert codes(entity) == []
    assert codes(entity | denied) == ["case-contradicts-list"]


def test_without_lists_a_case_is_not_screened(empty: Screener) -> None:
    assert empty.screen_case(case_of()) is None


def test_owners_and_other_names_of_a_case_are_screened(screener: Screener) -> None:
    member = Member("Leaf Works", {"owners": "Quernmoor Photonics 60%; Fund 40%", "other_names": "桐槭精密机械"})
    found = screener.screen_case(Case("shipment", {}, {"parties": (member,)}), date(2025, 10, 1))
    assert found is not None
    screening = found.parties[0].screening
    assert screening is not None
    assert entries(screening) == [("own", "w2")]
    assert next(one for one in screening.owned if one.rule == "us-bis-affiliates").most == 60


def test_the_example_that_ships_is_imported_without_a_problem(empty: Screener) -> None:
    path = Path(__file__).resolve().parents[2] / "docs" / "examples" / "own-watchlist.csv"
    outcome = empty.import_list(path, "plain", "own")
    assert outcome.taken
    assert {one.code for one in outcome.problems} <= {"list-stale"}
    assert entries(empty.screen(Party("Bramblewick Aviation"))) == [("own", "W-1")]
    assert entries(empty.screen(Party("嵐泊海運代理行"))) == [("own", "W-6")]


def test_parties_of_one_name_are_found_on_each_list(screener: Screener, tmp_path: Path) -> None:
    assert put(screener, tmp_path, own(), "copy")
    found = entries(screener.screen(Party("Quillfeather Shipping")))
    assert sorted(found) == [("copy", "w3"), ("own", "w3")]
