"""Batches: many cases in a table, judged some thousand at a time; a bad row is a problem and the others go on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from dragoman.check.batch_rows import Row
from dragoman.check.case_file import KEYS, Scope, open_node, read_case
from dragoman.check.contradictions import contradictions
from dragoman.check.form import Form
from dragoman.check.judge import check_case
from dragoman.check.located import Entry, Fields, Items, NotReadableError, Scalar, TooMuchError, parse_json
from dragoman.check.pack import Pack
from dragoman.check.panes import Panes, findings
from dragoman.check.problems import Faults, serious
from dragoman.model import Case, FactSchema, FactType, Problem, Result, Template
from dragoman.model.screened import CheckedParties

CHUNK = 2_000
"""Cases that are held and judged together."""
SEPARATOR = ";"
"""Between the values of a set in a cell."""
SETS = frozenset({FactType.CHOICES, FactType.COUNTRIES})
OPEN = frozenset({Result.NOT_MET, Result.CONFLICT, Result.UNKNOWN})


@dataclass(frozen=True, slots=True)
class BatchFinding:
    """An open finding: its rule, subject and result, and whether it bears on the outcome."""

    rule: str
    subject: str
    result: Result
    counted: bool


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What a batch says of one case.

    Attributes:
        line: of the row.
        id: of the case.
        outcome: None where the row is refused.
        findings: those that are open.
        met, aside: numbers of findings that are met and that are not applicable.
        missing: facts that are still to be asked; only where the caller wants them.
        problems: of the row.
        parties: of the case, screened; None where nothing was screened.
    """

    line: int
    id: str
    outcome: Result | None
    findings: tuple[BatchFinding, ...] = ()
    met: int = 0
    aside: int = 0
    missing: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    parties: CheckedParties | None = None


@dataclass(frozen=True, slots=True)
class Court:
    """What cases of one kind are judged with."""

    template: Template
    packs: tuple[Pack, ...]
    scope: Scope


@dataclass(frozen=True, slots=True)
class BatchSettings:
    """How a batch is judged.

    Attributes:
        source: name of the file, for messages.
        templates: kinds of case.
        court: gives what cases of a kind are judged with.
        template: kind of the rows that name none, "" for none.
        as_of: day for all rows, None for each row's own.
        today: day of the rows that name none.
        with_missing: whether to work out, case by case, what is still to be asked.
        screen: screens the parties of a case; None where none are screened.
    """

    source: str
    templates: Mapping[str, Template]
    court: Callable[[str], Court]
    today: date
    template: str = ""
    as_of: date | None = None
    with_missing: bool = False
    screen: Callable[[Case, date], CheckedParties | None] | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    """A row that could be read: its case and its day, or why not."""

    line: int
    case: Case | None
    day: date
    problems: tuple[Problem, ...]


def judge_rows(rows: Iterable[Row], settings: BatchSettings) -> Iterator[BatchResult]:
    """Yield what the rules say of each row, in order of the rows; `CHUNK` of them are held at once."""
    waiting = iter(rows)
    while chunk := list(islice(waiting, CHUNK)):
        read = [read_row(row, settings) for row in chunk]
        results = {result.line: result for result in judged(read, settings)}
        if settings.screen:
            results |= {
                one.line: _screened(results[one.line], one, settings) for one in read if one.line in results
            }
        refused = (BatchResult(one.line, "", None, problems=one.problems) for one in read if one.case is None)
        results |= {result.line: result for result in refused}
        yield from (results[line] for line in sorted(results))


def _screened(result: BatchResult, read: _Read, settings: BatchSettings) -> BatchResult:
    """Return a result with the parties of its case screened; no fact of the case is set by that."""
    parties = settings.screen(read.case, read.day) if settings.screen and read.case else None
    if parties is None:
        return result
    found = (
        replace(one, source=settings.source, line=read.line) for party in parties.parties for one in party.problems
    )
    return replace(result, problems=(*result.problems, *found), parties=parties)


def read_row(row: Row, settings: BatchSettings) -> _Read:
    """Return the case of a row; its problems carry the line of the row."""
    form = Form(Faults(settings.source))
    day = settings.as_of or settings.today
    if row.fields is None:
        form.faults.add("bad-row", row.line, reason=row.fault)
        return _Read(row.line, None, day, tuple(form.faults.found))
    node = with_template(row.fields, settings.template)
    opened = open_node(shaped(node, form) if row.is_flat else node, form, settings.templates)
    case = None
    if opened.node is not None:
        court = settings.court(opened.template)
        node = placed(opened.node, court.scope, form) if row.is_flat else opened.node
        case = read_case(replace(opened, node=node), court.scope).case
        day = settings.as_of or opened.as_of or settings.today
        if case is not None:
            form.faults.found += contradictions(case, court.packs, day, settings.source)
    found = tuple(replace(problem, line=row.line) for problem in form.faults.found)
    return _Read(row.line, None if serious(found) else case, day, found)


