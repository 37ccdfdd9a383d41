"""The reader on the real texts: exact spans, languages, furniture, and the same sentences in every format."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from dragoman.model import BlockKind, Language
from dragoman.read import read_inputs, read_text
from tests.conftest import REPOSITORY

pytestmark = pytest.mark.real


def load(name: str) -> ModuleType:
    """Return a script of benchmark/ as a module."""
    spec = importlib.util.spec_from_file_location(name, REPOSITORY / "benchmark" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def test_gold_spans_are_our_sentences(shared: Path) -> None:
    module = load("segmentation")
    met = total = 0
    for name, doc, spans in module.gold_spans(shared):
        document = read_text(module.text_of(shared, doc), slug=doc)
        found = {(one.start, one.end) for one in document.sentences}
        share = len(spans & found) / len(spans)
        assert share >= 0.95, f"{name}: {share:.3f}"
        met, total = met + len(spans & found), total + len(spans)
    assert met / total >= 0.97


def test_documents_have_their_metadata_languages_and_own_offsets(shared: Path) -> None:
    results = {
        result.document.slug: result.document for result in read_inputs([str(shared / "docs")]) if result.document
    }
    assert len(results) == 5
    for slug, document in results.items():
        assert document.text == (shared / "docs" / f"{slug}.txt").read_bytes().decode("utf-8")
        assert not document.guessed
    assert [run.language for run in results["atlantic-declaration"].runs] == [Language.EN, Language.ZH]
    assert results["track2-digital-economy"].languages == (Language.ZH,)


@pytest.mark.parametrize(
    ("slug", "roles"),
    [
        ("ai-exports-order", {"menu", "dateline"}),
        ("tech-alliance", {"menu", "notice", "source", "byline"}),
        ("ttc-ai-export-control", {"menu", "notice"}),
        ("track2-digital-economy", {"participants", "dateline"}),
    ],
)
def test_what_stands_around_the_texts_is_furniture(shared: Path, slug: str, roles: set[str]) -> None:
    text = (shared / "docs" / f"{slug}.txt").read_bytes().decode("utf-8")
    document = read_text(text, slug=slug)
    found = {one.role for one in document.blocks if one.kind is BlockKind.FURNITURE}
    assert roles <= found


def test_articles_of_the_laws_are_sections_and_none_is_furniture(shared: Path) -> None:
    for path in sorted((shared / "corpus" / "law-zh").glob("*.txt")):
        document = read_text(path.read_bytes().decode("utf-8"), slug=path.stem)
        articles = [one for one in document.sections if one.number.startswith("第") and one.number.endswith("条")]
        assert len(articles) >= 55
        roles = {one.role for one in document.blocks if one.kind is BlockKind.FURNITURE}
        assert roles <= {"promulgation"}


@pytest.mark.parametrize("form", ["html", "docx", pytest.param("pdf", marks=pytest.mark.browser)])
def test_every_format_gives_the_sentences_of_the_text(shared: Path, form: str) -> None:
    module = load("formats")
    if form == "pdf" and not module.chromium():
        pytest.skip("printing to PDF needs Chromium (make optional installs it)")
    lost = total = 0
    count = 2 if form == "pdf" else 5  # starting the browser takes seconds; the benchmark prints all five
    for path in sorted((shared / "docs").glob("*.txt"))[:count]:
        document = read_text(path.read_bytes().decode("utf-8"), slug=path.stem)
        own = module.sentences_of(document)
        changes = module.differences(own, module.sentences_of(module.converted(document, form)))
        lost += sum(line[0] == "-" for line in changes)
        total += len(own)
    assert lost / total <= 0.02
