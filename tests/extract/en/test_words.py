"""Verb forms are spelt by rule; unknown words are judged by their ending."""

from __future__ import annotations

import pytest

from dragoman.extract.en.words import (
    ADVERB,
    BASE,
    DET,
    GERUND,
    PARTICIPLE,
    PAST,
    PREPOSITION,
    THIRD,
    forms_of,
    load_words,
    with_british,
)


@pytest.mark.parametrize(
    ("verb", "doubles", "third", "gerund", "past"),
    [
        ("sign", False, "signs", "signing", "signed"),
        ("establish", False, "establishes", "establishing", "established"),
        ("supply", False, "supplies", "supplying", "supplied"),
        ("convey", False, "conveys", "conveying", "conveyed"),
        ("agree", False, "agrees", "agreeing", "agreed"),
        ("issue", False, "issues", "issuing", "issued"),
        ("ban", True, "bans", "banning", "banned"),
    ],
)
def test_regular_forms(verb: str, doubles: bool, third: str, gerund: str, past: str) -> None:  # noqa: FBT001
    forms = {form for form, _ in forms_of(verb, None, doubles)}
    assert forms == {verb, third, gerund, past}


def test_irregular_forms_come_from_the_table() -> None:
    assert dict(forms_of("undertake", ["undertook", "undertaken"], doubles=False))["undertaken"] == PARTICIPLE


def test_british_spelling_follows_american() -> None:
    assert with_british(frozenset({"organize", "analyze", "sign"})) >= {"organise", "analyse"}


@pytest.mark.parametrize(
    ("word", "classes"),
    [
        ("on", PREPOSITION), ("no", DET), ("swiftly", ADVERB), ("july", 0), ("family", 0), ("convene", BASE),
        ("launches", THIRD), ("digitalising", GERUND), ("digitalised", PAST | PARTICIPLE), ("red", 0),
    ],
)  # fmt: skip
def test_classes_of_words(word: str, classes: int) -> None:
    tags = load_words().tags[word]
    assert tags & classes == classes
    assert bool(tags) == bool(classes)


def test_unknown_words_are_not_kept() -> None:
    tags = load_words().tags
    size = len(tags)
    assert tags["gloriously"] == ADVERB
    assert len(tags) == size


def test_every_entry_is_a_word() -> None:
    words = load_words()
    for name, entries in {**words.classes, **words.verbs}.items():
        assert all(isinstance(entry, str) and entry for entry in entries), name
