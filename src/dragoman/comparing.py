"""Comparing texts, for the faces: the lineage of a series, corrections of it, and its report.

with Workspace.open("workspace") as workspace:
    lineage = workspace.comparing.lineage(["statement-2022", "statement-2023.txt"])
    for line in lineage.lines:
        print(line.label, line.reason, line.provision.quote.exact)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise, product
from pathlib import Path

from dragoman.compare import Crossed, Spot, lineage_of, redline
from dragoman.lexicon import Lexicon, load_lexicon
from dragoman.model import (
    Document,
    Language,
    NotFoundError,
    Problem,
    Provision,
    Query,
    ReviewState,
    Severity,
    UsageError,
)
from dragoman.model.lineage import Lineage, LineageCorrection, LineageLabel, LineageLine, Piece
from dragoman.read import ReadSettings, read_inputs
from dragoman.register import Register
from dragoman.report import ReportFormat, write
from dragoman.report.lineage import report_of
from dragoman.terms import align, load_aids

Extract = Callable[[Document], tuple[Provision, ...]]
Text = tuple[Document, tuple[Provision, ...]]
Clock = Callable[[], datetime]
SUBJECT_LABELS = tuple(label for label in LineageLabel if label is not LineageLabel.DROPPED)
"""Labels that a person can give a line."""


class NoSuchTextError(NotFoundError):
    """Neither a document of the register nor a file."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The register has no document `{name}`, and there is no such file.",
            "`dragoman documents` lists the documents.",
        )


class UnreadableTextError(UsageError):
    """A file that cannot be read as a text."""

    def __init__(self, name: str, problems: Sequence[Problem]) -> None:
        why = next((one for one in problems if one.severity is Severity.ERROR), None)
        super().__init__(f"{name} cannot be read{f': {why.message}' if why else '.'}", why.remedy if why else "")


class NotALabelError(UsageError):
    """A label that cannot be given."""

    def __init__(self, label: str) -> None:
        super().__init__(
            f"A line cannot be labelled `{label}`.", f"Labels: {', '.join(one.value for one in SUBJECT_LABELS)}."
        )


class NobodyNamedError(UsageError):
    """A correction without a name."""

    def __init__(self) -> None:
        super().__init__("A correction needs the name of who makes it.", "Give it with --by NAME.")


class NotEarlierError(UsageError):
    """A predecessor that is none."""

    def __init__(self, ancestor: str, line: str) -> None:
        super().__init__(
            f"`{ancestor}` cannot be a predecessor of `{line}`: it stands in the same text or in a later one.",
            "Name lines of earlier texts.",
        )


class Comparing:
    """Lineage of series of texts; corrections are kept in the register and win over what is computed.

    Args:
        register: where documents, lines and corrections are kept.
        extract: reads the provisions of a document that is not kept.
        clock: gives the time of a correction.
        extend: adds the words of the termbase to the lexicon that English and Chinese texts are aligned by.
    """

    def __init__(
        self,
        register: Register,
        extract: Extract,
        clock: Clock,
        extend: Callable[[Lexicon], Lexicon] = lambda lexicon: lexicon,
    ) -> None:
        self._register = register
        self._extract = extract
        self._clock = clock
        self._extend = extend

    def lineage(
        self, names: Sequence[str], topics: Sequence[str] = (), settings: ReadSettings | None = None
    ) -> Lineage:
        """Return the lineage of a series.

        Args:
            names: slugs of the register or paths of files, which are read and not kept.
            topics: tags of technologies or instruments; lines of threads that have none of them are left out.
            settings: limits of reading.

        Raises:
            NotFoundError: neither a document nor a file.
            UsageError: a file that cannot be read, or a tag that no data pack has.
        """
        known = self._register.titles(tuple(names))
        given = [
            text
            for name in names
            for text in ([self._stored(name)] if name in known else self._read(name, settings or ReadSettings()))
        ]
        crossed = crossed_of(given, self._extend(load_lexicon()))
        whole = lineage_of(given, load_lexicon(), self._register.lineages.standing(), crossed=crossed)
        return about(whole, topics)

    def _stored(self, slug: str) -> tuple[Document, tuple[Provision, ...]]:
        page = self._register.provisions(Query(documents=(slug,), limit=None))
        lines = [entry.provision for entry in page.entries if entry.state is not ReviewState.REJECTED]
        lines.sort(key=lambda line: (line.start, line.trigger_start))
        return self._register.document(slug), tuple(lines)

    def _read(self, name: str, settings: ReadSettings) -> list[tuple[Document, tuple[Provision, ...]]]:
        if not Path(name).exists():
            raise NoSuchTextError(name)
        texts = []
        for result in read_inputs([name], settings):
            if result.document is None:
                raise UnreadableTextError(name, result.problems)
            texts.append((result.document, self._extract(result.document)))
        return texts

    def correct(
        self, identifier: str, label: str, *, person: str, ancestors: Sequence[str] | None = None, note: str = ""
    ) -> LineageCorrection:
        """Keep what a person says of a line; it counts until the sentence changes.

        Args:
            identifier: of the line.
            label: a label other than "dropped".
            person: who says so.
            ancestors: ids of its predecessors; None leaves the computed ones, () says that it has none.
            note: why.

        Raises:
            NotFoundError: a line that is not in the register.
            UsageError: no name, no such label, or a predecessor that is not of an earlier text.
        """
        if label not in SUBJECT_LABELS:
            raise NotALabelError(label)
        if not person.strip():
            raise NobodyNamedError
        self._check(identifier, ancestors or ())
        chosen = None if ancestors is None else tuple(dict.fromkeys(ancestors))
        if label == LineageLabel.NEW:
            chosen = ()
        correction = LineageCorrection(
            identifier, LineageLabel(label), chosen, note.strip(), person.strip(), self._clock()
        )
        self._register.lineages.keep(correction)
        return correction

    def _check(self, identifier: str, ancestors: Sequence[str]) -> None:
        """Raise where a line or predecessor is not there or is no earlier one."""
        line = self._register.provision(identifier).provision
        _, day = self._register.sources((line.doc,))[line.doc]
        for name in ancestors:
            earlier = self._register.provision(name).provision
            _, before = self._register.sources((earlier.doc,))[earlier.doc]
            if earlier.doc == line.doc or (day and before and before > day):
                raise NotEarlierError(name, identifier)

    def history(self, identifier: str) -> tuple[LineageCorrection, ...]:
        """Return all corrections of a line, oldest first."""
        return self._register.lineages.history(identifier)

    def written(self, lineage: Lineage, form: ReportFormat, language: Language, reproduce: str = "") -> bytes:
        """Return the report of a lineage as the bytes of a file: "html", "docx" or "md"."""
        redlines = {
            line.provision.id: redline(line.ancestors[0].provision.quote.exact, line.provision.quote.exact)
            for line in lineage.lines
            if line.ancestors
        }
        return write(report_of(lineage, language, reproduce, redlines), form)

    def redline(self, line: LineageLine) -> tuple[Piece, ...]:
        """Return which words were deleted and inserted from a line's first predecessor to it, () without one."""
        if not line.ancestors:
            return ()
        return redline(line.ancestors[0].provision.quote.exact, line.provision.quote.exact)


