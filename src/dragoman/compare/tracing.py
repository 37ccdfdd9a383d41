"""Bayesian process tracing over several hypotheses: weight of evidence, posteriors, robustness, sensitivity.

For item m and hypothesis i the ratio is P(E_m|H_i) over the geometric mean of all P(E_m|H_j); log weights are log
prior plus the sum of log ratios, and the posterior is their softmax. Weight of evidence in decibels between two
hypotheses is 10 log10 of the ratio of their likelihoods. Items of a cluster are pooled (the mean of their log
ratios), not added; one item or cluster moves two hypotheses apart by no more than a cap; one of little relevance
counts nothing. Fairfield and Charman 2017, 2022.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from statistics import fmean

from dragoman.lexicon import load_pack
from dragoman.model.tracing import EvidenceItem, Hypothesis, Swing, Test, Tracing, Weighed, Workbook

PACK = "compare/tracing.yaml"
Ratios = Mapping[str, float]
DECIBEL = 10 / math.log(10)
"""Decibels of a neper, as a ratio of probabilities."""


@dataclass(frozen=True, slots=True, eq=False)
class TracingRules:
    """Figures of process tracing; what each does stands beside it in the pack."""

    scale: Mapping[str, float]
    cap: float
    cap_interpretive: float
    relevance: float
    residual: str
    residual_prior: float
    robust_items: int
    robust_nepers: float
    share: float
    drivers: int
    hoop: float
    smoking: float


@cache
def load_tracing() -> TracingRules:
    """Return the rules that ship. Raises PackFaultError."""
    pack = load_pack(PACK)
    return TracingRules(
        scale={**pack["scale"], **pack["scale_zh"]},
        cap=pack["cap"],
        cap_interpretive=pack["cap_interpretive"],
        relevance=pack["relevance"],
        residual=pack["residual"],
        residual_prior=pack["residual_prior"],
        robust_items=pack["robust"]["items"],
        robust_nepers=pack["robust"]["nepers"],
        share=pack["sensitivity"]["share"],
        drivers=pack["sensitivity"]["drivers"],
        hoop=pack["hoop"],
        smoking=pack["smoking"],
    )


def decibels(first: float, second: float) -> float:
    """Return the weight of evidence of two likelihoods in decibels: 10 log10(first / second)."""
    return 10 * math.log10(first / second)


def trace(book: Workbook, rules: TracingRules) -> Tracing:
    """Return what the evidence of a workbook weighs."""
    items = tuple(weigh(item, book.hypotheses, rules) for item in book.items)
    units = tuple(pool(book.items, items, rules))
    posteriors = posteriors_of(book.hypotheses, [unit.ratios for unit in units])
    ranked = sorted(posteriors, key=lambda name: (-posteriors[name], name))
    leader, second = ranked[0], ranked[1]
    return Tracing(
        workbook=book,
        items=items,
        units=units,
        posteriors=posteriors,
        leader=leader,
        second=second,
        decibels=weights_of(units, [one.id for one in book.hypotheses]),
        strong=tuple(unit.name for unit in units if apart(unit, leader, second) > rules.robust_nepers),
        least=rules.robust_items,
        nepers=rules.robust_nepers,
        swings=tuple(swings_of(book.hypotheses, units, (leader, second), rules)),
    )


def weigh(item: EvidenceItem, hypotheses: Sequence[Hypothesis], rules: TracingRules) -> Weighed:
    """Return the weight of one item alone."""
    names = [one.id for one in hypotheses]
    if item.relevance < rules.relevance:
        return Weighed(item.id, (item.id,), dict.fromkeys(names, 0.0), {}, left_out=True)
    logs = {name: math.log(item.likelihoods[name]) for name in names}
    ratios = centred(logs)
    held = capped(ratios, rules.cap_interpretive if item.interpretive else rules.cap)
    return Weighed(item.id, (item.id,), held, tests_of(item, hypotheses, rules), capped=held != ratios)


def centred(logs: Ratios) -> dict[str, float]:
    """Return logarithms less their mean: ratios to the geometric mean."""
    middle = fmean(logs.values())
    return {name: value - middle for name, value in logs.items()}


def capped(ratios: Ratios, cap: float) -> dict[str, float]:
    """Return log ratios drawn together so that no two are further apart than the cap allows."""
    widest = max(ratios.values()) - min(ratios.values())
    bound = math.log(cap)
    if widest <= bound * (1 + 1e-12):
        return dict(ratios)
    return {name: value * bound / widest for name, value in ratios.items()}


def tests_of(item: EvidenceItem, hypotheses: Sequence[Hypothesis], rules: TracingRules) -> dict[str, Test]:
    """Return Van Evera's name for each hypothesis that an item speaks for.

    P(E|not H) is the mean of the other likelihoods, weighed by their priors.
    """
    found = {}
    for one in hypotheses:
        others = [other for other in hypotheses if other.id != one.id]
        total = sum(other.prior for other in others)
        without = sum(other.prior * item.likelihoods[other.id] for other in others) / total
        if item.likelihoods[one.id] > without:
            found[one.id] = van_evera(item.likelihoods[one.id], without, rules)
    return found


def van_evera(likelihood: float, without: float, rules: TracingRules) -> Test:
    """Return Van Evera's name of a test by P(E|H) and P(E|not H)."""
    high, low = likelihood >= rules.hoop, without <= rules.smoking
    if high and low:
        return Test.DOUBLY_DECISIVE
    if high:
        return Test.HOOP
    return Test.SMOKING_GUN if low else Test.STRAW


