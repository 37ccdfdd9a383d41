"""A reviewer's decision as a form sends it, and what it changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from starlette.datastructures import FormData

from dragoman.model import Entry, Provision, ReviewState, UsageError
from dragoman.model.interchange import deadline_to_row, provision_to_row

WORDS = ("aim", "object")
LISTS = ("actors", "counterparties")
TAGS = ("technologies", "instruments")
DEADLINE = ("text", "kind", "date", "every", "event")


class FormError(UsageError):
    """A field of the review form does not make sense."""

    http_status = 422

    field: ClassVar[str]

    def __init__(self, value: str) -> None:
        super().__init__(f"“{value}” is no {self.field}.", "Choose one of the values of the form.")


class StateError(FormError):
    """A form names a review state that does not exist."""

    field = "review state"


class ForceError(FormError):
    """A form names a force that does not exist."""

    field = "force"


class ReviewerError(UsageError):
    """A decision comes without the name of who decides."""

    http_status = 422

    def __init__(self) -> None:
        super().__init__("A decision needs the name of its reviewer.", "Fill in your name and decide again.")


def word(form: FormData, name: str) -> str:
    """Return a field of a form as text, without white space around it."""
    value = form.get(name, "")
    return value.strip() if isinstance(value, str) else ""


def _many(form: FormData, name: str) -> list[str]:
    """Return the values of a field, each of its lines being one."""
    lines = [line.strip() for value in form.getlist(name) if isinstance(value, str) for line in value.splitlines()]
    return list(dict.fromkeys(line for line in lines if line))


def state_of(value: str) -> ReviewState:
    """Return a review state by its name. Raises StateError."""
    if value not in {state.value for state in ReviewState}:
        raise StateError(value)
    return ReviewState(value)


def expected_of(form: FormData) -> ReviewState | None:
    """Return the state that the reviewer saw, None where the form does not say."""
    value = word(form, "expected")
    return state_of(value) if value else None


def reviewer_of(form: FormData) -> str:
    """Return who decides. Raises ReviewerError."""
    reviewer = word(form, "reviewer")
    if not reviewer:
        raise ReviewerError
    return reviewer


def _deadline(form: FormData) -> dict[str, Any] | None:
    given = {name: word(form, f"deadline_{name}") for name in DEADLINE}
    return {name: value for name, value in given.items() if value} if given["text"] else None


def _force(form: FormData) -> int:
    value = word(form, "force")
    if value not in {"1", "2", "3", "4"}:
        raise ForceError(value)
    return int(value)


def proposed(form: FormData) -> dict[str, Any]:
    """Return every field of the form under its name of the interchange format."""
    return {
        "kind": word(form, "kind"),
        "force": _force(form),
        **{name: word(form, name) for name in WORDS},
        **{name: _many(form, name) for name in (*LISTS, *TAGS)},
        "deadline": _deadline(form),
        "conditions": word(form, "conditions") or None,
    }


def _same(name: str, new: object, old: object) -> bool:
    if name in TAGS and isinstance(new, list) and isinstance(old, list):
        return sorted(new) == sorted(old)
    return new == old


def changes(form: FormData, provision: Provision) -> Mapping[str, Any]:
    """Return the fields in which a form differs from a provision, with the form's values."""
    old = {**provision_to_row(provision), "deadline": deadline_to_row(provision.deadline)}
    return {name: new for name, new in proposed(form).items() if not _same(name, new, old[name])}


def changes_for(state: ReviewState, form: FormData, entry: Entry) -> Mapping[str, Any] | None:
    """Return what a decision changes: something for an edit only."""
    return changes(form, entry.provision) if state is ReviewState.EDITED else None
