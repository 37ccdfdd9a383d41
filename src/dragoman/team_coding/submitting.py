"""A file of a coder's lines, kept whole or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from dragoman.coding.remarks import remark, short
from dragoman.coding.rows import Row, place_in, read_rows
from dragoman.lexicon.problems import Place
from dragoman.model import Document, NotFoundError, Problem, Provision, Severity, UsageError
from dragoman.model.coding import CodedLine, CodingAct, CodingStep, Submission
from dragoman.register import Register, values_in
from dragoman.team_coding.making import assumed_force, made_line
from dragoman.team_coding.team import TeamCoding, stated

TAGS = ("technologies", "instruments")


@dataclass(slots=True)
class _Taken:
    """What a file gives so far."""

    source: str
    coder: str
    lines: dict[str, list[CodedLine]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    assumed: int = 0
    unknown: Counter[str] = field(default_factory=Counter)

    def place(self, row: Row, doc: str | None) -> Place:
        return Place(source=self.source, doc=doc, line=row.line or None)


class Submitter:
    """Keeps files of a coder's lines."""

    def __init__(self, team: TeamCoding, register: Register) -> None:
        self._team = team
        self._register = register
        self._documents: dict[str, Document | None] = {}

    def submit(
        self, data: bytes, name: str, *, coder: str = "", document: str = "", replaces: bool = False
    ) -> Submission:
        """Keep a file of coded lines (CSV, JSON Lines).

        Args:
            data: its bytes.
            name: of the file; .csv is a table.
            coder: who coded, where no account is signed in.
            document: slug for lines that name none.
            replaces: whether the coder's earlier lines on these documents go.

        Raises:
            UsageError: nobody codes; ConflictError: a document of it is finished.
        """
        rows, problems = read_rows(data, name)
        named = [replace(row, doc=row.doc or document) for row in rows]
        return self.keep(named, name, coder=coder, problems=problems, replaces=replaces)

    def keep(
        self, rows: Sequence[Row], source: str, *, coder: str, problems: Sequence[Problem], replaces: bool
    ) -> Submission:
        """Keep rows of a file, all or none: with an error among the problems nothing is kept. As `submit`."""
        taken = _Taken(source, self._team.coder(coder), problems=list(problems))
        for row in rows:
            self._take(taken, row)
        self._sum_up(taken)
        if any(one.severity is Severity.ERROR for one in taken.problems):
            return Submission(taken.coder, {}, 0, 0, tuple(taken.problems), kept=False)
        return self._kept(taken, replaces=replaces)

    def _sum_up(self, taken: _Taken) -> None:
        place = Place(source=taken.source)
        if taken.assumed:
            taken.problems.append(remark("coding-force-assumed", place, count=taken.assumed))
        for label, count in sorted(taken.unknown.items()):
            taken.problems.append(remark("coding-unknown-code", place, label=short(label), count=count))

    def document(self, slug: str) -> Document | None:
        """Return a document in the version that is coded, or the current one; None where there is none."""
        if slug not in self._documents:
            self._documents[slug] = self._found(slug)
        return self._documents[slug]

    def _found(self, slug: str) -> Document | None:
        try:
            return self._team.document(slug)
        except NotFoundError:
            return self._register.document(slug) if self._register.titles((slug,)) else None

    def _take(self, taken: _Taken, row: Row) -> None:
        document = self.document(row.doc) if row.doc else None
        if document is None:
            taken.problems.append(remark("coding-no-document", taken.place(row, None), wanted=short(row.doc)))
            return
        stretch = place_in(document, row, taken.source)
        if isinstance(stretch, Problem):
            taken.problems.append(stretch)
            return
        place = taken.place(row, document.slug)
        if not row.values.get("kind"):
            taken.problems.append(remark("coding-no-kind", place))
            return
        self._line(taken, row, document, stretch)

    def _line(self, taken: _Taken, row: Row, document: Document, stretch: tuple[int, int]) -> None:
        place = taken.place(row, document.slug)
        values, labels = self._tags(row)
        if "force" not in values:
            values["force"] = assumed_force(str(values["kind"]))
            taken.assumed += 1
        try:
            line = made_line(document, stretch, values, taken.coder, (row.trigger, row.trigger_start))
        except UsageError as fault:
            taken.problems.append(remark("coding-bad-value", place, why=fault.message, what=fault.remedy))
            return
        if row.trigger and not line.trigger:
            taken.problems.append(remark("coding-trigger-missing", place, trigger=short(row.trigger)))
        taken.unknown.update(labels)
        found = taken.lines.setdefault(document.slug, [])
        if any(same(one.line, line) for one in found):
            place = replace(place, start=line.start, end=line.end)
            taken.problems.append(remark("coding-duplicate", place, begin=line.start, until=line.end))
            return
        found.append(CodedLine(0, line, row.reason, tuple(dict.fromkeys((*row.labels, *labels)))))

    def _tags(self, row: Row) -> tuple[dict[str, Any], list[str]]:
        """Return the values of a row with the tags that are known, and those that are not."""
        values = dict(row.values)
        lexicon = self._team.lexicon()
        unknown: list[str] = []
        for name, known in zip(TAGS, (lexicon.technologies.labels, lexicon.instruments.labels), strict=True):
            given = values_in(values.get(name))
            if given:
                values[name] = [tag for tag in given if tag in known]
                unknown += [tag for tag in given if tag not in known]
        return values, unknown

    def _kept(self, taken: _Taken, *, replaces: bool) -> Submission:
        coder = taken.coder
        board = {one.doc: one.coders for one in self._team.board()}
        steps: list[CodingStep] = []
        counts: dict[str, int] = {}
        known = 0
        for doc, lines in taken.lines.items():
            mine = coder in board.get(doc, ())
            past = self._team.coding_of(doc, coder)[0].lines[coder] if mine else ()
            steps += [] if mine else [self._team.taking(doc, coder)]
            gone = past if replaces else ()
            steps += [self._team.step(CodingAct.REMOVE, doc, coder, coder, unit=one.unit) for one in gone]
            new = [one for one in lines if replaces or not any(same(one.line, old.line) for old in past)]
            steps += [self._team.step(CodingAct.SET, doc, coder, coder, one.reason, **_more(one)) for one in new]
            counts[doc] = len(new)
            known += len(lines) - len(new)
        self._register.coding.keep(steps)
        return Submission(coder, counts, sum(counts.values()), known, tuple(taken.problems), kept=True)


def same(one: Provision, other: Provision) -> bool:
    """Return whether two lines of a coder say the same of the same stretch."""
    places = ((line.start, line.end, line.trigger, line.trigger_start) for line in (one, other))
    return len(set(places)) == 1 and stated(one) == stated(other)


def _more(one: CodedLine) -> Mapping[str, Any]:
    return {"line": one.line, "values": {"labels": list(one.labels)} if one.labels else {}}
