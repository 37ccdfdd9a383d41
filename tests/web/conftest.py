"""A workspace with two texts, and a client of the application over it."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI

from dragoman.web import create_app
from tests.web.texts import ACCORD, RULE
from tests.web.toy import ToyWorkspace

with warnings.catch_warnings():
    # Starlette's test client prefers a fork of httpx that nothing else here needs.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

BASE = "http://127.0.0.1:8765"


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[ToyWorkspace]:
    with ToyWorkspace.at(tmp_path) as workspace:
        yield workspace


@pytest.fixture
def workspace(empty: ToyWorkspace) -> ToyWorkspace:
    for name, text in (("accord.txt", ACCORD), ("rule.txt", RULE)):
        list(empty.read_bytes(text.encode(), name))
    return empty


@pytest.fixture
def app(workspace: ToyWorkspace) -> FastAPI:
    return create_app(workspace)


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, base_url=BASE, raise_server_exceptions=False) as client:
        yield client
