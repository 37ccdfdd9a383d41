from __future__ import annotations

import io
import json
import re
from html import unescape

import pytest
import yaml
from docx import Document

from tests.web.client import TestClient

CASE = b"""
template: package
title: Two racks for the port
facts:
  departure: US
  consortium_type: preset
destinations: [GB]
"""


def carried(page: str) -> dict[str, object]:
    """Return the case that a page holds."""
    found = re.search(r'name="case" value="([^"]*)"', page)
    assert found
    loaded = json.loads(unescape(found.group(1)))
    assert isinstance(loaded, dict)
    return loaded


def form_of(page: str, **fields: str) -> dict[str, str]:
    return {
        "case": json.dumps(carried(page)),
        **{name.replace("__", ":"): value for name, value in fields.items()},
    }


def test_the_kinds_of_case_and_the_packs_are_shown_with_what_they_leave_out(client: TestClient) -> None:
    page = client.get("/check?lang=en").text
    assert 'href="/check/package"' in page
    assert "Does not cover" in page
    assert "us-ai-exports-program" in page


def test_an_empty_case_asks_questions(client: TestClient) -> None:
    page = client.get("/check/package?lang=en").text
    assert page.count('class="question"') > 0
    assert carried(page) == {"template": "package", "facts": {}}


def test_a_case_file_becomes_a_form_with_its_facts(client: TestClient) -> None:
    answer = client.post("/check/file?lang=en", files={"file": ("case.yaml", CASE)})
    assert answer.status_code == 200
    assert carried(answer.text)["title"] == "Two racks for the port"
    assert "<h1>Two racks for the port</h1>" in answer.text
    assert 'value="fact:departure"' in answer.text


def test_answers_are_kept_and_can_be_taken_back(client: TestClient) -> None:
    page = client.get("/check/package?lang=en").text
    page = client.post(
        "/check/package?lang=en", data=form_of(page, fact__departure="US", add__destinations="GB")
    ).text
    case = carried(page)
    assert case["facts"] == {"departure": "US"}
    page = client.post("/check/package?lang=en", data=form_of(page, drop="fact:departure")).text
    assert carried(page)["facts"] == {}
    page = client.post("/check/package?lang=en", data=form_of(page, drop="member:destinations:0")).text
    assert carried(page)["destinations"] == []


def test_a_list_can_be_stated_to_be_empty(client: TestClient) -> None:
    page = client.get("/check/package?lang=en").text
    page = client.post("/check/package?lang=en", data=form_of(page, none="parties")).text
    assert carried(page)["parties"] == []


def test_a_wrong_answer_is_said_and_nothing_is_run(client: TestClient) -> None:
    page = client.get("/check/package?lang=en").text
    page = client.post("/check/package?lang=en", data=form_of(page, fact__departure="Atlantis")).text
    assert "Nothing was run" in page
    assert "Atlantis" in page
    assert '<li class="finding' not in page


@pytest.mark.parametrize("broken", ["{", "[]", '{"facts": 3}'])
def test_a_broken_page_is_refused(client: TestClient, broken: str) -> None:
    assert client.post("/check/package", data={"case": broken}).status_code == 422


def test_a_file_that_is_no_case_is_refused_with_its_line(client: TestClient) -> None:
    answer = client.post("/check/file?lang=en", files={"file": ("case.yaml", b"template: package\nfacts: [1")})
    assert answer.status_code == 422
    assert "case.yaml" in answer.text


def test_a_kind_of_case_that_does_not_exist_is_not_found(client: TestClient) -> None:
    assert client.get("/check/picnic").status_code == 404


def test_the_case_comes_back_as_yaml(client: TestClient) -> None:
    page = client.post("/check/file?lang=en", files={"file": ("case.yaml", CASE)}).text
    answer = client.post("/check/package/yaml", data=form_of(page))
    case = yaml.safe_load(answer.content)
    assert case["facts"] == {"departure": "US", "consortium_type": "preset"}
    assert case["destinations"] == ["GB"]


def test_the_findings_come_as_json(client: TestClient) -> None:
    page = client.post("/check/file?lang=en", files={"file": ("case.yaml", CASE)}).text
    row = json.loads(client.post("/check/package/json", data=form_of(page)).content)
    assert row["outcome"] in {"unknown", "not met"}
    assert {"rule", "result", "citation", "missing", "trace", "confidence"} <= set(row["findings"][0])


@pytest.mark.parametrize(("language", "title"), [("en", "Compliance memo: Two racks"), ("zh", "合规备忘录")])
def test_the_memo_comes_as_a_word_file(client: TestClient, language: str, title: str) -> None:
    page = client.post("/check/file?lang=en", files={"file": ("case.yaml", CASE)}).text
    answer = client.post(f"/check/package/docx?lang={language}", data=form_of(page))
    words = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(answer.content)).paragraphs)
    assert title in words


def test_what_a_user_writes_stays_text(client: TestClient) -> None:
    page = client.get("/check/package?lang=en").text
    page = client.post(
        "/check/package?lang=en", data=form_of(page, title="<script>alert(1)</script>", add__parties="<b>x</b>")
    ).text
    assert "<script>alert" not in page
    assert "<b>x</b>" not in page


def test_a_rule_shows_its_versions_citation_and_sentences(client: TestClient) -> None:
    listing = client.get("/rules?pack=us-ai-exports-program&lang=en").text
    first = re.search(r'href="/rules/(us-ai-exports-program/[^"]+)"', listing)
    assert first
    page = client.get(f"/rules/{first.group(1)}?lang=en")
    assert page.status_code == 200
    assert "Requires" in page.text
    assert "as of" in page.text


def test_a_rule_that_does_not_exist_is_not_found(client: TestClient) -> None:
    assert client.get("/rules/no/such/rule").status_code == 404
