"""Who sees a case and who may act on it, from `data/docket/rights.yaml`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from dragoman.docket.obstacles import owns
from dragoman.lexicon import load_pack
from dragoman.model.docket import Act, ActKind, DocketCase, Obstacle, Person, Sight
from dragoman.model.procedure import Procedure, Role, Stage

PACK = "docket/rights.yaml"
OFFICE = "office"
"""Of a comment: for the office alone."""
SEES_ALL = frozenset({Role.DESK, Role.DECIDER, Role.AUDITOR})


def sight_of(person: Person, procedures: Iterable[Procedure]) -> Sight:
    """Return which cases a person sees.

    The desk, deciders and auditors see all; an agency those of procedures with its seat once they were before
    the seats; an applicant its own.
    """
    if person.roles & SEES_ALL:
        return Sight(everything=True)
    seated = Role.AGENCY in person.roles and person.seat
    named = tuple(one.name for one in procedures if seated and person.seat in {seat.name for seat in one.seats})
    applies = Role.APPLICANT in person.roles
    return Sight(
        account=person.account if applies else "",
        organisation=person.organisation if applies else "",
        procedures=named,
    )


def may(procedure: Procedure, case: DocketCase | None, kind: ActKind, person: Person) -> tuple[Obstacle, ...]:
    """Return what keeps a person from an act on a case; nothing where it is allowed.

    Args:
        procedure: of the case.
        case: as it stands; None for a case that is being submitted.
        kind: of the act.
        person: who wants to act.
    """
    right = _rights()[kind]
    roles = {Role(role) for role in right["roles"]} & person.roles
    if not roles:
        return (Obstacle(None, tuple(right["roles"]), "role"),)
    if case is None:
        return ()
    return tuple(_hindrances(procedure, case, right.get("while", ""), person, roles))


def sees_inner(person: Person) -> bool:
    """Return whether a person is shown what is the office's own: positions, hits, items, its comments."""
    return bool(person.roles - {Role.APPLICANT, Role.ADMIN})


def own_acts(acts: Iterable[Act], person: Person) -> tuple[Act, ...]:
    """Return the acts of a case that a person is shown: an applicant does not see what is the office's own."""
    if sees_inner(person):
        return tuple(acts)
    inner = {ActKind(kind) for kind in load_pack(PACK)["inner"]}
    return tuple(act for act in acts if act.kind not in inner and act.payload.get("for") != OFFICE)


def _hindrances(
    procedure: Procedure, case: DocketCase, when: str, person: Person, roles: set[Role]
) -> Iterator[Obstacle]:
    if roles == {Role.APPLICANT} and not owns(person, case):
        yield Obstacle(None, (), "own case")
    if roles == {Role.AGENCY} and person.seat not in {seat.name for seat in procedure.seats}:
        yield Obstacle(None, tuple(seat.name for seat in procedure.seats), "seat")
    if not _fits(when, procedure.stages[case.stage]):
        fitting = tuple(name for name, stage in procedure.stages.items() if _fits(when, stage))
        yield Obstacle(None, fitting, "stage")


def _fits(when: str, stage: Stage) -> bool:
    """Return whether a state is one in which an act is allowed: "" any, "open" one that is not final."""
    return {
        "": True,
        "open": not stage.final,
        "consulted": stage.consulted,
        "approved": stage.approved,
    }[when]


@cache
def _rights() -> Mapping[ActKind, Mapping[str, Any]]:
    return {ActKind(kind): right for kind, right in load_pack(PACK)["acts"].items()}
