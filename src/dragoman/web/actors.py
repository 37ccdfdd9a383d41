"""The register of actors in the browser: search in both languages, a page for each, changes, proposals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from dragoman.actor_register import ActorBook
from dragoman.model import DragomanError, NotFoundError, UsageError
from dragoman.model.actor import ActorAct, ActorCard, ActorStep, NewActor
from dragoman.report.alliance_words import alliance_words
from dragoman.web.access import Store, names_for
from dragoman.web.alliances import VIEWS, AllianceFilter
from dragoman.web.computed import once
from dragoman.web.decision import word
from dragoman.web.docket import person_of
from dragoman.web.filtering import Addressed
from dragoman.web.language import language_of
from dragoman.web.recording import MissingFieldError, WrongFieldError, day_of
from dragoman.web.render import remember_reviewer, render
from dragoman.workspace import Workspace

router = APIRouter(include_in_schema=False)

PAGE = 50
"""Actors on one page."""
TYPES = ("state", "union", "group", "agency", "office", "body", "firm", "class", "metonym", "seat", "region")
YAML = "application/yaml; charset=utf-8"


class NoSuchChangeError(NotFoundError):
    """A form is sent to an address that changes nothing."""

    def __init__(self, what: str) -> None:
        super().__init__(f"Nothing of the kind “{what}” is done to an actor.", "Use the forms of the page.")


class ActorFilter(Addressed):
    """Parameters of the list of actors."""

    text: str = Field(default="", max_length=200, description="part of a name in either language")
    type: str = Field(default="", max_length=20, description="only this type")
    limit: int = Field(default=PAGE, ge=1, le=500, description="actors to show")


def actor_path(name: str) -> str:
    """Return the address of an actor's page."""
    return f"/actors/a/{quote(name, safe='')}"


def shared(request: Request, workspace: Workspace) -> dict[str, Any]:
    """Return what all these pages need."""
    names = names_for(request, workspace)
    person = person_of(request)
    return {
        "names": names,
        "words": alliance_words(language_of(request), names),
        "asked": AllianceFilter(),
        "views": VIEWS,
        "types": TYPES,
        "refusal": None,
        "typed": {},
        "actor_path": actor_path,
        "account": person.account if person else "",
    }


@router.get("/actors")
def actors_page(request: Request, workspace: Store, chosen: Annotated[ActorFilter, Query()]) -> Response:
    """Show the actors that a search leaves, and the form for a new one."""
    return render(request, "actors.html", _list(request, workspace, chosen))


def _list(request: Request, workspace: Workspace, chosen: ActorFilter) -> dict[str, Any]:
    found = workspace.actor_register.find(chosen.text, chosen.type)
    return {
        **shared(request, workspace),
        "chosen": chosen,
        "found": found[chosen.offset : chosen.offset + chosen.limit],
        "total": len(found),
    }


@router.get("/actors/proposals")
def proposals_page(request: Request, workspace: Store) -> Response:
    """Show what the texts propose."""
    return render(request, "actors_proposals.html", _proposed(request, workspace))


def _proposed(request: Request, workspace: Workspace) -> dict[str, Any]:
    book = workspace.actor_register
    language = language_of(request)
    found = once(request, ("actor proposals",), book.propose) or ()
    return {
        **shared(request, workspace),
        "found": found,
        "why": {(one.kind, one.name): book.why(one, language) for one in found},
    }


@router.get("/actors/export/{form}")
def export_actors(workspace: Store, form: str) -> Response:
    """Return the actors that people changed as YAML, in the form of the data that ships."""
    if form != "yaml":
        raise NoSuchChangeError(form)
    headers = {"content-disposition": 'attachment; filename="actors.yaml"'}
    return Response(workspace.actor_register.export(), media_type=YAML, headers=headers)


@router.get("/actors/a/{name}")
def actor_page(request: Request, workspace: Store, name: str) -> Response:
    """Show an actor with forms for what may be changed."""
    card = workspace.actor_register.card(name)
    if card.name != name:
        return RedirectResponse(actor_path(card.name), 307)
    return render(request, "actor.html", _actor(request, workspace, card))


def _actor(request: Request, workspace: Workspace, card: ActorCard) -> dict[str, Any]:
    book = workspace.actor_register
    return {
        **shared(request, workspace),
        "card": card,
        "former": book.former(card.name),
        "steps": book.history(card.name),
        "parties": book.parties(),
    }


@router.post("/actors")
async def add_actor(request: Request, workspace: Store) -> Response:
    """Add an actor."""
    async with request.form() as form:
        return await run_in_threadpool(_added, request, workspace, form)


def _added(request: Request, workspace: Workspace, form: FormData) -> Response:
    book = workspace.actor_register
    try:
        step = book.add(new_of(book, form), **answered(request, form))
    except UsageError as refusal:
        context = {**_list(request, workspace, ActorFilter()), "refusal": refusal, "typed": dict(form)}
        return render(request, "actors.html", context, status=refusal.http_status)
    return _kept(actor_path(step.actor), step)


