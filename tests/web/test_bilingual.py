"""The pages of two versions: choice, rows, marks, filters, links set right, differences, candidates, downloads."""

from __future__ import annotations

import html as markup
import json
import re
import threading
from datetime import UTC, datetime

import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model import Document, Language
from dragoman.model.bilingual import Link, LinkAction, LinkCorrection, link_to_row
from dragoman.model.force_difference import Gravity, difference_to_row
from dragoman.model.term import Concept, Term
from dragoman.model.term_candidate import candidate_to_row
from dragoman.terms import align
from dragoman.web.side_by_side import Trust, marks_in, pieces_of, steps_of, trust_of
from tests.web.client import TestClient
from tests.web.test_screening import whole
from tests.web.toy import ToyWorkspace
from tests.web.versions import BOTH, CHINESE, ENGLISH, PAIR, add_versions

pytestmark = pytest.mark.long

PAGES = (
    "/terms/align",
    f"/terms/align?{PAIR}",
    f"/terms/align?{BOTH}&edit=row&at=e-97",
    "/terms/force",
    f"/terms/force?{PAIR}",
    f"/terms/extract?{PAIR}",
)
MAY = ENGLISH.index("The council may")
SHALL = ENGLISH.index("The council shall")
SCHOOL = ENGLISH.index("The school")
SCHOOL_SPAN = f"{SCHOOL}-{ENGLISH.index('Export controls') - 1}"
YING = CHINESE.index("理事会应当")
YING_SPAN = f"{YING}-{CHINESE.index('未经同意') - 1}"


@pytest.fixture
def versions(workspace: ToyWorkspace) -> ToyWorkspace:
    add_versions(workspace)
    return workspace


def page(client: TestClient, path: str) -> str:
    response = client.get(path, headers={"accept-language": "en"})
    assert response.status_code == 200, path
    return response.text


def rows_in(text: str) -> dict[str, str]:
    """Return the rows of the side-by-side page by their anchor."""
    parts = re.split(r'<tr role="row" id="', text.partition("<tbody")[2].partition("</tbody>")[0])[1:]
    return {part.partition('"')[0]: part for part in parts}


def words_of(part: str) -> str:
    """Return what a piece of a page says."""
    return " ".join(markup.unescape(re.sub(r"<sup>.*?</sup>|<[^>]+>", "", part)).split())


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("path", PAGES)
def test_pages_are_whole_in_both_languages(
    client: TestClient, versions: ToyWorkspace, path: str, language: str
) -> None:
    response = client.get(path, headers={"accept-language": language})
    assert response.status_code == 200
    whole(response.text)


def test_versions_are_chosen_from_the_register(client: TestClient, versions: ToyWorkspace) -> None:
    text = page(client, "/terms/align")
    both = text.partition('id="p-doc"')[2].partition("</select>")[0]
    assert "port" in re.findall(r'value="([^"]+)"', both)
    assert "port.en" not in re.findall(r'value="([^"]+)"', both)
    assert 'value="port.zh"' in text.partition('id="p-zh"')[2].partition("</select>")[0]


def test_an_empty_library_says_so(client: TestClient, empty: ToyWorkspace, app: FastAPI) -> None:
    app.state.workspace = empty
    assert "There is no document yet" in page(client, "/terms/extract")


def test_a_row_is_a_link_with_both_sentences_and_their_places(client: TestClient, versions: ToyWorkspace) -> None:
    rows = rows_in(page(client, f"/terms/align?{PAIR}"))
    assert len(rows) == 8
    row = rows[f"e-{MAY}"]
    assert f'href="/d/port.en#s-{MAY}"' in row
    assert f'href="/d/port.zh#s-{YING}"' in row
    assert "The council may inspect the ferries once a year." in words_of(row)
    assert "理事会应当每年检查一次渡轮。" in words_of(row)
    assert 'class="trust t-sure"' in row


def test_both_versions_may_stand_in_one_document(client: TestClient, versions: ToyWorkspace) -> None:
    text = page(client, f"/terms/align?{BOTH}")
    assert "both versions in one document" in text
    row = rows_in(text)[f"e-{MAY}"]
    assert f'href="/d/port#s-{len(ENGLISH) + 1 + YING}"' in row


