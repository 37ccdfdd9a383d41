"""`dragoman track assess` and `scores`: people's verdicts and their means."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli import filters
from dragoman.cli.filters import date_of, known
from dragoman.cli.session import console, exit_code_of, print_json, say, session_of
from dragoman.cli.speaking import spoken
from dragoman.cli.tables import styled
from dragoman.cli.track_options import AsOf, ProvisionId, Reason, kinds_of, languages_of, say_problems
from dragoman.cli.track_tables import scores_table
from dragoman.model import Assessment, BoardQuery, Completion
from dragoman.model.track_format import assessment_to_row, problem_to_row, score_text, scores_to_row

SCORES = {"-1": -1, "0": 0, "1": 1, "+1": 1, "n/a": None}
GROUPS = {"commitment": "commitments", "party": "parties", "pillar": "pillars", "technology": "technologies"}


def assess(
    ctx: typer.Context,
    provision: ProvisionId,
    score: Annotated[str, typer.Option("--score", help="-1 none, 0 partial, 1 full compliance, or n/a.")],
    author: Annotated[str, typer.Option("--author", help="Whose verdict it is.", metavar="NAME")],
    party: Annotated[str, typer.Option("--party", help="Whose compliance; without it, all together.")] = "",
    completion: Annotated[str | None, typer.Option("--completion", help=f"{', '.join(Completion)}.")] = None,
    guideline: Annotated[str, typer.Option("--guideline", help="What -1, 0 and +1 mean here.")] = "",
    reviewer: Annotated[str, typer.Option("--reviewer", help="Another person who agrees.", metavar="NAME")] = "",
    reason: Reason = "",
    as_of: AsOf = None,
) -> None:
    """Record a verdict on a line; earlier verdicts stay in its history."""
    session = session_of(ctx)
    value = SCORES[known("score", [score], SCORES)[0]]
    level = Completion(known("completion", [completion], Completion)[0]) if completion else None
    with session.open() as workspace:
        day = date_of("as-of", as_of) or workspace.tracking.today()
        given = Assessment(provision, value, author, day, party, level, guideline, reviewer, reason)
        made = workspace.tracking.assess(given)
    if session.json:
        problems = [problem_to_row(problem) for problem in made.problems]
        print_json({**assessment_to_row(made.verdict), "problems": problems})
    else:
        say(f"{provision}: {score_text(made.verdict.score)} by {made.verdict.author} as of {day}")
        say_problems(made.problems)
    raise typer.Exit(exit_code_of(made.problems))


def scores(
    ctx: typer.Context,
    document: filters.Documents = None,
    by: Annotated[str, typer.Option("--by", help=f"{', '.join(GROUPS)}.")] = "pillar",
    as_of: AsOf = None,
    kind: filters.Kinds = None,
    language: filters.Languages = None,
) -> None:
    """Show compliance scores and their means, with the rule by which they are averaged."""
    session = session_of(ctx)
    known("by", [by], GROUPS)
    with session.open() as workspace:
        query = BoardQuery(tuple(document or ()), kinds=kinds_of(kind), languages=languages_of(language))
        found = workspace.tracking.scores(query, date_of("as-of", as_of))
    if session.json:
        print_json(scores_to_row(found))
    else:
        out = console()
        out.print(scores_table(found, by, getattr(found, GROUPS[by])))
        out.print(styled(found.rule.text(spoken().value), "dim"))
        say_problems(found.problems)
    raise typer.Exit(exit_code_of(found.problems))
