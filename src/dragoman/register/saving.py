"""Keeping a reading: versions, lines, and the lines that count by now. All inside one transaction."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from dragoman.model import (
    BlockKind,
    Document,
    Kind,
    Problem,
    Provision,
    ReviewState,
    quote_at,
)
from dragoman.register.asking import kinds_of
from dragoman.register.further import Added, VersionChangedError, models_lines, standing_in
from dragoman.register.index import Indexed, add_sentences, remove_sentences
from dragoman.register.keys import MOST_SENTENCES, piece_key, position_key, search_key
from dragoman.register.remarks import same_bytes, same_name
from dragoman.register.rows import (
    about_of,
    column_text,
    fingerprint_of,
    json_of,
    moved,
    payload_of,
    pieces_of,
    provision_of,
    structure_of,
)
from dragoman.register.schema import (
    VALUE_FIELDS,
    documents,
    entries,
    entry_values,
    lines,
    reviews,
    sentences,
    texts,
    versions,
)
from dragoman.register.tallies import pairs_before, tally
from dragoman.register.texts import AnyRow, TextReader, current_version, holder_of, inserted, stamp

STANDING = (ReviewState.ACCEPTED, ReviewState.EDITED)
"""Decisions whose line counts whatever a grammar says."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a reading.

    Attributes:
        status: "new", "version", "recoded" (same text, another grammar) or "unchanged".
        version: number of the version.
        kept: lines that stood before and keep their ids and reviews.
        kinds: lines that count now, by kind; rejected ones left out.
        remarks: what should be known about the document's place among the others.
    """

    status: str
    version: int
    kept: int = 0
    kinds: dict[Kind, int] = field(default_factory=dict)
    remarks: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Counting:
    """A line that counts: its id in `lines`, the provision, and the decision behind it."""

    line: int
    provision: Provision
    state: ReviewState = ReviewState.CANDIDATE
    review: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading while it is being kept.

    Attributes:
        connection: inside a writing transaction.
        document: what was read.
        document_id: its row in `documents`.
        version: its row in `versions`.
        at: when it was read.
    """

    connection: Connection
    document: Document
    document_id: int
    version: int
    at: datetime


def save_reading(
    connection: Connection, document: Document, provisions: Sequence[Provision], coder: str, at: datetime
) -> Saved:
    """Keep a document and a coder's lines.

    The same reading again changes nothing. The same version read by another coder gets new lines. Anything
    else is a new version: its sentences replace the old ones in the index, reviews follow their lines.
    """
    values = _version_values(document, coder, at)
    old = current_version(connection, document.slug)
    before = pairs_before(connection, old.document) if old else {}
    if old is None or old.fingerprint != values["fingerprint"]:
        reading = _new_version(connection, document, values, old, at)
        status, number = ("version", old.number + 1) if old else ("new", 1)
    elif old.coder == coder:
        kinds = kinds_of(connection, document.slug)
        return Saved("unchanged", old.number, sum(kinds.values()), kinds)
    else:
        reading = Reading(connection, document, old.document, old.id, at)
        connection.execute(update(versions).where(versions.c.id == old.id).values(coder=coder))
        status, number = "recoded", old.number
    counting, kept = _lines_that_count(reading, provisions, old)
    _add_entries(reading, counting)
    tally(connection, reading.document_id, before)
    kinds = Counter(c.provision.kind for c in counting if c.state is not ReviewState.REJECTED)
    return Saved(status, number, kept, {kind: kinds[kind] for kind in Kind if kinds[kind]}, _remarks(reading, old))


