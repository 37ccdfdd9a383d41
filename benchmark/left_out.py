"""Logistic models of yes-or-no questions, and what they answer about documents that were left out.

The features of all questions become one sparse matrix. What is learned without a document starts from what is
learned with all of them and is then followed to its own optimum: who stops early keeps what the document told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.special import expit

Numbers = NDArray[np.float64]
FAMILIES = {
    "pipl": "pipl", "tech-alliance": "tech-alliance", "ai-exports": "ai-exports", "eo-14320": "ai-exports",
    "ttc-3": "ttc-3", "ttc-6": "ttc-6", "2026-06-22": "quantum orders", "2026-06-02": "innovation order",
}  # fmt: skip
"""Documents that count as one when a document is left out, by what stands in their names."""
FEWEST = 3
"""Documents a feature must stand in to be learned."""
NEAR, PASSES, STEPS, HALVINGS = 0.05, 50, 300, 20
"""Length of the gradient that counts as the optimum; most passes, steps within one, and halvings of a step."""


@dataclass(frozen=True, slots=True)
class Example:
    """One yes-or-no question: document, line within it, what is asked, features, answer."""

    doc: str
    line: int
    tag: str
    features: tuple[str, ...]
    answer: bool
    language: str


def family(doc: str) -> str:
    """Return what counts as one document when it is left out.

    Parts and versions of one text go together, and a fact sheet goes with the order of the same day.
    """
    return next((name for text, name in FAMILIES.items() if text in doc), doc)


def matrix_of(rows: Sequence[Sequence[int]], width: int) -> csr_matrix:
    """Return a matrix with ones in the columns that each row names, and in a last one that is the bias."""
    starts = np.cumsum([0, *(len(row) + 1 for row in rows)])
    columns = [column for row in rows for column in (*row, width)]
    return csr_matrix((np.ones(len(columns)), columns, starts), shape=(len(rows), width + 1))


ALIKE: Mapping[str, float] = {}
"""Every document counts once."""


class Table:
    """Examples as a matrix, and in how many documents each feature stands; those without features are left out.

    `worth` says how much the examples of a document count, 1 where it does not name the document.
    """

    def __init__(self, examples: Sequence[Example], worth: Mapping[str, float] = ALIKE) -> None:
        self.kept = np.array([at for at, example in enumerate(examples) if example.features])
        chosen = [examples[at] for at in self.kept]
        columns: dict[str, int] = {}
        rows = [[columns.setdefault(name, len(columns)) for name in dict.fromkeys(e.features)] for e in chosen]
        self.names = list(columns)
        self.matrix = matrix_of(rows, len(columns))
        self.answers = np.array([float(example.answer) for example in chosen])
        self.worth = np.array([worth.get(example.doc, 1.0) for example in chosen])
        self.families, self.family = np.unique([family(example.doc) for example in chosen], return_inverse=True)
        members = csr_matrix((np.ones(len(chosen)), (self.family, np.arange(len(chosen)))))
        self.stands = csr_matrix((members @ self.matrix) > 0, dtype=int)
        self.documents = np.asarray(self.stands.sum(axis=0)).ravel()

    def fit(self, strength: float) -> Fitted:
        """Return the model of all examples.

        Features that stand in fewer than `FEWEST` documents are left out: they tell about a document.
        """
        general = np.flatnonzero(self.documents >= FEWEST)
        weights = optimum(self.matrix[:, general], self.answers, strength * self.worth, np.zeros(len(general)))
        names = [self.names[at] for at in general[:-1]]
        return Fitted(dict(zip(names, weights.tolist(), strict=False)), float(weights[-1]))

    def left_out(self, strength: float) -> Numbers:
        """Return for each kept example the chance that a model gives it which has not seen its document."""
        whole = self.fit(strength)
        weights = np.array([*(whole.weights.get(name, 0.0) for name in self.names), whole.bias])
        chances = np.zeros(len(self.answers))
        for number in range(len(self.families)):
            inside, outside = np.flatnonzero(self.family == number), np.flatnonzero(self.family != number)
            seen = np.flatnonzero(self.documents - self.stands[number].toarray().ravel() >= FEWEST)
            worth = strength * self.worth[outside]
            own = optimum(self.matrix[outside][:, seen], self.answers[outside], worth, weights[seen])
            chances[inside] = expit(self.matrix[inside][:, seen] @ own)
        return chances


@dataclass(frozen=True, slots=True)
class Fitted:
    """A logistic model: the weights of its features, and the bias."""

    weights: dict[str, float]
    bias: float

    def scores(self, examples: Sequence[Example]) -> list[float]:
        """Return the score of each example; features the model does not know count nothing."""
        known = self.weights
        return [self.bias + sum(known.get(name, 0.0) for name in dict.fromkeys(e.features)) for e in examples]


def optimum(matrix: csr_matrix, answers: Numbers, strength: Numbers, start: Numbers) -> Numbers:
    """Return the weights of the least loss: strength * log loss + half the squares of all weights but the last.

    Each example has a strength of its own. Newton's method, each direction by conjugate gradients with the
    diagonal of the curvature as preconditioner.
    """
    weights, across = start, matrix.T.tocsr()
    ridge = np.ones(len(weights))
    ridge[-1] = 0.0
    for _ in range(PASSES):
        chances = expit(matrix @ weights)
        slope = across @ (strength * (chances - answers)) + ridge * weights
        if np.linalg.norm(slope) < NEAR:
            break
        curve = strength * chances * (1 - chances)
        step = direction(matrix, across, curve, ridge, slope)
        weights = weights + step * stride(matrix, answers, strength, ridge, weights, step, float(slope @ step))
    return weights


def direction(matrix: csr_matrix, across: csr_matrix, curve: Numbers, ridge: Numbers, slope: Numbers) -> Numbers:
    """Return Newton's direction; entries of the matrix are ones, so their squares are themselves."""
    scale = across @ curve + ridge
    near = 0.1 * min(1.0, float(np.linalg.norm(slope))) * float(np.linalg.norm(slope))
    step, rest = np.zeros(len(slope)), -slope
    ahead = rest / scale
    size = rest @ ahead
    for _ in range(STEPS):
        bent = across @ (curve * (matrix @ ahead)) + ridge * ahead
        along = size / (ahead @ bent)
        step, rest = step + along * ahead, rest - along * bent
        if np.linalg.norm(rest) < near:
            break
        scaled = rest / scale
        size, before = rest @ scaled, size
        ahead = scaled + size / before * ahead
    return step


def stride(
    matrix: csr_matrix,
    answers: Numbers,
    strength: Numbers,
    ridge: Numbers,
    weights: Numbers,
    step: Numbers,
    descent: float,
) -> float:
    """Return how much of a step to take so that the loss falls as it should."""

    def loss(share: float) -> float:
        scores, moved = at + share * along, weights + share * step
        return float(strength @ (np.logaddexp(0, scores) - answers * scores) + ridge @ moved**2 / 2)

    at, along = matrix @ weights, matrix @ step
    whole = loss(0.0)
    shares = (0.5**times for times in range(HALVINGS))
    return next((share for share in shares if loss(share) <= whole + 1e-4 * share * descent), 0.0)


def left_out(table: Table, examples: Sequence[Example], strength: float) -> list[float]:
    """Return for each example of a table the chance of a model without its document, 0 without features."""
    chances = np.zeros(len(examples))
    chances[table.kept] = table.left_out(strength)
    return list(chances.tolist())
