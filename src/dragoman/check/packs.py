"""Rule packs: a folder of YAML becomes a frozen `Pack`, or the problems for which it is refused as a whole."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path

from dragoman.check.facts import read_facts
from dragoman.check.form import Form
from dragoman.check.library import (
    FACTS_HEAD,
    Library,
    data_folder,
    groups_in,
    line_in,
    load_library,
    read_file,
    tables_in,
    yaml_files,
)
from dragoman.check.links import check_links
from dragoman.check.located import Entry, Fields, Located
from dragoman.check.pack import Pack, PackCase, ReadyRule
from dragoman.check.problems import Faults, problem, serious
from dragoman.check.rules import EARLY, RuleFile
from dragoman.check.vocabulary import Vocabulary
from dragoman.model import Bilingual, FactSchema, NotFoundError, Problem, Template

PACK_FILE = "pack.yaml"
HEAD = ("not_covered", "title", "covers", "jurisdiction", "templates", "version", "source", "as_of")
NOTHING = Bilingual("", "")


class NoSuchPackError(NotFoundError):
    """A pack that neither ships nor is a folder."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        names = sorted(known)
        close = difflib.get_close_matches(name, names, n=1)
        hint = f"Did you mean `{close[0]}`?" if close else f"Shipped: {', '.join(names) or 'none'}."
        super().__init__(f"There is no rule pack `{name}`, and no folder of that name with a {PACK_FILE}.", hint)


@dataclass(frozen=True, slots=True)
class PackReading:
    """What reading a folder gave.

    Attributes:
        name: of the folder.
        pack: None where an error was found.
        problems: all of them, by file and line.
    """

    name: str
    pack: Pack | None
    problems: tuple[Problem, ...]


def shipped_names() -> tuple[str, ...]:
    """Return the names of the shipped packs, sorted."""
    root = data_folder().joinpath("packs")
    if not root.is_dir():
        return ()
    return tuple(sorted(folder.name for folder in root.iterdir() if folder.joinpath(PACK_FILE).is_file()))


@cache
def shipped_pack(name: str) -> PackReading:
    """Return a shipped pack, read at its first use. Raises NoSuchPackError."""
    if name not in shipped_names():
        raise NoSuchPackError(name, shipped_names())
    return read_pack(data_folder().joinpath("packs", name), name, load_library())


def find_pack(name: str) -> PackReading:
    """Return a shipped pack by its name, or the pack of a folder. Raises NoSuchPackError."""
    if name in shipped_names():
        return shipped_pack(name)
    folder = Path(name)
    if not folder.joinpath(PACK_FILE).is_file():
        raise NoSuchPackError(name, shipped_names())
    return read_pack(folder, folder.resolve().name, load_library(), shown=name)


@cache
def packs_for(template: str) -> tuple[str, ...]:
    """Return the names of the shipped packs that bear on a kind of case."""
    root = data_folder().joinpath("packs")
    found = []
    for name in shipped_names():
        node, _ = read_file(root.joinpath(name, PACK_FILE), name)
        listed = node.get("templates") if isinstance(node, Fields) else None
        if any(getattr(one, "text", "") == template for one in getattr(listed, "nodes", ())):
            found.append(name)
    return tuple(found)


def load_template(name: str) -> Template | None:
    """Return a kind of case with the shipped packs that bear on it, None for an unknown one."""
    template = load_library().templates.get(name)
    return replace(template, packs=packs_for(name)) if template else None


def read_pack(folder: Traversable, name: str, library: Library, shown: str = "") -> PackReading:
    """Return the pack of a folder, or why it is refused.

    Args:
        folder: with `pack.yaml`, `rules/` and, where there are any, `facts.yaml`, `cases/`, `groups/`, `tables/`.
        name: of the pack.
        library: what all packs share.
        shown: path of the folder in messages; by default `packs/NAME`.
    """
    return _Folder(folder, name, library, shown or f"packs/{name}").read()


