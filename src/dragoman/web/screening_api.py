"""Screening for programs: parties against the lists in use, in the JSON of the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from dragoman.model import PartyKind
from dragoman.model.screen_format import status_to_row
from dragoman.screening import FILE_FORMATS, PartyRow, made_party, parties_of_json, write_screenings
from dragoman.web.access import Store
from dragoman.web.export import begun
from dragoman.web.rows import ProblemDocument

router = APIRouter(tags=["screening"])

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
    403: {"model": ProblemDocument, "description": "another site's page asks"},
    413: {"model": ProblemDocument, "description": "the body is too large"},
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

    parties: list[dict[str, Any] | str] = Field(
        min_length=1,
        max_length=MOST,
        description="names, or objects with the fields of a file of parties",
        examples=[["Bramblewick Aviation", {"name": "桐槭精密机械", "country": "CN"}]],
    )
    keep: bool = Field(default=False, description="whether monitoring screens the parties again")


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
