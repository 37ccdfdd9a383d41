"""Lists, hits, decisions and changes as text for the screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from dragoman.cli.findings import in_words
from dragoman.cli.tables import counted, indented, styled, table_with
from dragoman.model import Hit, HitDecision, Owned, Ownership, Screening, TokenEvidence, Verdict
from dragoman.model.screened import CheckedParties, ListStatus
from dragoman.model.watching import ChangeKind, PartyChange

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

    from dragoman.screening import History, ListDifference

LOOKS = {Verdict.CONFIRMED: "bold red", Verdict.CLEARED: "green", Verdict.REOPENED: "yellow"}
OWNED = {Owned.YES: "bold red", Owned.NO: "green", Owned.UNKNOWN: "yellow"}
CHANGES = {
    ChangeKind.NEW: "bold red",
    ChangeKind.GONE: "green",
    ChangeKind.ENTRY: "yellow",
    ChangeKind.REOPENED: "bold yellow",
}
SHOWN_ENTRIES = 20
"""Entries of each part of a difference that are shown."""


def lists_table(lists: Iterable[ListStatus]) -> Table:
    """Return the lists in use as a table."""
    table = table_with("list", "form", "version", "of", "entries", "names", "age", "imported")
    for status in lists:
        one = status.list
        table.add_row(
            styled(one.name, "bold"),
            one.form,
            str(one.version),
            str(one.published or "not said"),
            f"{one.entries:,}",
            f"{one.names:,}",
            styled(f"{counted(status.days, 'day')}{' - stale' if status.problems else ''}", age_look(status)),
            f"{one.imported:%Y-%m-%d %H:%M}",
        )
    return table


def age_look(status: ListStatus) -> str:
    """Return the look of a list's age."""
    return "yellow" if status.problems else ""


def difference_text(found: ListDifference) -> Iterator[RenderableType]:
    """Yield what a version of a list changed."""
    since = f"since version {found.before.version}" if found.before else "the first version"
    yield styled(f"{found.list.name} version {found.list.version}, {since}", "bold")
    for word, entries in (("added", found.added), ("removed", found.removed)):
        yield styled(f"{word}: {len(entries):,}", "bold")
        yield from (styled(f"  {one.id}  {one.name}", "") for one in entries[:SHOWN_ENTRIES])
        yield from more(len(entries))
    yield styled(f"changed: {len(found.changed):,}", "bold")
    for change in found.changed[:SHOWN_ENTRIES]:
        yield styled(f"  {change.entry.id}  {change.entry.name}", "")
        for field in change.fields:
            yield styled(f"      {field.field}: + {'; '.join(field.added)} - {'; '.join(field.removed)}", "dim")
    yield from more(len(found.changed))


def more(number: int) -> Iterator[Text]:
    """Yield how many are not shown."""
    if number > SHOWN_ENTRIES:
        yield styled(f"  and {number - SHOWN_ENTRIES:,} more; --json shows all", "dim")


def screening_text(screening: Screening, *, explain: bool) -> Iterator[RenderableType]:
    """Yield the hits of a party, best first, and what the rules on ownership say."""
    name = screening.party.name
    if not screening.hits:
        yield styled(f"{name}: no hit", "green")
    for hit in screening.hits:
        yield hit_text(hit, explain=explain)
    yield from map(owned_text, screening.owned)


def hit_text(hit: Hit, *, explain: bool) -> RenderableType:
    """Return a hit: score, listed name, list; then its citation, what speaks against it, the decision."""
    entry = hit.entry
    head = styled(f"{hit.score:.2f}  ", "bold").append(hit.name, style="bold")
    head.append(f"  {entry.list} {entry.id}", style="default")
    if hit.decision:
        head.append(f"  {decision_words(hit.decision)}", style=LOOKS[hit.decision.verdict])
    rows = [("name asked", hit.query), ("list", entry.source), ("kind", entry.kind.value)]
    rows += [("country", ", ".join(entry.countries)), ("born", ", ".join(entry.born))]
    rows += [("programmes", "; ".join(entry.programs)), ("citation", entry.citation), ("at", entry.url)]
    rows += [("against", "; ".join(hit.against))]
    if explain:
        rows += [("why", words(hit.why)), ("also", "; ".join(one.text for one in entry.names[1:]))]
        rows += [("means", entry.measures), ("second opinion", second_words(hit))]
    body = styled("", "")
    filled = [(name, text) for name, text in rows if text]
    for number, (name, text) in enumerate(filled):
        body.append("\n" * (number > 0) + f"{name}: ", style="dim").append(text, style="default")
    return indented(head, body)


