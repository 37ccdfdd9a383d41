"""Conditions and incomplete cases at random, over domains small enough to try every completion."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from dragoman.check.context import Context
from dragoman.check.vocabulary import Vocabulary
from dragoman.model import Bilingual, Confidence, Facts, FactSchema, FactType, Group, Value
from dragoman.model.table import Row, Table

WORDS = Bilingual("?", "？")
DAY = date(2026, 5, 1)
DOMAINS: Mapping[str, Sequence[Value]] = MappingProxyType(
    {
        "tpp": (1000.0, 1600.0, 4000.0, 4400.0, 4800.0, 9000.0),
        "pd": (0.0, 1.6, 2.0, 3.2, 4.0, 5.92),
        "price": (-2.0, 0.0, 2.0),
        "destination": ("AM", "CN", "FR", "GB", "JP"),
        "end_use": ("research", "military", "retail"),
        "chip": ("alpha", "beta", "gamma", "delta"),
        "listed": (True, False),
        "stayed": (True, False),
        "signed": (date(2026, 1, 14), date(2026, 1, 15), date(2026, 5, 2), date(2026, 6, 1)),
    }
)
"""Values of each stated fact: one in each class that the thresholds of the comparisons make."""
TYPES = MappingProxyType(
    {
        "tpp": FactType.NUMBER,
        "pd": FactType.NUMBER,
        "price": FactType.NUMBER,
        "destination": FactType.COUNTRY,
        "end_use": FactType.CHOICE,
        "chip": FactType.TEXT,
        "listed": FactType.BOOLEAN,
        "stayed": FactType.BOOLEAN,
        "signed": FactType.DATE,
    }
)
DIRECT = (
    "tpp >= 4800", "tpp < 1600", "tpp == 4000", "1600 <= tpp < 4800", "9000 > tpp >= 1600", "pd >= 5.92", "pd > 1.6",
    "pd != 3.2", "pd <= 0", "price > 0",
    "destination == 'CN'", "destination != 'GB'", "destination in ['CN', 'JP']", "destination in group('D:1')",
    "destination not in group('A:5')", "destination in group('none yet')",
    "end_use == 'military'", "end_use in ['military', 'retail']", "end_use not in ['research']",
    "listed", "stayed", "not listed",
    "signed >= date('2026-01-15')", "signed < as_of", "signed == date('2026-06-01')",
)  # fmt: skip
"""Comparisons of one fact with what is written out."""
CALCULATED = (
    "listed == stayed", "pd > price", "-price >= 2", "tpp / price >= 800", "tpp + pd > 4801", "(tpp - 1000) * pd >= 1.6",
)  # fmt: skip
"""Comparisons of several facts."""
FURTHER = (
    "days_between(signed, as_of) <= 106", "add_days(signed, 30) > date('2026-02-13')",
    "lookup('chips', chip, 'speed') >= 100", "lookup('chips', chip, 'class') == 'a'", "speed >= 100", "kind == 'a'",
    "fast", "ratio >= 1000",
    "('high' if tpp >= 4800 else 'low') == 'high'", "(pd if listed else price) > 0",
)  # fmt: skip
"""Comparisons with dates that are counted, tables, derived facts and choices."""


def schemas() -> list[FactSchema]:
    """Return the stated facts and some that are derived from them."""
    options = {"end_use": DOMAINS["end_use"]}
    stated = [
        FactSchema(name, TYPES[name], WORDS, options=tuple((str(value), WORDS) for value in options.get(name, ())))
        for name in DOMAINS
    ]
    derived = [
        FactSchema("speed", FactType.NUMBER, WORDS, formula="lookup('chips', chip, 'speed')"),
        FactSchema("kind", FactType.TEXT, WORDS, formula="lookup('chips', chip, 'class')"),
        FactSchema("fast", FactType.BOOLEAN, WORDS, formula="speed >= 100 or tpp >= 4800"),
        FactSchema("ratio", FactType.NUMBER, WORDS, formula="tpp / pd"),
    ]
    return stated + derived


def context() -> Context:
    """Return groups (one of which does not cover the day), and a table with an empty cell."""
    members = {"D:1": ("CN", "AM"), "A:5": ("GB", "JP")}
    groups = {
        name: Group(name, WORDS, ((None, None, frozenset(codes)),), "", DAY, Confidence.SEEN)
        for name, codes in members.items()
    }
    later = ((date(2027, 1, 1), None, frozenset({"CN"})),)
    groups["none yet"] = Group("none yet", WORDS, later, "", DAY, Confidence.SEEN)
    rows = {
        "alpha": Row({"speed": 120, "class": "a"}, Confidence.SEEN),
        "beta": Row({"speed": 80, "class": "b"}, Confidence.SECONDARY),
        "delta": Row({"class": "a"}, Confidence.SEEN),
    }
    columns = {"speed": FactType.NUMBER, "class": FactType.TEXT}
    table = Table("chips", "chip", columns, rows, WORDS, "", DAY)
    return Context(DAY, groups, {"chips": table})


def vocabulary() -> Vocabulary:
    """Return the vocabulary of the conditions."""
    there = context()
    return Vocabulary(schemas(), there.groups, there.tables)


def condition_text(chance: random.Random, comparisons: Sequence[str], depth: int = 3) -> str:
    """Return a condition of comparisons, `and`, `or` and `not`."""
    if depth == 0 or chance.random() < 0.25:
        return chance.choice(comparisons)
    if chance.random() < 0.15:
        return f"not ({condition_text(chance, comparisons, depth - 1)})"
    parts = [condition_text(chance, comparisons, depth - 1) for _ in range(chance.choice((2, 2, 3)))]
    word = chance.choice((" and ", " or "))
    return "(" + word.join(parts) + ")"


def case(chance: random.Random, missing: float) -> dict[str, Value]:
    """Return a case in which each fact is missing with a probability."""
    return {name: chance.choice(values) for name, values in DOMAINS.items() if chance.random() >= missing}


@dataclass(frozen=True, slots=True)
class Completions:
    """Every completion of an incomplete case, as far as some facts go."""

    facts: Facts
    open: tuple[str, ...]

    def __iter__(self) -> Iterator[dict[str, Value]]:
        for values in itertools.product(*(DOMAINS[name] for name in self.open)):
            yield {**self.facts, **dict(zip(self.open, values, strict=True))}

    def __len__(self) -> int:
        count = 1
        for name in self.open:
            count *= len(DOMAINS[name])
        return count


def completions(facts: Facts, used: frozenset[str]) -> Completions:
    """Return the completions of a case over the stated facts that a condition uses."""
    return Completions(facts, tuple(name for name in DOMAINS if name in used and name not in facts))


def that_matter(truths: Mapping[tuple[Value, ...], bool | None], open_facts: Sequence[str]) -> set[str]:
    """Return the open facts of which some change, all else equal, changes the truth.

    Args:
        truths: by the values of the open facts in their order.
        open_facts: their names.
    """
    found: set[str] = set()
    for position, name in enumerate(open_facts):
        seen: dict[tuple[Value, ...], bool | None] = {}
        for values, truth in truths.items():
            others = values[:position] + values[position + 1 :]
            if seen.setdefault(others, truth) is not truth:
                found.add(name)
                break
    return found


def source(seed: int) -> random.Random:
    """Return a source of chance."""
    return random.Random(seed)  # noqa: S311 - no secret
