"""The due board: lines with their instances, owners and states, the most pressing first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dragoman.lexicon import fold
from dragoman.model import (
    Board,
    BoardQuery,
    BoardRow,
    BoardSummary,
    DueItem,
    DueState,
    Entry,
    Problem,
    Provision,
)
from dragoman.track.due import due_days
from dragoman.track.problems import problem
from dragoman.track.records import Records
from dragoman.track.status import is_settled, status_of

PRESSING = (
    DueState.OVERDUE,
    DueState.DUE_30,
    DueState.DUE_90,
    DueState.LATER,
    DueState.AWAITING,
    DueState.VAGUE,
    DueState.UNDATED,
    DueState.DELIVERED,
)
"""States, the most pressing first."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document of the board.

    Attributes:
        slug, title: of the document.
        date: None where it is not known.
    """

    slug: str
    title: str
    date: date | None


def board_of(
    query: BoardQuery, as_of: date, entries: Iterable[Entry], sources: Mapping[str, Source], records: Records
) -> Board:
    """Return the board of a day. Lines of documents that are younger than the day are counted, not shown.

    Args:
        query: which lines were asked for; kinds and documents have been looked at by the caller.
        as_of: the day.
        entries: lines of the register, in text order, without rejected ones.
        sources: their documents, by slug.
        records: what is recorded of them.
    """
    later: Counter[str] = Counter()
    rows = []
    for entry in entries:
        source = sources[entry.provision.doc]
        if source.date and source.date > as_of:
            later[source.slug] += 1
        else:
            rows.append(row_of(entry, source, records, query.horizon, as_of))
    chosen = sorted((row for row in rows if is_asked(row, query)), key=urgency)
    unborn = [problem("document-later", doc=s, date=sources[s].date, count=n) for s, n in sorted(later.items())]
    problems = [found for row in chosen for found in row.problems]
    return Board(as_of, query, tuple(chosen), summary_of(chosen), (*unborn, *two_languages(chosen), *problems))


def row_of(entry: Entry, source: Source, records: Records, horizon: int, as_of: date) -> BoardRow:
    """Return the row of a line."""
    line = entry.provision
    days = due_days(line, source.date, records.events, as_of, horizon)
    status = status_of(line.id, days, records, as_of)
    pressing = most_pressing(status.due)
    return BoardRow(
        entry=entry,
        title=source.title,
        document_date=source.date,
        owners=line.actors,
        counterparts=line.counterparties,
        pillar=pillar_of(line, source.title),
        force=line.force,
        precision=line.legalization.precision if line.legalization else None,
        state=pressing.state,
        due=pressing.due,
        status=status,
        problems=(*days.problems, *(() if line.actors else (problem("no-owner", line),))),
    )


def most_pressing(items: Sequence[DueItem]) -> DueItem:
    """Return the instance that presses most: by state, then the earliest day; of delivered ones the last."""
    open_items = [item for item in items if not is_settled(item)]
    if not open_items:
        return items[-1]
    return min(open_items, key=lambda item: (PRESSING.index(item.state), item.due or date.max, item.instance))


def pillar_of(line: Provision, title: str) -> str:
    """Return the title of the top section under the document's own title, "" outside any section."""
    path = line.section
    if len(path) > 1 and same_title(path[0], title):
        path = path[1:]
    return path[0] if path else ""


def same_title(section: str, title: str) -> bool:
    """Return whether a section is headed by the document's title; blanks and case do not matter."""
    return "".join(fold(section).split()) == "".join(fold(title).split())


def is_asked(row: BoardRow, query: BoardQuery) -> bool:
    """Return whether a row fits the question."""
    line = row.entry.provision
    wanted: tuple[tuple[Sequence[object], Sequence[object]], ...] = (
        (query.states, (row.state,)),
        (query.actors, row.owners),
        (query.counterparties, row.counterparts),
        (query.technologies, line.technologies),
        (query.pillars, (row.pillar,)),
        (query.forces, (row.force,)),
        (query.languages, (line.language,)),
    )
    return all(not values or any(value in values for value in own) for values, own in wanted)


def urgency(row: BoardRow) -> tuple[int, date, int, str, int]:
    """Return the key of the board's order: state, day, firmest first, document, place in the text."""
    line = row.entry.provision
    return PRESSING.index(row.state), row.due or date.max, -row.force, line.doc, line.start


def summary_of(rows: Sequence[BoardRow]) -> BoardSummary:
    """Return the counts over rows."""
    bare = [row for row in rows if not row.status.evidence]
    return BoardSummary(
        rows=len(rows),
        states=in_order(row.state for row in rows),
        instances=in_order(item.state for row in rows for item in row.status.due),
        pillars=tuple(by_pillar(rows)),
        claimed=dict(Counter(row.status.claimed for row in rows if row.status.claimed)),
        verified=dict(Counter(row.status.verified for row in rows if row.status.verified)),
        without_owner=sum(not row.owners for row in rows),
        without_evidence=len(bare),
        searched=sum(row.status.search is not None for row in bare),
    )


def in_order(states: Iterable[DueState]) -> dict[DueState, int]:
    """Return how often states occur, the most pressing first."""
    counts = Counter(states)
    return {state: counts[state] for state in PRESSING if counts[state]}


def by_pillar(rows: Sequence[BoardRow]) -> Iterator[tuple[str, dict[DueState, int]]]:
    """Yield pillars with their rows by state, in the order of documents and text."""
    in_text = sorted(rows, key=lambda row: (row.entry.provision.doc, row.entry.provision.start))
    for pillar in dict.fromkeys(row.pillar for row in in_text):
        yield pillar, in_order(row.state for row in rows if row.pillar == pillar)


def two_languages(rows: Sequence[BoardRow]) -> Iterator[Problem]:
    """Yield a note for each document of which lines in both languages are on the board."""
    spoken: dict[str, set[str]] = {}
    for row in rows:
        spoken.setdefault(row.entry.provision.doc, set()).add(row.entry.provision.language)
    for doc in sorted(doc for doc, languages in spoken.items() if len(languages) > 1):
        yield problem("two-languages", doc=doc)
