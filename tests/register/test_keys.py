from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from dragoman.register.keys import MOST_SENTENCES, position_key, search_key, version_of

days = st.dates(date(1600, 1, 1), date(2317, 1, 1)) | st.none()
places = st.tuples(days, st.integers(1, 2**24 - 1), st.integers(0, MOST_SENTENCES - 1))
LARGEST = 2**63


@given(places, places)
def test_positions_sort_by_date_version_and_sentence_undated_last(
    one: tuple[date | None, int, int], other: tuple[date | None, int, int]
) -> None:
    def order(place: tuple[date | None, int, int]) -> tuple[date, int, int]:
        return (place[0] or date.max, *place[1:])

    assert (position_key(*one) < position_key(*other)) == (order(one) < order(other))


@given(places, places)
def test_search_keys_sort_newest_first_undated_last(
    one: tuple[date | None, int, int], other: tuple[date | None, int, int]
) -> None:
    def order(place: tuple[date | None, int, int]) -> tuple[int, int, int]:
        return (-place[0].toordinal() if place[0] else 0, *place[1:])

    assert (search_key(*one) < search_key(*other)) == (order(one) < order(other))


@given(places)
def test_keys_fit_in_64_bits_and_name_their_version(place: tuple[date | None, int, int]) -> None:
    for key in (position_key(*place), search_key(*place)):
        assert 0 <= key < LARGEST
        assert version_of(key) == place[1]
