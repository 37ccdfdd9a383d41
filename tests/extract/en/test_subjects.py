"""Subjects are found left of their verb, over lists, asides and fronted adjuncts."""

from __future__ import annotations

import pytest

from dragoman.extract.en.clauses import Tokens, tokens_of
from dragoman.extract.en.subjects import subject_of
from dragoman.extract.en.words import load_words
from dragoman.extract.view import views_of
from dragoman.lexicon import load_lexicon
from tests.extract.en.reading import document_of


def tokens_in(text: str) -> Tokens:
    (view,) = views_of(document_of(text), load_lexicon())
    return tokens_of(view, load_words())


def subject_in(text: str, verb: str) -> tuple[str, str, str]:
    tokens = tokens_in(text)
    subject = subject_of(tokens, tokens.lower.index(verb))
    words = text[slice(*tokens.span(subject.first, subject.end))] if subject.end > subject.first else ""
    return words, subject.kind, subject.clause


@pytest.mark.parametrize(
    ("text", "verb", "words", "kind", "clause"),
    [
        ("We will act.", "will", "We", "we", "main"),
        ("In 2024, the Council will act.", "will", "the Council", "agent", "main"),
        ("In 2024 the Council will act.", "will", "the Council", "agent", "main"),
        ("Today the United States will act.", "will", "the United States", "actor", "main"),
        ("Japan, India, and Kenya will act.", "will", "Japan, India, and Kenya", "actor", "main"),
        ("The Board, chaired by Ann Lee, shall act.", "shall", "The Board", "agent", "main"),
        ("The Board (BB) shall act.", "shall", "The Board", "agent", "main"),
        ("To this end, Japan and Kenya will act.", "will", "Japan and Kenya", "actor", "main"),
        ("We have acted, and the Council will act.", "will", "the Council", "agent", "main"),
        ("We note that the Council will act.", "will", "the Council", "agent", "complement"),
        ("If the Council shall act, we go.", "shall", "the Council", "agent", "subordinate"),
        ("We met experts who will act.", "will", "experts", "agent", "relative"),
        ("The steps we will take are many.", "will", "we", "we", "relative"),
        ("We have acted and will act.", "will", "", "none", "shared"),
        ("That evaluation will act.", "will", "That evaluation", "thing", "main"),
        ("This work will go on.", "will", "This work", "vehicle", "main"),
        ("The declaration will go on.", "will", "The declaration", "text", "main"),
        ("It will go on.", "will", "It", "anaphor", "main"),
        ("Secretary Lee will act.", "will", "Secretary Lee", "agent", "main"),
    ],
)
def test_subjects(text: str, verb: str, words: str, kind: str, clause: str) -> None:
    assert subject_in(text, verb) == (words, kind, clause)


def test_abbreviations_are_one_token() -> None:
    assert tokens_in("The U.S.-EU council met in the U.S. today.").lower[:2] == ("the", "u.s.-eu")


def test_brackets_are_known() -> None:
    tokens = tokens_in("The Board (BB) shall act.")
    assert [word for word, inside in zip(tokens.lower, tokens.inside, strict=True) if inside] == ["(", "bb"]


def test_the_month_of_may_is_no_modal() -> None:
    tokens = tokens_in("The Board met in May and may act.")
    assert [bool(tokens.tags[at]) for at, word in enumerate(tokens.lower) if word == "may"] == [False, True]