def test_a_sentence_that_is_left_out_says_so(client: TestClient, versions: ToyWorkspace) -> None:
    row = rows_in(page(client, f"/terms/align?{PAIR}"))[f"e-{SCHOOL}"]
    assert "stands alone" in words_of(row)
    assert "not in the Chinese version" in words_of(row)


def test_words_that_differ_are_marked_in_place_and_numbered(client: TestClient, versions: ToyWorkspace) -> None:
    row = rows_in(page(client, f"/terms/align?{PAIR}"))[f"e-{MAY}"]
    assert '<mark class="d-major">may<sup>1</sup></mark>' in row
    assert re.search(r'<mark class="d-major">应当?<sup>1</sup></mark>', row)
    assert re.search(
        r'<li><span class="gravity g-major"><svg.*?Serious</span> <span[^>]*>obligation', row, re.DOTALL
    )


def test_the_order_of_the_two_does_not_matter(client: TestClient, versions: ToyWorkspace) -> None:
    assert f"e-{MAY}" in rows_in(page(client, "/terms/align?en=port.zh&zh=port.en"))


@pytest.mark.parametrize(
    ("show", "wanted"),
    [("differences", {MAY, SCHOOL}), ("major", {MAY}), ("left-out", {SCHOOL}), ("unsure", set())],
)
def test_rows_are_filtered(client: TestClient, versions: ToyWorkspace, show: str, wanted: set[int]) -> None:
    text = page(client, f"/terms/align?{PAIR}&show={show}")
    found = {int(anchor[2:]) for anchor in rows_in(text)}
    assert wanted <= found
    assert len(found) < 8
    assert SHALL not in found
    assert bool(found) != ("No link fits" in text)
    assert 'aria-current="true" href="/terms/align?en=port.en' in text


def test_long_texts_stand_on_pages_and_a_row_is_found_on_its_own(
    client: TestClient, versions: ToyWorkspace
) -> None:
    first = rows_in(page(client, f"/terms/align?{PAIR}&limit=3"))
    second = rows_in(page(client, f"/terms/align?{PAIR}&limit=3&offset=3"))
    assert (len(first), len(second)) == (3, 3)
    assert not first.keys() & second.keys()
    asked = rows_in(page(client, f"/terms/align?{PAIR}&limit=3&at=e-{SHALL}"))
    assert asked.keys() == second.keys()
    assert " asked" in asked[f"e-{SHALL}"].partition(">")[0]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("en=port.en", 422),
        ("zh=port.zh", 422),
        ("doc=nothing", 404),
        ("en=port.en&zh=nothing", 404),
        ("doc=../../etc/passwd", 404),
        (f"{PAIR}&show=colours", 422),
        (f"{PAIR}&limit=0", 422),
        (f"{PAIR}&at=x", 422),
        (f"doc={'a' * 400}", 422),
    ],
)
def test_an_address_that_makes_no_sense_is_refused(
    client: TestClient, versions: ToyWorkspace, query: str, status: int
) -> None:
    assert client.get(f"/terms/align?{query}").status_code == status


def test_no_file_is_read_for_a_name(client: TestClient, versions: ToyWorkspace) -> None:
    (versions.folder / "secret.txt").write_text("The council will hide.", "utf-8")
    path = str(versions.folder / "secret.txt")
    for name in ("align", "force", "extract", "align/export/jsonl"):
        assert client.get(f"/terms/{name}", params={"doc": path}).status_code == 404
    assert client.get("/api/terms/align", params={"doc": path}).status_code == 404


def test_texts_that_are_no_versions_are_told_on_top(client: TestClient, versions: ToyWorkspace) -> None:
    other = "# 食谱\n把洋葱切碎。\n加入一勺盐。\n煮半个小时。\n趁热吃。\n"
    list(versions.read_bytes(other.encode(), "soup.txt"))
    text = page(client, "/terms/align?en=port.en&zh=soup")
    assert "versions-unrelated" in text
    assert text.index("versions-unrelated") < text.index('id="beside"')
    assert "no-zh-version" in page(client, "/terms/force?doc=port.en")
    assert "no-zh-version" in page(client, "/terms/extract?doc=port.en")


