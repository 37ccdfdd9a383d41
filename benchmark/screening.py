"""Screen seeded queries against one index: ours, and beside it an embedded replica of yente's method.

python benchmark/screening.py                      everything; the replica answers a stated sample
python benchmark/screening.py --peer 0             without the replica (no benchmark environment needed)
python benchmark/screening.py --misses Chinese     and what was missed or wrongly found in classes of this name

The classes and the index are described in screening_queries.py. A query counts as found when the right entry, or
its twin in another list, is among the hits at the threshold; a negative with any hit is a false alert. The best
threshold of each side is chosen on the queries with even numbers and reported on those with odd ones.

Speeds are queries per CPU-second of one process, cold: no name is asked twice. For the comparison each side is a
process of its own with nothing in it but its index, started anew for each run, and the runs of the sides take
turns, so that what else the machine does slows both. What a side loads once (readings of characters, tables of
symbols) counts into the build of its index, and three names that are not among the queries are asked before the
clock starts.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import yaml

from dragoman.model import ListedName, ListEntry, Party, PartyKind
from dragoman.screen.index import NameIndex
from dragoman.screen.thresholds import default_thresholds
from screening_queries import HAN, LATIN, Asked, Generator, Questions, lists_folder, sec_names

FOLDER = Path(__file__).resolve().parent
PEER = FOLDER / "screening_peer.py"
OURS = FOLDER / "screening_ours.py"
BENCH_PYTHON = FOLDER.parent / ".venv-bench" / "bin" / "python"
PAIRS = "nk_name_bench_cases.csv"
CHECKS = "nk_entity_bench_checks.yml"
SEED = 20261125
WARMING = (
    ("Quillfeather Ropeworks Ltd", "Company"),
    ("Tamsin Oberholt", "Person"),
    ("梧桐藤編有限公司", "Company"),
)
"""Names on no list that both sides are asked before the clock starts."""
LEAST = 0.4
"""Score down to which hits are kept, so that thresholds can be tried afterwards."""
STEPS = [step / 200 for step in range(80, 200)]
OWN = "default threshold"

Found = Mapping[str, float]
"""Score of each entry that was found."""


class Figures(NamedTuple):
    """Precision, recall and F1 at a threshold."""

    precision: float
    recall: float
    f1: float

    def __str__(self) -> str:
        return f"P {self.precision:.3f} R {self.recall:.3f} F1 {self.f1:.3f}"


def figures(right: int, wrong: int, missed: int) -> Figures:
    """Return the figures of so many right, wrong and missed answers."""
    precision = right / (right + wrong) if right + wrong else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    return Figures(precision, recall, 2 * right / (2 * right + wrong + missed) if right else 0.0)


@dataclass(frozen=True, slots=True)
class Answers:
    """What a side found.

    Attributes:
        asked: the queries.
        found: what was found for each.
        twins: ids that are right as well, by id.
    """

    asked: Sequence[Asked]
    found: Sequence[Found]
    twins: Mapping[str, frozenset[str]]

    def good(self, number: int, threshold: float) -> bool:
        """Return whether a query was answered rightly; for a negative, whether nothing was found."""
        asked, found = self.asked[number], self.found[number]
        if not asked.right:
            return not found or max(found.values()) < threshold
        return any(found.get(twin, -1.0) >= threshold for twin in self.twins[asked.right])

    def count(self, numbers: Iterable[int], threshold: float) -> Figures:
        """Return the figures over some queries."""
        counted = Counter((bool(self.asked[number].right), self.good(number, threshold)) for number in numbers)
        return figures(counted[True, True], counted[False, False], counted[True, False])

    def of(self, script: str) -> list[int]:
        """Return the numbers of the queries that count for one script."""
        return [number for number, asked in enumerate(self.asked) if asked.set == script]

    def best(self, script: str) -> tuple[float, Figures]:
        """Return the threshold that is best on half of the queries, and its figures on the other half."""
        numbers = self.of(script)
        threshold = max(STEPS, key=lambda step: self.count(numbers[::2], step).f1)
        return threshold, self.count(numbers[1::2], threshold)

    def classes(self, thresholds: Mapping[str, float]) -> dict[str, str]:
        """Return by class how many were found, or for negatives how many alerts there were."""
        good: dict[str, list[bool]] = {}
        for number, asked in enumerate(self.asked):
            threshold = thresholds.get(asked.set, thresholds[LATIN])
            good.setdefault(asked.group, []).append(self.good(number, threshold) == bool(asked.right))
        return {group: f"{sum(values) / len(values):.3f}" for group, values in good.items()}


def ask(index: NameIndex, asked: Sequence[Asked], threshold: float | None = LEAST) -> tuple[list[Found], float]:
    """Return what our index finds for queries, and the CPU seconds it takes."""
    start = time.process_time()
    hits = [index.search(Party(one.name, one.kind), threshold) for one in asked]
    spent = time.process_time() - start
    return [{hit.entry.id: hit.score for hit in some} for some in hits], spent


def ask_side(python: str, script: Path, question: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a side answers in a process of its own. Raises CalledProcessError."""
    run = subprocess.run(
        [python, str(script)], input=json.dumps(question), check=True, capture_output=True, text=True
    )
    answer: dict[str, Any] = json.loads(run.stdout)
    return answer


