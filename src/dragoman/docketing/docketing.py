"""The facade of the docket: each call is one person's act, kept with its line of the audit log or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from dragoman.checking import Checked, Checker
from dragoman.docket import (
    after,
    due_items,
    load_procedure,
    may,
    obstacles,
    procedure_names,
    sight_of,
    soon_days,
    standing,
)
from dragoman.docketing.errors import (
    EmptyTextError,
    NoSuchMoveError,
    NotAllowedError,
    NothingOpenError,
    NotReadyError,
    TooLargeFileError,
    UnfitCaseError,
)
from dragoman.docketing.intake import MOST_BYTES, Intake
from dragoman.docketing.judging import checked_payload, facts_of, screened_payload, targets_of
from dragoman.docketing.public import PublicCase, published
from dragoman.docketing.views import CaseView, notes_of, versions_of, view_of, view_to_row
from dragoman.model import Language
from dragoman.model.docket import (
    Act,
    ActKind,
    DocketCase,
    DocketLine,
    DocketQuery,
    Obstacle,
    Person,
    Position,
    Sight,
)
from dragoman.model.docket_board import Board, Tally
from dragoman.model.job import JobKind, NewJob
from dragoman.model.procedure import Procedure, Role
from dragoman.register import Docket
from dragoman.report import ReportFormat, write
from dragoman.report.docket import memo_of

Clock = Callable[[], datetime]
LOCAL = Person("local", frozenset(Role))
"""Who works alone on one machine: may do everything, and speaks for any seat that is named."""
NOTED_AT_ONCE = 200
"""Cases whose notes are kept in one transaction, or whose acts are asked for at once."""


class Docketing:
    """Cases of the docket as one person sees and moves them.

    Args:
        docket: where cases are kept.
        checker: gives what checks cases and screens their parties; asked for only when needed.
        clock: gives the time of an act.
        person: who acts.
    """

    def __init__(
        self, docket: Docket, checker: Callable[[], Checker], clock: Clock, person: Person = LOCAL
    ) -> None:
        self._docket = docket
        self._checker = checker
        self._clock = clock
        self.person = person

    def as_person(self, person: Person) -> Docketing:
        """Return the same docket as another person sees it."""
        return Docketing(self._docket, self._checker, self._clock, person)

    def procedures(self) -> tuple[Procedure, ...]:
        """Return the procedures."""
        return tuple(load_procedure(name) for name in procedure_names())

    def lines(self, query: DocketQuery | None = None) -> tuple[DocketLine, ...]:
        """Return the cases asked for that the person sees, the one opened last first."""
        return self._docket.lines(self._dated(query or DocketQuery()), self._sight())

    def numbers(self, query: DocketQuery | None = None) -> tuple[str, ...]:
        """Return the numbers of all cases asked for that the person sees, the one opened last first."""
        places = self._docket.places(self._dated(query or DocketQuery()), self._sight())
        return tuple(number for number, _, _ in reversed(places))

    def open_numbers(self) -> tuple[str, ...]:
        """Return the numbers of the cases the person sees that are not closed, the first opened first."""
        places = self._docket.places(DocketQuery(), self._sight())
        return tuple(number for number, name, stage in places if not load_procedure(name).stages[stage].final)

    def counts(self, by: str, query: DocketQuery | None = None) -> dict[tuple[str, ...], int]:
        """Return how many cases there are by procedure and "stage", "outcome", "target" or "open_items"."""
        days = self._days(self._today())
        return self._docket.counts(self._dated(query or DocketQuery()), self._sight(), by, days)

    def state(self) -> tuple[int, date]:
        """Return what changes when anything is done to any case, or the day does."""
        return self._docket.last_act(), self._today()

    def board(self, query: DocketQuery | None = None, as_of: date | None = None) -> Board:
        """Return the dashboard: how many of the cases asked for stand where, by what is due on a day.

        Args:
            query: which cases count.
            as_of: the day; states, countries and tools are those of now.
        """
        self._note_all()
        day, soon = days = self._days(as_of or self._today())
        asked = self._dated(query or DocketQuery(), days)

        def tallies(by: str) -> tuple[Tally, ...]:
            counted = self._docket.counts(asked, self._sight(), by, days)
            return tuple(Tally(keys[0], keys[1:], number) for keys, number in sorted(counted.items()))

        return Board(day, soon, tallies("stage"), tallies("target"), tallies("deadline"), tallies("tool"))

    def case(self, number: str) -> DocketCase:
        """Return a case as it stands. Raises NotFoundError, also for a case the person does not see."""
        return standing(self._docket.acts(number, self._sight()))

    def view(self, number: str, as_of: date | None = None) -> CaseView:
        """Return a case with its clocks, the moves that lead on and what keeps them. Raises NotFoundError."""
        acts = self._docket.acts(number, self._sight())
        case = standing(acts)
        procedure = load_procedure(case.procedure)
        readings = self._docket.readings(number)
        return view_of(procedure, case, acts, self.person, as_of or self._today(), readings)

    def memo(self, number: str, language: Language, form: ReportFormat) -> bytes:
        """Return the memo of a case as the bytes of a file: "html", "docx" or "md". Raises NotFoundError."""
        view = self.view(number)
        matched = {match.tool.name: (match.result, match.findings) for match in view.tools}
        return write(memo_of(view.procedure, view.case, view.acts, matched, language, view.as_of), form)

    def public(
        self, before: int | None = None, limit: int | None = None, *, entered: bool = False
    ) -> tuple[PublicCase, ...]:
        """Return the public register, the case handed in last first; whoever asks sees the same.

        Args:
            before: only cases before this row, for the next page.
            limit: how many; None for all.
            entered: the case that entered its state last first, for a feed.
        """
        everything = Sight(everything=True)
        query = DocketQuery(public=True, before=before, limit=limit, entered=entered)
        lines = self._docket.lines(query, everything)
        found: list[PublicCase] = []
        for at in range(0, len(lines), NOTED_AT_ONCE):
            part = lines[at : at + NOTED_AT_ONCE]
            acts = self._docket.acts_of(part)
            cases = ((line.row, standing(acts[line.number])) for line in part)
            found += [published(load_procedure(case.procedure), case, row) for row, case in cases]
        return tuple(found)

    def export(self, query: DocketQuery | None = None) -> Iterator[dict[str, Any]]:
        """Yield the cases asked for that the person sees, with all their acts, as JSON can hold them."""
        for number in self.numbers(query):
            yield self.row(number)

    def row(self, number: str) -> dict[str, Any]:
        """Return a case as JSON can hold it, with what the person is shown. Raises NotFoundError."""
        return view_to_row(self.view(number))

    def allowed(self, number: str) -> frozenset[str]:
        """Return the kinds of act that the person may add to a case as it stands. Raises NotFoundError."""
        case, way = self._with_procedure(number)
        return frozenset(kind.value for kind in ActKind if not may(way, case, kind, self.person))

    def file(self, number: str, digest: str) -> tuple[str, bytes]:
        """Return name and bytes of a document of a case, or of a case file of it. Raises NotFoundError."""
        acts = self._docket.acts(number, self._sight())
        attached = {one.sha256: one.name for one in standing(acts).attachments}
        name = {**{one.sha256: one.name for one in versions_of(acts)}, **attached}.get(digest)
        if name is None:
            raise NothingOpenError(number, "document", 0)
        return name, self._docket.file(digest)

    def submit(self, procedure: str, intake: Intake, *, organisation: str = "") -> DocketCase:
        """Hand in a case: it is checked and its parties are screened at once.

        Args:
            procedure: its name.
            intake: the case file and its documents.
            organisation: whose it is; by default the person's own.

        Raises:
            NotFoundError: no such procedure.
            UsageError: the case file is refused, or of another kind than the procedure takes; the person may
                not hand in.
        """
        way = load_procedure(procedure)
        self._allow(way, None, ActKind.SUBMITTED)
        checked = self._check(intake)
        facts = facts_of(intake.content, intake.name, way)
        payload = {
            "procedure": way.name,
            "title": str(facts.get("title") or facts.get("id") or intake.name),
            "organisation": organisation or self.person.organisation,
            "stage": way.first,
            "facts": facts,
            "targets": list(targets_of(facts, way)),
            "name": intake.name,
            "file": self._docket.keep_file(intake.content),
        }
        acts = [Act("", 1, ActKind.SUBMITTED, self._clock(), self.person.account, payload)]
        case = standing(acts)
        steps = [(ActKind.ATTACHED, one) for one in self._attachments(intake.files)]
        case = self._follow(case, acts, [*steps, *_judged(checked, case.version)])
        number = self._docket.open(way, acts, case, _readings(acts), notes_of(way, case, acts, self._today()))
        return self.case(number)

    def revise(self, number: str, intake: Intake) -> DocketCase:
        """Hand in a further version of the facts; it is checked and screened. Raises as `submit`."""
        case, way = self._with_procedure(number)
        self._allow(way, case, ActKind.REVISED)
        checked = self._check(intake)
        facts = facts_of(intake.content, intake.name, way)
        payload = {
            "title": str(facts.get("title") or case.title),
            "facts": facts,
            "targets": list(targets_of(facts, way)),
            "name": intake.name,
            "file": self._docket.keep_file(intake.content),
        }
        steps = [(ActKind.ATTACHED, one) for one in self._attachments(intake.files)]
        return self._add(case, way, [(ActKind.REVISED, payload), *steps, *_judged(checked, case.version + 1)])

    def attach(self, number: str, name: str, content: bytes) -> DocketCase:
        """Add a document. Raises UsageError for one beyond 25 MB."""
        case, way = self._with_procedure(number)
        self._allow(way, case, ActKind.ATTACHED)
        return self._add(case, way, [(ActKind.ATTACHED, one) for one in self._attachments([(name, content)])])

    def check(self, number: str) -> DocketCase:
        """Check the version that stands and screen its parties, by the law and the lists of the day."""
        case, way = self._with_procedure(number)
        self._allow(way, case, ActKind.CHECKED)
        return self._add(case, way, _judged(self._check(self._intake_of(number)), case.version))

    def comment(self, number: str, text: str, *, office: bool = False) -> DocketCase:
        """Comment on a case; a comment for the office is not shown to the applicant."""
        payload = {"text": _said(text, "comment"), **({"for": "office"} if office else {})}
        return self._act(number, ActKind.COMMENTED, payload)

    def ask(self, number: str, text: str, due: date | None = None) -> DocketCase:
        """Ask the applicant for information, by a day."""
        payload = {"text": _said(text, "question"), "due": due.isoformat() if due else None}
        return self._act(number, ActKind.ASKED, payload)

    def answer(self, number: str, request: int, text: str) -> DocketCase:
        """Answer an open request, by the number of its act. Raises NotFoundError."""
        case = self.case(number)
        if not any(one.act == request and one.answered is None for one in case.requests):
            raise NothingOpenError(number, "request", request)
        return self._act(number, ActKind.ANSWERED, {"request": request, "text": _said(text, "answer")})

    def take_position(self, number: str, position: Position, reason: str, seat: str = "") -> DocketCase:
        """Say what a seat thinks of a case that is before the seats.

        Args:
            number: of the case.
            position: concurs, does not object, objects.
            reason: in words.
            seat: where the person is not bound to one.
        """
        case, way = self._with_procedure(number)
        spoken = self.person.seat or seat
        person = self.person if self.person.seat else Person(self.person.account, self.person.roles, spoken)
        self._allow(way, case, ActKind.POSITION, person)
        if spoken not in {one.name for one in way.seats}:
            raise NotAllowedError(way, [Obstacle(None, tuple(one.name for one in way.seats), "seat")])
        payload = {"seat": spoken, "position": position.value, "reason": _said(reason, "reason")}
        return self._add(case, way, [(ActKind.POSITION, payload)])

    def move(self, number: str, move: str, fields: Mapping[str, Any]) -> DocketCase:
        """Move a case.

        Args:
            number: of the case.
            move: name of a move of its procedure.
            fields: what the move states: "reason", "citations", "scope", "conditions" (texts), "expires"
                (YYYY-MM-DD).

        Raises:
            NotFoundError: no such case or move.
            NotAllowedError: the person may not take it.
            NotReadyError: something must hold first.
        """
        case, way = self._with_procedure(number)
        if move not in way.moves:
            raise NoSuchMoveError(way, move)
        stated = {key: value for key, value in fields.items() if value not in (None, "", [], ())}
        found = obstacles(way, case, move, self.person, stated, self._today())
        personal = [one for one in found if one.need is None and one.reason != "stage"]
        if personal:
            raise NotAllowedError(way, personal)
        if found:
            raise NotReadyError(way, found)
        taken = way.moves[move]
        payload = {
            "move": move,
            "from": case.stage,
            "to": taken.target,
            "fields": stated,
            "decision": taken.decision,
            "asks_anew": way.stages[taken.target].consulted,
        }
        conditions = [(ActKind.CONDITION, {"text": text}) for text in stated.get("conditions", ())]
        return self._add(case, way, [(ActKind.MOVED, payload), *conditions])

    def set_condition(self, number: str, text: str, due: date | None = None, every: str = "") -> DocketCase:
        """Set a condition of an approval, with the first day a report is due and the period of further ones."""
        payload = {"text": _said(text, "condition"), "due": due.isoformat() if due else None, "every": every}
        return self._act(number, ActKind.CONDITION, payload)

    def report(self, number: str, condition: int, text: str, *, kept: bool, day: date | None = None) -> DocketCase:
        """Report on a condition, by the number of the act that set it. Raises NotFoundError."""
        case = self.case(number)
        if not any(one.act == condition for one in case.conditions):
            raise NothingOpenError(number, "condition", condition)
        on = (day or self._today()).isoformat()
        payload = {"condition": condition, "day": on, "kept": kept, "text": _said(text, "report")}
        return self._act(number, ActKind.REPORTED, payload)

    def settle(self, number: str, item: int, reason: str) -> DocketCase:
        """Settle an item, by the number of the act that raised it. Raises NotFoundError."""
        case = self.case(number)
        if not any(one.act == item and one.settled is None for one in case.items):
            raise NothingOpenError(number, "item", item)
        return self._act(number, ActKind.SETTLED, {"item": item, "reason": _said(reason, "reason")})

    def monitor(self, as_of: date | None = None, *, screen: bool = True) -> Iterator[DocketCase]:
        """Raise what is breached, overdue, expired or over, and what screening anew finds; yield changed cases.

        Args:
            as_of: the day.
            screen: whether the parties of cases that are not final are screened anew.
        """
        self._note_all()
        for number in self.numbers():
            case, way = self._with_procedure(number)
            steps: list[tuple[ActKind, Mapping[str, Any]]] = [
                (ActKind.RAISED, {"cause": item.cause, "key": item.key, "text": " · ".join(item.values)})
                for item in due_items(way, case, as_of or self._today())
            ]
            if screen and not way.stages[case.stage].final:
                steps += self._screened_anew(case)
            if steps:
                yield self._add(case, way, steps)

    def screen_anew(self, number: str) -> DocketCase | None:
        """Screen the parties of a case by the lists of today; return it where that makes a difference.

        A case that is closed is left as it is. Raises NotFoundError.
        """
        case, way = self._with_procedure(number)
        steps = [] if way.stages[case.stage].final else self._screened_anew(case)
        return self._add(case, way, steps) if steps else None

    def _screened_anew(self, case: DocketCase) -> list[tuple[ActKind, Mapping[str, Any]]]:
        """Return a screening and its new hits where the lists or the decisions of today make a difference."""
        acts = self._docket.acts(case.number, self._sight())
        last = next((act.payload for act in reversed(acts) if act.kind is ActKind.SCREENED), None)
        payload = screened_payload(self._check(self._intake_of(case.number)).parties, case.version)
        if payload is None or (last and all(last[key] == payload[key] for key in ("version", "lists", "open"))):
            return []
        before = set(last["open"]) if last else set()
        raised = [
            (ActKind.RAISED, {"cause": "new hit", "key": f"hit {name} {payload['lists']}", "text": name})
            for name in payload["open"]
            if name not in before
        ]
        return [(ActKind.SCREENED, payload), *raised]

    def _note_all(self) -> None:
        """Work out deadlines and tools of cases that an earlier version of dragoman kept."""
        everything = Sight(everything=True)
        numbers = self._docket.unnoted()
        for at in range(0, len(numbers), NOTED_AT_ONCE):
            noted = []
            for number in numbers[at : at + NOTED_AT_ONCE]:
                acts = self._docket.acts(number, everything)
                case = standing(acts)
                noted.append((case, notes_of(load_procedure(case.procedure), case, acts, acts[-1].at.date())))
            self._docket.note(noted)

    def _days(self, day: date) -> tuple[date, date]:
        return day, day + soon_days()

    def _dated(self, query: DocketQuery, days: tuple[date, date] | None = None) -> DocketQuery:
        """Return a question with the days by which deadlines are near or over, which it needs to be answered."""
        if query.deadline or query.due or query.tool or query.fit:
            self._note_all()
        return replace(query, days=query.days or days or self._days(self._today()))

    def _sight(self) -> Sight:
        return sight_of(self.person, self.procedures())

    def _today(self) -> date:
        return self._clock().date()

    def _with_procedure(self, number: str) -> tuple[DocketCase, Procedure]:
        case = self.case(number)
        return case, load_procedure(case.procedure)

    def _allow(self, way: Procedure, case: DocketCase | None, kind: ActKind, person: Person | None = None) -> None:
        found = may(way, case, kind, person or self.person)
        if found:
            raise NotAllowedError(way, found)

    def _act(self, number: str, kind: ActKind, payload: Mapping[str, Any]) -> DocketCase:
        case, way = self._with_procedure(number)
        self._allow(way, case, kind)
        return self._add(case, way, [(kind, payload)])

    def _add(
        self, case: DocketCase, way: Procedure, steps: Sequence[tuple[ActKind, Mapping[str, Any]]]
    ) -> DocketCase:
        acts: list[Act] = []
        changed = self._follow(case, acts, steps)
        earlier = self._docket.acts(case.number, Sight(everything=True)) if way.tools else ()
        notes = notes_of(way, changed, (*earlier, *acts), self._today())
        self._docket.add(way, acts, changed, _readings(acts), notes)
        return changed

    def _follow(
        self, case: DocketCase, acts: list[Act], steps: Sequence[tuple[ActKind, Mapping[str, Any]]]
    ) -> DocketCase:
        """Append steps to acts and return how the case stands after them."""
        at = self._clock()
        for kind, payload in steps:
            acts.append(Act(case.number, case.acts + 1, kind, at, self.person.account, payload))
            case = after(case, acts[-1])
        return case

    def _check(self, intake: Intake) -> Checked:
        checked = self._checker().check_bytes(intake.content, intake.name, (), self._today())
        if checked.report is None:
            raise UnfitCaseError(checked.problems)
        return checked

    def _intake_of(self, number: str) -> Intake:
        acts = self._docket.acts(number, self._sight())
        last = next(act for act in reversed(acts) if act.kind in {ActKind.SUBMITTED, ActKind.REVISED})
        return Intake(last.payload["name"], self._docket.file(last.payload["file"]))

    def _attachments(self, files: Sequence[tuple[str, bytes]]) -> list[dict[str, Any]]:
        for name, content in files:
            if len(content) > MOST_BYTES:
                raise TooLargeFileError(name, MOST_BYTES)
        return [
            {"name": name, "sha256": self._docket.keep_file(content), "size": len(content)}
            for name, content in files
        ]


def _judged(checked: Checked, version: int) -> list[tuple[ActKind, Mapping[str, Any]]]:
    steps: list[tuple[ActKind, Mapping[str, Any]]] = [(ActKind.CHECKED, checked_payload(checked, version))]
    screened = screened_payload(checked.parties, version)
    return [*steps, (ActKind.SCREENED, screened)] if screened else steps


def _readings(acts: Sequence[Act]) -> list[NewJob]:
    """Return the documents that acts add, each to be read in the background."""
    return [
        NewJob(JobKind.READ_ATTACHMENT, act.case, {"name": act.payload["name"], "sha256": act.payload["sha256"]})
        for act in acts
        if act.kind is ActKind.ATTACHED
    ]


def _said(text: str, what: str) -> str:
    """Return words without blanks around them. Raises EmptyTextError."""
    if not text.strip():
        raise EmptyTextError(what)
    return text.strip()
