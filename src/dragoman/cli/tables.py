"""Results as tables and pages for the screen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from dragoman.cli.speaking import in_one, name, word, worded
from dragoman.model import (
    Deadline,
    Document,
    DocumentSummary,
    Entry,
    Legalization,
    Page,
    Problem,
    Provision,
    Review,
    SearchHit,
    Severity,
)

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}
_BLANKS = re.compile(r"\s+")
INDENT = 4
"""Blanks before a quotation in a list."""
CONTEXT = 160
"""Characters of context shown before and after a quotation."""
TAGS = {"technology": "technologies", "instrument": "instruments"}
"""Groups of the words for tags, by what a table is by."""


def document_text(summary: DocumentSummary) -> RenderableType:
    """Return a document of the library on lines of its own: what it is, its title, its figures."""
    guessed = "*" if "date" in summary.guessed else ""
    head = styled(summary.slug, "bold")
    kind = name("document_kind", summary.kind) if summary.kind else word("cell", "kind unknown")
    head.append(f"  {summary.date or word('cell', 'undated')}{guessed} | {kind}", style="default")
    figures = [counted(summary.sentences, "sentence"), counted(sum(summary.provisions.values()), "provision")]
    figures += [word("cell", f"{summary.reviewed:,} reviewed")]
    figures += [counted(summary.problems, "problem")] if summary.problems else []
    figures += [word("cell", f"version {summary.version}")]
    return indented(head, styled(summary.title, "").append("\n" + " | ".join(figures), style="dim"))


def counted(number: int, noun: str) -> str:
    """Return a number with its noun."""
    return word("counted", f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s")


def total_of(page: Page) -> str:
    """Return how many lines there are in all, or at least."""
    return f"{page.total:,}" if page.exact else word("cell", f"at least {page.total:,}")


def entry_text(entry: Entry) -> RenderableType:
    """Return a line of the register: its fields in short, then the sentence with the trigger marked."""
    line = entry.provision
    actors = "; ".join(line.actors) or word("cell", "nobody named")
    short = [name("kind", line.kind.value), word("cell", f"force {line.force}"), actors]
    short += [word("cell", f"due {due(line.deadline)}")] if line.deadline else []
    short += [tags_text(line), name("state", entry.state.value), f"{line.confidence:.0%}"]
    head = styled(line.id, "bold").append("  " + " | ".join(filter(None, short)), style="default")
    return indented(head, quoted(line))


def tags_text(line: Provision) -> str:
    """Return technologies and instruments of a line."""
    both = (tags_in("technologies", line.technologies), tags_in("instruments", line.instruments))
    return "; ".join(filter(None, both))


def tags_in(group: str, tags: Iterable[str]) -> str:
    """Return tags of a group in the words of the language that is spoken, in English as they are."""
    return "; ".join(name(group, tag) for tag in tags)


def tag_in(axis: str, value: str) -> str:
    """Return a value of what a table is by (`technology`, `instrument`, others) in the language that is spoken."""
    group = TAGS.get(axis)
    found = name(group, value) if group else value
    return word("cell", value) if found == value else found


def indented(head: Text, body: Text) -> RenderableType:
    """Return a head with its body under it, set in, and a free line after both."""
    from rich.console import Group  # noqa: PLC0415 - slow to load
    from rich.padding import Padding  # noqa: PLC0415

    return Group(head, Padding(body, (0, 0, 1, INDENT), expand=False))


def problems_table(problems: Iterable[Problem]) -> Table:
    """Return problems as a table."""
    table = table_with("severity", "code", "where", "what", "what to do")
    for problem in problems:
        severity = styled(word("cell", problem.severity.value), COLOURS[problem.severity])
        table.add_row(severity, problem.code, place(problem), *worded(problem))
    return table


def problem_line(problem: Problem) -> Text:
    """Return a problem on one line."""
    text = styled(f"{word('cell', problem.severity.value)} ", COLOURS[problem.severity])
    where = place(problem)
    return text.append(f"{where}: {in_one(problem)}" if where else in_one(problem), style="default")


def place(problem: Problem) -> str:
    """Return where a problem is: document or source, page, line, offset; empty where it stands in no text."""
    counted = {"page": problem.page, "line": problem.line, "character": problem.start}
    inside = [word("screen", f"{unit} {at}") for unit, at in counted.items() if at is not None]
    return ", ".join(part for part in (problem.doc or problem.source, *inside) if part)


def hit_text(hit: SearchHit) -> RenderableType:
    """Return a sentence found, with the words marked and the ids of its lines."""
    head = styled(f"{hit.doc} {hit.start}-{hit.end}", "bold")
    for provision in hit.provisions:
        head.append(f"  {provision}", style="default")
    sentence = styled(hit.text, "")
    for start, end in hit.marks:
        sentence.stylize("reverse", start, end)
    return indented(head, sentence)


def quoted(line: Provision) -> Text:
    """Return a quotation with its trigger marked, where the trigger stands inside it."""
    text = styled(line.quote.exact, "")
    start = line.trigger_start - line.start
    if start >= 0:
        text.stylize("bold reverse", start, start + len(line.trigger))
    return text


def entry_page(
    entry: Entry, document: Document, lines: Sequence[Entry], reviews: Sequence[Review]
) -> list[RenderableType]:
    """Return everything about a line: quotation in context, fields, reasons, history."""
    from rich.rule import Rule  # noqa: PLC0415 - slow to load

    parts: list[RenderableType] = [in_context(entry.provision, document.text), fields_table(entry, document)]
    if entry.provision.why:
        parts += [Rule(word("head", "why"), align="left"), why_table(entry.provision, document.text)]
    parts += [Rule(word("head", "history"), align="left"), history_table(lines, reviews)]
    return parts


def in_context(line: Provision, text: str) -> Text:
    """Return a quotation between the words before and after it; a trigger in the stem comes first."""
    page = styled("", "")
    if not line.start <= line.trigger_start < line.end and line.trigger:
        page.append(f"[{line.trigger}] ", style="bold reverse")
    page.append(_one_line(text[max(0, line.start - CONTEXT) : line.start]), style="dim")
    page.append_text(quoted(line))
    return page.append(_one_line(text[line.end : line.end + CONTEXT]), style="dim")


def fields_table(entry: Entry, document: Document) -> Table:
    """Return the fields of a line; empty ones are left out."""
    from rich.table import Table  # noqa: PLC0415 - slow to load

    table = Table(show_header=False, box=None)
    table.add_column(style="bold")
    table.add_column()
    for field, value in field_rows(entry, document):
        if value:
            table.add_row(word("head", field), styled(value, ""))
    return table


def field_rows(entry: Entry, document: Document) -> list[tuple[str, str]]:
    """Return names and values of a line's fields, as text."""
    line, decision = entry.provision, entry.review
    state = name("state", entry.state.value)
    return [
        ("id", line.id),
        ("document", f"{document.title} ({line.doc}, {word('cell', f'version {entry.version}')})"),
        ("characters", f"{line.start}-{line.end}"),
        ("section", " > ".join(line.section)),
        ("kind", name("kind", line.kind.value)),
        ("force", str(line.force)),
        ("trigger", f"{line.trigger} ({line.trigger_start})"),
        ("actors", "; ".join(line.actors)),
        ("counterparties", "; ".join(line.counterparties)),
        ("aim", line.aim),
        ("object", line.object),
        ("technologies", tags_in("technologies", line.technologies)),
        ("instruments", tags_in("instruments", line.instruments)),
        ("deadline", deadline_text(line.deadline)),
        ("conditions", line.conditions or ""),
        ("amounts", "; ".join(f"{a.text} = {a.bound.value} {a.value} {a.currency}" for a in line.amounts)),
        ("legalization", profile_text(line.legalization)),
        ("confidence", f"{line.confidence:.2f}"),
        ("coder", line.coder),
        ("review", state + (f" | {decision.reviewer}: {decision.reason}" if decision else "")),
        ("quote sha256", line.quote.sha256),
    ]