def crossed_of(given: Sequence[Text], lexicon: Lexicon) -> Crossed:
    """Return how surely sentences of two languages say the same, for neighbouring texts that are versions.

    The terms room aligns them; texts that it finds unrelated add nothing: names and numbers alone link them.
    """
    found: dict[Spot, dict[Spot, float]] = {}
    for one, other in pairwise(sorted(given, key=lambda text: text[0].date or date.max)):
        by_language = {text[1][0].language: text for text in (one, other) if text[1]}
        if by_language.keys() == {Language.EN, Language.ZH}:
            english, chinese = by_language[Language.EN], by_language[Language.ZH]
            alignment = align(english[0], chinese[0], lexicon, load_aids(encoder=False))
            if not any(problem.severity is not Severity.NOTE for problem in alignment.problems):
                for link in alignment.links:
                    cross(found, spots_in(english, link.en), spots_in(chinese, link.zh), link.confidence)
    return found


def spots_in(text: Text, spans: Sequence[tuple[int, int]]) -> set[Spot]:
    """Return the sentences of a text's lines that overlap some spans."""
    return {
        (line.doc, line.start)
        for line in text[1]
        if any(line.start < end and start < line.end for start, end in spans)
    }


def cross(found: dict[Spot, dict[Spot, float]], first: set[Spot], second: set[Spot], sure: float) -> None:
    """Keep how surely sentences say the same, each by the other."""
    for one, other in product(first, second):
        found.setdefault(one, {})[other] = found.setdefault(other, {})[one] = sure


def about(lineage: Lineage, topics: Sequence[str]) -> Lineage:
    """Return the threads of a lineage of which a line has one of some tags; all without tags.

    Raises:
        UsageError: a tag that no data pack has.
    """
    if not topics:
        return lineage
    lexicon = load_lexicon()
    known = frozenset(lexicon.technologies.labels) | frozenset(lexicon.instruments.labels)
    for topic in topics:
        if topic not in known:
            raise NoSuchTopicError(topic, sorted(known))
    wanted = frozenset(topics)
    threads = {line.thread for line in lineage.lines if has_topic(line, wanted)}
    return replace(lineage, lines=tuple(line for line in lineage.lines if line.thread in threads))


class NoSuchTopicError(UsageError):
    """A tag that no data pack has."""

    def __init__(self, topic: str, known: Sequence[str]) -> None:
        super().__init__(f"There is no topic `{topic}`.", f"Topics: {', '.join(known)}.")


def has_topic(line: LineageLine, wanted: frozenset[str]) -> bool:
    """Return whether a line has one of some tags."""
    return not wanted.isdisjoint((*line.provision.technologies, *line.provision.instruments))
