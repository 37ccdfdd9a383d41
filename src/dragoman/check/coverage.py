"""From text to rule and back: which rule checks each duty of a document, and which quotations have changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from dragoman.model import Basis, Document, Entry, Kind, Rule

DUTIES = (Kind.OBLIGATION, Kind.PROHIBITION, Kind.PERMISSION)
"""Kinds of provision that a rule can check."""
MOST_WINDOWS = 3_000_000
"""Characters of a text that is searched for a sentence known by its hash only."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class CoveredLine:
    """A duty of the document with the rules that check it.

    Attributes:
        entry: line of the register.
        rules: ids of the rules whose basis lies in its sentence; none: unchecked.
    """

    entry: Entry
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToReview:
    """A rule whose sentence is no longer in the document as it was.

    Attributes:
        rule: its id.
        basis: the sentence.
        why: "gone" where the quotation is not found, "changed" where the sentence around it is another one.
    """

    rule: str
    basis: Basis
    why: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """What rules make of a document.

    Attributes:
        doc: slug of the document.
        lines: its obligations, prohibitions and permissions in text order.
        review: rules to be reviewed.
        beside: ids of rules whose sentence is there and holds none of the lines.
    """

    doc: str
    lines: tuple[CoveredLine, ...]
    review: tuple[ToReview, ...]
    beside: tuple[str, ...]


def coverage_of(document: Document, entries: Iterable[Entry], rules: Sequence[Rule]) -> Coverage:
    """Return what rules make of a document.

    Args:
        document: its current version.
        entries: its lines in the register that are duties.
        rules: of the packs that are looked at.
    """
    found: dict[str, list[Span]] = {}
    review: list[ToReview] = []
    pairs = [(rule, basis) for rule in rules for basis in rule.basis if basis.doc == document.slug]
    for rule, basis in pairs:
        spans, why = place_of(basis, document)
        found.setdefault(rule.id, []).extend(spans)
        if why:
            review.append(ToReview(rule.id, basis, why))
    lines = tuple(CoveredLine(entry, rules_at(entry, found)) for entry in entries)
    used = {rule for line in lines for rule in line.rules}
    beside = tuple(name for name, spans in found.items() if spans and name not in used)
    return Coverage(document.slug, lines, tuple(review), beside)


def rules_at(entry: Entry, found: dict[str, list[Span]]) -> tuple[str, ...]:
    """Return the rules whose basis lies in the sentence of a line."""
    start, end = entry.provision.start, entry.provision.end
    return tuple(name for name, spans in found.items() if any(s < end and start < e for s, e in spans))


def place_of(basis: Basis, document: Document) -> tuple[list[Span], str]:
    """Return where the words of a basis stand, and why its rule is to be reviewed ("" where it is not)."""
    if basis.quote:
        spans = list(occurrences(basis.quote, document.text))
        if not spans:
            return [], "gone"
        same = [span for span in spans if is_unchanged(basis, span, document)]
        return same or spans, "" if same else "changed"
    if basis.start is None or basis.end is None:
        return [], "gone"
    span = (basis.start, basis.end)
    if not basis.sha256 or hash_of(document.text[slice(*span)]) == basis.sha256:
        return [span], ""
    moved = list(windows(basis, document.text))
    return moved, "" if moved else "gone"


def occurrences(quote: str, text: str) -> Iterator[Span]:
    """Yield where a quotation stands in a text; any white space stands for any other."""
    pattern = r"\s+".join(map(re.escape, quote.split()))
    for match in re.finditer(pattern, text):
        yield match.span()


def is_unchanged(basis: Basis, span: Span, document: Document) -> bool:
    """Return whether the words around a quotation are those that the rule was written on."""
    if not basis.sha256:
        return True
    if basis.start is not None and basis.end is not None:
        length = basis.end - basis.start
        starts = range(max(0, span[1] - length), span[0] + 1)
        if any(hash_of(document.text[start : start + length]) == basis.sha256 for start in starts):
            return True
    around = (s for s in document.sentences if s.start <= span[0] and span[1] <= s.end)
    return any(hash_of(document.text[s.start : s.end]) == basis.sha256 for s in around)


def windows(basis: Basis, text: str) -> Iterator[Span]:
    """Yield where words known by their length and hash stand in a text."""
    length = (basis.end or 0) - (basis.start or 0)
    if length <= 0:
        return
    for start in range(min(len(text) - length + 1, MOST_WINDOWS)):
        if hash_of(text[start : start + length]) == basis.sha256:
            yield start, start + length
            return


def hash_of(text: str) -> str:
    """Return the hash of a sentence, as a rule pins it."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
