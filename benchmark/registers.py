"""How a register answers as it grows: load, search, filters, board, matrix, lineage, pages; SQLite or PostgreSQL.

    python benchmark/registers.py                                  10,000, 100,000 and 1,000,000 provisions, SQLite
    python benchmark/registers.py --provisions 200000 --provisions 1000000 --engine postgres
    python benchmark/registers.py --provisions 10000000 --shared-lines --folder /large/disk

The register is made from real texts: an even sample of the White House pages and the documents beside them are
read in bulk and loaded, which gives the rate of loading. Then their documents, versions, lines, what counts, ties
and indexed sentences are copied under new names by one statement a table, without the indexes, which are made
afterwards, until there are so many provisions: synthetic copies of real lines. Of the copies only sentences with
a provision are indexed. `--shared-lines` lets copies share the JSON of the lines (for tens of millions: it is
read by its key, one by one). SQLite keeps no statistics, as in a register that was read.

Each figure is the median of up to five runs in a process of its own whose peak memory is printed too; what takes
longer than four seconds is run once. Beside the time on the clock stands the processor time of that process:
other work on the machine does not lengthen it. In PostgreSQL the server's own is not in it.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import re
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

from sqlalchemy import Connection, create_engine, text
from starlette.testclient import TestClient

from annotated import shared_folder
from archive import PAGES, sample_of
from dragoman.bulk import BulkSettings, read_bulk
from dragoman.mapping import AllianceRequest
from dragoman.model import BoardQuery, Kind, LibraryQuery, Query
from dragoman.web.app import create_app
from dragoman.workspace import REGISTER_FILE, Workspace

REPOSITORY = Path(__file__).resolve().parent.parent
SIZES = (10_000, 100_000, 1_000_000)
BASE_PAGES = 300
RUNS, LONG = 5, 4.0
PAGE = 100
"""Lines of the board that are asked for: a page of it."""
DAY = date(2026, 6, 30)
DOCUMENT_STEP = 1 << 21
"""Distance of the keys of sentences of one version and the next, see `register/keys.py`."""
COPIES = (
    "WITH RECURSIVE copies(i) AS (SELECT CAST(:first AS BIGINT) UNION ALL "
    "SELECT i + 1 FROM copies WHERE i < :last) "
)
COPY = """
INSERT INTO documents (id, slug, current) {copies}
    SELECT id + i * :top, slug || '-copy' || i, current + i * :top FROM copies CROSS JOIN kept_documents
    ORDER BY 1;
INSERT INTO versions (id, document, number, sha256, text_sha256, text, fingerprint, coder, date, source, about,
    structure, sentences, read_at) {copies}
    SELECT id + i * :top, document + i * :top, number, sha256, text_sha256, coalesce(text, id), fingerprint,
    coder, date, source, about, structure, sentences, read_at FROM copies CROSS JOIN kept_versions ORDER BY 1;
INSERT INTO ties (version, state, content) {copies}
    SELECT version + i * :top, state, content FROM copies CROSS JOIN kept_ties ORDER BY 1;
INSERT INTO tie_places (version, kind, day, sentences) {copies}
    SELECT version + i * :top, kind, day, sentences FROM copies CROSS JOIN kept_tie_places ORDER BY 1, 2, 3;
INSERT INTO lines (id, provision, version, coder, made_at, payload) {copies}
    SELECT id + i * :lines, replace(provision, slug || ':', slug || '-copy' || i || ':'), version + i * :top,
    coder, made_at,
    replace(replace(payload, '"' || slug || ':', '"' || slug || '-copy' || i || ':'),
    '"' || slug || '"', '"' || slug || '-copy' || i || '"') FROM copies CROSS JOIN kept_lines
    WHERE :own = 1 ORDER BY 1;
INSERT INTO entries (id, provision, document, version, line, review, position, trigger_start, sentence, kind,
    force, language, state, confidence, due, coder) {copies}
    SELECT id + i * :lines, replace(provision, slug || ':', slug || '-copy' || i || ':'),
    document + i * :top, version + i * :top, line + i * :lines * :own, NULL, position + i * :key, trigger_start,
    sentence + i * :key, kind, force, language, state, confidence, due, coder
    FROM copies CROSS JOIN kept_entries ORDER BY 1;
