"""What a document can do to the process that reads it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.bulk import pool as pool_module
from dragoman.bulk.errors import WorkersDoNotStartError
from dragoman.bulk.items import Item, Way
from dragoman.bulk.pool import Pool
from dragoman.bulk.reading import ItemReader, TooLongError, given_up, within
from dragoman.bulk.worker import Done, Job
from dragoman.read import ReadSettings

pytestmark = pytest.mark.long

LIMITS = ReadSettings()


def serve_badly(connection: object, limits: ReadSettings, seconds: float) -> None:
    """A worker that dies or hangs at documents whose names say so; the marker file makes it die once."""
    while True:
        try:
            job: Job = connection.recv()  # type: ignore[attr-defined]
        except EOFError:
            return
        told = []
        for place, item in enumerate(job.items):
            connection.send(place)  # type: ignore[attr-defined]
            if place in job.failed:
                told.append(given_up(item, job.failed[place], seconds=seconds).problems[0].code)
                continue
            misbehave(item, seconds)
            told.append(f"read {item.row}")
        connection.send(Done(job.number, dict.fromkeys(told, 1)))  # type: ignore[attr-defined]


def misbehave(item: Item, seconds: float) -> None:
    if item.name.startswith("once"):
        marker = Path(item.data.decode())
        if not marker.exists():
            marker.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    elif item.name == "deadly":
        os.kill(os.getpid(), signal.SIGKILL)
    elif item.name == "endless":
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
        time.sleep(seconds * 100)


def dies_at_once(connection: object, limits: ReadSettings, seconds: float) -> None:
    os._exit(3)


def line(number: int, text: str = "We will act.") -> Item:
    return Item(0, number, Way.LINE, "a.jsonl", f'{{"id": "d{number}", "text": "{text}"}}'.encode())


def told(jobs: Iterator[Job], seconds: float = 60) -> dict[int, list[str]]:
    with Pool(2, LIMITS, seconds) as pool:
        return {done.number: list(done.rows) for done in pool.run(jobs)}


def test_a_document_at_which_a_process_dies_once_is_read_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool_module, "serve", serve_badly)
    once = Item(0, 0, Way.BYTES, "once.txt", str(tmp_path / "marker").encode())
    found = told(iter([Job(0, [line(1), once, line(2)]), Job(1, [line(3)])]))
    assert found == {0: ["read 1", "read 0", "read 2"], 1: ["read 3"]}


def test_a_document_that_kills_or_hangs_is_a_failure_and_the_rest_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool_module, "serve", serve_badly)
    monkeypatch.setattr(pool_module, "GRACE", 0.2)
    deadly, endless = Item(0, 0, Way.BYTES, "deadly", b"x"), Item(1, 0, Way.BYTES, "endless", b"x")
    found = told(iter([Job(0, [line(1), deadly, line(2)]), Job(1, [endless, line(3)])]), seconds=2)
    assert found == {0: ["read 1", "bulk-worker-died", "read 2"], 1: ["bulk-timeout", "read 3"]}


def test_processes_that_never_start_end_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool_module, "serve", dies_at_once)
    with pytest.raises(WorkersDoNotStartError, match="exit code 3"):
        told(iter([Job(0, [line(1)])]))


def test_a_document_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = ItemReader(LIMITS, 0.05)

    def endless(_item: Item) -> Iterator[object]:
        while True:
            try:
                time.sleep(0.01)
            except Exception:  # noqa: BLE001 - as the readers do
                return
            yield from ()

    monkeypatch.setattr(reader, "_results", endless)
    (read,) = reader.read(line(4))
    assert read.document is None
    assert (read.source, read.problems[0].code) == ("a.jsonl#4", "bulk-timeout")
    assert "0.05 seconds" in read.problems[0].message


def test_the_clock_is_off_behind_the_block() -> None:
    with within(0.05):
        pass
    time.sleep(0.1)
    with pytest.raises(TooLongError), within(0.01):
        time.sleep(1)


def test_lone_surrogates_become_replacement_characters() -> None:
    (read,) = ItemReader(LIMITS, 60).read(line(5, "We will \\ud83d act."))
    assert read.document is not None
    assert read.document.text == "We will \ufffd act."
    (read,) = ItemReader(LIMITS, 60).read(line(5, "We will \\ud83d\\ude00 act."))
    assert read.document is not None
    assert read.document.text == "We will \U0001f600 act."
