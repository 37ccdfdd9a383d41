"""An output on a store that pyarrow opens: small files and parts.

An object appears under its name when it is written to its end, so parts and markers are written in place there;
where that is not so (`file://`, `hdfs://`) they are written beside it and renamed. A part that broke off has no
marker, and is written again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.bulk.columns import TABLES
from dragoman.bulk.errors import CannotWriteError
from dragoman.bulk.output import DATA, place_of
from dragoman.bulk.stores import CHUNK, reached, store_of

if TYPE_CHECKING:
    from pyarrow.fs import FileInfo

OBJECTS = frozenset({"s3", "gcs", "abfs"})
"""File systems on which a file appears whole or not at all, and a rename is a copy."""


class StoreFolder:
    """A folder of a store; see `dragoman.bulk.output.Folder`."""

    def __init__(self, address: str) -> None:
        self.name = address.rstrip("/")
        self._files, self._path = store_of(self.name)
        self._whole = self._files.type_name in OBJECTS

    def read(self, name: str) -> str | None:
        """See `Folder`."""
        from pyarrow.fs import FileType  # noqa: PLC0415 - as above

        with reached(self.name), suppress(FileNotFoundError):  # it may go between the two questions
            (found,) = self._files.get_file_info([f"{self._path}/{name}"])
            if found.type != FileType.File:
                return None
            with self._files.open_input_stream(found.path, compression=None) as stream:
                return bytes(stream.read()).decode()
        return None

    def write(self, name: str, text: str) -> None:
        """See `Folder`."""
        self._write(name, iter([text.encode("utf-8", "surrogatepass")]))

    def list(self, name: str = "") -> Sequence[str]:
        """See `Folder`."""
        return sorted(one.base_name for one in self.infos(name))

    def infos(self, name: str = "") -> Sequence[FileInfo]:
        """Return what a folder of the output holds, with sizes and times; nothing where it is not there."""
        from pyarrow.fs import FileSelector  # noqa: PLC0415 - as above

        under = FileSelector(f"{self._path}/{name}".rstrip("/"), allow_not_found=True)
        with reached(self.name):
            found: list[FileInfo] = self._files.get_file_info(under)
        return found

    def remove(self, name: str) -> None:
        """Take a file away; one that is gone already is no fault."""
        with reached(self.name), suppress(FileNotFoundError):
            self._files.delete_file(f"{self._path}/{name}")

    def adopt(self, work: Path, number: int) -> None:
        """Bring the files of a part to the store, under their names. Raises StoreError."""
        for table in TABLES:
            path = work / f"{table}-{number:05d}.parquet"
            with path.open("rb") as stream:
                self._write(f"{place_of(table, number)}/{DATA}", iter(lambda: stream.read(CHUNK), b""))
            path.unlink()

    def _write(self, name: str, pieces: Iterator[bytes]) -> None:
        path = f"{self._path}/{name}"
        target = path if self._whole else f"{path}.partial"
        try:
            if not self._whole:
                self._files.create_dir(path.rpartition("/")[0], recursive=True)
            with self._files.open_output_stream(target, compression=None) as stream:
                for piece in pieces:
                    stream.write(piece)
            if not self._whole:
                self._files.move(target, path)
        except OSError as fault:
            raise CannotWriteError(self.name, fault) from fault
