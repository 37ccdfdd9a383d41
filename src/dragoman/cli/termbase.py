"""`dragoman terms base`: the termbase - looking, proposing, reviewing, versions, files."""

from __future__ import annotations

import shlex
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.exporting import for_the_screen, target
from dragoman.cli.filters import known
from dragoman.cli.session import (
    EXIT_ERROR,
    EXIT_OK,
    console,
    exit_code_of,
    print_json,
    say,
    session_of,
)
from dragoman.cli.speaking import of_report
from dragoman.cli.tables import counted
from dragoman.cli.term_drafts import Draft, changed, new_concept
from dragoman.cli.term_tables import (
    change_lines,
    concept_lines,
    concepts_table,
    outcome_words,
    proposal_lines,
    proposals_table,
    steps_table,
    versions_table,
)
from dragoman.cli.track_options import By, Reason, say_problems
from dragoman.model import Language, NotFoundError, UsageError
from dragoman.model.term import (
    Concept,
    ConceptKind,
    ConceptStatus,
    ImportOutcome,
    Proposal,
    ReviewVerdict,
    TermQuery,
    TermUse,
)
from dragoman.model.term_format import (
    change_to_row,
    concept_to_row,
    import_to_row,
    proposal_to_row,
    step_to_row,
    version_to_row,
)

if TYPE_CHECKING:
    from dragoman.cli.session import Session
    from dragoman.termbank import Termbank

app = typer.Typer(no_args_is_help=True, help="The termbase of two sides.", rich_markup_mode=None)

Statuses = Annotated[list[str] | None, typer.Option("--status", help=f"{', '.join(ConceptStatus)}.")]
Parties = Annotated[list[str] | None, typer.Option("--party", help="A party with terms of its own.")]
Tags = Annotated[list[str] | None, typer.Option("--tag", help="Technology or instrument tag.")]
Kinds = Annotated[list[str] | None, typer.Option("--kind", help="general or organisation.")]
Limit = Annotated[int, typer.Option("--limit", min=0, help="Most concepts; 0 for all.")]
Offset = Annotated[int, typer.Option("--offset", min=0, help="Concepts to leave out at the start.")]
Side = Annotated[str, typer.Option("--side", help="For which of the two sides.", metavar="SIDE")]
EMPTY = "The termbase has no such concept."


class OneFileError(UsageError):
    """Neither a file nor the shipped glossary, or both."""

    def __init__(self) -> None:
        super().__init__(
            "What shall be imported?", "Name a file (dragoman terms base import FILE), or give --shipped."
        )


class OneWayError(UsageError):
    """Several kinds of proposal at once."""

    def __init__(self) -> None:
        super().__init__(
            "This is more than one proposal, or none.",
            "Give terms of a new concept, a concept and its changes, or one of --deprecate, --withdraw, --from.",
        )


@app.callback()
def base() -> None:
    """The termbase of two sides: concepts, proposals and reviews, versions, files."""


def query_of(
    bank: Termbank,
    statuses: list[str] | None,
    parties: list[str] | None,
    tags: list[str] | None,
    kinds: list[str] | None,
) -> TermQuery:
    """Return the query of the options. Raises UnknownValueError."""
    return TermQuery(
        statuses=tuple(ConceptStatus(one) for one in known("status", statuses, ConceptStatus)),
        parties=tuple(bank.party(one) for one in parties or ()),
        tags=tuple(tags or ()),
        kinds=tuple(ConceptKind(one) for one in known("kind", kinds, ConceptKind)),
    )


@app.command("list")
def list_concepts(
    ctx: typer.Context,
    status: Statuses = None,
    party: Parties = None,
    tag: Tags = None,
    kind: Kinds = None,
    limit: Limit = 50,
    offset: Offset = 0,
    proposals: Annotated[bool, typer.Option("--proposals", help="Proposals that wait for a review.")] = False,
) -> None:
    """List concepts by their first term, or the proposals that wait for a review."""
    if proposals:
        _list_proposals(ctx)
        return
    _print(ctx, "", None, (status, party, tag, kind), (limit, offset))