def save_further(
    connection: Connection, document: Document, number: int, provisions: Sequence[Provision], at: datetime
) -> Added:
    """Add a model's lines to the version it has seen; what counts goes on counting.

    Args:
        connection: inside a writing transaction.
        document: as the model saw it.
        number: of the version it saw.
        provisions: its lines, each id once.
        at: when it saw them.

    Raises:
        VersionChangedError: another version counts by now.
    """
    version = current_version(connection, document.slug)
    if version is None or version.number != number:
        raise VersionChangedError(document.slug)
    reading = Reading(connection, document, version.document, version.id, at)
    standing, before = standing_in(connection, version.document), pairs_before(connection, version.document)
    lacking = [provision for provision in provisions if standing.lacks(provision)]
    made = zip(append_lines(reading, lacking), lacking, strict=True)
    _add_entries(reading, [Counting(line, each) for line, each in made if each.id not in standing.coders])
    tally(connection, reading.document_id, before)
    return standing.added(provisions)


def _new_version(
    connection: Connection, document: Document, values: dict[str, Any], old: AnyRow | None, at: datetime
) -> Reading:
    """Insert a version, store its text, make it the current one, and index its sentences."""
    if old is None:
        document_id = inserted(connection, documents, {"slug": document.slug})
    else:
        document_id = old.document
        remove_sentences(connection, search_key(old.date, old.id, 0), _indexed_before(connection, old))
    same_text = holder_of(old) if old and old.text_sha256 == document.text_sha256 else None
    own = {"document": document_id, "number": old.number + 1 if old else 1, "text": same_text}
    version = inserted(connection, versions, {**values, **own})
    connection.execute(update(documents).where(documents.c.id == document_id).values(current=version))
    reading = Reading(connection, document, document_id, version, at)
    if same_text is None:
        _add_text(reading)
    add_sentences(connection, list(_indexed_now(reading)))
    return reading


def _remarks(reading: Reading, old: AnyRow | None) -> tuple[Problem, ...]:
    """Return what should be known about a new document or version beside the others."""
    document = reading.document
    if old is None:
        twins = _twins(reading)
        return (same_bytes(document, twins),) if twins else ()
    elsewhere = old.id != reading.version and old.source != column_text(document.source)
    return (same_name(document, old.source),) if elsewhere else ()


def _version_values(document: Document, coder: str, at: datetime) -> dict[str, Any]:
    """Return the columns of `versions` that a document gives."""
    structure = structure_of(document)
    return {
        "sha256": document.sha256,
        "text_sha256": document.text_sha256,
        "fingerprint": fingerprint_of(document, structure),
        "coder": coder,
        "date": document.date,
        "source": column_text(document.source),
        "about": json_of(about_of(document)),
        "structure": structure,
        "sentences": count_sentences(document),
        "read_at": stamp(at),
    }


def count_sentences(document: Document) -> int:
    """Return the number of sentences of the text: no furniture, no headings."""
    aside = {BlockKind.FURNITURE, BlockKind.HEADING}
    return sum(sentence.kind not in aside for sentence in document.sentences)


def _add_text(reading: Reading) -> None:
    """Store the text of a version, in pieces."""
    rows = [
        {"key": piece_key(reading.version, number), "content": piece}
        for number, piece in enumerate(pieces_of(reading.document.text))
    ]
    if rows:
        reading.connection.execute(insert(texts), rows)


def _indexed_now(reading: Reading) -> Iterator[Indexed]:
    """Yield the sentences of a document for the index: all but furniture."""
    document = reading.document
    for sentence in document.sentences[:MOST_SENTENCES]:
        if sentence.kind is not BlockKind.FURNITURE:
            key = search_key(document.date, reading.version, sentence.index)
            words = document.text[sentence.start : sentence.end]
            yield Indexed(key, sentence.start, sentence.end, words)


def _indexed_before(connection: Connection, old: AnyRow) -> Iterator[Indexed]:
    """Yield the sentences of an earlier version as they were put into the index."""
    first = search_key(old.date, old.id, 0)
    spans = connection.execute(
        select(sentences.c.key, sentences.c.start, sentences.c.end).where(
            sentences.c.key.between(first, first + MOST_SENTENCES - 1)
        )
    ).all()
    reader = TextReader(connection)
    for key, start, end in spans:
        yield Indexed(key, start, end, reader.slice(holder_of(old), start, end))


