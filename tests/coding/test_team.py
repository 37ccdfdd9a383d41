"""Team coding over a register: blindness, who may do what, files kept whole or not at all, arbitration."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from dragoman.model import ConflictError, DragomanError, Kind, NotFoundError, ReviewState, UsageError
from dragoman.model.coding import ARBITRATED, GRAMMAR, CodingState, gold_row
from dragoman.model.interchange import provision_to_row
from dragoman.model.procedure import Role
from dragoman.register import Register
from dragoman.team_coding import CodingDesk
from tests.coding.conftest import Team
from tests.coding.making import text

DOC = text()
LIGHT, STRAIT, SPRING, KEEPER = ((one.start, one.end) for one in DOC.sentences[1:])
COMMITMENT = {"kind": "commitment", "force": 3}


@pytest.fixture
def desk(team: Team) -> CodingDesk:
    desk = team()
    desk.assign(["harbour"], ["Ana", "Bo"], by="Mara")
    return desk


def finished(desk: CodingDesk) -> CodingDesk:
    """Ana and Bo agree on the light, differ on the strait, and Bo alone has the spring."""
    for coder, force in (("Ana", 4), ("Bo", 3)):
        desk.save("harbour", LIGHT, {**COMMITMENT, "actors": ["Alba"]}, coder=coder, trigger="will")
        desk.save("harbour", STRAIT, {"kind": "prohibition", "force": force}, coder=coder, reason=f"{coder} says")
    desk.save("harbour", SPRING, {"kind": "permission"}, coder="Bo")
    for coder in ("Ana", "Bo"):
        desk.done("harbour", coder=coder)
    return desk


def test_nobody_sees_anothers_lines_before_all_are_done(desk: CodingDesk) -> None:
    desk.save("harbour", LIGHT, COMMITMENT, coder="Ana")
    desk.done("harbour", coder="Ana")
    blind: list[Callable[[], object]] = [
        lambda: desk.lines("harbour", GRAMMAR),
        lambda: desk.lines("harbour", ARBITRATED),
        lambda: desk.queue("harbour"),
        lambda: desk.agreement(["harbour"]),
        lambda: desk.entries(["harbour"], GRAMMAR),
        lambda: desk.decisions("harbour"),
    ]
    for look in blind:
        with pytest.raises(ConflictError, match="Bo not done"):
            look()
    report = desk.agreement()
    assert (report.documents, [one.code for one in report.problems]) == ((), ["coding-blind"])
    desk.done("harbour", coder="Bo")
    assert len(desk.lines("harbour", GRAMMAR)) == 1
    assert desk.agreement().documents == ("harbour",)


def test_an_account_sees_its_own_lines_and_codes_as_itself_alone(team: Team, desk: CodingDesk) -> None:
    ana, bo = team("Ana", Role.CODER), team("Bo", Role.CODER)
    unit = ana.save("harbour", LIGHT, COMMITMENT)
    assert [[one.lines for one in seen.board()[0].assignments] for seen in (ana, bo, desk)] == [
        [1, 0],
        [0, 0],
        [1, 0],
    ]
    assert [one.line.coder for one in ana.lines("harbour", "Ana")] == ["person/Ana"]
    with pytest.raises(ConflictError):
        bo.lines("harbour", "Ana")
    with pytest.raises(UsageError, match="may not code as Ana"):
        bo.save("harbour", LIGHT, COMMITMENT, coder="Ana")
    with pytest.raises(UsageError, match="may not give documents"):
        ana.assign(["canal"], ["Ana"])
    with pytest.raises(UsageError, match="may not open"):
        ana.open("harbour")
    desk.assign(["canal"], ["Bo"], by="Mara")
    with pytest.raises(NotFoundError, match="not given"):
        ana.save("canal", LIGHT, COMMITMENT)
    ana.remove("harbour", unit)
    finished(desk)
    key = desk.queue("harbour")[0].key
    with pytest.raises(UsageError, match="may not decide"):
        ana.decide(key, "Ana", reason="mine")
    arbiter = team("Uma", Role.ARBITER)
    decided = arbiter.decide(key, "Bo", reason="firm").decision
    assert decided is not None
    assert decided.by == "Uma"


def test_a_finished_or_opened_coding_stands_until_a_coordinator_lets_it_go_on(desk: CodingDesk) -> None:
    unit = desk.save("harbour", LIGHT, COMMITMENT, coder="Ana")
    desk.done("harbour", coder="Ana")
    for change in (
        lambda: desk.save("harbour", LIGHT, COMMITMENT, coder="Ana", unit=unit),
        lambda: desk.remove("harbour", unit, coder="Ana"),
    ):
        with pytest.raises(ConflictError, match="finished"):
            change()
    desk.open("harbour", by="Mara", reason="Bo is ill")
    with pytest.raises(ConflictError, match="finished"):
        desk.save("harbour", LIGHT, COMMITMENT, coder="Bo")
    assert (desk.board()[0].blind, desk.board()[0].early) == (False, True)
    desk.reopen("harbour", "Ana", by="Mara")
    desk.save("harbour", LIGHT, {"kind": "measure"}, coder="Ana", unit=unit)
    assert [(one.unit, one.line.kind) for one in desk.lines("harbour", "Ana")] == [(unit, Kind.MEASURE)]
    assert desk.board()[0].blind


def test_a_line_keeps_its_number_through_changes_and_goes_when_removed(
    desk: CodingDesk, register: Register
) -> None:
    unit = desk.save("harbour", LIGHT, COMMITMENT, coder="Ana", trigger="will", reason="plain")
    again = desk.save("harbour", LIGHT, {"kind": "obligation", "technologies": ["space"]}, coder="Ana", unit=unit)
    (one,) = desk.lines("harbour", "Ana")
    assert (again, one.line.kind, one.line.force, one.line.technologies) == (unit, Kind.OBLIGATION, 4, ("space",))
    desk.remove("harbour", unit, coder="Ana", reason="no provision")
    assert desk.lines("harbour", "Ana") == ()
    assert [step.act.value for step in register.coding.steps("harbour")] == [
        "assign",
        "assign",
        "set",
        "set",
        "remove",
    ]


@pytest.mark.parametrize(
    ("values", "stretch"),
    [
        ({"kind": "promise"}, LIGHT),
        ({"force": 3}, LIGHT),
        ({"kind": "measure", "force": 9}, LIGHT),
        ({"kind": "measure", "deadline": "soon"}, LIGHT),
        ({"kind": "measure", "mood": "calm"}, LIGHT),
        (COMMITMENT, (5, 5)),
        (COMMITMENT, (-1, 4)),
        (COMMITMENT, (0, 10_000)),
    ],
)
def test_a_line_that_makes_no_sense_is_refused(
    desk: CodingDesk, values: dict[str, object], stretch: tuple[int, int]
) -> None:
    with pytest.raises(UsageError):
        desk.save("harbour", stretch, values, coder="Ana")
    assert desk.lines("harbour", "Ana") == ()


@pytest.mark.parametrize("name", ["", "grammar", "arbitrated", "nobody", "own", "a\nb", "x" * 101])
def test_some_names_are_no_coders(desk: CodingDesk, name: str) -> None:
    with pytest.raises(UsageError):
        desk.save("harbour", LIGHT, COMMITMENT, coder=name)


def test_all_coders_code_the_version_that_was_assigned(desk: CodingDesk, register: Register) -> None:
    from tests.register.making import NOON  # noqa: PLC0415

    register.save(text("Alba will sail.", "harbour"), (), coder="grammar/1", at=NOON)
    desk.assign(["harbour"], ["Cai"], by="Mara")
    board = desk.board()[0]
    assert (board.version, board.newest, board.coders) == (1, 2, ("Ana", "Bo", "Cai"))
    assert desk.document("harbour").text == DOC.text


def test_withdrawn_coders_are_not_waited_for_and_come_back_with_their_lines(desk: CodingDesk) -> None:
    desk.save("harbour", LIGHT, COMMITMENT, coder="Bo")
    desk.done("harbour", coder="Ana")
    desk.assign(["harbour"], ["Bo"], by="Mara", withdraw=True)
    assert not desk.board()[0].blind
    with pytest.raises(NotFoundError):
        desk.assign(["harbour"], ["Bo"], by="Mara", withdraw=True)
    desk.assign(["harbour"], ["Bo"], by="Mara")
    assert [one.lines for one in desk.board()[0].assignments] == [0, 1]


def csv_of(*rows: str) -> bytes:
    return "\n".join(["doc,quote,kind,force,actors,technologies,reason", *rows]).encode()


def test_a_file_is_kept_whole_and_again_without_effect(desk: CodingDesk) -> None:
    data = csv_of(
        "harbour,Alba will light the harbour by 2027.,commitment,3,Alba,ai; lamps,plain",
        "harbour,Boria shall not close the strait.,prohibition,,,,",
    )
    found = desk.submit(data, "ana.csv", coder="Ana")
    assert (found.kept, found.lines, dict(found.documents)) == (True, 2, {"harbour": 2})
    assert sorted(one.code for one in found.problems) == ["coding-force-assumed", "coding-unknown-code"]
    first, second = desk.lines("harbour", "Ana")
    assert (first.line.technologies, first.labels, first.reason) == (("ai",), ("lamps",), "plain")
    assert second.line.force == 4
    again = desk.submit(data, "ana.csv", coder="Ana")
    assert (again.lines, again.known) == (0, 2)
    desk.submit(
        csv_of("harbour,Both sides may meet in spring.,permission,,,,"), "a.csv", coder="Ana", replaces=True
    )
    assert [one.line.kind for one in desk.lines("harbour", "Ana")] == [Kind.PERMISSION]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("harbour,The sea is wide.,commitment,3,,,", "coding-quote-missing"),
        ("harbour,the,commitment,3,,,", "coding-quote-twice"),
        ("harbour,Both sides may meet in spring.,promise,3,,,", "coding-bad-value"),
        ("harbour,Both sides may meet in spring.,,3,,,", "coding-no-kind"),
        ("river,Both sides may meet in spring.,permission,3,,,", "coding-no-document"),
        ("harbour,,permission,3,,,", "coding-no-place"),
    ],
)
def test_a_file_with_an_error_leaves_nothing_behind(
    desk: CodingDesk, register: Register, row: str, code: str
) -> None:
    before = register.coding.steps()
    found = desk.submit(
        csv_of("canal,Alba will light the harbour by 2027.,commitment,3,,,", row), "a.csv", coder="Ana"
    )
    assert (found.kept, found.lines) == (False, 0)
    assert [(one.code, one.line) for one in found.problems if one.severity == "error"] == [(code, 3)]
    assert register.coding.steps() == before


def test_a_line_that_a_file_has_twice_is_kept_once(desk: CodingDesk) -> None:
    row = "harbour,Both sides may meet in spring.,permission,4,,,"
    found = desk.submit(csv_of(row, row), "a.csv", coder="Ana")
    assert (found.lines, [one.code for one in found.problems]) == (1, ["coding-duplicate"])


def test_a_coder_account_cannot_take_a_document_by_a_file(
    team: Team, desk: CodingDesk, register: Register
) -> None:
    before = register.coding.steps()
    with pytest.raises(NotFoundError):
        team("Ana", Role.CODER).submit(csv_of("canal,Boria shall not close the strait.,prohibition,4,,,"), "a.csv")
    assert register.coding.steps() == before
    assert (
        team()
        .submit(csv_of("canal,Boria shall not close the strait.,prohibition,4,,,"), "a.csv", coder="Cai")
        .kept
    )
    assert [one.doc for one in desk.board("Cai")] == ["canal"]


def test_differences_are_decided_and_the_agreed_coding_goes_out(desk: CodingDesk) -> None:
    strait, spring = finished(desk).queue("harbour")
    assert (strait.fields, spring.fields) == (("force",), ("line",))
    assert [side.reason for side in strait.sides.values() if side] == ["Ana says", "Bo says"]
    desk.decide(strait.key, "Ana", by="Uma", reason="shall binds")
    assert desk.agreed("harbour").pending == 1
    desk.decide(
        spring.key,
        "own",
        by="Uma",
        reason="only a hint",
        changes={"kind": "recommendation", "force": "1", "trigger": "may"},
    )
    entries = desk.entries([], ARBITRATED)
    assert [(one.provision.kind.value, one.provision.force) for one in entries] == [
        ("commitment", 3), ("prohibition", 4), ("recommendation", 1),
    ]  # fmt: skip
    assert entries[-1].provision.trigger == "may"
    assert {one.state for one in entries} == {ReviewState.ACCEPTED}
    assert {one.provision.coder for one in entries} == {"team/arbitrated"}
    gold = gold_row(entries[0].provision)
    assert set(gold) == set(list(provision_to_row(entries[0].provision))[:14])
    assert json.loads(json.dumps(gold))["trigger_start"] == DOC.text.index("will")


def test_a_decision_is_added_and_never_lost(desk: CodingDesk) -> None:
    key = finished(desk).queue("harbour")[0].key
    first = desk.decide(key, "Ana", by="Uma", reason="binds", after=0)
    assert first.decision is not None
    with pytest.raises(ConflictError):
        desk.decide(key, "Bo", by="Vera", reason="does not", after=0)
    desk.decide(key, "nobody", by="Vera", reason="no rule", after=first.decision.number, seen=first.seen)
    assert [(one.by, one.values["choice"]) for one in desk.decisions("harbour")] == [
        ("Uma", "Ana"),
        ("Vera", "nobody"),
    ]
    assert len(desk.agreed("harbour").lines) == 1
    desk.reopen("harbour", "Bo", by="Mara")
    unit = desk.lines("harbour", "Bo")[1].unit
    desk.save("harbour", STRAIT, {"kind": "prohibition", "force": 2}, coder="Bo", unit=unit)
    desk.done("harbour", coder="Bo")
    one = desk.difference(key)
    assert one.decision is not None
    assert (one.decision.stale, one.open) == (True, True)


@pytest.mark.parametrize(
    ("key", "choice", "reason", "changes"),
    [
        ("harbour:000000000000", "Ana", "x", {}),
        ("", "Ana", "", {}),
        ("", "Cai", "x", {}),
        ("", "own", "x", {"kind": "promise"}),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused(
    desk: CodingDesk, key: str, choice: str, reason: str, changes: dict[str, str]
) -> None:
    known = finished(desk).queue("harbour")[0].key
    with pytest.raises(DragomanError):
        desk.decide(key or known, choice, by="Uma", reason=reason, changes=changes)
    assert desk.decisions("harbour") == ()


def test_the_grammar_is_compared_always_and_arbitrated_where_it_is_assigned(desk: CodingDesk) -> None:
    finished(desk)
    assert [row.coders for row in desk.agreement().rows] == [("Ana", "Bo"), ("Ana", GRAMMAR), ("Bo", GRAMMAR)]
    assert [row.coders for row in desk.agreement(grammar=False).rows] == [("Ana", "Bo")]
    assert GRAMMAR not in desk.queue("harbour")[0].sides
    desk.assign(["harbour"], [GRAMMAR], by="Mara")
    board = desk.board()[0]
    assert (board.blind, board.assignments[-1].state) == (False, CodingState.DONE)
    assert desk.queue("harbour")[0].fields == ("actors",)
