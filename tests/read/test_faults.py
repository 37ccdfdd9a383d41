from __future__ import annotations

import re
from pathlib import Path

import pytest

from dragoman.lexicon.packs import PackFaultError, load_pack
from dragoman.model import Document, Severity
from dragoman.read import inputs, jsonlines, read_inputs, structure
from dragoman.read.draft import Draft
from dragoman.read.faults import problem, unreadable
from tests.conftest import REPOSITORY

PROBLEMS = load_pack("reading/problems.yaml")["problems"]


def test_a_problem_names_its_input_and_remedy() -> None:
    found = problem("pdf-page-no-text", "a.pdf", page=3)
    assert (found.severity, found.page, found.source) == (Severity.WARNING, 3, "a.pdf")
    assert "3" in found.message
    assert "a.pdf" in found.message
    assert found.remedy


def test_an_unknown_code_is_a_fault_of_the_pack() -> None:
    with pytest.raises(PackFaultError):
        problem("no-such-code", "a.txt")


@pytest.mark.parametrize("name", ["bad.txt", "bad.jsonl"])
def test_a_defect_of_the_reader_costs_its_own_input_only(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    build = structure.build_document

    def breaking(draft: Draft, *rest: object) -> Document:
        if "break" in draft.text:
            raise KeyError(draft.text)
        return build(draft, *rest)  # type: ignore[arg-type]

    for module in (inputs, jsonlines):
        monkeypatch.setattr(module, "build_document", breaking)
    bad = "please break\n" if name.endswith("txt") else '{"id": "a", "text": "please break"}\n'
    (tmp_path / name).write_text(bad, encoding="utf-8")
    (tmp_path / "good.txt").write_text("We will meet.\n", encoding="utf-8")
    results = list(read_inputs([str(tmp_path)]))
    assert sorted(one.code for result in results for one in result.problems if one.severity == "error") == [
        "reader-broke"
    ]
    assert [result.document.slug for result in results if result.document] == ["good"]


def test_the_exception_carries_the_problem() -> None:
    assert unreadable("a.txt", "empty-file").problem.code == "empty-file"


def test_every_code_is_documented_with_its_severity() -> None:
    page = (REPOSITORY / "docs" / "problems.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([\w-]+)` \| (\w+) \|", page, re.MULTILINE))
    ours = {code: entry["severity"] for code, entry in PROBLEMS.items()}
    assert ours.items() <= rows.items()


@pytest.mark.parametrize(
    "name", ["abbreviations", "encodings", "furniture", "headings", "html", "metadata", "problems"]
)
def test_packs_have_a_source_and_a_date(name: str) -> None:
    pack = load_pack(f"reading/{name}.yaml")
    assert pack["source"]
    assert pack["as_of"].year >= 2024
