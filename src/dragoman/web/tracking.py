"""Tracking in the browser: the due board, the page of a commitment, scores, the review of delivery."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse, StreamingResponse
from markupsafe import Markup
from pydantic import BeforeValidator, Field
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from dragoman.delivery import REVIEW_FORMATS, Lines, MadeReview, ReviewFormat
from dragoman.exchange import csv_of, xlsx_of
from dragoman.model import DragomanError, DueState, Language, NotFoundError
from dragoman.model.track_format import board_row_to_row, mean_text, score_text
from dragoman.report import Block, Chart
from dragoman.report.calendar import MEDIA_TYPE, calendar_of
from dragoman.report.charts import svg_of
from dragoman.report.delivery_words import pressing, speaker_of
from dragoman.web.access import Store, names_for
from dragoman.web.board import PAGE, BoardFilter, rows_of, shared_query, view_of
from dragoman.web.commitment import RECORDS, Recorder, context_of, recorded
from dragoman.web.export import begun
from dragoman.web.filtering import Addressed, Day, blank_to_none
from dragoman.web.language import language_of
from dragoman.web.offering import offered
from dragoman.web.render import remember_reviewer, render
from dragoman.web.timeline import WIDTH, timeline_of
from dragoman.workspace import Workspace

router = APIRouter(include_in_schema=False)

BoardFormat = Literal["csv", "xlsx", "ics"]
BOARD_FORMATS: dict[BoardFormat, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ics": MEDIA_TYPE,
}
"""Downloads of a board with their media types."""
MOST_PICTURES = 64
"""Charts of reviews that are held."""
MOST_PROBLEMS = 30
"""Kinds of problem that a board lists."""


class NoSuchRecordError(NotFoundError):
    """A form is sent to an address that records nothing."""

    def __init__(self, what: str) -> None:
        super().__init__(f"Nothing of the kind “{what}” is recorded.", "Use the forms of the page.")


@router.get("/track")
def board_page(request: Request, workspace: Store, chosen: Annotated[BoardFilter, Query()]) -> Response:
    """Show what is due as of a day, as a table and as a timeline."""
    view = view_of(workspace.tracking, chosen)
    names = names_for(request, workspace)
    shown = tuple(islice(view.rows, chosen.offset, chosen.offset + chosen.limit))
    context = {
        "chosen": chosen,
        "shared": shared_query(chosen.document, chosen.as_of),
        "view": view,
        "board": view.board,
        "rows": shown,
        "timeline": timeline_of(view.rows, view.board.as_of),
        "width": WIDTH,
        "documents": offered(workspace, chosen.document),
        "due_states": tuple(DueState),
        "names": names,
        "say": speaker_of(language_of(request), names),
        "pressing": pressing,
        "formats": tuple(BOARD_FORMATS),
        "most_problems": MOST_PROBLEMS,
    }
    return render(request, "track.html", context)


@router.get("/track/export/{form}")
def export_board(
    request: Request, workspace: Store, form: BoardFormat, chosen: Annotated[BoardFilter, Query()]
) -> Response:
    """Return all lines that a filter leaves as a file; `offset` and `limit` do not count."""
    pieces = begun(_board_bytes(request, workspace, form, chosen))
    headers = {"content-disposition": f'attachment; filename="board.{form}"'}
    return StreamingResponse(pieces, media_type=BOARD_FORMATS[form], headers=headers)


def _board_bytes(
    request: Request, workspace: Workspace, form: BoardFormat, chosen: BoardFilter
) -> Iterator[bytes]:
    board = workspace.tracking.board(chosen.query(), chosen.as_of)
    rows = rows_of(board, chosen)
    if form == "ics":
        titles = list(dict.fromkeys(row.title for row in rows))
        names = names_for(request, workspace)
        yield calendar_of(replace(board, rows=rows), " · ".join(titles[:3]), language_of(request), names)
    elif form == "csv":
        yield from csv_of(map(board_row_to_row, rows))
    else:
        yield from xlsx_of(map(board_row_to_row, rows), "board")


class ScoresFilter(Addressed):
    """Parameters of the page of scores."""

    document: str = Field(default="", description="slug of a document; all")
    as_of: Day = Field(default=None, description="day up to which verdicts count; today")


@router.get("/track/scores")
def scores_page(request: Request, workspace: Store, chosen: Annotated[ScoresFilter, Query()]) -> Response:
    """Show compliance scores, their means by commitment, party, pillar and technology, and how they are taken."""
    scores = workspace.tracking.scores(chosen.document or None, chosen.as_of)
    shown = scores.commitments[chosen.offset : chosen.offset + PAGE]
    names = names_for(request, workspace)
    context = {
        "chosen": chosen,
        "shared": shared_query((chosen.document,), chosen.as_of),
        "scores": scores,
        "commitments": tuple((figure, workspace.provision(figure.name)) for figure in shown),
        "size": PAGE,
        "documents": offered(workspace, (chosen.document,)),
        "names": names,
        "mean_text": mean_text,
    }
    return render(request, "track_scores.html", context)


class ReviewFilter(Addressed):
    """Parameters of the review of delivery."""

    document: str = Field(default="", description="slug of the document")
    as_of: Day = Field(default=None, description="day of the review; today")
    since: Day = Field(default=None, description="day of the saved report to compare with")
    language: Annotated[Language | None, BeforeValidator(blank_to_none)] = Field(
        default=None, description="language of the review; that of the page"
    )
    lines: Annotated[Lines | None, BeforeValidator(blank_to_none)] = Field(
        default=None, description="language of the lines it follows, or all; the document's main language"
    )


def _reviewed(request: Request, workspace: Workspace, chosen: ReviewFilter, form: ReviewFormat) -> MadeReview:
    language = chosen.language or language_of(request)
    return workspace.delivery.review(
        chosen.document, chosen.as_of, language=language, form=form, since=chosen.since, lines=chosen.lines
    )


def _drawn(block: Block) -> tuple[str, Block, Markup | None]:
    """Return a block with its kind, and the picture where it is a chart that can be drawn."""
    svg = _picture(json.dumps(block.spec, sort_keys=True)) if isinstance(block, Chart) else None
    return type(block).__name__, block, Markup(svg) if svg else None  # noqa: S704 - only what draws is left in it


@lru_cache(maxsize=MOST_PICTURES)
def _picture(spec: str) -> str | None:
    """Return a chart as SVG; the same figures are drawn once, since drawing takes longer than all the rest."""
    return svg_of(json.loads(spec))


@router.get("/track/report")
def review_page(request: Request, workspace: Store, chosen: Annotated[ReviewFilter, Query()]) -> Response:
    """Show the review of a document's delivery as it would be written."""
    made = _reviewed(request, workspace, chosen, "html") if chosen.document else None
    saved = workspace.tracking.snapshots(chosen.document) if chosen.document else ()
    context = {
        "chosen": chosen,
        "shared": shared_query((chosen.document,), chosen.as_of),
        "report": made.report if made else None,
        "blocks": tuple(map(_drawn, made.report.blocks)) if made else (),
        "saved": tuple(dict.fromkeys(one.as_of for one in saved)),
        "documents": offered(workspace, (chosen.document,)),
        "formats": tuple(REVIEW_FORMATS),
        "today": workspace.tracking.today(),
    }
    return render(request, "track_report.html", context)


