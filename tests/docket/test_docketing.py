from __future__ import annotations

import json
import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from dragoman.docketing import (
    Docketing,
    Intake,
    NotAllowedError,
    NotReadyError,
    UnfitCaseError,
    as_rss,
    read_intake,
)
from dragoman.docketing.intake import MOST_BYTES
from dragoman.model import ConflictError, DragomanError, Language, NotFoundError, UsageError
from dragoman.model.docket import ActKind, DocketQuery, Person, Position
from dragoman.model.procedure import Role
from dragoman.workspace import Workspace
from tests.docket.conftest import WATCHLIST, Calendar

CASES = Path(__file__).resolve().parents[2] / "samples" / "cases"
DESK = Person("dora", frozenset({Role.DESK}))
DECIDER = Person("dan", frozenset({Role.DECIDER}))
STATE = Person("sam", frozenset({Role.AGENCY}), seat="state")
ADA = Person("ada", frozenset({Role.APPLICANT}), organisation="Cobalt Ridge")
ZOE = Person("zoe", frozenset({Role.APPLICANT}), organisation="Elsewhere")


def case(name: str) -> Intake:
    return read_intake(CASES / f"{name}.yaml")


def submitted(docket: Docketing, name: str = "package-complete", procedure: str = "ai-exports-program") -> str:
    return docket.as_person(ADA).submit(procedure, case(name)).number


def test_a_case_that_is_handed_in_is_checked_and_screened_at_once(docket: Docketing) -> None:
    view = docket.view(submitted(docket))
    assert [act.kind for act in view.acts] == [ActKind.SUBMITTED, ActKind.CHECKED, ActKind.SCREENED]
    assert (view.case.number, view.case.stage, view.case.targets) == ("AX-2026-00001", "received", ("JP",))
    assert {match.tool.name: match.result for match in view.tools}["exim"] == "open"


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("package-missing-layer-b", "layer-b-data"),
        ("package-owner-of-concern", "member-country-of-concern"),
    ],
)
def test_what_is_not_met_keeps_a_package_from_the_agencies(docket: Docketing, name: str, rule: str) -> None:
    number = submitted(docket, name)
    findings = docket.view(number).acts[1].payload["findings"]
    assert any(one["rule"].endswith(rule) and one["result"] == "not met" for one in findings)
    with pytest.raises(NotReadyError, match="not met"):
        docket.as_person(DESK).move(number, "circulate", {})


def test_less_than_51_percent_is_no_bar_by_itself(docket: Docketing) -> None:
    case_after = docket.as_person(DESK).move(submitted(docket, "package-hardware-49-percent"), "circulate", {})
    assert case_after.stage == "consultation"


def test_a_package_goes_through_the_hands_of_three_roles(docket: Docketing) -> None:
    number = submitted(docket)
    desk, decider = docket.as_person(DESK), docket.as_person(DECIDER)
    desk.move(number, "circulate", {})
    for seat in ("state", "war", "energy", "ostp"):
        agency = docket.as_person(replace(STATE, account=seat, seat=seat))
        agency.take_position(number, Position.CONCUR, "No concern.")
    desk.move(number, "submit-for-determination", {})
    fields = {"reason": "All layers are there.", "citations": ["EO 14320 sec. 3(d)"]}
    assert decider.move(number, "designate", fields).stage == "designated"
    memo = docket.memo(number, Language.EN, "md").decode()
    assert "All layers are there." in memo
    assert "Which documents and which certification must a proposal carry?" in memo


def test_nobody_acts_beyond_the_role(docket: Docketing) -> None:
    number = submitted(docket)
    with pytest.raises(NotAllowedError, match="programme office"):
        docket.as_person(ADA).move(number, "circulate", {})
    with pytest.raises(NotAllowedError):
        docket.as_person(DESK).take_position(number, Position.CONCUR, "x", "state")
    assert docket.case(number).acts == 3


def test_an_applicant_sees_its_own_cases_and_an_agency_those_before_it(docket: Docketing) -> None:
    number = submitted(docket)
    assert [line.number for line in docket.as_person(ADA).lines()] == [number]
    assert docket.as_person(ZOE).lines() == ()
    assert docket.as_person(STATE).lines() == ()
    with pytest.raises(NotFoundError):
        docket.as_person(ZOE).view(number)
    docket.as_person(DESK).move(number, "circulate", {})
    assert [line.number for line in docket.as_person(STATE).lines()] == [number]


