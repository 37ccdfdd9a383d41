"""Coordination of two parties, and profiles over time, for the faces; a part of the facade.

with Workspace.open("workspace") as workspace:
    found = workspace.coordinating.coordination("United States", "European Union", "export-control")
    print(found.overall.shares())
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, cast

from dragoman.compare.agreement import NORMALISATIONS, QUALIFIERS, Normalisation, Qualifier
from dragoman.compare.coordination import Asked, by_meeting, by_target, drift_of, figures_of
from dragoman.compare.coordination_settings import CoordinationSettings, load_coordination
from dragoman.compare.events import EventReader
from dragoman.compare.measures import MeasureReader, Text, restated
from dragoman.compare.profile import BY, profile_of
from dragoman.compare.remarks import remark
from dragoman.compare.sides import SamePartyError, Sides, canonical_party
from dragoman.exchange import spreadsheet_of
from dragoman.lexicon import Lexicon, load_lexicon, load_pack
from dragoman.model import DocumentSummary, Language, NotFoundError, Problem, Query, ReviewState, UsageError
from dragoman.model.coordination import Coordination, Measure
from dragoman.model.coordination_format import TABLE_HEAD, coordination_to_row, table_rows
from dragoman.model.profile import Profile, profile_to_row
from dragoman.register import Register
from dragoman.report import ReportFormat, write
from dragoman.report.coordination import coordination_report
from dragoman.report.profile import profile_report

__all__ = ["NORMALISATIONS", "PROFILES", "QUALIFIERS", "Coordinating", "CoordinationRequest", "Form"]

PROFILES = tuple(BY)
"""What a profile can be by."""

SUGGESTED = ("union", "group", "state")
"""Types of actors that are offered as parties; others can be named too."""

Form = Literal["text", "json", "csv", "html", "docx", "md"]
NamesOf = Callable[[Language], Mapping[str, str]]


class UnknownTopicError(UsageError):
    """A topic that is no tag."""

    def __init__(self, topic: str, known: Iterable[str]) -> None:
        names = sorted(known)
        close = difflib.get_close_matches(topic, names, n=1)
        remedy = f"Did you mean `{close[0]}`?" if close else f"Known: {', '.join(names)}."
        super().__init__(f"There is no topic `{topic}`.", remedy)


class NoSuchTableError(NotFoundError):
    """A table of events that is not there."""

    def __init__(self, path: Path, fault: OSError) -> None:
        super().__init__(f"The table {path} cannot be read ({fault.strerror or fault}).", "Check the path.")


@dataclass(frozen=True, slots=True)
class CoordinationRequest:
    """What is asked.

    Attributes:
        first, second: parties, by any name the register of actors knows.
        topic: tag of an instrument or technology; "" for all.
        target: country or label to which the figures are confined, "" for all.
        since, until: bounds of dates.
        events: tables of events.
        given: tables of events that are not files here: name and content.
        documents: slugs, by default all of the register.
        window: days between measures that answer each other; by default that of the pack.
        members: whether an act of a member counts as the group's.
        restated: whether documents count that only sum up a full text of the same days.
        qualifier: level of a statement, see `QUALIFIERS`.
        normalisation: see `NORMALISATIONS`.
    """

    first: str
    second: str
    topic: str = ""
    target: str = ""
    since: date | None = None
    until: date | None = None
    events: tuple[Path, ...] = ()
    given: tuple[tuple[str, bytes], ...] = ()
    documents: tuple[str, ...] = ()
    window: int | None = None
    members: bool = True
    restated: bool = False
    qualifier: Qualifier = "firmness"
    normalisation: Normalisation = "activity"


class ReversedDatesError(UsageError):
    """The last day comes before the first."""

    def __init__(self, since: date, until: date) -> None:
        super().__init__(f"{until} comes before {since}.", "Name the earlier day first.")


class Coordinating:
    """Compares what two parties do."""

    def __init__(self, register: Register, names: NamesOf) -> None:
        self._register = register
        self._names = names

    @staticmethod
    def parties() -> tuple[str, ...]:
        """Return canonical names to choose a party from: unions, groups and states."""
        actors = load_lexicon().actors.actors
        return tuple(name for kind in SUGGESTED for name, actor in actors.items() if actor.type == kind)

    def coordination(self, request: CoordinationRequest) -> Coordination:
        """Return the coordination of two parties.

        Raises:
            UsageError: an unknown party, topic or target, one party twice, or days the wrong way round.
            NotFoundError: no such document or table.
        """
        lexicon, settings = load_lexicon(), load_coordination()
        sides = sides_of(request, lexicon)
        check_topic(request.topic, lexicon)
        check_days(request)
        target = target_of(request.target, lexicon, settings)
        texts, problems = self._texts(request, settings)
        reader = MeasureReader(lexicon, settings, sides)
        wide = [one for text in texts for one in reader.of_text(text)]
        measures = [one for text in texts for one in reader.of_text(text, request.topic)]
        named = [(path.name, self._bytes(path)) for path in request.events]
        tables = [
            EventReader(lexicon, settings, sides).read(data, name) for name, data in (*named, *request.given)
        ]
        events = [one for table in tables for one in table.measures if within(one.day, request)]
        measures += [one for one in events if is_of(one, request.topic)]
        measures = [one for one in measures if not target or target in one.against]
        problems += [problem for table in tables for problem in table.problems]
        asked = Asked(request.topic, _window(request, settings), request.qualifier, request.normalisation)
        overall = figures_of(measures, asked)
        return Coordination(
            parties=(sides.first, sides.second),
            topic=request.topic,
            window=asked.window,
            since=request.since,
            until=request.until,
            overall=overall,
            targets=by_target(measures, asked),
            meetings=by_meeting(measures, {one.doc: one.day for one in wide}),
            topical=drift_of(measures, settings),
            wide=drift_of([*wide, *events], settings),
            settings=assumptions(request, asked, settings),
            problems=(*problems, *silence(measures, sides, request.topic)),
        )

    def _texts(
        self, request: CoordinationRequest, settings: CoordinationSettings
    ) -> tuple[list[Text], list[Problem]]:
        """Return the documents asked for with their lines, and what was left out."""
        chosen = self._chosen(request)
        undated = [remark("coordination-undated", doc=one.slug) for one in chosen if one.date is None]
        texts = [self._text(one.slug) for one in chosen if one.date is not None]
        if request.restated:
            return texts, undated
        summaries = load_pack("compare/wording.yaml")["summaries"]
        doubled = restated(texts, summaries, settings.restated)
        notes = [remark("coordination-restated", doc=slug) for slug in sorted(doubled)]
        return [text for text in texts if text[0].slug not in doubled], [*undated, *notes]

    def _chosen(self, request: CoordinationRequest) -> list[DocumentSummary]:
        for slug in request.documents:
            self._register.document(slug)
        return [
            one
            for one in self._register.each_document()
            if (not request.documents or one.slug in request.documents)
            and (one.date is None or within(one.date, request))
        ]

    def _text(self, slug: str) -> Text:
        """Return a document with its lines, each once, without those that people rejected."""
        page = self._register.provisions(Query(documents=(slug,), limit=None))
        lines = {
            entry.provision.id: entry.provision
            for entry in page.entries
            if entry.state is not ReviewState.REJECTED
        }
        return self._register.document(slug), tuple(lines.values())

    @staticmethod
    def _bytes(path: Path) -> bytes:
        try:
            return path.read_bytes()
        except OSError as fault:
            raise NoSuchTableError(path, fault) from fault

    def written(self, found: Coordination, form: Form, language: Language, reproduce: str = "") -> bytes:
        """Return a coordination as the bytes of a file: "json", "csv", "html", "docx" or "md"."""
        if form == "json":
            return (json.dumps(coordination_to_row(found), ensure_ascii=False, indent=1) + "\n").encode()
        if form == "csv":
            return spreadsheet_of(TABLE_HEAD, table_rows(found))
        made = coordination_report(found, language, self._names(language), reproduce)
        return write(made, cast("ReportFormat", form))

    def profile(self, documents: Sequence[str], by: str) -> Profile:
        """Return the profile of documents over time; one named twice counts once.

        Args:
            documents: slugs.
            by: one of `PROFILES`.

        Raises:
            NotFoundError: no such document.
        """
        texts = [self._text(slug) for slug in dict.fromkeys(documents)]
        return profile_of(texts, by, load_lexicon(), load_coordination())

    def written_profile(self, found: Profile, form: Form, language: Language, reproduce: str = "") -> bytes:
        """Return a profile as the bytes of a file: "json", "html", "docx" or "md"."""
        if form == "json":
            return (json.dumps(profile_to_row(found), ensure_ascii=False, indent=1) + "\n").encode()
        made = profile_report(found, language, self._names(language), reproduce)
        return write(made, cast("ReportFormat", form))


def sides_of(request: CoordinationRequest, lexicon: Lexicon) -> Sides:
    """Return the two parties. Raises UnknownPartyError, SamePartyError."""
    first, second = (canonical_party(name, lexicon.actors) for name in (request.first, request.second))
    if first == second:
        raise SamePartyError(first)
    return Sides(first, second, lexicon.actors, request.members)


def check_topic(topic: str, lexicon: Lexicon) -> None:
    """Check that a topic is a tag. Raises UnknownTopicError."""
    known = {*lexicon.instruments.labels, *lexicon.technologies.labels}
    if topic and topic not in known:
        raise UnknownTopicError(topic, known)


def check_days(request: CoordinationRequest) -> None:
    """Check that the first day is not after the last. Raises ReversedDatesError."""
    if request.since and request.until and request.since > request.until:
        raise ReversedDatesError(request.since, request.until)


def target_of(name: str, lexicon: Lexicon, settings: CoordinationSettings) -> str:
    """Return the canonical name of a target, or its label. Raises UnknownPartyError."""
    if not name or name in settings.targets.labels:
        return name
    return canonical_party(name, lexicon.actors)


def within(day: date, request: CoordinationRequest) -> bool:
    """Return whether a day is within the bounds asked for."""
    return (request.since is None or day >= request.since) and (request.until is None or day <= request.until)


def is_of(measure: Measure, topic: str) -> bool:
    """Return whether an event is of a topic."""
    return not topic or topic in measure.instruments or topic in measure.technologies


def _window(request: CoordinationRequest, settings: CoordinationSettings) -> int:
    return settings.window if request.window is None else request.window


def silence(measures: Sequence[Measure], sides: Sides, topic: str) -> Iterator[Problem]:
    """Yield what is missing for figures that mean something."""
    if not measures:
        yield remark("coordination-nothing", first=sides.first, second=sides.second, topic=topic)
        return
    acting = {one.mode.value for one in measures}
    for mode, party in (("first", sides.first), ("second", sides.second)):
        if mode not in acting:
            yield remark("coordination-one-party", party=party)


def assumptions(request: CoordinationRequest, asked: Asked, settings: CoordinationSettings) -> dict[str, str]:
    """Return what the figures rest on, in words."""
    obligation, precision, delegation = settings.weights
    return {
        "counting": "each provision and each row of a table is one measure; it counts for each of its targets",
        "joint": "both parties act, or a body of both in a document of both; joint measures are credited to both",
        "members": "acts of members count as the group's" if request.members else "acts of members do not count",
        "match": f"at most {asked.window} days apart, same target and instrument, no other technology",
        "qualifier": f"{asked.qualifier} {QUALIFIERS[asked.qualifier][0]} to {QUALIFIERS[asked.qualifier][1]}",
        "normalisation": asked.normalisation,
        "weights": f"obligation {obligation}, precision {precision}, delegation {delegation}",
        "hard": ", ".join(sorted(settings.hard)),
        "soft": ", ".join(sorted(settings.soft)),
    }