def question_of(
    questions: Questions, sample: Sequence[Asked], pairs: Sequence[Mapping[str, str]]
) -> dict[str, Any]:
    """Return what both sides are asked, ours and the replica."""
    return {
        "entries": [
            (
                entry.id,
                entry.kind.value,
                [name.text for name in entry.names],
                [name.kind.value for name in entry.names],
            )
            for entry in questions.entries
        ],
        "queries": [(one.name, one.kind.value) for one in sample],
        "warming": WARMING,
        "pairs": [(pair["schema"], pair["name1"], pair["name2"]) for pair in pairs],
    }


def pairs_of_names() -> list[dict[str, str]]:
    """Return the labelled pairs of names."""
    with (lists_folder() / PAIRS).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def entry_of(schema: str, values: Mapping[str, Any]) -> ListEntry:
    """Return an entity of the checks as an entry."""

    def given(*keys: str) -> tuple[str, ...]:
        found = [values.get(key) or [] for key in keys]
        return tuple(str(one) for value in found for one in (value if isinstance(value, list) else [value]))

    numbers = tuple(key for key in values if key.endswith(("Number", "Code")))
    names = given("name", "alias", "weakAlias", "previousName") or ("",)
    return ListEntry(
        "entity",
        "checks",
        PartyKind(schema) if schema in set(PartyKind) else PartyKind.LEGAL_ENTITY,
        tuple(map(ListedName, names)),
        countries=given("country", "nationality", "jurisdiction", "citizenship"),
        born=given("birthDate"),
        identifiers=given(*numbers),
    )


def checks_of_entities() -> list[tuple[Party, ListEntry, bool]]:
    """Return the labelled pairs of entities."""
    rows = yaml.safe_load((lists_folder() / CHECKS).read_text(encoding="utf-8"))["checks"]
    found = []
    for row in rows:
        one, other = (entry_of(row["schema"], row[side]) for side in ("query", "candidate"))
        names = [name.text for name in one.names]
        party = Party(names[0], one.kind, tuple(names[1:]), one.countries, " ".join(one.born), one.identifiers)
        found.append((party, other, bool(row["match"])))
    return found


def best_of(scores: Sequence[float], labels: Sequence[bool]) -> tuple[Figures, float]:
    """Return the best figures of scored pairs, and their threshold."""

    def at(threshold: float) -> Figures:
        counted = Counter((label, score >= threshold) for score, label in zip(scores, labels, strict=True))
        return figures(counted[True, True], counted[False, True], counted[True, False])

    threshold = max(STEPS, key=lambda step: at(step).f1)
    return at(threshold), threshold


def show_pairs(say: str, scores: Sequence[float], labels: Sequence[bool]) -> None:
    """Print the best F1 of scored pairs: of all, and of each half."""
    whole, threshold = best_of(scores, labels)
    halves = [best_of(scores[part::2], labels[part::2])[0].f1 for part in (0, 1)]
    shown = f"{say:34} {len(scores):4} pairs  best {whole} at {threshold:.3f}"
    print(f"{shown}; halves {halves[0]:.3f} (read while writing) {halves[1]:.3f}")


def show_side(say: str, answers: Answers, spent: float) -> None:
    """Print the figures of one side."""
    for script in (LATIN, HAN):
        threshold, found = answers.best(script)
        print(f"{say:34} {script:5} {found} at {threshold:.3f}")
    print(f"{say:34} {len(answers.asked) / spent:.0f} queries per CPU-second ({len(answers.asked)} queries)")


