"""Whether a provision stands in another section than its predecessor; a section that was renamed is no other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rapidfuzz import fuzz

from dragoman.model import Provision

Titles = tuple[str, str]


def title_of(line: Provision) -> str:
    """Return the title of a line's innermost section, "" where it stands in none."""
    return line.section[-1].strip() if line.section else ""


class Moves:
    """Tells moved lines of one text from those whose section was renamed."""

    def __init__(
        self, pairs: Iterable[tuple[Provision, Provision]], later_titles: Iterable[str], below: float
    ) -> None:
        """Take all linked pairs of a text, (later, earlier).

        Args:
            pairs: the linked lines.
            later_titles: titles of the text's sections.
            below: likeness of titles below which they are two, 0 to 100.
        """
        self._below = below
        self._titles = frozenset(later_titles)
        self._often: dict[str, Counter[str]] = {}
        for later, earlier in pairs:
            self._often.setdefault(title_of(earlier), Counter())[title_of(later)] += 1

    def moved(self, later: Provision, earlier: Provision) -> bool:
        """Return whether a line stands in another section than before."""
        new, old = title_of(later), title_of(earlier)
        if not new or not old or self._alike(new, old):
            return False
        if any(self._alike(title, old) for title in self._titles):
            return True
        heir = self._often[old].most_common(1)[0]
        return heir[0] != new and heir[1] > self._often[old][new]

    def _alike(self, one: str, other: str) -> bool:
        return fuzz.token_set_ratio(one.lower(), other.lower()) >= self._below
