"""The page of process tracing: a workbook is sent or chosen, weighed, changed and downloaded."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest
from fastapi import FastAPI

from dragoman.web import tracing
from tests.web.client import TestClient
from tests.web.series import add_series, saved, workbook_of
from tests.web.toy import ToyWorkspace


@pytest.fixture
def book(workspace: ToyWorkspace) -> str:
    add_series(workspace)
    return workbook_of(workspace)


def upload(client: TestClient, text: str | bytes, name: str = "lamps.yaml") -> tuple[int, str]:
    """Send a workbook; return the status and the page."""
    data = text.encode() if isinstance(text, str) else text
    response = client.post("/tracing", files={"file": (name, data, "application/yaml")})
    return response.status_code, response.text


def carried(html: str) -> str:
    """Return the workbook that a page carries."""
    found = re.search(r'<textarea name="text" hidden[^>]*>\n(.*?)</textarea>', html, re.DOTALL)
    assert found is not None
    return unescape(found[1])


def fields(html: str) -> dict[str, str]:
    """Return the likelihoods of the form."""
    return dict(re.findall(r'name="(l:\d+:\d+)" list="scale" value="([^"]*)"', html))


def test_a_workbook_is_weighed_and_shown(client: TestClient, book: str) -> None:
    status, html = upload(client, book)
    assert status == 200
    assert "Who opened the laboratory" in html
    assert re.search(r'href="/d/council-3-kobe#at-\d+-\d+"', html)
    assert '<blockquote lang="en">open its quantum laboratory</blockquote>' in html
    assert 'href="https://example.org/ledger" rel="noreferrer">own notes</a>' in html
    assert 'class="test t-hoop"' in html
    assert "interpretive" in html
    assert "cluster: statements" in html
    assert "H0_residual" in html
    assert "tracing-residual" in html
    assert '<th scope="row">prior H1</th>' in html
    assert fields(html)["l:0:0"] == "0.8"
    assert carried(html) == book


def test_a_likelihood_is_changed_in_the_text_of_the_workbook(client: TestClient, book: str) -> None:
    html = upload(client, book)[1]
    form = {**fields(html), "name": "lamps.yaml", "text": carried(html), "l:0:1": "0.33", "l:2:0": "even"}
    changed = client.post("/tracing", data=form).text
    assert fields(changed)["l:0:1"] == "0.33"
    assert fields(changed)["l:2:0"] == "0.5"
    text = carried(changed)
    assert "likelihoods: {H1: very likely, H2: 0.33}  # words" in text
    assert "likelihoods: {H1: even, H2: 0.9}" in text
    assert text.count("\n") == book.count("\n")
    file = client.post("/tracing/export/yaml", data=form)
    assert file.text == text
    assert file.headers["content-disposition"] == 'attachment; filename="workbook.yaml"'


def test_what_is_no_likelihood_is_named_with_its_line(client: TestClient, book: str) -> None:
    html = upload(client, book)[1]
    response = client.post("/tracing", data={"text": carried(html), "name": "x.yaml", "l:1:0": "surely"})
    assert response.status_code == 422
    assert "tracing-likelihood" in response.text
    line = next(at for at, words in enumerate(book.splitlines(), 1) if "H1: likely" in words)
    assert f"line {line}" in response.text
    assert "H1: &#34;surely&#34;" in response.text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("title: [", "tracing-yaml"),
        ("[" * 50_000, "tracing-yaml"),
        ("title: x\n", "tracing-missing"),
        ("a: &a [x]\nb: *a\n", "tracing-alias"),
        (b"\xff\xfe\x00", "tracing-yaml"),
    ],
)
def test_a_broken_workbook_is_refused_with_the_reason(client: TestClient, text: str | bytes, code: str) -> None:
    status, html = upload(client, text)
    assert status == 422
    assert code in html
    assert 'role="alert"' in html
    assert 'id="w-text"' in html


def test_a_quotation_that_does_not_stand_there_is_refused(client: TestClient, book: str) -> None:
    status, html = upload(client, book.replace("quote: open its", "quote: close its"))
    assert status == 422
    assert "tracing-quote" in html


def test_a_workbook_of_the_folder_is_chosen_by_name_and_nothing_else_is(
    client: TestClient, workspace: ToyWorkspace, book: str
) -> None:
    saved(workspace.folder, "lamps.yaml", book)
    saved(workspace.folder, "other.yaml", "name: settings\n")
    outside = saved(workspace.folder.parent, "outside.yaml", book)
    (workspace.folder / "link.yaml").symlink_to(outside)
    html = client.get("/tracing").text
    assert re.findall(r'<option value="([^"]+)" >', html) == ["lamps.yaml"]
    assert "Who opened the laboratory" in client.get("/tracing?book=lamps.yaml").text
    for name in ("other.yaml", "link.yaml", "../outside.yaml", str(outside), "register.sqlite", "./lamps.yaml"):
        assert client.get("/tracing", params={"book": name}).status_code == 404


def test_a_new_workbook_is_begun(client: TestClient) -> None:
    html = client.post("/tracing", data={"begin": 'Why "it" rained'}).text
    assert "Why &#34;it&#34; rained" in html or "Why \\&#34;it\\&#34; rained" in html
    assert 'id="w-text"' in html


def test_a_form_without_a_workbook_is_refused(client: TestClient) -> None:
    assert client.post("/tracing", data={}).status_code == 422
    assert client.post("/tracing/export/html", data={}).status_code == 422
    assert client.post("/tracing/export/exe", data={}).status_code == 422


def test_a_workbook_that_is_too_large_is_refused(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tracing, "MOST_BYTES", 50)
    assert upload(client, "x" * 51)[0] == 413
    assert client.post("/tracing", data={"text": "x" * 51}).status_code == 413


def test_names_of_files_keep_no_folder_and_no_sign(client: TestClient, book: str) -> None:
    html = upload(client, book, "..\\up/<b>lamps.yaml")[1]
    assert "<code>_b_lamps.yaml</code>" in html


def test_a_report_is_downloaded(client: TestClient, book: str) -> None:
    form = {"text": book, "name": "lamps.yaml"}
    assert json.loads(client.post("/tracing/export/json", data=form).text)["leader"] == "H2"
    assert client.post("/tracing/export/docx", data=form).content[:2] == b"PK"
    assert client.post("/tracing/export/md", data=form).text.startswith("# ")
    html = client.post("/tracing/export/html", data=form).text
    assert "dragoman tracing report lamps.yaml" in html


def test_other_sites_send_no_workbook(client: TestClient, app: FastAPI, book: str) -> None:
    evil = {"origin": "https://evil.example"}
    assert client.post("/tracing", data={"text": book}, headers=evil).status_code == 403


def test_what_a_workbook_says_is_escaped_and_comes_back_as_it_was(client: TestClient, book: str) -> None:
    text = book.replace("Who opened the laboratory", '"</textarea><script>alert(1)</script>"')
    html = upload(client, text)[1]
    assert "<script>alert" not in html
    assert carried(html) == text
    assert "<h1>&lt;/textarea&gt;" in html
