"""Keeping and reviewing cost the same however large the register is: no statement scans a table."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import event

from dragoman.model import Assessment, Event, Evidence, EvidenceState, ReviewState, Search, Stance
from dragoman.register import Decision, Register
from dragoman.register.engine import store_at
from dragoman.register.migrate import bring_up_to_date
from dragoman.register.schema import metadata
from tests.register.making import CODER, NOON, document, provision

SEARCHING = ("SELECT", "UPDATE", "DELETE")


def track(register: Register, line: str) -> None:
    """Record of a line what can be recorded, and ask for what is recorded of its document."""
    tracks, documents = register.tracks, ("memo",)
    tracks.keep_event(Event("summit", NOON.date(), id="v1"))
    tracks.event("v1")
    tracks.keep_evidence(Evidence("e1", line, Stance.SUPPORTS, EvidenceState.CANDIDATE), by="Ann", at=NOON)
    tracks.change_evidence("e1", lambda piece: piece, by="Ann", at=NOON)
    tracks.evidence_steps(line)
    tracks.keep_search(Search(line, (), (), None, NOON, 0))
    tracks.keep_assessment(Assessment(line, 1, "Ann", NOON.date(), made=NOON))
    tracks.keep_snapshot("memo", NOON.date(), {}, by="Ann", at=NOON)
    assert (tracks.evidence(documents), tracks.searches(documents), tracks.assessments(documents)) != ((), (), ())
    assert tracks.snapshots("memo")


def test_no_statement_of_keeping_or_reviewing_scans_a_table(tmp_path: Path) -> None:
    store = store_at(tmp_path / "register.sqlite")
    bring_up_to_date(store)
    register = Register(store)
    asked: dict[str, Any] = {}

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:  # noqa: ANN401, FBT001
        if statement.startswith(SEARCHING):
            asked[statement] = tuple(parameters)

    event.listen(store.engine, "before_cursor_execute", note)
    for text in ("We will meet.\nThey will pay.", "A word.\nWe will meet.\nThey will pay."):
        doc = document(text)
        lines = [provision(doc, n) for n in (-2, -1)]
        assert not register.holds(doc, CODER)
        register.save(doc, lines, coder=CODER, at=NOON)
        register.review(lines[0].id, Decision(ReviewState.ACCEPTED, "Ann", NOON))
        number = register.version("memo")
        model = [replace(line, coder="model/toy", id=f"{line.id}{end}") for line in lines for end in ("", "x")]
        register.add(doc, number, model, at=NOON)
    register.provision(lines[0].id)
    register.history(lines[0].id)
    track(register, lines[0].id)
    event.remove(store.engine, "before_cursor_execute", note)
    with store.reading() as connection:
        plans = {
            statement: [
                row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values or None)
            ]
            for statement, values in asked.items()
        }
    register.close()
    assert len(plans) > 10
    tables = tuple(f"SCAN {name}" for name in metadata.tables)
    scans = {s: plan for s, plan in plans.items() if any(step.startswith(tables) for step in plan)}
    assert scans == {}
