from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest

from tests.cli.conftest import Run

NEWS = """Readout of the quay

The United States and Japan have set up the joint quantum research programme, which opens on the quay.

Lunch was served.
"""
PAGE = f"<html><head><title>Readout of the quay</title></head><body><p>{NEWS}</p></body></html>"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def put(folder: Path, name: str, text: str) -> None:
    (folder / f"{name}.txt").write_text(text, encoding="utf-8")


def test_a_new_file_tells_which_commitment_it_touches_and_why(filled: Run, inbox: Path) -> None:
    assert filled("watch", "add", "quay", "--folder", str(inbox), "--document", "lakeside").code == 0
    put(inbox, "news", NEWS)
    (row,) = filled("--json", "watch", "run").rows
    assert (row["watch"], row["doc"], row["matched"]) == ("quay", "news", True)
    assert [touch["commitment"] for touch in row["touches"]] == [
        "The United States and Japan will establish a joint quantum research programme by 31 March 2027."
    ]
    assert {"quantum", "programme"} <= set(row["touches"][0]["why"])
    assert "nothing new" in filled("watch", "run").err


def test_a_changed_file_is_looked_at_again(filled: Run, inbox: Path) -> None:
    filled("watch", "add", "quay", "--folder", str(inbox))
    put(inbox, "news", "Nothing happened.\n")
    assert "touches no commitment" in filled("watch", "run").out
    put(inbox, "news", NEWS)
    (row,) = filled("--json", "watch", "run").rows
    assert row["version"] == 2
    assert row["touches"]


def test_a_document_that_does_not_fit_the_question_is_passed_over(filled: Run, inbox: Path) -> None:
    filled("watch", "add", "space", "--folder", str(inbox), "--technology", "space")
    put(inbox, "news", NEWS)
    assert "does not fit the question" in filled("watch", "run").out


def test_the_digest_in_every_form(filled: Run, inbox: Path, tmp_path: Path) -> None:
    filled("watch", "add", "quay", "--folder", str(inbox), "--document", "lakeside")
    put(inbox, "news", NEWS)
    filled("watch", "run")
    assert "It touches 1 commitment:" in filled("watch", "digest").out
    assert "涉及1项承诺" in filled("watch", "digest", "--language", "zh").out
    assert "<blockquote" in filled("watch", "digest", "--format", "html").out
    for form in ("rss", "atom"):
        out = filled("watch", "digest", "--format", form).out
        assert out == filled("watch", "digest", "--format", form).out
        assert len(feedparser.parse(out.encode()).entries) == 1
    assert "No new document matters" in filled("watch", "digest", "--since", "2999-01-01").out
    filled("watch", "digest", "--format", "docx", "--output", str(tmp_path / "d.docx"))
    assert (tmp_path / "d.docx").read_bytes()[:2] == b"PK"


def test_a_watch_is_listed_and_removed_and_what_it_saw_stays(filled: Run, inbox: Path) -> None:
    filled("watch", "add", "quay", "--folder", str(inbox))
    put(inbox, "news", NEWS)
    filled("watch", "run")
    assert [row["name"] for row in filled("--json", "watch", "list").rows] == ["quay"]
    assert filled("watch", "remove", "quay").code == 0
    assert filled("--json", "watch", "list").rows == []
    assert len(feedparser.parse(filled("watch", "digest", "--format", "rss").out.encode()).entries) == 1


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((), "one place"),
        (("--folder", "a", "--feed", "http://e.org/f"), "one place"),
        (("--feed", "file:///etc/passwd"), "not an http or https address"),
        (("--folder", "a", "--document", "nowhere"), "nowhere"),
        (("--folder", "a", "--technology", "quantums"), "quantum"),
    ],
)
def test_a_watch_that_makes_no_sense_is_refused(filled: Run, options: tuple[str, ...], words: str) -> None:
    ran = filled("watch", "add", "odd", *options)
    assert ran.code == 2
    assert words in ran.err


def test_names_are_taken_once_and_must_exist(filled: Run, inbox: Path) -> None:
    filled("watch", "add", "quay", "--folder", str(inbox))
    assert "already" in filled("watch", "add", "quay", "--folder", str(inbox)).err
    assert "There is no watch `key`" in filled("watch", "run", "key").err
    assert "There is no watch `key`" in filled("watch", "remove", "key").err


def test_a_folder_that_is_gone_and_files_that_cannot_be_read_are_told(filled: Run, inbox: Path) -> None:
    filled("watch", "add", "quay", "--folder", str(inbox))
    (inbox / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    ran = filled("watch", "run")
    assert ran.code == 1
    assert "not read" in ran.out
    assert "### Not read" in filled("watch", "digest").out
    (inbox / "broken.pdf").unlink()
    inbox.rmdir()
    assert filled("watch", "run").code == 1


def test_a_damaged_file_of_watches_is_told_and_left_as_it_is(filled: Run, tmp_path: Path) -> None:
    (tmp_path / "w" / "watches.yaml").write_text("- name: [", encoding="utf-8")
    ran = filled("watch", "list")
    assert ran.code == 2
    assert "watches.yaml cannot be used" in ran.err
    assert (tmp_path / "w" / "watches.yaml").read_text(encoding="utf-8") == "- name: ["


class Press(http.server.BaseHTTPRequestHandler):
    """Serves a feed with one page."""

    def do_GET(self) -> None:
        host = self.headers["host"]
        feed = f'<rss version="2.0"><channel><item><guid>1</guid><link>http://{host}/quay.html</link></item></channel></rss>'
        body = (feed if self.path == "/feed" else PAGE).encode()
        self.send_response(200)
        self.send_header("content-type", "application/rss+xml" if self.path == "/feed" else "text/html")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002, ARG002 - as the base class has it
        return


@pytest.fixture
def press() -> Iterator[str]:
    made = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Press)
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{made.server_address[1]}/feed"
    made.shutdown()
    made.server_close()
    thread.join()


def test_a_feed_is_read_once(filled: Run, press: str) -> None:
    filled("watch", "add", "press", "--feed", press, "--document", "lakeside")
    (row,) = filled("--json", "watch", "run", "--allow-private").rows
    assert row["address"].endswith("/quay.html")
    assert row["touches"]
    assert filled("--json", "watch", "run", "--allow-private").rows == []


def test_a_feed_inside_a_private_network_is_refused(filled: Run, press: str) -> None:
    filled("watch", "add", "press", "--feed", press)
    ran = filled("watch", "run")
    assert ran.code == 1
    assert "private" in ran.err
