"""The page of one commitment: sentence, fields, days, evidence, verdicts, and all that was recorded of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from fastapi import Request
from starlette.datastructures import FormData

from dragoman.model import (
    BoardRow,
    Candidate,
    Completion,
    DragomanError,
    DueState,
    Event,
    Evidence,
    EvidenceState,
    NotFoundError,
    Review,
    Stage,
    Stance,
    UsageError,
)
from dragoman.model.corpus import Found
from dragoman.report.delivery_words import speaker_of
from dragoman.tracking import TrackHistory, draft_of
from dragoman.web.access import excerpt_of, names_for
from dragoman.web.board import shared_query
from dragoman.web.decision import word
from dragoman.web.excerpt import FIELDS, field_values
from dragoman.web.language import language_of
from dragoman.web.offering import offered
from dragoman.web.recording import SCOPES, SCORES, by_hand, changes_of, chosen_of, event_of, verdict_of
from dragoman.web.render import track_path
from dragoman.workspace import Workspace

MOST_FINDS = 64
"""Commitments whose candidates are held for their pages; what a person decides on is kept in the register."""


class NothingSearchedError(UsageError):
    """There is nothing in which evidence could be looked for."""

    http_status = 422

    def __init__(self) -> None:
        super().__init__(
            "Nothing was searched: the corpus is empty, and the register has no other document.",
            "Fill the corpus with `dragoman corpus add FILE`, or read further documents.",
        )


class Finds:
    """What was found for commitments since the application started: proposals until somebody decides on them."""

    def __init__(self, most: int = MOST_FINDS) -> None:
        self._most = most
        self._found: dict[str, Found] = {}

    def keep(self, found: Found) -> None:
        """Hold what was found for a commitment; the oldest goes where there are too many."""
        self._found.pop(found.provision.id, None)
        self._found[found.provision.id] = found
        for oldest in list(self._found)[: -self._most]:
            self._found.pop(oldest, None)

    def of(self, provision: str) -> tuple[Candidate, ...]:
        """Return the candidates of a commitment, best first."""
        found = self._found.get(provision)
        return found.candidates if found else ()


def finds_of(request: Request) -> Finds:
    """Return what the application holds of finds."""
    finds: Finds = request.app.state.finds
    return finds


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of the history: when, what kind of record, and the record."""

    at: datetime
    what: str
    record: Any


def steps_of(history: TrackHistory, reviews: tuple[Review, ...]) -> tuple[Step, ...]:
    """Return everything that was recorded of a line, the newest first."""
    found = [
        *(Step(step.at, "evidence", step) for step in history.evidence),
        *(Step(search.made, "search", search) for search in history.searches),
        *(Step(verdict.made, "verdict", verdict) for verdict in history.assessments if verdict.made),
        *(Step(event.recorded, "event", event) for event in history.events if event.recorded),
        *(Step(review.at, "review", review) for review in reviews),
    ]
    return tuple(sorted(found, key=lambda step: step.at, reverse=True))


def by_day(pieces: Iterator[Evidence]) -> tuple[Evidence, ...]:
    """Return evidence by the day of its source; what has none at the end."""
    return tuple(sorted(pieces, key=lambda piece: (piece.day is None, piece.day or date.max, piece.id)))


def undecided(candidates: tuple[Candidate, ...], kept: tuple[Evidence, ...]) -> tuple[Candidate, ...]:
    """Return the candidates that are not kept as evidence yet."""
    known = {(piece.page, piece.start, piece.end) for piece in kept}
    return tuple(one for one in candidates if (one.page, one.start, one.end) not in known)


def row_or_none(workspace: Workspace, identifier: str, as_of: date | None) -> BoardRow | None:
    """Return the row of a line, None where the line is gone or rejected. Raises NotFoundError: never was one."""
    try:
        return workspace.tracking.row(identifier, as_of)
    except NotFoundError:
        workspace.provision(identifier)
        return None


