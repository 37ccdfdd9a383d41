"""Profile of documents over time: how many provisions of what kind, how firm and precise, joint or separate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from statistics import fmean
from typing import Any

from dragoman.model.coordination import Measure, Mode
from dragoman.model.coordination_format import figure, remark_to_row
from dragoman.model.problem import Problem

PRECISION = 1
"""Place of precision in a measure's legalization."""


@dataclass(frozen=True, slots=True)
class ProfileCell:
    """The provisions of one document that have one value.

    Attributes:
        doc, day: of the document; None for an undated one.
        value: a tag, a target, "hard", "joint", a degree.
        measures: its provisions.
        hard, soft: those with a hard instrument, and those with soft ones only.
    """

    doc: str
    day: date | None
    value: str
    measures: tuple[Measure, ...]
    hard: tuple[Measure, ...]
    soft: tuple[Measure, ...]

    @property
    def joint(self) -> tuple[Measure, ...]:
        """Return the provisions in which several parties act."""
        return tuple(one for one in self.measures if one.mode is Mode.JOINT)

    @property
    def force(self) -> float:
        """Return the mean force."""
        return fmean(one.force for one in self.measures)

    @property
    def precision(self) -> float | None:
        """Return the mean precision, None where it is unknown."""
        known = [one.legalization[PRECISION] for one in self.measures if one.legalization]
        return fmean(known) if known else None


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile.

    Attributes:
        by: what the columns are.
        documents: slugs in order of date, with their dates.
        values: in the order in which they are shown.
        cells: by slug and value; an absent one is empty.
        problems: what should be looked at.
    """

    by: str
    documents: tuple[tuple[str, date | None], ...]
    values: tuple[str, ...]
    cells: Mapping[tuple[str, str], ProfileCell]
    problems: tuple[Problem, ...] = ()


def cell_to_row(cell: ProfileCell) -> dict[str, Any]:
    """Return a cell as JSON, each figure with its sentences."""
    separate = [one for one in cell.measures if one.mode is not Mode.JOINT]
    return {
        "doc": cell.doc,
        "date": cell.day.isoformat() if cell.day else None,
        "value": cell.value,
        "provisions": figure(len(cell.measures), cell.measures),
        "hard": figure(len(cell.hard), cell.hard),
        "soft": figure(len(cell.soft), cell.soft),
        "joint": figure(len(cell.joint), cell.joint),
        "separate": figure(len(separate), separate),
        "force": figure(cell.force, cell.measures),
        "precision": figure(cell.precision, cell.measures),
    }


def profile_to_row(profile: Profile) -> dict[str, Any]:
    """Return a profile as JSON."""
    return {
        "by": profile.by,
        "documents": [{"doc": doc, "date": day.isoformat() if day else None} for doc, day in profile.documents],
        "values": list(profile.values),
        "cells": [cell_to_row(cell) for cell in profile.cells.values()],
        "problems": [remark_to_row(problem) for problem in profile.problems],
    }
