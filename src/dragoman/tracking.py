"""Tracking the delivery of commitments, for the faces: board, events, evidence, verdicts, saved reports.

    with Workspace.open("workspace") as workspace:
        board = workspace.tracking.board(BoardQuery(documents=("memo",)), as_of=date(2026, 6, 30))
        for row in board.rows:
            print(row.state, row.due, row.entry.provision.quote.exact)

Nothing recorded is ever overwritten: what is decided or taken back is a further step, and `history` shows all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from dragoman.lexicon import load_lexicon
from dragoman.model import (
    Assessment,
    Board,
    BoardQuery,
    BoardRow,
    Candidate,
    DueState,
    Entry,
    Event,
    Evidence,
    EvidenceState,
    EvidenceStep,
    Problem,
    Query,
    ReviewState,
    Scores,
    Search,
    Snapshot,
    Status,
)
from dragoman.model.identity import sha256_of_bytes, sha256_of_text
from dragoman.register import Register
from dragoman.track.assess import checked, doubts, scores_of
from dragoman.track.board import Source, board_of, row_of
from dragoman.track.problems import problem
from dragoman.track.records import Records, by_line, merged
from dragoman.track.refusals import (
    EmptyEventError,
    EvidenceChangedError,
    GoneLineError,
    NoNameError,
    NoReasonError,
    NoSuchFileError,
    NotAcceptedError,
    NothingGivenError,
    QuoteNotThereError,
    UnknownChangeError,
    UnknownPartyError,
)

Clock = Callable[[], datetime]
KeepBytes = Callable[[bytes], Path]

ID_LENGTH = 11
"""Hexadecimal digits of the id of an event or a piece of evidence."""
MOST_BYTES = 256_000_000
"""Bytes of a file that is kept as evidence."""
WHOLE_BOARD = 50_000
"""Lines that are all put on a board, with a day or without."""
NARROWING = ("documents", "actors", "counterparties", "technologies", "forces", "languages")
"""Fields of a board's question that the register looks up."""
CHANGES = frozenset({"stance", "stage", "by_party", "day", "instance", "note", "address"})
"""Fields of a piece of evidence that a decision may set."""


