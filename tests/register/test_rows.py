from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.model import (
    Amount,
    Block,
    BlockKind,
    Bound,
    Deadline,
    DeadlineKind,
    Document,
    Language,
    Legalization,
    Provision,
    Quote,
    Run,
    Section,
    Sentence,
    Why,
)
from dragoman.register.rows import (
    PIECE,
    about_of,
    column_text,
    document_of,
    fingerprint_of,
    json_of,
    moved,
    payload_of,
    pieces_of,
    provision_of,
    structure_of,
    text_of_piece,
)
from tests.register.making import document, provision

wild = st.text(st.characters() | st.sampled_from("\0\ud800人"), max_size=20)
offsets = st.integers(-1, 10_000)
anchors = st.integers(0, 4)
sections = st.lists(wild, max_size=3).map(tuple)
texts = st.lists(wild, max_size=3).map(tuple)

quotes = st.builds(Quote, wild, wild, wild, wild)
deadlines = st.builds(Deadline, text=wild, date=st.none() | st.dates(), every=st.none() | wild, event=wild)
provisions = st.builds(
    Provision,
    quote=quotes,
    id=wild,
    doc=wild,
    trigger=wild,
    section=sections,
    actors=texts,
    counterparties=texts,
    technologies=texts,
    instruments=texts,
    aim=wild,
    object=wild,
    deadline=st.none() | deadlines,
    conditions=st.none() | wild,
    amounts=st.lists(st.builds(Amount, wild, wild, wild, st.sampled_from(Bound), offsets), max_size=2).map(tuple),
    legalization=st.none()
    | st.builds(
        Legalization, st.integers(0, 4), st.integers(0, 4), st.integers(0, 4), st.tuples(wild, wild, wild)
    ),
    confidence=st.floats(0, 1),
    why=st.lists(st.builds(Why, wild, wild, wild, offsets, offsets), max_size=3).map(tuple),
    coder=wild,
)
documents = st.builds(
    Document,
    slug=st.just("memo"),
    title=wild,
    date=st.none() | st.dates(),
    kind=wild,
    parties=texts,
    languages=st.lists(st.sampled_from(Language)).map(tuple),
    source=st.just("memo.txt"),
    text=wild,
    work=wild,
    runs=st.lists(st.builds(Run, offsets, offsets, st.sampled_from(Language)), max_size=3).map(tuple),
    blocks=st.lists(
        st.builds(Block, page=st.none() | st.integers(1), stem=st.none() | offsets, marker=wild, role=wild),
        max_size=3,
    ).map(tuple),
    sections=st.lists(st.builds(Section, title=wild, number=wild, path=sections), max_size=3).map(tuple),
    sentences=st.lists(
        st.builds(Sentence, section=sections, stem=st.none() | offsets, kind=st.sampled_from(BlockKind)),
        max_size=3,
    ).map(tuple),
    guessed=st.frozensets(wild, max_size=2),
    media_type=wild,
)


@settings(max_examples=40, deadline=None)
@given(provisions)
def test_a_provision_comes_back_as_it_was(line: Provision) -> None:
    payload = payload_of(line)
    assert "\0" not in payload
    assert payload.encode()
    assert provision_of(payload) == line


@settings(max_examples=40, deadline=None)
@given(documents)
def test_a_document_comes_back_as_it_was(doc: Document) -> None:
    row = SimpleNamespace(
        about=json_of(about_of(doc)),
        structure=structure_of(doc),
        source=doc.source,
        sha256=doc.sha256,
        text_sha256=doc.text_sha256,
    )
    text = "".join(text_of_piece(piece) for piece in pieces_of(doc.text))
    assert document_of(doc.slug, row, text) == doc


def test_a_long_text_is_kept_in_pieces() -> None:
    text = "人" * (2 * PIECE + 1)
    assert [len(text_of_piece(piece)) for piece in pieces_of(text)] == [PIECE, PIECE, 1]


def test_the_fingerprint_follows_text_metadata_and_structure_but_not_the_path() -> None:
    doc = document("We will meet.")
    prints = [
        fingerprint_of(changed, structure_of(changed))
        for changed in (
            doc,
            replace(doc, source="elsewhere/memo.txt"),
            replace(doc, date=date(2025, 6, 1)),
            replace(doc, sentences=()),
            document("We will meet again."),
        )
    ]
    assert prints[0] == prints[1]
    assert len(set(prints)) == 4


def test_columns_take_no_nul_and_no_lone_surrogate() -> None:
    assert column_text("a\0b\ud800c") == "a\ufffdb?c"


def test_a_line_moves_with_its_sentence() -> None:
    before = document("First.\nWe will pay 5 euros by May.")
    after = document("A longer first.\nWe will pay 5 euros by May.")
    line = provision(
        before,
        1,
        deadline=Deadline("by May", DeadlineKind.BY, start=28),
        amounts=(Amount("5 euros", "5", "EUR", Bound.EXACT, 19),),
        why=(Why("kind", "", "trigger:will", 10, 14), Why("actors", "Freedonia", "metadata")),
    )
    expected = provision(after, 1).quote
    shift = after.sentences[1].start - before.sentences[1].start
    here = moved(line, expected, shift)
    assert after.text[here.start : here.end] == "We will pay 5 euros by May."
    assert after.text[here.trigger_start :].startswith("will")
    assert here.deadline is not None
    assert here.deadline.start == 28 + shift
    assert here.amounts[0].start == 19 + shift
    assert [(why.start, why.end) for why in here.why] == [(10 + shift, 14 + shift), (-1, -1)]
