"""Read an even sample of the White House pages in bulk: rate, CPU time, memory, and what a collection would cost.

    python benchmark/bulk.py                       3,000 pages by one and by two processes
    python benchmark/bulk.py --pages 500 --spark .venv-spark/bin/python   and by Spark, two executors
    python benchmark/bulk.py --price 0.05          dollars for an hour of one core

Each run is a command of its own, with its start. CPU seconds and memory are summed over the command and all
processes below it, those of Spark among them, looked at four times a second; the memory is the largest such sum.

The table of costs rests on one formula: core hours = characters / (characters per CPU-second x 3,600), from the
rate of two processes; hours = core hours / cores; cost = core hours x price. One GB is 10^9 characters.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotated import shared_folder
from archive import PAGES, sample_of

CLUSTER = "local-cluster[2,1,1024]"
LOOK = 0.25
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
VOLUMES = (("1 GB", 1e9), ("100 GB", 1e11), ("10 TB", 1e13))
CORES = (8, 64, 512)
USER, RESIDENT = 11, 21
"""Fields of /proc/PID/stat behind the name: CPU time of the user (that of the system follows), memory in pages."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took.

    Attributes:
        name: engine and workers.
        characters: read.
        wall, cpu: seconds.
        memory: peak of all processes, MB.
        written: bytes of the tables.
        rows: of the tables.
    """

    name: str
    characters: int
    wall: float
    cpu: float
    memory: float
    written: int
    rows: str

    def line(self) -> str:
        """Return the run as a row of the table."""
        rates = f"{self.characters / self.wall:>11,.0f}{self.characters / self.cpu:>11,.0f}"
        sizes = f"{self.memory:>8,.0f}{self.written / self.characters:>8.2f}"
        return f"{self.name:<28}{self.wall:>8.1f}{self.cpu:>8.1f}{rates}{sizes}  {self.rows}"


def family(root: int) -> Iterator[int]:
    """Yield a process and all below it."""
    yield root
    for task in Path(f"/proc/{root}/task").glob("*/children"):
        try:
            below = task.read_text(encoding="ascii").split()
        except OSError:
            continue
        for child in below:
            yield from family(int(child))


class Watch:
    """Sums what a process and all below it use.

    Attributes:
        peak: largest resident memory together, MB.
    """

    def __init__(self, root: int) -> None:
        self._root = root
        self._ticks: dict[int, int] = {}
        self.peak = 0.0

    @property
    def cpu(self) -> float:
        """CPU seconds of all processes seen."""
        return sum(self._ticks.values()) / TICKS

    def look(self) -> None:
        """Look at every process once."""
        total = 0
        for process in family(self._root):
            try:
                fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
                total += int(fields[RESIDENT]) * PAGE
                self._ticks[process] = int(fields[USER]) + int(fields[USER + 1])
            except (OSError, IndexError):
                continue
        self.peak = max(self.peak, total / 1e6)


def measured(name: str, command: Sequence[str], output: Path, characters: int) -> Run:
    """Run a command and return what it took."""
    started = time.monotonic()
    with tempfile.TemporaryFile("w+") as told:
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=told)
        watch = Watch(running.pid)
        while running.poll() is None:
            watch.look()
            time.sleep(LOOK)
        if running.returncode not in {0, 1}:
            told.seek(0)
            raise SystemExit(told.read())
    wall = time.monotonic() - started
    rows = json.loads((output / "manifest.json").read_text(encoding="utf-8"))["rows"]
    written = sum(path.stat().st_size for path in output.rglob("*.parquet"))
    shown = f"{rows['documents']:,} / {rows['provisions']:,} / {rows['failures']:,}"
    return Run(name, characters, wall, watch.cpu, watch.peak, written, shown)


def command(python: str, source: Path, output: Path, *options: str) -> list[str]:
    """Return the command line of a run."""
    return [python, "-m", "dragoman", "bulk", "read", str(source), str(output), *options]


def print_costs(rate: float, price: float) -> None:
    """Print what collections cost at a rate of characters per CPU-second."""
    print(f"\nCost at {rate:,.0f} characters per CPU-second and {price:.3f} dollars for an hour of a core")
    print(
        f"{'collection':<12}{'core hours':>12}"
        + "".join(f"{f'on {cores} cores':>16}" for cores in CORES)
        + f"{'dollars':>12}"
    )
    for name, characters in VOLUMES:
        hours = characters / rate / 3600
        times = "".join(f"{span(hours / cores):>16}" for cores in CORES)
        print(f"{name:<12}{hours:>12,.1f}{times}{hours * price:>12,.2f}")


def span(hours: float) -> str:
    """Return hours as a person says them."""
    if hours < 1:
        return f"{hours * 60:.1f} minutes"
    return f"{hours:.1f} hours" if hours < 48 else f"{hours / 24:.1f} days"


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=3000)
    parser.add_argument("--spark", type=Path, help="interpreter of an environment with PySpark")
    parser.add_argument("--price", type=float, default=0.05, help="dollars for an hour of one core")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        source, lengths = sample_of(shared_folder() / PAGES, options.pages, folder)
        characters = sum(lengths)
        busy = f"{os.cpu_count()} processors, load average {os.getloadavg()[0]:.1f} before the run"
        print(f"{len(lengths):,} pages, {characters:,} characters; {busy}")
        heads = f"{'wall s':>8}{'CPU s':>8}{'chars/s':>11}{'chars/CPU-s':>11}{'MB':>8}{'B/char':>8}"
        print(f"{'engine':<28}{heads}  documents / provisions / failures", flush=True)
        runs = []
        for workers in (1, 2):
            output = folder / f"processes-{workers}"
            words = command(sys.executable, source, output, "--workers", str(workers), "--part-megabytes", "1")
            runs.append(measured(f"processes, {workers}", words, output, characters))
            print(runs[-1].line(), flush=True)
        if options.spark:
            output = folder / "spark"
            words = command(str(options.spark), source, output, "--engine", "spark", "--master", CLUSTER)
            print(measured(f"spark, {CLUSTER}", words, output, characters).line(), flush=True)
        print_costs(characters / runs[-1].cpu, options.price)


if __name__ == "__main__":
    main()
