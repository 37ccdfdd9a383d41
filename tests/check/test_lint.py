from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dragoman.check.lint import lint
from dragoman.check.thresholds import contrary, region
from dragoman.model import Problem, Severity
from tests.check.lantern import copied, lantern, read

TODAY = date(2026, 2, 1)
RULE = """id: {id}
title: {{en: A rule., zh: 规则。}}
each: items
facts: [{facts}]
applies: {applies}
requires: {requires}
citation: Lantern Act, sec. 20
as_of: 2026-01-15
confidence: seen
{more}
"""


def with_rules(tmp_path: Path, *rules: dict[str, str]) -> tuple[Problem, ...]:
    """Lint the pack with some rules more."""
    folder = copied(tmp_path)
    for number, rule in enumerate(rules):
        values = {"id": f"new-{number}", "facts": "lumen, permit", "requires": "permit", "more": "", **rule}
        (folder / "rules" / f"new-{number}.yaml").write_text(RULE.format(**values), encoding="utf-8")
    reading = read(folder)
    assert reading.pack is not None, reading.problems
    return lint(reading.pack, TODAY)


def coded(problems: tuple[Problem, ...], code: str) -> list[str]:
    return [problem.message for problem in problems if problem.code == code]


def test_the_pack_as_it_is_has_only_what_is_plain() -> None:
    problems = lint(lantern(), TODAY)
    assert {p.code for p in problems} == {"untested-rule", "empty-slot", "unverified-rule"}
    assert all(p.line and p.remedy for p in problems)


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        ("lumen < 300", "lumen > 300", "lumen == 300"),
        ("lumen <= 300", "lumen >= 350", "300 < lumen < 350"),
        ("lumen < 300 and permit", "lumen > 300", "lumen == 300"),
    ],
)
def test_a_gap_between_thresholds_is_named(tmp_path: Path, low: str, high: str, words: str) -> None:
    found = coded(with_rules(tmp_path, {"applies": low}, {"applies": high}), "threshold-gap")
    assert len(found) == 1
    assert words in found[0]
    assert "new-0, new-1" in found[0]


@pytest.mark.parametrize(
    ("low", "high"),
    [("lumen < 300", "lumen >= 300"), ("lumen <= 400", "lumen > 300"), ("lumen > 900", "lumen > 300")],
)
def test_thresholds_that_meet_leave_no_gap(tmp_path: Path, low: str, high: str) -> None:
    problems = with_rules(tmp_path, {"applies": low}, {"applies": high})
    assert coded(problems, "threshold-gap") + coded(problems, "threshold-overlap") == []


def test_a_gap_in_two_numbers_is_named(tmp_path: Path) -> None:
    facts = "lumen, own_share"
    found = coded(
        with_rules(
            tmp_path,
            {"applies": "lumen < 300 and own_share < 10", "facts": facts, "requires": "true"},
            {"applies": "lumen > 300 and own_share < 10", "facts": facts, "requires": "true"},
        ),
        "threshold-gap",
    )
    assert any("lumen == 300 and own_share" in message for message in found)


def test_rules_that_contradict_each_other_overlap_where_both_apply(tmp_path: Path) -> None:
    rules = [{"applies": "lumen <= 300"}, {"applies": "lumen >= 300", "requires": "not permit"}]
    found = coded(with_rules(tmp_path, *rules), "threshold-overlap")
    assert len(found) == 1
    assert "lumen == 300" in found[0]
    rules[1]["more"] = "yields_to: [new-0]"
    assert coded(with_rules(tmp_path / "second", *rules), "threshold-overlap") == []


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("a", "not a", True),
        ("not (a or b)", "a or b", True),
        ("a", "b", False),
        ("", "a", False),
        ("a", "a", False),
    ],
)
def test_requirements_that_are_contrary(one: str, other: str, expected: bool) -> None:  # noqa: FBT001
    assert contrary(one, other) is contrary(other, one) is expected


@pytest.mark.parametrize(
    ("number", "words"),
    [(0.0, "x < 10"), (10.0, "x == 10"), (15.0, "10 < x < 20"), (20.0, "x == 20"), (30.0, "x > 20")],
)
def test_a_region_is_said_as_a_condition(number: float, words: str) -> None:
    assert region("x", number, (10.0, 20.0)) == words


