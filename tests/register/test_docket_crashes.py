"""Fifty users at once, some of whom are killed: no move is lost, doubled or half kept, in either engine."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path

import pytest

from dragoman.checking import Checker
from dragoman.docket import load_procedure, read_clocks, standing
from dragoman.docketing import Docketing
from dragoman.model.docket import Act, ActKind, DocketQuery, Sight
from dragoman.register import Register

pytestmark = pytest.mark.long

SCRIPT = Path(__file__).with_name("docket_users.py")
PROCESSES = 10
CASES = 8
SECONDS = 4.0
PATIENCE = 600
"""Seconds until a process that must have begun, or ended, has not."""
NOW = datetime(2026, 11, 25, tzinfo=UTC)
EVERYTHING = Sight(everything=True)


def filled(place: str | Path) -> None:
    procedure = load_procedure("ai-exports-program")
    register = Register.open(place)
    first = {"procedure": procedure.name, "title": "x", "stage": procedure.first, "facts": {}, "targets": ["KE"]}
    check = {"version": 1, "outcome": "met", "results": {}, "findings": []}
    acts = [Act("", 1, ActKind.SUBMITTED, NOW, "a", first), Act("", 2, ActKind.CHECKED, NOW, "a", check)]
    for _ in range(CASES):
        register.docket.open(procedure, acts, standing(acts))
    register.close()


def crash(place: str | Path, folder: Path, seed: int) -> Counter[str]:
    """Let the users work, kill half of their processes at random moments, return what was acknowledged."""
    chance = random.Random(seed)  # noqa: S311 - chosen moments, no secret
    logs = [folder / f"log{number}" for number in range(PROCESSES)]
    users = [
        subprocess.Popen([sys.executable, str(SCRIPT), str(place), f"{seed} {number}", str(SECONDS), str(log)])
        for number, log in enumerate(logs)
    ]
    try:
        for number in chance.sample(range(PROCESSES), PROCESSES // 2):
            wait_for(logs[number], users[number])
            time.sleep(chance.uniform(0.0, SECONDS / PROCESSES))
            users[number].kill()
        for one in users:
            one.wait(PATIENCE)
    finally:
        for one in users:
            one.kill()
    return Counter(line for log in logs if log.exists() for line in log.read_text().splitlines())


def wait_for(log: Path, user: subprocess.Popen[bytes]) -> None:
    """Return when a process has had a move acknowledged, so that it is killed while it works."""
    for _ in range(PATIENCE * 20):
        if user.poll() is not None or (log.exists() and log.stat().st_size):
            return
        time.sleep(0.05)


def examine(place: str | Path, acknowledged: Counter[str]) -> None:
    register = Register.open(place)
    verdict = register.audit.verify()
    assert verdict.whole, verdict
    lines = register.docket.lines(DocketQuery(limit=None), EVERYTHING)
    assert len(lines) == CASES
    kept: set[str] = set()
    for line in lines:
        acts = register.docket.acts(line.number, EVERYTHING)
        case = standing(acts)
        assert (case.acts, case.stage) == (line.acts, line.stage)
        stages = [act.payload["from"] for act in acts if act.kind is ActKind.MOVED]
        assert stages == (["received", "incomplete"] * len(stages))[: len(stages)]
        kept |= {f"{line.number} {act.number}" for act in acts}
    assert max(acknowledged.values(), default=1) == 1
    assert set(acknowledged) <= kept
    register.close()


def test_fifty_users_of_a_file(tmp_path: Path) -> None:
    place = tmp_path / "register.sqlite"
    filled(place)
    acknowledged = crash(place, tmp_path, 20261125)
    assert acknowledged
    examine(place, acknowledged)


@pytest.mark.postgres
def test_fifty_users_of_a_server(postgres_place: str, tmp_path: Path) -> None:
    filled(postgres_place)
    acknowledged = crash(postgres_place, tmp_path, 20261126)
    assert acknowledged
    examine(postgres_place, acknowledged)


def test_a_clock_that_is_set_back_and_forth_loses_no_move_and_runs_no_clock_backwards(place: str) -> None:
    filled(place)
    register, hours = Register.open(place), cycle((0, 30, -50, 400, -2000, 10, 9000))
    docketing = Docketing(register.docket, Checker, lambda: NOW + timedelta(hours=next(hours)))
    number = register.docket.lines(DocketQuery(limit=None), EVERYTHING)[0].number
    for turn, move in enumerate(["return", "resubmit"] * 4):
        assert docketing.move(number, move, {"reason": "again"}).acts == turn + 3
    case, procedure = standing(register.docket.acts(number, EVERYTHING)), load_procedure("ai-exports-program")
    for day in range(-100, 500, 7):
        readings = read_clocks(procedure, case, (NOW + timedelta(days=day)).date())
        assert all(reading.used >= 0 for reading in readings.values())
    assert register.audit.verify().whole
    register.close()
