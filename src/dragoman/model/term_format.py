"""Concepts, proposals and findings as JSON can hold them, and concepts back: exact round trips."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from enum import Enum
from typing import Any

from dragoman.model.check_format import problem_to_row
from dragoman.model.document import Language
from dragoman.model.term import (
    Concept,
    ConceptChange,
    ConceptKind,
    ConceptStatus,
    ConceptStep,
    Definition,
    ImportOutcome,
    Proposal,
    Term,
    TermbaseVersion,
    TermFinding,
    TermSource,
    TermType,
    TermUse,
)

SILENT = ("", None, -1)
"""Values of fields that say nothing."""


def concept_to_row(concept: Concept) -> dict[str, Any]:
    """Return a concept; fields that say nothing are left out of its parts, never of the concept itself."""
    return {
        "id": concept.id,
        "status": concept.status.value,
        "kind": concept.kind.value,
        "terms": [_bare(term) for term in concept.terms],
        "definitions": [_bare(one) for one in concept.definitions],
        "sources": [_bare(one) for one in concept.sources],
        "note": concept.note,
        "subjects": list(concept.subjects),
        "tags": list(concept.tags),
        "accepted": list(concept.accepted),
        "contested": list(concept.contested),
    }


def concept_of_row(row: Mapping[str, Any]) -> Concept:
    """Return the concept of a row. Raises KeyError, TypeError or ValueError: the row is none of a concept."""
    return Concept(
        id=row["id"],
        terms=tuple(map(_term, row["terms"])),
        definitions=tuple(Definition(**_tongued(one)) for one in row.get("definitions", ())),
        sources=tuple(TermSource(**_tongued(one)) for one in row.get("sources", ())),
        note=row.get("note", ""),
        subjects=_texts(row, "subjects"),
        tags=_texts(row, "tags"),
        kind=ConceptKind(row.get("kind", ConceptKind.GENERAL)),
        status=ConceptStatus(row.get("status", ConceptStatus.PROPOSED)),
        accepted=_texts(row, "accepted"),
        contested=_texts(row, "contested"),
    )


def step_to_row(step: ConceptStep) -> dict[str, Any]:
    """Return a step of a concept's history."""
    return {
        "number": step.number,
        "action": step.action,
        "by": step.by,
        "side": step.side,
        "at": step.at.isoformat(),
        "reason": step.reason,
        "proposal": step.proposal,
        "concept": concept_to_row(step.concept),
    }


def proposal_to_row(proposal: Proposal) -> dict[str, Any]:
    """Return a proposal with its reviews."""
    return {
        "id": proposal.id,
        "concept": proposal.concept,
        "kind": proposal.kind.value,
        "state": proposal.state.value,
        "by": proposal.by,
        "side": proposal.side,
        "at": proposal.at.isoformat(),
        "reason": proposal.reason,
        "after": concept_to_row(proposal.after),
        "reviews": [_plain(asdict(one)) for one in proposal.reviews],
    }


def version_to_row(version: TermbaseVersion) -> dict[str, Any]:
    """Return a published version."""
    return {
        "number": version.number,
        "at": version.at.isoformat(),
        "by": version.by,
        "note": version.note,
        "concepts": version.concepts,
        "statuses": dict(version.statuses),
        "sha256": version.sha256,
    }


def change_to_row(change: ConceptChange) -> dict[str, Any]:
    """Return what became of a concept between two versions."""
    return {
        "concept": change.concept.id,
        "change": change.kind,
        "fields": list(change.fields),
        "before": change.before and concept_to_row(change.before),
        "after": change.after and concept_to_row(change.after),
        "steps": [{k: v for k, v in step_to_row(one).items() if k != "concept"} for one in change.steps],
    }


def finding_to_row(finding: TermFinding) -> dict[str, Any]:
    """Return a finding of the lint; `other` only where there are two versions."""
    row: dict[str, Any] = {
        "doc": finding.doc,
        "start": finding.start,
        "end": finding.end,
        "line": finding.line,
        "column": finding.column,
        "text": finding.text,
        "fault": finding.fault.value,
        "severity": finding.severity.value,
        "concept": finding.concept,
        "language": finding.language.value,
        "suggestion": finding.suggestion,
        "message": finding.message,
    }
    if finding.other is not None:
        row |= {"other": list(finding.other), "other_doc": finding.other_doc}
    return row


def _term(row: Mapping[str, Any]) -> Term:
    fields = _tongued(row)
    fields["use"] = TermUse(row.get("use", TermUse.PREFERRED))
    fields["type"] = TermType(row["type"]) if row.get("type") else None
    return Term(**fields)


def _tongued(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "language": Language(row["language"])}


def _texts(row: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return tuple(map(str, row.get(name, ())))


def _bare(part: Term | Definition | TermSource) -> dict[str, Any]:
    """Return a part of a concept without the fields that have their default."""
    row = {}
    for name in part.__slots__:
        value = getattr(part, name)
        if value not in SILENT:
            row[name] = value.value if isinstance(value, Enum) else value
    return row


def _plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(value) for name, value in fields.items()}


def _value(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, Sequence) and not isinstance(value, str) else value


def import_to_row(outcome: ImportOutcome) -> dict[str, object]:
    """Return what became of a file as JSON."""
    return {
        "taken": outcome.taken,
        "new": list(outcome.new),
        "unchanged": len(outcome.unchanged),
        "proposals": list(outcome.proposals),
        "problems": [problem_to_row(problem) for problem in outcome.problems],
    }
