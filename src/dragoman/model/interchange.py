"""The interchange format: one JSON object a provision, read by the scorer and by other tools; stable.

Field order: the fields of the annotation guide, then id, quote, section, coder, review, then the rest.
"""

from __future__ import annotations

from typing import Any

from dragoman.model.provision import Amount, Deadline, Legalization, Provision, Why
from dragoman.model.review import Entry


def deadline_to_row(deadline: Deadline | None) -> dict[str, Any] | None:
    """Return a deadline as JSON, with `every` instead of `date` when it recurs."""
    if deadline is None:
        return None
    row: dict[str, Any] = {"text": deadline.text, "kind": deadline.kind.value}
    if deadline.every:
        row["every"] = deadline.every
    elif deadline.date:
        row["date"] = deadline.date.isoformat()
    if deadline.event:
        row["event"] = deadline.event
    return row


def amount_to_row(amount: Amount) -> dict[str, Any]:
    """Return a sum of money as JSON."""
    return {
        "text": amount.text,
        "value": amount.value,
        "currency": amount.currency,
        "bound": amount.bound.value,
        "start": amount.start,
    }


def legalization_to_row(profile: Legalization | None) -> dict[str, Any] | None:
    """Return a legalization profile as JSON."""
    if profile is None:
        return None
    return {
        "obligation": profile.obligation,
        "precision": profile.precision,
        "delegation": profile.delegation,
        "reasons": list(profile.reasons),
    }


def why_to_row(why: Why) -> dict[str, Any]:
    """Return a reason as JSON."""
    return {
        "field": why.field,
        "value": why.value,
        "rule": why.rule,
        "start": why.start,
        "end": why.end,
    }


def provision_to_row(provision: Provision, review: str = "candidate") -> dict[str, Any]:
    """Return one line of the interchange format."""
    return {
        "doc": provision.doc,
        "start": provision.start,
        "end": provision.end,
        "trigger": provision.trigger,
        "trigger_start": provision.trigger_start,
        "kind": provision.kind.value,
        "actors": list(provision.actors),
        "counterparties": list(provision.counterparties),
        "aim": provision.aim,
        "technologies": list(provision.technologies),
        "instruments": list(provision.instruments),
        "force": provision.force,
        "deadline": deadline_to_row(provision.deadline),
        "conditions": provision.conditions,
        "id": provision.id,
        "quote": provision.quote.exact,
        "section": list(provision.section),
        "coder": provision.coder,
        "review": review,
        "language": provision.language.value,
        "object": provision.object,
        "amounts": [amount_to_row(amount) for amount in provision.amounts],
        "legalization": legalization_to_row(provision.legalization),
        "confidence": provision.confidence,
        "prefix": provision.quote.prefix,
        "suffix": provision.quote.suffix,
        "quote_sha256": provision.quote.sha256,
    }


def entry_to_row(entry: Entry) -> dict[str, Any]:
    """Return one line of the interchange format for a line of the register."""
    return provision_to_row(entry.provision, entry.state.value)