def context_of(request: Request, workspace: Workspace, identifier: str, as_of: date | None) -> dict[str, Any]:
    """Return what the page of a commitment shows.

    Args:
        request: the request; its language names the actors.
        workspace: the workspace.
        identifier: id of the line.
        as_of: the day; today.

    Raises:
        NotFoundError: there never was such a line.
    """
    tracking = workspace.tracking
    row = row_or_none(workspace, identifier, as_of)
    shown = excerpt_of(workspace, identifier)
    line = shown.provision
    pieces, document = tracking.evidence(identifier), workspace.document(line.doc, shown.entry.version)
    names = names_for(request, workspace)
    history = tracking.history(identifier)
    return {
        "row": row,
        "shown": shown,
        "fields": FIELDS,
        "field_values": field_values,
        "names": names,
        "say": speaker_of(language_of(request), names),
        "as_of": as_of or tracking.today(),
        "chosen_day": as_of,
        "shared": shared_query((line.doc,), as_of),
        "accepted": by_day(piece for piece in pieces if piece.state is EvidenceState.ACCEPTED),
        "kept": by_day(piece for piece in pieces if piece.state is EvidenceState.CANDIDATE),
        "put_aside": by_day(
            piece for piece in pieces if piece.state in {EvidenceState.REJECTED, EvidenceState.WITHDRAWN}
        ),
        "candidates": undecided(finds_of(request).of(identifier), pieces),
        "search": history.searches[-1] if history.searches else None,
        "verdicts": tuple(reversed(history.assessments)),
        "events": tuple(event for event in tracking.events(line.doc) if bears_on(event, identifier)),
        "awaited": next((item.event for item in row.status.due if item.state is DueState.AWAITING), "")
        if row
        else "",
        "parties": tuple(dict.fromkeys((*line.actors, *line.counterparties, *document.parties))),
        "titles": {one.slug: one.title for one in offered(workspace, (piece.page for piece in pieces))},
        "last_steps": {step.evidence.id: step for step in history.evidence},
        "steps": steps_of(history, shown.reviews),
        "stances": tuple(Stance),
        "stages": tuple(Stage),
        "completions": tuple(Completion),
        "scores": SCORES,
        "scopes": SCOPES,
    }


def bears_on(event: Event, identifier: str) -> bool:
    """Return whether an event may resolve the deadline of a line: one chosen for other lines alone does not."""
    return not event.provisions or identifier in event.provisions


@dataclass(frozen=True, slots=True)
class Recorder:
    """Takes what a form of the page states into the register; each step returns the place to go back to."""

    request: Request
    workspace: Workspace
    provision: str
    form: FormData

    @property
    def by(self) -> str:
        """Name of who records it."""
        return word(self.form, "author" if "author" in self.form else "by")

    def look(self) -> str:
        """Look for evidence, and record where and until when it was looked for. Raises NothingSearchedError."""
        doc = self.workspace.provision(self.provision).provision.doc
        for found in self.workspace.evidence.candidates(doc, (self.provision,)):
            if not found.search.sources:
                raise NothingSearchedError
            finds_of(self.request).keep(found)
            self.workspace.tracking.record_search(found.search)
        return "candidates"

    def event(self) -> str:
        """Record an event."""
        self.workspace.tracking.record_event(event_of(self.form, self.provision), by=self.by)
        return "days"

    def event_back(self) -> str:
        """Take an event back."""
        reason = word(self.form, "reason")
        self.workspace.tracking.withdraw_event(word(self.form, "id"), by=self.by, reason=reason)
        return "days"

    def link(self) -> str:
        """Keep evidence that a person gives."""
        self.workspace.tracking.add_evidence(by_hand(self.form, self.provision), by=self.by)
        return "evidence"

    def keep(self) -> str:
        """Keep a passage that was found, and decide on it."""
        tracking = self.workspace.tracking
        candidate = chosen_of(self.form, finds_of(self.request).of(self.provision))
        changes, state = changes_of(self.form), self._state()
        piece = tracking.add_evidence(draft_of(candidate, self.provision), by=self.by)
        reason = word(self.form, "reason")
        tracking.decide_evidence(
            piece.id, state, by=self.by, reason=reason, changes=changes, expected=EvidenceState.CANDIDATE
        )
        return "evidence"

    def decide(self) -> str:
        """Accept, reject or withdraw a piece of evidence."""
        seen = word(self.form, "expected")
        self.workspace.tracking.decide_evidence(
            word(self.form, "id"),
            self._state(),
            by=self.by,
            reason=word(self.form, "reason"),
            changes=changes_of(self.form),
            expected=EvidenceState(seen) if seen in set(EvidenceState) else None,
        )
        return "evidence"

    def assess(self) -> str:
        """Record a verdict."""
        tracking = self.workspace.tracking
        tracking.assess(verdict_of(self.form, self.provision, tracking.today()))
        return "verdicts"

    def _state(self) -> EvidenceState:
        value = word(self.form, "state")
        return EvidenceState(value) if value in set(EvidenceState) else EvidenceState.CANDIDATE


RECORDS: Mapping[str, Callable[[Recorder], str]] = {
    "look": Recorder.look,
    "event": Recorder.event,
    "event-back": Recorder.event_back,
    "link": Recorder.link,
    "keep": Recorder.keep,
    "decide": Recorder.decide,
    "assess": Recorder.assess,
}
"""What a form may record, by the last part of its address."""


def recorded(recorder: Recorder, what: str) -> str | DragomanError:
    """Record what a form states; return the address to go to, or why it was not recorded."""
    try:
        place = RECORDS[what](recorder)
    except DragomanError as refusal:
        return refusal
    day = word(recorder.form, "at")
    return f"{track_path(recorder.provision, day)}#{place}"
