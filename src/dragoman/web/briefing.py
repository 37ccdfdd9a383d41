"""A briefing on an actor or a pair in the browser: printable, with every sentence linked to its place."""

from __future__ import annotations

from shlex import quote
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import Field

from dragoman.model import DragomanError, Language, UsageError
from dragoman.model.alliance import Groups
from dragoman.model.briefing import Briefing, briefing_to_row
from dragoman.report import FORMATS, ReportFormat
from dragoman.report.alliance_words import alliance_words
from dragoman.report.briefing import briefing_words
from dragoman.web.access import Store, names_for
from dragoman.web.alliances import VIEWS, AllianceFilter, NotReadyError
from dragoman.web.computed import once
from dragoman.web.filtering import Addressed, Day
from dragoman.web.language import language_of
from dragoman.web.render import render
from dragoman.web.ties import ready
from dragoman.workspace import Workspace

router = APIRouter(include_in_schema=False)

BriefingFormat = Literal["html", "docx", "md", "json"]


class NobodyNamedError(UsageError):
    """A briefing on nobody."""

    def __init__(self) -> None:
        super().__init__("Nobody is named.", "Give an actor: actor=Japan.")


class BriefingFilter(Addressed):
    """Parameters of a briefing."""

    actor: str = Field(default="", max_length=200, description="by any of its names")
    partner: str = Field(default="", max_length=200, description="the other one; all partners")
    as_of: Day = Field(default=None, description="day of the deadlines; today")
    groups: Groups = Field(default=Groups.AS_NAMED, description="whether groups count as their members")


def briefing_for(
    request: Request, workspace: Workspace, chosen: BriefingFilter, *, hurried: bool = False
) -> Briefing | None:
    """Return a briefing, computed once; None where it is not ready in time. Raises UsageError."""
    if not chosen.actor.strip():
        raise NobodyNamedError
    workspace.mapping.party(chosen.actor.strip())
    if not ready(request, workspace, hurried=hurried):
        return None
    asked = (chosen.actor.strip(), chosen.partner.strip(), chosen.as_of, chosen.groups)
    key = ("briefing", chosen.address(as_of=chosen.as_of or workspace.tracking.today()))
    return once(request, key, lambda: workspace.briefing.make(*asked), hurried=hurried)


@router.get("/alliances/briefing")
def briefing_page(request: Request, workspace: Store, chosen: Annotated[BriefingFilter, Query()]) -> Response:
    """Show the form, and the briefing where somebody is named."""
    context = _form(request, workspace, chosen)
    if not chosen.actor.strip():
        return render(request, "alliances_briefing.html", context)
    try:
        found = briefing_for(request, workspace, chosen, hurried=True)
    except DragomanError as refusal:
        return render(
            request, "alliances_briefing.html", {**context, "refusal": refusal}, status=refusal.http_status
        )
    if found is None:
        return render(request, "alliances_wait.html", {"again": chosen.address()})
    return render(request, "alliances_briefing.html", {**context, "found": found})


def _form(request: Request, workspace: Workspace, chosen: BriefingFilter) -> dict[str, Any]:
    names = names_for(request, workspace)
    language = language_of(request)
    return {
        "chosen": chosen,
        "found": None,
        "refusal": None,
        "names": names,
        "words": alliance_words(language, names),
        "w": briefing_words(language, names),
        "asked": AllianceFilter(actor=chosen.actor, groups=chosen.groups),
        "views": VIEWS,
        "parties": workspace.actor_register.parties(),
        "group_kinds": tuple(Groups),
        "formats": (*FORMATS, "json"),
    }


@router.get("/alliances/briefing/export/{form}")
def export_briefing(
    request: Request, workspace: Store, form: BriefingFormat, chosen: Annotated[BriefingFilter, Query()]
) -> Response:
    """Return a briefing as a file, as the command line writes it."""
    found = now_made(request, workspace, chosen)
    headers = {"content-disposition": f'attachment; filename="briefing.{form}"'}
    if form == "json":
        return JSONResponse(briefing_to_row(found), headers=headers)
    language = language_of(request)
    data = workspace.briefing.written(found, form, language, command_of(found, chosen, form, language))
    return Response(data, media_type=FORMATS[form], headers=headers)


def now_made(request: Request, workspace: Workspace, chosen: BriefingFilter) -> Briefing:
    """Return a briefing, however long it takes. Raises NotReadyError, UsageError."""
    found = briefing_for(request, workspace, chosen)
    if found is None:
        raise NotReadyError
    return found


def command_of(found: Briefing, chosen: BriefingFilter, form: ReportFormat, language: Language) -> str:
    """Return the command that makes the same."""
    names = " ".join(quote(name) for name in (found.actor, found.partner) if name)
    groups = f" --groups {chosen.groups.value}" if chosen.groups is not Groups.AS_NAMED else ""
    ends = f"--as-of {found.as_of} --language {language.value} --format {form}"
    return f"dragoman briefing {names}{groups} {ends}"
