"""Names of documents: stable, safe in addresses and file names, unique within a read."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import PurePath
from urllib.parse import unquote, urlsplit

from dragoman.model import Problem
from dragoman.read.faults import problem

_UNSAFE = re.compile(r"[^\w.-]+")
_ENDINGS = (".txt.gz", ".jsonl.gz", ".ndjson.gz", ".html.gz", ".md.gz")
_MAX = 120
"""Characters of a slug; file systems allow 255 bytes."""
_DIGEST = 6


def slugify(name: str) -> str:
    """Return a name with everything but letters, digits, ".", "_" and "-" made "-"."""
    slug = _UNSAFE.sub("-", name).strip("-.")
    if len(slug) > _MAX:
        slug = f"{slug[: _MAX - _DIGEST - 1].rstrip('-.')}-{_digest(name)}"
    return slug or f"document-{_digest(name)}"


def stem_of(name: str) -> str:
    """Return the file stem of a path or address, with all of ".txt.gz" taken off."""
    path = urlsplit(name).path if "://" in name else name
    last = PurePath(unquote(path)).name
    if not last:
        return urlsplit(name).hostname or ""
    for ending in _ENDINGS:
        if last.lower().endswith(ending):
            return last[: -len(ending)]
    return PurePath(last).stem


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST]


@dataclass(slots=True)
class Slugs:
    """Gives each document of a read its own slug; the second that asks for a name gets a suffix of its source."""

    _taken: set[str] = field(default_factory=set)

    def take(self, name: str, source: str) -> tuple[str, tuple[Problem, ...]]:
        """Return the slug for a name, and a note where it had to differ.

        Args:
            name: file stem or id.
            source: path, address or "file#line", from which the suffix is made.
        """
        slug = slugify(name)
        if slug not in self._taken:
            self._taken.add(slug)
            return slug, ()
        other = f"{slug[: _MAX - _DIGEST - 1]}-{_digest(source)}"
        self._taken.add(other)
        return other, (problem("slug-taken", source, taken=slug, slug=other),)
