from __future__ import annotations

from collections.abc import Iterator

import pytest

from dragoman.web import Settings, create_app
from dragoman.web.security import host_name
from tests.web.client import BASE, TestClient
from tests.web.toy import ToyWorkspace

READ = {"address": "https://example.org/x"}


@pytest.mark.parametrize("path", ["/", "/api/documents", "/static/page.css", "/nowhere", "/register?kind=x"])
def test_every_answer_is_secured(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8765", "127.0.0.1.evil.example", "", "[::2]"])
def test_foreign_host_names_are_turned_away(client: TestClient, host: str) -> None:
    response = client.get("/api/documents", headers={"host": host})
    assert response.status_code == 421
    assert response.headers["content-type"] == "application/problem+json"
    assert "x-frame-options" in response.headers


@pytest.mark.parametrize("host", ["127.0.0.1:1", "localhost", "LOCALHOST:8765", "[::1]:8765"])
def test_own_host_names_are_let_in(client: TestClient, host: str) -> None:
    assert client.get("/api/documents", headers={"host": host}).status_code == 200


def test_a_host_can_be_allowed(workspace: ToyWorkspace) -> None:
    app = create_app(workspace, Settings(hosts=("register.example",)))
    with TestClient(app, base_url="http://register.example") as client:
        assert client.get("/").status_code == 200
        assert client.get("/", headers={"host": "127.0.0.1"}).status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
@pytest.mark.parametrize(
    "path", ["/read/address", "/read/files", "/p/accord:0/review", "/api/read", "/api/documents"]
)
def test_other_sites_change_nothing(client: TestClient, path: str, headers: dict[str, str]) -> None:
    response = client.post(path, data=READ, headers=headers)
    assert response.status_code == 403
    assert "may not change this register" in response.text


@pytest.mark.parametrize("headers", [{}, {"origin": BASE}, {"sec-fetch-site": "same-origin"}])
def test_own_pages_and_programs_may_change(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/api/read", json=READ, headers=headers).status_code == 200


def test_other_sites_may_still_link(client: TestClient) -> None:
    assert client.get("/d/accord", headers={"sec-fetch-site": "cross-site"}).status_code == 200


@pytest.fixture
def small(workspace: ToyWorkspace) -> Iterator[TestClient]:
    app = create_app(workspace, Settings(upload_limit=2000))
    with TestClient(app, base_url=BASE, raise_server_exceptions=False) as client:
        yield client


@pytest.mark.parametrize(("path", "field"), [("/api/documents", "file"), ("/read/files", "files")])
def test_a_file_over_the_limit_is_refused_by_its_stated_size(small: TestClient, path: str, field: str) -> None:
    response = small.post(path, files={field: ("big.txt", b"x" * 3000)})
    assert response.status_code == 413
    assert "dragoman read FILE" in response.text
    assert small.post(path, files={field: ("fit.txt", b"x" * 1000)}).status_code == 200


@pytest.mark.parametrize("path", ["/api/documents", "/read/files", "/p/accord:0/review", "/api/read"])
def test_a_body_over_the_limit_is_refused_while_it_comes_in(small: TestClient, path: str) -> None:
    def pieces() -> Iterator[bytes]:
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="x.txt"\r\n\r\n'
        for _ in range(100):
            yield b"x" * 100

    kind = "application/json" if path == "/api/read" else "multipart/form-data; boundary=b"
    response = small.post(path, content=pieces(), headers={"content-type": kind})
    assert response.status_code == 413
    assert "larger than" in response.text


def test_scripts_and_styles_are_served_with_their_types(client: TestClient) -> None:
    assert "javascript" in client.get("/static/panel.js").headers["content-type"]
    assert client.get("/static/../app.py").status_code == 404
    assert client.get("/static/%2e%2e/app.py").status_code == 404


@pytest.mark.parametrize(
    ("header", "name"), [("A.example:80", "a.example"), ("[::1]:80", "[::1]"), ("[::1]", "[::1]"), ("", "")]
)
def test_ports_are_no_part_of_a_name(header: str, name: str) -> None:
    assert host_name(header) == name
