"""What the tests of the docket work with: a clock that they set on, a workspace with a list of parties, its docket."""

from __future__ import annotations

import shutil
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


@pytest.fixture(scope="session")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the list, to be copied."""
    folder = tmp_path_factory.mktemp("listed") / "w"
    with Workspace.open(folder, clock=Calendar()) as opened:
        opened.screener().import_list(WATCHLIST, form="plain")
    return folder


@pytest.fixture
def workspace(listed: Path, tmp_path: Path, calendar: Calendar) -> Iterator[Workspace]:
    shutil.copytree(listed, tmp_path / "w")
    with Workspace.open(tmp_path / "w", clock=calendar) as opened:
        yield opened


@pytest.fixture
def docket(workspace: Workspace) -> Docketing:
    return workspace.docketing()
