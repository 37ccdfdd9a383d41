"""An invented declaration with what was recorded of it: lines with every kind of deadline, evidence, verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from dragoman.model import (
    Assessment,
    BoardQuery,
    Completion,
    Deadline,
    DeadlineKind,
    Entry,
    Event,
    Evidence,
    EvidenceState,
    Kind,
    Language,
    Provision,
    Search,
    Stage,
    Stance,
)
from dragoman.model.identity import provision_id, sha256_of_text
from dragoman.model.quote import quote_at
from dragoman.model.track import Snapshot
from dragoman.report.review import ReviewMaterial
from dragoman.track.assess import scores_of
from dragoman.track.board import Source, board_of
from dragoman.track.records import Records
from dragoman.track.snapshots import basis_hash, canonical, changes_since, content_of

DOC, TITLE = "lagoon", "Lagoon Declaration"
SIGNED, DAY, BEFORE = date(2025, 1, 15), date(2026, 2, 1), date(2025, 8, 1)
MADE = datetime(2026, 1, 20, 9, 30, tzinfo=UTC)
RESEARCH, SHIPPING = "Research at sea", "Shipping | ports"
LINES: Sequence[tuple[str, str, str, tuple[str, ...], Deadline | None]] = (
    (
        RESEARCH,
        "Norway will open a quantum laboratory by 30 June 2025.",
        "will",
        ("Norway",),
        Deadline("by 30 June 2025", DeadlineKind.BY, date(2025, 6, 30)),
    ),
    (
        RESEARCH,
        "The parties will meet every six months to compare results.",
        "will",
        ("Norway", "Iceland"),
        Deadline("every six months", DeadlineKind.RECURRING, every="P6M"),
    ),
    (
        RESEARCH,
        "Iceland commits to publish a map of the seabed within 18 months of the first call.",
        "commits to",
        ("Iceland",),
        Deadline("within 18 months of the first call", DeadlineKind.BY, event="first call"),
    ),
    (
        SHIPPING,
        "Both will agree <b>standards</b> for ports by 1 March 2026, and report on them.",
        "will",
        ("Norway", "Iceland"),
        Deadline("by 1 March 2026", DeadlineKind.BY, date(2026, 3, 1)),
    ),
    (SHIPPING, "They intend to train pilots in due course.", "intend to", (), None),
    (
        SHIPPING,
        "Iceland will licence tugs promptly.",
        "will",
        ("Iceland",),
        Deadline("promptly", DeadlineKind.VAGUE),
    ),
)
TEXT = "\n".join(sentence for _, sentence, *_ in LINES)


def lines() -> list[Provision]:
    """The lines of the declaration, pinned to its text."""
    made = []
    for pillar, sentence, trigger, actors, deadline in LINES:
        start = TEXT.index(sentence)
        made.append(
            Provision(
                id=provision_id(DOC, sentence, trigger, 0),
                doc=DOC,
                start=start,
                end=start + len(sentence),
                trigger=trigger,
                trigger_start=start + sentence.index(trigger),
                kind=Kind.COMMITMENT,
                force=3,
                quote=quote_at(TEXT, start, start + len(sentence)),
                language=Language.EN,
                section=(TITLE, pillar),
                actors=actors,
                deadline=deadline,
            )
        )
    return made


LABORATORY, MEETINGS, SEABED, PORTS, PILOTS, TUGS = (line.id for line in lines())


def evidence() -> tuple[Evidence, ...]:
    """Accepted, claimed, withdrawn and later evidence."""
    opened = Evidence(
        id="e1",
        provision=LABORATORY,
        stance=Stance.SUPPORTS,
        state=EvidenceState.ACCEPTED,
        quote="The laboratory at the harbour has been running since May.",
        page="gazette-12",
        start=40,
        end=97,
        address="https://example.org/gazette/12",
        day=date(2025, 9, 3),
        stage=Stage.OPERATIONAL,
        added_by="Ada",
        added=MADE,
    )
    claim = replace(
        opened,
        id="e2",
        quote="We have opened the laboratory.",
        page="",
        start=-1,
        end=-1,
        address="https://example.org/ministry",
        day=date(2025, 7, 1),
        by_party="Norway",
        stage=Stage.COMPLETED,
    )
    gone = replace(
        opened,
        id="e3",
        provision=PORTS,
        quote="Standards for ports were agreed.",
        address="https://example.org/retracted",
        state=EvidenceState.WITHDRAWN,
        day=date(2025, 5, 5),
        note="the paper took it back",
    )
    later = replace(opened, id="e4", provision=TUGS, day=date(2026, 5, 1), quote="Tugs are licensed.")
    return opened, claim, gone, later


def records(pieces: Iterable[Evidence] | None = None) -> Records:
    """All that is recorded of the declaration."""
    kept = list(evidence() if pieces is None else pieces)
    search = Search(
        PILOTS, ("gazette (120 pages)", "register (3)"), ("pilots", "train"), date(2026, 1, 9), MADE, 0
    )
    waiting = replace(search, provision=TUGS, terms=("tugs", "licence"), found=2)
    verdict = Assessment(
        LABORATORY,
        1,
        "Ada",
        DAY,
        party="Norway",
        completion=Completion.COMPLETE,
        guideline="+1: it runs; 0: it is built; -1: nothing was begun",
        reviewer="Bo",
        reason="It has been running since May.",
        made=MADE,
    )
    poor = replace(
        verdict,
        provision=PORTS,
        party="Iceland",
        score=-1,
        completion=None,
        reviewer="",
        reason="No draft was seen.",
    )
    return Records(
        events=(Event("first call", date(2025, 3, 1), doc=DOC, source="https://example.org/call", id="v1"),),
        evidence={
            line: tuple(one for one in kept if one.provision == line) for line in {p.provision for p in kept}
        },
        searches={PILOTS: (search,), TUGS: (waiting,)},
        assessments={LABORATORY: (verdict,), PORTS: (poor,)},
    )


def material(day: date = DAY, kept: Records | None = None, before: Snapshot | None = None) -> ReviewMaterial:
    """What a review of the declaration is made of."""
    known = records() if kept is None else kept
    query = BoardQuery(documents=(DOC,))
    entries = [Entry(line) for line in lines()]
    board = board_of(query, day, entries, {DOC: Source(DOC, TITLE, SIGNED)}, known)
    text = sha256_of_text(TEXT)
    return ReviewMaterial(
        slug=DOC,
        title=TITLE,
        day=SIGNED,
        source="lagoon.txt",
        text_sha256=text,
        board=board,
        scores=scores_of((DOC,), board.rows, day),
        evidence=known.evidence,
        changes=changes_since(before, board) if before else None,
        basis=basis_hash(board, known, text),
        command="dragoman track report --document lagoon --as-of 2026-02-01 --language en --format md",
    )


def earlier() -> Snapshot:
    """The report of August, when the retracted paper still counted and nothing had been assessed."""
    gone = next(piece for piece in evidence() if piece.id == "e3")
    kept = Records(evidence={PORTS: (replace(gone, state=EvidenceState.ACCEPTED),)})
    content = content_of(material(BEFORE, kept).board)
    return Snapshot(DOC, BEFORE, MADE, "Ada", content, sha256_of_text(canonical(content)))
