"""The termbase with many concepts: import, search, pages, versions, the lint; time and memory.

    python benchmark/termbase.py --concepts 100000

Concepts are made of syllables and characters at random, seeded. CPU seconds are those of this process.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from dragoman.model import Language
from dragoman.model.term import Concept, Definition, Term, TermQuery, TermUse
from dragoman.termbank import Termbank
from dragoman.terms.tbx_write import as_tbx
from dragoman.workspace import Workspace

SYLLABLES = (
    "ka",
    "lo",
    "mi",
    "ter",
    "son",
    "pra",
    "dil",
    "vex",
    "tion",
    "ment",
    "qua",
    "res",
    "fol",
    "gur",
    "hes",
)
CHARACTERS = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动"
    "同工也能下过子说产种面而方后多定行学法所民得经"
)
KIB = 1024


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--concepts", type=int, default=100_000)
    number = parser.parse_args().concepts
    with TemporaryDirectory() as folder:
        path = Path(folder) / "many.tbx"
        timed(f"write TBX, {number:,} concepts", lambda: write(path, number))
        print(f"{'TBX':<40} {path.stat().st_size / 1e6:8.1f} MB")
        with Workspace.open(Path(folder) / "workspace") as workspace:
            measure(workspace.termbank, path, Path(folder))
    print(f"{'largest memory':<40} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB:8.0f} MB")


def write(path: Path, number: int) -> None:
    """Write concepts as TBX."""
    with path.open("wb") as stream:
        for piece in as_tbx(made(number), "Many", "own"):
            stream.write(piece)


def measure(bank: Termbank, path: Path, folder: Path) -> None:
    """Print the figures of one termbase."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    timed("import", lambda: bank.import_file(path, by="bench"))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / KIB
    print(f"{'memory that the import took':<40} {grown:8.0f} MB")
    middle = bank.find(TermQuery(limit=1)).total // 2
    for name, query in (
        ("first page", TermQuery()),
        ("page in the middle", TermQuery(offset=middle)),
        ("search, English", TermQuery("kalomi")),
        ("search, Chinese", TermQuery("国我")),
        ("search that finds nothing", TermQuery("zzzz")),
    ):
        timed(name, lambda query=query: bank.find(query))  # type: ignore[misc]
    timed("publish", lambda: bank.publish(by="bench"))
    timed("import again, nothing new", lambda: bank.import_file(path, by="bench"))
    timed("export TBX", lambda: sum(map(len, bank.write("tbx"))))
    text = folder / "draft.txt"
    words = [concept.terms[0].text for concept in bank.find(TermQuery(limit=500)).concepts]
    text.write_text("\n".join(f"The parties discussed {word}." for word in words) + "\n", encoding="utf-8")
    timed("lint, the first", lambda: bank.lint([str(text)]))
    timed("lint, the next", lambda: bank.lint([str(text)]))


def timed(name: str, act: Callable[[], object]) -> None:
    """Print how long something takes."""
    wall, cpu = time.perf_counter(), time.process_time()
    act()
    print(f"{name:<40} {time.perf_counter() - wall:8.2f} s {time.process_time() - cpu:8.2f} s CPU", flush=True)


def made(number: int) -> Iterator[Concept]:
    """Yield concepts, the same each time."""
    chance = random.Random(5)  # noqa: S311 - seeded on purpose
    for index in range(number):
        english = " ".join("".join(chance.choices(SYLLABLES, k=3)) for _ in range(2))
        chinese = "".join(chance.choices(CHARACTERS, k=6))
        terms = (
            Term(english, Language.EN),
            Term(f"{english} system", Language.EN, TermUse.ADMITTED),
            Term(chinese, Language.ZH),
        )
        definition = Definition(f"Thing number {index} of the list.", Language.EN)
        yield Concept(f"c{index}", terms, (definition,), subjects=("things",))


if __name__ == "__main__":
    main()
