"""Tracking as JSON, the same for the command line, the pages and saved reports. Documented in docs/tracking.md."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from dragoman.model.board import Aggregate, Board, BoardRow, BoardSummary, Scores
from dragoman.model.interchange import deadline_to_row
from dragoman.model.problem import Problem
from dragoman.model.track import Assessment, DueItem, Event, Evidence, EvidenceStep, Search, Status


def board_to_row(board: Board) -> dict[str, Any]:
    """Return a board as one JSON object."""
    return {
        "as_of": board.as_of.isoformat(),
        "documents": list(board.query.documents),
        "summary": summary_to_row(board.summary),
        "rows": [board_row_to_row(row) for row in board.rows],
        "problems": [problem_to_row(problem) for problem in board.problems],
    }


def summary_to_row(summary: BoardSummary) -> dict[str, Any]:
    """Return the counts of a board as JSON."""
    return {
        "rows": summary.rows,
        "states": counts(summary.states),
        "instances": counts(summary.instances),
        "pillars": [{"pillar": pillar, "states": counts(states)} for pillar, states in summary.pillars],
        "claimed": counts(summary.claimed),
        "verified": counts(summary.verified),
        "without_owner": summary.without_owner,
        "without_evidence": summary.without_evidence,
        "searched": summary.searched,
    }


def counts(numbers: dict[Any, int]) -> dict[str, int]:
    """Return counts by the words of what is counted."""
    return {str(name): number for name, number in numbers.items()}


def board_row_to_row(row: BoardRow) -> dict[str, Any]:
    """Return a line of a board as JSON."""
    line = row.entry.provision
    return {
        "provision": line.id,
        "doc": line.doc,
        "state": row.state.value,
        "due": day(row.due),
        "owners": list(row.owners),
        "counterparts": list(row.counterparts),
        "pillar": row.pillar,
        "kind": line.kind.value,
        "force": row.force,
        "precision": row.precision,
        "technologies": list(line.technologies),
        "deadline": deadline_to_row(line.deadline),
        "instances": [due_to_row(item) for item in row.status.due],
        "claimed": word(row.status.claimed),
        "verified": word(row.status.verified),
        "evidence": len(row.status.evidence),
        "searched": day(row.status.search.until) if row.status.search else None,
        "scores": [
            {"party": verdict.party, "score": score_text(verdict.score), "as_of": verdict.as_of.isoformat()}
            for verdict in row.status.assessments
        ],
        "review": row.entry.state.value,
        "language": line.language.value,
        "start": line.start,
        "end": line.end,
        "quote": line.quote.exact,
        "problems": [problem.code for problem in row.problems],
    }


def due_to_row(item: DueItem) -> dict[str, Any]:
    """Return an instance as JSON."""
    return {
        "instance": item.instance,
        "due": day(item.due),
        "state": item.state.value,
        "days": item.days,
        "basis": item.basis,
        "rule": item.rule.value,
        "start": day(item.start),
        "period": item.period,
        "event": item.event,
        "begins": item.begins,
    }


def status_to_row(status: Status) -> dict[str, Any]:
    """Return what is known of a line as JSON."""
    return {
        "provision": status.provision,
        "instances": [due_to_row(item) for item in status.due],
        "claimed": word(status.claimed),
        "verified": word(status.verified),
        "evidence": [evidence_to_row(piece) for piece in status.evidence],
        "search": search_to_row(status.search) if status.search else None,
        "assessments": [assessment_to_row(verdict) for verdict in status.assessments],
    }


def event_to_row(event: Event) -> dict[str, Any]:
    """Return an event as JSON."""
    return {
        "id": event.id,
        "name": event.name,
        "day": event.day.isoformat(),
        "doc": event.doc,
        "source": event.source,
        "aliases": list(event.aliases),
        "provisions": list(event.provisions),
        "withdrawn": event.withdrawn,
        "by": event.recorded_by,
        "at": time(event.recorded),
        "reason": event.reason,
    }


def evidence_to_row(piece: Evidence) -> dict[str, Any]:
    """Return a piece of evidence as JSON."""
    return {
        "id": piece.id,
        "provision": piece.provision,
        "state": piece.state.value,
        "stance": piece.stance.value,
        "stage": word(piece.stage),
        "by_party": piece.by_party,
        "day": day(piece.day),
        "instance": piece.instance,
        "quote": piece.quote,
        "page": piece.page,
        "start": piece.start,
        "end": piece.end,
        "address": piece.address,
        "sha256": piece.sha256,
        "added_by": piece.added_by,
        "added": time(piece.added),
        "note": piece.note,
    }


def step_to_row(step: EvidenceStep) -> dict[str, Any]:
    """Return a step in the history of evidence as JSON."""
    return {
        "by": step.by,
        "at": step.at.isoformat(),
        "reason": step.reason,
        "evidence": evidence_to_row(step.evidence),
    }


def search_to_row(search: Search) -> dict[str, Any]:
    """Return a recorded search as JSON."""
    return {
        "provision": search.provision,
        "sources": list(search.sources),
        "terms": list(search.terms),
        "until": day(search.until),
        "made": search.made.isoformat(),
        "found": search.found,
    }


def assessment_to_row(verdict: Assessment) -> dict[str, Any]:
    """Return a verdict as JSON; `score` is a number, or "n/a"."""
    return {
        "provision": verdict.provision,
        "party": verdict.party,
        "score": verdict.score if verdict.score is not None else "n/a",
        "completion": word(verdict.completion),
        "guideline": verdict.guideline,
        "author": verdict.author,
        "reviewer": verdict.reviewer,
        "reason": verdict.reason,
        "as_of": verdict.as_of.isoformat(),
        "made": time(verdict.made),
    }


def aggregate_to_row(figure: Aggregate) -> dict[str, Any]:
    """Return a mean as JSON; `mean` is rounded to four decimals."""
    return {
        "name": figure.name,
        "mean": None if figure.mean is None else round(figure.mean, 4),
        "percent": figure.percent,
        "scored": figure.scored,
        "not_applicable": figure.not_applicable,
        "commitments": figure.commitments,
    }


def scores_to_row(scores: Scores) -> dict[str, Any]:
    """Return scores and their means as JSON."""
    return {
        "as_of": scores.as_of.isoformat(),
        "documents": list(scores.documents),
        "mean_of_commitments": aggregate_to_row(scores.mean_of_commitments),
        "mean_of_parties": aggregate_to_row(scores.mean_of_parties),
        "pooled": aggregate_to_row(scores.pooled),
        "commitments": [aggregate_to_row(figure) for figure in scores.commitments],
        "parties": [aggregate_to_row(figure) for figure in scores.parties],
        "pillars": [aggregate_to_row(figure) for figure in scores.pillars],
        "technologies": [aggregate_to_row(figure) for figure in scores.technologies],
        "unassessed": scores.unassessed,
        "assessments": [assessment_to_row(verdict) for verdict in scores.assessments],
        "rule": {"en": scores.rule.en, "zh": scores.rule.zh},
        "problems": [problem_to_row(problem) for problem in scores.problems],
    }


def problem_to_row(problem: Problem) -> dict[str, Any]:
    """Return a problem of a deadline, event or score as JSON."""
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "message": problem.message,
        "remedy": problem.remedy,
        "doc": problem.doc,
        "start": problem.start,
        "end": problem.end,
    }


def score_text(score: int | None) -> str:
    """Return a score as it is shown: -1, 0, +1, n/a."""
    return "n/a" if score is None else f"{score:+d}" if score else "0"


def mean_text(mean: float | None) -> str:
    """Return a mean as it is shown: sign and two decimals, rounded half up in size; n/a where there is none."""
    if mean is None:
        return "n/a"
    hundredths = int(abs(mean) * 100 + 0.5 + 1e-9)
    sign = "" if not hundredths else "-" if mean < 0 else "+"
    return f"{sign}{hundredths // 100}.{hundredths % 100:02d}"


def day(value: date | None) -> str | None:
    """Return a day in ISO form."""
    return value.isoformat() if value else None


def time(value: datetime | None) -> str | None:
    """Return a time in ISO form."""
    return value.isoformat() if value else None


def word(value: StrEnum | None) -> str | None:
    """Return the word of a stage or level."""
    return value.value if value else None
