from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.screen.likeness import likeness, misspelled, sound
from dragoman.screen.vocabulary import vocabulary

KNOWN = vocabulary()
WORDS = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=14)


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("vektor", "vektor", "same"),
        ("machinery", "machinrey", "spelling"),
        ("tech", "technology", "short form"),
        ("misha", "misha", "same"),
        ("sergey", "serhii", "given name"),
        ("bin", "ibn", "particle"),
        ("j", "jakob", "initial"),
        ("muhammad", "mohamed", "given name"),
        ("kadyrov", "kadiroff", "sound"),
        ("intercon", "intercontinental", "abbreviation"),
        ("44", "45", "unmatched"),
        ("alpha", "omega", "unmatched"),
    ],
)
def test_how_words_are_alike(one: str, other: str, how: str) -> None:
    assert likeness(one, other, KNOWN)[1] == how


def test_an_error_costs_less_in_a_longer_word() -> None:
    short, long = likeness("vista", "visto", KNOWN), likeness("machinery", "machinary", KNOWN)
    assert short[0] < long[0] < 1.0


@given(WORDS, WORDS)
def test_likeness_is_symmetric_and_between_0_and_1(one: str, other: str) -> None:
    value, _ = likeness(one, other, KNOWN)
    assert 0.0 <= value <= 1.0
    assert value == likeness(other, one, KNOWN)[0]


def test_many_words_are_compared_as_one_by_one() -> None:
    others = ["machinary", "machine", "zebra"]
    assert dict(misspelled("machinery", others))[others.index("machinary")] == likeness(
        "machinery", "machinary", KNOWN
    )
    assert others.index("zebra") not in dict(misspelled("machinery", others))


def test_transliterations_share_a_sound() -> None:
    assert sound("mohammed") == sound("muhamad")
