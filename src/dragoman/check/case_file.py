"""A case file, YAML or JSON, becomes a `Case`; every fault has its line, and with one error nothing is run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from dragoman.check.form import Form, is_given
from dragoman.check.located import Entry, Fields, Items, Located, NotReadableError, Scalar, TooMuchError, parse
from dragoman.check.problems import Faults, nearest, problem, serious
from dragoman.check.values import Values, is_unknown
from dragoman.lexicon.countries import Countries
from dragoman.model import Case, Collection, FactSchema, Member, Problem, Template, Value

MOST_BYTES = 2_000_000
"""Bytes of one case; more than some ten thousand items belong in a batch."""
KEYS = ("template", "id", "title", "as_of", "notes", "facts")
NAME = "name"


@dataclass(frozen=True, slots=True)
class Opened:
    """A case file that could be parsed.

    Attributes:
        node: None where the file is refused.
        form: notes what is wrong with it.
        template: as the file says, "" where it does not.
        as_of: the day the file asks for.
    """

    node: Fields | None
    form: Form
    template: str = ""
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """What a case may state.

    Attributes:
        template: the kind of case.
        schemas: its facts by name.
        countries: names and codes.
        elsewhere: tells in which kinds of case a fact or a list is asked that this one does not have.
    """

    template: Template
    schemas: Mapping[str, FactSchema]
    countries: Countries
    elsewhere: Callable[[str], tuple[str, ...]] = lambda _: ()


@dataclass(frozen=True, slots=True)
class CaseReading:
    """What a case file gave.

    Attributes:
        case: None where an error was found.
        problems: all of them, by line.
    """

    case: Case | None
    problems: tuple[Problem, ...]


def open_case(data: bytes, name: str, templates: Mapping[str, Template]) -> Opened:
    """Parse a case file as far as its kind of case.

    Args:
        data: its bytes.
        name: its name; `.json` is read as JSON, all else as YAML.
        templates: known kinds of case.
    """
    form = Form(Faults(name))
    node = _parsed(data, form, is_json=name.casefold().endswith(".json"))
    if node is None:
        return Opened(None, form)
    if not isinstance(node, Fields):
        form.wrong(node, "case", "a mapping of keys and values")
        return Opened(None, form)
    return open_node(node, form, templates)


def open_node(node: Fields, form: Form, templates: Mapping[str, Template]) -> Opened:
    """Return a parsed case with its kind and its day."""
    template = form.text(node.get("template"), "template")
    as_of = form.day(node.get("as_of"), "as_of")
    if not template:
        form.faults.add("no-template", node.line, known=", ".join(templates))
        return Opened(None, form)
    if template not in templates:
        given = node.get("template")
        near = nearest(template, templates)
        form.faults.add("no-such-template", given.line if given else node.line, given=template[:60], near=near)
        return Opened(None, form)
    return Opened(node, form, template, as_of)


def too_large(name: str, size: int) -> Problem:
    """Return the problem of a case file of too many bytes; it is not parsed."""
    return problem("case-too-large", name, size=f"{size / 1e6:.1f}", limit=f"{MOST_BYTES / 1e6:.0f}")


def _parsed(data: bytes, form: Form, *, is_json: bool) -> Located | None:
    """Return the value of a file, None where it is refused."""
    if len(data) > MOST_BYTES:
        form.faults.found.append(too_large(form.faults.source, len(data)))
        return None
    if b"\0" in data:
        form.faults.add("case-not-text", 1 + data.count(b"\n", 0, data.index(b"\0")))
        return None
    try:
        node = parse(data.decode("utf-8-sig"), is_json=is_json)
    except UnicodeDecodeError as fault:
        form.faults.add("not-utf8", 1 + data.count(b"\n", 0, fault.start), byte=fault.start)
    except NotReadableError as fault:
        code = "not-json" if is_json else "not-yaml"
        form.faults.add(code, fault.line, column=fault.column, reason=fault.reason)
    except TooMuchError as fault:
        form.faults.add("unfolds-too-far", fault.line, reason=fault.reason)
    else:
        if node is None or not is_given(node):
            form.faults.add("case-empty", 1)
            return None
        return node
    return None


def read_case(opened: Opened, scope: Scope) -> CaseReading:
    """Return the case of an opened file, or why it is refused."""
    reader = _Reader(opened.form, scope)
    case = reader.case(opened.node, opened.template) if opened.node is not None else None
    found = tuple(sorted(opened.form.faults.found, key=lambda one: one.line or 0))
    return CaseReading(None if serious(found) else case, found)


class _Reader:
    """Reads one case."""

    def __init__(self, form: Form, scope: Scope) -> None:
        self.form = form
        self.scope = scope
        self.values = Values(form, scope.countries)
        self.collections = {collection.name: collection for collection in scope.template.collections}
        self.lines: dict[str, int] = {}

    def case(self, node: Fields, template: str) -> Case:
        """Return the case of a file."""
        seen: dict[str, int] = {}
        for entry in node.entries:
            self.check_key(entry, seen)
        given = {entry.key: entry for entry in node.entries}
        known = {key: given[key].value for key in KEYS if key in given}
        facts = self.facts(known["facts"], "", "facts") if is_given(known.get("facts")) else {}
        return Case(
            template=template,
            facts=facts,
            collections={
                name: self.members(given[name].value, collection)
                for name, collection in self.collections.items()
                if name in given and not is_unknown(given[name].value)
            },
            id=self.form.text(known.get("id"), "id"),
            title=self.form.text(known.get("title"), "title"),
            notes=self.form.text(known.get("notes"), "notes"),
            lines=self.lines,
        )

    def check_key(self, entry: Entry, seen: dict[str, int]) -> None:
        """Note a key that a case does not have, or has already."""
        if entry.key in seen:
            self.form.faults.add("doubled-key", entry.line, key=entry.key, first=seen[entry.key])
        seen.setdefault(entry.key, entry.line)
        if entry.key in KEYS or entry.key in self.collections:
            return
        schema = self.scope.schemas.get(entry.key)
        if schema is not None:
            self.misplaced(schema, entry.line)
        else:
            self.unknown(entry, (*KEYS, *self.collections))

    def misplaced(self, schema: FactSchema, line: int) -> None:
        """Note a fact that stands at the wrong place."""
        place = f"each member of `{schema.each}`" if schema.each else "`facts:`"
        self.form.faults.add("misplaced-fact", line, fact=schema.name, place=place)

    def unknown(self, entry: Entry, known: tuple[str, ...]) -> None:
        """Note a name that nobody asks for here, and where it is asked for."""
        others = self.scope.elsewhere(entry.key)
        if others:
            self.form.faults.add(
                "wrong-template",
                entry.line,
                given=entry.key,
                others=" or ".join(f"`{one}`" for one in others),
                template=self.scope.template.name,
                other=others[0],
            )
        else:
            near = nearest(entry.key, known)
            self.form.faults.add("unknown-field", entry.line, given=entry.key[:60], near=near)

    def facts(self, node: Located, each: str, what_for: str) -> dict[str, Value]:
        """Return the known facts of the case or of a member."""
        if not isinstance(node, Fields):
            self.form.wrong(node, what_for, "a mapping of facts and values")
            return {}
        found: dict[str, Value] = {}
        seen: dict[str, int] = {}
        for entry in node.entries:
            if entry.key in seen:
                self.form.faults.add("doubled-key", entry.line, key=entry.key, first=seen[entry.key])
            seen[entry.key] = entry.line
            value = self.fact(entry, each)
            if value is not None:
                found[entry.key] = value
        return found

    def fact(self, entry: Entry, each: str) -> Value | None:
        """Return the value of one fact, None where it is unknown or wrong."""
        schema = self.scope.schemas.get(entry.key)
        if schema is None:
            here = tuple(name for name, one in self.scope.schemas.items() if one.each == each)
            self.unknown(entry, here)
            return None
        if schema.each != each:
            self.misplaced(schema, entry.line)
            return None
        if not each:
            self.lines[entry.key] = entry.line
        return self.values.read(schema, entry.value)

    def members(self, node: Located, collection: Collection) -> tuple[Member, ...]:
        """Return the members of a list."""
        if not isinstance(node, Items):
            self.form.wrong(node, collection.name, "a list")
            return ()
        return tuple(self.member(one, collection, number) for number, one in enumerate(node.nodes))

    def member(self, node: Located, collection: Collection, number: int) -> Member:
        """Return one member, given as a mapping or as the value of its key fact."""
        where = f"{collection.name}[{number}]"
        if isinstance(node, Scalar):
            return self.bare(node, collection, where)
        name, rest = "", node
        if isinstance(node, Fields):
            name = self.form.text(node.get(NAME), NAME)
            rest = Fields(tuple(e for e in node.entries if e.key != NAME), node.line, node.column)
        facts = self.facts(rest, collection.name, where)
        return Member(name or str(facts.get(collection.key, "")), facts, node.line)

    def bare(self, node: Scalar, collection: Collection, where: str) -> Member:
        """Return a member given as a bare value (`destinations: [GB, JP]`)."""
        schema = self.scope.schemas.get(collection.key)
        if schema is None:
            self.form.wrong(node, where, "a mapping of facts and values")
            return Member("", {}, node.line)
        value = self.values.read(schema, node)
        facts = {} if value is None else {collection.key: value}
        return Member(node.text if value is not None else "", facts, node.line)
