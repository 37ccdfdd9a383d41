"""The pages of the register of actors: search, changes with their history, proposals."""

from __future__ import annotations

import pytest
import yaml

from tests.web.client import TestClient
from tests.web.harbour import add_harbour
from tests.web.toy import ACTORS, ToyWorkspace

BY = {"by": "Mara", "reason": "seen in a text"}
COUNCIL = """# Joint Statement of the Council of Bells
The Bell Office will share its charts.
The Bell Office will fund a school.
The Bell Office will open a harbour.
"""


def test_actors_are_found_in_both_languages(client: TestClient) -> None:
    assert (
        'href="/actors/a/European%20Union"' in client.get("/actors?text=%E6%AC%A7%E6%B4%B2%E8%81%94%E7%9B%9F").text
    )
    html = client.get("/actors?text=Jappan&lang=zh").text
    assert 'href="/actors/a/Japan"' in html
    assert client.get("/actors?type=group").text.count('class="name"') <= 50


def test_an_actor_shows_names_and_memberships(client: TestClient) -> None:
    html = client.get("/actors/a/%E6%97%A5%E6%9C%AC").text
    assert "日方" in html
    assert "1975-11-15" in html
    assert 'href="/actors/a/G7"' in html
    assert client.get("/actors/a/Nobody").status_code == 404


def test_an_actor_is_added_changed_and_sent_upstream(client: TestClient, workspace: ToyWorkspace) -> None:
    form = {"name": "Harbour Pact", "type": "group", "zh": "港湾公约；港约", **BY}
    html = client.post("/actors", data=form).text
    assert "港约" in html
    assert "#1" in html
    path = "/actors/a/Harbour%20Pact"
    data = {"what": "member", "as": "group", "other": "Japan", "since": "2024-01-01", **BY}
    assert "2024-01-01" in client.post(f"{path}/member", data=data).text
    assert "Harbor Pact" in client.post(f"{path}/names", data={"en": "Harbor Pact", **BY}).text
    moved = client.post(f"{path}/rename", data={"to": "Pact of the Harbours", **BY}, follow_redirects=False)
    assert moved.headers["location"] == "/actors/a/Pact%20of%20the%20Harbours"
    content = yaml.safe_load(client.get("/actors/export/yaml").text)
    (entry,) = content["actors"]
    assert entry["en"] == ["Harbour Pact", "Harbor Pact"]
    assert entry["zh"] == ["港湾公约", "港约"]
    back = client.post("/actors/a/Pact%20of%20the%20Harbours/withdraw", data={"step": "4", **BY})
    assert back.url.path == "/actors/a/Harbour Pact"
    assert "taken back" in back.text
    assert [step.by for step in workspace.actor_register.history()] == ["Mara"] * 5


@pytest.mark.parametrize(
    ("what", "data", "words"),
    [
        ("member", {"as": "group", "other": "Japan", "since": "2024-01-01", "until": "2020-01-01"}, "ends before"),
        ("member", {"as": "member", "other": "Japan"}, "has no members"),
        ("member", {"as": "group", "other": "Quad"}, "members of each other: Quad &gt; Quad"),
        ("member", {"as": "group", "other": ""}, "needs a group or member"),
        ("rename", {"to": "Japan"}, "is a name of Japan already"),
        ("merge", {"into": "Nobody"}, "has no `Nobody`"),
        ("split", {"name": "Quad Two", "type": "planet"}, "no type of actors"),
        ("withdraw", {"step": "77"}, "no step 77"),
    ],
)
def test_a_change_that_makes_no_sense_is_said_beside_the_form(
    client: TestClient, workspace: ToyWorkspace, what: str, data: dict[str, str], words: str
) -> None:
    response = client.post(f"/actors/a/Quad/{what}", data={"what": what, **data, **BY})
    assert response.status_code >= 400
    assert words in response.text
    assert workspace.actor_register.history() == ()


def test_nobody_changes_without_name_and_reason(client: TestClient) -> None:
    response = client.post("/actors/a/Quad/names", data={"en": "Quadriga", "by": "", "reason": "x"})
    assert response.status_code == 400
    assert "needs the name" in response.text
    assert client.post("/actors/a/Quad/paint", data=BY).status_code == 404


def test_texts_propose_and_people_decide(
    client: TestClient, workspace: ToyWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ACTORS, "The Bell Office", "Bell Office")
    list(workspace.read_bytes(COUNCIL.encode(), "bells.txt"))
    html = client.get("/actors/proposals").text
    assert "Bell Office" in html
    assert "named often" in html
    assert "经常出现" in client.get("/actors/proposals?lang=zh").text
    (row,) = (one for one in client.get("/api/actors/proposals").json() if one["name"] == "Bell Office")
    assert (row["kind"], row["lines"], row["type"]) == ("add", 3, "agency")
    form = {"about": "Bell Office", "kind": "add", "do": "dismiss", **BY}
    assert "Bell Office" not in client.post("/actors/proposals", data=form).text
    client.post("/actors/a/Quad/withdraw", data={"step": "1", **BY})
    taken = {**form, "do": "keep", "name": "Bell Office", "type": "agency", "of": "日本"}
    assert client.post("/actors/proposals", data=taken).status_code == 200
    assert client.get("/api/actors/a/Bell Office").json()["of"] == "Japan"


def test_pictures_follow_a_change(client: TestClient, workspace: ToyWorkspace) -> None:
    add_harbour(workspace)
    assert client.get("/api/alliances?actor=Japan").json()["cells"]
    client.post("/actors/a/Japan/rename", data={"to": "Nippon", **BY})
    cells = client.get("/api/alliances?actor=%E6%97%A5%E6%9C%AC").json()["cells"]
    assert {cell["actor"] for cell in cells} == {"Nippon"}
    assert "Nippon" in client.get("/alliances").text


def test_programs_find_actors(client: TestClient) -> None:
    found = client.get("/api/actors?text=japan&limit=1").json()
    assert found["actors"][0]["name"] == "Japan"
    assert client.get("/api/actors/a/EU").json()["name"] == "European Union"
    assert client.get("/api/actors/a/Nobody").status_code == 404