@router.get("/track/report/{form}")
def export_review(
    request: Request, workspace: Store, form: ReviewFormat, chosen: Annotated[ReviewFilter, Query()]
) -> Response:
    """Return the review of a document's delivery, or the calendar of its deadlines, as a file."""
    data = _reviewed(request, workspace, chosen, form).write(form)
    headers = {"content-disposition": f'attachment; filename="review.{form}"'}
    return Response(data, media_type=REVIEW_FORMATS[form], headers=headers)


@router.get("/track/c/{identifier:path}")
def commitment_page(request: Request, workspace: Store, identifier: str, as_of: Day = None) -> Response:
    """Show one commitment: sentence, days, evidence, verdicts, history."""
    context = {**context_of(request, workspace, identifier, as_of), "refusal": None, "typed": {}}
    return _commitment(request, context)


def _commitment(request: Request, context: dict[str, Any], status: int = 200) -> Response:
    return render(request, "track_commitment.html", {**context, "score_text": score_text}, status=status)


def _recorded(request: Request, workspace: Workspace, identifier: str, what: str, form: FormData) -> Response:
    recorder = Recorder(request, workspace, identifier, form)
    outcome = recorded(recorder, what)
    if isinstance(outcome, DragomanError):
        context = context_of(request, workspace, identifier, _day_of(form))
        typed = {name: value for name, value in form.items() if isinstance(value, str)}
        return _commitment(
            request, {**context, "refusal": outcome, "typed": {**typed, "form": what}}, outcome.http_status
        )
    response = RedirectResponse(outcome, 303)
    if recorder.by:
        remember_reviewer(response, recorder.by)
    return response


def _day_of(form: FormData) -> date | None:
    """Return the day for which the page was shown; a broken one is today."""
    try:
        return date.fromisoformat(str(form.get("at", "")))
    except ValueError:
        return None


@router.post("/track/c/{identifier:path}/{what}")
async def record(request: Request, workspace: Store, identifier: str, what: str) -> Response:
    """Record an event, evidence, a decision on it, or a verdict."""
    if what not in RECORDS:
        raise NoSuchRecordError(what)
    async with request.form() as form:
        return await run_in_threadpool(_recorded, request, workspace, identifier, what, form)