def test_an_applicant_is_not_shown_what_is_the_offices_own(docket: Docketing) -> None:
    number = submitted(docket)
    desk = docket.as_person(DESK)
    desk.comment(number, "Looks thin.", office=True)
    desk.comment(number, "We have begun to read.")
    desk.move(number, "circulate", {})
    docket.as_person(STATE).take_position(number, Position.OBJECT, "Not yet.")
    view = docket.as_person(ADA).view(number)
    assert [act.kind.value for act in view.acts] == ["submitted", "checked", "commented", "moved"]
    assert view.case.positions == ()


def test_an_office_comment_is_not_in_an_applicants_export(docket: Docketing) -> None:
    number = submitted(docket)
    docket.as_person(DESK).comment(number, "Looks thin.", office=True)
    assert "Looks thin." not in json.dumps(list(docket.as_person(ADA).export()))


def test_a_request_suspends_and_is_answered(docket: Docketing, calendar: Calendar) -> None:
    number = submitted(docket)
    docket.as_person(DESK).ask(number, "Who insures the racks?", date(2026, 12, 1))
    with pytest.raises(NotReadyError, match="request"):
        docket.as_person(DESK).move(number, "circulate", {})
    calendar.now += timedelta(days=2)
    docket.as_person(ADA).answer(number, 4, "The port.")
    assert docket.as_person(DESK).move(number, "circulate", {}).stage == "consultation"
    with pytest.raises(NotFoundError, match="no open request 4"):
        docket.as_person(ADA).answer(number, 4, "Again.")


def test_a_green_channel_project_is_listed_watched_and_removed(docket: Docketing, calendar: Calendar) -> None:
    number = docket.submit("green-channel", case("project-fever-radar")).number
    docket.move(number, "review", {})
    for seat in ("us", "cn"):
        docket.take_position(number, Position.CONCUR, "Agreed.", seat)
    fields = {
        "reason": "No person in the data.",
        "scope": "Weekly counts of clinics.",
        "conditions": ["No raw records."],
        "expires": "2027-06-30",
    }
    docket.move(number, "list", fields)
    docket.set_condition(number, "Report the accuracy.", date(2027, 1, 15), "P3M")
    assert [one.fields["scope"] for one in docket.public()] == ["Weekly counts of clinics."]
    assert b"Weekly counts of clinics." in as_rss(docket.public(), Language.EN, "http://127.0.0.1/")
    calendar.now = datetime(2027, 7, 1, tzinfo=UTC)
    changed = list(docket.monitor())
    assert [item.cause for one in changed for item in one.items] == ["overdue report", "expiry"]
    assert list(docket.monitor()) == []
    with pytest.raises(NotReadyError, match="not in the state"):
        docket.move(number, "renew", fields)
    assert docket.move(number, "remove", {"reason": "It ended."}).stage == "removed"
    assert docket.public() == ()


def test_a_data_flow_is_listed_and_suspended(docket: Docketing) -> None:
    number = docket.submit("data-flow-list", case("transfer-payroll-london")).number
    assert number.startswith("DF-")
    docket.move(number, "review", {})
    with pytest.raises(NotReadyError, match="has not taken a position"):
        docket.move(number, "list", {"reason": "r", "scope": "s", "conditions": ["c"]})


def test_a_new_version_of_a_list_raises_its_hits(docket: Docketing, workspace: Workspace, tmp_path: Path) -> None:
    number = submitted(docket)
    longer = tmp_path / WATCHLIST.name
    head = WATCHLIST.read_text(encoding="utf-8").splitlines()
    columns = head[0].split(",")
    row = {"name": "Meadowlark Data Works LLC", "id": "own-new", "kind": "company", "type": "company"}
    longer.write_text("\n".join([*head, ",".join(row.get(one, "") for one in columns)]) + "\n", encoding="utf-8")
    workspace.screener().import_list(longer, form="plain")
    changed = list(docket.monitor())
    assert [(one.number, one.open_hits) for one in changed] == [(number, ("Meadowlark Data Works LLC",))]
    assert [item.cause for item in docket.case(number).items] == ["new hit"]
    with pytest.raises(NotReadyError, match="Meadowlark"):
        docket.move(number, "circulate", {})


