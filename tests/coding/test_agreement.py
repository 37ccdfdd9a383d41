"""What is compared: pairs of lines, spans, sentences, fields; by document and in all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.coding import TeamDocument, agreement_of
from dragoman.coding.pairing import Stretches, overlap, pairs_of, units_of
from dragoman.model import Kind
from dragoman.model.coding import GRAMMAR, MEASURES, SENTENCES, SPANS_EXACT, SPANS_OVERLAP, AgreementReport
from tests.coding.making import coded, line, text

DOC = text()


def report(**lines: object) -> AgreementReport:
    return agreement_of([TeamDocument(DOC, lines)], seed=1, resamples=50)  # type: ignore[arg-type]


def test_lines_pair_by_half_of_the_shorter_the_same_kind_first() -> None:
    whole, first_half = line(DOC, 1), line(DOC, 1, span=(0, 18))
    second_half = line(DOC, 1, span=(18, 36), kind=Kind.MEASURE)
    assert pairs_of([whole], [first_half], 0.5) == ((0, 0),)
    assert pairs_of([whole], [second_half, first_half], 0.5) == ((0, 1),)
    assert pairs_of([first_half], [line(DOC, 1, span=(17, 36))], 0.5) == ()
    assert pairs_of([whole], [line(DOC, 2)], 0.5) == ()


def test_spans_are_compared_exactly_and_by_overlap() -> None:
    ana = coded(DOC, 1, 2, 3)
    bo = (*coded(DOC, 1), *coded(DOC, 2, span=(0, 20), first=9))
    figures = report(Ana=ana, Bo=bo).rows[0].figures
    assert figures[SPANS_EXACT].value == pytest.approx(2 * 1 / 5)
    assert figures[SPANS_OVERLAP].value == pytest.approx(2 * 2 / 5)
    assert figures[SPANS_OVERLAP].units == 5


def test_sentences_are_all_that_could_be_coded() -> None:
    found = report(Ana=coded(DOC, 1, 2), Bo=coded(DOC, 1, 3))
    assert found.sentences == 4
    figure = found.rows[0].figures[SENTENCES]
    assert figure.units == 4
    assert figure.same == pytest.approx(0.5)


def test_fields_are_compared_where_both_have_a_line() -> None:
    ana = (*coded(DOC, 1, actors=("Alba",)), *coded(DOC, 2, kind=Kind.PROHIBITION, force=4, first=5))
    bo = (*coded(DOC, 1, actors=("Alba",)), *coded(DOC, 2, kind=Kind.OBLIGATION, force=4), *coded(DOC, 4))
    figures = report(Ana=ana, Bo=bo).rows[0].figures
    assert figures["kind"].units == 2
    assert figures["kind"].same == pytest.approx(0.5)
    assert figures["force"].value == 1
    assert figures["actors"].value == 1
    assert figures["deadline"].value is None


def test_three_persons_and_the_grammar_are_compared_all_together_and_by_pair() -> None:
    lines = {name: coded(DOC, 1, 2) for name in ("Ana", "Bo", "Cai", GRAMMAR)}
    found = report(**lines)
    assert found.rows[0].coders == ("Ana", "Bo", "Cai")
    assert SPANS_EXACT not in found.rows[0].figures
    assert [row.coders for row in found.rows[1:]] == [
        ("Ana", "Bo"), ("Ana", "Cai"), ("Ana", GRAMMAR), ("Bo", "Cai"), ("Bo", GRAMMAR), ("Cai", GRAMMAR),
    ]  # fmt: skip
    assert list(found.rows[1].figures) == list(MEASURES)


def test_documents_are_told_one_by_one_and_drawn_where_there_are_many() -> None:
    docs = [text(slug=f"harbour-{n}") for n in range(10)]
    team = [TeamDocument(doc, {"Ana": coded(doc, 1, 2), "Bo": coded(doc, 1)}) for doc in docs]
    found = agreement_of(team, seed=1, resamples=50)
    assert found.over == "documents"
    assert [row.doc for row in found.rows] == ["", *(doc.slug for doc in docs)]
    assert agreement_of(team[:2], seed=1, resamples=50).over == "sentences"


def test_nothing_coded_is_undefined_and_no_fault() -> None:
    figures = report(Ana=(), Bo=()).rows[0].figures
    assert {figure.value for figure in figures.values()} == {None}
    assert agreement_of([], seed=1).rows == ()


@settings(deadline=None, max_examples=40)
@given(st.lists(st.lists(st.integers(1, 4), unique=True), min_size=2, max_size=4))
def test_every_line_is_in_one_unit_with_at_most_one_line_of_a_coder(choices: list[list[int]]) -> None:
    lines = {f"c{n}": coded(DOC, *chosen) for n, chosen in enumerate(choices)}
    units = units_of(lines, 0.5)
    assert sum(len(unit.lines) for unit in units) == sum(map(len, choices))
    assert len(units) == len({one for chosen in choices for one in chosen})
    assert [unit.start for unit in units] == sorted(unit.start for unit in units)


@settings(deadline=None, max_examples=40)
@given(st.sets(st.integers(1, 4)), st.sets(st.integers(1, 4)))
def test_two_coders_agree_as_much_the_other_way_round(one: set[int], other: set[int]) -> None:
    there = report(A=coded(DOC, *one), B=coded(DOC, *other)).rows[0].figures
    back = report(A=coded(DOC, *other), B=coded(DOC, *one)).rows[0].figures
    assert {name: figure.value for name, figure in there.items()} == {
        name: figure.value for name, figure in back.items()
    }


stretches = st.tuples(st.integers(0, 30), st.integers(0, 8)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@settings(deadline=None, max_examples=80)
@given(st.lists(stretches, max_size=8), stretches)
def test_stretches_are_found_as_if_all_were_looked_at(
    known: list[tuple[int, int]], asked: tuple[int, int]
) -> None:
    every = {number: overlap(asked, one) for number, one in enumerate(known)}
    assert dict(Stretches(known).near(*asked)) == {number: share for number, share in every.items() if share}
