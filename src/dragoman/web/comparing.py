"""Comparing in the browser: the lineage of a series as a river of statements, its redlines, and corrections."""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from dragoman.comparing import SUBJECT_LABELS, about
from dragoman.model import DragomanError, NotFoundError
from dragoman.model.lineage import Lineage, LineageLabel
from dragoman.model.lineage_format import lineage_to_row
from dragoman.report import FORMATS
from dragoman.web.access import Store, names_for
from dragoman.web.alluvial import alluvial_of
from dragoman.web.computed import once
from dragoman.web.filtering import Names
from dragoman.web.language import language_of
from dragoman.web.offering import offered
from dragoman.web.redline import corrected, link_of
from dragoman.web.render import remember_reviewer, remembered_reviewer, render
from dragoman.web.river import RiverFilter, change_of, mark_of, river_of
from dragoman.workspace import Workspace

router = APIRouter(include_in_schema=False)

LineageFormat = Literal["html", "docx", "md", "jsonl"]
LINEAGE_FORMATS: dict[LineageFormat, str] = {
    "html": FORMATS["html"],
    "docx": FORMATS["docx"],
    "md": FORMATS["md"],
    "jsonl": "application/jsonl; charset=utf-8",
}
"""Downloads of a lineage with their media types."""
FEWEST = 2
"""Texts from which on there is something to compare."""


class NoTextsError(NotFoundError):
    """A page on a series that names none."""

    def __init__(self) -> None:
        super().__init__("No texts are named to be compared.", "Choose them on the page of lineage.")


def lineage_for(
    request: Request, workspace: Workspace, documents: Sequence[str], *, hurried: bool = False
) -> Lineage | None:
    """Return the lineage of a series, computed once; None where it is not ready in time.

    Raises:
        NotFoundError: no such document.
    """
    known = workspace.titles(documents)
    for slug in documents:
        if slug not in known:  # no name is taken for a file
            workspace.document(slug)
    key = ("lineage", tuple(documents))
    return once(request, key, lambda: workspace.comparing.lineage(documents), hurried=hurried)


def the_lineage(request: Request, workspace: Workspace, documents: Sequence[str]) -> Lineage:
    """Return the lineage of a series, however long it takes. Raises NotFoundError."""
    found = lineage_for(request, workspace, documents) if documents else None
    if found is None:
        raise NoTextsError
    return found


def line_path(identifier: str, documents: Sequence[str], **further: str) -> str:
    """Return the address of a line beside its predecessor."""
    pairs = [*(("document", slug) for slug in documents), *further.items()]
    return f"/compare/line/{quote(identifier, safe=':')}?{urlencode(pairs)}"


@router.get("/compare")
def compare_page(request: Request, workspace: Store, chosen: Annotated[RiverFilter, Query()]) -> Response:
    """Show the lineage of a series as a river of statements, or the texts to choose from."""
    shared = {
        "chosen": chosen,
        "documents": offered(workspace, chosen.document),
        "shared": shared_query(chosen.document),
    }
    lineage = lineage_for(request, workspace, chosen.document, hurried=True) if chosen.document else None
    if chosen.document and lineage is None:
        again = chosen.address(offset=chosen.offset)
        return render(request, "compare_wait.html", {"tab": "lineage", "again": again})
    if lineage is None or len(lineage.texts) < FEWEST:
        return render(request, "compare.html", {**shared, "problems": lineage.problems if lineage else ()})
    river = river_of(lineage, chosen)
    context = {
        **shared,
        "lineage": lineage,
        "river": river,
        "threads": river.threads[chosen.offset : chosen.offset + chosen.limit],
        "picture": alluvial_of(lineage) if chosen.picture == "on" else None,
        "labels": tuple(LineageLabel),
        "label_of": {label.value: label for label in LineageLabel},
        "formats": tuple(LINEAGE_FORMATS),
        "mark_of": mark_of,
        "change_of": change_of,
        "line_path": line_path,
    }
    return render(request, "compare_river.html", context)


