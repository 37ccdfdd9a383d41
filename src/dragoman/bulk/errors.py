"""What can be wrong with a call of bulk reading or loading."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from dragoman.model import ConflictError, DragomanError, NotFoundError, StoreError, UsageError


class NoParquetError(UsageError):
    """The package that reads and writes Parquet is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "Bulk reading writes Parquet, but pyarrow is not installed.",
            'Install it with: pip install "dragoman[bulk]".',
        )


class NoSparkError(UsageError):
    """PySpark is not installed."""

    def __init__(self, cause: ImportError) -> None:
        super().__init__(
            f"The engine spark is asked for, but PySpark cannot be loaded ({cause}).",
            'Install it with: pip install "dragoman[spark]", or leave out --engine spark.',
        )


class NoJavaError(UsageError):
    """There is no Java for Spark."""

    def __init__(self) -> None:
        super().__init__(
            "Spark needs Java 17 or later, and none is found by JAVA_HOME or on PATH.",
            "Install it (on Debian: apt-get install openjdk-17-jre-headless) or set JAVA_HOME.",
        )


class SparkBrokeError(DragomanError):
    """Spark gave up a job."""

    def __init__(self, cause: str) -> None:
        super().__init__(
            f"Spark gave up: {cause}.",
            "What was finished is kept; mend the cause in Spark's log and run the same command again.",
        )


class WebInputError(UsageError):
    """An input on the web."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The input {name} cannot be read here: bulk reading fetches nothing from the web.",
            "Save it to a file first.",
        )


class UnknownStoreError(UsageError):
    """An address that nothing here opens."""

    def __init__(self, address: str, cause: str) -> None:
        super().__init__(
            f"{address} cannot be opened ({cause}).",
            "On this machine pyarrow opens s3://, gs://, abfs://, hdfs:// and file://, keys and endpoint from the "
            "environment; for others use --engine spark, or copy the collection to this machine.",
        )


class SecretAddressError(UsageError):
    """An address with a key or options in it, which would be written down with the output."""

    def __init__(self, scheme: str) -> None:
        super().__init__(
            f"The {scheme}:// address holds a key or options.",
            "Leave them to the environment, for S3 AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION and "
            "AWS_ENDPOINT_URL, and name only bucket and path.",
        )


class NoStandardInputError(UsageError):
    """Standard input cannot be read twice."""

    def __init__(self) -> None:
        super().__init__("Bulk reading does not read standard input.", "Save it to a file first.")


class SettingsChangedError(ConflictError):
    """An output that was begun otherwise."""

    def __init__(self, output: str, changed: Iterable[str]) -> None:
        super().__init__(
            f"{output} was begun with another {', another '.join(changed)}.",
            "Run the command as it was run before, or write to a new folder.",
        )


class InputsChangedError(ConflictError):
    """The collection is no longer what an output was begun with."""

    def __init__(self, output: str, first: str) -> None:
        super().__init__(
            f"The inputs are not those that {output} was begun with; the first that differs is {first}.",
            "Bring the collection back as it was, or write to a new folder.",
        )


class ForeignFolderError(ConflictError):
    """A folder that holds something else."""

    def __init__(self, output: str) -> None:
        super().__init__(
            f"{output} holds files and is no output of bulk reading.", "Name a new folder or an empty one."
        )


class AnotherRunError(ConflictError):
    """Two runs on one output."""

    def __init__(self, output: str, owner: str = "", since: str = "", lease: int = 0) -> None:
        who = f": {owner}, since {since}" if owner else ""
        remedy = f" If it was killed, begin again {lease} seconds after it was." if lease else ""
        super().__init__(f"Another run is writing {output}{who}.", f"Wait for it to end.{remedy}")


class ClaimLostError(ConflictError):
    """A run that showed no sign of life for so long that another one took its place."""

    def __init__(self, output: str) -> None:
        super().__init__(
            f"This run stood still for so long that another one may write {output} by now.",
            "Let the other one end; what this one finished counts, each part once.",
        )


class NoOutputError(NotFoundError):
    """A folder that no bulk reading wrote."""

    def __init__(self, folder: str) -> None:
        super().__init__(
            f"{folder} is no output of bulk reading.", "Name the folder that `dragoman bulk read` wrote."
        )


class UnfinishedError(ConflictError):
    """An output whose reading has not ended."""

    def __init__(self, folder: str, done: int) -> None:
        super().__init__(
            f"The reading into {folder} has not ended: {done:,} parts are there.",
            "Run the same `dragoman bulk read` again; it goes on where it stopped.",
        )


class DamagedPartError(StoreError):
    """A part that is not what its marker says."""

    def __init__(self, path: str, cause: str) -> None:
        super().__init__(f"The part {path} is damaged: {cause}.", "Read the collection again into a new folder.")


class CannotWriteError(StoreError):
    """A folder that cannot be written."""

    def __init__(self, folder: Path | str, fault: OSError) -> None:
        super().__init__(
            f"{folder} cannot be written ({fault.strerror or fault}).",
            "Choose another place, or make room on the disk, and run the command again.",
        )


class CannotReachError(StoreError):
    """A store that refuses what Spark asks of it."""

    def __init__(self, folder: str, cause: str) -> None:
        super().__init__(
            f"{folder} cannot be read or written through Spark ({cause}).",
            "Check the address, and the keys and rights in Spark's configuration; what was finished is kept.",
        )


class WorkersDoNotStartError(DragomanError):
    """Processes end before they read anything."""

    def __init__(self, code: int | None) -> None:
        super().__init__(
            f"The processes that read end as soon as they start (exit code {code}).",
            "Look at what they print; often memory is too short for so many: use fewer --workers.",
        )
