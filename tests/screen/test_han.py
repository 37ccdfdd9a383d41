from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.screen.han import analyse_han, compare_han, han_vocabulary, is_name_of_han, pieces

KNOWN = han_vocabulary()


def score(one: str, other: str) -> float:
    return compare_han(analyse_han(one, KNOWN), analyse_han(other, KNOWN)).score


def test_a_name_is_cut_into_known_words_and_the_rest() -> None:
    assert list(pieces("杭州蓝桥半导体设备", KNOWN)) == ["杭州", "蓝桥", "半导体", "设备"]


def test_traditional_and_simplified_characters_are_one() -> None:
    assert score("杭州藍橋半導體設備有限公司", "杭州蓝桥半导体设备有限公司") == 1.0


def test_the_legal_form_says_little() -> None:
    assert score("杭州蓝桥半导体", "杭州蓝桥半导体股份有限公司") > 0.85


def test_another_brand_in_the_same_town_and_trade_is_another_firm() -> None:
    assert score("杭州蓝桥科技有限公司", "杭州泓彦科技有限公司") < 0.5
    assert score("杭州蓝桥科技有限公司", "杭州蓝泓科技有限公司") < 0.65


def test_one_false_character_of_a_long_name_is_an_error() -> None:
    assert score("西北精密轴承研究所", "西北精秘轴承研究所") > 0.75


def test_the_form_alone_does_not_make_a_name_chinese() -> None:
    assert not is_name_of_han("Norvik公司", KNOWN)
    assert is_name_of_han("蓝桥公司", KNOWN)


@pytest.mark.parametrize("name", ["", "·", "公司", "有限公司", "蓝", "😀"])
def test_odd_names_have_a_core_or_none(name: str) -> None:
    analysed = analyse_han(name, KNOWN)
    assert len(analysed.weights) == len(analysed.core + analysed.form)


@given(
    st.text("杭州蓝桥科技有限公司集团大学斯克特尔", max_size=12),
    st.text("杭州蓝桥科技有限公司集团大学斯克特尔", max_size=12),
)
def test_scores_are_between_0_and_1(one: str, other: str) -> None:
    assert 0.0 <= score(one, other) <= 1.0


@given(st.text("杭州蓝桥科技有限公司集团大学斯克特尔", min_size=1, max_size=12))
def test_a_name_is_itself(name: str) -> None:
    assert score(name, name) == 1.0
