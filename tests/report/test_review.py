from __future__ import annotations

import io
import os
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from docx import Document
from lxml import html

from dragoman.model import BoardQuery, DueState, Entry, Evidence, EvidenceState, Language, Stage, Stance
from dragoman.model.changes import ChangeOf
from dragoman.report import Report, ReportFormat, write
from dragoman.report.delivery_words import sentence, speaker_of
from dragoman.report.review import ReviewMaterial, numbered, review_of
from dragoman.track.assess import scores_of
from dragoman.track.board import Source, board_of
from dragoman.track.records import Records
from dragoman.track.snapshots import basis_hash, changes_since
from tests.report import lagoon

GOLDEN = Path(__file__).parent / "golden"
NAMES = {"Norway": "挪威", "Iceland": "冰岛"}


def review(language: Language = Language.EN, made: ReviewMaterial | None = None) -> Report:
    names = NAMES if language is Language.ZH else {}
    return review_of(made or lagoon.material(before=lagoon.earlier()), language, names)


def markdown(report: Report) -> str:
    return write(report, "md").decode()


@pytest.mark.parametrize("language", list(Language))
def test_the_review_reads_as_agreed(language: Language) -> None:
    """`DRAGOMAN_GOLDEN=write` writes the files anew; read the difference before it is kept."""
    path = GOLDEN / f"lagoon-{language.value}.md"
    text = markdown(review(language))
    if os.environ.get("DRAGOMAN_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["html", "docx", "md"])
def test_the_same_review_gives_the_same_bytes(form: ReportFormat) -> None:
    assert write(review(), form) == write(review(), form)


def test_overdue_lines_come_first_and_say_how_late_they_are() -> None:
    text = markdown(review())
    overdue = text.split("## Overdue")[1].split("\n## ")[0]
    assert "**2025-07-15** (201 days late)" in overdue
    assert "one more instance overdue" in overdue
    assert "C4" not in overdue
    assert text.index("## Overdue") < text.index("## Due within 90 days") < text.index("## By pillar")


def test_claimed_and_verified_stand_apart() -> None:
    page = html.fromstring(write(review(), "html").decode())
    (row,) = {
        tuple(cell.text_content() for cell in row)
        for row in page.xpath("//h3[.='Research at sea']/following-sibling::div[1]//tbody/tr")
        if "quantum laboratory" in row.text_content()
    }
    assert row[-3:] == ("completed", "operational", "Norway +1")


def test_a_quotation_stands_with_its_address_and_who_says_it() -> None:
    page = html.fromstring(write(review(), "html").decode())
    (claim,) = page.xpath("//figure[blockquote[contains(., 'We have opened')]]/figcaption")
    assert "said by Norway of itself" in claim.text_content()
    assert claim.xpath("a/@href") == ["https://example.org/ministry"]


def test_withdrawn_evidence_is_shown_and_does_not_count() -> None:
    made = lagoon.material(before=lagoon.earlier())
    ports = next(row for row in made.board.rows if row.entry.provision.id == lagoon.PORTS)
    assert ports.status.evidence == ()
    text = markdown(review())
    assert "### Withdrawn evidence" in text
    assert "Standards for ports were agreed." in text.split("### Withdrawn evidence")[1]
    assert "### Evidence that counts no more" in text


def test_nothing_found_says_what_was_searched_and_until_when() -> None:
    text = markdown(review()).split("## Lines without accepted evidence")[1].split("\n## ")[0]
    assert "gazette (120 pages); register (3) | pilots, train | 2026-01-09 | 2026-01-20 | none above" in text
    assert "2 passages wait for a person" in text.split("### Passages that nobody has looked at")[1]
    assert "no search is recorded" in text


def test_every_line_stands_in_the_annex_with_place_and_hash() -> None:
    text = markdown(review()).split("## Annex")[1]
    for line in lagoon.lines():
        assert line.id in text
        assert f"characters {line.start}–{line.end}" in text
        assert f"sha256:{line.quote.sha256}" in text


def test_what_hostile_words_do_to_a_review() -> None:
    piece = lagoon.evidence()[0]
    hostile = replace(
        piece,
        quote="<script>alert(1)</script> =HYPERLINK(1) \x07\u202e | `x`\n# not a heading",
        address="javascript:alert(1)//://",
        note="<img src=x onerror=alert(1)>",
    )
    made = lagoon.material(kept=lagoon.records((hostile,)))
    page = html.fromstring(write(review(made=made), "html").decode())
    assert page.xpath("//script | //img") == []
    assert [link for link in page.xpath("//a/@href") if "javascript" in link] == []
    assert "\n# not a heading" not in markdown(review(made=made))
    Document(io.BytesIO(write(review(made=made), "docx")))


def test_a_document_without_commitments_says_so() -> None:
    board = board_of(BoardQuery(), lagoon.DAY, [], {}, Records())
    empty = replace(lagoon.material(), board=board, scores=scores_of((), (), lagoon.DAY), evidence={})
    for language, words in ((Language.EN, "no commitment or obligation"), (Language.ZH, "没有该文件的承诺或义务")):
        assert words in markdown(review(language, empty))


def test_a_chinese_review_keeps_quotations_and_names_actors_in_chinese() -> None:
    text = markdown(review(Language.ZH))
    assert "履行情况审查：Lagoon Declaration" in text
    assert "挪威、冰岛" in text
    assert "Iceland will licence tugs promptly." in text
    assert "待事件" not in text.split("## 逾期")[1].split("\n## ")[0]


def test_changes_are_told_by_kind() -> None:
    made = lagoon.material(before=lagoon.earlier())
    assert made.changes is not None
    told = {(change.kind, change.provision) for change in made.changes.changes}
    assert told == {
        (ChangeOf.DELIVERED, lagoon.LABORATORY),
        (ChangeOf.CLAIMED, lagoon.LABORATORY),
        (ChangeOf.VERIFIED, lagoon.LABORATORY),
        (ChangeOf.SCORE, lagoon.LABORATORY),
        (ChangeOf.EVIDENCE_ADDED, lagoon.LABORATORY),
        (ChangeOf.OVERDUE, lagoon.MEETINGS),
        (ChangeOf.STATE, lagoon.SEABED),
        (ChangeOf.STATE, lagoon.PORTS),
        (ChangeOf.VERIFIED, lagoon.PORTS),
        (ChangeOf.SCORE, lagoon.PORTS),
        (ChangeOf.EVIDENCE_WITHDRAWN, lagoon.PORTS),
    }


def test_a_line_that_is_gone_and_one_that_is_new_are_changes() -> None:
    board = lagoon.material().board
    less = replace(board, rows=tuple(row for row in board.rows if row.entry.provision.id != lagoon.TUGS))
    before = lagoon.earlier()
    gone = [one for one in changes_since(before, less).changes if one.kind is ChangeOf.GONE]
    assert [one.quote for one in gone] == ["Iceland will licence tugs promptly."]
    fewer = {line: kept for line, kept in before.content["lines"].items() if line != lagoon.TUGS}
    new = changes_since(replace(before, content={**before.content, "lines": fewer}), board)
    assert [one.provision for one in new.changes if one.kind is ChangeOf.NEW] == [lagoon.TUGS]


def test_nothing_changed_between_two_equal_reports() -> None:
    before = lagoon.earlier()
    gone = next(piece for piece in lagoon.evidence() if piece.id == "e3")
    kept = Records(evidence={lagoon.PORTS: (replace(gone, state=EvidenceState.ACCEPTED),)})
    assert changes_since(before, lagoon.material(lagoon.BEFORE, kept).board).changes == ()


@pytest.mark.parametrize(
    "less",
    [
        replace(lagoon.records(), events=()),
        replace(lagoon.records(), evidence={}),
        replace(lagoon.records(), searches={}),
        replace(lagoon.records(), assessments={}),
    ],
)
def test_the_hash_hangs_on_everything_that_is_recorded(less: Records) -> None:
    made, known = lagoon.material(), lagoon.records()
    assert basis_hash(made.board, known, "0") != basis_hash(made.board, less, "0")
    assert basis_hash(made.board, known, "0") == basis_hash(made.board, lagoon.records(), "0")
    assert basis_hash(made.board, known, "0") != basis_hash(made.board, known, "1")


def test_lines_are_numbered_in_the_order_of_the_text() -> None:
    assert numbered(lagoon.material().board) == {line.id: at for at, line in enumerate(lagoon.lines(), start=1)}


def test_a_long_sentence_is_cut_around_its_trigger() -> None:
    line = lagoon.lines()[0]
    words = "After many years of talks " * 20
    exact = f"{words}they will sail. {words}"
    quote = replace(line.quote, exact=exact)
    at = line.start + exact.index("will")
    runs = sentence(replace(line, quote=quote, trigger="will", trigger_start=at), 120)
    assert [run.text for run in runs if run.text == "will"] == ["will"]
    text = "".join(run.text for run in runs)
    assert text.startswith("…")
    assert text.endswith("…")
    assert len(text) <= 122


def test_the_look_of_days_in_words() -> None:
    say = speaker_of(Language.EN)
    assert [say.lateness(days) for days in (-2, -1, 0, 1, 90)] == [
        "2 days late",
        "1 day late",
        "today",
        "in 1 day",
        "in 90 days",
    ]
    assert say.period("P1Y") == "1 year"
    assert say.period("-P1Y6M") == "18 months"
    assert speaker_of(Language.ZH).period("P1Y") == "1年"


def test_a_claim_alone_delivers_nothing() -> None:
    claim: Evidence = next(piece for piece in lagoon.evidence() if piece.by_party)
    kept = Records(evidence={lagoon.LABORATORY: (claim,)})
    row = next(row for row in lagoon.material(kept=kept).board.rows if row.entry.provision.id == lagoon.LABORATORY)
    assert (row.state, row.status.claimed, row.status.verified) == (DueState.OVERDUE, Stage.COMPLETED, None)
    assert claim.stance is Stance.SUPPORTS


def test_a_document_of_several_languages_says_that_lines_may_be_counted_twice() -> None:
    line = lagoon.lines()[0]
    entries = [replace(one, language=Language.ZH) for one in lagoon.lines()[1:2]]
    sources = {lagoon.DOC: Source(lagoon.DOC, lagoon.TITLE, lagoon.SIGNED)}

    board = board_of(BoardQuery(), lagoon.DAY, [Entry(line), *map(Entry, entries)], sources, Records())
    both = replace(lagoon.material(), board=board)
    assert "counted twice. --lines en" in markdown(review(made=both))
    assert "leaves out those in Chinese (4)" in markdown(review(made=replace(both, left_out=(Language.ZH, 4))))


def test_a_day_far_ahead_is_no_fault() -> None:
    made = lagoon.material(date.max - timedelta(days=1))
    assert markdown(review(made=made))
