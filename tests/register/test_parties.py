"""Lists of parties, decisions on hits and screened parties in the register, on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from dragoman.model import (
    ConflictError,
    Hit,
    HitDecision,
    ListChange,
    ListedName,
    ListEntry,
    NotFoundError,
    Party,
    PartyKind,
    PartyList,
    Screening,
    UsageError,
    Verdict,
)
from dragoman.model.listing import sha256_of_entry
from dragoman.register import Imported, PartyRegister, Register, key_of

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = NOON.date()


@pytest.fixture
def parties(register: Register) -> PartyRegister:
    """Lists and decisions of an empty register."""
    return register.parties


def entry(identifier: str, name: str = "Parsnip Ltd") -> ListEntry:
    """Return an entry of the list "mine"."""
    names = (ListedName(name), ListedName("帕斯尼普 🥕\x00"))
    return ListEntry(identifier, "mine", PartyKind.COMPANY, names, countries=("CY",), line=3)


def about(name: str = "mine", published: date | None = DAY, at: datetime = NOON) -> PartyList:
    """Return what is known of a file."""
    return PartyList(name, "plain", 0, published, "a" * 64, 0, 0, at, "own.csv")


def import_(parties: PartyRegister, *entries: ListEntry, name: str = "mine") -> Imported:
    """Import entries as a list."""
    return parties.import_list(about(name), entries)


def decision(**fields: object) -> HitDecision:
    """Return a decision that clears entry 7."""
    made = HitDecision("P-1", "mine", "7", Verdict.CLEARED, "Ana", "another birth date", NOON)
    return replace(made, **fields)  # type: ignore[arg-type]


def test_a_list_comes_back_as_it_went_in(parties: PartyRegister) -> None:
    entries = [entry("7"), replace(entry("5"), until=date(2027, 1, 1), born=("1971",), measures="Freeze")]
    done = import_(parties, *entries)
    assert done.new
    assert done.before is None
    assert done.change == ListChange(("7", "5"), (), ())
    assert done.list == replace(about(), version=1, entries=2, names=4, current=True)
    assert list(parties.entries()) == entries
    assert parties.lists() == (done.list,)


def test_many_entries_are_streamed_in_the_order_of_their_lists(parties: PartyRegister) -> None:
    many = [entry(str(number)) for number in range(1203)]
    import_(parties, *many)
    parties.import_list(about("a list"), [replace(entry("x"), list="a list")])
    assert [one.id for one in parties.entries()] == ["x", *(one.id for one in many)]
    assert [one.id for one in parties.entries(["a list"])] == ["x"]
    assert list(parties.entries(["no such list"])) == []


def test_a_new_version_counts_and_says_what_changed(parties: PartyRegister) -> None:
    first = import_(parties, entry("1"), entry("2"), entry("3"))
    second = import_(parties, entry("4"), entry("2", "Turnip Ltd"), entry("1"))
    assert second.before == first.list
    assert second.list.version == 2
    assert second.change == ListChange(("4",), ("3",), ("2",))
    assert [one.id for one in parties.entries()] == ["4", "2", "1"]
    assert parties.change("mine") == (replace(first.list, current=False), second.change)
    assert parties.entry("mine", "2", 1).name == "Parsnip Ltd"
    assert parties.entry("mine", "2").name == "Turnip Ltd"


def test_the_same_entries_again_make_no_version(parties: PartyRegister) -> None:
    first = import_(parties, entry("1"))
    later = about(published=DAY + timedelta(7), at=NOON + timedelta(7))
    again = parties.import_list(later, [replace(entry("1"), line=99)])
    assert not again.new
    assert again.change == ListChange((), (), ())
    assert again.list == replace(first.list, published=later.published, imported=later.imported)
    assert parties.lists(all_versions=True) == (again.list,)
    assert len(list(parties.entries())) == 1


def test_entries_of_two_versions_are_kept_and_the_line_of_all(parties: PartyRegister) -> None:
    for number in range(4):
        import_(parties, entry("1", f"Parsnip {number}"))
    assert [one.version for one in parties.lists(all_versions=True)] == [1, 2, 3, 4]
    assert [one.version for one in parties.lists()] == [4]
    assert parties.entry("mine", "1", 3).name == "Parsnip 2"
    with pytest.raises(NotFoundError):
        parties.entry("mine", "1", 2)


def test_an_import_that_breaks_off_leaves_the_old_version(parties: PartyRegister) -> None:
    import_(parties, entry("1"))

    def broken() -> Iterator[ListEntry]:
        yield from (entry(str(number), "New Ltd") for number in range(700))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        parties.import_list(about(), broken())
    assert [one.name for one in parties.entries()] == ["Parsnip Ltd"]
    assert [one.version for one in parties.lists(all_versions=True)] == [1]


def test_a_list_can_be_taken_out_of_use_and_come_back(parties: PartyRegister) -> None:
    import_(parties, entry("1"))
    gone = parties.retire_list("mine")
    assert not gone.current
    assert parties.lists() == ()
    assert list(parties.entries()) == []
    assert parties.lists(all_versions=True) == (gone,)
    assert import_(parties, entry("1")).list.version == 2
    assert parties.change("mine")[0] is None


def test_lists_and_entries_that_are_not_there_are_named(parties: PartyRegister) -> None:
    with pytest.raises(NotFoundError, match="no list of parties `mine`"):
        parties.change("mine")
    with pytest.raises(NotFoundError, match="no list of parties `mine`"):
        parties.decide(decision())
    assert parties.hashes("mine") == {}
    import_(parties, entry("1"))
    with pytest.raises(NotFoundError, match="no entry `7`"):
        parties.decide(decision())
    with pytest.raises(NotFoundError, match="no entry `7`"):
        parties.entry("mine", "7")
    with pytest.raises(NotFoundError, match="version 5"):
        parties.entry("mine", "1", 5)


def test_a_decision_holds_with_the_hash_of_its_entry(parties: PartyRegister) -> None:
    import_(parties, entry("7"))
    stored = parties.decide(decision())
    assert stored.entry_sha256 == sha256_of_entry(entry("7"))
    assert parties.standing("P-1", DAY) == {("mine", "7"): stored}
    assert parties.standing("P-2", DAY) == {}
    assert parties.decisions("P-1") == (stored,)


def test_nothing_of_the_history_is_overwritten(parties: PartyRegister) -> None:
    import_(parties, entry("7"), entry("8"))
    first = parties.decide(decision())
    other = parties.decide(decision(entry="8"))
    second = parties.decide(decision(verdict=Verdict.CONFIRMED, reviewer="Bo", decided=NOON + timedelta(1)))
    assert parties.decisions("P-1") == (first, other, second)
    assert parties.decisions(name="mine", entry="7") == (first, second)
    assert parties.standing("P-1", DAY)["mine", "7"] == second


def test_an_entry_that_changed_since_it_was_looked_at_is_not_decided_on(parties: PartyRegister) -> None:
    import_(parties, entry("7"))
    seen = sha256_of_entry(entry("7"))
    import_(parties, entry("7", "Turnip Ltd"))
    with pytest.raises(ConflictError, match="changed meanwhile"):
        parties.decide(decision(entry_sha256=seen))
    assert parties.decisions() == ()


@pytest.mark.parametrize(
    "fields",
    [
        {"reviewer": " "},
        {"reason": ""},
        {"party": ""},
        {"verdict": Verdict.REOPENED},
        {"until": DAY - timedelta(1)},
    ],
)
def test_incomplete_decisions_are_refused(parties: PartyRegister, fields: dict[str, object]) -> None:
    import_(parties, entry("7"))
    with pytest.raises(UsageError):
        parties.decide(decision(**fields))
    assert parties.decisions() == ()


def test_a_changed_entry_opens_the_decision_again(parties: PartyRegister) -> None:
    import_(parties, entry("7"), entry("8"))
    parties.decide(decision())
    parties.decide(decision(entry="8"))
    import_(parties, entry("7", "Turnip Ltd"), entry("8"))
    standing = parties.standing("P-1", DAY)
    assert standing["mine", "7"].verdict is Verdict.REOPENED
    assert "changed" in standing["mine", "7"].reason
    assert standing["mine", "8"].verdict is Verdict.CLEARED
    assert len(parties.decisions()) == 2


def test_a_decision_holds_to_the_end_of_its_last_day(parties: PartyRegister) -> None:
    import_(parties, entry("7"))
    parties.decide(decision(until=DAY + timedelta(30)))
    assert parties.standing("P-1", DAY + timedelta(30))["mine", "7"].verdict is Verdict.CLEARED
    late = parties.standing("P-1", DAY + timedelta(31))["mine", "7"]
    assert late.verdict is Verdict.REOPENED
    assert "2026-03-31" in late.reason


def test_monitoring_records_what_is_open_again_once(parties: PartyRegister) -> None:
    import_(parties, entry("7"), entry("8"))
    parties.decide(decision(until=DAY))
    parties.decide(decision(party="P-2", entry="8"))
    later = NOON + timedelta(40)
    (opened,) = parties.reopen(later.date(), later)
    assert (opened.party, opened.entry, opened.verdict, opened.decided) == ("P-1", "7", Verdict.REOPENED, later)
    assert parties.reopen(later.date(), later) == ()
    assert parties.decisions("P-1")[-1] == opened
    again = parties.decide(decision(decided=later))
    assert parties.standing("P-1", later.date())["mine", "7"] == again
    assert parties.reopen(later.date(), later) == ()


def test_an_entry_that_is_gone_opens_nothing(parties: PartyRegister) -> None:
    import_(parties, entry("7"), entry("8"))
    made = parties.decide(decision())
    import_(parties, entry("8"))
    assert parties.standing("P-1", DAY)["mine", "7"] == made
    assert parties.reopen(DAY, NOON) == ()


def screening(name: str = "Parsnip", day: date = DAY, reference: str = "") -> Screening:
    """Return a screening with one hit."""
    owner = Party("Owner", PartyKind.PERSON)
    owners = ((owner, 51.0), (Party("Other"), None))
    party = Party(name, PartyKind.COMPANY, ("PAX",), ("CY",), owners=owners, reference=reference)
    hit = Hit(entry("7"), "Parsnip Ltd", name, 0.87654321, ())
    return Screening(party, (hit,), day, (("mine", 1),))


def test_screened_parties_come_back(parties: PartyRegister) -> None:
    parties.remember([screening(reference="P-1"), screening("山药")])
    first, second = parties.screened()
    assert (first.key, second.key) == ("P-1", "山药")
    assert first.party == screening(reference="P-1").party
    assert (first.day, first.lists) == (DAY, (("mine", 1),))
    (hit,) = first.hits
    assert (hit.list, hit.entry, hit.sha256, hit.score) == ("mine", "7", sha256_of_entry(entry("7")), 0.8765)


def test_the_last_screening_of_a_party_counts(parties: PartyRegister) -> None:
    parties.remember([screening(), screening("Turnip")])
    later = replace(screening(day=DAY + timedelta(1)), hits=(), lists=(("mine", 2),))
    parties.remember([later, screening("Beet")])
    assert [one.key for one in parties.screened()] == ["Parsnip", "Turnip", "Beet"]
    (found,) = parties.screened("Parsnip")
    assert (found.day, found.hits, found.lists) == (DAY + timedelta(1), (), (("mine", 2),))


def test_a_party_can_be_forgotten(parties: PartyRegister) -> None:
    parties.remember([screening()])
    assert parties.forget("Parsnip")
    assert not parties.forget("Parsnip")
    assert list(parties.screened()) == []


def test_many_parties_are_remembered_at_once(parties: PartyRegister) -> None:
    parties.remember(screening(f"Party {number}") for number in range(1201))
    parties.remember(screening(f"Party {number}", DAY + timedelta(1)) for number in range(1000, 1300))
    days = [one.day for one in parties.screened()]
    assert len(days) == 1300
    assert days.count(DAY) == 1000


def test_the_key_of_a_party_is_its_reference_else_its_name() -> None:
    assert key_of(Party("Parsnip ", reference="P-1")) == "P-1"
    assert key_of(Party("Parsnip ")) == "Parsnip"
