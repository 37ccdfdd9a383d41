"""Sums of money in English, with currency and whether exact, up to, at least or about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from dragoman.extract.candidate import Candidate
from dragoman.extract.money import scaled
from dragoman.extract.patterns import either
from dragoman.extract.view import View
from dragoman.lexicon import load_pack
from dragoman.model import Amount, Bound

PACK = "lexicons/en/amounts.yaml"
NUMBER = re.compile(r"\d(?:(?<![\w.,]\d)|(?<=[$€£¥₩₹]\d))[\d,]*(?:\.\d+)?")
LONGEST_SYMBOL, LONGEST_BOUND = 5, 24
"""Characters before a number in which a symbol, and before that a bound, is looked for."""
BOUNDS = (Bound.UP_TO, Bound.AT_LEAST, Bound.ABOUT)


@dataclass(frozen=True, slots=True)
class Patterns:
    """What stands around a number that is money: a symbol or a bound before it, a scale or a name behind it."""

    symbol: re.Pattern[str]
    bound: re.Pattern[str]
    behind: re.Pattern[str]


@cache
def load_patterns() -> Patterns:
    """Return the patterns of the shipped words."""
    pack = load_pack(PACK)
    bounds = "|".join(f"(?P<{bound.value}>{either(pack[bound.value])})" for bound in BOUNDS)
    scale = rf"(?:[\s-]?(?P<scale>{either(pack['scales'])})\b)?"
    name = rf"(?:\s?(?P<name>{either(pack['names'])})\b)?"
    return Patterns(
        re.compile(rf"(?<!\w)(?P<symbol>{either(pack['symbols'])})\s?$", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{bounds})\s+$", re.IGNORECASE),
        re.compile(scale + name, re.IGNORECASE),
    )


def amounts_in(view: View, candidate: Candidate) -> tuple[Amount, ...]:
    """Return the sums of money in the candidate's clause."""
    start, end = candidate.clause
    pack = load_pack(PACK)
    found = (amount_at(view.text, number, start, end, pack) for number in NUMBER.finditer(view.text, start, end))
    return tuple(amount for amount in found if amount)


def amount_at(text: str, number: re.Match[str], start: int, end: int, pack: Mapping[str, Any]) -> Amount | None:
    """Return the sum of money a number belongs to, None where no currency stands beside it."""
    patterns = load_patterns()
    symbol = patterns.symbol.search(text, max(start, number.start() - LONGEST_SYMBOL), number.start())
    behind = patterns.behind.match(text, number.end(), end)
    scale, name = (behind["scale"], behind["name"]) if behind else (None, None)
    currency = currency_of(symbol["symbol"], pack["symbols"]) if symbol else currency_of(name, pack["names"])
    value = scaled(number[0], pack["scales"].get((scale or "").lower(), 0))
    if currency is None or value is None:
        return None
    first = symbol.start() if symbol else number.start()
    bound = patterns.bound.search(text, max(start, first - LONGEST_BOUND), first)
    kind = next((kind for kind in BOUNDS if bound and bound[kind.value]), Bound.EXACT)
    first = bound.start() if bound else first
    return Amount(text[first : behind.end() if behind else number.end()], value, currency, kind, first)


def currency_of(word: str | None, codes: Mapping[str, str]) -> str | None:
    """Return the code of a symbol or name, whatever its case."""
    if word is None:
        return None
    folded = word.casefold()
    return next((code for name, code in codes.items() if name.casefold() == folded), None)
