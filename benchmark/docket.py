"""The pages of the docket with many cases, beside a plain page of the same framework in the same run.

    python benchmark/docket.py                    10,000 cases in SQLite, then fifty users on both engines
    python benchmark/docket.py --cases 1000
    python benchmark/docket.py --users-only

The cases are synthetic, said so in their titles: their facts and findings are short, so that the time is that of
the docket, not of the checker. Pages are asked for through the application in this process, without a network.
The plain page is one FastAPI route that renders a Jinja table of 50 rows from a list in memory. Fifty users, five
in each of ten processes, move eight cases as fast as they can, half of the processes being killed: what was
acknowledged is then looked for in the register, and the chain of the audit log is checked.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from jinja2 import Environment
from sqlalchemy import Engine, event
from starlette.testclient import TestClient

from dragoman.docket import deadlines, load_procedure, standing
from dragoman.model.docket import Act, ActKind, DocketCase
from dragoman.model.docket_board import Deadline, DeadlineKind, Notes
from dragoman.model.procedure import Procedure
from dragoman.register import Register
from dragoman.web import create_app
from dragoman.workspace import REGISTER_FILE, Workspace

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the users are those of the tests
from tests.register.server import NoServerError, running_server
from tests.register.test_docket_crashes import crash, examine, filled

SEED = 20261126
BASE = "http://127.0.0.1"
REPEATS = 30
START = datetime(2026, 1, 5, tzinfo=UTC)
COUNTRIES = ("KE", "JP", "GB", "IN", "BR", "VN", "PL", "AE")
PROCEDURES = ("ai-exports-program", "green-channel", "data-flow-list")
FITS = ("open", "closed", "unknown", "not asked for")
PAGES = (
    ("dashboard and list", "/docket"),
    ("list by state", "/docket?procedure=ai-exports-program&stage=received"),
    ("list by country", "/docket?target=KE"),
    ("list by what is over", "/docket?due=over"),
    ("list by tool", "/docket?tool=exim&fit=open"),
    ("list by words", "/docket?text=synthetic+case+77"),
    ("list, page 100", "/docket?before={middle}"),
    ("a case", "/docket/AX-2026-00001"),
    ("public register", "/docket/public"),
    ("API list", "/api/docket"),
    ("API dashboard", "/api/docket/board"),
)


def fill(register: Register, cases: int) -> None:
    """Hand in synthetic cases; one in fifty is approved."""
    for number in range(cases):
        procedure = load_procedure(PROCEDURES[number % len(PROCEDURES)])
        acts = list(acts_of(procedure.name, procedure.first, number))
        if number % 50 == 0:
            target = next(name for name, stage in procedure.stages.items() if stage.public)
            payload = {"move": list(procedure.moves)[-1], "from": procedure.first, "to": target, "fields": {}}
            acts.append(Act("", len(acts) + 1, ActKind.MOVED, START, "bench", payload))
        case = standing(acts)
        register.docket.open(procedure, acts, case, (), notes_of(procedure, case, number))


def notes_of(procedure: Procedure, case: DocketCase, number: int) -> Notes:
    """Return what dashboards count a synthetic case by; every third has a question that is due."""
    asked = Deadline(DeadlineKind.REQUEST, "4", START.date(), START.date() + timedelta(days=number % 400))
    found = (*deadlines(procedure, case, START.date()), *((asked,) if number % 3 == 0 else ()))
    return Notes(found, {tool.name: FITS[number % len(FITS)] for tool in procedure.tools})


def acts_of(procedure: str, stage: str, number: int) -> Iterator[Act]:
    """Yield the acts of a synthetic case: handed in, checked, screened, and two comments."""
    at = START + timedelta(minutes=number)
    first = {
        "procedure": procedure,
        "title": f"Synthetic case {number}",
        "organisation": f"Organisation {number % 97}",
        "stage": stage,
        "facts": {"template": "package"},
        "targets": [COUNTRIES[number % len(COUNTRIES)]],
    }
    yield Act("", 1, ActKind.SUBMITTED, at, "bench", first)
    results = {"met": 20, "unknown": number % 5}
    yield Act(
        "", 2, ActKind.CHECKED, at, "bench", {"version": 1, "outcome": "met", "results": results, "findings": []}
    )
    yield Act("", 3, ActKind.SCREENED, at, "bench", {"version": 1, "lists": {}, "parties": [], "open": []})
    for place in (4, 5):
        yield Act(
            "", place, ActKind.COMMENTED, at, "bench", {"text": "A note of some words, as people write them."}
        )


def plain_app() -> FastAPI:
    """Return an application with one plain page: a table of 50 rows."""
    app = FastAPI()
    template = Environment(autoescape=True).from_string(
        "<table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>"
        "{% endfor %}</table>"
    )
    rows = [tuple(f"cell {row} {column}" for column in range(7)) for row in range(50)]

    @app.get("/")
    def page() -> HTMLResponse:
        return HTMLResponse(template.render(rows=rows))

    return app


def medians_of(ask: Callable[[], object]) -> tuple[float, float]:
    """Return the medians of time and of CPU time of a call in milliseconds, after one that is not counted."""
    ask()
    times, works = [], []
    for _ in range(REPEATS):
        begun, worked = time.perf_counter(), time.process_time()
        ask()
        times.append(time.perf_counter() - begun)
        works.append(time.process_time() - worked)
    return statistics.median(times) * 1000, statistics.median(works) * 1000


def main() -> None:
    """Fill a docket, ask its pages and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--users-only", action="store_true", help="only the fifty users")
    options = parser.parse_args()
    if not options.users_only:
        time_pages(options.cases)
    try_users()


