"""The same reading and extraction over very large collections, to Parquet, on one machine or on a cluster.

    report = read_bulk(["archive"], "archive.bulk", BulkSettings(workers=8))
    with Workspace.open("workspace") as workspace:
        workspace.bulk.load("archive.bulk")

The form of the output, sizing and clusters: docs/bulk.md. Needs pyarrow (`pip install "dragoman[bulk]"`), the
engine spark PySpark and Java 17 besides (`pip install "dragoman[spark]"`).
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

from dragoman.bulk.errors import NoParquetError
from dragoman.bulk.settings import BulkSettings, Engine

if TYPE_CHECKING:
    from dragoman.bulk.report import BulkReport, Progress

__all__ = ["BulkSettings", "Engine", "need_parquet", "read_bulk"]


def read_bulk(
    inputs: Sequence[str], output: str, settings: BulkSettings | None = None, progress: Progress | None = None
) -> BulkReport:
    """Read a collection into a folder of Parquet parts; a run that was killed goes on when it is called again.

    Args:
        inputs: files, folders, globs; JSON lines and Parquet with one document a line or row. The engine spark
            reads object stores (`s3a://`, `gs://`, `hdfs://`) too.
        output: folder; on the engine spark an address, too.
        settings: engine, workers, limits.
        progress: see `Progress`.

    Raises:
        UsageError: an input or output that the engine cannot reach, a package that is missing.
        ConflictError: the output was begun with other inputs or settings, or another run writes it.
        StoreError: the output cannot be written; what is finished is kept.
    """
    need_parquet()
    chosen = settings or BulkSettings()
    if chosen.engine == "spark":
        from dragoman.bulk.spark import read_by_spark  # noqa: PLC0415 - needs PySpark

        return read_by_spark(inputs, output, chosen, progress)
    from dragoman.bulk.processes import read_by_processes  # noqa: PLC0415 - needs pyarrow

    return read_by_processes(inputs, output, chosen, progress)


def need_parquet() -> None:
    """Raise UsageError where pyarrow is not installed."""
    if find_spec("pyarrow") is None:
        raise NoParquetError
