from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.screen.spelling import LONGEST_NAME, clean, is_han, words


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Compañía Ñandú S.A.", ("compania", "nandu", "sa")),
        ("ООО «Вектор»", ("ooo", "vektor")),
        ("O'Hara-Nuñez", ("ohara", "nunez")),
        ("J.R. Tolly & Sons", ("jr", "tolly", "sons")),
        ("😀😀", ()),
        ("\u202eNorvik\u200b", ("norvik",)),
        ("", ()),
    ],
)
def test_words_of_a_name(name: str, expected: tuple[str, ...]) -> None:
    assert words(name) == expected


def test_a_name_of_ten_megabytes_is_cut() -> None:
    assert len(clean("x" * 10_000_000)) == LONGEST_NAME


def test_control_characters_are_left_out() -> None:
    assert clean("Nor\x00vik\x07 Ltd") == "Norvik Ltd"


def test_han_is_told_from_other_scripts() -> None:
    assert is_han("Acme公司")
    assert not is_han("Акме")


@given(st.text(max_size=60))
def test_any_text_has_words_of_ascii_letters_and_digits(name: str) -> None:
    assert all(word.isascii() and word.isalnum() for word in words(name))


@pytest.mark.parametrize(
    "name", ["😀 Velstrom Works", "Velstrom™ Works®", "→ Velstrom ★ Works ✈️", "Velstrom👩🏽‍🔧Works"]
)
def test_pictures_and_marks_are_no_words(name: str) -> None:
    assert words(name) == ("velstrom", "works")
