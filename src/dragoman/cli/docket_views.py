"""Cases and procedures of the docket on the screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dragoman.cli.jobs import reading_of
from dragoman.cli.session import console
from dragoman.cli.speaking import name, spoken, word
from dragoman.cli.tables import table_with
from dragoman.model import Language
from dragoman.model.docket_board import Due
from dragoman.model.docket_format import due_table
from dragoman.wording import catalogue

if TYPE_CHECKING:
    from dragoman.docketing import CaseView
    from dragoman.model.docket import Act, ClockReading, DocketCase, DocketLine
    from dragoman.model.docket_board import Board
    from dragoman.model.procedure import Move, Origin, Procedure

MOST_FINDINGS = 12
"""Findings of a check that are shown; all stand in `--json`."""


def print_procedures(procedures: Sequence[Procedure], name: str, language: Language) -> None:
    """Print all procedures in a table, or one in full."""
    from dragoman.docketing import procedure_named  # noqa: PLC0415 - slow to load

    if name:
        _print_procedure(procedure_named(name), language.value)
        return
    table = table_with("name", "numbers", "takes", "what it is")
    for one in procedures:
        table.add_row(one.name, f"{one.prefix}-…", one.template, one.summary.text(language.value))
    console().print(table)


def print_cases(lines: Sequence[DocketLine], procedures: Sequence[Procedure]) -> None:
    """Print a list of cases."""
    named = {one.name: one for one in procedures}
    table = table_with("number", "state", "check", "targets", "title", "next day", "open")
    for line in lines:
        days = [one.due for one in line.deadlines if one.due is not None]
        stage = named[line.procedure].stages[line.stage].title.text(spoken().value)
        still = [word("cell", f"{line.open_requests} asked")] if line.open_requests else []
        still += [word("cell", f"{line.open_items} to look at")] if line.open_items else []
        table.add_row(
            line.number,
            stage,
            name("result", line.outcome) if line.outcome else "–",
            " ".join(line.targets),
            line.title,
            str(min(days)) if days else "",
            ", ".join(still),
        )
    console().print(table)


def item_lines(case: DocketCase) -> Iterator[str]:
    """Yield the open items of a case, a line each."""
    for item in case.items:
        if item.settled is None:
            yield word(
                "docket", f"{case.number}: {docket_word('cause', item.cause)} (act {item.act}): {item.text}"
            )


def print_board(board: Board, procedures: Sequence[Procedure], language: Language) -> None:
    """Print a dashboard: a table for states, for what is due, for countries and for tools."""
    named, texts = {one.name: one for one in procedures}, catalogue(language)
    words = language.value
    stages = table_with("procedure", "state", "cases")
    for one in board.stages:
        way = named[one.procedure]
        stages.add_row(way.name, way.stages[one.keys[0]].title.text(words), str(one.cases))
    due = table_with("procedure", "what", *(f"{state.value}" for state in Due))
    for (procedure, kind, clock), counts in due_table(board).items():
        what = named[procedure].clocks[clock].title.text(words) if clock else texts.text(f"docket.deadline.{kind}")
        due.add_row(procedure, what, *(str(counts[state]) if counts[state] else "" for state in Due))
    targets = table_with("procedure", "country", "cases")
    for one in sorted(board.targets, key=lambda one: (-one.cases, one.keys)):
        targets.add_row(one.procedure, one.keys[0], str(one.cases))
    tools = table_with("procedure", "tool", "result", "cases")
    for one in board.tools:
        result = texts.text(f"docket.tool.{one.keys[1].replace(' ', '_')}")
        tools.add_row(one.procedure, one.keys[0], result, str(one.cases))
    console().print(f"as of {board.as_of}; soon: up to {board.soon}", markup=False)
    for table in (stages, due, targets, tools):
        console().print(table)


def print_case(view: CaseView, language: Language) -> None:
    """Print a case in full."""
    case, words = view.case, language.value
    screen = console()
    stage = view.procedure.stages[case.stage].title.text(words)
    screen.print(f"{case.number}  {case.title}", style="bold", markup=False)
    screen.print(
        f"{view.procedure.title.text(words)} | {stage} | {word('cell', f'version {case.version}')} | "
        f"{case.organisation or '–'}",
        markup=False,
    )
    texts = (*_standing(view), *_documents(view), *_moves(view, language), *_unsettled(view, words))
    for text in texts:
        screen.print(text, markup=False)
    table = table_with("act", "when", "who", "what")
    for act in view.acts:
        table.add_row(str(act.number), act.at.strftime("%Y-%m-%d %H:%M"), act.account, _told(act))
    screen.print(table)


def _standing(view: CaseView) -> Iterator[str]:
    case = view.case
    counts = ", ".join(f"{number} {name('result', result)}" for result, number in case.results.items())
    checked = f"check of version {case.checked}: {name('result', case.outcome)} ({counts})"
    yield word("docket", checked if case.checked else "not checked")
    for one in _open_findings(view):
        yield f"  {one}"
    for result in ("not met", "conflict"):
        yield from (
            word("docket", f"  proposed, {name('result', result)}: {rule}")
            for rule in case.advised.get(result, ())
        )
    hits = ", ".join(case.open_hits) or word("docket", "none open")
    screened = f"parties of version {case.screened} screened; hits: {hits}"
    yield word("docket", screened if case.screened else "parties not screened")
    yield from (word("docket", f"clock {_clock(reading)}") for reading in view.clocks.values())
    yield from (
        word("docket", f"asked (act {one.act}{f', due {one.due}' if one.due else ''}): {one.text}")
        for one in case.requests
        if one.answered is None
    )
    yield from (f"{one.seat}: {docket_word('position', one.position)} – {one.reason}" for one in case.positions)
    yield from (
        word("docket", f"condition {one.act}: {one.text} {one.due or ''} {one.every}".rstrip())
        for one in case.conditions
    )
    yield from item_lines(case)
    for match in view.tools:
        yield word("docket", f"tool {match.tool.name}: {docket_word('tool', match.result)}")
        yield from (
            f"  {name('result', result)}: {rule} {subject}".rstrip() for rule, subject, result in match.findings
        )


def _documents(view: CaseView) -> Iterator[str]:
    for version in view.versions:
        handed = f"{version.at:%Y-%m-%d} by {version.account}: {version.name}"
        outcome = name("result", version.outcome) if version.outcome else "–"
        yield word("docket", f"version {version.number} of {handed}, check: {outcome}")
    for one in view.case.attachments:
        job = view.readings.get(one.sha256)
        reading = reading_of(job) if job else word("docket", "not read")
        yield word("docket", f"document {one.name} ({one.size} B, {one.sha256[:12]}): {reading}")


def _open_findings(view: CaseView) -> list[str]:
    last = next((act for act in reversed(view.acts) if act.kind == "checked"), None)
    found = [one for one in last.payload["findings"] if one["counted"]] if last else []
    lines = [
        f"{name('result', one['result'])}: {one['rule']} {one['subject']}".rstrip()
        for one in found
        if one["result"] in {"not met", "conflict"}
    ]
    more = [word("docket", f"… and {len(lines) - MOST_FINDINGS} more")] if len(lines) > MOST_FINDINGS else []
    return lines[:MOST_FINDINGS] + more


def _clock(reading: ClockReading) -> str:
    if reading.started is None:
        return word("docket", f"{reading.clock}: not started")
    state = word("docket", "runs" if reading.running else "rests")
    end = word("docket", "no end known" if reading.left is None else _end(reading))
    return word("docket", f"{reading.clock}: {reading.used} days since {reading.started}, {state}, {end}")


def _end(reading: ClockReading) -> str:
    return f"over since {reading.due}" if reading.over else f"{reading.left} days left, due {reading.due}"


def _moves(view: CaseView, language: Language) -> Iterator[str]:
    from dragoman.docketing import sentence_of  # noqa: PLC0415 - slow to load

    texts = catalogue(language)
    for move, found in view.moves.items():
        why = " ".join(sentence_of(one, view.procedure, texts) for one in found)
        fields = view.procedure.moves[move].fields
        asks = f" (states: {', '.join(docket_word('field', one) for one in fields)})" if fields else ""
        yield word("docket", f"move {move}{asks}: {why or word('docket', 'can be taken')}")


def _unsettled(view: CaseView, words: str) -> Iterator[str]:
    for one in view.procedure.unsettled:
        yield word("docket", f"unsettled: {one.text.text(words)}")


def _told(act: Act) -> str:
    payload = act.payload
    if act.kind == "moved":
        way = f"{payload['move']}: {payload['from']} → {payload['to']}."
        return f"{way} {payload['fields'].get('reason', '')}".strip()
    kept = ("text", "reason", "name", "outcome", "position", "seat")
    said = [_said(key, str(payload[key])) for key in kept if payload.get(key)]
    return " · ".join([docket_word("act", act.kind), *said])


def _said(key: str, value: str) -> str:
    if key == "outcome":
        return name("result", value)
    return docket_word("position", value) if key == "position" else value


def docket_word(group: str, value: str) -> str:
    """Return the word of the pages of the docket for a value, the value itself in English."""
    return value if spoken() is Language.EN else name(f"docket.{group}", value.replace(" ", "_"))


def _print_procedure(procedure: Procedure, words: str) -> None:
    screen = console()
    screen.print(f"{procedure.name}  {procedure.title.text(words)}", style="bold", markup=False)
    screen.print(procedure.summary.text(words), markup=False)
    screen.print(word("docket", f"source: {procedure.source}; as of {procedure.as_of}"), markup=False)
    table = table_with("move", "from", "to", "who", "must hold", "states", "basis")
    for move in procedure.moves.values():
        roles = ", ".join(docket_word("role", role) for role in move.roles)
        needs = ", ".join(_needs(move))
        fields = ", ".join(docket_word("field", one) for one in move.fields)
        basis = _basis(move.basis, words)
        table.add_row(move.name, ", ".join(move.sources), move.target, roles, needs, fields, basis)
    screen.print(table)
    for clock in procedure.clocks.values():
        end = word("docket", "no end known" if clock.days is None else f"{clock.days} {clock.counting} days")
        screen.print(word("docket", f"clock {clock.name}: {end}. {_basis(clock.basis, words)}"), markup=False)
    for one in procedure.unsettled:
        screen.print(word("docket", f"unsettled: {one.text.text(words)} {_basis(one.basis, words)}"), markup=False)


def _needs(move: Move) -> Iterator[str]:
    for need in move.needs:
        yield " ".join(
            filter(
                None,
                (docket_word("need", need.need), "/".join(name("result", one) for one in need.values), need.clock),
            )
        )


def _basis(basis: Origin, words: str) -> str:
    note = basis.note.text(words) if basis.note else ""
    cited = f"{basis.citation} [{basis.confidence}]." if basis.citation else ""
    return " ".join(filter(None, (cited, note)))
