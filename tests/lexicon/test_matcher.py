from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dragoman.lexicon import Matcher, Phrase, fold

PHRASES = (
    Phrase("United States", "actor", "United States"),
    Phrase("US", "actor", "United States", exact_case=True),
    Phrase("chips", "technology", "semiconductors"),
    Phrase("chips act", "instrument", "legislation"),
    Phrase("US chip office", "actor", "office"),
    Phrase("美国", "actor", "United States"),
)


def found(text: str) -> list[tuple[str, str]]:
    return [(text[hit.start : hit.end], hit.phrases[0].key) for hit in Matcher(PHRASES).find(text)]


def test_latin_phrases_match_whole_words_in_any_case() -> None:
    assert found("the united states and microchips") == [("united states", "United States")]


def test_exact_case_keeps_a_pronoun_from_being_a_state() -> None:
    assert found("help us and the US") == [("US", "United States")]


def test_the_longest_phrase_wins() -> None:
    assert found("the CHIPS Act and chips") == [("CHIPS Act", "legislation"), ("chips", "semiconductors")]


def test_a_phrase_cut_off_in_a_word_does_not_hide_what_stands_in_it() -> None:
    assert found("two US chip offices") == [("US", "United States")]
    assert found("the chips active in states") == [("chips", "semiconductors")]
    assert found("the US chip office") == [("US chip office", "office")]


def test_han_phrases_match_anywhere_also_beside_latin_letters() -> None:
    assert found("与美国US芯片") == [("美国", "United States"), ("US", "United States")]


def test_one_spelling_may_stand_for_several_entries() -> None:
    twice = Matcher([Phrase("data bridge", "a", "one"), Phrase("Data Bridge", "b", "two")])
    (hit,) = twice.find("a data bridge")
    assert [phrase.key for phrase in hit.phrases] == ["one", "two"]


def test_without_phrases_nothing_is_found() -> None:
    assert Matcher([]).find("anything") == []


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(alphabet="abUS chips美国İ \u0130"))
def test_hits_are_ordered_and_do_not_overlap(text: str) -> None:
    position = 0
    for hit in Matcher(PHRASES).find(text):
        assert position <= hit.start < hit.end <= len(text)
        position = hit.end
