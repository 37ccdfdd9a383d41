"""Tools for assistants over a real pipe: our command at one end, the SDK's client at the other."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from anyio.from_thread import start_blocking_portal
from mcp import Client, StdioServerParameters
from mcp.types import CallToolResult, TextContent

from dragoman.mcp import quoting
from dragoman.model import Evidence, EvidenceState, Query, ReviewState, Stage, Stance
from dragoman.workspace import Workspace

pytestmark = pytest.mark.long

EARLIER = """Statement of the Lakeside Meeting

The United States and Japan intend to establish a joint quantum research programme.

Japan will publish a list of trusted chip suppliers by 31 March 2026.

Both sides will review the programme every six months.

The weather was good.
"""
LATER = """Statement of the Hillside Meeting

The United States and Japan will establish a joint quantum research programme by 31 March 2027.

Both sides will review the programme every six months.

Japan shall not sell the medical records of patients.
"""
CHINESE = """湖畔会议声明

双方将于2026年底前建立人工智能对话机制。
"""
TOOLS = {
    "search_sentences",
    "find_provisions",
    "show_provision",
    "check_status",
    "compare_documents",
    "coverage",
}
Asked = tuple[str, dict[str, Any]]


def talk(workspace: Path, *questions: Asked, options: tuple[str, ...] = ()) -> list[Any]:
    """Start `dragoman mcp`, list its tools, ask, and return the list and the answers."""
    words = ["-m", "dragoman", "--workspace", str(workspace), "mcp", *options]

    async def talked() -> list[Any]:
        async with Client(StdioServerParameters(command=sys.executable, args=words)) as client:
            said: list[Any] = [await client.list_tools()]
            for name, arguments in questions:
                said.append(await client.call_tool(name, arguments))
            return said

    with start_blocking_portal() as portal:  # Playwright may hold this thread's loop
        return portal.call(talked)


def row_of(result: CallToolResult) -> dict[str, Any]:
    """Return what a tool answered; the text and the structure of an answer are the same."""
    assert not result.is_error, result.content
    told: dict[str, Any] = json.loads(words_of(result))
    assert told == result.structured_content
    return told


def words_of(result: CallToolResult) -> str:
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with three short texts, one reviewed line and one verified delivery."""
    home = tmp_path_factory.mktemp("mcp")
    texts = {
        "lakeside": (EARLIER, "2025-03-03"),
        "hillside": (LATER, "2026-03-03"),
        "hupan": (CHINESE, "2026-04-03"),
    }
    with Workspace.open(home / "w") as workspace:
        for name, (text, day) in texts.items():
            (home / f"{name}.txt").write_text(text, encoding="utf-8")
            about = {"date": day, "parties": ["United States", "Japan"]}
            (home / f"{name}.json").write_text(json.dumps(about), encoding="utf-8")
            list(workspace.read([str(home / f"{name}.txt")]))
        (home / "broken.pdf").write_bytes(b"%PDF-1.7 nothing more")
        list(workspace.read([str(home / "broken.pdf")]))
        chips = line_with(workspace, "trusted chip suppliers")
        workspace.review(chips, ReviewState.ACCEPTED, reviewer="Ann")
        piece = Evidence(
            "", chips, Stance.SUPPORTS, EvidenceState.ACCEPTED, "The list is out.", stage=Stage.COMPLETED
        )
        workspace.tracking.add_evidence(piece, by="Ann")
    return home / "w"


def line_with(workspace: Workspace, words: str) -> str:
    entries = workspace.provisions(Query(limit=None)).entries
    return next(one.provision.id for one in entries if words in one.provision.quote.exact)


@pytest.fixture(scope="module")
def lines(folder: Path) -> Mapping[str, str]:
    with Workspace.open(folder) as workspace:
        return {words: line_with(workspace, words) for words in ("trusted chip suppliers", "joint quantum")}


@pytest.fixture(scope="module")
def texts(folder: Path) -> Mapping[str, str]:
    with Workspace.open(folder) as workspace:
        return {one.slug: workspace.document(one.slug).text for one in workspace.documents()}


