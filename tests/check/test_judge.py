from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.check.judge import check_case
from dragoman.check.precedence import F, T, U, all_of, any_of, opposite
from dragoman.model import Case, Confidence, Result, Truth, Value
from tests.check.lantern import checked, copied, found, lantern, replaced, shipment

BRIGHT: dict[str, Value] = {"lumen": 600}


def result(case: Case, rule: str, day: date = date(2026, 2, 1), subject: str = "") -> str:
    return found(checked(case, day), rule, subject).result.value


@pytest.mark.parametrize(
    ("facts", "item", "expected"),
    [
        ({"permit": True}, {"lumen": 600}, "met"),
        ({"permit": False, "festival": False}, {"lumen": 600}, "not met"),
        ({"permit": False}, {"lumen": 400}, "not applicable"),
        ({"permit": False, "festival": True, "colours": frozenset()}, {"lumen": 600, "dimmed": True}, "not applicable"),
        ({"permit": False, "festival": True, "colours": frozenset({"green"})}, {"lumen": 600, "dimmed": True}, "not met"),
        ({"permit": False, "festival": True}, {"lumen": 600, "dimmed": True}, "unknown"),
        ({"permit": False}, {"lumen": 600}, "unknown"),
        ({"permit": True}, {"lumen": 600, "dimmed": True}, "met"),
        ({"festival": False}, {"lumen": 600}, "unknown"),
        ({"permit": True, "festival": False}, {}, "unknown"),
        ({"permit": True}, {"lamp": "Glow Two"}, "met"),
        ({"permit": True}, {"lamp": "Glow One"}, "not applicable"),
    ],
)  # fmt: skip
def test_a_rule_with_exceptions_and_exceptions_to_these(
    facts: dict[str, Value], item: dict[str, Value], expected: str
) -> None:
    assert result(shipment(facts, [item], ["FI"]), "bright") == expected


def test_missing_names_each_fact_that_can_still_change_a_result_and_no_other() -> None:
    finding = found(checked(shipment({"permit": False}, [BRIGHT], ["FI"])), "bright")
    assert [(m.fact, m.subject) for m in finding.missing] == [
        ("festival", ""),
        ("dimmed", "items[0]"),
        ("colours", ""),
    ]
    finding = found(checked(shipment({"festival": False}, [{}], ["GB"])), "bright")
    assert (finding.result, finding.missing) == (Result.NOT_APPLICABLE, ())
    finding = found(checked(shipment({"festival": False}, [{}], ["FI"])), "bright")
    assert {(m.fact, m.subject) for m in finding.missing} == {("lamp", "items[0]"), ("permit", "")}
    finding = found(checked(shipment({"festival": False}, [{"lamp": "of no table"}], ["FI"])), "bright")
    assert {(m.fact, m.subject) for m in finding.missing} == {("lumen", "items[0]"), ("permit", "")}


def test_why_a_rule_is_not_applicable_is_said() -> None:
    facts: dict[str, Value] = {"permit": False, "festival": True, "colours": frozenset()}
    case = shipment(facts, [{"lumen": 600, "dimmed": True}], ["FI"])
    because = found(checked(case), "bright").because
    assert because is not None
    assert "lantern/festival" in because.en
    assert "lantern/festival" in because.zh


def test_each_member_and_each_pair_has_a_finding_of_its_own() -> None:
    case = shipment({"permit": False, "festival": False}, [BRIGHT, {"lumen": 100}], ["FI", "GB"])
    report = checked(case)
    found_subjects = {f.subject: f.result.value for f in report.findings if f.rule == "lantern/bright"}
    assert found_subjects == {
        "items[0] lantern 0 x destinations[0] FI": "not met",
        "items[0] lantern 0 x destinations[1] GB": "not applicable",
        "items[1] lantern 1 x destinations[0] FI": "not applicable",
        "items[1] lantern 1 x destinations[1] GB": "not applicable",
    }


def test_a_list_that_the_case_does_not_give_is_asked_for_and_an_empty_one_is_empty() -> None:
    finding = found(checked(shipment({"permit": False}, None, ["FI"])), "bright")
    assert (finding.result, [m.fact for m in finding.missing]) == (Result.UNKNOWN, ["items"])
    assert finding.because is not None
    report = checked(shipment({"permit": False}, [], ["FI"]))
    assert [f for f in report.findings if f.rule == "lantern/bright"] == []


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2025, 5, 31), None), (date(2025, 6, 1), "not applicable"), (date(2026, 1, 1), "not met"), (date(2028, 1, 1), "unknown")],
)  # fmt: skip
def test_the_law_of_the_day_is_applied_with_the_groups_of_the_day(day: date, expected: str | None) -> None:
    case = shipment({"permit": False, "festival": False, "keeper_trained": True}, [BRIGHT], ["FI"])
    results = [f.result.value for f in checked(case, day).findings if f.rule == "lantern/bright"]
    assert results == ([] if expected is None else [expected])


