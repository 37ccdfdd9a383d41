from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import dragoman
from dragoman.docket import NoSuchProcedureError, load_procedure, procedure_names
from dragoman.docket.procedures import faults, holidays
from dragoman.model.procedure import Clock, Move, OpenQuestion, Procedure

DATA = Path(dragoman.__file__).parent / "data"
ALL = [load_procedure(name) for name in procedure_names()]


def test_four_procedures_ship() -> None:
    assert procedure_names() == ("ai-exports-program", "data-flow-list", "green-channel", "model-review")


@pytest.mark.parametrize("procedure", ALL, ids=lambda one: one.name)
def test_every_state_is_reached_and_only_final_ones_are_left_by_nothing(procedure: Procedure) -> None:
    reached = {move.target for move in procedure.moves.values()} | {procedure.first}
    left = {source for move in procedure.moves.values() for source in move.sources}
    assert reached == set(procedure.stages)
    assert {name for name, stage in procedure.stages.items() if stage.final} == set(procedure.stages) - left


@pytest.mark.parametrize("procedure", ALL, ids=lambda one: one.name)
def test_what_is_not_cited_says_so_and_every_procedure_names_what_is_unsettled(procedure: Procedure) -> None:
    assert procedure.unsettled
    parts: list[Move | Clock | OpenQuestion] = [
        *procedure.moves.values(),
        *procedure.clocks.values(),
        *procedure.unsettled,
    ]
    silent = [part.name for part in parts if not part.basis.citation and part.basis.note is None]
    assert silent == []


def test_the_rules_of_the_tools_are_rules_of_the_pack() -> None:
    rules = {path.stem for path in (DATA / "packs" / "us-ai-exports-program" / "rules").glob("*.yaml")}
    named = {rule for tool in load_procedure("ai-exports-program").tools for rule in tool.rules}
    assert named <= rules


def test_a_move_to_nowhere_is_a_fault() -> None:
    procedure = load_procedure("green-channel")
    broken = replace(procedure, moves={"x": replace(procedure.moves["list"], target="nowhere", seats=("fr",))})
    assert faults(broken) == ["move `list`: no state `nowhere`", "move `list`: no seat `fr`"]


def test_a_slip_of_the_name_gets_a_hint() -> None:
    with pytest.raises(NoSuchProcedureError) as caught:
        load_procedure("green-chanel")
    assert "green-channel" in caught.value.remedy


def test_no_holiday_lies_on_a_week_end() -> None:
    assert [day for day in holidays("us-federal") if day.weekday() >= 5] == []
