"""The full-text index over sentences: FTS5 in SQLite, a tsvector with GIN in PostgreSQL, equal in result.

Both are fed with our own tokens (`tokens.py`) and asked for phrases of them; neither engine's word splitter
has a say. FTS5 runs without content and with the `ascii` tokenizer, which splits at blanks and leaves every
other character alone; PostgreSQL gets its positions spelled out. Measured on 125 million characters (1.3
million sentences): 90 MB, counting every sentence with "the" 25 ms.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import (
    Connection,
    Select,
    cast,
    column,
    delete,
    false,
    func,
    insert,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from dragoman.register.keys import MOST_SENTENCES
from dragoman.register.schema import sentences
from dragoman.register.tokens import Phrase, tokens_of

_FTS5 = table("sentence_index", column("rowid"), column("sentence_index"))
_VECTORS = table("sentences", column("key"), column("search_text"))

POSITIONS_OF_A_WORD = 255
"""Positions PostgreSQL keeps for one word of one sentence."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """A sentence for the index: its search key, offsets and words."""

    key: int
    start: int
    end: int
    text: str


def add_sentences(connection: Connection, rows: Sequence[Indexed]) -> None:
    """Put sentences into the index."""
    if not rows:
        return
    if _is_sqlite(connection):
        connection.execute(insert(sentences), [{"key": r.key, "start": r.start, "end": r.end} for r in rows])
        connection.exec_driver_sql(
            "INSERT INTO sentence_index (rowid, search_text) VALUES (?, ?)",
            [(row.key, " ".join(tokens_of(row.text))) for row in rows],
        )
    else:
        connection.execute(
            text(
                'INSERT INTO sentences (key, start, "end", search_text) '
                "VALUES (:key, :start, :end, CAST(:words AS tsvector))"
            ),
            [{"key": r.key, "start": r.start, "end": r.end, "words": tsvector_of(r.text)} for r in rows],
        )


def remove_sentences(connection: Connection, first_key: int, rows: Iterable[Indexed]) -> None:
    """Take the sentences of a version out of the index.

    Args:
        connection: inside a writing transaction.
        first_key: search key of the version's sentence 0.
        rows: the same sentences that were put in; an index without content must be told them again.
    """
    if _is_sqlite(connection):
        gone = [(row.key, " ".join(tokens_of(row.text))) for row in rows]
        if gone:
            connection.exec_driver_sql(
                "INSERT INTO sentence_index (sentence_index, rowid, search_text) VALUES ('delete', ?, ?)", gone
            )
    connection.execute(delete(sentences).where(sentences.c.key.between(first_key, first_key + MOST_SENTENCES - 1)))


def matching(connection: Connection, phrases: Sequence[Phrase]) -> Select[int]:
    """Return the question for the search keys of the sentences that hold all phrases; none where there is none.

    Args:
        connection: of the register.
        phrases: see `tokens.phrases_of`.
    """
    if not phrases:
        return select(sentences.c.key).where(false())
    words = match_words(connection, phrases)
    if _is_sqlite(connection):
        return select(_FTS5.c.rowid.label("key")).where(_FTS5.c.sentence_index.op("MATCH")(words))
    return select(_VECTORS.c.key).where(_VECTORS.c.search_text.op("@@")(cast(words, TSQUERY)))


def match_words(connection: Connection, phrases: Sequence[Phrase]) -> str:
    """Return the phrases in the engine's query language."""
    write = _fts5_phrase if _is_sqlite(connection) else _tsquery_phrase
    joint = " AND " if _is_sqlite(connection) else " & "
    return joint.join(write(phrase) for phrase in phrases)


def count_and_keys(
    connection: Connection, phrases: Sequence[Phrase], offset: int, limit: int
) -> tuple[int, list[int]]:
    """Return how many sentences hold all phrases, and the keys of some of them, newest document first."""
    found = matching(connection, phrases)
    total = connection.execute(select(func.count()).select_from(found.subquery("found"))).scalar_one()
    page = found.order_by(found.selected_columns.key).limit(limit).offset(offset)
    return total, list(connection.execute(page).scalars())


def tsvector_of(sentence: str) -> str:
    """Return PostgreSQL's spelling of a sentence's tokens with their positions."""
    positions: dict[str, list[int]] = {}
    for position, token in enumerate(tokens_of(sentence), start=1):
        positions.setdefault(token, []).append(position)
    return " ".join(
        f"'{token}':{','.join(map(str, places[:POSITIONS_OF_A_WORD]))}" for token, places in positions.items()
    )


def _fts5_phrase(phrase: Phrase) -> str:
    return f'"{" ".join(phrase.tokens)}"' + (" *" if phrase.prefix else "")


def _tsquery_phrase(phrase: Phrase) -> str:
    quoted = [f"'{token}'" for token in phrase.tokens]
    if phrase.prefix:
        quoted[-1] += ":*"
    return f"({' <-> '.join(quoted)})"


def _is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"