def show_classes(sides: Mapping[str, Mapping[str, str]], asked: Sequence[Asked]) -> None:
    """Print recall and alerts by class, one column a side."""
    counted = Counter(one.group for one in asked)
    print(f"{'class':24}{'n':>6}" + "".join(f"{say:>16}" for say in sides))
    for group in dict.fromkeys(
        one.group for one in sorted(asked, key=lambda one: (not one.right, one.set, one.group))
    ):
        cells = "".join(f"{found.get(group, '-'):>16}" for found in sides.values())
        kind = "alerts" if not next(one.right for one in asked if one.group == group) else "found"
        print(f"{group:24}{counted[group]:>6}{cells}  {kind}")


def throughput(index: NameIndex, questions: Questions, parties: int) -> None:
    """Screen so many parties at once and print how long it takes: SEC names, and queries with a number behind."""
    base = [*sec_names(), *(one.name for one in questions.asked)]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start = time.process_time()
    hits = 0
    for number in range(parties):
        name = base[number % len(base)]
        found = index.search(Party(f"{name} {number}" if number >= len(base) else name))
        hits += bool(found)
    spent = time.process_time() - start
    more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 - before
    print(
        f"{parties} parties in one go: {spent:.0f} CPU-seconds, {parties / spent:.0f} a second, {hits} with hits;"
    )
    print(f"  {more:.0f} MB more at the most than before")


def show_misses(group: str, answers: Answers, entries: Mapping[str, ListEntry], own: Mapping[str, float]) -> None:
    """Print what was missed or wrongly found in the classes whose name has some words."""
    for number, asked in enumerate(answers.asked):
        if group in asked.group and not answers.good(number, own.get(asked.set, own[LATIN])):
            meant = entries[asked.right].name if asked.right else "nobody"
            top = max(answers.found[number].items(), key=lambda one: one[1], default=("", 0.0))
            shown = entries[top[0]].name if top[0] else "-"
            print(f"{asked.group}: {asked.name} | meant {meant} | found {shown} {top[1]:.2f}")


def default_alerts(index: NameIndex) -> float:
    """Return the share of the SEC names that bring a hit at the default thresholds."""
    names = sec_names()
    return sum(bool(index.search(Party(name, PartyKind.COMPANY))) for name in names) / len(names)


def of_sample(answers: Answers, size: int) -> Answers:
    """Return the first queries only; they are in random order."""
    return Answers(answers.asked[:size], answers.found[:size], answers.twins)


@dataclass(frozen=True, slots=True)
class Options:
    """The command's options; see `arguments`."""

    seed: int
    size: int
    entries: int
    peer: int
    rounds: int
    parties: int
    misses: str


