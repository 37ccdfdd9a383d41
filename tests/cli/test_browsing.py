from __future__ import annotations

import pytest

from dragoman.model.interchange import provision_to_row
from tests.cli.conftest import Run
from tests.register.making import document, provision

FIELDS = list(provision_to_row(provision(document("We will."), 0)))


def test_documents(filled: Run) -> None:
    ran = filled("documents")
    assert ran.code == 0
    assert "lakeside" in ran.out
    assert "湖畔会议声明" in ran.out
    rows = filled("--json", "documents").rows
    assert {row["doc"]: row["version"] for row in rows} == {"hupan": 1, "lakeside": 1}


def test_provisions_for_machines_have_the_interchange_fields(filled: Run) -> None:
    rows = filled("--json", "provisions").rows
    assert len(rows) == 3
    assert all(list(row) == FIELDS for row in rows)


def test_provisions_for_people_have_id_sentence_and_count(filled: Run) -> None:
    ran = filled("provisions", "--kind", "prohibition")
    assert "lakeside:" in ran.out
    assert "Japan shall not export advanced chips without a licence." in ran.out
    assert ran.err.strip() == "1 of 1 lines"


@pytest.mark.parametrize(
    ("options", "documents"),
    [
        (["--document", "hupan"], ["hupan"]),
        (["--kind", "commitment", "--language", "en"], ["lakeside"]),
        (["--actor", "China"], ["hupan"]),
        (["--technology", "quantum", "--kind", "commitment"], ["lakeside"]),
        (["--technology", "quantum", "--technology", "ai", "--kind", "commitment"], ["lakeside", "hupan"]),
        (["--force", "4"], ["lakeside"]),
        (["--due-from", "2027-01-01"], ["lakeside"]),
        (["--due-to", "2026-12-31"], ["hupan"]),
        (["--review", "accepted"], []),
        (["--text", "对话"], ["hupan"]),
        (["--instrument", "export-control", "--counterparty", "China"], []),
        (["--limit", "1", "--offset", "2"], ["hupan"]),
        (["--limit", "0", "--order", "confidence", "--kind", "prohibition"], ["lakeside"]),
    ],
)
def test_filters(filled: Run, options: list[str], documents: list[str]) -> None:
    assert [row["doc"] for row in filled("--json", "provisions", *options).rows] == documents


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--kind", "comitment"], "Did you mean `commitment`?"),
        (["--technology", "quantm"], "Did you mean `quantum`?"),
        (["--instrument", "export-controls"], "Did you mean `export-control`?"),
        (["--actor", "Japn"], "Did you mean `Japan`?"),
        (["--counterparty", "Chna"], "Did you mean `China`?"),
        (["--document", "lakesid"], "Did you mean `lakeside`?"),
        (["--review", "acepted"], "Did you mean `accepted`?"),
        (["--order", "txt"], "Did you mean `text`?"),
        (["--language", "fr"], "Known: en, zh."),
        (["--due-from", "soon"], "Write dates as 2026-03-31."),
    ],
)
def test_a_typo_in_a_filter_is_met_with_the_nearest_value(filled: Run, options: list[str], message: str) -> None:
    ran = filled("provisions", *options)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err


def test_show_tells_everything(filled: Run) -> None:
    row = filled("--json", "provisions", "--kind", "commitment").rows[0]
    ran = filled("show", row["id"])
    for words in (row["id"], "joint quantum research programme", "United States; Japan", "31 March 2027", "why"):
        assert words in ran.out
    assert "Japan shall not export" in ran.out  # the context after the quotation
    assert "grammar/" in ran.out
    (shown,) = filled("--json", "show", row["id"]).rows
    assert {field: shown[field] for field in FIELDS} == row
    assert shown["why"]
    assert [line["id"] for line in shown["lines"]] == [row["id"]]
    assert shown["reviews"] == []


def test_show_of_an_unknown_id(filled: Run) -> None:
    ran = filled("show", "lakeside:0")
    assert ran.code == 2
    assert "No line of the register has the id `lakeside:0`." in ran.err


def test_search(filled: Run) -> None:
    (hit,) = filled("--json", "search", "weather").rows
    assert (hit["text"], hit["provisions"]) == ("The weather was good.", [])
    (hit,) = filled("--json", "search", "人工智能").rows
    assert hit["text"][slice(*hit["marks"][0])] == "人工智能"
    assert len(hit["provisions"]) == 1
    ran = filled("search", "weather")
    assert "The weather was good." in ran.out
    assert ran.err.strip() == "1 of 1 sentences"
    assert filled("search", "nothing").code == 0


def test_a_search_for_nothing_is_a_mistake(filled: Run) -> None:
    ran = filled("search", " ")
    assert (ran.code, ran.out, ran.err) == (
        2,
        "",
        "Error: There is nothing to search for.\nGive one word or more.\n",
    )


def test_problems_of_a_register_without_any(filled: Run) -> None:
    ran = filled("problems")
    assert (ran.code, ran.out, ran.err.strip()) == (0, "", "No problems.")
    assert filled("problems", "--document", "nemo").code == 2
