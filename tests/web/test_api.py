from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from fastapi import FastAPI
from openpyxl import load_workbook

from dragoman.model import Kind, Query, ReviewState
from dragoman.model.interchange import entry_to_row
from tests.web.client import TestClient
from tests.web.texts import ACCORD
from tests.web.toy import ToyWorkspace


def lines(client: TestClient, **parameters: str | list[str]) -> list[dict[str, Any]]:
    response = client.get("/api/provisions", params=parameters)
    assert response.status_code == 200, response.text
    found: list[dict[str, Any]] = response.json()["lines"]
    return found


def test_documents_are_listed(client: TestClient) -> None:
    rows = {row["slug"]: row for row in client.get("/api/documents").json()}
    assert set(rows) == {"accord", "rule"}
    assert rows["accord"]["guessed"] == ["date", "title"]
    assert rows["accord"]["provisions"]["prohibition"] == 2
    assert rows["accord"]["version"] == 1


def test_a_document_comes_with_its_text_and_structure(client: TestClient) -> None:
    document = client.get("/api/documents/accord").json()
    assert document["text"] == ACCORD
    assert [run["language"] for run in document["runs"]] == ["en", "zh"]
    first = document["sentences"][0]
    assert document["text"][first["start"] : first["end"]] == "Home"
    assert client.get("/api/documents/accord?version=1").json() == document
    assert client.get("/api/documents/accord?version=9").status_code == 404


def test_provisions_stand_in_the_interchange_format(client: TestClient, workspace: ToyWorkspace) -> None:
    entries = workspace.provisions(Query(limit=None)).entries
    assert [line["provision"] for line in lines(client)] == [entry_to_row(entry) for entry in entries]


def test_provisions_are_filtered(client: TestClient) -> None:
    kinds = [line["provision"]["kind"] for line in lines(client, kind=["measure", "permission"])]
    assert sorted(kinds) == ["measure", "permission", "permission"]
    assert len(lines(client, due_to="2027-12-31")) == 2
    assert [line["provision"]["doc"] for line in lines(client, document="rule", limit="1")] == ["rule"]


def test_one_provision_with_reasons_and_permalink(client: TestClient) -> None:
    first = lines(client)[0]
    identifier = first["provision"]["id"]
    assert client.get(f"/api/provisions/{identifier}").json() == first
    assert first["permalink"] == f"/d/accord#{identifier}"
    why = next(why for why in first["why"] if why["field"] == "technologies")
    assert ACCORD[why["start"] : why["end"]] == "chip"


def test_facets_count_values(client: TestClient) -> None:
    facets = client.get("/api/facets?document=rule").json()
    assert sorted(facets["kinds"]) == [["commitment", 1], ["permission", 1], ["prohibition", 1]]


def test_search_finds_two_character_words(client: TestClient) -> None:
    page = client.get("/api/search", params={"q": "芯片"}).json()
    assert page["total"] == 1
    [hit] = page["hits"]
    [[start, end]] = hit["marks"]
    assert hit["text"][start:end] == "芯片"
    assert client.get("/api/search").status_code == 422


def test_problems_are_listed(client: TestClient) -> None:
    [problem] = client.get("/api/problems?document=accord").json()
    assert problem["code"] == "title-guessed"
    assert problem["remedy"] == "Add a sidecar."


def test_a_file_is_read(client: TestClient, workspace: ToyWorkspace) -> None:
    response = client.post("/api/documents", files={"file": ("neu.txt", b"Alba will go.")})
    [outcome] = response.json()
    assert (outcome["status"], outcome["doc"], outcome["provisions"]) == ("new", "neu", {"commitment": 1})
    assert workspace.document("neu").text == "Alba will go."


def test_a_file_that_cannot_be_read_is_an_outcome_with_a_problem(client: TestClient) -> None:
    [outcome] = client.post("/api/documents", files={"file": ("void.txt", b"")}).json()
    assert outcome["status"] == "failed"
    assert outcome["problems"][0]["remedy"] == "Give a file with text."


def test_an_address_is_read_and_a_path_is_not(client: TestClient) -> None:
    [outcome] = client.post("/api/read", json={"address": "https://example.org/x"}).json()
    assert outcome["status"] == "failed"
    refused = client.post("/api/read", json={"address": "/etc/hosts"})
    assert refused.status_code == 422
    assert refused.json()["remedy"].startswith("Give an address")


