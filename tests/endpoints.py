"""A loopback endpoint for the tests: it answers with prepared lines and keeps what it was asked."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any


class Endpoint(HTTPServer):
    """An OpenAI-compatible endpoint whose model finds prepared lines; `sentence` is how theirs begins."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status = 200
        self.rows: Sequence[Mapping[str, Any]] = ()
        self.questions: list[str] = []
        self.keys: list[str | None] = []

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.server_port}/v1"


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        server = self.server
        assert isinstance(server, Endpoint)
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        server.questions.append(asked["messages"][1]["content"])
        server.keys.append(self.headers.get("Authorization"))
        self.send_response(server.status)
        self.end_headers()
        content = json.dumps({"provisions": list(found(server.rows, server.questions[-1]))})
        self.wfile.write(json.dumps({"choices": [{"message": {"content": content}}]}).encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def found(rows: Sequence[Mapping[str, Any]], question: str) -> Iterator[dict[str, Any]]:
    """Yield the lines whose sentence is in the question, with its number."""
    for row in rows:
        number = re.search(r"\[(\d+)\] " + re.escape(row["sentence"]), question)
        if number:
            yield {**row, "sentence": int(number.group(1))}


@contextmanager
def serving() -> Iterator[Endpoint]:
    """Give a running endpoint."""
    with Endpoint() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