INSERT INTO entry_values (field, value, position, trigger_start, entry) {copies}
    SELECT v.field, v.value, v.position + i * :key, v.trigger_start, v.entry + i * :lines
    FROM kept_names n CROSS JOIN copies CROSS JOIN kept_entry_values v
    WHERE v.field = n.field AND v.value = n.value ORDER BY 1, 2, 3, 4, 5;
INSERT INTO tallies (document, lines, kinds, reviewed, counts) {copies}
    SELECT document + i * :top, lines, kinds, reviewed, counts FROM copies CROSS JOIN kept_tallies ORDER BY 1;
INSERT INTO shelf (document, words, title, day, kind, provisions, reviewed, problems, read_at) {copies}
    SELECT document + i * :top, words || '-copy' || i, title, day, kind, provisions, reviewed, problems, read_at
    FROM copies CROSS JOIN kept_shelf ORDER BY 1;
UPDATE counted SET lines = lines / :before * :now;
UPDATE paired SET lines = lines / :before * :now;
UPDATE tie_days SET sentences = sentences / :before * :now;
"""
"""What is copied stands apart in tables `kept_...`: a statement that reads what it writes holds all of it."""
OF_A_DOCUMENT = """
CREATE TABLE kept_documents AS SELECT * FROM documents ORDER BY id;
CREATE TABLE kept_versions AS SELECT * FROM versions ORDER BY id;
CREATE TABLE kept_ties AS SELECT * FROM ties ORDER BY version;
CREATE TABLE kept_tie_places AS SELECT * FROM tie_places ORDER BY version, kind, day;
CREATE TABLE kept_lines AS SELECT l.*, d.slug FROM lines l JOIN versions v ON v.id = l.version
    JOIN documents d ON d.id = v.document ORDER BY l.id;
CREATE TABLE kept_entries AS SELECT e.*, d.slug FROM entries e JOIN documents d ON d.id = e.document ORDER BY e.id;
CREATE TABLE kept_entry_values AS SELECT field, value, position, trigger_start, entry FROM entry_values;
CREATE INDEX kept_by_name ON kept_entry_values (field, value, position, trigger_start, entry);
CREATE TABLE kept_names AS SELECT DISTINCT field, value FROM entry_values ORDER BY field, value;
CREATE TABLE kept_tallies AS SELECT * FROM tallies ORDER BY document;
CREATE TABLE kept_shelf AS SELECT * FROM shelf ORDER BY document;
"""
ORDERED = re.compile(r"\s+ORDER BY [\d, ]+(?=;|$)", re.MULTILINE)
"""The order of what is copied; SQLite has it by how the tables are gone through, and need not sort."""
SENTENCES = {
    "sqlite": """
INSERT INTO sentences (key, start, "end") {copies}
    SELECT key + i * :key, start, "end" FROM copies CROSS JOIN kept_sentences ORDER BY 1;
INSERT INTO sentence_index (rowid, search_text) {copies}
    SELECT key + i * :key, words FROM copies CROSS JOIN kept_sentences ORDER BY 1;
""",
    "postgresql": """
INSERT INTO sentences (key, start, "end", search_text) {copies}
    SELECT key + i * :key, start, "end", search_text FROM copies CROSS JOIN kept_sentences ORDER BY 1;
