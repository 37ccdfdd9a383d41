"""Days that sentences give for what they tell."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Sequence
from datetime import date

from dragoman.alliances.settings import Pattern

MONTHS = {name.lower(): number for number, name in enumerate(month_name) if name}


class DayReader:
    """Reads days; a day without its year takes the year that was named last.

    Args:
        patterns: with the groups y, m, d and name.
        latest: day of the document: what a sentence tells was before it; None where it is unknown.
    """

    def __init__(self, patterns: Sequence[Pattern], latest: date | None) -> None:
        self._patterns = patterns
        self._latest = latest
        self._year = latest.year if latest else None

    def day_in(self, sentence: str) -> date | None:
        """Return the first day of a sentence, the document's own where it gives none or a later one."""
        found = (
            sorted(
                (match.start(), -len(match[0]), rank, match.groupdict())
                for rank, pattern in enumerate(self._patterns)
                for match in pattern.finditer(sentence)
            )
            if any(sign.isdigit() for sign in sentence)
            else []
        )
        for *_, parts in found:
            day = self._day_of(parts)
            if day and (self._latest is None or day <= self._latest):
                return day
        return self._latest

    def _day_of(self, parts: dict[str, str | None]) -> date | None:
        year = int(parts.get("y") or 0) or self._year
        month = MONTHS.get((parts.get("name") or "").lower()) or int(parts.get("m") or 0)
        if year is None or not month:
            return None
        self._year = year
        try:
            return date(year, month, int(parts.get("d") or 1))
        except ValueError:
            return None
