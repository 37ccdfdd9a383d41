from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from dragoman.model import Language
from dragoman.model.term import Concept, ConceptStatus, Definition, ReviewVerdict, Term, TermUse
from tests.web.client import TestClient
from tests.web.test_screening import whole
from tests.web.toy import ToyWorkspace

HOSTILE = "<script>alert(1)</script> & “pots”"
CHIP = Concept(
    "chip",
    (
        Term("chip", Language.EN),
        Term("wafer piece", Language.EN, TermUse.DEPRECATED),
        Term("芯片", Language.ZH),
        Term("晶片", Language.ZH, TermUse.ADMITTED, party="China"),
    ),
    definitions=(Definition("A circuit.", Language.EN),),
    note=HOSTILE,
    tags=("semiconductors",),
)
PAGES = (
    "/terms",
    "/terms?q=chip",
    "/terms/c/chip",
    "/terms/new",
    "/terms/review",
    "/terms/versions",
    "/terms/lint",
)


@pytest.fixture
def terms(client: TestClient, workspace: ToyWorkspace) -> TestClient:
    """A client of a workspace with one concept."""
    workspace.termbank.propose(CHIP, by="Ann", side="US")
    return client


def say(client: TestClient, path: str, **fields: str):  # type: ignore[no-untyped-def]  # noqa: ANN201
    return client.post(path, data={"reviewer": "李明", "side": "China", **fields}, follow_redirects=False)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("path", PAGES)
def test_pages_are_whole_in_both_languages_and_show_no_markup_of_texts(
    terms: TestClient, path: str, language: str
) -> None:
    response = terms.get(path, headers={"accept-language": language})
    assert response.status_code == 200
    whole(response.text)
    assert "<script>alert" not in response.text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_empty_termbase_offers_the_glossary(client: TestClient, language: str) -> None:
    for path in ("/terms", "/terms/review", "/terms/versions", "/terms/lint", "/terms/new"):
        response = client.get(path, headers={"accept-language": language})
        assert response.status_code == 200
        whole(response.text)
    taken = client.post(
        "/terms/import", data={"reviewer": "Ann", "side": ""}, headers={"accept-language": language}
    )
    assert taken.status_code == 200
    whole(taken.text)
    assert "出口管制" in client.get("/terms?q=export control").text


def test_a_concept_is_found_in_both_languages(terms: TestClient) -> None:
    for words in ("chip", "芯片", "CHIP", "waf"):
        assert 'href="/terms/c/chip"' in terms.get("/terms", params={"q": words}).text
    assert "No concept fits" in terms.get("/terms?q=nothing", headers={"accept-language": "en"}).text


def test_contexts_lead_to_the_sentences_of_the_register(terms: TestClient) -> None:
    html = terms.get("/terms/c/chip", headers={"accept-language": "en"}).text
    assert "<mark>chip</mark>" in html
    assert "<mark>芯片</mark>" in html
    assert 'href="/d/accord#s-' in html


def test_both_sides_accept_and_a_side_contests(terms: TestClient, workspace: ToyWorkspace) -> None:
    response = say(terms, "/terms/c/chip/review", verdict="accept")
    assert (response.status_code, response.headers["location"]) == (303, "/terms/c/chip#standing")
    assert workspace.termbank.concept("chip").status is ConceptStatus.AGREED
    refused = say(terms, "/terms/c/chip/review", verdict="contest")
    assert refused.status_code == 422
    assert "needs a reason" in refused.text
    whole(refused.text)
    assert say(terms, "/terms/c/chip/review", verdict="contest", reason="too wide").status_code == 303
    assert workspace.termbank.concept("chip").contested == ("China",)
    assert say(terms, "/terms/c/chip/review", verdict="praise").status_code == 422


def test_a_change_is_proposed_shown_and_accepted(terms: TestClient, workspace: ToyWorkspace) -> None:
    say(terms, "/terms/c/chip/review", verdict="accept")
    rows = {
        "term-text": ["chip", "wafer piece", "芯片", "晶片", "microchip", ""],
        "term-language": ["en", "en", "zh", "zh", "en", "zh"],
        "term-use": ["preferred", "deprecated", "preferred", "admitted", "admitted", "admitted"],
        "term-party": ["", "", "", "China", "US", ""],
        "term-note": ["", "", "", "", "newer", ""],
    }
    fields = {"definition-en": "A circuit.", "note": "Short.", "tags": "semiconductors", "kind": "general"}
    data = {"reviewer": "Ann", "side": "United States", **fields, **rows}
    assert terms.post("/terms/c/chip/change", data=data, follow_redirects=False).status_code == 303
    (proposal,) = workspace.termbank.proposals("chip")
    assert [term.text for term in proposal.after.terms] == ["chip", "wafer piece", "microchip", "芯片", "晶片"]
    assert proposal.after.terms[2].party == "United States"
    for path in ("/terms/c/chip", "/terms/review"):
        html = terms.get(path, headers={"accept-language": "en"}).text
        whole(html)
        assert "<ins>microchip (admitted, United States, newer)</ins>" in html
    assert say(terms, "/terms/c/chip/proposal", proposal=proposal.id, verdict="accept").status_code == 303
    assert workspace.termbank.concept("chip").note == "Short."
    again = say(terms, "/terms/c/chip/proposal", proposal=proposal.id, verdict="reject", reason="late")
    assert again.status_code == 409
    whole(again.text)


