"""Rows of answers: link and exact quotation first; whole answers stay bounded in size."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.model import Entry, Provision, Review, ReviewState, SearchHit
from dragoman.model.addresses import document_path, permalink, sentence_path, track_path
from dragoman.model.interchange import deadline_to_row

Row = dict[str, Any]

BASE_ADDRESS = "http://127.0.0.1:8765"
"""Where `dragoman serve` shows the pages unless told otherwise."""
LONGEST_QUOTE = 2_000
"""Characters of a quotation; a longer sentence is cut there, and the row says so."""
MOST_CHARACTERS = 24_000
"""Characters of the rows of an answer, as JSON."""
FOUND = "found"
NOT_FOUND = "not found in the register"
MEANING_OF_ABSENCE = (
    "Nothing in this register matches. That does not say that no such text or duty exists: "
    "`coverage` tells what the register holds."
)


@dataclass(frozen=True, slots=True)
class Links:
    """Makes full addresses.

    Attributes:
        base: address of the pages, without a slash at its end.
    """

    base: str = BASE_ADDRESS

    def document(self, slug: str) -> str:
        """Return the link to a document."""
        return self.base + document_path(slug)

    def provision(self, line: Provision) -> str:
        """Return the link to a line in its document."""
        return self.base + permalink(line)

    def sentence(self, hit: SearchHit) -> str:
        """Return the link to a sentence in its document."""
        return self.base + sentence_path(hit.doc, hit.start)

    def delivery(self, line: Provision) -> str:
        """Return the link to the page of a line's delivery."""
        return self.base + track_path(line.id)


def quotation(link: str, words: str, document: str, start: int) -> Row:
    """Return the head of a row: `document.text[start:end]` is the quotation, always.

    Args:
        link: to the place.
        words: the whole sentence.
        document: its slug.
        start: offset of the sentence in the document's text.
    """
    shown = words[:LONGEST_QUOTE]
    row = {"link": link, "quotation": shown, "document": document, "start": start, "end": start + len(shown)}
    return row if shown == words else {**row, "cut": True, "sentence_end": start + len(words)}


def line_head(links: Links, line: Provision) -> Row:
    """Return link, quotation, document, offsets and id of a line."""
    return {**quotation(links.provision(line), line.quote.exact, line.doc, line.start), "id": line.id}


def review_of(entry: Entry) -> Row:
    """Return who stands behind a line: a program alone, or a person too."""
    decision = entry.review
    reviewed = entry.state is not ReviewState.CANDIDATE
    row: Row = {"reviewed": reviewed, "review": entry.state.value, "coder": entry.provision.coder}
    return {**row, "reviewer": decision.reviewer} if decision and reviewed else row


def line_row(links: Links, entry: Entry) -> Row:
    """Return a line as a list shows it."""
    line = entry.provision
    return {
        **line_head(links, line),
        **review_of(entry),
        "kind": line.kind.value,
        "force": line.force,
        "actors": list(line.actors),
        "counterparties": list(line.counterparties),
        "technologies": list(line.technologies),
        "deadline": deadline_to_row(line.deadline),
        "language": line.language.value,
    }


def decision_row(decision: Review) -> Row:
    """Return one decision on a line."""
    return {
        "state": decision.state.value,
        "by": decision.reviewer,
        "on": decision.at.date().isoformat(),
        "reason": decision.reason[:LONGEST_QUOTE],
    }


def fitting(rows: Iterable[Row], limit: int) -> list[Row]:
    """Return the first rows: as many as are asked for and fit an answer, at least one."""
    kept: list[Row] = []
    size = 0
    for row in rows:
        size += len(json.dumps(row, ensure_ascii=False))
        if len(kept) == limit or (kept and size > MOST_CHARACTERS):
            break
        kept.append(row)
    return kept


def answer(rows: Sequence[Row], total: int, **further: Any) -> Row:  # noqa: ANN401 - JSON of any form
    """Return rows as an answer: what was found, how much of it is shown, what absence means."""
    head: Row = {"results": list(rows), "status": FOUND if total else NOT_FOUND, "total": total}
    if total > len(rows):
        head["left_out"] = total - len(rows)
    if not total:
        head["meaning"] = MEANING_OF_ABSENCE
    return {**head, **further}


def absent(reason: str, remedy: str) -> Row:
    """Return the answer where a name that was asked for is not in the register."""
    return answer((), 0, reason=reason, remedy=remedy)