def questions(lines: Mapping[str, str]) -> dict[str, Asked]:
    return {
        "english": ("search_sentences", {"words": "quantum programme"}),
        "chinese": ("search_sentences", {"words": "人工智能对话"}),
        "weather": ("search_sentences", {"words": "weather", "document": "lakeside"}),
        "elsewhere": ("search_sentences", {"words": "weather", "document": "hillside"}),
        "nothing": ("search_sentences", {"words": "submarine"}),
        "forms": ("search_sentences", {"words": "Japan lanterns"}),
        "japan": ("find_provisions", {"actor": "日本", "kind": "prohibition"}),
        "due": ("find_provisions", {"due_from": "2027-01-01", "due_to": "2027-12-31"}),
        "few": ("find_provisions", {"limit": 1}),
        "nobody": ("find_provisions", {"actor": "Atlantis"}),
        "no kind": ("find_provisions", {"kind": "promise"}),
        "no day": ("find_provisions", {"due_from": "next week"}),
        "line": ("show_provision", {"id": lines["trusted chip suppliers"]}),
        "unknown": ("show_provision", {"id": "lakeside:000000000000"}),
        "verified": ("check_status", {"id": lines["trusted chip suppliers"]}),
        "not verified": ("check_status", {"id": lines["joint quantum"]}),
        "board": ("check_status", {"document": "lakeside"}),
        "whose": ("check_status", {}),
        "compared": ("compare_documents", {"first": "hillside", "second": "lakeside"}),
        "a file": ("compare_documents", {"first": "hillside", "second": __file__}),
        "coverage": ("coverage", {}),
    }


@pytest.fixture(scope="module")
def said(folder: Path, lines: Mapping[str, str]) -> Mapping[str, Any]:
    """What the server said to each question, all in one session; "tools" is its list."""
    asked = questions(lines)
    answers = talk(folder, *asked.values(), options=("--base", "https://register.example.org/"))
    return dict(zip(["tools", *asked], answers, strict=True))


def test_there_are_six_tools_with_flat_schemas(said: Mapping[str, Any]) -> None:
    tools = {tool.name: tool for tool in said["tools"].tools}
    assert set(tools) == TOOLS
    types = {one["type"] for tool in tools.values() for one in tool.input_schema["properties"].values()}
    assert types == {"string", "integer"}
    assert all(tool.description and tool.annotations.read_only_hint for tool in tools.values())


@pytest.mark.parametrize(
    "name", ["english", "chinese", "weather", "japan", "due", "line", "verified", "board", "compared"]
)
def test_link_and_exact_quotation_come_first(name: str, said: Mapping[str, Any], texts: Mapping[str, str]) -> None:
    told = row_of(said[name])
    assert next(iter(told)) == "results"
    assert told["status"] == "found"
    for row in told["results"]:
        assert list(row)[:5] == ["link", "quotation", "document", "start", "end"]
        assert row["link"].startswith(f"https://register.example.org/d/{row['document']}#")
        assert texts[row["document"]][row["start"] : row["end"]] == row["quotation"]


def test_chinese_is_found(said: Mapping[str, Any]) -> None:
    (row,) = row_of(said["chinese"])["results"]
    assert row["quotation"] == "双方将于2026年底前建立人工智能对话机制。"
    assert row["provisions"]


def test_a_search_keeps_to_a_document(said: Mapping[str, Any]) -> None:
    assert [row["document"] for row in row_of(said["weather"])["results"]] == ["lakeside"]
    assert row_of(said["elsewhere"])["status"] == "not found in the register"


@pytest.mark.parametrize("name", ["nothing", "nobody", "unknown", "elsewhere", "a file"])
def test_what_is_not_there_is_an_answer_and_no_statement_about_the_world(
    name: str, said: Mapping[str, Any]
) -> None:
    told = row_of(said[name])
    assert (told["results"], told["status"], told["total"]) == ([], "not found in the register", 0)
    assert "does not say" in told["meaning"]


@pytest.mark.parametrize(
    ("name", "words"), [("no kind", "prohibition"), ("no day", "2026-03-31"), ("whose", "slug of a document")]
)
def test_what_makes_no_sense_is_an_error_with_its_remedy(name: str, words: str, said: Mapping[str, Any]) -> None:
    assert said[name].is_error
    assert words in words_of(said[name])


def test_a_search_that_finds_nothing_tells_each_word_by_itself(said: Mapping[str, Any]) -> None:
    told = row_of(said["forms"])
    assert told["sentences_by_word"]["lanterns"] == 0
    assert told["sentences_by_word"]["Japan"] > 0
    assert "other forms" in told["remedy"]
    assert "find_provisions" in row_of(said["unknown"])["remedy"]
    assert "\n" not in words_of(said["english"]), "no white space that only costs room"


