"""What checking and screening a case puts into its acts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import yaml

from dragoman.checking import Checked
from dragoman.docketing.errors import OtherTemplateError, UnfitCaseError
from dragoman.model import CheckReport, Force, Severity, Verdict
from dragoman.model.party import Hit
from dragoman.model.procedure import Procedure
from dragoman.model.screened import CheckedParties, CheckedParty

DAY = "%Y-%m-%d"


def facts_of(content: bytes, name: str, procedure: Procedure) -> dict[str, Any]:
    """Return a case file as JSON can hold it; days as YYYY-MM-DD.

    Raises:
        UsageError: it is of another kind than the procedure takes.
    """
    given = json.loads(content) if name.endswith(".json") else yaml.safe_load(content)
    template = given.get("template", "") if isinstance(given, dict) else ""
    if template != procedure.template:
        raise OtherTemplateError(procedure, str(template))
    return {str(key): _plain(value) for key, value in given.items()}


def targets_of(facts: Mapping[str, Any], procedure: Procedure) -> tuple[str, ...]:
    """Return the countries a case goes to, as its file names them in two letters."""
    collection, fact = procedure.aims
    members = facts.get(collection) or ()
    named = (member.get(fact, "") if isinstance(member, Mapping) else member for member in members)
    return tuple(sorted({str(code) for code in named if len(str(code)) == len("US")}))


def checked_payload(checked: Checked, version: int) -> dict[str, Any]:
    """Return what is kept of a check: the outcome, the counts of counted findings that bind, and all findings.

    Raises:
        UnfitCaseError: the case was refused.
    """
    report = checked.report
    if report is None:
        raise UnfitCaseError(
            [one for one in checked.problems if one.severity is Severity.ERROR] or checked.problems
        )
    binding = (one for one in report.findings if one.counted and one.force is Force.MUST)
    counted = Counter(finding.result.value for finding in binding)
    return {
        "version": version,
        "outcome": report.outcome.value,
        "results": dict(sorted(counted.items())),
        "as_of": report.as_of.isoformat(),
        "packs": list(report.packs),
        "findings": list(_findings(report)),
    }


def screened_payload(parties: CheckedParties | None, version: int) -> dict[str, Any] | None:
    """Return what is kept of a screening, None where there was no list to screen against."""
    if parties is None:
        return None
    rows = [_party(one) for one in parties.parties]
    return {
        "version": version,
        "lists": {status.list.name: status.list.version for status in parties.lists},
        "parties": rows,
        "open": [row["name"] for row in rows if any(hit["decision"] != "cleared" for hit in row["hits"])],
    }


def _plain(value: object) -> Any:  # noqa: ANN401 - whatever JSON can hold
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def _findings(report: CheckReport) -> Iterator[dict[str, Any]]:
    for finding in report.findings:
        yield {
            "rule": finding.rule,
            "subject": finding.subject,
            "result": finding.result.value,
            "counted": finding.counted,
            "force": finding.force.value,
            "standing": finding.standing.value,
            "title": {"en": finding.title.en, "zh": finding.title.zh},
            "citation": finding.citation,
            "confidence": finding.confidence.value,
            "missing": [one.fact for one in finding.missing],
        }


def _party(one: CheckedParty) -> dict[str, Any]:
    hits = one.screening.hits if one.screening else ()
    return {"name": one.party.name, "place": one.place, "hits": [_hit(hit) for hit in hits]}


def _hit(hit: Hit) -> dict[str, Any]:
    verdict = hit.decision.verdict if hit.decision else None
    return {
        "list": hit.entry.list,
        "entry": hit.entry.id,
        "name": hit.name,
        "score": round(hit.score, 3),
        "decision": {None: "", Verdict.CLEARED: "cleared"}.get(verdict, str(verdict)),
    }
