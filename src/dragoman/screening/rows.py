"""Lists, their differences and what is known of parties as JSON, the same for the command line and the API."""

from __future__ import annotations

from dragoman.model.check_format import problem_to_row
from dragoman.model.listing import fields_of_entry
from dragoman.model.screen_format import decision_to_row, list_to_row
from dragoman.model.watching import PartyChange
from dragoman.screening.outcomes import History, ImportOutcome, ListDifference


def import_to_row(outcome: ImportOutcome) -> dict[str, object]:
    """Return what became of a file as JSON."""
    return {
        "taken": outcome.taken,
        "new": outcome.new,
        "list": list_to_row(outcome.list) if outcome.list else None,
        "before": list_to_row(outcome.before) if outcome.before else None,
        "added": list(outcome.change.added),
        "removed": list(outcome.change.removed),
        "changed": list(outcome.change.changed),
        "problems": [problem_to_row(problem) for problem in outcome.problems],
    }


def difference_to_row(found: ListDifference) -> dict[str, object]:
    """Return a difference as JSON."""
    return {
        "list": list_to_row(found.list),
        "before": list_to_row(found.before) if found.before else None,
        "added": [fields_of_entry(one) for one in found.added],
        "removed": [fields_of_entry(one) for one in found.removed],
        "changed": [
            {
                "entry": fields_of_entry(one.entry),
                "fields": [
                    {"field": field.field, "added": list(field.added), "removed": list(field.removed)}
                    for field in one.fields
                ],
            }
            for one in found.changed
        ],
    }


def change_to_row(one: PartyChange) -> dict[str, object]:
    """Return a change as JSON."""
    return {
        "party": one.party,
        "change": one.kind.value,
        "list": one.list,
        "entry": one.entry,
        "name": one.name or None,
        "score": one.score,
        "detail": one.detail,
        "at": one.at.isoformat(),
    }


def history_to_row(found: History) -> dict[str, object]:
    """Return the history of a party as JSON."""
    last = found.screened
    return {
        "party": found.key,
        "decisions": [decision_to_row(one) for one in found.decisions],
        "changes": [change_to_row(one) for one in found.changes],
        "screened": {"as_of": last.day.isoformat(), "lists": dict(last.lists), "hits": len(last.hits)}
        if last
        else None,
    }