def test_an_actor_has_many_names(said: Mapping[str, Any]) -> None:
    (row,) = row_of(said["japan"])["results"]
    assert (row["kind"], row["actors"]) == ("prohibition", ["Japan"])


def test_due_days_bound_the_lines(said: Mapping[str, Any]) -> None:
    assert [row["deadline"]["date"] for row in row_of(said["due"])["results"]] == ["2027-03-31"]


def test_what_is_left_out_is_counted(said: Mapping[str, Any]) -> None:
    told = row_of(said["few"])
    assert len(told["results"]) == 1
    assert told["left_out"] == told["total"] - 1 > 0


def test_reviewed_and_not_reviewed_are_told_apart(said: Mapping[str, Any]) -> None:
    (line,) = row_of(said["line"])["results"]
    assert (line["reviewed"], line["review"], line["reviewer"]) == (True, "accepted", "Ann")
    assert line["decisions"][0]["by"] == "Ann"
    assert line["in_current_version"] is True
    assert row_of(said["japan"])["results"][0]["reviewed"] is False


def test_claimed_verified_and_unknown_are_told_apart(said: Mapping[str, Any]) -> None:
    (verified,) = row_of(said["verified"])["results"]
    assert (verified["claimed"], verified["verified"], verified["evidence_accepted"]) == (None, "completed", 1)
    assert verified["evidence"][0]["quotation"] == "The list is out."
    (open_line,) = row_of(said["not verified"])["results"]
    assert (open_line["claimed"], open_line["verified"], open_line["search"]) == (None, None, None)
    assert open_line["delivery"] == "not known: no evidence accepted, no search"


def test_a_document_is_followed_as_a_whole(said: Mapping[str, Any]) -> None:
    told = row_of(said["board"])
    assert told["total"] == sum(told["states"].values()) == len(told["results"]) > 1
    assert told["as_of"]


def test_two_documents_are_compared_in_the_order_of_their_dates(said: Mapping[str, Any]) -> None:
    told = row_of(said["compared"])
    assert told["earlier_and_later"] == ["lakeside", "hillside"]
    labels = {row["quotation"].split(" by ")[0]: row["label"] for row in told["results"]}
    assert labels["Japan will publish a list of trusted chip suppliers"] == "dropped"
    assert (
        labels["The United States and Japan will establish a joint quantum research programme"] == "strengthened"
    )
    assert told["results"][-1]["label"] == "repeated"
    assert sum(told["counts"].values()) == told["total"]


def test_coverage_says_what_is_there_and_what_is_not(said: Mapping[str, Any]) -> None:
    told = row_of(said["coverage"])
    assert {row["document"]: row["date"] for row in told["results"]} == {
        "hupan": "2026-04-03",
        "hillside": "2026-03-03",
        "lakeside": "2025-03-03",
    }
    assert told["documents_by_language"] == {"en": 2, "zh": 1}
    assert "quantum" not in told["not_covered"]["technologies_without_provision"]
    assert "biotech" in told["not_covered"]["technologies_without_provision"]
    assert [row["source"] for row in told["not_read"]] == ["broken.pdf"]


def test_an_empty_register_answers(tmp_path: Path) -> None:
    tools, coverage, search, board = talk(
        tmp_path / "w",
        ("coverage", {}),
        ("search_sentences", {"words": "人工智能"}),
        ("check_status", {"document": "memo"}),
    )
    assert {tool.name for tool in tools.tools} == TOOLS
    told = row_of(coverage)
    assert (told["results"], told["first"], told["not_covered"]["languages_without_document"]) == (
        [],
        None,
        ["en", "zh"],
    )
    assert row_of(search)["status"] == row_of(board)["status"] == "not found in the register"


def test_answers_stay_bounded() -> None:
    rows = ({"quotation": "x" * 2000} for _ in range(1000))
    kept = quoting.fitting(rows, 1000)
    assert len(json.dumps(kept)) <= quoting.MOST_CHARACTERS * 1.1
    assert len(quoting.fitting([{"quotation": "x" * 99_999}], 5)) == 1


def test_a_long_sentence_is_cut_and_says_so() -> None:
    words = "y" * (quoting.LONGEST_QUOTE + 5)
    row = quoting.quotation("link", words, "memo", 10)
    assert (row["end"] - row["start"], row["cut"], row["sentence_end"]) == (
        len(row["quotation"]),
        True,
        10 + len(words),
    )