def test_what_a_form_does_not_show_stays(terms: TestClient, workspace: ToyWorkspace) -> None:
    before = workspace.termbank.concept("chip")
    data = {
        "reviewer": "Ann",
        "side": "",
        "term-text": [term.text for term in before.terms],
        "term-language": [term.language.value for term in before.terms],
        "term-use": [term.use.value for term in before.terms],
        "term-party": [term.party for term in before.terms],
        "term-note": [term.note for term in before.terms],
        "definition-en": "A circuit.",
        "note": before.note,
        "tags": "semiconductors",
    }
    response = terms.post("/terms/c/chip/change", data=data)
    assert response.status_code == 422
    assert "as it is" in response.text


def test_a_new_concept_is_proposed_with_its_source(client: TestClient, workspace: ToyWorkspace) -> None:
    sentence = workspace.document("accord")
    first = sentence.sentences[3]
    quote = sentence.slice(first.start, first.end)
    data = {
        "reviewer": "Ann",
        "side": "China",
        "term-text": ["joint council", "联合理事会"],
        "term-language": ["en", "zh"],
        "term-use": ["preferred", "preferred"],
        "term-party": ["", ""],
        "term-note": ["", ""],
        "kind": "organisation",
        "document": "accord",
        "quote": quote,
    }
    response = client.post("/terms/new", data=data, follow_redirects=False)
    assert response.headers["location"] == "/terms/c/joint-council"
    (source,) = workspace.termbank.concept("joint-council").sources
    assert (source.doc, source.start, source.end) == ("accord", first.start, first.end)
    assert quote[:20] in client.get("/terms/c/joint-council").text
    refused = client.post("/terms/new", data={**data, "quote": "nobody said so"})
    assert refused.status_code == 422
    assert "nobody said so" in refused.text
    assert "joint council" in refused.text
    whole(refused.text)


def test_several_concepts_are_accepted_at_once(client: TestClient, workspace: ToyWorkspace) -> None:
    workspace.termbank.import_shipped(by="Ann", side="US")
    data = {"reviewer": "Li", "side": "China", "verdict": "accept", "concept": ["export-control", "end-use"]}
    assert client.post("/terms/review", data=data, follow_redirects=False).status_code == 303
    assert workspace.termbank.counts()["agreed"] == 2


def test_versions_are_published_and_compared(terms: TestClient, workspace: ToyWorkspace) -> None:
    assert say(terms, "/terms/versions", reason="first").status_code == 303
    assert say(terms, "/terms/versions").status_code == 409
    workspace.termbank.review("chip", ReviewVerdict.CONTEST, by="Li", side="CN", reason="too wide")
    html = terms.get("/terms/versions", headers={"accept-language": "en"}).text
    whole(html)
    assert "1 concept changed" in html
    assert "too wide" in html
    assert terms.get("/terms/versions?first=7").status_code == 404


@pytest.mark.parametrize("form", ["tbx", "rdf", "jsonld", "csv", "xlsx", "html", "docx", "md"])
def test_the_termbase_is_downloaded_and_printed(terms: TestClient, form: str) -> None:
    response = terms.get(f"/terms/export/{form}")
    assert response.status_code == 200
    assert len(response.content) > 300
    assert terms.get(f"/terms/export/{form}?q=nothing").status_code == 409


def test_a_download_holds_what_the_filter_leaves(client: TestClient, workspace: ToyWorkspace) -> None:
    workspace.termbank.import_shipped(by="Ann")
    rows = list(csv.DictReader(io.StringIO(client.get("/terms/export/csv?tag=quantum&limit=1").text)))
    assert {row["concept"] for row in rows} == {
        "quantum-computing",
        "quantum-technology",
        "post-quantum-cryptography",
    }