def _lines_that_count(
    reading: Reading, provisions: Sequence[Provision], old: AnyRow | None
) -> tuple[list[Counting], int]:
    """Append a coder's lines; return the lines that count now and how many of the coder's stood before.

    Args:
        reading: the reading.
        provisions: the coder's lines.
        old: the version that counted before, with its lines and decisions; None for a new document.
    """
    decided = _decisions(reading) if old else {}
    others = models_lines(reading.connection, old.id, reading.document_id) if old else ()
    stood = _clear_entries(reading) if old else frozenset()
    made = list(zip(append_lines(reading, provisions), provisions, strict=True))
    found = {provision.id for provision in provisions}
    for line, provision in _standing_still(reading, others):
        if provision.id not in found:
            found.add(provision.id)
            made.append((line, provision))
    counting = [_with_decision(reading, line, each, decided.pop(each.id, None)) for line, each in made]
    survivors = (_survivor(reading, decision) for decision in decided.values())
    counting += [survivor for survivor in survivors if survivor is not None]
    return counting, sum(provision.id in stood for provision in provisions)


def _standing_still(reading: Reading, others: Sequence[AnyRow]) -> list[tuple[int, Provision]]:
    """Return the models' lines that stand in this version too, appended where the version is a new one."""
    if not others:
        return []
    if others[0].version == reading.version:
        return [(row.id, provision_of(row.payload)) for row in others]
    moved_lines = (_moved_here(reading, provision_of(row.payload)) for row in others)
    here = [provision for provision in moved_lines if provision is not None]
    return list(zip(append_lines(reading, here), here, strict=True))


def _moved_here(reading: Reading, provision: Provision) -> Provision | None:
    """Return an earlier version's line where its sentence stands now, None where it is gone."""
    start = place_of(reading.document, provision)
    if start is None:
        return None
    quote = quote_at(reading.document.text, start, start + len(provision.quote.exact))
    return moved(provision, quote, start - provision.start)


def _clear_entries(reading: Reading) -> frozenset[str]:
    """Take away what counted for a document and return the ids of its lines."""
    connection, own = reading.connection, entries.c.document == reading.document_id
    stood = frozenset(connection.execute(select(entries.c.provision).where(own)).scalars())
    connection.execute(delete(entry_values).where(entry_values.c.entry.in_(select(entries.c.id).where(own))))
    connection.execute(delete(entries).where(own))
    return stood


def _decisions(reading: Reading) -> dict[str, AnyRow]:
    """Return the latest decision on each line of a document, with its line; taken-back ones left out."""
    latest = (
        select(func.max(reviews.c.id).label("id"))
        .where(reviews.c.document == reading.document_id)
        .group_by(reviews.c.provision)
        .subquery()
    )
    rows = reading.connection.execute(
        select(reviews, lines.c.version, lines.c.payload)
        .join(latest, latest.c.id == reviews.c.id)
        .join(lines, lines.c.id == reviews.c.line)
        .order_by(reviews.c.id)
    )
    return {row.provision: row for row in rows if row.state != ReviewState.CANDIDATE}


def append_lines(reading: Reading, provisions: Sequence[Provision]) -> list[int]:
    """Append lines and return their ids, in order."""
    if not provisions:
        return []
    rows = [
        {
            "provision": provision.id,
            "version": reading.version,
            "coder": column_text(provision.coder),
            "made_at": stamp(reading.at),
            "payload": payload_of(provision),
        }
        for provision in provisions
    ]
    statement = insert(lines).returning(lines.c.id, sort_by_parameter_order=True)
    return list(reading.connection.execute(statement, rows).scalars())


def _with_decision(reading: Reading, line: int, provision: Provision, decision: AnyRow | None) -> Counting:
    """Return what counts for a line that a coder has just made."""
    if decision is None:
        return Counting(line, provision)
    state = ReviewState(decision.state)
    if state not in STANDING:
        return Counting(line, provision, state, decision.id)
    decided = provision_of(decision.payload)
    if decision.version == reading.version:
        return Counting(decision.line, decided, state, decision.id)
    here = moved(decided, provision.quote, provision.start - decided.start)
    here = replace(here, trigger_start=provision.trigger_start)
    if here == provision:
        return Counting(line, provision, state, decision.id)
    return Counting(append_lines(reading, [here])[0], here, state, decision.id)


