from __future__ import annotations

from datetime import date
from fractions import Fraction
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model import Assessment, Scores, Stance, UsageError
from dragoman.model.track_format import mean_text, score_text
from dragoman.track.assess import checked, doubts, mean, percentage, scores_of
from dragoman.track.board import row_of
from dragoman.track.records import Records, by_line
from tests.track.making import MEMO, entry, piece, verdict

TODAY = date(2024, 6, 30)
PARTIES = ("Freedonia", "Osterlich", "Sylvania")
SCORE = st.sampled_from([-1, 0, 1, None])
TABLES = st.dictionaries(st.tuples(st.integers(1, 5), st.sampled_from(PARTIES)), SCORE, max_size=15)
Table = dict[tuple[int, str], int | None]


def scores(table: Table, *more: Assessment) -> Scores:
    """Return the scores of five commitments, odd ones under Chips, even ones under Talent."""
    verdicts = [verdict(score, party, provision=f"memo:{line}") for (line, party), score in table.items()]
    records = Records((), {}, {}, by_line([*verdicts, *more]))
    tags = {1: ("ai",), 2: ("ai", "quantum"), 3: ()}
    rows = [
        row_of(
            entry(name=str(n), section=("Chips" if n % 2 else "Talent",), technologies=tags.get(n, ("ai",))),
            MEMO,
            records,
            365,
            TODAY,
        )
        for n in range(1, 6)
    ]
    return scores_of(("memo",), rows[::-1], TODAY)


def plain_mean(values: list[float]) -> float | None:
    return fmean(values) if values else None


def close(one: float | None, other: float | None) -> bool:
    return one == other if one is None or other is None else abs(one - other) < 1e-12


@given(TABLES)
def test_every_mean_can_be_recomputed(table: Table) -> None:
    found = scores(table)
    by_line_: dict[int, list[float]] = {}
    by_party: dict[str, list[float]] = {}
    for (line, party), score in table.items():
        if score is not None:
            by_line_.setdefault(line, []).append(score)
            by_party.setdefault(party, []).append(score)
    means = {line: fmean(values) for line, values in by_line_.items()}
    assert close(found.mean_of_commitments.mean, plain_mean(list(means.values())))
    assert close(found.mean_of_parties.mean, plain_mean([fmean(values) for values in by_party.values()]))
    assert close(found.pooled.mean, plain_mean([score for score in table.values() if score is not None]))
    for figure in found.commitments:
        assert close(figure.mean, means.get(int(figure.name.removeprefix("memo:"))))
    for figure in found.parties:
        assert close(figure.mean, plain_mean(by_party.get(figure.name, [])))
    for figure in found.pillars:
        own = [value for line, value in means.items() if (line % 2 == 1) == (figure.name == "Chips")]
        assert close(figure.mean, plain_mean(own))
    assert found.unassessed == 5 - len({line for line, _ in table})


@given(TABLES)
def test_not_applicable_is_counted_and_in_no_mean(table: Table) -> None:
    found, without = scores(table), scores({key: score for key, score in table.items() if score is not None})
    assert found.pooled.not_applicable == sum(score is None for score in table.values())
    assert found.pooled.scored == len(table) - found.pooled.not_applicable
    assert (found.mean_of_commitments.mean, found.mean_of_parties.mean) == (
        without.mean_of_commitments.mean,
        without.mean_of_parties.mean,
    )
    assert found.pooled.mean == without.pooled.mean


def test_the_three_means_differ_and_each_is_named() -> None:
    found = scores({(1, "Freedonia"): 1, (1, "Sylvania"): 1, (1, "Osterlich"): 1, (2, "Freedonia"): -1})
    assert found.mean_of_commitments.mean == 0
    assert found.mean_of_parties.mean == pytest.approx(2 / 3)
    assert found.pooled.mean == 0.5
    assert (found.mean_of_commitments.percent, found.mean_of_parties.percent, found.pooled.percent) == (50, 83, 75)
    assert "headline" in found.rule.en
    assert "四舍五入" in found.rule.zh


def test_a_commitment_that_is_not_applicable_to_all_has_no_mean() -> None:
    found = scores({(1, "Freedonia"): None, (1, "Sylvania"): None})
    (figure,) = found.commitments
    assert (figure.mean, figure.percent, figure.not_applicable) == (None, None, 2)
    assert (found.mean_of_commitments.mean, found.unassessed) == (None, 4)


