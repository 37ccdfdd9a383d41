"""Jobs with leases, in both engines: taken once, taken over, tried again, cancelled."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dragoman.model import ConflictError, NotFoundError
from dragoman.model.job import JobKind, JobState, NewJob
from dragoman.register import Register
from dragoman.register.jobs import LOST

pytestmark = pytest.mark.long

SCRIPT = Path(__file__).with_name("job_worker.py")
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SCREEN = NewJob(JobKind.SCREEN_CASE, "AX-2026-00001", {})


def test_a_job_is_taken_by_one_and_done_once(register: Register) -> None:
    register.jobs.put([SCREEN], "dora", NOW)
    job = register.jobs.take("a", NOW, NOW + MINUTE, 5)
    assert job is not None
    assert (job.state, job.holder, job.tries, job.account) == (JobState.RUNNING, "a", 1, "dora")
    assert register.jobs.take("b", NOW, NOW + MINUTE, 5) is None
    assert register.jobs.finish(job, {"changed": True}, NOW)
    assert not register.jobs.finish(job, {"changed": False}, NOW)
    assert register.jobs.jobs()[0].result == {"changed": True}


def test_the_same_job_does_not_wait_twice(register: Register) -> None:
    assert [register.jobs.put([SCREEN], "dora", NOW) for _ in range(2)] == [1, 0]
    job = register.jobs.take("a", NOW, NOW + MINUTE, 5)
    assert job is not None
    assert register.jobs.put([SCREEN], "dora", NOW) == 1


def test_a_lease_that_ran_out_lets_another_take_over_and_the_first_hands_in_nothing(register: Register) -> None:
    register.jobs.put([SCREEN], "dora", NOW)
    first = register.jobs.take("a", NOW, NOW + MINUTE, 5)
    assert first is not None
    assert register.jobs.beat(first, NOW + 2 * MINUTE)
    assert register.jobs.take("b", NOW + 1.5 * MINUTE, NOW + 3 * MINUTE, 5) is None
    second = register.jobs.take("b", NOW + 2.5 * MINUTE, NOW + 4 * MINUTE, 5)
    assert second is not None
    assert (second.id, second.tries) == (first.id, 2)
    late = NOW + 3 * MINUTE
    assert not register.jobs.beat(first, late + MINUTE)
    assert not register.jobs.fail(first, "too late", late, None)
    assert not register.jobs.finish(first, {"by": "a"}, late)
    assert register.jobs.finish(second, {"by": "b"}, late)
    assert register.jobs.jobs()[0].result == {"by": "b"}


def test_who_takes_a_job_over_from_itself_does_not_hand_in_for_the_try_before(register: Register) -> None:
    register.jobs.put([SCREEN], "dora", NOW)
    first = register.jobs.take("a", NOW, NOW + MINUTE, 5)
    second = register.jobs.take("a", NOW + 2 * MINUTE, NOW + 3 * MINUTE, 5)
    assert first is not None
    assert second is not None
    assert not register.jobs.finish(first, {}, NOW + 2 * MINUTE)
    assert register.jobs.finish(second, {}, NOW + 2 * MINUTE)


def test_a_job_that_costs_every_worker_its_life_fails(register: Register) -> None:
    register.jobs.put([SCREEN], "dora", NOW)
    at = NOW
    for _ in range(3):
        assert register.jobs.take("a", at, at + MINUTE, 3) is not None
        at += 2 * MINUTE
    assert register.jobs.take("a", at, at + MINUTE, 3) is None
    (job,) = register.jobs.jobs()
    assert (job.state, job.error, job.tries) == (JobState.FAILED, LOST, 3)


def test_a_try_that_failed_waits_for_its_pause(register: Register) -> None:
    register.jobs.put([SCREEN], "dora", NOW)
    job = register.jobs.take("a", NOW, NOW + MINUTE, 5)
    assert job is not None
    assert register.jobs.fail(job, "The list is locked.", NOW, NOW + MINUTE)
    assert register.jobs.take("a", NOW, NOW + MINUTE, 5) is None
    again = register.jobs.take("a", NOW + MINUTE, NOW + 2 * MINUTE, 5)
    assert again is not None
    assert (again.tries, again.error) == (2, "The list is locked.")
    assert register.jobs.fail(again, "Still locked.", NOW + MINUTE, None)
    assert register.jobs.counts() == {JobState.FAILED: 1}
    assert register.jobs.retry(job.id, "dora", NOW + 2 * MINUTE).tries == 0
    assert register.jobs.take("a", NOW + 2 * MINUTE, NOW + 3 * MINUTE, 5) is not None


def test_a_cancelled_job_is_neither_taken_nor_kept_and_stands_in_the_log(register: Register) -> None:
    register.jobs.put([SCREEN], "dora", NOW)
    job = register.jobs.take("a", NOW, NOW + MINUTE, 5)
    assert job is not None
    register.jobs.cancel(job.id, "dora", NOW)
    assert not register.jobs.finish(job, {}, NOW)
    assert register.jobs.take("b", NOW + 2 * MINUTE, NOW + 3 * MINUTE, 5) is None
    with pytest.raises(ConflictError, match="is cancelled"):
        register.jobs.cancel(job.id, "dora", NOW)
    with pytest.raises(NotFoundError):
        register.jobs.cancel(99, "dora", NOW)
    register.jobs.retry(job.id, "dora", NOW)
    assert [line.act for line in register.audit.lines()] == ["job.cancelled", "job.retried"]
    assert register.audit.verify().whole


def test_jobs_are_listed_by_state_case_and_page(register: Register) -> None:
    for number in range(3):
        register.jobs.put([NewJob(JobKind.SCREEN_CASE, f"AX-2026-0000{number}", {})], "dora", NOW)
    first = register.jobs.jobs(limit=2)
    assert [job.case[-1] for job in first] == ["2", "1"]
    assert [job.case[-1] for job in register.jobs.jobs(before=first[-1].id)] == ["0"]
    assert register.jobs.jobs(states=(JobState.DONE,)) == ()
    assert len(register.jobs.jobs(case="AX-2026-00001")) == 1


def test_many_workers_at_once_take_each_job_once(register: Register) -> None:
    for number in range(20):
        register.jobs.put([NewJob(JobKind.SCREEN_CASE, f"AX-2026-{number:05d}", {})], "dora", NOW)
    taken: list[int] = []

    def work(name: str) -> None:
        while (job := register.jobs.take(name, NOW, NOW + MINUTE, 5)) is not None:
            taken.append(job.id)

    threads = [threading.Thread(target=work, args=(f"w{number}",)) for number in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert Counter(taken) == Counter(job.id for job in register.jobs.jobs())


def worker(place: str, log: Path, *, hang: bool) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, str(SCRIPT), place, str(log), "yes" if hang else "no"])


def test_what_a_killed_worker_held_is_done_by_another_once(place: str, register: Register, tmp_path: Path) -> None:
    for number in range(6):
        register.jobs.put([NewJob(JobKind.SCREEN_CASE, f"AX-2026-{number:05d}", {})], "dora", NOW)
    held, log = tmp_path / "held", tmp_path / "log"
    doomed = worker(place, held, hang=True)
    for _ in range(1200):
        if held.exists() and held.stat().st_size:
            break
        time.sleep(0.05)
    doomed.kill()
    doomed.wait(60)
    others = [worker(place, log, hang=False) for _ in range(2)]
    for one in others:
        one.wait(120)
    (lost,) = (int(line.split()[1]) for line in held.read_text().splitlines())
    done = Counter(int(line.split()[1]) for line in log.read_text().splitlines())
    found = {job.id: job for job in register.jobs.jobs()}
    assert done == Counter(found.keys())
    assert {job.state for job in found.values()} == {JobState.DONE}
    assert (found[lost].tries, found[lost].holder == f"worker {doomed.pid}") == (2, False)
