from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dragoman.screen.candidates import Candidates
from dragoman.screen.vocabulary import vocabulary

KNOWN = vocabulary()
NAMES = [
    ("norvik", "heavy", "machinery"),
    ("vektor", "trading"),
    ("vektor", "plant"),
    ("sergei", "lundkvist"),
    ("good", "will", "company"),
    ("norvik",),
]


def found(*words: str) -> list[int]:
    return Candidates(NAMES, KNOWN).find(words, 3)


def test_the_name_itself_comes_first() -> None:
    assert found("norvik", "heavy", "machinery")[0] == 0
    assert found("norvik")[0] == 5


def test_misspelled_words_are_found() -> None:
    assert found("norvki", "machinary")[0] == 0


def test_another_form_of_a_given_name_is_found() -> None:
    assert found("serhii", "lundquist")[0] == 3


def test_words_written_as_one_and_as_two_are_found() -> None:
    assert found("goodwill")[0] == 4
    assert found("nor", "vik")[0] in {0, 5}


def test_rare_words_weigh_more_than_common_and_generic_ones() -> None:
    names = [("acme", str(number)) for number in range(50)] + [("quillon", "trading")]
    candidates = Candidates(names, KNOWN)
    assert candidates.weight("quillon") > candidates.weight("acme") > candidates.weight("trading")


def test_nothing_is_found_in_an_empty_index_or_for_an_empty_query() -> None:
    assert Candidates([], KNOWN).find(("norvik",), 3) == []
    assert found() == []


@given(
    st.lists(
        st.lists(
            st.sampled_from(["norvik", "norvic", "heavy", "vektor", "plant", "goodwill", "good", "will"]),
            min_size=1,
        )
    ),
    st.lists(st.sampled_from(["norvik", "norvk", "heavy", "vektor", "good", "will"]), min_size=1),
    st.floats(0.0, 1.0),
)
def test_a_bound_leaves_out_only_names_that_are_estimated_lower(
    names: list[list[str]], query: list[str], least: float
) -> None:
    candidates = Candidates([tuple(name) for name in names], KNOWN)
    everything = candidates.find(query, len(names) or 1)
    bound = candidates.find(query, len(names) or 1, least)
    assert bound == everything[: len(bound)]