def test_the_verdict_on_all_together_stands_in_only_where_no_party_has_one() -> None:
    together = verdict(-1, "", provision="memo:1"), verdict(-1, "", provision="memo:2")
    found = scores({(1, "Freedonia"): 1}, *together)
    assert [(figure.name, figure.mean) for figure in found.commitments] == [("memo:1", 1), ("memo:2", -1)]
    assert [figure.name for figure in found.parties] == ["Freedonia"]
    assert (found.pooled.mean, found.mean_of_parties.mean) == (0, 1)


def test_technologies_count_a_commitment_under_each_of_its_tags() -> None:
    found = scores({(1, "Freedonia"): 1, (2, "Freedonia"): 0, (3, "Freedonia"): -1})
    assert [(figure.name, figure.mean) for figure in found.technologies] == [("ai", 0.5), ("quantum", 0)]


def test_groups_come_in_the_order_of_the_text() -> None:
    found = scores({(2, "Sylvania"): 1, (1, "Sylvania"): 1})
    assert [figure.name for figure in found.pillars] == ["Chips", "Talent"]
    assert [one.provision for one in found.assessments] == ["memo:1", "memo:2"]


def test_nothing_assessed_is_no_score() -> None:
    found = scores({})
    assert (found.pooled.mean, found.pooled.percent, found.commitments, found.unassessed) == (None, None, (), 5)


@pytest.mark.parametrize(
    ("value", "percent"),
    [
        (Fraction(-1), 0),
        (Fraction(0), 50),
        (Fraction(1), 100),
        (Fraction(3, 4), 88),  # 87.5
        (Fraction(-3, 4), 13),  # 12.5
        (Fraction(2, 5), 70),
        (Fraction(1, 4), 63),  # 62.5: half up, not to even
    ],
)
def test_percentages_are_rounded_half_up(value: Fraction, percent: int) -> None:
    assert percentage(value) == percent


@given(st.fractions(-1, 1))
def test_a_percentage_lies_within_half_a_point(value: Fraction) -> None:
    assert abs(percentage(value) - (value + 1) * 50) <= Fraction(1, 2)


@given(st.lists(st.sampled_from([-1, 0, 1]), min_size=1))
def test_a_mean_lies_between_the_scores(values: list[int]) -> None:
    found = mean(Fraction(value) for value in values)
    assert found is not None
    assert min(values) <= found <= max(values)


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "n/a"), (0.0, "0.00"), (1.0, "+1.00"), (-1.0, "-1.00"), (0.4038, "+0.40"), (0.125, "+0.13"), (-0.125, "-0.13"), (-0.001, "0.00"), (2 / 3, "+0.67")],
)  # fmt: skip
def test_means_as_they_are_shown(value: float | None, text: str) -> None:
    assert mean_text(value) == text


@pytest.mark.parametrize(("score", "text"), [(1, "+1"), (0, "0"), (-1, "-1"), (None, "n/a")])
def test_scores_as_they_are_shown(score: int | None, text: str) -> None:
    assert score_text(score) == text


@pytest.mark.parametrize("reviewer", ["Ann", "ann", " Ann ", "ANN"])
def test_the_author_is_never_the_reviewer(reviewer: str) -> None:
    with pytest.raises(UsageError, match="both author and reviewer"):
        checked(verdict(1, reviewer=reviewer))
    assert checked(verdict(1, reviewer="Bob")).reviewer == "Bob"
    assert checked(verdict(1)).reviewer == ""


@pytest.mark.parametrize("author", ["", "  "])
def test_a_verdict_has_an_author(author: str) -> None:
    with pytest.raises(UsageError, match="needs an author"):
        checked(verdict(1, author=author))


@pytest.mark.parametrize("score", [2, -2, 100])
def test_other_scores_do_not_exist(score: int) -> None:
    with pytest.raises(UsageError, match="no score"):
        checked(verdict(score))


def test_a_negative_verdict_rests_on_a_search_or_on_contradicting_evidence() -> None:
    assert [one.code for one in doubts(verdict(-1), (), None)] == ["score-without-search"]
    assert doubts(verdict(-1), (piece(stance=Stance.CONTRADICTS),), None) == ()
    assert doubts(verdict(0), (), None) == ()


def test_a_verdict_without_a_guideline_is_noted() -> None:
    (found,) = doubts(verdict(1, guideline=""), (), None)
    assert (found.code, found.doc) == ("score-without-guideline", "memo")
    assert "memo:1" in found.message
