"""What a format reader hands to the structure stage: text, and what the format says about stretches of it."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model import BlockKind, Problem


@dataclass(frozen=True, slots=True)
class Mark:
    """What a file format says about one line of a draft.

    Attributes:
        start, end: the line, marker included.
        kind: what the format says it is, or None where it says nothing.
        level: depth of a heading or item from 1, 0 where unknown.
        page: 1-based page.
        role: role of furniture.
    """

    start: int
    end: int
    kind: BlockKind | None = None
    level: int = 0
    page: int | None = None
    role: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A text without structure yet.

    Attributes:
        text: the whole text.
        marks: one a line, in text order; None for plain text, whose lines are found by their ends.
        media_type: of the bytes.
        title: title stated by the file itself (document properties, HTML head), else "".
        problems: what was wrong or assumed while decoding.
    """

    text: str
    marks: tuple[Mark, ...] | None = None
    media_type: str = "text/plain"
    title: str = ""
    problems: tuple[Problem, ...] = ()