@router.post("/actors/proposals")
async def decide_proposal(request: Request, workspace: Store) -> Response:
    """Take up a proposal, or dismiss it."""
    async with request.form() as form:
        return await run_in_threadpool(_decided, request, workspace, form)


def _decided(request: Request, workspace: Workspace, form: FormData) -> Response:
    try:
        step = decided(workspace.actor_register, form, **answered(request, form))
    except UsageError as refusal:
        context = {**_proposed(request, workspace), "refusal": refusal}
        return render(request, "actors_proposals.html", context, status=refusal.http_status)
    return _kept("/actors/proposals", step)


def decided(book: ActorBook, form: FormData, by: str = "", reason: str = "") -> ActorStep:
    """Take up a proposal, or dismiss it, as a form says. Raises UsageError."""
    name = word(form, "about")
    said = {"by": by or word(form, "by"), "reason": reason or word(form, "reason")}
    if word(form, "do") == "dismiss":
        return book.dismiss(word(form, "kind"), name, **said)
    if word(form, "kind") == "merge":
        return book.merge(name, word(form, "into"), **said)
    return book.add(new_of(book, form), **said)


@router.post("/actors/a/{name}/{what}")
async def change_actor(request: Request, workspace: Store, name: str, what: str) -> Response:
    """Change an actor, or take a change back."""
    async with request.form() as form:
        return await run_in_threadpool(_changed, request, workspace, (name, what), form)


def _changed(request: Request, workspace: Workspace, to: tuple[str, str], form: FormData) -> Response:
    name, what = to
    book = workspace.actor_register
    change = CHANGES.get(what)
    if change is None:
        raise NoSuchChangeError(what)
    try:
        step = change(book, name, form, answered(request, form))
    except DragomanError as refusal:
        if name not in book.actors.actors:
            raise
        context = {**_actor(request, workspace, book.card(name)), "refusal": refusal, "typed": dict(form)}
        return render(request, "actor.html", context, status=refusal.http_status)
    now = {ActorAct.RENAME: "to", ActorAct.MERGE: "into"}.get(step.act)
    left = str(step.values[now]) if now else step.actor
    return _kept(actor_path(left) if left in book.actors.actors else "/actors", step)


def _kept(address: str, step: ActorStep) -> Response:
    response = RedirectResponse(address, 303)
    remember_reviewer(response, step.by)
    return response


def answered(request: Request, form: FormData) -> dict[str, str]:
    """Return who makes a change, the account that is signed in or the name of the form, and why."""
    person = person_of(request)
    return {"by": person.account if person else word(form, "by"), "reason": word(form, "reason")}


def listed(form: FormData, name: str) -> tuple[str, ...]:
    """Return the names of a field, which stand apart by ";" or line."""
    text = word(form, name).replace("；", ";").replace("\n", ";")
    return tuple(one.strip() for one in text.split(";") if one.strip())


def new_of(book: ActorBook, form: FormData) -> NewActor:
    """Return the actor that a form describes. Raises UsageError."""
    of = word(form, "of")
    return NewActor(
        name=word(form, "name"),
        type=word(form, "type"),
        of=book.name(of) if of else "",
        en=listed(form, "en"),
        zh=listed(form, "zh"),
    )


def _split(book: ActorBook, name: str, form: FormData, said: Mapping[str, str]) -> ActorStep:
    return book.split(name, new_of(book, form), by=said["by"], reason=said["reason"])


def _rename(book: ActorBook, name: str, form: FormData, said: Mapping[str, str]) -> ActorStep:
    return book.rename(name, word(form, "to"), by=said["by"], reason=said["reason"])


def _names(book: ActorBook, name: str, form: FormData, said: Mapping[str, str]) -> ActorStep:
    names = (listed(form, "en"), listed(form, "zh"))
    return book.give_names(name, *names, by=said["by"], reason=said["reason"])


def _merge(book: ActorBook, name: str, form: FormData, said: Mapping[str, str]) -> ActorStep:
    return book.merge(name, word(form, "into"), by=said["by"], reason=said["reason"])


def _member(book: ActorBook, name: str, form: FormData, said: Mapping[str, str]) -> ActorStep:
    if not (other := word(form, "other")):
        field = "group or member"
        raise MissingFieldError(field)
    pair = (name, other) if word(form, "as") == "group" else (other, name)
    days = (day_of(form, "since"), day_of(form, "until"))
    return book.set_member(*pair, *days, by=said["by"], reason=said["reason"])


def _withdraw(book: ActorBook, name: str, form: FormData, said: Mapping[str, str]) -> ActorStep:
    del name
    number = word(form, "step")
    if not number.isdecimal():
        raise WrongFieldError(number, "number of a step")
    return book.withdraw(int(number), by=said["by"], reason=said["reason"])


CHANGES: Mapping[str, Callable[[ActorBook, str, FormData, Mapping[str, str]], ActorStep]] = {
    "rename": _rename,
    "names": _names,
    "merge": _merge,
    "split": _split,
    "member": _member,
    "withdraw": _withdraw,
}
"""What the forms of an actor's page do."""
