"""`dragoman alliances`, run on two invented texts."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import networkx as nx
import pytest

from tests.cli.conftest import Run, made_by

PAPER = """湖畔论坛:技术伙伴

一、量子技术

2030年3月,日本和印度签署了合作协议。双方还与加拿大联合开展量子研究。

二、半导体

日本禁止向巴西出口先进半导体。北约同意讨论芯片供应。
"""
STATEMENT = """Joint Statement of the Hill Meeting

Japan and India will establish a joint laboratory for artificial intelligence.

They will consult each other on lamps.
"""


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with both texts, to be copied."""
    folder = tmp_path_factory.mktemp("alliances") / "papers"
    folder.mkdir()
    for name, text, day, parties in (
        ("paper", PAPER, "2031-01-01", []),
        ("hill", STATEMENT, "2032-05-06", ["Japan", "India"]),
    ):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        sidecar = {"date": day, "kind": "joint statement", "parties": parties, "title": text.splitlines()[0]}
        (folder / f"{name}.json").write_text(json.dumps(sidecar), encoding="utf-8")
    return made_by(folder.parent, ("read", str(folder)))


@pytest.fixture
def read(bare: Run, papers: Path, tmp_path: Path) -> Run:
    shutil.copytree(papers, tmp_path / "w")
    return bare


def test_json_is_one_list_of_cells_with_exactly_these_fields(read: Run) -> None:
    ran = read("alliances", "--document", "paper", "--format", "json")
    cells = json.loads(ran.out)
    assert ran.code == 0
    assert {tuple(cell) for cell in cells} == {
        ("actor", "partner", "technology", "direction", "level", "count", "sentences")
    }
    against = next(cell for cell in cells if cell["direction"] == "against")
    assert (against["actor"], against["partner"], against["technology"]) == ("Japan", "Brazil", "semiconductors")
    place = against["sentences"][0]
    assert PAPER[place["start"] : place["end"]] == "日本禁止向巴西出口先进半导体。"
    assert all(place["doc"] == "paper" for cell in cells for place in cell["sentences"])


def test_json_lines_are_the_same_cells(read: Run) -> None:
    cells = json.loads(read("alliances", "--format", "json").out)
    assert read("--json", "alliances").rows == cells
    few = read("--json", "alliances", "--sentences", "1").rows
    assert [{**cell, "sentences": cell["sentences"][:1]} for cell in few] == few
    assert [{**cell, "sentences": []} for cell in few] == [{**cell, "sentences": []} for cell in cells]


def test_an_actor_comes_first_in_what_it_shares(read: Run) -> None:
    rows = read("--json", "alliances", "--actor", "印度").rows
    assert {row["actor"] for row in rows} == {"India"}
    assert {(row["partner"], row["technology"]) for row in rows} >= {("Japan", "quantum"), ("Japan", "ai")}


def test_days_choose_and_the_day_of_a_sentence_counts(read: Run) -> None:
    rows = read("--json", "alliances", "--to", "2030-12-31").rows
    assert {row["technology"] for row in rows} == {"quantum"}


def test_columns_by_layer_and_instrument(read: Run) -> None:
    assert {row["layer"] for row in read("--json", "alliances", "--by", "layer").rows} == {"restrict", "develop"}
    assert "instrument" in read("--json", "alliances", "--by", "instrument").rows[0]


def test_the_table_and_csv_show_the_cells(read: Run) -> None:
    assert "semiconductors" in read("alliances").out
    rows = list(csv.DictReader(io.StringIO(read("alliances", "--format", "csv").out.removeprefix("\ufeff"))))
    assert {row["direction"] for row in rows} == {"with", "against"}
    assert all(row["sentences"].startswith(("paper:", "hill:")) for row in rows)


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_graphs_open_elsewhere(read: Run, form: str, tmp_path: Path) -> None:
    target = tmp_path / f"net.{form}"
    assert read("alliances", "--format", form, "--output", str(target)).code == 0
    graph = nx.read_graphml(target) if form == "graphml" else nx.read_gexf(target)
    assert "technologies" in graph.edges["India", "Japan"]


@pytest.mark.parametrize(
    ("form", "words"), [("html", "Who works with whom"), ("md", "日本禁止向巴西出口先进半导体。"), ("docx", "")]
)
def test_reports_quote_the_sentences_and_say_how_to_make_them_again(
    read: Run, form: str, words: str, tmp_path: Path
) -> None:
    target = tmp_path / f"report.{form}"
    assert read("alliances", "--format", form, "--output", str(target)).code == 0
    data = target.read_bytes()
    if form == "docx":
        assert data.startswith(b"PK")
    else:
        assert words in data.decode()
        assert "dragoman alliances --by technology" in data.decode()


def test_a_picture_is_drawn_where_the_package_is_installed(read: Run) -> None:
    pytest.importorskip("vl_convert", reason="the optional package that draws is not installed")
    assert read("alliances", "--format", "svg", "--picture", "map", "--language", "zh").out.startswith("<svg")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--actor", "Japn"), "has no `Japn`. | Nearest: `Japan`"),
        (("--from", "2031-02-01", "--to", "2030-02-01"), "ends before it begins"),
        (("--document", "nothing"), "has no document `nothing`"),
        (("--by", "colour"), "There is no by `colour`"),
        (("--from", "yesterday"), "is not a date"),
        (
            ("--network", "two-mode", "--measure", "conflict", "--format", "gexf"),
            "has no conflict. | It has: ignore",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(read: Run, options: tuple[str, ...], message: str) -> None:
    ran = read("alliances", *options)
    assert ran.code == 2
    assert all(part in ran.err for part in message.split(" | "))


def test_nothing_found_is_told_with_what_to_do(read: Run) -> None:
    ran = read("alliances", "--actor", "Chile", "--format", "json")
    assert (ran.code, json.loads(ran.out)) == (1, [])
    assert "No tie between two actors" in ran.err


def test_a_line_that_people_reject_counts_no_more(read: Run) -> None:
    before = read("--json", "alliances", "--document", "hill").rows
    assert before
    for row in read("--json", "provisions", "--document", "hill").rows:
        assert read("review", row["id"], "--reject", "--by", "me", "--reason", "no").code == 0
    after = read("--json", "alliances", "--document", "hill", "--least", "0").rows
    assert len(after) <= len(before)
