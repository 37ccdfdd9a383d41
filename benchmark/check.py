"""The rules engine against oracles, and its speed against the Rust binding of CEL.

    python benchmark/check.py oracles           random incomplete cases: brute force, CEL, SQLite, our own batch
    python benchmark/check.py speed             cases per CPU-second, single and batch, beside CEL, in one run
    make bench-check                            both

The truth is brute force: a condition is settled when every completion of the missing facts gives the same answer.
An answer given where completions disagree is wrongly definite and must not happen; none given where they agree is
over-cautious. A fact matters when some change of it, all else equal, changes the answer.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from datetime import time as clock
from pathlib import Path
from typing import Any

import cel

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.check.random_conditions import (
    CALCULATED,
    DIRECT,
    DOMAINS,
    FURTHER,
    case,
    completions,
    condition_text,
    context,
    that_matter,
    vocabulary,
)

from dragoman.check.columns import Batch
from dragoman.check.condition import Condition
from dragoman.check.panel import Panel
from dragoman.check.plain import NotPlainError
from dragoman.check.to_cel import to_cel
from dragoman.check.to_sql import to_sql
from dragoman.model import Value

MISSING = 0.3
CASES_EACH = 40
MOST_COMPLETIONS = 600


@dataclass(slots=True)
class Score:
    """What was counted."""

    counts: Counter[str] = field(default_factory=Counter)

    def add(self, name: str, *, true: bool = True) -> None:
        """Count one of a kind, when it is so."""
        self.counts[name] += true

    def share(self, name: str, of: str) -> str:
        """Return a share in words."""
        part, whole = self.counts[name], self.counts[of]
        return f"{part:,} of {whole:,} ({part / whole:.4f})" if whole else "none"


# ---- oracles ----


def cel_truth(program: cel.Program, facts: dict[str, Value]) -> bool | None:
    """Return CEL's answer; an absent variable makes it unknown."""
    try:
        return bool(program.execute(cel.Context(variables=cel_facts(facts))))
    except RuntimeError:
        return None


def cel_facts(facts: dict[str, Value]) -> dict[str, Any]:
    """Return facts as CEL takes them: a day is midnight UTC."""
    return {
        name: datetime.combine(value, clock(), UTC) if isinstance(value, date) else value
        for name, value in facts.items()
    }


def sql_facts(facts: dict[str, Value]) -> list[Any]:
    """Return facts as a row of SQLite."""
    values = (facts.get(name) for name in DOMAINS)
    return [value.isoformat() if isinstance(value, date) else value for value in values]


def opened() -> sqlite3.Connection:
    """Return an empty table of cases."""
    names = [*DOMAINS, "speed", "kind", "fast", "ratio"]
    kinds = [" REAL" if name in ("tpp", "pd", "price", "speed", "ratio") else "" for name in names]
    connection = sqlite3.connect(":memory:")
    columns = ", ".join(f'"{name}"{kind}' for name, kind in zip(names, kinds, strict=True))
    connection.execute(f"CREATE TABLE cases ({columns})")
    return connection


def sql_truths(connection: sqlite3.Connection, sql: str, cases: Sequence[dict[str, Value]]) -> list[bool | None]:
    """Return SQLite's answers."""
    connection.execute("DELETE FROM cases")
    marks = ", ".join("?" for _ in DOMAINS)
    names = ", ".join(f'"{name}"' for name in DOMAINS)
    connection.executemany(f"INSERT INTO cases ({names}) VALUES ({marks})", [sql_facts(one) for one in cases])  # noqa: S608
    rows = connection.execute(f"SELECT {sql} FROM cases ORDER BY rowid").fetchall()  # noqa: S608 - our own text
    return [None if row[0] is None else bool(row[0]) for row in rows]


def oracles(wanted: int, seed: int) -> dict[str, Score]:
    """Compare until so many incomplete cases were judged; return what was counted by the kind of comparisons."""
    chance, connection = random.Random(seed), opened()  # noqa: S311 - no secret
    scores = {kind: Score() for kind in KINDS}
    while sum(score.counts["incomplete cases"] for score in scores.values()) < wanted:
        kind = chance.choice(tuple(KINDS))
        condition = WORDS.condition(condition_text(chance, KINDS[kind]))
        cases = [case(chance, MISSING) for _ in range(CASES_EACH)]
        scores[kind].add("conditions")
        compare(condition, cases, connection, scores[kind])
    return scores


def compare(
    condition: Condition, cases: list[dict[str, Value]], connection: sqlite3.Connection, score: Score
) -> None:
    """Ask one condition of some cases in every way."""
    truths = [condition.look(WORDS.session(facts, THERE)).truth for facts in cases]
    for truth, number in zip(truths, Batch(WORDS, cases, THERE).truths([condition])[0], strict=True):
        score.add("batch asked")
        score.add("batch agrees", true=bool((-1 if truth is None else int(truth)) == number))
    compare_texts(condition, cases, truths, connection, score)
    for facts in cases:
        against_completions(condition, facts, score)


