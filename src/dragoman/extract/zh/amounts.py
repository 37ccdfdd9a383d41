"""Sums of money in Chinese, with currency and whether exact, up to, at least or about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from dragoman.extract.candidate import Candidate
from dragoman.extract.money import scaled
from dragoman.extract.patterns import either
from dragoman.extract.view import View
from dragoman.lexicon import Sieve, load_pack
from dragoman.model import Amount, Bound

PACK = "lexicons/zh/amounts.yaml"
BOUNDS = (Bound.UP_TO, Bound.AT_LEAST, Bound.ABOUT)


@cache
def load_pattern() -> re.Pattern[str]:
    """Return the pattern of a sum: bound, number in figures or characters, scale, currency, bound behind."""
    pack = load_pack(PACK)
    before = "|".join(f"(?P<{bound.value}>{either(pack[bound.value])})" for bound in BOUNDS)
    behind = (
        f"(?P<up_to_behind>{either(pack['up_to_behind'])})|(?P<at_least_behind>{either(pack['at_least_behind'])})"
    )
    characters = "".join(pack["digits"])
    scale = either(pack["scales"])
    number = (
        rf"(?:(?P<figures>\d[\d,，]*(?:\.\d+)?)\s*(?P<scale>{scale})?"
        rf"|(?P<characters>[{characters}十百千]+)(?P<scale2>{scale})?)"
    )
    return re.compile(rf"(?:{before})?\s*{number}\s*多?(?P<name>{either(pack['names'])})(?:{behind})?")


@cache
def load_sieve() -> Sieve:
    """Return the sieve of the names of currencies."""
    return Sieve(load_pack(PACK)["names"])


def amounts_in(view: View, candidate: Candidate) -> tuple[Amount, ...]:
    """Return the sums of money in the candidate's clause."""
    start, end = candidate.clause
    pack = load_pack(PACK)
    if not load_sieve().passes(view.folded[start:end]):
        return ()
    found = (amount_of(match, pack) for match in load_pattern().finditer(view.text, start, end))
    return tuple(amount for amount in found if amount)


def amount_of(match: re.Match[str], pack: Mapping[str, Any]) -> Amount | None:
    """Return the sum a match stands for, None where its digits are no number."""
    digits = match["figures"] or str(number_in_characters(match["characters"], pack))
    power = pack["scales"].get(match["scale"] or match["scale2"] or "", 0)
    value = scaled(digits, power)
    if value is None:
        return None
    lead = len(match[0]) - len(match[0].lstrip())
    return Amount(match[0].strip(), value, pack["names"][match["name"]], bound_of(match), match.start() + lead)


def bound_of(match: re.Match[str]) -> Bound:
    """Return how the sum is bounded, by the words before or behind it."""
    if match["up_to"] or match["up_to_behind"]:
        return Bound.UP_TO
    if match["at_least"] or match["at_least_behind"]:
        return Bound.AT_LEAST
    return Bound.ABOUT if match["about"] else Bound.EXACT


def number_in_characters(characters: str, pack: Mapping[str, Any]) -> int:
    """Return a number below ten thousand written in characters ("三百五十" is 350)."""
    total, digit = 0, 0
    for character in characters:
        if character in pack["digits"]:
            digit = digit * 10 + pack["digits"][character] if digit else pack["digits"][character]
        else:
            total += (digit or 1) * 10 ** pack["scales"][character]
            digit = 0
    return total + digit