@pytest.mark.parametrize(
    ("applies", "facts", "reachable"),
    [
        ("lumen >= 500 and lumen < 300", "lumen, permit", False),
        ("permit and not permit", "permit", False),
        ("lumen < 0", "lumen, permit", False),
        ("lumen >= 500 and lumen < 501", "lumen, permit", True),
        ("signed > date('2026-01-01') and signed < date('2026-01-02')", "signed, permit", False),
        ("lamp == 'a' and lamp == 'b'", "lamp, permit", False),
        ("lamp != 'a' and lamp != 'b'", "lamp, permit", True),
        ("own_share * 2 > 300", "own_share, permit", True),
        ("any_of(destinations, destination == 'GB')", "destination, permit", True),
    ],
)
def test_a_rule_that_can_never_apply_is_told(tmp_path: Path, applies: str, facts: str, reachable: bool) -> None:  # noqa: FBT001
    found = coded(with_rules(tmp_path, {"applies": applies, "facts": facts}), "unreachable-rule")
    assert (found == []) is reachable


@pytest.mark.parametrize(
    ("exception", "masked"), [("lumen >= 400", True), ("lumen >= 600", False), ("lumen >= 400 and dimmed", False)]
)
def test_a_rule_that_others_always_take_away_is_told(tmp_path: Path, exception: str, masked: bool) -> None:  # noqa: FBT001
    problems = with_rules(
        tmp_path,
        {"applies": "lumen >= 500"},
        {"applies": exception, "facts": "lumen, dimmed" if "dimmed" in exception else "lumen", "requires": "true",
         "more": "exception_to: [new-0]"},
    )  # fmt: skip
    assert (coded(problems, "masked-rule") != []) is masked


def test_old_law_is_told(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    rule = RULE.format(id="new", facts="permit", applies="permit", requires="permit", more="until: 2026-01-31")
    (folder / "rules" / "new.yaml").write_text(rule, encoding="utf-8")
    pack = read(folder).pack
    assert pack is not None
    assert len(coded(lint(pack, TODAY), "lapsed-rule")) == 1
    assert coded(lint(pack, date(2026, 1, 31)), "lapsed-rule") == []
    assert coded(lint(pack, TODAY), "stale-rule") == []
    stale = coded(lint(pack, date(2027, 1, 16)), "stale-rule")
    assert any("`home-share`" in message for message in stale)
    assert coded(lint(pack, TODAY, fresh_days=10), "stale-rule") != []


def test_versions_of_one_standing_on_one_day_contradict_each_other(tmp_path: Path) -> None:
    more = "versions:\n- {until: 2026-01-31}\n- {since: 2026-01-31}\n- {since: 2026-01-31, standing: proposed}"
    problems = with_rules(tmp_path, {"applies": "permit", "facts": "permit", "more": more})
    found = [p for p in problems if p.code == "contradictory-versions"]
    assert [(p.severity, p.line) for p in found] == [(Severity.ERROR, 12)]
    assert "2026-01-31" in found[0].message


def test_an_exception_that_never_meets_its_rule_is_told(tmp_path: Path) -> None:
    more = "exception_to: [bright]\nuntil: 2025-05-31"
    problems = with_rules(tmp_path, {"applies": "permit", "facts": "permit", "more": more})
    assert len(coded(problems, "exception-without-base")) == 1


def test_a_fact_that_nobody_asks_is_told(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    with (folder / "facts.yaml").open("a", encoding="utf-8") as stream:
        stream.write("  wick:\n    type: boolean\n    question: {en: Is there a wick?, zh: 有灯芯吗？}\n")
    pack = read(folder).pack
    assert pack is not None
    [problem] = [p for p in lint(pack, TODAY) if p.code == "fact-never-asked"]
    assert (problem.line, "wick" in problem.message) == (44, True)


def test_a_fact_of_two_packs_is_told() -> None:
    other = lantern()
    assert [p for p in lint(lantern(), TODAY, others=[other]) if p.code == "fact-of-two-packs"] == []
