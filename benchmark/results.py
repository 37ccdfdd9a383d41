"""Run benchmarks and put what they print into benchmark/RESULTS.md, and the main figures into README.md.

python benchmark/results.py                    every section but the slow ones, archive and screening
python benchmark/results.py archive            this section only; the others stay as they are
python benchmark/results.py archive --from F   the same, from a file with the output of an earlier run
"""

from __future__ import annotations

import argparse
import platform
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
TARGET = FOLDER / "RESULTS.md"
BENCH_PYTHON = FOLDER.parent / ".venv-bench" / "bin" / "python"
README = FOLDER.parent / "README.md"
HEAD = """# Results

Written by `make results`, not by hand; [docs/benchmarks.md](../docs/benchmarks.md) says what is measured.
"""
FIGURES = re.compile(r"(?<=<!-- figures -->\n).*?(?=<!-- end -->)", re.DOTALL)
FIGURES_HEAD = """
| | lines | found (F1) | of the same kind | force exact | actors | deadlines | technologies | instruments |
|---|---|---|---|---|---|---|---|---|
"""
ROWS = (
    ("held2", "en", "English texts of which nobody who wrote the grammar has read more than five lines"),
    ("held-zh-3", "zh", "Chinese texts of our own words, their misses read once"),
    ("gold", "en", "English texts that it was written with"),
    ("gold", "zh", "Chinese texts that it was written with"),
)
SHOWN = (1, 4, 5, 6, 8, 9, 10)
"""Columns of `score.py` that the table shows, counted from the number of lines."""
TRAINED = 2
"""The last of them, which hang on weights that were trained on the annotated documents but the unseen ones."""
SUMS = r"^(?: +n |genre|language|all)"
TAGS = r"^\w|^ +(?:all|gold)(?:, (?:en|zh))? "
CHIPS = r"^chip|(?:seen|secondary|unverified)\*?$"
SECTION = re.compile(r"^## (\w[\w-]*)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the file.

    Attributes:
        say: what the figures are.
        target: the make target that prints them.
        command: script and options.
        keep: pattern of the lines that are kept.
        python: the interpreter that runs it.
    """

    say: str
    target: str
    command: tuple[str, ...]
    keep: str = ""
    python: Path = Path(sys.executable)


SECTIONS = {
    "gold": Section(
        "Ten annotated documents that the grammar was written with.", "score", ("score.py", "--set", "gold"), SUMS
    ),
    "own": Section("Our own annotations, read while writing.", "score-own", ("score.py", "--set", "own"), SUMS),
    "held": Section(
        "Annotated documents, held out at first and read afterwards.",
        "score-held",
        ("score.py", "--set", "held"),
        SUMS,
    ),
    "held2": Section(
        "Annotated documents of which nobody who writes the grammar has read more than five lines.",
        "score-unseen",
        ("score.py", "--set", "held2"),
        SUMS,
    ),
    "held-zh-3": Section(
        "Chinese texts in our own words; their misses were read once, to undo a loss.",
        "score-held-zh",
        ("score.py", "--set", "held-zh-3"),
        SUMS,
    ),
    "institutional-grammar": Section("Statements that others coded.", "score-ig", ("ig.py",)),
    "segmentation": Section("Gold spans that are exactly our sentences.", "segmentation", ("segmentation.py",)),
    "formats": Section("The same text in other file types.", "formats", ("formats.py",), "^all"),
    "chips": Section("The chips that rules look up.", "chips", ("chips.py",), CHIPS),
    "tags": Section(
        "Tags, each document weighed without itself, its triggers given.", "train", ("train.py", "tags"), TAGS,
        BENCH_PYTHON,
    ),
    "confidence": Section(
        "Confidence, each document weighed without itself.", "train", ("train.py", "lines"), python=BENCH_PYTHON
    ),
    "alliances": Section(
        "Who works with whom, beside what a reader found; and networkx.", "bench-alliances", ("alliances.py",)
    ),
    "alliances-speed": Section(
        "Matrix and network over a million provisions.", "bench-alliances", ("alliances.py", "--speed")
    ),
    "speed": Section("One thread, one run.", "bench-speed", ("speed.py", "--spacy", str(BENCH_PYTHON))),
    "screening": Section(
        "Names against the lists, beside a replica of yente's method.", "bench-screening", ("screening.py",)
    ),
    "lineage": Section(
        "Links and labels of annotated pairs of statements, beside TF-IDF cosines; the last four were never used.",
        "bench-lineage",
        ("lineage.py",),
        r"^\|",
    ),
    "lineage-left-out": Section(
        "Links, each pair and each series scored by a model trained and tuned without it.",
        "train-lineage",
        ("lineage_train.py",),
        r"^\|",
        BENCH_PYTHON,
    ),
    "export-controls": Section(
        "Provisions on export controls by meeting and target.", "bench-export-controls", ("export_controls.py",)
    ),
    "faults": Section("Faults tried, and what was lost.", "bench-faults", ("faults.py",)),
    "docket": Section(
        "A docket's pages beside a plain page of the framework; fifty users.", "bench-docket", ("docket.py",)
    ),
    "registers": Section(
        "A growing register: synthetic copies of real lines.", "bench-registers", ("registers.py",)
    ),
    "bulk": Section("Bulk reading, and what collections cost at that rate.", "bench-bulk", ("bulk.py",)),
    "archive": Section("The White House pages.", "bench-archive", ("archive.py",)),
}  # fmt: skip
SLOW = {"alliances-speed", "archive", "bulk", "registers", "faults", "screening"}


def output_of(section: Section) -> str:
    """Return what the section's command prints."""
    command = [str(section.python), str(FOLDER / section.command[0]), *section.command[1:]]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def written(section: Section, printed: str) -> str:
    """Return the text of a section."""
    kept = [line.rstrip() for line in printed.splitlines() if re.search(section.keep, line)]
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    where = f"Python {platform.python_version()}, {platform.machine()}"
    body = "\n".join(kept).strip("\n")
    return f"\n{section.say} `make {section.target}`, {day}, {where}.\n\n```text\n{body}\n```\n\n"


def earlier() -> dict[str, str]:
    """Return the sections that stand in the file."""
    return dict(SECTION.findall(TARGET.read_text(encoding="utf-8"))) if TARGET.is_file() else {}


def lines_of(sections: dict[str, str]) -> Iterator[str]:
    """Yield the parts of the file, the sections in their order."""
    yield HEAD
    for name in SECTIONS:
        if name in sections:
            yield f"\n## {name}\n{sections[name].rstrip()}\n"


def figures(sections: dict[str, str]) -> str:
    """Return the table of the main figures; a row without figures is left out."""
    rows = []
    for name, language, say in ROWS:
        found = re.search(rf"^language: {language} +(.+)$", sections.get(name, ""), re.MULTILINE)
        if found:
            cells = found[1].split()
            shown = [two_digits(cells[column]) for column in SHOWN]
            if name == "gold":
                shown[-TRAINED:] = [f"{cell}\\*" for cell in shown[-TRAINED:]]
            rows.append(f"| {say} | {cells[0]} | {' | '.join(shown)} |\n")
    left_out = re.findall(r"^(\w+): \d+ questions\n +all +(\S+)", sections.get("tags", ""), re.MULTILINE)
    unseen = ", ".join(f"{tags} {two_digits(figure)}" for tags, figure in left_out)
    note = f"\\* The weights of tags were trained on these texts; with each left out in turn: {unseen}.\n"
    return f"{FIGURES_HEAD}{''.join(rows)}\n{note}\n"


def two_digits(figure: str) -> str:
    """Return a figure between 0 and 1 with two digits."""
    return f"{float(figure):.2f}".removeprefix("0")


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "sections", nargs="*", choices=(*SECTIONS, []), metavar="section", help=", ".join(SECTIONS)
    )
    parser.add_argument("--from", dest="file", type=Path, help="take the output from this file")
    options = parser.parse_args()
    sections = earlier()
    for name in options.sections or [name for name in SECTIONS if name not in SLOW]:
        printed = options.file.read_text(encoding="utf-8") if options.file else output_of(SECTIONS[name])
        sections[name] = written(SECTIONS[name], printed)
        TARGET.write_text("".join(lines_of(sections)), encoding="utf-8")
        print(f"{name}: written")
    README.write_text(
        FIGURES.sub(lambda _: figures(sections), README.read_text(encoding="utf-8")), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
