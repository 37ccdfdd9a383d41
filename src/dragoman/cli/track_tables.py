"""Boards, lines, histories and scores for the screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from dragoman.cli.speaking import name, spoken, word
from dragoman.cli.tables import counted, indented, quoted, styled, table_with
from dragoman.model import (
    Aggregate,
    Assessment,
    Board,
    BoardRow,
    DueItem,
    DueState,
    Event,
    Evidence,
    EvidenceStep,
    Language,
    Provision,
    Scores,
    Search,
)
from dragoman.model.track_format import mean_text, score_text

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

    from dragoman.tracking import TrackHistory

COLOURS = {DueState.OVERDUE: "bold red", DueState.DUE_30: "yellow", DueState.DELIVERED: "green"}


def board_parts(board: Board) -> Iterator[RenderableType]:
    """Yield a board: its lines, then its counts."""
    for row in board.rows:
        yield indented(row_head(row), row_body(row))
    if not board.rows:
        yield styled(word("cell", "No commitment or obligation is on the board."), "")
        return
    yield pillar_table(board)
    yield styled(figures_of(board), "bold")


def row_head(row: BoardRow) -> Text:
    """Return the first line of a row: state, day, id, who, where, how firm."""
    head = styled(f"{name('due_state', row.state.value):<15}", COLOURS.get(row.state, "default"))
    head.append(f"{day_text(row)}  ", style="default").append(row.entry.provision.id, style="bold")
    short = [
        "; ".join(row.owners) or word("cell", "nobody named"),
        word("cell", f"with {'; '.join(row.counterparts)}") if row.counterparts else "",
    ]
    short += [row.pillar, word("cell", f"force {row.force}")]
    short += [] if row.precision is None else [word("cell", f"precision {row.precision}")]
    return head.append("  " + " | ".join(filter(None, short)), style="default")


def day_text(row: BoardRow) -> str:
    """Return the day that presses and the days until then."""
    pressing = next((item for item in row.status.due if item.due == row.due and item.state is row.state), None)
    if row.due is None or pressing is None:
        return word("cell", "no day")
    return f"{row.due} {days_text(pressing.days)}"


def days_text(days: int | None) -> str:
    """Return days until due in words."""
    if days is None:
        return ""
    if days < 0:
        return word("cell", f"({counted(-days, 'day')} ago)")
    return word("cell", "(today)" if days == 0 else f"(in {counted(days, 'day')})")


def row_body(row: BoardRow) -> Text:
    """Return the sentence of a row, its instances where there are several, and what is known of delivery."""
    body = quoted(row.entry.provision)
    for item in row.status.due:
        if item.state is not DueState.UNDATED:
            body.append(f"\n{instance_text(item, row.entry.provision)}", style="dim")
    known = delivery_text(row)
    return body.append(f"\n{known}", style="cyan") if known else body


def instance_text(item: DueItem, line: Provision) -> str:
    """Return an instance of a line: number, day, state, how the day came about."""
    number = f"{item.instance}. " if item.instance else ""
    state = name("due_state", item.state.value)
    return (
        f"{number}{item.due} {state}: {basis_text(item, line)}" if item.due else f"{number}{state}: {item.basis}"
    )


def basis_text(item: DueItem, line: Provision) -> str:
    """Return how a day came about: as it is kept in English, else in the words of the pages."""
    from dragoman.report.delivery_words import speaker_of  # noqa: PLC0415 - slow to load

    return item.basis if spoken() is Language.EN else speaker_of(spoken()).basis(item, line)


def delivery_text(row: BoardRow) -> str:
    """Return what is known of delivery on a line, "" where nothing is."""
    status = row.status
    parts = [word("cell", f"claimed: {name('stage', status.claimed)}") if status.claimed else ""]
    parts += [word("cell", f"verified: {name('stage', status.verified)}") if status.verified else ""]
    parts += [word("cell", counted(len(status.evidence), "piece") + " of evidence") if status.evidence else ""]
    if status.search and not status.evidence:
        made, found = status.search.made.date(), counted(status.search.found, "candidate")
        until = f" up to {status.search.until}" if status.search.until else ""
        parts += [word("cell", f"searched {made}{until}, {found}")]
    everybody = word("cell", "all together")
    parts += [f"{verdict.party or everybody} {score_text(verdict.score)}" for verdict in status.assessments]
    return " | ".join(filter(None, parts))


def pillar_table(board: Board) -> Table:
    """Return the rows of each pillar by their state."""
    states = list(board.summary.states)
    table = table_with("pillar", "lines", *(name("due_state", state.value) for state in states))
    for pillar, counts in board.summary.pillars:
        numbers = [str(counts.get(state, "")) for state in states]
        table.add_row(pillar or word("cell", "(outside any section)"), str(sum(counts.values())), *numbers)
    return table


def figures_of(board: Board) -> str:
    """Return the counts of a board in a sentence."""
    summary = board.summary
    parts = [word("cell", f"as of {board.as_of}: {counted(summary.rows, 'line')}")]
    parts += [f"{number:,} {name('due_state', state.value)}" for state, number in summary.states.items()]
    bare = f"{summary.without_evidence:,} without accepted evidence, {summary.searched:,} of them searched"
    return ", ".join(parts) + "; " + word("cell", bare)


def row_parts(row: BoardRow) -> Iterator[RenderableType]:
    """Yield everything that is known of a line on a day."""
    yield indented(row_head(row), row_body(row))
    if row.status.evidence:
        yield evidence_table(row.status.evidence)
    if row.status.search:
        yield search_table((row.status.search,))
    if row.status.assessments:
        yield verdict_table(row.status.assessments)


def evidence_table(pieces: Sequence[Evidence]) -> Table:
    """Return pieces of evidence as a table."""
    table = table_with("id", "day", "stance, stage", "who says it", "passage", "where")
    for piece in pieces:
        table.add_row(*evidence_cells(piece))
    return table


def evidence_cells(piece: Evidence) -> tuple[str, ...]:
    """Return a piece of evidence as cells."""
    stage = name("stage", piece.stage) if piece.stage else ""
    stance = ", ".join(filter(None, (name("stance", piece.stance), stage)))
    who = word("track", f"{piece.by_party}, of itself" if piece.by_party else "independent")
    where = " ".join(filter(None, (piece.page, piece.address)))
    return piece.id, str(piece.day or ""), stance, who, piece.quote or piece.note, where


def search_table(searches: Sequence[Search]) -> Table:
    """Return recorded searches as a table."""
    table = table_with("searched", "where", "for", "newest page", "candidates")
    for search in searches:
        when, until = f"{search.made:%Y-%m-%d %H:%M}", str(search.until or "")
        table.add_row(when, "; ".join(search.sources), "; ".join(search.terms), until, str(search.found))
    return table


def verdict_table(verdicts: Sequence[Assessment]) -> Table:
    """Return verdicts as a table."""
    table = table_with("as of", "party", "score", "completion", "author", "reviewer", "reason", "guideline")
    for one in verdicts:
        table.add_row(
            str(one.as_of),
            one.party or word("cell", "all together"),
            score_text(one.score),
            name("completion", one.completion) if one.completion else "",
            one.author,
            one.reviewer,
            one.reason,
            one.guideline,
        )
    return table


def history_parts(found: TrackHistory) -> Iterator[RenderableType]:
    """Yield what was recorded of a line, oldest first."""
    if found.evidence:
        yield step_table(found.evidence)
    if found.searches:
        yield search_table(found.searches)
    if found.assessments:
        yield verdict_table(found.assessments)
    if found.events:
        yield event_table(found.events)
    if not (found.evidence or found.searches or found.assessments or found.events):
        yield styled(word("cell", "Nothing is recorded of this line."), "")


def step_table(steps: Sequence[EvidenceStep]) -> Table:
    """Return steps in the history of evidence as a table."""
    table = table_with(
        "time", "by", "state", "id", "day", "stance, stage", "who says it", "passage", "where", "reason"
    )
    for step in steps:
        cells = evidence_cells(step.evidence)
        table.add_row(
            f"{step.at:%Y-%m-%d %H:%M}", step.by, name("evidence_state", step.evidence.state), *cells, step.reason
        )
    return table


def event_table(events: Sequence[Event]) -> Table:
    """Return events as a table."""
    table = table_with("id", "day", "event", "by", "source", "taken back")
    for event in events:
        back = event.reason if event.withdrawn else ""
        table.add_row(event.id, str(event.day), event.name, event.recorded_by, event.source, back)
    return table


def scores_table(scores: Scores, by: str, groups: Sequence[Aggregate]) -> Table:
    """Return means of groups, then the three overall means."""
    table = table_with(by, "mean", "%", "scores", "n/a", "commitments")
    overall: Mapping[str, Aggregate] = {
        "mean of commitments' means": scores.mean_of_commitments,
        "mean of parties' means": scores.mean_of_parties,
        "all scores pooled": scores.pooled,
    }
    for figure in groups:
        table.add_row(figure.name or word("cell", "(outside any section)"), *figure_cells(figure))
    table.add_section()
    for what, figure in overall.items():
        table.add_row(word("track", what), *figure_cells(figure))
    unassessed = counted(scores.unassessed, "commitment")
    table.caption = word("track", f"as of {scores.as_of}; {unassessed} without a verdict")
    return table


def figure_cells(figure: Aggregate) -> tuple[str, ...]:
    """Return a mean as cells."""
    percent = "n/a" if figure.percent is None else f"{figure.percent} %"
    return (
        mean_text(figure.mean),
        percent,
        str(figure.scored),
        str(figure.not_applicable),
        str(figure.commitments),
    )
