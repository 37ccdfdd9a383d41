"""What people change in the register of actors, on a register of our own."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from dragoman.alliances.actor_edits import (
    KnownNameError,
    MemberDatesError,
    MembershipLoopError,
    NoMembersError,
    NoSuchActorError,
    NoTypeError,
    SameActorError,
    edited,
    former_names,
)
from dragoman.lexicon.actors import Actor, ActorRegister, Member, register_of
from dragoman.model import UsageError
from dragoman.model.actor import ActorAct, ActorStep

BASE = {
    "Alba": Actor("Alba", "state", zh=("阿尔巴",)),
    "Boria": Actor("Boria", "state"),
    "Lantern Pact": Actor("Lantern Pact", "group", members=(Member("Alba", date(2020, 1, 1)),)),
    "Sea League": Actor("Sea League", "group", members=(Member("Lantern Pact"),)),
    "Ministry of Lamps": Actor("Ministry of Lamps", "agency", en=("Lamp Office",), zh=("灯部",), of="Alba"),
}


def step(number: int, act: ActorAct, actor: str, **values: Any) -> ActorStep:  # noqa: ANN401 - as steps hold them
    given = {key.rstrip("_"): value for key, value in values.items()}
    return ActorStep(number, act, actor, given, "Mara", datetime(2026, 3, 1, tzinfo=UTC), "because")


def after(*steps: ActorStep) -> ActorRegister:
    """Return the register after steps, all of which must fit."""
    found, unfit = edited(register_of(BASE, ["lamp oil"]), steps)
    assert unfit == ()
    return found


def refused(one: ActorStep) -> type[UsageError]:
    """Return how a step is refused."""
    from dragoman.alliances.actor_edits import applied  # noqa: PLC0415 - beside its only use

    with pytest.raises(UsageError) as caught:
        applied(BASE, one)
    return caught.type


def test_an_added_actor_is_found_in_both_languages() -> None:
    found = after(step(1, ActorAct.ADD, "Harbour Council", type="body", en=["HC"], zh=["港口理事会"]))
    assert found.canonical("港口理事会") == "Harbour Council"
    assert found.canonical("hc") == "Harbour Council"
    assert found.type_of("Harbour Council") == "body"


def test_names_that_only_hold_an_actor_are_kept() -> None:
    kept = {phrase.text for phrase in after(step(1, ActorAct.NAMES, "Alba", en=["Albany"])).phrases}
    assert {"lamp oil", "Albany"} <= kept


def test_a_renamed_actor_keeps_its_old_name_and_who_refers_to_it() -> None:
    found = after(step(1, ActorAct.RENAME, "Alba", to="New Alba"))
    assert found.canonical("Alba") == "New Alba"
    assert found.actors["Ministry of Lamps"].of == "New Alba"
    assert found.members_at("Lantern Pact", date(2021, 1, 1)) == ("New Alba",)


def test_a_merged_actor_leaves_its_names() -> None:
    found = after(step(1, ActorAct.MERGE, "Lantern Pact", into="Sea League"))
    assert "Lantern Pact" not in found.actors
    assert found.canonical("Lantern Pact") == "Sea League"


def test_groups_that_are_merged_are_no_members_of_themselves() -> None:
    for one, into in (("Sea League", "Lantern Pact"), ("Lantern Pact", "Sea League")):
        found = after(step(1, ActorAct.MERGE, one, into=into))
        assert found.members_at(into, date(2022, 1, 1)) == ("Alba",)


def test_a_name_of_the_texts_becomes_a_name() -> None:
    found = after(step(1, ActorAct.MERGE, "Alba's Lamp Ministry", into="Ministry of Lamps"))
    assert found.canonical("alba's lamp ministry") == "Ministry of Lamps"


def test_split_names_move_within_a_state_and_are_shared_across_states() -> None:
    own = after(
        step(
            1,
            ActorAct.SPLIT,
            "Ministry of Lamps",
            name="Lamp Agency",
            type="agency",
            of="Alba",
            en=["Lamp Office"],
        )
    )
    assert own.canonical("Lamp Office") == "Lamp Agency"
    both = after(
        step(
            1, ActorAct.SPLIT, "Ministry of Lamps", name="Ministry of Lamps of Boria", type="agency", of="Boria",
            zh=["灯部"],
        )
    )  # fmt: skip
    assert both.canonical("灯部", home="Alba") == "Ministry of Lamps"
    assert both.canonical("灯部", home="Boria") == "Ministry of Lamps of Boria"


def test_a_membership_begins_and_ends() -> None:
    found = after(
        step(1, ActorAct.MEMBER, "Lantern Pact", member="Boria", from_="2021-05-01"),
        step(2, ActorAct.MEMBER, "Lantern Pact", member="Boria", until="2023-01-01"),
    )
    assert [one for one in found.actors["Lantern Pact"].members if one.name == "Boria"] == [
        Member("Boria", date(2021, 5, 1), date(2023, 1, 1))
    ]
    assert found.members_at("Lantern Pact", date(2022, 1, 1)) == ("Alba", "Boria")
    assert found.members_at("Lantern Pact", date(2023, 1, 1)) == ("Alba",)


def test_a_loop_of_memberships_is_refused_with_the_loop() -> None:
    from dragoman.alliances.actor_edits import applied  # noqa: PLC0415 - beside its only use

    with pytest.raises(MembershipLoopError, match="Lantern Pact > Sea League > Lantern Pact"):
        applied(BASE, step(1, ActorAct.MEMBER, "Lantern Pact", member="Sea League"))


@pytest.mark.parametrize(
    ("one", "fault"),
    [
        (step(1, ActorAct.ADD, "Alba", type="state"), KnownNameError),
        (step(1, ActorAct.ADD, "Elsewhere", type="state", zh=["阿尔巴"]), KnownNameError),
        (step(1, ActorAct.ADD, "Elsewhere", type="planet"), NoTypeError),
        (step(1, ActorAct.ADD, "Elsewhere", type="agency", of="Nowhere"), NoSuchActorError),
        (step(1, ActorAct.RENAME, "Nowhere", to="Here"), NoSuchActorError),
        (step(1, ActorAct.MERGE, "Alba", into="Alba"), SameActorError),
        (step(1, ActorAct.MEMBER, "Alba", member="Boria"), NoMembersError),
        (
            step(1, ActorAct.MEMBER, "Lantern Pact", member="Boria", from_="2024-01-01", until="2023-01-01"),
            MemberDatesError,
        ),
        (step(1, ActorAct.MEMBER, "Lantern Pact", member="Lantern Pact"), MembershipLoopError),
    ],
)
def test_what_makes_no_sense_is_refused(one: ActorStep, fault: type[UsageError]) -> None:
    assert refused(one) is fault


def test_a_step_taken_back_does_nothing() -> None:
    steps = (step(1, ActorAct.RENAME, "Alba", to="New Alba"), step(2, ActorAct.WITHDRAW, "Alba", step=1))
    assert after(*steps).canonical("Alba") == "Alba"
    assert former_names(steps) == {}


def test_a_step_that_no_longer_fits_is_left_out() -> None:
    late = step(1, ActorAct.RENAME, "Gone", to="Here")
    found, unfit = edited(register_of(BASE), [late, step(2, ActorAct.NAMES, "Boria", zh=["博里亚"])])
    assert unfit == (late,)
    assert found.canonical("博里亚") == "Boria"


def test_former_names_lead_to_the_name_of_today() -> None:
    steps = (
        step(1, ActorAct.RENAME, "Alba", to="New Alba"),
        step(2, ActorAct.RENAME, "New Alba", to="Alba Nova"),
    )
    assert former_names(steps) == {"Alba": "Alba Nova", "New Alba": "Alba Nova"}
