"""Downloads of the register's lines."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any


def begun(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Return the same pieces with the first one made, so that an error comes before the answer's head."""
    return chain([next(pieces, b"")], pieces)


def download_headers(form: str) -> dict[str, Any]:
    """Return the headers of a download."""
    return {"content-disposition": f'attachment; filename="provisions.{form}"'}