def words(why: Sequence[TokenEvidence]) -> str:
    """Return what became of each word."""
    return "; ".join(
        f"{one.query or '-'} ~ {one.listed or '-'} ({one.how}, {one.similarity:.2f} x {one.weight:.2f})"
        for one in why
    )


def second_words(hit: Hit) -> str:
    """Return the second opinion with its reasons, "" where it was not asked."""
    if hit.second is None:
        return ""
    reasons = "; ".join(f"{name} {value:.2f}" for name, value in hit.second_why)
    return f"{hit.second:.2f}{f' ({reasons})' if reasons else ''}"


def decision_words(one: HitDecision) -> str:
    """Return a decision in words."""
    until = f", until {one.until}" if one.until else ""
    return f"{one.verdict.value} by {one.reviewer} on {one.decided:%Y-%m-%d}{until}: {one.reason}"


def owned_text(one: Ownership) -> RenderableType:
    """Return what a rule on ownership says."""
    head = styled(f"owned: {one.owned.value}  ", OWNED[one.owned])
    head.append(
        f"{in_words(one.title)}: {one.least:g} to {one.most:g} percent, rule {one.threshold:g}", style="default"
    )
    cited = one.citation or "no source in the project's sheets"
    rows = [*one.owners, *(f"open: {text}" for text in one.open)]
    rows.append(f"[{one.standing.value}; {cited}; {one.confidence.value}]")
    rows += [in_words(one.note)] if one.note else []
    return indented(head, styled("\n".join(rows), "dim"))


def change_text(one: PartyChange) -> Text:
    """Return a change that monitoring found, on a line."""
    head = styled(f"{one.kind.value:<13} ", CHANGES[one.kind]).append(one.party, style="bold")
    score = f"{one.score:.2f} " if one.score is not None else ""
    head.append(f"  {score}{one.name}  {one.list} {one.entry}", style="default")
    return head.append(f"  {one.detail}" if one.detail else "", style="dim")


def history_text(found: History) -> Iterator[RenderableType]:
    """Yield all that is known of a party, oldest first."""
    happened: list[tuple[str, Text]] = []
    for one in found.decisions:
        text = styled(f"{one.decided:%Y-%m-%d %H:%M}  ", "dim").append(
            f"{one.list} {one.entry}  ", style="default"
        )
        happened.append((one.decided.isoformat(), text.append(decision_words(one), style=LOOKS[one.verdict])))
    for change in found.changes:
        text = styled(f"{change.at:%Y-%m-%d %H:%M}  ", "dim").append_text(change_text(change))
        happened.append((change.at.isoformat(), text))
    yield from (text for _, text in sorted(happened, key=lambda pair: pair[0]))
    if found.screened:
        versions = ", ".join(f"{name} {number}" for name, number in found.screened.lists)
        hits = counted(len(found.screened.hits), "hit")
        yield styled(f"last screened for {found.screened.day} against {versions}: {hits}", "")


def parties_text(found: CheckedParties) -> Iterator[RenderableType]:
    """Yield the parties of a case with their hits, beside the findings."""
    yield styled("\nparties beside the lists (hits set no fact of the case):", "bold")
    for one in found.parties:
        hits = one.screening.hits if one.screening else ()
        said = counted(len(hits), "hit") if hits else "no hit" if one.screening else "not screened"
        yield styled(f"  {one.party.name} [{one.place}]: {said}", "yellow" if hits else "")
        for hit in hits:
            decision = decision_words(hit.decision) if hit.decision else "not decided"
            look = LOOKS[hit.decision.verdict] if hit.decision else "yellow"
            line = styled(f"    {hit.score:.2f}  {hit.name}  {hit.entry.list} {hit.entry.id}  ", "")
            yield line.append(f"{hit.entry.source}  ", style="dim").append(decision, style=look)
        yield from map(owned_text, one.screening.owned if one.screening else ())
    used = ", ".join(f"{one.list.name} version {one.list.version}" for one in found.lists)
    yield styled(f"  lists: {used}", "dim")
