"""Which state a Chinese text means by a character and 方, by 政府, 我方, or by one name before two agencies."""

from __future__ import annotations

import pytest

from dragoman.extract import Extractor
from dragoman.lexicon import load_lexicon
from dragoman.read import read_text


def actors(text: str, kind: str = "news", title: str = "", *parties: str) -> list[tuple[str, ...]]:
    """Return who acts in the provisions of a text, in order."""
    stated = {"title": title, "date": "2026-02-01", "kind": kind, "parties": list(parties)}
    document = read_text(text, slug="test", metadata=stated)
    return [provision.actors for provision in Extractor(load_lexicon()).extract(document)]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("乌兹别克斯坦外长昨日来访。乌方将开放两个港口。", "Uzbekistan"),
        ("乌兹别克斯坦、乌兹别克斯坦总统与乌克兰均在场。乌方将开放两个港口。", "Uzbekistan"),
        ("乌克兰外长昨日来访。乌方将开放两个港口。", "Ukraine"),
        ("沙特阿拉伯大臣昨日来访。沙方将开放两个港口。", "Saudi Arabia"),
        ("马尔代夫总统昨日来访。马方将开放两个港口。", "Maldives"),
        ("印度尼西亚总统昨日来访。印方将开放两个港口。", "Indonesia"),
        ("首尔当局将开放两个港口。", "South Korea"),
        ("行政院昨日举行记者会。政府将开放两个港口。", "Taiwan"),
        ("行政院昨日说明谈判结果。我方将开放两个港口。", "Taiwan"),
        ("香港市民关注财政状况。特区政府将开放两个港口。", "Hong Kong"),
    ],
)
def test_a_short_word_for_a_state_means_the_one_the_text_is_about(text: str, state: str) -> None:
    assert actors(text)[-1] == (state,)


def test_a_party_goes_before_another_state_of_the_same_character() -> None:
    text = "几内亚湾与马来西亚的港口都很繁忙。马方将开放两个港口。"
    assert actors(text, "news", "", "China", "Malta")[-1] == ("Malta",)


def test_directions_and_other_words_before_the_sign_of_a_side_are_no_states() -> None:
    text = "东帝汶总统昨日来访。东方航空港口的条件很好。中国将开放两个港口。"
    assert actors(text)[-1] == ("China",)


def test_a_second_ministry_belongs_to_the_state_before_the_first() -> None:
    text = "中方对此表示关切。美国商务部与财政部宣布了两项港口禁令。"
    assert actors(text)[-1] == ("Department of Commerce", "Department of the Treasury")
