"""Networks of ties: actors that sentences tie, actors by the concepts that both act on, actors and concepts."""

from __future__ import annotations

from collections.abc import Sequence

import networkx as nx
import numpy as np

from dragoman.alliances.centrality import Floats, centralities, rounded
from dragoman.alliances.columns import LAYERS, Columns, day_of, tags_of
from dragoman.alliances.concepts import one_mode, statements_of, two_mode
from dragoman.alliances.counting import Numbers, distinct, grouped
from dragoman.alliances.picture import AGAINST, Entries
from dragoman.lexicon.actors import ActorRegister
from dragoman.model import UsageError
from dragoman.model.alliance import Edge, Measure, Mode, Network, Node, Normalisation

CONCEPT = "concept"
ALLOWED = {
    Mode.TIES: (
        (Measure.IGNORE, Measure.CONGRUENCE, Measure.CONFLICT, Measure.SUBTRACT),
        (Normalisation.NONE, Normalisation.AVERAGE),
    ),
    Mode.ONE: (
        (Measure.IGNORE, Measure.CONGRUENCE, Measure.CONFLICT, Measure.SUBTRACT),
        (Normalisation.NONE, Normalisation.AVERAGE, Normalisation.JACCARD, Normalisation.COSINE),
    ),
    Mode.TWO: (
        (Measure.IGNORE, Measure.COMBINE, Measure.SUBTRACT),
        (Normalisation.NONE, Normalisation.ACTIVITY, Normalisation.PROMINENCE),
    ),
}
"""Measures and normalisations of each mode."""


class NotOfModeError(UsageError):
    """A measure or normalisation that a mode does not have."""

    def __init__(self, mode: Mode, value: str, known: Sequence[str]) -> None:
        super().__init__(f"A network of {mode.value} has no {value}.", f"It has: {', '.join(known)}.")


def check_mode(mode: Mode, measure: Measure, normalisation: Normalisation) -> None:
    """Check that a network can be asked for. Raises NotOfModeError."""
    measures, normalisations = ALLOWED[mode]
    if measure not in measures:
        raise NotOfModeError(mode, measure.value, measures)
    if normalisation not in normalisations:
        raise NotOfModeError(mode, normalisation.value, normalisations)


def network_of(
    ties: Columns,
    entries: Entries,
    actors: ActorRegister,
    mode: Mode = Mode.TIES,
    measure: Measure = Measure.SUBTRACT,
    normalisation: Normalisation = Normalisation.NONE,
) -> Network:
    """Return a network with communities and centralities.

    Args:
        ties: that count.
        entries: the same by the columns that are its concepts.
        actors: types of actors.
        mode: what is joined.
        measure: what the weights count. Between actors tied directly, congruence counts sentences `with` and
            `toward`, conflict those `against`.
        normalisation: what the weights are divided by.

    Raises:
        NotOfModeError: the mode has no such measure or normalisation.
    """
    check_mode(mode, measure, normalisation)
    statements = statements_of(ties, entries)
    if mode is Mode.TIES:
        names, weights, kinds, said = direct(ties, measure, normalisation, actors)
    else:
        names = [ties.names[number] for number in statements.actors]
        kinds = [actors.type_of(name) or "unknown" for name in names]
        said = statements.total.sum(axis=1)
        if mode is Mode.ONE:
            weights = one_mode(statements, measure, normalisation)
        else:
            concepts = [entries.columns[number] for number in statements.concepts]
            weights = square(two_mode(statements, measure, normalisation))
            names, kinds = names + concepts, kinds + [CONCEPT] * len(concepts)
            said = np.concatenate([said, statements.total.sum(axis=0)])
    edges = edges_of(names, weights, ties, entries, mode)
    return with_figures(names, kinds, said, weights, edges, (mode, measure, normalisation))


def square(weights: Floats) -> Floats:
    """Return weights between two kinds of nodes as one symmetric matrix."""
    rows, columns = weights.shape
    found = np.zeros((rows + columns, rows + columns))
    found[:rows, rows:] = weights
    found[rows:, :rows] = weights.T
    return found


def direct(
    ties: Columns, measure: Measure, normalisation: Normalisation, actors: ActorRegister
) -> tuple[list[str], Floats, list[str], Floats]:
    """Return names, weights, types and numbers of sentences of actors that are tied directly."""
    numbers = distinct(np.concatenate([ties.rows["actor"], ties.rows["partner"]]).astype(np.int64))
    names = [ties.names[number] for number in numbers]
    first, second = np.searchsorted(numbers, ties.rows["actor"]), np.searchsorted(numbers, ties.rows["partner"])
    sharp = ties.rows["stance"] == AGAINST
    sentences = ties.sentences
    together = pair_counts(ties, first[~sharp], second[~sharp], sentences[~sharp], len(names))
    against = pair_counts(ties, first[sharp], second[sharp], sentences[sharp], len(names))
    weights = {
        Measure.IGNORE: together + against,
        Measure.CONGRUENCE: together,
        Measure.CONFLICT: against,
        Measure.SUBTRACT: together - against,
    }[measure]
    said = (together + against).sum(axis=1)
    if normalisation is Normalisation.AVERAGE:
        mean = (said[:, None] + said[None, :]) / 2
        weights = np.divide(weights, mean, out=np.zeros_like(weights), where=mean > 0)
    return names, weights, [actors.type_of(name) or "unknown" for name in names], said


