"""Accounts in the browser: one's own with its tokens, and, for who keeps them, all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from dragoman.model import DragomanError, NotFoundError
from dragoman.model.access import Scope
from dragoman.model.docket import Person
from dragoman.model.procedure import Role
from dragoman.web.access import Store
from dragoman.web.decision import word
from dragoman.web.docket import person_of
from dragoman.web.render import render
from dragoman.web.sign_in import SignInNeededError
from dragoman.workspace import Workspace

router = APIRouter(include_in_schema=False)


class NoSuchFormError(NotFoundError):
    """A form is sent to an address that does nothing."""

    def __init__(self, what: str) -> None:
        super().__init__(f"Nothing of the kind “{what}” is done to an account.", "Use the forms of the page.")


def signed_in(request: Request) -> Person:
    """Return who is signed in. Raises SignInNeededError."""
    person = person_of(request)
    if person is None:
        raise SignInNeededError
    return person


def text_of(form: FormData, name: str) -> str:
    """Return a field as it was typed: a password keeps its blanks."""
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def _own(
    request: Request, workspace: Workspace, extra: Mapping[str, object] | None = None, status: int = 200
) -> Response:
    person = signed_in(request)
    context = {"person": person, "tokens": workspace.accounts.tokens(person.account), "refusal": None, "fresh": ""}
    return render(request, "account.html", {**context, **(extra or {})}, status=status)


@router.get("/account")
def own_page(request: Request, workspace: Store) -> Response:
    """Show one's own account and its tokens."""
    return _own(request, workspace)


@router.post("/account/{what}")
async def own_form(request: Request, workspace: Store, what: str) -> Response:
    """Change one's password, add a token or take one back."""
    async with request.form() as form:
        return await run_in_threadpool(_own_done, request, workspace, what, form)


def _own_done(request: Request, workspace: Workspace, what: str, form: FormData) -> Response:
    name = signed_in(request).account
    accounts = workspace.accounts
    try:
        if what == "password":
            accounts.change_own_password(name, text_of(form, "old"), text_of(form, "new"))
            return RedirectResponse("/login", 303)
        if what == "token":
            scopes = [Scope.READ, Scope.WRITE] if word(form, "write") else [Scope.READ]
            _, text = accounts.add_token(name, word(form, "for"), scopes, by=name)
            return _own(request, workspace, {"fresh": text})
        if what == "revoke":
            accounts.revoke_token(word(form, "token"), name, owner=name)
            return RedirectResponse("/account", 303)
    except DragomanError as refusal:
        return _own(request, workspace, {"refusal": refusal}, refusal.http_status)
    raise NoSuchFormError(what)


def _all(request: Request, workspace: Workspace, refusal: DragomanError | None = None) -> Response:
    context = {"accounts": workspace.accounts.accounts(), "roles": tuple(Role), "refusal": refusal}
    return render(request, "accounts.html", context, status=refusal.http_status if refusal else 200)


@router.get("/accounts")
def all_page(request: Request, workspace: Store) -> Response:
    """Show all accounts."""
    return _all(request, workspace)


@router.post("/accounts/{what}")
async def all_form(request: Request, workspace: Store, what: str) -> Response:
    """Add, change, close or open an account, or set its password."""
    async with request.form() as form:
        return await run_in_threadpool(_all_done, request, workspace, what, form)


def _all_done(request: Request, workspace: Workspace, what: str, form: FormData) -> Response:
    if what not in ACTS:
        raise NoSuchFormError(what)
    try:
        ACTS[what](workspace, word(form, "name"), form, signed_in(request).account)
    except DragomanError as refusal:
        return _all(request, workspace, refusal)
    return RedirectResponse("/accounts", 303)


def _roles(form: FormData) -> list[Role]:
    return [role for role in Role if role.value in form.getlist("role")]


def _given(form: FormData) -> dict[str, Any]:
    return {"seat": word(form, "seat"), "organisation": word(form, "organisation")}


def _open(workspace: Workspace, name: str, form: FormData, by: str) -> None:  # noqa: ARG001 - one shape for all
    workspace.accounts.change(name, active=True, by=by)
    workspace.accounts.unlock(name, by)


ACTS: Mapping[str, Callable[[Workspace, str, FormData, str], object]] = {
    "add": lambda workspace, name, form, by: workspace.accounts.add(
        name, text_of(form, "password"), _roles(form), by=by, **_given(form)
    ),
    "change": lambda workspace, name, form, by: workspace.accounts.change(
        name, roles=_roles(form), by=by, **_given(form)
    ),
    "password": lambda workspace, name, form, by: workspace.accounts.set_password(
        name, text_of(form, "password"), by
    ),
    "close": lambda workspace, name, form, by: workspace.accounts.change(name, active=False, by=by),  # noqa: ARG005
    "open": _open,
}
"""What the forms of the page of accounts do."""
