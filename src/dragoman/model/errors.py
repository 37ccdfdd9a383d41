"""What is wrong in a *call*: one tree of exceptions, each with its exit code and HTTP status.

    DragomanError
    ├── UsageError           a call asks for something that makes no sense
    ├── NotFoundError        a document, provision or path that is not there
    ├── ConflictError        two writers, or a review of something that has changed
    ├── DataPackError        a file of the data packs is wrong (a defect of the pack, not of the user's text)
    └── StoreError           the register cannot be opened, written or migrated

What is wrong in the user's *text or data* is a `Problem` value instead, see `dragoman.model.problem`.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Self


class DragomanError(Exception):
    """Base of all exceptions of this project.

    Attributes:
        message: what is wrong, and where, in English.
        remedy: what the caller can do about it, in English.
        more: what else fills its sentences in another language than what it is raised with.
        exit_code: exit code of the command line.
        http_status: HTTP status of the web face.
    """

    exit_code = 2
    http_status = 500
    more: Mapping[str, Any] = MappingProxyType({})
    _given: tuple[tuple[Any, ...], Mapping[str, Any]] = ((), {})

    def __new__(cls, *given: Any, **named: Any) -> Self:  # noqa: ANN401 - what a subclass is raised with
        """Keep what the error is raised with, from which a face words it in another language."""
        error = super().__new__(cls, *given, **named)
        error._given = (given, named)
        return error

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    @property
    def values(self) -> Mapping[str, Any]:
        """What the error was raised with, by the names of its constructor, and what else fills its sentences."""
        given, named = self._given
        bound = inspect.signature(type(self).__init__).bind(self, *given, **named)
        bound.apply_defaults()
        return {name: value for name, value in bound.arguments.items() if value is not self} | dict(self.more)

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class UsageError(DragomanError):
    """A call asks for something that makes no sense."""

    http_status = 400


class NotFoundError(DragomanError):
    """A named thing is not in the register or not on disk."""

    http_status = 404


class ConflictError(DragomanError):
    """The thing has changed since the caller looked, or somebody else is writing."""

    http_status = 409


class DataPackError(DragomanError):
    """A file of the data packs is malformed."""


class StoreError(DragomanError):
    """The register cannot be opened, written or migrated."""

    http_status = 503
