"""Every data pack is well-formed: what a user who adds an actor, a term or a cue may get wrong, with the place."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

import dragoman
from dragoman.extract.weights import weights_in
from dragoman.lexicon import fold, load_lexicon
from dragoman.model import Language

DATA = Path(dragoman.__file__).parent / "data"
PACKS = sorted(path.relative_to(DATA).as_posix() for path in DATA.rglob("*.yaml"))
HEADED = [path for path in PACKS if not path.startswith("packs/") or path.split("/")[2] not in {"rules", "cases"}]
"""All but the single rules and cases of a rule pack: the pack itself names its source, each rule its citation."""
HEAD = ("title", "source", "as_of")
TAG_PACKS = ("lexicons/technologies.yaml", "lexicons/instruments.yaml")
TERM_LISTS = ("en", "en_weak", "zh", "zh_weak")


class StrictLoader(yaml.SafeLoader):
    """Refuses a key that stands twice in a mapping; YAML readers keep the last one without a word."""


def strict_mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key, deep=True) for key, _ in node.value]
    twice = [key for key, times in Counter(keys).items() if times > 1]
    if twice:
        message = f"line {node.start_mark.line + 1}: doubled keys {twice}"
        raise ValueError(message)
    return loader.construct_mapping(node, deep=True)


StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, strict_mapping)


def strict(text: str) -> object:
    return yaml.load(text, Loader=StrictLoader)  # noqa: S506 - a subclass of the safe loader


def pack(path: str) -> Mapping[str, Any]:
    content = strict((DATA / path).read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


def doubled(values: Iterable[str]) -> list[str]:
    return sorted(value for value, times in Counter(values).items() if times > 1)


def lists_of(entry: Mapping[str, Any]) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the term lists of a tag and of its senses with their names."""
    for part in (entry, *entry.get("senses", {}).values()):
        yield from ((name, part[name]) for name in TERM_LISTS if name in part)


def terms_of(entry: Mapping[str, Any]) -> Iterator[str]:
    return (term for _, terms in lists_of(entry) for term in terms)


def tags() -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for path in TAG_PACKS:
        for tag, entry in pack(path)["tags"].items():
            yield path, tag, entry


def cue_groups(language: Language) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for path in sorted((DATA / "lexicons" / language.value).glob("*.yaml")):
        for name, group in pack(path.relative_to(DATA).as_posix()).get("groups", {}).items():
            yield path.name, name, group


def actor_rows() -> Iterator[tuple[str, Mapping[str, Any]]]:
    for path in sorted((DATA / "actors").glob("*.yaml")):
        content = pack(path.relative_to(DATA).as_posix())
        for row in content.get("actors", ()):
            yield path.name, {**content.get("defaults", {}), **row}


def test_the_strict_loader_refuses_a_doubled_key() -> None:
    with pytest.raises(ValueError, match="line 1: doubled keys"):
        strict("a: 1\nb: 2\na: 3\n")


def test_there_are_packs() -> None:
    assert {path.split("/")[0] for path in PACKS} >= {"actors", "lexicons", "reading", "interface"}


@pytest.mark.parametrize("path", HEADED)
def test_a_pack_names_what_it_is_where_it_comes_from_and_how_old_it_is(path: str) -> None:
    content = pack(path)
    assert [key for key in HEAD if not content.get(key)] == []
    assert isinstance(content["as_of"], date)


@pytest.mark.parametrize("path", PACKS)
def test_a_pack_is_utf8_without_tabs_or_trailing_space(path: str) -> None:
    text = (DATA / path).read_bytes().decode("utf-8")
    assert [
        number
        for number, line in enumerate(text.split("\n"), 1)
        if "\t" in line or "\r" in line or line != line.rstrip()
    ] == []


@pytest.mark.parametrize(("path", "tag", "entry"), list(tags()))
def test_a_tag_has_a_label_in_both_languages_and_no_term_twice(
    path: str, tag: str, entry: Mapping[str, Any]
) -> None:
    assert set(entry) <= {"label", "senses", *TERM_LISTS}, f"{path}: {tag}"
    assert set(entry["label"]) == {"en", "zh"}
    assert [name for name, terms in entry.get("senses", {}).items() if not {"en", "zh"} & set(terms)] == []
    assert doubled(fold(term) for term in terms_of(entry)) == []


