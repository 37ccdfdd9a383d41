"""Fixtures shared by all rooms."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]


def shared_folder() -> Path:
    """Return where the real texts are: DRAGOMAN_SHARED, else the folder beside the checkout."""
    return Path(os.environ.get("DRAGOMAN_SHARED", REPOSITORY.parent / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder of the real texts; the test is skipped where it is absent."""
    folder = shared_folder()
    if not (folder / "docs").is_dir():
        pytest.skip("the real texts are not beside this checkout (set DRAGOMAN_SHARED to their folder)")
    return folder
