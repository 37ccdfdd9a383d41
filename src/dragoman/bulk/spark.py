"""The engine of a cluster: Spark reads, spreads and writes; the reading of a document is the same as everywhere.

Inputs are read in waves, each a part of the output: some inputs one after the other, together of the bytes of
a part. A file of JSON lines is read by one task, so that its lines can be counted, and then spread over all.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from functools import reduce
from itertools import chain
from pathlib import Path
from typing import Any

import pyarrow as pa

from dragoman.bulk.claims import claimed
from dragoman.bulk.columns import SERIOUS, TABLES
from dragoman.bulk.errors import NoStandardInputError, WebInputError
from dragoman.bulk.executor import (
    ITEMS,
    NAMES,
    RESULTS,
    Known,
    items_from_files,
    items_from_lines,
    items_from_rows,
    names_asked,
    plain,
    read_items,
)
from dragoman.bulk.items import COLUMNS, Item, Way
from dragoman.bulk.listing import Kind, Listed, far_input, list_inputs, problem_json
from dragoman.bulk.names import Census
from dragoman.bulk.output import Folder, LocalFolder, Output, Part, alone, place_of
from dragoman.bulk.report import BulkReport, Progress, report_of
from dragoman.bulk.settings import MEGABYTE, BulkSettings
from dragoman.bulk.spark_session import HadoopFolder, spark_session
from dragoman.read import ReadSettings
from dragoman.read.faults import problem

CENSUS = "_names.json"
TASK_BYTES = 4 * MEGABYTE
"""Input of one task: about a quarter of a minute of reading."""
LEAST_SPLIT = 64 * MEGABYTE
"""Bytes of small files that one task reads."""
MOST_TASKS = 20_000
_METADATA = (".json", ".yaml", ".yml")

Session = Any
Frame = Any
Check = Callable[[], None]
"""Raises ClaimLostError where another run has taken an output over."""


def read_by_spark(
    inputs: Sequence[str], output: str, settings: BulkSettings, progress: Progress | None = None
) -> BulkReport:
    """Read a collection with Spark; see `read_bulk`."""
    with spark_session(settings) as session, ExitStack() as held:
        folder, check = _taken(session, output, held)
        target = Output(folder)
        listing = list(_list(session, inputs, settings.limits, target))
        if not target.begin(settings.identity(), listing):
            _read_waves(_Run(session, target, settings, check), listing, progress)
            check()
            target.finish()
        return report_of(target)


def _taken(session: Session, output: str, held: ExitStack) -> tuple[Folder, Check]:
    """Take an output; return where its small files are kept, and what raises once another run has taken it over.

    A folder of this machine is locked until the process ends, on a store a claim is laid down.
    """
    if "://" in output:
        store = HadoopFolder(session, output)
        return store, held.enter_context(claimed(store))
    place = Path(output).expanduser().absolute()
    held.enter_context(alone(place))
    return LocalFolder(place), lambda: None


class _Run:
    """What every wave needs."""

    def __init__(self, session: Session, target: Output, settings: BulkSettings, check: Check) -> None:
        from pyspark.sql.pandas.types import from_arrow_schema  # noqa: PLC0415 - loaded where it is installed

        self.session, self.target, self.settings = session, target, settings
        self.check = check
        self._schema_of = from_arrow_schema
        name = target.folder.name
        self.address = name if "://" in name else f"file://{name}"

    def mapped(self, frame: Frame, function: Any, schema: pa.Schema) -> Frame:  # noqa: ANN401
        """Return a frame that a function from Arrow to Arrow makes."""
        return frame.mapInArrow(function, self._schema_of(schema))

    def frame(self, items: Iterable[Item]) -> Frame:
        """Return items as a frame."""
        rows = [tuple(item) for item in items]
        return self.session.createDataFrame(rows, self._schema_of(ITEMS))


def _read_waves(run: _Run, listing: Sequence[Listed], progress: Progress | None) -> None:
    counted = _census(run, listing)
    done = 0
    for number, wave in enumerate(waves_of(listing, run.settings.part_size)):
        if not run.target.is_done(number):
            if progress:
                progress(done, counted.documents, wave[0].name)
            run.check()
            part = _read_wave(run, number, wave, counted)
            run.check()
            run.target.commit(part)
        rows = next(part.rows for part in run.target.parts() if part.number == number)
        done += rows["documents"] + rows["failures"]
    if progress:
        progress(done, counted.documents, "")


def waves_of(listing: Iterable[Listed], part_bytes: int) -> Iterator[list[Listed]]:
    """Yield inputs in waves; each is full when it has so many bytes."""
    wave: list[Listed] = []
    size = 0
    for one in listing:
        wave.append(one)
        size += one.bytes
        if size >= part_bytes:
            yield wave
            wave, size = [], 0
    if wave:
        yield wave


def _read_wave(run: _Run, number: int, wave: Sequence[Listed], counted: Census) -> Part:
    """Read a wave into a part of each table."""
    from pyspark import StorageLevel  # noqa: PLC0415 - as above
    from pyspark.sql import functions as sql  # noqa: PLC0415

    settings = run.settings
    items = _items(run, wave).repartition(_tasks(run, wave), "input", "row")
    results = run.mapped(items, read_items(settings.limits, settings.seconds, counted), RESULTS)
    results = results.persist(StorageLevel.DISK_ONLY)
    try:
        for table in TABLES:
            own = results.where(sql.col(table).isNotNull()).select(f"{table}.*")
            own.write.mode("overwrite").parquet(f"{run.address}/{place_of(table, number)}")
        counts = [sql.count(table).alias(table) for table in TABLES]
        serious = sql.count_if(sql.col("failures.severity") != "note").alias(SERIOUS)
        return Part(number, results.agg(*counts, serious).first().asDict())
    finally:
        results.unpersist()


def _tasks(run: _Run, wave: Sequence[Listed]) -> int:
    parallel = run.session.sparkContext.defaultParallelism
    wanted = math.ceil(sum(one.bytes for one in wave) / TASK_BYTES)
    return int(min(MOST_TASKS, max(wanted, parallel)))


def _census(run: _Run, listing: Sequence[Listed]) -> Census:
    """Return the names that several documents ask for; found once, kept with the output."""
    kept = run.target.folder.read(CENSUS)
    if kept is None:
        kept = json.dumps(_count(run, listing), ensure_ascii=False)
        run.target.folder.write(CENSUS, kept)
    row = json.loads(kept)
    return Census(row["documents"], {name: (number, place) for name, number, place in row["first"]})


def _count(run: _Run, listing: Sequence[Listed]) -> dict[str, Any]:
    from pyspark.sql import functions as sql  # noqa: PLC0415 - as above

    whole = [one for one in listing if one.kind is Kind.FILE]
    bare = [Item(one.input, 0, Way.FILE, one.name, b"", 0, "") for one in whole]
    packed = _items(run, [one for one in listing if one.kind in {Kind.LINES, Kind.PARQUET}])
    names = run.mapped(run.frame(bare).unionByName(packed), names_asked, NAMES).cache()
    first = sql.min(sql.struct("input", "row")).alias("first")
    twice = names.where("name is not null").groupBy("name").agg(first, sql.count("*").alias("times"))
    rows = twice.where("times > 1").orderBy("name").collect()
    lost = sum(one.kind is Kind.PROBLEM for one in listing)
    documents = names.count() + lost
    names.unpersist()
    return {"documents": documents, "first": [(row.name, row.first.input, row.first.row) for row in rows]}


def _items(run: _Run, wave: Sequence[Listed]) -> Frame:
    """Return the items of some inputs, not yet spread."""
    near = [one for one in wave if one.kind is Kind.PROBLEM or (one.kind is Kind.FILE and "://" not in one.name)]
    frames = [run.frame(map(_near, near))]
    for kind, read in ((Kind.LINES, _lines), (Kind.PARQUET, _rows), (Kind.FILE, _files)):
        own = [one for one in wave if one.kind is kind and one not in near]
        if own:
            frames.append(read(run, own))
    return reduce(lambda one, other: one.unionByName(other), frames)


def _near(one: Listed) -> Item:
    """Return the item of a file that every executor can open, or of a problem."""
    if one.kind is Kind.PROBLEM:
        return Item(one.input, 0, Way.PROBLEM, one.name, one.problem.encode())
    return Item(one.input, 0, Way.FILE, one.name, size=one.bytes)


def _addresses(inputs: Sequence[Listed]) -> list[str]:
    return [one.name if "://" in one.name else f"file://{Path(one.name).absolute()}" for one in inputs]


def _known(inputs: Sequence[Listed]) -> Known:
    return {plain(address): (one.input, one.name) for one, address in zip(inputs, _addresses(inputs), strict=True)}


def _reader(run: _Run, inputs: Sequence[Listed]) -> Any:  # noqa: ANN401 - PySpark has no types here
    """Return a reader that takes paths as they are and never splits a file."""
    largest = max(LEAST_SPLIT, *(one.bytes + 1 for one in inputs))
    run.session.conf.set("spark.sql.files.maxPartitionBytes", str(largest))
    run.session.conf.set("spark.sql.files.minPartitionNum", "1")
    return run.session.read.option("__globPaths__", "false")


def _lines(run: _Run, inputs: Sequence[Listed]) -> Frame:
    reader = _reader(run, inputs).option("lineSep", "\n")
    frame = reader.text(_addresses(inputs)).selectExpr(
        "_metadata.file_path as path", "cast(value as binary) value"
    )
    return run.mapped(frame, items_from_lines(_known(inputs)), ITEMS)


def _rows(run: _Run, inputs: Sequence[Listed]) -> Frame:
    table = _reader(run, inputs).option("mergeSchema", "true").parquet(*_addresses(inputs))
    columns = [name for name in COLUMNS if name in table.columns]
    frame = table.selectExpr(*columns, "_metadata.file_path as path", "_metadata.row_index as place")
    return run.mapped(frame, items_from_rows(_known(inputs)), ITEMS)


def _files(run: _Run, inputs: Sequence[Listed]) -> Frame:
    frame = _reader(run, inputs).format("binaryFile").load(_addresses(inputs)).select("path", "content")
    return run.mapped(frame, items_from_files(_known(inputs)), ITEMS)


def _list(session: Session, inputs: Sequence[str], limits: ReadSettings, target: Output) -> Iterator[Listed]:
    """Yield the inputs in order, those of object stores as Spark lists them."""
    known = {one.name: one for one in target.listing()}
    for number, one in enumerate(chain.from_iterable(_list_one(session, name, limits, known) for name in inputs)):
        yield one._replace(input=number)


def _list_one(session: Session, name: str, limits: ReadSettings, known: dict[str, Listed]) -> Iterable[Listed]:
    if name == "-":
        raise NoStandardInputError
    if name.startswith(("http://", "https://")):
        raise WebInputError(name)
    return _list_far(session, name) if "://" in name else list_inputs([name], limits, known)


def _list_far(session: Session, name: str) -> Iterator[Listed]:
    from pyspark.errors import AnalysisException  # noqa: PLC0415 - as above

    try:
        frame = session.read.format("binaryFile").option("recursiveFileLookup", "true").load(name)
        rows = frame.select("path", "length", "modificationTime").orderBy("path").collect()
    except AnalysisException:
        rows = []
    if not rows:
        yield Listed(0, name, Kind.PROBLEM, problem=problem_json(problem("no-such-path", name)))
    for row in rows:
        if not row.path.lower().endswith(_METADATA):
            path = f"file://{row.path[5:]}" if re.match("file:/(?!/)", row.path) else row.path
            yield far_input(path, row.length, int(row.modificationTime.timestamp() * 1_000_000_000))
