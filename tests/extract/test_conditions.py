from __future__ import annotations

import pytest

from dragoman.extract.en.conditions import condition_in as english
from dragoman.extract.zh.conditions import condition_in as chinese
from dragoman.model import Language
from tests.extract.clauses import candidate_in, view_of

ENGLISH = [
    ("We will act, as appropriate, with partners.", "as appropriate"),
    (
        "This order shall be carried out subject to the availability of funds.",
        "subject to the availability of funds",
    ),
    ("The office will share data to the extent permitted by law.", "to the extent permitted by law"),
    (
        "The office will share data in accordance with its national rules, and report.",
        "in accordance with its national rules",
    ),
    ("Pursuant to section 5, the office shall report.", None),
    ("The office shall report.", None),
]
CHINESE = [
    ("双方将酌情扩大合作。", "酌情"),
    ("主管部门在法律允许的范围内提供支持。", "在法律允许的范围内"),
    ("经营者变更业务范围的，应当重新申报。", "经营者变更业务范围的"),
    ("未经主管机关批准，不得转让。", "未经主管机关批准"),
    ("双方将扩大合作。", None),
]


@pytest.mark.parametrize(("text", "words"), ENGLISH)
def test_english(text: str, words: str | None) -> None:
    span = english(view_of(text), candidate_in(text))
    assert (text[slice(*span)] if span else None) == words


@pytest.mark.parametrize(("text", "words"), CHINESE)
def test_chinese(text: str, words: str | None) -> None:
    trigger = next((word for word in ("应当", "不得", "将", "提供") if word in text), "")
    span = chinese(view_of(text, Language.ZH), candidate_in(text, trigger))
    assert (text[slice(*span)] if span else None) == words
