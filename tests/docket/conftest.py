"""What the tests of the docket work with: a clock that they set on, a workspace with a list of parties, its docket."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dragoman.docketing import Docketing
from dragoman.workspace import Workspace

WATCHLIST = Path(__file__).resolve().parents[2] / "docs" / "examples" / "own-watchlist.csv"
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


class Calendar:
    """A clock that a test sets on."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def workspace(tmp_path: Path, calendar: Calendar) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "w", clock=calendar) as opened:
        opened.screener().import_list(WATCHLIST, form="plain")
        yield opened


@pytest.fixture
def docket(workspace: Workspace) -> Docketing:
    return workspace.docketing()
