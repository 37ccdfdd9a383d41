"""What lists and dashboards count by: what is due, countries, tools; and what holds that is only recommended."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from dragoman.docketing import Docketing, Intake, NotReadyError, as_rss, write_bundle
from dragoman.jobs import JobNotAllowedError
from dragoman.model import Language
from dragoman.model.docket import DocketQuery, Position
from dragoman.model.docket_format import board_to_row
from dragoman.model.identity import sha256_of_bytes
from dragoman.model.job import JobState
from dragoman.register.engine import store_at
from dragoman.workspace import REGISTER_FILE, Workspace
from tests.docket.conftest import Calendar
from tests.docket.test_docketing import ADA, CASES, DECIDER, DESK, ZOE, case, submitted
from tests.docket.test_jobs import PLAN, package

TERMS = {"reason": "r", "scope": "s", "conditions": ["c"], "expires": "2027-06-30", "citations": ["c"]}


def found(docket: Docketing, **asked: str) -> list[str]:
    return [line.number for line in docket.lines(replace(DocketQuery(), **asked))]  # type: ignore[arg-type]


def due_of(docket: Docketing, as_of: date | None = None) -> dict[tuple[str, ...], int]:
    return {one.keys: one.cases for one in docket.board(as_of=as_of).deadlines}


def test_the_board_counts_what_is_due_and_lists_find_it(docket: Docketing, calendar: Calendar) -> None:
    first, second = submitted(docket), submitted(docket)
    docket.ask(first, "Who insures the racks?", date(2026, 12, 1))
    docket.ask(second, "Who lights them?", date(2027, 3, 1))
    assert due_of(docket) == {
        ("clock", "age", "open"): 2,
        ("request", "", "soon"): 1,
        ("request", "", "later"): 1,
    }
    assert due_of(docket, date(2026, 12, 2))["request", "", "over"] == 1
    assert found(docket, due="soon") == [first]
    assert found(docket, deadline="request") == [second, first]
    assert found(docket, clock="age", due="over") == []
    calendar.now += timedelta(days=7)
    assert found(docket, due="over") == [first]
    docket.answer(first, 4, "The port.")
    assert found(docket, due="over") == []


def test_a_clock_that_rests_is_counted_as_suspended(docket: Docketing) -> None:
    number = submitted(docket)
    docket.move(number, "circulate", {})
    docket.ask(number, "Who insures the racks?")
    assert due_of(docket)["clock", "consultation", "rests"] == 1
    assert found(docket, clock="consultation", due="rests") == [number]


def test_the_board_counts_tools_by_what_the_last_check_says(docket: Docketing) -> None:
    number = submitted(docket)
    counted = {one.keys: one.cases for one in docket.board().tools}
    assert counted["exim", "open"] == 1
    assert sum(counted.values()) == 4
    assert found(docket, tool="exim", fit="open") == [number]
    assert found(docket, tool="exim", fit="closed") == []


def test_a_person_counts_only_what_it_sees(docket: Docketing) -> None:
    submitted(docket)
    row = board_to_row(docket.as_person(ZOE).board())
    assert (row["states"], row["targets"], row["deadlines"], row["tools"]) == ([], [], [], [])


def test_cases_of_an_earlier_version_are_noted_when_they_are_first_counted(
    docket: Docketing, workspace: Workspace
) -> None:
    submitted(docket)
    expected = docket.board()
    store = store_at(workspace.folder / REGISTER_FILE)
    with store.writing("test") as connection:
        for statement in (
            "DELETE FROM docket_deadlines",
            "DELETE FROM docket_tools",
            "UPDATE docket_cases SET noted=0",
        ):
            connection.execute(text(statement))
    store.engine.dispose()
    assert docket.board() == expected


def test_what_is_recommended_holds_a_project_until_it_is_listed_all_the_same(docket: Docketing) -> None:
    number = docket.submit("green-channel", case("project-river-gauges")).number
    docket.move(number, "review", {})
    for seat in ("us", "cn"):
        docket.take_position(number, Position.CONCUR, "Agreed.", seat)
    with pytest.raises(NotReadyError, match="green-channel/conduct-code"):
        docket.as_person(DECIDER).move(number, "list", TERMS)
    (obstacle,) = docket.view(number).moves["list"]
    assert obstacle.values == ("green-channel/conduct-code",)
    after = docket.as_person(DECIDER).move(number, "list-despite", TERMS)
    assert (after.stage, after.decision["citations"]) == ("listed", ["c"])
    assert "Proposed and not yet binding" in docket.memo(number, Language.EN, "md").decode()


def test_each_version_keeps_its_file_and_its_findings(docket: Docketing) -> None:
    number = submitted(docket, "package-missing-layer-b")
    docket.as_person(ADA).revise(number, case("package-complete"))
    first, second = docket.view(number).versions
    assert (first.outcome, second.outcome) == ("not met", "unknown")
    assert docket.file(number, first.sha256)[1] == case("package-missing-layer-b").content
    assert [one["outcome"] for one in docket.row(number)["versions"]] == ["not met", "unknown"]


def test_readings_of_documents_stand_in_the_row_and_survive_clearing(
    docket: Docketing, workspace: Workspace, calendar: Calendar
) -> None:
    number = docket.as_person(ADA).submit("ai-exports-program", package(("plan.txt", PLAN))).number
    assert docket.row(number)["documents"][0]["reading"]["state"] == "waiting"
    workspace.jobs().queue_screening()
    workspace.jobs().work(once=True)
    calendar.now += timedelta(days=2)
    assert docket.as_person(ADA).row(number)["documents"][0]["reading"]["sentences"] == 3
    with pytest.raises(JobNotAllowedError):
        workspace.jobs(ADA).clear(calendar.now)
    assert workspace.jobs().clear(datetime(2026, 11, 25, tzinfo=UTC)) == 0
    assert workspace.jobs(DESK).clear(calendar.now) == 1
    assert [job.state for job in workspace.jobs().jobs()] == [JobState.DONE]
    assert docket.row(number)["documents"][0]["reading"]["sentences"] == 3
    assert list(workspace.audit.lines(""))[-1].act == "job.cleared"
    assert workspace.audit.verify().whole


def test_the_memo_has_the_findings_of_each_tool_and_the_requests(docket: Docketing) -> None:
    number = submitted(docket)
    docket.ask(number, "Who insures the racks?", date(2026, 12, 1))
    memo = docket.memo(number, Language.EN, "md").decode()
    rules = [rule for match in docket.view(number).tools for rule, _, _ in match.findings]
    titles = {one["rule"]: one["title"]["en"] for one in docket.view(number).acts[1].payload["findings"]}
    assert len(rules) > 5
    assert all(titles[rule] in memo for rule in rules)
    assert "Who insures the racks?" in memo


def test_a_bundle_holds_every_byte_that_was_handed_in(docket: Docketing) -> None:
    intake = package(("../../etc/plan.txt", PLAN), (".hidden", b"x"))
    number = docket.as_person(ADA).submit("ai-exports-program", intake).number
    docket.as_person(DESK).comment(number, "Looks thin.", office=True)
    stream = io.BytesIO()
    assert write_bundle(docket.as_person(ADA), [number], Language.ZH, stream) == 1
    with zipfile.ZipFile(stream) as archive:
        rows = list(csv.DictReader(io.TextIOWrapper(archive.open("manifest.csv"), "utf-8")))
        files = {row["path"]: archive.read(row["path"]) for row in rows}
    assert {row["path"]: row["sha256"] for row in rows} == {path: sha256_of_bytes(files[path]) for path in files}
    assert files[f"{number}/documents/002-plan.txt"] == PLAN
    assert files[f"{number}/documents/003-hidden"] == b"x"
    assert files[f"{number}/versions/1-package-complete.yaml"] == (CASES / "package-complete.yaml").read_bytes()
    assert not any(".." in path or path.startswith("/") for path in files)
    assert "Looks thin." not in files[f"{number}/case.json"].decode()
    assert json.loads(files[f"{number}/case.json"])["number"] == number


def test_the_feed_begins_with_what_entered_its_state_last(docket: Docketing, calendar: Calendar) -> None:
    numbers = [docket.submit("data-flow-list", case("transfer-river-readings")).number for _ in range(3)]
    for number in (numbers[2], numbers[0]):
        calendar.now += timedelta(hours=1)
        docket.move(number, "review", {})
        for seat in ("us", "cn"):
            docket.take_position(number, Position.CONCUR, "Agreed.", seat)
        docket.move(number, "list", {"reason": "r", "scope": "s", "conditions": ["c"]})
    assert [one.fields["number"] for one in docket.public(limit=1, entered=True)] == [numbers[0]]
    feed = as_rss(docket.public(limit=1, entered=True), Language.EN, "http://127.0.0.1/")
    assert numbers[0].encode() in feed


def test_a_case_file_of_json_is_taken_in(docket: Docketing) -> None:
    facts = {"template": "package", "title": "By form", "facts": {}}
    after = docket.submit("ai-exports-program", Intake("case.json", json.dumps(facts).encode()))
    assert after.title == "By form"


def test_a_model_is_reviewed_and_nothing_of_it_is_public(docket: Docketing) -> None:
    number = docket.submit("model-review", case("project-river-gauges")).number
    assert number.startswith("MR-")
    docket.move(number, "review", {})
    for seat in ("us", "cn"):
        docket.take_position(number, Position.CONCUR, "No such risk.", seat)
    terms = {
        "reason": "No risk was found.",
        "scope": "Version 2.",
        "conditions": ["Another version is another model."],
    }
    assert docket.move(number, "pass", terms).stage == "passed"
    assert docket.public() == ()
