from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

FIRST = """Joint Statement of the Harbour Dialogue

Japan and Canada intend to launch a joint quantum sensor testbed in Halifax.

Japan and Canada will simplify customs forms for medical scanners by 31 December 2023.

Japan and Canada will train port inspectors in drone detection.
"""
SECOND = """Joint Statement of the Harbour Dialogue

Japan and Canada have launched the joint quantum sensor testbed in Halifax.

Japan and Canada intend to simplify customs forms for medical scanners by 31 December 2023.

Japan and Canada will open a school for glaciologists.
"""


@pytest.fixture
def harbour(tmp_path: Path) -> tuple[str, str]:
    """Two statements a year apart, as files."""
    paths = []
    for year, body in ((2022, FIRST), (2023, SECOND)):
        path = tmp_path / f"harbour-{year}.txt"
        path.write_text(body, encoding="utf-8")
        path.with_suffix(".json").write_text(
            json.dumps({"date": f"{year}-06-01", "parties": ["Japan", "Canada"], "kind": "joint statement"}),
            encoding="utf-8",
        )
        paths.append(str(path))
    return paths[0], paths[1]


def test_files_are_compared_line_by_line_and_not_kept(run: Run, harbour: tuple[str, str]) -> None:
    ran = run("compare", *harbour, "--format", "jsonl")
    assert ran.code == 0
    labels = [(row["doc"], row["label"], row.get("dropped_in", "")) for row in ran.rows]
    assert labels == [
        ("harbour-2023", "delivered", ""),
        ("harbour-2023", "weakened", ""),
        ("harbour-2023", "new", ""),
        ("harbour-2022", "dropped", "harbour-2023"),
    ]
    row = ran.rows[1]
    text = Path(harbour[1]).read_text(encoding="utf-8")
    assert text[row["start"] : row["end"]].startswith("Japan and Canada intend to simplify")
    assert [(one["doc"], one["quote"][:30]) for one in row["from"]] == [
        ("harbour-2022", "Japan and Canada will simplify")
    ]
    assert row["reason"] == "firmness: “will” (commitment, 3) → “intend to” (commitment, 2)"


def test_all_prints_the_first_text_too(run: Run, harbour: tuple[str, str]) -> None:
    rows = run("compare", *harbour, "--format", "jsonl", "--all").rows
    assert [row["reason"] for row in rows[:3]] == ["first text of the series"] * 3


def test_the_order_of_naming_does_not_matter_and_is_mentioned(run: Run, harbour: tuple[str, str]) -> None:
    ran = run("compare", harbour[1], harbour[0], "--format", "jsonl")
    assert ran.rows == run("compare", *harbour, "--format", "jsonl").rows
    assert "order of their dates" in ran.err


def test_the_screen_shows_words_deleted_and_inserted(run: Run, harbour: tuple[str, str]) -> None:
    out = run("compare", *harbour).out
    assert "1 delivered, 1 dropped, 1 new, 1 weakened" in out
    assert "[-will-] {+intend to+}" in out


def test_a_topic_leaves_its_threads(run: Run, harbour: tuple[str, str]) -> None:
    rows = run("compare", *harbour, "--format", "jsonl", "--topic", "health").rows
    assert [row["label"] for row in rows] == ["weakened"]
    ran = run("compare", *harbour, "--topic", "alchemy")
    assert (ran.code, "There is no topic `alchemy`." in ran.err) == (2, True)


@pytest.mark.parametrize(
    ("form", "start"), [("md", b"# Lineage of a series of texts"), ("html", b"<!doctype html>"), ("docx", b"PK")]
)
def test_a_report_is_written(run: Run, harbour: tuple[str, str], tmp_path: Path, form: str, start: bytes) -> None:
    output = tmp_path / f"lineage.{form}"
    assert run("compare", *harbour, "--format", form, "--output", str(output)).code == 0
    assert output.read_bytes().lower().startswith(start.lower())


