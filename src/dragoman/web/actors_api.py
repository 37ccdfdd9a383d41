"""The JSON API of the register of actors."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import Query, Request, Response
from pydantic import Field
from starlette.datastructures import FormData

from dragoman.model.actor import card_to_row, proposal_to_row, step_to_row
from dragoman.web.access import Store
from dragoman.web.actors import CHANGES, ActorFilter, NoSuchChangeError, decided, new_of
from dragoman.web.bodies import Name, Said, example, who
from dragoman.web.computed import once
from dragoman.web.decision import word
from dragoman.web.endpoint import CHANGED, MISSING, REFUSED, Seen, endpoints
from dragoman.web.paging import Paged, page_of
from dragoman.workspace import Workspace

router = endpoints("actors")


class ActorQuery(ActorFilter):
    """Parameters of the list of actors."""

    cursor: str = Field(default="", max_length=2000, description="where the page before ended, from its `Link`")


class ActorBody(Said):
    """An actor that is added, or what is changed of one; each change needs some of the fields."""

    model_config = example({"name": "Harbour Office", "type": "office", "by": "Mara", "reason": "named often"})

    name: Name | None = Field(default=None, description="canonical name, of a new actor")
    type: Name | None = None
    of: Name | None = Field(default=None, description="the actor that it belongs to")
    en: list[Name] | None = Field(default=None, max_length=50, description="names in English")
    zh: list[Name] | None = Field(default=None, max_length=50, description="names in Chinese")
    to: Name | None = Field(default=None, description="for `rename`")
    into: Name | None = Field(default=None, description="for `merge`")
    other: Name | None = Field(default=None, description="for `member`: the group or the member")
    role: Literal["group", "member"] | None = Field(default=None, description="for `member`: what the actor is")
    since: date | None = None
    until: date | None = None
    step: Annotated[int, Field(ge=1, le=999_999_999)] | None = Field(default=None, description="for `withdraw`")

    def sent(self, request: Request) -> FormData:
        """Return it as the form of the page, where names stand apart by ";"."""
        lists = {name: ";".join(getattr(self, name) or ()) for name in ("en", "zh")}
        role = {"as": self.role} if self.role else {}
        plain = self.model_copy(update={"en": None, "zh": None, "role": None, "by": None})
        return plain.form(**lists, **role, by=who(request, self.by))


class ProposalBody(ActorBody):
    """What is done with a proposal."""

    model_config = example({"do": "dismiss", "kind": "new", "about": "Harbour", "by": "Mara", "reason": "a place"})

    do: Literal["take", "dismiss"]
    kind: Name
    about: Name = Field(description="the name that the proposal is about")


@router.get("/actors")
def get_actors(
    request: Request, response: Response, workspace: Store, chosen: Annotated[ActorQuery, Query()]
) -> dict[str, Any]:
    """Return the actors one of whose names holds a text, those first that most lines name."""
    found = workspace.actor_register.find(chosen.text, chosen.type)
    shown = page_of((request, response), found, lambda one: one.name, chosen)
    return {"total": len(found), "actors": [card_to_row(one) for one in shown]}


@router.post("/actors", responses={**MISSING, **REFUSED})
def add_actor(request: Request, workspace: Store, body: ActorBody) -> dict[str, Any]:
    """Add an actor."""
    book, form = workspace.actor_register, body.sent(request)
    step = book.add(new_of(book, form), by=word(form, "by"), reason=body.reason)
    return actor_row(workspace, step.actor)


@router.get("/actors/proposals")
def get_proposals(
    request: Request, response: Response, workspace: Store, asked: Annotated[Paged, Query()]
) -> list[dict[str, Any]]:
    """Return what the texts propose."""
    found = once(request, ("actor proposals",), workspace.actor_register.propose) or ()
    shown = page_of((request, response), found, lambda one: (one.kind, one.name), asked)
    return [proposal_to_row(one) for one in shown]


@router.post("/actors/proposals", responses={**MISSING, **REFUSED})
def decide_proposal(request: Request, workspace: Store, body: ProposalBody) -> dict[str, Any]:
    """Take up a proposal, or dismiss it."""
    return step_to_row(decided(workspace.actor_register, body.sent(request)))


@router.get("/actors/a/{name}", responses=MISSING)
def get_actor(workspace: Store, name: str) -> dict[str, Any]:
    """Return an actor by any of its names, with its memberships and the changes made to it."""
    return actor_row(workspace, name)


def actor_row(workspace: Workspace, name: str) -> dict[str, Any]:
    """Return an actor as JSON. Raises NotFoundError."""
    card = workspace.actor_register.card(name)
    steps = workspace.actor_register.history(card.name)
    return {**card_to_row(card), "steps": [step_to_row(one) for one in steps]}


@router.post("/actors/a/{name}/{change}", responses={**MISSING, **REFUSED, **CHANGED})
def change_actor(
    request: Request, workspace: Store, name: str, change: str, body: ActorBody, seen: Seen
) -> dict[str, Any]:
    """Change an actor and return the step: rename, names, merge, split, member, or withdraw a step."""
    if change not in CHANGES:
        raise NoSuchChangeError(change)
    form = body.sent(request)
    said = {"by": word(form, "by"), "reason": body.reason}
    with seen.kept(workspace, f"actor {name}", lambda: actor_row(workspace, name)):
        return step_to_row(CHANGES[change](workspace.actor_register, name, form, said))