def compare_texts(
    condition: Condition,
    cases: list[dict[str, Value]],
    truths: list[bool | None],
    connection: sqlite3.Connection,
    score: Score,
) -> None:
    """Compare with SQLite and CEL where they have words for the condition."""
    asked: dict[str, Callable[[], list[bool | None]]] = {
        "SQLite": lambda: sql_truths(connection, to_sql(condition.term, WORDS.formulas, THERE), cases),
        "CEL": lambda: cel_truths(to_cel(condition.term, THERE), cases),
    }
    for name, ask in asked.items():
        try:
            answers = ask()
        except NotPlainError:
            continue
        for truth, answer in zip(truths, answers, strict=True):
            score.add(f"{name} asked")
            score.add(f"{name} agrees", true=truth is answer)


def cel_truths(text: str, cases: list[dict[str, Value]]) -> list[bool | None]:
    """Return CEL's answers."""
    program = cel.compile(text)
    return [cel_truth(program, {**derived(facts), **facts}) for facts in cases]


def derived(facts: dict[str, Value]) -> dict[str, Value]:
    """Return the derived facts that are known."""
    session = WORDS.session(facts, THERE)
    values = {name: WORDS.derive(name, session) for name in WORDS.formulas}
    return {
        name: float(value) if type(value) is int else value for name, value in values.items() if value is not None
    }


def against_completions(condition: Condition, facts: dict[str, Value], score: Score) -> None:
    """Compare one case with all its completions."""
    open_to = completions(facts, condition.facts)
    if not open_to.open or len(open_to) > MOST_COMPLETIONS:
        return
    session = WORDS.session(facts, THERE)
    kleene, ours = condition.look(session).truth, condition.settle(session)
    truths = {
        tuple(full[name] for name in open_to.open): condition.look(WORDS.session(full, THERE)).truth
        for full in open_to
    }
    answers = set(truths.values())
    settled = len(answers) == 1 and None not in answers
    score.add("incomplete cases")
    score.counts["completions"] += len(truths)
    score.add("definite", true=ours.result is not None)
    score.add("wrongly definite", true=ours.result is not None and answers != {ours.result})
    score.add("wrongly definite (Kleene alone)", true=kleene is not None and answers != {kleene})
    score.add("settled", true=settled)
    score.add("over-cautious", true=settled and ours.result is None)
    score.add("over-cautious (Kleene alone)", true=settled and kleene is None)
    count_asks({need.fact for need in ours.needs}, that_matter(truths, open_to.open), score)


def count_asks(asked: set[str], matter: set[str], score: Score) -> None:
    """Count the facts asked for in vain and those left out."""
    score.counts["facts asked"] += len(asked)
    score.counts["asked in vain"] += len({name for name in asked if name in DOMAINS} - matter)
    score.counts["facts that matter"] += len(matter)
    score.counts["left out"] += len(matter - asked)


def print_oracles(scores: dict[str, Score]) -> None:
    """Print the figures, by the kind of comparisons and in all."""
    total = Score(sum((score.counts for score in scores.values()), Counter()))
    heads = [*scores, "in all"]
    print(f"| | {' | '.join(heads)} |\n|---{'|---' * len(heads)}|")
    for title, text in LINES:
        cells = [text(score) for score in (*scores.values(), total)]
        print(f"| {title} | {' | '.join(cells)} |")


LINES: tuple[tuple[str, Callable[[Score], str]], ...] = (
    ("random conditions", lambda score: f"{score.counts['conditions']:,}"),
    ("incomplete cases", lambda score: f"{score.counts['incomplete cases']:,}"),
    ("completions tried", lambda score: f"{score.counts['completions']:,}"),
    ("definite answers", lambda score: f"{score.counts['definite']:,}"),
    ("**wrongly definite**", lambda score: f"**{score.counts['wrongly definite']:,}**"),
    ("the same, Kleene's tables alone", lambda score: f"{score.counts['wrongly definite (Kleene alone)']:,}"),
    ("agree with SQLite", lambda score: score.share("SQLite agrees", "SQLite asked")),
    ("agree with CEL", lambda score: score.share("CEL agrees", "CEL asked")),
    ("batch and single case agree", lambda score: score.share("batch agrees", "batch asked")),
    ("unknown though settled", lambda score: score.share("over-cautious", "settled")),
    ("the same, Kleene's tables alone", lambda score: score.share("over-cautious (Kleene alone)", "settled")),
    ("asked though it cannot matter", lambda score: score.share("asked in vain", "facts asked")),
    ("matters and is not asked", lambda score: score.share("left out", "facts that matter")),
)
KINDS = {
    "one fact each": DIRECT,
    "several facts": DIRECT + CALCULATED,
    "tables, derived facts": DIRECT + CALCULATED + FURTHER,
}
WORDS, THERE = vocabulary(), context()

# ---- speed ----