def test_a_decision_is_recorded_with_its_history(client: TestClient) -> None:
    identifier = lines(client)[0]["provision"]["id"]
    body = {"state": "edited", "reviewer": "Mara", "reason": "weaker", "changes": {"force": 2}}
    line = client.post(f"/api/provisions/{identifier}/review", json={**body, "expected": "candidate"}).json()
    assert line["state"] == "edited"
    assert line["provision"]["force"] == 2
    assert line["review"]["reason"] == "weaker"
    history = client.get(f"/api/provisions/{identifier}/history").json()
    assert [review["state"] for review in history["reviews"]] == ["edited"]
    assert history["lines"][0]["provision"]["force"] == 3


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"state": "accepted", "reviewer": "Mara", "expected": "rejected"}, 409),
        ({"state": "edited", "reviewer": "Mara"}, 400),
        ({"state": "edited", "reviewer": "Mara", "changes": {"colour": "red"}}, 400),
        ({"state": "maybe", "reviewer": "Mara"}, 422),
        ({"state": "accepted", "reviewer": ""}, 422),
        ({"state": "accepted"}, 422),
    ],
)
def test_a_decision_that_cannot_be_made_is_a_problem_document(
    client: TestClient, workspace: ToyWorkspace, body: dict[str, Any], status: int
) -> None:
    identifier = lines(client)[0]["provision"]["id"]
    response = client.post(f"/api/provisions/{identifier}/review", json=body)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == status
    assert problem["detail"]
    assert problem["remedy"]
    assert workspace.provision(identifier).state is ReviewState.CANDIDATE


@pytest.mark.parametrize(
    "path",
    [
        "/api/documents/nowhere",
        "/api/provisions/nowhere:0",
        "/api/provisions/nowhere:0/history",
        "/api/nothing",
    ],
)
def test_what_is_not_there_is_a_problem_document(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["instance"] == path
    assert response.json()["remedy"]


def test_a_method_that_is_not_known_is_a_problem_document(client: TestClient) -> None:
    response = client.delete("/api/documents")
    assert response.status_code == 405
    assert response.json()["title"] == "Method Not Allowed"


def test_a_body_that_is_no_json_is_a_problem_document(client: TestClient) -> None:
    response = client.post("/api/read", content=b"{", headers={"content-type": "application/json"})
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"


def rows_of(workspace: ToyWorkspace, *kinds: Kind) -> list[dict[str, Any]]:
    return [entry_to_row(entry) for entry in workspace.export(Query(kinds=kinds))]


def test_export_as_json_lines_is_the_interchange_format(client: TestClient, workspace: ToyWorkspace) -> None:
    response = client.get("/api/export/jsonl?limit=2")
    assert response.headers["content-type"] == "application/x-ndjson"
    assert 'filename="provisions.jsonl"' in response.headers["content-disposition"]
    assert [json.loads(line) for line in response.text.splitlines()] == rows_of(workspace)


def test_export_as_tables_has_every_line_and_field(client: TestClient, workspace: ToyWorkspace) -> None:
    rows = rows_of(workspace, Kind.COMMITMENT)
    table = list(
        csv.DictReader(io.StringIO(client.get("/api/export/csv?kind=commitment").content.decode("utf-8-sig")))
    )
    assert [row["id"] for row in table] == [row["id"] for row in rows]
    assert list(table[0]) == list(rows[0])
    book = load_workbook(io.BytesIO(client.get("/api/export/xlsx?kind=commitment").content))
    cells = list(book.worksheets[0].values)
    assert list(cells[0]) == list(rows[0])
    assert len(cells) == len(rows) + 1


def test_export_of_a_form_that_does_not_exist(client: TestClient) -> None:
    assert client.get("/api/export/docx").status_code == 422


def test_the_description_names_every_answer(app: FastAPI) -> None:
    description = app.openapi()
    assert description["info"]["title"] == "dragoman"
    for path, methods in description["paths"].items():
        assert path.startswith("/api/")
        for operation in methods.values():
            assert operation["description"]
            assert "422" in operation["responses"]
