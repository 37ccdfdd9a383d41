"""Packs, rules and results of batches as JSON, the same for the command line and the API."""

from __future__ import annotations

from typing import Any

from dragoman.check.batch import BatchResult
from dragoman.check.pack import Pack, ReadyRule, ReadyVersion
from dragoman.model.check_format import problem_to_row, words
from dragoman.model.screen_format import checked_party_to_row


def pack_to_row(pack: Pack) -> dict[str, Any]:
    """Return a pack as JSON."""
    return {
        "pack": pack.name,
        "title": words(pack.title),
        "not_covered": words(pack.not_covered),
        "covers": words(pack.covers),
        "jurisdiction": pack.jurisdiction,
        "templates": list(pack.templates),
        "version": pack.version,
        "as_of": pack.as_of.isoformat(),
        "source": pack.source,
        "rules": len(pack.rules),
        "cases": len(pack.cases),
        "problems": [problem_to_row(problem) for problem in pack.problems],
    }


def rule_to_row(pack: Pack, ready: ReadyRule) -> dict[str, Any]:
    """Return a rule as JSON."""
    rule = ready.rule
    return {
        "rule": rule.id,
        "pack": pack.name,
        "title": words(rule.title),
        "force": rule.force.value,
        "jurisdiction": rule.jurisdiction,
        "each": list(rule.each),
        "facts": list(rule.facts),
        "versions": [version_to_row(version) for version in ready.versions],
        "exception_to": list(rule.exception_to),
        "yields_to": list(rule.yields_to),
        "contradicts": list(rule.contradicts),
        "basis": [
            {
                "doc": b.doc,
                "section": b.section,
                "quote": b.quote,
                "start": b.start,
                "end": b.end,
                "sha256": b.sha256,
            }
            for b in rule.basis
        ],
        "remedy": words(rule.remedy),
        "path": rule.path,
        "line": rule.line,
    }


def version_to_row(ready: ReadyVersion) -> dict[str, Any]:
    """Return a version as JSON."""
    version = ready.version
    return {
        "since": version.since.isoformat() if version.since else None,
        "until": version.until.isoformat() if version.until else None,
        "standing": version.standing.value,
        "applies": version.applies or None,
        "requires": version.requires or None,
        "citation": version.citation,
        "url": version.url or None,
        "as_of": version.as_of.isoformat(),
        "confidence": version.confidence.value,
        "note": words(version.note),
    }


def result_to_row(result: BatchResult) -> dict[str, Any]:
    """Return the result of a case as JSON; only open findings are listed."""
    return {
        "line": result.line,
        "id": result.id,
        "outcome": result.outcome.value if result.outcome else None,
        "findings": [
            {"rule": one.rule, "subject": one.subject, "result": one.result.value, "counted": one.counted}
            for one in result.findings
        ],
        "met": result.met,
        "not_applicable": result.aside,
        "missing": list(result.missing),
        "problems": [problem_to_row(problem) for problem in result.problems],
        "screening": [checked_party_to_row(one) for one in result.parties.parties] if result.parties else None,
    }
