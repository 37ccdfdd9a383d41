"""Characters per CPU-second from text to provisions, against spaCy's small English pipeline and the floor.

    make bench-speed                                              both, in one run
    python benchmark/speed.py                                     without spaCy
    python benchmark/speed.py --spacy .venv-bench/bin/python      spaCy in its own environment

The texts are the English texts of the gold and the corpus. Everything runs in one thread; loading the lexicon
and the model is not counted; the best of some rounds counts. The floor is what no reader of sentences
can go below: cutting the text into sentences and finding the lexicon's phrases in it, nothing else.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from annotated import shared_folder
from dragoman.extract import Extractor
from dragoman.extract.context import read_context
from dragoman.extract.view import views_of
from dragoman.lexicon import Lexicon, fold, load_lexicon
from dragoman.model import Document, Language
from dragoman.read import read_text
from dragoman.read.english import english_spans

FOLDERS = ("corpus", "corpus/ttc", "corpus/ransomware", "corpus/parallel")
SCRIPT = Path(__file__).with_name("spacy_pipeline.py")
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"), "1")


@dataclass(frozen=True, slots=True)
class Stages:
    """CPU seconds of each stage over all texts; each includes the ones before it."""

    read: float
    match: float
    propose: float
    extract: float


def english_texts() -> dict[str, str]:
    """Return the English texts by name."""
    files = [file for folder in FOLDERS for file in sorted((shared_folder() / folder).glob("*.en.txt"))]
    if not files:
        message = "The real texts are not beside this checkout; set DRAGOMAN_SHARED to their folder."
        raise SystemExit(message)
    return {file.stem: file.read_bytes().decode("utf-8") for file in files}


def best(rounds: int, work: Callable[[], object]) -> float:
    """Return the least CPU seconds of some rounds of work."""
    seconds = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        seconds.append(time.process_time() - began)
    return min(seconds)


def read_all(texts: dict[str, str]) -> list[Document]:
    """Return the documents of the texts."""
    return [read_text(text, slug=name) for name, text in texts.items()]


def floor(texts: dict[str, str], lexicon: Lexicon) -> None:
    """Cut sentences and find phrases."""
    for text in texts.values():
        english_spans(text, 0, len(text))
        folded = fold(text)
        for matcher in (lexicon.names, lexicon.terms, lexicon.cues[Language.EN].matcher):
            matcher.find(text, folded)


def propose(documents: list[Document], extractor: Extractor) -> None:
    """Run the grammar up to its candidates."""
    for document in documents:
        for _ in extractor.candidates(document, read_context(document, extractor.lexicon)):
            pass


def measure(texts: dict[str, str], extractor: Extractor, rounds: int) -> Stages:
    """Return the time of each stage; the stages after reading work on documents that were read before."""
    documents = read_all(texts)
    lexicon = extractor.lexicon
    read = best(rounds, lambda: read_all(texts))
    match = best(rounds, lambda: [list(views_of(document, lexicon)) for document in documents])
    proposing = best(rounds, lambda: propose(documents, extractor))
    extract = best(rounds, lambda: [extractor.extract(document) for document in documents])
    return Stages(read, read + match, read + proposing, read + extract)


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


def print_rooms(stages: Stages) -> None:
    """Print each room's share of the time."""
    rooms = {
        "read (structure, sentences)": stages.read,
        "match (lexicon, views)": stages.match - stages.read,
        "propose (grammar)": stages.propose - stages.match,
        "fields and build": stages.extract - stages.propose,
    }
    for room, seconds in rooms.items():
        print(f"  {room:<28}{seconds:8.3f} s {seconds / stages.extract:6.1%}")


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--spacy", type=Path, help="the Python of the environment that has spaCy")
    parser.add_argument("--rounds", type=int, default=3, help="rounds, of which the best counts")
    options = parser.parse_args()
    texts = english_texts()
    characters = sum(map(len, texts.values()))
    extractor = Extractor(load_lexicon())
    stages = measure(texts, extractor, options.rounds)
    lowest = best(options.rounds, lambda: floor(texts, extractor.lexicon))
    print(f"{len(texts)} English texts, {characters:,} characters; CPU seconds, best of {options.rounds} rounds")
    print(f"{'dragoman, text to provisions':<30}{characters / stages.extract:12,.0f} characters per CPU-second")
    print_rooms(stages)
    print(f"{'floor, sentences and lexicon':<30}{characters / lowest:12,.0f} characters per CPU-second")
    print(f"  dragoman takes {stages.extract / lowest:.1f} times the floor")
    if options.spacy:
        spacy = spacy_rate(options.spacy, texts, options.rounds)
        rate = characters / float(spacy["seconds"])
        print(f"{spacy['name']!s:<30}{rate:12,.0f} characters per CPU-second")
        print(f"  dragoman is {characters / stages.extract / rate:.1f} times as fast")


if __name__ == "__main__":
    main()
