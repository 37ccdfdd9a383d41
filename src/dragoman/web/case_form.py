"""A case in a form: the case so far travels in the page itself, so that nothing is kept that nobody saved.

Fields are named after what they state: `fact:NAME`, `member:LIST:NUMBER:NAME`, `add:LIST`; `none` names
lists that are empty, `drop` what goes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData

from dragoman.model import CheckReport, FactSchema, FactType, Missing, Template, UsageError

RawCase = dict[str, Any]
"""A case as its file would hold it: template, title, facts, and a list of members for each collection."""

CASE = "case"
QUESTIONS = 6
"""Questions that are shown at once: more would not be read, and the next depend on these."""

_COMMAS = re.compile("[,，、;；]")

SETS = frozenset({FactType.CHOICES, FactType.COUNTRIES})


class BrokenCaseError(UsageError):
    """The case that the page carried is not readable."""

    http_status = 422

    def __init__(self) -> None:
        super().__init__(
            "The case in this page cannot be read.", "Start again from the case file, or with an empty form."
        )


@dataclass(frozen=True, slots=True)
class Question:
    """One fact to ask for.

    Attributes:
        field: name of the form field.
        schema: what is asked.
        subject: the member it is about; "" for the case.
        settles: how many open findings it can still change.
    """

    field: str
    schema: FactSchema
    subject: str
    settles: int


def case_of(form: FormData, template: str, schemas: Mapping[str, FactSchema]) -> RawCase:
    """Return the case that a form holds after the edits made in it. Raises BrokenCaseError."""
    raw = _carried(form, template)
    for name, values in _fields(form).items():
        what, *path = name.split(":")
        if what == "fact" and len(path) == 1:
            _set(raw["facts"], path[0], values, schemas)
        elif what == "member" and len(path) == 3:  # noqa: PLR2004 - list, number, fact
            _set(_member(raw, path[0], path[1]), path[2], values, schemas)
        elif what == "add" and len(path) == 1 and values[0].strip():
            raw.setdefault(path[0], []).append({"name": values[0].strip()})
    for empty in form.getlist("none"):
        raw.setdefault(str(empty), [])
    for dropped in form.getlist("drop"):
        _drop(raw, str(dropped).split(":"))
    if title := str(form.get("title", "")).strip():
        raw["title"] = title
    if as_of := str(form.get("as_of", "")).strip():
        raw["as_of"] = as_of
    return raw


def _carried(form: FormData, template: str) -> RawCase:
    text = str(form.get(CASE, "")).strip()
    try:
        raw = json.loads(text) if text else {}
    except json.JSONDecodeError as fault:
        raise BrokenCaseError from fault
    if not isinstance(raw, dict) or not isinstance(raw.setdefault("facts", {}), dict):
        raise BrokenCaseError
    return {"template": template, **raw}


def _fields(form: FormData) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if isinstance(value, str):
            found.setdefault(name, []).append(value)
    return found


def _member(raw: RawCase, collection: str, number: str) -> dict[str, Any]:
    members = raw.get(collection)
    if not isinstance(members, list) or not number.isdigit() or int(number) >= len(members):
        raise BrokenCaseError
    member = members[int(number)]
    if not isinstance(member, dict):
        raise BrokenCaseError
    return member


def _set(facts: dict[str, Any], name: str, values: Sequence[str], schemas: Mapping[str, FactSchema]) -> None:
    """Set a fact from the words of a form; a field left empty states nothing."""
    schema = schemas.get(name)
    pieces = [part for value in values for part in _COMMAS.split(value)] if _is_list(schema) else values
    given = [piece.strip() for piece in pieces if piece.strip()]
    if given:
        facts[name] = given if schema and schema.type in SETS else _value(given[0], schema)


def _is_list(schema: FactSchema | None) -> bool:
    return schema is not None and schema.type is FactType.COUNTRIES


def _value(text: str, schema: FactSchema | None) -> object:
    if schema is None:
        return text
    if schema.type is FactType.BOOLEAN:
        return {"yes": True, "no": False}.get(text, text)
    if schema.type in {FactType.NUMBER, FactType.INTEGER}:
        return _number(text)
    return text


def _number(text: str) -> object:
    """Return a number; what is none stays text, so that the reader of cases says what is wrong with it."""
    plain = text.replace(",", "")
    try:
        return int(plain)
    except ValueError:
        try:
            return float(plain)
        except ValueError:
            return text


def _drop(raw: RawCase, path: Sequence[str]) -> None:
    match path:
        case ["fact", name]:
            raw["facts"].pop(name, None)
        case ["member", collection, number, name]:
            _member(raw, collection, number).pop(name, None)
        case ["member", collection, number]:
            _member(raw, collection, number)
            del raw[collection][int(number)]
        case ["list", collection]:
            raw.pop(collection, None)
        case _:
            raise BrokenCaseError


def as_bytes(raw: RawCase) -> bytes:
    """Return a case as the bytes of a JSON file."""
    return json.dumps(raw, ensure_ascii=False).encode()


def subject_field(missing: Missing) -> str:
    """Return the name of the form field for a missing fact."""
    if not missing.subject:
        return f"fact:{missing.fact}"
    collection, _, rest = missing.subject.partition("[")
    return f"member:{collection}:{rest.partition(']')[0]}:{missing.fact}"


def questions_of(
    report: CheckReport, schemas: Mapping[str, FactSchema], limit: int = QUESTIONS
) -> tuple[Question, ...]:
    """Return the facts to ask for next: only those that can still matter, the one that settles most first."""
    asked = [missing for missing in report.ask if missing.fact in schemas]
    return tuple(
        Question(subject_field(missing), schemas[missing.fact], missing.subject, _settles(report, missing))
        for missing in asked[:limit]
    )


def _settles(report: CheckReport, missing: Missing) -> int:
    return sum(
        any(other.fact == missing.fact and other.subject == missing.subject for other in finding.missing)
        for finding in report.findings
        if finding.counted
    )


def named_schemas(template: Template, schemas: Iterable[FactSchema]) -> tuple[FactSchema, ...]:
    """Return the facts of the case itself that a template's form shows first, in its order."""
    by_name = {schema.name: schema for schema in schemas}
    return tuple(by_name[name] for name in template.facts if name in by_name)
