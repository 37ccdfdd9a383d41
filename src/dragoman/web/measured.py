"""Figures that open their sentences: which measures stand behind each cell of a table, and its name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dragoman.model.coordination import Coordination, Drift, Figures, Measure, Mode
from dragoman.model.profile import Profile
from dragoman.report.comparison_words import Words

MEETING = "meeting"
PROFILE = ("provisions", "hard", "soft", "joint", "separate", "force", "precision")
"""Figures of a profile."""

Cells = Mapping[str, tuple[Measure, ...]]
"""Measures behind figures, by the name of the cell."""


def cell(*parts: str) -> str:
    """Return the name of a cell."""
    return "|".join(parts)


def cells_of(found: Coordination) -> Cells:
    """Return the measures behind each figure of a coordination."""
    cells = {name: measures for one in (found.overall, *found.targets) for name, measures in _figures(one)}
    for doc, _, row in found.meetings:
        cells |= {cell(MEETING, doc, target): measures for target, measures in row.items()}
    for part, drift in (("topic", found.topical), ("wide", found.wide)):
        cells |= dict(_drift(part, drift))
    return cells


def _figures(figures: Figures) -> Iterator[tuple[str, tuple[Measure, ...]]]:
    separate = (*figures.first, *figures.second)
    parts = {
        "total": (*figures.joint, *separate),
        "joint": figures.joint,
        "first": figures.first,
        "second": figures.second,
        "matched": tuple(one for match in figures.matches for one in (match.first, match.second)),
        "unilateral": figures.unilateral,
        "separate": separate,
    }
    for name, measures in parts.items():
        yield cell(name, figures.target), measures


def _drift(part: str, drift: Drift) -> Iterator[tuple[str, tuple[Measure, ...]]]:
    for period in drift.periods:
        yield cell(part, period.name, "total"), period.measures
        yield cell(part, period.name, "hard"), period.hard
        yield cell(part, period.name, "soft"), period.soft


def profile_cells(found: Profile) -> Cells:
    """Return the measures behind each figure of a profile."""
    cells: dict[str, tuple[Measure, ...]] = {}
    for (doc, value), one in found.cells.items():
        separate = tuple(each for each in one.measures if each.mode is not Mode.JOINT)
        parts = (one.measures, one.hard, one.soft, one.joint, separate, one.measures, one.measures)
        cells |= {cell(name, doc, value): measures for name, measures in zip(PROFILE, parts, strict=True)}
    return cells


@dataclass(frozen=True, slots=True)
class Opened:
    """A figure that is open: what it is called, and its measures by day."""

    title: str
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Titles:
    """Words for the parts of a cell's name."""

    words: Words
    parties: tuple[str, ...]

    def titled(self, part: str) -> str:
        """Return what a part of a cell's name is called."""
        if part in {"first", "second"} and self.parties:
            return self.parties[part == "second"]
        own = {MEETING: "", "topic": "drift_topic", "wide": "drift_all"}.get(part, part)
        if own in self.words.own:
            return self.words.own[own]
        return self.words.name(self.words.tag(own))


def opened(cells: Cells, name: str, titles: Titles) -> Opened | None:
    """Return the measures of a cell, None where no cell has the name."""
    if name not in cells:
        return None
    measures = tuple(sorted(cells[name], key=lambda one: (one.day, one.doc, one.start, one.line)))
    return Opened(" · ".join(part for part in map(titles.titled, name.split("|")) if part), measures)
