"""Obstacles in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dragoman.model.docket import Obstacle
from dragoman.model.procedure import Need, Procedure
from dragoman.wording import Catalogue


def sentence_of(obstacle: Obstacle, procedure: Procedure, texts: Catalogue) -> str:
    """Return an obstacle as a sentence in the language of a catalogue."""
    key = obstacle.reason or str(obstacle.need).replace(" ", "_")
    if obstacle.need is Need.SEATS:
        key = "seat_objects" if len(obstacle.values) > 1 else "seat_silent"
    return texts.text(f"docket.obstacle.{key.replace(' ', '_')}", what=_named(obstacle, procedure, texts))


def _named(obstacle: Obstacle, procedure: Procedure, texts: Catalogue) -> str:
    words = _WORDS.get(obstacle.reason or str(obstacle.need), _as_it_is)
    return texts.text("word.between").join(words(one, procedure, texts) for one in obstacle.values)


def _as_it_is(value: str, procedure: Procedure, texts: Catalogue) -> str:  # noqa: ARG001 - one shape for all
    return value


def _stage(value: str, procedure: Procedure, texts: Catalogue) -> str:
    return procedure.stages[value].title.text(texts.language.value)


def _role(value: str, procedure: Procedure, texts: Catalogue) -> str:  # noqa: ARG001 - one shape for all
    return texts.text(f"docket.role.{value}")


def _seat(value: str, procedure: Procedure, texts: Catalogue) -> str:
    titles = {seat.name: seat.title.text(texts.language.value) for seat in procedure.seats}
    return titles.get(value) or texts.text(f"docket.position.{value.replace(' ', '_')}")


def _result(value: str, procedure: Procedure, texts: Catalogue) -> str:  # noqa: ARG001 - one shape for all
    return texts.text(f"result.{value}")


def _clock(value: str, procedure: Procedure, texts: Catalogue) -> str:
    return procedure.clocks[value].title.text(texts.language.value)


def _field(value: str, procedure: Procedure, texts: Catalogue) -> str:  # noqa: ARG001 - one shape for all
    return texts.text(f"docket.field.{value}")


_WORDS: Mapping[str, Callable[[str, Procedure, Catalogue], str]] = {
    "stage": _stage,
    "role": _role,
    "seat": _seat,
    Need.SEATS: _seat,
    Need.NO_RESULT: _result,
    Need.CLOCK_OVER: _clock,
    Need.FIELDS: _field,
}
