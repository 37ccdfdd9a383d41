from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.register.tokens import Phrase, fold, marks_of, phrases_of, tokens_of


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("U.S. firms", ["u", "s", "firms"]),
        ("AI技术", ["ai", "技", "术"]),
        ("５Ｇ　ＡＩ", ["5g", "ai"]),
        ("Communiqué", ["communique"]),
        ("COVID-19", ["covid", "19"]),
        ("snake_case", ["snake", "case"]),
        ("Straße", ["strasse"]),
        ("每半年", ["每", "半", "年"]),
        ("«…» 。，", []),
        ("", []),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert tokens_of(text) == tokens


@pytest.mark.parametrize(
    ("query", "phrases"),
    [
        ("export controls", (Phrase(("export",)), Phrase(("controls",)))),
        ('"export controls"', (Phrase(("export", "controls")),)),
        ("“芯片 出口”", (Phrase(("芯", "片", "出", "口")),)),
        ("control*", (Phrase(("control",), prefix=True),)),
        ("co*", (Phrase(("co",)),)),
        ('"control*"', (Phrase(("control",)),)),
        ("U.S.", (Phrase(("u", "s")),)),
        ("ai AI", (Phrase(("ai",)),)),
        ('"unclosed phrase', (Phrase(("unclosed", "phrase")),)),
        ("。 -- *", ()),
    ],
)
def test_a_query_is_phrases(query: str, phrases: tuple[Phrase, ...]) -> None:
    assert phrases_of(query) == phrases


def marked(text: str, query: str) -> list[str]:
    return [text[start:end] for start, end in marks_of(text, phrases_of(query))]


@pytest.mark.parametrize(
    ("text", "query", "words"),
    [
        ("The U.S. and the US", "u.s.", ["U.S"]),
        ("半导体和芯片，芯 片", "芯片", ["芯片", "芯 片"]),
        ("ＡＩ and Ai", "ai", ["ＡＩ", "Ai"]),
        ("Export controls, controlled", "control*", ["controls", "controlled"]),
        ("人工智能", "人工 工智 智能", ["人工智能"]),
        ("one two", "three", []),
    ],
)
def test_marks_are_words_of_the_original(text: str, query: str, words: list[str]) -> None:
    assert marked(text, query) == words


@given(st.text())
def test_marks_of_any_text_lie_inside_it_and_hold_the_token(text: str) -> None:
    for token in tokens_of(text):
        spans = marks_of(text, [Phrase((token,))])
        assert spans
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(token in tokens_of(text[start:end]) for start, end in spans)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert tokens_of(fold(text)) == tokens_of(text)


@given(st.text(alphabet="人工智能芯片AIu.s 。", min_size=1))
def test_words_of_a_text_are_found_by_asking_for_them(text: str) -> None:
    for phrase in phrases_of(text):
        assert marks_of(text, [phrase])
