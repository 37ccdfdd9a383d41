"""What every endpoint has in common: pages by cursor, ETags, preconditions, errors, examples."""

from __future__ import annotations

import re
from typing import Any

import pytest
from fastapi import FastAPI

from dragoman.model import Kind, Query, ReviewState
from dragoman.register.faults import GoneError
from dragoman.web.paging import packed, unpacked
from tests.web.client import TestClient
from tests.web.toy import ToyWorkspace

PROBLEM = {"type", "title", "status", "detail", "code", "remedy", "position", "instance"}
PAGED = (
    "/api/provisions", "/api/provisions?order=confidence", "/api/documents", "/api/documents?sort=title",
    "/api/search?q=the", "/api/problems", "/api/track", "/api/rules", "/api/actors", "/api/terms",
)  # fmt: skip


MANY = 2


def things(answer: Any) -> list[Any]:  # noqa: ANN401 - JSON
    """The things of an answer: the list that it is, or that it holds."""
    if isinstance(answer, list):
        return answer
    return next(answer[name] for name in ("lines", "hits", "rows", "actors", "concepts") if name in answer)


def walk(client: TestClient, address: str) -> list[Any]:
    """All things of an address, one a page, following the links."""
    found: list[Any] = []
    onward: str | None = f"{address}{'&' if '?' in address else '?'}limit=1"
    while onward and len(found) < 12:
        response = client.get(onward)
        assert response.status_code == 200, response.text
        assert len(things(response.json())) <= 1
        found += things(response.json())
        link = re.fullmatch(r'<(/api/[^>]+)>; rel="next"', response.headers.get("link", ""))
        onward = link[1] if link else None
    return found


def test_pages_by_cursor_are_the_whole(client: TestClient, workspace: ToyWorkspace) -> None:
    workspace.termbank.import_shipped(by="Mara")
    sizes = {}
    for address in PAGED:
        whole = things(client.get(address).json())
        assert walk(client, address) == whole[:12], address
        sizes[address] = len(whole)
    assert {address for address, size in sizes.items() if size < MANY} == set()


def test_a_page_goes_on_behind_the_last_line_though_lines_are_gone(
    client: TestClient, workspace: ToyWorkspace
) -> None:
    first = client.get("/api/provisions?limit=2&review=candidate")
    onward = re.findall("<([^>]+)>", first.headers["link"])[0]
    whole = [one["provision"]["id"] for one in client.get("/api/provisions?review=candidate").json()["lines"]]
    workspace.review(whole[0], ReviewState.ACCEPTED, reviewer="Mara")
    assert [one["provision"]["id"] for one in client.get(onward).json()["lines"]] == whole[2:4]


def test_a_cursor_that_is_none_is_refused(client: TestClient) -> None:
    for cursor in ["x", "AAAA", "W10", packed("a", 1)[:-3], "é"]:
        for address in ("/api/provisions", "/api/documents", "/api/docket", "/api/jobs", "/api/audit"):
            answer = client.get(address, params={"cursor": cursor})
            assert (answer.status_code, answer.json()["code"]) == (422, "cursor")


def test_a_cursor_whose_line_is_gone_says_so(client: TestClient) -> None:
    answer = client.get("/api/provisions", params={"cursor": packed("accord:0", 3)})
    assert (answer.status_code, answer.json()["code"]) == (404, "lost-place")
    assert unpacked(packed("量子:1", 7)) == ("量子:1", 7)


def line_of(workspace: ToyWorkspace) -> str:
    return workspace.provisions(Query(kinds=(Kind.COMMITMENT,), limit=1)).entries[0].provision.id


def test_what_the_caller_has_is_not_sent_again(client: TestClient, workspace: ToyWorkspace) -> None:
    line = line_of(workspace)
    for address in ("/api/documents/accord", "/api/provisions", "/api/provisions/{}", "/api/docket", "/api/terms"):
        first = client.get(address.format(line))
        tag = first.headers["etag"]
        assert re.fullmatch('"[0-9a-f]{32}"', tag)
        again = client.get(address.format(line), headers={"if-none-match": f'"other", {tag}'})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert client.get(address.format(line), headers={"if-none-match": f"W/{tag}"}).status_code == 304


def test_a_decision_on_a_line_that_changed_is_refused(client: TestClient, workspace: ToyWorkspace) -> None:
    address = f"/api/provisions/{line_of(workspace)}"
    seen = client.get(address).headers["etag"]
    edit = {"state": "edited", "reviewer": "Mara", "changes": {"force": 2}}
    assert client.post(f"{address}/review", json=edit, headers={"if-match": seen}).status_code == 200
    late = client.post(f"{address}/review", json={**edit, "changes": {"force": 1}}, headers={"if-match": seen})
    assert (late.status_code, late.json()["code"]) == (412, "precondition")
    assert client.get(address).json()["provision"]["force"] == 2
    now = client.get(address).headers["etag"]
    assert now != seen
    again = {**edit, "reviewer": "Odo", "changes": {"force": 1}}
    assert client.post(f"{address}/review", json=again, headers={"if-match": now}).status_code == 200