def test_a_faulty_file_is_refused_with_its_line(client: TestClient, workspace: ToyWorkspace) -> None:
    files = {"file": ("pots.tbx", b"<tbx>\n<text>\n<oops", "text/xml")}
    response = client.post("/terms/import", files=files, data={"reviewer": "Ann", "side": ""})
    assert response.status_code == 422
    assert "line 3" in response.text
    whole(response.text)
    assert workspace.termbank.counts() == {}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_pasted_text_is_linted_and_marked(terms: TestClient, language: str) -> None:
    text = f"A wafer piece.\r\n{HOSTILE} 晶片。"
    response = terms.post("/terms/lint", data={"text": text}, headers={"accept-language": language})
    assert response.status_code == 200
    whole(response.text)
    assert '<mark>wafer piece<sup><a href="#f-1">1</a></sup></mark>' in response.text
    assert "<script>alert" not in response.text
    assert terms.post("/terms/lint", data={"text": " "}).status_code == 422
    assert terms.post("/terms/lint", data={"text": "a", "party": "Atlantis"}).status_code == 422


def test_documents_of_the_register_are_linted(terms: TestClient) -> None:
    response = terms.get("/terms/lint?document=accord")
    assert response.status_code == 200
    whole(response.text)
    assert terms.get("/terms/lint?document=nothing").status_code == 404


def test_another_site_may_not_review(terms: TestClient, workspace: ToyWorkspace) -> None:
    data = {"reviewer": "Li", "side": "China", "verdict": "accept"}
    for path in ("/terms/c/chip/review", "/api/terms/concepts/chip/review"):
        assert terms.post(path, data=data, headers={"origin": "http://elsewhere.example"}).status_code == 403
    assert workspace.termbank.concept("chip").status is ConceptStatus.UNDER_REVIEW


def test_what_is_not_there_is_said(terms: TestClient) -> None:
    assert terms.get("/terms/c/nothing").status_code == 404
    assert say(terms, "/terms/c/nothing/review", verdict="accept").status_code == 404
    assert say(terms, "/terms/c/chip/praise").status_code == 404
    assert say(terms, "/terms/c/chip/proposal", proposal="p1", verdict="accept").status_code == 404


def test_programs_propose_review_publish_and_lint(client: TestClient) -> None:
    content = {
        "id": "kiln",
        "terms": [{"text": "kiln", "language": "en"}, {"text": "窑", "language": "zh", "party": "CN"}],
        "tags": ["materials"],
    }
    made = client.post("/api/terms", json={"by": "Ann", "side": "US", "concept": content})
    assert made.status_code == 200, made.text
    assert (made.json()["status"], made.json()["terms"][1]["party"]) == ("under review", "China")
    assert client.post("/api/terms", json={"by": "Ann", "concept": content}).status_code == 409
    assert client.get("/api/terms?q=窑").json()["total"] == 1
    accepted = client.post("/api/terms/concepts/kiln/review", json={"by": "Li", "side": "CN", "verdict": "accept"})
    assert accepted.json()["status"] == "agreed"
    change = {**content, "note": "hot"}
    proposal = client.post(
        "/api/terms/concepts/kiln/proposals", json={"by": "Li", "side": "CN", "concept": change}
    )
    assert client.get("/api/terms/proposals").json() == [proposal.json()]
    said = {"by": "Ann", "side": "US", "verdict": "accept"}
    done = client.post(f"/api/terms/concepts/{proposal.json()['id']}/review", json=said)
    assert done.json()["state"] == "accepted"
    assert client.get("/api/terms/concepts/kiln").json()["note"] == "hot"
    assert [step["action"] for step in client.get("/api/terms/concepts/kiln/history").json()] == [
        "proposed",
        "accepted",
        "changed",
    ]
    assert client.post("/api/terms/versions", json={"by": "Ann"}).json()["number"] == 1
    assert client.get("/api/terms/versions").json()[0]["statuses"] == {"agreed": 1}
    assert client.get("/api/terms/changes?first=1").json() == []
    found = client.post("/api/terms/lint", json={"text": "A kiln."}).json()
    assert (found["findings"], found["concepts"]) == ([], 1)
    assert client.get("/api/terms/export/tbx").text.startswith("<?xml")
    assert client.get("/api/terms/concepts/jar").status_code == 404


def test_a_termbase_goes_from_page_to_page(terms: TestClient, tmp_path: Path) -> None:
    data = terms.get("/terms/export/tbx").content
    folder = tmp_path / "other"
    folder.mkdir()
    with ToyWorkspace.at(folder) as other:
        path = tmp_path / "out.tbx"
        path.write_bytes(data)
        assert other.termbank.import_file(path, by="Li").problems == ()
        assert other.termbank.concept("chip").terms == CHIP.terms
