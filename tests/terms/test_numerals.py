from __future__ import annotations

import pytest

from dragoman.terms.numerals import chinese_numbers, chinese_value, english_numbers


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("within 90 days", "90天内"),
        ("1.5 billion dollars", "15亿美元"),
        ("twenty million people", "两千万人"),
        ("45 percent of exports", "百分之四十五的出口"),
        ("12,500 tonnes", "1.25万吨"),
        ("by june 2031", "2031年6月前"),
        ("three pilot projects", "三个试点项目"),
        ("in 2030", "二〇三〇年"),
    ],
)
def test_a_number_is_one_sign_in_both_languages(english: str, chinese: str) -> None:
    assert set(english_numbers(english)) == set(chinese_numbers(chinese)) != set()


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("十", 10),
        ("十二", 12),
        ("二十一", 21),
        ("三百零五", 305),
        ("一亿二千万", 120_000_000),
        ("15亿", 1_500_000_000),
        ("万", 10_000),
    ],
)
def test_chinese_numbers_have_their_value(written: str, value: int) -> None:
    assert chinese_value(written) == value
