from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from dragoman.read import ReadSettings
from dragoman.read.feeds import items_of, read_feed

RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>t</title><link>http://e.org</link>
<item><title>One &amp; first</title><link>/one.html</link><guid>g1</guid></item>
<item><title>Two</title><link>https://other.example/two</link></item>
<item><title>Trap</title><link>file:///etc/passwd</link></item>
<item><title>Nowhere</title></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>新</title><id>f</id><updated>2026-01-01T00:00:00Z</updated>
<entry><title>声明</title><id>a1</id><link href="http://e.org/a"/><updated>2026-01-01T00:00:00Z</updated></entry></feed>"""
BOMB = b"""<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY x SYSTEM "file:///etc/passwd">]>
<rss version="2.0"><channel><item><title>&c;&x;</title><link>http://e.org/1</link></item></channel></rss>"""
ADDRESS = "http://e.org/news/feed.xml"


def codes(data: bytes, most: int = 100) -> list[str]:
    return [problem.code for problem in items_of(data, ADDRESS, most)[1]]


def test_entries_lead_to_web_addresses_only_and_relative_ones_are_completed() -> None:
    items, problems = items_of(RSS, ADDRESS, 100)
    assert [(item.key, item.address, item.title) for item in items] == [
        ("g1", "http://e.org/one.html", "One & first"),
        ("https://other.example/two", "https://other.example/two", "Two"),
    ]
    assert [problem.code for problem in problems] == ["feed-no-address"]


def test_atom_in_chinese() -> None:
    (item,), problems = items_of(ATOM.encode(), ADDRESS, 100)
    assert (item.key, item.title, problems) == ("a1", "声明", ())


def test_a_feed_with_more_entries_than_are_looked_at_says_so() -> None:
    items, problems = items_of(RSS, ADDRESS, 1)
    assert [item.key for item in items] == ["g1"]
    assert [problem.code for problem in problems] == ["feed-long"]


def test_what_is_no_feed_is_a_problem() -> None:
    assert codes(b"<html><body>hello</body></html>") == ["feed-broken"]
    assert codes(b"") == ["feed-broken"]
    assert codes(b"http://e.org/looks-like-an-address") == ["feed-broken"]
    assert codes(b'<rss version="2.0"><channel><title>t</title></channel></rss>') == ["feed-empty"]


def test_a_feed_that_breaks_off_gives_what_stands_before() -> None:
    items, problems = items_of(RSS[: RSS.index(b"Trap")], ADDRESS, 100)
    assert [item.key for item in items][:2] == ["g1", "https://other.example/two"]
    assert "feed-damaged" in [problem.code for problem in problems]


def test_entities_of_a_feed_neither_swell_nor_read_files() -> None:
    items, _ = items_of(BOMB, ADDRESS, 100)
    assert all("root:" not in item.title and len(item.title) < 1_000 for item in items)


class Endless(http.server.BaseHTTPRequestHandler):
    """Answers with a feed that never ends, or that is not there."""

    def do_GET(self) -> None:
        if self.path == "/gone":
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("content-type", "application/rss+xml")
        self.end_headers()
        try:
            self.wfile.write(b'<rss version="2.0"><channel>')
            while True:
                self.wfile.write(b"<item><title>x</title><link>http://e.org/x</link></item>" * 1_000)
        except OSError:
            return

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002, ARG002 - as the base class has it
        return


@pytest.fixture
def server() -> Iterator[str]:
    made = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Endless)
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{made.server_address[1]}"
    made.shutdown()
    made.server_close()
    thread.join()


def test_a_feed_that_never_ends_is_cut_off_with_a_message(server: str) -> None:
    settings = replace(ReadSettings(), allow_private=True, max_bytes=1_000_000)
    items, (problem,) = read_feed(f"{server}/feed", settings, 100)
    assert (items, problem.code) == ((), "too-large")


def test_a_feed_that_is_not_there_or_private_is_a_problem(server: str) -> None:
    assert read_feed(f"{server}/gone", ReadSettings(allow_private=True), 9)[1][0].code == "address-status"
    assert read_feed(f"{server}/feed", ReadSettings(), 9)[1][0].code == "address-private"
