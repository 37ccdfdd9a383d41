"""Small builders: a candidate whose clause is the whole of a sentence."""

from __future__ import annotations

from dragoman.extract.candidate import Candidate
from dragoman.extract.view import View
from dragoman.lexicon import fold
from dragoman.model import BlockKind, Kind, Language, Sentence


def view_of(text: str, language: Language = Language.EN) -> View:
    """Return the view of a text that is one sentence, without any hits."""
    sentence = Sentence(0, 0, len(text), language, 0, BlockKind.PARAGRAPH)
    return View(sentence, text, fold(text), (), (), ())


def candidate_in(text: str, trigger: str = "", kind: Kind = Kind.COMMITMENT, force: int = 3) -> Candidate:
    """Return a candidate over a whole sentence; its trigger is found in the text."""
    at = text.index(trigger)
    whole = (0, len(text))
    return Candidate(0, len(text), (at, at + len(trigger)), kind, force, "test", whole)
