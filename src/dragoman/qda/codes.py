"""Codes and fields: which code a value has, and which value a code of somebody else's stands for."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from dragoman.lexicon import Lexicon, fold
from dragoman.model import DeadlineKind, Kind, Language, Provision, UsageError
from dragoman.wording import catalogue

FORCES = {4: "binding", 3: "firm", 2: "intended", 1: "exploratory"}
GROUPS: Mapping[str, str] = {
    "kind": "kind",
    "force": "force",
    "actor": "actors",
    "counterparty": "counterparties",
    "technology": "technologies",
    "instrument": "instruments",
    "deadline": "deadline",
}
"""Group of codes by its name, with the field of the interchange format."""
MULTIPLE = frozenset({"actors", "counterparties", "technologies", "instruments"})
Path = tuple[str, ...]
"""Names of a code from its outermost parent to itself."""


class BadMapError(UsageError):
    """A file that maps codes and cannot be read as one."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"The mapping of codes is wrong: {why}.",
            "Write YAML (codes: {NAME: {kind: commitment}}) or CSV with the columns code, field, value.",
        )


@dataclass(frozen=True, slots=True)
class Code:
    """A code of ours: its group, its value, and what it is called."""

    group: str
    value: str
    label: str = ""

    @property
    def name(self) -> str:
        """The name, which holds the group too: programs that keep codes flat do not mix an actor and a partner."""
        return f"{self.group}: {self.value}"


def codes_of(line: Provision) -> Iterator[Code]:
    """Yield the codes of a line."""
    yield Code("kind", line.kind.value)
    yield Code("force", f"{line.force} {FORCES[line.force]}")
    for group, field in (("actor", line.actors), ("counterparty", line.counterparties)):
        yield from (Code(group, value) for value in field)
    yield from (Code("technology", tag) for tag in line.technologies)
    yield from (Code("instrument", tag) for tag in line.instruments)
    if line.deadline:
        yield Code("deadline", line.deadline.kind.value)


def fixed_codes(lexicon: Lexicon) -> Iterator[Code]:
    """Yield the codes that every codebook has: kinds, forces, tags, kinds of deadline."""
    texts = catalogue(Language.EN)
    yield from (Code("kind", kind.value, texts.text(f"kind_long.{kind.value}")) for kind in Kind)
    yield from (
        Code("force", f"{force} {name}", texts.text(f"force_long.{force}")) for force, name in FORCES.items()
    )
    for group, tags in (("technology", lexicon.technologies), ("instrument", lexicon.instruments)):
        yield from (Code(group, tag, " · ".join(names.values())) for tag, names in tags.labels.items())
    yield from (Code("deadline", kind.value) for kind in DeadlineKind)


@dataclass(frozen=True, slots=True)
class CodeMap:
    """What codes stand for.

    Attributes:
        stated: field and value by folded name or path, from a mapping; an empty field leaves the code out.
        by_name: the same by folded name, from our own names.
        canonical: returns the canonical name of an actor, None for an unknown one.
    """

    stated: Mapping[str, tuple[str, str]]
    by_name: Mapping[str, tuple[str, str]]
    canonical: Callable[[str], str | None]

    def meaning(self, path: Path) -> tuple[str, str] | None:
        """Return field and value that a code stands for, None where it stands for none that is known."""
        whole, name = fold("/".join(path)), fold(path[-1])
        found = self.stated.get(whole) or self.stated.get(name) or self._grouped(path) or self.by_name.get(name)
        if found:
            return found
        actor = self.canonical(path[-1])
        return ("actors", actor) if actor else None

    def _grouped(self, path: Path) -> tuple[str, str] | None:
        """Return what a code means whose name or parent names a group ("actor: Japan", actor / Japan)."""
        group, colon, value = path[-1].partition(":")
        if not colon:
            group, value = (path[-2] if len(path) > 1 else ""), path[-1]
        field = GROUPS.get(fold(group).strip()) or (fold(group).strip() if fold(group) in GROUPS.values() else "")
        value = value.strip()
        if not field or not value:
            return None
        if field in {"actors", "counterparties"}:
            return field, self.canonical(value) or value
        known = self.by_name.get(fold(value))
        if known and known[0] == field:
            return known
        return (field, value.split()[0]) if field == "force" else (field, value)


