"""The form in which a checked case goes to other tools: one JSON object; stable."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from dragoman.model.case import Case, Facts, Value
from dragoman.model.finding import CheckReport, Finding, Missing, Step
from dragoman.model.problem import Problem
from dragoman.model.rule import Bilingual


def report_to_row(
    report: CheckReport | None, problems: Iterable[Problem] = (), source: str = ""
) -> dict[str, Any]:
    """Return a report as JSON; without one, `outcome` is null and nothing was run.

    Args:
        report: None where the case or a pack is refused.
        problems: of the case and the packs.
        source: name of the case file.
    """
    return {
        "outcome": report.outcome.value if report else None,
        "findings": [finding_to_row(finding) for finding in report.findings] if report else [],
        "ask": [missing_to_row(missing) for missing in report.ask] if report else [],
        "as_of": report.as_of.isoformat() if report else None,
        "packs": list(report.packs) if report else [],
        "not_covered": [
            {"pack": name, "en": text.en, "zh": text.zh} for name, text in (report.not_covered if report else ())
        ],
        "problems": [problem_to_row(problem) for problem in problems],
        "case": case_to_row(report.case) if report else None,
        "source": source,
    }


def finding_to_row(finding: Finding) -> dict[str, Any]:
    """Return a finding as JSON."""
    return {
        "rule": finding.rule,
        "result": finding.result.value,
        "citation": finding.citation,
        "missing": list(dict.fromkeys(missing.fact for missing in finding.missing)),
        "trace": [step_to_row(step) for step in finding.trace],
        "confidence": finding.confidence.value,
        "subject": finding.subject,
        "standing": finding.standing.value,
        "force": finding.force.value,
        "counted": finding.counted,
        "title": words(finding.title),
        "as_of": finding.as_of.isoformat(),
        "jurisdiction": finding.jurisdiction,
        "url": finding.url or None,
        "because": words(finding.because),
        "remedy": words(finding.remedy),
        "note": words(finding.note),
    }


def step_to_row(step: Step) -> dict[str, Any]:
    """Return one comparison as JSON."""
    return {
        "part": step.part,
        "text": step.text,
        "facts": dict(zip(step.facts, step.values, strict=True)),
        "truth": step.truth.value,
    }


def missing_to_row(missing: Missing) -> dict[str, Any]:
    """Return a missing fact as JSON."""
    return {"fact": missing.fact, "subject": missing.subject, "question": words(missing.question)}


def words(text: Bilingual | None) -> dict[str, str] | None:
    """Return a sentence in both languages as JSON."""
    return {"en": text.en, "zh": text.zh} if text else None


def case_to_row(case: Case) -> dict[str, Any]:
    """Return a case as JSON, in the form of a case file."""
    row: dict[str, Any] = {"template": case.template}
    for name in ("id", "title", "notes"):
        if getattr(case, name):
            row[name] = getattr(case, name)
    row["facts"] = facts_to_row(case.facts)
    for collection, members in case.collections.items():
        row[collection] = [
            {**({"name": member.name} if member.name else {}), **facts_to_row(member.facts)} for member in members
        ]
    return row


def facts_to_row(facts: Facts) -> dict[str, Any]:
    """Return known facts as JSON."""
    return {name: value_to_json(value) for name, value in facts.items()}


def value_to_json(value: Value) -> Any:  # noqa: ANN401 - any JSON value
    """Return a fact's value as JSON: dates as text, sets as sorted lists."""
    if isinstance(value, frozenset):
        return sorted(value)
    return value.isoformat() if isinstance(value, date) else value


def problem_to_row(problem: Problem) -> dict[str, Any]:
    """Return a problem of a case, pack or table as JSON."""
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "message": problem.message,
        "remedy": problem.remedy,
        "source": problem.source,
        "line": problem.line,
    }
