from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from dragoman.docket import load_procedure, standing
from dragoman.model.docket import Act, ActKind
from dragoman.register import Register
from tests.docket.acts import acts_of, asked

NOW = datetime(2026, 11, 25, tzinfo=UTC)
PROGRAM = load_procedure("ai-exports-program")


@pytest.fixture
def register(register_file: Path) -> Iterator[Register]:
    opened = Register.open(register_file)
    yield opened
    opened.close()


def filled(register: Register) -> str:
    acts = [Act("", one.number, one.kind, one.at, one.account, one.payload) for one in acts_of(asked(1), asked(2))]
    number = register.docket.open(PROGRAM, acts, standing(acts))
    register.audit.note(NOW, "root", "account.added", "dora", {"roles": ["desk"]})
    return number


def spoil(register: Register, statement: str) -> None:
    with register.audit._store.writing("audit") as connection:  # noqa: SLF001 - the way of an intruder
        connection.execute(text(statement))


def test_a_log_that_nobody_touched_is_whole(register: Register) -> None:
    number = filled(register)
    verdict = register.audit.verify()
    assert (verdict.whole, verdict.lines) == (True, 4)
    assert [line.act for line in register.audit.lines(number)] == [
        "docket.submitted",
        "docket.asked",
        "docket.asked",
    ]


def test_an_empty_log_is_whole(register: Register) -> None:
    assert register.audit.verify().whole


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE audit SET payload = replace(payload, 'cooling', 'heating') WHERE id = 2", (2,)),
        ("UPDATE audit SET account = 'eve' WHERE id = 4", (4,)),
        ("DELETE FROM audit WHERE id = 2", (3,)),
        ("UPDATE audit SET previous = (SELECT hash FROM audit WHERE id = 1) WHERE id = 4", (4,)),
    ],
)
def test_what_is_changed_or_taken_out_shows(register: Register, statement: str, broken: tuple[int, ...]) -> None:
    filled(register)
    spoil(register, statement)
    assert register.audit.verify().broken == broken


def test_an_act_without_a_line_shows(register: Register) -> None:
    number = filled(register)
    spoil(register, "DELETE FROM audit WHERE id > 2")
    assert register.audit.verify().missing == (f"{number} act 3",)


def test_acts_are_kept_all_or_none(register: Register) -> None:
    number = filled(register)
    kept = register.audit.verify().lines
    case = standing(acts_of(asked(1), asked(2)))
    late = [Act(number, 3, ActKind.COMMENTED, NOW, "dora", {"text": "x"})]
    with pytest.raises(Exception, match="meanwhile"):
        register.docket.add(PROGRAM, late, case)
    assert register.audit.verify().lines == kept
