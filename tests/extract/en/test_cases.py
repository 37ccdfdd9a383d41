"""The English cases of tests/cases/extract/en: a sentence or list of our own and what the grammar finds in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from dragoman.extract.candidate import Candidate
from tests.extract.en.reading import JOINT, document_of, is_sure, proposals

FOLDER = Path(__file__).resolve().parents[2] / "cases" / "extract" / "en"
FILES = ("commissives", "directives", "genres", "lists", "measures", "modals", "statutes", "suggestions")


def cases() -> Iterator[Any]:
    for name in FILES:
        for key, case in yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8")).items():
            yield pytest.param(case, id=f"{name}:{key}")


def fields(text: str, candidate: Candidate) -> dict[str, Any]:
    return {
        "kind": candidate.kind.value,
        "force": candidate.force,
        "trigger": text[slice(*candidate.trigger)],
        "subject": text[slice(*candidate.subject)] if candidate.subject else None,
        "subject_rule": candidate.subject_rule,
        "aim": text[slice(*candidate.aim)] if candidate.aim else None,
    }


@pytest.mark.parametrize("case", list(cases()))
def test_the_grammar_finds_what_the_case_says(case: dict[str, Any]) -> None:
    document = document_of(case["text"], case.get("kind", JOINT))
    found = [fields(document.text, candidate) for _, candidate in proposals(document) if is_sure(candidate)]
    asked = [{key: row[key] for key in want} for row, want in zip(found, case["expect"], strict=False)]
    assert asked == case["expect"]
    assert len(found) == len(case["expect"]), found