def shared_query(documents: Sequence[str]) -> str:
    """Return what the views of comparing have in common, as it stands in an address: the documents."""
    return "?" + urlencode([("document", slug) for slug in documents]) if documents else ""


@router.get("/compare/export/{form}")
def export_lineage(
    request: Request, workspace: Store, form: LineageFormat, chosen: Annotated[RiverFilter, Query()]
) -> Response:
    """Return the lineage of a series as a file; of the filter, technologies and instruments count."""
    topics = (*chosen.technology, *chosen.instrument)
    lineage = about(the_lineage(request, workspace, chosen.document), topics)
    language = language_of(request)
    if form == "jsonl":
        lines = [line for line in lineage.lines if line.dropped_in or not line.first]
        rows = (json.dumps(lineage_to_row(line), ensure_ascii=False) + "\n" for line in lines)
        data = "".join(rows).encode("utf-8", "replace")
    else:
        again = ["dragoman", "compare", *chosen.document, *(part for tag in topics for part in ("--topic", tag))]
        command = shlex.join([*again, "--format", form, "--language", language.value])
        data = workspace.comparing.written(lineage, form, language, command)
    headers = {"content-disposition": f'attachment; filename="lineage.{form}"'}
    return Response(data, media_type=LINEAGE_FORMATS[form], headers=headers)


class LineFilter(BaseModel):
    """Parameters of the page of a line."""

    document: Names = Field(default=[], description="slugs of the series")
    origin: str = Field(default="", description="id of the predecessor to show; the most alike one")
    find: str = Field(default="", max_length=500, description="words of an earlier statement")


@router.get("/compare/line/{identifier:path}")
def line_page(
    request: Request, workspace: Store, identifier: str, chosen: Annotated[LineFilter, Query()]
) -> Response:
    """Show a line beside its predecessor, with what may be set right."""
    return _line(request, workspace, identifier, chosen)


@dataclass(frozen=True, slots=True)
class Refused:
    """A correction that was not kept, and why."""

    why: DragomanError
    form: FormData


def _line(
    request: Request, workspace: Workspace, identifier: str, chosen: LineFilter, refused: Refused | None = None
) -> Response:
    lineage = the_lineage(request, workspace, chosen.document)
    link = link_of(workspace.comparing, lineage, identifier, chosen.origin, chosen.find)
    typed = refused.form if refused else FormData()
    context: dict[str, Any] = {
        "link": link,
        "chosen": chosen,
        "shared": shared_query(chosen.document),
        "labels": SUBJECT_LABELS,
        "names": names_for(request, workspace),
        "mark_of": mark_of,
        "line_path": line_path,
        "titles": {text.document.slug: text.document.title for text in lineage.texts},
        "refusal": refused.why if refused else None,
        "typed": typed,
        "picked": typed.getlist("ancestor"),
        "by": str(typed.get("by", remembered_reviewer(request))),
    }
    status = refused.why.http_status if refused else 200
    return render(request, "compare_line.html", context, status=status)


@router.post("/compare/line/{identifier:path}")
async def correct_line(request: Request, workspace: Store, identifier: str) -> Response:
    """Keep what a person says of a line and its predecessors."""
    async with request.form() as form:
        return await run_in_threadpool(_corrected, request, workspace, identifier, form)


def _corrected(request: Request, workspace: Workspace, identifier: str, form: FormData) -> Response:
    chosen = LineFilter(document=[value for value in form.getlist("document") if isinstance(value, str)])
    try:
        person = corrected(workspace.comparing, identifier, form)
    except DragomanError as why:
        return _line(request, workspace, identifier, chosen, Refused(why, form))
    response = RedirectResponse(line_path(identifier, chosen.document) + "#correction", 303)
    remember_reviewer(response, person)
    return response
