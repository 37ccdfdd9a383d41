"""How a register answers as it grows: load, search, filters, board, matrix, lineage, pages; SQLite or PostgreSQL.

    python benchmark/registers.py                                  10,000, 100,000 and 1,000,000 provisions, SQLite
    python benchmark/registers.py --provisions 100000 --engine postgres
    python benchmark/registers.py --provisions 10000000 --shared-lines

The register is made from real texts: an even sample of the White House pages and the documents beside them are
read in bulk and loaded, which gives the rate of loading. Then their documents, versions, lines, what counts, ties
and indexed sentences are copied under new names by SQL until there are so many provisions: synthetic copies of
real lines. Of the copies only sentences with a provision are indexed. `--shared-lines` lets copies share the JSON
of the lines (for tens of millions: it is read by its key, one by one).

Each figure is the median of up to five runs in a process of its own whose peak memory is printed too; what takes
longer than four seconds is run once.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, create_engine, inspect, text
from starlette.testclient import TestClient

from annotated import shared_folder
from archive import PAGES, sample_of
from dragoman.bulk import BulkSettings, read_bulk
from dragoman.mapping import AllianceRequest
from dragoman.model import Kind, Query
from dragoman.web.app import create_app
from dragoman.workspace import REGISTER_FILE, Workspace

REPOSITORY = Path(__file__).resolve().parent.parent
SIZES = (10_000, 100_000, 1_000_000)
BASE_PAGES = 300
RUNS, LONG = 5, 4.0
DAY = date(2026, 6, 30)
DOCUMENT_STEP = 1 << 21
"""Distance of the keys of sentences of one version and the next, see `register/keys.py`."""
COPY = """
INSERT INTO documents (id, slug, current) SELECT id + :step, slug || :end, current + :step FROM documents
    WHERE id <= :top;
INSERT INTO versions (id, document, number, sha256, text_sha256, text, fingerprint, coder, date, source, about,
    structure, sentences, read_at) SELECT id + :step, document + :step, number, sha256, text_sha256,
    coalesce(text, id), fingerprint, coder, date, source, about, structure, sentences, read_at FROM versions
    WHERE id <= :top;
INSERT INTO ties (version, state, content) SELECT version + :step, state, content FROM ties WHERE version <= :top;
INSERT INTO lines (id, provision, version, coder, made_at, payload) SELECT lines.id + :shift, provision || :end,
    version + :step, lines.coder, made_at,
    replace(replace(payload, '"' || slug || ':', '"' || slug || :end || ':'),
    '"' || slug || '"', '"' || slug || :end || '"') FROM lines JOIN versions ON versions.id = version
    JOIN documents ON documents.id = document WHERE lines.id <= :last AND :own = 1;
INSERT INTO entries (id, provision, document, version, line, review, position, trigger_start, sentence, kind,
    force, language, state, confidence, due, coder) SELECT id + :shift, provision || :end, document + :step,
    version + :step, line + :shift * :own, NULL, position + :key, trigger_start, sentence + :key, kind, force,
    language, state, confidence, due, coder FROM entries WHERE id <= :last;
INSERT INTO entry_values (field, value, entry) SELECT field, value, entry + :shift FROM entry_values
    WHERE entry <= :last;
"""
TALLIES = """
INSERT INTO tallies (document, lines, kinds, reviewed, counts) SELECT document + :step, lines, kinds, reviewed,
    counts FROM tallies WHERE document <= :top;
"""
COUNTED = "UPDATE counted SET lines = lines / :before * :now"
SENTENCES = {
    "sqlite": """
INSERT INTO sentences (key, start, "end") SELECT key + :key, start, "end" FROM kept_sentences;
INSERT INTO sentence_index (rowid, search_text) SELECT key + :key, words FROM kept_sentences;
""",
    "postgresql": """
INSERT INTO sentences (key, start, "end", search_text) SELECT key + :key, start, "end", search_text
    FROM kept_sentences;
