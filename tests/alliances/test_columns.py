from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from dragoman.model.alliance import Layer, Level, Stance, Tie
from tests.alliances.making import TAGS, columns, tie

NAMES = st.sampled_from(["United States", "Japan", "Quad", "日本"])
TIES = st.builds(
    Tie,
    actor=NAMES,
    partner=NAMES,
    technologies=st.lists(st.sampled_from(TAGS.technologies), unique=True).map(
        lambda tags: tuple(tag for tag in TAGS.technologies if tag in tags)
    ),
    instruments=st.just(("rnd", "trade")),
    stance=st.sampled_from(Stance),
    level=st.sampled_from(Level),
    layer=st.sampled_from(Layer),
    force=st.integers(0, 4),
    joint=st.booleans(),
    day=st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    doc=st.sampled_from(["a", "b", "c"]),
    start=st.integers(0, 2**31 - 1),
    end=st.integers(0, 2**31 - 1),
    confidence=st.integers(0, 100).map(lambda number: number / 100),
    why=st.sampled_from(["listed", "apart, heading"]),
)


@given(st.lists(TIES))
def test_packed_ties_come_back_as_they_were(ties: list[Tie]) -> None:
    found = columns(*ties)
    assert [found.tie(at) for at in range(len(found))] == sorted(ties, key=lambda one: one.doc)


def test_a_tag_that_no_pack_has_is_left_out() -> None:
    assert columns(tie("Japan", "India", "quantum", "alchemy")).tie(0).technologies == ("quantum",)
