"""Centralities of an undirected graph; benchmark/alliances.py compares each with networkx on the same edges.

Betweenness and closeness count hops, not weights. Strength, degree and eigenvector are of the weights as given.
"""

from __future__ import annotations

from collections.abc import Mapping

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
    betweenness, closeness = paths_of(joined)
    return {
        "degree": joined.sum(axis=1) / others,
        "strength": positive.sum(axis=1),
        "betweenness": betweenness,
        "closeness": closeness,
        "eigenvector": eigenvector(positive),
    }


def paths_of(joined: npt.NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Return betweenness and closeness from who is joined to whom; all sources are walked at once, hop by hop."""
    size = len(joined)
    near = joined.astype(float)
    hops, paths, furthest = walked(near)
    far, reached = np.where(hops > 0, hops, 0).sum(axis=1), (hops > 0).sum(axis=1)
    close = np.divide(reached * reached, far * max(1, size - 1), out=np.zeros(size), where=far > 0)
    share = np.zeros((size, size))
    for hop in range(furthest, 0, -1):
        on = hops == hop
        passed = np.divide(1 + share, paths, out=np.zeros_like(paths), where=on)
        share += np.where(hops == hop - 1, paths * (passed @ near), 0)
    np.fill_diagonal(share, 0)
    pairs = (size - 1) * (size - 2)
    return share.sum(axis=0) / (pairs or 1), close


def walked(near: Floats) -> tuple[npt.NDArray[np.int64], Floats, int]:
    """Return hops between all nodes (-1 for none), how many shortest paths lead there, and the most hops."""
    size = len(near)
    hops = np.full((size, size), -1, np.int64)
    np.fill_diagonal(hops, 0)
    paths = np.eye(size)
    front, hop = np.eye(size), 0
    while front.any():
        front = np.where(hops < 0, front @ near, 0)
        hop += 1
        hops[front > 0] = hop
        paths += front
    return hops, paths, hop


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
