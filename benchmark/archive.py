"""Read the White House pages into a fresh register and ask it: speed, memory, size, searches.

    python benchmark/archive.py                all pages (125 million characters)
    python benchmark/archive.py --pages 500    an even sample of the pages
    python benchmark/archive.py --lines 50     and a random sample of the lines found, for a human eye

The lexicon is loaded beforehand. CPU seconds are user and system time of this process and the processes it
waited for. The peak of memory is the operating system's figure for the whole run, this script included.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from annotated import shared_folder
from dragoman.lexicon import load_lexicon
from dragoman.model import Entry, Query, ReadOutcome
from dragoman.workspace import Workspace

PAGES = Path("corpus") / "white-house" / "pages.jsonl.gz"
SEED = 20261125
REPEATS = 5
QUERIES = (
    "the", "will", "shall", "president", "United States", "U.S.", "artificial intelligence", "export controls",
    "supply chain", "semiconductors", "within 180 days", "Secretary of Commerce", "quantum",
    "memorandum of understanding", "critical minerals", "Open RAN", "heliophysics", "gallium", "Wassenaar",
    "no-such-word-anywhere",
)  # fmt: skip
"""From words that stand in nearly every sentence to words that stand in a few or none."""


@dataclass(frozen=True, slots=True)
class Step:
    """One page read; what was measured, without the document, so that memory is the workspace's own."""

    characters: int
    cpu: float
    wall: float
    name: str
    sentences: int
    provisions: int
    failure: str


@dataclass(slots=True)
class Run:
    """What was measured while reading."""

    steps: list[Step] = field(default_factory=list)

    def rate(self, steps: Sequence[Step]) -> float:
        """Return characters per CPU-second of some steps."""
        return sum(step.characters for step in steps) / max(sum(step.cpu for step in steps), 1e-9)

    def tenths(self) -> Iterator[float]:
        """Yield the rate of each tenth of the characters, in reading order."""
        share = sum(step.characters for step in self.steps) / 10
        tenth: list[Step] = []
        done = 0
        for step in self.steps:
            tenth.append(step)
            done += step.characters
            if done >= share:
                yield self.rate(tenth)
                tenth, done = [], done - int(share)
        if len(tenth) > len(self.steps) // 20:
            yield self.rate(tenth)


def cpu_seconds() -> float:
    """Return the CPU time of this process and of the children it waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def peak_megabytes() -> tuple[float, float]:
    """Return the peak resident memory of this process and of its largest child."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_maxrss / 1024, children.ru_maxrss / 1024


def sample_of(source: Path, pages: int, folder: Path) -> tuple[Path, list[int]]:
    """Return the file to read, and the characters of each page in it; an even sample where `pages` is not 0."""
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        lengths = [len(json.loads(line)["text"]) for line in lines]
    if not pages or pages >= len(lengths):
        return source, lengths
    chosen = {round(place * (len(lengths) - 1) / max(pages - 1, 1)) for place in range(pages)}
    target = folder / "pages.jsonl.gz"
    with gzip.open(source, "rt", encoding="utf-8") as lines, gzip.open(target, "wt", encoding="utf-8") as kept:
        kept.writelines(line for place, line in enumerate(lines) if place in chosen)
    return target, [lengths[place] for place in sorted(chosen)]


def step_of(outcome: ReadOutcome, characters: int, cpu: float, wall: float) -> Step:
    """Return what is kept of a page."""
    failed = outcome.status == "failed"
    return Step(
        characters,
        cpu,
        wall,
        outcome.doc or outcome.source,
        outcome.sentences,
        sum(outcome.provisions.values()),
        "; ".join(problem.message for problem in outcome.problems) if failed else "",
    )


def read_all(workspace: Workspace, source: Path, lengths: list[int]) -> Run:
    """Read the pages and note the time of each."""
    run = Run()
    cpu, wall = cpu_seconds(), time.perf_counter()
    for place, outcome in enumerate(workspace.read([str(source)])):
        now_cpu, now_wall = cpu_seconds(), time.perf_counter()
        characters = lengths[place] if place < len(lengths) else 0
        run.steps.append(step_of(outcome, characters, now_cpu - cpu, now_wall - wall))
        cpu, wall = now_cpu, now_wall
    return run