def test_what_a_text_says_is_escaped(client: TestClient, workspace: ToyWorkspace) -> None:
    english = "# <script>alert(1)</script>\nThe council may <img src=x onerror=alert(1)> in 2027.\n"
    list(workspace.read_bytes(english.encode(), "evil.en.txt"))
    list(workspace.read_bytes("# 坏<b>文</b>\n理事会应当在2027年<img src=x>。\n".encode(), "evil.zh.txt"))
    for name in ("align", "force", "extract"):
        text = page(client, f"/terms/{name}?en=evil.en&zh=evil.zh")
        assert "<script>alert" not in text
        assert "<img src=x" not in text


def correct(client: TestClient, query: str, **fields: str | list[str]):  # type: ignore[no-untyped-def]  # noqa: ANN201
    form = {"by": "Mara", "reason": "both say <b>it</b>", **fields}
    return client.post(f"/terms/align?{query}", data=form, follow_redirects=False)


def test_sentences_are_joined_kept_and_shown(client: TestClient, versions: ToyWorkspace) -> None:
    may = f"{MAY}-{SHALL - 1}"
    kept = correct(client, PAIR, action="join", en=[may, SCHOOL_SPAN], zh=[YING_SPAN])
    assert kept.status_code == 303
    assert kept.headers["location"].endswith(f"#e-{MAY}")
    text = page(client, kept.headers["location"])
    row = rows_in(text)[f"e-{MAY}"]
    assert "set by Mara" in words_of(row)
    assert ">2-1<" in row
    assert f"e-{SCHOOL}" not in rows_in(text)
    history = text.partition('id="by-hand"')[2]
    assert "both say &lt;b&gt;it&lt;/b&gt;" in history
    assert f"at=e-{MAY}#e-{MAY}" in markup.unescape(history)
    *_, step = versions.translating.links(["port.en", "port.zh"])
    assert (step.action, step.person, len(step.en), len(step.zh)) == (LinkAction.LINK, "Mara", 2, 1)


def test_sentences_stand_alone_and_it_is_taken_back(client: TestClient, versions: ToyWorkspace) -> None:
    may = f"{MAY}-{SHALL - 1}"
    assert correct(client, PAIR, action="part", en=may, zh=YING_SPAN).status_code == 303
    rows = rows_in(page(client, f"/terms/align?{PAIR}"))
    assert "not in the Chinese version" in words_of(rows[f"e-{MAY}"])
    assert "not in the English version" in words_of(rows[f"z-{YING}"])
    assert correct(client, PAIR, action="unlink", en=may).status_code == 303
    assert correct(client, PAIR, action="unlink", zh=YING_SPAN).status_code == 303
    text = page(client, f"/terms/align?{PAIR}")
    assert f"z-{YING}" not in rows_in(text)
    assert text.partition('id="by-hand"')[2].count("<time") == 4


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"by": " "}, 422),
        ({"reason": ""}, 422),
        ({"zh": []}, 422),
        ({"en": ["3-9"]}, 400),
        ({"en": ["nine"]}, 422),
        ({"action": "burn"}, 422),
        ({"action": "unlink"}, 400),
        ({"action": "part", "en": [], "zh": []}, 400),
    ],
)
def test_a_correction_that_makes_no_sense_is_said_and_not_kept(
    client: TestClient, versions: ToyWorkspace, change: dict[str, str | list[str]], status: int
) -> None:
    fields: dict[str, str | list[str]] = {"action": "join", "en": [SCHOOL_SPAN], "zh": [YING_SPAN], **change}
    response = correct(client, f"{PAIR}&edit=on", **fields)
    assert response.status_code == status
    assert "Nothing was kept" in response.text
    assert versions.translating.links(["port.en", "port.zh"]) == ()
    if "en" not in change and change.get("action") != "part":
        assert re.search(rf'name="en" value="{SCHOOL_SPAN}" checked', response.text)


def test_other_sites_correct_nothing(client: TestClient, versions: ToyWorkspace) -> None:
    form = {"action": "join", "en": SCHOOL_SPAN, "zh": YING_SPAN, "by": "Eve", "reason": "mine"}
    evil = {"origin": "https://evil.example"}
    assert client.post(f"/terms/align?{PAIR}", data=form, headers=evil).status_code == 403
    assert versions.translating.links(["port.en", "port.zh"]) == ()