def pool(items: Sequence[EvidenceItem], weighed: Sequence[Weighed], rules: TracingRules) -> Iterable[Weighed]:
    """Yield what counts once: items of no cluster, and clusters with the mean of their items' log ratios."""
    clusters: dict[str, list[tuple[EvidenceItem, Weighed]]] = {}
    for item, one in zip(items, weighed, strict=True):
        clusters.setdefault(f"cluster {item.cluster}" if item.cluster else item.id, []).append((item, one))
    for name, members in clusters.items():
        counting = [one for _, one in members if not one.left_out]
        if len(members) == 1 or not counting:
            yield replace(members[0][1], name=name, items=tuple(item.id for item, _ in members))
            continue
        means = {key: fmean(one.ratios[key] for one in counting) for key in counting[0].ratios}
        loose = any(not item.interpretive for item, one in members if not one.left_out)
        held = capped(means, rules.cap if loose else rules.cap_interpretive)
        yield Weighed(name, tuple(item.id for item, _ in members), held, {}, capped=held != means)


def posteriors_of(hypotheses: Iterable[Hypothesis], ratios: Iterable[Ratios]) -> dict[str, float]:
    """Return the posterior of each hypothesis: softmax of log prior plus the sum of log ratios."""
    listed = list(ratios)
    logs = {one.id: math.log(one.prior) + math.fsum(ratio[one.id] for ratio in listed) for one in hypotheses}
    highest = max(logs.values())
    weights = {name: math.exp(value - highest) for name, value in logs.items()}
    total = math.fsum(weights.values())
    return {name: weight / total for name, weight in weights.items()}


def apart(unit: Weighed, first: str, second: str) -> float:
    """Return how far a unit moves two hypotheses apart, in nepers."""
    return unit.ratios[first] - unit.ratios[second]


def weights_of(units: Sequence[Weighed], names: Sequence[str]) -> dict[tuple[str, str], float]:
    """Return the weight of all evidence by pair of hypotheses, in decibels."""
    return {
        (first, second): DECIBEL * math.fsum(apart(unit, first, second) for unit in units)
        for first in names
        for second in names
        if first != second
    }


def swings_of(
    hypotheses: Sequence[Hypothesis], units: Sequence[Weighed], pair: tuple[str, str], rules: TracingRules
) -> Iterable[Swing]:
    """Yield how the leader's posterior moves: the weight of each top driver, then each prior, less and more."""
    leader = pair[0]
    drivers = sorted(units, key=lambda unit: (-abs(apart(unit, *pair)), unit.name))[: rules.drivers]
    for driver in drivers:

        def with_weight(factor: float, driver: Weighed = driver) -> dict[str, float]:
            ratios = [
                {name: value * factor for name, value in unit.ratios.items()} if unit is driver else unit.ratios
                for unit in units
            ]
            return posteriors_of(hypotheses, ratios)

        yield _swing(driver.name, leader, with_weight, rules.share)
    for one in hypotheses:

        def with_prior(factor: float, one: Hypothesis = one) -> dict[str, float]:
            changed = [
                replace(other, prior=other.prior * factor) if other is one else other for other in hypotheses
            ]
            return posteriors_of(changed, [unit.ratios for unit in units])

        yield _swing(f"prior {one.id}", leader, with_prior, rules.share)


def _swing(driver: str, leader: str, posteriors: Callable[[float], dict[str, float]], share: float) -> Swing:
    low, high = posteriors(1 - share), posteriors(1 + share)
    leads = all(found[leader] >= max(found.values()) for found in (low, high))
    return Swing(driver, low[leader], high[leader], leads)
