"""Where the nodes of a network are drawn: the largest part in the middle, the others below, always the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import networkx as nx

from dragoman.model.alliance import Network

Places = dict[str, tuple[float, float]]
SEED = 7
ROUNDS = 300
MOST = 60
"""Nodes that are laid out, the strongest: more are a cloud."""
FLOOR = 0.2
"""Share of the height that the smaller parts have."""


def layout_of(network: Network) -> Places:
    """Return where nodes with edges are drawn, from 0 to 1 each way (Fruchterman, Reingold 1991)."""
    strong = sorted(
        network.nodes, key=lambda node: (-node.centrality.get("strength", 0), -node.statements, node.name)
    )
    kept = {node.name for node in strong[:MOST]}
    graph = nx.Graph()
    graph.add_edges_from(
        (edge.source, edge.target) for edge in network.edges if {edge.source, edge.target} <= kept
    )
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part))
    if not parts:
        return {}
    floor = FLOOR if len(parts) > 1 else 0.0
    return boxed(spread(graph, parts[0]), (0, floor, 1, 1)) | in_a_row(graph, parts[1:])


def spread(graph: nx.Graph, part: Sequence[str]) -> Places:
    """Return where the nodes of a connected part lie."""
    own = nx.Graph()
    own.add_nodes_from(part)
    own.add_edges_from(sorted(tuple(sorted(edge)) for edge in graph.subgraph(part).edges()))
    found = nx.spring_layout(own, iterations=ROUNDS, seed=SEED, weight=None)
    return {name: (float(x), float(y)) for name, (x, y) in found.items()}


def in_a_row(graph: nx.Graph, parts: Sequence[Sequence[str]]) -> Places:
    """Return where the nodes of the smaller parts lie: side by side below the largest."""
    found: Places = {}
    size = sum(len(part) for part in parts)
    left = 0.0
    for part in parts:
        right = left + len(part) / size
        margin = (right - left) * 0.2
        found |= boxed(spread(graph, part), (left + margin, 0.0, right - margin, FLOOR * 0.5))
        left = right
    return found


def boxed(places: Mapping[str, tuple[float, float]], box: tuple[float, float, float, float]) -> Places:
    """Return places moved and stretched into a box (left, bottom, right, top)."""
    left, bottom, right, top = box
    across, along = [x for x, _ in places.values()], [y for _, y in places.values()]
    wide, high = max(across) - min(across) or 1, max(along) - min(along) or 1
    return {
        name: (
            round(left + (x - min(across)) / wide * (right - left), 4),
            round(bottom + (y - min(along)) / high * (top - bottom), 4),
        )
        for name, (x, y) in places.items()
    }