def test_the_sentences_of_a_row_begin_ticked(client: TestClient, versions: ToyWorkspace) -> None:
    text = page(client, f"/terms/align?{PAIR}&edit=row&at=e-{MAY}")
    assert re.findall(r'name="(..)" value="(\d+-\d+)" checked', text) == [
        ("en", f"{MAY}-{SHALL - 1}"),
        ("zh", YING_SPAN),
    ]
    assert "checked" not in page(client, f"/terms/align?{PAIR}&edit=on&at=e-{MAY}")
    assert 'type="checkbox"' not in page(client, f"/terms/align?{PAIR}")


def test_a_link_of_an_earlier_text_is_history(client: TestClient, versions: ToyWorkspace) -> None:
    correct(client, PAIR, action="part", en=SCHOOL_SPAN)
    list(versions.read_bytes(ENGLISH.replace("soup", "stew").encode(), "port.en.txt"))
    text = page(client, f"/terms/align?{PAIR}")
    assert "said of an earlier text" in text
    assert "link-reopened" in text


def test_differences_are_listed_the_most_serious_first(client: TestClient, versions: ToyWorkspace) -> None:
    text = page(client, f"/terms/force?{PAIR}")
    report = versions.terminology.force(["port.en", "port.zh"])
    assert text.count("<tr role") == len(report.differences) + 1
    assert f"at=e-{MAY}#e-{MAY}" in markup.unescape(text)
    narrowed = page(client, f"/terms/force?{PAIR}&kind=commitment")
    assert "commit to" in words_of(narrowed)
    assert "The council may" not in words_of(narrowed)
    assert "No link fits" in page(client, f"/terms/force?{PAIR}&severity=minor")
    assert client.get(f"/terms/force?{PAIR}&severity=grave").status_code == 422


def test_candidates_open_their_sentences_and_are_proposed_once(client: TestClient, versions: ToyWorkspace) -> None:
    text = page(client, f"/terms/extract?{PAIR}")
    assert "<mark>Export controls</mark> on quantum computers" in text
    form = {"pair": ["Export controls\t出口管制", "council\t理事会"], "reviewer": "Ann", "side": "China"}
    outcome = client.post(f"/terms/extract?{PAIR}", data=form, headers={"accept-language": "en"})
    assert outcome.status_code == 200
    assert "Proposed: 2; in the termbase already: 0" in outcome.text
    concept = versions.termbank.concept("export-controls")
    assert {term.text for term in concept.terms} == {"Export controls", "出口管制"}
    assert concept.accepted == ("China",)
    sources = {one.doc: one for one in concept.sources}
    assert sources["port.en"].start == ENGLISH.index("Export controls on")
    assert sources["port.zh"].quote == "量子计算机的出口管制在2030年之前继续有效。"
    again = client.post(f"/terms/extract?{PAIR}", data=form, headers={"accept-language": "en"}).text
    assert "Proposed: 0; in the termbase already: 2" in again
    assert 'href="/terms/c/export-controls" title="in the termbase"' in again


@pytest.mark.parametrize(
    ("change", "status"),
    [({"reviewer": ""}, 422), ({"pair": []}, 422), ({"pair": ["a\tb"]}, 409), ({"side": "Mars"}, 422)],
)
def test_a_proposal_that_makes_no_sense_is_said(
    client: TestClient, versions: ToyWorkspace, change: dict[str, str | list[str]], status: int
) -> None:
    form = {"pair": ["council\t理事会"], "reviewer": "Ann", "side": "", "reason": "kept <i>", **change}
    response = client.post(f"/terms/extract?{PAIR}", data=form, headers={"accept-language": "en"})
    assert response.status_code == status
    assert "Nothing was recorded" in response.text
    assert 'value="kept &lt;i&gt;"' in response.text
    assert not versions.termbank.counts()


def test_candidates_are_found_and_paged(client: TestClient, versions: ToyWorkspace) -> None:
    text = page(client, f"/terms/extract?{PAIR}&q=出口管制")
    assert re.findall(r'name="pair" value="([^"\t]+)', text) == ["Export controls"]
    assert len(re.findall('name="pair"', page(client, f"/terms/extract?{PAIR}&limit=2&offset=2"))) == 2
    assert "No candidate fits" in page(client, f"/terms/extract?{PAIR}&q=unicorn")