def code_map(lexicon: Lexicon, data: bytes = b"", name: str = "") -> CodeMap:
    """Return what codes stand for.

    Args:
        lexicon: for tags and actors.
        data: a mapping as YAML or, where the name ends in .csv, CSV; b"" for none.
        name: of its file.

    Raises:
        BadMapError: it cannot be read.
    """
    own: dict[str, tuple[str, str]] = {}
    for code in fixed_codes(lexicon):
        if code.group in {"technology", "instrument"}:
            tags = lexicon.technologies if code.group == "technology" else lexicon.instruments
            for label in tags.labels[code.value].values():
                own.setdefault(fold(label), (GROUPS[code.group], code.value))
        value = code.value.split()[0] if code.group == "force" else code.value
        for called in {code.value, code.value.split()[-1], code.name}:
            own.setdefault(fold(called), (GROUPS[code.group], value))
    for kind in Kind:
        for language in Language:
            own[fold(catalogue(language).text(f"kind.{kind.value}"))] = ("kind", kind.value)
    for force in FORCES:
        for language in Language:
            own.setdefault(fold(catalogue(language).text(f"force.{force}")), ("force", str(force)))
    return CodeMap(dict(_stated(data, name)) if data else {}, own, lexicon.actors.canonical)


def _stated(data: bytes, name: str) -> Iterator[tuple[str, tuple[str, str]]]:
    try:
        text = data.decode("utf-8-sig")
        pairs = list(_from_csv(text) if name.lower().endswith(".csv") else _from_yaml(yaml.safe_load(text)))
    except (UnicodeDecodeError, yaml.YAMLError, csv.Error) as fault:
        raise BadMapError(" ".join(str(fault).split())) from fault
    for code, field, value in pairs:
        if field not in {"", *GROUPS.values()}:
            wrong = f"there is no field `{field}`"
            raise BadMapError(wrong)
        yield fold(code.strip()), (field, value)


def _from_csv(text: str) -> Iterator[tuple[str, str, str]]:
    for row in csv.DictReader(io.StringIO(text, newline="")):
        if not row.get("code"):
            wrong = "a row has no `code`"
            raise BadMapError(wrong)
        yield row["code"], (row.get("field") or "").strip(), (row.get("value") or "").strip()


def _from_yaml(content: Any) -> Iterator[tuple[str, str, str]]:  # noqa: ANN401 - YAML is any
    codes = content.get("codes") if isinstance(content, dict) else None
    if not isinstance(codes, dict):
        wrong = "it has no `codes`"
        raise BadMapError(wrong)
    for code, meaning in codes.items():
        if meaning is None:
            yield str(code), "", ""
        elif isinstance(meaning, dict) and len(meaning) == 1:
            field, value = next(iter(meaning.items()))
            yield str(code), str(field), str(value)
        else:
            wrong = f"`{code}` is not one field with its value"
            raise BadMapError(wrong)


def values_of(paths: Sequence[Path], codes: CodeMap) -> tuple[list[dict[str, Any]], list[str]]:
    """Return what the codes of a passage say, one set of values for each kind among them, and unknown codes.

    A passage without a kind gives one set without it. Of several forces, or kinds of deadline, the first counts.
    """
    kinds: list[str] = []
    values: dict[str, Any] = {}
    unknown: list[str] = []
    for path in paths:
        found = codes.meaning(path)
        if found is None:
            unknown.append("/".join(path))
        elif found[0] == "kind":
            kinds.append(found[1])
        elif found[0] in MULTIPLE:
            values.setdefault(found[0], []).append(found[1])
        elif found[0] and found[0] not in values:
            values[found[0]] = {"text": "", "kind": found[1]} if found[0] == "deadline" else found[1]
    return [{**values, "kind": kind} for kind in dict.fromkeys(kinds)] or [values], unknown
