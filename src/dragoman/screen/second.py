"""A second opinion on doubtful hits: logic-v2 of nomenklatura, where it is installed (extra `second-opinion`).

nomenklatura (opensanctions.org, MIT) compares names by symbols, weights and rules of its own; its explanations are
what compliance offices know. It takes seconds and some 200 MB to load, so that only the first doubtful hit loads
it.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import count
from typing import Any

from dragoman.model import Hit, Party, PartyKind
from dragoman.screen.spelling import is_han
from dragoman.screen.thresholds import LATIN, doubtful_band

MISSING = "A second opinion needs nomenklatura: pip install 'dragoman[second-opinion]'."
"""Why there is none where the library is not installed."""
_ASKED = count()
"""Numbers the entities of calls: nomenklatura remembers names by id, and would answer for an older party."""

Scored = tuple[float, tuple[tuple[str, float], ...]]
"""Score 0 to 1, and what each feature said."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """A second opinion.

    Attributes:
        score: 0 to 1; None where there is none.
        why: (feature with its detail, its score).
        reason: why there is none.
    """

    score: float | None
    why: tuple[tuple[str, float], ...] = ()
    reason: str = ""


@cache
def judge() -> Callable[[Any, Any], Scored] | None:
    """Return logic-v2 as a function of two entities; None where the library is not installed."""
    try:
        logic = importlib.import_module("nomenklatura.matching.logic_v2.model").LogicV2
    except ModuleNotFoundError:
        return None
    config = logic.default_config()

    def judged(one: Any, other: Any) -> Scored:  # noqa: ANN401 - entities of followthemoney, which has no types
        result = logic.compare(one, other, config)
        said = ((name, feature) for name, feature in result.explanations.items() if feature.score)
        return result.score, tuple((f"{name}: {feature.detail}", float(feature.score)) for name, feature in said)

    return judged


def available() -> bool:
    """Return whether a second opinion can be had; loads the library where it can."""
    return judge() is not None


def _entity(
    kind: PartyKind | None,
    names: Sequence[str],
    born: Sequence[str],
    countries: Sequence[str],
    numbers: Sequence[str],
) -> Any:  # noqa: ANN401 - followthemoney has no types
    made = importlib.import_module("followthemoney").model.make_entity((kind or PartyKind.LEGAL_ENTITY).value)
    made.id = f"dragoman-{next(_ASKED)}"
    for key, values in (
        ("name", names),
        ("birthDate", born),
        ("country", countries),
        ("registrationNumber", numbers),
    ):
        if key in made.schema.properties:
            made.add(key, [value for value in values if value], quiet=True)
    return made


def second_opinion(party: Party, hit: Hit) -> Opinion:
    """Return what logic-v2 thinks of a party and an entry; without the library no score and the reason.

    Args:
        party: who was looked for.
        hit: an entry that may be the party.
    """
    judged = judge()
    if judged is None:
        return Opinion(None, (), MISSING)
    entry = hit.entry
    kind = party.kind or entry.kind
    one = _entity(kind, (party.name, *party.other_names), (party.born,), party.countries, party.identifiers)
    names = [name.text for name in entry.names]
    other = _entity(entry.kind, names, entry.born, entry.countries, entry.identifiers)
    score, why = judged(one, other)
    return Opinion(score, why)


def is_doubtful(hit: Hit) -> bool:
    """Return whether a hit is worth a second opinion: both names Latin, the score in the doubtful band."""
    if is_han(hit.name) or is_han(hit.query):
        return False
    low, high = doubtful_band()[LATIN]
    return low <= hit.score < high


def with_second_opinion(party: Party, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Return hits with a second opinion on the doubtful ones; unchanged where the library is not installed."""
    return tuple(_asked(party, hit) if is_doubtful(hit) else hit for hit in hits)


def _asked(party: Party, hit: Hit) -> Hit:
    opinion = second_opinion(party, hit)
    return hit if opinion.score is None else replace(hit, second=opinion.score, second_why=opinion.why)
