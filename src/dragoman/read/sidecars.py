"""Metadata that lies beside a text: `<stem>.json`, and `index.json` in its folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dragoman.model import Problem
from dragoman.read.faults import problem
from dragoman.read.metadata import is_sidecar, merge, work_of
from dragoman.read.slugs import stem_of
from dragoman.read.sources import INDEX

_MAX_BYTES = 16 * 1024 * 1024
"""Bytes of a metadata file; an index of ten thousand documents has about three million."""


@dataclass(slots=True)
class Sidecars:
    """Looks metadata up beside files; remembers the index of the folder last asked for.

    Attributes:
        stated: metadata from options, which wins over both.
    """

    stated: Mapping[str, Any]
    _folder: Path | None = None
    _index: Mapping[str, Any] = field(default_factory=dict)

    def of(self, path: Path) -> tuple[dict[str, Any], list[Problem]]:
        """Return what is stated about a file, and what was wrong with the metadata files."""
        problems: list[Problem] = []
        stem = stem_of(path.name)
        index = self._index_of(path.parent, problems)
        entry = index.get(stem) or index.get(path.name)
        sidecar = path.with_name(f"{stem}.json")
        beside = _load(sidecar, problems) if sidecar != path and sidecar.is_file() else None
        metadata = merge(
            entry if isinstance(entry, Mapping) and is_sidecar(entry) else None,
            _checked(beside, sidecar, problems),
            self.stated,
        )
        if not metadata.get("work") and (work := work_of(stem)):
            metadata["work"] = work
        return metadata, problems

    def _index_of(self, folder: Path, problems: list[Problem]) -> Mapping[str, Any]:
        if folder != self._folder:
            path = folder / INDEX
            content = _load(path, problems) if path.is_file() else {}
            if not isinstance(content, Mapping):
                reason = "it is no JSON object with one entry a file stem"
                problems.append(problem("sidecar-ignored", str(path), reason=reason))
                content = {}
            self._folder, self._index = folder, content
        return self._index


def _load(path: Path, problems: list[Problem]) -> object:
    """Return the JSON of a metadata file; an empty object, with a problem, where there is none."""
    reason = ""
    try:
        if path.stat().st_size <= _MAX_BYTES:
            content: object = json.loads(path.read_text(encoding="utf-8-sig"))
            return content
        reason = "it is too large for metadata"
    except OSError as fault:
        reason = str(fault.strerror)
    except (ValueError, RecursionError):
        reason = "it is no JSON in UTF-8"
    problems.append(problem("sidecar-ignored", str(path), reason=reason))
    return {}


def _checked(content: object, path: Path, problems: list[Problem]) -> Mapping[str, Any] | None:
    if content is None or content == {} or is_sidecar(content):
        return content if isinstance(content, Mapping) else None
    problems.append(problem("sidecar-ignored", str(path), reason="it holds none of the known keys"))
    return None
