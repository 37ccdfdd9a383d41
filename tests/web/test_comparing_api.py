"""The JSON API of comparing."""

from __future__ import annotations

import json

from dragoman.model.lineage_format import lineage_to_row
from tests.web.client import TestClient
from tests.web.series import QUERY, SERIES, add_series
from tests.web.toy import ToyWorkspace

EVENTS = """date,party,title,target,topic
2026-02-10,United States,Rule on exports of lamps to China,China,export-control
2026-03-12,European Union,Rule on exports of lamps to China,China,export-control
"""


def test_a_lineage_is_given_in_the_rows_of_the_command_line(client: TestClient, workspace: ToyWorkspace) -> None:
    add_series(workspace)
    found = client.get(f"/api/lineage?{QUERY}").json()
    assert [text["ordinal"] for text in found["texts"]] == [1, 3, 4]
    assert found["gaps"] == [{"ordinals": [2], "after": "council-1-oslo", "before": "council-3-kobe"}]
    lineage = workspace.comparing.lineage(list(SERIES))
    wanted = [lineage_to_row(line) for line in lineage.lines if line.dropped_in or not line.first]
    assert found["lines"] == json.loads(json.dumps(wanted))
    assert "series-gap" in {problem["code"] for problem in found["problems"]}
    whole = client.get(f"/api/lineage?{QUERY}&first=true").json()
    assert len(whole["lines"]) == len(wanted) + 3
    quantum = client.get(f"/api/lineage?{QUERY}&topic=quantum").json()
    assert [line["label"] for line in quantum["lines"]] == ["new", "repeated"]


def test_a_coordination_is_given_with_and_without_events(client: TestClient) -> None:
    query = "first=US&second=EU&topic=export-control"
    assert client.get(f"/api/coordination?{query}").json()["overall"]["total"] == 0
    files = {"events": ("events.csv", EVENTS.encode(), "text/csv")}
    found = client.post(f"/api/coordination?{query}", files=files).json()
    assert found["overall"]["matched"][0]["lag"] == 30
    assert found["settings"]["normalisation"] == "activity"


def test_a_profile_is_given(client: TestClient) -> None:
    found = client.get("/api/profile?document=accord&by=technology").json()
    assert found["by"] == "technology"
    assert {cell["value"] for cell in found["cells"]} >= {"quantum", "semiconductors"}


def test_what_cannot_be_given_is_a_problem_document(client: TestClient) -> None:
    for path, status in {
        "/api/lineage": 404,
        "/api/lineage?document=accord&document=nothing": 404,
        "/api/lineage?document=accord&document=rule&topic=lamps": 400,
        "/api/coordination": 400,
        "/api/coordination?first=US&second=EU&since=2024-01-02&until=2024-01-01": 400,
        "/api/coordination?first=US&second=EU&window=x": 422,
        "/api/profile": 404,
        "/api/profile?document=accord&by=colour": 422,
    }.items():
        response = client.get(path)
        assert response.status_code == status, path
        assert response.headers["content-type"] == "application/problem+json"
