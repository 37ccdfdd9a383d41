"""The docket: cases and their acts. An act is added with its line of the audit log, or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, false, func, insert, or_, select, true, update
from sqlalchemy.exc import IntegrityError

from dragoman.model import DragomanError, NotFoundError
from dragoman.model.docket import Act, ActKind, DocketCase, DocketLine, DocketQuery, Sight
from dragoman.model.docket_board import Deadline, Notes
from dragoman.model.identity import sha256_of_bytes
from dragoman.model.job import Job, NewJob
from dragoman.model.procedure import Procedure
from dragoman.register.audit import DOCKET, LOCK, note
from dragoman.register.docket_board import (
    Days,
    conditions_of,
    count_by,
    deadlines_of,
    keep_notes,
    targets_of,
)
from dragoman.register.engine import Store
from dragoman.register.jobs import add_job, readings_of
from dragoman.register.rows import column_text, json_of
from dragoman.register.schema import docket_acts, docket_cases, docket_files, docket_targets
from dragoman.register.texts import AnyRow, inserted, stamp


class NoSuchDocketCaseError(NotFoundError):
    """No case has the number, or it is not for the one who asks."""

    def __init__(self, number: str) -> None:
        super().__init__(f"The docket has no case `{number}`.", "`dragoman docket list` lists the cases you see.")


class NoSuchFileError(NotFoundError):
    """No document of a case has the hash."""

    def __init__(self, digest: str) -> None:
        super().__init__(
            f"The docket holds no document {digest[:12]}.", "`dragoman docket show NUMBER` lists them."
        )


class CaseMovedOnError(DragomanError):
    """Somebody else acted on the case meanwhile."""

    http_status = 409

    def __init__(self, number: str) -> None:
        super().__init__(
            f"Somebody else acted on {number} meanwhile; nothing was kept.", "Look at the case again, then act."
        )


class Docket:
    """Cases and their acts; each call is one transaction. Raises StoreError."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def open(
        self,
        procedure: Procedure,
        acts: Sequence[Act],
        case: DocketCase,
        jobs: Sequence[NewJob] = (),
        notes: Notes | None = None,
    ) -> str:
        """Keep a new case and give it the next number of its procedure and year.

        Args:
            procedure: of the case.
            acts: the one that submits it and what followed at once; their `case` is filled in.
            case: as it stands by them.
            jobs: what is to be done with it in the background; their `case` is filled in.
            notes: what dashboards count it by; None where they are worked out later.

        Returns:
            The number of the case.
        """
        year, at = acts[0].at.year, acts[0].at
        with self._store.writing(LOCK) as connection:
            serial = _next_serial(connection, procedure.prefix, year)
            number = f"{procedure.prefix}-{year}-{serial:05d}"
            head = {"number": number, "prefix": procedure.prefix, "year": year, "serial": serial}
            row = {**head, **_columns(procedure, case, acts[-1].at), "opened": stamp(at)}
            key = inserted(connection, docket_cases, {**row, "noted": case.acts if notes else 0})
            _aim(connection, key, case.targets)
            keep_notes(connection, key, notes or Notes())
            for act in acts:
                _add(connection, key, replace(act, case=number))
            for job in jobs:
                add_job(connection, replace(job, case=number), acts[0].account, at)
        return number

    def add(
        self,
        procedure: Procedure,
        acts: Sequence[Act],
        case: DocketCase,
        jobs: Sequence[NewJob] = (),
        notes: Notes | None = None,
    ) -> None:
        """Keep further acts of a case, all or none.

        Args:
            procedure: of the case.
            acts: in their order; the first follows the last that is kept.
            case: as it stands after them.
            jobs: what is to be done with it in the background.
            notes: what dashboards count it by; None where they are worked out later.

        Raises:
            CaseMovedOnError: others acted since the case was read.
            NoSuchDocketCaseError: no case has the number.
        """
        first, last = acts[0], acts[-1]
        with self._store.writing(LOCK) as connection:
            key, known = _head(connection, first.case)
            if known != first.number - 1:
                raise CaseMovedOnError(first.case)
            values = {**_columns(procedure, case, last.at), "noted": case.acts if notes else 0}
            connection.execute(update(docket_cases).where(docket_cases.c.id == key).values(values))
            _aim(connection, key, case.targets)
            keep_notes(connection, key, notes or Notes())
            for act in acts:
                _add(connection, key, act)
            for job in jobs:
                add_job(connection, job, first.account, last.at)

    def last_act(self) -> int:
        """Return a number that grows with every act of any case."""
        with self._store.reading() as connection:
            return connection.execute(select(func.max(docket_acts.c.id))).scalar() or 0

    def unnoted(self) -> tuple[str, ...]:
        """Return the numbers of cases whose deadlines and tools were not noted with their last act."""
        question = select(docket_cases.c.number).where(docket_cases.c.noted != docket_cases.c.acts)
        with self._store.reading() as connection:
            return tuple(connection.execute(question).scalars())

    def note(self, noted: Sequence[tuple[DocketCase, Notes]]) -> None:
        """Keep notes of cases; those that others acted on meanwhile are left out."""
        with self._store.writing(LOCK) as connection:
            for case, notes in noted:
                same = (docket_cases.c.number == case.number, docket_cases.c.acts == case.acts)
                changed = update(docket_cases).where(*same).values(noted=case.acts).returning(docket_cases.c.id)
                key = connection.execute(changed).scalar()
                if key is not None:
                    keep_notes(connection, key, notes)

    def acts(self, number: str, sight: Sight) -> tuple[Act, ...]:
        """Return the acts of a case in their order. Raises NoSuchDocketCaseError, also for a case out of sight."""
        question = (
            select(docket_acts)
            .join(docket_cases, docket_cases.c.id == docket_acts.c.case)
            .where(docket_cases.c.number == number, _seen(sight))
            .order_by(docket_acts.c.number)
        )
        with self._store.reading() as connection:
            found = tuple(_act_of(number, row) for row in connection.execute(question))
        if not found:
            raise NoSuchDocketCaseError(number)
        return found

    def acts_of(self, lines: Sequence[DocketLine]) -> dict[str, tuple[Act, ...]]:
        """Return the acts of the cases of a list, by the number of the case."""
        numbers = {line.row: line.number for line in lines}
        question = (
            select(docket_acts)
            .where(docket_acts.c.case.in_(numbers))
            .order_by(docket_acts.c.case, docket_acts.c.number)
        )
        found: dict[str, tuple[Act, ...]] = {}
        with self._store.reading() as connection:
            for row in connection.execute(question):
                number = numbers[row.case]
                found[number] = (*found.get(number, ()), _act_of(number, row))
        return found

    def lines(self, query: DocketQuery, sight: Sight) -> tuple[DocketLine, ...]:
        """Return the cases that are asked for and seen, the one opened last first."""
        order = (docket_cases.c.since.desc(),) if query.entered else ()
        question = select(docket_cases).where(*_conditions(query), _seen(sight))
        question = question.order_by(*order, docket_cases.c.id.desc())
        if query.limit is not None:
            question = question.limit(query.limit)
        with self._store.reading() as connection:
            rows = connection.execute(question).all()
            keys = [row.id for row in rows]
            targets, deadlines = targets_of(connection, keys), deadlines_of(connection, keys)
        return tuple(_line_of(row, targets.get(row.id, ()), deadlines.get(row.id, ())) for row in rows)

    def places(self, query: DocketQuery, sight: Sight) -> tuple[tuple[str, str, str], ...]:
        """Return number, procedure and state of all cases that are asked for and seen, the first opened first."""
        asked = replace(query, limit=None, before=None)
        columns = (docket_cases.c.number, docket_cases.c.procedure, docket_cases.c.stage)
        question = select(*columns).where(*_conditions(asked), _seen(sight)).order_by(docket_cases.c.id)
        with self._store.reading() as connection:
            return tuple((row.number, row.procedure, row.stage) for row in connection.execute(question))

    def counts(self, query: DocketQuery, sight: Sight, by: str, days: Days) -> dict[tuple[str, ...], int]:
        """Return how many cases there are by procedure and what `count_by` counts by."""
        asked = replace(query, limit=None, before=None)
        with self._store.reading() as connection:
            return count_by(connection, (*_conditions(asked), _seen(sight)), by, days)

    def readings(self, number: str) -> dict[str, Job]:
        """Return the last reading of each document of a case, by its SHA-256."""
        with self._store.reading() as connection:
            return readings_of(connection, number)

    def keep_file(self, content: bytes) -> str:
        """Keep the bytes of a document and return their SHA-256; the same bytes are kept once."""
        digest = sha256_of_bytes(content)
        row = {"sha256": digest, "size": len(content), "content": content}
        with self._store.writing(f"file {digest}", told=False) as connection:
            known = select(docket_files.c.sha256).where(docket_files.c.sha256 == digest)
            if connection.execute(known).first() is None:
                connection.execute(insert(docket_files), row)
        return digest

    def file(self, digest: str) -> bytes:
        """Return the bytes of a document. Raises NoSuchFileError."""
        question = select(docket_files.c.content).where(docket_files.c.sha256 == digest)
        with self._store.reading() as connection:
            found = connection.execute(question).scalar()
        if found is None:
            raise NoSuchFileError(digest)
        return bytes(found)


