"""The JSON API of the register of actors."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from dragoman.model.actor import card_to_row, proposal_to_row, step_to_row
from dragoman.web import rows
from dragoman.web.access import Store
from dragoman.web.actors import ActorFilter
from dragoman.web.api import MISSING

router = APIRouter(
    prefix="/api",
    tags=["actors"],
    responses={
        400: {"model": rows.ProblemDocument, "description": "the call makes no sense"},
        421: {"model": rows.ProblemDocument, "description": "asked for under a foreign host name"},
        422: {"model": rows.ProblemDocument, "description": "a parameter is wrong"},
        **MISSING,
    },
)


@router.get("/actors")
def get_actors(workspace: Store, chosen: Annotated[ActorFilter, Query()]) -> dict[str, Any]:
    """Return the actors one of whose names holds a text."""
    found = workspace.actor_register.find(chosen.text, chosen.type)
    shown = found[chosen.offset : chosen.offset + chosen.limit]
    return {"total": len(found), "actors": [card_to_row(one) for one in shown]}


@router.get("/actors/proposals")
def get_proposals(workspace: Store) -> list[dict[str, Any]]:
    """Return what the texts propose."""
    return [proposal_to_row(one) for one in workspace.actor_register.propose()]


@router.get("/actors/a/{name}")
def get_actor(workspace: Store, name: str) -> dict[str, Any]:
    """Return an actor by any of its names, with its memberships and the changes made to it."""
    card = workspace.actor_register.card(name)
    steps = workspace.actor_register.history(card.name)
    return {**card_to_row(card), "steps": [step_to_row(one) for one in steps]}
