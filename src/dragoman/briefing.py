"""A briefing on one actor or a pair, for the faces; a part of the facade.

with Workspace.open("workspace") as workspace:
    found = workspace.briefing.make("Japan", "United States")
    data = workspace.briefing.written(found, "docx", Language.EN)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from dragoman.comparing import Comparing
from dragoman.lexicon import load_pack
from dragoman.lexicon.problems import Place as Where
from dragoman.lexicon.problems import worded
from dragoman.mapping import AllianceRequest, Mapper
from dragoman.model import BoardQuery, Document, Language, Problem, UsageError
from dragoman.model.alliance import Groups, Tie
from dragoman.model.board import BoardRow
from dragoman.model.briefing import Briefing, Change, OpenDeadline, Said, Subject
from dragoman.model.lineage import LineageLabel, LineageLine
from dragoman.model.track import DueState
from dragoman.register import Register
from dragoman.report import ReportFormat, write
from dragoman.report.briefing import briefing_report
from dragoman.tracking import Tracking

PACK = "alliances/briefing.yaml"
OPEN = (DueState.OVERDUE, DueState.DUE_30, DueState.DUE_90, DueState.LATER, DueState.AWAITING)
"""States of a deadline that is open, the most pressing first."""
TOLD = (LineageLabel.STRENGTHENED, LineageLabel.WEAKENED, LineageLabel.DELIVERED, LineageLabel.DROPPED)
"""What counts as a change where texts follow on each other."""
NamesOf = Callable[[Language], Mapping[str, str]]
Spots = Mapping[str, Sequence[tuple[int, int]]]
"""Sentences by document."""


class SameActorError(UsageError):
    """Both names are of one actor."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Both names stand for {name}.", "Name another partner, or leave it out.")


class Briefings:
    """Makes briefings."""

    def __init__(
        self, register: Register, mapper: Mapper, tracking: Tracking, comparing: Comparing, names: NamesOf
    ) -> None:
        self._register = register
        self._mapper = mapper
        self._tracking = tracking
        self._comparing = comparing
        self._names = names
        self._most = load_pack(PACK)["most"]

    def make(
        self, actor: str, partner: str = "", as_of: date | None = None, groups: Groups = Groups.AS_NAMED
    ) -> Briefing:
        """Return the briefing on an actor, or on a pair.

        Args:
            actor: by any name the register of actors knows.
            partner: the other one; "" for all partners.
            as_of: day of the deadlines; today.
            groups: whether ties of groups count as ties of their members.

        Raises:
            UsageError: an unknown actor, one of no state, or the same twice.
        """
        names = (self._mapper.party(actor), self._mapper.party(partner) if partner.strip() else "")
        if names[0] == names[1]:
            raise SameActorError(names[0])
        day = as_of or self._tracking.today()
        ties = self._mapper.between(AllianceRequest(actor=names[0], groups=groups), *names)
        quoting = _Quoting(self._register)
        dated = [tie for tie in ties if tie.day]
        deadlines = list(self._deadlines(ties, day, quoting))
        return Briefing(
            actor=names[0],
            partner=names[1],
            as_of=day,
            ties=len(sentences_of(ties)),
            documents=len({tie.doc for tie in ties}),
            first=quoting.said(dated[0]) if dated else None,
            partners=() if names[1] else partners_of(ties, names[0])[: self._most["partners"]],
            fields=tuple(self._subjects(ties, lambda tie: tie.technologies, quoting)),
            instruments=tuple(self._subjects(ties, lambda tie: tie.instruments, quoting)),
            changes=self._changes(ties, quoting),
            deadlines=tuple(deadlines[: self._most["deadlines"]]),
            open=len(deadlines),
            problems=tuple(self._remarks(ties, names)),
        )

    def _subjects(
        self, ties: Sequence[Tie], tags_of: Callable[[Tie], tuple[str, ...]], quoting: _Quoting
    ) -> Iterator[Subject]:
        """Yield the fields or instruments of ties, most sentences first; what names none is left out."""
        by_tag: dict[str, list[Tie]] = {}
        for tie in ties:
            for tag in tags_of(tie):
                by_tag.setdefault(tag, []).append(tie)
        for tag, own in sorted(by_tag.items(), key=lambda one: (-len(sentences_of(one[1])), one[0])):
            days = [tie.day for tie in own if tie.day]
            yield Subject(
                tag=tag,
                count=len(sentences_of(own)),
                force=round(sum(tie.force for tie in own) / len(own), 2),
                first=min(days, default=None),
                last=max(days, default=None),
                said=tuple(map(quoting.said, firmest(own)[: self._most["sentences"]])),
            )

    def _changes(self, ties: Sequence[Tie], quoting: _Quoting) -> tuple[Change, ...]:
        """Return the last changes: of the lineage where texts follow on each other, else the last texts."""
        spots = spots_of(ties)
        series = self._series(ties, quoting)
        most: int = self._most["changes"]
        told: list[Change] = []
        if len(series) > 1:
            lines = self._comparing.lineage(series).lines
            told = [change for line in lines if (change := self._told(line, spots, quoting))]
        if len(told) < most:
            told += texts_of(ties, quoting)
        return tuple(sorted(told, key=lambda one: (one.day, one.label != "text"), reverse=True)[:most])

    def _series(self, ties: Sequence[Tie], quoting: _Quoting) -> list[str]:
        """Return the last dated texts that are of the same parties as the last of two or more, in time order."""
        days = {tie.doc: day for tie in ties if (day := quoting.document(tie.doc).date)}
        slugs = sorted(days, key=lambda slug: (days[slug], slug))
        parties = {slug: frozenset(quoting.document(slug).parties) for slug in slugs}
        joint = [slug for slug in slugs if len(parties[slug]) > 1]
        same = [slug for slug in joint if parties[slug] == parties[joint[-1]]]
        return same[-int(self._most["series"]) :]

    def _told(self, line: LineageLine, spots: Spots, quoting: _Quoting) -> Change | None:
        """Return the change that a line of a lineage tells, None where it is none, or none of these actors."""
        one = line.provision
        if line.first or line.label not in TOLD or not within(one.start, spots.get(one.doc, ())):
            return None
        document = quoting.document(line.dropped_in or one.doc)
        if document.date is None:
            return None
        origin = quoting.document(one.doc)
        text = one.quote.exact
        return Change(
            document.date, one.doc, origin.title, one.start, one.end, text, line.label.value, line.reason
        )

    def _deadlines(self, ties: Sequence[Tie], day: date, quoting: _Quoting) -> Iterator[OpenDeadline]:
        """Yield open deadlines of the lines that stand in sentences of ties, the most pressing first."""
        spots = spots_of(ties)
        if not spots:
            return
        board = self._tracking.board(BoardQuery(documents=tuple(spots), states=OPEN), day)
        for row in sorted(board.rows, key=pressing):
            one = row.entry.provision
            if row.state in OPEN and within(one.start, spots[one.doc]):
                title = quoting.document(one.doc).title or one.doc
                yield OpenDeadline(
                    one.id, row.due, row.state, row.owners, one.doc, title, one.start, one.end, one.quote.exact
                )

    def _remarks(self, ties: Sequence[Tie], names: tuple[str, str]) -> Iterator[Problem]:
        """Yield what should be known."""
        who = " - ".join(name for name in names if name)
        if not ties:
            yield worded("alliances/problems.yaml", "briefing-nothing", Where(), {"who": who})
        elif undated := sum(tie.day is None for tie in ties):
            values = {"n": undated, "all": len(ties)}
            yield worded("alliances/problems.yaml", "alliances-undated", Where(), values)

    def written(
        self, found: Briefing, form: ReportFormat, language: Language = Language.EN, reproduce: str = ""
    ) -> bytes:
        """Return a briefing as the bytes of a file: "html", "docx" or "md"."""
        return write(briefing_report(found, language, self._names(language), reproduce), form)