def print_reading(run: Run, pages: int) -> None:
    """Print speed, failures and the slowest pages."""
    steps = run.steps
    characters = sum(step.characters for step in steps)
    cpu, wall = sum(step.cpu for step in steps), sum(step.wall for step in steps)
    provisions = sum(step.provisions for step in steps)
    failed = [step for step in steps if step.failure]
    print(f"pages read                {len(steps):12,} of {pages:,}, {len(failed)} failed")
    print(f"characters                {characters:12,}")
    print(f"sentences, provisions     {sum(step.sentences for step in steps):12,} {provisions:,}")
    print(f"CPU seconds, wall seconds {cpu:12,.1f} {wall:,.1f}")
    print(f"characters per CPU-second {run.rate(steps):12,.0f}")
    tenths = list(run.tenths())
    print("  by tenth, in thousands  " + " ".join(f"{rate / 1000:.0f}" for rate in tenths))
    print(f"  last tenth / first      {tenths[-1] / tenths[0]:12.2f}")
    print("slowest pages (CPU seconds, characters)")
    for step in sorted(steps, key=lambda step: -step.cpu)[:3]:
        print(f"  {step.cpu:6.2f} {step.characters:10,}  {step.name}")
    for step in failed[:5]:
        print(f"  failed: {step.failure.replace(str(shared_folder()), 'shared')}")


def print_size(folder: Path, characters: int) -> None:
    """Print the size of the workspace's files."""
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    print(f"register on disk          {size / 1e6:12,.0f} MB, {size / max(characters, 1):.1f} bytes a character")


def print_searches(workspace: Workspace) -> None:
    """Print how long a first page of hits with its count takes."""
    print(f"searches, first page and count, milliseconds (median of {REPEATS})")
    medians = []
    for query in QUERIES:
        times = []
        for _ in range(REPEATS):
            began = time.perf_counter()
            page = workspace.search(query)
            times.append((time.perf_counter() - began) * 1000)
        medians.append(statistics.median(times))
        print(f"  {medians[-1]:8.1f} first {times[0]:8.1f}  {page.total:9,} hits  {query}")
    print(f"  median {statistics.median(medians):.1f}, slowest {max(medians):.1f}")


def print_sample(workspace: Workspace, count: int) -> None:
    """Print lines of the register, drawn at random with a fixed seed."""
    drawn: list[Entry] = []
    generator = random.Random(SEED)  # noqa: S311 - a sample, not a secret
    for place, entry in enumerate(workspace.export(Query())):
        if len(drawn) < count:
            drawn.append(entry)
        elif (slot := generator.randrange(place + 1)) < count:
            drawn[slot] = entry
    for entry in drawn:
        line = entry.provision
        print(f"\n{line.doc} {line.start}-{line.end} {line.kind.value} force {line.force} [{line.trigger}]")
        print(f"  {', '.join(line.actors)} > {', '.join(line.counterparties)} | {line.confidence:.2f}")
        print(f"  ...{line.quote.prefix}[[{line.quote.exact}]]{line.quote.suffix}...".replace("\n", " "))


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=0, help="read an even sample of this many pages")
    parser.add_argument("--lines", type=int, default=0, help="print this many lines of the register at random")
    options = parser.parse_args()
    source = shared_folder() / PAGES
    if not source.is_file():
        message = f"{source} is not there; set DRAGOMAN_SHARED to the folder of the real texts."
        raise SystemExit(message)
    load_lexicon()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        chosen, lengths = sample_of(source, options.pages, folder)
        with Workspace.open(folder / "workspace") as workspace:
            run = read_all(workspace, chosen, lengths)
            print_reading(run, len(lengths))
            print("peak memory               {:12,.0f} MB, largest child {:,.0f} MB".format(*peak_megabytes()))
            print_size(folder / "workspace", sum(lengths))
            print_searches(workspace)
            print_sample(workspace, options.lines)


if __name__ == "__main__":
    main()
