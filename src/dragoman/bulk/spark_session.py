"""Starting Spark, and small files where Spark writes."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Any, NamedTuple

from dragoman.bulk.errors import CannotReachError, NoJavaError, NoSparkError, SparkBrokeError
from dragoman.bulk.settings import BulkSettings

ROWS_OF_A_BATCH = "64"
"""Documents that go to Python at a time: long ones must fit into one Arrow batch of 2 GB."""

_PYTHON_FAULT = re.compile(r"(?:[a-z_]\w*\.)*[A-Z]\w*(?:Error|Exception): ")


@contextmanager
def spark_session(settings: BulkSettings) -> Iterator[Any]:
    """Give a session of Spark, stopped at the end.

    Raises:
        UsageError: PySpark, pandas or Java is missing.
        DragomanError: Spark cannot be started, or gives up a job.
    """
    try:
        import pandas  # noqa: F401, ICN001, PLC0415 - mapInArrow asks for it
        from py4j.protocol import Py4JError  # noqa: PLC0415
        from pyspark.errors import PySparkException  # noqa: PLC0415
        from pyspark.sql import SparkSession  # noqa: PLC0415
    except ImportError as fault:
        raise NoSparkError(fault) from fault
    need_java()
    builder = SparkSession.builder.appName("dragoman bulk read")
    for name, value in _options(settings).items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
        session.sparkContext.setLogLevel("ERROR")
        try:
            yield session
        finally:
            session.stop()
    except (PySparkException, Py4JError) as fault:
        raise SparkBrokeError(_cause(fault)) from fault


def _cause(fault: Exception) -> str:
    """Return the sentence of a fault that tells most: Python's last line where Python failed, else the first."""
    lines = [line.strip() for line in str(fault).splitlines() if line.strip()]
    python = [line for line in lines if _PYTHON_FAULT.match(line)]
    return (python or lines or [type(fault).__name__])[0].rstrip(".")


def need_java() -> None:
    """Raise UsageError where no Java is found; a driver that spark-submit has started has one."""
    home = os.environ.get("JAVA_HOME")
    found = shutil.which("java", path=os.path.join(home, "bin") if home else None)  # noqa: PTH118 - a search path
    if not found and "PYSPARK_GATEWAY_PORT" not in os.environ:
        raise NoJavaError


def _options(settings: BulkSettings) -> dict[str, str]:
    """Return the configuration; the user's own options win."""
    own = {
        "spark.sql.execution.arrow.maxRecordsPerBatch": ROWS_OF_A_BATCH,
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.parquet.compression.codec": "zstd",
        "spark.sql.sources.parallelPartitionDiscovery.threshold": "100000",  # else a task for every small file
        "spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    given = dict(settings.options)
    master = settings.master or given.get("spark.master", "")
    if "PYSPARK_GATEWAY_PORT" not in os.environ and (not master or master.startswith("local")):
        own |= {
            "spark.master": master or "local[*]",
            "spark.ui.enabled": "false",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
        }
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # else the first python3 on PATH
    elif master:
        own["spark.master"] = master
    return own | given


class HadoopFile(NamedTuple):
    """A file as Hadoop lists it."""

    base_name: str
    mtime: datetime


class HadoopFolder:
    """A folder that Spark's file systems reach; see `dragoman.bulk.output.Folder` and `claims.StoreLike`."""

    def __init__(self, session: Any, name: str) -> None:  # noqa: ANN401 - PySpark has no types here
        self.name = name.rstrip("/")
        self._jvm = session.sparkContext._jvm  # noqa: SLF001 - the only way to Hadoop's file systems
        with self._reached():
            root = self._path("")
            self._files = root.getFileSystem(session.sparkContext._jsc.hadoopConfiguration())  # noqa: SLF001

    def _path(self, name: str) -> Any:  # noqa: ANN401
        return self._jvm.org.apache.hadoop.fs.Path(f"{self.name}/{name}" if name else self.name)

    @contextmanager
    def _reached(self) -> Iterator[None]:
        """Say what a store refuses; what is not there is Python's FileNotFoundError. Raises StoreError."""
        from py4j.protocol import Py4JError, Py4JJavaError  # noqa: PLC0415 - loaded where it is installed

        try:
            yield
        except Py4JJavaError as fault:
            cause = str(fault.java_exception.toString()).partition("\n")[0]
            if "FileNotFoundException" in cause.partition(":")[0]:
                raise FileNotFoundError(cause) from fault
            raise CannotReachError(self.name, cause) from fault
        except Py4JError as fault:  # Java itself has gone
            raise CannotReachError(self.name, _cause(fault)) from fault

    def read(self, name: str) -> str | None:
        """Return a file, None where there is none. Raises StoreError."""
        with suppress(FileNotFoundError), self._reached():
            stream = self._files.open(self._path(name))
            try:
                return str(self._jvm.org.apache.commons.io.IOUtils.toString(stream, "UTF-8"))
            finally:
                stream.close()
        return None

    def write(self, name: str, text: str) -> None:
        """Write a file: an object store shows it whole, other file systems rename it in one step.

        Raises:
            StoreError: the store cannot be written.
        """
        path, partial = self._path(name), self._path(f"{name}.partial")
        with suppress(FileNotFoundError), self._reached():
            stream = self._files.create(partial, True)  # noqa: FBT003 - overwrite
            stream.write(bytearray(text.encode()))
            stream.close()
            self._files.delete(path, False)  # noqa: FBT003 - not recursively
            if self._files.rename(partial, path):
                return
        raise CannotReachError(self.name, f"{name} was not renamed")

    def list(self, name: str = "") -> Sequence[str]:
        """Return the names in a folder, sorted; none where it is not there. Raises StoreError."""
        return sorted(one.base_name for one in self.infos(name))

    def infos(self, name: str = "") -> Sequence[HadoopFile]:
        """Return what a folder holds, with times; nothing where it is not there. Raises StoreError."""
        with suppress(FileNotFoundError), self._reached():
            return [_listed(status) for status in self._files.listStatus(self._path(name))]
        return []

    def remove(self, name: str) -> None:
        """Take a file away; one that is gone already is no fault. Raises StoreError."""
        with suppress(FileNotFoundError), self._reached():
            self._files.delete(self._path(name), False)  # noqa: FBT003 - not recursively


def _listed(status: Any) -> HadoopFile:  # noqa: ANN401 - as above
    at = datetime.fromtimestamp(status.getModificationTime() / 1_000, UTC)
    return HadoopFile(status.getPath().getName(), at)
