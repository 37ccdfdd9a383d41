from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.track.settings import load_weights
from tests.cli.conftest import Run

PAGE = {
    "id": "readouts/1",
    "title": "Readout of the programme",
    "date": "2026-11-02",
    "url": "https://pages.test/1",
    "text": "The United States and Japan established the joint quantum research programme in Kyoto.",
}
KEYS = ["page", "score", "quote", "start", "end", "why", "title", "day", "address", "stance", "stage"]


@pytest.fixture
def pages(tmp_path: Path) -> str:
    path = tmp_path / "pages.jsonl"
    path.write_text(json.dumps(PAGE) + "\n", encoding="utf-8")
    return str(path)


@pytest.fixture
def fed(filled: Run, pages: str) -> Run:
    assert filled("corpus", "add", pages).code == 0
    return filled


def test_corpus_add_says_what_became_of_the_pages(filled: Run, pages: str) -> None:
    assert "1 added, 0 changed, 0 unchanged" in filled("corpus", "add", pages).out.replace("\n", " ")
    (row,) = filled("--json", "corpus", "add", pages).rows
    assert (row["added"], row["unchanged"], row["problems"]) == (0, 1, [])


def test_corpus_add_shows_problems_and_ends_with_1(filled: Run, tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text("{broken\n", encoding="utf-8")
    ran = filled("corpus", "add", str(path))
    assert ran.code == 1
    assert "Line 1 of the corpus file is no JSON" in " ".join(ran.out.split())
    (row,) = filled("--json", "corpus", "add", str(path)).rows
    assert [(problem["code"], problem["line"]) for problem in row["problems"]] == [("corpus-line", 1)]


@pytest.mark.parametrize("words", [("corpus",), ("corpus", "list")])
def test_the_corpus_is_listed(fed: Run, pages: str, words: tuple[str, ...]) -> None:
    assert "2026-11-02" in fed(*words).out
    row = {
        "source": pages,
        "pages": 1,
        "characters": len(PAGE["text"]),
        "oldest": "2026-11-02",
        "newest": "2026-11-02",
    }
    assert fed("--json", *words).rows == [row]


def test_an_empty_corpus_says_how_to_fill_it(filled: Run) -> None:
    assert "The corpus is empty" in filled("corpus").err
    assert filled("--json", "corpus").rows == []


def test_a_source_is_removed(fed: Run, pages: str) -> None:
    assert fed("corpus", "remove", pages).err == "1 pages removed\n"
    ran = fed("corpus", "remove", pages)
    assert ran.code == 2
    assert "no source and no page" in ran.err


def test_evidence_as_json_lines(fed: Run) -> None:
    ran = fed("track", "evidence", "--document", "lakeside", "--format", "jsonl")
    row = next(row for row in ran.rows if row["candidates"])
    assert list(row) == ["provision", "doc", "start", "end", "candidates", "search"]
    best = row["candidates"][0]
    assert list(best) == KEYS
    assert (best["page"], best["quote"], best["stance"]) == ("readouts/1", PAGE["text"], "supports")
    assert (best["day"], best["address"]) == ("2026-11-02", "https://pages.test/1")
    reached = [one for one in row["candidates"] if one["score"] >= load_weights().threshold]
    assert row["search"]["found"] == len(reached)
    assert [type(part) for part in best["why"][0]] == [str, str, float]


def test_evidence_as_text_names_the_reasons(fed: Run) -> None:
    out = " ".join(fed("track", "evidence", "--document", "lakeside").out.split())
    assert "Readout of the programme [supports, launched]" in out
    assert "parties +" in out


def test_a_line_without_evidence_says_where_somebody_looked(fed: Run) -> None:
    out = " ".join(fed("track", "evidence", "--document", "hupan").out.split())
    assert "no evidence found in" in out
    assert "until 2026-11-02" in out


def test_the_search_is_kept_unless_told_otherwise(fed: Run) -> None:
    lines = fed("track", "evidence", "--document", "lakeside", "--no-record", "--format", "jsonl").rows
    history = ("--json", "track", "history", lines[0]["provision"])
    assert not json.dumps(fed(*history).rows).count("readouts") + fed(*history).out.count("pages.jsonl")
    fed("track", "evidence", "--document", "lakeside")
    assert "pages.jsonl: 1 pages" in fed(*history).out


def test_the_limit_is_kept(fed: Run) -> None:
    rows = fed("track", "evidence", "--document", "lakeside", "--limit", "1", "--format", "jsonl").rows
    assert max(len(row["candidates"]) for row in rows) == 1


@pytest.mark.parametrize("words", [("--format", "pdf"), ("--kind", "promise"), ("--provision", "lakeside:0")])
def test_a_wrong_choice_is_refused(fed: Run, words: tuple[str, str]) -> None:
    assert fed("track", "evidence", "--document", "lakeside", *words).code == 2
