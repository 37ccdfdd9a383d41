from __future__ import annotations

import html
import io
import json
import re
import zipfile
from pathlib import Path

import pytest

from tests.web.client import TestClient
from tests.web.test_screening import whole
from tests.web.toy import ToyWorkspace

ROOT = Path(__file__).resolve().parents[2]
WATCHLIST = (ROOT / "docs" / "examples" / "own-watchlist.csv").read_bytes()
COMPLETE = (ROOT / "samples" / "cases" / "package-complete.yaml").read_bytes()
PROJECT = (ROOT / "samples" / "cases" / "project-river-gauges.yaml").read_bytes()
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


def hand_in(client: TestClient, case: bytes = COMPLETE, case_name: str = "case.yaml", **fields: str) -> str:
    files = [("case", (case_name, case, "text/yaml")), ("documents", ("plan.txt", b"plan", "text/plain"))]
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


def test_words_of_others_never_become_markup(docket: TestClient, workspace: ToyWorkspace) -> None:
    """Every field that takes words, from the case file to the last reason, in a project that is listed."""
    title = re.sub(rb"title: .*", f'title: "{HOSTILE}"'.encode(), PROJECT, count=1)
    title = title.replace(b"Cottonwood", HOSTILE.encode())
    page = hand_in(docket, title, procedure="green-channel", organisation=HOSTILE, case_name=f"{HOSTILE}.yaml")
    words = {"text": HOSTILE, "reason": HOSTILE}
    assert do(docket, page, "comment", **words) == 303
    assert do(docket, page, "comment", office="yes", **words) == 303
    attached = {"file": (f"{HOSTILE}.html", HOSTILE.encode(), "text/html")}
    assert docket.post(f"{page}/attach", files=attached, follow_redirects=False).status_code == 303
    assert do(docket, page, "ask", **words) == 303
    assert do(docket, page, "answer", act=str(acts_of(docket, page, "asked")[0]), **words) == 303
    assert do(docket, page, "move", move="review") == 303
    for seat in ("us", "cn"):
        assert do(docket, page, "position", seat=seat, position="concur", **words) == 303
    stated = {"scope": HOSTILE, "conditions": HOSTILE, "citations": HOSTILE, "expires": "2026-12-01"}
    assert do(docket, page, "move", move="list-despite", **stated, **words) == 303
    assert do(docket, page, "condition", every=HOSTILE, due="2027-01-01", **words) == 303
    condition = str(acts_of(docket, page, "condition")[0])
    assert do(docket, page, "report", act=condition, kept="no", **words) == 303
    assert list(workspace.docketing().monitor())
    assert HOSTILE in json.dumps(docket.get(f"/api{page}").json(), ensure_ascii=False)
    for path in PAGES_WITH_WORDS:
        shown = docket.get(path.format(page=page)).text
        assert "alert(1)" in shown or path in {"/jobs", "/docket?text=x"}, path
        assert HOSTILE not in shown, path
    assert do(docket, page, "settle", act=str(acts_of(docket, page, "raised")[0]), **words) == 303
    assert HOSTILE not in docket.get(page).text


def acts_of(docket: TestClient, page: str, kind: str) -> list[int]:
    return [act["number"] for act in docket.get(f"/api{page}").json()["acts"] if act["kind"] == kind]


PAGES_WITH_WORDS = (
    "/docket",
    "/docket?text=x",
    "{page}",
    "{page}?version=1",
    "{page}/memo.html",
    "/docket/public",
    "/docket/public.rss",
    "/jobs",
)


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


def test_the_form_of_a_check_hands_a_case_in(docket: TestClient) -> None:
    given = {"title": "By the form", "fact:joint_project": "yes", "as_of": "2026-11-25"}
    button = 'formaction="/docket/form?procedure=green-channel"'
    assert button in docket.post("/check/project", data=given).text
    answer = docket.post("/docket/form?procedure=green-channel", data=given, follow_redirects=False)
    assert answer.status_code == 303, re.findall(r'role="alert".*?</div>', answer.text, re.DOTALL)
    case = docket.get(f"/api{answer.headers['location']}").json()
    assert (case["title"], case["acts"][0]["payload"]["facts"]["facts"]) == (
        "By the form",
        {"joint_project": True},
    )
    assert docket.post("/docket/form?procedure=none", data=given).status_code == 404


def test_figures_of_the_dashboard_lead_to_their_cases(docket: TestClient) -> None:
    page = hand_in(docket)
    assert do(docket, page, "ask", text="Who insures the racks?", due="2000-01-01") == 303
    shown = docket.get("/docket").text
    links = {html.unescape(one) for one in re.findall(r'<td class="num right"><a href="(/docket\?[^"]+)"', shown)}
    assert len(links) >= 5
    assert any("due=over" in one for one in links)
    for link in links:
        assert f'<a href="{page}">' in docket.get(link).text, link
    assert "△" in shown


def test_the_zip_of_the_pages_holds_what_its_reader_is_shown(docket: TestClient) -> None:
    hand_in(docket)
    answer = docket.get("/docket/export.zip?target=jp")
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert f"{NUMBER}/case.json" in archive.namelist()
    with zipfile.ZipFile(io.BytesIO(docket.get("/docket/export.zip?target=fr").content)) as empty:
        assert empty.namelist() == ["manifest.csv"]


def test_a_dashboard_at_hand_is_counted_anew_once_something_was_done(docket: TestClient) -> None:
    def received(text: str) -> str:
        found = re.search(r'stage=received"[^>]*>[^<]*</a> <span class="num">(\d+)<', text)
        assert found
        return found[1]

    counts = []
    for _ in range(2):
        counts += [received(docket.get("/docket").text), received(docket.get("/docket").text)]
        page = hand_in(docket)
    assert do(docket, page, "move", move="return", reason="Page 3 is missing.") == 303
    counts.append(received(docket.get("/docket").text))
    assert counts == ["0", "0", "1", "1", "1"]
