"""A bar that shows how far a command has come."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LONGEST_SOURCE = 40
"""Characters shown of what is being worked on: its end tells more than its beginning."""


@contextmanager
def progress_of(doing: str, *, quiet: bool) -> Iterator[Callable[[int, int | None, str], None] | None]:
    """Give what is told of each step: a bar where somebody sees it, else nothing."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 - slow to load
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (TextColumn(doing), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, TextColumn("{task.fields[source]}"), console=Console(stderr=True)) as bar:
        task = bar.add_task(doing, total=None, source="")

        def tell(done: int, total: int | None, source: str) -> None:
            bar.update(task, completed=done, total=total, source=source[-LONGEST_SOURCE:])

        yield tell
