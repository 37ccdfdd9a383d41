"""Fuzz what reads the files and texts of others, guided by coverage (atheris, libFuzzer).

    python benchmark/fuzz.py                       every target for a while
    python benchmark/fuzz.py --seconds 600 --target html --target lists
    python benchmark/fuzz.py --target html --input FILE    one input again, with the traceback

Each target runs in a process of its own in the benchmark environment, dragoman watched branch by branch. An
exception is a crash, an input that takes more than `SLOW` CPU-seconds a hang; of each kind of crash (its type and
its last line of ours) the first input is kept in the folder that is printed. The seed is printed. Exits with 1
where anything was found.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
import traceback
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from fuzz_targets import TARGETS, Check

FOLDER = Path(__file__).resolve().parent
SOURCE = FOLDER.parent / "src"
BENCH_PYTHON = FOLDER.parent / ".venv-bench" / "bin" / "python"
SEED = 20261126
SLOW = 10.0
"""CPU-seconds of an input that hangs; the inputs are a few kilobytes."""
ENDLESS = 60
"""Seconds after which a process is ended."""
LONGEST = 8192
"""Bytes of an input."""
PROGRESS = re.compile(r"cov: (\d+) ft: (\d+)")
DONE = re.compile(r"stat::number_of_executed_units: *(\d+)")
SHOWN = ("target", "executions", "edges", "features", "crashes", "hangs")


@dataclass(slots=True)
class Watched:
    """Runs a check and keeps what went wrong.

    Attributes:
        check: of the target.
        folder: where inputs are kept.
        found: kinds of faults with the file of the first input.
    """

    check: Check
    folder: Path
    found: dict[str, str] = field(default_factory=dict)

    def __call__(self, data: bytes) -> None:
        """Run one input."""
        start = time.process_time()
        try:
            self.check(data)
        except Exception as fault:  # noqa: BLE001 - any exception is what is looked for
            self._keep(f"crash: {type(fault).__name__} at {last_line(fault)}", data)
        if time.process_time() - start > SLOW:
            self._keep("hang: slow", data)

    def _keep(self, kind: str, data: bytes) -> None:
        if kind not in self.found:
            path = self.folder / f"{len(self.found)}.bin"
            path.write_bytes(data)
            self.found[kind] = str(path)
            (self.folder / "found.json").write_text(json.dumps(self.found))


def last_line(fault: Exception) -> str:
    """Return the file and line of ours where an exception came from."""
    ours = [frame for frame in traceback.extract_tb(fault.__traceback__) if "dragoman" in frame.filename]
    return f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "the target"


def fuzz_here(name: str, folder: Path, seconds: int, seed: int) -> None:
    """Fuzz one target in this process, which ends with it."""
    import atheris  # type: ignore[import-untyped]  # noqa: PLC0415 - only in the benchmark environment

    with atheris.instrument_imports(include=["dragoman"]):
        check = TARGETS[name].prepare()
        for data in TARGETS[name].seeds:
            check(data)  # what is loaded when it is first needed is loaded here, and watched
    corpus = folder / "corpus"
    corpus.mkdir()
    for number, data in enumerate(TARGETS[name].seeds):
        (corpus / str(number)).write_bytes(data)
    options = [
        f"-max_total_time={seconds}",
        f"-seed={seed}",
        f"-timeout={ENDLESS}",
        f"-max_len={LONGEST}",
        f"-artifact_prefix={folder}/",
        "-rss_limit_mb=2500",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus)], Watched(check, folder))
    atheris.Fuzz()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came out of a target.

    Attributes:
        target: its name.
        executions: inputs tried.
        edges, features: branches of ours reached, and combinations of them, as libFuzzer counts.
        crashes, hangs: kinds of them.
        kept: kinds with a file each.
    """

    target: str
    executions: int
    edges: int
    features: int
    crashes: int
    hangs: int
    kept: dict[str, str]


def fuzz(name: str, options: argparse.Namespace) -> Outcome:
    """Return what fuzzing one target gives, in a process of its own."""
    folder = Path(tempfile.mkdtemp(prefix=f"fuzz-{name}-"))
    command = [str(BENCH_PYTHON), __file__, "--inside", str(folder), "--target", name]
    command += ["--seconds", str(options.seconds), "--seed", str(options.seed)]
    run = subprocess.run(
        command, capture_output=True, text=True, errors="replace", check=False, env={"PYTHONPATH": str(SOURCE)}
    )
    kept: dict[str, Any] = {}
    if (folder / "found.json").exists():
        kept = json.loads((folder / "found.json").read_text())
    kept |= {f"hang: {path.name}": str(path) for path in folder.glob("timeout-*")}
    kept |= {f"crash: {path.name}": str(path) for path in (*folder.glob("crash-*"), *folder.glob("oom-*"))}
    reached = PROGRESS.findall(run.stderr)
    if not reached:
        sys.exit(f"{name}: the fuzzer did not start\n{run.stderr[-2000:]}")
    done = DONE.search(run.stderr)
    hangs = sum(kind.startswith("hang") for kind in kept)
    edges, features = map(int, reached[-1])
    return Outcome(name, int(done[1]) if done else 0, edges, features, len(kept) - hangs, hangs, kept)


def arguments() -> argparse.Namespace:
    """Return the command's options."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seconds", type=int, default=60, help="of each target")
    parser.add_argument("--target", action="append", choices=TARGETS, help="only these; else all")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--input", type=Path, help="run one input of one target, and show what it raises")
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> None:
    """Fuzz and print a table."""
    options = arguments()
    names = options.target or list(TARGETS)
    if options.inside:
        fuzz_here(names[0], options.inside, options.seconds, options.seed)
    if options.input:
        TARGETS[names[0]].prepare()(options.input.read_bytes())
        return
    if not BENCH_PYTHON.exists():
        sys.exit("Fuzzing needs the benchmark environment: make bench-setup.")
    print(f"seed {options.seed}, {options.seconds} seconds a target")
    print("| " + " | ".join(SHOWN) + " |")
    print("|---|" + "---|" * (len(SHOWN) - 1))
    found = False
    for name in names:
        outcome = fuzz(name, options)
        values = asdict(outcome)
        print("| " + " | ".join(str(values[column]) for column in SHOWN) + " |", flush=True)
        for kind, path in outcome.kept.items():
            found = True
            print(f"  {kind}, kept as {path}")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
