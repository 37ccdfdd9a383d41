"""What a process does until it is killed: acts one after the other, each written down once it is acknowledged.

    python benchmark/faults_work.py ACT FOLDER PLACE LOG

ACT is read, review, move, migrate or backup; PLACE is "-" for the file in the folder, or a database's address. The
process ends with 2 and the message where dragoman refuses with one of its own errors.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from dragoman.checking import Checker
from dragoman.docketing import Docketing
from dragoman.model import DragomanError, Query, ReviewState
from dragoman.model.docket import DocketQuery
from dragoman.register import Register
from dragoman.workspace import REGISTER_FILE, Workspace

TEXT = """Statement {number} of the Lakeside Meeting

Japan will publish a list of {number} trusted chip suppliers by 31 March 2026.

双方将于2026年底前建立人工智能对话机制。
"""
LINES_OF_A_TEXT = 2
NEXT = {"received": "return", "incomplete": "resubmit"}
TURNS = (ReviewState.ACCEPTED, ReviewState.REJECTED)


def opened(folder: Path, place: str | None) -> Workspace:
    """Open the workspace in a folder, its register in a database where one is named."""
    return Workspace.open(folder, place)


def read(folder: Path, place: str | None) -> Iterator[str]:
    """Read one text after the other."""
    with opened(folder, place) as workspace:
        start = len(workspace.documents())
        for number in count(start):
            (outcome,) = workspace.read_bytes(TEXT.format(number=number).encode(), f"lakeside-{number}.txt")
            yield str(outcome.doc)


def review(folder: Path, place: str | None) -> Iterator[str]:
    """Accept and reject lines in turn."""
    with opened(folder, place) as workspace:
        lines = [entry.provision.id for entry in workspace.provisions(Query(limit=None)).entries]
        for number in count():
            line = lines[number % len(lines)]
            state = TURNS[number // len(lines) % 2]
            workspace.review(line, state, reviewer="Ann", reason=f"{os.getpid()} {number}")
            yield f"{line} {os.getpid()} {number}"


def move(folder: Path, place: str | None) -> Iterator[str]:
    """Return and resubmit the cases of a docket."""
    register = Register.open(place or folder / REGISTER_FILE)
    docketing = Docketing(register.docket, Checker, lambda: datetime.now(UTC))
    numbers = [line.number for line in docketing.lines(DocketQuery(limit=None))]
    for turn in count():
        number = numbers[turn % len(numbers)]
        after = docketing.move(number, NEXT[docketing.case(number).stage], {"reason": "again"})
        yield f"{number} {after.acts}"


def migrate(folder: Path, place: str | None) -> Iterator[str]:
    """Bring an old register up to date."""
    Register.open(place or folder / REGISTER_FILE).close()
    yield "opened"


def backup(folder: Path, place: str | None) -> Iterator[str]:
    """Write one backup after the other."""
    with opened(folder, place) as workspace:
        for number in count():
            workspace.archiving.backup(folder.parent / f"backup-{number}")
            yield f"backup-{number}"


ACTS: dict[str, Callable[[Path, str | None], Iterator[str]]] = {
    act.__name__: act for act in (read, review, move, migrate, backup)
}


def main() -> int:
    """Act until killed, or refused."""
    act, folder, place, log = sys.argv[1:]
    handle = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(handle, b"\n")
    try:
        for acknowledged in ACTS[act](Path(folder), None if place == "-" else place):
            os.write(handle, f"{acknowledged}\n".encode())
    except DragomanError as fault:
        sys.stderr.write(f"{fault}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
