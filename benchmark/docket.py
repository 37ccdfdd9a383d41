"""The pages of the docket with many cases, beside a plain page of the same framework in the same run.

    python benchmark/docket.py                    10,000 cases in SQLite
    python benchmark/docket.py --cases 1000

The cases are synthetic, said so in their titles: their facts and findings are short, so that the time is that of
the docket, not of the checker. Pages are asked for through the application in this process, without a network.
The plain page is one FastAPI route that renders a Jinja table of 50 rows from a list in memory.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from jinja2 import Environment
from starlette.testclient import TestClient

from dragoman.docket import load_procedure, standing
from dragoman.model.docket import Act, ActKind
from dragoman.register import Register
from dragoman.web import create_app
from dragoman.workspace import REGISTER_FILE, Workspace

BASE = "http://127.0.0.1"
REPEATS = 30
START = datetime(2026, 1, 5, tzinfo=UTC)
COUNTRIES = ("KE", "JP", "GB", "IN", "BR", "VN", "PL", "AE")
PROCEDURES = ("ai-exports-program", "green-channel", "data-flow-list")
PAGES = (
    ("dashboard and list", "/docket"),
    ("list by state", "/docket?procedure=ai-exports-program&stage=received"),
    ("list by country", "/docket?target=KE"),
    ("list by words", "/docket?text=synthetic+case+77"),
    ("list, page 100", "/docket?before={middle}"),
    ("a case", "/docket/AX-2026-00001"),
    ("public register", "/docket/public"),
    ("API list", "/api/docket"),
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
        register.docket.open(procedure, acts, standing(acts))


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


def median_of(ask: Callable[[], object]) -> float:
    """Return the median time of a call in milliseconds, after one that is not counted."""
    ask()
    times = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        ask()
        times.append(time.perf_counter() - begun)
    return statistics.median(times) * 1000


def main() -> None:
    """Fill a docket, ask its pages and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=10_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        register = Register.open(Path(folder) / REGISTER_FILE)
        begun = time.process_time()
        fill(register, options.cases)
        filled = time.process_time() - begun
        begun = time.process_time()
        verdict = register.audit.verify()
        verified = time.process_time() - begun
        register.close()
        print(f"{options.cases:,} synthetic cases handed in: {options.cases / filled:,.0f} a CPU-second")
        print(f"audit log: {verdict.lines:,} lines, whole: {verdict.whole}, checked in {verified:.1f} CPU-s")
        with TestClient(plain_app(), base_url=BASE) as client:
            plain = median_of(lambda: client.get("/"))
        print(f"{'plain page of the framework':32s} {plain:8.1f} ms")
        with Workspace.open(folder) as workspace, TestClient(create_app(workspace), base_url=BASE) as client:
            for name, path in PAGES:
                address = path.format(middle=options.cases // 2)
                if client.get(address).status_code != 200:
                    raise SystemExit(address)
                taken = median_of(lambda address=address: client.get(address))  # type: ignore[misc]
                print(f"{name:32s} {taken:8.1f} ms   {taken / plain:6.1f} times the plain page")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()
