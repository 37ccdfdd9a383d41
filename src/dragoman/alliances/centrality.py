"""Centralities of an undirected graph; benchmark/alliances.py compares each with networkx on the same edges.

Betweenness and closeness count hops, not weights. Strength, degree and eigenvector are of the weights as given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
NAMES = ("degree", "strength", "betweenness", "closeness", "eigenvector")
STEPS, PRECISE = 10_000, 1e-12
"""Rounds at most of the power iteration, and the change at which it ends."""


def centralities(weights: Floats) -> dict[str, Floats]:
    """Return the centralities of the nodes of a symmetric matrix of weights; below zero is no edge.

    - degree: share of the other nodes that a node has an edge with.
    - strength: sum of the weights of its edges.
    - betweenness: share of the shortest paths between others that pass it (Brandes 2001).
    - closeness: inverse mean distance to the nodes it reaches, times the share that it reaches (Wasserman, Faust).
    - eigenvector: of the largest eigenvalue, of length 1.
    """
    positive = np.where(weights > 0, weights, 0.0)
    joined = positive > 0
    others = max(1, len(weights) - 1)
    near = [np.flatnonzero(row) for row in joined]
    betweenness, closeness = paths_of(near)
    return {
        "degree": joined.sum(axis=1) / others,
        "strength": positive.sum(axis=1),
        "betweenness": betweenness,
        "closeness": closeness,
        "eigenvector": eigenvector(positive),
    }


def paths_of(near: Sequence[npt.NDArray[np.intp]]) -> tuple[Floats, Floats]:
    """Return betweenness and closeness from the neighbours of each node."""
    size = len(near)
    between, close = np.zeros(size), np.zeros(size)
    for source in range(size):
        distance, layers, paths = reached(near, source)
        far = distance[distance > 0].sum()
        count = int((distance > 0).sum())
        if far:
            close[source] = count / far * count / (size - 1)
        between += passed(near, distance, layers, paths, source)
    pairs = (size - 1) * (size - 2)
    return (between / pairs if pairs else between), close


def reached(
    near: Sequence[npt.NDArray[np.intp]], source: int
) -> tuple[npt.NDArray[np.int64], list[list[int]], Floats]:
    """Return hops from a node (-1 for none), the nodes by hops, and how many shortest paths lead to each."""
    distance = np.full(len(near), -1, np.int64)
    paths = np.zeros(len(near))
    distance[source], paths[source] = 0, 1
    layers = [[source]]
    while layers[-1]:
        following: list[int] = []
        for node in layers[-1]:
            for other in near[node]:
                if distance[other] < 0:
                    distance[other] = distance[node] + 1
                    following.append(int(other))
                if distance[other] == distance[node] + 1:
                    paths[other] += paths[node]
        layers.append(following)
    return distance, layers[:-1], paths


def passed(
    near: Sequence[npt.NDArray[np.intp]],
    distance: npt.NDArray[np.int64],
    layers: Sequence[Sequence[int]],
    paths: Floats,
    source: int,
) -> Floats:
    """Return the share of shortest paths from a node that pass each other node."""
    share = np.zeros(len(near))
    for layer in reversed(layers[1:]):
        for node in layer:
            before = near[node][distance[near[node]] == distance[node] - 1]
            share[before] += paths[before] / paths[node] * (1 + share[node])
    share[source] = 0
    return share


def eigenvector(weights: Floats) -> Floats:
    """Return the eigenvector of the largest eigenvalue, by power iteration on the weights and one loop a node.

    The loop makes it converge where the graph has two sides only; the vector is the same. Without edges it is 0.
    """
    if not weights.any():
        return np.zeros(len(weights))
    vector: Floats = np.full(len(weights), 1 / np.sqrt(len(weights)))
    scaled = weights / weights.max()
    for _ in range(STEPS):
        following: Floats = vector + scaled @ vector
        following = following / float(np.linalg.norm(following))
        change = float(np.abs(following - vector).max())
        vector = following
        if change < PRECISE:
            break
    return vector


def rounded(found: Mapping[str, Floats], at: int) -> dict[str, float]:
    """Return the centralities of one node."""
    return {name: round(float(values[at]), 6) for name, values in found.items()}
