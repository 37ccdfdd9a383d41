"""`dragoman jobs`: what is done for the docket in the background."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import contextmanager
from datetime import UTC, datetime, time
from threading import Event
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.acting import As, acts_as, person_in
from dragoman.cli.filters import date_of, known
from dragoman.cli.logs import LogForm, write_log
from dragoman.cli.session import EXIT_PROBLEMS, console, print_json, say, session_of
from dragoman.cli.speaking import name, word
from dragoman.cli.tables import counted, table_with
from dragoman.model.job import Job, JobKind, JobState, job_to_row

if TYPE_CHECKING:
    from dragoman.jobs import Jobs

app = typer.Typer(
    no_args_is_help=True, help="What is done for the docket in the background.", rich_markup_mode=None
)

Identifier = Annotated[int, typer.Argument(metavar="JOB", help="Number, as `jobs list` prints it.")]


@app.callback()
def jobs(
    ctx: typer.Context,
    account: As = "",
) -> None:
    """What is done for the docket in the background."""
    acts_as(ctx, account)


@contextmanager
def opened(ctx: typer.Context) -> Iterator[Jobs]:
    """Give the jobs as the account that acts sees them. Raises NotFoundError for one that is not there."""
    with session_of(ctx).open() as workspace:
        yield workspace.jobs(person_in(ctx, workspace))


@app.command("list")
def list_jobs(
    ctx: typer.Context,
    state: Annotated[list[str] | None, typer.Option("--state", help="State; may be repeated.")] = None,
    case: Annotated[str, typer.Option("--case", help="Number of a case.")] = "",
    limit: Annotated[int, typer.Option("--limit", min=0, help="How many; 0 for all.")] = 50,
) -> None:
    """List jobs, the newest first: who holds them, how often they were tried, why they failed."""
    known("state", state, JobState)
    with opened(ctx) as queue:
        found = queue.jobs([JobState(one) for one in state or ()], case, limit=limit or None)
    if session_of(ctx).json:
        for one in found:
            print_json(job_to_row(one))
        return
    table = table_with("job", "state", "what", "case", "tries", "holder", "came of it")
    for one in found:
        what = f"{one.kind.value} {one.payload.get('name', '')}".strip()
        table.add_row(
            str(one.id),
            name("jobs.state", one.state.value),
            what,
            one.case,
            str(one.tries),
            one.holder,
            outcome_of(one),
        )
    console().print(table)


@app.command("clear")
def clear(
    ctx: typer.Context,
    before: Annotated[str, typer.Option("--before", help="Jobs that were over before this day.", metavar="DATE")],
) -> None:
    """Take out jobs that are done, failed or cancelled; what was read of documents stays with its case."""
    day = date_of("before", before) or datetime.now(UTC).date()
    with opened(ctx) as queue:
        cleared = queue.clear(datetime.combine(day, time(), UTC))
    if session_of(ctx).json:
        print_json({"cleared": cleared})
    else:
        say(f"{cleared} jobs taken out")


@app.command("run")
def run(
    ctx: typer.Context,
    once: Annotated[bool, typer.Option("--once", help="End when nothing is due.")] = False,
    workers: Annotated[int, typer.Option("--workers", min=1, max=16, help="How many work at once.")] = 1,
    log_format: LogForm = None,
) -> None:
    """Do jobs as they come; Ctrl-C ends after the jobs in hand. Exit code 1 where a job failed."""
    failed: list[int] = []
    if log_format:
        write_log(log_format)

    def told(job: Job, word: str) -> None:
        if word.startswith(JobState.FAILED.value):
            failed.append(job.id)
        if not log_format:
            say(f"job {job.id} {job.kind.value} {job.case}: {word or f'try {job.tries}'}")

    with opened(ctx) as queue:
        stop = Event()
        with ThreadPoolExecutor(workers) as pool:
            others = [pool.submit(queue.work, once=once, stop=stop, told=told) for _ in range(workers)]
            try:
                wait(others, return_when=FIRST_EXCEPTION)
            except KeyboardInterrupt:
                say("ending after the jobs in hand")
            finally:
                stop.set()
        for one in others:
            one.result()  # what ended a worker ends the command, with its exit code
    raise typer.Exit(EXIT_PROBLEMS if failed else 0)


@app.command("cancel")
def cancel(ctx: typer.Context, identifier: Identifier) -> None:
    """Cancel a job that waits or runs; what comes out of it is not kept."""
    with opened(ctx) as queue:
        told_of(ctx, queue.cancel(identifier))


@app.command("retry")
def retry(ctx: typer.Context, identifier: Identifier) -> None:
    """Let a job that failed or was cancelled wait again."""
    with opened(ctx) as queue:
        told_of(ctx, queue.retry(identifier))


def told_of(ctx: typer.Context, job: Job) -> None:
    """Say how a job stands."""
    if session_of(ctx).json:
        print_json(job_to_row(job))
    else:
        say(f"job {job.id}: {job.state.value}")


def outcome_of(job: Job) -> str:
    """Return what came of a job, in words."""
    if job.state is not JobState.DONE:
        return job.error
    if job.kind is JobKind.SCREEN_CASE:
        return word("cell", "screened anew" if job.result.get("changed") else "nothing new")
    return reading_of(job)


def reading_of(job: Job) -> str:
    """Return what was found in a document, in words; where it was not read yet, how that stands."""
    if job.state is not JobState.DONE:
        return word("cell", f"reading: {name('jobs.state', job.state.value)} {job.error}".strip())
    found = job.result
    provisions = sum(found["provisions"].values())
    tongues = ", ".join(found["languages"]) or word("cell", "no text")
    words = f"{tongues}; {counted(found['sentences'], 'sentence')}, {counted(provisions, 'provision')}"
    return "; ".join([words, *(f"{one['severity']}: {one['message']}" for one in found["problems"])])