@dataclass(frozen=True, slots=True)
class Assessed:
    """A verdict that was recorded, and what is doubtful about it."""

    verdict: Assessment
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class TrackHistory:
    """Everything that was recorded of a line, oldest first.

    Attributes:
        provision: its id.
        evidence: every step of every piece, withdrawn and rejected ones too.
        searches, assessments: all of them.
        events: those that a person chose for the line, or that are for its document; taken back ones too.
    """

    provision: str
    evidence: tuple[EvidenceStep, ...]
    searches: tuple[Search, ...]
    assessments: tuple[Assessment, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class AwaitedEvent:
    """An event on which deadlines hang and that is not recorded.

    Attributes:
        name: as the deadlines call it.
        provisions: ids of their lines.
    """

    name: str
    provisions: tuple[str, ...]


class Tracking:
    """What was promised, what is due, what is delivered, and who says so.

    Every question is answered for today unless a day is given.
    """

    def __init__(self, register: Register, clock: Clock, keep_bytes: KeepBytes) -> None:
        self._register = register
        self._tracks = register.tracks
        self._clock = clock
        self._keep_bytes = keep_bytes

    def today(self) -> date:
        """Return the day that is meant where none is named."""
        return self._clock().date()

    def board(self, query: BoardQuery | str | None = None, as_of: date | None = None) -> Board:
        """Return the due board of a day.

        Args:
            query: which lines; the slug of a document; or None for all commitments and obligations.
            as_of: the day.

        Raises:
            NotFoundError: no such document.
        """
        asked = BoardQuery(documents=(query,)) if isinstance(query, str) else query or BoardQuery()
        records = self.records(asked.documents)
        day = as_of or self.today()
        if asked.documents:
            self._sources(asked.documents)
        found, noted = self._looked_at(asked, day)
        docs = sorted({entry.provision.doc for entry in found})
        sources = self._sources(docs) if docs else {}
        board = board_of(asked, day, found, sources, records)
        return replace(board, problems=(*noted, *board.problems, *self._gone(records)))

    def _looked_at(self, asked: BoardQuery, day: date) -> tuple[list[Entry], tuple[Problem, ...]]:
        """Return the lines to look at, and what is said where they are fewer than was asked for."""
        query = Query(kinds=asked.kinds, limit=None, **{name: getattr(asked, name) for name in NARROWING})
        counted = self._register.provisions(replace(query, limit=1))
        lines = counted.total
        if asked.documents or (counted.exact and lines <= WHOLE_BOARD):
            return self._entries(query), ()
        last = day + timedelta(days=asked.horizon)
        dated = replace(query, due_to=last)
        notes = [problem("board-dated-only", count=lines, day=last)]
        if asked.most is None:
            return self._entries(dated), tuple(notes)
        count = self._register.provisions(replace(dated, limit=1)).total
        if count > asked.most:
            notes.append(problem("board-nearest-only", count=count, most=asked.most, day=day))
        return lasting(self._register.nearest(dated, day, asked.most)), tuple(notes)

    def row(self, provision: str, as_of: date | None = None) -> BoardRow:
        """Return the row of one line, of whatever kind. Raises NotFoundError: no such line, or it is gone."""
        entry = self._register.provision(provision)
        doc = entry.provision.doc
        listed = self._entries(Query(documents=(doc,), kinds=(entry.provision.kind,), limit=None))
        if all(one.provision.id != provision for one in listed):
            raise GoneLineError(provision)
        horizon = BoardQuery().horizon
        return row_of(entry, self._sources((doc,))[doc], self.records((doc,)), horizon, as_of or self.today())

    def status(self, provision: str, as_of: date | None = None) -> Status:
        """Return what is known of one line on a day. Raises as `row`."""
        return self.row(provision, as_of).status

    def record_event(self, event: Event, *, by: str = "") -> Event:
        """Record an event; deadlines that hang on it are resolved from then on.

        Args:
            event: name, day, and where given document, source, other names, lines it is chosen for. The same
                event again adds its other names and lines.
            by: who records it.

        Raises:
            UsageError: no name.
            NotFoundError: no such document or line.
        """
        if not event.name.strip():
            raise EmptyEventError
        self._sources((event.doc,) if event.doc else ())
        for line in event.provisions:
            self._register.provision(line)
        name = " ".join(event.name.split())
        identifier = short_id("v", name, event.day.isoformat(), event.doc)
        steps = self._tracks.event_steps(identifier)
        made = replace(event, id=identifier, name=name, recorded_by=by.strip(), recorded=self._clock())
        if steps and not steps[-1].withdrawn:
            made = merged(steps[-1], made)
            if made == steps[-1]:
                return made
        return self._tracks.keep_event(made)

    def withdraw_event(self, identifier: str, *, by: str, reason: str) -> Event:
        """Take an event back: it resolves nothing any more. Raises NotFoundError, NoNameError, NoReasonError."""
        name, why = named(by, "Taking an event back"), reasoned(reason)
        event = self._tracks.event(identifier)
        made = replace(event, withdrawn=True, recorded_by=name, recorded=self._clock(), reason=why)
        return self._tracks.keep_event(made)

    def events(self, document: str | None = None, *, withdrawn: bool = False) -> tuple[Event, ...]:
        """Return events by day: all, or those that bear on a document; those taken back only where asked for."""
        found = self._tracks.events()
        return tuple(
            event
            for event in found
            if (withdrawn or not event.withdrawn) and (document is None or event.doc in {"", document})
        )

    def awaited(
        self, query: BoardQuery | str | None = None, as_of: date | None = None
    ) -> tuple[AwaitedEvent, ...]:
        """Return the events that deadlines of a board wait for, most awaited first. Raises as `board`."""
        waiting: dict[str, list[str]] = {}
        for row in self.board(query, as_of).rows:
            for item in row.status.due:
                if item.state is DueState.AWAITING:
                    waiting.setdefault(item.event, []).append(item.provision)
        found = [AwaitedEvent(name, tuple(lines)) for name, lines in waiting.items()]
        return tuple(sorted(found, key=lambda event: (-len(event.provisions), event.name)))

    def add_evidence(self, draft: Evidence, *, by: str, file: Path | None = None) -> Evidence:
        """Keep a piece of evidence.

        Args:
            draft: what is given, `id` empty: line, stance, state (accepted by hand, candidate from a search), and
                a passage, an address or both. A quotation of a document of the register is pinned to its place.
            by: who adds it.
            file: a file to keep along; its bytes are kept in the workspace under their hash.

        Returns:
            The piece; where the same passage or source was added before, the one that is there, as it stands.

        Raises:
            NotFoundError: no such line or file.
            UsageError: nobody's name, nothing given, an unknown party, a quotation that is not in its document.
        """
        self._check_party(draft.by_party, self._register.provision(draft.provision))
        piece = replace(draft, added_by=named(by, "Evidence"), added=self._clock())
        if file is not None:
            piece = self._with_file(piece, file)
        piece = self._pinned(piece)
        if not (piece.quote.strip() or piece.page or piece.address):
            raise NothingGivenError
        place = (piece.page, str(piece.start), str(piece.end), piece.quote, piece.address, piece.sha256)
        piece = replace(piece, id=short_id("e", piece.provision, *place))
        return self._tracks.keep_evidence(piece, by=piece.added_by, at=self._clock(), reason=piece.note)

    def decide_evidence(
        self,
        identifier: str,
        state: EvidenceState,
        *,
        by: str,
        reason: str = "",
        changes: Mapping[str, Any] | None = None,
        expected: EvidenceState | None = None,
    ) -> Evidence:
        """Accept, reject or withdraw a piece of evidence, or make it a candidate again: a step of its history.

        Args:
            identifier: id of the piece.
            state: see `EvidenceState`; only what was accepted can be withdrawn, and with a reason.
            by: who decides.
            reason: why.
            changes: stance, stage, by_party, day, instance, note, address as the person confirms them.
            expected: the state the person saw; EvidenceChangedError if it is another by now.

        Raises:
            NotFoundError: no such piece.
            UsageError: no name, no reason to withdraw, a field that cannot be set.
            ConflictError: see `expected`.
        """
        name = named(by, "A decision")
        if state is EvidenceState.WITHDRAWN:
            reasoned(reason)
        wanted = dict(changes or {})
        self._check_changes(identifier, wanted)

        def step(piece: Evidence) -> Evidence:
            if expected is not None and piece.state is not expected:
                raise EvidenceChangedError(identifier, expected, piece.state)
            if state is EvidenceState.WITHDRAWN and piece.state is not EvidenceState.ACCEPTED:
                raise NotAcceptedError(identifier, piece.state)
            return replace(piece, state=state, **wanted)

        return self._tracks.change_evidence(identifier, step, by=name, at=self._clock(), reason=reason.strip())

    def withdraw_evidence(self, identifier: str, *, by: str, reason: str) -> Evidence:
        """Withdraw accepted evidence, because its source took it back. Raises as `decide_evidence`."""
        return self.decide_evidence(identifier, EvidenceState.WITHDRAWN, by=by, reason=reason)

    def evidence(self, provision: str) -> tuple[Evidence, ...]:
        """Return the pieces of a line as they stand, whatever their state, in the order added."""
        found = self._tracks.evidence((doc_of(provision),))
        return tuple(piece for piece in found if piece.provision == provision)

    def record_search(self, search: Search) -> Search:
        """Keep a search, so that "nothing found" says where and until when. Raises NotFoundError: no such line."""
        self._register.provision(search.provision)
        return self._tracks.keep_search(search)

    def assess(self, verdict: Assessment) -> Assessed:
        """Record a verdict; earlier ones stay in the history.

        Raises:
            NotFoundError: no such line.
            UsageError: no author, a reviewer who is the author, a score or party that does not exist.
        """
        entry = self._register.provision(verdict.provision)
        self._check_party(verdict.party, entry)
        fresh = replace(
            checked(verdict),
            author=" ".join(verdict.author.split()),
            reviewer=" ".join(verdict.reviewer.split()),
            made=self._clock(),
        )
        kept = self._tracks.keep_assessment(fresh)
        status = self.status(kept.provision, kept.as_of)
        return Assessed(kept, doubts(kept, status.evidence, status.search))

    def assessments(self, provision: str) -> tuple[Assessment, ...]:
        """Return every verdict on a line, oldest first."""
        found = self._tracks.assessments((doc_of(provision),))
        return tuple(verdict for verdict in found if verdict.provision == provision)

    def scores(self, query: BoardQuery | str | None = None, as_of: date | None = None) -> Scores:
        """Return the compliance scores of a board's lines and their means. Raises as `board`."""
        board = self.board(query, as_of)
        scores = scores_of(board.query.documents, board.rows, board.as_of)
        return replace(scores, problems=(*scores.problems, *gone_of(board.problems)))

    def history(self, provision: str) -> TrackHistory:
        """Return everything recorded of a line, also of one that is gone. Raises NotFoundError."""
        self._register.provision(provision)
        doc = doc_of(provision)
        searches = tuple(one for one in self._tracks.searches((doc,)) if one.provision == provision)
        events = tuple(
            event
            for event in self.events(doc, withdrawn=True)
            if event.doc == doc or provision in event.provisions
        )
        steps = self._tracks.evidence_steps(provision)
        return TrackHistory(provision, steps, searches, self.assessments(provision), events)

    def save_snapshot(self, doc: str, as_of: date, content: Mapping[str, Any], *, by: str = "") -> Snapshot:
        """Save a report, so that the next can say what has changed. Raises NotFoundError: no such document."""
        self._sources((doc,))
        return self._tracks.keep_snapshot(doc, as_of, content, by=by.strip(), at=self._clock())

    def snapshots(self, doc: str) -> tuple[Snapshot, ...]:
        """Return the saved reports of a document, the one made last at the end."""
        return self._tracks.snapshots(doc)

    def last_snapshot(self, doc: str, before: date | None = None) -> Snapshot | None:
        """Return the report saved last: of all, or of those for a day before another; None where there is none."""
        found = [one for one in self.snapshots(doc) if before is None or one.as_of < before]
        return max(found, key=lambda one: (one.as_of, one.made), default=None)

    def _sources(self, documents: Sequence[str]) -> dict[str, Source]:
        """Return the documents asked for, or all. Raises NotFoundError."""
        known = self._register.sources(documents)
        for slug in documents:
            if slug not in known:
                self._register.version(slug)
        return {slug: Source(slug, title, day) for slug, (title, day) in known.items()}

    def _entries(self, query: Query) -> list[Entry]:
        """Return the lines of a query that count: rejected ones do not."""
        return lasting(self._register.export(query))

    def records(self, documents: Sequence[str]) -> Records:
        """Return what is recorded of documents, or of all."""
        chosen = documents or None
        return Records(
            events=self._tracks.events(),
            evidence=by_line(self._tracks.evidence(chosen)),
            searches=by_line(self._tracks.searches(chosen)),
            assessments=by_line(self._tracks.assessments(chosen)),
        )

    def _gone(self, records: Records) -> tuple[Problem, ...]:
        """Return a problem for each document with records of lines that no longer stand in it."""
        lines = records.lines()
        found = []
        for doc in sorted({doc_of(line) for line in lines}):
            there = {entry.provision.id for entry in self._register.export(Query(documents=(doc,), limit=None))}
            gone = sorted(line for line in lines if doc_of(line) == doc and line not in there)
            if gone:
                found.append(problem("evidence-of-gone-line", doc=doc, count=len(gone), lines=", ".join(gone)))
        return tuple(found)

    def _with_file(self, piece: Evidence, path: Path) -> Evidence:
        """Return a piece with a file that is kept in the workspace. Raises NoSuchFileError."""
        try:
            if path.stat().st_size > MOST_BYTES:
                raise NoSuchFileError(path, f"more than {MOST_BYTES:,} bytes")
            data = path.read_bytes()
        except OSError as fault:
            raise NoSuchFileError(path, fault.strerror or str(fault)) from fault
        self._keep_bytes(data)
        return replace(piece, address=piece.address or path.name, sha256=sha256_of_bytes(data))

    def _pinned(self, piece: Evidence) -> Evidence:
        """Return a piece with its quotation's place in a document of the register. Raises QuoteNotThereError."""
        if not piece.page or piece.start >= 0 or not self._register.titles((piece.page,)):
            return piece
        document = self._register.document(piece.page)
        day = piece.day or document.date
        if not piece.quote:
            return replace(piece, day=day)
        start = document.text.find(piece.quote)
        if start < 0:
            raise QuoteNotThereError(piece.page)
        return replace(piece, start=start, end=start + len(piece.quote), day=day)

    def _check_changes(self, identifier: str, wanted: Mapping[str, Any]) -> None:
        """Refuse fields that a decision cannot set, and parties that nobody knows."""
        for field in wanted:
            if field not in CHANGES:
                raise UnknownChangeError(field, CHANGES)
        if wanted.get("by_party"):
            piece = self._tracks.one_evidence(identifier)
            self._check_party(wanted["by_party"], self._register.provision(piece.provision))

    def _check_party(self, party: str, entry: Entry) -> None:
        """Refuse a party that is none of the line or its document, and no actor. Raises UnknownPartyError."""
        if not party:
            return
        line = entry.provision
        parties = self._register.document(line.doc).parties
        known = {*parties, *line.actors, *line.counterparties, *load_lexicon().actors.actors}
        if party not in known:
            raise UnknownPartyError(party, known)


def draft_of(candidate: Candidate, provision: str) -> Evidence:
    """Return a candidate passage as evidence to be added; stance and stage are proposals until it is accepted."""
    return Evidence(
        id="",
        provision=provision,
        stance=candidate.stance,
        state=EvidenceState.CANDIDATE,
        quote=candidate.quote,
        page=candidate.page,
        start=candidate.start,
        end=candidate.end,
        address=candidate.address,
        day=candidate.day,
        stage=candidate.stage,
    )


def lasting(entries: Iterable[Entry]) -> list[Entry]:
    """Return the lines that are not rejected."""
    return [entry for entry in entries if entry.state is not ReviewState.REJECTED]


def short_id(letter: str, *parts: str) -> str:
    """Return a short id, the same for the same parts."""
    return letter + sha256_of_text("\x1f".join(parts))[:ID_LENGTH]


def doc_of(provision: str) -> str:
    """Return the slug of a line's document."""
    return provision.rpartition(":")[0]


def named(by: str, what: str) -> str:
    """Return a person's name without stray blanks. Raises NoNameError."""
    if name := " ".join(by.split()):
        return name
    raise NoNameError(what)


def reasoned(reason: str) -> str:
    """Return a reason without blanks around it. Raises NoReasonError."""
    if not reason.strip():
        raise NoReasonError
    return reason.strip()


def gone_of(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems of records whose lines are gone."""
    return tuple(one for one in problems if one.code == "evidence-of-gone-line")
