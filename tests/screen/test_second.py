from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from dragoman.model import Hit, ListedName, ListEntry, Party, PartyKind
from dragoman.screen import second
from dragoman.screen.thresholds import doubtful_band


def hit(score: float, name: str = "Norvik Machines") -> Hit:
    entry = ListEntry("1", "own", PartyKind.COMPANY, (ListedName(name),), countries=("SE",))
    return Hit(entry, name, "Norvik Machinery", score, ())


PARTY = Party("Norvik Machinery", PartyKind.COMPANY, born="1970")
FEATURE = SimpleNamespace(detail="names alike", score=0.8)
SILENT = SimpleNamespace(detail="no birth date", score=0.0)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Put a judge in nomenklatura's place; gives the ids it was asked about."""
    ids: list[str] = []
    modules: dict[str, Any] = {}

    def make_entity(schema: str) -> SimpleNamespace:
        properties = {"name", "country"} | ({"birthDate"} if schema == "Person" else set())
        made = SimpleNamespace(schema=SimpleNamespace(properties=properties), given={})
        made.add = lambda key, values, **_: made.given.update({key: values})
        return made

    class Logic:
        default_config: Callable[[], dict[str, float]] = staticmethod(dict)

        @staticmethod
        def compare(one: SimpleNamespace, other: SimpleNamespace, _: object) -> SimpleNamespace:
            ids.extend((one.id, other.id))
            return SimpleNamespace(score=0.8, explanations={"name_match": FEATURE, "dob": SILENT})

    modules["nomenklatura.matching.logic_v2.model"] = SimpleNamespace(LogicV2=Logic)
    modules["followthemoney"] = SimpleNamespace(model=SimpleNamespace(make_entity=make_entity))
    doubtful_band()  # reads a pack, by the import that is replaced now
    monkeypatch.setattr("importlib.import_module", modules.__getitem__)
    second.judge.cache_clear()
    yield ids
    second.judge.cache_clear()


@pytest.fixture
def absent(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def nothing(name: str) -> Callable[[], None]:
        raise ModuleNotFoundError(name)

    doubtful_band()  # reads a pack, by the import that is replaced now
    monkeypatch.setattr("importlib.import_module", nothing)
    second.judge.cache_clear()
    yield
    second.judge.cache_clear()


def test_doubtful_hits_get_a_second_opinion(asked: list[str]) -> None:
    sure, doubtful = second.with_second_opinion(PARTY, (hit(0.97), hit(0.7)))
    assert (sure.second, doubtful.second) == (None, 0.8)
    assert doubtful.second_why == (("name_match: names alike", 0.8),)


def test_every_entity_has_an_id_of_its_own(asked: list[str]) -> None:
    second.with_second_opinion(PARTY, (hit(0.7), hit(0.7)))
    assert len(asked) == len(set(asked)) == 4


def test_chinese_names_are_not_asked_about(asked: list[str]) -> None:
    assert second.with_second_opinion(PARTY, (hit(0.7, "蓝桥公司"),))[0].second is None
    assert asked == []


@pytest.mark.usefixtures("absent")
def test_without_the_library_there_is_none_and_a_reason() -> None:
    assert not second.available()
    assert second.second_opinion(PARTY, hit(0.7)) == second.Opinion(None, (), second.MISSING)
    assert second.with_second_opinion(PARTY, (hit(0.7),))[0].second is None
