"""The legalization profile: obligation, precision, delegation (Abbott et al. 2000), each with its reason.

The anchors and rules are data (data/legalization.yaml) and are described in docs/provisions.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from dragoman.extract.candidate import Candidate
from dragoman.extract.view import View
from dragoman.lexicon import Matcher, Phrase, load_pack
from dragoman.model import Deadline, Kind, Legalization

PACK = "legalization.yaml"
HIGHEST = 4
FIGURE = re.compile(r"\d")

Dimension = tuple[int, str]
"""A value 0-4 and its reason."""


@cache
def load_delegates() -> Matcher:
    """Return the matcher of the words that delegate; the key of a phrase is its class."""
    classes: Mapping[str, Any] = load_pack(PACK)["delegation"]
    return Matcher(
        Phrase(word, "delegation", name)
        for name, entry in classes.items()
        for word in (*entry["en"], *entry["zh"])
    )


def profile_of(
    view: View, candidate: Candidate, fields: Mapping[str, bool], deadline: Deadline | None, *, conditional: bool
) -> Legalization:
    """Return the profile of a provision.

    Args:
        view: its sentence.
        candidate: its clause.
        fields: which of "actor" and "named partner" it names.
        deadline: when it is due.
        conditional: whether a condition is stated.
    """
    obligation, why_obligation = obligation_of(candidate, conditional=conditional)
    precision, why_precision = precision_of(view, candidate, fields, deadline)
    delegation, why_delegation = delegation_of(view, candidate)
    return Legalization(obligation, precision, delegation, (why_obligation, why_precision, why_delegation))


def obligation_of(candidate: Candidate, *, conditional: bool) -> Dimension:
    """Return obligation: the force, lowered for advice, for a report of something not law, and for a condition."""
    changes = load_pack(PACK)["obligation"]
    value, reasons = candidate.force, [f"force {candidate.force}"]
    lowered = {
        "recommendation": candidate.kind is Kind.RECOMMENDATION,
        "measure_without_law": candidate.kind is Kind.MEASURE and candidate.force < HIGHEST,
        "conditional": conditional,
    }
    for name, holds in lowered.items():
        if holds:
            value += changes[name]
            reasons.append(f"{name.replace('_', ' ')} {changes[name]}")
    return max(0, min(HIGHEST, value)), ", ".join(reasons)


def precision_of(
    view: View, candidate: Candidate, fields: Mapping[str, bool], deadline: Deadline | None
) -> Dimension:
    """Return precision: how many of actor, object, date, number and named partner the clause names."""
    start, end = candidate.clause
    named = {
        "actor": fields["actor"],
        "object": candidate.object is not None or candidate.aim is not None,
        "date": deadline is not None and (deadline.date is not None or deadline.every is not None),
        "number": bool(FIGURE.search(view.text, start, end)),
        "named partner": fields["named partner"],
    }
    present = [name for name in load_pack(PACK)["precision"] if named[name]]
    return min(HIGHEST, len(present)), "names " + (", ".join(present) or "nothing")


def delegation_of(view: View, candidate: Candidate) -> Dimension:
    """Return delegation: the highest class of delegate or delegated act named in the clause."""
    start, end = candidate.clause
    classes = load_pack(PACK)["delegation"]
    hits = load_delegates().find(view.text[start:end], view.folded[start:end])
    best = max(hits, key=lambda hit: classes[hit.phrases[0].key]["value"], default=None)
    if best is None:
        return 0, "nobody else is charged"
    phrase = best.phrases[0]
    return classes[phrase.key]["value"], f"{phrase.key}: {phrase.text}"
