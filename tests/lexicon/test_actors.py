from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import combinations

import pytest

from dragoman.lexicon import Matcher
from dragoman.lexicon.actors import ACTOR, TYPES, ActorRegister, actor_of, load_actors, register_of
from dragoman.lexicon.packs import PackFaultError, load_pack, pack_paths
from dragoman.model import Language

STATES = 249
"""Officially assigned codes of ISO 3166-1."""


@pytest.fixture(scope="module")
def register() -> ActorRegister:
    return load_actors()


@pytest.fixture(scope="module")
def matcher(register: ActorRegister) -> Matcher:
    return Matcher(register.phrases)


def keys_in(matcher: Matcher, text: str) -> list[str]:
    return [hit.phrases[0].key for hit in matcher.find(text) if hit.phrases[0].group == ACTOR]


def test_every_state_of_the_standard_is_there_once() -> None:
    codes = [row["code"] for row in load_pack("actors/states.yaml")["actors"]]
    assert len(codes) == STATES
    assert [code for code, count in Counter(codes).items() if count > 1] == []


def test_every_state_has_a_chinese_name(register: ActorRegister) -> None:
    assert [a.name for a in register.actors.values() if a.type == "state" and not a.zh] == []


def test_a_shared_name_belongs_to_actors_of_different_states(register: ActorRegister) -> None:
    shared = {name: names for name, names in register.names.items() if len(names) > 1}
    assert "商务部" in shared
    clashes = [
        (name, one, two)
        for name, names in shared.items()
        for one, two in combinations(names, 2)
        if not register.actors[one].of or register.actors[one].of == register.actors[two].of
    ]
    assert clashes == []


def test_members_and_owners_are_in_the_register(register: ActorRegister) -> None:
    actors = register.actors.values()
    assert [(a.name, m.name) for a in actors for m in a.members if m.name not in register.actors] == []
    assert [(a.name, a.of) for a in actors if a.of and a.of not in register.actors] == []


def test_spells_run_forward(register: ActorRegister) -> None:
    actors = register.actors.values()
    spells = [(m.since, m.until) for actor in actors for m in actor.members]
    spells += [(holder.since, holder.until) for actor in actors for holder in actor.holders]
    dated = [(since, until) for since, until in spells if since and until]
    assert dated
    assert [spell for spell in dated if spell[0] >= spell[1]] == []


def test_single_characters_stand_for_one_state_each(register: ActorRegister) -> None:
    shorts = [actor.short for actor in register.actors.values() if actor.short]
    assert len(shorts) == len(set(shorts))
    assert {len(short) for short in shorts} == {1}


def test_every_pack_of_actors_is_read(register: ActorRegister) -> None:
    names = {row["name"] for path in pack_paths("actors") for row in load_pack(path)["actors"]}
    assert names == set(register.actors)
    assert {actor.type for actor in register.actors.values()} == TYPES


def test_every_word_list_stands_in_both_languages_where_the_readers_share_it(register: ActorRegister) -> None:
    shared = {"authors", "leaders", "order", "addressing", "papers", "body_nouns", "defining", "representatives"}
    for language in Language:
        assert shared <= set(register.words[language])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The US and the UK met.", ["United States", "United Kingdom"]),
        ("It helps us and who knows it.", []),
        ("The Biden Administration and President Biden", ["United States", "President of the United States"]),
        ("Prime Minister Sunak spoke.", ["Prime Minister of the United Kingdom"]),
        ("拜登政府与拜登总统", ["United States", "President of the United States"]),
        ("欧盟委员会与欧盟", ["European Commission", "European Union"]),
        ("turkey for dinner in Turkey", ["Turkey"]),
        ("talks in Washington, D.C. and New Mexico", []),
        ("任何个人、组织", ["individuals", "organizations"]),
        ("the Office of Science and Technology Policy", ["Office of Science and Technology Policy"]),
    ],
)
def test_names_are_found(matcher: Matcher, text: str, names: list[str]) -> None:
    assert keys_in(matcher, text) == names


def test_a_shared_name_goes_to_the_home_state(register: ActorRegister) -> None:
    assert register.canonical("商务部", home="United States") == "Department of Commerce"
    assert register.canonical("商务部", home="China") == "Ministry of Commerce"
    assert register.canonical("商务部", home="France") == "Ministry of Commerce"
    assert register.canonical("No such body") is None


@pytest.mark.parametrize(
    ("group", "day", "member", "belongs"),
    [
        ("European Union", date(2019, 6, 1), "United Kingdom", True),
        ("European Union", date(2020, 2, 1), "United Kingdom", False),
        ("NATO", date(2023, 4, 3), "Finland", False),
        ("NATO", date(2023, 4, 4), "Finland", True),
        ("G7", date(2023, 5, 20), "Japan", True),
        ("Nobody", date(2023, 5, 20), "Japan", False),
    ],
)
def test_membership_has_dates(
    register: ActorRegister, group: str, day: date, member: str, *, belongs: bool
) -> None:
    assert (member in register.members_at(group, day)) is belongs


def test_holders_have_dates(register: ActorRegister) -> None:
    office = "Prime Minister of the United Kingdom"
    assert register.holder_at(office, date(2023, 6, 8)) == "Rishi Sunak"
    assert register.holder_at(office, date(2022, 9, 6)) == "Liz Truss"
    assert register.holder_at("Nobody", date(2022, 9, 6)) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("中美应合作", "中美"),
        ("3 月 12 日美日澳印召开会议", "美日澳印"),
        ("其中美方表示", None),
        ("其中法律规定", None),
        ("美印两国签署", "美印"),
        ("美印象深刻", None),
    ],
)
def test_compounds_are_told_from_other_words(register: ActorRegister, text: str, found: str | None) -> None:
    compounds = register.compounds
    spans = [span for span in compounds.find(text, 0, len(text)) if compounds.is_sure(text, *span)]
    assert [text[first:last] for first, last in spans] == ([found] if found else [])


def test_an_actor_without_a_known_type_is_refused() -> None:
    with pytest.raises(PackFaultError, match="no known `type:`"):
        actor_of("actors/test.yaml", {"name": "Somebody", "type": "planet"})


def test_a_register_of_few_actors_reads_without_words() -> None:
    small = register_of({"A": actor_of("test", {"name": "A", "type": "state", "zh": ["甲国"], "short": "甲"})})
    assert small.canonical("甲国") == "A"
    assert small.words == {}
