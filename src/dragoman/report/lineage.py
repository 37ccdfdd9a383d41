"""The report of a lineage: counts by text, each later text line by line with redlines, and what was dropped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dragoman.model import Language, Severity
from dragoman.model.lineage import (
    Ancestor,
    Edit,
    FieldChange,
    Lineage,
    LineageLabel,
    LineageLine,
    Piece,
    SeriesText,
)
from dragoman.report.blocks import (
    Block,
    Callout,
    Heading,
    Items,
    Line,
    Paragraph,
    Quotation,
    Report,
    Run,
    Style,
    Table,
    line,
)
from dragoman.report.comparison_words import anchor_of
from dragoman.wording import Catalogue, catalogue

LOOKS: Mapping[LineageLabel, Style] = {
    LineageLabel.NEW: Style.STRONG,
    LineageLabel.REPEATED: Style.SOFT,
    LineageLabel.STRENGTHENED: Style.GOOD,
    LineageLabel.WEAKENED: Style.BAD,
    LineageLabel.DELIVERED: Style.GOOD,
    LineageLabel.DROPPED: Style.BAD,
}
SIGNS: Mapping[LineageLabel, str] = {
    LineageLabel.NEW: "+",
    LineageLabel.REPEATED: "=",
    LineageLabel.STRENGTHENED: "↑",
    LineageLabel.WEAKENED: "↓",
    LineageLabel.DELIVERED: "✓",
    LineageLabel.DROPPED: "✗",
}
"""A sign for each label, so that none is told by colour alone."""
EDITS: Mapping[Edit, Style] = {
    Edit.KEPT: Style.PLAIN,
    Edit.DELETED: Style.DELETED,
    Edit.INSERTED: Style.INSERTED,
}


def report_of(
    lineage: Lineage, language: Language, reproduce: str, redlines: Mapping[str, tuple[Piece, ...]]
) -> Report:
    """Return the report of a lineage.

    Args:
        lineage: what is shown.
        language: of the report's own words.
        reproduce: the command that makes it again.
        redlines: per line id, what leads from its first predecessor to it.
    """
    return _Writer(lineage, language, redlines).report(reproduce)


def runs_of(pieces: tuple[Piece, ...]) -> Line:
    """Return a redline as runs."""
    return tuple(Run(piece.text, EDITS[piece.edit]) for piece in pieces)


class _Writer:
    """Writes one report in one language."""

    def __init__(self, lineage: Lineage, language: Language, redlines: Mapping[str, tuple[Piece, ...]]) -> None:
        self.lineage = lineage
        self.texts: Catalogue = catalogue(language)
        self.language = language
        self.redlines = redlines
        self.titles = {text.document.slug: self.name_of(text) for text in lineage.texts}

    def words(self, key: str, **values: object) -> str:
        return self.texts.text(f"lineage.{key}", **values)

    def name_of(self, text: SeriesText) -> str:
        day = self.texts.date(text.day)
        return f"{text.document.title} ({day})" if day else text.document.title

    def report(self, reproduce: str) -> Report:
        blocks: list[Block] = [*self.remarks(), self.counts()]
        for text in self.lineage.texts[1:]:
            blocks += self.text(text)
        return Report(self.words("title"), self.language, (*blocks, *self.rule()), self.facts(), reproduce)

    def facts(self) -> tuple[tuple[str, str], ...]:
        return tuple(
            (self.words("text", number=number), self.name_of(text))
            for number, text in enumerate(self.lineage.texts, start=1)
        )

    def remarks(self) -> Iterator[Block]:
        for problem in self.lineage.problems:
            style = Style.SOFT if problem.severity is Severity.NOTE else Style.OPEN
            yield Callout(line(Run(self.texts.said(problem).message, style)), style)

    def counts(self) -> Table:
        counts = self.lineage.counts()
        rows = tuple(
            (line(self.titles[slug]), *(line(str(counts[slug].get(label, 0))) for label in LineageLabel))
            for slug in list(counts)[1:]
        )
        head = (self.words("document"), *(self.texts.text(f"lineage_label.{label}") for label in LineageLabel))
        return Table(head, rows, self.words("counts"), (4.0, *[1.0] * len(LineageLabel)))

    def text(self, text: SeriesText) -> Iterator[Block]:
        slug = text.document.slug
        yield Heading(self.titles[slug])
        here = [one for one in self.lineage.lines if one.provision.doc == slug and not one.dropped_in]
        for one in here:
            if one.label is not LineageLabel.NEW:
                yield from self.line(one)
        if fresh := [one for one in here if one.label is LineageLabel.NEW]:
            yield Heading(self.texts.text("lineage_label.new"), 3)
            yield Items(tuple(self.quoted(one) for one in fresh))
        if gone := [one for one in self.lineage.lines if one.dropped_in == slug]:
            yield Heading(self.texts.text("lineage_label.dropped"), 3)
            yield Items(tuple(self.quoted(one) for one in gone))

    def quoted(self, one: LineageLine) -> Line:
        return line(self.mark(one), f" {one.provision.quote.exact} ", self.place(one))

    def mark(self, one: LineageLine) -> Run:
        label = self.texts.text(f"lineage_label.{one.label}")
        anchor = anchor_of(f"{one.provision.id}-dropped" if one.dropped_in else one.provision.id)
        return Run(f"{SIGNS[one.label]} {label}", LOOKS[one.label], anchor=anchor)

    def place(self, one: LineageLine) -> Run:
        where = f"({self.titles[one.provision.doc]}, {one.provision.start}–{one.provision.end}"
        if one.gaps:
            where += "; " + self.words("perhaps_in", numbers=", ".join(map(str, one.gaps)))
        return Run(where + ")", Style.SOFT)

    def line(self, one: LineageLine) -> Iterator[Block]:
        notes = [self.words(note) for note in ("moved", "split", "merged") if getattr(one, note)]
        why = self.reason(one)
        yield Paragraph(
            line(self.mark(one), f" — {'; '.join([*filter(None, [why]), *notes])}" if why or notes else "")
        )
        pieces = self.redlines.get(one.provision.id, (Piece(Edit.KEPT, one.provision.quote.exact),))
        yield Paragraph(runs_of(pieces))
        for ancestor in one.ancestors:
            yield self.ancestor(ancestor)

    def ancestor(self, ancestor: Ancestor) -> Quotation:
        earlier = ancestor.provision
        source = f"{self.titles.get(earlier.doc, earlier.doc)}, {earlier.start}–{earlier.end}"
        alike = self.words("alike", score=f"{ancestor.score:.2f}")
        return Quotation(earlier.quote.exact, line(f"{source}; {alike}"), earlier.language)

    def reason(self, one: LineageLine) -> str:
        if one.correction is not None:
            note = f": {one.correction.note}" if one.correction.note else ""
            return self.words("set_by", person=one.correction.person) + note
        return self.texts.text("word.between").join(map(self.change, one.changes))

    def change(self, change: FieldChange) -> str:
        none = self.words("none")
        name = self.texts.text(f"lineage_field.{change.field}")
        before, after = (self.texts.change(change.field, value) for value in (change.before, change.after))
        return f"{name}: {before or none} → {after or none}"

    def rule(self) -> Iterator[Block]:
        yield Heading(self.words("rule"))
        yield Paragraph(line(self.words("rule_text")))
