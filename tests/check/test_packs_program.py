"""The packs `us-ai-exports-program` and `green-channel`: the example package, each element and each fact taken away."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from dragoman.check.case_file import open_case, read_case
from dragoman.check.judge import check_case
from dragoman.check.library import data_folder, load_library
from dragoman.check.pack import Pack
from dragoman.check.packs import find_pack, load_template
from dragoman.check.scopes import scope_for
from dragoman.model import CheckReport, Confidence, Finding, Force, Result, Standing

pytestmark = pytest.mark.long

PROGRAM, CHANNEL = "us-ai-exports-program", "green-channel"
SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "cases"
COMPLETE = "package-complete"
LONGEST_QUOTE = 12
"""Words that a basis may quote."""
TEXTS = {
    "eo-14320-ai-exports-2025.en": "corpus/parallel/eo-14320-ai-exports-2025.en.txt",
    "ai-exports-order": "docs/ai-exports-order.txt",
    "track2-digital-economy": "docs/track2-digital-economy.txt",
}
Raw = dict[str, Any]
Path_ = tuple[str | int, ...]


@cache
def pack(name: str) -> Pack:
    reading = find_pack(name)
    assert [problem.message for problem in reading.problems] == []
    assert reading.pack is not None
    return reading.pack


def sample(name: str) -> Raw:
    content: Raw = yaml.safe_load((SAMPLES / f"{name}.yaml").read_text(encoding="utf-8"))
    return content


def check(case: Raw, with_pack: Pack, as_of: date | None = None) -> CheckReport:
    library = load_library()
    opened = open_case(yaml.safe_dump(case, allow_unicode=True).encode(), "case.yaml", library.templates)
    template = load_template(opened.template)
    assert template is not None
    reading = read_case(opened, scope_for(template, (with_pack,), library))
    assert reading.case is not None, [problem.message for problem in reading.problems]
    day = as_of or opened.as_of
    assert day is not None
    return check_case(reading.case, (with_pack,), day, template)


def at(case: Raw, path: Path_) -> Any:  # noqa: ANN401 - a value of a YAML file
    found: Any = case
    for key in path:
        found = found[key]
    return found


def changed(case: Raw, path: Path_, value: object) -> Raw:
    other = deepcopy(case)
    at(other, path[:-1])[path[-1]] = value
    return other


def without(case: Raw, path: Path_) -> Raw:
    other = deepcopy(case)
    del at(other, path[:-1])[path[-1]]
    return other


def names(report: CheckReport, result: Result, *, counted: bool = True) -> set[str]:
    """Names of the rules with a result; of those that count in the outcome, or of the others."""
    return {
        finding.rule.partition("/")[2]
        for finding in report.findings
        if finding.result is result and finding.counted is counted
    }


def waiting_for(report: CheckReport, fact: str) -> list[Finding]:
    return [
        finding
        for finding in report.findings
        if finding.result is Result.UNKNOWN and fact in {missing.fact for missing in finding.missing}
    ]


# -- the packs as such


def test_each_pack_has_its_tests() -> None:  # that it passes them: test_shipped.py
    assert {len(pack(name).cases) > len(pack(name).rules) for name in (PROGRAM, CHANNEL)} == {True}


@pytest.mark.parametrize("name", [PROGRAM, CHANNEL])
def test_each_rule_but_an_empty_slot_comes_out_met_and_not_met_and_unknown_in_the_tests_of_its_pack(
    name: str,
) -> None:
    seen: dict[str, set[str]] = {}
    for case in pack(name).cases:
        content = yaml.safe_load(data_folder().joinpath(case.path).read_text(encoding="utf-8"))
        for test in content:
            for key, result in test["expect"]["findings"].items():
                seen.setdefault(key.partition(" @ ")[0], set()).add(result)
    full = {ready.rule.id.partition("/")[2] for ready in pack(name).rules if ready.versions[0].requires}
    short = {rule for rule in full if not {"met", "not met", "unknown"} <= seen.get(rule, set())}
    assert short <= {"clock-program"}, "the day of its announcement is a fact of history"
    slots = {ready.rule.id.partition("/")[2] for ready in pack(name).rules} - full
    assert {rule for rule in slots if "unknown" not in seen.get(rule, ())} == set()


@pytest.mark.parametrize("name", [PROGRAM, CHANNEL])
def test_a_quotation_is_short_and_an_empty_slot_is_not_sure(name: str) -> None:
    for ready in pack(name).rules:
        for basis in ready.rule.basis:
            assert len(basis.quote.split()) <= LONGEST_QUOTE, basis
        for version in ready.versions:
            if version.requires is None:
                assert version.version.confidence is Confidence.UNVERIFIED
                assert version.version.standing is Standing.UNSETTLED


@pytest.mark.real
@pytest.mark.parametrize("name", [PROGRAM, CHANNEL])
def test_the_sentences_that_rules_point_to_are_in_the_documents(name: str, shared: Path) -> None:
    texts = {slug: (shared / path).read_text(encoding="utf-8") for slug, path in TEXTS.items()}
    missing = []
    for ready in pack(name).rules:
        for basis in ready.rule.basis:
            text = texts[basis.doc]
            if basis.quote:
                found = text.count(basis.quote) == 1
            else:
                sentence = text[basis.start : basis.end]
                found = hashlib.sha256(sentence.encode()).hexdigest() == basis.sha256
            missing += [] if found else [(ready.rule.id, basis)]
    assert missing == []


def test_each_requirement_of_the_order_points_to_its_english_and_its_chinese_sentence() -> None:
    wanted = {f"Sec. 3(b)(i)({letter})" for letter in "ABCDE"}
    wanted |= {f"Sec. 3(b)({number})" for number in ("ii", "iii", "iv", "v")}
    wanted |= {"Sec. 3(a)", "Sec. 3(c)", "Sec. 3(d)", "Sec. 4(a)", "Sec. 4(b)", "Sec. 4(d)"}
    pointed = {(basis.doc, basis.section) for ready in pack(PROGRAM).rules for basis in ready.rule.basis}
    for doc in ("eo-14320-ai-exports-2025.en", "ai-exports-order"):
        assert wanted - {section for slug, section in pointed if slug == doc} == set()


# -- the complete package


def test_the_complete_package_passes_with_its_open_points() -> None:
    report = check(sample(COMPLETE), pack(PROGRAM))
    assert report.outcome is Result.MET
    assert names(report, Result.NOT_MET) == names(report, Result.UNKNOWN) == set()
    assert names(report, Result.NOT_MET, counted=False) == {"priority-access", "ustda-country"}
    assert names(report, Result.UNKNOWN, counted=False) == {
        f"slot-{what}"
        for what in ("amendment", "certification", "documents", "factors", "later-round", "term", "withdrawal")
    }


ELEMENTS: tuple[tuple[Path_, object, str], ...] = (
    (("facts", "industry_led"), False, "industry-led"),
    (("facts", "hardware_offered"), False, "layer-a-hardware"),
    (("facts", "storage_offered"), False, "layer-a-hardware"),
    (("facts", "cloud_offered"), False, "layer-a-hardware"),
    (("facts", "networking_offered"), False, "layer-a-hardware"),
    (("facts", "hardware_origin_stated"), False, "layer-a-origin"),
    (("facts", "pipelines_offered"), False, "layer-b-data"),
    (("facts", "labelling_offered"), False, "layer-b-data"),
    (("facts", "models_offered"), False, "layer-c-models"),
    (("facts", "security_measures"), False, "layer-d-security"),
    (("facts", "cybersecurity_measures"), False, "layer-d-security"),
    (("facts", "application_uses"), [], "layer-e-applications"),
    *(
        (
            ("facts", "layers_deliverable"),
            [layer for layer in ("hardware", "data", "models", "security", "applications") if layer != left_out],
            "five-layers-deliverable",
        )
        for left_out in ("hardware", "data", "models", "security", "applications")
    ),
    (("facts", "builders_named"), False, "operating-model"),
    (("facts", "owners_named"), False, "operating-model"),
    (("facts", "operators_named"), False, "operating-model"),
    (("facts", "support_detailed"), False, "support-detailed"),
    (("facts", "export_controls_complied"), False, "export-controls"),
    (("facts", "outbound_rules_complied"), False, "outbound-investment"),
    (("facts", "end_user_policies_complied"), False, "end-user-policies"),
    (("facts", "proposal_date"), date(2026, 7, 1), "proposal-in-time"),
    (("parties", 0, "consortium_role"), "member", "one-anchor"),
    (("parties", 0, "files_proposal"), False, "anchor-files"),
    (("parties", 2, "country"), "HK", "member-country-of-concern"),
    (("parties", 2, "ultimate_parent"), "CN", "member-country-of-concern"),
    (("parties", 2, "controlled_from"), ["JP", "MO"], "member-country-of-concern"),
    (("parties", 2, "incorporated_in"), "RU", "provider-compelled-disclosure"),
    (("parties", 2, "headquarters"), "CN", "provider-compelled-disclosure"),
    (("parties", 2, "home_law_compels"), True, "provider-compelled-disclosure"),
)
"""What is taken from the complete package, what stands there instead, and the rule that must miss it."""


@pytest.mark.parametrize(
    ("path", "value", "rule"), ELEMENTS, ids=[f"{path[-1]} {value}" for path, value, _ in ELEMENTS]
)
def test_without_a_required_element_it_fails_on_exactly_that_element(
    path: Path_, value: object, rule: str
) -> None:
    report = check(changed(sample(COMPLETE), path, value), pack(PROGRAM))
    assert report.outcome is Result.NOT_MET
    assert names(report, Result.NOT_MET) == {rule}
    assert names(report, Result.UNKNOWN) == set()


def test_without_a_target_it_fails_on_the_target() -> None:
    case = changed(changed(sample(COMPLETE), ("destinations",), []), ("facts", "bloc_named"), value=False)
    report = check(case, pack(PROGRAM))
    assert report.outcome is Result.NOT_MET
    assert names(report, Result.NOT_MET) == {"target-named"}


def test_every_duty_that_the_complete_package_meets_is_taken_away_once() -> None:
    report = check(sample(COMPLETE), pack(PROGRAM))
    duties = {
        finding.rule.partition("/")[2]
        for finding in report.findings
        if finding.force is Force.MUST
        and finding.result is Result.MET
        and finding.standing is Standing.IN_FORCE
        and finding.counted
    }
    assert duties == {rule for _, _, rule in ELEMENTS} | {"target-named"}


def test_below_the_presumption_the_package_passes_and_must_argue() -> None:
    report = check(changed(sample(COMPLETE), ("items", 0, "item_us_value"), "40000000 USD"), pack(PROGRAM))
    assert report.outcome is Result.MET
    assert names(report, Result.NOT_MET) == {"us-content-presumed"}


def test_what_holds_for_another_kind_of_consortium_is_open_not_failed() -> None:
    report = check(changed(sample(COMPLETE), ("facts", "consortium_type"), "on-demand"), pack(PROGRAM))
    assert report.outcome is Result.UNKNOWN
    assert names(report, Result.NOT_MET) == {"preset-consortium"}
    assert "slot-on-demand" in names(report, Result.UNKNOWN, counted=False)


def facts_of(case: Raw) -> Iterator[Path_]:
    """Paths of every fact of a case that the pack asks, and of every list of its members."""
    asked = pack(PROGRAM).facts
    outside = {
        "country",
        "headquarters",
        "ultimate_parent",
    }  # of a party outside the consortium, other packs ask them
    yield from (("facts", name) for name in case["facts"] if name in asked)
    for collection in ("items", "parties", "destinations"):
        yield (collection,)
        for number, member in enumerate(case[collection]):
            skipped = outside if member.get("consortium_role") == "other" else set()
            yield from ((collection, number, name) for name in member if name in asked and name not in skipped)


FACTS = tuple(facts_of(sample(COMPLETE)))


def test_the_complete_package_states_every_fact_that_its_duties_rest_on() -> None:
    named = {str(path[-1]) for path in FACTS}
    rested = {
        name
        for ready in pack(PROGRAM).rules
        if ready.rule.force in {Force.MUST, Force.PRESUMPTION}
        for version in ready.versions
        for condition in version.conditions
        for name in condition.facts
    }
    later = {"evaluators_consulted", "national_interest_found", "bloc_named", "hardware_us_share"}
    assert rested - named == later, "decisions are not taken yet, a country is named, the share is derived"


@pytest.mark.parametrize("path", FACTS, ids=[" ".join(map(str, path)) for path in FACTS])
def test_without_a_fact_the_result_is_unknown_and_names_that_fact(path: Path_) -> None:
    full = check(sample(COMPLETE), pack(PROGRAM))
    report = check(without(sample(COMPLETE), path), pack(PROGRAM))
    waiting = waiting_for(report, str(path[-1]))
    assert waiting
    assert names(report, Result.NOT_MET) == set()
    if len(path) > 1 and isinstance(path[1], int):
        subjects = {missing.subject for finding in waiting for missing in finding.missing}
        assert any(f"{path[0]}[{path[1]}]" in subject for subject in subjects)
    duties = [one for one in waiting if one.counted and one.force is Force.MUST]
    assert report.outcome is (Result.UNKNOWN if duties else full.outcome)
    asked = {missing.fact for missing in report.ask}
    assert (path[-1] in asked) == any(one.counted for one in waiting)


@pytest.mark.parametrize(
    ("name", "outcome", "not_met"),
    [
        ("package-complete", Result.MET, set()),
        ("package-missing-layer-b", Result.NOT_MET, {"layer-b-data", "five-layers-deliverable"}),
        ("package-hardware-49-percent", Result.MET, {"us-content-presumed"}),
        ("package-owner-of-concern", Result.NOT_MET, {"member-country-of-concern"}),
        ("package-restricted-destination", Result.NOT_MET, {"export-controls"}),
    ],
)
def test_an_example_package_comes_out_as_its_head_says(name: str, outcome: Result, not_met: set[str]) -> None:
    report = check(sample(name), pack(PROGRAM))
    assert (report.outcome, names(report, Result.NOT_MET)) == (outcome, not_met)


def test_the_two_tests_of_foreign_members_are_both_to_be_passed_and_do_not_contradict_each_other() -> None:
    case = changed(sample(COMPLETE), ("parties", 2, "incorporated_in"), "RU")
    results = {
        finding.rule.partition("/")[2]: finding.result
        for finding in check(case, pack(PROGRAM)).findings
        if finding.subject.startswith("parties[2]")
    }
    assert results["member-country-of-concern"] is Result.MET
    assert results["provider-compelled-disclosure"] is Result.NOT_MET


# -- the green channel

SIGNED, ENDS = date(2026, 12, 1), date(2027, 11, 30)


def put_in_force(rule: Path) -> None:
    """Add what the two sides agreed to a rule of their copy: a version in force between two days."""
    content = yaml.safe_load(rule.read_text(encoding="utf-8"))
    if content["standing"] != Standing.PROPOSED.value:
        return
    first = content.pop("since")
    content["versions"] = [
        {"since": first, "until": date(2026, 11, 30)},
        {
            "since": SIGNED,
            "until": ENDS,
            "standing": Standing.IN_FORCE.value,
            "citation": "Exchange of notes (invented)",
        },
    ]
    rule.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")


@pytest.fixture(scope="module")
def agreed(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """The pack as two sides would edit it: a copy, its proposed rules put in force for a year."""
    folder = tmp_path_factory.mktemp("agreement") / "agreed-channel"
    shutil.copytree(str(data_folder().joinpath("packs", CHANNEL)), folder)
    for rule in (folder / "rules").iterdir():
        put_in_force(rule)
    reading = find_pack(str(folder))
    assert [problem.message for problem in reading.problems] == []
    assert reading.pack is not None
    return reading.pack


def test_a_proposal_is_shown_and_decides_nothing() -> None:
    report = check(sample("transfer-clinic-records"), pack(CHANNEL))
    assert report.outcome is Result.NOT_APPLICABLE
    assert {finding.counted for finding in report.findings} == {False}
    assert "sensitive-data" in names(report, Result.NOT_MET, counted=False)


@pytest.mark.parametrize(
    ("name", "day", "outcome", "not_met"),
    [
        ("project-fever-radar", SIGNED, Result.MET, set()),
        ("project-fever-radar", ENDS, Result.UNKNOWN, set()),
        ("project-river-gauges", SIGNED, Result.NOT_MET, {"conduct-code"}),
        ("transfer-river-readings", SIGNED, Result.MET, set()),
        ("transfer-river-readings", date(2027, 1, 1), Result.NOT_MET, {"flow-current"}),
        (
            "transfer-clinic-records",
            SIGNED,
            Result.NOT_MET,
            {"sensitive-data", "health-anonymised", "flow-anonymisation", "flow-scale"},
        ),
    ],
)
def test_what_the_two_sides_put_in_force_decides(
    agreed: Pack, name: str, day: date, outcome: Result, not_met: set[str]
) -> None:
    report = check(sample(name), agreed, day)
    assert (report.outcome, names(report, Result.NOT_MET)) == (outcome, not_met)


def test_before_the_first_day_it_is_a_proposal_and_after_the_last_it_says_nothing(agreed: Pack) -> None:
    before = check(sample("project-fever-radar"), agreed, date(2026, 11, 30))
    assert (before.outcome, {finding.counted for finding in before.findings}) == (Result.NOT_APPLICABLE, {False})
    after = check(sample("project-fever-radar"), agreed, date(2027, 12, 1))
    assert {finding.standing for finding in after.findings} == {Standing.UNSETTLED}


def test_two_sides_edit_the_white_list_in_their_copy(agreed: Pack, tmp_path: Path) -> None:
    folder = tmp_path / "shorter-list"
    shutil.copytree(agreed.path, folder)
    lists = folder / "groups" / "agreement.yaml"
    text = lists.read_text(encoding="utf-8")
    lists.write_text(text.replace("members: [healthcare, food", "members: [food"), encoding="utf-8")
    edited = find_pack(str(folder)).pack
    assert edited is not None
    report = check(sample("project-fever-radar"), edited, SIGNED)
    assert (report.outcome, names(report, Result.NOT_MET)) == (Result.NOT_MET, {"field-listed"})
