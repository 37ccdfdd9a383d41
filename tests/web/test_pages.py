from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from fastapi import FastAPI

from dragoman.model import Kind, Language, Query, ReviewState
from dragoman.web import create_app
from tests.web.client import BASE, TestClient
from tests.web.texts import ACCORD, HOSTILE
from tests.web.toy import ToyWorkspace

PAGES = ["/", "/d/accord", "/d/rule", "/register", "/register?order=confidence", "/search", "/search?q=chip"]
PAGES += ["/check", "/check/package", "/check/transfer", "/rules", "/rules?pack=green-channel&q=data"]
PAGES += ["/track", "/track?document=accord&as_of=2028-02-01", "/track/scores", "/track/report"]
PAGES += ["/watch", "/watch?every=true"]
PAGES += ["/track/report?document=rule&as_of=2026-03-01"]
PAGES += ["/screen", "/screen?name=Alder", "/screen/history", "/lists"]
PAGES += ["/problems", "/problems?document=accord&severity=note", "/api", "/no/such/page"]
VOID = {"meta", "link", "input", "br", "img", "rect", "path", "hr"}


class Outline(HTMLParser):
    """Counts what the checks below ask for."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.ids: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.ids += [value for name, value in attrs if name == "id" and value]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def outline(html: str) -> Outline:
    parser = Outline()
    parser.feed(html)
    parser.close()
    return parser


def an_id(workspace: ToyWorkspace, kind: Kind = Kind.COMMITMENT) -> str:
    return workspace.provisions(Query(kinds=(kind,))).entries[0].provision.id


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("path", PAGES)
def test_pages_are_whole_and_in_their_language(client: TestClient, path: str, language: str) -> None:
    response = client.get(path, headers={"accept-language": language})
    assert response.status_code == (404 if path == "/no/such/page" else 200)
    assert response.headers["content-language"] == language
    found = outline(response.text)
    assert found.wrong == []
    assert found.open == []
    assert len(found.ids) == len(set(found.ids))
    assert [tag for tag, _ in found.tags].count("h1") == 1
    assert found.tags[0] == ("html", {"lang": language})


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_inline(client: TestClient, path: str) -> None:
    found = outline(client.get(path).text)
    handlers = [name for _, attributes in found.tags for name in attributes if name.startswith("on")]
    assert handlers == []
    assert [tag for tag, attributes in found.tags if "style" in attributes or tag == "style"] == []
    scripts = [attributes for tag, attributes in found.tags if tag == "script"]
    assert all("src" in script or script.get("type") == "application/json" for script in scripts)
    links = [a.get("src") or a.get("href") for tag, a in found.tags if tag in {"script", "link", "img"}]
    assert all(link is None or link.startswith("/static/") for link in links)


def test_the_library_shows_every_document(client: TestClient) -> None:
    html = client.get("/").text
    assert 'href="/d/accord"' in html
    assert "Accord of the Two Shores" in html
    assert "3 February 2026" in html
    assert "Joint declaration" not in html
    assert html.count(">guessed<") == 4
    assert ">must not 2<" in html


def test_the_library_is_found_and_sorted_by_address(client: TestClient) -> None:
    def order(query: str) -> list[str]:
        return re.findall(r'<a href="/d/(\w+)"', client.get(f"/{query}").text)

    assert order("?sort=title&desc=false") == ["accord", "rule"]
    assert order("?sort=title&desc=true") == ["rule", "accord"]
    assert order("?sort=provisions&desc=true") == ["accord", "rule"]
    assert order("?q=models") == ["rule"]
    assert "No document holds these words." in client.get("/?q=nowhere").text


def test_an_empty_library_says_what_to_do(empty: ToyWorkspace) -> None:
    with TestClient(create_app(empty), base_url=BASE) as client:
        html = client.get("/").text
    assert "No text has been read yet" in html
    assert 'type="file"' in html
    assert "<table" not in html


def test_the_reader_marks_sentences_by_kind_and_force(client: TestClient) -> None:
    html = client.get("/d/accord").text
    assert 'class="sentence pinned k-obligation f-4"' in html
    assert html.count('class="pill ') == 12
    assert 'lang="zh"' in html
    assert 'href="#run-1"' in html
    assert 'href="#section-2"' in html
    assert '<details class="furniture">' in html


def test_the_reader_shows_pages_of_a_pdf(client: TestClient) -> None:
    assert 'id="page-2">page 2<' in client.get("/d/rule").text


def test_the_panel_shows_fields_and_reasons(client: TestClient, workspace: ToyWorkspace) -> None:
    html = client.get(f"/p/{an_id(workspace)}/panel").text
    for words in (
        "semiconductors",
        "by the end of 2027",
        "31 December 2027",
        "technologies:chip",
        "3 / 4",
        "grammar/",
    ):
        assert words in html
    assert re.search(r'data-from="\d+" data-to="\d+"', html)


def test_an_id_leads_to_the_place_in_the_text(client: TestClient, workspace: ToyWorkspace) -> None:
    identifier = an_id(workspace)
    response = client.get(f"/p/{identifier}", follow_redirects=False)
    assert response.status_code == 302
    assert response.headers["location"] == f"/d/accord#{identifier}"
    assert f'id="{identifier}"' in client.get("/d/accord").text


def test_slugs_of_any_kind_have_an_address(workspace: ToyWorkspace, client: TestClient) -> None:
    name = "联合 声明 #1?&100%"
    list(workspace.read_bytes(ACCORD.encode(), f"{name}.txt"))
    assert client.get(f"/d/{quote(name, safe='')}").status_code == 200
    assert f'href="/d/{quote(name, safe="")}"' in client.get("/").text
    identifier = workspace.provisions(Query(documents=(name,))).entries[0].provision.id
    assert client.get(f"/p/{quote(identifier, safe=':')}/panel").status_code == 200
    assert client.get(f"/p/{quote(identifier, safe=':')}").status_code == 200


def test_the_register_filters_by_address(client: TestClient) -> None:
    html = client.get("/register?kind=prohibition&actor=Joint+Council&due_from=").text
    assert html.count('class="row ') == 2
    assert re.search(r'value="prohibition" checked', html)
    assert '<a class="chip" href="/register?actor=Joint+Council"' in html
    assert 'href="/api/export/csv?kind=prohibition&amp;actor=Joint+Council"' in html


def test_a_field_in_use_still_offers_its_other_values(client: TestClient) -> None:
    html = client.get("/register?kind=prohibition").text
    assert 'name="kind" value="measure"' in html


@pytest.fixture
def chinese(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """A client with the Chinese interface, in which one of two actors has a Chinese name."""
    names = {Language.ZH: {"Alba": "甲国"}, Language.EN: {}}
    monkeypatch.setattr(ToyWorkspace, "names", lambda _, language: names[language])
    client.headers["accept-language"] = "zh"
    return client


def test_actors_have_the_names_of_the_interface_and_filters_the_canonical_ones(chinese: TestClient) -> None:
    html = chinese.get("/register?actor=Alba").text
    assert '<td data-label="行为体" class="who"><span title="Alba">甲国</span>' in html
    assert 'value="Alba" checked> <span class="facet-name" title="Alba">甲国</span>' in html
    assert '<span title="Alba">甲国</span> <span aria-hidden="true">×</span>' in html
    assert '<span lang="en">Boria</span>' in html
    assert 'class="who"><span lang="en">Alba</span>' in chinese.get("/register?actor=Alba&lang=en").text


def test_parties_and_the_panel_have_the_names_of_the_interface(
    chinese: TestClient, workspace: ToyWorkspace
) -> None:
    parties = '<span title="Alba">甲国</span> · <span lang="en">Boria</span>'
    assert parties in chinese.get("/").text
    assert parties in chinese.get("/d/accord").text
    assert 'href="/d/accord"' in chinese.get("/?q=甲国").text
    assert 'href="/d/accord"' not in chinese.get("/?q=乙国").text
    (entry, *_) = workspace.provisions(Query(actors=("Alba",), kinds=(Kind.COMMITMENT,))).entries
    panel = chinese.get(f"/p/{quote(entry.provision.id)}/panel").text
    assert '<a href="/register?actor=Alba"><span title="Alba">甲国</span></a>' in panel
    assert re.search(r'name="actors"[^>]*>Alba', panel)


def test_the_register_turns_pages(client: TestClient) -> None:
    first = client.get("/register?limit=10").text
    assert first.count('class="row ') == 10
    second = client.get("/register?limit=10&offset=10").text
    assert second.count('class="row ') == 5
    assert 'rel="prev" href="/register?limit=10"' in second


def test_the_register_turns_pages_beside_a_line(client: TestClient) -> None:
    def turned(address: str, way: str) -> tuple[str, list[str]]:
        (found,) = re.findall(f'rel="{way}" href="([^"]*)"', client.get(address).text)
        beside = unescape(found)
        return beside, re.findall(r'<tr class="row [^>]*id="([^"]*)"', client.get(beside).text)

    by_number = [
        re.findall(r'<tr class="row [^>]*id="([^"]*)"', client.get(f"/register?limit=4&offset={at}").text)
        for at in (4, 8)
    ]
    second, lines = turned("/register?limit=4", "next")
    assert ("after=" in second, lines) == (True, by_number[0])
    third, lines = turned(second, "next")
    assert lines == by_number[1]
    back, lines = turned(third, "prev")
    assert ("before=" in back, lines) == (True, by_number[0])
    assert turned(back, "prev")[0] == "/register?limit=4"
    gone = re.sub("after=[^&]*", "after=accord:gone", second)
    assert re.findall(r'<tr class="row [^>]*id="([^"]*)"', client.get(gone).text) == by_number[0]


def test_the_queue_begins_with_the_most_doubtful(client: TestClient) -> None:
    html = client.get("/register?review=candidate&order=confidence").text
    shares = [int(share) for share in re.findall(r'class="num right">(\d+)%', html)]
    assert len(shares) == 15
    assert shares == sorted(shares)
    assert "<h1>Review queue</h1>" in html


def test_search_marks_the_words_and_links_to_the_sentence(client: TestClient) -> None:
    html = client.get("/search", params={"q": "芯片"}).text
    assert "<mark>芯片</mark>" in html
    assert (place := re.search(r'href="/d/accord#(s-\d+)"', html))
    assert f'id="{place.group(1)}"' in client.get("/d/accord").text
    assert "No sentence holds “zebra”." in client.get("/search?q=zebra").text


def test_problems_come_with_their_remedy_errors_first(client: TestClient, workspace: ToyWorkspace) -> None:
    list(workspace.read_bytes(b"", "void.txt"))
    html = client.get("/problems").text
    assert html.index("void.txt is empty.") < html.index("The title was guessed.")
    assert "Give a file with text." in html
    assert 'href="/d/accord#at-2-9"' in html
    assert "void.txt is empty." not in client.get("/problems?severity=note").text


def test_a_chinese_page_says_errors_in_chinese_and_the_api_in_english(client: TestClient) -> None:
    missing = client.get("/d/nowhere?lang=zh").text
    assert "登记册中没有文件 `nowhere`，或没有所求的版本。" in missing
    assert "Not Found" not in missing
    assert (
        client.get("/api/documents/nowhere?lang=zh").json()["detail"] == "The register has no document `nowhere`."
    )


@pytest.mark.parametrize("path", ["/", "/d/hostile", "/register", "/search?q=quote", "/problems"])
def test_what_a_text_says_is_never_markup(workspace: ToyWorkspace, client: TestClient, path: str) -> None:
    list(workspace.read_bytes(HOSTILE.encode(), "hostile.txt"))
    found = outline(client.get(path).text)
    assert found.wrong == []
    assert [tag for tag, attributes in found.tags if tag == "img" and "onerror" in attributes] == []
    assert all("src" in a or a.get("type") for tag, a in found.tags if tag == "script")


def test_what_a_reviewer_says_is_never_markup(workspace: ToyWorkspace, client: TestClient) -> None:
    identifier = an_id(workspace)
    form = {"state": "rejected", "reviewer": "<b>Eve</b>", "reason": '"><script>alert(1)</script>'}
    assert client.post(f"/p/{identifier}/review", data=form, headers={"x-fragment": "1"}).status_code == 200
    html = client.get(f"/p/{identifier}/panel").text
    assert "<script" not in html
    assert "<b>Eve" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_files_are_read_and_each_outcome_shown(client: TestClient) -> None:
    files = [("files", ("void.txt", b"", "text/plain")), ("files", ("new.txt", b"Alba will go.", "text/plain"))]
    page = client.post("/read/files", files=files)
    assert page.status_code == 200
    for words in ("Not read", "void.txt is empty.", "Give a file with text.", 'href="/d/new"', "1 provision"):
        assert words in page.text
    piece = client.post("/read/files", files=files[:1], headers={"x-fragment": "1"})
    assert piece.text.strip().startswith("<li")


def test_reading_the_same_file_again_changes_nothing(client: TestClient) -> None:
    again = client.post("/read/files", files=[("files", ("accord.txt", ACCORD.encode(), "text/plain"))])
    assert '<span class="status-word">Unchanged</span>' in again.text


def test_a_web_address_is_read(client: TestClient) -> None:
    page = client.post("/read/address", data={"address": "https://example.org/x"})
    assert "https://example.org/x does not answer." in page.text


@pytest.mark.parametrize("address", ["/etc/passwd", "file:///etc/passwd", "-", "*.txt", "ftp://example.org"])
def test_a_local_path_is_not_read_for_a_browser(client: TestClient, address: str) -> None:
    page = client.post("/read/address", data={"address": address})
    assert page.status_code == 422
    assert "is not a web address" in page.text


def test_the_language_is_remembered(client: TestClient) -> None:
    assert 'lang="zh"' in client.get("/?lang=zh&sort=title").text.splitlines()[1]
    assert "文库" in client.get("/").text
    assert "Library" in client.get("/?lang=en").text
    assert "Library" in client.get("/?lang=xx").text
    assert 'href="?sort=title&amp;lang=zh"' in client.get("/?sort=title&lang=en").text


def decide(client: TestClient, identifier: str, **form: str) -> tuple[int, str]:
    response = client.post(f"/p/{identifier}/review", data=form, headers={"x-fragment": "1"})
    return response.status_code, response.text


def test_decisions_are_recorded_and_shown(client: TestClient, workspace: ToyWorkspace) -> None:
    identifier = an_id(workspace)
    status, html = decide(client, identifier, state="accepted", reviewer="Mara", expected="candidate")
    assert status == 200
    assert "accepted by Mara, 1 March 2026" in html
    assert 'data-state="accepted"' in html
    assert workspace.provision(identifier).state is ReviewState.ACCEPTED
    assert client.cookies["reviewer"] == "Mara"
    assert 'value="Mara"' in client.get(f"/p/{identifier}/panel").text


def test_a_reviewer_with_a_chinese_name_is_remembered(workspace: ToyWorkspace, client: TestClient) -> None:
    identifier = workspace.provisions(Query(documents=("accord",))).entries[0].provision.id
    status, html = decide(client, identifier, state="accepted", reviewer="王芳", expected="candidate")
    assert status == 200
    assert 'value="王芳"' in html


def test_a_decision_without_scripts_leads_back_to_the_text(client: TestClient, workspace: ToyWorkspace) -> None:
    identifier = an_id(workspace)
    form = {"state": "rejected", "reviewer": "Mara", "reason": "a heading"}
    response = client.post(f"/p/{identifier}/review", data=form, follow_redirects=False)
    assert response.status_code == 303
    assert response.headers["location"] == f"/d/accord#{identifier}"


def test_a_decision_on_something_changed_is_a_conflict(client: TestClient, workspace: ToyWorkspace) -> None:
    identifier = an_id(workspace)
    workspace.review(identifier, ReviewState.REJECTED, reviewer="Noa", reason="no act")
    status, html = decide(client, identifier, state="accepted", reviewer="Mara", expected="candidate")
    assert status == 409
    assert 'role="alert"' in html
    assert workspace.provision(identifier).state is ReviewState.REJECTED


def edit_form(**changes: str) -> dict[str, str]:
    form = {"state": "edited", "reviewer": "Mara", "kind": "commitment", "force": "3", "actors": "Alba\nBoria"}
    form |= {"counterparties": "Boria", "aim": "share chip designs with Boria by the end", "object": ""}
    form |= {"technologies": "semiconductors", "instruments": "information-sharing", "conditions": ""}
    form |= {"deadline_text": "by the end of 2027", "deadline_kind": "by", "deadline_date": "2027-12-31"}
    return form | changes


def test_an_edit_changes_what_the_form_changes(client: TestClient, workspace: ToyWorkspace) -> None:
    identifier = an_id(workspace)
    status, html = decide(client, identifier, **edit_form(force="2", deadline_date="2027-06-30"))
    assert status == 200, html
    edited = workspace.provision(identifier)
    assert edited.state is ReviewState.EDITED
    assert edited.provision.force == 2
    assert edited.provision.deadline is not None
    assert edited.provision.deadline.date is not None
    assert edited.provision.deadline.date.isoformat() == "2027-06-30"
    assert edited.provision.technologies == ("semiconductors",)


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"state": "accepted", "reviewer": " "}, 422),
        ({"state": "perhaps", "reviewer": "Mara"}, 422),
        (edit_form(force="9"), 422),
        (edit_form(kind="promise"), 400),
    ],
)
def test_a_form_that_makes_no_sense_is_refused(
    client: TestClient, workspace: ToyWorkspace, form: dict[str, str], status: int
) -> None:
    identifier = an_id(workspace)
    assert decide(client, identifier, **form)[0] == status
    assert workspace.provision(identifier).state is ReviewState.CANDIDATE


@pytest.mark.parametrize("path", ["/d/nowhere", "/p/nowhere:0123", "/p/nowhere:0123/panel", "/problem"])
def test_what_is_not_there_is_a_page_with_a_remedy(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert "<h1>This did not work (404)</h1>" in response.text


def test_a_filter_value_that_does_not_exist_is_named(client: TestClient) -> None:
    response = client.get("/register?kind=promise")
    assert response.status_code == 422
    assert "promise" in response.text or "kind" in response.text


def test_a_defect_is_a_page_that_tells_nothing(app: FastAPI, workspace: ToyWorkspace, client: TestClient) -> None:
    workspace.close()
    app.state.workspace = None
    response = client.get("/")
    assert response.status_code == 500
    assert "Traceback" not in response.text
    assert "a defect in dragoman" in response.text
    assert "content-security-policy" in response.headers
