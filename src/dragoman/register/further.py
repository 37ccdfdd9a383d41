"""Further coders: lines of a language model beside the grammar's. They are added, and replace nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, select

from dragoman.model import ConflictError, Provision
from dragoman.register.rows import column_text, payload_of
from dragoman.register.schema import entries, lines, versions
from dragoman.register.texts import AnyRow

MODEL = "model/"
"""Coders that are language models: "model/<name>"."""
PERSON = "person/"
"""Coders that are people: "person/<name>"."""


class VersionChangedError(ConflictError):
    """The document was read anew while a model was looking at it."""

    def __init__(self, slug: str) -> None:
        super().__init__(
            f"The document `{slug}` has changed while it was being coded; the model's lines were not kept.",
            "Ask the model again.",
        )


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a further coder's lines.

    Attributes:
        new: lines that nobody had: candidates now.
        shared: lines that another coder has too: kept beside its line.
        known: lines that this coder alone had already.
    """

    new: int
    shared: int
    known: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Lines that stand in a document's current version.

    Attributes:
        coders: who has a line, by its id.
        rows: id, coder and content of every line.
    """

    coders: Mapping[str, frozenset[str]]
    rows: frozenset[tuple[str, str, str]]

    def lacks(self, provision: Provision) -> bool:
        """Return whether this very line is not there yet."""
        return (provision.id, column_text(provision.coder), payload_of(provision)) not in self.rows

    def added(self, provisions: Sequence[Provision]) -> Added:
        """Return what becomes of a coder's lines."""
        there = [provision for provision in provisions if provision.id in self.coders]
        known = sum(self._is_own(provision) for provision in there)
        return Added(len(provisions) - len(there), len(there) - known, known)

    def _is_own(self, provision: Provision) -> bool:
        """Return whether the coder of a line, and apart from it nobody but people, has one with this id."""
        coders, own = self.coders[provision.id], column_text(provision.coder)
        return own in coders and all(coder.startswith(PERSON) for coder in coders - {own})


def standing_in(connection: Connection, document: int) -> Standing:
    """Return the lines that count in a document's current version, and those beside them."""
    rows = connection.execute(
        select(lines.c.provision, lines.c.coder, lines.c.payload)
        .join(entries, (entries.c.provision == lines.c.provision) & (entries.c.version == lines.c.version))
        .where(entries.c.document == document)
    ).all()
    coders: dict[str, frozenset[str]] = {}
    for row in rows:
        coders[row.provision] = coders.get(row.provision, frozenset()) | {row.coder}
    return Standing(coders, frozenset((row.provision, row.coder, row.payload) for row in rows))


def models_lines(connection: Connection, version: int, document: int) -> Sequence[AnyRow]:
    """Return the models' lines of a version, oldest first: each model's first for an id.

    Args:
        connection: before what counts in the document is cleared.
        version: the version.
        document: its document.
    """
    rows = connection.execute(
        select(lines.c.id, lines.c.version, lines.c.provision, lines.c.coder, lines.c.payload)
        .join(entries, entries.c.provision == lines.c.provision)
        .where(entries.c.document == document, lines.c.version == version, lines.c.coder.startswith(MODEL))
        .order_by(lines.c.id)
    )
    firsts: dict[tuple[str, str], AnyRow] = {}
    for row in rows:
        firsts.setdefault((row.provision, row.coder), row)
    return list(firsts.values())


def precedence(version: int) -> tuple[ColumnElement[Any], ...]:
    """Return the order in which the lines of one id in a version count, people's left out.

    The latest of the grammar that read the version last, else the first of a model, else the latest of any.
    """
    reader = select(versions.c.coder).where(versions.c.id == version).scalar_subquery()
    by_model = lines.c.coder.startswith(MODEL)
    rank = case((lines.c.coder == reader, 0), (by_model, 1), else_=2)
    return rank, case((by_model, lines.c.id), else_=-lines.c.id)