def with_template(node: Fields, template: str) -> Fields:
    """Return a row with the kind of case that the caller names, where it names none itself."""
    own = node.get("template")
    if not template or (isinstance(own, Scalar) and not own.is_empty):
        return node
    rest = tuple(entry for entry in node.entries if entry.key != "template")
    return Fields((Entry("template", Scalar(template, node.line), node.line), *rest), node.line)


def shaped(node: Fields, form: Form) -> Fields:
    """Return a flat row without its empty cells, and with its JSON cells read."""
    kept = (entry for entry in node.entries if not (isinstance(entry.value, Scalar) and entry.value.is_empty))
    return Fields(tuple(replace(entry, value=cell(entry, form)) for entry in kept), node.line)


def cell(entry: Entry, form: Form) -> Scalar | Items | Fields:
    """Return a cell; one that begins like a JSON list or object is one."""
    value = entry.value
    if not isinstance(value, Scalar) or not value.text.startswith(("[", "{")):
        return value
    try:
        return parse_json(value.text) or value
    except (NotReadableError, TooMuchError) as fault:
        form.faults.add("bad-row", entry.line, reason=f"the cell `{entry.key}` is not JSON: {fault.reason}")
        return value


def placed(node: Fields, scope: Scope, form: Form) -> Fields:
    """Return a flat row in the form of a case file: facts of a member make the one member of their list."""
    collections = {one.name for one in scope.template.collections}
    top = [entry for entry in node.entries if entry.key in KEYS or entry.key in collections]
    facts: dict[str, list[Entry]] = {}
    for entry in node.entries:
        if entry.key not in KEYS and entry.key not in collections:
            schema = scope.schemas.get(entry.key)
            facts.setdefault(schema.each if schema else "", []).append(split(entry, schema))
    made = [Entry("facts", Fields(tuple(facts.pop("", ())), node.line), node.line)]
    for collection, entries in facts.items():
        if any(entry.key == collection for entry in top):
            form.faults.add("bad-row", node.line, reason=f"`{collection}` is given as a list and in columns")
        made.append(Entry(collection, Items((Fields(tuple(entries), node.line),), node.line), node.line))
    return Fields((*top, *made), node.line)


def split(entry: Entry, schema: FactSchema | None) -> Entry:
    """Return a cell of a set as a list; its values stand between semicolons."""
    if schema is None or schema.type not in SETS or not isinstance(entry.value, Scalar):
        return entry
    parts = (part.strip() for part in entry.value.text.split(SEPARATOR))
    return replace(entry, value=Items(tuple(Scalar(part, entry.line) for part in parts if part), entry.line))


def judged(read: Sequence[_Read], settings: BatchSettings) -> Iterator[BatchResult]:
    """Yield the results of the rows that could be read; those of one kind and day are judged together."""
    kinds: dict[tuple[str, date], list[_Read]] = {}
    for one in read:
        if one.case is not None:
            kinds.setdefault((one.case.template, one.day), []).append(one)
    for (template, day), rows in kinds.items():
        yield from together(rows, settings.court(template), day, with_missing=settings.with_missing)


def together(rows: Sequence[_Read], court: Court, day: date, *, with_missing: bool) -> Iterator[BatchResult]:
    """Yield the results of rows of one kind and day."""
    cases = [row.case for row in rows if row.case is not None]
    panes = Panes(cases, court.packs, day)
    verdicts = panes.verdicts()
    outcomes = panes.outcomes(verdicts)
    found: list[list[BatchFinding]] = [[] for _ in cases]
    numbers = [{Result.MET: 0, Result.NOT_APPLICABLE: 0} for _ in cases]
    for verdict in verdicts:
        for which, subject, result in findings(verdict, cases):
            if result in OPEN:
                found[which].append(BatchFinding(verdict.part.id, subject, result, verdict.is_counted))
            else:
                numbers[which][result] += 1
    for number, (row, case) in enumerate(zip(rows, cases, strict=True)):
        yield BatchResult(
            line=row.line,
            id=case.id,
            outcome=outcomes[number],
            findings=tuple(found[number]),
            met=numbers[number][Result.MET],
            aside=numbers[number][Result.NOT_APPLICABLE],
            missing=missing_in(case, court, day) if with_missing and outcomes[number] in OPEN else (),
            problems=row.problems,
        )


def missing_in(case: Case, court: Court, day: date) -> tuple[str, ...]:
    """Return the facts to ask for in a case, the one that settles most first."""
    report = check_case(case, court.packs, day, court.template)
    return tuple(f"{one.subject}.{one.fact}" if one.subject else one.fact for one in report.ask)
