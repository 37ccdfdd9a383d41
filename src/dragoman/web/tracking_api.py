"""Tracking for programs: the due board, what is known of a commitment, records of it, scores, watches."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import Depends, Query, Request, Response
from pydantic import Field

from dragoman.model import Completion, EvidenceState, Stage, Stance
from dragoman.model.corpus_format import candidate_to_row
from dragoman.model.interchange import entry_to_row
from dragoman.model.track_format import (
    assessment_to_row,
    board_row_to_row,
    board_to_row,
    event_to_row,
    evidence_to_row,
    scores_to_row,
    search_to_row,
    status_to_row,
    step_to_row,
)
from dragoman.model.watch import sighting_to_row, watch_to_row
from dragoman.web.access import Store
from dragoman.web.board import MOST_LINES, BoardFilter, rows_of
from dragoman.web.bodies import FormBody, Name, Place, Said, Words, example, who
from dragoman.web.commitment import RECORDS, Recorder, bears_on, finds_of, row_or_none, undecided
from dragoman.web.endpoint import CHANGED, MISSING, REFUSED, Precondition, Seen, endpoints
from dragoman.web.filtering import Day
from dragoman.web.paging import PAGE, Paged, page_of
from dragoman.web.watching import WatchFilter, seen_by
from dragoman.workspace import Workspace

router = endpoints("tracking")


class BoardQuery(BoardFilter):
    """Parameters of the board."""

    cursor: str = Field(default="", max_length=2000, description="where the page before ended, from its `Link`")


class ScoresQuery(Paged):
    """Parameters of the scores."""

    document: str = Field(default="", description="slug of a document; all")
    as_of: Day = Field(default=None, description="day up to which verdicts count; today")


class SightingQuery(WatchFilter):
    """Parameters of what was seen."""

    cursor: str = Field(default="", max_length=2000, description="where the page before ended, from its `Link`")
    limit: int = Field(default=PAGE, ge=1, le=500, description="how many are returned")


class EventBody(Said):
    """Something that happened, on which deadlines wait."""

    model_config = example({"event": "entry into force", "day": "2026-03-01", "by": "Mara"})

    event: Name
    day: date
    scope: Literal["line", "document", "all"] = Field(
        default="document", description="whose deadlines wait for it"
    )
    source: Words = ""


class NoEventBody(Said):
    """An event that is taken back."""

    model_config = example({"id": "e1", "by": "Mara", "reason": "another one"})

    id: Name


class EvidenceBody(Said):
    """A passage or link that a person gives as evidence; it is accepted with that."""

    model_config = example(
        {
            "stance": "supports",
            "quote": "The office has opened.",
            "address": "https://example.org/news",
            "day": "2026-04-02",
            "by": "Mara",
        }
    )

    stance: Stance = Stance.SUPPORTS
    stage: Stage | None = None
    quote: Words = ""
    page: Words = Field(default="", description="slug of a document or name of a page of the corpus")
    address: Words = ""
    day: date | None = None
    by_party: Name = ""
    instance: Place = Field(default=0, description="which instance of a repeated duty; 0 for all")


class DecisionBody(Said):
    """A decision on a piece of evidence."""

    model_config = example({"id": "v1", "state": "rejected", "by": "Mara", "reason": "another office"})

    id: Name
    state: EvidenceState
    expected: EvidenceState | None = Field(default=None, description="the state seen; 409 if it is another by now")
    stance: Stance | None = None
    stage: Stage | None = None
    day: date | None = None
    by_party: Name | None = None
    instance: Place | None = None


class FoundBody(Said):
    """A passage that a search found, kept with a decision on it; its words are those that were found."""

    model_config = example(
        {"page": "sample-statement-2026", "start": 0, "end": 80, "state": "accepted", "by": "Mara"}
    )

    page: Words
    start: Place
    end: Place
    state: EvidenceState
    stance: Stance | None = None
    stage: Stage | None = None
    day: date | None = None
    by_party: Name | None = None
    instance: Place | None = None


class VerdictBody(FormBody):
    """A verdict on delivery."""

    model_config = example({"score": "0", "author": "Mara", "reason": "begun, not done"})

    score: Literal["-1", "0", "1", "n/a"]
    author: Name
    reviewer: Name = Field(default="", description="somebody else than the author")
    as_of: date | None = None
    party: Name = ""
    completion: Completion | None = None
    guideline: Words = ""
    reason: Words = ""


@router.get("/track", responses=MISSING)
def get_board(
    request: Request, response: Response, workspace: Store, chosen: Annotated[BoardQuery, Query()]
) -> dict[str, Any]:
    """Return what is due as of a day, overdue first; the summary counts all that the filter leaves.

    Of a register with more than 50,000 such lines, the 1,000 nearest to the day; `problems` say so.
    """
    board = workspace.tracking.board(chosen.query(MOST_LINES), chosen.as_of)
    found = rows_of(board, chosen)
    shown = page_of((request, response), found, lambda row: row.entry.provision.id, chosen)
    return {"total": len(found), **board_to_row(replace(board, rows=tuple(shown)))}


@router.get("/track/scores", responses=MISSING)
def get_scores(
    request: Request, response: Response, workspace: Store, asked: Annotated[ScoresQuery, Query()]
) -> dict[str, Any]:
    """Return compliance scores with their means, and the rule by which they are taken."""
    scores = workspace.tracking.scores(asked.document or None, asked.as_of)
    shown = page_of((request, response), scores.commitments, lambda one: one.name, asked)
    return {"total": len(scores.commitments), **scores_to_row(replace(scores, commitments=tuple(shown)))}


@router.get("/track/commitments/{identifier:path}", responses=MISSING)
def get_commitment(request: Request, workspace: Store, identifier: str, as_of: Day = None) -> dict[str, Any]:
    """Return what is known of a commitment: state, evidence, verdicts, and all that was ever recorded."""
    return commitment_row(request, workspace, identifier, as_of)


def commitment_row(
    request: Request, workspace: Workspace, identifier: str, as_of: date | None = None
) -> dict[str, Any]:
    """Return what is known of a commitment. Raises NotFoundError: there never was such a line."""
    tracking, entry = workspace.tracking, workspace.provision(identifier)
    row = row_or_none(workspace, identifier, as_of)
    pieces, history = tracking.evidence(identifier), tracking.history(identifier)
    events = (one for one in tracking.events(entry.provision.doc) if bears_on(one, identifier))
    return {
        "provision": entry_to_row(entry),
        "as_of": (as_of or tracking.today()).isoformat(),
        "row": board_row_to_row(row) if row else None,
        "status": status_to_row(row.status) if row else None,
        "evidence": [evidence_to_row(one) for one in pieces],
        "candidates": [candidate_to_row(one) for one in undecided(finds_of(request).of(identifier), pieces)],
        "events": [event_to_row(one) for one in events],
        "history": {
            "evidence": [step_to_row(one) for one in history.evidence],
            "searches": [search_to_row(one) for one in history.searches],
            "assessments": [assessment_to_row(one) for one in history.assessments],
            "events": [event_to_row(one) for one in history.events],
        },
    }


RECORDED = {**MISSING, **REFUSED, **CHANGED}


@dataclass(frozen=True, slots=True)
class Records:
    """Takes records of a commitment that is as the caller saw it."""

    request: Request
    workspace: Workspace
    identifier: str
    seen: Precondition

    def keep(self, what: str, body: FormBody) -> dict[str, Any]:
        """Record something and return what is known then. Raises PreconditionError."""
        by = {"by": who(self.request, body.by)} if isinstance(body, Said) else {}
        with self.seen.kept(self.workspace, f"line {self.identifier}", self._row):
            RECORDS[what](Recorder(self.request, self.workspace, self.identifier, body.form(**by)))
        return self._row()

    def _row(self) -> dict[str, Any]:
        return commitment_row(self.request, self.workspace, self.identifier)


def records_of(request: Request, workspace: Store, identifier: str, seen: Seen) -> Records:
    """Return what takes the records of the commitment in the address."""
    return Records(request, workspace, identifier, seen)


Kept = Annotated[Records, Depends(records_of)]
LINE = "/track/commitments/{identifier:path}"


@router.post(f"{LINE}/search", responses=RECORDED)
def look_for_evidence(records: Kept) -> dict[str, Any]:
    """Look for evidence; what is found stands in `candidates` until the server stops, the search is recorded."""
    return records.keep("look", FormBody())


@router.post(f"{LINE}/events", responses=RECORDED)
def record_event(records: Kept, body: EventBody) -> dict[str, Any]:
    """Record an event."""
    return records.keep("event", body)


@router.post(f"{LINE}/events/withdrawal", responses=RECORDED)
def withdraw_event(records: Kept, body: NoEventBody) -> dict[str, Any]:
    """Take an event back."""
    return records.keep("event-back", body)


@router.post(f"{LINE}/evidence", responses=RECORDED)
def add_evidence(records: Kept, body: EvidenceBody) -> dict[str, Any]:
    """Keep evidence that a person gives."""
    return records.keep("link", body)


@router.post(f"{LINE}/evidence/found", responses=RECORDED)
def keep_found(records: Kept, body: FoundBody) -> dict[str, Any]:
    """Keep a passage that was found, and decide on it."""
    return records.keep("keep", body)


@router.post(f"{LINE}/evidence/decision", responses=RECORDED)
def decide_evidence(records: Kept, body: DecisionBody) -> dict[str, Any]:
    """Accept, reject or withdraw a piece of evidence."""
    return records.keep("decide", body)


@router.post(f"{LINE}/verdicts", responses=RECORDED)
def assess(records: Kept, body: VerdictBody) -> dict[str, Any]:
    """Record a verdict; its reviewer is somebody else than its author."""
    return records.keep("assess", body)


@router.get("/watch", responses=MISSING)
def list_sightings(
    request: Request, response: Response, workspace: Store, chosen: Annotated[SightingQuery, Query()]
) -> list[dict[str, Any]]:
    """Return what newly read documents had to do with commitments, the newest first."""
    found = seen_by(workspace.watching, chosen)
    shown = page_of((request, response), found, lambda one: (one.watch, one.item, one.seen), chosen)
    return [sighting_to_row(one) for one in shown]


@router.get("/watch/questions")
def list_watches(workspace: Store) -> list[dict[str, Any]]:
    """Return the saved questions."""
    return [watch_to_row(one) for one in workspace.watching.watches()]
