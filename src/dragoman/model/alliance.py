"""Who works with whom, on what, by which instrument, since when: ties, the cells they fill, and their network.

Terms: congruence, conflict and subtract as in discourse network analysis (Leifeld). The three layers are those of
the paper that this picture was first drawn from: restrict; develop together and set rules; trade.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from dragoman.model.problem import Problem


class Stance(StrEnum):
    """How an actor stands to its partner in a tie."""

    WITH = "with"
    """They act together; the tie has no first."""
    TOWARD = "toward"
    """The actor acts for the partner or addresses it."""
    AGAINST = "against"
    """The actor acts against the partner."""


class Level(StrEnum):
    """Who of the two parties meets."""

    GOVERNMENTS = "governments"
    COMPANIES = "companies"
    RESEARCHERS = "researchers"


class Layer(StrEnum):
    """What the tie does."""

    RESTRICT = "restrict"
    DEVELOP = "develop"
    """Develop together and set rules."""
    TRADE = "trade"


class Groups(StrEnum):
    """How a group of states is shown."""

    AS_NAMED = "as-named"
    MEMBERS = "members"
    """Each of its members on the day of the tie."""


class Axis(StrEnum):
    """What the columns of a matrix are."""

    TECHNOLOGY = "technology"
    INSTRUMENT = "instrument"
    LAYER = "layer"


@dataclass(frozen=True, slots=True)
class Tie:
    """One sentence that shows one actor with, toward or against one partner.

    Attributes:
        actor, partner: canonical names of states, unions and groups. In a tie `with` they stand in the order in
            which the sentence names them.
        technologies, instruments: tags; () where none is named.
        stance: see `Stance`.
        level: see `Level`.
        layer: see `Layer`.
        force: 4 binding ... 1 exploratory.
        joint: whether they act as one; False where each does the same by itself, or one acts on the other.
        day: on which it was, if the sentence says so, else of the document; None where unknown.
        doc, start, end: the sentence.
        confidence: 0-1.
        why: what it was read from, one name of data/alliances/reading.yaml.
    """

    actor: str
    partner: str
    technologies: tuple[str, ...]
    instruments: tuple[str, ...]
    stance: Stance
    level: Level
    layer: Layer
    force: int
    joint: bool
    day: date | None
    doc: str
    start: int
    end: int
    confidence: float
    why: str


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A sentence of a document."""

    doc: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cell:
    """All ties of one actor and partner in one column.

    Attributes:
        actor, partner: canonical names.
        column: tag of a technology or instrument, or a layer.
        stance, level: see there.
        count: number of sentences.
        force: mean force.
        joint: share of sentences in which they act as one.
        confidence: of the surest tie.
        first, last: days of the first and last tie, None where no tie has one.
        sentences: where they stand, each once, in order of document and position.
    """

    actor: str
    partner: str
    column: str
    stance: Stance
    level: Level
    count: int
    force: float
    joint: float
    confidence: float
    first: date | None
    last: date | None
    sentences: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """One square of a matrix: all ties of a row in a column, whatever their level.

    Attributes:
        count: number of sentences.
        force: mean force.
        against: number of sentences among them that are against the partner.
    """

    count: int
    force: float
    against: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """Partners by technologies, instruments or layers; what is missing is a gap.

    Attributes:
        axis: what the columns are.
        actor: whose partners the rows are; "" where a row is a pair.
        rows: partners, or pairs (actor, partner), most sentences first.
        columns: tags in the order of the data pack; one without a tie is there too.
        marks: by row and column.
    """

    axis: Axis
    actor: str
    rows: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    marks: Mapping[tuple[tuple[str, str], str], Mark]


class Mode(StrEnum):
    """What a network joins."""

    TIES = "ties"
    """Actors that a sentence ties to each other."""
    ONE = "one-mode"
    """Actors by the concepts that both act on."""
    TWO = "two-mode"
    """Actors and concepts."""


class Measure(StrEnum):
    """What the weight of an edge counts."""

    IGNORE = "ignore"
    CONGRUENCE = "congruence"
    CONFLICT = "conflict"
    SUBTRACT = "subtract"
    COMBINE = "combine"
    """Two-mode only: 1 cooperates, 2 restricts, 3 both."""


class Normalisation(StrEnum):
    """What the weight of an edge is divided by."""

    NONE = "none"
    AVERAGE = "average"
    """One-mode: mean number of statements of the two."""
    JACCARD = "jaccard"
    COSINE = "cosine"
    ACTIVITY = "activity"
    """Two-mode: statements of the actor."""
    PROMINENCE = "prominence"
    """Two-mode: statements on the concept."""


@dataclass(frozen=True, slots=True)
class Node:
    """An actor or concept of a network.

    Attributes:
        name: canonical name or tag.
        kind: type of the register ("state", "group", ...), or "concept".
        statements: number of sentences.
        community: number from 1, the largest first; 0 for one without edges.
        centrality: by name: degree, strength, betweenness, closeness, eigenvector.
    """

    name: str
    kind: str
    statements: int
    community: int = 0
    centrality: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge of a network; it has no direction.

    Attributes:
        source, target: names of nodes.
        weight: by measure and normalisation; below zero where conflict outweighs.
        count: number of sentences.
        first, last: days, None where unknown.
        technologies: tags, most frequent first.
        layers: of its ties.
    """

    source: str
    target: str
    weight: float
    count: int
    first: date | None = None
    last: date | None = None
    technologies: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Network:
    """A network with its figures.

    Attributes:
        mode, measure, normalisation: see there.
        nodes: by name.
        edges: by names of source and target.
        modularity: of the communities; None without edges.
    """

    mode: Mode
    measure: Measure
    normalisation: Normalisation
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    modularity: float | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """One step of a timeline.

    Attributes:
        name: year ("2021") or quarter ("2021-Q2").
        first, last: its days.
        counts: sentences by column of the axis.
        partners: sentences by partner.
        new: pairs that are tied for the first time.
    """

    name: str
    first: date
    last: date
    counts: Mapping[str, int]
    partners: Mapping[str, int]
    new: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A state on the map.

    Attributes:
        name: canonical name.
        latitude, longitude: degrees, north and east positive.
        count: sentences.
        against: of these, against it.
    """

    name: str
    latitude: float
    longitude: float
    count: int
    against: int


@dataclass(frozen=True, slots=True)
class Alliances:
    """What was found.

    Attributes:
        axis, groups: as asked.
        actor: canonical name, "" for all.
        since, until: bounds of days, None where open.
        documents: slugs that were asked for, () for all.
        cells: most sentences first.
        matrix: partners by columns.
        timeline: by year or quarter; ties without a day are left out.
        points: partners on the map.
        ties: number of ties that count.
        unnamed: ties that name no value of the axis; they stand in no cell.
        problems: what was left out or should be looked at.
    """

    axis: Axis
    groups: Groups
    actor: str
    since: date | None
    until: date | None
    documents: tuple[str, ...]
    cells: tuple[Cell, ...]
    matrix: Matrix
    timeline: tuple[Span, ...]
    points: tuple[Point, ...]
    ties: int
    unnamed: int
    problems: tuple[Problem, ...] = ()
