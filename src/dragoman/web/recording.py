"""What a form of tracking states: an event, a piece of evidence, a decision on one, a verdict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from starlette.datastructures import FormData

from dragoman.model import (
    Assessment,
    Candidate,
    Completion,
    Event,
    Evidence,
    EvidenceState,
    Stage,
    Stance,
    UsageError,
)
from dragoman.web.decision import word

Choice = TypeVar("Choice", bound=StrEnum)

SCORES: Mapping[str, int | None] = {"-1": -1, "0": 0, "1": 1, "n/a": None}
"""Scores as a form sends them."""
SCOPES = ("line", "document", "all")
"""Whose deadlines an event resolves: of the line alone, of its document, of all that name it."""


class WrongFieldError(UsageError):
    """A field of a form does not make sense."""

    http_status = 422

    def __init__(self, value: str, meant: str) -> None:
        super().__init__(f"“{value}” is no {meant}.", "Correct the field and send the form again.")


class MissingFieldError(UsageError):
    """A field of a form is empty that must not be."""

    http_status = 422

    def __init__(self, meant: str) -> None:
        super().__init__(f"The form needs a {meant}.", "Fill it in and send the form again.")


class NoSuchPassageError(UsageError):
    """A passage that was not found, or is not held any more."""

    http_status = 409

    def __init__(self, page: str) -> None:
        super().__init__(f"No such passage of `{page}` is at hand by now.", "Look for evidence again.")


def day_of(form: FormData, name: str) -> date | None:
    """Return a day of a form, None where it is empty. Raises WrongFieldError."""
    value = word(form, name)
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as fault:
        raise WrongFieldError(value, "day") from fault


def needed_day(form: FormData, name: str) -> date:
    """Return a day of a form. Raises WrongFieldError, MissingFieldError."""
    found = day_of(form, name)
    if found is None:
        raise MissingFieldError(name)
    return found


def choice_of(form: FormData, name: str, values: type[Choice]) -> Choice | None:
    """Return a value of a list, None where nothing is chosen. Raises WrongFieldError."""
    value = word(form, name)
    if not value:
        return None
    if value not in {one.value for one in values}:
        raise WrongFieldError(value, name)
    return values(value)


def whole_of(form: FormData, name: str, default: int) -> int:
    """Return a whole number of a form. Raises WrongFieldError."""
    value = word(form, name)
    if not value:
        return default
    if not (value.isascii() and value.isdigit() and len(value) < 10):  # noqa: PLR2004 - far beyond any text
        raise WrongFieldError(value, "whole number")
    return int(value)


def event_of(form: FormData, provision: str) -> Event:
    """Return the event that a form states. Raises WrongFieldError, MissingFieldError."""
    scope = word(form, "scope") or "document"
    if scope not in SCOPES:
        raise WrongFieldError(scope, "scope of an event")
    doc = provision.rpartition(":")[0]
    return Event(
        name=word(form, "event"),
        day=needed_day(form, "day"),
        doc="" if scope == "all" else doc,
        source=word(form, "source"),
        provisions=(provision,) if scope == "line" else (),
        reason=word(form, "reason"),
    )


def by_hand(form: FormData, provision: str) -> Evidence:
    """Return the evidence that a person gives, accepted. Raises WrongFieldError."""
    return Evidence(
        id="",
        provision=provision,
        stance=choice_of(form, "stance", Stance) or Stance.SUPPORTS,
        state=EvidenceState.ACCEPTED,
        quote=word(form, "quote"),
        page=word(form, "page"),
        address=word(form, "address"),
        day=day_of(form, "day"),
        stage=choice_of(form, "stage", Stage),
        by_party=word(form, "by_party"),
        note=word(form, "reason"),
        instance=whole_of(form, "instance", 0),
    )


def chosen_of(form: FormData, candidates: Iterable[Candidate]) -> Candidate:
    """Return the candidate that a form is about; its words are what was found, not the form's.

    Raises:
        NoSuchPassageError: it is not among those that were found.
        WrongFieldError: a place that is none.
    """
    place = (word(form, "page"), whole_of(form, "start", 0), whole_of(form, "end", 0))
    found = next((one for one in candidates if (one.page, one.start, one.end) == place), None)
    if found is None:
        raise NoSuchPassageError(place[0])
    return found


def changes_of(form: FormData) -> dict[str, Any]:
    """Return what a decision on evidence confirms: only fields that the form has. Raises WrongFieldError."""
    stance = choice_of(form, "stance", Stance)
    return {
        **({"stance": stance} if stance else {}),
        **({"stage": choice_of(form, "stage", Stage)} if "stage" in form else {}),
        **({"by_party": word(form, "by_party")} if "by_party" in form else {}),
        **({"day": day_of(form, "day")} if "day" in form else {}),
        **({"instance": whole_of(form, "instance", 0)} if "instance" in form else {}),
    }


def verdict_of(form: FormData, provision: str, today: date) -> Assessment:
    """Return the verdict that a form states. Raises WrongFieldError, MissingFieldError."""
    field = "score"
    score = word(form, field)
    if not score:
        raise MissingFieldError(field)
    if score not in SCORES:
        raise WrongFieldError(score, field)
    return Assessment(
        provision=provision,
        score=SCORES[score],
        author=word(form, "author"),
        as_of=day_of(form, "as_of") or today,
        party=word(form, "party"),
        completion=choice_of(form, "completion", Completion),
        guideline=word(form, "guideline"),
        reviewer=word(form, "reviewer"),
        reason=word(form, "reason"),
    )
