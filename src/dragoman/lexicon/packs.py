"""Read a YAML file of the data packs and check its head.

Every pack names its title, source and as-of date; a pack without them is a defect and is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from dragoman.model import DataPackError

HEAD = ("title", "source", "as_of")
LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class PackFaultError(DataPackError):
    """A pack is missing, is not YAML, or lacks a key."""

    def __init__(self, path: str, fault: str) -> None:
        super().__init__(f"Data pack {path}: {fault}.", "Mend the file; docs/data.md describes its form.")


@cache
def load_pack(path: str) -> Mapping[str, Any]:
    """Return a pack of `dragoman/data`, its head checked.

    Args:
        path: relative to the data folder, with "/" between folders.

    Raises:
        PackFaultError: the file is missing, is not YAML, or its head is incomplete.
    """
    file = resources.files("dragoman").joinpath("data", *path.split("/"))
    if not file.is_file():
        raise PackFaultError(path, "no such file")
    return parse_pack(path, file.read_text(encoding="utf-8"))


def parse_pack(path: str, text: str) -> Mapping[str, Any]:
    """Return the parsed text of a pack, its head checked. Raises PackFaultError."""
    try:
        content = yaml.load(text, Loader=LOADER)  # noqa: S506 - both loaders are the safe ones
    except yaml.YAMLError as fault:
        raise PackFaultError(path, f"not readable as YAML ({fault})") from fault
    if not isinstance(content, dict):
        raise PackFaultError(path, "not a mapping at its top level")
    for key in HEAD:
        if not content.get(key):
            raise PackFaultError(path, f"the head has no `{key}:`")
    if not isinstance(content["as_of"], date):
        raise PackFaultError(path, "`as_of:` is not a date (YYYY-MM-DD)")
    return content


def pack_paths(folder: str) -> tuple[str, ...]:
    """Return the YAML files directly under a folder of `dragoman/data`, sorted by name."""
    root = resources.files("dragoman").joinpath("data", *folder.split("/"))
    if not root.is_dir():
        return ()
    return tuple(sorted(f"{folder}/{f.name}" for f in root.iterdir() if f.name.endswith(".yaml")))


@cache
def packs_named(ending: str) -> tuple[str, ...]:
    """Return the YAML files anywhere under `dragoman/data` whose name ends so, sorted by path."""
    return tuple(sorted(_under(resources.files("dragoman").joinpath("data"), "", ending)))


def _under(folder: Traversable, path: str, ending: str) -> Iterator[str]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _under(entry, f"{path}{entry.name}/", ending)
        elif entry.name.endswith(ending):
            yield f"{path}{entry.name}"
