"""Parts of the review of delivery that quote: evidence, what was not found, and every line in its own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from dragoman.model import BoardRow, Evidence, EvidenceState, Search
from dragoman.report.blocks import Block, Heading, Line, Paragraph, Quotation, Run, Style, Table, line
from dragoman.report.delivery_words import Speaker, sentence

Pieces = Mapping[str, Sequence[Evidence]]

LONGEST = 90
"""Characters of a heading."""
MOST_TERMS = 12
"""Words of a search that are named; the register has all."""


def evidence_parts(rows: Sequence[BoardRow], evidence: Pieces, as_of: date, say: Speaker) -> Iterator[Block]:
    """Yield the accepted evidence of each line with its words and address, then what was withdrawn.

    Args:
        rows: lines in the order of the text.
        evidence: every piece of each line, whatever its state.
        as_of: day of the review.
        say: the language.
    """
    yield Heading(say.text("delivery.evidence"))
    held = [row for row in rows if row.status.evidence]
    if not held:
        yield Paragraph(line(say.text("delivery.no_evidence")))
    for row in held:
        yield from _of_line(row, say)
    later = sum(len(_uncounted(row, evidence)) for row in rows)
    if later:
        yield Paragraph(line(say.count("delivery.later", later, day=say.texts.date(as_of))))
    yield from _withdrawn(rows, evidence, say)


def _of_line(row: BoardRow, say: Speaker) -> Iterator[Block]:
    provision = row.entry.provision
    claimed, verified = say.claimed(row)[0].text, say.verified(row)[0].text
    act = f"{provision.aim} {provision.object}".strip() or provision.quote.exact
    yield Heading(f"{say.ref(provision.id)} · {act if len(act) <= LONGEST else act[:LONGEST].rstrip() + '…'}", 3)
    yield Paragraph(sentence(provision))
    words = (
        f"{say.text('delivery.columns.claimed')}: {claimed}; {say.text('delivery.columns.verified')}: {verified}"
    )
    yield Paragraph(line(Run(words, Style.SOFT)))
    for piece in row.status.evidence:
        yield Quotation(piece.quote or say.text("delivery.link_only"), source_of(piece, say))


def _uncounted(row: BoardRow, evidence: Pieces) -> list[Evidence]:
    """Return accepted pieces of a line that do not count on the day."""
    counting = {piece.id for piece in row.status.evidence}
    pieces = evidence.get(row.entry.provision.id, ())
    return [piece for piece in pieces if piece.state is EvidenceState.ACCEPTED and piece.id not in counting]


def source_of(piece: Evidence, say: Speaker) -> Line:
    """Return where a piece comes from, what it says of the line, who says it, who added it."""
    runs: list[Run] = []
    if piece.address:
        runs.append(Run(piece.address, href=piece.address if "://" in piece.address else ""))
    if piece.page:
        place = say.text("delivery.page_at", page=piece.page, start=piece.start, end=piece.end)
        runs.append(Run(place if piece.start >= 0 else piece.page))
    if piece.day:
        runs.append(Run(say.day(piece.day)))
    stance = say.texts.name("stance", piece.stance.value)
    runs.append(Run(say.listed((stance, say.texts.name("stage", piece.stage.value))) if piece.stage else stance))
    if piece.by_party:
        who = say.text("delivery.says_itself", party=say.party(piece.by_party))
    else:
        who = say.text("delivery.independent")
    runs.append(Run(who))
    if piece.added_by:
        runs.append(Run(say.text("delivery.added", name=piece.added_by), Style.SOFT))
    if piece.note:
        runs.append(Run(piece.note, Style.SOFT))
    if piece.sha256:
        runs.append(Run(f"sha256:{piece.sha256}", Style.SOFT))
    return _joined(runs)


def _joined(runs: Sequence[Run]) -> Line:
    """Return runs with a sign between them."""
    parts = [runs[0]]
    for run in runs[1:]:
        parts += [Run(" · ", Style.SOFT), run]
    return tuple(parts)


def _withdrawn(rows: Sequence[BoardRow], evidence: Pieces, say: Speaker) -> Iterator[Block]:
    gone = [
        (row.entry.provision.id, piece)
        for row in rows
        for piece in evidence.get(row.entry.provision.id, ())
        if piece.state is EvidenceState.WITHDRAWN
    ]
    if not gone:
        return
    yield Heading(say.text("delivery.withdrawn"), 3)
    yield Paragraph(line(say.text("delivery.withdrawn_what")))
    for provision, piece in gone:
        words = piece.quote or say.text("delivery.link_only")
        yield Quotation(words, (Run(f"{say.ref(provision)} · ", Style.STRONG), *source_of(piece, say)))


def missing_parts(rows: Sequence[BoardRow], evidence: Pieces, say: Speaker) -> Iterator[Block]:
    """Yield the lines without evidence: nothing found, passages nobody looked at, and what was not searched."""
    bare = [row for row in rows if not row.status.evidence]
    if not bare:
        return
    yield Heading(say.text("delivery.bare"))
    searched = [(row, row.status.search) for row in bare if row.status.search]
    nothing = [(row, search) for row, search in searched if not _waiting(row, search, evidence)]
    waiting = [(row, search) for row, search in searched if _waiting(row, search, evidence)]
    if nothing:
        yield Heading(say.text("delivery.unfound"), 3)
        yield Paragraph(line(say.text("delivery.unfound_what")))
        yield _searches(nothing, evidence, say)
    if waiting:
        yield Heading(say.text("delivery.unread"), 3)
        yield Paragraph(line(say.text("delivery.unread_what")))
        yield _searches(waiting, evidence, say)
    unsearched = [row.entry.provision.id for row in bare if row.status.search is None]
    if unsearched:
        words = say.count("delivery.unsearched", len(unsearched))
        yield Paragraph(line(f"{words} {say.refs(unsearched)}"))


def _waiting(row: BoardRow, search: Search, evidence: Pieces) -> int:
    """Return how many passages of a search nobody has rejected."""
    pieces = evidence.get(row.entry.provision.id, ())
    return max(0, search.found - sum(piece.state is EvidenceState.REJECTED for piece in pieces))


def _searches(found: Sequence[tuple[BoardRow, Search]], evidence: Pieces, say: Speaker) -> Table:
    head = (
        say.text("delivery.columns.ref"),
        say.text("delivery.searched"),
        say.text("delivery.searched_words"),
        say.text("delivery.until"),
        say.text("delivery.made"),
        say.text("delivery.candidates"),
    )
    cells = tuple(_search_cells(row, search, evidence, say) for row, search in found)
    return Table(head, cells, widths=(0.6, 3, 4, 1.2, 1.2, 2))


def _search_cells(row: BoardRow, search: Search, evidence: Pieces, say: Speaker) -> tuple[Line, ...]:
    left = _waiting(row, search, evidence)
    found = say.count("delivery.waiting", left) if left else say.text("delivery.none_found")
    return (
        line(say.ref(row.entry.provision.id)),
        line("; ".join(search.sources) or "–"),
        line(", ".join(search.terms[:MOST_TERMS]) or "–"),
        line(say.day(search.until)),
        line(say.day(search.made.date())),
        line(found),
    )


def annex(rows: Sequence[BoardRow], say: Speaker) -> Iterator[Block]:
    """Yield every line with its exact words, its section, its place, and the hash of the words."""
    yield Heading(say.text("delivery.annex"))
    for row in rows:
        provision = row.entry.provision
        place = say.text("delivery.place", slug=provision.doc, start=provision.start, end=provision.end)
        section = " › ".join(provision.section)
        runs = [Run(say.ref(provision.id), Style.STRONG), Run(provision.id, Style.CODE), Run(place)]
        if section:
            runs.append(Run(section))
        runs.append(Run(f"sha256:{provision.quote.sha256}", Style.SOFT))
        yield Quotation(provision.quote.exact, _joined(runs), provision.language)