def test_terms_with_several_renderings_come_first(client: TestClient, workspace: ToyWorkspace) -> None:
    english = (
        "# Rules\nThe council supports export controls on chips.\nThe council reviews export controls on robots.\n"
    )
    chinese = "# 规则\n理事会支持芯片的出口管制。\n理事会审查机器人的出口控制。\n"
    list(workspace.read_bytes(english.encode(), "mixed.en.txt"))
    list(workspace.read_bytes(chinese.encode(), "mixed.zh.txt"))
    text = page(client, "/terms/extract?en=mixed.en&zh=mixed.zh")
    odd = words_of(text.partition('id="odd-title"')[2].partition("</table>")[0])
    assert "出口管制 × 1" in odd
    assert "出口控制 × 1" in odd


def test_downloads_are_those_of_the_command_line(client: TestClient, versions: ToyWorkspace) -> None:
    names = ["port.en", "port.zh"]
    links = [json.loads(row) for row in client.get(f"/terms/align/export/jsonl?{PAIR}").text.splitlines()]
    assert links == [dict(link_to_row(one)) for one in versions.translating.align(names).links]
    report = versions.terminology.force(names)
    differences = [json.loads(row) for row in client.get(f"/terms/force/export/jsonl?{PAIR}").text.splitlines()]
    assert differences == [dict(difference_to_row(one)) for one in report.differences]
    table = client.get(f"/terms/extract/export/tsv?{PAIR}").text.splitlines()
    assert table[0].split("\t")[:3] == ["en", "zh", "score"]
    assert table[1].startswith("Export controls\t出口管制\t")
    assert "<tmx" in client.get(f"/terms/align/export/tmx?{PAIR}").text
    assert "urn:iso:std:iso:30042" in client.get(f"/terms/extract/export/tbx?{PAIR}").text
    for part in ("align", "force", "extract"):
        assert client.get(f"/terms/{part}/export/docx?{PAIR}").content[:2] == b"PK"
        report_page = client.get(f"/terms/{part}/export/html?{PAIR}&lang=zh")
        assert f"dragoman terms {part} port.en port.zh" in report_page.text
        assert 'lang="zh-Hans"' in report_page.text
        assert client.get(f"/terms/{part}/export/exe?{PAIR}").status_code == 422
        assert client.get(f"/terms/{part}/export/docx").status_code == 400


def test_programs_get_the_rows_of_the_command_line(client: TestClient, versions: ToyWorkspace) -> None:
    names = ["port.en", "port.zh"]
    found = client.get(f"/api/terms/align?{PAIR}").json()
    alignment = versions.translating.align(names)
    assert found["links"] == json.loads(json.dumps([link_to_row(one) for one in alignment.links]))
    assert (found["en"], found["zh"], found["score"]) == ("port.en", "port.zh", alignment.score)
    force = client.get(f"/api/terms/force?{PAIR}").json()
    assert {row["severity"] for row in force["differences"]} == {Gravity.MAJOR.value}
    candidates = client.get(f"/api/terms/extract?{PAIR}&limit=2").json()
    wanted = versions.terminology.extract(names, limit=2).candidates
    assert candidates["candidates"] == json.loads(json.dumps([candidate_to_row(one) for one in wanted]))
    assert candidates["total"] > 2
    assert client.get("/api/terms/force?doc=port.en").json()["problems"][0]["code"] == "no-zh-version"
    for query, status in (("", 400), ("en=port.en", 422), ("doc=nothing", 404)):
        response = client.get(f"/api/terms/force?{query}")
        assert response.status_code == status
        assert response.headers["content-type"] == "application/problem+json"