def test_a_report_is_the_same_each_time_and_speaks_chinese(run: Run, harbour: tuple[str, str]) -> None:
    once, again = (run("compare", *harbour, "--format", "md", "--language", "zh").out for _ in range(2))
    assert once == again
    assert "系列文本的条款沿革" in once
    assert "~~will~~ **intend to**" in once


def test_a_correction_counts_in_the_next_comparison(run: Run, harbour: tuple[str, str]) -> None:
    assert run("read", *harbour).code == 0
    names = ("harbour-2022", "harbour-2023")
    rows = run("compare", *names, "--format", "jsonl", "--all").rows
    weakened, dropped = rows[4]["provision"], rows[-1]["provision"]
    said = ("--label", "strengthened", "--by", "Ann", "--note", "wider", "--from", dropped)
    assert run("compare", "correct", weakened, *said).code == 0
    row = run("compare", *names, "--format", "jsonl").rows[1]
    assert (row["label"], row["correction"]["person"]) == ("strengthened", "Ann")
    assert [one["provision"] for one in row["from"]] == [dropped]
    assert "strengthened, by Ann: wider" in run("compare", "history", weakened).out


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--label", "vanished", "--by", "Ann"), "A line cannot be labelled `vanished`."),
        (("--label", "dropped", "--by", "Ann"), "A line cannot be labelled `dropped`."),
        (("--label", "new"), "A correction needs the name of who makes it."),
        (("--label", "repeated", "--by", "Ann", "--from", "harbour-2023:nothing"), "harbour-2023:nothing"),
    ],
)
def test_a_correction_that_makes_no_sense_is_refused(
    run: Run, harbour: tuple[str, str], options: tuple[str, ...], message: str
) -> None:
    run("read", *harbour)
    line = run("compare", *harbour, "--format", "jsonl").rows[0]["provision"]
    ran = run("compare", "correct", line, *options)
    assert (ran.code, message in ran.err) == (2, True)


def test_a_later_line_is_no_predecessor(run: Run, harbour: tuple[str, str]) -> None:
    run("read", *harbour)
    rows = run("compare", *harbour, "--format", "jsonl", "--all").rows
    ran = run(
        "compare",
        "correct",
        rows[0]["provision"],
        "--label",
        "repeated",
        "--by",
        "A",
        "--from",
        rows[4]["provision"],
    )
    assert (ran.code, "cannot be a predecessor" in ran.err) == (2, True)


def test_one_text_is_a_warning_and_a_missing_one_an_error(run: Run, harbour: tuple[str, str]) -> None:
    ran = run("compare", harbour[0], "--format", "jsonl")
    assert (ran.code, ran.out, "nothing can be compared" in ran.err) == (1, "", True)
    ran = run("compare", harbour[0], "no-such-text")
    assert (ran.code, "The register has no document `no-such-text`" in ran.err) == (2, True)


def test_a_page_can_point_to_one_line_of_a_report(run: Run, harbour: tuple[str, str], tmp_path: Path) -> None:
    output = tmp_path / "lineage.html"
    assert run("compare", *harbour, "--format", "html", "--output", str(output)).code == 0
    page = output.read_text(encoding="utf-8")
    rows = run("compare", *harbour, "--format", "jsonl").rows
    kept = [row["provision"].replace(":", "-") for row in rows if row["label"] != "dropped"]
    assert [name for name in kept if page.count(f'id="line-{name}"') != 1] == []


def test_versions_in_two_languages_are_linked_by_their_alignment(run: Run) -> None:
    samples = Path(__file__).resolve().parents[2] / "samples"
    files = [str(samples / f"sample-declaration-2025.{language}.txt") for language in ("en", "zh")]
    rows = run("compare", *files, "--format", "jsonl").rows
    here = [row for row in rows if row["label"] != "dropped"]
    assert len([row for row in here if row["from"]]) >= 0.8 * len(here)
    assert {one["doc"] for row in here for one in row["from"]} == {"sample-declaration-2025.en"}
