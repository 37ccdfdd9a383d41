"""How far coders agree: spans, sentences and fields, by pair of coders and all together, by document and in all.

Fields are compared on the units that at least two of the compared coders coded; sentences on all that could be
coded, never on uncoded characters. Spans are compared by F1, fields and sentences by Krippendorff's alpha.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from dragoman.coding.alpha import (
    Distance,
    coincidences_of,
    draws_of,
    interval_of,
    measured,
    nominal,
    ordinal,
    sets,
    share_of_same,
)
from dragoman.coding.pairing import Stretches, pairs_of, units_of
from dragoman.lexicon import load_pack
from dragoman.model import BlockKind, Document, Problem
from dragoman.model.coding import (
    FIELDS,
    GRAMMAR,
    SENTENCES,
    SPANS_EXACT,
    SPANS_OVERLAP,
    AgreementReport,
    AgreementRow,
    CodedLine,
    Figure,
    value_of,
)

PACK = "coding/agreement.yaml"
UNREAD = frozenset({BlockKind.HEADING, BlockKind.FURNITURE})
"""Sentences that never carry a provision."""
DISTANCES: Mapping[str, Distance] = {
    "force": ordinal,
    "actors": sets,
    "counterparties": sets,
    "technologies": sets,
    "instruments": sets,
}
"""How values of a field are compared; all others are nominal."""
PAIR = 2


@dataclass(frozen=True, slots=True)
class TeamDocument:
    """A document with the lines of each coder."""

    document: Document
    lines: Mapping[str, Sequence[CodedLine]]


@dataclass(frozen=True, slots=True)
class Settings:
    """See `data/coding/agreement.yaml`."""

    overlap: float
    resamples: int
    level: float
    documents: int


def settings() -> Settings:
    """Return the settings of the pack."""
    pack = load_pack(PACK)
    return Settings(pack["overlap"], pack["resamples"], pack["level"], pack["documents"])


@dataclass(frozen=True, slots=True)
class _Places:
    """Which block each place of the documents is in: blocks are drawn again by the bootstrap."""

    size: int
    of: Callable[[str, int], int]


def agreement_of(
    team: Sequence[TeamDocument],
    *,
    seed: int,
    resamples: int | None = None,
    problems: Sequence[Problem] = (),
) -> AgreementReport:
    """Return how far the coders of some documents agree.

    Args:
        team: documents with their coders' lines; the grammar is the coder `GRAMMAR`.
        seed: of the bootstrap.
        resamples: draws; by default those of the pack.
        problems: what the report is to tell besides.
    """
    own = settings()
    times = own.resamples if resamples is None else resamples
    over = "documents" if len(team) >= own.documents else "sentences"
    rows = list(_rows("", team, over, times, seed, own))
    if len(team) > 1:
        rows += [row for one in team for row in _rows(one.document.slug, [one], "sentences", times, seed, own)]
    lines: dict[str, int] = {}
    for one in team:
        for coder, found in one.lines.items():
            lines[coder] = lines.get(coder, 0) + len(found)
    return AgreementReport(
        tuple(rows),
        lines,
        tuple(one.document.slug for one in team),
        sum(len(codable(one.document)) for one in team),
        seed,
        times,
        own.level,
        over,
        tuple(problems),
    )


def codable(document: Document) -> tuple[tuple[int, int], ...]:
    """Return the stretches of the sentences that could carry a provision."""
    return tuple((one.start, one.end) for one in document.sentences if one.kind not in UNREAD)


def _rows(
    doc: str, team: Sequence[TeamDocument], over: str, times: int, seed: int, own: Settings
) -> Iterator[AgreementRow]:
    """Yield the row of all persons, then one for each pair, the grammar with each of them."""
    places = _places(team, over)
    draws = draws_of(places.size, times, seed)
    coders = sorted({coder for one in team for coder in one.lines}, key=lambda name: (name == GRAMMAR, name))
    persons = tuple(coder for coder in coders if coder != GRAMMAR)
    groups = [persons] if len(persons) > PAIR else []
    for group in [*groups, *combinations(coders, PAIR)]:
        shared = [one for one in team if all(coder in one.lines for coder in group)]
        if shared:
            yield AgreementRow(doc, group, dict(_figures(shared, group, places, draws, own)))


def _places(team: Sequence[TeamDocument], over: str) -> _Places:
    """Return the blocks: a document each, or a sentence each, which holds what begins in it or after it."""
    if over == "documents":
        numbers = {one.document.slug: number for number, one in enumerate(team)}
        return _Places(len(team), lambda doc, _start: numbers[doc])
    starts, first, total = {}, {}, 0
    for one in team:
        found = np.array([sentence.start for sentence in one.document.sentences] or [0])
        starts[one.document.slug], first[one.document.slug] = found, total
        total += len(found)

    def place(doc: str, start: int) -> int:
        return first[doc] + max(int(np.searchsorted(starts[doc], start, side="right")) - 1, 0)

    return _Places(total, place)


def _figures(
    team: Sequence[TeamDocument],
    group: tuple[str, ...],
    places: _Places,
    draws: NDArray[np.int64],
    own: Settings,
) -> Iterator[tuple[str, Figure]]:
    if len(group) == PAIR:
        yield SPANS_EXACT, _span_figure(team, group, places, draws, own, exact=True)
        yield SPANS_OVERLAP, _span_figure(team, group, places, draws, own, exact=False)
    yield SENTENCES, _alpha(_sentence_units(team, group, places, own.overlap), nominal, draws, own)
    units = [
        (places.of(one.document.slug, unit.start), tuple(unit.lines.values()))
        for one in team
        for unit in units_of({coder: one.lines[coder] for coder in group}, own.overlap)
    ]
    for name in FIELDS:
        values = [(block, [value_of(one.line, name) for one in lines]) for block, lines in units]
        yield name, _alpha(values, DISTANCES.get(name, nominal), draws, own)


def _alpha(
    units: Sequence[tuple[int, Sequence[Hashable]]],
    distance: Distance,
    draws: NDArray[np.int64],
    own: Settings,
) -> Figure:
    found = coincidences_of(units)
    value, drawn = measured(found, distance, draws)
    low, high = interval_of(drawn, own.level) if value is not None else (None, None)
    return Figure(value, low, high, found.units, share_of_same(found))


def _sentence_units(
    team: Sequence[TeamDocument], group: tuple[str, ...], places: _Places, least: float
) -> list[tuple[int, list[bool]]]:
    """Return for each sentence whether each coder has a line that shares enough of it."""
    found = []
    for one in team:
        spans = [Stretches((each.line.start, each.line.end) for each in one.lines[coder]) for coder in group]
        for sentence in codable(one.document):
            coded = [any(share >= least for _, share in own.near(*sentence)) for own in spans]
            found.append((places.of(one.document.slug, sentence[0]), coded))
    return found


def _span_figure(
    team: Sequence[TeamDocument],
    group: tuple[str, ...],
    places: _Places,
    draws: NDArray[np.int64],
    own: Settings,
    *,
    exact: bool,
) -> Figure:
    """Return F1 of two coders' spans: 2 x spans that both have / spans of one and of the other."""
    both, all_ = np.zeros(places.size), np.zeros(places.size)
    for one in team:
        mine, theirs = ([each.line for each in one.lines[coder]] for coder in group)
        for line in (*mine, *theirs):
            all_[places.of(one.document.slug, line.start)] += 1
        for i, j in pairs_of(mine, theirs, own.overlap):
            if not exact or (mine[i].start, mine[i].end) == (theirs[j].start, theirs[j].end):
                both[places.of(one.document.slug, mine[i].start)] += 2
    total = all_.sum()
    if not total:
        return Figure(None, None, None, 0)
    drawn, hits = draws @ all_, draws @ both
    low, high = interval_of(hits[drawn > 0] / drawn[drawn > 0], own.level)
    return Figure(float(both.sum() / total), low, high, int(total))
