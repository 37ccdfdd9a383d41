"""A rule pack once it is loaded: frozen, its conditions parsed and typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from dragoman.check.condition import Condition
from dragoman.check.located import Fields
from dragoman.check.vocabulary import Vocabulary
from dragoman.model import Bilingual, FactSchema, Group, Problem, Rule, Version
from dragoman.model.table import Table


@dataclass(frozen=True, slots=True)
class ReadyVersion:
    """A version of a rule with its conditions.

    Attributes:
        version: as in the pack.
        applies: None for always.
        requires: None for an empty slot.
        line: where it stands in the file of the rule.
    """

    version: Version
    applies: Condition | None
    requires: Condition | None
    line: int = 1

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Return the conditions there are."""
        return tuple(one for one in (self.applies, self.requires) if one is not None)

    def on(self, day: date) -> bool:
        """Return whether the version is the text of a day."""
        since, until = self.version.since, self.version.until
        return (since is None or since <= day) and (until is None or day <= until)


@dataclass(frozen=True, slots=True)
class ReadyRule:
    """A rule with the conditions of its versions, in order of their first day."""

    rule: Rule
    versions: tuple[ReadyVersion, ...]

    def on(self, day: date) -> tuple[ReadyVersion, ...]:
        """Return the versions of a day; several where they differ in standing."""
        return tuple(version for version in self.versions if version.on(day))


@dataclass(frozen=True, slots=True)
class PackCase:
    """A test that a pack brings along, as written; it is read when it is run.

    Attributes:
        name: what it proves.
        path: of its file.
        line: where it begins.
        node: the whole mapping.
    """

    name: str
    path: str
    line: int
    node: Fields


@dataclass(frozen=True, slots=True, eq=False)
class Pack:
    """A loaded pack; two are the same only where they are one object.

    Attributes:
        name: name of its folder.
        path: of its folder.
        title, covers, not_covered: in words.
        jurisdiction: of its rules, where a rule names no other.
        templates: kinds of case it bears on.
        version, source, as_of: of the pack.
        facts: those that its rules use, and those of its own, by name.
        own: names of the facts of its own file.
        rules: in order of their files.
        cases: its own tests.
        vocabulary: what its conditions were written in.
        groups, tables: that its conditions may use.
        problems: warnings and notes; a pack with an error is not loaded.
    """

    name: str
    path: str
    title: Bilingual
    covers: Bilingual
    not_covered: Bilingual
    jurisdiction: str
    templates: tuple[str, ...]
    version: str
    source: str
    as_of: date
    facts: Mapping[str, FactSchema]
    own: Mapping[str, int]
    rules: tuple[ReadyRule, ...]
    cases: tuple[PackCase, ...]
    vocabulary: Vocabulary
    groups: Mapping[str, Group]
    tables: Mapping[str, Table]
    problems: tuple[Problem, ...] = ()

    def rule(self, identifier: str) -> ReadyRule | None:
        """Return a rule by its id, with or without the pack; None for an unknown one."""
        full = identifier if "/" in identifier else f"{self.name}/{identifier}"
        return next((ready for ready in self.rules if ready.rule.id == full), None)

    def used(self) -> Iterator[str]:
        """Yield the names of the facts that its conditions rest on, in the order of the rules."""
        for ready in self.rules:
            for version in ready.versions:
                for condition in version.conditions:
                    yield from sorted(condition.facts)
