"""The audit log: lines that are only ever added, each with the hash of the one before.

A line is written in the transaction that makes the change, so that neither stands without the other. Whoever
changes or takes out a line breaks the chain from there on; whoever rewrites the whole chain changes its last
hash, which is printed by `dragoman audit verify` and belongs in a place outside this database.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, insert, select

from dragoman.model.docket import AuditLine, AuditVerdict
from dragoman.model.identity import sha256_of_text
from dragoman.register.engine import Store
from dragoman.register.rows import column_text, json_of
from dragoman.register.schema import audit, docket_acts, docket_cases
from dragoman.register.texts import AnyRow, stamp

LOCK = "audit"
"""What every transaction locks that adds a line: the chain has one end."""
FIRST = "0" * 64
DOCKET = "docket."
"""What the acts of cases are called by in the log, before their kind."""


def note(
    connection: Connection, at: datetime, account: str, act: str, subject: str, payload: Mapping[str, Any]
) -> str:
    """Add a line to the log and return its hash.

    Args:
        connection: of a transaction that holds `LOCK`.
        at: when, with time zone.
        account: who.
        act: what ("docket.moved").
        subject: on what.
        payload: as JSON can hold it.
    """
    last = connection.execute(select(audit.c.hash).order_by(audit.c.id.desc()).limit(1)).scalar()
    row = {
        "at": stamp(at),
        "account": column_text(account),
        "act": act,
        "subject": column_text(subject),
        "payload": column_text(json_of(dict(payload))),
        "previous": last or FIRST,
    }
    digest = hash_of(row)
    connection.execute(insert(audit), {**row, "hash": digest})
    return digest


def hash_of(row: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a line: of its fields as a JSON list."""
    fields = [row[name] for name in ("previous", "at", "account", "act", "subject", "payload")]
    return sha256_of_text(json.dumps(fields, ensure_ascii=False, separators=(",", ":")))


class AuditLog:
    """Reads and checks the log. Raises StoreError."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def note(self, at: datetime, account: str, act: str, subject: str, payload: Mapping[str, Any]) -> str:
        """Add a line in a transaction of its own, for what changes nothing else; return its hash."""
        with self._store.writing(LOCK) as connection:
            return note(connection, at, account, act, subject, payload)

    def lines(self, subject: str = "", after: int = 0, limit: int | None = None) -> Iterator[AuditLine]:
        """Yield lines in their order: all, or those on a subject, after an id."""
        question: Select[Any] = select(audit).where(audit.c.id > after).order_by(audit.c.id)
        if subject:
            question = question.where(audit.c.subject == subject)
        if limit is not None:
            question = question.limit(limit)
        with self._store.reading() as connection:
            yield from map(line_of, connection.execution_options(yield_per=1000).execute(question))

    def verify(self) -> AuditVerdict:
        """Check every hash, every link, and that each act of a case has its line."""
        last, count, broken = FIRST, 0, []
        noted: set[tuple[str, int]] = set()
        with self._store.reading() as connection:
            stream = connection.execution_options(yield_per=1000).execute(select(audit).order_by(audit.c.id))
            for row in map(dict, stream.mappings()):
                count += 1
                if row["previous"] != last or hash_of(row) != row["hash"]:
                    broken.append(row["id"])
                last = row["hash"]
                if row["act"].startswith(DOCKET):
                    noted.add((row["subject"], json.loads(row["payload"])["number"]))
            missing = tuple(
                f"{number} act {act}" for number, act in _acts(connection) if (number, act) not in noted
            )
        return AuditVerdict(count, last if count else "", tuple(broken), missing)


def _acts(connection: Connection) -> Iterator[tuple[str, int]]:
    question = select(docket_cases.c.number, docket_acts.c.number.label("act")).join_from(
        docket_acts, docket_cases, docket_acts.c.case == docket_cases.c.id
    )
    for row in connection.execute(question):
        yield row.number, row.act


def line_of(row: AnyRow) -> AuditLine:
    """Return the line of a row."""
    return AuditLine(
        id=row.id,
        at=datetime.fromisoformat(row.at),
        account=row.account,
        act=row.act,
        subject=row.subject,
        payload=json.loads(row.payload),
        previous=row.previous,
        hash=row.hash,
    )
