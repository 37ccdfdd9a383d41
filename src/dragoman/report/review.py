"""The review of delivery: was it done, by when, and who says so; what a secretariat reads before it meets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from dragoman.model import (
    Aggregate,
    Board,
    BoardRow,
    DueState,
    Evidence,
    Language,
    Problem,
    Scores,
)
from dragoman.model.changes import Change, ChangeOf, Changes
from dragoman.model.track_format import mean_text
from dragoman.report.blocks import (
    Block,
    Callout,
    Heading,
    Items,
    Line,
    Paragraph,
    Report,
    Run,
    Style,
    Table,
    line,
)
from dragoman.report.delivery_words import Speaker, sentence, speaker_of
from dragoman.report.review_charts import due_chart, pillar_chart, pillar_name
from dragoman.report.review_evidence import annex, evidence_parts, missing_parts

SOON = (DueState.DUE_30, DueState.DUE_90)
NO_DAY = (DueState.VAGUE, DueState.UNDATED)
MOST_REFS = 24
"""Numbers of lines that are listed behind one remark."""
WIDE_COLUMNS = (0.6, 4.2, 1.4, 1.6, 2.4, 1.1, 1.2, 1.2, 1.1)


@dataclass(frozen=True, slots=True)
class ReviewMaterial:
    """What a review is made of.

    Attributes:
        slug, title, day, source: of the document; `day` None where it is not known.
        text_sha256: hash of its text.
        board: its commitments and obligations on the day of the review.
        scores: their assessments and means.
        evidence: every piece on each line, whatever its state.
        changes: since the last saved report, None where there is none.
        basis: hash of all that the review rests on.
        command: what makes the review again.
        left_out: the language whose lines are left out as a translation, and how many; None where none are.
    """

    slug: str
    title: str
    day: date | None
    source: str
    text_sha256: str
    board: Board
    scores: Scores
    evidence: Mapping[str, Sequence[Evidence]] = field(default_factory=dict)
    changes: Changes | None = None
    basis: str = ""
    command: str = ""
    left_out: tuple[Language, int] | None = None


def in_text_order(rows: Iterable[BoardRow]) -> list[BoardRow]:
    """Return rows in the order of the text, in which they are numbered."""
    return sorted(
        rows, key=lambda row: (row.entry.provision.doc, row.entry.provision.start, row.entry.provision.id)
    )


def numbered(board: Board) -> dict[str, int]:
    """Return the number of each line of a board: its place in the text, from 1."""
    return {row.entry.provision.id: at for at, row in enumerate(in_text_order(board.rows), start=1)}


def review_of(material: ReviewMaterial, language: Language, names: Mapping[str, str] | None = None) -> Report:
    """Return the review of a document's delivery on a day.

    Args:
        material: what it is made of.
        language: of the review's own words; quotations stay in theirs.
        names: what actors are called in that language, by canonical name.
    """
    speaker = speaker_of(language, names, numbered(material.board))
    blocks = tuple(_Review(material, speaker).blocks())
    title = speaker.text("delivery.title", title=material.title)
    return Report(title, language, blocks, tuple(_facts(material, speaker)), material.command, wide=True)


def _facts(material: ReviewMaterial, speaker: Speaker) -> Iterator[tuple[str, str]]:
    day = speaker.texts.date(material.day) or speaker.text("word.unknown")
    yield speaker.text("delivery.document"), f"{material.title} · {day} · {material.slug}"
    yield speaker.text("field.source"), material.source or "–"
    yield speaker.text("delivery.as_of"), speaker.texts.date(material.board.as_of)
    last = speaker.texts.date(material.changes.since) if material.changes else ""
    yield speaker.text("delivery.last_report"), last or speaker.text("delivery.no_last_report")
    if material.basis:
        yield speaker.text("delivery.basis"), f"sha256:{material.basis}"


class _Review:
    """The parts of one review."""

    def __init__(self, material: ReviewMaterial, speaker: Speaker) -> None:
        self.material = material
        self.board = material.board
        self.say = speaker
        self.rows = in_text_order(material.board.rows)

    def blocks(self) -> Iterator[Block]:
        if not self.rows:
            words = self.say.text("delivery.empty", slug=self.material.slug)
            yield Callout(line(words), Style.OPEN)
            yield from self.how()
            return
        yield from self.summary()
        late, none_late = self.say.text("delivery.overdue"), self.say.text("delivery.none_overdue")
        yield from self.pressing(late, none_late, (DueState.OVERDUE,))
        soon, none_soon = self.say.text("delivery.soon_title"), self.say.text("delivery.none_soon")
        yield from self.pressing(soon, none_soon, SOON)
        yield from self.days()
        yield from self.changes()
        yield from self.pillars()
        yield from evidence_parts(self.rows, self.material.evidence, self.board.as_of, self.say)
        yield from missing_parts(self.rows, self.material.evidence, self.say)
        yield from self.scores()
        yield from self.doubts()
        yield from annex(self.rows, self.say)
        yield from self.how()

    def number_of(self, states: Sequence[DueState]) -> int:
        return sum(self.board.summary.states.get(state, 0) for state in states)

    def summary(self) -> Iterator[Block]:
        yield Heading(self.say.text("delivery.summary"))
        late = self.number_of((DueState.OVERDUE,))
        main = self.say.count("delivery.main", late) if late else self.say.text("delivery.main.none")
        yield Callout((Run(main, Style.STRONG),), Style.BAD if late else Style.OPEN)
        done, no_day = self.number_of((DueState.DELIVERED,)), self.number_of(NO_DAY)
        delivered = (
            self.say.count("delivery.delivered", done) if done else self.say.text("delivery.none_delivered")
        )
        words = [
            self.say.count("delivery.followed", len(self.rows)),
            self.say.count("delivery.soon", self.number_of(SOON)),
            delivered,
            *([self.say.count("delivery.no_day", no_day)] if no_day else []),
        ]
        gap = "" if self.say.texts.language is Language.ZH else " "
        yield Paragraph(line(gap.join(words)))
        yield from self.languages()
        yield pillar_chart(self.board, self.say)
        yield self.figures()

    def languages(self) -> Iterator[Block]:
        """Yield which language's lines are followed, where the text has lines in both."""
        say, left = self.say, self.material.left_out
        if left is not None:
            language, number = left
            other = Language.EN if language is Language.ZH else Language.ZH
            followed, gone = (say.text(f"language.{one}") for one in (other, language))
            values = {"language": followed, "other": gone, "n": len(self.rows), "left": number}
            yield Paragraph(line(say.text("delivery.one_language", **values)))
        elif len({row.entry.provision.language for row in self.rows}) > 1:
            yield Paragraph(line(say.text("delivery.two_languages")))

    def figures(self) -> Table:
        summary, say = self.board.summary, self.say
        rows = [
            (say.text("delivery.lines_followed"), str(summary.rows)),
            (say.text("delivery.with_claim"), str(sum(summary.claimed.values()))),
            (say.text("delivery.with_verified"), str(sum(summary.verified.values()))),
            (say.text("delivery.without_evidence"), str(summary.without_evidence)),
            (say.text("delivery.of_which_searched"), str(summary.searched)),
            (say.text("delivery.without_owner"), str(summary.without_owner)),
            (say.text("delivery.unassessed"), str(self.material.scores.unassessed)),
            *self.means(),
        ]
        head = (say.text("delivery.figure"), say.text("delivery.number"))
        cells = tuple((line(name), line(value)) for name, value in rows)
        return Table(head, cells, say.text("delivery.figures"), (3, 1))

    def means(self) -> list[tuple[str, str]]:
        scores, say = self.material.scores, self.say
        if not scores.assessments:
            return []
        return [
            (say.text("delivery.score_headline"), self.mean(scores.mean_of_commitments)),
            (say.text("delivery.score_parties"), self.mean(scores.mean_of_parties)),
            (say.text("delivery.score_pooled"), self.mean(scores.pooled)),
        ]

    def mean(self, figure: Aggregate) -> str:
        if figure.percent is None:
            return "–"
        mean = mean_text(figure.mean)
        values = {"percent": figure.percent, "scored": figure.scored, "na": figure.not_applicable}
        return self.say.text("delivery.score_of", mean=mean, **values)

    def pressing(self, title: str, none: str, states: Sequence[DueState]) -> Iterator[Block]:
        """Yield the lines of some states, the most pressing first."""
        yield Heading(title)
        if DueState.OVERDUE in states:
            yield Paragraph((Run(self.say.text("delivery.overdue_what"), Style.SOFT),))
        rows = [row for row in self.board.rows if row.state in states]
        yield self.table(rows) if rows else Paragraph(line(none))

    def days(self) -> Iterator[Block]:
        chart = due_chart(self.board, self.say)
        if chart:
            yield Heading(self.say.text("delivery.chart_due"))
            yield chart

    def table(self, rows: Sequence[BoardRow]) -> Table:
        columns = ("ref", "commitment", "owner", "counterpart", "due", "state", "claimed", "verified", "score")
        head = tuple(self.say.text(f"delivery.columns.{name}") for name in columns)
        return Table(head, tuple(map(self.cells, rows)), widths=WIDE_COLUMNS)

    def cells(self, row: BoardRow) -> tuple[Line, ...]:
        say, provision = self.say, row.entry.provision
        return (
            line(say.ref(provision.id)),
            sentence(provision),
            say.owner(row),
            say.counterpart(row),
            say.due(row),
            (say.state(row.state),),
            say.claimed(row),
            say.verified(row),
            say.score(row.status.assessments),
        )

    def pillars(self) -> Iterator[Block]:
        yield Heading(self.say.text("delivery.by_pillar"))
        yield Paragraph((Run(self.say.text("delivery.dashes"), Style.SOFT),))
        for pillar, _ in self.board.summary.pillars:
            yield Heading(pillar_name(pillar, self.say), 3)
            yield self.table([row for row in self.rows if row.pillar == pillar])

    def changes(self) -> Iterator[Block]:
        yield Heading(self.say.text("delivery.changes"))
        changes = self.material.changes
        if changes is None:
            day = self.say.texts.date(self.board.as_of)
            yield Paragraph(line(self.say.text("delivery.no_before", day=day)))
            return
        day = self.say.texts.date(changes.since)
        if not changes.changes:
            yield Paragraph(line(self.say.text("delivery.no_changes", day=day)))
            return
        yield Paragraph(line(self.say.text("delivery.since", day=day, sha256=changes.sha256[:16])))
        for kind in ChangeOf:
            lines = tuple(self.change(change) for change in changes.changes if change.kind is kind)
            if lines:
                yield Heading(self.say.text(f"delivery.change.{kind}"), 3)
                yield Items(lines)

    def change(self, change: Change) -> Line:
        say = self.say
        known = change.provision in say.numbers
        quote = f"{change.quote[:160].rstrip()}…" if len(change.quote) > 160 else change.quote  # noqa: PLR2004
        words = [Run(f"{say.ref(change.provision)}: ", Style.STRONG), Run(quote)]
        said = self.what_changed(change)
        if said:
            words.append(Run(f" — {said}", Style.PLAIN if known else Style.SOFT))
        return tuple(words)

    def what_changed(self, change: Change) -> str:
        say = self.say
        if change.kind in {ChangeOf.EVIDENCE_ADDED, ChangeOf.EVIDENCE_WITHDRAWN}:
            return self.piece_words(change)
        if change.kind is ChangeOf.SCORE:
            moved = (
                f"{change.before or say.text('delivery.nothing')} → {change.after or say.text('delivery.nothing')}"
            )
            return f"{say.party(change.subject)}: {moved}"
        if change.more:
            return say.count("delivery.more_instances", change.more)
        group = "stage" if change.kind in {ChangeOf.CLAIMED, ChangeOf.VERIFIED} else "due_state"
        then, now = (
            f"{say.texts.name(group, value)} {say.day(day) if day else ''}".strip() if value else ""
            for value, day in ((change.before, change.due_before), (change.after, change.due_after))
        )
        if change.kind in {ChangeOf.NEW, ChangeOf.GONE}:
            return now or then
        nothing = say.text("delivery.nothing")
        return f"{then or nothing} → {now or nothing}"

    def piece_words(self, change: Change) -> str:
        """Return what a piece that was added or counts no more says, and why it is gone."""
        pieces = self.material.evidence.get(change.provision, ())
        piece = next((one for one in pieces if one.id == change.subject), None)
        if piece is None:
            return change.subject
        said = [self.say.texts.name("stance", piece.stance.value)]
        if change.kind is ChangeOf.EVIDENCE_WITHDRAWN:
            said.append(self.say.texts.name("evidence_state", piece.state.value))
        words = f"{self.say.listed(said)} ({piece.id})"
        source = piece.address or piece.page
        return f"{words}, {source}" if source else words

    def scores(self) -> Iterator[Block]:
        scores, say = self.material.scores, self.say
        if not scores.assessments:
            return
        yield Heading(say.text("delivery.scores"))
        columns = ("ref", "party", "score")
        head = (
            *(say.text(f"delivery.columns.{name}") for name in columns),
            say.text("delivery.guideline"),
            say.text("delivery.reason"),
        )
        rows = tuple(cells for row in self.rows for cells in self.verdicts(row))
        yield Table(head, rows, widths=(0.6, 1.4, 1.2, 3, 4))
        yield Heading(say.text("delivery.averages"), 3)
        yield Paragraph(line(scores.rule.text(say.texts.language.value)))
        yield self.averages()

    def verdicts(self, row: BoardRow) -> Iterator[tuple[Line, ...]]:
        say = self.say
        for verdict in row.status.assessments:
            level = say.texts.name("completion", verdict.completion.value) if verdict.completion else ""
            score = say.score((verdict,))[0].text.rpartition(" ")[2]
            who = (
                say.text("delivery.by", author=verdict.author, reviewer=verdict.reviewer)
                if verdict.reviewer
                else say.text("delivery.by_one", author=verdict.author)
            )
            yield (
                line(say.ref(row.entry.provision.id)),
                line(say.party(verdict.party)),
                line(Run(score, Style.STRONG), f" ({level})" if level else ""),
                line(verdict.guideline or "–"),
                line(verdict.reason or "–", Run(f" ({who}, {say.day(verdict.as_of)})", Style.SOFT)),
            )

    def averages(self) -> Table:
        say, scores = self.say, self.material.scores
        of_pillars = [(pillar_name(figure.name, say), figure) for figure in scores.pillars]
        of_parties = [(say.party(figure.name), figure) for figure in scores.parties]
        head = (
            f"{say.text('delivery.columns.pillar')} / {say.text('delivery.columns.party')}",
            say.text("delivery.columns.score"),
        )
        rows = tuple((line(name), line(self.mean(figure))) for name, figure in (*of_pillars, *of_parties))
        return Table(head, rows, widths=(3, 2))

    def doubts(self) -> Iterator[Block]:
        """Yield what is wrong or assumed, each remark once with the lines it is about."""
        found: dict[str, list[str]] = {}
        by_row = [(row.entry.provision.id, problem) for row in self.rows for problem in row.problems]
        own = {id(problem) for _, problem in by_row}
        general = [
            ("", one) for one in (*self.board.problems, *self.material.scores.problems) if id(one) not in own
        ]
        for provision, problem in (*general, *by_row):
            lines = found.setdefault(self.remark(problem), [])
            if provision and provision not in lines:
                lines.append(provision)
        if not found:
            return
        yield Heading(self.say.text("delivery.doubts"))
        yield Items(tuple(self.doubt(words, lines) for words, lines in found.items()))

    def remark(self, problem: Problem) -> str:
        """Return what is wrong and what to do, lines called by their numbers."""
        words = self.say.texts.said(problem).whole
        for provision in self.say.numbers:
            words = words.replace(provision, self.say.ref(provision))
        return words

    def doubt(self, words: str, lines: Sequence[str]) -> Line:
        if not lines:
            return line(words)
        refs = self.say.refs(lines[:MOST_REFS])
        more = len(lines) - MOST_REFS
        rest = f" {self.say.text('delivery.and_more', n=more)}" if more > 0 else ""
        return line(words, Run(f" ({refs}{rest})", Style.SOFT))

    def how(self) -> Iterator[Block]:
        yield Heading(self.say.text("delivery.how"))
        if self.material.basis:
            yield Paragraph(line(self.say.text("delivery.how_hash")))
        yield Paragraph(line(self.say.text("delivery.how_text", sha256=self.material.text_sha256)))
