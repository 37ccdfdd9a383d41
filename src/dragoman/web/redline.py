"""One link of a lineage side by side: words inserted and deleted, fields compared, and what people set right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from starlette.datastructures import FormData

from dragoman.comparing import Comparing
from dragoman.model import NotFoundError, Provision
from dragoman.model.lineage import (
    Ancestor,
    FieldChange,
    Lineage,
    LineageCorrection,
    LineageField,
    LineageLine,
    Piece,
    SeriesText,
)
from dragoman.web.decision import ReviewerError, word
from dragoman.web.river import holds

MOST_FOUND = 20
"""Earlier statements that a search for a predecessor offers."""
COMPARED = tuple(field for field in LineageField if field is not LineageField.DELIVERY)


class NotInSeriesError(NotFoundError):
    """A line that does not stand in any of the texts compared."""

    def __init__(self, identifier: str) -> None:
        super().__init__(
            f"`{identifier}` does not stand in the texts that are compared.",
            "Choose the texts on the page of lineage, and follow a statement from there.",
        )


@dataclass(frozen=True, slots=True)
class Compared:
    """A field of both sentences.

    Attributes:
        field: which.
        before, after: its values, "" for none.
        points: what it counts for the label, None where it does not differ or was not compared.
    """

    field: LineageField
    before: str
    after: str
    points: float | None


@dataclass(frozen=True, slots=True)
class Link:
    """A line beside one of its predecessors.

    Attributes:
        line: the line.
        text: its text.
        ancestor: the predecessor shown, None for none.
        earlier: the predecessor's text.
        pieces: the words between the two.
        fields: of both.
        dropped: the line's end, where it was dropped later.
        before, after: ids of the neighbouring lines with a predecessor, "" at the ends.
        found: earlier statements that a search offers as predecessors.
        history: corrections, oldest first.
    """

    line: LineageLine
    text: SeriesText
    ancestor: Ancestor | None
    earlier: SeriesText | None
    pieces: tuple[Piece, ...]
    fields: tuple[Compared, ...]
    dropped: LineageLine | None
    before: str
    after: str
    found: tuple[Provision, ...]
    history: tuple[LineageCorrection, ...]


def link_of(comparing: Comparing, lineage: Lineage, identifier: str, origin: str = "", find: str = "") -> Link:
    """Return a line beside a predecessor.

    Args:
        comparing: makes the redline and knows the corrections.
        lineage: of the series.
        identifier: of the line.
        origin: id of the predecessor to show; the most alike one.
        find: words of an earlier statement that may be its predecessor.

    Raises:
        NotInSeriesError: no text of the series has the line.
    """
    line = next((one for one in lineage.lines if one.provision.id == identifier and not one.dropped_in), None)
    if line is None:
        raise NotInSeriesError(identifier)
    texts = {text.document.slug: text for text in lineage.texts}
    chosen = [one for one in line.ancestors if one.provision.id == origin]
    ancestor = next(iter([*chosen, *line.ancestors]), None)
    before, after = _neighbours(lineage, identifier)
    return Link(
        line=line,
        text=texts[line.provision.doc],
        ancestor=ancestor,
        earlier=texts.get(ancestor.provision.doc) if ancestor else None,
        pieces=comparing.redline(replace(line, ancestors=(ancestor,))) if ancestor else (),
        fields=tuple(_fields(line, ancestor)) if ancestor else (),
        dropped=next((one for one in lineage.lines if one.provision.id == identifier and one.dropped_in), None),
        before=before,
        after=after,
        found=tuple(islice(_found(lineage.texts, line, find), MOST_FOUND)),
        history=comparing.history(identifier),
    )


def _neighbours(lineage: Lineage, identifier: str) -> tuple[str, str]:
    linked = [
        one.provision.id
        for one in lineage.lines
        if not one.dropped_in and (one.ancestors or one.provision.id == identifier)
    ]
    at = linked.index(identifier)
    return linked[at - 1] if at else "", linked[at + 1] if at + 1 < len(linked) else ""


def _found(texts: Sequence[SeriesText], line: LineageLine, find: str) -> Iterator[Provision]:
    """Yield the statements of earlier texts that hold some words, the nearest text first."""
    words = find.casefold().split()
    slugs = [text.document.slug for text in texts]
    earlier = texts[: slugs.index(line.provision.doc)]
    for text in reversed(earlier) if words else ():
        yield from (one for one in text.provisions if holds(one.quote.exact, words))


def _fields(line: LineageLine, ancestor: Ancestor) -> Iterator[Compared]:
    """Yield the fields of both; what was compared to make the label first, the points of the first link only."""
    first = line.ancestors[0] is ancestor
    changes = {change.field: change for change in _summed(line.changes)} if first else {}
    old, new = ancestor.provision, line.provision
    for field, change in changes.items():
        yield Compared(field, change.before, change.after, change.points)
    for field in COMPARED:
        if field not in changes:
            yield Compared(field, value_of(old, field), value_of(new, field), None)


def _summed(changes: Sequence[FieldChange]) -> Iterator[FieldChange]:
    """Yield each field once; scope may have two changes, of partners and of technologies."""
    for field in dict.fromkeys(change.field for change in changes):
        own = [change for change in changes if change.field is field]
        told = (
            ", ".join(filter(None, side)) for side in zip(*((one.before, one.after) for one in own), strict=True)
        )
        before, after = told
        yield FieldChange(field, sum(change.points for change in own), before, after)


def value_of(provision: Provision, field: LineageField) -> str:
    """Return a field of a provision in short, "" where it has none."""
    degrees = provision.legalization
    values = {
        LineageField.FIRMNESS: f"“{provision.trigger}” ({provision.kind.value}, {provision.force})",
        LineageField.PRECISION: f"{degrees.precision}/4" if degrees else "",
        LineageField.DEADLINE: provision.deadline.text if provision.deadline else "",
        LineageField.DELEGATION: f"{degrees.delegation}/4" if degrees else "",
        LineageField.CONDITION: provision.conditions or "",
        LineageField.SCOPE: ", ".join((*provision.counterparties, *provision.technologies)),
    }
    return values.get(field, "")


def corrected(comparing: Comparing, identifier: str, form: FormData) -> str:
    """Keep the correction that a form states; return whose it is.

    Raises:
        ReviewerError: nobody is named.
        NotFoundError, UsageError: see `Comparing.correct`.
    """
    person = word(form, "by")
    if not person:
        raise ReviewerError
    chosen = [value for value in form.getlist("ancestor") if isinstance(value, str)]
    comparing.correct(
        identifier,
        word(form, "label"),
        person=person,
        ancestors=None if word(form, "predecessors") == "computed" else chosen,
        note=word(form, "note"),
    )
    return person
