"""The JSON API of team coding."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import Query, Request, Response
from pydantic import BaseModel, Field

from dragoman.model.coding import (
    ARBITRATED,
    OWN,
    Submission,
    adopted_to_row,
    agreement_to_row,
    coded_to_row,
    difference_to_row,
    line_to_row,
)
from dragoman.web.bodies import Name, Place, Said, Words, example, who
from dragoman.web.endpoint import CONFLICT, MISSING, REFUSED, endpoints
from dragoman.web.paging import Paged, page_of
from dragoman.web.rows import problem_row
from dragoman.web.team_coding import AgreementFilter, Desk

router = endpoints("coding", "/coding")


class BoardQuery(Paged):
    """Parameters of the list of documents."""

    coder: str = Field(default="", max_length=100, description="only documents of this coder")


class LinesQuery(Paged):
    """Whose lines are asked for."""

    document: str = Field(description="slug")
    coder: str = Field(default=ARBITRATED, max_length=100, description="a coder's name, grammar or arbitrated")


class QueueQuery(Paged):
    """Which differences are asked for."""

    document: str = Field(description="slug")
    all: bool = Field(default=False, description="decided ones too")


class AssignmentBody(Said):
    """Documents that are given to coders, or taken back."""

    model_config = example({"documents": ["accord"], "coders": ["Ana", "Bo"], "by": "Mara", "reason": "round one"})

    documents: list[Name] = Field(min_length=1, max_length=1000)
    coders: list[Name] = Field(min_length=1, max_length=100)
    withdraw: bool = False


class LinesBody(BaseModel):
    """Lines of a coder, as in a file of coded lines; all are kept, or none."""

    model_config = example(
        {"coder": "Ana", "lines": [{"doc": "accord", "start": 0, "end": 9, "kind": "measure", "force": 3}]}
    )

    coder: Name = Field(
        default="", description="who codes; the account that is signed in where there are accounts"
    )
    document: Name = Field(default="", description="slug for lines that name none")
    lines: list[dict[str, Any]] = Field(max_length=100_000)
    replaces: bool = Field(default=False, description="whether the coder's earlier lines on these documents go")
    done: bool = Field(default=False, description="whether the coder has finished these documents")


class StateBody(Said):
    """What becomes of the coding of a document."""

    model_config = example({"document": "accord", "do": "reopen", "coder": "Bo", "by": "Mara", "reason": "a slip"})

    document: Name
    do: Annotated[str, Field(pattern="^(done|open|reopen)$", description="done, open or reopen")]
    coder: Name = Field(default="", description="for done and reopen")


class DecisionBody(Said):
    """A decision on a difference."""

    model_config = example(
        {"key": "accord:0123456789ab", "choice": "Ana", "by": "Uma", "reason": "the modal is firm"}
    )

    key: Name = Field(description="of the difference")
    choice: Name = Field(description="a coder's name, nobody or own")
    changes: dict[str, Any] | None = Field(default=None, description="fields of an own line")
    seen: Words = Field(default="", description="`seen` of the difference that was looked at")
    after: Place | None = Field(default=None, description="number of the last decision seen, 0 for none")


class AdoptionQuery(BaseModel):
    """Which adoption is asked for."""

    document: str = Field(description="slug")
    again: bool = Field(default=False, description="also lines on which a person decided already")


class AdoptionBody(Said):
    """What of the team's coding becomes decisions of the register."""

    model_config = example({"document": "accord", "by": "Mara", "reason": "round one"})

    document: Name
    again: bool = Field(default=False, description="decide also lines on which a person decided already")


@router.get("")
def get_documents(
    request: Request, response: Response, desk: Desk, chosen: Annotated[BoardQuery, Query()]
) -> dict[str, Any]:
    """Return the documents that are coded by a team, with their coders."""
    found = desk.board(chosen.coder)
    shown = page_of((request, response), found, lambda one: one.doc, chosen)
    return {"total": len(found), "documents": [coded_to_row(one) for one in shown]}


@router.post("/assignments", responses={**MISSING, **REFUSED})
def assign(desk: Desk, request: Request, body: AssignmentBody) -> dict[str, Any]:
    """Give documents to coders, or take them back."""
    desk.assign(body.documents, body.coders, by=who(request, body.by), reason=body.reason, withdraw=body.withdraw)
    return {"documents": [coded_to_row(one) for one in desk.board() if one.doc in body.documents]}


