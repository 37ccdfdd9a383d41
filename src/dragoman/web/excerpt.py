"""What the panel shows of one provision: its sentence, its fields, and the words each was read from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.model import Document, Entry, Provision, Review, Why
from dragoman.model.interchange import provision_to_row
from dragoman.web.layout import Chunk, chunks_of, trigger_span

FIELDS = (
    "actors",
    "counterparties",
    "aim",
    "object",
    "deadline",
    "conditions",
    "technologies",
    "instruments",
    "amounts",
)
"""Fields of the panel in their order; kind, force and trigger stand above them."""

LONGEST_SPAN = 80
"""Characters of a reason's words shown before they are cut."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A `Why` with the words it points to, "" where it points to none."""

    why: Why
    words: str


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One line of the register with its surroundings.

    Attributes:
        entry: the line.
        title: title of its document.
        quote: the sentence, cut at the trigger.
        stem: the sentence that introduces it, where the trigger stands there, else empty.
        reasons: reasons by field.
        lines: every coder's line, oldest first.
        reviews: every decision, oldest first.
    """

    entry: Entry
    title: str
    quote: tuple[Chunk, ...]
    stem: tuple[Chunk, ...]
    reasons: dict[str, tuple[Reason, ...]]
    lines: tuple[Entry, ...] = ()
    reviews: tuple[Review, ...] = ()

    @property
    def provision(self) -> Provision:
        """The provision that counts."""
        return self.entry.provision


def _words(text: str, why: Why) -> str:
    words = " ".join(text[why.start : why.end].split()) if why.start >= 0 else ""
    return words if len(words) <= LONGEST_SPAN else words[: LONGEST_SPAN - 1] + "…"


def _reasons(document: Document, provision: Provision) -> dict[str, tuple[Reason, ...]]:
    found: dict[str, tuple[Reason, ...]] = {}
    for why in provision.why:
        found[why.field] = (*found.get(why.field, ()), Reason(why, _words(document.text, why)))
    return found


def _stem(document: Document, entry: Entry) -> tuple[Chunk, ...]:
    mark = trigger_span(entry)
    if entry.provision.start <= mark[0] < entry.provision.end:
        return ()
    sentence = next((each for each in document.sentences if each.start <= mark[0] < each.end), None)
    return chunks_of(document.text, (sentence.start, sentence.end), [mark]) if sentence else ()


def excerpt(document: Document, entry: Entry, lines: Sequence[Entry], reviews: Sequence[Review]) -> Excerpt:
    """Return a line of the register with the words around and behind it."""
    provision = entry.provision
    span = (provision.start, provision.end)
    return Excerpt(
        entry=entry,
        title=document.title,
        quote=chunks_of(document.text, span, [trigger_span(entry)]),
        stem=_stem(document, entry),
        reasons=_reasons(document, provision),
        lines=tuple(lines),
        reviews=tuple(reviews),
    )


def field_values(provision: Provision, field: str) -> tuple[str, ...]:
    """Return the values of a plain field of a provision as texts; empty where it has none."""
    value = provision_to_row(provision)[field]
    if isinstance(value, str):
        return (value,) if value else ()
    return tuple(value or ())
