from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model import Confidence, Owned, Ownership, Party, Standing
from dragoman.screen.official import official_lists
from dragoman.screen.owned import Standings, ownership_of, ownership_rules, plain_name, with_known_owners

EVERY_LIST = frozenset(official_lists())
IN_FORCE = date(2025, 10, 1)
ENTITY = Standings(sure=frozenset({"us-entity-list"}))
PERHAPS = Standings(maybe=frozenset({"us-entity-list"}))


def judged(
    party: Party,
    stands: Mapping[str, Standings],
    rule: str = "us-bis-affiliates",
    day: date = IN_FORCE,
    searched: frozenset[str] = EVERY_LIST,
) -> Ownership:
    found = ownership_of(party, lambda owner: stands.get(owner.name, Standings()), day, searched)
    return next(one for one in found if one.rule == rule)


def owned_by(*owners: tuple[str | Party, float | None], name: str = "Firm") -> Party:
    return Party(
        name, owners=tuple((one if isinstance(one, Party) else Party(one), share) for one, share in owners)
    )


def test_without_owners_nothing_is_said() -> None:
    assert ownership_of(Party("Firm"), lambda _: ENTITY, IN_FORCE, EVERY_LIST) == ()


@pytest.mark.parametrize(
    ("shares", "owned", "least"),
    [
        ((50, 50), Owned.YES, 50),
        ((49.9, 50.1), Owned.NO, 49.9),
        ((100, 0), Owned.YES, 100),
        ((0, 100), Owned.NO, 0),
    ],
)
def test_the_threshold_itself_is_enough(shares: tuple[float, float], owned: Owned, least: float) -> None:
    found = judged(owned_by(("Listed", shares[0]), ("Free", shares[1])), {"Listed": ENTITY})
    assert (found.owned, found.least, found.most) == (owned, least, least)


def test_shares_of_several_listed_owners_are_added_where_the_rule_says_so() -> None:
    party = owned_by(("A", 30), ("B", 25), ("Free", 45))
    both = {"A": ENTITY, "B": ENTITY}
    assert (judged(party, both).owned, judged(party, both).least) == (Owned.YES, 55)
    british = {name: Standings(sure=frozenset({"uk-sanctions"})) for name in ("A", "B")}
    found = judged(party, british, "uk-sanctions")
    assert (found.owned, found.least) == (Owned.NO, 30)
    assert "control without shares: ask" in found.open


def test_an_owner_that_is_owned_counts_with_its_whole_share() -> None:
    middle = owned_by(("Listed", 50), ("Free", 50), name="Middle")
    found = judged(owned_by((middle, 60), ("Other", 40)), {"Listed": ENTITY})
    assert (found.owned, found.least) == (Owned.YES, 60)
    assert "Listed: 50 % of Middle" in found.owners
    less = owned_by(("Listed", 49), ("Free", 51), name="Middle")
    assert judged(owned_by((less, 60), ("Other", 40)), {"Listed": ENTITY}).owned is Owned.NO


def test_a_share_that_is_not_stated_makes_an_interval() -> None:
    found = judged(owned_by(("Listed", None), ("Free", 40)), {"Listed": ENTITY})
    assert (found.owned, found.least, found.most) == (Owned.UNKNOWN, 0, 60)
    assert "share of Listed in Firm" in found.open
    small = judged(owned_by(("Listed", None), ("Free", 70)), {"Listed": ENTITY})
    assert (small.owned, small.most) == (Owned.NO, 30)


def test_owners_that_are_not_given_may_be_anybody() -> None:
    found = judged(owned_by(("Listed", 20)), {"Listed": ENTITY})
    assert (found.owned, found.least, found.most) == (Owned.UNKNOWN, 20, 100)
    assert "80 % of Firm whose owners are not given" in found.open


def test_a_hit_without_a_decision_is_perhaps() -> None:
    found = judged(owned_by(("Maybe", 60), ("Free", 40)), {"Maybe": PERHAPS})
    assert (found.owned, found.least, found.most) == (Owned.UNKNOWN, 0, 60)
    assert found.owners == ("Maybe: 60 % of Firm, perhaps listed",)


def test_circles_end_and_are_said() -> None:
    circle = Party("B", owners=((Party("Firm"), 60.0), (Party("Free"), 40.0)))
    found = judged(owned_by((circle, 100)), {})
    assert found.owned is Owned.UNKNOWN
    assert "Firm owns itself by way of others" in found.open


def test_circles_between_the_rows_of_a_file_end() -> None:
    known = {"a": ((Party("B"), 100.0),), "b": ((Party("A"), 100.0),)}
    party = with_known_owners(Party("A", owners=known["a"]), known)
    assert party.owners[0][0].owners[0][0].name == "A"
    assert judged(party, {}).owned is Owned.UNKNOWN


def test_a_list_that_was_not_imported_leaves_it_open() -> None:
    found = judged(owned_by(("Free", 100)), {}, "eu-sanctions", searched=frozenset({"us-sdn"}))
    assert found.owned is Owned.UNKNOWN
    assert any("not imported" in text for text in found.open)


@pytest.mark.parametrize(
    ("day", "standing", "confidence"),
    [
        (date(2025, 9, 29), Standing.IN_FORCE, Confidence.SEEN),
        (date(2025, 11, 10), Standing.SUSPENDED, Confidence.SEEN),
        (date(2026, 11, 9), Standing.SUSPENDED, Confidence.SEEN),
        (date(2026, 11, 10), Standing.UNSETTLED, Confidence.SECONDARY),
    ],
)
def test_the_rule_of_the_day_is_applied(day: date, standing: Standing, confidence: Confidence) -> None:
    found = judged(owned_by(("Listed", 100)), {"Listed": ENTITY}, day=day)
    assert (found.standing, found.confidence) == (standing, confidence)


def test_before_its_first_day_a_rule_says_nothing() -> None:
    found = ownership_of(owned_by(("Listed", 100)), lambda _: ENTITY, date(2025, 9, 28), EVERY_LIST)
    assert "us-bis-affiliates" not in {one.rule for one in found}


def test_what_no_sheet_says_cites_nothing_and_is_unverified() -> None:
    for rule in ownership_rules():
        assert rule.lists <= EVERY_LIST
        for version in rule.versions:
            assert bool(version.citation) == (version.confidence is not Confidence.UNVERIFIED)


SHARES = st.one_of(st.none(), st.floats(0, 100, allow_nan=False))
STANDS = st.sampled_from([Standings(), PERHAPS, ENTITY])


@given(st.lists(st.tuples(SHARES, STANDS), min_size=1, max_size=6))
def test_the_interval_is_one_and_the_answer_follows_from_it(owners: list[tuple[float | None, Standings]]) -> None:
    party = owned_by(*((f"Owner {number}", share) for number, (share, _) in enumerate(owners)))
    found = judged(party, {f"Owner {number}": stands for number, (_, stands) in enumerate(owners)})
    assert 0 <= found.least <= found.most <= 100
    expected = Owned.YES if found.least >= 50 else Owned.UNKNOWN if found.most >= 50 else Owned.NO
    assert found.owned is expected


def test_names_of_owners_are_compared_without_case_and_blanks() -> None:
    assert plain_name(" Acme  LTD ") == plain_name("acme ltd")
