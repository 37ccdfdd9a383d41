"""A model's lines beside the grammar's: added, never accepted, never lost with their sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dragoman.model import ConflictError, Document, Kind, Problem, Provision, Query, ReviewState, Severity
from dragoman.register import Added, Decision, Register
from tests.register.making import CODER, NOON, document, provision

TEXT = "We will meet.\nIt may rain.\nThey shall report."
LONGER = "An opening word.\nIt may rain.\nWe will meet."
TOY, TWO = "model/toy", "model/two"
DOC = document(TEXT)
MEET = provision(DOC, 0)
TOY_MEET = replace(MEET, force=1, coder=TOY)
TOY_RAIN = provision(DOC, 1, "may", kind=Kind.PERMISSION, force=2, coder=TOY)
REJECTED = Problem(
    "model-line-rejected", Severity.NOTE, "A line was rejected.", "Nothing.", "memo.txt", "memo", 0, 5
)


@pytest.fixture
def coded(register: Register) -> Register:
    """A register in which the grammar has one line and a model that one and another."""
    register.save(DOC, [MEET], coder=CODER, at=NOON)
    assert register.add(DOC, 1, [TOY_MEET, TOY_RAIN], at=NOON, rejected=[REJECTED]) == Added(1, 1, 0)
    return register


def counting(register: Register) -> dict[str, tuple[str, int, ReviewState]]:
    page = register.provisions(Query())
    return {e.provision.quote.exact: (e.provision.coder, e.provision.force, e.state) for e in page.entries}


def coders(register: Register, line: Provision) -> list[str]:
    return [entry.provision.coder for entry in register.history(line.id)[0]]


def read(register: Register, doc: Document, lines: list[Provision], coder: str = CODER) -> str:
    return register.save(doc, lines, coder=coder, at=NOON)[0].status


def decide(register: Register, line: Provision, state: ReviewState, **changes: object) -> None:
    register.review(line.id, Decision(state, "Ann", NOON, changes=changes))


AS_CODED = {
    "We will meet.": (CODER, 3, ReviewState.CANDIDATE),
    "It may rain.": (TOY, 2, ReviewState.CANDIDATE),
}


def test_a_models_line_is_kept_beside_the_grammars_or_becomes_a_candidate(coded: Register) -> None:
    assert counting(coded) == AS_CODED
    assert coders(coded, MEET) == [CODER, TOY]
    assert coded.provision(TOY_RAIN.id).provision == TOY_RAIN
    assert coded.problems("memo") == (REJECTED,)


def test_the_same_answer_again_adds_nothing(coded: Register) -> None:
    assert coded.add(DOC, 1, [TOY_MEET, TOY_RAIN], at=NOON, rejected=[REJECTED]) == Added(0, 1, 1)
    assert coders(coded, MEET) == [CODER, TOY]
    assert coders(coded, TOY_RAIN) == [TOY]
    assert coded.problems("memo") == (REJECTED,)


def test_another_answer_is_kept_but_replaces_nothing(coded: Register) -> None:
    assert coded.add(DOC, 1, [replace(TOY_RAIN, force=1)], at=NOON) == Added(0, 0, 1)
    assert coded.add(DOC, 1, [replace(TOY_RAIN, force=1, coder=TWO)], at=NOON) == Added(0, 1, 0)
    assert coders(coded, TOY_RAIN) == [TOY, TOY, TWO]
    assert counting(coded) == AS_CODED
    assert coded.problems("memo") == ()


def test_reading_the_same_text_again_keeps_the_models_lines(coded: Register) -> None:
    assert coded.holds(DOC, CODER)
    assert read(coded, DOC, [MEET]) == "unchanged"
    assert coded.as_it_stands("memo", "memo.txt", ())[1] == (REJECTED,)
    assert counting(coded) == AS_CODED


def test_a_newer_grammar_keeps_the_models_lines(coded: Register) -> None:
    newer = provision(DOC, 2, "shall", coder="grammar/2")
    assert read(coded, DOC, [newer], "grammar/2") == "recoded"
    assert counting(coded) == {
        "We will meet.": (TOY, 1, ReviewState.CANDIDATE),  # no longer the grammar's
        "It may rain.": (TOY, 2, ReviewState.CANDIDATE),
        "They shall report.": ("grammar/2", 3, ReviewState.CANDIDATE),
    }
    assert coded.problems("memo") == (REJECTED,)
    read(coded, DOC, [replace(MEET, coder="grammar/3"), replace(TOY_RAIN, coder="grammar/3")], "grammar/3")
    assert {coder for coder, _, _ in counting(coded).values()} == {"grammar/3"}
    assert coders(coded, TOY_RAIN) == [TOY, "grammar/3"]


def test_a_new_version_keeps_the_lines_whose_sentence_still_stands(coded: Register) -> None:
    new = document(LONGER)
    assert read(coded, new, [provision(new, 2)]) == "version"
    assert counting(coded) == AS_CODED
    rain = coded.provision(TOY_RAIN.id)
    assert rain.version == 2
    assert new.text[rain.provision.start : rain.provision.end] == "It may rain."
    assert new.text[rain.provision.trigger_start :].startswith("may")
    assert coders(coded, MEET) == [CODER, TOY, CODER, TOY]
    gone = document("Something else.")
    read(coded, gone, [])
    assert counting(coded) == {}
    assert coded.provision(TOY_RAIN.id).provision == rain.provision
    assert coded.problems("memo") == ()


def test_decisions_on_a_models_line_hold_as_on_any(coded: Register) -> None:
    decide(coded, TOY_RAIN, ReviewState.EDITED, force=4)
    assert coded.add(DOC, 1, [TOY_RAIN], at=NOON) == Added(0, 0, 1)
    read(coded, DOC, [MEET], "grammar/2")
    assert counting(coded)["It may rain."] == ("person/Ann", 4, ReviewState.EDITED)
    new = document(LONGER)
    read(coded, new, [])
    assert counting(coded)["It may rain."] == ("person/Ann", 4, ReviewState.EDITED)
    decide(coded, TOY_RAIN, ReviewState.CANDIDATE)
    assert counting(coded)["It may rain."] == (TOY, 2, ReviewState.CANDIDATE)


def test_taking_a_decision_back_leaves_the_grammars_line(coded: Register) -> None:
    decide(coded, MEET, ReviewState.EDITED, force=4)
    decide(coded, MEET, ReviewState.CANDIDATE)
    assert counting(coded) == AS_CODED


def test_a_rejected_line_stays_rejected(coded: Register) -> None:
    decide(coded, TOY_RAIN, ReviewState.REJECTED)
    assert coded.add(DOC, 1, [replace(TOY_RAIN, force=1)], at=NOON) == Added(0, 0, 1)
    assert counting(coded)["It may rain."] == (TOY, 2, ReviewState.REJECTED)


def test_lines_are_found_and_counted_by_the_coder_of_the_line_that_counts(coded: Register) -> None:
    assert coded.facets(Query()).coders == ((CODER, 1), (TOY, 1))
    decide(coded, MEET, ReviewState.EDITED, force=4)
    (model,) = coded.provisions(Query(coders=(TOY, TWO))).entries
    (person,) = coded.provisions(Query(coders=("person/Ann",))).entries
    assert (model.provision.id, person.provision.id) == (TOY_RAIN.id, MEET.id)
    assert coded.provisions(Query(coders=(CODER,))).total == 0


def test_lines_for_a_version_that_is_gone_are_refused(coded: Register) -> None:
    assert coded.version("memo") == 1
    read(coded, document(LONGER), [])
    with pytest.raises(ConflictError, match="has changed while it was being coded"):
        coded.add(DOC, 1, [provision(DOC, 2, "shall", coder=TOY)], at=NOON)
    assert "They shall report." not in counting(coded)
