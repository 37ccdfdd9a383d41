"""Workbooks as files: every fault has its line, and pinned words are compared with the text."""

from __future__ import annotations

import pytest

from dragoman.compare.tracing import load_tracing
from dragoman.compare.tracing_file import WorkbookReader, unfaithful
from dragoman.model import Document, Language
from dragoman.model.tracing import Workbook
from dragoman.process_tracing import ProcessTracing

GOOD = """title: Why lamps went out
hypotheses:
  - {id: H1, title: A storm, prior: likely}
  - {id: H2, title: A fault, prior: 0.35}
evidence:
  - id: E1
    title: The wind was strong
    pin: {doc: diary, start: 4, end: 15, quote: wind howled}
    likelihoods: {H1: very likely, H2: 0.4}
  - id: E2
    title: The report
    event: {date: 2030-01-31, source: The gazette}
    kind: interpretive
    likelihoods: {H1: 很可能, H2: unlikely}
"""
DIARY = Document("diary", "", None, "", (), (Language.EN,), "", "", "", "The wind howled all night.")


def read(text: str) -> tuple[Workbook | None, list[tuple[str, int | None]]]:
    reader = WorkbookReader("w.yaml", load_tracing())
    book = reader.read(text.encode())
    return book, [(one.code, one.line) for one in reader.problems]


def test_a_workbook() -> None:
    book, problems = read(GOOD)
    assert book is not None
    assert problems == [("tracing-residual", None)]
    assert [(one.id, round(one.prior, 4)) for one in book.hypotheses] == [
        ("H1", 0.585),
        ("H2", 0.315),
        ("H0_residual", 0.1),
    ]
    first, second = book.items
    assert first.likelihoods["H0_residual"] == pytest.approx((0.8 * 0.4) ** 0.5)
    assert (second.interpretive, second.likelihoods["H1"], second.line) == (True, 0.8, 10)


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("prior: 0.35", "prior: 0", "tracing-prior", 4),
        ("prior: 0.35", "prior: much", "tracing-form", 4),
        ("id: H2, title", "id: H1, title", "tracing-doubled", 4),
        ("id: H2, title: A fault,", "id: H2,", "tracing-missing", 4),
        ("H2: 0.4", "H2: 1.0", "tracing-likelihood", 9),
        ("H2: 0.4", "H2: maybe", "tracing-likelihood", 9),
        ("H2: 0.4", "H3: 0.4", "tracing-unknown-hypothesis", 9),
        (", H2: 0.4", "", "tracing-no-likelihood", 9),
        ("2030-01-31", "soon", "tracing-date", 12),
        ("kind: interpretive", "kind: poetic", "tracing-form", 13),
        ("kind: interpretive", "kinds: interpretive", "tracing-unknown-key", 13),
        ("    event: {date: 2030-01-31, source: The gazette}\n", "", "tracing-pin", 10),
        ("start: 4", "start: four", "tracing-form", 8),
        ("title: Why lamps went out", "titel: x", "tracing-unknown-key", 1),
        ("title: Why lamps went out", "title: [", "tracing-yaml", 3),
        ("title: Why lamps went out", "title: &a x", "tracing-alias", 2),
        ("evidence:", "evidence: none\nxs:", "tracing-form", 5),
    ],
)
def test_faults_with_their_line(old: str, new: str, code: str, line: int) -> None:
    text = GOOD.replace(old, new, 1)
    if code == "tracing-alias":
        text = text.replace("hypotheses:", "question: *a\nhypotheses:", 1)
    book, problems = read(text)
    assert book is None
    assert (code, line) in problems


@pytest.mark.parametrize("text", ["", "[]", "title: x\nhypotheses: []\nevidence: []\n"])
def test_what_is_no_workbook(text: str) -> None:
    book, problems = read(text)
    assert book is None
    assert problems


def test_a_cluster_of_one_is_noted() -> None:
    book, problems = read(GOOD.replace("    kind: interpretive", "    cluster: gazette"))
    assert book is not None
    assert ("tracing-alone", 10) in problems


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ("The wind howled all night.", "", ""),
        ("A storm. The wind howled.", "tracing-quote", "The words stand at 13-24."),
        ("Nothing stirred at all here.", "tracing-quote", "do not stand in the document"),
        (None, "tracing-no-document", "Read the document"),
    ],
)
def test_pinned_words(text: str | None, code: str, told: str) -> None:
    book, _ = read(GOOD)
    assert book is not None
    documents = {} if text is None else {"diary": Document("diary", "", None, "", (), (), "", "", "", text)}
    found = list(unfaithful(book, documents, "w.yaml"))
    assert [one.code for one in found] == ([code] if code else [])
    assert all(told in one.remedy and one.line == 6 for one in found)


def test_a_blank_workbook_can_be_checked_at_once() -> None:
    part = ProcessTracing()
    reading = part.check_bytes(part.blank('A "quoted" title: with signs').encode(), "w.yaml")
    assert reading.tracing is not None
    assert reading.tracing.workbook.title == 'A "quoted" title: with signs'
    assert [one.code for one in reading.problems] == ["tracing-residual"]


def test_nothing_is_weighed_where_a_quotation_is_wrong() -> None:
    part = ProcessTracing({"diary": DIARY}.__getitem__)
    assert part.check_bytes(GOOD.encode(), "w.yaml").tracing is not None
    assert part.check_bytes(GOOD.replace("howled", "howls").encode(), "w.yaml").tracing is None
