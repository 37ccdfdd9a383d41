"""The best way through two versions: a dynamic programme over links that do not cross, but for neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dragoman.terms.evidence import Evidence, Matrix
from dragoman.terms.settings import Shape

Row = NDArray[np.float64]
CROSSED: Shape = (2, 2)
"""Steps that two crossed links take."""
LONGEST_LINK = 5
"""Sentences of a side that a step takes at most."""
TIE = 1e-4
"""Log odds that are no difference: of a sentence that stands twice the later one is linked, beside the text."""


@dataclass(frozen=True, slots=True)
class Match:
    """Sentences that go together, by their positions among those of their language.

    Attributes:
        en, zh: positions in order; one side may be empty.
        odds: log odds that they do.
    """

    en: tuple[int, ...]
    zh: tuple[int, ...]
    odds: float


@dataclass(frozen=True, slots=True)
class Step:
    """A way of going on: how many sentences it takes on either side, and whether they cross."""

    shape: Shape
    crossed: bool = False


def best_path(evidence: Evidence, guide: Sequence[Match] = ()) -> list[Match]:
    """Return the links of the best way, every sentence in exactly one.

    Args:
        evidence: what the versions say of each other.
        guide: links beside which the way is sought; without them, beside the diagonal.
    """
    return _Search(evidence, guide).run()


class _Search:
    """One run of the programme; row i of its table is what is best for the first i English sentences.

    Of each row what lies in its window is kept for the way back; left of it the way goes up, right of it back.
    """

    def __init__(self, evidence: Evidence, guide: Sequence[Match]) -> None:
        self.evidence = evidence
        self.settings = evidence.settings
        self.height, self.width = len(evidence.sizes[0]), len(evidence.sizes[1])
        self.guide = np.array(list(columns_of(guide, self.height))) if guide else None
        self.steps = [*(Step(shape) for shape in self.settings.shapes), Step(CROSSED, crossed=True)]
        self.skip_english, self.skip_chinese = len(self.steps), len(self.steps) + 1
        self.begins: list[int] = [0]
        self.choices: list[NDArray[np.int8]] = [np.full(self.width + 1, self.skip_chinese, dtype=np.int8)]
        self.odds: list[NDArray[np.float32]] = [np.zeros(self.width + 1, dtype=np.float32)]

    def run(self) -> list[Match]:
        """Fill the table block by block, then walk back."""
        skip = self.settings.skip
        table: dict[int, Row] = {0: np.arange(self.width + 1, dtype=np.float64) * skip}
        rows = int(self.settings.band["rows" if self.guide is None else "guided_rows"])
        for start in range(0, self.height, rows):
            end = min(start + rows, self.height)
            columns = self.window(start, end)
            scored = [self.scored(step, (start, end), columns) for step in self.steps] if self.width else []
            for row in range(start + 1, end + 1):
                table[row] = self.row(row, table, [one[row - 1 - start] for one in scored], columns)
                table.pop(row - LONGEST_LINK, None)
        return list(self.walk())[::-1]

    def window(self, start: int, end: int) -> tuple[int, int]:
        """Return the Chinese sentences that are looked at beside a block of English ones."""
        band = self.settings.band
        if self.guide is not None:
            reach, low, high = int(band["reach"]), int(self.guide[start]), int(self.guide[end])
        else:
            scale = self.width / max(1, self.height)
            low, high = int(start * scale), int(end * scale)
            reach = int(max(band["least"], band["share"] * self.width))
        return max(0, low - reach), min(self.width, high + reach)

    def scored(self, step: Step, rows: tuple[int, int], columns: tuple[int, int]) -> Matrix:
        """Return the log odds of a step by where it ends."""
        if not step.crossed:
            return self.evidence.scores(step.shape, rows, columns)
        low, left = max(rows[0] - 1, 0), max(columns[0] - 1, 0)
        single = self.evidence.scores((1, 1), (low, rows[1]), (left, columns[1]), placed=False)
        crossing = np.full(single.shape, -np.inf, dtype=np.float32)
        crossing[1:, 1:] = single[1:, :-1] + single[:-1, 1:] + self.settings.crossed
        return crossing[rows[0] - low :, columns[0] - left :]

    def row(self, row: int, table: dict[int, Row], scored: list[Matrix], columns: tuple[int, int]) -> Row:
        """Return a row of the table, and note how each of its cells is reached."""
        best = table[row - 1] + self.settings.skip
        choice = np.full(self.width + 1, self.skip_english, dtype=np.int8)
        odds = np.zeros(self.width + 1, dtype=np.float32)
        for number, (step, scores) in enumerate(zip(self.steps, scored, strict=False)):
            up, left = step.shape
            begin = max(columns[0] + 1, left)
            if up > row or begin > columns[1]:
                continue
            gained = scores[begin - 1 - columns[0] :]
            reached = table[row - up][begin - left : columns[1] + 1 - left] + gained
            better = reached > best[begin : columns[1] + 1] - TIE
            best[begin : columns[1] + 1][better] = reached[better]
            choice[begin : columns[1] + 1][better] = number
            odds[begin : columns[1] + 1][better] = gained[better]
        skipped = np.arange(self.width + 1) * self.settings.skip
        along: Row = np.maximum.accumulate(best - skipped) + skipped
        choice[along > best + 1e-9] = self.skip_chinese
        kept = slice(columns[0], columns[1] + 1)
        self.begins.append(columns[0])
        self.choices.append(choice[kept].copy())
        self.odds.append(odds[kept].copy())
        return along

    def chosen(self, row: int, column: int) -> int:
        """Return by which step a cell was reached."""
        place = column - self.begins[row]
        if 0 <= place < len(self.choices[row]):
            return int(self.choices[row][place])
        return self.skip_english if place < 0 or not column else self.skip_chinese

    def walk(self) -> Iterator[Match]:
        """Yield the links from the end to the start."""
        row, column = self.height, self.width
        while row or column:
            chosen = self.chosen(row, column)
            if chosen == self.skip_chinese:
                column -= 1
                yield Match((), (column,), 0.0)
            elif chosen == self.skip_english:
                row -= 1
                yield Match((row,), (), 0.0)
            else:
                step = self.steps[chosen]
                yield from self.taken(step, row, column)
                row, column = row - step.shape[0], column - step.shape[1]

    def taken(self, step: Step, row: int, column: int) -> Iterator[Match]:
        """Yield the links of a step, the last first."""
        if not step.crossed:
            english = tuple(range(row - step.shape[0], row))
            chinese = tuple(range(column - step.shape[1], column))
            yield Match(english, chinese, float(self.odds[row][column - self.begins[row]]))
            return
        for one, two in ((row - 1, column - 2), (row - 2, column - 1)):
            yield Match((one,), (two,), self.evidence.single(one, two))


def columns_of(matches: Sequence[Match], height: int) -> Iterator[int]:
    """Yield for each number of English sentences how many Chinese ones stand before or beside them."""
    beside = {at: one.zh[-1] + 1 for one in matches if one.zh for at in one.en}
    reached = 0
    for row in range(height + 1):
        yield reached
        reached = max(reached, beside.get(row, 0))
