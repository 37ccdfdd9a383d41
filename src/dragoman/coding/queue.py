"""What an arbiter is to decide, and what the team agrees on afterwards."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dragoman.coding.pairing import Unit, units_of
from dragoman.model import Document, Provision
from dragoman.model.coding import ARBITRATED, FIELDS, CodedLine, Decision, Difference, value_of
from dragoman.model.identity import provision_id, sha256_of_text

KEY_LENGTH = 12
LINE, SPAN = "line", "span"


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the team agrees on.

    Attributes:
        lines: those on which all agree, and those that were decided, in text order.
        alike: how many all coders have alike.
        decided: how many differences are decided.
        pending: how many are not; they are left out.
    """

    lines: tuple[Provision, ...]
    alike: int
    decided: int
    pending: int


def fields_in_which(lines: Sequence[CodedLine | None]) -> tuple[str, ...]:
    """Return in which fields lines differ; `LINE` where one is missing."""
    there = [one.line for one in lines if one is not None]
    found = [LINE] if len(there) < len(lines) else []
    found += [name for name in FIELDS if len({value_of(one, name) for one in there}) > 1]
    found += [SPAN] if len({(one.start, one.end) for one in there}) > 1 else []
    return tuple(found)


def differences_of(
    document: Document,
    lines: Mapping[str, Sequence[CodedLine]],
    decisions: Mapping[str, tuple[str, Decision]],
    least: float,
) -> tuple[Difference, ...]:
    """Return the units of a document on which coders differ, in text order.

    Args:
        document: in the version that they coded.
        lines: of each coder.
        decisions: what was seen, and the last decision, by key.
        least: share of the shorter line that two must share.
    """
    units = units_of(lines, least)
    found = (_difference(document, unit, sorted(lines), decisions) for unit in units)
    return tuple(one for one in found if one.fields)


def _difference(
    document: Document, unit: Unit, coders: Sequence[str], decisions: Mapping[str, tuple[str, Decision]]
) -> Difference:
    sides = {coder: unit.lines.get(coder) for coder in coders}
    key = _key(document.slug, sides)
    seen = _seen(sides)
    past = decisions.get(key)
    decision = replace(past[1], stale=past[0] != seen) if past else None
    return Difference(
        key,
        seen,
        document.slug,
        unit.start,
        unit.end,
        document.text[unit.start : unit.end],
        sides,
        fields_in_which(list(sides.values())),
        decision,
    )


def _key(doc: str, sides: Mapping[str, CodedLine | None]) -> str:
    members = [[name, one.unit or one.line.id] for name, one in sorted(sides.items()) if one is not None]
    return f"{doc}:{sha256_of_text(json.dumps(members))[:KEY_LENGTH]}"


def _seen(sides: Mapping[str, CodedLine | None]) -> str:
    said = [
        [name, one and [one.line.start, one.line.end, *(_plain(one.line, field) for field in FIELDS)]]
        for name, one in sorted(sides.items())
    ]
    return sha256_of_text(json.dumps(said, ensure_ascii=False))


def _plain(line: Provision, field: str) -> object:
    value = value_of(line, field)
    return sorted(value) if isinstance(value, frozenset) else value


def agreed_of(
    document: Document,
    lines: Mapping[str, Sequence[CodedLine]],
    decisions: Mapping[str, tuple[str, Decision]],
    least: float,
) -> Agreed:
    """Return what the team agrees on; the lines are those of the coder `ARBITRATED`. Arguments as above."""
    found: list[Provision] = []
    alike = decided = pending = 0
    for one, line in settled_of(document, lines, decisions, least):
        alike += not one.fields
        pending += bool(one.fields) and one.open
        decided += bool(one.fields) and not one.open
        found += [line] if line else []
    return Agreed(as_coder(found, f"team/{ARBITRATED}"), alike, decided, pending)


def settled_of(
    document: Document,
    lines: Mapping[str, Sequence[CodedLine]],
    decisions: Mapping[str, tuple[str, Decision]],
    least: float,
) -> Iterator[tuple[Difference, Provision | None]]:
    """Yield every unit, alike or not, with the line that stands: None where none does, or where it is open."""
    for unit in units_of(lines, least):
        one = _difference(document, unit, sorted(lines), decisions)
        if not one.fields:
            yield one, unit.first
        else:
            yield one, one.decision.line if one.decision and not one.open else None


def as_coder(lines: Sequence[Provision], coder: str) -> tuple[Provision, ...]:
    """Return lines as those of a coder, in text order, each with an id of its own."""
    ordinals: dict[tuple[str, str, str], int] = {}
    found = []
    for line in sorted(lines, key=lambda one: (one.start, one.end, one.trigger_start)):
        name = (line.doc, line.quote.exact, line.trigger)
        ordinal = ordinals.get(name, 0)
        ordinals[name] = ordinal + 1
        found.append(replace(line, id=provision_id(*name, ordinal), coder=coder))
    return tuple(found)
