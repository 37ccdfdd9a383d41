"""Texts that were cut into sentences before, one to a line."""

from __future__ import annotations

import textwrap

import pytest

from dragoman.lexicon import load_lexicon
from dragoman.model import Language
from dragoman.read import read_text
from dragoman.terms import align, sentence_spans
from dragoman.terms.path import Match, columns_of

LINES = [
    "“门锁了吗？”他问。",
    "“锁了。”她说。",
    "第二部分讲的是潮汐。",
    "他点了点头。",
    "窗外有人唱歌。",
    "歌声越来越近。",
    "她放下书。",
    "“是邮差。”",
    "他打开门。",
    "没有人。",
]
ENGLISH = [
    '"Is the door locked?" he asked.',
    '"It is," she said.',
    "The second part was about tides.",
    "He nodded.",
    "Somebody was singing outside the window.",
    "The song came nearer.",
    "She put down the book.",
    '"The postman."',
    "He opened the door.",
    "There was nobody.",
]


def test_lines_stay_whole_and_are_linked_by_their_offsets() -> None:
    english, chinese = read_text("\n".join(ENGLISH), slug="en"), read_text("\n".join(LINES), slug="zh")
    alignment = align(english, chinese, load_lexicon())
    assert [chinese.slice(*span) for span in sentence_spans(chinese, Language.ZH)] == LINES
    assert [english.slice(*span) for span in sentence_spans(english, Language.EN)] == ENGLISH
    assert [(alignment.words(link)) for link in alignment.links] == list(zip(ENGLISH, LINES, strict=True))


@pytest.mark.parametrize("text", ["\n\n".join(LINES), "".join(LINES), "\n".join(LINES[:4])])
def test_paragraphs_and_short_texts_keep_the_sentences_of_the_reader(text: str) -> None:
    document = read_text(text, slug="zh")
    assert sentence_spans(document, Language.ZH) == [(one.start, one.end) for one in document.sentences]


def test_lines_of_a_page_are_no_sentences() -> None:
    page = "\n".join(textwrap.wrap(" ".join(ENGLISH * 3), 60))
    document = read_text(page, slug="en")
    assert sentence_spans(document, Language.EN) == [(one.start, one.end) for one in document.sentences]


def test_a_guide_says_how_many_chinese_sentences_stand_before_each_english_one() -> None:
    matches = [Match((0,), (0, 1), 1.0), Match((), (2,), 0.0), Match((1, 2), (3,), 1.0), Match((3,), (), 0.0)]
    assert list(columns_of(matches, 4)) == [0, 2, 4, 4, 4]
