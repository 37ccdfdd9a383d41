"""Any sentence has its components, a provision or not."""

from __future__ import annotations

import pytest

from dragoman.extract.candidate import Span
from dragoman.extract.en.statement import statement_of
from dragoman.extract.view import views_of
from dragoman.lexicon import load_lexicon
from tests.extract.en.reading import document_of


@pytest.mark.parametrize(
    ("text", "attributes", "deontic", "aim", "thing"),
    [
        ("An owner shall keep the log.", "owner", "shall", "keep", "the log"),
        ("An owner may not sell the ship.", "owner", "may not", "sell", "the ship"),
        ("The owner has filed a complaint.", "owner", "", "has filed", "a complaint"),
        ("The crew is mending the net.", "crew", "", "is mending", "the net"),
        ("The log is kept by the owner.", "owner", "", "is kept", "log"),
        ("The Board of Pilots adopts a code.", "Board of Pilots", "", "adopts", "a code"),
        ("Within a year, the Board shall report.", "Board", "shall", "report", ""),
    ],
)
def test_components(text: str, attributes: str, deontic: str, aim: str, thing: str) -> None:
    (view,) = views_of(document_of(text, "law"), load_lexicon())
    statement = statement_of(view)
    assert statement is not None

    def words(span: Span | None) -> str:
        return text[slice(*span)] if span else ""

    found = (statement.attributes, statement.deontic, statement.aim, statement.object)
    assert tuple(map(words, found)) == (attributes, deontic, aim, thing)


def test_a_phrase_is_no_statement() -> None:
    (view,) = views_of(document_of("Rules for pilots of small boats."), load_lexicon())
    assert statement_of(view) is None
