"""Steps of team coding on both engines: kept all or none, in order, never past somebody else's step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import update

from dragoman.model import ConflictError, StoreError
from dragoman.model.coding import CodingAct, CodingStep
from dragoman.register import Register
from dragoman.register.schema import coding_steps
from tests.register.making import NOON, document, provision

DOC = document("We will meet.\n双方将合作 \ud800.")
STEP = CodingStep(
    0, CodingAct.SET, "memo", "Ana", "Ana", NOON, "why \x00", 0, provision(DOC, 1), {"labels": ["a"]}
)


@pytest.fixture
def register(place: str) -> Iterator[Register]:
    register = Register.open(place)
    yield register
    register.close()


def test_steps_come_back_as_they_were_kept(register: Register) -> None:
    other = replace(STEP, act=CodingAct.DONE, doc="note", line=None, values={}, reason="")
    first, second = register.coding.keep([STEP, other])
    assert second > first
    mine, done = register.coding.steps()
    assert mine == replace(STEP, number=first, reason="why \ufffd")
    assert done == replace(other, number=second)
    assert register.coding.steps("note") == (done,)


def test_a_step_that_a_newer_version_took_is_told_as_that(register: Register) -> None:
    register.coding.keep([STEP])
    with register._store.writing("test") as connection:  # noqa: SLF001 - as a newer version would
        connection.execute(update(coding_steps).values(act="praise"))
    with pytest.raises(StoreError, match=r"step of team coding, `praise`, that this version") as told:
        register.coding.steps()
    assert told.value.remedy == "Install the newer dragoman that wrote it."


def test_a_step_past_another_of_the_same_coding_is_refused(register: Register) -> None:
    (first,) = register.coding.keep([STEP])
    register.coding.keep([replace(STEP, coder="Bo")])
    (second,) = register.coding.keep([STEP], expected=first)
    with pytest.raises(ConflictError):
        register.coding.keep([STEP], expected=first)
    (opened,) = register.coding.keep([replace(STEP, act=CodingAct.OPEN, coder="", line=None)])
    with pytest.raises(ConflictError):
        register.coding.keep([STEP, STEP], expected=second)
    assert register.coding.last("memo", "Ana") == opened
    assert len(register.coding.steps()) == 4
    assert register.coding.keep([]) == ()
