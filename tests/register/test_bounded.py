"""Totals and facets of a large register: exact where they are kept, else of the first lines, and said to be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dragoman.model import Deadline, DeadlineKind, Kind, Query
from dragoman.register import Register, choosing, faceting
from tests.register.making import CODER, NOON, document, provision

TEXT = "We will meet.\nThey will pay.\nAll will gain.\nNobody will lose."
ACTORS = (("Japan", "China"), ("Japan",), ("China", "Norway"), ("Japan", "Norway"))
AI = ("ai",)
DUE = [Deadline("by then", DeadlineKind.BY, date(2026, month, 1)) for month in (9, 6, 3, 1)]


@pytest.fixture
def large(register: Register, monkeypatch: pytest.MonkeyPatch) -> Register:
    """A register of twenty lines, of which no more than six are looked at."""
    for number in range(5):
        made = document(TEXT, f"memo-{number}")
        lines = [
            provision(
                made, at, actors=actors, technologies=AI if at % 2 else (), kind=Kind.COMMITMENT, deadline=DUE[at]
            )
            for at, actors in enumerate(ACTORS)
        ]
        register.save(made, lines, coder=CODER, at=NOON)
    monkeypatch.setattr(choosing, "LOOKED_AT", 6)
    monkeypatch.setattr(faceting, "LOOKED_AT", 6)
    monkeypatch.setattr(faceting, "FACETED", 6)
    return register


def test_lines_of_either_of_two_values_are_kept(large: Register) -> None:
    either = large.provisions(Query(actors=("China", "Norway"), limit=2))
    assert (either.total, either.exact) == (15, True)
    assert large.provisions(Query(actors=("China", "nobody"))).total == 10


def test_a_total_that_is_not_kept_is_the_least_there_are(large: Register) -> None:
    three = Query(actors=("Japan",), kinds=(Kind.COMMITMENT,), technologies=AI, limit=3)
    page = large.provisions(three)
    assert (len(page.entries), page.exact) == (3, False)
    assert 3 <= page.total <= 10
    assert all("Japan" in entry.provision.actors and entry.provision.technologies for entry in page.entries)
    found = list(page.entries)
    while page.entries and len(found) < 20:
        page = large.provisions(replace(three, after=found[-1].provision.id))
        found += page.entries
    assert len({entry.provision.id for entry in found}) == len(found) == 10
    whole = large.provisions(replace(three, limit=None))
    assert (whole.exact, whole.total, len(whole.entries)) == (True, 10, 10)


def test_few_lines_are_counted_whatever_narrows_them(large: Register) -> None:
    made = document("One will act.", "other")
    large.save(made, [provision(made, 0, actors=("Chile", "Japan"), technologies=AI)], coder=CODER, at=NOON)
    page = large.provisions(Query(actors=("Chile",), technologies=AI, forces=(provision(made, 0).force,)))
    assert (page.total, page.exact) == (1, True)
    facets = large.facets(Query(actors=("Chile",), technologies=AI))
    assert (dict(facets.actors), facets.looked_at) == ({"Chile": 1, "Japan": 1}, None)


@pytest.mark.parametrize(
    "narrow",
    [
        {"text": "will"},
        {"due_from": date(2026, 1, 1)},
        {"due_to": date(2026, 12, 31), "text": "will"},
        {"text": "will", "actors": ("Japan",)},
        {
            "due_from": date(2026, 2, 1),
            "due_to": date(2026, 12, 31),
            "kinds": (Kind.COMMITMENT,),
            "order": "confidence",
        },
    ],
)
def test_lines_of_many_days_and_common_words_are_the_least_there_are(
    large: Register, monkeypatch: pytest.MonkeyPatch, narrow: dict[str, Any]
) -> None:
    query = Query(limit=3, **narrow)
    page, facets = large.provisions(query), large.facets(query)
    first = large.provisions(replace(query, limit=1))
    monkeypatch.setattr(choosing, "LOOKED_AT", 50)
    monkeypatch.setattr(faceting, "FACETED", 50)
    whole = large.provisions(replace(query, limit=None))
    assert (whole.exact, large.facets(query).looked_at, facets.looked_at) == (True, None, min(6, page.total))
    assert (page.exact, page.entries, first.entries) == (False, whole.entries[:3], whole.entries[:1])
    assert 3 <= page.total <= min(6, whole.total)
    named = replace(query, documents=("memo-0",))
    monkeypatch.setattr(choosing, "LOOKED_AT", 1)
    assert large.provisions(named).exact


def test_values_are_counted_among_the_first_lines(large: Register) -> None:
    facets = large.facets(Query(actors=("Japan", "China")), 3)
    assert facets.looked_at == 6
    assert dict(facets.kinds) == {"commitment": 6}
    assert sum(number for _, number in facets.documents) <= 6


def test_documents_of_a_frequent_value_are_among_the_longest(
    large: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    facets = large.facets(Query(actors=("Japan",)), 2)
    assert (facets.looked_at, dict(facets.actors)["Japan"]) == (None, 15)
    assert facets.documents == (("memo-0", 3), ("memo-1", 3))
    monkeypatch.setattr(faceting, "LONGEST", 1)
    assert large.facets(Query(actors=("Japan",)), 2).documents == (("memo-4", 3),)
    assert len(large.facets(Query(actors=("Japan",))).documents) == 5


def test_the_library_is_streamed_in_its_order(large: Register) -> None:
    undated = document("Nothing.", "undated", None)
    large.save(undated, [], coder=CODER, at=NOON)
    slugs = [one.slug for one in large.each_document()]
    assert slugs == [*(f"memo-{number}" for number in range(5)), "undated"]
    assert [one.slug for one in large.documents()] == slugs
    assert large.slugs() == sorted(slugs)
