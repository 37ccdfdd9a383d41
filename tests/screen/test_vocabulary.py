from __future__ import annotations

import pytest

from dragoman.screen.vocabulary import Analysed, analyse, analyse_person, vocabulary

KNOWN = vocabulary()


@pytest.mark.parametrize(
    ("name", "kept", "form"),
    [
        ("Norvik Heavy Machinery Co., Ltd.", ("norvik", "heavy", "machinery"), {"limited"}),
        ("Aktsionernoe Obshchestvo Vektor", ("vektor",), {"stock"}),
        ("Brandt Anlagen GmbH & Co. KG", ("brandt", "anlagen"), {"partnership"}),
        ("Northwind Limted", ("northwind",), {"limited"}),
        ("Pars Isotopecompany", ("pars", "isotope"), {"any"}),
        ("The Lantern Trust", ("lantern", "trust"), set()),
    ],
)
def test_legal_forms_are_taken_off(name: str, kept: tuple[str, ...], form: set[str]) -> None:
    analysed = analyse(name, KNOWN)
    assert analysed.words == kept
    assert analysed.forms == form


def test_a_name_that_is_only_a_form_keeps_its_words() -> None:
    assert analyse("Limited", KNOWN).words == ("limited",)


@pytest.mark.parametrize(
    ("name", "expected"), [("Brigade Forty-Four", "44"), ("Fund III", "3"), ("Third Plant", "3")]
)
def test_numerals_become_digits(name: str, expected: str) -> None:
    assert expected in analyse(name, KNOWN).words


def test_a_person_has_no_legal_form_and_loses_titles() -> None:
    assert analyse_person("Dr. Maria SA Silva", KNOWN) == Analysed(("maria", "sa", "silva"))


def test_a_family_name_is_no_numeral() -> None:
    assert analyse_person("Xi Lanying", KNOWN).words == ("xi", "lanying")


def test_short_forms_are_known_both_ways() -> None:
    assert "technology" in KNOWN.short["tech"]
    assert "tech" in KNOWN.shortened["technology"]


@pytest.mark.parametrize("form", ["You Xian Gong Si", "Youxian Gongsi", "Gu Fen You Xian Gong Si", "Gongsi"])
def test_chinese_legal_forms_in_pinyin_are_forms(form: str) -> None:
    assert analyse(f"Lu Song {form}", KNOWN).words == ("lu", "song")


def test_syllables_of_forms_say_as_much_as_other_words_in_names_of_people() -> None:
    assert not KNOWN.form_parts & {"you", "xian", "gong", "si", "gu", "fen"}
