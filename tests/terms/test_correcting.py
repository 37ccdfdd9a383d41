"""Links set by hand over computed ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from dragoman.model.bilingual import Alignment, Link, LinkAction, LinkCorrection, Span
from dragoman.read import read_text
from dragoman.terms import corrected, standing

EN = read_text("Boats left. Nets stayed. Gulls came back. Rain fell.", slug="boats-en")
ZH = read_text("船走了。网留着。海鸥回来了。下雨了。", slug="boats-zh")
A, B, C, D = [(one.start, one.end) for one in EN.sentences]
W, X, Y, Z = [(one.start, one.end) for one in ZH.sentences]
COMPUTED = Alignment(
    EN, ZH, (Link((A, B), (W,), 0.9), Link((), (X,), 0.5), Link((C,), (Y,), 0.8), Link((D,), (Z,), 0.7)), 0.9
)


def correction(
    en: tuple[Span, ...], zh: tuple[Span, ...], action: LinkAction = LinkAction.LINK, person: str = "Ada"
) -> LinkCorrection:
    texts = EN.text_sha256, ZH.text_sha256
    return LinkCorrection(EN.slug, ZH.slug, texts, action, en, zh, person, "why", datetime(2026, 1, 2, tzinfo=UTC))


def test_a_link_set_by_hand_takes_its_sentences_from_computed_ones() -> None:
    links = corrected(COMPUTED, [correction((B,), (X,))]).links
    assert links == (Link((A,), (W,), 0.9), Link((B,), (X,), 1.0, "Ada"), *COMPUTED.links[2:])


def test_what_loses_its_other_side_stands_alone() -> None:
    alone = (Link((), (W,), 0.5), Link((), (X,), 0.5), Link((A, B), (), 1.0, "Ada"))
    assert corrected(COMPUTED, [correction((A, B), ())]).links == (*alone, *COMPUTED.links[2:])


def test_the_last_word_about_a_sentence_counts_and_may_be_taken_back() -> None:
    first, second = correction((C,), (Z,)), correction((C,), (Y, Z), person="Bo")
    back = correction((), (Z,), LinkAction.UNLINK)
    assert standing([first, second]) == [second]
    assert standing([first, second, back]) == []
    assert corrected(COMPUTED, [first, second, back]) == COMPUTED
    assert Link((C,), (Y, Z), 1.0, "Bo") in corrected(COMPUTED, [first, second]).links


def test_links_of_another_text_are_open_again_and_said_so() -> None:
    old = replace(correction((B,), (X,)), texts=(EN.text_sha256, "0" * 64))
    alignment = corrected(COMPUTED, [old])
    assert alignment.links == COMPUTED.links
    assert [one.code for one in alignment.problems] == ["link-reopened"]
    assert "boats-en" in alignment.problems[0].message
