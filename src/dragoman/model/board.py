"""The due board and the scores: lines of a register with their days, states and verdicts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from dragoman.model.document import Language
from dragoman.model.problem import Problem
from dragoman.model.provision import Kind
from dragoman.model.review import Entry
from dragoman.model.rule import Bilingual
from dragoman.model.track import Assessment, DueState, Stage, Status

DUTIES = (Kind.COMMITMENT, Kind.OBLIGATION)
"""Kinds that the board follows unless others are asked for."""

HORIZON = 365
"""Days after the day asked for, up to which instances of a recurring duty are shown."""


@dataclass(frozen=True, slots=True)
class BoardQuery:
    """Which lines stand on a board; empty means "all". Fields combine with AND, values with OR.

    Attributes:
        documents, actors, counterparties, technologies, forces, languages: values that may stand in the field.
        kinds: by default commitments and obligations.
        states: states of the line (see `BoardRow.state`).
        pillars: titles of top sections.
        horizon: days ahead up to which instances of recurring duties are shown.
        most: of a register too large to be put on a board, lines whose days are nearest to the day asked for;
            None for all with a day.
    """

    documents: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = DUTIES
    states: tuple[DueState, ...] = ()
    actors: tuple[str, ...] = ()
    counterparties: tuple[str, ...] = ()
    technologies: tuple[str, ...] = ()
    pillars: tuple[str, ...] = ()
    forces: tuple[int, ...] = ()
    languages: tuple[Language, ...] = ()
    horizon: int = HORIZON
    most: int | None = None


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A commitment or obligation on the board.

    Attributes:
        entry: the line of the register.
        title, document_date: of its document.
        owners: who acts; () where the text names nobody.
        counterparts: toward or with whom.
        pillar: title of the top section under the document's title, "" outside any.
        force: 4 binding, 3 firm, 2 intended, 1 exploratory.
        precision: 0 to 4 of the legalization profile, None where it was not computed.
        state: the most pressing state of its instances; delivered when all are.
        due: the day of that instance.
        status: instances, claimed, verified, evidence, the last search, assessments.
        problems: what is wrong or assumed with its day.
    """

    entry: Entry
    title: str
    document_date: date | None
    owners: tuple[str, ...]
    counterparts: tuple[str, ...]
    pillar: str
    force: int
    precision: int | None
    state: DueState
    due: date | None
    status: Status
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class BoardSummary:
    """Counts over the rows of a board.

    Attributes:
        rows: commitments and obligations.
        states: rows by their state.
        instances: instances by their state; a row has one, or several where it recurs.
        pillars: rows of each pillar by their state, in the order of the text.
        claimed, verified: rows by the furthest stage; rows without one are not counted.
        without_owner: rows whose text names nobody who acts.
        without_evidence: rows without accepted evidence.
        searched: those of them for which a search is recorded: "no evidence found" needs one.
    """

    rows: int = 0
    states: dict[DueState, int] = field(default_factory=dict)
    instances: dict[DueState, int] = field(default_factory=dict)
    pillars: tuple[tuple[str, dict[DueState, int]], ...] = ()
    claimed: dict[Stage, int] = field(default_factory=dict)
    verified: dict[Stage, int] = field(default_factory=dict)
    without_owner: int = 0
    without_evidence: int = 0
    searched: int = 0


@dataclass(frozen=True, slots=True)
class Board:
    """The due board of a day.

    Attributes:
        as_of: the day.
        query: which lines were asked for.
        rows: most pressing first.
        summary: counts over `rows`.
        problems: of the rows and the documents.
    """

    as_of: date
    query: BoardQuery
    rows: tuple[BoardRow, ...]
    summary: BoardSummary
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A mean of compliance scores.

    Attributes:
        name: commitment's id, party, pillar or tag; "" for no pillar and for all parties together.
        mean: from -1 to 1; None where nothing was scored.
        percent: (mean + 1) / 2 * 100, rounded half up; None where nothing was scored.
        scored: scores in the mean.
        not_applicable: verdicts of n/a, which are in no mean.
        commitments: commitments with a score.
    """

    name: str
    mean: float | None
    percent: int | None
    scored: int
    not_applicable: int
    commitments: int


@dataclass(frozen=True, slots=True)
class Scores:
    """Compliance scores of documents and their means, as the G7 and G20 Research Groups take them.

    Attributes:
        as_of: day up to which assessments count.
        documents: slugs.
        assessments: the last verdict on each commitment and party; the only ones that count.
        commitments, parties, pillars, technologies: means of each.
        mean_of_commitments, mean_of_parties, pooled: the three overall means; the first is the headline.
        unassessed: commitments without a verdict.
        rule: how the means are taken, to be printed with them.
        problems: scores without a guideline, a negative verdict without a search.
    """

    as_of: date
    documents: tuple[str, ...]
    assessments: tuple[Assessment, ...]
    commitments: tuple[Aggregate, ...]
    parties: tuple[Aggregate, ...]
    pillars: tuple[Aggregate, ...]
    technologies: tuple[Aggregate, ...]
    mean_of_commitments: Aggregate
    mean_of_parties: Aggregate
    pooled: Aggregate
    unassessed: int
    rule: Bilingual
    problems: tuple[Problem, ...] = ()
