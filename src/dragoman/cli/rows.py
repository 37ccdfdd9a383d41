"""Results as JSON objects; provisions have the interchange format, see `dragoman.model.interchange`."""

from __future__ import annotations

from typing import Any

from dragoman.model import CodeOutcome, DocumentSummary, Entry, Problem, ReadOutcome, Review, SearchHit
from dragoman.model.interchange import entry_to_row, why_to_row


def document_row(summary: DocumentSummary) -> dict[str, Any]:
    """Return a line of the library as JSON."""
    return {
        "doc": summary.slug,
        "title": summary.title,
        "date": summary.date.isoformat() if summary.date else None,
        "kind": summary.kind,
        "parties": list(summary.parties),
        "languages": [language.value for language in summary.languages],
        "source": summary.source,
        "guessed": sorted(summary.guessed),
        "version": summary.version,
        "read_at": summary.read_at.isoformat(),
        "sentences": summary.sentences,
        "provisions": {kind.value: number for kind, number in summary.provisions.items()},
        "reviewed": summary.reviewed,
        "problems": summary.problems,
    }


def outcome_row(outcome: ReadOutcome) -> dict[str, Any]:
    """Return what became of an input as JSON."""
    return {
        "source": outcome.source,
        "doc": outcome.doc,
        "status": outcome.status,
        "sentences": outcome.sentences,
        "provisions": {kind.value: number for kind, number in outcome.provisions.items()},
        "kept": outcome.kept,
        "problems": [problem_row(problem) for problem in outcome.problems],
    }


def coded_row(outcome: CodeOutcome) -> dict[str, Any]:
    """Return what became of a model's lines as JSON."""
    return {
        "doc": outcome.doc,
        "coder": outcome.coder,
        "new": outcome.new,
        "shared": outcome.shared,
        "known": outcome.known,
        "rejected": len(outcome.problems),
        "problems": [problem_row(problem) for problem in outcome.problems],
    }


def problem_row(problem: Problem) -> dict[str, Any]:
    """Return a problem as JSON."""
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "message": problem.message,
        "remedy": problem.remedy,
        "source": problem.source,
        "doc": problem.doc,
        "start": problem.start,
        "end": problem.end,
        "page": problem.page,
    }


def hit_row(hit: SearchHit) -> dict[str, Any]:
    """Return a sentence found as JSON."""
    return {
        "doc": hit.doc,
        "title": hit.title,
        "start": hit.start,
        "end": hit.end,
        "text": hit.text,
        "marks": [list(mark) for mark in hit.marks],
        "provisions": list(hit.provisions),
    }


def review_row(review: Review) -> dict[str, Any]:
    """Return a decision as JSON."""
    return {
        "id": review.provision,
        "review": review.state.value,
        "reviewer": review.reviewer,
        "at": review.at.isoformat(),
        "reason": review.reason,
    }


def entry_row(entry: Entry) -> dict[str, Any]:
    """Return a line with its version and the reasons of its fields as JSON."""
    reasons = [why_to_row(why) for why in entry.provision.why]
    return {**entry_to_row(entry), "version": entry.version, "why": reasons}