def test_a_later_rule_takes_the_place_of_an_earlier_one() -> None:
    case = shipment({"permit": False, "festival": False, "keeper_trained": True}, [{"lumen": 800}], ["FI"])
    day = date(2027, 6, 1)
    assert result(case, "bright-2027", day) == "met"
    finding = found(checked(case, day), "bright")
    assert finding.result is Result.NOT_APPLICABLE
    assert finding.because is not None
    assert "bright-2027" in finding.because.en
    assert result(shipment({"permit": False, "festival": False}, [{}], ["FI"]), "bright", day) == "unknown"


def test_a_later_rule_that_does_not_apply_takes_no_place() -> None:
    case = shipment({"permit": True, "festival": False}, [{"lumen": 600}], ["FI"])
    assert result(case, "bright", date(2027, 6, 1)) == "met"


def test_versions_of_two_standings_are_two_findings_and_only_one_counts() -> None:
    report = checked(shipment({"colours": frozenset({"red"}), "permit": False}))
    by_standing = {f.standing.value: f for f in report.findings if f.rule == "lantern/old-colours"}
    assert {name: (f.result.value, f.counted) for name, f in by_standing.items()} == {
        "not enforced": ("not met", False),
        "unsettled": ("not met", True),
    }


def test_rules_that_contradict_each_other_are_a_conflict() -> None:
    report = checked(shipment({"signed": date(2026, 2, 1), "permit": True}))
    assert report.outcome is Result.CONFLICT
    for name, other in (("open-sea", "closed-sea"), ("closed-sea", "open-sea")):
        finding = found(report, name)
        assert finding.result is Result.CONFLICT
        assert finding.because is not None
        assert other in finding.because.en
    early = checked(shipment({"signed": date(2025, 2, 1), "permit": True}))
    assert found(early, "open-sea").result is Result.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("facts", "items", "expected"),
    [
        ({"permit": True, "colours": frozenset(), "own_share": 60, "signed": date(2025, 1, 1)}, [BRIGHT], "met"),
        ({"permit": True, "colours": frozenset(), "own_share": 40, "signed": date(2025, 1, 1)}, [BRIGHT], "met"),
        ({"permit": False, "colours": frozenset(), "signed": date(2025, 1, 1), "festival": False}, [BRIGHT], "not met"),
        ({"permit": False, "colours": frozenset({"red"}), "signed": date(2025, 1, 1)}, [], "unknown"),
        ({"permit": True, "colours": frozenset({"red"}), "signed": date(2025, 1, 1)}, [], "met"),
        ({"colours": frozenset(), "signed": date(2025, 1, 1)}, [BRIGHT], "unknown"),
    ],
)  # fmt: skip
def test_the_outcome_is_the_worst_of_what_counts(
    facts: dict[str, Value], items: list[dict[str, Value]], expected: str
) -> None:
    assert checked(shipment(facts, items, ["FI"])).outcome.value == expected


def test_nothing_that_bears_on_a_case_leaves_it_not_applicable() -> None:
    pack = replace(lantern(), rules=tuple(r for r in lantern().rules if r.rule.id == "lantern/open-sea"))
    assert checked(shipment({"signed": date(2025, 1, 1)}), pack=pack).outcome is Result.NOT_APPLICABLE


def test_an_empty_slot_is_unknown_and_never_counts() -> None:
    finding = found(checked(shipment()), "slot")
    assert (finding.result, finding.counted, finding.missing) == (Result.UNKNOWN, False, ())
    assert finding.because is not None


def test_open_items_come_first_and_what_settles_most_is_asked_first() -> None:
    report = checked(shipment({}, [{}], ["FI"]))
    order = ["not met", "conflict", "unknown", "met", "not applicable"]
    places = [order.index(f.result.value) for f in report.findings]
    assert places == sorted(places)
    asked = [(m.fact, m.subject) for m in report.ask]
    assert len(asked) == len(set(asked))
    waiting = dict.fromkeys(asked, 0.0)
    for finding in report.findings:
        if finding.counted:
            for missing in finding.missing:
                waiting[missing.fact, missing.subject] += 1 / len(finding.missing)
    weights = [waiting[key] for key in asked]
    assert weights == sorted(weights, reverse=True)


def test_a_finding_is_never_surer_than_the_row_it_rests_on() -> None:
    sure = found(checked(shipment({"permit": True}, [{"lumen": 900}], ["FI"])), "bright")
    unsure = found(checked(shipment({"permit": True}, [{"lamp": "Glow Two"}], ["FI"])), "bright")
    assert (sure.confidence, unsure.confidence) == (Confidence.SEEN, Confidence.UNVERIFIED)


def test_the_trace_shows_the_comparisons_with_their_values() -> None:
    finding = found(checked(shipment({"permit": False}, [BRIGHT], ["FI"])), "bright")
    own = [(s.part, s.text, s.values[0], s.truth) for s in finding.trace if s.part in {"applies", "requires"}]
    assert own == [
        ("applies", "lumen >= 500", "600", Truth.TRUE),
        ("applies", "destination in group('long night')", "FI", Truth.TRUE),
        ("requires", "permit", "false", Truth.FALSE),
    ]
    assert {s.part for s in finding.trace} >= {"excepted by lantern/festival"}


