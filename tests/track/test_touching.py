from __future__ import annotations

from datetime import date

import pytest

from dragoman.extract import Extractor
from dragoman.lexicon import load_lexicon
from dragoman.lexicon.words import load_words
from dragoman.model import DUTIES, Document
from dragoman.model.watch import Watch
from dragoman.read import ReadSettings, read_bytes
from dragoman.track.terms import Tagger
from dragoman.track.touching import Promise, promise_of, reasons_of, returns_of, touches_of

TAGGER = Tagger(load_lexicon(), load_words())

FIRST = """Statement of Norway and Iceland

Norway and Iceland will open a joint quantum laboratory in the northern harbour.

Norway and Iceland will exchange data on undersea cables every year.

Norway and Iceland commit to train two hundred semiconductor engineers.
"""
SECOND = """Second statement of Norway and Iceland

Norway and Iceland will exchange data on undersea cables every year.

Norway and Iceland will host a regatta.
"""
THIRD = """Third statement of Norway and Iceland

Norway and Iceland will open the joint quantum laboratory in the northern harbour by 2028.

The weather on the quay was mild, and everybody ate well.
"""
OTHER = """Statement of Canada and Japan

Canada and Japan will open a joint quantum laboratory in the northern harbour.
"""


def document(text: str, slug: str, day: date) -> Document:
    (result,) = read_bytes(text.encode(), f"{slug}.txt", ReadSettings())
    assert result.document is not None
    return result.document


def promises(made: Document) -> list[Promise]:
    lines = Extractor(load_lexicon()).extract(made)
    return [promise_of(line, TAGGER) for line in lines if line.kind in DUTIES]


A = document(FIRST, "first", date(2025, 1, 1))
B = document(SECOND, "second", date(2026, 1, 1))
C = document(THIRD, "third", date(2027, 1, 1))


def test_a_sentence_touches_the_commitment_it_is_about_and_says_why() -> None:
    touches = touches_of(C, promises(A), TAGGER)
    assert [touch.commitment for touch in touches] == [
        "Norway and Iceland will open a joint quantum laboratory in the northern harbour."
    ]
    assert C.slice(touches[0].start, touches[0].end) == touches[0].quote
    assert "by 2028" in touches[0].quote
    assert {"quantum", "laboratory", "harbour"} <= set(touches[0].why)


def test_a_text_of_other_parties_touches_nothing() -> None:
    assert touches_of(document(OTHER, "other", date(2027, 1, 1)), promises(A), TAGGER) == ()


def test_a_document_does_not_touch_itself() -> None:
    assert touches_of(A, promises(A), TAGGER) == ()


def test_a_dropped_promise_comes_back_and_a_kept_one_does_not() -> None:
    (back,) = returns_of([promises(A), promises(B)], promises(C), TAGGER)
    assert back.promise == "Norway and Iceland will open a joint quantum laboratory in the northern harbour."
    assert "by 2028" in back.quote
    assert back.lacking == "second"


def test_a_promise_that_nothing_came_after_was_not_dropped() -> None:
    assert returns_of([promises(A)], promises(C), TAGGER) == ()
    assert returns_of([promises(A), promises(C)], promises(C), TAGGER) == ()
    assert returns_of([], promises(C), TAGGER) == ()
    assert returns_of([promises(A), promises(B)], [], TAGGER) == ()


@pytest.mark.parametrize(
    ("watch", "reasons"),
    [
        (Watch("w"), ()),
        (Watch("w", query="quantum Harbour"), ("“quantum”", "“Harbour”")),
        (Watch("w", query="quantum submarine"), None),
        (Watch("w", technologies=("ai", "quantum")), ("quantum",)),
        (Watch("w", technologies=("space",)), None),
        (Watch("w", actors=("Norway",), technologies=("quantum",)), ("Norway", "quantum")),
        (Watch("w", actors=("Japan",), technologies=("quantum",)), None),
    ],
)
def test_a_question_fits_when_every_part_of_it_does(watch: Watch, reasons: tuple[str, ...] | None) -> None:
    assert reasons_of(watch, A, TAGGER) == reasons
