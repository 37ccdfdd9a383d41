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


def order_of(template: Template, schemas: Sequence[FactSchema]) -> tuple[FactSchema, ...]:
    """Return facts in the order of the form: those of the template first, then as they are declared."""
    first = {name: number for number, name in enumerate(template.facts)}
    return tuple(sorted(schemas, key=lambda schema: first.get(schema.name, len(first))))
