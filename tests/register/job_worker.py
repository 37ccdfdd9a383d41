"""A worker in a process of its own; the test kills it while it holds a job.

    python job_worker.py PLACE LOG HANG

Each job that it finished is written to the log. With HANG "yes" it takes one job, says so, and sleeps.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dragoman.register import Register

LEASE = timedelta(seconds=1.5)


def main() -> None:
    """Take jobs until none is left for three seconds."""
    place, log, hang = sys.argv[1:]
    register = Register.open(place if "://" in place else Path(place))
    handle = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    holder, idle = f"worker {os.getpid()}", time.monotonic()
    while time.monotonic() - idle < 3 * LEASE.total_seconds():
        now = datetime.now(UTC)
        job = register.jobs.take(holder, now, now + LEASE, 5)
        if job is None:
            time.sleep(0.05)
            continue
        if hang == "yes":
            os.write(handle, f"taken {job.id}\n".encode())
            time.sleep(600)
        idle = time.monotonic()
        if register.jobs.finish(job, {"by": holder}, datetime.now(UTC)):
            os.write(handle, f"done {job.id}\n".encode())
    register.close()


if __name__ == "__main__":
    main()
