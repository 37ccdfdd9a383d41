"""`dragoman actors` and `dragoman briefing`, run on two invented texts."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.cli.conftest import Run

BY = ("--by", "Mara", "--reason", "seen in a text")


@pytest.fixture
def read(filled: Run) -> Run:
    return filled


def test_actors_are_found_in_both_languages(read: Run) -> None:
    (row,) = (row for row in read("--json", "actors", "list", "日本国").rows if row["name"] == "Japan")
    assert row["lines"] >= 1
    shown = read("actors", "show", "日本").out
    assert "member of:" in shown
    assert "G7 1975-11-15" in shown


def test_a_change_is_kept_used_and_exported(read: Run) -> None:
    added = read("actors", "add", "Lakeside Pact", "--type", "group", "--zh", "湖畔公约", *BY)
    assert added.code == 0, added.err
    assert read("actors", "member", "Lakeside Pact", "Japan", "--from", "2026-01-01", *BY).code == 0
    row = read("--json", "actors", "show", "湖畔公约").rows[0]
    assert row["members"] == [{"group": "Lakeside Pact", "member": "Japan", "from": "2026-01-01", "until": None}]
    content = yaml.safe_load(read("actors", "export").out)
    (entry,) = content["actors"]
    assert entry["name"] == "Lakeside Pact"
    assert entry["members"][0]["name"] == "Japan"
    assert [step["act"] for step in read("--json", "actors", "history").rows] == ["add", "member"]


def test_who_and_why_are_needed(read: Run) -> None:
    ran = read("actors", "rename", "Japan", "Nippon", "--by", "Mara")
    assert ran.code == 2
    assert "needs a reason" in ran.err


def test_a_loop_is_told(read: Run) -> None:
    for name in ("One Pact", "Two Pact"):
        assert read("actors", "add", name, "--type", "group", *BY).code == 0
    assert read("actors", "member", "One Pact", "Two Pact", *BY).code == 0
    ran = read("actors", "member", "Two Pact", "One Pact", *BY)
    assert ran.code == 2
    assert "Two Pact > One Pact > Two Pact" in " ".join(ran.err.split())


def test_a_renamed_actor_is_the_same_in_alliances(read: Run) -> None:
    before = read("--json", "alliances", "--actor", "Japan").rows
    assert before
    assert read("actors", "rename", "Japan", "Nippon", *BY).code == 0
    after = read("--json", "alliances", "--actor", "日本").rows
    assert [row["sentences"] for row in after] == [row["sentences"] for row in before]
    assert {row["actor"] for row in after} | {row["partner"] for row in after} >= {"Nippon"}
    assert read("actors", "withdraw", "1", *BY).code == 0
    assert read("--json", "alliances", "--actor", "Japan").rows == before


def test_documents_read_later_know_an_added_actor(read: Run, tmp_path: Path) -> None:
    assert read("actors", "add", "Lake Wardens", "--type", "body", "--zh", "湖泊守护会", *BY).code == 0
    text = tmp_path / "wardens.txt"
    text.write_text("湖泊守护会将于2027年公布规则。\n", encoding="utf-8")
    assert read("read", str(text)).code == 0
    (row,) = read("--json", "provisions", "--document", "wardens").rows
    assert row["actors"] == ["Lake Wardens"]


def test_a_briefing_quotes_its_sentences(read: Run, tmp_path: Path) -> None:
    ran = read("briefing", "US", "日本", "--as-of", "2026-06-01")
    assert ran.code == 0, ran.err
    assert "# Briefing: United States – Japan" in ran.out
    assert "joint quantum research programme" in ran.out
    assert "2027-03-31" in ran.out
    row = read("--json", "briefing", "US", "--as-of", "2026-06-01").rows[0]
    assert row["partners"][0]["name"] == "Japan"
    assert row["deadlines"][0]["due"] == "2027-03-31"
    out = tmp_path / "b.docx"
    assert read("briefing", "US", "Japan", "--format", "docx", "--output", str(out)).code == 0
    assert out.read_bytes()[:2] == b"PK"


@pytest.mark.parametrize(
    ("names", "words"), [(("Jappan",), "Nearest: `Japan`"), (("Japan", "日本"), "Both names stand for Japan")]
)
def test_a_briefing_on_nobody_is_refused(read: Run, names: tuple[str, ...], words: str) -> None:
    ran = read("briefing", *names)
    assert ran.code == 2
    assert words in " ".join(ran.err.split())


def test_a_briefing_on_who_is_tied_to_nobody_says_so(read: Run) -> None:
    ran = read("briefing", "Iceland")
    assert ran.code == 1
    assert "No sentence of the register ties Iceland" in " ".join(ran.err.split())
