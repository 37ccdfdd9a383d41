"""What all packs share: facts, kinds of case, groups, tables and the names of countries, from `dragoman/data`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import TypeVar

from dragoman.check.facts import read_facts
from dragoman.check.form import Form
from dragoman.check.groups import read_groups
from dragoman.check.located import Fields, Located, NotReadableError, TooMuchError, parse_yaml
from dragoman.check.problems import Faults, serious
from dragoman.check.tables import read_table
from dragoman.check.templates import read_templates
from dragoman.check.vocabulary import Vocabulary
from dragoman.lexicon.countries import Countries, load_countries
from dragoman.model import Collection, FactSchema, Group, Problem, Template
from dragoman.model.table import Table

T = TypeVar("T")

FACTS = "cases/facts.yaml"
TEMPLATES = "cases/templates.yaml"
FACTS_HEAD = ("title", "source", "as_of", "facts")


@dataclass(frozen=True, slots=True, eq=False)
class Library:
    """What all packs share.

    Attributes:
        facts: shared facts by name.
        templates: kinds of case by name; their packs are filled in by `dragoman.check.packs`.
        collections: lists of a case by name.
        groups, tables: by name.
        countries: codes and names.
        problems: of the shared files; what a faulty file holds is left out.
    """

    facts: Mapping[str, FactSchema]
    templates: Mapping[str, Template]
    collections: Mapping[str, Collection]
    groups: Mapping[str, Group]
    tables: Mapping[str, Table]
    countries: Countries
    problems: tuple[Problem, ...] = ()


def read_file(file: Traversable, name: str) -> tuple[Located | None, Form]:
    """Return the value of a YAML file and the form that notes what is wrong with it, under a name for messages."""
    form = Form(Faults(name))
    try:
        return parse_yaml(file.read_text(encoding="utf-8")), form
    except UnicodeDecodeError as fault:
        form.faults.add("not-utf8", 1, byte=fault.start)
    except NotReadableError as fault:
        form.faults.add("not-yaml", fault.line, column=fault.column, reason=fault.reason)
    except TooMuchError as fault:
        form.faults.add("unfolds-too-far", fault.line, reason=fault.reason)
    except OSError as fault:
        form.faults.add("file-not-readable", None, reason=fault.strerror or str(fault))
    return None, form


def yaml_files(folder: Traversable) -> tuple[Traversable, ...]:
    """Return the YAML files directly under a folder, sorted by name; () where there is none."""
    if not folder.is_dir():
        return ()
    return tuple(sorted((f for f in folder.iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name))


def data_folder() -> Traversable:
    """Return the folder of the shipped data."""
    return resources.files("dragoman").joinpath("data")


@cache
def load_library() -> Library:
    """Return what the shipped packs share."""
    return library_of(data_folder())


def library_of(data: Traversable) -> Library:
    """Return what a data folder shares; faults are its `problems`."""
    countries = load_countries()
    problems: list[Problem] = []
    collections, templates = _templates(data, problems)
    facts = _facts(data, problems)
    groups = groups_in(data.joinpath("groups"), "groups", countries, problems)
    tables = tables_in(data.joinpath("tables"), "tables", problems)
    words = Vocabulary(facts.values(), groups, tables, collections)
    for name, fault in words.faults.items():
        faults = Faults(FACTS)
        faults.add("bad-formula", None, fact=name, column=fault.column, message=fault.message, hint=fault.remedy)
        problems += faults.found
        facts[name] = replace(facts[name], formula="")
    return Library(facts, templates, collections, groups, tables, countries, tuple(problems))


def _templates(
    data: Traversable, problems: list[Problem]
) -> tuple[Mapping[str, Collection], Mapping[str, Template]]:
    node, form = read_file(data.joinpath(*TEMPLATES.split("/")), TEMPLATES)
    found = read_templates(form, node)
    problems += form.faults.found
    return found


def _facts(data: Traversable, problems: list[Problem]) -> dict[str, FactSchema]:
    node, form = read_file(data.joinpath(*FACTS.split("/")), FACTS)
    given = form.fields(node, FACTS_HEAD, FACTS_HEAD, what_for="file of facts")
    facts = read_facts(form, given["facts"].value) if "facts" in given else {}
    problems += form.faults.found
    return facts


def groups_in(folder: Traversable, name: str, countries: Countries, problems: list[Problem]) -> dict[str, Group]:
    """Return the groups of a folder's files; a faulty file's are left out."""
    groups: dict[str, Group] = {}
    for node, form in _files(folder, name, problems):
        found = read_groups(form, node, countries.titles)
        _merge(groups, found, form, node, "groups")
    return groups


def tables_in(folder: Traversable, name: str, problems: list[Problem]) -> dict[str, Table]:
    """Return the tables of a folder's files; a faulty one is left out."""
    tables: dict[str, Table] = {}
    for node, form in _files(folder, name, problems):
        stem = form.faults.source.rpartition("/")[2].removesuffix(".yaml")
        table = read_table(form, stem, node)
        _merge(tables, {} if table is None else {stem: table}, form, node, "tables")
    return tables


def _files(folder: Traversable, name: str, problems: list[Problem]) -> Iterator[tuple[Located, Form]]:
    """Yield the files of a folder that are YAML, and gather the problems of all."""
    for file in yaml_files(folder):
        node, form = read_file(file, f"{name}/{file.name}")
        if node is not None:
            yield node, form
        elif not form.faults.found:
            form.faults.add("empty-pack-file")
        problems += form.faults.found


def _merge(into: dict[str, T], found: Mapping[str, T], form: Form, node: Located, what: str) -> None:
    """Add what a file without error holds; a name that is there already is noted."""
    if serious(form.faults.found):
        return
    for name, value in found.items():
        if name in into:
            form.faults.add("doubled-name", line_in(node, what, name), given=name, what=what)
        else:
            into[name] = value


def line_in(node: Located, *keys: str) -> int:
    """Return the line of a key path in a file, as deep as it can be followed."""
    line = node.line
    for key in keys:
        entry = next((e for e in node.entries if e.key == key), None) if isinstance(node, Fields) else None
        if entry is None:
            return line
        line, node = entry.line, entry.value
    return line
