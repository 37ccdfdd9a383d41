"""Small builders, and what holds for the deadlines of either language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dragoman.extract.candidate import Candidate
from dragoman.extract.view import View
from dragoman.lexicon import fold
from dragoman.model import BlockKind, Deadline, Kind, Language, Sentence


def view_of(text: str, language: Language = Language.EN) -> View:
    """Return the view of a text that is one sentence, without any hits."""
    sentence = Sentence(0, 0, len(text), language, 0, BlockKind.PARAGRAPH)
    return View(sentence, text, fold(text), (), (), ())


def candidate_in(text: str, trigger: str = "", kind: Kind = Kind.COMMITMENT, force: int = 3) -> Candidate:
    """Return a candidate over a whole sentence; its trigger is found in the text."""
    at = text.index(trigger)
    whole = (0, len(text))
    return Candidate(0, len(text), (at, at + len(trigger)), kind, force, "test", whole)


def check_deadline(deadline: Deadline | None, kind: str, when: str | None, words: str | None) -> None:
    """Hold a deadline to its kind, its day or rhythm, and its words where they are given."""
    assert deadline is not None
    assert deadline.kind == kind
    assert (deadline.every or (deadline.date and deadline.date.isoformat())) == when
    if words:
        assert deadline.text == words


def check_words_and_day(text: str, found: Iterable[Deadline], today: date | None) -> None:
    """Hold deadlines to the text they were read from, and their days to the document's."""
    for deadline in found:
        assert text[deadline.start : deadline.start + len(deadline.text)] == deadline.text
        assert deadline.text.strip() == deadline.text != ""
        assert deadline.date is None or today is None or deadline.date >= today