class _Quoting:
    """Documents, each opened once."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._documents: dict[str, Document] = {}

    def document(self, slug: str) -> Document:
        if slug not in self._documents:
            self._documents[slug] = self._register.document(slug)
        return self._documents[slug]

    def said(self, tie: Tie) -> Said:
        document = self.document(tie.doc)
        return Said(tie, document.slice(tie.start, tie.end), document.title or tie.doc)


def sentences_of(ties: Iterable[Tie]) -> set[tuple[str, int]]:
    """Return the sentences of ties, each once."""
    return {(tie.doc, tie.start) for tie in ties}


def spots_of(ties: Iterable[Tie]) -> dict[str, list[tuple[int, int]]]:
    """Return the sentences of ties by document."""
    found: dict[str, list[tuple[int, int]]] = {}
    for tie in ties:
        found.setdefault(tie.doc, []).append((tie.start, tie.end))
    return found


def within(start: int, spots: Sequence[tuple[int, int]]) -> bool:
    """Return whether an offset lies in one of some stretches."""
    return any(first <= start < last for first, last in spots)


def pressing(row: BoardRow) -> tuple[int, date, str]:
    """Return where a row of the board stands among others."""
    at = OPEN.index(row.state) if row.state in OPEN else len(OPEN)
    return at, row.due or date.max, row.entry.provision.id


def firmest(ties: Sequence[Tie]) -> list[Tie]:
    """Return ties one a sentence, the firmest first, of these the surest, of these the last."""
    once = {(tie.doc, tie.start): tie for tie in ties}
    newest = sorted(once.values(), key=lambda tie: tie.day or date.min, reverse=True)
    return sorted(newest, key=lambda tie: (-tie.force, -tie.confidence))


def partners_of(ties: Iterable[Tie], actor: str) -> tuple[tuple[str, int], ...]:
    """Return with whom an actor is tied, and in how many sentences, most first."""
    pairs = {(tie.doc, tie.start, tie.partner if tie.actor == actor else tie.actor) for tie in ties}
    counts = Counter(name for _, _, name in pairs)
    return tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def texts_of(ties: Sequence[Tie], quoting: _Quoting) -> Iterator[Change]:
    """Yield the dated texts, each with its firmest sentence and the tags that no earlier one has."""
    by_doc: dict[str, list[Tie]] = {}
    for tie in ties:
        by_doc.setdefault(tie.doc, []).append(tie)
    days = {slug: day for slug in by_doc if (day := quoting.document(slug).date)}
    seen: set[str] = set()
    for slug in sorted(days, key=lambda slug: (days[slug], slug)):
        own = by_doc[slug]
        tags = dict.fromkeys(tag for tie in own for tag in (*tie.technologies, *tie.instruments))
        new = tuple(tag for tag in tags if seen and tag not in seen)
        seen |= tags.keys()
        fresh = [tie for tie in own if not set(new).isdisjoint((*tie.technologies, *tie.instruments))]
        said = quoting.said(firmest(fresh or own)[0])
        yield Change(days[slug], slug, said.title, said.tie.start, said.tie.end, said.text, "text", new=new)