def arguments() -> Options:
    """Return the command's options."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--size", type=int, default=150, help="queries of a positive class")
    parser.add_argument("--entries", type=int, default=24_500, help="fewest entries of the index")
    parser.add_argument("--peer", type=int, default=1500, help="queries that the replica answers; 0 for none")
    parser.add_argument("--rounds", type=int, default=3, help="runs of the replica, each between runs of ours")
    parser.add_argument("--parties", type=int, default=100_000, help="parties screened in one go; 0 for none")
    parser.add_argument("--misses", default="", help="print what went wrong in classes of this name")
    return Options(**vars(parser.parse_args()))


def main() -> None:
    """Run everything and print it."""
    options = arguments()
    questions = Generator(options.seed, options.size, options.entries).questions()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start = time.process_time()
    index = NameIndex(questions.entries)
    built = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"seed {options.seed}; {len(questions.entries)} entries, {index.names} names, of which")
    print(f"  {questions.listed} listed and {len(questions.entries) - questions.listed} invented to fill up")
    print(f"index built in {built:.1f} CPU-seconds; {memory:.0f} MB in all, {before:.0f} MB of it before")
    found, spent = ask(index, questions.asked)
    answers = Answers(questions.asked, found, questions.twins)
    own = default_thresholds()
    show_side("dragoman", answers, spent)
    usual = Answers(questions.asked, ask(index, questions.asked, None)[0], questions.twins)
    for script in (LATIN, HAN):
        say = f"dragoman, {OWN}s"
        print(f"{say:34} {script:5} {usual.count(usual.of(script), 0.0)} at {own.latin}, {own.han}, {own.cross}")
    print(f"SEC names with a hit at the {OWN}s: {100 * default_alerts(index):.2f} percent of {len(sec_names())}")
    sides = {"dragoman": answers.classes({script: answers.best(script)[0] for script in (LATIN, HAN)})}
    pairs = pairs_of_names()
    if options.peer:
        beside_the_peer(questions, answers, sides, options)
    show_classes(sides, questions.asked)
    labels = [pair["is_match"] == "true" for pair in pairs]
    show_pairs("dragoman, names", compare(index, pairs), labels)
    checks = checks_of_entities()
    scores = [index.compare(party, entry).score for party, entry, _ in checks]
    show_pairs("dragoman, entities", scores, [label for _, _, label in checks])
    if options.parties:
        throughput(index, questions, options.parties)
    if options.misses:
        entries = {entry.id: entry for entry in questions.entries}
        show_misses(options.misses, answers, entries, {LATIN: own.latin, HAN: own.han})


def compare(index: NameIndex, pairs: Sequence[Mapping[str, str]]) -> list[float]:
    """Return our score for each pair of names."""
    scored = []
    for pair in pairs:
        kind = PartyKind(pair["schema"])
        entry = ListEntry("pair", "pairs", kind, (ListedName(pair["name2"]),))
        scored.append(index.compare(Party(pair["name1"], kind), entry).score)
    return scored


class Round(NamedTuple):
    """What the runs that follow one another found and cost: ours at both thresholds, the replica, ours again."""

    least: tuple[dict[str, Any], dict[str, Any]]
    usual: tuple[dict[str, Any], dict[str, Any]]
    theirs: dict[str, Any]

    def times(self) -> tuple[float, float]:
        """Return how many times as fast ours was, down to `LEAST` and at the default thresholds."""
        return tuple(
            self.theirs["cpu"] / ((before["cpu"] + after["cpu"]) / 2) for before, after in (self.least, self.usual)
        )


def one_round(question: Mapping[str, Any]) -> Round:
    """Return a round. Raises CalledProcessError."""

    def ours() -> tuple[dict[str, Any], dict[str, Any]]:
        least, usual = (ask_side(sys.executable, OURS, {**question, "least": some}) for some in (LEAST, None))
        return least, usual

    before = ours()
    theirs = ask_side(str(BENCH_PYTHON), PEER, question)
    after = ours()
    return Round((before[0], after[0]), (before[1], after[1]), theirs)


def show_times(rounds: Sequence[Round]) -> None:
    """Print how many times as fast ours was."""
    times = zip(*(one.times() for one in rounds), strict=True)
    for say, ratios in zip((f"down to {LEAST}", f"at the {OWN}s"), times, strict=True):
        shown = f"{median(ratios):.1f} times ({min(ratios):.1f} to {max(ratios):.1f})"
        print(f"dragoman answers {shown} as many queries per CPU-second {say},")
    print(f"  the median and the range of {len(rounds)} rounds, in each of which the replica runs between ours")


def beside_the_peer(
    questions: Questions, answers: Answers, sides: dict[str, dict[str, str]], options: Options
) -> None:
    """Ask both sides the same in turns, print them on the very sample, and how much faster ours is."""
    pairs = pairs_of_names()
    sample = questions.asked[: options.peer]
    question = question_of(questions, sample, [])
    first = one_round({**question, "pairs": question_of(questions, (), pairs)["pairs"]})
    rounds = [first, *(one_round(question) for _ in range(options.rounds - 1))]

    def answered(answer: Mapping[str, Any]) -> Answers:
        return Answers(sample, [dict(hits) for hits in answer["hits"]], questions.twins)

    theirs, usual = answered(first.theirs), answered(first.usual[0])
    show_side("dragoman, the sample", answered(first.least[0]), median_of(one.least[0] for one in rounds))
    show_side("yente's method, the sample", theirs, median_of(one.theirs for one in rounds))
    for script in (LATIN, HAN):
        print(f"{f'dragoman, the sample, {OWN}s':34} {script:5} {usual.count(usual.of(script), 0.0)}")
    spent = median_of(one.usual[at] for one in rounds for at in (0, 1))
    print(f"dragoman, the sample, {OWN}s: {len(sample) / spent:.0f} queries per CPU-second")
    for say, answer in (("dragoman", first.usual[0]), ("yente's method", first.theirs)):
        print(f"{say}: built in {answer['build']:.1f} CPU-seconds, {answer['memory']:.0f} MB with the questions")
    show_times(rounds)
    show_pairs("logic-v2, names", first.theirs["pairs"], [pair["is_match"] == "true" for pair in pairs])
    sides["of the sample"] = of_sample(answers, options.peer).classes(
        {script: answers.best(script)[0] for script in (LATIN, HAN)}
    )
    sides["yente's method"] = theirs.classes({script: theirs.best(script)[0] for script in (LATIN, HAN)})


def median_of(runs: Iterable[Mapping[str, Any]]) -> float:
    """Return the median of the CPU-seconds that some runs spent on queries."""
    return median(float(run["cpu"]) for run in runs)


if __name__ == "__main__":
    main()
