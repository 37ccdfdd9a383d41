"""Characters per CPU-second from text to provisions, against spaCy's small English pipeline and the floor.

    make bench-speed                                              both, in one run
    python benchmark/speed.py                                     without spaCy
    python benchmark/speed.py --spacy .venv-bench/bin/python      spaCy in its own environment

The texts are the English texts of the corpus; the Chinese ones, with those written for the annotations, are
measured beside them. Everything runs in one thread and is measured in CPU
time of its process; loading the lexicon and the model is not counted. Both sides read the same texts in the same
run, spaCy with its whole default pipeline, some rounds each, of which the best counts: what either keeps from one
text for the next (spaCy its strings, dragoman its frequent words) is warm for both. Our first round, with nothing
kept yet, is printed beside it. The floor is what no reader of sentences can go below: cutting the text into
sentences and finding the lexicon's phrases in it, nothing else.

The shares of the rooms come from a further round with a clock around each room, the best of some too.
An interpreter that was built without optimizations slows our Python by a fifth to a third and not spaCy's compiled
code (the one of Debian is built with them, one built by hand mostly without); its build is printed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from annotated import shared_folder
from dragoman.extract import Extractor, extractor, fields
from dragoman.extract.en import English
from dragoman.extract.zh import Chinese
from dragoman.lexicon import Lexicon, fold, load_lexicon
from dragoman.model import Language
from dragoman.read import read_text
from dragoman.read.chinese import chinese_spans
from dragoman.read.english import english_spans

FOLDERS = ("corpus", "corpus/ttc", "corpus/ransomware", "corpus/parallel")
OWN_TEXTS = Path(__file__).with_name("annotations")
SCRIPT = Path(__file__).with_name("spacy_pipeline.py")
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"), "1")


READ, MATCH, PROPOSE, BUILD = "read (structure, sentences)", "match (lexicon, views)", "propose (grammar)", "build"
ROOMS: Mapping[str, tuple[tuple[Any, str], ...]] = {
    PROPOSE: tuple((grammar, step) for grammar in (English, Chinese) for step in ("read_ahead", "propose")),
    "who (actors, counterparties)": ((fields, "parties_of"),),
    "what (tags)": ((fields, "all_tags"),),
    "when, if, how much": ((fields, "times_of"),),
    "legalization": ((fields, "profiles_of"),),
    "confidence": ((fields, "confidences_of"),),
    BUILD: ((extractor.Builder, "build"),),
}
"""The functions in which each room's time is spent; none calls another's."""


def english_texts() -> dict[str, str]:
    """Return the English texts by name."""
    files = [file for folder in FOLDERS for file in sorted((shared_folder() / folder).glob("*.en.txt"))]
    if not files:
        message = "The real texts are not beside this checkout; set DRAGOMAN_SHARED to their folder."
        raise SystemExit(message)
    return {file.stem: file.read_bytes().decode("utf-8") for file in files}


def chinese_texts() -> dict[str, str]:
    """Return the Chinese texts by name: laws and an order, and those written for the annotations."""
    real = sorted((shared_folder() / "corpus").glob("**/*.zh.txt"))
    own = sorted(OWN_TEXTS.glob("held-zh-*.txt"))
    return {file.stem: file.read_bytes().decode("utf-8") for file in (*real, *own)}


def best(rounds: int, work: Callable[[], object]) -> float:
    """Return the least CPU seconds of some rounds of work."""
    seconds = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        seconds.append(time.process_time() - began)
    return min(seconds)


def floor(texts: dict[str, str], lexicon: Lexicon, language: Language) -> None:
    """Cut sentences and find phrases."""
    for text in texts.values():
        SPANS[language](text, 0, len(text))
        folded = fold(text)
        for matcher in (lexicon.names, lexicon.terms, lexicon.cues[language].matcher):
            matcher.find(text, folded)


SPANS = {Language.EN: english_spans, Language.ZH: chinese_spans}


def read_and_extract(texts: dict[str, str], ours: Extractor) -> None:
    """Do all of it: from texts to provisions."""
    for name, text in texts.items():
        ours.extract(read_text(text, slug=name))


@contextmanager
def clocked(spent: defaultdict[str, float]) -> Iterator[None]:
    """Note the CPU seconds spent in each room."""
    with ExitStack() as stack:
        for room, functions in ROOMS.items():
            for owner, name in functions:
                stack.enter_context(patch.object(owner, name, timed(getattr(owner, name), room, spent)))
        yield


def timed(function: Callable[..., Any], room: str, spent: defaultdict[str, float]) -> Callable[..., Any]:
    """Return a function that notes the CPU seconds it takes."""

    def run(*values: Any, **named: Any) -> Any:  # noqa: ANN401 - stands for any function
        began = time.process_time()
        result = function(*values, **named)
        spent[room] += time.process_time() - began
        return result

    return run


def rooms_of(texts: dict[str, str], ours: Extractor, rounds: int) -> dict[str, float]:
    """Return the CPU seconds of each room in the round that took the least."""
    documents = [read_text(text, slug=name) for name, text in texts.items()]
    read = best(rounds, lambda: [read_text(text, slug=name) for name, text in texts.items()])
    found: list[tuple[float, dict[str, float]]] = []
    for _ in range(rounds):
        spent: defaultdict[str, float] = defaultdict(float)
        with clocked(spent):
            began = time.process_time()
            for document in documents:
                ours.extract(document)
            whole = time.process_time() - began
        found.append((whole, shares(spent, whole)))
    return {READ: read, **min(found, key=lambda pair: pair[0])[1]}


def shares(spent: Mapping[str, float], whole: float) -> dict[str, float]:
    """Return the seconds of each room after reading: matching is what no other room takes."""
    return {MATCH: whole - sum(spent.values()), **{room: spent.get(room, 0.0) for room in ROOMS}}


def spacy_rate(python: Path, texts: dict[str, str], rounds: int) -> dict[str, float | str]:
    """Return what spacy_pipeline.py prints in its own environment."""
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(list(texts.values()), file)
        file.flush()
        command = [str(python), str(SCRIPT), file.name, str(rounds)]
        environment = {**os.environ, **ONE_THREAD}
        printed = subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout
    result: dict[str, float | str] = json.loads(printed)
    return result


def print_rooms(rooms: Mapping[str, float], lowest: float) -> None:
    """Print each room's share of the time, and its time as a multiple of the floor."""
    whole = sum(rooms.values())
    for room, seconds in rooms.items():
        print(f"  {room:<30}{seconds:8.3f} s {seconds / whole:6.1%} {seconds / lowest:6.2f} floors")


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--spacy", type=Path, help="the Python of the environment that has spaCy")
    parser.add_argument("--rounds", type=int, default=3, help="rounds, of which the best counts")
    options = parser.parse_args()
    ours = Extractor(load_lexicon())
    print(f"CPU seconds, best of {options.rounds} rounds")
    print(f"Python {platform.python_version()} ({platform.python_compiler()}, build {platform.python_build()[0]})")
    texts = english_texts()
    rate = measured("English", texts, ours, Language.EN, options.rounds)
    if options.spacy:
        spacy = spacy_rate(options.spacy, texts, options.rounds)
        peer = sum(map(len, texts.values())) / float(spacy["seconds"])
        print(f"{spacy['name']!s:<32}{peer:12,.0f} characters per CPU-second")
        print(f"  dragoman is {rate / peer:.1f} times as fast")
    measured("Chinese", chinese_texts(), ours, Language.ZH, options.rounds)


def measured(name: str, texts: dict[str, str], ours: Extractor, language: Language, rounds: int) -> float:
    """Print the speed on the texts of a language, and the rooms; return characters per CPU-second."""
    characters = sum(map(len, texts.values()))
    first = best(1, lambda: read_and_extract(texts, ours))
    seconds = best(rounds, lambda: read_and_extract(texts, ours))
    lowest = best(rounds, lambda: floor(texts, ours.lexicon, language))
    print(f"{len(texts)} {name} texts, {characters:,} characters")
    print(f"{'dragoman, text to provisions':<32}{characters / seconds:12,.0f} characters per CPU-second")
    print(f"{'  first round, nothing kept yet':<32}{characters / first:12,.0f} characters per CPU-second")
    print_rooms(rooms_of(texts, ours, rounds), lowest)
    print(f"{'floor, sentences and lexicon':<32}{characters / lowest:12,.0f} characters per CPU-second")
    print(f"  dragoman takes {seconds / lowest:.1f} times the floor")
    return characters / seconds


if __name__ == "__main__":
    main()
