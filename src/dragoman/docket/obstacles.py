"""What keeps a case from moving, and a person from moving it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dragoman.docket.clocks import read_clock
from dragoman.docket.watch import failing_conditions
from dragoman.model.docket import DocketCase, Obstacle, Person, Position
from dragoman.model.procedure import Move, Need, Procedure, Requirement, Role

CONSENT = (Position.CONCUR, Position.NO_OBJECTION)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a requirement is asked of.

    Attributes:
        procedure, case: as they stand.
        fields: what the move states.
        as_of: the day.
    """

    procedure: Procedure
    case: DocketCase
    fields: Mapping[str, Any]
    as_of: date


def obstacles(
    procedure: Procedure, case: DocketCase, move: str, person: Person, fields: Mapping[str, Any], as_of: date
) -> tuple[Obstacle, ...]:
    """Return what keeps a person from taking a move on a day; nothing where the move may be taken.

    Args:
        procedure: of the case.
        case: as it stands.
        move: name of a move of the procedure.
        person: who wants to take it.
        fields: what the move states; those it must state are asked for.
        as_of: the day.

    Raises:
        KeyError: the procedure has no such move.
    """
    way = procedure.moves[move]
    asked = Asked(procedure, case, fields, as_of)
    required = (*way.needs, Requirement(Need.FIELDS, way.fields))
    holds = (one for requirement in required for one in CHECKS[requirement.need](asked, requirement))
    return (*_people(way, case, person), *holds)


def possible_moves(procedure: Procedure, case: DocketCase, person: Person) -> tuple[str, ...]:
    """Return the moves that lead on from where a case stands and that a person may take once all holds."""
    return tuple(name for name, move in procedure.moves.items() if not any(_people(move, case, person)))


def _people(move: Move, case: DocketCase, person: Person) -> Iterator[Obstacle]:
    if case.stage not in move.sources:
        yield Obstacle(None, move.sources, "stage")
    roles = person.roles & set(move.roles)
    if not roles:
        yield Obstacle(None, tuple(move.roles), "role")
    elif move.seats and roles == {Role.AGENCY} and person.seat not in move.seats:
        yield Obstacle(None, move.seats, "seat")
    elif roles == {Role.APPLICANT} and not owns(person, case):
        yield Obstacle(None, (), "own case")


def owns(person: Person, case: DocketCase) -> bool:
    """Return whether a case is a person's own: submitted by the account or by its organisation."""
    return person.account == case.applicant or (
        bool(person.organisation) and person.organisation == case.organisation
    )


def _no_result(asked: Asked, need: Requirement) -> Iterator[Obstacle]:
    open_results = tuple(one for one in need.values if asked.case.results.get(one, 0))
    if open_results:
        yield Obstacle(need.need, open_results)


def _no_advised(asked: Asked, need: Requirement) -> Iterator[Obstacle]:
    found = (rule for result in need.values for rule in asked.case.advised.get(result, ()))
    held = tuple(rule for rule in found if _is_asked_for(rule, need))
    if held:
        yield Obstacle(need.need, held)


def _is_asked_for(rule: str, need: Requirement) -> bool:
    pack, _, name = rule.partition("/")
    return (not need.packs or pack in need.packs) and name not in need.besides


def _checked(asked: Asked, need: Requirement) -> Iterator[Obstacle]:
    if asked.case.checked != asked.case.version:
        yield Obstacle(need.need, (str(asked.case.version),))


def _screened(asked: Asked, need: Requirement) -> Iterator[Obstacle]:
    if asked.case.screened != asked.case.version:
        yield Obstacle(need.need, (str(asked.case.version),))
    elif asked.case.open_hits:
        yield Obstacle(need.need, asked.case.open_hits)


def _seats(asked: Asked, need: Requirement) -> Iterator[Obstacle]:
    said = {one.seat: one.position for one in asked.case.positions}
    clock = asked.procedure.clocks.get(need.clock)
    over = clock is not None and read_clock(clock, asked.case, asked.as_of).over
    for seat in asked.procedure.seats:
        position = said.get(seat.name)
        if position is Position.OBJECT:
            yield Obstacle(need.need, (seat.name, position))
        elif position not in CONSENT and not over:
            yield Obstacle(need.need, (seat.name,))


def _answered(asked: Asked, need: Requirement) -> Iterator[Obstacle]:
    still = tuple(str(one.act) for one in asked.case.requests if one.answered is None)
    if still:
        yield Obstacle(need.need, still)


def _clock_over(asked: Asked, need: Requirement) -> Iterator[Obstacle]:
    if not read_clock(asked.procedure.clocks[need.clock], asked.case, asked.as_of).over:
        yield Obstacle(need.need, (need.clock,))


def _fields(asked: Asked, need: Requirement) -> Iterator[Obstacle]:
    missing = tuple(one for one in need.values if asked.fields.get(one) in (None, "", (), []))
    if missing:
        yield Obstacle(need.need, missing)


def _reported(asked: Asked, need: Requirement) -> Iterator[Obstacle]:
    failing = tuple(str(one.act) for one in failing_conditions(asked.case, asked.as_of))
    if failing:
        yield Obstacle(need.need, failing)


CHECKS: Mapping[Need, Callable[[Asked, Requirement], Iterator[Obstacle]]] = {
    Need.NO_RESULT: _no_result,
    Need.NO_ADVISED: _no_advised,
    Need.CHECKED: _checked,
    Need.SCREENED: _screened,
    Need.SEATS: _seats,
    Need.ANSWERED: _answered,
    Need.CLOCK_OVER: _clock_over,
    Need.FIELDS: _fields,
    Need.REPORTED: _reported,
}
