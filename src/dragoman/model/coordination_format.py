"""Coordination as JSON and as a flat table; field order and names are stable. Every figure names its sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from dragoman.model.coordination import Agreement, Coordination, Drift, Figures, Match, Measure, Period, Target
from dragoman.model.problem import Problem

TABLE_HEAD = ("part", "target", "figure", "value", "sentences")
"""Columns of the flat table."""


def place_of(measure: Measure) -> dict[str, Any]:
    """Return where a measure stands: its sentence, or the row of its table."""
    if measure.doc:
        return {"doc": measure.doc, "start": measure.start, "end": measure.end}
    return {"event": measure.id, "line": measure.line, "url": measure.url}


def places_of(measures: Iterable[Measure]) -> list[dict[str, Any]]:
    """Return where measures stand."""
    return [place_of(one) for one in measures]


def target_to_row(target: Target) -> dict[str, Any]:
    """Return a target as JSON."""
    return {
        "name": target.name,
        "direction": target.direction.value,
        "how": target.how,
        "start": target.start,
        "end": target.end,
    }


def measure_to_row(measure: Measure) -> dict[str, Any]:
    """Return a measure as JSON."""
    return place_of(measure) | {
        "id": measure.id,
        "date": measure.day.isoformat(),
        "mode": measure.mode.value,
        "actors": list(measure.actors),
        "targets": [target_to_row(one) for one in measure.targets],
        "instruments": list(measure.instruments),
        "technologies": list(measure.technologies),
        "force": measure.force,
        "legalization": list(measure.legalization) if measure.legalization else None,
        "relaxes": measure.relaxes,
        "why": measure.why,
        "quote": measure.text,
    }


def figure(value: float | None, measures: Iterable[Measure]) -> dict[str, Any]:
    """Return a figure with its sentences."""
    return {"value": None if value is None else round(value, 4), "sentences": places_of(measures)}


def match_to_row(match: Match) -> dict[str, Any]:
    """Return a match as JSON; `lead` is the party that acted first."""
    lead = "first" if match.lag > 0 else "second" if match.lag < 0 else "neither"
    return {"lag": match.lag, "lead": lead, "sentences": places_of((match.first, match.second))}


def agreement_to_row(agreement: Agreement, measures: Iterable[Measure]) -> dict[str, Any]:
    """Return an agreement as JSON, raw and normalised."""
    values = {
        "congruence": agreement.congruence,
        "conflict": agreement.conflict,
        "subtract": agreement.subtract,
    }
    normalised = {name: agreement.normalised(value) for name, value in values.items()}
    return {
        **{name: round(value, 4) for name, value in values.items()},
        "normalisation": agreement.normalisation,
        "normaliser": agreement.normaliser,
        "normalised": {name: None if value is None else round(value, 4) for name, value in normalised.items()},
        "activity": list(agreement.activity),
        "sentences": places_of(measures),
    }


def figures_to_row(figures: Figures) -> dict[str, Any]:
    """Return figures as JSON."""
    shares = figures.shares()
    answered = [one for match in figures.matches for one in (match.first, match.second)]
    parts = {"joint": figures.joint, "matched": answered, "unilateral": figures.unilateral}
    separate = (*figures.first, *figures.second)
    return {
        "target": figures.target,
        "total": figures.total,
        "joint": figure(len(figures.joint), figures.joint),
        "first": figure(len(figures.first), figures.first),
        "second": figure(len(figures.second), figures.second),
        "matched": [match_to_row(match) for match in figures.matches],
        "unilateral": figure(len(figures.unilateral), figures.unilateral),
        "shares": {name: figure(share, parts[name]) for name, share in shares.items()},
        "median_lag": figure(figures.median_lag(), answered),
        "agreement": agreement_to_row(figures.credited, (*figures.joint, *separate)),
        "agreement_separate": agreement_to_row(figures.separate, separate),
    }


def period_to_row(period: Period) -> dict[str, Any]:
    """Return a period as JSON."""
    return {
        "period": period.name,
        "date": period.day.isoformat(),
        "measures": figure(len(period.measures), period.measures),
        "hard": figure(len(period.hard), period.hard),
        "soft": figure(len(period.soft), period.soft),
        "hard_share": None if period.hard_share is None else round(period.hard_share, 4),
        "force": round(period.force, 4),
        "profile": None if period.profile is None else [round(part, 4) for part in period.profile],
        "index": None if period.index is None else round(period.index, 4),
    }


def drift_to_row(drift: Drift) -> dict[str, Any]:
    """Return a drift as JSON; slopes are changes a year."""
    slopes = {"force": drift.force_slope, "index": drift.index_slope, "hard": drift.hard_slope}
    return {
        "slopes": {name: None if value is None else round(value, 4) for name, value in slopes.items()},
        "periods": [period_to_row(period) for period in drift.periods],
    }


def remark_to_row(problem: Problem) -> dict[str, Any]:
    """Return a problem as JSON."""
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "message": problem.message,
        "remedy": problem.remedy,
        "source": problem.source,
        "doc": problem.doc,
        "line": problem.line,
    }


def all_measures(found: Coordination) -> Sequence[Measure]:
    """Return the measures of the topic in order of date."""
    overall = found.overall
    listed = (*overall.joint, *overall.first, *overall.second)
    return sorted(listed, key=lambda one: (one.day, one.doc, one.start, one.line))


def coordination_to_row(found: Coordination) -> dict[str, Any]:
    """Return a coordination as JSON."""
    return {
        "first": found.parties[0],
        "second": found.parties[1],
        "topic": found.topic,
        "window_days": found.window,
        "from": found.since.isoformat() if found.since else None,
        "to": found.until.isoformat() if found.until else None,
        "settings": dict(found.settings),
        "overall": figures_to_row(found.overall),
        "targets": [figures_to_row(figures) for figures in found.targets],
        "meetings": [
            {
                "doc": doc,
                "date": day.isoformat(),
                "targets": {name: figure(len(measures), measures) for name, measures in row.items()},
            }
            for doc, day, row in found.meetings
        ],
        "drift": {"topic": drift_to_row(found.topical), "all": drift_to_row(found.wide)},
        "measures": [measure_to_row(one) for one in all_measures(found)],
        "problems": [remark_to_row(problem) for problem in found.problems],
    }


def cite(measure: Measure) -> str:
    """Return where a measure stands, in short."""
    return f"{measure.doc}:{measure.start}-{measure.end}" if measure.doc else measure.id


def table_rows(found: Coordination) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield a coordination as rows of `TABLE_HEAD`, sentences as doc:start-end with blanks between."""
    for figures in (found.overall, *found.targets):
        yield from _figure_rows(figures)
    for doc, _, row in found.meetings:
        for name, measures in row.items():
            yield "meeting", name, doc, str(len(measures)), _cited(measures)
    for part, drift in (("drift of the topic", found.topical), ("drift of all", found.wide)):
        for period in drift.periods:
            yield part, "", f"{period.name} force", f"{period.force:.4f}", _cited(period.measures)
            if period.index is not None:
                yield part, "", f"{period.name} index", f"{period.index:.4f}", _cited(period.measures)


def _figure_rows(figures: Figures) -> Iterator[tuple[str, str, str, str, str]]:
    row = figures_to_row(figures)
    separate = (*figures.first, *figures.second)
    parts = {"joint": figures.joint, "first": figures.first, "second": figures.second}
    for name, measures in (*parts.items(), ("unilateral", figures.unilateral)):
        yield "figures", figures.target, name, str(len(measures)), _cited(measures)
    for match in figures.matches:
        yield "match", figures.target, "lag in days", str(match.lag), _cited((match.first, match.second))
    for name, share in figures.shares().items():
        yield "figures", figures.target, f"share {name}", f"{share:.4f}", ""
    for name in ("agreement", "agreement_separate"):
        measures = separate if name == "agreement_separate" else (*figures.joint, *separate)
        for value, number in row[name]["normalised"].items():
            shown = "" if number is None else f"{number:.4f}"
            yield "figures", figures.target, f"{name} {value}", shown, _cited(measures)


def _cited(measures: Iterable[Measure]) -> str:
    return " ".join(cite(one) for one in measures)
