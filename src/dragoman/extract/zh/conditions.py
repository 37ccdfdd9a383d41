"""Stated conditions: 酌情, 在…范围内, 未经…同意, …的除外, and the leading clause of a law that ends in 的."""

from __future__ import annotations

import re
from functools import cache

from dragoman.extract.candidate import Candidate, Span
from dragoman.extract.patterns import either
from dragoman.extract.view import View
from dragoman.lexicon import Sieve, load_pack

PACK = "lexicons/zh/conditions.yaml"
STOPS = ",，;；。:：\n"


@cache
def load_pattern() -> re.Pattern[str]:
    """Return the pattern of the shipped words: whole phrases, opened and closed clauses."""
    pack = load_pack(PACK)
    inside = f"[^{STOPS}]"
    return re.compile(
        rf"(?P<phrase>{either(pack['phrases'])})"
        rf"|(?P<closed>(?<![^{STOPS}]){inside}{{2,60}}?(?:{either(pack['closers'])})(?=[{STOPS}]|$))"
        rf"|(?P<led>(?<![^{STOPS}]){inside}{{2,60}}的(?=[,，]))"
        rf"|(?P<opened>(?<![^{STOPS}])(?:{either(pack['openers'])}){inside}{{2,60}})"
    )


@cache
def load_sieve() -> Sieve:
    """Return the sieve of the shipped words."""
    pack = load_pack(PACK)
    return Sieve((*pack["phrases"], *pack["openers"], *pack["closers"], "的,", "的，"))


def condition_in(view: View, candidate: Candidate) -> Span | None:
    """Return where a condition is stated in the candidate's clause, or None."""
    start, end = candidate.clause
    if not load_sieve().passes(view.folded[start:end]):
        return None
    for match in load_pattern().finditer(view.text, start, end):
        if match["led"] and match.end() > candidate.trigger[0]:
            continue
        lead = len(match[0]) - len(match[0].lstrip())
        return match.start() + lead, match.end()
    return None
