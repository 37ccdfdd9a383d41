"""The pages of tracking: board, timeline, commitment, scores, review."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest
from openpyxl import load_workbook

from dragoman.model import (
    Assessment,
    BoardRow,
    DueState,
    Event,
    Evidence,
    EvidenceState,
    Kind,
    Query,
    Stage,
    Stance,
)
from dragoman.model.watch import Return, Sighting, Touch, Watch, sighting_to_row
from dragoman.watching import LOG_FILE
from dragoman.web.timeline import MOST, WIDTH, timeline_of
from tests.web.client import TestClient
from tests.web.test_pages import outline
from tests.web.texts import HOSTILE
from tests.web.toy import START, ToyWorkspace

EVIL = '"><script>alert(1)</script>'


@pytest.fixture
def line(workspace: ToyWorkspace) -> str:
    """Id of the English commitment that is due by the end of 2027."""
    found = workspace.provisions(Query(kinds=(Kind.COMMITMENT,), documents=("accord",))).entries
    return next(entry.provision.id for entry in found if "2027" in entry.provision.quote.exact)


def page_of(line: str, day: str = "") -> str:
    return f"/track/c/{quote(line, safe=':')}" + (f"?as_of={day}" if day else "")


def send(client: TestClient, line: str, what: str, **form: str) -> tuple[int, str]:
    """Send a form of the page; return the status, and where it leads or what the page says."""
    response = client.post(f"{page_of(line)}/{what}", data=form, follow_redirects=False)
    return response.status_code, response.headers.get("location") or response.text


def ids_in(html: str) -> list[str]:
    return re.findall(r'<tr class="row [^"]*" id="([^"]+)"', html)


def test_the_board_begins_with_what_is_overdue(client: TestClient, line: str) -> None:
    html = client.get("/track?as_of=2028-02-01").text
    assert ids_in(html)[0] == line
    assert "32 days late" in html
    assert html.count('class="row ') == 7


def test_each_line_leads_to_its_commitment_and_its_sentence(client: TestClient, line: str) -> None:
    html = client.get("/track?as_of=2028-02-01").text
    assert f'href="/track/c/{line}?as_of=2028-02-01"' in html
    assert f'href="/d/accord#{line}"' in html


def test_states_are_counted_before_they_are_chosen(client: TestClient) -> None:
    html = client.get("/track?document=accord&state=overdue&as_of=2028-02-01").text
    assert html.count('class="row ') == 2
    chips = dict(re.findall(r"</svg> ([^<]+)</span> <span class=\"num\">(\d+)</span>", html))
    assert chips == {"overdue": "2", "no date in the text": "4"}


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("document=rule", 1),
        ("actor=Joint+Council", 2),
        ("counterparty=Boria", 1),
        ("pillar=Duties", 2),
        ("technology=quantum", 1),
        ("force=2", 1),
        ("language=zh", 2),
        ("kind=prohibition", 3),
        ("actor=Nobody", 0),
        ("document=&actor=&state=", 7),
    ],
)
def test_the_board_is_narrowed_down_by_address(client: TestClient, query: str, rows: int) -> None:
    assert client.get(f"/track?{query}").text.count('class="row ') == rows


def test_the_board_turns_pages_and_does_not_grow(client: TestClient) -> None:
    first = client.get("/track?limit=3").text
    assert first.count('class="row ') == 3
    assert 'rel="next" href="/track?offset=3&amp;limit=3"' in first
    assert ids_in(client.get("/track?limit=3&offset=6").text) == ids_in(client.get("/track").text)[6:]


@pytest.mark.parametrize("query", ["as_of=30-02-2026", "state=late", "limit=9999", "force=7"])
def test_an_address_that_makes_no_sense_is_refused(client: TestClient, query: str) -> None:
    assert client.get(f"/track?{query}").status_code == 422


def test_a_document_that_does_not_exist_is_not_found(client: TestClient) -> None:
    assert client.get("/track?document=nothing").status_code == 404
    assert client.get("/track/scores?document=nothing").status_code == 404
    assert client.get("/track/report?document=nothing").status_code == 404
    assert client.get("/track/c/accord:nothing").status_code == 404


def test_the_board_is_exported_as_it_is_filtered(client: TestClient, line: str) -> None:
    where = "?document=accord&state=overdue&as_of=2028-02-01&limit=1"
    rows = list(csv.DictReader(io.StringIO(client.get(f"/track/export/csv{where}").content.decode("utf-8-sig"))))
    assert rows[0]["provision"] == line
    assert {row["state"] for row in rows} == {"overdue"}
    assert len(rows) == 2
    sheet = load_workbook(io.BytesIO(client.get(f"/track/export/xlsx{where}").content)).active
    assert sheet is not None
    assert sheet.max_row == 3
    calendar = client.get(f"/track/export/ics{where}")
    assert calendar.headers["content-type"].startswith("text/calendar")
    assert calendar.text.count("BEGIN:VEVENT") == 2
    assert "DTSTART;VALUE=DATE:20271231" in calendar.text


def test_the_timeline_is_a_picture_with_links_and_a_table_behind(client: TestClient, line: str) -> None:
    html = client.get("/track?document=accord&as_of=2027-12-20").text
    picture = html[html.index('<svg class="timeline"') : html.index("</svg>\n</div>")]
    assert f'href="/track/c/{line}?as_of=2027-12-20"' in picture
    assert "due within 30 days, 31 December 2027" in picture
    behind = html[html.index('<details class="behind"') :]
    assert behind.count("31 December 2027") == 2


def rows_with_days(workspace: ToyWorkspace) -> tuple[BoardRow, ...]:
    rows = workspace.tracking.board("accord", date(2027, 12, 20)).rows
    return tuple(row for row in rows if row.due)


def test_marks_of_one_day_stand_under_each_other_within_the_picture(workspace: ToyWorkspace) -> None:
    rows = rows_with_days(workspace) * 4
    made = timeline_of(rows, date(2027, 12, 20))
    assert len({(mark.x, mark.y) for mark in made.marks}) == len(made.marks) == 8
    assert all(0 < mark.x < WIDTH and 0 < mark.y < made.height for mark in made.marks)
    assert [mark.number for mark in made.marks] == list(range(1, 9))


def test_a_timeline_holds_so_many_marks_and_says_how_many_it_leaves_out(workspace: ToyWorkspace) -> None:
    made = timeline_of(rows_with_days(workspace) * MOST, date(2027, 12, 20))
    assert len(made.marks) == MOST
    assert made.left_out == MOST


@pytest.mark.parametrize("day", [date.min, date(2027, 12, 31), date.max])
def test_a_timeline_has_an_axis_at_any_day(workspace: ToyWorkspace, day: date) -> None:
    made = timeline_of(rows_with_days(workspace), day)
    assert 0 < made.today < WIDTH
    assert len(made.ticks) <= 11


def test_a_commitment_shows_its_sentence_fields_and_days(client: TestClient, line: str) -> None:
    html = client.get(page_of(line, "2028-02-01")).text
    assert '<b class="trigger"' in html
    assert f'href="/d/accord#{line}"' in html
    assert "by the end of 2027" in html
    assert "32 days late" in html
    assert "nobody has searched yet" in html
    assert 'href="/track?document=accord&amp;pillar=' in html or "Outside any section" in html


def test_evidence_given_by_hand_counts_and_is_withdrawn_with_a_reason(
    client: TestClient, workspace: ToyWorkspace, line: str
) -> None:
    status, place = send(
        client, line, "link", address="https://example.org/x", stance="supports", stage="operational", by="Mara"
    )
    assert (status, place) == (303, f"/track/c/{line}#evidence")
    assert workspace.tracking.status(line).verified is Stage.OPERATIONAL
    (piece,) = workspace.tracking.evidence(line)
    html = client.get(page_of(line)).text
    assert '<a href="https://example.org/x" rel="noreferrer">' in html
    assert 'value="Mara"' in html
    form = {"id": piece.id, "state": "withdrawn", "expected": "accepted", "by": "Mara"}
    status, text = send(client, line, "decide", **form)
    assert status == 400
    assert "Nothing was recorded" in text
    assert send(client, line, "decide", **form, reason="the page was taken down")[0] == 303
    assert workspace.tracking.status(line).verified is None
    html = client.get(page_of(line)).text
    assert "the page was taken down" in html
    assert "withdrawn" in html


def test_what_a_party_says_of_itself_is_a_claim(client: TestClient, workspace: ToyWorkspace, line: str) -> None:
    send(client, line, "link", address="https://x.example", stage="completed", by="Mara", by_party="Alba")
    status = workspace.tracking.status(line)
    assert (status.claimed, status.verified) == (Stage.COMPLETED, None)


def test_a_quotation_must_stand_in_the_document_it_is_from(
    client: TestClient, workspace: ToyWorkspace, line: str
) -> None:
    form = {"page": "rule", "stance": "context", "by": "Mara"}
    assert send(client, line, "link", **form, quote="Alba will not watch.")[0] == 400
    assert send(client, line, "link", **form, quote="Alba will watch.")[0] == 303
    (piece,) = workspace.tracking.evidence(line)
    assert f'href="/d/rule#at-{piece.start}-{piece.end}"' in client.get(page_of(line)).text


def test_looking_for_evidence_records_the_search_and_proposes(
    client: TestClient, workspace: ToyWorkspace, line: str
) -> None:
    readout = (
        "# Readout\nOn 1 March 2026 Alba shared its chip designs with Boria under the Accord of the Two Shores.\n"
    )
    list(workspace.read_bytes(readout.encode(), "readout.txt"))
    assert send(client, line, "look") == (303, f"/track/c/{line}#candidates")
    (search,) = workspace.tracking.history(line).searches
    html = client.get(page_of(line)).text
    assert "Last search" in html
    assert "register: 3 pages" in html
    assert search.terms
    block = html[html.index('id="candidates"') :].partition("</form>")[0]
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', block))
    assert hidden["page"] == "readout"
    form = {name: unescape(value) for name, value in hidden.items()}
    kept = send(client, line, "keep", **form, state="accepted", stance="supports", by="Mara")
    assert kept == (303, f"/track/c/{line}#evidence")
    (piece,) = workspace.tracking.evidence(line)
    assert (piece.state, piece.stance, piece.page) == (EvidenceState.ACCEPTED, Stance.SUPPORTS, "readout")
    assert piece.quote == workspace.document("readout").text[piece.start : piece.end]
    assert [step.evidence.state.value for step in workspace.tracking.history(line).evidence] == [
        "candidate",
        "accepted",
    ]


def test_a_passage_that_was_not_found_is_refused(client: TestClient, line: str) -> None:
    form = {"start": "0", "end": "99999", "state": "accepted", "by": "Mara"}
    for page in ("accord", "nowhere"):
        status, text = send(client, line, "keep", **form, page=page)
        assert status == 409
        assert "Look for evidence again" in text


def test_looking_where_there_is_nothing_records_nothing(
    empty: ToyWorkspace, line: str, client: TestClient, workspace: ToyWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workspace, "_evidence", empty.evidence)
    assert empty.evidence.sources() == ()
    status, _ = send(client, "accord:0", "look")
    assert status == 404


def test_somebody_else_may_have_decided_meanwhile(client: TestClient, workspace: ToyWorkspace, line: str) -> None:
    draft = Evidence("", line, Stance.SUPPORTS, EvidenceState.CANDIDATE, address="https://x.example")
    piece = workspace.tracking.add_evidence(draft, by="Li Wei")
    form = {"id": piece.id, "expected": "candidate", "by": "Mara"}
    assert send(client, line, "decide", **form, state="rejected", reason="another matter")[0] == 303
    status, text = send(client, line, "decide", **form, state="accepted")
    assert status == 409
    assert "is rejected by now" in text


def test_the_author_of_a_verdict_is_not_its_reviewer(
    client: TestClient, workspace: ToyWorkspace, line: str
) -> None:
    form = {"score": "1", "author": "Mara", "guideline": "+1: shared; -1: not", "completion": "complete"}
    status, text = send(client, line, "assess", **form, reviewer=" mara ")
    assert status == 400
    assert "cannot be both author and reviewer" in text
    assert "+1: shared; -1: not" in text
    assert workspace.tracking.assessments(line) == ()
    status, place = send(client, line, "assess", **form, reviewer="Li Wei")
    assert (status, place) == (303, f"/track/c/{line}#verdicts")
    (verdict,) = workspace.tracking.assessments(line)
    assert (verdict.score, verdict.reviewer) == (1, "Li Wei")
    html = client.get(page_of(line)).text
    assert "Mara, reviewed by Li Wei" in html
    assert "Verdict +1, Mara" in html


@pytest.mark.parametrize(
    ("what", "form"),
    [
        ("assess", {"author": "Mara"}),
        ("assess", {"author": "Mara", "score": "2"}),
        ("assess", {"author": "", "score": "1"}),
        ("assess", {"author": "Mara", "score": "1", "as_of": "2026-02-30"}),
        ("assess", {"author": "Mara", "score": "1", "party": "Nobody"}),
        ("event", {"event": "the call", "by": "Mara"}),
        ("event", {"event": "", "day": "2026-04-01", "by": "Mara"}),
        ("event", {"event": "the call", "day": "2026-04-01", "scope": "world", "by": "Mara"}),
        ("link", {"by": "Mara"}),
        ("link", {"by": "", "address": "https://x.example"}),
        ("link", {"by": "Mara", "address": "https://x.example", "stance": "maybe"}),
        ("keep", {"by": "Mara", "page": "rule", "start": "-1", "end": "5"}),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_recorded(
    client: TestClient, workspace: ToyWorkspace, line: str, what: str, form: dict[str, str]
) -> None:
    status, text = send(client, line, what, **form)
    assert status in {400, 409, 422}
    assert 'role="alert"' in text
    history = workspace.tracking.history(line)
    assert (history.evidence, history.assessments, history.events) == ((), (), ())


def test_an_event_is_recorded_and_taken_back(client: TestClient, workspace: ToyWorkspace, line: str) -> None:
    form = {"event": "the launch", "day": "2026-05-01", "scope": "line", "by": "Mara"}
    assert send(client, line, "event", **form) == (303, f"/track/c/{line}#days")
    (event,) = workspace.tracking.events("accord")
    assert event.provisions == (line,)
    assert "the launch" in client.get(page_of(line)).text
    back = {"id": event.id, "by": "Mara"}
    assert send(client, line, "event-back", **back)[0] == 400
    assert send(client, line, "event-back", **back, reason="another launch")[0] == 303
    assert workspace.tracking.events("accord") == ()
    assert "another launch" in client.get(page_of(line)).text


def test_the_day_of_the_page_is_kept_over_a_form(client: TestClient, line: str) -> None:
    form = {"address": "https://x.example", "by": "Mara", "at": "2028-02-01"}
    assert send(client, line, "link", **form)[1] == f"/track/c/{line}?as_of=2028-02-01#evidence"


def test_an_address_that_records_nothing_is_not_found(client: TestClient, line: str) -> None:
    assert client.post(f"{page_of(line)}/erase", data={}).status_code == 404


def test_other_sites_record_nothing(client: TestClient, workspace: ToyWorkspace, line: str) -> None:
    response = client.post(
        f"{page_of(line)}/assess",
        data={"score": "1", "author": "Eve"},
        headers={"origin": "https://evil.example"},
    )
    assert response.status_code == 403
    assert workspace.tracking.assessments(line) == ()


def test_a_line_that_was_rejected_still_shows_what_was_recorded(
    client: TestClient, workspace: ToyWorkspace, line: str
) -> None:
    workspace.tracking.assess(Assessment(line, 0, "Mara", date(2026, 3, 1)))
    client.post(f"/p/{line}/review", data={"state": "rejected", "reviewer": "Mara", "reason": "not one"})
    html = client.get(page_of(line)).text
    assert "nothing can be added" in html
    assert "Verdict 0, Mara" in html
    assert "Record a verdict" not in html


def test_scores_stand_with_the_rule_of_their_averages(
    client: TestClient, workspace: ToyWorkspace, line: str
) -> None:
    assert "Nothing has been assessed yet" in client.get("/track/scores").text
    for party, score in (("Alba", 1), ("Boria", 0)):
        workspace.tracking.assess(Assessment(line, score, "Mara", date(2026, 3, 1), party=party, guideline="g"))
    html = client.get("/track/scores?document=accord&as_of=2026-12-31").text
    assert "+0.50" in html
    assert "75 %" in html
    assert f'href="/track/c/{line}?as_of=2026-12-31"' in html
    assert workspace.tracking.scores().rule.en in unescape(html)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_review_is_shown_and_downloaded(client: TestClient, line: str, language: str) -> None:
    where = f"?document=accord&as_of=2028-02-01&lang={language}"
    html = client.get(f"/track/report{where}").text
    assert "Alba will share chip designs with Boria" in html
    assert outline(html).wrong == []
    assert "style" not in {name for _, attributes in outline(html).tags for name in attributes}
    for form, start in (("md", b"#"), ("html", b"<!doctype html>"), ("docx", b"PK"), ("ics", b"BEGIN:VCALENDAR")):
        answer = client.get(f"/track/report/{form}{where}")
        assert answer.content.startswith(start)
        assert f'filename="review.{form}"' in answer.headers["content-disposition"]


def test_the_review_may_be_in_another_language_than_the_page(client: TestClient) -> None:
    html = client.get("/track/report?document=accord&lang=en&language=zh").text
    assert '<article class="report" lang="zh">' in html


def test_the_review_follows_lines_of_one_language_or_all(client: TestClient) -> None:
    where = "/track/report?document=accord&as_of=2026-12-01&language=&since="
    assert "双方将在2027年底前共享芯片设计" not in client.get(f"{where}&lines=en").text
    for lines in ("zh", "all"):
        assert "双方将在2027年底前共享芯片设计" in client.get(f"{where}&lines={lines}").text
    assert client.get(f"{where}&lines=de").status_code == 422


def test_what_people_and_texts_say_is_never_markup(client: TestClient, workspace: ToyWorkspace) -> None:
    list(workspace.read_bytes(HOSTILE.encode(), "hostile.txt"))
    line = workspace.provisions(Query(documents=("hostile",))).entries[0].provision.id
    workspace.tracking.record_event(Event(EVIL, date(2026, 3, 1), "hostile", source=f"javascript:{EVIL}"), by=EVIL)
    draft = Evidence("", line, Stance.SUPPORTS, EvidenceState.ACCEPTED, quote=EVIL, address=f"javascript:{EVIL}")
    workspace.tracking.add_evidence(draft, by=EVIL)
    workspace.tracking.assess(Assessment(line, 1, EVIL, date(2026, 3, 1), guideline=EVIL, reason=EVIL))
    refused = client.post(f"{page_of(line)}/link", data={"quote": EVIL, "page": EVIL, "by": EVIL, "stance": EVIL})
    pages = [client.get(path).text for path in (page_of(line), "/track", "/track/scores")]
    pages.append(client.get("/track/report?document=hostile").text)
    for html in (*pages, refused.text):
        found = outline(html)
        assert found.wrong == []
        assert "<script>alert" not in html
        assert 'href="javascript' not in html
        assert [tag for tag, attributes in found.tags if tag == "img" and "onerror" in attributes] == []


def test_every_state_has_a_shape_of_its_own(client: TestClient) -> None:
    from dragoman.web.render import environment  # noqa: PLC0415 - only here

    shape = environment().get_template("part/track.html").module.shape  # type: ignore[attr-defined]
    assert len({str(shape(state)) for state in DueState}) == len(DueState)
    assert client.get("/track").status_code == 200


@pytest.fixture
def inbox(workspace: ToyWorkspace, tmp_path: Path) -> Watch:
    """A watch whose log holds one document that touches a commitment, one that does not fit, and one not read."""
    watch = workspace.watching.add(Watch("harbour", technologies=("semiconductors",), folder=str(tmp_path)))
    line = workspace.provisions(Query(documents=("accord",), kinds=(Kind.COMMITMENT,))).entries[0].provision
    touch = Touch(line.id, line.quote.exact, f"Alba shares chips. {EVIL}", 3, 9, 0.61, ("chip", "Alba"))
    back = Return(line.id, line.quote.exact, "rule", line.id, "Alba will share again.", 0.5, ("share",))
    seen = Sighting(
        "harbour",
        "rule",
        1,
        "rule.txt",
        "Rule on Models",
        date(2026, 2, 3),
        "",
        START,
        matched=True,
        reasons=("semiconductors",),
        touches=(touch,),
        returns=(back,),
    )
    dull = replace(seen, title="A dull paper", matched=False, touches=(), returns=(), reasons=())
    lost = replace(dull, doc="", title="", item="lost.pdf", problem="lost.pdf cannot be read.")
    log = workspace.folder / LOG_FILE
    log.write_text("".join(json.dumps(sighting_to_row(one)) + "\n" for one in (seen, dull, lost)), "utf-8")
    return watch


@pytest.mark.usefixtures("inbox")
def test_the_watch_page_shows_questions_and_what_was_seen(client: TestClient) -> None:
    html = client.get("/watch").text
    for words in ("harbour", "It touches 1 commitment", "1 promise comes back", "lost.pdf cannot be read.", "61%"):
        assert words in html
    assert 'href="/d/rule#at-3-9"' in html
    assert "A dull paper" not in html
    assert "<script>alert" not in html
    assert "A dull paper" in client.get("/watch?every=true").text
    assert outline(client.get("/watch?watch=harbour&every=true").text).wrong == []
    assert "Nothing has been seen" in client.get("/watch?since=2027-01-01").text


@pytest.mark.usefixtures("inbox")
def test_the_digest_comes_as_a_file_and_as_a_feed(client: TestClient) -> None:
    assert client.get("/watch/digest/atom?watch=harbour").content.startswith(b"<?xml")
    assert client.get("/watch/digest/rss").headers["content-type"].startswith("application/rss+xml")
    assert "Rule on Models" in client.get("/watch/digest/md").text
    assert client.get("/watch/digest/pdf").status_code == 422


def test_a_watch_that_does_not_exist_is_not_found(client: TestClient) -> None:
    assert client.get("/watch?watch=nothing").status_code == 404
    assert "No question is saved yet" in client.get("/watch").text
