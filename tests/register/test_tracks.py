from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from dragoman.model import (
    Assessment,
    Completion,
    Event,
    Evidence,
    EvidenceState,
    NotFoundError,
    Search,
    Stage,
    Stance,
)
from dragoman.register import Register
from tests.register.making import NOON

LATER = NOON + timedelta(days=1)
EVENT = Event(
    "公开征集提案", date(2026, 4, 1), "memo", "https://example.org/call", "Ann", NOON, "v1", ("call",), ("memo:1",)
)
PIECE = Evidence(
    "e1", "memo:1", Stance.SUPPORTS, EvidenceState.CANDIDATE, "It\0 met \ud800.", "readout", 3, 9, "https://example.org",
    date(2024, 5, 24), Stage.OPERATIONAL, "Freedonia", "Ann", NOON, "seen", 2, "ab" * 32,
)  # fmt: skip
SEARCH = Search("memo:1", ("corpus, 14396 pages", "register"), ("council", "理事会"), date(2026, 1, 1), NOON, 0)
VERDICT = Assessment(
    "memo:1", -1, "Ann", date(2026, 1, 1), "Freedonia", Completion.NOT_STARTED, "+1: met", "Bob", "no trace", NOON
)


def test_events_come_back_as_they_were_recorded(register: Register) -> None:
    assert register.tracks.events() == ()
    plain = Event("summit", date(2026, 1, 1), id="v2")
    for event in (EVENT, plain):
        register.tracks.keep_event(event)
    assert register.tracks.events() == (plain, EVENT)
    assert register.tracks.event("v1") == EVENT


def test_an_event_taken_back_stands_so_and_its_steps_stay(register: Register) -> None:
    back = replace(EVENT, withdrawn=True, reason="misread", recorded=LATER)
    register.tracks.keep_event(EVENT)
    register.tracks.keep_event(back)
    assert register.tracks.events() == (back,)
    assert register.tracks.event_steps("v1") == (EVENT, back)
    with pytest.raises(NotFoundError, match="no event `v9`"):
        register.tracks.event("v9")


def test_evidence_comes_back_as_it_was_kept_whatever_its_characters(register: Register) -> None:
    bare = Evidence("e2", "letter:1", Stance.CONTEXT, EvidenceState.ACCEPTED)
    for piece in (PIECE, bare):
        assert register.tracks.keep_evidence(piece, by="Ann", at=NOON) == piece
    assert register.tracks.evidence() == (PIECE, bare)
    assert register.tracks.evidence(("letter",)) == (bare,)
    assert register.tracks.evidence(()) == ()
    assert register.tracks.one_evidence("e1") == PIECE


def test_the_same_evidence_is_kept_once(register: Register) -> None:
    register.tracks.keep_evidence(PIECE, by="Ann", at=NOON)
    again = replace(PIECE, state=EvidenceState.ACCEPTED, note="again")
    assert register.tracks.keep_evidence(again, by="Bob", at=LATER) == PIECE
    assert len(register.tracks.evidence_steps("memo:1")) == 1


def test_every_step_of_evidence_stays(register: Register) -> None:
    register.tracks.keep_evidence(PIECE, by="Ann", at=NOON, reason="found")
    for state in (EvidenceState.ACCEPTED, EvidenceState.WITHDRAWN):
        step = partial(replace, state=state)
        register.tracks.change_evidence("e1", step, by="Bob", at=LATER, reason=state.value)
    assert [piece.state for piece in register.tracks.evidence()] == [EvidenceState.WITHDRAWN]
    steps = register.tracks.evidence_steps("memo:1")
    assert [(step.evidence.state.value, step.by, step.at, step.reason) for step in steps] == [
        ("candidate", "Ann", NOON, "found"),
        ("accepted", "Bob", LATER, "accepted"),
        ("withdrawn", "Bob", LATER, "withdrawn"),
    ]


def test_a_step_that_is_refused_leaves_everything_as_it_was(register: Register) -> None:
    register.tracks.keep_evidence(PIECE, by="Ann", at=NOON)

    def refuse(_piece: Evidence) -> Evidence:
        raise ValueError("no")  # noqa: EM101 - any fault

    with pytest.raises(ValueError, match="no"):
        register.tracks.change_evidence("e1", refuse, by="Bob", at=LATER)
    assert register.tracks.one_evidence("e1") == PIECE
    with pytest.raises(NotFoundError, match="no evidence `e9`"):
        register.tracks.change_evidence("e9", lambda piece: piece, by="Bob", at=LATER)
    with pytest.raises(NotFoundError, match="no evidence `e9`"):
        register.tracks.one_evidence("e9")


def test_searches_and_verdicts_all_stay(register: Register) -> None:
    again = replace(SEARCH, found=3, until=None, made=LATER)
    for search in (SEARCH, again, replace(SEARCH, provision="letter:1")):
        register.tracks.keep_search(search)
    assert register.tracks.searches(("memo",)) == (SEARCH, again)
    final = Assessment("memo:1", None, "Bob", date(2026, 6, 1), made=LATER)
    for verdict in (VERDICT, final, replace(VERDICT, provision="letter:1")):
        register.tracks.keep_assessment(verdict)
    assert register.tracks.assessments(("memo",)) == (VERDICT, final)
    assert len(register.tracks.assessments()) == 3


def test_saved_reports_come_back_with_the_hash_of_their_content(register: Register) -> None:
    one = register.tracks.keep_snapshot("memo", date(2026, 1, 1), {"b": [1, "é"], "a": None}, by="Ann", at=NOON)
    same = register.tracks.keep_snapshot("memo", date(2026, 2, 1), {"a": None, "b": [1, "é"]}, by="", at=LATER)
    other = register.tracks.keep_snapshot("letter", date(2026, 2, 1), {"a": 1}, by="", at=LATER)
    assert register.tracks.snapshots("memo") == (one, same)
    assert register.tracks.snapshots("none") == ()
    assert one.sha256 == same.sha256 != other.sha256
    assert (one.content, one.made, one.made_by) == ({"a": None, "b": [1, "é"]}, NOON, "Ann")


def test_what_is_recorded_survives_closing(place: str) -> None:
    register = Register.open(place)
    register.tracks.keep_event(EVENT)
    register.tracks.keep_evidence(PIECE, by="Ann", at=NOON)
    register.close()
    register = Register.open(place)
    assert (register.tracks.events(), register.tracks.evidence()) == ((EVENT,), (PIECE,))
    register.close()


def test_times_are_kept_to_the_moment_whatever_their_zone(register: Register) -> None:
    moment = datetime(2026, 3, 1, 23, 59, 59, 123456, tzinfo=UTC)
    register.tracks.keep_evidence(replace(PIECE, added=moment), by="Ann", at=moment)
    (step,) = register.tracks.evidence_steps("memo:1")
    assert (step.at, step.evidence.added) == (moment, moment)