""",
}
KEPT = {
    "sqlite": 'CREATE TABLE kept_sentences (key INTEGER PRIMARY KEY, start INTEGER, "end" INTEGER, words TEXT)',
    "postgresql": (
        "CREATE TABLE kept_sentences AS SELECT * FROM sentences WHERE key IN (SELECT sentence FROM entries)"
    ),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One question: its name, milliseconds, and what was found."""

    name: str
    milliseconds: float
    found: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What a process measured: its figures, peak memory in MB, documents of the register."""

    figures: list[Figure]
    memory: float
    documents: int


def base(folder: Path, place: str) -> None:
    """Read and load the real texts; print the rate of loading."""
    pages, _ = sample_of(shared_folder() / PAGES, BASE_PAGES, folder)
    inputs = [str(pages), *(str(shared_folder() / name) for name in ("docs", "corpus/ttc", "corpus/law-zh"))]
    read_bulk(inputs, str(folder / "base.bulk"), BulkSettings())
    with Workspace.open(folder, place or None) as workspace:
        start = time.monotonic()
        report = workspace.bulk.load(folder / "base.bulk")
        seconds = time.monotonic() - start
        workspace.mapping.find(AllianceRequest())
    documents = sum(report.statuses.values())
    print(
        f"loaded: {documents:,} documents, {report.provisions:,} provisions in {seconds:.1f} s: "
        f"{report.provisions / seconds:,.0f} provisions/s, {documents / seconds:,.0f} documents/s",
        flush=True,
    )


def statements(script: str) -> Iterator[str]:
    """Yield the statements of a script."""
    yield from (part for part in script.split(";\n") if part.strip())


def most(connection: Connection, *tables: str) -> int:
    """Return the largest id of some tables."""
    return max(number(connection, f"SELECT max(id) FROM {name}") for name in tables)  # noqa: S608 - our own names


def number(connection: Connection, sql: str) -> int:
    """Return the one number that a question gives."""
    return int(connection.execute(text(sql)).scalar_one())


class Copier:
    """Copies the first documents of a register."""

    def __init__(self, address: str, *, shared: bool) -> None:
        self._engine = create_engine(address)
        self._own = 0 if shared else 1
        self.dialect = self._engine.dialect.name
        with self._engine.begin() as connection:
            self.top = most(connection, "documents", "versions")
            self.last = most(connection, "entries", "lines")
            self.entries = number(connection, "SELECT count(*) FROM entries")
            self._keep(connection)
            self._tallied = inspect(connection).has_table("counted")
        self.copies = 0

    def _keep(self, connection: Connection) -> None:
        """Keep the words of the sentences that are copied; SQLite's index does not give them back."""
        connection.execute(text(KEPT[self.dialect]))
        if self.dialect != "sqlite":
            return
        from dragoman.register.texts import TextReader, holder_of  # noqa: PLC0415
        from dragoman.register.tokens import tokens_of  # noqa: PLC0415

        rows = connection.execute(
            text(
                'SELECT DISTINCT s.key, s.start, s."end", v.id, v.text FROM sentences s JOIN entries e '
                "ON e.sentence = s.key JOIN versions v ON v.id = e.version"
            )
        ).all()
        reader = TextReader(connection)
        kept = [
            {
                "key": r.key,
                "start": r.start,
                "end": r.end,
                "words": " ".join(tokens_of(reader.slice(holder_of(r), r.start, r.end))),
            }
            for r in rows
        ]
        connection.execute(text("INSERT INTO kept_sentences VALUES (:key, :start, :end, :words)"), kept)

    def grow(self, wanted: int) -> int:
        """Copy until there are so many provisions; return how many there are."""
        before = self.copies + 1
        script = (*statements(COPY), *statements(TALLIES if self._tallied else ""))
        while (self.copies + 1) * self.entries < wanted:
            self.copies += 1
            step = self.copies * self.top
            values = {
                "step": step, "top": self.top, "end": f"-copy{self.copies}", "shift": self.copies * self.last,
                "last": self.last, "own": self._own, "key": step * DOCUMENT_STEP,
            }  # fmt: skip
            with self._engine.begin() as connection:
                for statement in (*script, *statements(SENTENCES[self.dialect])):
                    used = {name: value for name, value in values.items() if f":{name}" in statement}
                    connection.execute(text(statement), used)
        if self._tallied:
            with self._engine.begin() as connection:
                connection.execute(text(COUNTED), {"before": before, "now": self.copies + 1})
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE" if self.dialect == "sqlite" else "VACUUM ANALYZE"))
        return (self.copies + 1) * self.entries


def timed(name: str, ask: Callable[[], int]) -> Figure:
    """Return the median of a question."""
    spent: list[float] = []
    found = 0
    while len(spent) < RUNS and not (spent and spent[0] > LONG):
        start = time.perf_counter()
        found = ask()
        spent.append(time.perf_counter() - start)
    return Figure(name, statistics.median(spent) * 1000, found)