def test_what_is_computed_is_kept_until_the_register_changes(
    client: TestClient, versions: ToyWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []
    kind = type(versions.terminology)
    force = kind.force

    def counting(self: object, names: object) -> object:
        calls.append(1)
        return force(self, names)  # type: ignore[arg-type]

    monkeypatch.setattr(kind, "force", counting)
    page(client, f"/terms/align?{PAIR}")
    page(client, f"/terms/align?{PAIR}&show=major")
    page(client, f"/terms/force?{PAIR}")
    assert len(calls) == 1
    correct(client, PAIR, action="part", en=SCHOOL_SPAN)
    page(client, f"/terms/align?{PAIR}")
    assert len(calls) == 2


def test_sentences_are_aligned_again_only_for_other_texts_or_other_terms(
    versions: ToyWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []

    def counting(english: Document, *rest: object) -> object:
        calls.append(english.text_sha256)
        return align(english, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr("dragoman.translating.align", counting)
    names = ["port.en", "port.zh"]
    first = versions.translating.align(names)
    span = first.links[5].en[0]
    versions.translating.link(names, en=[span], zh=[], person="Ada", reason="checked")
    assert versions.translating.align(names).links[5].by == "Ada"
    assert len(calls) == 1
    versions.termbank.propose(
        Concept("", (Term("ferry", Language.EN), Term("渡轮", Language.ZH))), by="Ann", side="US"
    )
    versions.translating.align(names)
    assert len(calls) == 2
    list(versions.read_bytes(ENGLISH.replace("soup", "stew").encode(), "port.en.txt"))
    versions.translating.align(names)
    assert len(set(calls)) == 2
    assert len(calls) == 3


def test_what_takes_long_says_so_and_looks_again(
    client: TestClient, versions: ToyWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    kind = type(versions.terminology)
    force = kind.force

    def slow(self: object, names: object) -> object:
        gate.wait(60)
        return force(self, names)  # type: ignore[arg-type]

    monkeypatch.setattr(kind, "force", slow)
    monkeypatch.setattr("dragoman.web.computed.PATIENCE", 0.01)
    text = page(client, f"/terms/align?{PAIR}")
    assert 'http-equiv="refresh"' in text
    gate.set()
    monkeypatch.setattr("dragoman.web.computed.PATIENCE", 60)
    assert rows_in(page(client, f"/terms/align?{PAIR}"))


@pytest.mark.parametrize(
    ("link", "trust"),
    [
        (Link(((0, 1),), ((0, 1),), 0.9), Trust.SURE),
        (Link(((0, 1),), ((0, 1),), 0.6), Trust.LIKELY),
        (Link(((0, 1),), ((0, 1),), 0.49), Trust.UNSURE),
        (Link((), ((0, 1),), 0.5), Trust.ALONE),
        (Link((), ((0, 1),), 1.0, "Ada"), Trust.HAND),
    ],
)
def test_trust_is_told_by_confidence_sides_and_hand(link: Link, trust: Trust) -> None:
    assert trust_of(link) is trust


def test_english_words_are_marked_whole_and_no_mark_overlaps() -> None:
    text = "Mayors may sail; they may\n not sink."
    words = [("may", Gravity.MAJOR), ("may not", Gravity.MINOR), ("sail", Gravity.CONTENT), ("", Gravity.MINOR)]
    marks = list(marks_in(text, [(0, len(text))], words, Language.EN))
    assert [(text[start:end], number) for (start, end), number, _ in marks] == [
        ("may", 1),
        ("may\n not", 2),
        ("sail", 3),
    ]


@given(st.text(max_size=60), st.lists(st.text(max_size=4), max_size=5))
def test_a_marked_sentence_is_the_sentence(text: str, words: list[str]) -> None:
    span = (0, len(text))
    for language in Language:
        marks = list(marks_in(text, [span], [(word, Gravity.MINOR) for word in words], language))
        assert "".join(piece.text for piece in pieces_of(text, span, marks)) == text


def test_only_the_last_word_of_two_alike_stands(versions: ToyWorkspace) -> None:
    names, span = ["port.en", "port.zh"], (SCHOOL, int(SCHOOL_SPAN.partition("-")[2]))
    for person in ("Ada", "Ada", "Bo"):
        versions.translating.link(names, en=[span], zh=[], person=person, reason="checked")
    alignment = versions.translating.align(names)
    steps = list(steps_of(alignment, versions.translating.links(names)))
    assert [(step.correction.person, bool(step.anchor)) for step in steps] == [
        ("Bo", True),
        ("Ada", False),
        ("Ada", False),
    ]
    old = LinkCorrection(
        "port.en", "port.zh", ("0", "0"), LinkAction.LINK, (span,), (), "Cy", "x", datetime.now(UTC)
    )
    assert [(step.current, step.en) for step in steps_of(alignment, [old])] == [(False, ())]
