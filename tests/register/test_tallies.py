"""What is kept of the counts is what counting gives, after every kind of change, on both engines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import delete, event

from dragoman.model import Kind, LibraryQuery, Problem, Provision, Query, ReviewState, Severity
from dragoman.register import Decision, Register
from dragoman.register.engine import store_at
from dragoman.register.pairs import COLUMNS
from dragoman.register.schema import VALUE_FIELDS
from dragoman.register.tally_schema import counted, paired, shelf, tallies
from tests.register.making import CODER, NOON, document, provision
from tests.register.test_choosing import QUERIES
from tests.register.test_choosing import check as check_question
from tests.register.test_upgrade import config_of

SCALARS = {"kinds": "kind", "forces": "force", "coders": "coder"}


def line(
    text: str, place: int, *, slug: str = "memo", kind: Kind = Kind.COMMITMENT, actors: tuple[str, ...] = ()
) -> Provision:
    doc = replace(document(text), slug=slug)
    made = provision(doc, place)
    return replace(made, kind=kind, actors=actors)


def counted_anew(register: Register) -> dict[str, dict[str, int]]:
    found = {field: Counter[str]() for field in (*COLUMNS, *VALUE_FIELDS)}
    for entry in register.export(Query()):
        found["reviews"][entry.state.value] += 1
        for field, name in SCALARS.items():
            found[field][str(getattr(entry.provision, name))] += 1
        for field in VALUE_FIELDS:
            found[field].update(set(getattr(entry.provision, field)))
    return {field: dict(counts) for field, counts in found.items()}


def check(register: Register) -> None:
    facets = register.facets(Query())
    assert {field: dict(getattr(facets, field)) for field in (*COLUMNS, *VALUE_FIELDS)} == counted_anew(register)
    own = Counter(entry.provision.doc for entry in register.export(Query()))
    assert dict(facets.documents) == own
    assert register.provisions(Query(limit=1)).total == own.total()
    lasting = [entry for entry in register.export(Query()) if entry.state is not ReviewState.REJECTED]
    for summary in register.documents():
        kinds = Counter(entry.provision.kind for entry in lasting if entry.provision.doc == summary.slug)
        assert summary.provisions == dict(kinds)


def test_the_counts_follow_every_change(register: Register) -> None:
    check(register)
    text = "A word.\nWe will meet.\nThey will pay."
    lines = [line(text, -2, actors=("Japan",)), line(text, -1, kind=Kind.OBLIGATION, actors=("Japan", "China"))]
    other = replace(document(text), slug="other")
    register.save(document(text), lines, coder=CODER, at=NOON)
    register.save(other, [line(text, -1, slug="other", actors=("China",))], coder=CODER, at=NOON)
    check(register)
    register.review(lines[0].id, Decision(ReviewState.REJECTED, "Ann", NOON))
    register.review(
        lines[1].id, Decision(ReviewState.EDITED, "Ann", NOON, changes={"actors": ["Norway"], "force": 1})
    )
    check(register)
    register.review(lines[0].id, Decision(ReviewState.CANDIDATE, "Ann", NOON))
    model = [replace(lines[0], coder="model/toy", id="memo:x", kind=Kind.PERMISSION)]
    register.add(document(text), register.version("memo"), model, at=NOON)
    check(register)
    shorter = "We will meet."
    register.save(document(shorter), [line(shorter, -1)], coder=CODER, at=NOON)
    register.save(other, [], coder="grammar/next", at=NOON)
    check(register)
    assert register.facets(Query()).documents[0][0] == "memo"


def test_titles_and_days_are_those_of_the_current_versions(register: Register) -> None:
    register.save(document("We will meet."), [], coder=CODER, at=NOON)
    made = document("We will meet.")
    assert register.sources() == {"memo": (made.title, made.date)}
    assert register.titles(("memo", "no such")) == {"memo": made.title}
    assert register.titles(()) == {}


@pytest.fixture
def older(tmp_path: Path) -> Iterator[Register]:
    """A register of the form before, with lines, brought up to date when it is opened."""
    place = tmp_path / "register.sqlite"
    register = Register.open(place)
    text = "A word.\nWe will meet.\nThey will pay."
    lines = [line(text, -2, actors=("Japan",)), line(text, -1, actors=("Japan", "China"))]
    trouble = Problem("empty", Severity.NOTE, "Nothing is said.", "Say more.")
    register.save(document(text), lines, coder=CODER, at=NOON, problems=[trouble])
    register.review(lines[0].id, Decision(ReviewState.REJECTED, "Ann", NOON))
    register.close()
    store = store_at(place)
    with store.writing("test") as connection:
        command.downgrade(config_of(connection), "0019")
    store.engine.dispose()
    opened = Register.open(place)
    yield opened
    opened.close()


def test_a_register_of_the_form_before_is_counted_when_it_is_opened(older: Register) -> None:
    check(older)
    for query in QUERIES:
        check_question(older, query)
    (memo,) = older.library(LibraryQuery(words="memo FREEDONIA", sort="title"), {}).documents
    assert (memo.slug, memo.problems, memo.reviewed) == ("memo", len(older.problems("memo")), 1)
    kept = older.facets(Query())
    with older._store.writing("test") as connection:  # noqa: SLF001 - to count by the other way
        from dragoman.register.tallies import tally  # noqa: PLC0415

        for table in (counted, paired, tallies, shelf):
            connection.execute(delete(table))
        tally(connection, 1, {})
    assert older.facets(Query()) == kept


def test_the_whole_register_is_counted_without_looking_at_its_lines(tmp_path: Path) -> None:
    register = Register.open(tmp_path / "register.sqlite")
    asked: list[str] = []
    event.listen(register._store.engine, "before_cursor_execute", lambda *words: asked.append(words[2]))  # noqa: SLF001
    register.facets(Query())
    register.library(LibraryQuery(words="memo"), {})
    register.provisions(Query(limit=1))
    register.provisions(Query(actors=("Japan",), kinds=(Kind.COMMITMENT,)))
    register.facets(Query(kinds=(Kind.COMMITMENT,)))
    register.titles(("memo",))
    register.close()
    counting = [one for one in asked if "count(" in one and "FROM shelf" not in one and "AS own" not in one]
    assert counting == []
    values = [one for one in asked if "entry_values" in one and "LIMIT" not in one]
    assert values == []
