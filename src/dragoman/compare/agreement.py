"""Congruence, conflict and subtract of two parties over concepts and levels, as in discourse network analysis.

With x the statements of one party on concept j at level q_k, and r the span of the levels:

    congruence = sum over j, k, l of x_jk y_jl (1 - |q_k - q_l| / r)
    conflict   = sum over j, k, l of x_jk y_jl |q_k - q_l| / r
    subtract   = congruence - conflict

Normalised by average activity: divided by (n + n') / 2, n the number of a party's statements; by `jaccard`:
divided by the number of concepts on which at least one party is active; by `cosine`: divided by the product of
the vector norms (the textbook form; the tool of the same name divides by n n').
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal

from dragoman.model.coordination import Agreement, Measure

Normalisation = Literal["activity", "jaccard", "cosine", "none"]
NORMALISATIONS: tuple[Normalisation, ...] = ("activity", "jaccard", "cosine", "none")
Qualifier = Literal["firmness", "stance"]
QUALIFIERS: Mapping[Qualifier, tuple[int, int]] = {"firmness": (1, 4), "stance": (0, 1)}
"""Lowest and highest level of each qualifier."""
Concept = tuple[str, str]
"""Instrument and technology; "" for none."""
Statements = Mapping[tuple[Concept, int], int]


def agreement_of(
    first: Statements, second: Statements, span: float, normalisation: Normalisation = "activity"
) -> Agreement:
    """Return the agreement of two parties.

    Args:
        first: statements of one party by concept and level.
        second: those of the other.
        span: highest less lowest level.
        normalisation: what the sums are to be divided by.
    """
    congruence = conflict = 0.0
    by_concept: dict[Concept, list[tuple[int, int]]] = {}
    for (concept, level), number in second.items():
        by_concept.setdefault(concept, []).append((level, number))
    for (concept, level), number in first.items():
        for other, times in by_concept.get(concept, ()):
            apart = abs(level - other) / span
            congruence += number * times * (1 - apart)
            conflict += number * times * apart
    activity = (sum(first.values()), sum(second.values()))
    divisor = normaliser(first, second, normalisation)
    return Agreement(congruence, conflict, congruence - conflict, divisor, normalisation, activity)


def normaliser(first: Statements, second: Statements, normalisation: Normalisation) -> float:
    """Return what the sums are divided by."""
    if normalisation == "activity":
        return (sum(first.values()) + sum(second.values())) / 2
    if normalisation == "jaccard":
        return float(len({concept for concept, _ in first} | {concept for concept, _ in second}))
    if normalisation == "cosine":
        return norm(first) * norm(second)
    return 1.0


def norm(statements: Statements) -> float:
    """Return the length of the vector of a party's statements by concept."""
    totals: Counter[Concept] = Counter()
    for (concept, _), number in statements.items():
        totals[concept] += number
    return math.sqrt(sum(number**2 for number in totals.values()))


def statements_of(measures: Iterable[Measure], topic: str, qualifier: Qualifier) -> Counter[tuple[Concept, int]]:
    """Return how often each concept is stated at each level; several tags of a measure make several concepts."""
    return Counter(
        (concept, level_of(measure, qualifier)) for measure in measures for concept in concepts_of(measure, topic)
    )


def concepts_of(measure: Measure, topic: str) -> tuple[Concept, ...]:
    """Return instrument and technology of a measure; the topic stands alone for the tags of its kind."""
    instruments = (topic,) if topic in measure.instruments else measure.instruments
    technologies = (topic,) if topic in measure.technologies else measure.technologies
    return tuple((one, other) for one in instruments or ("",) for other in technologies or ("",))


def level_of(measure: Measure, qualifier: Qualifier) -> int:
    """Return the level of a measure: its force, or whether it adopts (1) or takes back (0)."""
    return measure.force if qualifier == "firmness" else int(not measure.relaxes)
