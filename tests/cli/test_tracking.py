from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import Run, made_by

AS_OF = ("--as-of", "2027-03-01")


@pytest.fixture(scope="module")
def memos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A memo with a dated, a recurring, an event-bound and an undated commitment, one without an actor among them."""
    folder = tmp_path_factory.mktemp("tracking") / "texts"
    folder.mkdir()
    text = (
        "The United States and Japan will establish a joint quantum council by 30 June 2026.\n\n"
        "Japan will report twice a year.\n\n"
        "Japan will publish a plan within 90 days of the call for proposals.\n\n"
        "The United States will share chips with Japan.\n"
    )
    (folder / "memo.txt").write_text(text, encoding="utf-8")
    (folder / "readout.txt").write_text("The council met in Tokyo.\n", encoding="utf-8")
    for name, day in (("memo", "2026-01-05"), ("readout", "2026-06-20")):
        sidecar = {"date": day, "title": name, "parties": ["United States", "Japan"]}
        (folder / f"{name}.json").write_text(json.dumps(sidecar), encoding="utf-8")
    return made_by(folder.parent, ("read", str(folder)))


@pytest.fixture
def promised(bare: Run, memos: Path, tmp_path: Path) -> Run:
    shutil.copytree(memos, tmp_path / "w")
    return bare


@pytest.fixture
def board(promised: Run) -> Callable[..., dict[str, Any]]:
    """The board of the memo as JSON."""

    def ask(*words: str) -> dict[str, Any]:
        (found,) = promised("--json", "track", "board", "--document", "memo", *words).rows
        return dict(found)

    return ask


Board = Callable[..., dict[str, Any]]


def ids(board: Board) -> list[str]:
    rows = board()["rows"]
    return [row["provision"] for row in sorted(rows, key=lambda row: row["start"])]


def test_a_board_as_text(promised: Run) -> None:
    shown = promised("track", "board", "--document", "memo", *AS_OF)
    assert shown.code == 0
    first, *_ = shown.out.splitlines()
    assert first.startswith("overdue")
    assert "2. 2027-01-05 overdue: every 6 months, from the document, 2026-01-05" in shown.out
    assert "event not recorded: the call for proposals" in shown.out
    assert "4 lines, 2 overdue, 1 awaiting event, 1 undated; 4 without accepted evidence" in " ".join(
        shown.out.split()
    )


def test_a_board_as_json_has_the_same_rows_as_its_files(promised: Run, board: Board, tmp_path: Path) -> None:
    found = board(*AS_OF)
    assert list(found) == ["as_of", "documents", "summary", "rows", "problems"]
    assert found["summary"]["states"] == {"overdue": 2, "awaiting event": 1, "undated": 1}
    shown = promised("track", "board", "--document", "memo", *AS_OF, "--format", "json")
    assert json.loads(shown.out) == found
    rows = list(csv.DictReader(io.StringIO(promised("track", "board", *AS_OF, "--format", "csv").out)))
    assert [row["provision"] for row in rows] == [row["provision"] for row in found["rows"]]
    assert rows[0]["owners"] == "; ".join(found["rows"][0]["owners"])
    path = tmp_path / "board.xlsx"
    assert promised("track", "board", *AS_OF, "--format", "xlsx", "--output", str(path)).code == 0
    sheet = load_workbook(path).active
    assert sheet is not None
    header, *cells = sheet.iter_rows(values_only=True)
    assert (list(header), len(cells)) == (list(found["rows"][0]), 4)


def test_a_board_of_text_can_be_written_to_a_file(promised: Run, tmp_path: Path) -> None:
    path = tmp_path / "board.txt"
    assert promised("track", "board", *AS_OF, "--output", str(path)).err.strip() == f"4 lines written to {path}"
    assert path.read_text(encoding="utf-8").startswith("overdue")


def test_a_board_can_be_narrowed_down(board: Board) -> None:
    def found(*words: str) -> int:
        return len(board(*AS_OF, *words)["rows"])

    assert found("--state", "overdue") == 2
    assert found("--state", "overdue", "--state", "undated") == 3
    assert found("--actor", "Japan") == 3
    assert found("--counterparty", "Japan") == 1
    tagged = board(*AS_OF, "--technology", "quantum")["rows"]
    assert tagged
    assert all("quantum" in row["technologies"] for row in tagged)
    assert found("--force", "1") == 0
    assert found("--language", "zh") == 0
    assert found("--pillar", "none") == 0
    assert len(board("--as-of", "2026-01-05", "--horizon", "0", "--state", "later")["rows"]) == 2


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--as-of", "2027-02-30"), "--as-of `2027-02-30` is not a date"),
        (("--state", "late"), "There is no state `late`. Did you mean `later`?"),
        (("--format", "pdf"), "There is no format `pdf`"),
        (("--actor", "Japann"), "There is no actor `Japann`. Did you mean `Japan`?"),
        (("--document", "nowhere"), "no document `nowhere`"),
        (("--language", "fr"), "There is no language `fr`"),
        (("--kind", "promise"), "There is no kind `promise`"),
    ],
)
def test_a_board_that_makes_no_sense_is_refused(promised: Run, words: tuple[str, ...], message: str) -> None:
    refused = promised("track", "board", *words)
    assert (refused.code, refused.out) == (2, "")
    assert message in " ".join(refused.err.split())


def test_a_board_of_an_empty_register(run: Run) -> None:
    shown = run("track", "board")
    assert (shown.code, shown.out.strip()) == (0, "No commitment or obligation is on the board.")
    assert run("--json", "track", "board").rows[0]["summary"]["rows"] == 0
    assert run("track", "scores").code == 0


def test_an_event_is_awaited_recorded_and_taken_back(promised: Run, board: Board) -> None:
    report = ids(board)[2]
    (awaited,) = promised("--json", "track", "event", "list").rows
    assert awaited == {"awaited": "the call for proposals", "provisions": [report]}
    added = (
        "track",
        "event",
        "add",
        "征集提案",
        "--day",
        "2026-12-01",
        "--also",
        "call for proposals",
        "--by",
        "Ann",
    )
    (made,) = promised("--json", *added, "--document", "memo", "--source", "https://example.org").rows
    assert (made["resolves"], made["aliases"], made["by"]) == ([report], ["call for proposals"], "Ann")
    (row,) = [row for row in board(*AS_OF)["rows"] if row["provision"] == report]
    assert (row["state"], row["due"]) == ("due in 30 days", "2027-03-01")
    assert row["instances"][0]["basis"] == "90 days after event: 征集提案, 2026-12-01"
    assert "征集提案" in promised("track", "event", "list", "--document", "memo").out
    assert promised("track", "event", "withdraw", made["id"], "--by", "Ann").code == 2
    back = promised("track", "event", "withdraw", made["id"], "--by", "Ann", "--reason", "no call")
    assert back.err.strip() == f"{made['id']} 征集提案 is taken back"
    assert [row["state"] for row in board(*AS_OF)["rows"] if row["provision"] == report] == ["awaiting event"]
    assert "taken back: no call" in promised("track", "event", "list", "--withdrawn").out


def test_an_event_can_be_chosen_for_a_line(promised: Run, board: Board) -> None:
    share = ids(board)[3]
    said = promised("track", "event", "add", "signature", "--day", "2026-05-01", "--for", share)
    assert said.err.strip().endswith("signature, 2026-05-01: 1 line resolved")
    (row,) = [row for row in board(*AS_OF)["rows"] if row["provision"] == share]
    assert (row["state"], row["due"], row["instances"][0]["rule"]) == ("overdue", "2026-05-01", "after an event")
    assert promised("track", "event", "add", "signature", "--day", "30 February").code == 2


def link(run: Run, line: str, *words: str) -> dict[str, Any]:
    (made,) = run("--json", "track", "link", line, "--stance", "supports", "--by", "Ann", *words).rows
    return dict(made)


def test_evidence_is_linked_decided_on_and_withdrawn(promised: Run, board: Board) -> None:
    council = ids(board)[0]
    quote = ("--quote", "The council met in Tokyo.", "--page", "readout", "--stage", "operational")
    made = link(promised, council, *quote, "--candidate")
    assert (made["state"], made["day"], made["start"]) == ("candidate", "2026-06-20", 0)
    decided = promised("track", "decide", made["id"], "--accept", "--by", "Bob", "--by-party", "Japan")
    assert decided.err.strip() == f"{made['id']} is accepted"
    (status,) = promised("--json", "track", "status", council, *AS_OF).rows
    assert (status["claimed"], status["verified"], status["instances"][0]["state"]) == (
        "operational",
        None,
        "overdue",
    )
    promised("track", "decide", made["id"], "--accept", "--by", "Bob", "--by-party", "")
    (status,) = promised("--json", "track", "status", council, *AS_OF).rows
    assert (status["claimed"], status["verified"], status["instances"][0]["state"]) == (
        None,
        "operational",
        "delivered",
    )
    page = promised("track", "status", council, *AS_OF)
    assert "independent" in page.out
    assert "verified: operational" in page.out
    assert promised("track", "decide", made["id"], "--withdraw", "--by", "Bob").code == 2
    assert promised("track", "decide", made["id"], "--withdraw", "--by", "Bob", "--reason", "corrected").code == 0
    (status,) = promised("--json", "track", "status", council, *AS_OF).rows
    assert (status["verified"], status["evidence"], status["instances"][0]["state"]) == (None, [], "overdue")
    (history,) = promised("--json", "track", "history", council).rows
    assert [step["evidence"]["state"] for step in history["evidence"]] == [
        "candidate",
        "accepted",
        "accepted",
        "withdrawn",
    ]
    assert history["evidence"][-1]["reason"] == "corrected"
    assert "corrected" in promised("track", "history", council).out


def test_a_file_or_an_address_is_evidence_too(promised: Run, board: Board, tmp_path: Path) -> None:
    council, report, *_ = ids(board)
    letter = tmp_path / "letter.txt"
    letter.write_text("met", encoding="utf-8")
    assert len(link(promised, council, "--file", str(letter))["sha256"]) == 64
    said = promised("track", "link", report, "--stance", "supports", "--by", "Ann", "--address", "https://example.org", "--instance", "1", "--stage", "completed", "--day", "2026-08-01")  # fmt: skip
    assert said.err.strip().endswith("is accepted")
    (status,) = promised("--json", "track", "status", report, *AS_OF).rows
    assert [item["state"] for item in status["instances"]][:2] == ["delivered", "overdue"]


@pytest.mark.parametrize(
    "words",
    [
        ("link", "LINE", "--stance", "supports", "--by", "Ann"),
        ("link", "LINE", "--stance", "maybe", "--by", "Ann", "--address", "x"),
        ("link", "LINE", "--stance", "supports", "--address", "x"),
        ("link", "LINE", "--stance", "supports", "--by", "Ann", "--quote", "It did not.", "--page", "readout"),
        ("link", "memo:0", "--stance", "supports", "--by", "Ann", "--address", "x"),
        ("decide", "e0", "--accept", "--by", "Ann"),
        ("decide", "e0", "--by", "Ann"),
        ("decide", "e0", "--accept", "--reject", "--by", "Ann"),
        ("assess", "LINE", "--score", "2", "--author", "Ann"),
        ("assess", "LINE", "--score", "1", "--author", "Ann", "--reviewer", "ann"),
        ("assess", "LINE", "--score", "1", "--author", " "),
        ("assess", "LINE", "--score", "1", "--author", "Ann", "--completion", "done"),
        ("assess", "LINE", "--score", "1", "--author", "Ann", "--party", "Japann"),
        ("status", "memo:0"),
        ("history", "memo:0"),
        ("scores", "--by", "weather"),
    ],
    ids=" ".join,
)
def test_calls_that_make_no_sense_end_with_a_remedy(promised: Run, board: Board, words: tuple[str, ...]) -> None:
    given = [ids(board)[0] if word == "LINE" else word for word in words]
    refused = promised("track", *given)
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith("Error: ")
    assert len(refused.err.splitlines()) >= 2


def test_verdicts_and_their_means(promised: Run, board: Board) -> None:
    council, report, *_ = ids(board)
    base = ("track", "assess", council, "--author", "Ann", "--guideline", "+1: it met", *AS_OF)
    said = promised(*base, "--score", "-1", "--party", "Japan", "--completion", "no evidence available")
    assert said.code == 1
    assert "nor a search" in " ".join(said.err.split())
    assert promised(*base, "--score", "0", "--party", "Japan", "--reviewer", "Bob", "--reason", "late").code == 0
    assert promised(*base, "--score", "+1", "--party", "United States").code == 0
    (made,) = promised("--json", "track", "assess", report, "--score", "n/a", "--author", "Ann", *AS_OF).rows
    assert (made["score"], [problem["code"] for problem in made["problems"]]) == (
        "n/a",
        ["score-without-guideline"],
    )
    (found,) = promised("--json", "track", "scores", "--document", "memo", *AS_OF).rows
    assert found["mean_of_commitments"]["mean"] == 0.5
    assert [(figure["name"], figure["mean"]) for figure in found["parties"]] == [
        ("Japan", 0),
        ("United States", 1),
    ]
    assert (found["pooled"]["not_applicable"], found["unassessed"]) == (1, 2)
    shown = promised("track", "scores", "--document", "memo", "--by", "party", *AS_OF).out
    assert "mean of commitments' means" in shown
    assert "+0.50" in shown
    assert "n/a is in no mean" in " ".join(shown.split())
    (history,) = promised("--json", "track", "history", council).rows
    assert [verdict["score"] for verdict in history["assessments"]] == [-1, 0, 1]
    assert history["assessments"][1]["reviewer"] == "Bob"


def test_nothing_recorded_is_said_so(promised: Run, board: Board) -> None:
    assert promised("track", "history", ids(board)[0]).out.strip() == "Nothing is recorded of this line."


def test_a_deadline_before_its_document_is_shown_and_warned_of(promised: Run, board: Board) -> None:
    share = ids(board)[3]
    promised("review", share, "--edit", "--by", "Ann", "--set", "deadline=2025-01-31")
    shown = promised("track", "board", "--document", "memo", *AS_OF)
    assert shown.code == 1
    assert "2025-01-31" in shown.out
    assert "lies before the document's own date" in " ".join(shown.err.split())
