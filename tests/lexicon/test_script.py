from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.lexicon.script import mainland_words, simplified


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("隨著協議生效，雙方應於三十日內發佈清單", "随着协议生效，双方应于三十日内发布清单"),
        ("顯著成效與著作權", "显著成效与著作权"),
        ("透過人工智慧與晶片資訊網路", "通过人工智能与芯片信息网络"),
        ("The parties (雙方) will meet", "The parties (双方) will meet"),
    ],
)
def test_traditional_characters_become_simplified_ones(written: str, plain: str) -> None:
    assert simplified(written) == plain


@pytest.mark.parametrize("text", ["双方将于九月会晤", "We will meet", "", "著名的瞭望哨"])
def test_a_text_without_traditional_characters_is_given_back_itself(text: str) -> None:
    assert simplified(text) is text


@given(st.text(st.characters(min_codepoint=0, max_codepoint=0x2FFFF), max_size=80))
def test_the_length_stays_for_any_text(text: str) -> None:
    assert len(simplified(text)) == len(text)


@given(st.text("國际雙边协議資讯晶片將应發布著 A。\r\n", max_size=60))
def test_what_is_simplified_stays_so(text: str) -> None:
    plain = simplified(text)
    assert simplified(plain) == plain


def test_words_of_taiwan_keep_their_length() -> None:
    assert all(len(taiwan) == len(mainland) for taiwan, mainland in mainland_words().items())
