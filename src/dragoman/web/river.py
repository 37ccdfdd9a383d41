"""The lineage of a series as a river of statements: columns are texts, rows are threads of linked provisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field

from dragoman.model import Provision
from dragoman.model.lineage import Lineage, LineageLabel, LineageLine, SeriesGap, SeriesText
from dragoman.web.filtering import MAX_PAGE, Addressed, Names, without_blanks

PAGE = 40
"""Threads on one page where the address does not say."""
DELIVERED_WEIGHT = 4.0
"""What a delivered promise counts in the order of change: as much as two steps of force."""
FIRST = "first"
"""How a statement of the first text is marked, which nothing is compared with."""
MARKS = (FIRST, *(label.value for label in LineageLabel))

_Blanks = BeforeValidator(without_blanks)


class RiverFilter(Addressed):
    """Parameters of the lineage page: fields narrow each other down, values of one are alternatives."""

    neutral: ClassVar[frozenset[str]] = frozenset({"document", "order", "picture", "offset", "limit"})

    document: Names = Field(default=[], description="slugs of the series")
    technology: Names = Field(default=[], description="technology tags")
    instrument: Names = Field(default=[], description="instrument tags")
    label: Annotated[list[LineageLabel], _Blanks] = Field(default=[], description="labels")
    within: str = Field(default="", description="slug of the text in which the label counts")
    text: str = Field(default="", max_length=500, description="words of a statement")
    span: Literal["all", "going"] = Field(default="all", description="all threads, or those that go on")
    order: Literal["change", "text"] = Field(
        default="change", description="most changed first, or as in the texts"
    )
    picture: Literal["on", "off"] = Field(default="on", description="whether there is a picture above")
    limit: int = Field(default=PAGE, ge=1, le=MAX_PAGE, description="threads to show")

    def series(self) -> str:
        """Return the query string with the series alone."""
        return RiverFilter(document=self.document, picture=self.picture).address()


@dataclass(frozen=True, slots=True)
class Column:
    """A text, or the gap where texts are missing.

    Attributes:
        slug: of the text, "" for a gap.
        title, day: of the text.
        ordinals: number of the meeting, or those that are missing.
        summary: whether the text only sums up.
    """

    slug: str
    title: str = ""
    day: date | None = None
    ordinals: tuple[int, ...] = ()
    summary: bool = False


@dataclass(frozen=True, slots=True)
class Thread:
    """A chain of linked statements.

    Attributes:
        number: of the thread in the series.
        cells: for each column, what stands in it and what was dropped in it.
        change: how much its statements changed, in points of the fields.
        begins, ends: first and last column with a statement.
    """

    number: int
    cells: tuple[tuple[LineageLine, ...], ...]
    change: float
    begins: int
    ends: int

    @property
    def lines(self) -> tuple[LineageLine, ...]:
        """Return its statements in time order, each once."""
        return tuple(line for cell in self.cells for line in cell if not line.dropped_in)


@dataclass(frozen=True, slots=True)
class River:
    """A lineage as a table.

    Attributes:
        columns: texts and gaps in time order.
        threads: those that the filter leaves, in the order asked for.
        total: how many there are without a filter.
        counts: statements by mark.
        technologies, instruments: tags that occur, the most frequent first.
    """

    columns: tuple[Column, ...]
    threads: tuple[Thread, ...]
    total: int
    counts: Mapping[str, int]
    technologies: tuple[str, ...]
    instruments: tuple[str, ...]


def mark_of(line: LineageLine) -> str:
    """Return how a statement is marked: its label, or that it is of the first text."""
    return FIRST if line.first and not line.dropped_in and line.correction is None else line.label.value


def columns_of(lineage: Lineage) -> tuple[Column, ...]:
    """Return the columns of a series, a gap before the text that follows it."""
    gaps = {gap.before: gap for gap in lineage.gaps}
    found: list[Column] = []
    for text in lineage.texts:
        if gap := gaps.get(text.document.slug):
            found.append(_gap(gap))
        found.append(_column(text))
    return tuple(found)


def _gap(gap: SeriesGap) -> Column:
    return Column("", ordinals=gap.ordinals)


def _column(text: SeriesText) -> Column:
    ordinals = () if text.ordinal is None else (text.ordinal,)
    return Column(text.document.slug, text.document.title, text.day, ordinals, text.summary)


def threads_of(lineage: Lineage, columns: Sequence[Column]) -> list[Thread]:
    """Return all threads in the order of the texts."""
    places = {column.slug: at for at, column in enumerate(columns) if column.slug}
    rows: dict[int, list[list[LineageLine]]] = {}
    for line in lineage.lines:
        row = rows.setdefault(line.thread, [[] for _ in columns])
        row[places[line.dropped_in or line.provision.doc]].append(line)
    return [_thread(number, row) for number, row in rows.items()]


def _thread(number: int, row: list[list[LineageLine]]) -> Thread:
    standing = [at for at, cell in enumerate(row) if any(not line.dropped_in for line in cell)]
    change = sum(change_of(line) for cell in row for line in cell)
    return Thread(number, tuple(map(tuple, row)), change, standing[0], standing[-1])


def change_of(line: LineageLine) -> float:
    """Return how much a statement changed: the points of its fields, so much at least where it was delivered."""
    if line.first or line.dropped_in or not line.ancestors:
        return 0.0
    points = abs(sum(change.points for change in line.changes))
    if line.label is LineageLabel.DELIVERED:
        return max(points, DELIVERED_WEIGHT)
    return 0.0 if line.label is LineageLabel.REPEATED else points


def river_of(lineage: Lineage, chosen: RiverFilter) -> River:
    """Return a lineage as a table, as it is filtered and ordered."""
    columns = columns_of(lineage)
    threads = threads_of(lineage, columns)
    shown = [thread for thread in threads if fits(thread, chosen)]
    if chosen.order == "change":
        shown.sort(key=lambda thread: -thread.change)
    standing = [line for line in lineage.lines if not line.dropped_in]
    return River(
        columns=columns,
        threads=tuple(shown),
        total=len(threads),
        counts=counted(mark_of(line) for line in lineage.lines),
        technologies=tuple(counted(tag for line in standing for tag in line.provision.technologies)),
        instruments=tuple(counted(tag for line in standing for tag in line.provision.instruments)),
    )


def counted(values: Iterable[str]) -> Mapping[str, int]:
    """Return how often each value occurs, the most frequent first."""
    found: dict[str, int] = {}
    for value in values:
        found[value] = found.get(value, 0) + 1
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))


def fits(thread: Thread, chosen: RiverFilter) -> bool:
    """Return whether a thread is what a filter asks for."""
    return (
        (chosen.span == "all" or thread.begins != thread.ends)
        and _tagged(thread, chosen)
        and _labelled(thread, chosen)
        and _worded(thread, chosen.text)
    )


def _tagged(thread: Thread, chosen: RiverFilter) -> bool:
    lines = thread.lines
    return all(
        not wanted or any(not wanted.isdisjoint(values(line.provision)) for line in lines)
        for wanted, values in (
            (frozenset(chosen.technology), _technologies),
            (frozenset(chosen.instrument), _instruments),
        )
    )


def _technologies(provision: Provision) -> tuple[str, ...]:
    return provision.technologies


def _instruments(provision: Provision) -> tuple[str, ...]:
    return provision.instruments


def _labelled(thread: Thread, chosen: RiverFilter) -> bool:
    if not chosen.label and not chosen.within:
        return True
    wanted = {label.value for label in chosen.label}
    return any(
        (not wanted or mark_of(line) in wanted)
        and (not chosen.within or (line.dropped_in or line.provision.doc) == chosen.within)
        for cell in thread.cells
        for line in cell
    )


def _worded(thread: Thread, text: str) -> bool:
    words = text.casefold().split()
    return not words or any(holds(line.provision.quote.exact, words) for line in thread.lines)


def holds(sentence: str, words: Iterable[str]) -> bool:
    """Return whether a sentence holds all of some case-folded words."""
    folded = sentence.casefold()
    return all(word in folded for word in words)
