from __future__ import annotations

import io
from datetime import date

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.alliances.centrality import centralities
from dragoman.alliances.columns import Columns
from dragoman.alliances.graph_files import graph_bytes, graph_of
from dragoman.alliances.network import NotOfModeError, network_of
from dragoman.alliances.picture import entries_of
from dragoman.lexicon.actors import register_of
from dragoman.model.alliance import Axis, Measure, Mode, Network, Normalisation, Stance
from tests.alliances.making import columns, tie

US, JAPAN, INDIA, CHINA = "United States", "Japan", "India", "China"
ACTORS = register_of({})


def network(
    ties: Columns,
    mode: Mode = Mode.TIES,
    measure: Measure = Measure.SUBTRACT,
    normalisation: Normalisation = Normalisation.NONE,
) -> Network:
    return network_of(ties, entries_of(ties, Axis.TECHNOLOGY), ACTORS, mode, measure, normalisation)


def weights(found: Network) -> dict[tuple[str, str], float]:
    return {(edge.source, edge.target): edge.weight for edge in found.edges}


TIES = (
    tie(US, JAPAN, "ai", start=1),
    tie(US, JAPAN, "quantum", start=2, day=date(2022, 1, 1)),
    tie(US, CHINA, "ai", stance=Stance.AGAINST, start=3),
    tie(INDIA, JAPAN, "ai", start=4),
)


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (Measure.IGNORE, {(JAPAN, US): 2, (CHINA, US): 1, (INDIA, JAPAN): 1}),
        (Measure.CONGRUENCE, {(JAPAN, US): 2, (INDIA, JAPAN): 1}),
        (Measure.CONFLICT, {(CHINA, US): 1}),
        (Measure.SUBTRACT, {(JAPAN, US): 2, (CHINA, US): -1, (INDIA, JAPAN): 1}),
    ],
)
def test_direct_ties_count_sentences(measure: Measure, expected: dict[tuple[str, str], float]) -> None:
    assert weights(network(columns(*TIES), measure=measure)) == expected


def test_an_edge_tells_its_days_and_technologies() -> None:
    edge = next(edge for edge in network(columns(*TIES)).edges if edge.target == US and edge.source == JAPAN)
    assert (edge.first, edge.last, edge.technologies, edge.count) == (
        date(2021, 3, 12),
        date(2022, 1, 1),
        ("ai", "quantum"),
        2,
    )


# Statements on ai: US 1 cooperates and 1 restricts, Japan 2 cooperate, India 1; on quantum: US 1, Japan 1.
@pytest.mark.parametrize(
    ("measure", "normalisation", "expected"),
    [
        (Measure.CONGRUENCE, Normalisation.NONE, 1 * 2 + 1 * 1),
        (Measure.CONFLICT, Normalisation.NONE, 1 * 2),
        (Measure.SUBTRACT, Normalisation.NONE, 1),
        (Measure.SUBTRACT, Normalisation.AVERAGE, 1 / ((3 + 3) / 2)),
        (Measure.CONGRUENCE, Normalisation.JACCARD, 3 / 2),
        (Measure.IGNORE, Normalisation.COSINE, (2 * 2 + 1 * 1) / (np.sqrt(5) * np.sqrt(5))),
    ],
)
def test_actors_are_joined_by_concepts_as_in_discourse_network_analysis(
    measure: Measure, normalisation: Normalisation, expected: float
) -> None:
    found = weights(network(columns(*TIES), Mode.ONE, measure, normalisation))
    assert found[JAPAN, US] == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    ("measure", "normalisation", "expected"),
    [
        (Measure.IGNORE, Normalisation.NONE, 2),
        (Measure.COMBINE, Normalisation.NONE, 3),
        (Measure.IGNORE, Normalisation.ACTIVITY, 2 / 3),
        (Measure.IGNORE, Normalisation.PROMINENCE, 2 / 5),
    ],
)
def test_actors_and_concepts(measure: Measure, normalisation: Normalisation, expected: float) -> None:
    found = weights(network(columns(*TIES), Mode.TWO, measure, normalisation))
    assert found[US, "ai"] == pytest.approx(expected, abs=1e-6)
    assert (US, JAPAN) not in found


