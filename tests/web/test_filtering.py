from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from dragoman.model import Kind, Language, Query, ReviewState
from dragoman.web.filtering import FACETS, Filter

WORDS = st.lists(st.text(min_size=1, max_size=12), max_size=3, unique=True)
FILTERS = st.builds(
    Filter,
    document=WORDS,
    kind=st.lists(st.sampled_from(Kind), unique=True),
    actor=WORDS,
    force=st.lists(st.integers(1, 4), unique=True),
    review=st.lists(st.sampled_from(ReviewState), unique=True),
    language=st.lists(st.sampled_from(Language), unique=True),
    coder=WORDS,
    due_from=st.none() | st.dates(),
    due_to=st.none() | st.dates(),
    text=st.text(max_size=20),
    order=st.sampled_from(["text", "confidence"]),
    limit=st.integers(1, 500),
)


def read_back(address: str) -> Filter:
    lists = {name for name, field in Filter.model_fields.items() if isinstance(field.default, list)}
    pairs = parse_qs(address.removeprefix("?"), keep_blank_values=True)
    return Filter.model_validate({key: found if key in lists else found[0] for key, found in pairs.items()})


@given(FILTERS)
def test_the_address_says_the_whole_filter(chosen: Filter) -> None:
    assert read_back(chosen.address()) == chosen


def test_an_empty_filter_has_an_empty_address() -> None:
    assert Filter().address() == "?"
    assert Filter().query() == Query()


def test_blank_fields_of_a_form_are_no_filter() -> None:
    form = {"document": [""], "kind": [""], "due_from": "", "due_to": "", "text": ""}
    assert Filter.model_validate(form) == Filter()


def test_the_query_carries_every_field() -> None:
    chosen = Filter(
        kind=[Kind.MEASURE], force=[3, 4], actor=["Alba"], text=" chip ", offset=50, order="confidence"
    )
    assert chosen.query() == Query(
        kinds=(Kind.MEASURE,), forces=(3, 4), actors=("Alba",), text="chip", offset=50, order="confidence"
    )


def test_a_changed_filter_starts_from_the_first_line() -> None:
    assert Filter(offset=100).changed(kind=[Kind.MEASURE]).offset == 0
    assert Filter(offset=100).changed(offset=150).offset == 150


def test_one_value_is_taken_out() -> None:
    chosen = Filter(force=[3, 4], text="chip")
    assert chosen.without("force", "3") == "?force=4&text=chip"
    assert chosen.without("text", "chip") == "?force=3&force=4"


def test_order_and_page_do_not_narrow_down() -> None:
    assert Filter(order="confidence", limit=20, offset=40, actor=["Alba"]).chosen() == [("actor", "Alba")]


@pytest.mark.parametrize(
    "values",
    [{"force": [5]}, {"kind": ["promise"]}, {"due_from": "soon"}, {"limit": 0}, {"limit": 501}, {"offset": -1}],
)
def test_values_that_do_not_exist_are_refused(values: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Filter.model_validate(values)


def test_facets_name_fields_that_exist() -> None:
    assert set(FACETS) <= set(Filter.model_fields)
    assert set(FACETS.values()) <= set(Query.__slots__)
