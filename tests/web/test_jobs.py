"""The page of background work, and what it says beside the documents of a case."""

from __future__ import annotations

import pytest
from fastapi import FastAPI

from tests.web.client import TestClient
from tests.web.test_docket import HOSTILE, docket, hand_in
from tests.web.test_screening import whole

__all__ = ["docket"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_job_waits_is_cancelled_retried_and_done(app: FastAPI, docket: TestClient, language: str) -> None:
    said = {"accept-language": language}
    page = hand_in(docket)
    assert whole_page(docket, "/jobs", said).count("<form") == 1
    assert docket.post("/jobs/1/cancel", follow_redirects=False).status_code == 303
    assert docket.post("/jobs/1/cancel").status_code == 409
    assert docket.post("/jobs/1/retry", follow_redirects=False).status_code == 303
    app.state.workspace.jobs().work(once=True)
    assert "plan.txt" in whole_page(docket, "/jobs?state=done", said)
    assert "plan.txt" not in whole_page(docket, "/jobs?state=failed", said)
    sentences = "1 句" if language == "zh" else "1 sentence"
    assert sentences in whole_page(docket, page, said)


def whole_page(client: TestClient, path: str, headers: dict[str, str]) -> str:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200
    whole(answer.text)
    return str(answer.text)


def test_a_new_list_lets_open_cases_wait_for_screening(docket: TestClient) -> None:
    page = hand_in(docket)
    files = {"file": ("more.csv", b"id,name\nX-1,Meadowlark Data Works LLC\n", "text/csv")}
    assert docket.post("/lists", files=files, data={"name": "more", "form": "plain"}).status_code == 200
    assert page in docket.get("/jobs?state=waiting").text
    assert "Screen the parties" in docket.get("/jobs", headers={"accept-language": "en"}).text


def test_names_of_documents_never_become_markup(docket: TestClient) -> None:
    page = hand_in(docket)
    docket.post(f"{page}/attach", files={"file": (f"{HOSTILE}.txt", b"x", "text/plain")})
    assert HOSTILE not in docket.get("/jobs").text


def test_what_is_not_there_is_a_404(docket: TestClient) -> None:
    assert docket.post("/jobs/99/cancel").status_code == 404
    assert docket.post("/jobs/99/fly").status_code == 404
    assert docket.get("/jobs?state=lost").status_code == 422


def test_health_says_that_the_database_answers(client: TestClient) -> None:
    said = client.get("/health").json()
    assert (said["status"], said["database"]) == ("ok", "ok")
    assert said["version"]