@pytest.mark.parametrize(("path", "tag", "entry"), list(tags()))
def test_a_tag_can_be_found_in_both_languages(path: str, tag: str, entry: Mapping[str, Any]) -> None:
    for language in ("en", "zh"):
        assert [term for name, terms in lists_of(entry) if name == language for term in terms], f"{path}: {tag}"


def test_both_languages_have_the_same_files() -> None:
    english, chinese = (
        {file.name for file in (DATA / "lexicons" / language.value).iterdir()} for language in Language
    )
    assert english == chinese


@pytest.mark.parametrize("language", list(Language))
def test_a_group_of_cues_has_phrases_and_none_twice(language: Language) -> None:
    groups = list(cue_groups(language))
    assert groups
    assert [(file, name) for file, name, group in groups if not group.get("phrases")] == []
    faults = {(file, name): doubled(map(str, group["phrases"])) for file, name, group in groups}
    assert {place: phrases for place, phrases in faults.items() if phrases} == {}


@pytest.mark.parametrize("language", list(Language))
def test_a_group_of_cues_has_a_name_of_its_own(language: Language) -> None:
    assert doubled(name for _, name, _ in cue_groups(language)) == []


@pytest.mark.parametrize("language", list(Language))
def test_force_and_kind_of_a_group_of_cues_exist(language: Language) -> None:
    kinds = {"commitment", "obligation", "prohibition", "permission", "recommendation", "measure"}
    for file, name, group in cue_groups(language):
        assert group.get("force", 1) in {1, 2, 3, 4}, f"{file}: {name}"
        assert {group["kind"]} <= kinds if "kind" in group else True, f"{file}: {name}"
        assert set((group.get("kinds") or {}).values()) <= {*kinds, None}, f"{file}: {name}"


def test_an_actor_stands_in_the_register_once_and_has_no_name_twice() -> None:
    rows = list(actor_rows())
    assert doubled(row["name"] for _, row in rows) == []
    faults = {
        row["name"]: doubled([*map(str, row.get("en", ())), *map(str, row.get("zh", ()))]) for _, row in rows
    }
    assert {name: names for name, names in faults.items() if names} == {}


def test_owners_and_members_of_actors_are_actors() -> None:
    rows = list(actor_rows())
    known = {row["name"] for _, row in rows}
    owners = {(file, row["name"], row["of"]) for file, row in rows if row.get("of")}
    members = {(file, row["name"], member["name"]) for file, row in rows for member in row.get("members", ())}
    assert {fault for fault in owners | members if fault[2] not in known} == set()


def test_spells_of_members_and_holders_end_after_they_begin() -> None:
    spells = [
        (row["name"], spell)
        for _, row in actor_rows()
        for spell in (*row.get("members", ()), *row.get("holders", ()))
    ]
    assert spells
    assert [
        name
        for name, spell in spells
        if spell.get("from") and spell.get("until") and spell["until"] <= spell["from"]
    ] == []


@pytest.mark.parametrize("path", [path for path in PACKS if path.startswith("weights/")])
def test_weights_are_numbers_and_say_how_they_were_made(path: str) -> None:
    content = pack(path)
    assert "benchmark/train.py" in content["source"]
    assert content["weights"]
    for tag, lines in content["weights"].items():
        names, numbers = zip(*weights_in(lines), strict=True)
        assert all(math.isfinite(number) for number in (content["bias"], *numbers))
        assert len(set(names)) == len(names), tag


def test_the_lexicon_loads() -> None:
    lexicon = load_lexicon()
    assert set(lexicon.cues) == set(Language)
    assert len(lexicon.actors.actors) == len(list(actor_rows()))
    assert set(lexicon.technologies.labels) | set(lexicon.instruments.labels) == {tag for _, tag, _ in tags()}