@router.get("/lines", responses={**MISSING, **CONFLICT})
def get_lines(
    request: Request, response: Response, desk: Desk, chosen: Annotated[LinesQuery, Query()]
) -> dict[str, Any]:
    """Return the lines of a coder, or what was agreed on; one's own, or those of a document that is not blind."""
    found = desk.lines(chosen.document, chosen.coder)
    shown = page_of((request, response), found, lambda one: f"{one.unit}:{one.line.id}", chosen)
    return {"total": len(found), "lines": [line_to_row(one) for one in shown]}


@router.post("/lines", responses={**MISSING, **CONFLICT, **REFUSED})
def add_lines(desk: Desk, body: LinesBody) -> dict[str, Any]:
    """Keep lines of a coder: all of them, or none where something is wrong."""
    data = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in body.lines).encode("utf-8", "replace")
    found = desk.submit(data, "lines.jsonl", coder=body.coder, document=body.document, replaces=body.replaces)
    for doc in found.documents if body.done and found.kept else ():
        desk.done(doc, coder=body.coder)
    return submission_row(found)


def submission_row(found: Submission) -> dict[str, Any]:
    """Return what became of lines."""
    return {
        "coder": found.coder,
        "kept": found.kept,
        "lines": found.lines,
        "known": found.known,
        "documents": dict(found.documents),
        "problems": [problem_row(one) for one in found.problems],
    }


@router.post("/state", responses={**MISSING, **CONFLICT, **REFUSED})
def set_state(desk: Desk, request: Request, body: StateBody) -> dict[str, Any]:
    """Say that a coder is done, open a document to all, or let a coder go on."""
    by = who(request, body.by)
    if body.do == "done":
        desk.done(body.document, coder=body.coder)
    elif body.do == "open":
        desk.open(body.document, by=by, reason=body.reason)
    else:
        desk.reopen(body.document, body.coder, by=by, reason=body.reason)
    return next(coded_to_row(one) for one in desk.board() if one.doc == body.document)


@router.get("/agreement", responses={**MISSING, **CONFLICT})
def get_agreement(desk: Desk, chosen: Annotated[AgreementFilter, Query()]) -> dict[str, Any]:
    """Return how far the coders agree: Krippendorff's alpha and F1 of spans with bootstrap intervals."""
    docs = [chosen.document] if chosen.document else []
    return agreement_to_row(desk.agreement(docs, seed=chosen.seed, resamples=chosen.resamples))


@router.get("/differences", responses={**MISSING, **CONFLICT})
def get_differences(
    request: Request, response: Response, desk: Desk, chosen: Annotated[QueueQuery, Query()]
) -> dict[str, Any]:
    """Return the units on which the coders of a document differ."""
    found = [one for one in desk.queue(chosen.document) if chosen.all or one.open]
    shown = page_of((request, response), found, lambda one: one.key, chosen)
    return {"total": len(found), "differences": [difference_to_row(one) for one in shown]}


@router.post("/decisions", responses={**MISSING, **CONFLICT, **REFUSED})
def decide(desk: Desk, request: Request, body: DecisionBody) -> dict[str, Any]:
    """Decide a difference; earlier decisions stay in the history."""
    one = desk.decide(
        body.key,
        body.choice,
        by=who(request, body.by),
        reason=body.reason,
        changes=body.changes if body.choice == OWN else None,
        seen=body.seen,
        after=body.after,
    )
    return difference_to_row(one)


@router.get("/adoption", responses={**MISSING, **CONFLICT})
def get_adoption(desk: Desk, chosen: Annotated[AdoptionQuery, Query()]) -> dict[str, Any]:
    """Return what becomes of each line of a document in the register if the team's coding is adopted."""
    return {"lines": [adopted_to_row(one) for one in desk.adoption(chosen.document, again=chosen.again)]}


@router.post("/adoption", responses={**MISSING, **CONFLICT, **REFUSED})
def adopt(desk: Desk, request: Request, body: AdoptionBody) -> dict[str, Any]:
    """Decide on the lines of the register as the team agrees, and return what became of each."""
    found = desk.adopt(body.document, by=who(request, body.by), reason=body.reason, again=body.again)
    return {"lines": [adopted_to_row(one) for one in found]}
