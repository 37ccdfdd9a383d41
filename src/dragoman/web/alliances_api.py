"""The JSON API of alliances: cells, network and sentences, in the rows that the command line prints."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query, Request
from pydantic import Field

from dragoman.model.alliance_format import alliances_to_row, network_to_row, tie_to_row
from dragoman.model.briefing import briefing_to_row
from dragoman.web import rows
from dragoman.web.access import Store
from dragoman.web.alliances import MOST, AllianceFilter, AllianceQuery, NetworkQuery, now_drawn
from dragoman.web.briefing import BriefingFilter, now_made
from dragoman.web.endpoint import CONFLICT, MISSING, endpoints

router = endpoints("alliances", "", {**MISSING, **CONFLICT})


class CellsQuery(AllianceQuery):
    """Parameters of the cells."""

    sentences: int = Field(
        default=MOST, ge=0, le=2000, description="sentences that a cell lists; its `count` is of all"
    )


class CellQuery(AllianceQuery):
    """Parameters of the sentences of a square."""

    first: str = Field(max_length=200, description="canonical name that the row begins with")
    second: str = Field(default="", max_length=200, description="the other name; all partners")
    column: str = Field(default="", max_length=80, description="technology, instrument or layer; all")
    limit: int = Field(default=MOST, ge=1, le=2000, description="sentences to return")


def _filter(chosen: AllianceQuery) -> AllianceFilter:
    return AllianceFilter(**chosen.model_dump(exclude={"first", "second", "column", "limit", "sentences"}))


@router.get("/alliances")
def get_alliances(request: Request, workspace: Store, chosen: Annotated[CellsQuery, Query()]) -> dict[str, Any]:
    """Return who works with whom: cells with their first sentences, timeline and map."""
    found = now_drawn(request, workspace, _filter(chosen), chosen.sentences).found
    return {
        **alliances_to_row(found),
        "problems": [rows.problem_row(one).model_dump(mode="json") for one in found.problems],
    }


@router.get("/alliances/network")
def get_network(request: Request, workspace: Store, chosen: Annotated[NetworkQuery, Query()]) -> dict[str, Any]:
    """Return the network with communities and centralities."""
    return network_to_row(now_drawn(request, workspace, _filter(chosen)).network)


@router.get("/alliances/sentences")
def get_sentences(request: Request, workspace: Store, chosen: Annotated[CellQuery, Query()]) -> dict[str, Any]:
    """Return the sentences behind a square of the matrix."""
    now_drawn(request, workspace, _filter(chosen))
    pair = (chosen.first, chosen.second)
    found = workspace.mapping.opened(chosen.request(), pair, chosen.column, chosen.limit)
    return {"total": found.total, "sentences": [{**tie_to_row(tie), "text": text} for tie, text in found.ties]}


@router.get("/alliances/briefing")
def get_briefing(request: Request, workspace: Store, chosen: Annotated[BriefingFilter, Query()]) -> dict[str, Any]:
    """Return the briefing on an actor, or on a pair."""
    return briefing_to_row(now_made(request, workspace, chosen))
