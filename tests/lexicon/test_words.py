from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.lexicon import fold
from dragoman.lexicon.words import load_words

WORDS = load_words()


@pytest.mark.parametrize(
    "family",
    [
        "negotiation negotiations negotiate negotiated negotiating",
        "launch launches launched launching",
        "establish established establishing establishment",
        "supply supplies",
        "plan planned planning plans",
        "agree agreed agreement agreements",
    ],
)
def test_words_of_a_family_meet(family: str) -> None:
    assert len({WORDS.stem(word) for word in family.split()}) == 1


@pytest.mark.parametrize("pair", ["nation notion", "mineral minister", "quantum quantity", "export expert"])
def test_words_of_other_meaning_do_not_meet(pair: str) -> None:
    first, second = pair.split()
    assert WORDS.stem(first) != WORDS.stem(second)


def test_words_that_say_nothing_are_left_out() -> None:
    assert list(WORDS.stems_of("we will do this and that, a b c")) == []


def test_chinese_is_kept_as_pairs() -> None:
    assert list(WORDS.stems_of("量子标准 ai 云")) == ["量子", "子标", "标准", "ai", "云"]


@given(st.text(max_size=200))
def test_places_are_those_of_the_words(text: str) -> None:
    folded = fold(text)
    stems, starts = WORDS.places_of(folded)
    assert stems == list(WORDS.stems_of(folded))
    assert starts == sorted(starts)
    assert all(folded[start : start + 1].strip() for start in starts)