def test_what_a_mode_does_not_have_is_refused_with_what_it_has() -> None:
    with pytest.raises(NotOfModeError, match="It has: none, average, jaccard, cosine"):
        network(columns(*TIES), Mode.ONE, Measure.SUBTRACT, Normalisation.PROMINENCE)


def test_communities_are_numbered_the_largest_first_and_always_the_same() -> None:
    ties = columns(
        *(tie(first, second, "ai") for first, second in (("A", "B"), ("B", "C"), ("A", "C"), ("X", "Y")))
    )
    found = {node.name: node.community for node in network(ties).nodes}
    assert found == {"A": 1, "B": 1, "C": 1, "X": 2, "Y": 2}
    again = columns(
        *(tie(second, first, "ai") for first, second in (("X", "Y"), ("A", "C"), ("B", "C"), ("A", "B")))
    )
    assert {node.name: node.community for node in network(again).nodes} == found


def test_nobody_is_a_network_without_nodes() -> None:
    for mode in Mode:
        found = network(columns(), mode, Measure.IGNORE)
        assert (found.nodes, found.edges, found.modularity) == ((), (), None)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_centrality_is_that_of_networkx(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 9))
    drawn = data.draw(st.lists(st.integers(-1, 4), min_size=size * size, max_size=size * size))
    upper = np.triu(np.array(drawn, float).reshape(size, size), 1)
    matrix = upper + upper.T
    graph = nx.from_numpy_array(np.where(matrix > 0, matrix, 0))
    found = centralities(matrix)
    assert list(found["degree"]) == pytest.approx(list(nx.degree_centrality(graph).values()))
    assert list(found["strength"]) == pytest.approx([value for _, value in graph.degree(weight="weight")])
    assert list(found["betweenness"]) == pytest.approx(list(nx.betweenness_centrality(graph).values()))
    assert list(found["closeness"]) == pytest.approx(list(nx.closeness_centrality(graph).values()))
    if graph.number_of_edges() and nx.is_connected(graph):
        expected = nx.eigenvector_centrality(graph, max_iter=5000, tol=1e-10, weight="weight")
        assert list(found["eigenvector"]) == pytest.approx(list(expected.values()), abs=1e-4)


def same(one: nx.Graph, other: nx.Graph, left_out: frozenset[str] = frozenset()) -> bool:
    def kept(attributes: dict[str, object]) -> dict[str, object]:
        return {name: value for name, value in attributes.items() if name not in left_out}

    nodes = {name: kept(attributes) for name, attributes in one.nodes(data=True)}
    edges = {frozenset((a, b)): kept(attributes) for a, b, attributes in one.edges(data=True)}
    return nodes == {name: kept(attributes) for name, attributes in other.nodes(data=True)} and edges == {
        frozenset((a, b)): kept(attributes) for a, b, attributes in other.edges(data=True)
    }


@pytest.mark.parametrize("mode", list(Mode))
def test_graphml_is_read_back_equal(mode: Mode) -> None:
    found = network(columns(*TIES), mode)
    names = {US: "美国", JAPAN: "日本"}
    read = nx.read_graphml(io.BytesIO(graph_bytes(found, "graphml", names)))
    assert same(read, graph_of(found, names))
    assert read.nodes[US]["label"] == "美国"


def test_gexf_is_read_back_with_days_and_no_weight_below_zero() -> None:
    found = network(columns(*TIES))
    read = nx.read_gexf(io.BytesIO(graph_bytes(found, "gexf", {})))
    edge = read.edges[US, CHINA]
    assert (edge["weight"], edge["signed"], edge["start"]) == (0.0, -1.0, "2021-03-12")
    extra = frozenset({"weight", "signed", "start", "end", "id"})
    assert same(read, graph_of(found, {}), extra)
