from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.screen.align import Aligned, Query, align
from dragoman.screen.vocabulary import analyse, analyse_person, vocabulary

KNOWN = vocabulary()
NAMES = st.lists(
    st.sampled_from(["norvik", "heavy", "machinery", "trading", "ltd", "vektor", "sons", "44", "m", "al"]),
    min_size=1,
    max_size=5,
)


def compared(one: str, other: str, *, person: bool = False) -> Aligned:
    take = analyse_person if person else analyse
    weights = {"heavy": 0.3, "trading": 0.2, "al": 0.1}
    query = Query(take(one, KNOWN), lambda word: weights.get(word, 1.0), KNOWN, person=person)
    return align(query, take(other, KNOWN))


def test_the_same_name_scores_1() -> None:
    assert compared("Norvik Heavy Machinery Ltd", "NORVIK Heavy Machinery Limited").score == pytest.approx(1.0)


def test_word_order_does_not_matter() -> None:
    assert compared("Lunde, Per Olav", "Per Olav Lunde", person=True).score == 1.0


def test_a_contradicted_name_scores_less_than_an_omitted_one() -> None:
    omitted = compared("Ivan Lunde", "Ivan Petrovich Lunde", person=True).score
    contradicted = compared("Ivan Sergeevich Lunde", "Ivan Petrovich Lunde", person=True).score
    assert contradicted < omitted


def test_words_written_as_one_are_found() -> None:
    aligned = compared("Abdul Rahman Lunde", "Abdulrahman Lunde", person=True)
    assert aligned.score > 0.9
    assert "joined" in {line.how for line in aligned.evidence()}


def test_an_initial_stands_for_a_name_of_a_person_only() -> None:
    assert compared("P. Lunde", "Per Lunde", person=True).score > 0.8
    assert compared("Wolle Lunde", "W Lunde").score < 0.6


def test_another_legal_form_costs_little() -> None:
    assert 0.9 < compared("Norvik GmbH", "Norvik Inc").score < 1.0
    assert compared("Norvik Company", "Norvik Inc").score > compared("Norvik GmbH", "Norvik Inc").score


@given(NAMES, NAMES)
def test_weights_sum_to_1_and_similarities_to_the_score(one: list[str], other: list[str]) -> None:
    aligned = compared(" ".join(one), " ".join(other))
    lines = aligned.evidence()
    assert 0.0 <= aligned.score <= 1.0
    if aligned.pairs:
        assert sum(line.weight for line in lines) == pytest.approx(1.0)
        assert sum(line.weight * line.similarity for line in lines) == pytest.approx(aligned.score)


@given(NAMES, NAMES)
def test_which_name_is_asked_matters_little(one: list[str], other: list[str]) -> None:
    there = compared(" ".join(one), " ".join(other)).score
    back = compared(" ".join(other), " ".join(one)).score
    assert abs(there - back) < 0.15
