"""Names as lists write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model import ListedName, NameKind
from dragoman.screen.importers.names import clean, names_of, several, split_names

P, A, W, F = NameKind.PRIMARY, NameKind.ALIAS, NameKind.WEAK, NameKind.FORMER


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a.k.a. Parsnip", [("Parsnip", A)]),
        ("a.k.a., Parsnip", [("Parsnip", A)]),
        ("aka Parsnip", [("Parsnip", A)]),
        ("f.k.a. Parsnip", [("Parsnip", F)]),
        ("formerly known as Parsnip", [("Parsnip", F)]),
        ("d/b/a Parsnip", [("Parsnip", A)]),
        ("and Parsnip", [("Parsnip", A)]),
        ("Turnip (a.k.a. Parsnip)", [("Turnip (a.k.a. Parsnip)", A), ("Turnip", A), ("Parsnip", A)]),
        ("Turnip, a.k.a., Beet", [("Turnip, a.k.a., Beet", A), ("Turnip", A), ("Beet", A)]),
        (
            "Beet (a.k.a. Turnip; Leek Ltd)",
            [("Beet (a.k.a. Turnip; Leek Ltd)", A), ("Beet", A), ("Turnip", A), ("Leek Ltd", A)],
        ),
        ("Parsnip (Root) Ltd", [("Parsnip (Root) Ltd", A)]),
        ("Akaba Trading", [("Akaba Trading", A)]),
        ("ULAN AKA", [("ULAN AKA", A)]),
        ("PARSNIP, Arthur", [("PARSNIP, Arthur", A)]),
        ("  \u202eParsnip\u2069 \n Ltd ", [("Parsnip Ltd", A)]),
        ("---", []),
        ("", []),
    ],
)
def test_aliases_are_split_at_aka(text: str, expected: list[tuple[str, NameKind]]) -> None:
    assert [(name.text, name.kind) for name in split_names(text)] == expected


def test_the_primary_name_stays_as_written() -> None:
    found = names_of("Turnip Institute (a.k.a. TI)", ["and TI", "f.k.a. Beet School"])
    assert [(name.text, name.kind) for name in found] == [
        ("Turnip Institute (a.k.a. TI)", P),
        ("Turnip Institute", A),
        ("TI", A),
        ("Beet School", F),
    ]


def test_without_a_primary_name_the_first_alias_becomes_it() -> None:
    assert names_of("", [ListedName("The Oar", W), "Arkady"])[0] == ListedName("The Oar", P)


@given(st.text(), st.lists(st.text(), max_size=4))
def test_names_are_clean_and_each_stands_once(primary: str, aliases: list[str]) -> None:
    found = names_of(primary, aliases)
    texts = [name.text for name in found]
    assert len(set(texts)) == len(texts)
    assert all(text == text.strip() and any(map(str.isalnum, text)) for text in texts)
    assert not found or found[0].kind is P
    assert all(name.kind is not P for name in found[1:])


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_names_are_cleaned_as_others_are(text: str) -> None:
    assert clean(text) == clean(text + "é").removesuffix("é").strip()


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Parsnip", ["Parsnip"]),
        ("Parsnip (Root)", ["Parsnip (Root)"]),
        ("Parsnip; Turnip (Root)", ["Parsnip", " Turnip (Root)"]),
        ("山药 (Parsnip; Turnip)", ["山药 ", "Parsnip", " Turnip)"]),
        ("Parsnip (PX) (山药 (original script); Turnip)", ["Parsnip (PX) ", "山药", " Turnip)"]),
    ],
)
def test_several_names_of_one_cell(text: str, expected: list[str]) -> None:
    assert several(text) == expected
