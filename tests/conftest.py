"""Fixtures shared by all rooms."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

EXAMPLES = int(os.environ.get("DRAGOMAN_EXAMPLES", "50"))
"""Examples of a property, where a test names no number."""
settings.register_profile(
    "any-machine", max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any-machine")  # how fast a machine is must fail no test

NOBODY = 65534
"""The user that owns nothing."""
REPOSITORY = Path(__file__).resolve().parents[1]


FIRST = ("long", "browser", "real")
"""Marks of the modules that take longest."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest modules, so that none runs alone in the end; within each group the order is random."""
    items.sort(key=lambda item: not any(item.get_closest_marker(mark) for mark in FIRST))


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


@pytest.fixture(scope="session")
def empty_register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with an empty register, to be copied: making its tables takes longer than most tests."""
    from dragoman.register import Register  # noqa: PLC0415 - rooms below the register need not load it

    folder = tmp_path_factory.mktemp("register")
    register = Register.open(folder / "register.sqlite")
    register.copy_to(folder / "empty.sqlite")
    register.close()
    return folder / "empty.sqlite"


@pytest.fixture
def register_file(empty_register: Path, tmp_path: Path) -> Path:
    """A file of the test's own with an empty register."""
    return Path(shutil.copy(empty_register, tmp_path / "register.sqlite"))


@pytest.fixture
def workspace_folder(empty_register: Path, tmp_path: Path) -> Path:
    """A folder of the test's own with an empty workspace."""
    folder = tmp_path / "w"
    folder.mkdir()
    shutil.copy(empty_register, folder / "register.sqlite")
    return folder


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder in which every user may write; pytest's own are closed to others."""
    folder = Path(tempfile.mkdtemp(prefix="dragoman-open-"))
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def without_rights() -> Callable[[], AbstractContextManager[None]]:
    """What lets root act as nobody for a while, since root may read and write everything; others act as they are.

    What is imported late must have been imported before: nobody may read the interpreter's folder.
    """
    return _as_nobody


@contextmanager
def _as_nobody() -> Iterator[None]:
    own = os.geteuid()
    if own == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(own)
