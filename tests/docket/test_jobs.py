"""What is done for the docket in the background, from handing in to what is shown."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dragoman.docketing import Docketing, Intake, read_intake
from dragoman.jobs import JobNotAllowedError, Jobs, load_job_settings
from dragoman.model import NotFoundError, StoreError
from dragoman.model.docket import ActKind, Person
from dragoman.model.job import Job, JobKind, JobState
from dragoman.model.procedure import Role
from dragoman.register.faults import GoneError, MovedOnError
from dragoman.workspace import Workspace
from tests.docket.conftest import WATCHLIST, Calendar
from tests.docket.test_docketing import ADA, CASES, DECIDER, DESK, ZOE

PLAN = b"We will deliver the racks by June 2027. The port shall insure them. It rains."
MOVED_ON = MovedOnError("here", "2", "1")
AUDITOR = Person("otto", frozenset({Role.AUDITOR}))


@pytest.fixture
def workspace(workspace_folder: Path, calendar: Calendar) -> Iterator[Workspace]:
    with Workspace.open(workspace_folder, clock=calendar) as opened:
        yield opened


@pytest.fixture
def docket(workspace: Workspace) -> Docketing:
    return workspace.docketing(ADA)


def package(*files: tuple[str, bytes]) -> Intake:
    intake = read_intake(CASES / "package-complete.yaml")
    return Intake(intake.name, intake.content, files)


def test_documents_handed_in_are_read_and_the_reading_stands_beside_them(
    workspace: Workspace, docket: Docketing
) -> None:
    number = docket.submit("ai-exports-program", package(("plan.txt", PLAN))).number
    docket.attach(number, "port/notice.txt", "港口应当在2027年6月前安装服务器。".encode())
    assert [job.case for job in workspace.jobs().jobs()] == [number, number]
    assert workspace.jobs().work(once=True) == 2
    case = workspace.docketing().case(number)
    readings = workspace.jobs(ADA).readings(number)
    plan, notice = (readings[one.sha256] for one in case.attachments)
    assert plan.state is JobState.DONE
    assert plan.result["languages"] == ["en"]
    assert plan.result["sentences"] == 3
    assert plan.result["provisions"] == {"commitment": 1, "obligation": 1}
    assert notice.result["languages"] == ["zh"]
    assert workspace.documents() == ()


def test_a_document_that_cannot_be_read_is_done_with_its_problem(workspace: Workspace, docket: Docketing) -> None:
    docket.submit("ai-exports-program", package(("plan.pdf", b"%PDF-1.7 broken")))
    workspace.jobs().work(once=True)
    (job,) = workspace.jobs().jobs()
    assert job.state is JobState.DONE
    assert job.result["sentences"] == 0
    assert job.result["problems"][0]["severity"] == "error"


def test_a_case_that_is_refused_leaves_no_job(workspace: Workspace, docket: Docketing) -> None:
    number = docket.submit("ai-exports-program", package()).number
    with pytest.raises(NotFoundError):
        docket.attach("AX-1999-00001", "plan.txt", PLAN)
    assert workspace.docketing().view(number).case.attachments == ()
    assert workspace.jobs().jobs() == ()


def test_a_new_list_lets_open_cases_be_screened_anew_in_the_background(
    workspace: Workspace, docket: Docketing, tmp_path: Path
) -> None:
    first = docket.submit("ai-exports-program", package()).number
    closed = docket.submit("ai-exports-program", package()).number
    docket.move(closed, "withdraw", {"reason": "We changed our minds."})
    names = tmp_path / "own.csv"
    names.write_text(WATCHLIST.read_text() + '"OW-9","Meadowlark Data Works LLC",,,"organisation",,,,,\n')
    outcome = workspace.screener().import_list(names, form="plain")
    assert outcome.taken, outcome
    assert workspace.jobs(DESK).queue_screening() == 1
    assert workspace.jobs(DESK).queue_screening() == 0
    workspace.jobs().work(once=True)
    acts = workspace.docketing().view(first).acts
    assert acts[-1].kind is ActKind.RAISED
    assert (acts[-1].account, acts[-1].payload["text"]) == ("worker/screen-case", "Meadowlark Data Works LLC")
    assert workspace.jobs().queue_screening() == 1
    workspace.jobs().work(once=True)
    assert workspace.docketing().view(first).acts == acts


def test_jobs_are_the_desks(workspace: Workspace, docket: Docketing) -> None:
    number = docket.submit("ai-exports-program", package(("plan.txt", PLAN))).number
    (job,) = workspace.jobs(AUDITOR).jobs()
    for person in (AUDITOR, DECIDER, ADA):
        with pytest.raises(JobNotAllowedError):
            workspace.jobs(person).cancel(job.id)
    for person in (DECIDER, ADA):
        with pytest.raises(JobNotAllowedError):
            workspace.jobs(person).jobs()
    with pytest.raises(NotFoundError):
        workspace.jobs(ZOE).readings(number)
    assert workspace.jobs(DESK).cancel(job.id).state is JobState.CANCELLED
    assert workspace.jobs().work(once=True) == 0
    assert workspace.jobs(DESK).retry(job.id).state is JobState.WAITING
    assert workspace.jobs().work(once=True) == 1


def breaking(workspace: Workspace, fault: Exception) -> Jobs:
    def extract(_document: object) -> tuple[()]:
        raise fault

    return Jobs(workspace._register.jobs, workspace.docketing, extract, workspace._clock)  # noqa: SLF001


@pytest.mark.parametrize("fault", [StoreError("The disk is full."), ValueError("a defect")])
def test_what_fails_is_tried_again_after_growing_pauses_and_then_fails(
    workspace: Workspace, docket: Docketing, calendar: Calendar, fault: Exception
) -> None:
    docket.submit("ai-exports-program", package(("plan.txt", PLAN)))
    jobs, waits = breaking(workspace, fault), []
    while jobs.jobs()[0].state is JobState.WAITING:
        waits.append(jobs.jobs()[0].due - calendar.now)
        calendar.now = jobs.jobs()[0].due
        assert jobs.work(once=True) == 1
    (job,) = jobs.jobs()
    pauses = load_job_settings().pauses
    assert (job.state, job.tries, waits[1:]) == (JobState.FAILED, len(pauses) + 1, list(pauses))
    assert str(fault) in job.error


def test_a_job_cancelled_while_it_runs_keeps_nothing(workspace: Workspace, docket: Docketing) -> None:
    docket.submit("ai-exports-program", package(("plan.txt", PLAN)))
    words: list[str] = []

    def told(job: Job, word: str) -> None:
        words.append(word)
        if not word:
            workspace.jobs().cancel(job.id)

    workspace.jobs().work(once=True, told=told)
    (job,) = workspace.jobs().jobs()
    assert (job.state, job.result, words[1]) == (JobState.CANCELLED, {}, "no longer ours; nothing kept")


def test_a_long_job_is_held_by_its_heartbeat(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "w", clock=lambda: datetime.now(UTC)) as workspace:
        workspace.docketing(ADA).submit("ai-exports-program", package(("plan.txt", PLAN)))
        register, seen = workspace._register.jobs, []  # noqa: SLF001
        lease = timedelta(seconds=2)

        def extract(_document: object) -> tuple[()]:
            for _ in range(12):
                time.sleep(0.5)
                now = datetime.now(UTC)
                seen.append(register.take("thief", now, now + lease, 5))
            return ()

        settings = load_job_settings()
        held = type(settings)(lease, settings.pauses, settings.idle, settings.problems)
        Jobs(register, workspace.docketing, extract, workspace._clock, settings=held).work(once=True)  # noqa: SLF001
        assert set(seen) == {None}
        assert [job.state for job in register.jobs()] == [JobState.DONE]


def test_a_worker_beside_the_pages_does_what_comes_and_ends_with_them(
    workspace: Workspace, docket: Docketing
) -> None:
    with workspace.jobs().at_work():
        docket.submit("ai-exports-program", package(("plan.txt", PLAN)))
        for _ in range(600):
            if workspace.jobs().jobs()[0].state is JobState.DONE:
                break
            time.sleep(0.1)
    (job,) = workspace.jobs().jobs()
    assert (job.kind, job.state) == (JobKind.READ_ATTACHMENT, JobState.DONE)


def test_a_worker_outlasts_a_server_that_goes_away_but_not_a_newer_form(
    workspace: Workspace, docket: Docketing, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    docket.submit("ai-exports-program", package(("plan.txt", PLAN)))
    register = workspace._register.jobs  # noqa: SLF001
    take, faults = register.take, [GoneError("here", "gone"), GoneError("here", "gone")]

    def falter(*given: object) -> Job | None:
        if faults:
            raise faults.pop()
        monkeypatch.setattr(register, "take", newer)
        return take(*given)  # type: ignore[arg-type]

    def newer(*_given: object) -> Job | None:
        raise MOVED_ON

    monkeypatch.setattr(register, "take", falter)
    settings = load_job_settings()
    hasty = type(settings)(settings.lease, settings.pauses, 0.01, settings.problems)
    worker = Jobs(register, workspace.docketing, lambda _document: (), workspace._clock, settings=hasty)  # noqa: SLF001
    with pytest.raises(MovedOnError):
        worker.work()
    assert [job.state for job in register.jobs()] == [JobState.DONE]
    assert caplog.text.count("jobs wait until") == 1
    faults.append(GoneError("here", "gone"))
    monkeypatch.setattr(register, "take", falter)
    with pytest.raises(GoneError):
        worker.work(once=True)
