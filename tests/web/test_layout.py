from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from dragoman.model import Document, Entry, Kind, Language
from dragoman.web.excerpt import excerpt
from dragoman.web.layout import Layout, Part, chunks_of, lay_out
from dragoman.web.render import showable
from tests.web.texts import ACCORD, RULE
from tests.web.toy import document_of, provisions_of


def laid_out(text: str, name: str = "accord.txt") -> tuple[Document, Layout]:
    document = document_of(text.encode(), name)
    return document, lay_out(document, [Entry(provision) for provision in provisions_of(document)])


def parts_of(layout: Layout) -> list[Part]:
    return [part for group in layout.groups for part in group.parts]


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70)), max_size=6))
def test_chunks_are_the_text_cut_in_pieces(text: str, marks: list[tuple[int, int]]) -> None:
    chunks = chunks_of(text, (0, len(text)), marks)
    assert "".join(chunk.text for chunk in chunks) == text
    assert all(text[chunk.start : chunk.start + len(chunk.text)] == chunk.text for chunk in chunks)
    marked = {chunk.start + at for chunk in chunks if chunk.marked for at in range(len(chunk.text))}
    assert marked == {at for a, b in marks for at in range(max(a, 0), min(b, len(text)))}


@given(st.text(alphabet="ab.。 \r\n#-~将w", max_size=80))
def test_every_block_is_shown_whole_and_in_place(text: str) -> None:
    document, layout = laid_out(text)
    for part in parts_of(layout):
        shown = "".join(chunk.text for line in part.lines for chunk in line.chunks)
        assert shown == document.slice(part.block.start, part.block.end)


def test_groups_follow_the_kinds_of_blocks() -> None:
    _, layout = laid_out(ACCORD)
    assert [group.name for group in layout.groups] == ["furniture", "text", "list", "table", "text"]
    assert [len(group.parts) for group in layout.groups] == [2, 5, 2, 2, 4]


def test_every_provision_stands_in_its_sentence() -> None:
    document, layout = laid_out(ACCORD)
    placed = [(line, entry) for part in parts_of(layout) for line in part.lines for entry in line.entries]
    assert len(placed) == len(layout.entries) == len(provisions_of(document))
    assert all((line.start, line.end) == (e.provision.start, e.provision.end) for line, e in placed)
    assert layout.unplaced == ()


def test_two_provisions_share_a_sentence_in_the_order_of_their_triggers() -> None:
    _, layout = laid_out(ACCORD)
    line = next(line for part in parts_of(layout) for line in part.lines if len(line.entries) > 1)
    assert [entry.provision.kind for entry in line.entries] == [Kind.OBLIGATION, Kind.PROHIBITION]
    assert [chunk.text for chunk in line.chunks if chunk.marked] == ["应当", "不得"]


def test_a_provision_of_another_text_is_not_lost() -> None:
    document = document_of(ACCORD.encode(), "accord.txt")
    strayed = replace(provisions_of(document)[0], start=0, end=1)
    assert lay_out(document, [Entry(strayed)]).unplaced == (Entry(strayed),)


def test_outline_counts_the_provisions_of_each_section() -> None:
    _, layout = laid_out(ACCORD)
    assert [(item.section.title, item.count) for item in layout.outline] == [
        ("Accord of the Two Shores", 3),
        ("Duties", 5),
        ("两岸协定", 4),
    ]


def test_language_runs_and_pages_begin_where_they_begin() -> None:
    _, accord = laid_out(ACCORD)
    assert [part.language for part in parts_of(accord) if part.run is not None] == [Language.EN, Language.ZH]
    _, rule = laid_out(RULE, "rule.txt")
    assert [part.page for part in parts_of(rule) if part.page] == [1, 2]


def test_a_text_without_structure_is_one_paragraph() -> None:
    document = replace(document_of(b"Plain words.", "x.txt"), blocks=(), sentences=(), sections=(), runs=())
    [part] = parts_of(lay_out(document, []))
    assert part.lines[0].chunks[0].text == "Plain words."
    assert lay_out(replace(document, text=""), []).groups == ()


def test_the_stem_is_shown_where_the_trigger_stands_there() -> None:
    document = document_of(ACCORD.encode(), "accord.txt")
    item = next(p for p in provisions_of(document) if p.quote.exact.startswith("publish"))
    shown = excerpt(document, Entry(item), (), ())
    assert "".join(chunk.text for chunk in shown.stem) == "The Council shall:"
    assert [chunk.text for chunk in shown.stem if chunk.marked] == ["shall"]
    assert not any(chunk.marked for chunk in shown.quote)


def test_reasons_carry_the_words_they_point_to() -> None:
    document = document_of(ACCORD.encode(), "accord.txt")
    shown = excerpt(document, Entry(provisions_of(document)[0]), (), ())
    assert [reason.words for reason in shown.reasons["technologies"]] == ["chip"]
    assert [reason.words for reason in shown.reasons["object"]] == [""]


def test_long_reasons_are_cut() -> None:
    document = document_of(("Alba will " + "very " * 60 + "slowly go.").encode(), "x.txt")
    provision = provisions_of(document)[0]
    why = replace(provision.why[0], start=0, end=len(document.text))
    [reason] = excerpt(document, Entry(replace(provision, why=(why,))), (), ()).reasons["kind"]
    assert len(reason.words) == 80
    assert reason.words.endswith("…")


@given(st.text())
def test_what_is_shown_keeps_its_length_and_can_be_sent(text: str) -> None:
    shown = showable(text + "\r\n\x00\ud800")
    assert len(shown) == len(text) + 4
    assert shown.encode().decode() == shown
    assert "\r" not in shown
