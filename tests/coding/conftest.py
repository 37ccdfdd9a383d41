"""Team coding over a register with two small documents, and a grammar that finds every "will"."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from dragoman.lexicon import load_lexicon
from dragoman.model import Document, Provision
from dragoman.model.docket import Person
from dragoman.model.procedure import Role
from dragoman.register import Register
from dragoman.team_coding import CodingDesk
from tests.coding.making import line, text
from tests.register.making import NOON

Team = Callable[..., CodingDesk]


def found(document: Document) -> tuple[Provision, ...]:
    wills = [one.index for one in document.sentences if " will " in document.text[one.start : one.end]]
    return tuple(line(document, index, "grammar") for index in wills)


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register to be copied: building one takes its time."""
    folder = tmp_path_factory.mktemp("coding")
    register = Register.open(folder / "register.sqlite")
    for slug in ("harbour", "canal"):
        register.save(text(slug=slug), (), coder="grammar/1", at=NOON)
    register.copy_to(folder / "whole.sqlite")
    register.close()
    return folder / "whole.sqlite"


@pytest.fixture
def register(whole: Path, tmp_path: Path) -> Iterator[Register]:
    shutil.copy(whole, tmp_path / "register.sqlite")
    register = Register.open(tmp_path / "register.sqlite")
    yield register
    register.close()


@pytest.fixture
def team(register: Register) -> Team:
    """Team coding as an account with some roles sees it; without an account, as people on one machine do."""
    ticks = count()

    def clock() -> datetime:
        return NOON + timedelta(minutes=next(ticks))

    def make(account: str = "", *roles: Role) -> CodingDesk:
        person = Person(account, frozenset(roles)) if account else None
        return CodingDesk(register, found, load_lexicon, clock, person)

    return make
