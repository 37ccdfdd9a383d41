from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.check.library import load_library
from dragoman.check.pack_tests import TestOutcome, places_in, run_tests
from tests.check.lantern import copied, lantern, read

TEST = """name: a test
as_of: 2026-02-01
case:
  template: shipment
  facts: {facts}
  items: [{{lumen: 600}}, {{lumen: 100}}]
  destinations: [FI]
expect:
{expect}
"""


def ran(tmp_path: Path, expect: str, facts: str = "{permit: false, festival: false}") -> TestOutcome:
    folder = copied(tmp_path)
    (folder / "cases" / "permit.yaml").write_text(TEST.format(expect=expect, facts=facts), encoding="utf-8")
    pack = read(folder).pack
    assert pack is not None
    [outcome] = run_tests(pack, load_library())
    return outcome


def test_the_tests_of_the_pack_pass() -> None:
    outcomes = list(run_tests(lantern(), load_library()))
    assert len(outcomes) == 2
    assert all(outcome.passed for outcome in outcomes)


@pytest.mark.parametrize(
    "expect",
    [
        "  outcome: not met",
        "  findings:\n    bright @ items[0] x destinations[0]: not met\n    bright @ items[1] x destinations[0]: not applicable",
        "  findings: {bright-2027: none, lantern/slot: unknown}",
        "  missing: {old-colours (unsettled): [colours], bright: []}",
    ],
)
def test_what_comes_out_as_expected_passes(tmp_path: Path, expect: str) -> None:
    outcome = ran(tmp_path, expect)
    assert (outcome.differences, outcome.problems) == ((), ())
    assert outcome.passed


@pytest.mark.parametrize(
    ("expect", "what", "expected", "found"),
    [
        ("  outcome: met", "outcome", "met", "not met"),
        ("  findings: {bright: met}", "bright", "met", "not met @ items[0] x destinations[0] FI; not applicable @ items[1] x destinations[0] FI"),
        ("  findings: {bright-2027: met}", "bright-2027", "met", "none"),
        ("  missing: {old-colours (unsettled): [permit]}", "missing of old-colours (unsettled)", "permit", "colours"),
    ],
)  # fmt: skip
def test_what_differs_is_told_with_both_sides(
    tmp_path: Path, expect: str, what: str, expected: str, found: str
) -> None:
    outcome = ran(tmp_path, expect)
    assert [(d.what, d.expected, d.found) for d in outcome.differences] == [(what, expected, found)]
    assert outcome.differences[0].line >= 9
    assert not outcome.passed


@pytest.mark.parametrize(
    ("expect", "facts", "code"),
    [
        ("  findings: {brihgt: met}", "{}", "unknown-rule"),
        ("  findings: {bright: good}", "{}", "wrong-type"),
        ("  outcome: good", "{}", "wrong-type"),
        ("  finding: {bright: met}", "{}", "unknown-key"),
        ("  outcome: met", "{permitt: true}", "unknown-field"),
        ("  missing: {bright: festival}", "{}", "wrong-type"),
    ],
)
def test_a_test_that_cannot_be_run_fails(tmp_path: Path, expect: str, facts: str, code: str) -> None:
    outcome = ran(tmp_path, expect, facts)
    assert code in {problem.code for problem in outcome.problems}
    assert not outcome.passed


def test_a_subject_without_its_names() -> None:
    assert places_in("items[0] A x B x destinations[10] GB") == "items[0] x destinations[10]"
    assert places_in("") == ""
