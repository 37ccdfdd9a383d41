"""What a condition is judged against beside the facts: the day, the groups and the tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from dragoman.model import Group
from dragoman.model.table import Table


@dataclass(frozen=True, slots=True)
class Context:
    """The law of a day.

    Attributes:
        as_of: the day whose law is applied.
        groups: by name, as in `group('D:1')`.
        tables: by name, as in `lookup('chips', chip, 'tpp')`.
    """

    as_of: date
    groups: Mapping[str, Group] = field(default_factory=lambda: MappingProxyType({}))
    tables: Mapping[str, Table] = field(default_factory=lambda: MappingProxyType({}))
    _members: dict[str, frozenset[str] | None] = field(default_factory=dict, init=False, repr=False, compare=False)

    def members(self, name: str) -> frozenset[str] | None:
        """Return the members of a group on the day, None when the group does not cover it."""
        if name not in self._members:
            group = self.groups.get(name)
            self._members[name] = None if group is None else group.members(self.as_of)
        return self._members[name]
