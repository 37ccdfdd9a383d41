from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.web.client import TestClient
from tests.web.test_screening import whole

ROOT = Path(__file__).resolve().parents[2]
WATCHLIST = (ROOT / "docs" / "examples" / "own-watchlist.csv").read_bytes()
COMPLETE = (ROOT / "samples" / "cases" / "package-complete.yaml").read_bytes()
MISSING = (ROOT / "samples" / "cases" / "package-missing-layer-b.yaml").read_bytes()
HOSTILE = "<script>alert(1)</script>"
NUMBER = "AX-2026-00001"


@pytest.fixture
def docket(client: TestClient) -> TestClient:
    """A client of a workspace with a list of parties, so that cases can be screened."""
    client.post(
        "/lists", files={"file": ("own.csv", WATCHLIST, "text/csv")}, data={"name": "own", "form": "plain"}
    )
    return client


def hand_in(client: TestClient, case: bytes = COMPLETE, **fields: str) -> str:
    files = [("case", ("case.yaml", case, "text/yaml")), ("documents", ("plan.txt", b"plan", "text/plain"))]
    data = {"procedure": "ai-exports-program", "organisation": "Cobalt Ridge", **fields}
    answer = client.post("/docket", files=files, data=data, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def do(client: TestClient, page: str, what: str, **fields: str) -> int:
    return int(client.post(f"{page}/{what}", data=fields, follow_redirects=False).status_code)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    "path",
    ["", "/public", "/procedures/ai-exports-program", "/procedures/green-channel", "/procedures/data-flow-list"],
)
def test_pages_without_a_case_are_whole(client: TestClient, path: str, language: str) -> None:
    response = client.get(f"/docket{path}", headers={"accept-language": language})
    assert response.status_code == 200
    whole(response.text)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_case_goes_through_its_procedure_in_the_browser(docket: TestClient, language: str) -> None:
    page = hand_in(docket)
    whole(docket.get(page, headers={"accept-language": language}).text)
    assert do(docket, page, "ask", text="Who insures the racks?", due="2027-01-15") == 303
    assert do(docket, page, "move", move="circulate") == 409
    assert do(docket, page, "answer", act="5", text="The port.") == 303
    assert do(docket, page, "move", move="circulate") == 303
    for seat in ("state", "war", "energy", "ostp"):
        assert do(docket, page, "position", seat=seat, position="concur", reason="No concern.") == 303
    assert do(docket, page, "move", move="submit-for-determination") == 303
    decision = {"reason": "All layers are there.", "citations": "EO 14320 sec. 3(d)\n", "conditions": "Report."}
    assert do(docket, page, "move", move="designate", **decision) == 303
    assert do(docket, page, "condition", text="Report yearly.", due="2027-11-25", every="P1Y") == 303
    html = docket.get(page, headers={"accept-language": language}).text
    whole(html)
    assert "All layers are there." in html
    assert "Harbour Lantern" in docket.get("/docket/public").text
    assert b"Harbour Lantern" in docket.get("/docket/public.rss").content
    assert docket.get(f"{page}/memo.docx").content.startswith(b"PK")


def test_what_is_refused_is_said_with_its_reason_and_changes_nothing(docket: TestClient) -> None:
    page = hand_in(docket, MISSING)
    answer = docket.post(f"{page}/move", data={"move": "circulate"})
    assert answer.status_code == 409
    assert "Findings of the last check stand against it" in answer.text
    assert do(docket, page, "move", move="fly") == 404
    assert do(docket, page, "fly") == 404
    assert do(docket, page, "comment", text="  ") == 400
    assert do(docket, page, "answer", act="1e9", text="x") == 422
    assert docket.get("/api/docket").json()[0]["stage"] == "received"


def test_a_file_that_is_no_case_is_refused_on_the_page(docket: TestClient) -> None:
    files = {"case": ("case.yaml", b"template: [", "text/yaml")}
    answer = docket.post("/docket", files=files, data={"procedure": "ai-exports-program"})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert docket.get("/api/docket").json() == []


def test_words_of_others_never_become_markup(docket: TestClient) -> None:
    title = re.sub(rb"title: .*", f'title: "{HOSTILE}"'.encode(), COMPLETE, count=1)
    page = hand_in(docket, title, organisation=HOSTILE)
    for what, fields in {
        "comment": {"text": HOSTILE},
        "ask": {"text": HOSTILE},
        "attach": {},
    }.items():
        files = {"file": (f"{HOSTILE}.html", HOSTILE.encode(), "text/html")} if what == "attach" else None
        docket.post(f"{page}/{what}", data=fields, files=files)
    for path in ("/docket", page, f"{page}/memo.html", "/docket/public"):
        assert HOSTILE not in docket.get(path).text


def test_documents_are_downloads_whatever_they_are(docket: TestClient) -> None:
    page = hand_in(docket)
    files = {"file": ("../../x/öffne.html", HOSTILE.encode(), "text/html")}
    docket.post(f"{page}/attach", files=files)
    digest = docket.get(f"/api/docket/{NUMBER}").json()["documents"][1]["sha256"]
    answer = docket.get(f"{page}/documents/{digest}")
    assert answer.content == HOSTILE.encode()
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''%C3%B6ffne.html"
    assert docket.get(f"{page}/documents/{'0' * 64}").status_code == 404


def test_lists_are_narrowed_and_exported(docket: TestClient) -> None:
    hand_in(docket)
    hand_in(docket, MISSING)
    assert [one["number"] for one in docket.get("/api/docket?target=jp").json()] == [NUMBER]
    assert docket.get("/api/docket?stage=designated").json() == []
    lines = docket.get("/docket/export.jsonl").text.splitlines()
    assert [len(json.loads(line)["acts"]) for line in lines] == [4, 4]
    assert (
        docket.get("/docket?text=lantern").text.count('<th scope="row" class="nowrap"><a href="/docket/AX-') == 1
    )


def test_a_case_that_is_not_there_is_a_404(docket: TestClient) -> None:
    assert docket.get("/docket/AX-1999-00001").status_code == 404
    assert docket.get("/api/docket/AX-1999-00001").status_code == 404
    assert docket.get("/docket/procedures/none").status_code == 404
