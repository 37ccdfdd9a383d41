"""Who acts for a party: itself, its members, its agencies, and a body of both."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.compare.sides import Sides, UnknownPartyError, canonical_party
from dragoman.lexicon import load_lexicon
from dragoman.model.coordination import Mode

DAY = date(2024, 1, 1)
ACTORS = load_lexicon().actors
BOTH = ("United States", "European Union")
SIDES = Sides(*BOTH, ACTORS)


@pytest.mark.parametrize("name", ["US", "美国", "United States"])
def test_names_in_both_languages(name: str) -> None:
    assert canonical_party(name, ACTORS) == "United States"


def test_an_unknown_name_offers_the_nearest() -> None:
    with pytest.raises(UnknownPartyError, match="Nearest: `United States`"):
        canonical_party("Unitd States", ACTORS)


@pytest.mark.parametrize(
    ("names", "parties", "mode"),
    [
        (("United States", "European Union"), (), Mode.JOINT),
        (("United States", "Netherlands"), (), Mode.JOINT),
        (("Netherlands",), (), Mode.SECOND),
        (("European Commission",), (), Mode.SECOND),
        (("Japan",), BOTH, None),
        (("Lakeside Working Group",), BOTH, Mode.JOINT),
        (("Lakeside Working Group",), ("United States",), None),
        ((), BOTH, None),
    ],
)
def test_who_acts(names: tuple[str, ...], parties: tuple[str, ...], mode: Mode | None) -> None:
    assert SIDES.mode(names, DAY, parties) is mode


def test_members_can_be_left_out() -> None:
    alone = Sides(*BOTH, ACTORS, members=False)
    assert alone.mode(("Netherlands",), DAY, ()) is None
    assert alone.mode(("European Commission",), DAY, ()) is Mode.SECOND


def test_a_member_counts_only_while_it_is_one() -> None:
    assert SIDES.mode(("United Kingdom",), date(2015, 1, 1), ()) is Mode.SECOND
    assert SIDES.mode(("United Kingdom",), DAY, ()) is None


def test_members_are_no_targets() -> None:
    assert {"United States", "European Union", "Netherlands"} <= SIDES.insiders(DAY)
