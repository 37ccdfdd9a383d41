"""How alike sentences of two versions are to an encoder, against how alike they are to what stands around."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from dragoman.terms.encoder import Encoded, Encoder, Matrix
from dragoman.terms.path import Match
from dragoman.terms.settings import Settings, Shape

Window = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring sentences of both versions that an encoder is asked about; first and last (exclusive)."""

    rows: Window
    columns: Window


@dataclass(slots=True, eq=False)
class _Side:
    """A stretch of one version, encoded: the vectors of its joined sentences, and their mean cosines."""

    encoded: Encoded
    other: Matrix
    vectors: dict[int, Matrix] = field(default_factory=dict)

    def of(self, encoder: Encoder, joined: int) -> tuple[Matrix, NDArray[np.float32]]:
        """Return the vectors of so many joined sentences, and their mean cosine to the other version."""
        if joined not in self.vectors:
            self.vectors[joined] = encoder.vectors(self.encoded, joined)
        return self.vectors[joined], self.vectors[joined] @ self.other


class Likeness:
    """What an encoder says of links within stretches: cosines less the mean ones of both sides; else naught."""

    def __init__(
        self,
        encoder: Encoder,
        texts: tuple[Sequence[str], Sequence[str]],
        stretches: Sequence[Stretch],
        settings: Settings,
    ) -> None:
        """Encode the sentences of stretches of both versions."""
        self.encoder, self.rules, self.stretches = encoder, settings.encoder, stretches
        windows = [one.rows for one in stretches], [one.columns for one in stretches]
        encoded = [
            encoder.encode([text for window in spans for text in side[slice(*window)]])
            for side, spans in zip(texts, windows, strict=True)
        ]
        centres = [encoder.vectors(one, 1).mean(axis=0) for one in encoded]
        self.english = list(parts(encoded[0], windows[0], centres[1]))
        self.chinese = list(parts(encoded[1], windows[1], centres[0]))

    def scores(self, shape: Shape, rows: Window, columns: Window) -> Matrix:
        """Return the log odds of links of a shape that end within windows of both versions."""
        total = np.zeros((rows[1] - rows[0], columns[1] - columns[0]), dtype=np.float32)
        for number, stretch in enumerate(self.stretches):
            here, there = common(stretch.rows, rows, shape[0]), common(stretch.columns, columns, shape[1])
            if here and there:
                place = moved(here, rows[0]), moved(there, columns[0])
                total[place] = self._within(number, shape, here, there)
        return total

    def _within(self, number: int, shape: Shape, rows: Window, columns: Window) -> Matrix:
        stretch = self.stretches[number]
        english, around = self.english[number].of(self.encoder, shape[0])
        chinese, beside = self.chinese[number].of(self.encoder, shape[1])
        here, there = moved(rows, stretch.rows[0]), moved(columns, stretch.columns[0])
        margins = english[here] @ chinese[there].T - (around[here, None] + beside[None, there]) / 2
        rules = self.rules
        odds: Matrix = np.clip(rules["slope"] * (margins - rules["middle"]), rules["least"], rules["most"])
        return odds


def parts(encoded: Encoded, windows: Sequence[Window], centre: Matrix) -> Iterator[_Side]:
    """Yield the stretches of a version of which the sentences were encoded one after the other."""
    start = 0
    for window in windows:
        end = start + window[1] - window[0]
        yield _Side(encoded.part(start, end), centre)
        start = end


def moved(window: Window, start: int) -> slice:
    """Return a window as it is counted from a place."""
    return slice(window[0] - start, window[1] - start)


def common(stretch: Window, window: Window, joined: int) -> Window | None:
    """Return where links of so many sentences that lie in a stretch end within a window."""
    start, end = max(stretch[0] + joined - 1, window[0]), min(stretch[1], window[1])
    return (start, end) if start < end else None


def unsure(matches: Sequence[Match], settings: Settings) -> list[Stretch]:
    """Return the stretches around links that are not one to one or for which little speaks.

    Args:
        matches: links in text order.
        settings: how sure a link must be, and how many links around an unsure one are looked at.
    """
    rules = settings.encoder
    reach = int(rules["around"])
    marked: set[int] = set()
    for number, one in enumerate(matches):
        if len(one.en) != 1 or len(one.zh) != 1 or one.odds < rules["sure"]:
            marked.update(range(max(number - reach, 0), min(number + reach + 1, len(matches))))
    runs: list[list[Match]] = []
    for number in sorted(marked):
        if number - 1 not in marked:
            runs.append([])
        runs[-1].append(matches[number])
    return list(stretches_of(runs))


def stretches_of(runs: Iterable[Sequence[Match]]) -> Iterator[Stretch]:
    """Yield the sentences of runs of links; a run that has those of one version only tells nothing."""
    for run in runs:
        english = [at for one in run for at in one.en]
        chinese = [at for one in run for at in one.zh]
        if english and chinese:
            yield Stretch((min(english), max(english) + 1), (min(chinese), max(chinese) + 1))
