"""Cases: what a person knows of a package, a shipment, an investment, a transfer or a joint project."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import TypeAlias

from dragoman.model.rule import Bilingual

Value: TypeAlias = bool | int | float | str | date | frozenset[str]
"""A fact's value; a number is a plain float or int in the fact's own unit."""

Facts: TypeAlias = Mapping[str, Value]
"""Known facts by name; what is unknown is absent."""


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a collection of a case: an item, a party, a destination, a flow.

    Attributes:
        name: what it is called in findings ("NVIDIA H100 SXM", "Acme Ltd").
        facts: its own facts.
        line: in the case file; 0 when it does not come from a file.
    """

    name: str
    facts: Facts
    line: int = 0


@dataclass(frozen=True, slots=True)
class Case:
    """A case as given.

    Attributes:
        id: short name; "" when the file gives none.
        template: "package", "shipment", "investment", "transfer" or "project" (or a pack's own).
        title: what people call it.
        facts: known facts of the case itself.
        collections: members by collection name; an absent collection is unknown, an empty one is empty.
        notes: free text, printed in the memo.
        lines: line of each fact in the case file, for messages.
    """

    template: str
    facts: Facts
    collections: Mapping[str, tuple[Member, ...]] = field(default_factory=lambda: MappingProxyType({}))
    id: str = ""
    title: str = ""
    notes: str = ""
    lines: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Collection:
    """A list of like things in a case.

    Attributes:
        name: "items", "parties", "destinations", "flows".
        title: the word for the list.
        one: the word for one member.
        key: the fact that a member given as a bare value states ("destination" for `destinations: [GB, JP]`); ""
            when members are always mappings.
    """

    name: str
    title: Bilingual
    one: Bilingual
    key: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """A kind of case: the facts it has and the packs that bear on it.

    Attributes:
        name: "package", "shipment", "investment", "transfer", "project".
        title: in words.
        packs: names of the packs that are run without `--pack`.
        collections: its collections, in the order of the form.
        facts: names of its facts in the order of the form; those of a collection carry it in their schema.
    """

    name: str
    title: Bilingual
    packs: tuple[str, ...]
    collections: tuple[Collection, ...]
    facts: tuple[str, ...]
