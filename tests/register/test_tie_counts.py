"""What is counted of ties is what looking at every tie gives, after every kind of change, on both engines."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import event, select

from dragoman import tying
from dragoman.alliances.reader import TieReader
from dragoman.lexicon import load_lexicon
from dragoman.mapping import AllianceRequest, Mapper
from dragoman.model import ReviewState
from dragoman.model.alliance import Alliances, Axis, Groups, Layer, Level, Mode, Stance, Tie
from dragoman.register import Decision, Register
from dragoman.register.engine import store_at
from dragoman.register.tie_schema import tie_days, tie_kinds, tie_places, ties_due
from dragoman.register.ties import Ties, TiesState
from dragoman.tying import KeptTies
from tests.alliances.making import tie
from tests.register.making import CODER, NOON, document, provision
from tests.register.test_upgrade import config_of

NAMES = ("Japan", "China", "European Union", "United States", "Norway")
TEXT = "We will meet.\nThey will pay.\nAll will gain."
DAYS = (None, date(2024, 5, 1), date(2024, 5, 2), date(2025, 1, 9))
REQUESTS = (
    AllianceRequest(),
    AllianceRequest(by=Axis.INSTRUMENT, actor="Japan", quarters=True),
    AllianceRequest(by=Axis.LAYER, groups=Groups.MEMBERS, least=0.0),
    AllianceRequest(since=date(2024, 5, 2), until=date(2025, 6, 1), stances=(Stance.WITH, Stance.AGAINST)),
    AllianceRequest(levels=(Level.COMPANIES,)),
)


def some_ties(chance: random.Random, slug: str) -> tuple[Tie, ...]:
    """Ties of three sentences at the most; what is said is said by others too."""
    found = []
    for start in sorted(chance.sample((0, 14, 29), chance.randint(0, 3))):
        for _ in range(chance.randint(1, 3)):
            first, second = chance.sample(NAMES, 2)
            found.append(
                tie(
                    first,
                    second,
                    *chance.sample(("ai", "quantum"), chance.randint(0, 2)),
                    doc=slug,
                    start=start,
                    end=start + 10,
                    stance=chance.choice(tuple(Stance)),
                    level=chance.choice((Level.GOVERNMENTS, Level.COMPANIES)),
                    layer=chance.choice(tuple(Layer)),
                    instruments=("rnd",) if chance.random() < 0.5 else (),
                    force=chance.randint(1, 4),
                    joint=chance.random() < 0.5,
                    day=chance.choice(DAYS),
                    confidence=chance.choice((0.5, 0.7, 0.9)),
                )
            )
    return tuple(found)


@pytest.fixture
def chance(monkeypatch: pytest.MonkeyPatch) -> random.Random:
    """Chance, by which ties are read from documents too."""
    made = random.Random(7)  # noqa: S311 - no secret

    def read(_: KeptTies, _reader: TieReader, slug: str) -> tuple[Tie, ...]:
        return some_ties(made, slug)

    monkeypatch.setattr(KeptTies, "_read", read)
    return made


def mapper_of(register: Register) -> Mapper:
    return Mapper(register, lambda _: {}, load_lexicon)


def bare(found: Alliances) -> Alliances:
    return replace(found, cells=tuple(replace(cell, sentences=()) for cell in found.cells))


def check(mapper: Mapper, requests: Iterable[AllianceRequest], mode: Mode) -> None:
    for asked in requests:
        whole = mapper.draw(asked, mode)
        counted = mapper.draw(replace(asked, most=0), mode)
        assert (bare(counted.found), counted.network) == (bare(whole.found), whole.network)
        assert counted.layers == whole.layers
        few = mapper.find(replace(asked, most=2))
        for cell, full in zip(few.cells, whole.found.cells, strict=True):
            assert len(cell.sentences) == min(2, full.count)
            assert set(cell.sentences) <= set(full.sentences)
        for pair, column in list(whole.found.matrix.marks)[:2]:
            check_opened(mapper, asked, pair, column)


def check_opened(mapper: Mapper, asked: AllianceRequest, pair: tuple[str, str], column: str) -> None:
    whole, some = mapper.opened(asked, pair, column), mapper.opened(asked, pair, column, 2)
    assert (some.total, len(some.ties)) == (whole.total, min(2, whole.total))
    assert [one.day for one, _ in some.ties] == [one.day for one, _ in whole.ties][:2]
    assert set(places(some.ties)) <= set(places(whole.ties))


def places(ties: Iterable[tuple[Tie, str]]) -> list[tuple[str, int]]:
    return [(one.doc, one.start) for one, _ in ties]


def save(register: Register, slug: str, text: str, coder: str = CODER) -> None:
    made = document(text, slug)
    lines = [provision(made, at) for at in range(len(made.sentences))]
    register.save(made, lines, coder=coder, at=NOON)


def test_what_is_counted_follows_every_change(register: Register, chance: random.Random) -> None:
    mapper = mapper_of(register)
    assert mapper.find(AllianceRequest(most=0)).ties == 0
    slugs = [f"memo-{number}" for number in range(5)]
    for slug in slugs:
        save(register, slug, TEXT)
    check(mapper, REQUESTS, Mode.TIES)
    for mode in (Mode.ONE, Mode.TWO):
        slug = chance.choice(slugs)
        save(register, slug, f"{TEXT}\n{chance.random()} will do.")
        other = chance.choice(slugs)
        save(register, other, TEXT, coder=f"grammar/{chance.random()}")
        line = provision(document(TEXT, slugs[0]), 0).id
        register.review(line, Decision(chance.choice(tuple(ReviewState)[1:2]), "Ann", NOON))
        mapper.refresh((slug,))
        check(mapper, REQUESTS[:1], mode)


def test_documents_are_read_some_at_a_time(
    register: Register, chance: random.Random, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tying, "AT_A_TIME", 2)
    slugs = chance.sample([f"memo-{number}" for number in range(5)], 5)
    for slug in slugs:
        save(register, slug, TEXT)
    held: list[int] = []
    states = Ties.states

    def some(ties: Ties, *asked: Any) -> tuple[TiesState, ...]:  # noqa: ANN401 - whatever is asked
        found = states(ties, *asked)
        held.append(len(found))
        return found

    monkeypatch.setattr(Ties, "states", some)
    told: list[tuple[int, int | None, str]] = []
    mapper = mapper_of(register)
    assert mapper.refresh((), lambda *one: told.append(one)) == 5
    assert told == [(at, 5, slug) for at, slug in enumerate(sorted(slugs), start=1)]
    assert held == [2, 2, 1, 0]
    assert (mapper.refresh(), mapper.refresh(slugs[:3])) == (0, 0)


def test_what_nobody_says_any_more_is_not_kept(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    spoken = {"memo-0": ("ai", "quantum"), "memo-1": ("ai",)}

    def read(_: KeptTies, _reader: TieReader, slug: str) -> tuple[Tie, ...]:
        return tuple(tie("Japan", "China", tag, doc=slug, start=at) for at, tag in enumerate(spoken[slug]))

    monkeypatch.setattr(KeptTies, "_read", read)
    mapper = mapper_of(register)
    for tags, left in ((("ai", "quantum"), 2), (("ai",), 1), ((), 1), (("quantum",), 2)):
        spoken["memo-0"] = tags
        save(register, "memo-0", f"{TEXT}\n{tags} will do.")
        save(register, "memo-1", TEXT)
        mapper.refresh()
        with register._store.reading() as connection:  # noqa: SLF001 - what is kept
            kinds = connection.execute(select(tie_kinds.c.id)).scalars().all()
            days = connection.execute(select(tie_days.c.kind, tie_days.c.sentences)).all()
            places = connection.execute(select(tie_places.c.kind)).scalars().all()
        assert (len(kinds), {kind for kind, _ in days}, set(places)) == (left, set(kinds), set(kinds))
        assert sum(number for _, number in days) == len(tags) + 1


def test_two_parties_are_told_of_from_the_documents_that_tie_them(
    register: Register, chance: random.Random
) -> None:
    mapper = mapper_of(register)
    assert chance
    for number in range(6):
        save(register, f"memo-{number}", TEXT)
    found = mapper.between(AllianceRequest(actor="Japan"), "Japan", "China")
    looked_at = {one for one in mapper.ties(AllianceRequest(actor="Japan")) if "China" in {one.actor, one.partner}}
    assert {(one.doc, one.start) for one in found} == {(one.doc, one.start) for one in looked_at}


def test_only_documents_that_have_changed_are_looked_at(register: Register, chance: random.Random) -> None:
    mapper = mapper_of(register)
    assert chance
    for number in range(4):
        save(register, f"memo-{number}", TEXT)
    assert mapper.refresh() == 4
    assert register.ties.states(register.ties.read_by()) == ()
    save(register, "memo-2", TEXT, coder="grammar/next")
    asked: list[str] = []
    event.listen(register._store.engine, "before_cursor_execute", lambda *words: asked.append(words[2]))  # noqa: SLF001
    assert [state.slug for state in register.ties.states(register.ties.read_by())] == ["memo-2"]
    assert "FROM ties_due)" in asked[-1]
    assert mapper.refresh() == 1
    assert register.ties.states("another reading")[0].slug == "memo-0"


def test_a_change_while_ties_are_read_is_not_lost(register: Register, chance: random.Random) -> None:
    mapper = mapper_of(register)
    assert chance
    save(register, "memo", TEXT)
    mapper.refresh()
    save(register, "memo", TEXT, coder="grammar/2")
    (state,) = register.ties.states(register.ties.read_by())
    save(register, "memo", TEXT, coder="grammar/3")
    register.ties.keep(state, f"{register.ties.read_by()} {state.basis}", b"\2\0\0\0{}", ())
    (again,) = register.ties.states(register.ties.read_by())
    assert again.mark not in {0, state.mark}
    old = again.version
    save(register, "memo", f"{TEXT}\nMore will come.")
    register.ties.keep(again, "late", b"\2\0\0\0{}", ())
    assert old not in {one.version for one in register.ties.states()}
    assert mapper.refresh() == 1


def test_a_document_that_moves_on_while_ties_are_counted_is_no_fault(
    register: Register, chance: random.Random, monkeypatch: pytest.MonkeyPatch
) -> None:
    mapper = mapper_of(register)
    assert chance
    save(register, "memo", TEXT)
    mapper.refresh()
    seen = register.ties.states()
    save(register, "memo", f"{TEXT}\nMore will come.")
    monkeypatch.setattr(Ties, "states", lambda _ties, _by, _slugs, after, _most: () if after else seen)
    assert mapper.refresh(("memo",)) == 0
    monkeypatch.undo()
    assert [one.slug for one in register.ties.states(register.ties.read_by())] == ["memo"]


def test_ties_kept_by_the_form_before_are_counted_without_reading(tmp_path: Path, chance: random.Random) -> None:
    place = tmp_path / "register.sqlite"
    register = Register.open(place)
    for number in range(3):
        save(register, f"memo-{number}", TEXT)
    before = mapper_of(register).find(AllianceRequest(most=0))
    register.close()
    store = store_at(place)
    with store.writing("test") as connection:
        command.downgrade(config_of(connection), "0023")
    store.engine.dispose()
    register = Register.open(place)
    with register._store.reading() as connection:  # noqa: SLF001 - what the step left
        assert connection.execute(select(tie_days)).all() == []
        assert len(connection.execute(select(ties_due)).all()) == 3
    mapper = mapper_of(register)
    state = chance.getstate()
    assert mapper.refresh() == 0
    assert chance.getstate() == state
    assert mapper.find(AllianceRequest(most=0)) == before
    register.close()
