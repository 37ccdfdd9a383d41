"""IG Script: components, and texts that hold the notation's own signs."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.model import Amount, Bound, Deadline, DeadlineKind, Entry, Kind
from dragoman.qda import ig_rows, ig_script
from tests.coding.making import line, text

DOC = text()
LIGHT = replace(
    line(
        DOC, 1, actors=("Alba", "Boria"), counterparties=("Ceria",), aim="light the harbour", object="the harbour"
    ),
    trigger="will",
    deadline=Deadline("by 2027", DeadlineKind.BY, date(2027, 12, 31)),
    conditions="if calm",
    amounts=(Amount("5 crowns", "5", "NOK", Bound.EXACT, 0),),
)


def test_a_line_is_a_statement_with_its_components() -> None:
    assert ig_script(LIGHT) == (
        "A(Alba [AND] Boria) D[stringency=firm](will) I(light) Bdir(the harbour) Bind(Ceria) Cac(if calm) "
        "Cex(by 2027) Cex(5 crowns)"
    )


@pytest.mark.parametrize(
    ("changes", "statement"),
    [
        ({"kind": Kind.MEASURE, "trigger": "lit"}, "I(light the harbour)"),
        ({"trigger": "are light"}, "I(light the harbour)"),
        (
            {"force": 4, "trigger": "shall not", "kind": Kind.PROHIBITION},
            "D[stringency=binding](shall not) I(light the harbour)",
        ),
        ({"aim": "", "trigger": "must"}, "D[stringency=firm](must) I(must)"),
        ({"object": "a lamp"}, "I(light the harbour) Bdir(a lamp)"),
    ],
)
def test_components_that_a_line_does_not_name_are_left_out(changes: dict[str, object], statement: str) -> None:
    bare = replace(line(DOC, 1, aim="light the harbour"), **changes)  # type: ignore[arg-type]
    assert ig_script(bare) == statement


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=30), st.text(max_size=30))
def test_no_text_can_break_the_notation(actor: str, aim: str) -> None:
    statement = ig_script(line(DOC, 1, actors=(actor,), aim=aim))
    assert "\n" not in statement
    assert re.fullmatch(r"(A\([^(){}\[\]]*\) )?I\([^(){}\[\]]*\)", statement)


def test_rows_have_the_sentence_and_the_id() -> None:
    (row,) = ig_rows([Entry(LIGHT)])
    assert (row["id"], row["original"], row["doc"]) == (
        LIGHT.id,
        "Alba will light the harbour by 2027.",
        "harbour",
    )