""",
}
KEPT = {
    "sqlite": 'CREATE TABLE kept_sentences (key INTEGER PRIMARY KEY, start INTEGER, "end" INTEGER, words TEXT)',
    "postgresql": (
        "CREATE TABLE kept_sentences AS SELECT * FROM sentences WHERE key IN (SELECT sentence FROM entries)"
    ),
}
INDEXES = {
    "sqlite": """SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL
        AND tbl_name IN ('entries', 'entry_values', 'lines', 'versions', 'shelf', 'tallies', 'tie_places')""",
    "postgresql": """SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN
        ('entries', 'entry_values', 'lines', 'versions', 'shelf', 'tallies', 'tie_places', 'sentences')
        AND indexname NOT IN (SELECT conname FROM pg_constraint)""",
}
"""Indexes that are made anew after copying; those of keys stay."""
HASTE = {
    "sqlite": (
        "PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "PRAGMA cache_size = -1000000",
        "PRAGMA foreign_keys = OFF", "PRAGMA temp_store = FILE",
        "INSERT INTO sentence_index (sentence_index, rank) VALUES ('hashsize', 67108864)",
    ),
    "postgresql": ("SET session_replication_role = replica", "SET maintenance_work_mem = '512MB'"),
}  # fmt: skip
"""What makes copying fast: a copy that is cut off is thrown away."""
AFTERWARDS = {
    "sqlite": "INSERT INTO sentence_index (sentence_index, rank) VALUES ('hashsize', 1048576)",
    "postgresql": "VACUUM ANALYZE",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One question: its name, milliseconds on the clock and of the process, and what was found."""

    name: str
    milliseconds: float
    processor: float
    found: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What a process measured: its figures, peak memory in MB, documents of the register."""

    figures: list[Figure]
    memory: float
    documents: int


def base_read(folder: Path) -> Path:
    """Read the real texts; return the output."""
    pages, _ = sample_of(shared_folder() / PAGES, BASE_PAGES, folder)
    inputs = [str(pages), *(str(shared_folder() / name) for name in ("docs", "corpus/ttc", "corpus/law-zh"))]
    read_bulk(inputs, str(folder / "base.bulk"), BulkSettings())
    return folder / "base.bulk"


def base(folder: Path, place: str, read: Path | None) -> None:
    """Load the real texts, those that are read already or else read now; print the rate of loading."""
    output = read or base_read(folder)
    with Workspace.open(folder, place or None) as workspace:
        start, busy = time.monotonic(), time.process_time()
        report = workspace.bulk.load(output)
        seconds, worked = time.monotonic() - start, time.process_time() - busy
        workspace.mapping.find(AllianceRequest())
    documents = sum(report.statuses.values())
    print(
        f"loaded: {documents:,} documents, {report.provisions:,} provisions in {seconds:.1f} s: "
        f"{report.provisions / seconds:,.0f} provisions/s; {worked:.1f} s of the processor: "
        f"{report.provisions / worked:,.0f} provisions/s, {documents / worked:,.0f} documents/s",
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
            self.lines = most(connection, "entries", "lines")
            self.entries = number(connection, "SELECT count(*) FROM entries")
            for statement in statements(OF_A_DOCUMENT):
                connection.execute(text(statement))
            self._keep(connection)
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
        copies = max(self.copies, -(-wanted // self.entries) - 1)
        if copies > self.copies:
            values = {
                "first": self.copies + 1, "last": copies, "top": self.top, "lines": self.lines, "own": self._own,
                "key": self.top * DOCUMENT_STEP, "before": self.copies + 1, "now": copies + 1,
            }  # fmt: skip
            with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                self._copy(connection, values)
            self.copies = copies
        return (self.copies + 1) * self.entries

    def _copy(self, connection: Connection, values: dict[str, int]) -> None:
        for setting in HASTE[self.dialect]:
            connection.exec_driver_sql(setting)
        indexes = connection.exec_driver_sql(INDEXES[self.dialect]).all()
        for name, _ in indexes:
            connection.exec_driver_sql(f"DROP INDEX {name}")
        script = (COPY + SENTENCES[self.dialect]).replace("{copies}", COPIES)
        for statement in statements(ORDERED.sub("", script) if self.dialect == "sqlite" else script):
            used = {name: value for name, value in values.items() if re.search(f":{name}\\b", statement)}
            connection.execute(text(statement), used)
        for _, made in indexes:
            connection.exec_driver_sql(made)
        connection.exec_driver_sql(AFTERWARDS[self.dialect])


def timed(name: str, ask: Callable[[], int]) -> Figure:
    """Return the median of a question."""
    spent: list[float] = []
    worked: list[float] = []
    found = 0
    while len(spent) < RUNS and not (spent and spent[0] > LONG):
        start, busy = time.perf_counter(), time.process_time()
        found = ask()
        spent.append(time.perf_counter() - start)
        worked.append(time.process_time() - busy)
    return Figure(name, statistics.median(spent) * 1000, statistics.median(worked) * 1000, found)


Questions = Iterator[tuple[str, Callable[[], int]]]
"""What is asked, by name; each returns how much was found."""


def asked_of_lines(workspace: Workspace) -> Questions:
    """Yield searches, and lines by every kind of filter."""

    def search(words: str) -> Callable[[], int]:
        return lambda: workspace.search(words).total

    def lines(query: Query) -> Callable[[], int]:
        return lambda: workspace.provisions(query).total

    in_all = workspace.library(LibraryQuery(limit=1)).in_all
    first = workspace.library(LibraryQuery(limit=1)).documents[0].slug
    deep = workspace.provisions(Query(offset=min(9_950, in_all), limit=1)).entries[-1].provision.id
    us, eu = ("United States",), ("European Union",)
    yield "search, a rare word", search("quantum")
    yield "search, a common word", search("will")
    yield "search, Chinese", search("数据")
    yield "lines, first page", lines(Query())
    yield "lines, 10,000 deep, by cursor", lines(Query(after=deep))
    yield "lines, 10,000 deep, by offset", lines(Query(offset=9_950))
    yield "lines, of a kind", lines(Query(kinds=(Kind.PROHIBITION,)))
    yield "lines, of an actor", lines(Query(actors=us))
    yield "lines, of an actor, doubtful", lines(Query(actors=us, order="confidence"))
    yield "lines, of two actors", lines(Query(actors=(*us, *eu)))
    yield "lines, of actor and technology", lines(Query(actors=eu, technologies=("quantum",)))
    yield (
        "lines, of actor, kind, technology",
        lines(Query(actors=us, kinds=(Kind.COMMITMENT,), technologies=("ai",))),
    )
    yield "lines, due in a month", lines(Query(due_from=date(2026, 6, 1), due_to=DAY))
    yield "lines, due in ten years", lines(Query(due_from=date(2020, 1, 1), due_to=date(2029, 12, 31)))
    yield "lines, of a common word", lines(Query(text="will"))
    yield "lines, of actor and common word", lines(Query(actors=us, text="will"))
    yield "facets, of a common word", lambda: len(workspace.facets(Query(text="will"), 200).actors)
    yield "lines, most doubtful", lines(Query(order="confidence"))
    yield "lines, of a document", lines(Query(documents=(first,)))


def asked_of_pages(client: TestClient, document: str) -> Questions:
    """Yield pages and endpoints."""

    def page(address: str) -> Callable[[], int]:
        return lambda: len(client.get(address).raise_for_status().content)

    yield "page: library", page("/")
    yield "page: library, by title", page("/?sort=title&desc=false")
    yield "page: register", page("/register")
    yield "page: register, of an actor", page("/register?actor=United%20States")
    yield "page: register, of a technology", page("/register?technology=quantum")
    yield "page: search", page("/search?q=will")
    yield "page: document", page(f"/d/{document}")
    yield "page: due board", page("/track")
    yield "page: comparison", page("/compare")
    yield "page: who works with whom", page("/alliances")
    yield "api: facets", page("/api/facets")
    yield "api: what is due", page("/api/track")


def questions(workspace: Workspace, client: TestClient) -> Questions:
    """Yield all that is asked."""
    shelf = workspace.library(LibraryQuery(words="ttc", limit=2))
    first = workspace.library(LibraryQuery(limit=1)).documents[0].slug
    us = ("United States",)
    pair = workspace.mapping.find(AllianceRequest(most=0)).matrix.rows[0]
    yield from asked_of_lines(workspace)
    yield "facets, all", lambda: len(workspace.facets(Query(), 200).actors)
    yield "facets, of an actor", lambda: len(workspace.facets(Query(actors=us), 200).actors)
    yield (
        "facets, of actor and kind",
        lambda: len(workspace.facets(Query(actors=us, kinds=(Kind.PROHIBITION,)), 200).actors),
    )
    yield "library, a page", lambda: workspace.library(LibraryQuery()).found
    yield "library, by words", lambda: workspace.library(LibraryQuery(words="joint statement")).found
    yield "documents, all streamed", lambda: sum(1 for _ in workspace.each_document())
    yield "board of a document", lambda: len(workspace.tracking.board(first, DAY).rows)
    yield "board of everything", lambda: len(workspace.tracking.board(BoardQuery(most=PAGE), DAY).rows)
    yield "matrix of everything", lambda: len(workspace.mapping.find(AllianceRequest(most=0)).cells)
    yield (
        "matrix, 20 sentences a cell",
        lambda: sum(len(one.sentences) for one in workspace.mapping.find(AllianceRequest(most=20)).cells),
    )
    yield "matrix of an actor", lambda: len(workspace.mapping.find(AllianceRequest(actor=us[0], most=0)).cells)
    yield "a square, 200 sentences", lambda: workspace.mapping.opened(AllianceRequest(), pair, most=200).total
    yield (
        "lineage of a series",
        lambda: len(workspace.comparing.lineage([one.slug for one in shelf.documents]).lines),
    )
    yield from asked_of_pages(client, first)


def peak() -> float:
    """Return the peak memory of this program in MB.

    `ru_maxrss` is inherited from the process that started this one: the copying, with its cache of a gigabyte.
    """
    found = re.search(r"^VmHWM:\s+(\d+)", Path("/proc/self/status").read_text(), re.MULTILINE)
    return int(found[1]) / 1024 if found else math.nan


def ask(folder: Path, place: str) -> Asked:
    """Ask everything of a register."""
    with Workspace.open(folder, place or None) as workspace:
        with TestClient(create_app(workspace), base_url="http://127.0.0.1") as client:
            figures = [timed(name, question) for name, question in questions(workspace, client)]
        documents = workspace.library(LibraryQuery(limit=1)).in_all
    return Asked(figures, peak(), documents)


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
    sizes = "".join(f"{size:>13,}{'CPU':>10}" for size in measured)
    print(f"\n{'milliseconds, median':<34}{sizes}   found at the last")
    for number, figure in enumerate(next(iter(measured.values())).figures):
        row = [asked.figures[number] for asked in measured.values()]
        cells = "".join(f"{one.milliseconds:>13,.1f}{one.processor:>10,.1f}" for one in row)
        print(f"{figure.name:<34}{cells}{row[-1].found:>14,}")
    print(f"{'documents':<34}" + "".join(f"{asked.documents:>13,}{'':>10}" for asked in measured.values()))
    print(f"{'peak memory, MB':<34}" + "".join(f"{asked.memory:>13,.0f}{'':>10}" for asked in measured.values()))


def grown(copier: Copier, wanted: int) -> int:
    """Copy until there are so many provisions; print the rate; return how many there are."""
    before = (copier.copies + 1) * copier.entries
    start, busy = time.monotonic(), time.process_time()
    size = copier.grow(wanted)
    seconds, worked = time.monotonic() - start, time.process_time() - busy
    rate = (size - before) / max(0.001, worked if copier.dialect == "sqlite" else seconds)
    of = "of the processor" if copier.dialect == "sqlite" else "on the clock"
    load = f"load average {os.getloadavg()[0]:.1f}"
    print(f"{size:,} provisions after {seconds:.0f} s of copying, {rate:,.0f} a second {of}; {load}", flush=True)
    return size


@contextmanager
def place_for(named: Path | None) -> Iterator[Path]:
    """Give a folder for the register, removed afterwards."""
    with tempfile.TemporaryDirectory(dir=named or os.environ.get("TMPDIR")) as made:
        yield Path(made)


def options_of() -> argparse.Namespace:
    """Return the options of the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--provisions", type=int, action="append", help="may be repeated; by default three sizes")
    parser.add_argument("--engine", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--shared-lines", action="store_true", help="let copies share the JSON of the lines")
    parser.add_argument("--folder", type=Path, help="where the register is made; 3 GB for a million provisions")
    parser.add_argument("--base", type=Path, help="an output of bulk reading to load; else texts are read first")
    parser.add_argument("--ask", nargs=2, metavar=("FOLDER", "PLACE"), help=argparse.SUPPRESS)
    return parser.parse_args()


def asked_beside(folder: Path, place: str) -> Asked:
    """Ask everything in a process of its own."""
    command = [sys.executable, __file__, "--ask", str(folder), place]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    row = json.loads(told.splitlines()[-1])
    return Asked([Figure(**one) for one in row["figures"]], row["memory"], row["documents"])


def main() -> None:
    """Run the command."""
    options = options_of()
    if options.ask:
        print(json.dumps(asdict(ask(Path(options.ask[0]), options.ask[1]))))
        return
    with (
        place_for(options.folder) as folder,
        engine(options.engine, folder) as (place, address),
    ):
        busy = f"{os.cpu_count()} processors, load average {os.getloadavg()[0]:.1f} before the run"
        print(f"{options.engine}; synthetic copies of real lines; {busy}", flush=True)
        base(folder, place, options.base)
        copier = Copier(address, shared=options.shared_lines)
        measured = {}
        for wanted in sorted(options.provisions or SIZES):
            size = grown(copier, wanted)
            measured[size] = asked_beside(folder, place)
            if address.startswith("sqlite"):
                print(f"  {(folder / REGISTER_FILE).stat().st_size / 1e6:,.0f} MB on disk", flush=True)
            table(measured)


if __name__ == "__main__":
    main()
