"""The JSON of tracking is the one that the manual describes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dragoman.model import BoardQuery, DueState, Event, EvidenceStep, Search, Stage, Stance
from dragoman.model.track_format import (
    assessment_to_row,
    board_to_row,
    event_to_row,
    evidence_to_row,
    scores_to_row,
    status_to_row,
    step_to_row,
)
from dragoman.track.assess import scores_of
from dragoman.track.board import board_of
from dragoman.track.records import Records, by_line
from tests.track.making import MEMO, NOON, entry, every, piece, verdict

MANUAL = (Path(__file__).resolve().parents[2] / "docs" / "tracking.md").read_text(encoding="utf-8")
TODAY = date(2024, 6, 30)
SEARCH = Search("memo:1", ("register",), ("council",), TODAY, NOON, 0)
RECORDS = Records((), by_line([piece()]), by_line([SEARCH]), by_line([verdict(1, "Freedonia")]))
BOARD = board_of(BoardQuery(("memo",)), TODAY, [entry(every("P6M"))], {"memo": MEMO}, RECORDS)
ROWS = {
    "board": board_to_row(BOARD),
    "status": status_to_row(BOARD.rows[0].status),
    "scores": scores_to_row(scores_of(("memo",), BOARD.rows, TODAY)),
    "event": event_to_row(Event("summit", TODAY, recorded=NOON)),
    "evidence": evidence_to_row(piece()),
    "step": step_to_row(EvidenceStep(piece(), "Ann", NOON)),
    "verdict": assessment_to_row(verdict(None)),
}


def keys_in(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for inner in value.values() for key in keys_in(inner)}
    if isinstance(value, list):
        return {key for inner in value for key in keys_in(inner)}
    return set()


@pytest.mark.parametrize("name", ROWS)
def test_every_field_is_named_in_the_manual(name: str) -> None:
    states = {state.value for state in DueState} | {stage.value for stage in Stage}
    fields = keys_in(ROWS[name]) - states
    assert len(fields) > 3
    assert {field for field in fields if f"`{field}`" not in MANUAL and f'"{field}"' not in MANUAL} == set()


@pytest.mark.parametrize("words", [DueState, Stage, Stance])
def test_every_state_stage_and_stance_is_described(words: type[DueState | Stage | Stance]) -> None:
    assert {word.value for word in words if f"`{word.value}`" not in MANUAL} == set()
