"""One state of the register while others write, and changes that only go through where nobody was faster."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from dragoman.citing import Citing, verify
from dragoman.model import ConflictError, Event, Language, Query, ReviewState
from dragoman.model.term import Concept, Term
from dragoman.register import Decision, Register
from dragoman.web import create_app
from dragoman.web.endpoint import Precondition
from dragoman.workspace import Workspace
from tests.docket.test_docketing import case
from tests.register.making import CODER, NOON, document, provision
from tests.web.client import BASE, TestClient

TEXT = "We will meet.\nThey will pay."
BOTH = 2
OK, CHANGED = 200, 412


class FasterError(ConflictError):
    """Somebody was faster."""

    def __init__(self) -> None:
        super().__init__("late", "look again")


def add_memo(register: Register, slug: str) -> str:
    """Keep a text with two lines and return the id of the first."""
    doc = document(TEXT, slug)
    lines = [provision(doc, 0), provision(doc, 1)]
    register.save(doc, lines, coder=CODER, at=NOON)
    return lines[0].id


def in_another_thread(work: Callable[[], object]) -> None:
    with ThreadPoolExecutor(1) as pool:
        pool.submit(work).result()


class Interrupted(Citing):
    """Writes snapshots, and lets somebody else write after the lines were read."""

    def __init__(self, register: Register, meanwhile: Callable[[], None]) -> None:
        super().__init__(register, lambda: CODER, lambda: NOON)
        self._meanwhile = meanwhile

    def _refuse_later(self, *given: Any) -> None:  # noqa: ANN401 - as it comes
        in_another_thread(self._meanwhile)
        super()._refuse_later(*given)


def test_a_snapshot_is_of_one_moment_while_others_write(register: Register, place: str, tmp_path: Path) -> None:
    line = add_memo(register, "memo")
    register.review(line, Decision(ReviewState.ACCEPTED, "Mara", NOON, "clear"))
    before = Citing(register, lambda: CODER, lambda: NOON).snapshot(tmp_path / "before", texts=True)
    other = Register.open(place)

    def meanwhile() -> None:
        add_memo(other, "later")
        other.review(line, Decision(ReviewState.REJECTED, "Odo", NOON + timedelta(days=3), "no"))
        doc = document("All is new. We will sing.", "memo")
        other.save(doc, [provision(doc, 0)], coder=CODER, at=NOON + timedelta(days=3))

    found = Interrupted(register, meanwhile).snapshot(tmp_path / "while", texts=True)
    other.close()
    assert (found.id, verify(found.path).sound) == (before.id, True)
    assert [json.loads(one)["state"] for one in (found.path / "reviews.jsonl").read_text().splitlines()] == [
        "accepted"
    ]
    assert {one.slug for one in register.documents()} == {"memo", "later"}, "the writer was not held up"


def test_what_is_read_at_one_moment_stays_though_the_thread_itself_writes(register: Register) -> None:
    add_memo(register, "memo")
    with register.at_one_moment():
        assert register.provisions(Query()).total == BOTH
        add_memo(register, "note")
        assert register.provisions(Query()).total == BOTH
    assert register.provisions(Query()).total == BOTH * 2


def test_a_guard_sees_what_stands_when_it_is_written(register: Register, place: str) -> None:
    line = add_memo(register, "memo")
    other = Register.open(place)
    accepted = Decision(ReviewState.ACCEPTED, "Mara", NOON)

    def check() -> None:
        if register.history(line)[1]:
            raise FasterError

    with register.expecting(line, check):
        register.review(line, accepted)
    with pytest.raises(ConflictError, match="late"), register.expecting(line, check):
        register.review(line, accepted)
    with register.expecting(line, check):
        pass
    other.review(line, accepted)  # a guard that was not asked is forgotten
    assert [one.reviewer for one in register.history(line)[1]] == ["Mara", "Mara"]
    other.close()


def test_nobody_writes_between_a_guard_and_its_change_by_whatever_lock(register: Register, place: str) -> None:
    line = add_memo(register, "memo")
    other = Register.open(place)
    looked, written = threading.Event(), threading.Event()

    def slip_in() -> None:
        looked.wait(30)
        other.tracks.keep_event(Event("summit", NOON.date(), id="v1"))  # under a lock of its own, unguarded
        written.set()

    def check() -> None:
        if register.tracks.event_steps("v1"):
            raise FasterError
        looked.set()
        assert not written.wait(0.5)

    with ThreadPoolExecutor(1) as pool:
        slipping = pool.submit(slip_in)
        with register.expecting(line, check):
            register.review(line, Decision(ReviewState.ACCEPTED, "Mara", NOON))
        slipping.result(30)
    with pytest.raises(ConflictError, match="late"), register.expecting(line, check):
        register.review(line, Decision(ReviewState.ACCEPTED, "Mara", NOON))
    assert len(register.history(line)[1]) == 1
    other.close()


@pytest.fixture
def workspace(place: str, tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "w", place if "://" in place else None) as opened:
        yield opened


@pytest.fixture
def client(workspace: Workspace) -> Iterator[TestClient]:
    with TestClient(create_app(workspace), base_url=BASE, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> threading.Barrier:
    """Let two requests meet after both have looked and before either writes."""
    barrier, checked = threading.Barrier(BOTH), threading.local()
    looked = Precondition._check  # noqa: SLF001 - the moment between looking and writing

    def check(self: Precondition, answer: Callable[[], object]) -> None:
        looked(self, answer)
        if getattr(checked, "by", None) is not self:
            checked.by = self
            barrier.wait(30)

    monkeypatch.setattr(Precondition, "_check", check)
    return barrier


def thing(workspace: Workspace, what: str) -> tuple[str, str, dict[str, Any]]:
    """Return where a thing is asked for, where it is changed, and the change."""
    said = {"by": "Mara", "reason": "so called"}
    if what == "actor":
        return "/api/actors/a/Japan", "/api/actors/a/Japan/names", {**said, "en": ["Nippon"]}
    if what == "concept":
        workspace.termbank.propose(
            Concept("chip", (Term("chip", Language.EN), Term("芯片", Language.ZH))), by="Mara"
        )
        return "/api/terms/concepts/chip", "/api/terms/concepts/chip/review", {**said, "verdict": "accept"}
    if what == "case":
        number = workspace.docketing().submit("green-channel", case("project-river-gauges")).number
        return f"/api/docket/{number}", f"/api/docket/{number}/comment", {"text": "a file is missing"}
    line = add_memo(workspace._register, "memo")  # noqa: SLF001 - without the grammar
    if what == "commitment":
        address = f"/api/track/commitments/{line}"
        return address, f"{address}/events", {"event": "entry into force", "day": "2026-03-01", "by": "Mara"}
    return f"/api/provisions/{line}", f"/api/provisions/{line}/review", {"state": "accepted", "reviewer": "Mara"}


def test_of_two_who_saw_the_same_one_changes_it(
    client: TestClient, workspace: Workspace, gate: threading.Barrier
) -> None:
    answers = {}
    for what in ("actor", "case", "concept", "commitment", "line"):
        address, change, body = thing(workspace, what)
        seen = {"if-match": client.get(address).headers["etag"]}
        sides = [{"side": "US"}, {"side": "CN"}] if what == "concept" else [{}, {}]
        bodies = [{**body, **side} for side in sides]
        with ThreadPoolExecutor(BOTH) as pool:
            sent = [pool.submit(client.post, change, json=one, headers=seen) for one in bodies]
            answers[what] = sorted(one.result().status_code for one in sent)
    assert answers == {what: [200, 412] for what in answers}


def test_who_does_what_somebody_has_done_meanwhile_is_told(
    client: TestClient, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, change, body = thing(workspace, "commitment")
    seen = {"if-match": client.get(address).headers["etag"]}
    looked, faster = Precondition._check, iter([True])  # noqa: SLF001 - the moment between looking and writing

    def check(self: Precondition, answer: Callable[[], object]) -> None:
        looked(self, answer)
        if next(faster, False):
            assert client.post(change, json=body).status_code == OK

    monkeypatch.setattr(Precondition, "_check", check)
    assert client.post(change, json=body, headers=seen).status_code == CHANGED
    assert len(client.get(address).json()["events"]) == 1