@app.command("search")
def search(
    ctx: typer.Context,
    words: Annotated[str, typer.Argument(metavar="WORDS", help="Part of a term in either language.")],
    language: Annotated[
        str | None, typer.Option("--language", help="en or zh: terms of one language only.")
    ] = None,
    status: Statuses = None,
    party: Parties = None,
    tag: Tags = None,
    kind: Kinds = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> None:
    """Find concepts by their terms: whole terms first, then beginnings."""
    known("language", [language] if language else [], Language)
    _print(ctx, words, language, (status, party, tag, kind), (limit, offset))


Filters = tuple[list[str] | None, list[str] | None, list[str] | None, list[str] | None]


def _print(
    ctx: typer.Context, words: str, language: str | None, filters: Filters, stretch: tuple[int, int]
) -> None:
    session = session_of(ctx)
    limit, offset = stretch
    with session.open() as workspace:
        query = query_of(workspace.termbank, *filters)
        tongue = Language(language) if language else None
        page = workspace.termbank.find(
            replace(query, words=words, language=tongue, offset=offset, limit=limit or None)
        )
    if session.json:
        for concept in page.concepts:
            print_json(concept_to_row(concept))
        return
    if not page.concepts:
        say(EMPTY)
        raise typer.Exit(EXIT_OK)
    console().print(concepts_table(page.concepts))
    say(f"{len(page.concepts):,} of {counted(page.total, 'concept')}")


def _list_proposals(ctx: typer.Context) -> None:
    session = session_of(ctx)
    with session.open() as workspace:
        found = workspace.termbank.proposals()
    if session.json:
        for proposal in found:
            print_json(proposal_to_row(proposal))
        return
    if found:
        console().print(proposals_table(found))
    say(counted(len(found), "proposal"))


@app.command("show")
def show(
    ctx: typer.Context,
    identifier: Annotated[str, typer.Argument(metavar="ID", help="Of a concept or a proposal.")],
) -> None:
    """Show a concept with its terms, definitions, sources and open proposals; or a proposal."""
    session = session_of(ctx)
    with session.open() as workspace:
        bank = workspace.termbank
        found = _found(bank, identifier)
        waiting = bank.proposals(identifier) if isinstance(found, Concept) else ()
        before = bank.concept(found.concept) if isinstance(found, Proposal) else None
    if session.json:
        print_json(_row(found))
        return
    out = console()
    lines = concept_lines(found) if isinstance(found, Concept) else proposal_lines(found, before)
    for line in lines:
        out.print(line)
    if waiting:
        out.print(proposals_table(waiting))


def _found(bank: Termbank, identifier: str) -> Concept | Proposal:
    """Return the concept or proposal of an id. Raises NotFoundError."""
    try:
        return bank.concept(identifier)
    except NotFoundError:
        if bank.is_proposal(identifier):
            return bank.proposal(identifier)
        raise


def _row(found: Concept | Proposal) -> dict[str, object]:
    return concept_to_row(found) if isinstance(found, Concept) else proposal_to_row(found)


@app.command("propose")
def propose(
    ctx: typer.Context,
    concept: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="Concept to be changed; without it, a new one.")
    ] = None,
    english: Annotated[list[str] | None, typer.Option("--en", help="English term.", metavar="TERM")] = None,
    chinese: Annotated[list[str] | None, typer.Option("--zh", help="Chinese term.", metavar="TERM")] = None,
    use: Annotated[
        str | None,
        typer.Option("--use", help="Of these terms: preferred, admitted or deprecated; the first is preferred."),
    ] = None,
    party: Annotated[str, typer.Option("--party", help="Whose terms and definitions these are.")] = "",
    name: Annotated[str, typer.Option("--id", help="Id of a new concept; made of its term.")] = "",
    definition_en: Annotated[str, typer.Option("--definition-en", help="Definition in English.")] = "",
    definition_zh: Annotated[str, typer.Option("--definition-zh", help="Definition in Chinese.")] = "",
    note: Annotated[str, typer.Option("--note", help="On differing use.")] = "",
    subject: Annotated[list[str] | None, typer.Option("--subject", help="Subject field.")] = None,
    tag: Tags = None,
    kind: Annotated[str | None, typer.Option("--kind", help="general or organisation.")] = None,
    document: Annotated[str, typer.Option("--document", help="Slug of the document of --quote.")] = "",
    quote: Annotated[str, typer.Option("--quote", help="A sentence in which it is named, word for word.")] = "",
    deprecate: Annotated[str, typer.Option("--deprecate", help="A term not to be used any more.")] = "",
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Take the concept out of use.")] = False,
    source: Annotated[
        Path | None,
        typer.Option("--from", help="Table of candidates with columns en and zh.", metavar="FILE"),
    ] = None,
    least: Annotated[float, typer.Option("--least", help="Score from which candidates are proposed.")] = 0.0,
    by: By = "",
    side: Side = "",
    reason: Reason = "",
) -> None:
    """Propose a new concept, a change of one, that a term or a concept go out of use, or many candidates."""
    known("use", [use] if use else [], TermUse)
    known("kind", [kind] if kind else [], ConceptKind)
    draft = Draft(
        name, tuple(english or ()), tuple(chinese or ()), use, party, definition_en, definition_zh, note,
        tuple(subject or ()), tuple(tag or ()), kind, document, quote,
    )  # fmt: skip
    if sum(map(bool, (draft.says_something, deprecate, withdraw, source))) != 1 or (
        (deprecate or withdraw) and concept is None
    ):
        raise OneWayError
    if source is not None:
        _propose_file(ctx, source, by, side, least)
        return
    said = {"by": by, "side": side, "reason": reason}
    session = session_of(ctx)
    with session.open() as workspace:
        made = _proposed(workspace.termbank, concept, draft, deprecate, said, withdraw=withdraw)
    if session.json:
        print_json(_row(made))
    elif isinstance(made, Concept):
        say(f"{made.id} is {made.status.value}")
    else:
        say(f"proposal {made.id} of a {made.kind.value} of {made.concept} is {made.state.value}")