def profile_text(profile: Legalization | None) -> str:
    """Return a legalization profile in words."""
    if profile is None:
        return ""
    words = f"obligation {profile.obligation}, precision {profile.precision}, delegation {profile.delegation}"
    return word("profile", words)


def due(deadline: Deadline | None) -> str:
    """Return when something is due, in few characters."""
    if deadline is None:
        return ""
    return str(deadline.date or deadline.every or deadline.kind.value)


def deadline_text(deadline: Deadline | None) -> str:
    """Return a deadline in full."""
    if deadline is None:
        return ""
    event = f", after {deadline.event}" if deadline.event else ""
    return f"{deadline.text} = {deadline.kind.value} {due(deadline)}{event}"


def why_table(line: Provision, text: str) -> Table:
    """Return the reasons of a line's fields with the words they were read from."""
    table = table_with("field", "value", "rule", "read from")
    for why in line.why:
        words = text[why.start : why.end] if why.start >= 0 else ""
        table.add_row(word("head", why.field), name(why.field, why.value), why.rule, styled(_one_line(words), ""))
    return table


def history_table(lines: Sequence[Entry], reviews: Sequence[Review]) -> Table:
    """Return coders' lines, then decisions, oldest first."""
    table = table_with("what", "who", "kind", "force", "actors", "version, time", "reason")
    for entry in lines:
        line = entry.provision
        actors = "; ".join(line.actors)
        kind, version = name("kind", line.kind.value), word("cell", f"version {entry.version}")
        table.add_row(word("head", "line"), line.coder, kind, str(line.force), actors, version, "")
    for review in reviews:
        at = f"{review.at:%Y-%m-%d %H:%M} UTC"
        table.add_row(name("state", review.state.value), review.reviewer, "", "", "", at, review.reason)
    return table


def table_with(*columns: str) -> Table:
    """Return an empty table; cells are plain text, long ones wrap."""
    from rich import box  # noqa: PLC0415 - slow to load
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(word("head", column), overflow="fold", no_wrap=column in {"id", "document"})
    return table


def styled(words: str, style: str) -> Text:
    """Return words as text that holds no markup, in a style."""
    from rich.text import Text  # noqa: PLC0415 - slow to load

    return Text(words, style=style)


def _one_line(words: str) -> str:
    return _BLANKS.sub(" ", words)
