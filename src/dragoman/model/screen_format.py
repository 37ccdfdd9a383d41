"""The form in which screenings go to other tools: JSON objects; stable."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dragoman.model.check_format import problem_to_row, report_to_row, words
from dragoman.model.finding import CheckReport
from dragoman.model.party import Hit, HitDecision, Ownership, Party, PartyList, Screening, TokenEvidence
from dragoman.model.problem import Problem
from dragoman.model.screened import CheckedParties, CheckedParty, ListStatus


def screening_to_row(screening: Screening) -> dict[str, Any]:
    """Return a screening as JSON: the name that was asked for, and the hits, best first."""
    return {
        "query": screening.party.name,
        "hits": [hit_to_row(hit) for hit in screening.hits],
        "party": party_to_row(screening.party),
        "as_of": screening.as_of.isoformat(),
        "lists": [{"list": name, "version": version} for name, version in screening.lists],
        "owned": [ownership_to_row(one) for one in screening.owned],
        "problems": [problem_to_row(problem) for problem in screening.problems],
    }


def hit_to_row(hit: Hit) -> dict[str, Any]:
    """Return a hit as JSON."""
    entry = hit.entry
    return {
        "list": entry.list,
        "entry": entry.id,
        "name": hit.name,
        "score": round(hit.score, 4),
        "why": [evidence_to_row(one) for one in hit.why],
        "matched": hit.query,
        "source": entry.source or None,
        "citation": entry.citation or None,
        "url": entry.url or None,
        "second": None if hit.second is None else round(hit.second, 4),
        "second_why": [{"feature": name, "value": value} for name, value in hit.second_why],
        "against": list(hit.against),
        "decision": decision_to_row(hit.decision) if hit.decision else None,
        "names": [name.text for name in entry.names],
        "kind": entry.kind.value,
        "countries": list(entry.countries),
        "born": list(entry.born),
        "programs": list(entry.programs),
        "measures": entry.measures or None,
        "listed_on": entry.listed_on.isoformat() if entry.listed_on else None,
    }


def evidence_to_row(one: TokenEvidence) -> dict[str, Any]:
    """Return what became of a word as JSON."""
    return {
        "query": one.query,
        "listed": one.listed,
        "how": one.how,
        "weight": round(one.weight, 4),
        "similarity": round(one.similarity, 4),
    }


def decision_to_row(decision: HitDecision) -> dict[str, Any]:
    """Return a decision as JSON."""
    return {
        "party": decision.party,
        "list": decision.list,
        "entry": decision.entry,
        "verdict": decision.verdict.value,
        "reviewer": decision.reviewer,
        "reason": decision.reason,
        "decided": decision.decided.isoformat(),
        "until": decision.until.isoformat() if decision.until else None,
    }


def ownership_to_row(one: Ownership) -> dict[str, Any]:
    """Return what a rule on ownership says as JSON."""
    return {
        "rule": one.rule,
        "title": words(one.title),
        "owned": one.owned.value,
        "least": one.least,
        "most": one.most,
        "threshold": one.threshold,
        "owners": list(one.owners),
        "open": list(one.open),
        "standing": one.standing.value,
        "citation": one.citation or None,
        "confidence": one.confidence.value,
        "note": words(one.note),
    }


def party_to_row(party: Party) -> dict[str, Any]:
    """Return a party as JSON, in the form in which JSON lines of parties are read."""
    return {
        "name": party.name,
        "aliases": list(party.other_names),
        "countries": list(party.countries),
        "kind": party.kind.value if party.kind else None,
        "born": party.born or None,
        "identifiers": list(party.identifiers),
        "id": party.reference or None,
        "owners": [{**party_to_row(owner), "share": share} for owner, share in party.owners],
    }


def list_to_row(version: PartyList) -> dict[str, Any]:
    """Return a version of a list as JSON."""
    return {
        "list": version.name,
        "form": version.form,
        "version": version.version,
        "published": version.published.isoformat() if version.published else None,
        "sha256": version.sha256,
        "entries": version.entries,
        "names": version.names,
        "imported": version.imported.isoformat(),
        "source": version.source,
        "current": version.current,
    }


def status_to_row(status: ListStatus) -> dict[str, Any]:
    """Return a list in use with its age as JSON."""
    found = [problem_to_row(problem) for problem in status.problems]
    return {**list_to_row(status.list), "days": status.days, "problems": found}


def checked_to_row(
    report: CheckReport | None, problems: Iterable[Problem], source: str, parties: CheckedParties | None
) -> dict[str, Any]:
    """Return a checked case as JSON: as `report_to_row`, and `screening`, null where nothing was screened."""
    return {**report_to_row(report, problems, source), "screening": parties_to_row(parties) if parties else None}


def parties_to_row(parties: CheckedParties) -> dict[str, Any]:
    """Return the screened parties of a case as JSON."""
    return {
        "lists": [status_to_row(status) for status in parties.lists],
        "parties": [checked_party_to_row(one) for one in parties.parties],
    }


def checked_party_to_row(one: CheckedParty) -> dict[str, Any]:
    """Return a screened party of a case as JSON."""
    found = one.screening
    return {
        "subject": one.place,
        "name": one.party.name,
        "hits": [hit_to_row(hit) for hit in found.hits] if found else [],
        "owned": [ownership_to_row(owned) for owned in found.owned] if found else [],
        "problems": [problem_to_row(problem) for problem in one.problems],
    }
