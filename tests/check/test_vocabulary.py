from __future__ import annotations

import pytest

from dragoman.check.vocabulary import Vocabulary
from tests.check.vocabularies import GROUPS, VOCABULARY, fact


def faults(**formulas: tuple[str, str]) -> dict[str, str]:
    """Return the faults of facts given by type and formula."""
    schemas = [
        fact(name, kind, ("x", "y") if kind == "choice" else (), formula=text)
        for name, (kind, text) in formulas.items()
    ]
    return {name: str(fault) for name, fault in Vocabulary(schemas, GROUPS, {}).faults.items()}


def test_the_vocabulary_of_the_tests_is_sound() -> None:
    assert VOCABULARY.faults == {}


@pytest.mark.parametrize(
    ("kind", "formula", "words"),
    [
        ("number", "listed or", "The condition cannot be read from here."),
        ("number", "'x'", "The formula gives a text, but `a` is a number."),
        ("boolean", "1 + 1", "The formula gives a number, but `a` is a yes or no."),
        ("choice", "'z'", "The formula gives 'z', which is none of the values of `a`. Options: x, y."),
        ("choice", "'x' if true else 'z'", "The formula gives 'z'"),
        ("country", "'Germany'", "The formula gives 'Germany'"),
        ("countries", "'GB'", "The formula gives a text, but `a` is a set of countries."),
        ("number", "a + 1", "The formula of `a` goes in a circle"),
        ("number", "b + 1", "There is no fact `b`."),
    ],
)
def test_faults_of_formulas(kind: str, formula: str, words: str) -> None:
    assert words in faults(a=(kind, formula))["a"]


def test_a_circle_of_formulas_is_found_in_each_of_its_facts_only() -> None:
    found = faults(a=("number", "b + 1"), b=("number", "c + 1"), c=("number", "a + 1"), d=("number", "a + 1"))
    assert found.keys() == {"a", "b", "c"}


@pytest.mark.parametrize("name", ["class", "as_of", "true", "group", "in", "a-b", "中文"])
def test_names_that_a_condition_could_not_use(name: str) -> None:
    assert "is no name for a fact" in faults(**{name: ("number", "")})[name]


def test_sound_formulas() -> None:
    assert faults(a=("choice", "'x' if b > 1 else 'y'"), b=("number", ""), c=("countries", "group('D:1')")) == {}


def test_what_a_condition_speaks_of() -> None:
    condition = VOCABULARY.condition("chip_class == 'a.1' and home in group('D:1') and count_of(parties) > 1")
    assert condition.direct == {"chip_class", "home"}
    assert condition.facts == {"chip_class", "home", "tpp", "chip"}
    assert condition.groups == {"D:1"}
    assert condition.tables == {"chips"}
    assert condition.collections == {"items", "parties"}
    assert condition.comparisons == ("chip_class == 'a.1'", "home in group('D:1')", "count_of(parties) > 1")
