from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.screen.lists import CSL, own
from tests.web.client import TestClient
from tests.web.test_pages import outline

HOSTILE = "<script>alert(1)</script> Bramblewick & Avionics"


@pytest.fixture
def lists(client: TestClient) -> TestClient:
    """A client of a workspace with two lists."""
    assert upload(client, own()).status_code == 200
    assert upload(client, CSL, "us-csl").status_code == 200
    return client


def upload(client: TestClient, text: str, name: str = "own", **fields: str):  # type: ignore[no-untyped-def]  # noqa: ANN201
    files = {"file": (f"{name}.csv", text.encode(), "text/csv")}
    return client.post("/lists", files=files, data={"name": name, **fields})


def whole(html: str) -> None:
    found = outline(html)
    assert found.wrong == []
    assert found.open == []
    assert len(found.ids) == len(set(found.ids))
    labelled = {attributes.get("for") for tag, attributes in found.tags if tag == "label"}
    shown = [
        attributes
        for tag, attributes in found.tags
        if tag in {"input", "select", "textarea"} and attributes.get("type") not in {"hidden", "checkbox", "radio"}
    ]
    assert all(attributes.get("id") in labelled for attributes in shown)


def value_of(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found is not None
    return found[1].replace("&#34;", '"').replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_without_lists_the_pages_say_where_to_get_one(client: TestClient, language: str) -> None:
    for path in ("/screen", "/screen?name=Alder", "/lists", "/screen/history"):
        response = client.get(path, headers={"accept-language": language})
        assert response.status_code == 200
        whole(response.text)
    assert "OpenSanctions" in client.get("/lists").text
    assert "No list has been imported yet" in client.get("/screen").text
    assert client.post("/screen/export/csv", data={"names": "Alder"}).status_code == 409


def test_a_name_in_the_address_is_screened_and_not_kept(lists: TestClient) -> None:
    html = lists.get("/screen?name=Bramblewick+Avionics&country=BR").text
    whole(html)
    assert "Bramblewick Avionics GmbH" in html
    assert "country BR, the entry DE" in html
    assert "not decided" in html
    assert "Nothing is known" in lists.get("/screen/history?party=Bramblewick+Avionics").text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_lines_of_names_and_a_file_are_screened_together(lists: TestClient, language: str) -> None:
    response = lists.post(
        "/screen",
        data={"names": "桐槭精密机械\nAlder Optics\n🙂\nQ"},
        files={"file": ("p.csv", b"name,id\nQuillfeather Shipping,C-9\n", "text/csv")},
        headers={"accept-language": language},
    )
    assert response.status_code == 200
    whole(response.text)
    for words in (
        "Tongqi Precision Machinery",
        "Quillfeather Shipping SA",
        "party-without-name",
        "party-short-name",
    ):
        assert words in response.text
    assert "own" in lists.get("/screen/history?party=C-9").text


def test_a_party_with_owners_shows_the_rules(lists: TestClient) -> None:
    data = {"name": "Leaf Works", "owners": "Quernmoor Photonics 60%; Fund 40%", "kind": "Company"}
    html = lists.post("/screen", data=data).text
    whole(html)
    assert "Listed owners: 0 to 60 percent (rule: 50)" in html
    assert 'value="Quernmoor Photonics 60%; Fund 40%"' in html


def decide(client: TestClient, html: str, **changes: str):  # type: ignore[no-untyped-def]  # noqa: ANN201
    data = {
        "parties": value_of(html, "parties"),
        "hit-0": value_of(html, "hit-0"),
        "reason-0": "Another firm",
        "reviewer": "R. Reader",
        "decide": "cleared 0",
    }
    return client.post("/screen", data=data | changes)


def test_a_hit_is_decided_on_and_the_page_stays(lists: TestClient) -> None:
    html = lists.post("/screen", data={"name": "Bramblewick Avionics", "reference": "C-1"}).text
    decided = decide(lists, html)
    assert decided.status_code == 200
    whole(decided.text)
    assert "cleared by R. Reader" in decided.text
    assert 'value="R. Reader"' in decided.text
    history = lists.get("/screen/history?party=C-1").text
    whole(history)
    assert "Another firm" in history


@pytest.mark.parametrize(
    ("changes", "status", "said"),
    [
        ({"reason-0": ""}, 400, "needs a reason"),
        ({"reviewer": ""}, 400, "needs a reviewer"),
        ({"decide": "maybe 0"}, 422, "cannot be read"),
        ({"decide": "cleared 7"}, 422, "cannot be read"),
        ({"until-0": "soon"}, 422, "cannot be read"),
        ({"until-0": "2020-01-01"}, 400, "run out"),
        ({"hit-0": '["C-1", "own", "w9", ""]'}, 404, "no entry"),
        ({"hit-0": '["C-1", "own", "w1", "00"]'}, 409, "changed meanwhile"),
    ],
)
def test_half_a_decision_is_refused_on_the_page(
    lists: TestClient, changes: dict[str, str], status: int, said: str
) -> None:
    html = lists.post("/screen", data={"name": "Bramblewick Avionics"}).text
    refused = decide(lists, html, **changes)
    assert refused.status_code == status
    assert said in refused.text
    assert "Bramblewick Avionics GmbH" in refused.text


@pytest.mark.parametrize("carried", ["{", "7", "[" * 5000])
def test_what_the_page_carried_and_cannot_be_read_is_refused(lists: TestClient, carried: str) -> None:
    assert lists.post("/screen", data={"parties": carried}).status_code == 422


def test_too_many_parties_go_to_the_command_line(lists: TestClient) -> None:
    response = lists.post("/screen", data={"names": "Alder Optics\n" * 2001})
    assert response.status_code == 422
    assert "dragoman screen --file" in response.text


@pytest.mark.parametrize("form", ["jsonl", "csv", "xlsx", "docx", "html"])
def test_the_result_is_a_file_for_the_record(lists: TestClient, form: str) -> None:
    html = lists.post("/screen", data={"name": "Bramblewick Avionics"}).text
    response = lists.post(f"/screen/export/{form}", data={"parties": value_of(html, "parties")})
    assert response.status_code == 200
    assert f'filename="screening.{form}"' in response.headers["content-disposition"]
    if form == "jsonl":
        assert json.loads(response.text)["hits"][0]["entry"] == "w1"
    elif form in {"csv", "html"}:
        assert "Bramblewick Avionics GmbH" in response.text
    else:
        assert response.content[:2] == b"PK"


def test_lists_are_imported_compared_and_taken_out_of_use(lists: TestClient) -> None:
    whole(lists.get("/lists").text)
    lists.post("/screen", data={"name": "Alder Optics"})
    new = upload(lists, own(("Late payments", "Paid")) + "w9,Alder Optics Ltd,,CN,company,\n")
    assert "own is in use: version 2, 4 entries." in new.text
    html = lists.get("/lists/own").text
    whole(html)
    assert "<ins>Paid</ins>" in html
    assert "Alder Optics Ltd" in html
    assert "new hit" in lists.post("/lists/monitor").text
    assert "Nothing changed" in lists.post("/lists/monitor").text
    assert lists.post("/lists/own/remove", follow_redirects=False).headers["location"] == "/lists"
    assert lists.get("/lists/own").status_code == 404
    assert lists.post("/lists/own/remove").status_code == 404


def test_a_faulty_list_changes_nothing(lists: TestClient) -> None:
    refused = upload(lists, "colour\nred\n")
    assert refused.status_code == 422
    whole(refused.text)
    assert "The file was not taken; nothing has changed." in refused.text
    assert upload(lists, own(), form="xyz").status_code == 422
    assert lists.post("/lists", data={"name": "x"}).status_code == 422
    assert "Quillfeather" in lists.get("/screen?name=Quillfeather+Shipping").text


def test_hostile_words_stay_words(lists: TestClient) -> None:
    text = own(("Bramblewick Avionics GmbH", f'"{HOSTILE}"'), ("Late payments", "<b>x</b>"))
    text += 'w8,Bramblewick Avionics Two,,DE,company,"<i>note</i>"\n'
    upload(lists, text, url="javascript:alert(1)")
    for response in (
        lists.get("/screen", params={"name": HOSTILE}),
        lists.post("/screen", data={"names": HOSTILE}),
        lists.get("/screen/history", params={"party": HOSTILE}),
        lists.get("/lists/own"),
    ):
        assert response.status_code == 200
        assert "<script>alert" not in response.text
        assert "<b>x</b>" not in response.text
        whole(response.text)


def test_only_web_addresses_of_entries_are_links(lists: TestClient) -> None:
    upload(
        lists, "name,url\nBramblewick Avionics,javascript:alert(1)\nQuillfeather,https://list.example/q\n", "odd"
    )
    html = lists.get("/screen?name=Bramblewick+Avionics").text + lists.get("/screen?name=Quillfeather").text
    assert 'href="javascript' not in html
    assert 'href="https://list.example/q"' in html


@pytest.mark.parametrize(
    "path", ["/screen", "/screen/export/csv", "/lists", "/lists/monitor", "/lists/own/remove"]
)
def test_other_sites_change_nothing(lists: TestClient, path: str) -> None:
    assert lists.post(path, data={"names": "x"}, headers={"origin": "https://evil.example"}).status_code == 403
    assert lists.get("/lists/own").status_code == 200


def test_the_page_of_a_case_shows_its_parties(lists: TestClient) -> None:
    case = {"template": "shipment", "facts": {}, "parties": [{"name": "Quernmoor Photonics", "country": "CN"}]}
    html = lists.post("/check/shipment", data={"case": json.dumps(case)}).text
    assert "Parties and lists" in html
    assert "Entity List (EL)" in html
    assert "Nothing was run" not in html


def test_names_of_files_cannot_leave_their_folder(lists: TestClient, tmp_path: Path) -> None:
    files = {"file": ("../../../../evil.csv", own().encode(), "text/csv")}
    assert lists.post("/lists", files=files, data={"name": "evil"}).status_code == 200
    assert not list(tmp_path.rglob("evil.csv"))


def test_a_program_screens_a_party_as_the_command_line_does(lists: TestClient) -> None:
    found = lists.get("/api/screen", params={"name": "Bramblewick Avionics", "country": "DE", "limit": 1}).json()
    assert list(found)[:2] == ["query", "hits"]
    assert [(hit["list"], hit["entry"]) for hit in found["hits"]] == [("own", "w1")]
    assert set(found["hits"][0]) >= {"list", "entry", "name", "score", "why"}
    assert found["party"]["countries"] == ["DE"]
    assert lists.get("/api/screen", params={"name": "Bramblewick Avionics", "country": "JP"}).json()["hits"][0][
        "against"
    ]


def test_a_program_screens_many_parties_and_gets_a_line_for_each(lists: TestClient) -> None:
    body = {"parties": ["Bramblewick Avionics", {"name": "桐槭精密机械", "id": "P-2"}, "?", "Tansy Looms"]}
    response = lists.post("/api/screen", json=body)
    assert response.headers["content-type"] == "application/x-ndjson"
    rows = [json.loads(line) for line in response.text.splitlines()]
    assert [row["query"] for row in rows] == ["Bramblewick Avionics", "桐槭精密机械", None, "Tansy Looms"]
    assert [[hit["entry"] for hit in row["hits"]] for row in rows] == [["w1"], ["w2"], [], []]
    assert [one["code"] for one in rows[2]["problems"]]
    assert rows[1]["party"]["id"] == "P-2"


def test_a_program_is_told_what_is_wrong_with_its_call(client: TestClient, lists: TestClient) -> None:
    assert lists.get("/api/screen").status_code == 422
    assert lists.get("/api/screen?name=Alder&kind=ship").status_code == 422
    assert lists.post("/api/screen", json={"parties": []}).status_code == 422
    assert lists.post("/api/screen", json={"parties": ["A"] * 2001}).status_code == 422
    assert [row["list"] for row in lists.get("/api/lists").json()] == ["own", "us-csl"]


def test_a_program_is_told_that_there_is_no_list(client: TestClient) -> None:
    assert client.get("/api/lists").json() == []
    for response in (
        client.get("/api/screen?name=Alder"),
        client.post("/api/screen", json={"parties": ["Alder"]}),
    ):
        assert (response.status_code, response.headers["content-type"]) == (409, "application/problem+json")
        assert "dragoman lists import" in response.json()["remedy"]
