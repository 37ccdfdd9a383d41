"""Addresses, on a server of our own."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from dragoman.read import ReadSettings, read_inputs
from dragoman.read.faults import UnreadableError
from dragoman.read.fetch import fetch

PAGE = b"<html><head><title>Plan</title></head><body><p>The parties will meet.</p></body></html>"


class Handler(BaseHTTPRequestHandler):
    """Answers a page, redirects, errors, and streams that do not end."""

    def do_GET(self) -> None:
        if self.path == "/page.html":
            self._answer(200, PAGE, "text/html; charset=utf-8")
        elif self.path == "/plan.txt":
            self._answer(200, b"The parties will meet.", "text/plain")
        elif self.path == "/moved":
            self._redirect("/page.html")
        elif self.path == "/loop":
            self._redirect("/loop")
        elif self.path == "/inside":
            self._redirect("http://10.0.0.1/secret")
        elif self.path == "/endless":
            self._stream()
        else:
            self._answer(404, b"no", "text/plain")

    def _answer(self, status: int, data: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _redirect(self, target: str) -> None:
        self.send_response(302)
        self.send_header("location", target)
        self.send_header("content-length", "0")
        self.end_headers()

    def _stream(self) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/plain")
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"We will act. " * 10)
                time.sleep(0.02)
        except OSError:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Keep the test quiet."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.daemon_threads = True
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()


OPEN = ReadSettings(allow_private=True, max_seconds=5)


def refused(address: str, settings: ReadSettings = OPEN) -> str:
    with pytest.raises(UnreadableError) as caught:
        fetch(address, settings)
    return caught.value.problem.code


def test_a_page_is_read_and_its_bytes_are_kept(server: str) -> None:
    (result,) = read_inputs([f"{server}/page.html"], OPEN)
    assert result.document is not None
    assert (result.document.title, result.document.slug) == ("Plan", "page")
    assert result.data == PAGE


def test_redirects_are_followed(server: str) -> None:
    assert fetch(f"{server}/moved", OPEN).address == f"{server}/page.html"


def test_private_addresses_are_refused_by_default(server: str) -> None:
    assert refused(f"{server}/page.html", ReadSettings()) == "address-private"


def test_a_redirect_is_checked_like_the_first_address(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[list[str]] = []

    def check(found: list[str], address: str) -> None:
        checked.append(found)
        if found == ["10.0.0.1"]:
            raise PermissionError(address)

    monkeypatch.setattr("dragoman.read.fetch._refuse_private", check)
    with pytest.raises(PermissionError):
        fetch(f"{server}/inside", ReadSettings(max_seconds=5))
    assert checked == [["127.0.0.1"], ["10.0.0.1"]]


@pytest.mark.parametrize(
    "found", ["127.0.0.1", "10.1.2.3", "169.254.1.1", "::1", "fe80::1%eth0", "::ffff:127.0.0.1", "100.64.0.1"]
)
def test_what_counts_as_private(found: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        fetch("http://example.org/", ReadSettings(), lambda *_: [found])
    assert caught.value.problem.code == "address-private"


def test_error_status(server: str) -> None:
    assert refused(f"{server}/none") == "address-status"


def test_too_many_redirects(server: str) -> None:
    assert refused(f"{server}/loop") == "address-redirects"


def test_an_endless_answer_stops_at_the_time_limit(server: str) -> None:
    assert refused(f"{server}/endless", ReadSettings(allow_private=True, max_seconds=0.3)) == "address-too-slow"


def test_an_endless_answer_stops_at_the_size_limit(server: str) -> None:
    assert refused(f"{server}/endless", ReadSettings(allow_private=True, max_bytes=1000)) == "too-large"


@pytest.mark.parametrize("address", ["ftp://example.org/a", "http://", "http://[broken"])
def test_malformed_addresses(address: str) -> None:
    assert refused(address) == "address-malformed"


def test_unknown_host() -> None:
    def resolver(_: str, __: int) -> list[str]:
        raise OSError

    with pytest.raises(UnreadableError) as caught:
        fetch("http://nowhere.example/", OPEN, resolver)
    assert caught.value.problem.code == "address-unreachable"


def test_closed_port() -> None:
    assert refused("http://127.0.0.1:9/") == "address-unreachable"
