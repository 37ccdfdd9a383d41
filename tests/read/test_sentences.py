"""English and Chinese sentence boundaries."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.read.chinese import chinese_spans, note_length
from dragoman.read.english import english_spans


def english(text: str) -> list[str]:
    return [text[start:end] for start, end in english_spans(text, 0, len(text))]


def chinese(text: str) -> list[str]:
    return [text[start:end] for start, end in chinese_spans(text, 0, len(text))]


@pytest.mark.parametrize(
    "sentences",
    [
        ["The U.S. Department of Trade shall report.", "It will do so yearly."],
        ["We met in Washington, D.C.", "The talks went well."],
        ["Under Sec. 3 of the order, agencies must act.", "No. 5 stays in force."],
        ["The firm Orion Inc. will build it.", "Others may follow."],
        ["We will act by 5 p.m. on Monday.", "Then we rest."],
        ["They asked (see the note. It is long.) for more.", "We agreed."],
        ["“We will build it.”", "She smiled."],
        ["Mr. J. Smith signed for St. Agnes.", "Nobody else did."],
        ["Costs rose (to $4.5 billion).", "We will review them."],
        ["Will it help?", "No.", "But it may win.", "Yes, sir.", "See No. 7 and be sad."],
        ["Will it work?", "Yes!", "We think so."],
        ["We trade chips, e.g. Memory parts, and tools.", "Both matter."],
        ["It ended in 2023.", "In 2024 we will start anew."],
        ["It will enter the U.S.", "We will check it."],
        ["Nine states joined the Call.", "Members meet in May."],
        ["Data move between East and West.", "Ports stay open."],
    ],
)
def test_english_sentences(sentences: list[str]) -> None:
    assert english(" ".join(sentences)) == sentences


def test_no_break_space_ends_a_sentence_too() -> None:
    assert english("Launching a fund.\xa0We intend to pay.") == ["Launching a fund.", "We intend to pay."]


def test_semicolons_do_not_end_an_english_sentence() -> None:
    text = "We will (i) build; (ii) test; and (iii) sell."
    assert english(text) == [text]


@pytest.mark.parametrize(
    "sentences",
    [
        ["双方将会面。", "我们同意。"],
        ["他说：“我们将合作。”", "双方握手。"],
        ["不得泄露；未经同意不得提供。", "违者受罚。"],
        ["双方将合作（见附件。附件另发。）并报告。", "完。"],
        ["【本文为示例。】", "双方会面。"],
        ["怎么办？", "合作！", "好。"],
        ["我们将投入1.5亿元,用于研发。", "项目于2024年启动。"],
    ],
)
def test_chinese_sentences(sentences: list[str]) -> None:
    assert chinese("".join(sentences)) == sentences


def test_ascii_full_stop_behind_a_chinese_character_ends_a_sentence() -> None:
    assert chinese("双方将会面.我们同意.") == ["双方将会面.", "我们同意."]


@pytest.mark.parametrize(
    ("after", "length"),
    [
        ("4目前双方", 1),
        ("17月19日众议院", 1),
        ("7月19日众议院", 0),
        ("2021年双方", 0),
        ("12021年双方", 1),
        ("5个国家", 0),
        ("[3]双方", 3),
    ],
)
def test_number_of_a_footnote_belongs_to_no_sentence(after: str, length: int) -> None:
    assert note_length(after, 0, len(after)) == length


TEXT = st.text(alphabet='aA .!?()“”"U.S。！？；（）”双方1\xa0　月日年\n', max_size=120)


@given(TEXT)
def test_spans_are_ordered_trimmed_and_lose_nothing_but_space(text: str) -> None:
    body = text.strip()
    if not body:
        return
    start = text.index(body)
    spans = english_spans(text, start, start + len(body))
    assert all(text[low:high].strip() == text[low:high] != "" for low, high in spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
    joined = "".join(text[low:high] for low, high in spans)
    assert "".join(joined.split()) == "".join(body.split())


@given(TEXT)
def test_chinese_spans_are_ordered_and_trimmed(text: str) -> None:
    body = text.strip()
    if not body:
        return
    start = text.index(body)
    spans = chinese_spans(text, start, start + len(body))
    assert spans
    assert all(text[low:high].strip() == text[low:high] != "" for low, high in spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
    assert start <= spans[0][0]
    assert spans[-1][1] <= start + len(body)
