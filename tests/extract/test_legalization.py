from __future__ import annotations

from datetime import date

from dragoman.extract.legalization import profile_of
from dragoman.model import Deadline, DeadlineKind, Kind
from tests.extract.clauses import candidate_in, view_of

NAMED = {"actor": True, "named partner": False}


def test_a_binding_rule_with_date_and_number_is_hard_and_precise() -> None:
    text = "Within 90 days the Secretary shall issue regulations on 3 items."
    deadline = Deadline("Within 90 days", DeadlineKind.BY, date(2026, 1, 1), start=0)
    candidate = candidate_in(text, "shall", Kind.OBLIGATION, 4)
    profile = profile_of(view_of(text), candidate, NAMED, deadline, conditional=False)
    assert (profile.obligation, profile.precision, profile.delegation) == (4, 3, 3)
    assert profile.reasons == ("force 4", "names actor, date, number", "rules: regulations")


def test_a_condition_lowers_obligation_and_says_so() -> None:
    text = "The parties will meet, as appropriate."
    profile = profile_of(view_of(text), candidate_in(text, "will"), NAMED, None, conditional=True)
    assert profile.obligation == 2
    assert profile.reasons[0] == "force 3, conditional -1"


def test_advice_binds_less_than_its_words() -> None:
    text = "Governments should consult each other in a forum."
    candidate = candidate_in(text, "should", Kind.RECOMMENDATION, 2)
    profile = profile_of(view_of(text), candidate, NAMED, None, conditional=False)
    assert (profile.obligation, profile.delegation) == (1, 1)


def test_a_vague_deadline_adds_no_precision() -> None:
    text = "The parties will act swiftly."
    vague = Deadline("swiftly", DeadlineKind.VAGUE, start=22)
    assert profile_of(view_of(text), candidate_in(text, "will"), NAMED, vague, conditional=False).precision == 1
