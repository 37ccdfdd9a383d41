"""Networks as GraphML and GEXF, for Gephi, igraph in R and others. networkx writes and reads both."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any, Literal

import networkx as nx

from dragoman.model.alliance import Edge, Network, Node

GraphFormat = Literal["graphml", "gexf"]
GRAPH_FORMATS: tuple[GraphFormat, ...] = ("graphml", "gexf")
DYNAMIC = "dynamic"


def graph_of(network: Network, labels: Mapping[str, str]) -> nx.Graph:
    """Return a network as a graph of networkx with all its attributes.

    Args:
        network: nodes and edges.
        labels: what nodes are called, by name; the name itself where there is none.
    """
    graph = nx.Graph(name=f"{network.mode.value} {network.measure.value} {network.normalisation.value}")
    for node in network.nodes:
        graph.add_node(node.name, **node_attributes(node, labels))
    for edge in network.edges:
        graph.add_edge(edge.source, edge.target, **edge_attributes(edge))
    return graph


def node_attributes(node: Node, labels: Mapping[str, str]) -> dict[str, Any]:
    """Return the attributes of a node."""
    return {
        "label": labels.get(node.name, node.name),
        "kind": node.kind,
        "statements": node.statements,
        "community": node.community,
        **node.centrality,
    }


def edge_attributes(edge: Edge) -> dict[str, Any]:
    """Return the attributes of an edge; a day that is unknown is left out."""
    days = {"first": edge.first, "last": edge.last}
    return {
        "weight": edge.weight,
        "count": edge.count,
        "technologies": ", ".join(edge.technologies),
        "layers": ", ".join(edge.layers),
        **{name: day.isoformat() for name, day in days.items() if day},
    }


def graph_bytes(network: Network, form: GraphFormat, labels: Mapping[str, str]) -> bytes:
    """Return a network as the bytes of a file.

    In GEXF an edge stands from the day of its first tie to that of its last, which is Gephi's timeline, and a
    weight below zero is 0 with the true one beside it as `signed`: Gephi lays out no edges below zero.
    """
    graph = graph_of(network, labels)
    out = io.BytesIO()
    if form == "graphml":
        nx.write_graphml(graph, out, named_key_ids=True)
        return out.getvalue()
    graph.graph["mode"] = DYNAMIC
    for _, _, attributes in graph.edges(data=True):
        attributes["signed"] = attributes["weight"]
        attributes["weight"] = max(0.0, attributes["weight"])
        if "first" in attributes:
            attributes["start"], attributes["end"] = attributes["first"], attributes["last"]
    nx.write_gexf(graph, out)
    return out.getvalue()