def time_pages(cases: int) -> None:
    """Fill a docket, ask its pages and print the medians."""
    with tempfile.TemporaryDirectory() as folder:
        register = Register.open(Path(folder) / REGISTER_FILE)
        begun = time.process_time()
        fill(register, cases)
        filled = time.process_time() - begun
        begun = time.process_time()
        verdict = register.audit.verify()
        verified = time.process_time() - begun
        register.close()
        print(f"{cases:,} synthetic cases handed in: {cases / filled:,.0f} a CPU-second")
        print(f"audit log: {verdict.lines:,} lines, whole: {verdict.whole}, checked in {verified:.1f} CPU-s")
        with TestClient(plain_app(), base_url=BASE) as client:
            plain, work = medians_of(lambda: client.get("/"))
        print(f"{'':32s} {'time':>11s} {'CPU time':>11s}  CPU time beside the plain page's")
        print(f"{'plain page of the framework':32s} {plain:8.1f} ms {work:8.1f} ms")
        with Workspace.open(folder) as workspace, TestClient(create_app(workspace), base_url=BASE) as client:
            for name, path in PAGES:
                address = path.format(middle=cases // 2)
                if client.get(address).status_code != 200:
                    raise SystemExit(address)
                taken, used = medians_of(lambda address=address: client.get(address))  # type: ignore[misc]
                print(f"{name:32s} {taken:8.1f} ms {used:8.1f} ms  {used / work:6.1f} times")
        queue_all(folder)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"peak memory {peak:.0f} MB")


def queue_all(folder: str) -> None:
    """Let all open cases wait to be screened anew, as the import of a list does; print queries and seconds."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    with Workspace.open(folder) as workspace:
        event.listen(Engine, "before_cursor_execute", note)
        begun = time.process_time()
        queued = workspace.jobs().queue_screening()
        taken = time.process_time() - begun
        begun = time.process_time()
        again = workspace.jobs().queue_screening()
        second = time.process_time() - begun
        event.remove(Engine, "before_cursor_execute", note)
    print(
        f"{queued:,} cases queued to be screened anew: {taken:.2f} CPU-s; once more: {again} in {second:.2f} CPU-s"
    )
    print(f"  {len(asked)} statements in all, {len(asked) // 2} each")


def try_users() -> None:
    """Let fifty users move cases at once on each engine, half of their processes killed; print what came of it."""
    with tempfile.TemporaryDirectory() as folder:
        users(Path(folder) / REGISTER_FILE, Path(folder), "SQLite")
    try:
        with running_server() as server, tempfile.TemporaryDirectory() as folder:
            users(server.create("users"), Path(folder), "PostgreSQL")
    except NoServerError:
        print("fifty users on PostgreSQL: no server is installed")


def users(place: str | Path, folder: Path, engine: str) -> None:
    """Let fifty users work at a place and say whether anything was lost. Raises AssertionError where it was."""
    filled(place)
    begun = time.perf_counter()
    acknowledged = crash(place, folder, SEED)
    taken = time.perf_counter() - begun
    examine(place, acknowledged)
    print(
        f"fifty users on {engine}, half killed: {len(acknowledged)} moves acknowledged in {taken:.0f} s, "
        "0 lost, 0 doubled, audit chain whole"
    )


if __name__ == "__main__":
    main()
