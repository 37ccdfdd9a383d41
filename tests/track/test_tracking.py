"""Tracking through the facade: on texts that were read, with everything kept in the register."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from dragoman.model import (
    Assessment,
    BoardQuery,
    Candidate,
    ConflictError,
    DueState,
    Event,
    Evidence,
    EvidenceState,
    Kind,
    NotFoundError,
    Query,
    ReviewState,
    Search,
    Stage,
    Stance,
    UsageError,
)
from dragoman.model.track_format import board_to_row
from dragoman.tracking import Tracking, draft_of
from dragoman.workspace import Workspace

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MEMO = """Memo of the Lakeside Meeting

The United States and Japan will establish a joint quantum council by 30 June 2026.

Senior officials of the United States and Japan will meet twice a year.

Japan will report within 90 days of the call for proposals.

Japan should publish a roadmap.
"""
READOUT = "Readout\n\nThe joint quantum council met in Tokyo for the first time.\n"


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def workspace(workspace_folder: Path, tmp_path: Path, clock: Clock) -> Iterator[Workspace]:
    texts = tmp_path / "texts"
    texts.mkdir()
    for name, text, day in (("memo", MEMO, "2026-01-05"), ("readout", READOUT, "2026-02-20")):
        (texts / f"{name}.txt").write_text(text, encoding="utf-8")
        sidecar = {"date": day, "title": name.title(), "parties": ["United States", "Japan"]}
        (texts / f"{name}.json").write_text(json.dumps(sidecar), encoding="utf-8")
    with Workspace.open(workspace_folder, clock=clock) as opened:
        assert [outcome.status for outcome in opened.read([str(texts)])] == ["new", "new"]
        yield opened


@pytest.fixture
def tracking(workspace: Workspace) -> Tracking:
    return workspace.tracking


def ids(workspace: Workspace) -> list[str]:
    """Ids of the memo's commitments in text order: council, meetings, report."""
    page = workspace.provisions(Query(documents=("memo",), kinds=(Kind.COMMITMENT,)))
    return [entry.provision.id for entry in page.entries]


def draft(provision: str, **fields: object) -> Evidence:
    base = Evidence("", provision, Stance.SUPPORTS, EvidenceState.ACCEPTED, stage=Stage.OPERATIONAL)
    return replace(base, **fields)  # type: ignore[arg-type]


QUOTE = "The joint quantum council met in Tokyo for the first time."


def test_a_board_of_what_was_read(workspace: Workspace, tracking: Tracking) -> None:
    council, meetings, report = ids(workspace)
    board = tracking.board("memo", date(2026, 3, 1))
    assert [(row.entry.provision.id, row.state.value, str(row.due)) for row in board.rows] == [
        (council, "due later", "2026-06-30"),
        (meetings, "due later", "2026-07-05"),
        (report, "awaiting event", "None"),
    ]
    assert board.as_of == tracking.today() == NOON.date()
    assert len(tracking.board(BoardQuery(("memo",), kinds=(Kind.RECOMMENDATION,))).rows) == 1


def test_a_board_of_nothing(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "empty") as workspace:
        board = workspace.tracking.board()
        assert (board.rows, board.problems) == ((), ())
        assert workspace.tracking.scores().pooled.mean is None
        assert workspace.tracking.awaited() == ()
        with pytest.raises(NotFoundError, match="no document `memo`"):
            workspace.tracking.board("memo")


