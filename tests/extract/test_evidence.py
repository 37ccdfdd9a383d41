"""Evidence for tags: senses of terms, terms inside names, how a tag stands among others, base forms of words."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.extract.around import INSTRUMENT
from dragoman.extract.context import read_context
from dragoman.extract.evidence import Evidence, base_form, evidence_of
from dragoman.extract.extractor import Extractor
from dragoman.extract.topics import Topics
from dragoman.lexicon import load_lexicon
from dragoman.read import read_text


def evidence(text: str) -> dict[str, Evidence]:
    """Return what speaks for each instrument of the first line of a text."""
    lexicon = load_lexicon()
    document = read_text(text, slug="own", metadata={"title": "Statement", "date": date(2024, 1, 2).isoformat()})
    context = read_context(document, lexicon)
    topics = Topics(document, lexicon, context.voice.value)
    for view, recent, candidate, _ in Extractor(lexicon).candidates(document, context):
        return evidence_of(view, candidate, topics, recent, INSTRUMENT)
    return {}


@pytest.mark.parametrize(
    "text",
    [
        "The United States and Japan will hold a ministerial meeting on semiconductors in May.",
        "美国和日本将于五月举行半导体部长级会议。",
    ],
)
def test_a_sense_has_one_name_in_both_languages(text: str) -> None:
    assert any(name.startswith("s:meeting|") for name in evidence(text)["body"].tagged)


def test_a_term_inside_an_actors_name_is_told_apart() -> None:
    inside = evidence("The Department of Education will publish a list of chips.")
    beside = evidence("The United States will improve education on chips.")
    assert "only-in-name" in inside["talent"].places
    assert "in-name" not in beside["talent"].places


def test_the_first_of_two_tags_is_told_from_the_later_one() -> None:
    found = evidence("Japan will fund a laboratory with $3 million and align technical standards.")
    assert "first" in found["funding"].places
    assert "later" in found["standards"].places


def test_a_longer_phrase_that_does_not_mean_a_tag_hides_its_term() -> None:
    assert (
        "aim-strong"
        not in evidence("Japan will raise living standards.")
        .get("standards", Evidence((), "", (), None, ""))
        .places
    )


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("establishing", "establish"),
        ("policies", "policy"),
        ("chips", "chip"),
        ("the", ""),
        ("analysis", "analysis"),
    ],
)
def test_words_are_weighed_by_their_base_form(word: str, base: str) -> None:
    assert base_form(word) == base
