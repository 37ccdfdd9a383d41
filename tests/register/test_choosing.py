"""Pages, totals and facets of every kind of question are what looking at every line gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.model import Deadline, DeadlineKind, Entry, Kind, LibraryQuery, Provision, Query, ReviewState
from dragoman.register import Decision, Register, choosing
from dragoman.register.choosing import LostPlaceError
from dragoman.register.pairs import COLUMNS
from dragoman.register.schema import VALUE_FIELDS
from tests.register.making import CODER, NOON, document, provision

pytestmark = pytest.mark.long

TEXT = "We will meet.\nThey will pay.\nNobody may enter.\nAll shall report."
PARTIES = ("Japan", "China", "Norway")
SCALARS = {"kinds": "kind", "forces": "force", "coders": "coder"}

Made = tuple[int, Kind, int, frozenset[str], frozenset[str], int]
"""Sentence, kind, force, actors, technologies, confidence in per cent."""

LINES = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from((Kind.COMMITMENT, Kind.OBLIGATION, Kind.PROHIBITION)),
        st.integers(1, 4),
        st.frozensets(st.sampled_from(PARTIES)),
        st.frozensets(st.sampled_from(("ai", "quantum"))),
        st.integers(10, 13),
    ),
    max_size=4,
    unique_by=lambda made: made[0],
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("memo", "note", "act")),
        LINES,
        st.sampled_from((CODER, "grammar/next")),
        st.sampled_from((ReviewState.ACCEPTED, ReviewState.REJECTED, ReviewState.EDITED)),
        st.integers(0, 2),
    ),
    min_size=1,
    max_size=5,
)


def lines_of(slug: str, made: list[Made], coder: str) -> list[Provision]:
    doc = replace(document(TEXT), slug=slug)
    found = []
    for place, kind, force, actors, technologies, confidence in sorted(made):
        line = provision(doc, place - 4)
        values: dict[str, Any] = {"actors": tuple(sorted(actors)), "technologies": tuple(sorted(technologies))}
        found.append(replace(line, kind=kind, force=force, coder=coder, confidence=confidence / 100, **values))
    return found


@contextmanager
def opened() -> Iterator[Register]:
    with TemporaryDirectory() as folder:
        register = Register.open(Path(folder) / "register.sqlite")
        yield register
        register.close()


def values_of(entry: Entry, field: str) -> tuple[str, ...]:
    if field == "reviews":
        return (entry.state.value,)
    if field in SCALARS:
        return (str(getattr(entry.provision, SCALARS[field])),)
    return tuple(dict.fromkeys(getattr(entry.provision, field)))


def fits(entry: Entry, query: Query) -> bool:
    return all(
        not getattr(query, field) or {str(one) for one in getattr(query, field)} & set(values_of(entry, field))
        for field in (*COLUMNS, *VALUE_FIELDS)
    )


FIELDS: list[tuple[tuple[str, Any], ...]] = [
    (),
    *((one,) for one in (
        ("actors", ("Japan",)), ("actors", ("Japan", "China")), ("kinds", (Kind.COMMITMENT,)),
        ("kinds", (Kind.COMMITMENT, Kind.PROHIBITION)), ("forces", (2,)), ("coders", (CODER,)),
        ("reviews", (ReviewState.REJECTED,)), ("reviews", (ReviewState.CANDIDATE, ReviewState.EDITED)),
    )),
    *product((("actors", ("Japan",)), ("actors", ("China", "Norway"))), (
        ("technologies", ("ai",)), ("kinds", (Kind.COMMITMENT, Kind.OBLIGATION)), ("forces", (1, 2, 3)),
    )),
    (("actors", ("Japan",)), ("technologies", ("quantum",)), ("kinds", (Kind.COMMITMENT,))),
    (("kinds", (Kind.COMMITMENT,)), ("forces", (1, 2)), ("coders", (CODER,))),
]  # fmt: skip
QUERIES = [replace(Query(order=order), **dict(fields)) for order in ("text", "confidence") for fields in FIELDS]


def check(register: Register, query: Query) -> None:
    every = [entry for entry in register.export(Query(order=query.order)) if fits(entry, query)]
    page = register.provisions(replace(query, limit=2))
    assert (page.total, list(page.entries)) == (len(every), every[:2])
    assert list(register.export(query)) == every
    assert list(register.provisions(replace(query, limit=None)).entries) == every
    if len(every) > 2:
        named = every[2].provision.id
        assert list(register.provisions(replace(query, before=named, limit=1)).entries) == every[1:2]
        assert list(register.provisions(replace(query, after=named, limit=9)).entries) == every[3:]
    facets, short = register.facets(query), register.facets(query, 1)
    for field in (*COLUMNS, *VALUE_FIELDS):
        counts = Counter(value for entry in every for value in values_of(entry, field))
        assert dict(getattr(facets, field)) == counts
        assert getattr(short, field) == getattr(facets, field)
    own = Counter(entry.provision.doc for entry in every)
    assert dict(facets.documents) == own
    assert [number for _, number in short.documents] == [number for _, number in own.most_common(1)]


@settings(max_examples=8, deadline=None)
@given(STEPS, st.booleans())
def test_what_is_kept_and_found_is_what_counting_gives(steps: Any, walked: bool) -> None:  # noqa: ANN401, FBT001
    walk = choosing.is_walked
    with opened() as register, pytest.MonkeyPatch.context() as patched:
        patched.setattr(choosing, "is_walked", lambda *asked: walked or walk(*asked))
        for slug, made, coder, state, number in steps:
            register.save(replace(document(TEXT), slug=slug), lines_of(slug, made, coder), coder=coder, at=NOON)
            kept = list(
                register.export(Query(documents=(slug,)))
            )  # the same text by the same coder is kept as it was
            for entry in kept[:number]:
                changes = {"actors": ["Norway"]} if state is ReviewState.EDITED else {}
                register.review(entry.provision.id, Decision(state, "Ann", NOON, changes=changes))
        for query in QUERIES:
            check(register, query)


def test_every_question_is_answered_alike_on_both_engines(register: Register) -> None:
    for slug, day in (("memo", date(2025, 1, 2)), ("note", None), ("act", date(2026, 1, 2))):
        made = [
            (0, Kind.COMMITMENT, 2, frozenset({"Japan"}), frozenset({"ai"}), 11),
            (1, Kind.OBLIGATION, 3, frozenset({"Japan", "China"}), frozenset({"quantum"}), 10),
            (3, Kind.COMMITMENT, 1, frozenset({"Norway"}), frozenset(), 12),
        ]
        doc = replace(document(TEXT), slug=slug, date=day)
        register.save(doc, lines_of(slug, made, CODER), coder=CODER, at=NOON)
    register.review(lines_of("memo", made, CODER)[1].id, Decision(ReviewState.REJECTED, "Ann", NOON))
    for query in QUERIES:
        check(register, query)
    with pytest.raises(LostPlaceError):
        register.provisions(Query(after="memo:gone"))


def test_lines_nearest_to_a_day(register: Register) -> None:
    doc, day = document(TEXT), date(2026, 6, 30)
    lines = [
        replace(provision(doc, place), deadline=Deadline("by then", DeadlineKind.BY, day + timedelta(days=ahead)))
        for place, ahead in ((-4, -400), (-3, -2), (-2, 1), (-1, 90))
    ]
    register.save(doc, lines, coder=CODER, at=NOON)
    query = Query(kinds=tuple(Kind), due_to=day + timedelta(days=60))
    nearest = [[one.provision.id for one in register.nearest(query, day, most)] for most in (1, 2, 9)]
    assert nearest == [[lines[2].id], [lines[1].id, lines[2].id], [line.id for line in lines[:3]]]


def test_the_library_is_sorted_and_paged_by_what_is_kept(register: Register) -> None:
    for number, (slug, title, day) in enumerate(
        (("b", "Zebra", date(2025, 1, 2)), ("a", "apple", None), ("c", "Éclair 苹果", date(2026, 1, 2)))
    ):
        doc = replace(document(TEXT), slug=slug, title=title, date=day, parties=PARTIES[:number])
        register.save(doc, [provision(doc, -n - 1) for n in range(number)], coder=CODER, at=NOON)

    def slugs(names: dict[str, str] | None = None, **asked: Any) -> list[str]:  # noqa: ANN401
        return [one.slug for one in register.library(LibraryQuery(**asked), names or {}).documents]

    assert slugs(sort="title") == ["a", "b", "c"]
    assert slugs(sort="date", descending=True) == ["c", "b", "a"]
    assert slugs(sort="provisions", limit=2) == ["b", "a"]
    assert slugs(sort="provisions", after="a") == ["c"]
    assert slugs(sort="title", descending=True, after="c") == ["b", "a"]
    assert slugs(sort="title", offset=1, limit=1) == ["b"]
    assert slugs(words="苹 éCL") == ["c"]
    assert slugs(words="japan") == ["a", "c"]
    assert slugs(words="挪威", names={"Norway": "挪威", "China": "中国"}) == []
    assert slugs(words="中国", names={"Norway": "挪威", "China": "中国"}) == ["c"]
    page = register.library(LibraryQuery(words="p", limit=1), {})
    assert (page.found, page.provisions, page.largest, page.in_all) == (2, 3, 2, 3)
