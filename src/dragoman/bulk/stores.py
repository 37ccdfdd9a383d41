"""Object stores and other file systems that pyarrow opens by an address, for the engine `processes`.

Keys, region and endpoint come from where the store's own programs look for them (for S3 `AWS_ACCESS_KEY_ID`,
`AWS_REGION`, `AWS_ENDPOINT_URL`, ...), never from an address: addresses are written down with an output.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from io import BufferedReader
from pathlib import Path
from typing import Any, BinaryIO, cast

from dragoman.bulk.errors import SecretAddressError, UnknownStoreError
from dragoman.bulk.listing import Kind, Listed, far_input, problem_json
from dragoman.read.faults import problem

METADATA = (".json", ".yaml", ".yml")
"""Ends of names of metadata, which on a store goes unread."""
SCHEMES = {"s3a": "s3", "s3n": "s3"}
"""What Hadoop calls a store that pyarrow calls otherwise."""
CHUNK = 1 << 22

FileSystem = Any


def is_far(name: str) -> bool:
    """Whether a name is an address and no path."""
    return "://" in name


def store_of(address: str) -> tuple[FileSystem, str]:
    """Return the file system of an address, and the path on it.

    Raises:
        SecretAddressError: the address holds a key, or options.
        UnknownStoreError: nothing here opens such addresses.
    """
    scheme, _, rest = address.partition("://")
    host, _, path = rest.partition("/")
    user, at, _ = host.partition("@")
    if (at and ":" in user) or "?" in host:
        raise SecretAddressError(scheme)
    files, base = _opened(SCHEMES.get(scheme, scheme), host)
    return files, f"{base.rstrip('/')}/{path}".rstrip("/") or "/"


@cache
def _opened(scheme: str, host: str) -> tuple[FileSystem, str]:
    from pyarrow.fs import FileSystem as Files  # noqa: PLC0415 - slow to load

    address = f"{scheme}://{host}"
    with reached(address):
        found: tuple[FileSystem, str] = Files.from_uri(address if host else f"{scheme}:///")
    return found


@contextmanager
def reached(address: str) -> Iterator[None]:
    """Say what a store refuses. Raises UnknownStoreError."""
    try:
        yield
    except (ValueError, NotImplementedError, OSError) as fault:
        raise UnknownStoreError(address, str(fault).partition("\n")[0]) from fault


def list_far(name: str) -> Iterator[Listed]:
    """Yield the inputs under an address, sorted by path; their numbers are 0.

    Raises:
        UsageError: see `store_of`.
    """
    from pyarrow.fs import FileSelector, FileType  # noqa: PLC0415 - as above

    files, path = store_of(name)
    with reached(name):
        (own,) = files.get_file_info([path])
        under = FileSelector(path, recursive=True, allow_not_found=True)
        found = [own] if own.type == FileType.File else files.get_file_info(under)
    there = sorted((one for one in found if one.type == FileType.File), key=lambda one: str(one.path))
    if not there:
        yield Listed(0, name, Kind.PROBLEM, problem=problem_json(problem("no-such-path", name)))
    for one in there:
        if not one.path.lower().endswith(METADATA):
            address = f"{name.rstrip('/')}{one.path.removeprefix(path)}"
            yield far_input(address, one.size, one.mtime_ns or 0)


def opened(name: str) -> BinaryIO:
    """Return the bytes of a file or object, read as they come. Raises OSError, UsageError."""
    if not is_far(name):
        return Path(name).open("rb")
    files, path = store_of(name)
    with reached(name):
        return cast("BinaryIO", BufferedReader(files.open_input_stream(path, compression=None), CHUNK))


def table_in(name: str) -> Any:  # noqa: ANN401 - what pyarrow opens
    """Return what pyarrow reads a table from. Raises OSError, UsageError."""
    if not is_far(name):
        return name
    files, path = store_of(name)
    with reached(name):
        return files.open_input_file(path)


def content_of(name: str) -> bytes:
    """Return the bytes of an object. Raises OSError, UsageError."""
    with opened(name) as stream:
        return stream.read()
