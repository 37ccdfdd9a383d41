from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.model import Query
from dragoman.web import create_app
from dragoman.web.layout import lay_out
from dragoman.workspace import Workspace
from tests.web.client import BASE, TestClient

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def workspace(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with Workspace.open(tmp_path_factory.mktemp("real")) as workspace:
        outcomes = list(workspace.read([str(shared / "docs")]))
        assert [outcome.status for outcome in outcomes] == ["new"] * 5
        yield workspace


def test_every_line_of_the_real_texts_stands_in_its_sentence(workspace: Workspace) -> None:
    for summary in workspace.documents():
        document = workspace.document(summary.slug)
        entries = workspace.provisions(Query(documents=(summary.slug,), limit=None)).entries
        layout = lay_out(document, entries)
        assert layout.unplaced == ()
        shown = sum(len(line.entries) for group in layout.groups for part in group.parts for line in part.lines)
        assert shown == len(entries) > 0


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_of_the_real_texts_can_be_shown(workspace: Workspace, language: str) -> None:
    with TestClient(create_app(workspace), base_url=BASE, headers={"accept-language": language}) as client:
        for path in ("/", "/register?limit=500", "/search?q=半导体", "/search?q=U.S.", "/problems"):
            assert client.get(path).status_code == 200
        for summary in workspace.documents():
            assert client.get(f"/d/{summary.slug}").status_code == 200
        for entry in workspace.provisions(Query(limit=None)).entries[::10]:
            assert client.get(f"/p/{entry.provision.id}/panel").status_code == 200
