from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from dragoman.model import Deadline, DeadlineKind, Event
from dragoman.track.events import event_of, is_named, plain, resolving
from tests.track.making import after, by, happened, line

TODAY = date(2024, 6, 30)
CALL = after("the call for proposals", "within 90 days of the call for proposals")


def found(deadline: Deadline | None, *events: Event, as_of: date = TODAY) -> list[str]:
    return [event.name for event in resolving(line(deadline), events, as_of)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the call for proposals", "Call for Proposals."),
        ("公开征集提案", "公開徵集提案"),
        ("该提案征集", "提案征集"),
        ("ＡＢＣ summit", "abc  Summit"),
        ("entry-into-force", "Entry into force"),
    ],
)
def test_names_are_equal_whatever_their_case_width_script_and_article(one: str, other: str) -> None:
    assert plain(one) == plain(other)


@pytest.mark.parametrize("other", ["second call for proposals", "proposals", "call", "征集"])
def test_names_that_only_resemble_each_other_are_not_equal(other: str) -> None:
    assert plain(other) != plain("the call for proposals")
    assert found(CALL, happened(other, TODAY)) == []


def test_an_event_has_names_in_both_languages() -> None:
    event = happened("公开征集提案", date(2024, 4, 1), aliases=("call for proposals",))
    assert found(CALL, event) == ["公开征集提案"]


def test_an_event_of_another_document_or_taken_back_resolves_nothing() -> None:
    assert found(CALL, happened("call for proposals", TODAY, doc="memo")) == ["call for proposals"]
    assert found(CALL, happened("call for proposals", TODAY, doc="letter")) == []
    assert found(CALL, happened("call for proposals", TODAY, withdrawn=True)) == []


def test_a_chosen_event_comes_before_one_of_the_same_name() -> None:
    named, chosen = (
        happened("call for proposals", date(2024, 1, 1)),
        happened("notice", date(2024, 5, 1), provisions=("memo:1",)),
    )
    assert found(CALL, named, chosen) == ["notice"]
    assert found(None, named, chosen) == ["notice"]


def test_a_later_event_counts_only_where_it_was_recorded_as_planned() -> None:
    ahead = date(2024, 9, 1)
    assert found(CALL, happened("call for proposals", ahead)) == []
    for recorded, names in (
        (datetime(2024, 6, 1, tzinfo=UTC), ["call for proposals"]),
        (datetime(2024, 7, 1, tzinfo=UTC), []),
    ):
        assert found(CALL, happened("call for proposals", ahead, recorded=recorded)) == names


def test_words_for_a_meeting_to_come_stand_for_it_in_their_own_document_alone() -> None:
    deadline = Deadline("by the next ministerial meeting", DeadlineKind.VAGUE)
    assert event_of(deadline) == "by the next ministerial meeting"
    assert not is_named(deadline, happened("By the next ministerial meeting", TODAY))
    assert is_named(deadline, happened("By the next ministerial meeting", TODAY, doc="memo"))


@pytest.mark.parametrize("text", ["swiftly", "in the coming months", "尽快", "in advance of new controls"])
def test_other_vague_times_hang_on_no_event(text: str) -> None:
    assert event_of(Deadline(text, DeadlineKind.VAGUE)) == ""


def test_a_stated_day_hangs_on_no_event_even_if_it_names_a_meeting() -> None:
    assert event_of(by(TODAY, "at the June summit")) == ""