def _next_serial(connection: Connection, prefix: str, year: int) -> int:
    question = select(func.max(docket_cases.c.serial)).where(
        docket_cases.c.prefix == prefix, docket_cases.c.year == year
    )
    return (connection.execute(question).scalar() or 0) + 1


def _head(connection: Connection, number: str) -> tuple[int, int]:
    row = connection.execute(
        select(docket_cases.c.id, docket_cases.c.acts).where(docket_cases.c.number == number)
    ).first()
    if row is None:
        raise NoSuchDocketCaseError(number)
    return row.id, row.acts


def _columns(procedure: Procedure, case: DocketCase, at: datetime) -> dict[str, Any]:
    stage = procedure.stages[case.stage]
    return {
        "procedure": procedure.name,
        "title": column_text(case.title),
        "applicant": column_text(case.applicant),
        "organisation": column_text(case.organisation),
        "stage": case.stage,
        "public": int(stage.public),
        "consulted": int(any(procedure.stages[stay.stage].consulted for stay in case.stays)),
        "acts": case.acts,
        "version": case.version,
        "outcome": case.outcome,
        "open_items": sum(item.settled is None for item in case.items),
        "open_requests": sum(one.answered is None for one in case.requests),
        "expires": case.expires,
        "changed": stamp(at),
        "since": stamp(case.stays[-1].since),
    }


