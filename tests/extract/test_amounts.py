from __future__ import annotations

import pytest

from dragoman.extract.en.amounts import amounts_in as english
from dragoman.extract.money import scaled
from dragoman.extract.zh.amounts import amounts_in as chinese
from dragoman.model import Language
from tests.extract.clauses import candidate_in, view_of

ENGLISH = [
    ("We will invest $1.5 billion.", "$1.5 billion", "1500000000", "USD", "exact"),
    ("We will invest up to US$20 million.", "up to US$20 million", "20000000", "USD", "up_to"),
    ("We will invest at least €43 million.", "at least €43 million", "43000000", "EUR", "at_least"),
    ("We will invest about 100 million euros.", "about 100 million euros", "100000000", "EUR", "about"),
    ("A fee of 20,000 dollars applies.", "20,000 dollars", "20000", "USD", "exact"),
    ("Norway gives up to NOK 250 million.", "up to NOK 250 million", "250000000", "NOK", "up_to"),
    ("A fund of £2.25m opens.", "£2.25m", "2250000", "GBP", "exact"),
]
CHINESE = [
    ("双方将投入约520亿美元。", "约520亿美元", "52000000000", "USD", "about"),
    ("基金规模不超过2500万欧元。", "不超过2500万欧元", "25000000", "EUR", "up_to"),
    ("挪威将出资至多2.5亿挪威克朗。", "至多2.5亿挪威克朗", "250000000", "NOK", "up_to"),
    ("处一百万元以下罚款。", "一百万元以下", "1000000", "CNY", "up_to"),
    ("处十万元以上罚款。", "十万元以上", "100000", "CNY", "at_least"),
    ("超过1.5万亿美元的存量。", "超过1.5万亿美元", "1500000000000", "USD", "at_least"),
]


@pytest.mark.parametrize(("text", "words", "value", "currency", "bound"), ENGLISH)
def test_english(text: str, words: str, value: str, currency: str, bound: str) -> None:
    (amount,) = english(view_of(text), candidate_in(text))
    assert (amount.text, amount.value, amount.currency, amount.bound) == (words, value, currency, bound)
    assert text[amount.start : amount.start + len(amount.text)] == words


@pytest.mark.parametrize(("text", "words", "value", "currency", "bound"), CHINESE)
def test_chinese(text: str, words: str, value: str, currency: str, bound: str) -> None:
    (amount,) = chinese(view_of(text, Language.ZH), candidate_in(text))
    assert (amount.text, amount.value, amount.currency, amount.bound) == (words, value, currency, bound)
    assert text[amount.start : amount.start + len(amount.text)] == words


@pytest.mark.parametrize("text", ["We will train 400 people.", "The 2024 budget matters.", "Version 1.2.3 ships."])
def test_plain_numbers_are_no_money(text: str) -> None:
    assert english(view_of(text), candidate_in(text)) == ()


def test_digits_that_are_no_number_give_nothing() -> None:
    assert scaled("1.2.3", 6) is None
    assert scaled("1,500", 0) == "1500"
    assert scaled("0.5", 9) == "500000000"
