"""Networks of actors and concepts as in discourse network analysis, from columns of ties.

x[i, j, k] is the number of statements of actor i on concept j at level q[k] of a qualifier. The qualifier here
says whether the actor cooperates (1) or restricts (0) on the concept. Formulas after DNA (Leifeld; Exporter.java
2adbf78), but with textbook cosine: the dot product divided by the product of the norms.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dragoman.alliances.columns import STANCES, Columns
from dragoman.alliances.counting import Numbers, distinct
from dragoman.alliances.picture import Entries
from dragoman.model.alliance import Measure, Normalisation, Stance

Floats = npt.NDArray[np.float64]
RESTRICTS, COOPERATES = 0, 1
LEVELS = 2


@dataclass(frozen=True, slots=True, eq=False)
class Statements:
    """Statements of actors on concepts.

    Attributes:
        counts: by actor, concept and level.
        actors: numbers of names.
        concepts: numbers of columns.
    """

    counts: Floats
    actors: Numbers
    concepts: Numbers

    @property
    def total(self) -> Floats:
        """Statements by actor and concept, whatever their level."""
        summed: Floats = self.counts.sum(axis=2)
        return summed


def statements_of(ties: Columns, entries: Entries) -> Statements:
    """Return the statements of ties: in a tie `with` both make one, else the one that acts.

    A sentence counts once for an actor, concept and level, however many partners it names.
    """
    at = entries.at
    stance = ties.rows["stance"][at]
    level = np.where(stance == STANCES.index(Stance.AGAINST), RESTRICTS, COOPERATES)
    both = stance == STANCES.index(Stance.WITH)
    actor = np.concatenate([ties.rows["actor"][at], ties.rows["partner"][at][both]]).astype(np.int64)
    concept = np.concatenate([entries.column, entries.column[both]])
    levels = np.concatenate([level, level[both]]).astype(np.int64)
    sentence = ties.sentences[at]
    sentences = np.concatenate([sentence, sentence[both]])
    actors, concepts = distinct(actor), distinct(concept)
    shape = (len(actors), len(concepts), LEVELS)
    keys = (np.searchsorted(actors, actor) * len(concepts) + np.searchsorted(concepts, concept)) * LEVELS + levels
    counts = ties.counts(keys, sentences, int(np.prod(shape))).astype(float)
    return Statements(counts.reshape(shape), actors, concepts)


def one_mode(statements: Statements, measure: Measure, normalisation: Normalisation) -> Floats:
    """Return the weights between actors; the diagonal is 0."""
    counts, total = statements.counts, statements.total
    same = sum((counts[:, :, k] @ counts[:, :, k].T for k in range(LEVELS)), np.zeros((len(counts), len(counts))))
    across = total @ total.T - same
    weights = {
        Measure.IGNORE: same + across,
        Measure.CONGRUENCE: same,
        Measure.CONFLICT: across,
        Measure.SUBTRACT: same - across,
    }[measure]
    divisor = divisor_of(total, normalisation)
    found: Floats = np.divide(weights, divisor, out=np.zeros_like(weights), where=divisor > 0)
    np.fill_diagonal(found, 0)
    return found


def divisor_of(total: Floats, normalisation: Normalisation) -> Floats:
    """Return what the weights between actors are divided by."""
    activity = total.sum(axis=1)
    if normalisation is Normalisation.AVERAGE:
        mean: Floats = (activity[:, None] + activity[None, :]) / 2
        return mean
    if normalisation is Normalisation.JACCARD:
        named = (total > 0).astype(float)
        shared = named @ named.T
        union: Floats = named.sum(axis=1)[:, None] + named.sum(axis=1)[None, :] - shared
        return union
    if normalisation is Normalisation.COSINE:
        norms = np.sqrt((total**2).sum(axis=1))
        product: Floats = norms[:, None] * norms[None, :]
        return product
    return np.ones((len(total), len(total)))


def two_mode(statements: Statements, measure: Measure, normalisation: Normalisation) -> Floats:
    """Return the weights between actors and concepts."""
    counts, total = statements.counts, statements.total
    against, together = counts[:, :, RESTRICTS], counts[:, :, COOPERATES]
    if measure is Measure.COMBINE:
        codes: Floats = (together > 0) * 1.0 + (against > 0) * 2.0
        return codes
    weights = together - against if measure is Measure.SUBTRACT else total
    if normalisation is Normalisation.ACTIVITY:
        divisor = np.broadcast_to(total.sum(axis=1, keepdims=True), total.shape)
    elif normalisation is Normalisation.PROMINENCE:
        divisor = np.broadcast_to(total.sum(axis=0, keepdims=True), total.shape)
    else:
        divisor = np.ones_like(total)
    found: Floats = np.divide(weights, divisor, out=np.zeros_like(weights), where=divisor > 0)
    return found
