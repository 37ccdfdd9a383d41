"""Kinds, countries, days and numbers in the words of the lists."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model import PartyKind
from dragoman.screen.importers.facts import countries_in, country_code, day_of, is_identifier, kind_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-31", date(2026, 3, 31)),
        ("2026-03-31T10:00:00Z", date(2026, 3, 31)),
        ("2026年3月31日", date(2026, 3, 31)),
        ("31.03.2026", date(2026, 3, 31)),
        ("31/03/26", date(2026, 3, 31)),
        ("31 Mar 2026", date(2026, 3, 31)),
        ("31-March-2026", date(2026, 3, 31)),
        ("31 Foo 2026", None),
        ("2026", None),
        ("2026-02-30", None),
        ("00/00/1959", None),
        ("soon", None),
        ("", None),
    ],
)
def test_days(text: str, expected: date | None) -> None:
    assert day_of(text) == expected


@given(st.dates(date(1, 1, 1)))
def test_days_come_back(day: date) -> None:
    assert day_of(day.isoformat()) == day
    assert day_of(day.strftime("%m/%d/") + f"{day.year:04}", month_first=True) == day


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Iran (Islamic Republic of)", "IR"),
        ("the Netherlands", "NL"),
        ("CN", "CN"),
        ("中国", "CN"),
        ("Atlantis", None),
        ("", None),
    ],
)
def test_countries(name: str, code: str | None) -> None:
    assert country_code(name) == code


def test_countries_at_the_end_of_addresses() -> None:
    assert countries_in(["1 Root Street, Limassol, CY", "Minsk, Belarus", "CY", "nowhere", ""]) == ("CY", "BY")


@pytest.mark.parametrize(
    ("kind", "number", "expected"),
    [
        ("Passport", "X1234", True),
        ("National ID No.", "12", True),
        ("Gender", "Male", False),
        ("Passport", "unknown", False),
        ("Phone Number", "12345", False),
        ("Website", "w3", False),
    ],
)
def test_identifiers(kind: str, number: str, expected: bool) -> None:  # noqa: FBT001
    assert is_identifier(kind, number) == expected


def test_kinds() -> None:
    assert kind_of(" Individual ") is PartyKind.PERSON
    assert kind_of("企业") is PartyKind.COMPANY
    assert kind_of("vegetable") is None
