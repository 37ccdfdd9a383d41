"""What holds for every candidate of the English grammar, on any text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.extract.candidate import Candidate, Span
from dragoman.extract.view import View
from dragoman.model import Document
from dragoman.read import ReadSettings, read_inputs
from tests.extract.en.reading import document_of, is_sure, proposals

RULES = {"named", "authors", "stem", "previous", "addressee", "unknown"}
VOCABULARY = """
    we the United States it they which who that and or , ; :
    ( ) — . ? “ ” will shall may must not explore establish
    establishing established have has been are is was committed to intends agreed directs Secretary
    of Commerce order regulations nothing in this Order if when by for including plans
    commitment our reaffirm - 2024 hereby companies working group no person continue launch today
    announcing U.S.-EU Task Force AI • following to:
"""
WORDS = st.sampled_from(VOCABULARY.split())
TEXTS = st.lists(WORDS, min_size=1, max_size=40).map(" ".join)


def stands_in(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] < inner[1] <= outer[1]


def check(document: Document, view: View, candidate: Candidate) -> None:
    sentence = (view.start, view.end)
    assert (candidate.start, candidate.end) == sentence
    stems = []
    above = view.stem
    while above is not None:
        stems += [(above.start, above.end)] + (
            [(above.previous.start, above.previous.end)] if above.previous else []
        )
        above = above.stem
    assert any(stands_in(candidate.trigger, span) for span in [sentence, *stems])
    assert stands_in(candidate.clause, sentence)
    assert candidate.subject_rule in RULES
    if candidate.subject:
        assert any(stands_in(candidate.subject, span) for span in [sentence, *stems])
    for span in (candidate.aim, candidate.object):
        assert span is None or stands_in(span, sentence)
    if candidate.object:
        assert candidate.aim is not None
        assert stands_in(candidate.object, candidate.aim)
    assert 1 <= candidate.force <= 4
    assert {why.field for why in candidate.why} == {"kind", "force"}
    assert document.text[slice(*candidate.trigger)].strip()


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_every_span_lies_in_its_sentence_or_stem(text: str) -> None:
    document = document_of(text)
    for view, candidate in proposals(document):
        check(document, view, candidate)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_no_text_is_too_strange(text: str) -> None:
    document = document_of(text)
    for view, candidate in proposals(document):
        check(document, view, candidate)


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_the_same_text_gives_the_same_candidates(text: str) -> None:
    first = [candidate for _, candidate in proposals(document_of(text))]
    assert first == [candidate for _, candidate in proposals(document_of(text))]


@pytest.mark.real
@pytest.mark.parametrize("stem", ["ttc/ttc-1-pittsburgh-2021.en", "us-uk-technology-prosperity-deal-2025.en"])
def test_real_texts_keep_their_offsets(shared: Path, stem: str) -> None:
    path = shared / "corpus" / f"{stem}.txt"
    document = next(r.document for r in read_inputs([str(path)], ReadSettings()) if r.document)
    kept = 0
    for view, candidate in proposals(document):
        check(document, view, candidate)
        kept += is_sure(candidate)
    assert kept > 20


def test_a_sentence_without_a_cue_has_no_candidates() -> None:
    assert list(proposals(document_of("Trade between both shores grew older than the oldest harbour."))) == []


def test_doubts_stay_visible_to_the_weights() -> None:
    (candidate,) = [c for _, c in proposals(document_of("The declaration will strengthen our friendship."))]
    assert "doubt:effect" in candidate.features
    assert "unsure" in candidate.features
    assert not is_sure(candidate)


def test_a_sure_candidate_says_so() -> None:
    (candidate,) = [c for _, c in proposals(document_of("We will publish a roadmap."))]
    assert {"sure", "rule:modal-will", "subject:we", "voice:joint"} <= set(candidate.features)


def test_clauses_part_the_sentence() -> None:
    text = "Japan will host the first session, and the United Kingdom will host the second."
    first, second = [c for _, c in proposals(document_of(text))]
    assert text[slice(*first.clause)] == "Japan will host the first session, and "
    assert text[slice(*second.clause)] == "the United Kingdom will host the second."