def test_a_board_of_a_large_register_names_what_has_a_date(
    workspace: Workspace, tracking: Tracking, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = tracking.board()
    monkeypatch.setattr("dragoman.tracking.WHOLE_BOARD", 1)
    board = tracking.board()
    dated = [row.entry.provision.id for row in whole.rows if row.entry.provision.deadline and row.due]
    assert [row.entry.provision.id for row in board.rows] == [one for one in dated if one in ids_dated(workspace)]
    assert len(board.rows) < len(whole.rows)
    assert next(problem.code for problem in board.problems) == "board-dated-only"
    assert tracking.board(BoardQuery(most=1)).rows == board.rows
    nearest = tracking.board(BoardQuery(most=0))
    assert (len(nearest.rows), [problem.code for problem in nearest.problems][:2]) == (
        0,
        ["board-dated-only", "board-nearest-only"],
    )
    japans = [row.entry.provision.id for row in whole.rows if "Japan" in row.owners]
    monkeypatch.setattr("dragoman.tracking.WHOLE_BOARD", len(japans))
    named = tracking.board(BoardQuery(actors=("Japan",)))
    assert [row.entry.provision.id for row in named.rows] == japans
    assert "board-dated-only" not in {problem.code for problem in named.problems}


def ids_dated(workspace: Workspace) -> set[str]:
    entries = workspace.provisions(Query(due_from=date.min, limit=None)).entries
    return {entry.provision.id for entry in entries}


def test_rejected_lines_are_not_on_the_board(workspace: Workspace, tracking: Tracking) -> None:
    council = ids(workspace)[0]
    workspace.review(council, ReviewState.REJECTED, reviewer="Ann")
    assert council not in [row.entry.provision.id for row in tracking.board("memo").rows]
    with pytest.raises(NotFoundError, match="is rejected"):
        tracking.status(council)


def test_an_event_resolves_what_awaits_it_until_it_is_taken_back(workspace: Workspace, tracking: Tracking) -> None:
    report = ids(workspace)[2]
    (awaited,) = tracking.awaited("memo")
    assert awaited.provisions == (report,)
    event = tracking.record_event(Event(awaited.name, date(2026, 2, 1), "memo"), by="Ann")
    (item,) = tracking.status(report).due
    assert (item.due, item.state) == (date(2026, 5, 2), DueState.DUE_90)
    assert tracking.awaited("memo") == ()
    tracking.withdraw_event(event.id, by="Bob", reason="no call was made")
    assert tracking.status(report).due[0].state is DueState.AWAITING
    assert tracking.events("memo") == ()
    (back,) = tracking.events("memo", withdrawn=True)
    assert (back.withdrawn, back.reason, back.recorded_by) == (True, "no call was made", "Bob")


def test_an_event_recorded_again_adds_its_names_and_lines(workspace: Workspace, tracking: Tracking) -> None:
    council, _, report = ids(workspace)
    first = Event("call", date(2026, 2, 1), aliases=("征集",), provisions=(report,))
    made = tracking.record_event(first)
    assert tracking.record_event(first) == made
    again = tracking.record_event(Event(" call ", date(2026, 2, 1), aliases=("the call",), provisions=(council,)))
    assert (again.id, again.aliases, again.provisions) == (made.id, ("征集", "the call"), (report, council))
    assert len(tracking.events()) == 1


def test_bad_events_are_refused(tracking: Tracking) -> None:
    with pytest.raises(UsageError, match="needs a name"):
        tracking.record_event(Event("  ", date(2026, 2, 1)))
    with pytest.raises(NotFoundError, match="no document `nowhere`"):
        tracking.record_event(Event("call", date(2026, 2, 1), "nowhere"))
    with pytest.raises(NotFoundError, match="memo:0"):
        tracking.record_event(Event("call", date(2026, 2, 1), provisions=("memo:0",)))
    made = tracking.record_event(Event("call", date(2026, 2, 1)))
    with pytest.raises(UsageError, match="needs a reason"):
        tracking.withdraw_event(made.id, by="Ann", reason=" ")
    with pytest.raises(UsageError, match="needs a name"):
        tracking.withdraw_event(made.id, by="", reason="wrong")
    assert tracking.events() == (made,)


def test_a_quotation_is_pinned_to_its_document(workspace: Workspace, tracking: Tracking) -> None:
    council = ids(workspace)[0]
    made = tracking.add_evidence(draft(council, quote=QUOTE, page="readout"), by=" Ann ")
    assert workspace.document("readout").slice(made.start, made.end) == QUOTE
    assert (made.day, made.added_by, made.added, made.state) == (
        date(2026, 2, 20),
        "Ann",
        NOON,
        EvidenceState.ACCEPTED,
    )
    status = tracking.status(council)
    assert (status.verified, status.claimed, status.due[0].state) == (Stage.OPERATIONAL, None, DueState.DELIVERED)
    assert tracking.status(council, date(2026, 2, 19)).verified is None


def test_evidence_added_twice_is_one_piece(workspace: Workspace, tracking: Tracking) -> None:
    council = ids(workspace)[0]
    made = tracking.add_evidence(draft(council, quote=QUOTE, page="readout"), by="Ann")
    assert tracking.add_evidence(draft(council, quote=QUOTE, page="readout"), by="Bob") == made
    assert tracking.evidence(council) == (made,)


def test_a_file_is_kept_under_its_hash(workspace: Workspace, tracking: Tracking, tmp_path: Path) -> None:
    council = ids(workspace)[0]
    letter = tmp_path / "letter.txt"
    letter.write_bytes(b"It met.")
    made = tracking.add_evidence(draft(council), by="Ann", file=letter)
    assert made.address == "letter.txt"
    assert (workspace.folder / "fetched" / made.sha256).read_bytes() == b"It met."
    with pytest.raises(NotFoundError, match="cannot be kept"):
        tracking.add_evidence(draft(council), by="Ann", file=tmp_path / "none.txt")


@pytest.mark.parametrize(
    ("fields", "by", "words"),
    [
        ({}, "Ann", "needs a quotation, an address or a file"),
        ({"address": "https://example.org"}, " ", "needs a name"),
        ({"quote": "It never met.", "page": "readout"}, "Ann", "does not stand in `readout`"),
        ({"address": "https://example.org", "by_party": "Freedonia"}, "Ann", "no party `Freedonia`"),
    ],
)
def test_bad_evidence_is_refused(
    workspace: Workspace, tracking: Tracking, fields: dict[str, str], by: str, words: str
) -> None:
    council = ids(workspace)[0]
    with pytest.raises(UsageError, match=words):
        tracking.add_evidence(draft(council, **fields), by=by)
    assert tracking.evidence(council) == ()


def test_evidence_of_a_line_that_does_not_exist_is_refused(tracking: Tracking) -> None:
    with pytest.raises(NotFoundError, match="memo:0"):
        tracking.add_evidence(draft("memo:0", address="https://example.org"), by="Ann")


def test_a_candidate_counts_once_a_person_accepts_it(workspace: Workspace, tracking: Tracking) -> None:
    council = ids(workspace)[0]
    found = Candidate("page-1", 0.9, "The council met.", 10, 26, (), day=date(2026, 2, 1), stage=Stage.ANNOUNCED)
    made = tracking.add_evidence(draft_of(found, council), by="search")
    assert (made.state, made.stance, made.page, made.start) == (
        EvidenceState.CANDIDATE,
        Stance.CONTEXT,
        "page-1",
        10,
    )
    assert tracking.status(council).evidence == ()
    changes = {"stance": Stance.SUPPORTS, "stage": Stage.LAUNCHED, "by_party": "Japan"}
    accepted = tracking.decide_evidence(made.id, EvidenceState.ACCEPTED, by="Ann", changes=changes)
    assert (accepted.stance, accepted.by_party, accepted.id) == (Stance.SUPPORTS, "Japan", made.id)
    assert (tracking.status(council).claimed, tracking.status(council).verified) == (Stage.LAUNCHED, None)


def test_withdrawn_evidence_counts_no_more_and_stays_in_the_history(
    workspace: Workspace, tracking: Tracking, clock: Clock
) -> None:
    council = ids(workspace)[0]
    made = tracking.add_evidence(draft(council, quote=QUOTE, page="readout", note="read it"), by="Ann")
    clock.now += timedelta(days=1)
    tracking.withdraw_evidence(made.id, by="Bob", reason="the readout was corrected")
    status = tracking.status(council)
    assert (status.verified, status.evidence, status.due[0].state) == (None, (), DueState.LATER)
    steps = tracking.history(council).evidence
    assert [(step.evidence.state.value, step.by, step.reason) for step in steps] == [
        ("accepted", "Ann", "read it"),
        ("withdrawn", "Bob", "the readout was corrected"),
    ]
    assert steps[1].at - steps[0].at == timedelta(days=1)
    assert steps[0].evidence.quote == steps[1].evidence.quote == QUOTE
    assert (
        tracking.add_evidence(draft(council, quote=QUOTE, page="readout"), by="Ann").state
        is EvidenceState.WITHDRAWN
    )


def test_decisions_that_make_no_sense_are_refused(workspace: Workspace, tracking: Tracking) -> None:
    council = ids(workspace)[0]
    made = tracking.add_evidence(
        draft(council, address="https://example.org", state=EvidenceState.CANDIDATE), by="Ann"
    )
    with pytest.raises(UsageError, match="only accepted evidence can be withdrawn"):
        tracking.withdraw_evidence(made.id, by="Ann", reason="wrong")
    with pytest.raises(UsageError, match="needs a reason"):
        tracking.withdraw_evidence(made.id, by="Ann", reason="")
    with pytest.raises(UsageError, match="cannot set `quote`"):
        tracking.decide_evidence(made.id, EvidenceState.ACCEPTED, by="Ann", changes={"quote": "other words"})
    with pytest.raises(UsageError, match="no party `Japann`"):
        tracking.decide_evidence(made.id, EvidenceState.ACCEPTED, by="Ann", changes={"by_party": "Japann"})
    with pytest.raises(ConflictError, match="is candidate by now, not accepted"):
        tracking.decide_evidence(made.id, EvidenceState.REJECTED, by="Ann", expected=EvidenceState.ACCEPTED)
    with pytest.raises(UsageError, match="needs a name"):
        tracking.decide_evidence(made.id, EvidenceState.ACCEPTED, by="")
    with pytest.raises(NotFoundError, match="no evidence"):
        tracking.decide_evidence("e0", EvidenceState.ACCEPTED, by="Ann")
    assert len(tracking.history(council).evidence) == 1


def test_verdicts_are_kept_with_all_their_history(workspace: Workspace, tracking: Tracking) -> None:
    council = ids(workspace)[0]
    interim = Assessment(council, 0, "Ann", date(2026, 1, 31), "Japan", guideline="+1: it met", reviewer="Bob")
    final = replace(interim, score=1, as_of=date(2026, 3, 1), reviewer="")
    assert tracking.assess(interim).problems == ()
    made = tracking.assess(final).verdict
    assert made.made == NOON
    assert [verdict.score for verdict in tracking.assessments(council)] == [0, 1]
    assert tracking.status(council).assessments == (made,)
    assert tracking.status(council, date(2026, 2, 1)).assessments[0].score == 0
    scores = tracking.scores("memo")
    assert (scores.pooled.mean, scores.unassessed, scores.parties[0].name) == (1, 2, "Japan")


def test_bad_verdicts_are_refused(workspace: Workspace, tracking: Tracking) -> None:
    council = ids(workspace)[0]
    good = Assessment(council, 1, "Ann", date(2026, 3, 1))
    for bad, words in (
        (replace(good, reviewer="ANN"), "both author and reviewer"),
        (replace(good, author=" "), "needs an author"),
        (replace(good, score=2), "no score 2"),
        (replace(good, party="Japann"), "Did you mean `Japan`"),
    ):
        with pytest.raises(UsageError, match=words):
            tracking.assess(bad)
    with pytest.raises(NotFoundError):
        tracking.assess(replace(good, provision="memo:0"))
    assert tracking.assessments(council) == ()


def test_a_negative_verdict_asks_for_a_search(workspace: Workspace, tracking: Tracking) -> None:
    council = ids(workspace)[0]
    negative = Assessment(council, -1, "Ann", date(2026, 3, 1), guideline="+1: it met")
    assert [one.code for one in tracking.assess(negative).problems] == ["score-without-search"]
    search = Search(council, ("corpus, 3 pages",), ("council",), date(2026, 2, 28), NOON, 0)
    tracking.record_search(search)
    assert tracking.assess(negative).problems == ()
    assert tracking.status(council).search == search
    assert tracking.board("memo").summary.searched == 1
    assert tracking.history(council).searches == (search,)


def test_records_of_a_line_that_is_gone_are_kept_and_named(
    workspace: Workspace, tracking: Tracking, tmp_path: Path
) -> None:
    council, meetings, _ = ids(workspace)
    tracking.add_evidence(draft(council, quote=QUOTE, page="readout"), by="Ann")
    tracking.add_evidence(draft(meetings, address="https://example.org"), by="Ann")
    changed = MEMO.replace("a joint quantum council", "a joint forum")
    (tmp_path / "texts" / "memo.txt").write_text(changed, encoding="utf-8")
    assert [outcome.status for outcome in workspace.read([str(tmp_path / "texts" / "memo.txt")])] == ["version"]
    (problem,) = [one for one in tracking.board("memo").problems if one.code == "evidence-of-gone-line"]
    assert council in problem.remedy
    assert meetings not in problem.remedy
    assert tracking.history(council).evidence[0].evidence.quote == QUOTE
    assert tracking.status(meetings).verified is Stage.OPERATIONAL
    with pytest.raises(NotFoundError, match="does not stand in the current version"):
        tracking.status(council)


def test_saved_reports_are_found_by_their_day(tracking: Tracking) -> None:
    assert tracking.last_snapshot("memo") is None
    first = tracking.save_snapshot("memo", date(2026, 1, 31), {"rows": []}, by="Ann")
    second = tracking.save_snapshot("memo", date(2026, 3, 1), {"rows": [1]})
    assert tracking.last_snapshot("memo") == second
    assert tracking.last_snapshot("memo", before=date(2026, 3, 1)) == first
    with pytest.raises(NotFoundError, match="no document"):
        tracking.save_snapshot("nowhere", date(2026, 3, 1), {})


def test_a_board_is_json_through_and_through(workspace: Workspace, tracking: Tracking) -> None:
    council = ids(workspace)[0]
    tracking.add_evidence(draft(council, quote=QUOTE, page="readout"), by="Ann")
    tracking.assess(Assessment(council, None, "Ann", date(2026, 3, 1)))
    row = json.loads(json.dumps(board_to_row(tracking.board("memo"))))
    (own,) = [one for one in row["rows"] if one["provision"] == council]
    assert (own["verified"], own["claimed"], own["evidence"], own["state"]) == (
        "operational",
        None,
        1,
        "delivered",
    )
    assert own["scores"] == [{"party": "", "score": "n/a", "as_of": "2026-03-01"}]
    assert row["summary"]["states"] == {"due later": 1, "awaiting event": 1, "delivered": 1}
