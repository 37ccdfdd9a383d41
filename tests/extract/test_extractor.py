from __future__ import annotations

import gc
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.extract import GRAMMAR, Extractor, extractor, fields, memory
from dragoman.extract.en import drafts
from dragoman.lexicon import load_lexicon
from dragoman.model import BlockKind, Document, Kind, Provision
from dragoman.model.identity import sha256_of_text
from dragoman.model.interchange import provision_to_row
from dragoman.read import read_text

EXTRACTOR = Extractor(load_lexicon())
NORWAY_SINGAPORE = {
    "title": "Joint declaration of Norway and Singapore",
    "date": date(2024, 3, 1),
    "kind": "joint declaration",
    "parties": ["Norway", "Singapore"],
}


def lines_of(text: str) -> tuple[Provision, ...]:
    return EXTRACTOR.extract(read_text(text, slug="sample", metadata=NORWAY_SINGAPORE))


def check_pins(document: Document, provisions: tuple[Provision, ...]) -> None:
    """Every line stands where it says it stands."""
    text = document.text
    unread = [(block.start, block.end) for block in document.blocks if block.kind is BlockKind.FURNITURE]
    for line in provisions:
        assert text[line.start : line.end] == line.quote.exact
        assert line.quote.exact.strip() == line.quote.exact != ""
        assert sha256_of_text(line.quote.exact) == line.quote.sha256
        assert text[: line.start].endswith(line.quote.prefix)
        assert text[line.end :].startswith(line.quote.suffix)
        assert text[line.trigger_start : line.trigger_start + len(line.trigger)] == line.trigger != ""
        assert line.trigger_start < line.end
        assert not any(start <= line.start < end for start, end in unread)
        assert 1 <= line.force <= 4
        assert 0.0 <= line.confidence <= 1.0
        for why in line.why:
            assert (why.start, why.end) == (-1, -1) or 0 <= why.start < why.end <= len(text)
        if line.deadline:
            start = line.deadline.start
            assert text[start : start + len(line.deadline.text)] == line.deadline.text
        for amount in line.amounts:
            assert text[amount.start : amount.start + len(amount.text)] == amount.text
        for words in (line.aim, line.object, line.conditions):
            assert not words or words in text
    assert len({line.id for line in provisions}) == len(provisions)
    assert [line.start for line in provisions] == sorted(line.start for line in provisions)


def test_a_line_carries_its_fields_and_the_reason_of_each() -> None:
    text = "We commit to set up a joint working group on artificial intelligence by the end of 2024."
    (line,) = lines_of(text)
    assert (line.kind, line.force, line.trigger) == (Kind.COMMITMENT, 3, "commit to")
    assert line.actors == ("Norway", "Singapore")
    assert "ai" in line.technologies
    assert "body" in line.instruments
    assert line.deadline is not None
    assert line.deadline.date == date(2024, 12, 31)
    assert line.coder == GRAMMAR
    assert {"kind", "actors", "technologies", "instruments", "deadline"} <= {why.field for why in line.why}


def test_a_heading_is_no_provision() -> None:
    assert lines_of("Launching a Nuclear Partnership\n\nThe weather was fine.") == ()


def test_the_same_sentence_twice_gives_two_ids() -> None:
    text = "We will meet every year.\n\nWe will meet every year."
    first, second = lines_of(text)
    assert first.id != second.id


def test_an_id_does_not_depend_on_what_stands_before() -> None:
    sentence = "Norway will open an office in Singapore."
    (alone,) = lines_of(sentence)
    found = {line.id for line in lines_of(f"An opening paragraph that says nothing.\n\n{sentence}")}
    assert alone.id in found


def test_nothing_of_a_document_is_left_behind_when_its_lines_are_read() -> None:
    gc.collect()
    before = {id(kept) for kept in gc.get_objects() if isinstance(kept, memory.Memory)}
    lines = lines_of("双方将建立联合实验室。双方承诺在2027年前开放数据。")
    assert [line.kind for line in lines] == ["commitment", "commitment"]
    assert {id(kept) for kept in gc.get_objects() if isinstance(kept, memory.Memory)} <= before


@pytest.mark.parametrize("on", [True, False])
def test_the_garbage_collector_is_as_it_was_when_a_document_is_read_or_breaks(on: bool) -> None:  # noqa: FBT001
    was_on = gc.isenabled()
    (gc.enable if on else gc.disable)()
    try:
        lines_of("The parties will build a joint laboratory.")
        assert gc.isenabled() is on
        with pytest.raises(AttributeError):
            EXTRACTOR.extract(None)  # type: ignore[arg-type]
        assert gc.isenabled() is on
    finally:
        (gc.enable if was_on else gc.disable)()


def test_an_empty_document_has_no_lines() -> None:
    assert lines_of("") == ()


PIECES = st.sampled_from(
    ["We will ", "shall not ", "Norway ", "the Secretary ", "(a) ", "\n• ", ".\n\n", "; ", ": ", "双方将", "应当", "不得", "我们承诺",
     "合作。", "by 2030 ", "$5 million ", "artificial intelligence ", "establish a council", "，", "第三条 ", "has signed ", "\n\n# ", "\r\n", "“", "”", "(AI) "]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_whatever_the_text_every_line_stands_where_it_says(text: str) -> None:
    document = read_text(text, slug="sample", metadata=NORWAY_SINGAPORE)
    provisions = EXTRACTOR.extract(document)
    check_pins(document, provisions)
    assert EXTRACTOR.extract(document) == provisions


@pytest.mark.real
@pytest.mark.parametrize(
    "name",
    [
        "atlantic-declaration",
        "ai-exports-order",
        "tech-alliance",
        "track2-digital-economy",
        "ttc-ai-export-control",
    ],
)
def test_real_documents_give_the_same_pinned_lines_on_every_run(shared: Path, name: str) -> None:
    text = (shared / "docs" / f"{name}.txt").read_bytes().decode("utf-8")
    document = read_text(text, slug=name)
    first, second = EXTRACTOR.extract(document), Extractor(load_lexicon()).extract(document)
    check_pins(document, first)
    assert [provision_to_row(line) for line in first] == [provision_to_row(line) for line in second]
    assert len(first) > 0


OWN_TEXTS = ("samples/sample-declaration-2025.en.txt", "samples/sample-declaration-2025.zh.txt")


@pytest.mark.parametrize("at_once", [1, 3, 1000])
@pytest.mark.parametrize("name", OWN_TEXTS)
def test_how_many_sentences_are_read_at_once_and_remembered_changes_no_line(
    name: str, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = read_text((Path(__file__).parents[2] / name).read_text(encoding="utf-8"), slug="sample")
    lines = EXTRACTOR.extract(document)
    for module in (extractor, fields):
        monkeypatch.setattr(module, "AHEAD", at_once)
    for module in (memory, drafts):
        monkeypatch.setattr(module, "REMEMBERED", at_once)
    assert EXTRACTOR.extract(document) == lines
    assert len(lines) > 3