def _proposed(
    bank: Termbank, concept: str | None, draft: Draft, deprecate: str, said: dict[str, str], *, withdraw: bool
) -> Concept | Proposal:
    by, side, reason = said["by"], said["side"], said["reason"]
    if concept is None:
        return bank.propose(new_concept(draft), by=by, side=side, reason=reason)
    if deprecate:
        return bank.deprecate(concept, deprecate, by=by, side=side, reason=reason)
    if withdraw:
        return bank.withdraw(concept, by=by, side=side, reason=reason)
    after = changed(bank.concept(concept), draft, bank.party(draft.party))
    return bank.propose_change(after, by=by, side=side, reason=reason)


def _taken(session: Session, outcome: ImportOutcome) -> None:
    """Say what taking in a file gave. Raises typer.Exit."""
    if session.json:
        print_json(import_to_row(outcome))
    else:
        say_problems(outcome.problems)
        say(outcome_words(outcome))
    raise typer.Exit(exit_code_of(outcome.problems) if outcome.taken else EXIT_ERROR)


def _propose_file(ctx: typer.Context, path: Path, by: str, side: str, least: float) -> None:
    session = session_of(ctx)
    with session.open() as workspace:
        outcome = workspace.termbank.propose_file(path, by=by, side=side, least=least)
    _taken(session, outcome)


@app.command("review")
def review(
    ctx: typer.Context,
    verdict: Annotated[str, typer.Argument(metavar="VERDICT", help="accept, reject or contest.")],
    identifiers: Annotated[
        list[str] | None, typer.Argument(metavar="ID...", help="Of concepts and proposals; `-` reads them.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="All concepts and proposals that wait for a review.")
    ] = False,
    by: By = "",
    side: Side = "",
    reason: Reason = "",
) -> None:
    """Say for a side what it thinks of concepts as they stand, or of proposals."""
    (said,) = known("verdict", [verdict], ReviewVerdict)
    session = session_of(ctx)
    with session.open() as workspace:
        bank = workspace.termbank
        wanted = _waiting(bank, side) if everything else _ids(identifiers or [])
        if not wanted and not everything:
            raise NothingNamedError
        for identifier in wanted:
            found = bank.review(identifier, ReviewVerdict(said), by=by, side=side, reason=reason)
            if session.json:
                print_json(_row(found))
            else:
                say(f"{identifier} is {(found.status if isinstance(found, Concept) else found.state).value}")


class NothingNamedError(UsageError):
    """A review of nothing."""

    def __init__(self) -> None:
        super().__init__("What is reviewed?", "Name ids of concepts or proposals, or give --all.")


def _ids(given: list[str]) -> list[str]:
    """Return ids, those of standard input where `-` stands."""
    if given == ["-"]:
        return [line.strip() for line in sys.stdin if line.strip()]
    return given


def _waiting(bank: Termbank, side: str) -> list[str]:
    """Return the ids of what a side has not accepted."""
    party = bank.party(side)
    query = TermQuery(statuses=(ConceptStatus.PROPOSED, ConceptStatus.UNDER_REVIEW), limit=None)
    concepts = [one.id for one in bank.find(query).concepts if party not in one.accepted]
    proposals = [one.id for one in bank.proposals() if party not in {said.side for said in one.reviews}]
    return concepts + proposals


@app.command("publish")
def publish(
    ctx: typer.Context,
    by: By = "",
    note: Annotated[str, typer.Option("--note", help="What is new, in words.")] = "",
) -> None:
    """Give the termbase as it stands a number."""
    session = session_of(ctx)
    with session.open() as workspace:
        version = workspace.termbank.publish(by=by, note=note)
    if session.json:
        print_json(version_to_row(version))
    else:
        say(f"version {version.number}: {counted(version.concepts, 'concept')}")


@app.command("history")
def history(
    ctx: typer.Context,
    identifier: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="Of a concept; without it, the published versions.")
    ] = None,
) -> None:
    """Show every step of a concept, or the published versions."""
    session = session_of(ctx)
    with session.open() as workspace:
        steps = workspace.termbank.history(identifier) if identifier else ()
        versions = () if identifier else workspace.termbank.versions()
    if session.json:
        for row in (*map(step_to_row, steps), *map(version_to_row, versions)):
            print_json(row)
        return
    if steps or versions:
        console().print(steps_table(steps) if identifier else versions_table(versions))
    if not identifier:
        say(counted(len(versions), "version"))


