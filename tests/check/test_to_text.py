from __future__ import annotations

import pytest

from dragoman.check.plain import NotPlainError
from dragoman.check.to_cel import to_cel
from dragoman.check.to_sql import to_sql
from tests.check.vocabularies import CONTEXT, VOCABULARY


@pytest.mark.parametrize(
    ("text", "sqlite", "postgresql"),
    [
        (
            "price >= 5 and not listed",
            '(("price" >= 5) AND (NOT "listed"))',
            '(("price" >= 5) AND (NOT "listed"))',
        ),
        ("1 <= price < 5", '(1 <= "price" AND "price" < 5)', '(1 <= "price" AND "price" < 5)'),
        ("end_use != 'military'", "(\"end_use\" <> 'military')", "(\"end_use\" <> 'military')"),
        ("home not in group('D:1')", "(\"home\" NOT IN ('AM', 'CN'))", "(\"home\" NOT IN ('AM', 'CN'))"),
        ("home in group('later')", "NULL", "CAST(NULL AS boolean)"),
        ("listed == true", '("listed" = 1)', '("listed" = TRUE)'),
        ("signed >= date('2026-01-15')", "(\"signed\" >= '2026-01-15')", "(\"signed\" >= DATE '2026-01-15')"),
        (
            "price / rate > 2",
            '((1.0 * "price" / NULLIF("rate", 0)) > 2)',
            '((1.0 * "price" / NULLIF("rate", 0)) > 2)',
        ),
        (
            "days_between(signed, as_of) > 9",
            "((julianday('2026-05-01') - julianday(\"signed\")) > 9)",
            "((DATE '2026-05-01' - \"signed\") > 9)",
        ),
        (
            "costly",
            'COALESCE("costly", (("price" > 1000) OR ("fee" > 900)))',
            'COALESCE("costly", (("price" > 1000) OR ("fee" > 900)))',
        ),
        ('note == "it\'s"', "(\"note\" = 'it''s')", "(\"note\" = 'it''s')"),
    ],
)
def test_sql(text: str, sqlite: str, postgresql: str) -> None:
    term = VOCABULARY.condition(text).term
    assert to_sql(term, VOCABULARY.formulas, CONTEXT) == sqlite
    assert to_sql(term, VOCABULARY.formulas, CONTEXT, "postgresql") == postgresql


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("price >= 5 and not listed", "((price >= 5.0) && (!listed))"),
        ("1 <= price < 5 or stayed", "((1.0 <= price && price < 5.0) || stayed)"),
        ("home not in ['JP', 'GB']", "(!(home in ['GB', 'JP']))"),
        ("home in group('later')", "(home in unknown)"),
        ("signed < as_of", "(signed < timestamp('2026-05-01T00:00:00Z'))"),
        ("price / rate > 2", "((rate == 0.0 ? unknown : (price / rate)) > 2.0)"),
        ("(1 if listed else 2) == 1", "((listed ? 1.0 : 2.0) == 1.0)"),
        ('note == "it\'s"', "(note == 'it\\'s')"),
    ],
)
def test_cel(text: str, expected: str) -> None:
    assert to_cel(VOCABULARY.condition(text).term, CONTEXT) == expected


@pytest.mark.parametrize(
    "text", ["any_of(items, tpp > 5)", "'models' in layers", "size(parents) > 1", "count_of(items) > 1"]
)
def test_what_others_have_no_words_for(text: str) -> None:
    term = VOCABULARY.condition(text).term
    with pytest.raises(NotPlainError, match="has no words for"):
        to_cel(term, CONTEXT)
    with pytest.raises(NotPlainError, match="has no words for"):
        to_sql(term, VOCABULARY.formulas, CONTEXT)
