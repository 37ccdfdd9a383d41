"""Coordination of two parties: joint, matched and unilateral measures, agreement, targets and drift."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from dragoman.compare.agreement import QUALIFIERS, Normalisation, Qualifier, agreement_of, statements_of
from dragoman.compare.coordination_settings import CoordinationSettings
from dragoman.model.coordination import NONE_NAMED, Drift, Figures, Match, Measure, Mode, Period

YEAR = 365.25
Parts = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the measures.

    Attributes:
        topic: tag.
        window: days between separate measures that still answer each other.
        qualifier: level of a statement.
        normalisation: of congruence and conflict.
    """

    topic: str
    window: int
    qualifier: Qualifier = "firmness"
    normalisation: Normalisation = "activity"


def figures_of(measures: Iterable[Measure], asked: Asked, target: str = "") -> Figures:
    """Return the figures of all measures, or of those directed against one target."""
    chosen = [one for one in measures if not target or target in one.against]
    joint, first, second = (tuple(one for one in chosen if one.mode is mode) for mode in Mode)
    lowest, highest = QUALIFIERS[asked.qualifier]
    span = highest - lowest

    def stated(parts: Iterable[Measure]) -> Mapping[tuple[tuple[str, str], int], int]:
        return statements_of(parts, asked.topic, asked.qualifier)

    return Figures(
        target=target,
        joint=joint,
        first=first,
        second=second,
        matches=tuple(matches_of(first, second, asked.window)),
        credited=agreement_of(stated((*joint, *first)), stated((*joint, *second)), span, asked.normalisation),
        separate=agreement_of(stated(first), stated(second), span, asked.normalisation),
    )


def by_target(measures: Sequence[Measure], asked: Asked) -> tuple[Figures, ...]:
    """Return the figures by target, most measures first, what names nobody last."""
    names = dict.fromkeys(name for one in measures for name in one.against)
    found = [figures_of(measures, asked, name) for name in names]
    return tuple(sorted(found, key=lambda one: (one.target == NONE_NAMED, -one.total, one.target)))


def matches_of(first: Sequence[Measure], second: Sequence[Measure], window: int) -> list[Match]:
    """Return separate measures that answer each other, each used once, the nearest in time first.

    Two measures can answer each other where they are at most `window` days apart, are directed against one target
    (or both against nobody named), share an instrument, do not name different technologies, and both adopt or both
    relax.
    """
    possible = [
        Match(one, other, (other.day - one.day).days)
        for one in first
        for other in second
        if abs((other.day - one.day).days) <= window and answers(one, other)
    ]
    possible.sort(key=lambda match: (abs(match.lag), match.first.day, match.first.id, match.second.id))
    taken: set[int] = set()
    kept = []
    for match in possible:
        pair = {id(match.first), id(match.second)}
        if not pair & taken:
            taken |= pair
            kept.append(match)
    return sorted(kept, key=lambda match: (min(match.first.day, match.second.day), match.first.id))


def answers(one: Measure, other: Measure) -> bool:
    """Return whether two measures are of one kind against one target."""
    technologies = set(one.technologies), set(other.technologies)
    return (
        one.relaxes == other.relaxes
        and bool(set(one.against) & set(other.against))
        and bool(set(one.instruments) & set(other.instruments))
        and (not all(technologies) or bool(technologies[0] & technologies[1]))
    )


def by_meeting(
    measures: Iterable[Measure], days: Mapping[str, date]
) -> tuple[tuple[str, date, Mapping[str, tuple[Measure, ...]]], ...]:
    """Return the provisions of each document by target, in order of date; events belong to no meeting.

    Args:
        measures: of the topic.
        days: dates of all documents that are looked at, by slug; one without such a measure has an empty row.
    """
    found: dict[str, dict[str, list[Measure]]] = {doc: {} for doc in days}
    for one in measures:
        if one.doc:
            for name in one.against:
                found[one.doc].setdefault(name, []).append(one)
    ordered = sorted(days, key=lambda doc: (days[doc], doc))
    return tuple((doc, days[doc], {name: tuple(row) for name, row in found[doc].items()}) for doc in ordered)


def drift_of(measures: Iterable[Measure], settings: CoordinationSettings) -> Drift:
    """Return how firm and hard measures are over time: a document is a period, events are taken by year."""
    listed = sorted(measures, key=lambda one: (one.day, one.id))
    groups: dict[str, list[Measure]] = {}
    for one in listed:
        groups.setdefault(one.doc or str(one.day.year), []).append(one)
    periods = [period_of(name, group, settings) for name, group in groups.items()]
    known = [one for one in listed if one.legalization]
    told = [one for one in listed if is_hard(one, settings) or is_soft(one, settings)]
    return Drift(
        periods=tuple(sorted(periods, key=lambda period: (period.day, period.name))),
        force_slope=slope(listed, lambda one: one.force),
        index_slope=slope(known, lambda one: index_of(one.legalization or (0, 0, 0), settings.weights)),
        hard_slope=slope(told, lambda one: is_hard(one, settings)),
    )


def period_of(name: str, measures: Sequence[Measure], settings: CoordinationSettings) -> Period:
    """Return one document or year."""
    profiles = [one.legalization for one in measures if one.legalization]
    profile = mean_profile(profiles) if profiles else None
    return Period(
        name=name,
        day=measures[0].day if measures[0].doc else date(measures[0].day.year, 1, 1),
        measures=tuple(measures),
        hard=tuple(one for one in measures if is_hard(one, settings)),
        soft=tuple(one for one in measures if is_soft(one, settings)),
        force=fmean(one.force for one in measures),
        profile=profile,
        index=index_of(profile, settings.weights) if profile else None,
    )


def mean_profile(profiles: Sequence[tuple[int, int, int]]) -> Parts:
    """Return the means of obligation, precision and delegation."""
    obligation, precision, delegation = (fmean(one[at] for one in profiles) for at in range(3))
    return obligation, precision, delegation


def index_of(profile: Parts | tuple[int, int, int], weights: Parts) -> float:
    """Return the weighted mean of obligation, precision and delegation."""
    return sum(part * weight for part, weight in zip(profile, weights, strict=True)) / sum(weights)


def is_hard(measure: Measure, settings: CoordinationSettings) -> bool:
    """Return whether a measure has an instrument that binds companies."""
    return bool(settings.hard.intersection(measure.instruments))


def is_soft(measure: Measure, settings: CoordinationSettings) -> bool:
    """Return whether a measure has soft instruments and no hard one."""
    return not is_hard(measure, settings) and bool(settings.soft.intersection(measure.instruments))


def slope(measures: Sequence[Measure], value: Callable[[Measure], float]) -> float | None:
    """Return the change of a value a year by least squares, None where all measures are of one day."""
    if len({one.day for one in measures}) <= 1:
        return None
    years = [one.day.toordinal() / YEAR for one in measures]
    values = [float(value(one)) for one in measures]
    middle, level = fmean(years), fmean(values)
    spread = sum((year - middle) ** 2 for year in years)
    return sum((year - middle) * (one - level) for year, one in zip(years, values, strict=True)) / spread