def test_an_unsettled_exception_relieves_nothing_for_sure(tmp_path: Path) -> None:
    reading = replaced(
        copied(tmp_path), "rules/festival.yaml", "force: option", "force: option\nstanding: unsettled"
    )
    assert reading.pack is not None, reading.problems
    facts: dict[str, Value] = {"permit": False, "festival": True, "colours": frozenset()}
    case = shipment(facts, [{"lumen": 600, "dimmed": True}], ["FI"])
    finding = found(checked(case, pack=reading.pack), "bright")
    assert (finding.result, finding.missing) == (Result.UNKNOWN, ())
    assert finding.because is not None
    assert "festival" in finding.because.en


def test_a_suspended_exception_relieves_nothing(tmp_path: Path) -> None:
    reading = replaced(
        copied(tmp_path), "rules/festival.yaml", "force: option", "force: option\nstanding: suspended"
    )
    assert reading.pack is not None, reading.problems
    case = shipment({"permit": False, "festival": True}, [{"lumen": 600, "dimmed": True}], ["FI"])
    assert found(checked(case, pack=reading.pack), "bright").result is Result.NOT_MET


def test_a_link_to_a_pack_that_is_not_run_is_noted(tmp_path: Path) -> None:
    reading = replaced(copied(tmp_path), "rules/open-sea.yaml", "[closed-sea]", "[closed-sea, harbour/quay]")
    assert reading.pack is not None, reading.problems
    report = check_case(shipment(), [reading.pack], date(2026, 2, 1))
    assert [(p.code, p.line) for p in report.problems] == [("rule-not-run", 1)]


def test_kleene() -> None:
    assert [all_of(pair) for pair in product((T, U, F), repeat=2)] == [T, U, F, U, U, F, F, F, F]
    assert [any_of(pair) for pair in product((T, U, F), repeat=2)] == [T, T, T, T, U, U, T, U, F]
    assert [opposite(truth) for truth in (T, U, F)] == [F, U, T]
    assert (all_of(()), any_of(())) == (T, F)


# ---- every completion of an incomplete case ----

VALUES: dict[str, tuple[Value, ...]] = {
    "permit": (True, False),
    "festival": (True, False),
    "keeper_trained": (True, False),
    "own_share": (40, 50),
    "colours": (frozenset(), frozenset({"red"}), frozenset({"red", "green"})),
    "signed": (date(2025, 12, 31), date(2026, 1, 1)),
}
ITEM: dict[str, tuple[Value, ...]] = {"lumen": (499, 500, 699, 700), "dimmed": (True, False)}
SETTLED = {Result.MET, Result.NOT_MET, Result.NOT_APPLICABLE, Result.CONFLICT}


@st.composite
def incomplete(draw: st.DrawFn) -> tuple[dict[str, Value], dict[str, Value]]:
    """Facts of a case and of its one item, some of them unknown."""
    facts = {name: draw(st.sampled_from(values)) for name, values in VALUES.items()}
    item = {name: draw(st.sampled_from(values)) for name, values in ITEM.items()}
    unknown = draw(st.sets(st.sampled_from([*VALUES, *ITEM]), max_size=4))
    return (
        {name: value for name, value in facts.items() if name not in unknown},
        {name: value for name, value in item.items() if name not in unknown},
    )


def completions(facts: dict[str, Value], item: dict[str, Value]) -> Iterator[Case]:
    absent = [name for name in VALUES if name not in facts]
    lacking = [name for name in ITEM if name not in item]
    for values in product(*(VALUES[name] for name in absent), *(ITEM[name] for name in lacking)):
        whole = {**facts, **dict(zip(absent, values, strict=False))}
        inner = {**item, **dict(zip(lacking, values[len(absent) :], strict=True))}
        yield shipment(whole, [inner], ["FI"])


@settings(max_examples=60, deadline=None)
@given(incomplete(), st.sampled_from([date(2025, 12, 1), date(2026, 2, 1), date(2027, 6, 1)]))
def test_no_completion_makes_a_settled_finding_worse(
    known: tuple[dict[str, Value], dict[str, Value]], day: date
) -> None:
    """A definite result holds in every completion, but that a met rule may turn out not to bear on the case."""
    facts, item = known
    partial = checked(shipment(facts, [item], ["FI"]), day)
    settled = {(f.rule, f.standing): f.result for f in partial.findings if f.result in SETTLED}
    exempt = {(f.rule, f.standing) for f in partial.findings if f.rule == "lantern/bright"}
    for whole in completions(facts, item):
        for finding in checked(whole, day).findings:
            key = (finding.rule, finding.standing)
            if key in settled:
                allowed = {settled[key]}
                if key in exempt and settled[key] is Result.MET:
                    allowed.add(Result.NOT_APPLICABLE)
                assert finding.result in allowed


@settings(max_examples=40, deadline=None)
@given(incomplete())
def test_a_complete_case_leaves_nothing_open_but_the_slot(
    known: tuple[dict[str, Value], dict[str, Value]],
) -> None:
    facts, item = known
    whole = next(completions(facts, item))
    report = checked(whole)
    assert {f.rule for f in report.findings if f.result is Result.UNKNOWN} <= {"lantern/slot"}
    assert report.ask == ()
