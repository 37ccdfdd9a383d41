"""What changed between two versions of a list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model import ListChange, ListedName, ListEntry, NameKind, PartyKind
from dragoman.model.listing import entry_of_fields, fields_of_entry
from dragoman.screen.changes import FieldChange, changed_fields, difference, hashes_of, sha256_of_entry, shrunk

PARSNIP = ListEntry(
    "7",
    "mine",
    PartyKind.COMPANY,
    (ListedName("Parsnip Ltd"), ListedName("帕斯尼普", NameKind.ORIGINAL)),
    programs=("XMPL",),
    countries=("CY",),
    listed_on=date(2025, 1, 2),
    line=4,
)
TEXT = st.text(max_size=8)
ENTRIES = st.builds(
    ListEntry,
    id=TEXT,
    list=st.just("mine"),
    kind=st.sampled_from(PartyKind),
    names=st.lists(st.builds(ListedName, TEXT, st.sampled_from(NameKind)), min_size=1, max_size=3).map(tuple),
    source=TEXT,
    programs=st.lists(TEXT, max_size=2).map(tuple),
    countries=st.lists(TEXT, max_size=2).map(tuple),
    born=st.lists(TEXT, max_size=2).map(tuple),
    identifiers=st.lists(TEXT, max_size=2).map(tuple),
    addresses=st.lists(TEXT, max_size=2).map(tuple),
    measures=TEXT,
    citation=TEXT,
    url=TEXT,
    listed_on=st.none() | st.dates(),
    until=st.none() | st.dates(),
    line=st.integers(0, 9),
)
HASHES = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from("123"))


@given(ENTRIES)
def test_an_entry_comes_back_from_its_fields(entry: ListEntry) -> None:
    assert entry_of_fields(fields_of_entry(entry), entry.list, entry.line) == entry


@given(ENTRIES, ENTRIES)
def test_hashes_are_equal_for_entries_that_say_the_same(one: ListEntry, other: ListEntry) -> None:
    same = replace(one, list=other.list, line=other.line) == other
    assert (sha256_of_entry(one) == sha256_of_entry(other)) == same
    assert (changed_fields(one, other) == ()) == same


def test_the_line_and_the_name_of_the_list_do_not_count() -> None:
    assert sha256_of_entry(replace(PARSNIP, line=9, list="other")) == sha256_of_entry(PARSNIP)


@given(HASHES, HASHES)
def test_a_difference_leads_from_the_old_to_the_new(old: dict[str, str], new: dict[str, str]) -> None:
    change = difference(old, new)
    kept = {entry: sha256 for entry, sha256 in old.items() if entry not in change.removed}
    assert kept | {entry: new[entry] for entry in (*change.added, *change.changed)} == new
    assert all(old[entry] != new[entry] for entry in change.changed)
    assert difference(new, new) == ListChange((), (), ())


def test_changed_fields_say_what_is_new_and_what_is_gone() -> None:
    new = replace(
        PARSNIP,
        names=(ListedName("Parsnip Ltd"), ListedName("PAX", NameKind.WEAK)),
        countries=("CY", "RU"),
        measures="Freeze",
        listed_on=date(2025, 1, 3),
    )
    assert changed_fields(PARSNIP, new) == (
        FieldChange("names", ("PAX (weak)",), ("帕斯尼普 (original)",)),
        FieldChange("countries", ("RU",), ()),
        FieldChange("listed_on", ("2025-01-03",), ("2025-01-02",)),
        FieldChange("measures", ("Freeze",), ()),
    )


def test_another_order_of_names_is_a_change() -> None:
    turned = replace(PARSNIP, names=PARSNIP.names[::-1])
    (change,) = changed_fields(PARSNIP, turned)
    assert change.field == "names"


def test_hashes_keep_the_order_of_the_list() -> None:
    other = replace(PARSNIP, id="3")
    assert list(hashes_of((PARSNIP, other))) == ["7", "3"]


@pytest.mark.parametrize(
    ("old", "gone", "held"), [(0, 0, False), (10, 2, False), (10, 3, True), (1000, 201, True)]
)
def test_a_list_that_lacks_many_entries_is_held_back(old: int, gone: int, held: bool) -> None:  # noqa: FBT001
    change = ListChange(("new",), tuple(map(str, range(gone))), ())
    problems = shrunk("mine", old, change)
    assert [one.code for one in problems] == ["list-shrunk"] * held
    assert not held or f"has {old - gone + 1} entries" in problems[0].message
