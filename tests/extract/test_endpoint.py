from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from dragoman.extract.endpoint import UNMEASURED, BadEndpointError, Endpoint, EndpointCoder, EndpointError
from dragoman.lexicon import load_lexicon
from dragoman.model import Kind
from dragoman.read import read_text

TEXT = "Norway will open an office in Singapore. The weather was fine."
GOOD = {
    "sentence": 0,
    "trigger": "will",
    "kind": "commitment",
    "force": 3,
    "actors": ["Norway"],
    "aim": "open an office",
}


class Answering(HTTPServer):
    """A loopback endpoint that answers with a prepared body and keeps what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.status, self.body = 200, b"{}"
        self.asked: list[dict[str, Any]] = []
        self.headers: list[str | None] = []

    def answer(self, rows: object) -> None:
        content = json.dumps({"provisions": rows})
        self.body = json.dumps({"choices": [{"message": {"content": content}}]}).encode()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        server = self.server
        assert isinstance(server, Answering)
        server.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        server.headers.append(self.headers.get("Authorization"))
        self.send_response(server.status)
        self.end_headers()
        self.wfile.write(server.body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Answering]:
    server = Answering()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def coder(server: Answering) -> EndpointCoder:
    return EndpointCoder(Endpoint(server.url, "toy", key="secret", seconds=5), load_lexicon())


def test_a_line_that_stands_in_the_text_is_taken_as_the_models_own(
    server: Answering, coder: EndpointCoder
) -> None:
    server.answer([GOOD])
    coded = coder.code(read_text(TEXT, slug="sample"))
    (line,) = coded.provisions
    assert (line.kind, line.force, line.trigger, line.actors) == (Kind.COMMITMENT, 3, "will", ("Norway",))
    assert TEXT[line.start : line.end] == line.quote.exact == "Norway will open an office in Singapore."
    assert line.coder == coded.coder == "model/toy"
    assert line.confidence == UNMEASURED
    assert coded.problems == ()


def test_the_key_and_the_sentences_are_sent(server: Answering, coder: EndpointCoder) -> None:
    server.answer([])
    coder.code(read_text(TEXT, slug="sample"))
    assert server.headers == ["Bearer secret"]
    assert "[0] Norway will open an office in Singapore." in server.asked[0]["messages"][1]["content"]
    assert server.asked[0]["temperature"] == 0


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"trigger": "shall"}, "trigger that does not stand"),
        ({"trigger": ""}, "trigger that does not stand"),
        ({"aim": "close an office"}, "aim that does not stand"),
        ({"kind": "promise"}, "unknown kind"),
        ({"kind": ["commitment"]}, "unknown kind"),
        ({"force": 9}, "unknown force"),
        ({"force": True}, "unknown force"),
        ({"sentence": 77}, "not sent"),
        ({"technologies": ["teleportation"]}, "unknown tag"),
        ({"actors": "Norway"}, "no list of names"),
    ],
)
def test_what_the_text_does_not_bear_out_is_rejected(
    server: Answering, coder: EndpointCoder, change: dict[str, object], fault: str
) -> None:
    server.answer([{**GOOD, **change}])
    coded = coder.code(read_text(TEXT, slug="sample"))
    assert coded.provisions == ()
    assert fault in coded.problems[0].message
    assert coded.problems[0].code == "model-line-rejected"


def broken(server: Answering) -> None:
    server.body = b"not json"


def refused(server: Answering) -> None:
    server.status = 401


def listless(server: Answering) -> None:
    server.answer("none")


@pytest.mark.parametrize("spoil", [broken, refused, listless])
def test_an_endpoint_that_fails_is_named(
    server: Answering, coder: EndpointCoder, spoil: Callable[[Answering], None]
) -> None:
    spoil(server)
    with pytest.raises(EndpointError, match=r"127\.0\.0\.1"):
        coder.code(read_text(TEXT, slug="sample"))


def test_an_endpoint_that_is_not_there_is_named() -> None:
    coder = EndpointCoder(Endpoint("http://127.0.0.1:9/v1", "toy", seconds=2), load_lexicon())
    with pytest.raises(EndpointError, match="cannot be reached"):
        coder.code(read_text(TEXT, slug="sample"))


def test_each_answer_is_told(server: Answering) -> None:
    server.answer([])
    told: list[tuple[int, int]] = []
    endpoint = Endpoint(server.url, "toy", sentences=1)
    EndpointCoder(endpoint, load_lexicon()).code(read_text(TEXT, slug="sample"), lambda *now: told.append(now))
    assert told == [(0, 2), (1, 2), (2, 2)]


@pytest.mark.parametrize(
    ("endpoint", "fault"),
    [
        (Endpoint("localhost:11434/v1", "toy"), "begins with http"),
        (Endpoint("http://", "toy"), "begins with http"),
        (Endpoint("http://[::1/v1", "toy"), "malformed address"),
        (Endpoint("http://127.0.0.1:99999/v1", "toy"), "malformed address"),
        (Endpoint("http://127.0.0.1/v1\n", "toy"), "malformed address"),
        (Endpoint("http://ann:secret@127.0.0.1/v1", "toy"), "name or password"),
        (Endpoint("http://127.0.0.1/v1", " "), "name of a model"),
        (Endpoint("http://127.0.0.1/v1", "toy", key="a\nb"), "cannot be sent"),
    ],
)
def test_an_endpoint_that_cannot_be_asked_is_refused(endpoint: Endpoint, fault: str) -> None:
    with pytest.raises(BadEndpointError, match=fault):
        endpoint.checked()
    good = Endpoint("https://models.example:8443/v1", "toy", "secret")
    assert good.checked() is good
