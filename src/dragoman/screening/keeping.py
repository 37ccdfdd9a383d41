"""The index over the lists as a file of the workspace, so that a command does not build it anew.

The file holds arrays and JSON only (NumPy's npz, read without pickle), and the key of what it was made from: the
versions of the lists, the code and the data of the room. Another key, or a file that is cut, counts as none.
"""

from __future__ import annotations

import json
import os
import tempfile
from array import array
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

import dragoman.data
import dragoman.screen
from dragoman.model.archives import DAMAGED_ARCHIVE
from dragoman.screen.sums import State

FILE = "screening-index.npz"
JSON, KEY = "json", "key"
TYPES = {"int8": "b", "int32": "i", "uint32": "I", "float64": "d"}
"""Types of arrays in the file, and of those in memory."""
DATA = ("screening", "actors")


@cache
def code_version() -> str:
    """Return a hash of the code and the data that an index depends on."""
    found = sha256()
    for folder in (Path(dragoman.screen.__path__[0]), *(Path(dragoman.data.__path__[0]) / one for one in DATA)):
        for path in sorted(folder.glob("*.py")) + sorted(folder.rglob("*.yaml")):
            found.update(path.name.encode())
            found.update(path.read_bytes())
    return found.hexdigest()


def save(folder: Path, key: str, parts: Mapping[str, State]) -> bool:
    """Put an index in its place in one step; returns whether the folder could be written.

    Args:
        folder: of the workspace.
        key: of what it was made from.
        parts: of the index.
    """
    arrays: dict[str, Any] = {KEY: _as_bytes(key)}
    for name, part in parts.items():
        plain = _plain(part, name, arrays)
        arrays[f"{name}/{JSON}"] = _as_bytes(plain)
    try:
        number, made = tempfile.mkstemp(prefix=FILE, dir=folder)
        try:
            with os.fdopen(number, "wb") as target:
                np.savez(target, **arrays)
            Path(made).replace(folder / FILE)
        finally:
            Path(made).unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _as_bytes(value: object) -> Any:  # noqa: ANN401 - an array of any kind
    return np.frombuffer(json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass"), np.uint8)


def _plain(value: State, path: str, arrays: dict[str, Any]) -> dict[str, Any]:
    """Return what of a part is no array; the arrays are put aside under their paths."""
    found: dict[str, Any] = {}
    for key, one in value.items():
        if isinstance(one, array):
            arrays[f"{path}/{key}"] = (
                np.frombuffer(one, dtype=one.typecode) if one else np.array(one, one.typecode)
            )
        elif isinstance(one, Mapping) and any(isinstance(inner, array | Mapping) for inner in one.values()):
            found[key] = _plain(one, f"{path}/{key}", arrays)
        else:
            found[key] = one
    return found


class Kept:
    """A file of an index, read as a whole; its parts are put together when they are asked for."""

    def __init__(self, arrays: Mapping[str, Any]) -> None:
        self._arrays = arrays

    def part(self, name: str) -> State:
        """Return a part of the index. Raises KeyError."""
        found: dict[str, Any] = _from_bytes(self._arrays[f"{name}/{JSON}"])
        for path, one in self._arrays.items():
            if path.startswith(f"{name}/") and path != f"{name}/{JSON}":
                *above, last = path.split("/")[1:]
                place = found
                for key in above:
                    place = place.setdefault(key, {})
                place[last] = array(TYPES[one.dtype.name], one.tobytes())
        return found


def _from_bytes(value: Any) -> Any:  # noqa: ANN401 - what JSON holds
    return json.loads(value.tobytes().decode("utf-8", "surrogatepass"))


def load(folder: Path, key: str) -> Kept | None:
    """Return the index of a workspace; None where there is none of this key, or the file is damaged."""
    try:
        with (folder / FILE).open("rb") as stream, np.load(stream, allow_pickle=False) as file:
            if _from_bytes(file[KEY]) != key:
                return None
            return Kept(dict(_read(file)))
    except (*DAMAGED_ARCHIVE, OSError):
        return None


def _read(file: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - NumPy's file of arrays
    for name in file.files:
        yield name, file[name]
