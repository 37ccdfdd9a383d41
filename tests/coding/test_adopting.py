"""What a team agrees on becomes decisions of the register: paired, told, added to the history, never invented."""

from __future__ import annotations

import pytest

from dragoman.model import ConflictError, Kind, Query, ReviewState, UsageError
from dragoman.model.coding import NO_LINE, Adoption, CodingAct
from dragoman.model.procedure import Role
from dragoman.register import Decision, Register
from dragoman.team_coding import CodingDesk
from tests.coding.conftest import Team
from tests.coding.making import line, text
from tests.coding.test_team import LIGHT, SPRING, STRAIT
from tests.register.making import NOON

DOC = text()
FIRST, SECOND, THIRD, FOURTH = range(1, 5)
"""Sentences of the text: the light, the strait, the spring, the keeper."""
WILL = {"kind": "commitment", "force": 3, "actors": ["Alba"]}


@pytest.fixture
def desk(team: Team, register: Register) -> CodingDesk:
    """The register has light, strait, spring and keeper; Ana and Bo light and strait, Bo alone the spring."""
    lines = [
        line(DOC, FIRST, actors=("Alba",), aim="light", object="the harbour"),
        line(DOC, SECOND, kind=Kind.COMMITMENT, force=4),
        line(DOC, THIRD, kind=Kind.PERMISSION, force=2),
        line(DOC, FOURTH, kind=Kind.RECOMMENDATION),
    ]
    register.save(DOC, lines, coder="grammar/2", at=NOON)
    desk = team()
    desk.assign(["harbour"], ["Ana", "Bo"], by="Mara")
    for coder in ("Ana", "Bo"):
        desk.save("harbour", LIGHT, WILL, coder=coder)
        desk.save("harbour", STRAIT, {"kind": "prohibition", "force": 4}, coder=coder)
    desk.save("harbour", SPRING, {"kind": "permission"}, coder="Bo")
    for coder in ("Ana", "Bo"):
        desk.done("harbour", coder=coder)
    return desk


def told(desk: CodingDesk, *, again: bool = False) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.what.value, one.fields) for one in desk.adoption("harbour", again=again)]


def decide(desk: CodingDesk, choice: str) -> None:
    (one,) = desk.queue("harbour")
    desk.decide(one.key, choice, by="Uma", reason="nothing is due")


def states(register: Register) -> list[str]:
    return [one.state.value for one in register.export(Query(documents=("harbour",), order="text"))]


def test_what_all_say_is_accepted_or_edited_and_what_is_open_or_uncoded_stays(
    desk: CodingDesk, register: Register
) -> None:
    assert told(desk) == [("accept", ()), ("edit", ("kind",)), ("uncoded", ())]
    assert {one.what for one in desk.adopt("harbour", by="Mara")} == {"accept", "edit", "uncoded"}
    assert states(register) == ["accepted", "edited", "candidate", "candidate"]
    light, strait = list(register.export(Query(documents=("harbour",), order="text")))[:2]
    assert (light.provision.aim, light.provision.object) == ("light", "the harbour")
    assert (strait.provision.kind, strait.provision.coder) == (Kind.PROHIBITION, "person/Mara")
    assert strait.review is not None
    assert strait.review.reason == "team coding: Ana, Bo agree"


def test_an_arbiter_who_sees_no_provision_rejects_the_register_s_line(
    desk: CodingDesk, register: Register
) -> None:
    decide(desk, NO_LINE)
    desk.adopt("harbour", by="Mara", reason="round one")
    spring = list(register.export(Query(documents=("harbour",), order="text")))[2]
    assert spring.state is ReviewState.REJECTED
    assert spring.review is not None
    assert spring.review.reason == "round one; team coding: Uma decided for no provision (nothing is due)"


def test_adopting_twice_changes_nothing_and_each_time_is_kept(desk: CodingDesk, register: Register) -> None:
    decide(desk, "Bo")
    desk.adopt("harbour", by="Mara", reason="round one")
    reviews = [len(register.history(one.provision.id)[1]) for one in register.export(Query())]
    assert {one.what for one in desk.adopt("harbour", by="Mara")} == {Adoption.SAME, Adoption.UNCODED}
    assert [len(register.history(one.provision.id)[1]) for one in register.export(Query())] == reviews
    steps = [one for one in register.coding.steps("harbour") if one.act is CodingAct.ADOPT]
    assert [(one.by, one.reason, one.values["same"]) for one in steps] == [
        ("Mara", "round one", 0),
        ("Mara", "", 3),
    ]
    assert desk.board()[0].blind is False


def test_what_a_person_decided_stays_unless_that_is_asked_for(desk: CodingDesk, register: Register) -> None:
    light, strait = list(register.export(Query(documents=("harbour",), order="text")))[:2]
    register.review(light.provision.id, Decision(ReviewState.REJECTED, "Odo", NOON, "no"))
    register.review(
        strait.provision.id, Decision(ReviewState.EDITED, "Odo", NOON, changes={"kind": "prohibition"})
    )
    assert told(desk)[:2] == [("otherwise", ()), ("same", ())]
    desk.adopt("harbour", by="Mara")
    assert states(register)[:2] == ["rejected", "edited"]
    assert told(desk, again=True)[0] == ("accept", ())
    desk.adopt("harbour", by="Mara", again=True)
    assert [one.reviewer for one in register.history(light.provision.id)[1]] == ["Odo", "Mara"]


def test_a_line_that_changes_on_the_way_stays(desk: CodingDesk, register: Register) -> None:
    adopter, settled = desk._adopter("harbour", again=False)  # noqa: SLF001 - between looking and deciding
    plan = adopter.plan(settled)
    light = next(iter(register.export(Query(documents=("harbour",), order="text"))))
    register.review(light.provision.id, Decision(ReviewState.REJECTED, "Odo", NOON, "no"))
    found = list(adopter.adopt(plan, "Mara", "", lambda: NOON))
    assert [one.what.value for one in found] == ["otherwise", "edit", "uncoded"]
    assert register.provision(light.provision.id).state is ReviewState.REJECTED


def test_where_the_register_has_no_line_it_is_told_and_none_is_made(desk: CodingDesk, register: Register) -> None:
    register.save(DOC, [line(DOC, SECOND, kind=Kind.PROHIBITION, force=4)], coder="grammar/3", at=NOON)
    found = desk.adopt("harbour", by="Mara")
    assert [(one.what.value, one.entry is None) for one in found] == [("missing", True), ("accept", False)]
    assert states(register) == ["accepted"]


def test_only_who_may_decide_adopts_and_only_what_is_coded_of_the_current_version(
    desk: CodingDesk, team: Team, register: Register
) -> None:
    with pytest.raises(UsageError, match="may not see the lines"):
        team("ana", Role.CODER).adoption("harbour")
    arbiter = team("uma", Role.ARBITER)
    assert arbiter.adoption("harbour")
    with pytest.raises(UsageError, match="may not adopt"):
        arbiter.adopt("harbour")
    with pytest.raises(UsageError, match="name of who answers"):
        desk.adopt("harbour")
    desk.reopen("harbour", "Bo", by="Mara")
    with pytest.raises(ConflictError, match="still coded blind"):
        desk.adopt("harbour", by="Mara")
    desk.done("harbour", coder="Bo")
    register.save(text("Alba will sail.", "harbour"), (), coder="grammar/3", at=NOON)
    with pytest.raises(ConflictError, match="Version 1 of `harbour` was coded; the register has version 2"):
        desk.adopt("harbour", by="Mara")
