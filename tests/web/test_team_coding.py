"""Team coding in the browser and by the API: two coders, blind, to what an arbiter decides."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from dragoman.citing import verify
from tests.web.client import TestClient
from tests.web.toy import ToyWorkspace

PAGE = "/coding/d/accord"
SHARE = "Alba will share chip designs with Boria by the end of 2027."


@pytest.fixture
def coders(client: TestClient) -> TestClient:
    form = {"document": "accord", "coders": "Ana; Bo", "by": "Mara", "reason": "round one"}
    assert client.post("/coding/assign", data=form, follow_redirects=False).status_code == 303
    return client


def place(workspace: ToyWorkspace, words: str = SHARE) -> dict[str, str]:
    start = workspace.document("accord").text.index(words)
    return {"start": str(start), "end": str(start + len(words))}


def save(client: TestClient, workspace: ToyWorkspace, who: str, **fields: str) -> int:
    form = {"who": who, "unit": "0", "kind": "commitment", "force": "3", "actors": "Alba\nBoria", **fields}
    answer = client.post(f"{PAGE}/save", data={**place(workspace), **form}, follow_redirects=False)
    return answer.status_code


def finished(client: TestClient, workspace: ToyWorkspace) -> TestClient:
    assert save(client, workspace, "Ana", reason="will is firm") == 303
    assert save(client, workspace, "Bo", force="2", technologies="semiconductors") == 303
    for who in ("Ana", "Bo"):
        assert client.post(f"{PAGE}/done", data={"who": who}, follow_redirects=False).status_code == 303
    return client


def test_a_sentence_is_chosen_coded_changed_and_removed(coders: TestClient, workspace: ToyWorkspace) -> None:
    start = place(workspace)["start"]
    html = coders.get(f"{PAGE}?who=Ana&at={start}").text
    assert 'id="form"' in html
    assert f'name="start" value="{start}"' in html
    assert save(coders, workspace, "Ana", technologies="semiconductors", reason="will is firm") == 303
    html = coders.get(f"{PAGE}?who=Ana").text
    assert "will is firm" in html
    unit = re.search(r"unit=(\d+)", html)
    assert unit is not None
    html = coders.get(f"{PAGE}?who=Ana&at={start}&unit={unit[1]}").text
    assert re.search(r'value="semiconductors" checked', html)
    assert save(coders, workspace, "Ana", unit=unit[1], kind="measure") == 303
    (line,) = workspace.coding().lines("accord", "Ana")
    assert (line.line.kind.value, line.line.actors) == ("measure", ("Alba", "Boria"))
    coders.post(f"{PAGE}/remove", data={"who": "Ana", "unit": unit[1], "start": start})
    assert workspace.coding().lines("accord", "Ana") == ()


def test_what_makes_no_sense_is_said_on_the_page(coders: TestClient, workspace: ToyWorkspace) -> None:
    assert save(coders, workspace, "Ana", kind="promise") == 400
    assert save(coders, workspace, "Ana", force="9") == 422
    assert save(coders, workspace, "Cai") == 404
    assert coders.post(f"{PAGE}/eat", data={"who": "Ana"}).status_code == 404
    assert coders.post("/coding/eat", data={}).status_code == 404
    assert "not given to you" in coders.get(f"{PAGE}?who=Cai").text
    assert coders.get("/coding/d/rule").status_code == 404
    refused = coders.post("/coding/assign", data={"document": "accord", "coders": "", "by": "Mara"})
    assert (refused.status_code, 'role="alert"' in refused.text) == (422, True)


def test_nothing_of_another_is_shown_while_it_is_blind(coders: TestClient, workspace: ToyWorkspace) -> None:
    save(coders, workspace, "Ana", reason="a secret of Ana")
    for path in (
        f"{PAGE}?who=Bo",
        "/coding",
        "/coding/agreement?document=accord",
        "/coding/queue?document=accord",
    ):
        assert "a secret of Ana" not in coders.get(path).text
    assert coders.get("/coding/agreement?document=accord").status_code == 409
    assert "still coded blind" in coders.get("/coding/queue").text
    assert coders.get("/coding/export/csv?document=accord&coder=Bo").status_code == 200
    assert coders.get("/coding/export/csv?document=accord&coder=grammar").status_code == 409


def test_differences_stand_side_by_side_and_are_decided(coders: TestClient, workspace: ToyWorkspace) -> None:
    html = finished(coders, workspace).get("/coding/queue?document=accord").text
    assert "will is firm" in html
    assert html.count('class="differs"') == 2
    key, seen = (re.findall(rf'name="{name}" value="([^"]+)"', html)[0] for name in ("key", "seen"))
    form = {"key": key, "seen": seen, "after": "0", "document": "accord", "choice": "own", "by": "Uma",
            "kind": "measure", "force": "1", "actors": "Alba"}  # fmt: skip
    assert coders.post("/coding/decide", data=form).status_code == 422
    decided = coders.post("/coding/decide", data={**form, "reason": "done, not promised"}, follow_redirects=False)
    assert decided.headers["location"] == "/coding/queue?document=accord"
    late = coders.post("/coding/decide", data={**form, "choice": "Ana", "reason": "late"})
    assert (late.status_code, "decided meanwhile" in late.text) == (409, True)
    assert "done, not promised" in coders.get("/coding/queue?document=accord&all=true").text
    (gold,) = coders.get("/coding/export/gold").text.splitlines()
    assert [json.loads(gold)[name] for name in ("kind", "force", "actors")] == ["measure", 1, ["Alba"]]


def test_agreement_is_shown_in_both_languages(coders: TestClient, workspace: ToyWorkspace) -> None:
    html = finished(coders, workspace).get("/coding/agreement?resamples=20").text
    assert "Ana / the grammar" in html
    assert "20 bootstrap draws" in html
    assert "自助抽样" in coders.get("/coding/agreement?resamples=20&lang=zh").text


def test_a_coding_is_opened_early_and_goes_on(coders: TestClient) -> None:
    coders.post("/coding/open", data={"document": "accord", "by": "Mara", "reason": "late"})
    assert "opened early" in coders.get("/coding").text
    coders.post("/coding/reopen", data={"document": "accord", "coder": "Bo", "by": "Mara"})
    assert "coded blind" in coders.get("/coding").text


def test_the_api_does_what_the_pages_do(client: TestClient, workspace: ToyWorkspace) -> None:
    body = {"documents": ["accord"], "coders": ["Ana", "Bo"], "by": "Mara"}
    assert client.post("/api/coding/assignments", json=body).json()["documents"][0]["blind"] is True
    line = {"quote": SHARE, "kind": "commitment", "force": 3}
    for coder, force in (("Ana", 3), ("Bo", 2)):
        sent = {"coder": coder, "document": "accord", "lines": [{**line, "force": force}], "done": coder == "Ana"}
        assert client.post("/api/coding/lines", json=sent).json()["lines"] == 1
    wrong = client.post("/api/coding/lines", json={"coder": "Bo", "document": "accord", "lines": [{"kind": "x"}]})
    assert (wrong.json()["kept"], wrong.json()["problems"][0]["code"]) == (False, "coding-no-place")
    assert client.get("/api/coding/lines?document=accord&coder=grammar").status_code == 409
    assert (
        client.post("/api/coding/state", json={"document": "accord", "do": "done", "coder": "Bo"}).status_code
        == 200
    )
    assert client.get("/api/coding").json()["documents"][0]["blind"] is False
    assert client.get("/api/coding/agreement?resamples=10").json()["rows"][0]["coders"] == ["Ana", "Bo"]
    (one,) = client.get("/api/coding/differences?document=accord").json()["differences"]
    decision = {
        "key": one["key"],
        "seen": one["seen"],
        "after": 0,
        "choice": "Bo",
        "by": "Uma",
        "reason": "intends",
    }
    assert client.post("/api/coding/decisions", json=decision).json()["decision"]["choice"] == "Bo"
    assert client.post("/api/coding/decisions", json=decision).status_code == 409
    (agreed,) = client.get("/api/coding/lines?document=accord").json()["lines"]
    assert agreed["force"] == 2


ONE_LINE = f'quote,kind,force,technologies\n"{SHARE}",commitment,2,semiconductors\n'


def sent(client: TestClient, data: str, who: str = "Ana", **fields: str) -> tuple[int, str]:
    file = {"file": ("coded.csv", data.encode())}
    answer = client.post(f"{PAGE}/upload", data={"who": who, **fields}, files=file)
    return answer.status_code, answer.text


def test_a_file_of_lines_is_brought_whole_or_not_at_all(coders: TestClient, workspace: ToyWorkspace) -> None:
    status, html = sent(coders, ONE_LINE + '"Nobody says this.",commitment,3,\n')
    assert (status, "Nothing was kept." in html) == (422, True)
    assert re.search(r"<strong>Line 3</strong> .*<code>coding-quote-missing</code>", html)
    assert workspace.coding().lines("accord", "Ana") == ()
    status, html = sent(coders, ONE_LINE)
    assert (status, "1 line kept." in html) == (200, True)
    assert "1 line was there before." in sent(coders, ONE_LINE)[1]
    (line,) = workspace.coding().lines("accord", "Ana")
    assert (line.line.quote.exact, line.line.force) == (SHARE, 2)
    assert "1 line kept." in sent(coders, ONE_LINE.replace(",2,", ",3,"), replaces="1")[1]
    assert [one.line.force for one in workspace.coding().lines("accord", "Ana")] == [3]
    file = {"file": ("coded.csv", ONE_LINE.replace("Alba", "Bo").encode())}
    chinese = coders.post(f"{PAGE}/upload?lang=zh", data={"who": "Ana"}, files=file)
    assert (chinese.status_code, "第 2 行" in chinese.text) == (422, True)


def test_a_file_is_refused_from_elsewhere_without_a_file_and_when_the_coding_is_done(coders: TestClient) -> None:
    assert coders.post(f"{PAGE}/upload", data={"who": "Ana"}).status_code == 422
    file = {"file": ("coded.csv", ONE_LINE.encode())}
    foreign = {"origin": "http://elsewhere.example"}
    assert coders.post(f"{PAGE}/upload", data={"who": "Ana"}, files=file, headers=foreign).status_code == 403
    coders.post(f"{PAGE}/done", data={"who": "Ana"})
    assert sent(coders, ONE_LINE)[0] == 409


def test_what_is_agreed_is_adopted_by_button_and_by_the_api(coders: TestClient, workspace: ToyWorkspace) -> None:
    for who in ("Ana", "Bo"):
        sent(coders, ONE_LINE, who)
        coders.post(f"{PAGE}/done", data={"who": who})
    page = coders.get("/coding/adoption?document=accord").text
    assert "Decide 1 line<" in page
    assert "保持不变" in coders.get("/coding/adoption?document=accord&lang=zh").text
    plan = coders.get("/api/coding/adoption?document=accord").json()["lines"]
    (own,) = [one for one in plan if one["what"] == "edit"]
    assert (own["quote"], own["said"], {one["what"] for one in plan}) == (
        SHARE,
        "Ana, Bo agree",
        {"edit", "uncoded"},
    )
    assert coders.post("/coding/adopt", data={"document": "accord"}).status_code == 422
    done = coders.post("/coding/adopt", data={"document": "accord", "by": "Mara"}, follow_redirects=False)
    assert done.headers["location"] == "/coding/adoption?document=accord"
    assert (workspace.provision(own["provision"]).provision.force, own["fields"][0]) == (2, "force")
    again = coders.post("/api/coding/adoption", json={"document": "accord", "by": "Mara"}).json()["lines"]
    assert {one["what"] for one in again} == {"same", "uncoded"}


def test_lines_go_out_for_other_programs(coders: TestClient, workspace: ToyWorkspace) -> None:
    finished(coders, workspace)
    assert coders.get("/coding/export/qdpx?coder=Ana").content[:2] == b"PK"
    assert "urn:QDA-XML:codebook" in coders.get("/coding/export/qdc?coder=Ana").text
    assert "I(" in coders.get("/coding/export/ig?coder=Ana").text


def test_a_snapshot_is_downloaded_with_the_filter_of_the_register(client: TestClient, tmp_path: Path) -> None:
    html = client.get("/register?kind=obligation").text
    assert 'href="/snapshot?kind=obligation"' in html
    page = client.get("/snapshot?kind=obligation").text
    assert 'type="hidden" name="kind" value="obligation"' in page
    for address in ("/snapshot/zip", "/api/snapshot/zip"):
        (tmp_path / "s.zip").write_bytes(client.get(f"{address}?kind=obligation&texts=true&title=Duties").content)
        found = verify(tmp_path / "s.zip")
        assert found.sound
    assert client.get("/snapshot/zip?as_of=2000-01-01").status_code == 400
    assert "可引用的快照" in client.get("/snapshot?lang=zh").text
