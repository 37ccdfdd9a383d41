"""Toward whom a clause is, in both languages, and what is carried over from the sentence before."""

from __future__ import annotations

import pytest

from dragoman.compare.coordination_settings import load_coordination
from dragoman.compare.targets import TargetFinder, directed
from dragoman.lexicon import load_lexicon
from dragoman.model import Block, BlockKind, Document, Language, Sentence

INSIDERS = {"United States", "European Union", "Sweden"}


@pytest.fixture(scope="module")
def finder() -> TargetFinder:
    return TargetFinder(load_lexicon(), load_coordination().targets, INSIDERS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We will tighten controls against Russia.", [("Russia", "restrict", "name")]),
        ("Our Russian export restrictions will be aligned.", [("Russia", "restrict", "adjective")]),
        ("The Kremlin shall pay.", [("Russia", "restrict", "name")]),
        ("They plan aid after the war against Ukraine.", [("Ukraine", "affected", "name")]),
        ("We will widen licence exceptions to Japan.", [("Japan", "support", "name")]),
        ("Sanctions were imposed by Japan.", [("Japan", "support", "name")]),
        ("We will send relief goods to Ukraine.", [("Ukraine", "support", "name")]),
        ("We will disrupt foreign support for Russia.", [("Russia", "restrict", "name")]),
        ("Banks shall stop helping Russia.", [("Russia", "restrict", "name")]),
        ("They will suspend all cooperation with Belarus.", [("Belarus", "restrict", "name")]),
        ("We will counter fraud and support Ukraine.", [("Ukraine", "support", "name")]),
        ("We will limit delays to help Ukraine.", [("Ukraine", "support", "name")]),
        ("Exports were blocked by Japan.", [("Japan", "support", "name")]),
        ("We work with Japan on licences.", [("Japan", "support", "name")]),
        ("We met in Sweden, and the European Union agreed.", []),
        ("We face non-market practices.", [("non-market", "restrict", "label")]),
        ("双方将加强对华出口管制。", [("China", "restrict", "name")]),
        ("双方将限制向中国和俄罗斯出口。", [("China", "restrict", "name"), ("Russia", "restrict", "name")]),
        ("Africa and Europe matter.", []),
    ],
)
def test_who_is_named_and_how(finder: TargetFinder, text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(one.name, one.direction.value, one.how) for one in finder.of_text(text)] == expected


def test_offsets_are_those_of_the_document(finder: TargetFinder) -> None:
    text = "We act. Controls against Russia hold."
    (found,) = finder.of_text(text[8:], 8)
    assert text[found.start : found.end] == "Russia"


def document_of(*sentences: str) -> Document:
    text, placed, at = "", [], 0
    for index, words in enumerate(sentences):
        placed.append(Sentence(index, at, at + len(words), Language.EN, 0, BlockKind.PARAGRAPH, first=index == 0))
        text += words + " "
        at = len(text)
    block = Block(0, len(text), BlockKind.PARAGRAPH)
    return Document(
        "d", "", None, "", (), (Language.EN,), "", "", "", text, blocks=(block,), sentences=tuple(placed)
    )


def test_a_sentence_that_points_back_takes_the_targets_before(finder: TargetFinder) -> None:
    document = document_of(
        "We hold measures against Russia.", "These measures will stay.", "It also works.", "Trade will grow."
    )
    names = [[(one.name, one.how) for one in finder.of_sentence(document, index)] for index in range(4)]
    assert names == [[("Russia", "name")], [("Russia", "carried")], [("Russia", "carried")], []]


def test_nothing_is_carried_over_the_start_of_a_paragraph(finder: TargetFinder) -> None:
    assert finder.of_sentence(document_of("These measures will stay."), 0) == ()


def test_who_acts_is_no_target_and_only_restricting_measures_are_against_somebody(finder: TargetFinder) -> None:
    found = finder.of_text("Japan will curb chips to Russia.")
    strict = directed(found, ("Japan",), restricts=True)
    firm = directed(finder.of_text("Japan acts against Russia."), ("Japan",), restricts=False)
    assert [(one.name, one.direction.value) for one in firm] == [("Russia", "restrict")]
    mild = directed(found, ("Japan",), restricts=False)
    assert [(one.name, one.direction.value) for one in strict] == [("Russia", "restrict")]
    assert [(one.name, one.direction.value) for one in mild] == [("Russia", "support")]
