"""What a case may state: shared facts, those of the packs that are run, and of all that bear on its kind."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.check.case_file import Scope
from dragoman.check.library import Library
from dragoman.check.pack import Pack
from dragoman.check.packs import packs_for, shipped_names, shipped_pack
from dragoman.model import FactSchema, Template


def scope_for(template: Template, packs: Sequence[Pack], library: Library) -> Scope:
    """Return what a case may state when some packs are run on it."""
    schemas: dict[str, FactSchema] = dict(library.facts)
    shipped = [shipped_pack(name).pack for name in packs_for(template.name)]
    for pack in (*shipped, *packs):
        if pack is not None:
            schemas |= pack.facts
    return Scope(template, schemas, library.countries, lambda name: kinds_asking(name, template.name, library))


def kinds_asking(name: str, but: str, library: Library) -> tuple[str, ...]:
    """Return the kinds of case, but one, in which a fact is asked or a list is filled in."""
    found = {kind.name for kind in library.templates.values() if name in {one.name for one in kind.collections}}
    for pack in (shipped_pack(one).pack for one in shipped_names()):
        if pack is not None and name in pack.own:
            found.update(pack.templates)
    return tuple(sorted(found - {but}))


def asked_facts(template: Template, packs: Sequence[Pack]) -> tuple[FactSchema, ...]:
    """Return the facts that the rules of some packs ask of a kind of case, in the order of its form."""
    first = {name: number for number, name in enumerate(template.facts)}
    collections = {"", *(one.name for one in template.collections)}
    used: dict[str, FactSchema] = {}
    for pack in packs:
        asked = set(pack.used())
        used |= {name: schema for name, schema in pack.facts.items() if name in asked}
    fitting = (schema for schema in used.values() if schema.each in collections)
    return tuple(sorted(fitting, key=lambda schema: first.get(schema.name, len(first))))