class _Folder:
    """One folder while it is read."""

    def __init__(self, folder: Traversable, name: str, library: Library, shown: str) -> None:
        self.folder = folder
        self.name = name
        self.library = library
        self.shown = shown
        self.problems: list[Problem] = []
        self.lines: dict[str, int] = {}

    def read(self) -> PackReading:
        """Return the pack, or the problems for which it is refused."""
        head, form = self.head()
        own = self.own_facts()
        groups = {**self.library.groups, **groups_in(*self.sub("groups"), self.library.countries, self.problems)}
        tables = {**self.library.tables, **tables_in(*self.sub("tables"), self.problems)}
        facts = {**self.library.facts, **own}
        vocabulary = Vocabulary(facts.values(), groups, tables, self.library.collections)
        self.check_formulas(vocabulary, own)
        rules = self.rules(vocabulary, form.text_at(head, "jurisdiction"))
        cases = tuple(self.cases())
        self.problems += check_links(self.name, rules)
        if not rules and not serious(self.problems):
            self.problems.append(problem("pack-without-rules", f"{self.shown}/rules"))
        ordered = tuple(sorted(self.problems, key=lambda one: (one.source, one.line or 0)))
        if serious(ordered):
            return PackReading(self.name, None, ordered)
        used = {
            name for ready in rules for version in ready.versions for c in version.conditions for name in c.facts
        }
        pack = Pack(
            name=self.name,
            path=self.shown,
            title=form.at(head, "title", form.both) or NOTHING,
            covers=form.at(head, "covers", form.both) or NOTHING,
            not_covered=form.at(head, "not_covered", form.both) or NOTHING,
            jurisdiction=form.text_at(head, "jurisdiction"),
            templates=form.at(head, "templates", form.texts),
            version=form.text_at(head, "version"),
            source=form.text_at(head, "source"),
            as_of=form.at(head, "as_of", form.day) or EARLY,
            facts={key: schema for key, schema in facts.items() if key in used or key in own},
            own=self.lines,
            rules=rules,
            cases=cases,
            vocabulary=vocabulary,
            groups=groups,
            tables=tables,
            problems=ordered,
        )
        return PackReading(self.name, pack, ordered)

    def sub(self, name: str) -> tuple[Traversable, str]:
        """Return a folder of the pack with its path in messages."""
        return self.folder.joinpath(name), f"{self.shown}/{name}"

    def file(self, name: str) -> tuple[Located | None, Form]:
        """Return a file of the pack; what keeps it from being YAML is a problem already."""
        return read_file(self.folder.joinpath(*name.split("/")), f"{self.shown}/{name}")

    def keep(self, form: Form) -> None:
        """Keep the problems of a file."""
        self.problems += form.faults.found

    def head(self) -> tuple[dict[str, Entry], Form]:
        """Return the entries of pack.yaml."""
        node, form = self.file(PACK_FILE)
        given = form.fields(node, HEAD, HEAD, what_for="pack")
        for name in form.at(given, "templates", form.texts):
            if name not in self.library.templates:
                known = ", ".join(self.library.templates)
                form.faults.add("unknown-template", given["templates"].line, given=name, known=known)
        for key in ("title", "covers", "not_covered"):
            form.at(given, key, form.both)
        form.at(given, "as_of", form.day)
        self.keep(form)
        return given, Form(replace(form.faults, found=[]))

    def own_facts(self) -> dict[str, FactSchema]:
        """Return the facts that only this pack asks for."""
        if not self.folder.joinpath("facts.yaml").is_file():
            return {}
        node, form = self.file("facts.yaml")
        given = form.fields(node, FACTS_HEAD, FACTS_HEAD, what_for="file of facts")
        facts = read_facts(form, given["facts"].value) if "facts" in given else {}
        for name, schema in facts.items():
            line = line_in(given["facts"].value, name)
            self.lines[name] = line
            if name in self.library.facts:
                form.faults.add("doubled-name", line, given=name, what="facts")
            if schema.each and schema.each not in self.library.collections:
                form.faults.add("unknown-collection", line, given=schema.each)
        self.keep(form)
        return facts

    def check_formulas(self, vocabulary: Vocabulary, own: Mapping[str, FactSchema]) -> None:
        """Note the formulas of the pack's own facts that are none."""
        form = Form(Faults(f"{self.shown}/facts.yaml"))
        for name, fault in vocabulary.faults.items():
            if name in own:
                form.faults.add(
                    "bad-formula",
                    self.lines[name],
                    fact=name,
                    column=fault.column,
                    message=fault.message.rstrip("."),
                    hint=fault.remedy,
                )
        self.keep(form)

    def rules(self, vocabulary: Vocabulary, jurisdiction: str) -> tuple[ReadyRule, ...]:
        """Return the rules of the folder; a name that stands twice is noted."""
        found: dict[str, ReadyRule] = {}
        collections = tuple(self.library.collections)
        for file in yaml_files(self.folder.joinpath("rules")):
            node, form = self.file(f"rules/{file.name}")
            rule = RuleFile(form, self.name, jurisdiction, vocabulary, collections).read(node)
            if node is None and not form.faults.found:
                form.faults.add("empty-pack-file")
            if rule is not None and rule.rule.id in found:
                first = found[rule.rule.id].rule.path
                form.faults.add("doubled-rule", rule.rule.line, given=rule.rule.id, first=first)
            elif rule is not None:
                found[rule.rule.id] = rule
            self.keep(form)
        return tuple(found.values())

    def cases(self) -> Iterator[PackCase]:
        """Yield the tests of the folder; a file may hold several in a list."""
        for file in yaml_files(self.folder.joinpath("cases")):
            node, form = self.file(f"cases/{file.name}")
            for one in getattr(node, "nodes", (node,)):
                if isinstance(one, Fields):
                    name = form.text(one.get("name"), "name") or file.name.removesuffix(".yaml")
                    yield PackCase(name, form.faults.source, one.line, one)
                elif one is not None:
                    form.wrong(one, "case", "a mapping of keys and values")
            self.keep(form)