def _survivor(reading: Reading, decision: AnyRow) -> Counting | None:
    """Return a decided line that no coder finds any more, where its sentence still stands; else None."""
    decided = provision_of(decision.payload)
    state = ReviewState(decision.state)
    if decision.version == reading.version:
        return Counting(decision.line, decided, state, decision.id)
    here = _moved_here(reading, decided)
    if here is None:
        return None
    return Counting(append_lines(reading, [here])[0], here, state, decision.id)


def place_of(document: Document, provision: Provision) -> int | None:
    """Return where the sentence of an earlier version's line stands now, None where it is gone.

    Of several equal sentences: the one with the same context, else the nearest.
    """
    exact = provision.quote.exact
    starts = [s.start for s in document.sentences if document.text[s.start : s.end] == exact]

    def distance(start: int) -> tuple[int, int]:
        quote = quote_at(document.text, start, start + len(exact))
        unlike = (quote.prefix != provision.quote.prefix) + (quote.suffix != provision.quote.suffix)
        return unlike, abs(start - provision.start)

    return min(starts, key=distance, default=None)


def _add_entries(reading: Reading, counting: Sequence[Counting]) -> None:
    """Write which lines of a document count."""
    if not counting:
        return
    connection = reading.connection
    starts = [sentence.start for sentence in reading.document.sentences]
    rows = [_entry_row(reading, starts, count) for count in counting]
    statement = insert(entries).returning(entries.c.id, sort_by_parameter_order=True)
    ids = connection.execute(statement, rows).scalars().all()
    places = zip(ids, rows, counting, strict=True)
    values = [one for key, row, count in places for one in value_rows(key, row["position"], count.provision)]
    if values:
        connection.execute(insert(entry_values), values)


def _entry_row(reading: Reading, starts: Sequence[int], count: Counting) -> dict[str, Any]:
    ordinal = max(0, bisect_right(starts, count.provision.start) - 1)
    return {
        "provision": count.provision.id,
        "document": reading.document_id,
        "version": reading.version,
        "position": position_key(reading.document.date, reading.version, ordinal),
        "sentence": search_key(reading.document.date, reading.version, ordinal),
        **entry_columns(count),
    }


def entry_columns(count: Counting) -> dict[str, Any]:
    """Return the columns of an entry that depend on which line counts."""
    provision = count.provision
    return {
        "line": count.line,
        "review": count.review,
        "state": count.state.value,
        "trigger_start": provision.trigger_start,
        "kind": provision.kind.value,
        "force": provision.force,
        "language": provision.language.value,
        "confidence": provision.confidence,
        "due": provision.deadline.date if provision.deadline else None,
        "coder": column_text(provision.coder),
    }


def value_rows(entry: int, position: int, provision: Provision) -> list[dict[str, Any]]:
    """Return the rows of `entry_values` for a line that counts, with its entry's id and position."""
    place = {"position": position, "trigger_start": provision.trigger_start, "entry": entry}
    return [
        {"field": field, "value": value, **place}
        for field in VALUE_FIELDS
        for value in dict.fromkeys(column_text(value) for value in getattr(provision, field))
    ]


_TWINS = (
    select(documents.c.slug)
    .join(versions, (versions.c.document == documents.c.id) & (versions.c.id == documents.c.current))
    .where(versions.c.sha256 == bindparam("sha256"), documents.c.id != bindparam("own"))
    .order_by(versions.c.id)  # the order of the index on sha256: no other order is found without a scan
    .limit(5)
)


def _twins(reading: Reading) -> tuple[str, ...]:
    """Return up to five other documents whose current version has the same bytes."""
    asked = {"sha256": reading.document.sha256, "own": reading.document_id}
    return tuple(reading.connection.execute(_TWINS, asked).scalars())