def pair_counts(ties: Columns, first: Numbers, second: Numbers, sentences: Numbers, size: int) -> Floats:
    """Return how many sentences tie each pair, both ways alike."""
    low, high = np.minimum(first, second), np.maximum(first, second)
    counts = ties.counts(low * size + high, sentences, size * size).reshape(size, size).astype(float)
    found: Floats = counts + counts.T
    np.fill_diagonal(found, 0)
    return found


def edges_of(
    names: Sequence[str], weights: Floats, ties: Columns, entries: Entries, mode: Mode
) -> tuple[Edge, ...]:
    """Return the edges of weights, with the days, technologies and layers of their ties."""
    told = told_of(ties, entries, mode)
    found = []
    for first, second in zip(*np.nonzero(np.triu(weights, 1)), strict=True):
        source, target = (
            sorted((names[first], names[second])) if mode is not Mode.TWO else (names[first], names[second])
        )
        days, count, technologies, layers = told.get((source, target), ((0, 0), 0, 0, 0))
        found.append(
            Edge(
                source=source,
                target=target,
                weight=round(float(weights[first, second]), 6),
                count=count,
                first=day_of(days[0]),
                last=day_of(days[1]),
                technologies=tags_of(technologies, ties.tags.technologies),
                layers=tags_of(layers, LAYERS),
            )
        )
    return tuple(sorted(found, key=lambda edge: (edge.source, edge.target)))


Told = tuple[tuple[int, int], int, int, int]
"""First and last day, sentences, bits of technologies and layers."""


def told_of(ties: Columns, entries: Entries, mode: Mode) -> dict[tuple[str, str], Told]:
    """Return what the ties of each edge tell: of a pair of actors, or of an actor and a concept."""
    rows, sentences = ties.rows, ties.sentences
    if mode is Mode.TWO:
        at = np.concatenate([entries.at, entries.at])
        ends = np.concatenate([rows["actor"][entries.at], rows["partner"][entries.at]]).astype(np.int64)
        other = np.concatenate([entries.column, entries.column])
        others = entries.columns
    else:
        at = np.arange(len(rows))
        ranks = np.argsort(np.argsort(np.array(ties.names)))
        actor, partner = rows["actor"].astype(np.int64), rows["partner"].astype(np.int64)
        swap = ranks[actor] > ranks[partner]
        ends, other = np.where(swap, partner, actor), np.where(swap, actor, partner)
        others = ties.names
    width = len(others) or 1
    pairs = ends * width + other
    groups = grouped(pairs)
    keys, which = pairs[groups.first], groups.of
    counts = ties.counts(which, sentences[at], len(keys))
    days = rows["day"][at].astype(np.int64)
    low, high = np.full(len(keys), 2**31), np.zeros(len(keys), np.int64)
    np.minimum.at(low, which[days > 0], days[days > 0])
    np.maximum.at(high, which[days > 0], days[days > 0])
    technologies, layers = np.zeros(len(keys), np.uint64), np.zeros(len(keys), np.uint64)
    np.bitwise_or.at(technologies, which, rows["technologies"][at])
    np.bitwise_or.at(layers, which, np.uint64(1) << rows["layer"][at].astype(np.uint64))
    return {
        (ties.names[key // width], others[key % width]): (
            (int(low[n]) if high[n] else 0, int(high[n])),
            int(counts[n]),
            int(technologies[n]),
            int(layers[n]),
        )
        for n, key in enumerate(keys)
    }


def with_figures(
    names: Sequence[str],
    kinds: Sequence[str],
    said: Floats,
    weights: Floats,
    edges: tuple[Edge, ...],
    asked: tuple[Mode, Measure, Normalisation],
) -> Network:
    """Return the network of edges with the communities and centralities of its nodes."""
    figures = centralities(weights)
    communities, modularity = communities_of(edges)
    nodes = tuple(
        Node(name, kinds[at], int(said[at]), communities.get(name, 0), rounded(figures, at))
        for at, name in enumerate(names)
    )
    return Network(
        *asked, tuple(sorted(nodes, key=lambda node: (node.kind == CONCEPT, node.name))), edges, modularity
    )


def communities_of(edges: Sequence[Edge]) -> tuple[dict[str, int], float | None]:
    """Return the community of each node and the modularity (Clauset, Newman, Moore 2004); the largest is 1.

    Only edges above zero count. Nodes are taken in the order of their names, so the outcome is always the same.
    """
    graph = nx.Graph()
    positive = [edge for edge in edges if edge.weight > 0]
    graph.add_nodes_from(sorted({name for edge in positive for name in (edge.source, edge.target)}))
    graph.add_weighted_edges_from((edge.source, edge.target, edge.weight) for edge in positive)
    if not positive:
        return {}, None
    found = nx.community.greedy_modularity_communities(graph, weight="weight")
    parts = sorted((sorted(one) for one in found), key=lambda one: (-len(one), one))
    numbers = {name: number for number, one in enumerate(parts, 1) for name in one}
    return numbers, round(float(nx.community.modularity(graph, [set(one) for one in parts], weight="weight")), 6)
