"""The review of delivery and the calendar of deadlines, for the faces; a part of the facade above tracking.

with Workspace.open("workspace") as workspace:
    made = workspace.delivery.review("memo", as_of=date(2026, 6, 30))
    data = made.write("docx")
"""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from dragoman.lexicon import load_pack
from dragoman.model import Board, BoardQuery, Document, Language, NotFoundError, Problem, Snapshot
from dragoman.register import Register
from dragoman.report import FORMATS, Report, write
from dragoman.report.calendar import MEDIA_TYPE, calendar_of
from dragoman.report.review import ReviewMaterial, review_of
from dragoman.track.snapshots import basis_hash, changes_since, content_of
from dragoman.tracking import Tracking

ReviewFormat = Literal["html", "docx", "md", "ics"]
REVIEW_FORMATS: Mapping[str, str] = {**dict(FORMATS.items()), "ics": MEDIA_TYPE}
"""Formats of a review with their media types; `ics` is the calendar of its deadlines."""

Lines = Language | Literal["all"]
"""Which lines a review follows."""
PACK = "tracking/review.yaml"
NamesOf = Callable[[Language], Mapping[str, str]]


class NoSuchReportError(NotFoundError):
    """No report is saved for a day."""

    def __init__(self, slug: str, day: date, known: tuple[date, ...]) -> None:
        days = ", ".join(dict.fromkeys(one.isoformat() for one in known))
        remedy = f"Saved are reports of: {days}." if days else "No report of it is saved yet."
        super().__init__(f"No report of `{slug}` for {day} is saved.", remedy)


@dataclass(frozen=True, slots=True)
class MadeReview:
    """A review that was made.

    Attributes:
        report: its blocks.
        material: what it was made of.
        content: what is kept of it for the next one.
        names: what actors are called in its language.
    """

    report: Report
    material: ReviewMaterial
    content: Mapping[str, Any]
    names: Mapping[str, str]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong or assumed with deadlines and scores."""
        return (*self.material.board.problems, *self.material.scores.problems)

    def write(self, form: ReviewFormat) -> bytes:
        """Return the review, or its calendar, as the bytes of a file."""
        if form == "ics":
            return calendar_of(self.material.board, self.material.title, self.report.language, self.names)
        return write(self.report, form)


class Delivery:
    """Reviews of what documents promised."""

    def __init__(self, register: Register, tracking: Tracking, names: NamesOf) -> None:
        self._register = register
        self._tracking = tracking
        self._names = names

    def review(
        self,
        slug: str,
        as_of: date | None = None,
        *,
        language: Language = Language.EN,
        form: ReviewFormat = "html",
        since: date | None = None,
        lines: Lines | None = None,
    ) -> MadeReview:
        """Return the review of a document's commitments and obligations.

        Args:
            slug: of the document.
            as_of: the day; today.
            language: of the review's own words.
            form: that the command in the review names.
            since: day of the saved report to compare with; by default the last one of an earlier day.
            lines: language of the lines that are followed, or "all"; by default all, unless the text stands with
                its translation (see `main_language`).

        Raises:
            NotFoundError: no such document, or no report saved for `since`.
        """
        document = self._register.document(slug)
        day = as_of or self._tracking.today()
        whole = self._tracking.board(BoardQuery(documents=(slug,)), day)
        followed = lines or main_language(whole, document)
        query = BoardQuery(documents=(slug,), languages=(followed,) if isinstance(followed, Language) else ())
        board = self._tracking.board(query, day) if query.languages else whole
        records = self._tracking.records((slug,))
        before = self._before(slug, day, since)
        material = ReviewMaterial(
            slug=slug,
            title=document.title or slug,
            day=document.date,
            source=_source(document),
            text_sha256=document.text_sha256,
            board=board,
            scores=self._tracking.scores(query, day),
            evidence=records.evidence,
            changes=changes_since(before, board) if before else None,
            basis=basis_hash(board, records, document.text_sha256),
            command=command_of(slug, day, language, form, since=since, lines=lines),
            left_out=_left_out(whole, board),
        )
        names = self._names(language)
        return MadeReview(review_of(material, language, names), material, content_of(board), names)

    def keep(self, made: MadeReview, *, by: str = "") -> Snapshot:
        """Keep a review for the next one to be compared with; one that says the same is not kept twice."""
        slug, day = made.material.slug, made.material.board.as_of
        same_day = [one for one in self._tracking.snapshots(slug) if one.as_of == day]
        if same_day and same_day[-1].content == made.content:
            return same_day[-1]
        return self._tracking.save_snapshot(slug, day, made.content, by=by)

    def _before(self, slug: str, day: date, since: date | None) -> Snapshot | None:
        if since is None:
            return self._tracking.last_snapshot(slug, day)
        saved = self._tracking.snapshots(slug)
        chosen = [one for one in saved if one.as_of == since]
        if not chosen:
            raise NoSuchReportError(slug, since, tuple(one.as_of for one in saved))
        return chosen[-1]


def main_language(board: Board, document: Document) -> Lines:
    """Return the language whose lines a review follows where nobody says.

    Where a document has lines in two languages, and the rarer has a share of the other's lines that makes it a
    translation (data/tracking/review.yaml), that is the language with most text; else all are followed.
    """
    counts = Counter(row.entry.provision.language for row in board.rows)
    if len(counts) < 2 or not document.languages:  # noqa: PLR2004 - two languages
        return "all"
    rarer, other = sorted(counts.values())[:2]
    main = document.languages[0]
    return main if rarer >= other * load_pack(PACK)["translation"] and counts[main] else "all"


def _left_out(whole: Board, followed: Board) -> tuple[Language, int] | None:
    """Return the language whose lines are not followed, and their number."""
    there = Counter(row.entry.provision.language for row in whole.rows)
    there.subtract(row.entry.provision.language for row in followed.rows)
    return next(((language, number) for language, number in there.items() if number > 0), None)


def _source(document: Document) -> str:
    """Return the address of a document, or the name of its file, since a folder says nothing to others."""
    if "://" in document.source:
        return document.source
    return document.source.replace("\\", "/").rpartition("/")[2]


def command_of(
    slug: str, day: date, language: Language, form: ReviewFormat, *, since: date | None, lines: Lines | None
) -> str:
    """Return the command that makes a review again."""
    words = ["dragoman", "track", "report", "--document", slug, "--as-of", day.isoformat()]
    words += ["--language", language.value, "--format", form]
    if since:
        words += ["--since", since.isoformat()]
    if lines:
        words += ["--lines", str(lines)]
    return shlex.join(words)
