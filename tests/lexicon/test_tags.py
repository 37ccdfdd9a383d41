from __future__ import annotations

import pytest

from dragoman.lexicon import Phrase, load_lexicon
from dragoman.lexicon.tags import plurals_of

LEXICON = load_lexicon()


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("We will start talent exchanges.", "talent"),
        ("Both joint committees will meet.", "body"),
        ("We will repair three reactors.", "nuclear"),
    ],
)
def test_a_term_is_found_in_its_plural_too(text: str, tag: str) -> None:
    assert tag in {phrase.key for hit in LEXICON.terms.find(text) for phrase in hit.phrases}


def test_only_what_can_be_a_noun_gets_a_plural() -> None:
    terms = ("hub", "ethical", "workshops", "training", "policy", "mentored", "hubs")
    phrases = [Phrase(term, "instrument", "body") for term in terms]
    assert plurals_of(phrases) == []
    assert [phrase.text for phrase in plurals_of([Phrase("talent exchange", "instrument", "talent")])] == [
        "talent exchanges"
    ]
