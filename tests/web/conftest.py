"""A workspace with two texts, and a client of the application over it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, sync_playwright

from dragoman.web import create_app
from tests.web.client import BASE, TestClient
from tests.web.texts import ACCORD, RULE
from tests.web.toy import ToyWorkspace

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
TEXTS = {"accord.txt": ACCORD, "rule.txt": RULE}


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a folder with an empty register and one with the two texts, to be copied."""
    empty, full = tmp_path_factory.mktemp("empty"), tmp_path_factory.mktemp("full")
    ToyWorkspace.at(empty).close()
    with ToyWorkspace.at(full) as workspace:
        for name, text in TEXTS.items():
            list(workspace.read_bytes(text.encode(), name))
    return empty, full


@pytest.fixture
def empty(folders: tuple[Path, Path], tmp_path: Path) -> Iterator[ToyWorkspace]:
    shutil.copytree(folders[0], tmp_path / "empty")
    with ToyWorkspace.at(tmp_path / "empty") as workspace:
        yield workspace


@pytest.fixture
def workspace(folders: tuple[Path, Path], tmp_path: Path) -> Iterator[ToyWorkspace]:
    shutil.copytree(folders[1], tmp_path / "full")
    with ToyWorkspace.at(tmp_path / "full") as workspace:
        yield workspace


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pages wait for what they show: a busy machine is no failure."""
    monkeypatch.setattr("dragoman.web.computed.PATIENCE", 60)


@pytest.fixture
def app(workspace: ToyWorkspace) -> FastAPI:
    return create_app(workspace)


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, base_url=BASE, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all modules: Playwright runs once in a process."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not path:
        pytest.skip("there is no Chromium here (make optional installs it)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()
