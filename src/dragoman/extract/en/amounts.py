"""Sums of money in English, with currency and whether exact, up to, at least or about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from dragoman.extract.candidate import Candidate
from dragoman.extract.en.times import either
from dragoman.extract.money import scaled
from dragoman.extract.view import View
from dragoman.lexicon import load_pack
from dragoman.model import Amount, Bound

PACK = "lexicons/en/amounts.yaml"
BOUNDS = (Bound.UP_TO, Bound.AT_LEAST, Bound.ABOUT)


@cache
def load_pattern() -> re.Pattern[str]:
    """Return the pattern of a sum: bound, symbol, number, scale, name; a symbol or a name must stand."""
    pack = load_pack(PACK)
    bounds = "|".join(f"(?P<{bound.value}>{either(pack[bound.value])})" for bound in BOUNDS)
    number = r"\d[\d,]*(?:\.\d+)?"
    scale = either(pack["scales"])
    return re.compile(
        rf"(?:(?:{bounds})\s+)?(?:(?P<symbol>{either(pack['symbols'])})\s?(?P<n1>{number})(?:[\s-]?(?P<s1>{scale})\b)?"
        rf"|(?<![\w.,])(?P<n2>{number})\s?(?:(?P<s2>{scale})\s+)?(?P<name>{either(pack['names'])})\b)",
        re.IGNORECASE,
    )


def amounts_in(view: View, candidate: Candidate) -> tuple[Amount, ...]:
    """Return the sums of money in the candidate's clause."""
    start, end = candidate.clause
    pack = load_pack(PACK)
    found = (amount_of(match, pack) for match in load_pattern().finditer(view.text, start, end))
    return tuple(amount for amount in found if amount)


def amount_of(match: re.Match[str], pack: Mapping[str, Any]) -> Amount | None:
    """Return the sum a match stands for, None where its digits are no number."""
    scale = match["s1"] or match["s2"] or ""
    value = scaled(match["n1"] or match["n2"], pack["scales"].get(scale.lower(), 0))
    if value is None:
        return None
    currency = currency_of(match["symbol"], pack["symbols"]) or currency_of(match["name"], pack["names"]) or ""
    bound = next((bound for bound in BOUNDS if match[bound.value]), Bound.EXACT)
    return Amount(match[0], value, currency, bound, match.start())


def currency_of(word: str | None, codes: Mapping[str, str]) -> str | None:
    """Return the code of a symbol or name, whatever its case."""
    if word is None:
        return None
    folded = word.casefold()
    return next((code for name, code in codes.items() if name.casefold() == folded), None)