def test_a_further_version_must_be_handed_in_as_a_case(docket: Docketing) -> None:
    number = submitted(docket, "package-missing-layer-b")
    after = docket.as_person(ADA).revise(number, case("package-complete"))
    assert (after.version, after.checked, after.screened) == (2, 2, 2)
    with pytest.raises(UnfitCaseError):
        docket.as_person(ADA).revise(number, Intake("case.yaml", b"template: package\nfacts: [1]\n"))
    assert docket.case(number).version == 2


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"template: shipment\nfacts: {}\n", UsageError),
        (b"\xff\xfe", UsageError),
        (b"a: [", UsageError),
        (b"", UsageError),
    ],
)
def test_what_is_no_case_of_the_procedure_leaves_nothing(
    docket: Docketing, content: bytes, fault: type[DragomanError]
) -> None:
    with pytest.raises(fault):
        docket.submit("ai-exports-program", Intake("case.yaml", content))
    assert docket.lines() == ()


def test_a_document_beyond_the_limit_is_refused(docket: Docketing) -> None:
    number = submitted(docket)
    with pytest.raises(UsageError, match="25 MB"):
        docket.attach(number, "film.bin", b"x" * (MOST_BYTES + 1))
    assert docket.case(number).attachments == ()


def test_documents_come_back_as_they_were_and_only_to_who_sees_the_case(docket: Docketing) -> None:
    number = submitted(docket)
    digest = docket.attach(number, "plan ../x.txt", "计划".encode()).attachments[0].sha256
    assert docket.file(number, digest) == ("plan ../x.txt", "计划".encode())
    with pytest.raises(NotFoundError):
        docket.as_person(ZOE).file(number, digest)


def test_a_folder_is_taken_in_with_its_documents_but_no_links(docket: Docketing, tmp_path: Path) -> None:
    folder = tmp_path / "package"
    (folder / "annex").mkdir(parents=True)
    (folder / "case.yaml").write_bytes((CASES / "package-complete.yaml").read_bytes())
    (folder / "annex" / "plan.txt").write_text("plan", encoding="utf-8")
    (folder / ".hidden").write_text("x", encoding="utf-8")
    (folder / "link.txt").symlink_to("/etc/hostname")
    after = docket.submit("ai-exports-program", read_intake(folder))
    assert [one.name for one in after.attachments] == ["annex/plan.txt"]


def test_two_at_once_never_take_the_same_step(docket: Docketing, workspace: Workspace) -> None:
    number = submitted(docket)
    done: list[str] = []
    refused: list[ConflictError | UsageError] = []

    def circulate() -> None:
        try:
            done.append(workspace.docketing(DESK).move(number, "circulate", {}).stage)
        except (ConflictError, DragomanError) as fault:
            refused.append(fault)  # type: ignore[arg-type]

    threads = [threading.Thread(target=circulate) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert (done, len(refused)) == (["consultation"], 7)
    assert [act.kind for act in docket.view(number).acts].count(ActKind.MOVED) == 1


def test_lists_are_narrowed_and_paged(docket: Docketing) -> None:
    numbers = [
        submitted(docket),
        submitted(docket),
        docket.submit("green-channel", case("project-fever-radar")).number,
    ]
    first = docket.lines(DocketQuery(limit=2))
    assert [line.number for line in first] == numbers[:0:-1]
    assert [line.number for line in docket.lines(DocketQuery(limit=2, before=first[-1].row))] == numbers[:1]
    assert [line.number for line in docket.lines(DocketQuery(target="JP"))] == numbers[1::-1]
    assert [line.number for line in docket.lines(DocketQuery(text="fever radar"))] == numbers[2:]
    assert docket.lines(DocketQuery(text="100%_")) == ()
    assert docket.counts("stage") == {("ai-exports-program", "received"): 2, ("green-channel", "proposed"): 1}
    assert docket.counts("target")["ai-exports-program", "JP"] == 2
