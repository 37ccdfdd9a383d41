"""Rows on delivery: due, claimed, verified, what evidence was accepted, where somebody looked in vain."""

from __future__ import annotations

from dragoman.mcp.quoting import LONGEST_QUOTE, Links, Row, line_head, quotation, review_of
from dragoman.model import Assessment, BoardRow, DueItem, Evidence, Search, Status

MOST_ITEMS = 5
"""Instances, pieces of evidence and verdicts of one line that are shown."""


def delivery_row(links: Links, row: BoardRow) -> Row:
    """Return where a line stands."""
    line, status = row.entry.provision, row.status
    return {
        **line_head(links, line),
        **review_of(row.entry),
        "delivery": standing(status),
        "claimed": status.claimed.value if status.claimed else None,
        "verified": status.verified.value if status.verified else None,
        "due_state": row.state.value,
        "due": row.due.isoformat() if row.due else None,
        "instances": [due_row(item) for item in status.due[:MOST_ITEMS]],
        "evidence": [evidence_row(links, piece) for piece in status.evidence[:MOST_ITEMS]],
        "evidence_accepted": len(status.evidence),
        "search": search_row(status.search),
        "verdicts": [verdict_row(one) for one in status.assessments[:MOST_ITEMS]],
        "page": links.delivery(line),
    }


def standing(status: Status) -> str:
    """Return in words what is known of delivery; absence of evidence is never absence of delivery."""
    if status.verified:
        return "verified: accepted independent evidence"
    if status.claimed:
        return "claimed by a party, not verified"
    if status.evidence:
        return "evidence accepted, no stage of delivery shown"
    return "searched, no evidence accepted" if status.search else "not known: no evidence accepted, no search"


def due_row(item: DueItem) -> Row:
    """Return one instance of a duty."""
    return {"due": item.due.isoformat() if item.due else None, "state": item.state.value, "basis": item.basis}


def evidence_row(links: Links, piece: Evidence) -> Row:
    """Return a piece of evidence: its source, its words, what it shows and who says it."""
    if piece.quote and piece.start >= 0:
        link = piece.address or links.document(piece.page)
        head = quotation(link, piece.quote, piece.page, piece.start)
    else:
        head = {"link": piece.address, "quotation": piece.quote[:LONGEST_QUOTE], "document": piece.page}
    return {
        **head,
        "stance": piece.stance.value,
        "stage": piece.stage.value if piece.stage else None,
        "said_by": piece.by_party or "independent source",
        "day": piece.day.isoformat() if piece.day else None,
    }


def search_row(search: Search | None) -> Row | None:
    """Return the last recorded search, None where nobody looked."""
    if search is None:
        return None
    return {
        "made": search.made.date().isoformat(),
        "sources": list(search.sources[:MOST_ITEMS]),
        "newest_page": search.until.isoformat() if search.until else None,
        "candidates": search.found,
    }


def verdict_row(verdict: Assessment) -> Row:
    """Return a person's verdict."""
    return {
        "party": verdict.party,
        "score": verdict.score,
        "author": verdict.author,
        "reviewer": verdict.reviewer,
        "as_of": verdict.as_of.isoformat(),
    }
