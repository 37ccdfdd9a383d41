"""Screening for programs: parties against the lists in use, in the JSON of the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import File, Form, Query, Request, Response, UploadFile
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from dragoman.model import PartyKind, Verdict
from dragoman.model.screen_format import decision_to_row, list_to_row, status_to_row
from dragoman.screening import (
    FILE_FORMATS,
    PartyRow,
    change_to_row,
    difference_to_row,
    history_to_row,
    import_to_row,
    made_party,
    parties_of_json,
    write_screenings,
)
from dragoman.web.access import Store
from dragoman.web.bodies import Said, example, who
from dragoman.web.docket import person_of
from dragoman.web.endpoint import CONFLICT, MISSING, REFUSED, endpoints
from dragoman.web.export import begun
from dragoman.web.paging import Paged, page_of
from dragoman.web.rows import ProblemDocument
from dragoman.web.screening import exported, kept_file

router = endpoints("screening")

MOST = 2_000
"""Parties of one call; more are screened on the command line."""
MOST_HITS = 50
NO_LIST: dict[int | str, dict[str, Any]] = {
    409: {"model": ProblemDocument, "description": "no list was imported yet"},
}
ANSWER: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "one JSON object a line for each party, in the order of the call",
        "content": {FILE_FORMATS["jsonl"]: {"schema": {"type": "string"}}},
    },
    **REFUSED,
    **NO_LIST,
}


class Settings(BaseModel):
    """How parties are screened."""

    threshold: float | None = Field(default=None, ge=0.0, le=1.0, description="score from which a name is a hit")
    limit: int = Field(default=10, ge=1, le=MOST_HITS, description="most hits of a party")
    as_of: date | None = Field(
        default=None, description="day of decisions and of rules on ownership; today if none"
    )


class PartyQuery(Settings):
    """One party; `alias`, `country` and `number` may be repeated."""

    name: str = Field(min_length=1, max_length=1000)
    alias: list[str] = Field(default=[], max_length=50)
    country: list[str] = Field(default=[], max_length=50, description="codes or names")
    kind: PartyKind | None = None
    born: str = Field(default="", max_length=100, description="year or date")
    number: list[str] = Field(default=[], max_length=50, description="passport, registration, IMO numbers")

    def row(self) -> PartyRow:
        """Return the party as that of a file."""

        def given(column: str) -> list[str]:
            value = getattr(self, column) if column in PartyQuery.model_fields else None
            return list(map(str, value if isinstance(value, list) else [value] if value else []))

        return made_party(given, "", 1)


class PartiesBody(Settings):
    """Parties to be screened."""

    model_config = example({"parties": ["Bramblewick Aviation"]})

    parties: list[dict[str, Any] | str] = Field(
        min_length=1,
        max_length=MOST,
        description="names, or objects with the fields of a file of parties",
        examples=[["Bramblewick Aviation", {"name": "桐槭精密机械", "country": "CN"}]],
    )
    keep: bool = Field(default=False, description="whether monitoring screens the parties again")


class HitDecisionBody(Said):
    """A decision on a hit."""

    model_config = example(
        {
            "party": "bramblewick aviation",
            "list": "own",
            "entry": "1",
            "verdict": "cleared",
            "by": "Mara",
            "reason": "another country",
        }
    )

    party: str = Field(max_length=1000, description="key of the party, as a screening has it")
    list: str = Field(max_length=200)
    entry: str = Field(max_length=200)
    verdict: Verdict
    until: date | None = Field(default=None, description="last day on which it holds")
    seen: str = Field(default="", max_length=64, description="hash of the entry as seen; 409 if another by now")


@router.get("/lists")
def list_lists(workspace: Store) -> list[dict[str, Any]]:
    """Return the lists of parties in use with version, day, numbers and age."""
    return [status_to_row(status) for status in workspace.screener().lists()]


@router.get("/screen", responses=NO_LIST)
def screen_party(workspace: Store, asked: Annotated[PartyQuery, Query()]) -> dict[str, Any]:
    """Screen one party; it is not screened again by monitoring."""
    (line,) = screened(workspace, [asked.row()], asked, keep=False)
    answer: dict[str, Any] = json.loads(line)
    return answer


@router.post("/screen", responses=ANSWER, response_class=StreamingResponse)
def screen_parties(workspace: Store, body: PartiesBody) -> StreamingResponse:
    """Screen parties, an object a line as `dragoman screen --format jsonl` has it; a bad one is a line too."""
    rows = list(parties_of_json(body.parties))
    return StreamingResponse(
        begun(screened(workspace, rows, body, keep=body.keep)), media_type=FILE_FORMATS["jsonl"]
    )


def screened(workspace: Store, rows: list[PartyRow], asked: Settings, *, keep: bool) -> Iterator[bytes]:
    """Yield the line of JSON of each party."""
    found = workspace.screener().screen_rows(rows, asked.as_of, asked.threshold, asked.limit, keep=keep)
    return write_screenings(found, "jsonl")


@router.post("/screen/export/{form}", responses={**ANSWER, 200: {"content": {}}}, response_class=Response)
def export_screening(
    request: Request, workspace: Store, form: Literal["jsonl", "csv", "xlsx", "docx", "html"], body: PartiesBody
) -> Response:
    """Screen parties and return a table or a report; nothing is kept."""
    del workspace
    return exported(request, tuple(parties_of_json(body.parties)), form)


@router.get("/screen/history")
def get_party(workspace: Store, party: Annotated[str, Query(min_length=1, max_length=1000)]) -> dict[str, Any]:
    """Return every decision on a party and what monitoring found for it, oldest first."""
    return history_to_row(workspace.screener().history(party))


@router.post("/screen/decisions", responses={**MISSING, **REFUSED, **CONFLICT})
def decide_hit(request: Request, workspace: Store, body: HitDecisionBody) -> dict[str, Any]:
    """Confirm or clear a hit."""
    made = workspace.screener().decide(
        body.party,
        (body.list, body.entry),
        body.verdict,
        reviewer=who(request, body.by),
        reason=body.reason,
        until=body.until,
        seen=body.seen,
    )
    return decision_to_row(made)


@router.post("/lists", responses={**REFUSED, **CONFLICT})
def import_list(
    request: Request,
    workspace: Store,
    file: Annotated[UploadFile, File(description="the publisher's file")],
    form: Annotated[str, Form(max_length=40, description="us-csl, ofac, ... plain; told by its content")] = "",
    name: Annotated[str, Form(max_length=200, description="name of the list; its form")] = "",
    accept: Annotated[bool, Form(description="take it even if it lacks much of the version before")] = False,  # noqa: FBT002
) -> dict[str, Any]:
    """Import a list; a faulty file changes nothing, and `problems` say why."""
    with kept_file(file) as path:
        outcome = workspace.screener().import_list(
            path, form or None, name or None, accept=accept, source=file.filename or "upload"
        )
    if outcome.taken:
        workspace.jobs(person_of(request)).queue_screening()
    return import_to_row(outcome)


@router.post("/lists/monitor", responses={**REFUSED, **NO_LIST})
def monitor(workspace: Store) -> list[dict[str, Any]]:
    """Screen the known parties again and return only what changed."""
    return [change_to_row(one) for one in workspace.screener().monitor()]


@router.get("/lists/{name}", responses=MISSING)
def get_difference(workspace: Store, name: str) -> dict[str, Any]:
    """Return what the version in use of a list changed."""
    return difference_to_row(workspace.screener().difference(name))


@router.get("/lists/{name}/versions", responses=MISSING)
def list_versions(
    request: Request, response: Response, workspace: Store, name: str, asked: Annotated[Paged, Query()]
) -> list[dict[str, Any]]:
    """Return the versions that a list ever had."""
    shown = page_of((request, response), workspace.screener().versions(name), lambda one: one.version, asked)
    return [list_to_row(one) for one in shown]


@router.delete("/lists/{name}", responses={**MISSING, **REFUSED})
def remove_list(workspace: Store, name: str) -> dict[str, Any]:
    """Take a list out of use; that it was there, and the decisions on its entries, stay known."""
    return list_to_row(workspace.screener().remove_list(name))
