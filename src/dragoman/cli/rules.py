"""`dragoman rules`: what packs and rules there are, whether they are sound, and whether their tests pass."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.filters import date_of
from dragoman.cli.findings import bilingual_rows, file_problem, in_words
from dragoman.cli.session import EXIT_PROBLEMS, console, exit_code_of, print_json, say, session_of
from dragoman.cli.speaking import word
from dragoman.cli.tables import counted, indented, styled
from dragoman.model.check_format import problem_to_row

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from dragoman.checking import Coverage, Pack, PackReading, ReadyRule, ReadyVersion, TestOutcome

app = typer.Typer(no_args_is_help=True, help="Look at rule packs, check and test them.", rich_markup_mode=None)

PackName = Annotated[str, typer.Argument(metavar="PACK", help="Name of a shipped pack, or its folder.")]


@app.callback()
def rules() -> None:
    """Look at rule packs, check and test them."""


@app.command("list")
def list_rules(
    ctx: typer.Context,
    packs: Annotated[
        list[str] | None, typer.Argument(metavar="[PACK]...", help="Packs whose rules to list.")
    ] = None,
) -> None:
    """List the packs, or the rules of some."""
    session = session_of(ctx)
    readings = session.checker().rule_packs(packs or ())
    out = console()
    for reading in readings:
        if session.json:
            for row in rows_of(reading, with_rules=bool(packs)):
                print_json(row)
        else:
            for part in texts_of(reading, with_rules=bool(packs)):
                out.print(part)
    raise typer.Exit(EXIT_PROBLEMS if any(reading.pack is None for reading in readings) else 0)


def rows_of(reading: PackReading, *, with_rules: bool) -> Iterator[dict[str, Any]]:
    """Yield a pack, or its rules, as JSON."""
    from dragoman.checking import pack_to_row, rule_to_row  # noqa: PLC0415 - slow to load

    if reading.pack is None:
        yield {"pack": reading.name, "problems": [problem_to_row(problem) for problem in reading.problems]}
    elif with_rules:
        yield from (rule_to_row(reading.pack, ready) for ready in reading.pack.rules)
    else:
        yield pack_to_row(reading.pack)


def texts_of(reading: PackReading, *, with_rules: bool) -> Iterator[RenderableType]:
    """Yield a pack, or its rules, as text."""
    if reading.pack is None:
        yield styled(f"{reading.name}  refused: {counted(len(reading.problems), 'problem')}", "bold red")
        yield from map(file_problem, reading.problems)
        return
    yield pack_text(reading.pack)
    if with_rules:
        yield from (rule_line(ready) for ready in reading.pack.rules)


def pack_text(pack: Pack) -> RenderableType:
    """Return a pack: what it does not cover first, then what it covers and its figures."""
    head = styled(pack.name, "bold").append(
        f"  {in_words(pack.title)} ({pack.jurisdiction}, {pack.version})", style="default"
    )
    body = styled(f"{word('cell', 'does not cover')}: {in_words(pack.not_covered)}\n", "")
    figures = [
        counted(len(pack.rules), "rule"),
        counted(len(pack.cases), "case"),
        word("cell", f"as of {pack.as_of}"),
    ]
    figures += [f"for {', '.join(pack.templates)}"]
    body.append(f"{word('cell', 'covers')}: {in_words(pack.covers)}\n")
    return indented(head, body.append(" | ".join(figures), style="dim"))


def rule_line(ready: ReadyRule) -> Text:
    """Return a rule on a line."""
    rule = ready.rule
    standings = ", ".join(dict.fromkeys(version.standing.value for version in rule.versions))
    sure = ", ".join(dict.fromkeys(version.confidence.value for version in rule.versions))
    return styled(rule.id, "bold").append(
        f"  {in_words(rule.title)}  [{rule.force.value}; {standings}; {sure}]", style="default"
    )


@app.command("show")
def show(
    ctx: typer.Context,
    rule: Annotated[str, typer.Argument(metavar="RULE", help="Id of a rule, pack/rule.")],
    pack: Annotated[list[str] | None, typer.Option("--pack", help="Where to look.", metavar="PACK")] = None,
) -> None:
    """Show a rule: its versions with conditions, citation and standing, and how it stands to other rules."""
    session = session_of(ctx)
    found, ready = session.checker().rule(rule, pack or ())
    if session.json:
        from dragoman.checking import rule_to_row  # noqa: PLC0415 - slow to load

        print_json(rule_to_row(found, ready))
        return
    out = console()
    for part in rule_page(ready):
        out.print(part)


def rule_page(ready: ReadyRule) -> Iterator[RenderableType]:
    """Yield everything about a rule."""
    rule = ready.rule
    yield styled(rule.id, "bold").append(f"  {rule.path}:{rule.line}", style="dim")
    rows = [("title", rule.title.en), ("", rule.title.zh), ("force", rule.force.value)]
    rows += [
        ("jurisdiction", rule.jurisdiction),
        ("each", " x ".join(rule.each)),
        ("facts", ", ".join(rule.facts)),
    ]
    rows += [
        (link.replace("_", " "), ", ".join(getattr(rule, link)))
        for link in ("exception_to", "yields_to", "contradicts")
    ]
    rows += list(bilingual_rows(rule.remedy, "remedy"))
    rows += [("basis", f"{b.doc} {b.section} “{b.quote}”") for b in rule.basis]
    yield fields(rows)
    for version in ready.versions:
        yield styled(
            f"\nfrom {version.version.since or 'ever'} until {version.version.until or 'no known end'}", "bold"
        )
        yield fields(version_fields(version))


def version_fields(ready: ReadyVersion) -> list[tuple[str, str]]:
    """Return names and values of a version, as text."""
    version = ready.version
    return [
        ("standing", version.standing.value),
        ("applies", version.applies or "always"),
        ("requires", version.requires or "(not in the public record)"),
        ("citation", version.citation),
        ("url", version.url),
        ("as of", f"{version.as_of} ({version.confidence.value})"),
        *bilingual_rows(version.note, "note"),
    ]


def fields(rows: list[tuple[str, str]]) -> RenderableType:
    """Return names and values in two columns; empty values are left out."""
    from rich.table import Table  # noqa: PLC0415 - slow to load

    table = Table(show_header=False, box=None)
    table.add_column(style="bold")
    table.add_column()
    for name, value in rows:
        if value:
            table.add_row(name, styled(value, ""))
    return table


@app.command("copy")
def copy_rules(
    ctx: typer.Context,
    pack: Annotated[str, typer.Argument(metavar="PACK", help="Name of a shipped pack.")],
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder to make.")],
    since: Annotated[
        str | None, typer.Option("--since", help="Put proposed rules in force from this day.", metavar="DATE")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", help="Last day of rules put in force.", metavar="DATE")
    ] = None,
) -> None:
    """Copy a pack to a folder to edit; two sides put in force there what they agree."""
    checker = session_of(ctx).checker()
    agreed = checker.copy_pack(pack, folder, date_of("since", since), date_of("until", until))
    say(f"copied to {folder}" + (f"; {counted(agreed, 'rule')} put in force" if since else ""))


@app.command("test")
def test(ctx: typer.Context, pack: PackName) -> None:
    """Run the cases that a pack brings along; each difference is shown with what was expected."""
    session = session_of(ctx)
    reading, outcomes = session.checker().test_pack(pack)
    failed = [outcome for outcome in outcomes if not outcome.passed]
    if session.json:
        for outcome in outcomes:
            print_json(outcome_row(outcome))
        for problem in () if reading.pack else reading.problems:
            print_json(problem_to_row(problem))
    else:
        show_outcomes(reading, outcomes)
        say(f"{counted(len(outcomes), 'case')}, {len(failed):,} failed")
    raise typer.Exit(EXIT_PROBLEMS if failed or reading.pack is None else 0)


def outcome_row(outcome: TestOutcome) -> dict[str, Any]:
    """Return the outcome of a test as JSON."""
    return {
        "case": outcome.name,
        "path": outcome.path,
        "line": outcome.line,
        "passed": outcome.passed,
        "differences": [
            {"what": d.what, "expected": d.expected, "found": d.found, "line": d.line} for d in outcome.differences
        ],
        "problems": [problem_to_row(problem) for problem in outcome.problems],
    }


def show_outcomes(reading: PackReading, outcomes: tuple[TestOutcome, ...]) -> None:
    """Print the tests that failed."""
    out = console()
    for problem in () if reading.pack else reading.problems:
        out.print(file_problem(problem))
    for outcome in (one for one in outcomes if not one.passed):
        out.print(
            styled("FAIL  ", "bold red").append(f"{outcome.path}:{outcome.line}  {outcome.name}", style="default")
        )
        for d in outcome.differences:
            out.print(styled(f"      line {d.line}  {d.what}: expected {d.expected}, found {d.found}", ""))
        for problem in outcome.problems:
            out.print(file_problem(problem))


@app.command("lint")
def lint(
    ctx: typer.Context,
    pack: PackName,
    fresh_days: Annotated[int, typer.Option(min=0, help="Days for which a rule's as_of counts as fresh.")] = 365,
) -> None:
    """Look for gaps, rules that never apply, facts nobody asks, and old or doubtful law in a pack."""
    session = session_of(ctx)
    problems = session.checker().lint_pack(pack, fresh_days)
    out = console()
    for problem in problems:
        if session.json:
            print_json(problem_to_row(problem))
        else:
            out.print(file_problem(problem))
    if not session.json:
        say(counted(len(problems), "problem"))
    raise typer.Exit(exit_code_of(problems))


@app.command("coverage")
def coverage(
    ctx: typer.Context,
    document: Annotated[str, typer.Argument(metavar="SLUG", help="Slug of a document of the register.")],
    pack: Annotated[
        list[str] | None, typer.Option("--pack", help="Whose rules to look at.", metavar="PACK")
    ] = None,
) -> None:
    """List each obligation, prohibition and permission of a document with the rules that check it."""
    session = session_of(ctx)
    with session.open() as workspace:
        found = workspace.coverage(document, pack or ())
    if session.json:
        for row in coverage_rows(found):
            print_json(row)
    else:
        show_coverage(found)
    raise typer.Exit(EXIT_PROBLEMS if found.review else 0)


def coverage_rows(found: Coverage) -> Iterator[dict[str, Any]]:
    """Yield the lines of a document, then the rules to be reviewed, as JSON."""
    for line in found.lines:
        provision = line.entry.provision
        yield {
            "doc": found.doc,
            "id": provision.id,
            "start": provision.start,
            "end": provision.end,
            "kind": provision.kind.value,
            "quote": provision.quote.exact,
            "rules": list(line.rules),
            "state": "checked" if line.rules else "unchecked",
        }
    for one in found.review:
        basis = {"section": one.basis.section, "quote": one.basis.quote}
        yield {"doc": found.doc, "rule": one.rule, **basis, "why": one.why, "state": "to be reviewed"}


def show_coverage(found: Coverage) -> None:
    """Print the lines of a document with their rules, then the rules to be reviewed."""
    out = console()
    for line in found.lines:
        provision = line.entry.provision
        head = styled(provision.id, "bold").append(f"  {provision.kind.value}  ", style="default")
        head.append("; ".join(line.rules) or "unchecked", style="green" if line.rules else "yellow")
        out.print(indented(head, styled(provision.quote.exact, "")))
    for one in found.review:
        words_of = one.basis.quote or f"characters {one.basis.start}-{one.basis.end}"
        out.print(
            styled("to be reviewed  ", "bold red").append(f"{one.rule}: {words_of} is {one.why}", style="default")
        )
    checked = sum(bool(line.rules) for line in found.lines)
    say(f"{counted(len(found.lines), 'line')}, {checked:,} checked, {len(found.review):,} to be reviewed")
    if found.beside:
        say(f"rules on sentences that hold no such line: {', '.join(found.beside)}")
