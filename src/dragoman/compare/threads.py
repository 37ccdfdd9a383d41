"""Lineage of a series: links, labels, what was dropped, and the threads they make."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from dragoman.compare.alignment import Aligner, Crossed, Link, spot
from dragoman.compare.labels import DUTIES, Labeller
from dragoman.compare.problems import problem
from dragoman.compare.sections import Moves, title_of
from dragoman.compare.series import Given, series_of
from dragoman.compare.settings import Settings, load_settings, load_wording
from dragoman.compare.traits import Marked, Marker
from dragoman.lexicon import Lexicon
from dragoman.model import Kind, Problem
from dragoman.model.lineage import (
    Ancestor,
    FieldChange,
    Lineage,
    LineageCorrection,
    LineageLabel,
    LineageLine,
    SeriesGap,
    SeriesText,
)

FIRST_TEXT = "first text of the series"


def lineage_of(
    given: Iterable[Given],
    lexicon: Lexicon,
    corrections: Mapping[str, LineageCorrection] | None = None,
    settings: Settings | None = None,
    crossed: Crossed | None = None,
) -> Lineage:
    """Return the lineage of a series of texts.

    Args:
        given: documents with their lines, in the order in which they were named.
        lexicon: finds actors in sentences.
        corrections: what persons say of lines, by id; they win over what is computed.
        settings: figures to go by; by default those that ship.
        crossed: how surely sentences of two languages say the same, where that is known.
    """
    texts, gaps, problems = series_of(given)
    weaver = _Weaver(texts, gaps, lexicon, settings or load_settings(), corrections or {}, crossed or {})
    lines = weaver.woven()
    found = [*problems, *weaver.problems]
    if len(texts) > 1 and any(text.provisions for text in texts) and not any(line.ancestors for line in lines):
        found.append(problem("series-unrelated"))
    return Lineage(texts, tuple(lines), gaps, tuple(found))


class _Weaver:
    """Works through a series text by text."""

    def __init__(
        self,
        texts: Sequence[SeriesText],
        gaps: Sequence[SeriesGap],
        lexicon: Lexicon,
        settings: Settings,
        corrections: Mapping[str, LineageCorrection],
        crossed: Crossed,
    ) -> None:
        marker = Marker(lexicon, settings)
        self._texts, self._gaps, self._settings = texts, gaps, settings
        self._corrections, self._crossed = corrections, crossed
        self._lines: list[Marked] = []
        self._numbers: list[list[int]] = []
        for at, text in enumerate(texts):
            start = len(self._lines)
            self._lines += marker.marked(text.document, text.provisions, at)
            self._numbers.append(list(range(start, len(self._lines))))
        self._by_id = {line.provision.id: number for number, line in enumerate(self._lines)}
        self._labeller = Labeller(
            settings,
            load_wording(),
            usual(self._lines, settings.labels["usual"]),
            binding_of(texts, settings.labels["binding"]),
        )
        self._went_on: set[tuple[str, int]] = set()
        self._thread: dict[int, int] = {}
        self.problems: list[Problem] = []

    def woven(self) -> list[LineageLine]:
        """Return the lines of all texts, then what was dropped."""
        summaries = frozenset(at for at, text in enumerate(self._texts) if text.summary)
        aligner = Aligner(self._lines, self._settings, crossed=self._crossed, summaries=summaries)
        woven: list[LineageLine] = []
        for at, numbers in enumerate(self._numbers):
            links = self._corrected(numbers, aligner.links(numbers) if at else [])
            woven += self._text(at, numbers, links)
            aligner.add(numbers)
        return [*woven, *self._dropped()]

    def _corrected(self, numbers: Sequence[int], links: Sequence[Link]) -> dict[int, list[Link]]:
        """Return the links by later line, best first, a person's in place of the computed ones."""
        by_line: dict[int, list[Link]] = {number: [] for number in numbers}
        for link in links:
            by_line[link.later].append(link)
        for number in numbers:
            correction = self._corrections.get(self._lines[number].provision.id)
            if correction and correction.ancestors is not None:
                by_line[number] = self._chosen(number, correction, correction.ancestors, by_line[number])
        return by_line

    def _chosen(
        self, number: int, correction: LineageCorrection, ancestors: Sequence[str], computed: list[Link]
    ) -> list[Link]:
        gone = [name for name in ancestors if self._by_id.get(name, number) >= number]
        if gone and len(gone) == len(ancestors):
            line = self._lines[number].provision
            self.problems.append(
                problem("lineage-correction-stale", line.doc, line=correction.provision, gone=", ".join(gone))
            )
            return computed
        return [Link(1.0, number, self._by_id[name]) for name in ancestors if name not in gone]

    def _text(self, at: int, numbers: Sequence[int], links: Mapping[int, list[Link]]) -> Iterator[LineageLine]:
        """Yield the lines of one text."""
        pairs = [
            (self._lines[link.later].provision, self._lines[link.earlier].provision)
            for found in links.values()
            for link in found
        ]
        moves = Moves(
            pairs, {title_of(self._lines[number].provision) for number in numbers}, self._settings.moved_below
        )
        heirs = self._heirs(links)
        for number in numbers:
            found = links[number]
            for link in found:
                self._went_on.add(spot(self._lines[link.earlier].provision))
            self._thread[number] = self._thread[found[0].earlier] if found else number
            line = self._labelled(number, found) if found else self._unlinked(number, first=at == 0)
            if found:
                first = self._lines[found[0].earlier].provision
                line = replace(
                    line,
                    moved=moves.moved(line.provision, first),
                    split=heirs[found[0].earlier] > 1,
                    merged=len({spot(one.provision) for one in line.ancestors}) > 1,
                )
            yield self._with_correction(line)

    def _heirs(self, links: Mapping[int, list[Link]]) -> Counter[int]:
        """Return in how many sentences of a text each earlier line goes on."""
        places: dict[int, set[tuple[str, int]]] = defaultdict(set)
        for number, found in links.items():
            for link in found:
                places[link.earlier].add(spot(self._lines[number].provision))
        return Counter({earlier: len(where) for earlier, where in places.items()})

    def _unlinked(self, number: int, *, first: bool) -> LineageLine:
        reason = FIRST_TEXT if first else "no provision of an earlier text is alike enough"
        line = self._lines[number].provision
        return LineageLine(line, LineageLabel.NEW, reason=reason, thread=self._thread[number], first=first)

    def _labelled(self, number: int, found: Sequence[Link]) -> LineageLine:
        later, earlier = self._lines[number], self._lines[found[0].earlier]
        changes = self._labeller.changes(
            later, earlier, self._texts[later.text].day, self._texts[earlier.text].day
        )
        label = self._labeller.label(changes)
        ancestors = tuple(Ancestor(self._lines[link.earlier].provision, link.score) for link in found)
        makes = changes[0] if changes and label is not LineageLabel.REPEATED else None
        return LineageLine(
            later.provision,
            label,
            ancestors,
            changes,
            makes.field if makes else None,
            reason_of(makes, changes),
            self._thread[number],
        )

    def _with_correction(self, line: LineageLine) -> LineageLine:
        correction = self._corrections.get(line.provision.id)
        if correction is None or correction.label is LineageLabel.DROPPED:
            return line
        note = f": {correction.note}" if correction.note else ""
        reason = f"set by {correction.person}{note}"
        kept = line.field if correction.label is line.label else None
        return replace(line, label=correction.label, field=kept, reason=reason, correction=correction)

    def _dropped(self) -> Iterator[LineageLine]:
        """Yield the lines of threads that stop before the last text, by where they last stood."""
        for at, numbers in enumerate(self._numbers):
            missing_in = self._next_full(at)
            if missing_in is None:
                continue
            for number in numbers:
                line = self._lines[number].provision
                if spot(line) not in self._went_on and not self._labeller.done(line):
                    yield self._last_stood(number, at, missing_in)

    def _next_full(self, at: int) -> int | None:
        """Return the next text that is no mere summary, else the next text, None after the last."""
        later = range(at + 1, len(self._texts))
        full = [number for number in later if not self._texts[number].summary]
        return next(iter(full or later), None)

    def _last_stood(self, number: int, at: int, missing_in: int) -> LineageLine:
        slug = self._texts[missing_in].document.slug
        gaps = self._missing_between(at, missing_in)
        reason = f"last stood in {self._texts[at].document.slug}; nothing in {slug} or later continues it"
        if gaps:
            reason += f"; it may have been dropped in number {', '.join(map(str, gaps))} already, which is missing"
        elif self._texts[missing_in].summary:
            reason += f"; {slug} only sums up"
        return LineageLine(
            self._lines[number].provision,
            LineageLabel.DROPPED,
            reason=reason,
            thread=self._thread[number],
            first=at == 0,
            dropped_in=slug,
            gaps=gaps,
        )

    def _missing_between(self, at: int, missing_in: int) -> tuple[int, ...]:
        slugs = {text.document.slug for text in self._texts[at + 1 : missing_in + 1]}
        return tuple(number for gap in self._gaps if gap.before in slugs for number in gap.ordinals)


def usual(lines: Sequence[Marked], share: float) -> frozenset[str]:
    """Return the names that stand in more than a share of all lines, with and without the mark of their kind."""
    counts = Counter(trait for line in lines for trait in line.specifics)
    often = {trait for trait, count in counts.items() if count > max(2.0, share * len(lines))}
    return frozenset(often | {trait.partition(":")[2] for trait in often})


def binding_of(texts: Sequence[SeriesText], share: float) -> frozenset[int]:
    """Return the numbers of the texts that bind by law: a share of whose promises and duties are duties."""
    found = set()
    for at, text in enumerate(texts):
        kinds = Counter(line.kind for line in text.provisions)
        duties = sum(kinds[kind] for kind in DUTIES)
        if duties > share * (duties + kinds[Kind.COMMITMENT]):
            found.add(at)
    return frozenset(found)


def reason_of(makes: FieldChange | None, changes: Sequence[FieldChange]) -> str:
    """Return the reason of a label in one English sentence."""
    if makes is None:
        return "no field changed" if not changes else "changes outweigh each other or are too small"
    return f"{makes.field.value}: {makes.before or 'none'} → {makes.after or 'none'}"
