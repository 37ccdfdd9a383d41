"""A process of five users who move cases of a docket at once; the test starts some of it and kills some.

    python docket_users.py PLACE SEED SECONDS LOG

Each move that was acknowledged is written to the log before the next is tried.
"""

from __future__ import annotations

import os
import random
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

from dragoman.checking import Checker
from dragoman.docketing import Docketing
from dragoman.model import DragomanError
from dragoman.model.docket import DocketQuery
from dragoman.register import Register

USERS = 5
NEXT = {"received": "return", "incomplete": "resubmit"}


def user(docketing: Docketing, chance: random.Random, until: float, log: int) -> None:
    """Move cases at random until a moment and until one was moved; others' moves in between are refused, and rightly."""
    numbers = [line.number for line in docketing.lines(DocketQuery(limit=None))]
    moved = False
    while time.monotonic() < until or not moved:
        number = chance.choice(numbers)
        try:
            case = docketing.case(number)
            after = docketing.move(number, NEXT[case.stage], {"reason": "again"})
        except DragomanError:
            continue
        moved = True
        os.write(log, f"{number} {after.acts}\n".encode())


def main() -> None:
    """Let five users work."""
    place, seed, seconds, log = sys.argv[1:]
    register = Register.open(place if "://" in place else Path(place))
    handle = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    until = time.monotonic() + float(seconds)
    threads = [
        threading.Thread(
            target=user,
            args=(
                Docketing(register.docket, Checker, lambda: datetime.now(UTC)),
                random.Random(f"{seed} {number}"),  # noqa: S311 - chosen cases, no secret
                until,
                handle,
            ),
        )
        for number in range(USERS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    register.close()


if __name__ == "__main__":
    main()
