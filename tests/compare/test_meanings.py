from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from dragoman.compare.meanings import Vectors, decoded, encoded, load_meanings, of_length_one


@pytest.mark.parametrize(
    ("word", "near", "far"),
    [("opioid", "fentanyl", "semiconductor"), ("subsea", "cabl", "vaccin"), ("debt", "loan", "quantum")],
)
def test_words_that_keep_the_same_company_are_near(word: str, near: str, far: str) -> None:
    known = load_meanings()
    one, same, other = (known.vectors[known.rows[stem]] for stem in (word, near, far))
    assert one @ same > 0.5 > one @ other


def test_sentences_in_other_words_are_nearer_than_those_on_other_things() -> None:
    sentences = [
        {"opioid": 1.0, "addict": 1.0},
        {"fentanyl": 1.0, "overdo": 1.0, "unheardof": 1.0},
        {"semiconductor": 1.0, "wafer": 1.0},
        {"debt": 1.0, "loan": 1.0},
    ]
    drugs, others, chips, debts = load_meanings().of_sentences(sentences)
    assert drugs @ others > max(drugs @ chips, drugs @ debts)


def test_what_all_sentences_share_is_taken_off() -> None:
    rows = load_meanings().of_sentences([{"quantum": 1.0}, {"quantum": 1.0}])
    assert rows.tolist() == np.zeros_like(rows).tolist()


def test_no_sentence_and_a_sentence_without_known_words_have_no_direction() -> None:
    known = load_meanings()
    assert known.of_sentences([]).shape == (0, known.vectors.shape[1])
    assert np.isfinite(known.of_sentences([{"unheardof": 1.0}, {"quantum": 1.0}])).all()


@given(arrays(np.float32, (3, 4), elements=st.floats(-1, 1, width=32).filter(lambda number: abs(number) > 0.1)))
def test_vectors_are_read_as_they_were_written_but_for_rounding(vectors: Vectors) -> None:
    read = decoded(encoded(vectors), ("one", "two", "three"))
    assert list(read.rows) == ["one", "two", "three"]
    assert np.abs(read.vectors - of_length_one(vectors)).max() < 0.05
