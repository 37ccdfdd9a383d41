"""Results of a batch: a summary for the screen, JSON lines or CSV for other tools, written as they come."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.cli.exporting import target
from dragoman.cli.findings import CLOSED, LOOKS, file_problem
from dragoman.cli.session import EXIT_OK, EXIT_PROBLEMS, console, say
from dragoman.cli.tables import counted, styled
from dragoman.model import Result, Verdict

if TYPE_CHECKING:
    from dragoman.checking import BatchResult
    from dragoman.model.screened import CheckedParties

REFUSED = "refused"
LISTED = (Result.NOT_MET, Result.CONFLICT, Result.UNKNOWN)
COLUMNS = ("line", "id", "outcome", *LISTED, "met", "not applicable", "missing", "problems", "hits")
OPEN_HITS = "with a hit that nobody cleared"


def show_batch(results: Iterable[BatchResult], form: str, output: Path | None) -> int:
    """Write results as they come; return 0 where every case is met or not applicable and no hit open, else 1."""
    tally: Counter[str] = Counter()
    if form == "text":
        for result in seen(results, tally):
            for problem in result.problems:
                console().print(file_problem(problem))
    else:
        with target(output) as stream:
            for piece in (as_csv if form == "csv" else as_jsonl)(seen(results, tally)):
                stream.write(piece)
    summarise(tally)
    return EXIT_OK if set(+tally) <= {one.value for one in CLOSED} else EXIT_PROBLEMS


def seen(results: Iterable[BatchResult], tally: Counter[str]) -> Iterator[BatchResult]:
    """Yield the results and count their outcomes."""
    for result in results:
        tally[result.outcome.value if result.outcome else REFUSED] += 1
        tally[OPEN_HITS] += open_hits(result.parties)
        yield result


def summarise(tally: Counter[str]) -> None:
    """Say how many cases came out how."""
    out = console(stderr=True)
    for name in (*(result.value for result in Result), REFUSED):
        if tally[name]:
            look = LOOKS[Result(name)] if name != REFUSED else "bold red"
            out.print(styled(f"{tally[name]:>9,}  ", "bold").append(name, style=look))
    if tally[OPEN_HITS]:
        out.print(styled(f"{tally[OPEN_HITS]:>9,}  ", "bold").append(OPEN_HITS, style="bold red"))
    say(counted(tally.total() - tally[OPEN_HITS], "case"))


def as_jsonl(results: Iterable[BatchResult]) -> Iterator[bytes]:
    """Yield one JSON object a case."""
    from dragoman.checking import result_to_row  # noqa: PLC0415 - slow to load

    for result in results:
        yield (json.dumps(result_to_row(result), ensure_ascii=False) + "\n").encode()


def as_csv(results: Iterable[BatchResult]) -> Iterator[bytes]:
    """Yield a table in UTF-8 without byte order mark."""
    yield csv_line(COLUMNS)
    for result in results:
        yield csv_line(
            [
                result.line,
                result.id,
                result.outcome.value if result.outcome else REFUSED,
                *(named(result, which) for which in LISTED),
                result.met,
                result.aside,
                "; ".join(result.missing),
                " ".join(problem.message for problem in result.problems),
                "; ".join(hits_of(result)),
            ]
        )


def named(result: BatchResult, which: Result) -> str:
    """Return the rules of a case with some result, with their subjects."""
    found = (one for one in result.findings if one.result is which)
    return "; ".join(f"{one.rule} @ {one.subject}" if one.subject else one.rule for one in found)


def hits_of(result: BatchResult) -> Iterator[str]:
    """Yield the hits of the parties of a case in words: party, list, entry, listed name, score, decision."""
    for party in result.parties.parties if result.parties else ():
        for hit in party.screening.hits if party.screening else ():
            decided = f", {hit.decision.verdict.value}" if hit.decision else ""
            entry = hit.entry
            yield f"{party.party.name} = {hit.name} ({entry.list} {entry.id}, {hit.score:.2f}{decided})"


def open_hits(parties: CheckedParties | None) -> bool:
    """Return whether a party has a hit that nobody cleared."""
    screenings = [one.screening for one in parties.parties if one.screening] if parties else []
    decisions = [hit.decision for screening in screenings for hit in screening.hits]
    return any(one is None or one.verdict is not Verdict.CLEARED for one in decisions)


def csv_line(cells: Iterable[object]) -> bytes:
    """Return cells as a line of CSV."""
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue().encode()