def _add(connection: Connection, key: int, act: Act) -> None:
    row = {
        "case": key,
        "number": act.number,
        "kind": act.kind.value,
        "at": stamp(act.at),
        "account": column_text(act.account),
        "payload": column_text(json_of(dict(act.payload))),
    }
    try:
        connection.execute(insert(docket_acts), row)
    except IntegrityError as fault:
        raise CaseMovedOnError(act.case) from fault
    payload = {"number": act.number, **act.payload}
    note(connection, act.at, act.account, DOCKET + act.kind.value, act.case, payload)


def _aim(connection: Connection, key: int, targets: Iterable[str]) -> None:
    connection.execute(delete(docket_targets).where(docket_targets.c.case == key))
    rows = [{"case": key, "country": country} for country in sorted(set(targets))]
    if rows:
        connection.execute(insert(docket_targets), rows)


def _seen(sight: Sight) -> ColumnElement[bool]:
    if sight.everything:
        return true()
    own = []
    if sight.account:
        own.append(docket_cases.c.applicant == sight.account)
    if sight.organisation:
        own.append(docket_cases.c.organisation == sight.organisation)
    if sight.procedures:
        own.append(docket_cases.c.procedure.in_(sight.procedures) & (docket_cases.c.consulted == 1))
    return or_(false(), *own)


def _conditions(query: DocketQuery) -> Iterator[ColumnElement[bool]]:
    if query.procedures:
        yield docket_cases.c.procedure.in_(query.procedures)
    if query.stages:
        yield docket_cases.c.stage.in_(query.stages)
    if query.public:
        yield docket_cases.c.public == 1
    if query.open_items:
        yield docket_cases.c.open_items > 0
    if query.before is not None:
        yield docket_cases.c.id < query.before
    if query.target:
        aimed = select(docket_targets.c.case).where(docket_targets.c.country == query.target)
        yield docket_cases.c.id.in_(aimed)
    yield from conditions_of(query)
    for word in query.text.split():
        columns = (docket_cases.c.number, docket_cases.c.title, docket_cases.c.organisation)
        yield or_(*(column.icontains(word, autoescape=True) for column in columns))


def _act_of(number: str, row: AnyRow) -> Act:
    at = datetime.fromisoformat(row.at)
    return Act(number, row.number, ActKind(row.kind), at, row.account, json.loads(row.payload))


def _line_of(row: AnyRow, targets: tuple[str, ...], deadlines: tuple[Deadline, ...]) -> DocketLine:
    return DocketLine(
        row=row.id,
        number=row.number,
        procedure=row.procedure,
        title=row.title,
        organisation=row.organisation,
        stage=row.stage,
        version=row.version,
        acts=row.acts,
        outcome=row.outcome,
        targets=targets,
        open_items=row.open_items,
        open_requests=row.open_requests,
        expires=row.expires,
        opened=datetime.fromisoformat(row.opened),
        changed=datetime.fromisoformat(row.changed),
        since=datetime.fromisoformat(row.since),
        deadlines=deadlines,
    )