def test_what_changes_between_looking_and_deciding_is_refused_by_the_register(workspace: ToyWorkspace) -> None:
    line = line_of(workspace)
    seen = workspace.provision(line)
    workspace.review(line, ReviewState.EDITED, reviewer="Mara", changes={"force": 1})
    with pytest.raises(Exception, match="has changed meanwhile"):
        workspace.review(line, ReviewState.EDITED, reviewer="Odo", changes={"force": 2}, seen=seen)


def test_records_of_a_commitment_and_changes_of_actors_need_what_was_seen(
    client: TestClient, workspace: ToyWorkspace
) -> None:
    line = line_of(workspace)
    event = {"event": "entry into force", "day": "2026-03-01", "by": "Mara"}
    stale = {"if-match": '"0"'}
    sent = client.post(f"/api/track/commitments/{line}/events", json=event, headers=stale)
    assert sent.status_code == 412
    name = client.get("/api/actors?limit=1").json()["actors"][0]["name"]
    change = {"en": ["Another name"], "by": "Mara", "reason": "so called"}
    assert client.post(f"/api/actors/a/{name}/names", json=change, headers=stale).status_code == 412
    tag = client.get(f"/api/track/commitments/{line}").headers["etag"]
    kept = client.post(f"/api/track/commitments/{line}/events", json=event, headers={"if-match": tag})
    assert [one["name"] for one in kept.json()["events"]] == ["entry into force"]
    assert client.post(f"/api/actors/a/{name}/names", json=change).json()["act"] == "names"


WRONG: list[tuple[str, str, dict[str, Any], int, str, str | None]] = [
    ("GET", "/api/nothing", {}, 404, "unknown-page", None),
    ("PUT", "/api/documents", {}, 405, "method", None),
    ("POST", "/api/read", {"content": b"a=1", "headers": {"content-type": "text/plain"}}, 415, "media-type", None),
    ("POST", "/api/documents", {"json": {}}, 415, "media-type", None),
    ("GET", "/api/provisions?limit=x", {}, 422, "request", "query.limit"),
    ("POST", "/api/screen", {"json": {"parties": []}}, 422, "request", "body.parties"),
    ("GET", "/api/provisions/nothing:0", {}, 404, "no-such-line", None),
    ("POST", "/api/documents", {"files": {"file": ("x", b"x")}, "headers": {"content-length": "200000000"}}, 413,
     "too-large", None),
]  # fmt: skip


def test_errors_are_problem_documents(client: TestClient) -> None:
    for method, path, sent, status, code, position in WRONG:
        answer = client.request(method, path, **sent)
        found = answer.json()
        assert answer.headers["content-type"] == "application/problem+json"
        assert set(found) == PROBLEM
        assert (answer.status_code, found["status"], found["code"]) == (status, status, code)
        assert found["position"] == position
        assert found["remedy"]
        assert status != 405 or answer.headers["allow"]


def test_a_database_that_went_away_is_503_and_its_return_needs_no_new_start(
    client: TestClient, workspace: ToyWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> None:
        place = "postgresql://server/dragoman"
        raise GoneError(place, "server closed the connection unexpectedly")

    with monkeypatch.context() as cut:
        cut.setattr(workspace._register, "library", gone)  # noqa: SLF001 - the server cannot be stopped here
        away = client.get("/api/documents")
    assert (away.status_code, away.json()["code"]) == (503, "gone")
    assert away.headers["content-type"] == "application/problem+json"
    assert client.get("/api/documents").status_code == 200


def bodies(app: FastAPI) -> list[tuple[str, str, dict[str, Any]]]:
    """Every endpoint with a JSON body: method, path, schema of the body."""
    description = app.openapi()
    found = []
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            content = operation.get("requestBody", {}).get("content", {})
            if "application/json" in content:
                name = content["application/json"]["schema"]["$ref"].rpartition("/")[2]
                found.append((method, path, description["components"]["schemas"][name]))
    return found


def test_every_body_has_an_example_that_is_understood(client: TestClient, app: FastAPI) -> None:
    found = bodies(app)
    assert len(found) > 25
    for method, path, schema in found:
        assert schema.get("examples"), path
        filled = re.sub(r"\{\w+\}", "x", path).replace("memo/x", "memo/yaml").replace("export/x", "export/csv")
        answer = client.request(method, filled, json=schema["examples"][0])
        assert answer.status_code < 500, (path, answer.text)
        assert '"code":"request"' not in answer.text, (path, answer.text)


def test_every_operation_says_what_it_does_once(app: FastAPI) -> None:
    operations = [one for methods in app.openapi()["paths"].values() for one in methods.values()]
    names = [one["operationId"] for one in operations]
    assert len(set(names)) == len(names)
    assert all(one["tags"] and one["description"].endswith(".") for one in operations)
