"""Finds the stretches of a text that are in one language."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.model import Language, Run
from dragoman.read.cues import HAN
from dragoman.read.lines import Line

_ANY_HAN = re.compile(f"[{HAN}]")
_HAN = re.compile(f"[{HAN}]+")
_LATIN = re.compile(r"[A-Za-z]+")
_HAN_PER_WORD = 1.5
"""Chinese characters that carry as much as one English word (Xu and others, parallel corpora: 1.5 to 1.8)."""
_MIN_WORDS = 25.0
"""A run of fewer words than this belongs to its neighbours: a name, a title, a quotation."""
_SENTENCE_END = re.compile("[。！？][”」』）]?$")
"""Names, titles and quotations do not end so: a line of Chinese that does is a sentence, however short."""
_DENSITY = {Language.EN: 1, Language.ZH: 3}
"""English characters that say what one character of the language says."""


def language_runs(text: str, lines: Sequence[Line], allowed: Sequence[Language] = ()) -> tuple[Run, ...]:
    """Return the runs of a text, in order, together covering it; none for a text without letters.

    Args:
        text: the whole text.
        lines: its lines.
        allowed: languages that the text is stated to be in; empty if unknown.
    """
    if len(set(allowed)) == 1 and lines:
        return (Run(0, len(text), allowed[0]),)
    if not _ANY_HAN.search(text):
        return (Run(0, len(text), Language.EN),) if _LATIN.search(text) else ()
    return _cover(text, _merge_small(*_stretches(text, lines)))


def weights(text: str) -> tuple[float, float]:
    """Return how many words of English and of Chinese a text holds."""
    han = sum(len(run) for run in _HAN.findall(text)) / _HAN_PER_WORD
    return float(len(_LATIN.findall(text))), han


Stretch = tuple[int, Language, float]
"""Start, language, and weight in words."""


def _stretches(text: str, lines: Sequence[Line]) -> tuple[list[Stretch], float]:
    """Return the stretches of one language, and the weight below which one belongs to its neighbours."""
    weighed = [(line.start, text[line.start : line.end].rstrip()) for line in lines]
    measured = [(start, words, *weights(words)) for start, words in weighed]
    floor = min(_MIN_WORDS, sum(max(english, chinese) for _, _, english, chinese in measured) / 2)
    stretches: list[Stretch] = []
    for start, words, english, chinese in measured:
        if chinese >= english and chinese:
            _append(stretches, (start, Language.ZH, max(chinese, floor if _SENTENCE_END.search(words) else 0.0)))
        elif english:
            _append(stretches, (start, Language.EN, english))
    return stretches, floor


def _append(stretches: list[Stretch], new: Stretch) -> None:
    if stretches and stretches[-1][1] is new[1]:
        start, language, weight = stretches[-1]
        stretches[-1] = (start, language, weight + new[2])
    else:
        stretches.append(new)


def _merge_small(stretches: list[Stretch], floor: float) -> list[Stretch]:
    """Give stretches too small to be a run of their own to their neighbours, smallest first by passes."""
    for limit in (floor / 5, floor / 2, floor):
        kept: list[Stretch] = []
        carried, first = 0.0, None
        for start, language, weight in stretches:
            if weight < limit:
                carried, first = carried + weight, start if first is None else first
                continue
            begin = start if kept or first is None else first
            _append(kept, (begin, language, weight))
        stretches = kept or _dominant(stretches)
    return stretches


def _dominant(stretches: list[Stretch]) -> list[Stretch]:
    """Return one stretch in the language that most of the words are in."""
    if not stretches:
        return []
    chinese = sum(weight for _, language, weight in stretches if language is Language.ZH)
    total = sum(weight for _, _, weight in stretches)
    return [(stretches[0][0], Language.ZH if chinese * 2 >= total else Language.EN, total)]


def _cover(text: str, stretches: list[Stretch]) -> tuple[Run, ...]:
    starts = [0, *(start for start, _, _ in stretches[1:]), len(text)]
    return tuple(
        Run(starts[index], starts[index + 1], language) for index, (_, language, _) in enumerate(stretches)
    )


def languages_by_size(runs: Sequence[Run]) -> tuple[Language, ...]:
    """Return the languages of runs, most text first, measured by what it says."""
    sizes: dict[Language, int] = {}
    for run in runs:
        size = (run.end - run.start) * _DENSITY[run.language]
        sizes[run.language] = sizes.get(run.language, 0) + size
    return tuple(sorted(sizes, key=lambda language: -sizes[language]))
