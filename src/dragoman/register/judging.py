"""Decisions on hits: rows are only added; one that has run out or whose entry has changed is open again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Connection, func, insert, select

from dragoman.model import ConflictError, HitDecision, UsageError, Verdict
from dragoman.register.listing import NoSuchListedError, NoSuchListError, current_list
from dragoman.register.rows import column_text
from dragoman.register.schema import party_decisions, party_entries, party_lists
from dragoman.register.texts import AnyRow, stamp

TOOL = "dragoman"
"""Reviewer of a decision that is open again."""
RAN_OUT = "The decision ran out on {until}."
CHANGED = "The entry has changed since the decision."
Key = tuple[str, str]
"""List and entry."""


class EntryChangedError(ConflictError):
    """The entry is another than the one that was looked at."""

    def __init__(self, name: str, entry: str) -> None:
        super().__init__(
            f"The entry `{entry}` of the list `{name}` has changed meanwhile.",
            "Look at it again before you decide.",
        )


class IncompleteDecisionError(UsageError):
    """A decision without a reviewer, a reason or a verdict."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"A decision on a hit needs {what}.",
            "State a verdict (confirmed or cleared), a reason and who decides.",
        )


class EndedDecisionError(UsageError):
    """A decision that has run out before it begins."""

    def __init__(self, until: date) -> None:
        super().__init__(f"The decision would have run out on {until} already.", "Give a later day, or none.")


def store_decision(connection: Connection, decision: HitDecision) -> HitDecision:
    """Store a decision with the hash of the entry as it stands.

    Args:
        connection: inside a writing transaction.
        decision: an `entry_sha256` that is given must be that of the entry now.

    Raises:
        IncompleteDecisionError, EndedDecisionError: something is lacking or senseless.
        NoSuchListError, NoSuchListedError: there is no such list or entry in use.
        EntryChangedError: the entry has changed since it was looked at.
    """
    _refuse_incomplete(decision)
    current = _sha256_now(connection, decision.list, decision.entry)
    if decision.entry_sha256 not in {"", current}:
        raise EntryChangedError(decision.list, decision.entry)
    stored = replace(decision, entry_sha256=current)
    _append(connection, [stored])
    return stored


def _refuse_incomplete(decision: HitDecision) -> None:
    verdict = "" if decision.verdict is Verdict.REOPENED else decision.verdict.value
    needed = {
        "a party": decision.party,
        "a verdict, confirmed or cleared": verdict,
        "a reviewer": decision.reviewer,
        "a reason": decision.reason,
    }
    for what, text in needed.items():
        if not text.strip():
            raise IncompleteDecisionError(what)
    if decision.until and decision.until < decision.decided.date():
        raise EndedDecisionError(decision.until)


def _sha256_now(connection: Connection, name: str, entry: str) -> str:
    version = current_list(connection, name)
    if version is None:
        raise NoSuchListError(name)
    own = (party_entries.c.list == version.id, party_entries.c.entry == entry)
    found: str | None = connection.execute(select(party_entries.c.sha256).where(*own)).scalar()
    if found is None:
        raise NoSuchListedError(name, entry)
    return found


def _append(connection: Connection, decisions: Iterable[HitDecision]) -> None:
    rows = [
        {
            "party": column_text(one.party),
            "list": one.list,
            "entry": one.entry,
            "verdict": one.verdict.value,
            "reviewer": column_text(one.reviewer),
            "reason": column_text(one.reason),
            "decided": stamp(one.decided),
            "until": one.until,
            "entry_sha256": one.entry_sha256,
        }
        for one in decisions
    ]
    if rows:
        connection.execute(insert(party_decisions), rows)


def decisions_of(
    connection: Connection, party: str | None = None, name: str | None = None, entry: str | None = None
) -> tuple[HitDecision, ...]:
    """Return decisions, oldest first: of a party, on a list, on an entry; None takes all."""
    own = {"party": party, "list": name, "entry": entry}
    where = [party_decisions.c[column] == value for column, value in own.items() if value is not None]
    rows = connection.execute(select(party_decisions).where(*where).order_by(party_decisions.c.id))
    return tuple(decision_of(row) for row in rows)


def decision_of(row: AnyRow) -> HitDecision:
    """Return the decision that a row holds."""
    return HitDecision(
        party=row.party,
        list=row.list,
        entry=row.entry,
        verdict=Verdict(row.verdict),
        reviewer=row.reviewer,
        reason=row.reason,
        decided=datetime.fromisoformat(row.decided),
        until=row.until,
        entry_sha256=row.entry_sha256,
    )


_LATEST = (
    select(func.max(party_decisions.c.id))
    .group_by(party_decisions.c.party, party_decisions.c.list, party_decisions.c.entry)
    .scalar_subquery()
)
_NOW = (
    select(party_decisions, party_entries.c.sha256.label("now"))
    .outerjoin(party_lists, (party_lists.c.name == party_decisions.c.list) & (party_lists.c.current == 1))
    .outerjoin(
        party_entries,
        (party_entries.c.list == party_lists.c.id) & (party_entries.c.entry == party_decisions.c.entry),
    )
    .where(party_decisions.c.id.in_(_LATEST))
    .order_by(party_decisions.c.id)
)
"""The last decision on each party and entry, with the hash of the entry now; null where the entry is gone."""


def standing_of(connection: Connection, day: date, party: str | None = None) -> Iterator[tuple[HitDecision, bool]]:
    """Yield the last decision on each hit as it stands on a day, and whether it is open again since it was made.

    Args:
        connection: of the register.
        day: a decision holds to the end of its last day.
        party: key; None for all.
    """
    question = _NOW if party is None else _NOW.where(party_decisions.c.party == party)
    for row in connection.execute(question):
        decision = decision_of(row)
        reason = _why_open(decision, row.now, day)
        if reason:
            decision = replace(decision, verdict=Verdict.REOPENED, reviewer=TOOL, reason=reason)
        yield decision, bool(reason)


def _why_open(decision: HitDecision, now: str | None, day: date) -> str:
    """Return why a decision is open again, "" where it is not; an entry that is gone opens nothing."""
    if decision.verdict is Verdict.REOPENED:
        return ""
    if now is not None and now != decision.entry_sha256:
        return CHANGED
    if decision.until is not None and decision.until < day:
        return RAN_OUT.format(until=decision.until.isoformat())
    return ""


def record_open(connection: Connection, day: date, at: datetime) -> tuple[HitDecision, ...]:
    """Record which decisions are open again, once each, and return them."""
    hashes = _hashes_now(connection)
    opened = tuple(
        replace(one, decided=at, until=None, entry_sha256=hashes.get((one.party, one.list, one.entry), ""))
        for one, new in standing_of(connection, day)
        if new
    )
    _append(connection, opened)
    return opened


def _hashes_now(connection: Connection) -> Mapping[tuple[str, str, str], str]:
    return {(row.party, row.list, row.entry): row.now or row.entry_sha256 for row in connection.execute(_NOW)}