FIVE = (
    "tpp >= 4800 or (tpp >= 1600 and pd >= 5.92)",
    "listed and destination in group('D:1')",
    "destination not in group('A:5') and (end_use == 'military' or stayed)",
    "2400 <= tpp < 4800 and 1.6 <= pd < 5.92 and not stayed",
    "destination in ['GB', 'JP'] and end_use == 'research' and tpp < 4800",
)
"""Rules in the manner of export controls; the figures are for the eye only."""
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Speed:
    """Cases per CPU-second on the same rules and cases."""

    single: float
    steps: float
    batch: float
    cel: float


def many_rules(count: int, seed: int) -> list[str]:
    """Return rules of two to five comparisons, few of them alike."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    return [condition_text(chance, [one_comparison(chance) for _ in range(6)], depth=2) for _ in range(count)]


def one_comparison(chance: random.Random) -> str:
    """Return a comparison with a threshold at random."""
    codes = sorted(chance.sample(("AM", "AZ", "CN", "FR", "GB", "IR", "JP", "KR", "RU", "US"), 3))
    return chance.choice(
        (
            f"tpp >= {100 * chance.randrange(10, 90)}",
            f"tpp < {100 * chance.randrange(10, 90)}",
            f"pd >= {chance.randrange(1, 60) / 10}",
            f"destination in {codes}",
            f"end_use == '{chance.choice(DOMAINS['end_use'])}'",
            "listed",
            "not stayed",
        )
    )


def best(work: Sequence[Callable[[], object]]) -> list[float]:
    """Return the least CPU seconds of each piece of work, the pieces taken in turn."""
    seconds = [[0.0] * ROUNDS for _ in work]
    for turn in range(ROUNDS):
        for place, piece in enumerate(work):
            began = time.process_time()
            piece()
            seconds[place][turn] = time.process_time() - began
    return [min(each) for each in seconds]


def speed(texts: Sequence[str], count: int, seed: int) -> Speed:
    """Measure one set of rules on random cases."""
    chance, words = random.Random(seed), vocabulary()  # noqa: S311 - no secret
    conditions = [words.condition(text) for text in texts]
    panel = Panel(conditions, THERE)
    programs = [cel.compile(to_cel(condition.term, THERE)) for condition in conditions]
    cases = [as_measured(case(chance, 0.25), chance) for _ in range(count)]
    given = [cel_facts(facts) for facts in cases]

    def single() -> list[Any]:
        return [panel.look(words.session(facts, THERE)) for facts in cases]

    def steps() -> list[Any]:
        results = []
        for facts in cases:
            session = words.session(facts, THERE)
            pairs = zip(conditions, panel.look(session), strict=True)
            results.append([condition.steps(looked, session, "requires") for condition, looked in pairs])
        return results

    def batch() -> object:
        return Batch(words, cases, THERE).truths(conditions)

    def others() -> list[Any]:
        return [cel_truths_of(programs, cel.Context(variables=facts)) for facts in given]

    agree(conditions, single(), others())
    taken = best((single, steps, batch, others))
    return Speed(*(count / seconds for seconds in taken))


def as_measured(facts: dict[str, Value], chance: random.Random) -> dict[str, Value]:
    """Return a case whose figures are as good as never those of another."""
    drawn = {"tpp": chance.uniform(500, 9500), "pd": chance.uniform(0, 8)}
    return {name: drawn.get(name, value) for name, value in facts.items()}


def cel_truths_of(programs: Sequence[cel.Program], there: cel.Context) -> list[bool | None]:
    """Return CEL's answers to all rules for one case."""
    answers: list[bool | None] = []
    for program in programs:
        try:
            answers.append(program.execute(there))
        except RuntimeError:
            answers.append(None)
    return answers


def agree(conditions: Sequence[Condition], ours: list[Any], others: list[Any]) -> None:
    """Stop when the two do not give the same answers."""
    for looked, answers in zip(ours, others, strict=True):
        for condition, one, other in zip(conditions, looked, answers, strict=True):
            if one.truth is not other:
                message = f"{condition.text}: {one.truth} here, {other} there"
                raise SystemExit(message)


def print_speed(seed: int) -> None:
    """Print cases per CPU-second and the ratio to CEL."""
    print("| rules | CEL (Rust) | single case, with trace | ratio | trace in words | ratio | batch | ratio |")
    print("|---|---|---|---|---|---|---|---|")
    for texts, count in ((FIVE, 20_000), (many_rules(200, seed), 2_000)):
        figures = speed(texts, count, seed)
        cells = [f"{figures.cel:,.0f}"]
        for ours in (figures.single, figures.steps, figures.batch):
            cells += [f"{ours:,.0f}", f"{ours / figures.cel:.1f}"]
        print(f"| {len(texts)} | {' | '.join(cells)} |")
    print("\nCases per CPU-second, best of three rounds in turn; the columns are built within the batch.")


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", nargs="?", choices=("oracles", "speed", "all"), default="all")
    parser.add_argument("--cases", type=int, default=100_000, help="incomplete cases against the oracles")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.what in ("oracles", "all"):
        print_oracles(oracles(options.cases, options.seed))
    if options.what in ("speed", "all"):
        print_speed(options.seed)


if __name__ == "__main__":
    main()
