"""Decisions on lines: which line counts afterwards, and edits as a person's own line."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from dragoman.model import Deadline, DeadlineKind, Kind, Provision, UsageError

FORCES = range(1, 5)


class UnknownFieldError(UsageError):
    """A field that cannot be edited."""

    def __init__(self, field: str) -> None:
        super().__init__(f"A line has no field `{field}` that can be edited.", _meant(field, list(_FIELDS)))


class BadValueError(UsageError):
    """A value that a field cannot take."""

    def __init__(self, field: str, value: object, allowed: Sequence[str] | str) -> None:
        remedy = allowed if isinstance(allowed, str) else _meant(str(value), allowed)
        super().__init__(f"`{field}` cannot be {value!r}.", remedy)


def edited(provision: Provision, changes: Mapping[str, Any], coder: str) -> Provision:
    """Return a person's line: another line with some fields changed.

    Args:
        provision: the line that was seen.
        changes: fields of the interchange format with new values. Lists may be given as text with ";"
            between the values; "" empties a field.
        coder: "person/<name>".

    Raises:
        UnknownFieldError: a field that cannot be edited.
        BadValueError: a value that the field cannot take.
    """
    values: dict[str, Any] = {}
    for field, value in changes.items():
        if field not in _FIELDS:
            raise UnknownFieldError(field)
        values[field] = _FIELDS[field](provision, field, value)
    return replace(provision, coder=coder, confidence=1.0, **values)


def _kind(_line: Provision, field: str, value: object) -> Kind:
    names = [kind.value for kind in Kind]
    if value not in names:
        raise BadValueError(field, value, names)
    return Kind(value)


def _force(_line: Provision, field: str, value: object) -> int:
    for force in FORCES:
        if str(value) == str(force):
            return force
    raise BadValueError(field, value, "Use 4 binding, 3 firm, 2 intended or 1 exploratory.")


def values_in(value: object) -> tuple[str, ...]:
    """Return the values of a field with several: a list of texts, or one text with ";" between them."""
    given = value.split(";") if isinstance(value, str) else value
    if not isinstance(given, list | tuple):
        return ()
    return tuple(dict.fromkeys(one.strip() for one in given if isinstance(one, str) and one.strip()))


def _values(_line: Provision, field: str, value: object) -> tuple[str, ...]:
    texts = isinstance(value, list | tuple) and all(isinstance(one, str) for one in value)
    if not texts and not isinstance(value, str):
        raise BadValueError(field, value, 'Give a list of texts, or one text with ";" between the values.')
    return values_in(value)


def _text(_line: Provision, field: str, value: object) -> str:
    if not isinstance(value, str):
        raise BadValueError(field, value, "Give a text.")
    return value.strip()


def _condition(line: Provision, field: str, value: object) -> str | None:
    return None if value is None else _text(line, field, value) or None


def _deadline(line: Provision, field: str, value: object) -> Deadline | None:
    """Return a deadline given as the object of the interchange format, or as a date alone."""
    if not value:
        return None
    old = line.deadline
    if isinstance(value, str):
        value = {"text": old.text if old else "", "kind": old.kind.value if old else "by", "date": value}
    if not isinstance(value, Mapping):
        raise BadValueError(field, value, "Give a date (2026-03-31) or an object with text, kind and date.")
    words = str(value.get("text", ""))
    place = line.quote.exact.find(words) if words else -1
    return Deadline(
        text=words,
        kind=_deadline_kind("deadline.kind", value.get("kind", "by")),
        date=_date("deadline.date", value.get("date")),
        every=value.get("every") or None,
        event=str(value.get("event", "")),
        start=line.start + place if place >= 0 else -1,
    )


def _deadline_kind(field: str, value: object) -> DeadlineKind:
    names = [kind.value for kind in DeadlineKind]
    if value not in names:
        raise BadValueError(field, value, names)
    return DeadlineKind(value)


def _date(field: str, value: object) -> date | None:
    if not value:
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise BadValueError(field, value, "Write dates as 2026-03-31.") from None


def _meant(value: str, allowed: Sequence[str]) -> str:
    """Return a remedy that names the nearest allowed value, or all of them."""
    close = difflib.get_close_matches(value, allowed, n=1)
    if close:
        return f"Did you mean `{close[0]}`?"
    return f"Use one of: {', '.join(allowed)}."


_FIELDS: Mapping[str, Callable[[Provision, str, object], Any]] = {
    "kind": _kind,
    "force": _force,
    "actors": _values,
    "counterparties": _values,
    "aim": _text,
    "object": _text,
    "technologies": _values,
    "instruments": _values,
    "deadline": _deadline,
    "conditions": _condition,
}