@app.command("diff")
def diff(
    ctx: typer.Context,
    first: Annotated[int | None, typer.Argument(metavar="[FIRST]", help="Earlier version; the last one.")] = None,
    last: Annotated[int | None, typer.Argument(metavar="[LAST]", help="Later version; how it stands.")] = None,
) -> None:
    """Show what changed between two versions, or since the last one, with who did it and why."""
    session = session_of(ctx)
    with session.open() as workspace:
        bank = workspace.termbank
        versions = bank.versions()
        since = first if first is not None or not versions else versions[-1].number
        changes = bank.diff(since, last)
    if session.json:
        for change in changes:
            print_json(change_to_row(change))
        return
    out = console()
    for change in changes:
        for line in change_lines(change):
            out.print(line)
    say(f"{counted(len(changes), 'concept')} changed")


@app.command("import")
def import_file(
    ctx: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="TBX, SKOS (.rdf, .jsonld), CSV, TSV or Excel.")
    ] = None,
    shipped: Annotated[bool, typer.Option("--shipped", help="The starter glossary that ships.")] = False,
    by: By = "",
    side: Side = "",
) -> None:
    """Take in a file of concepts, whole or not at all; what is there otherwise becomes a proposal."""
    if (file is None) is not shipped:
        raise OneFileError
    session = session_of(ctx)
    with session.open() as workspace:
        bank = workspace.termbank
        if file is None:
            outcome = bank.import_shipped(by=by, side=side)
        else:
            outcome = bank.import_file(file, by=by, side=side)
    _taken(session, outcome)


@app.command("export")
def export(
    ctx: typer.Context,
    form: Annotated[
        str, typer.Option("--format", help="tbx, rdf, jsonld, csv, xlsx; html, docx and md for print.")
    ] = "tbx",
    output: Annotated[Path | None, typer.Option("--output", help="File; without it, standard output.")] = None,
    version: Annotated[int | None, typer.Option("--version", help="A published version.", min=1)] = None,
    language: Annotated[str | None, typer.Option("--language", help="Of html, docx and md: en or zh.")] = None,
    status: Statuses = None,
    party: Parties = None,
    tag: Tags = None,
    kind: Kinds = None,
) -> None:
    """Write the termbase, or some of it, as a file."""
    from dragoman.termbank import FILES  # noqa: PLC0415 - slow to load

    known("format", [form], FILES)
    tongue = of_report(language)
    for_the_screen(form, output)
    again = shlex.join(["dragoman", "terms", "base", "export", "--format", form, "--language", tongue])
    with session_of(ctx).open() as workspace, target(output) as stream:
        bank = workspace.termbank
        query = query_of(bank, status, party, tag, kind)
        chosen = None if query == TermQuery() else query
        for piece in bank.write(form, version=version, query=chosen, language=tongue, reproduce=again):
            stream.write(piece)
    if output is not None:
        say(f"written to {output}")


@app.command("sides")
def sides(
    ctx: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="[SIDE SIDE]", help="The two to agree.")] = None,
    by: By = "",
) -> None:
    """Show which two sides have to agree, or name two others."""
    session = session_of(ctx)
    with session.open() as workspace:
        bank = workspace.termbank
        found = bank.name_sides(names, by=by) if names else bank.sides()
    if session.json:
        print_json({"sides": list(found)})
    else:
        console().print(" and ".join(found))
