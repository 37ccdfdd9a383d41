"""Stated conditions: "as appropriate", "subject to …", "to the extent permitted by law". A legal basis is none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from dragoman.extract.candidate import Candidate, Span
from dragoman.extract.patterns import either
from dragoman.extract.view import View
from dragoman.lexicon import Sieve, load_pack

PACK = "lexicons/en/conditions.yaml"


@cache
def load_pattern() -> re.Pattern[str]:
    """Return the pattern of the shipped words: whole phrases, and openers up to the next stop."""
    return re.compile(pattern_of(load_pack(PACK)), re.IGNORECASE)


@cache
def load_locator() -> re.Pattern[str]:
    """Return the same for a text in small letters, in which it finds where to look sooner."""
    return re.compile(pattern_of(load_pack(PACK)))


def pattern_of(pack: Mapping[str, Any]) -> str:
    """Return the alternation of the words of a pack."""
    return (
        rf"\b(?:(?P<not>{either(pack['not'])})|(?P<phrase>{either(pack['phrases'])})"
        rf"|(?P<opened>(?:{either(pack['openers'])})\s+(?:[^,;.—–:()]|\.(?=\w|\s[a-z])|\([^)]*\)){{3,}}))(?!\w)"
    )


@cache
def load_sieve() -> Sieve:
    """Return the sieve of the shipped words."""
    pack = load_pack(PACK)
    return Sieve((*pack["phrases"], *pack["openers"]))


def matches_in(text: str, folded: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the conditions in a stretch of a text, which `folded` gives in small letters."""
    pattern = load_pattern()
    for found in load_locator().finditer(folded, start, end):
        match = pattern.match(text, found.start(), end)
        if match is not None:
            yield match


def condition_in(view: View, candidate: Candidate) -> Span | None:
    """Return where a condition is stated in the candidate's clause; a whole phrase wins over an opened one."""
    start, end = candidate.clause
    if not load_sieve().passes(view.folded[start:end]):
        return None
    opened: Span | None = None
    for match in matches_in(view.text, view.folded, start, end):
        if match["phrase"]:
            return match.span()
        if match["opened"] and opened is None and match.start() != candidate.trigger[0]:
            opened = (match.start(), match.start() + len(match[0].rstrip()))
    return opened
