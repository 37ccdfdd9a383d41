"""Builds a draft line by line for formats that have blocks rather than lines."""

from __future__ import annotations

from dataclasses import dataclass, field

from dragoman.model import BlockKind, Problem
from dragoman.read.draft import Draft, Mark
from dragoman.read.lines import BLANK

_INDENT = "  "
BULLET = "•"
"""Stands for the bullets that a format draws but does not hold as text."""


@dataclass(slots=True)
class DraftWriter:
    """Collects blocks; each becomes a line of the draft, with a blank line behind it.

    Attributes:
        media_type: of the bytes.
    """

    media_type: str
    _parts: list[str] = field(default_factory=list)
    _marks: list[Mark] = field(default_factory=list)
    _length: int = 0

    def add(
        self,
        text: str,
        kind: BlockKind | None = None,
        level: int = 0,
        *,
        marker: str = "",
        page: int | None = None,
        role: str = "",
    ) -> None:
        """Add a block; blocks of white space are left out.

        Args:
            text: its text; line ends inside stay.
            kind: what the format says it is, None where it says nothing.
            level: depth of a heading or item.
            marker: bullet or number that the format draws itself.
            page: page on which it starts.
            role: role of furniture.
        """
        body = text.strip(BLANK)
        if not body:
            return
        lead = f"{marker} " if marker else ""
        indent = _INDENT * (level - 1) if kind is BlockKind.ITEM else ""
        line = f"{indent}{lead}{body}"
        self._marks.append(Mark(self._length, self._length + len(line), kind, level, page, role))
        self._parts.append(line)
        self._length += len(line) + 2

    def draft(self, title: str = "", problems: tuple[Problem, ...] = ()) -> Draft:
        """Return what was collected."""
        return Draft("\n\n".join(self._parts), tuple(self._marks), self.media_type, title, problems)

    @property
    def is_empty(self) -> bool:
        """Whether no block was added."""
        return not self._parts