def questions(workspace: Workspace, client: TestClient) -> Iterator[tuple[str, Callable[[], int]]]:
    """Yield what is asked, by name."""

    def search(words: str) -> Callable[[], int]:
        return lambda: workspace.search(words).total

    def lines(query: Query) -> Callable[[], int]:
        return lambda: workspace.provisions(query).total

    def page(address: str) -> Callable[[], int]:
        return lambda: len(client.get(address).raise_for_status().content)

    series = ("ttc-1-2021", "ttc-2-2022")
    known = [one.slug for one in workspace.documents() if "ttc" in one.slug and "copy" not in one.slug][:2]
    one = workspace.documents()[0].slug
    yield "search, a rare word", search("quantum")
    yield "search, a common word", search("will")
    yield "search, Chinese", search("数据")
    yield "lines, first page", lines(Query())
    yield "lines, of a kind", lines(Query(kinds=(Kind.PROHIBITION,)))
    yield "lines, of an actor", lines(Query(actors=("United States",)))
    yield "lines, of actor and technology", lines(Query(actors=("European Union",), technologies=("quantum",)))
    yield "lines, due in a month", lines(Query(due_from=date(2026, 6, 1), due_to=DAY))
    yield "lines, most doubtful", lines(Query(order="confidence"))
    yield "lines, of a document", lines(Query(documents=(one,)))
    yield "facets, all", lambda: len(workspace.facets(Query()).actors)
    yield "documents", lambda: len(workspace.documents())
    yield "board of a document", lambda: len(workspace.tracking.board(one, DAY).rows)
    yield "board of everything", lambda: len(workspace.tracking.board(None, DAY).rows)
    yield "matrix of everything", lambda: len(workspace.mapping.find(AllianceRequest()).cells)
    yield "lineage of a series", lambda: len(workspace.comparing.lineage(known or series).lines)
    yield "page: library", page("/")
    yield "page: register", page("/register")
    yield "page: register, filtered", page("/register?technology=quantum")
    yield "page: search", page("/search?q=will")
    yield "page: document", page(f"/d/{one}")


def ask(folder: Path, place: str) -> Asked:
    """Ask everything of a register."""
    with Workspace.open(folder, place or None) as workspace:
        with TestClient(create_app(workspace), base_url="http://127.0.0.1") as client:
            figures = [timed(name, question) for name, question in questions(workspace, client)]
        documents = len(workspace.documents())
    return Asked(figures, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, documents)


@contextmanager
def engine(name: str, folder: Path) -> Iterator[tuple[str, str]]:
    """Give the place of an empty register for dragoman ("" for the folder's own) and for SQL."""
    if name == "sqlite":
        yield "", f"sqlite:///{folder / REGISTER_FILE}"
        return
    sys.path.insert(0, str(REPOSITORY))
    from tests.register.server import running_server  # noqa: PLC0415 - the tests' own server

    with running_server() as server:
        place = server.create("bench")
        yield place, place.replace("postgresql://", "postgresql+psycopg://")


def table(measured: dict[int, Asked]) -> None:
    """Print milliseconds by question and size."""
    print(
        "\nmilliseconds, median" + " " * 14 + "".join(f"{size:>14,}" for size in measured) + "   found at the last"
    )
    for number, figure in enumerate(next(iter(measured.values())).figures):
        row = [asked.figures[number] for asked in measured.values()]
        print(
            f"{figure.name:<34}" + "".join(f"{one.milliseconds:>14,.1f}" for one in row) + f"{row[-1].found:>14,}"
        )
    print(f"{'documents':<34}" + "".join(f"{asked.documents:>14,}" for asked in measured.values()))
    print(f"{'peak memory, MB':<34}" + "".join(f"{asked.memory:>14,.0f}" for asked in measured.values()))


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--provisions", type=int, action="append", help="may be repeated; by default three sizes")
    parser.add_argument("--engine", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--shared-lines", action="store_true")
    parser.add_argument("--ask", nargs=2, metavar=("FOLDER", "PLACE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.ask:
        print(json.dumps(asdict(ask(Path(options.ask[0]), options.ask[1]))))
        return
    with (
        tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as made,
        engine(options.engine, Path(made)) as (place, address),
    ):
        folder = Path(made)
        busy = f"{os.cpu_count()} processors, load average {os.getloadavg()[0]:.1f} before the run"
        print(f"{options.engine}; synthetic copies of real lines; {busy}", flush=True)
        base(folder, place)
        copier = Copier(address, shared=options.shared_lines)
        measured = {}
        for wanted in sorted(options.provisions or SIZES):
            start = time.monotonic()
            size = copier.grow(wanted)
            print(f"{size:,} provisions after {time.monotonic() - start:.0f} s of copying", flush=True)
            command = [sys.executable, __file__, "--ask", str(folder), place]
            told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
            row = json.loads(told.splitlines()[-1])
            measured[size] = Asked([Figure(**one) for one in row["figures"]], row["memory"], row["documents"])
            if address.startswith("sqlite"):
                print(f"  {(folder / REGISTER_FILE).stat().st_size / 1e6:,.0f} MB on disk", flush=True)
        table(measured)


if __name__ == "__main__":
    main()
