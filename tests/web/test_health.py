"""What a server says of itself: health, figures for Prometheus, lines of the log without anybody's words."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from fastapi import FastAPI

from dragoman.cli.logs import JsonLines, LogFormat, TextLines, write_log
from dragoman.model import StoreError
from dragoman.web.health import line
from dragoman.web.request_log import BOUNDS, Figures
from tests.web.client import TestClient
from tests.web.test_docket import COMPLETE, hand_in
from tests.web.toy import ToyWorkspace

AWAY, SECRET = "The server db.internal went away.", "the secret of the text"
SAMPLE = re.compile(r'^([a-z_]+)(?:\{((?:[a-z]+="(?:[^"\\]|\\.)*",?)*)\})? (-?[0-9.e+-]+)$')


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What requests write, one JSON object a line."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logger = logging.getLogger("dragoman")
    logger.addHandler(handler)
    before = logger.level
    logger.setLevel(logging.INFO)
    yield stream
    logger.removeHandler(handler)
    logger.setLevel(before)


def rows(log: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(one) for one in log.getvalue().splitlines()]


def test_a_register_that_can_be_used_is_ready(client: TestClient) -> None:
    assert client.get("/health/live").json()["status"] == "ok"
    for path in ("/health", "/health/ready"):
        answer = client.get(path)
        assert (answer.status_code, answer.json()["status"], answer.json()["database"]) == (200, "ok", "ok")


def test_a_database_that_is_away_is_a_503_that_does_not_say_where_it_is(
    client: TestClient, workspace: ToyWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise StoreError(AWAY)

    monkeypatch.setattr(type(workspace._register), "health", away)  # noqa: SLF001
    for path in ("/health", "/health/ready"):
        answer = client.get(path)
        assert answer.status_code == 503
        assert answer.headers["content-type"].startswith("application/problem+json")
        assert "internal" not in answer.text
    assert client.get("/health/live").status_code == 200


def test_tables_of_another_form_are_not_ready(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.register.health.HEAD", "9999")
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert "9999" in answer.json()["detail"]


def test_work_that_nobody_does_is_said_but_does_not_take_the_pages_away(
    client: TestClient, workspace: ToyWorkspace
) -> None:
    hand_in(client)
    now = workspace.jobs().jobs()[0].due
    workspace._clock = lambda: now + timedelta(minutes=9)  # noqa: SLF001 - the time is set on
    assert client.get("/health").json()["oldest_seconds"] == 540
    workspace._clock = lambda: now + timedelta(minutes=11)  # noqa: SLF001
    late = client.get("/health")
    assert (late.status_code, late.json()["title"]) == (503, "Service Unavailable")
    assert client.get("/health/ready").status_code == 200


def test_figures_are_lines_that_prometheus_reads(client: TestClient) -> None:
    hand_in(client)
    client.get("/docket/AX-2026-00001")
    client.get("/there-is-nothing-here")
    text = client.get("/metrics").text
    samples = [one for one in text.splitlines() if not one.startswith("#")]
    found = {}
    for one in samples:
        parsed = SAMPLE.match(one)
        assert parsed, one
        found[parsed[1], parsed[2] or ""] = float(parsed[3])
    typed = set(re.findall(r"^# TYPE (\S+) ", text, re.MULTILINE))
    assert {re.sub(r"_(bucket|count|sum)$", "", name) for name, _ in found} == typed
    route = 'method="GET",route="/docket/{number}"'
    assert found["dragoman_requests_total", f'{route},status="200"'] == 1
    assert found["dragoman_request_seconds_bucket", f'{route},le="+Inf"'] == 1
    assert found["dragoman_requests_total", 'method="GET",route="",status="404"'] == 1
    assert found["dragoman_jobs", 'state="waiting"'] == 1
    assert found["dragoman_register_rows", 'table="cases"'] == 1
    assert "AX-2026" not in text


def test_the_histogram_counts_upwards() -> None:
    figures = Figures()
    for seconds in (0.001, 0.3, 60.0):
        figures.note("GET", "/", 200, seconds)
    row = figures.copy()[1]["GET", "/"]
    assert row[: len(BOUNDS)] == sorted(row[: len(BOUNDS)])
    assert (row[0], row[len(BOUNDS) - 1], row[-2], round(row[-1], 3)) == (1, 2, 3, 60.301)


def test_values_of_labels_are_escaped() -> None:
    assert line("x", {"a": 'q"\\\n'}, 1) == 'x{a="q\\"\\\\\\n"} 1'


def test_a_request_is_a_line_with_its_template_and_nothing_that_was_sent(
    client: TestClient, log: io.StringIO
) -> None:
    secret = "a-word-nobody-may-read"  # noqa: S105 - of the test
    page = hand_in(client, COMPLETE, organisation=secret)
    sent = {"authorization": f"Bearer {secret}"}
    client.post(f"{page}/comment", data={"text": secret}, headers=sent, follow_redirects=False)
    client.get(f"/docket?text={secret}", headers={"cookie": f"dragoman_session={secret}", "user-agent": secret})
    client.get(f"/{secret}")
    found = [one for one in rows(log) if one["message"] == "request"]
    assert [(one["method"], one["route"], one["status"]) for one in found] == [
        ("POST", "/docket", 303),
        ("POST", "/docket/{number}/{what}", 303),
        ("GET", "/docket", 200),
        ("GET", "", 404),
    ]
    assert set(found[0]) == {
        "time", "level", "logger", "message", "request", "account", "method", "route", "status", "milliseconds",
    }  # fmt: skip
    assert secret not in log.getvalue()


def test_a_defect_is_logged_with_its_place_and_without_its_words(
    app: FastAPI, client: TestClient, log: io.StringIO
) -> None:
    @app.get("/broken")
    def broken() -> None:
        raise ValueError(SECRET)

    assert client.get("/broken", headers={"x-request-id": "abcdef-0123"}).status_code == 500
    (defect,) = [one for one in rows(log) if one["level"] == "error"]
    assert (defect["request"], defect["error"]) == ("abcdef-0123", "ValueError")
    assert "broken" in str(defect["trace"])
    assert SECRET not in log.getvalue()


@pytest.mark.parametrize("given", ["", "short", "x" * 65, "a b c d e f", "<script>alert</script>"])
def test_an_identifier_that_is_none_is_replaced(client: TestClient, given: str) -> None:
    answered = client.get("/health/live", headers={"x-request-id": given}).headers["x-request-id"]
    assert re.fullmatch(r"[0-9a-f]{16}", answered)


@pytest.mark.parametrize(("form", "formatter"), [(LogFormat.TEXT, TextLines), (LogFormat.JSON, JsonLines)])
def test_the_log_is_written_as_asked(form: LogFormat, formatter: type[logging.Formatter]) -> None:
    root, own = logging.getLogger(), logging.getLogger("dragoman")
    before, level = root.handlers[:], own.level
    try:
        write_log(form)
        assert [type(one.formatter) for one in root.handlers] == [formatter]
    finally:
        root.handlers[:] = before
        own.setLevel(level)


def test_a_line_of_text_carries_its_fields() -> None:
    record = logging.LogRecord("dragoman", logging.INFO, "", 0, "job", None, None)
    record.job, record.state = 7, "done"
    assert TextLines().format(record).endswith("INFO dragoman: job job=7 state=done")
