"""The packs on outbound investment, British, European and Chinese export control and data transfers."""

from __future__ import annotations

import hashlib
from collections import defaultdict
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
from dragoman.model import CheckReport, Confidence, Standing

OUTBOUND, DUAL_USE = "us-outbound-investment", "uk-and-eu-dual-use"
CHINA, TRANSFER = "china-export-control", "data-transfer"
PACKS = (OUTBOUND, DUAL_USE, CHINA, TRANSFER)
SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "cases"
LONGEST_ENGLISH, LONGEST_CHINESE = 12, 20
"""Words and characters that a basis may quote."""
TEXTS = {
    "atlantic-declaration": "docs/atlantic-declaration.txt",
    "cn-cybersecurity-law-2025.zh": "corpus/law-zh/cn-cybersecurity-law-2025.zh.txt",
    "cn-data-security-law-2021.zh": "corpus/law-zh/cn-data-security-law-2021.zh.txt",
    "cn-pipl-2021.zh": "corpus/law-zh/cn-pipl-2021.zh.txt",
}
SLOTS = {
    OUTBOUND: {"coins-implementing-rule", "uk-outbound-regime"},
    DUAL_USE: {"eu-annex-i-2026", "eu-union-general-conditions", "uk-list-update-2025", "uk-ogel-conditions"},
    CHINA: {"anti-foreign-sanctions", "truce-extension"},
    TRANSFER: {"eu-us-framework", "free-zone-lists", "network-data-regulations", "uk-data-protection-test"},
}
"""What was not found, by pack."""
NEVER_MET = {"eu-outbound-recommendation", "us-strategic-minerals-ban", "wassenaar-standstill"}
"""Rules that only say: look here. Where they apply they are not met."""


@cache
def pack(name: str) -> Pack:
    reading = find_pack(name)
    assert [problem.message for problem in reading.problems] == []
    assert reading.pack is not None
    return reading.pack


def short(rule: str) -> str:
    return rule.partition("/")[2]


def check(name: str, with_pack: str) -> CheckReport:
    library = load_library()
    opened = open_case((SAMPLES / f"{name}.yaml").read_bytes(), f"{name}.yaml", library.templates)
    template = load_template(opened.template)
    assert template is not None
    reading = read_case(opened, scope_for(template, (pack(with_pack),), library))
    assert reading.case is not None, [problem.message for problem in reading.problems]
    assert opened.as_of is not None
    return check_case(reading.case, (pack(with_pack),), opened.as_of, template)


@pytest.mark.parametrize("name", PACKS)
def test_a_pack_has_its_tests(name: str) -> None:  # that it passes them: test_shipped.py
    assert len(pack(name).cases) > 2 * len(pack(name).rules)


@pytest.mark.parametrize("name", PACKS)
def test_each_rule_comes_out_met_and_not_met_and_unknown_and_each_slot_unknown(name: str) -> None:
    seen: defaultdict[str, set[str]] = defaultdict(set)
    for path in {case.path for case in pack(name).cases}:
        content: Any = yaml.load(data_folder().joinpath(path).read_text(encoding="utf-8"), yaml.CSafeLoader)
        for test in content:
            for key, result in test["expect"]["findings"].items():
                seen[key.partition(" @ ")[0].partition(" (")[0]].add(result)
    lacking = {}
    for ready in pack(name).rules:
        rule = short(ready.rule.id)
        wanted = {"unknown"} if rule in SLOTS[name] else {"met", "not met", "unknown"}
        wanted = {"not met"} if rule in NEVER_MET else wanted
        if wanted - seen[rule]:
            lacking[rule] = wanted - seen[rule]
    assert lacking == {}


@pytest.mark.parametrize("name", PACKS)
def test_what_was_not_found_is_an_empty_slot_and_never_counted(name: str) -> None:
    slots = {short(ready.rule.id): ready for ready in pack(name).rules if ready.versions[0].requires is None}
    assert set(slots) == SLOTS[name]
    versions = [version.version for ready in slots.values() for version in ready.versions]
    assert {version.confidence for version in versions} == {Confidence.UNVERIFIED}
    assert {version.standing for version in versions} == {Standing.UNSETTLED}


@pytest.mark.parametrize("name", PACKS)
def test_a_rule_from_memory_says_so_and_both_languages_are_there(name: str) -> None:
    for ready in pack(name).rules:
        assert ready.rule.title.en.strip() != ready.rule.title.zh.strip() != ""
        for version in ready.versions:
            assert version.version.citation
            note = version.version.note
            if note is not None and note.en.startswith("From memory"):
                assert version.version.confidence is Confidence.UNVERIFIED


@pytest.mark.parametrize("name", PACKS)
def test_a_quotation_is_short(name: str) -> None:
    for ready in pack(name).rules:
        for basis in ready.rule.basis:
            assert basis.quote
            if basis.quote.isascii():
                assert len(basis.quote.split()) <= LONGEST_ENGLISH, basis
            else:
                assert len(basis.quote) <= LONGEST_CHINESE, basis


@pytest.mark.real
@pytest.mark.parametrize("name", PACKS)
def test_the_sentences_that_rules_point_to_stand_in_the_documents(name: str, shared: Path) -> None:
    for ready in pack(name).rules:
        for basis in ready.rule.basis:
            text = (shared / TEXTS[basis.doc]).read_text(encoding="utf-8")
            sentence = text[basis.start : basis.end]
            assert basis.quote in sentence, (ready.rule.id, basis)
            assert hashlib.sha256(sentence.encode()).hexdigest() == basis.sha256, (ready.rule.id, basis)


SAMPLED = (
    ("investment-foundation-model", OUTBOUND, "met", {"notify-ai-compute": "met", "prohibited-ai-compute": "met"}),
    ("investment-protein-model", OUTBOUND, "not met", {"prohibited-ai-biological": "not met"}),
    ("investment-open-points", OUTBOUND, "unknown", {"prohibited-chip-fabrication": "unknown"}),
    ("shipment-eu-cryostat", DUAL_USE, "met", {"eu-annex-i-authorisation": "met"}),
    ("shipment-nl-scanner", DUAL_USE, "unknown", {"nl-2023-equipment": "not met"}),
    ("shipment-cn-gallium", CHINA, "met", {"licence-gallium-germanium": "met", "end-user-commitment": "met"}),
    ("shipment-magnet-abroad", CHINA, "unknown", {"rare-earth-share-abroad": "not met"}),
    ("transfer-loyalty-programme", TRANSFER, "met", {"contract-or-certification": "met"}),
    ("transfer-patient-records", TRANSFER, "not met", {"assessment-volume": "not met"}),
    ("transfer-payroll-london", TRANSFER, "not met", {"uk-bridge-staff-data": "not met"}),
)


@pytest.mark.parametrize(("sample", "name", "outcome", "findings"), SAMPLED, ids=[row[0] for row in SAMPLED])
def test_a_sample_comes_out_as_its_head_says(
    sample: str, name: str, outcome: str, findings: dict[str, str]
) -> None:
    report = check(sample, name)
    found = {short(finding.rule): finding.result.value for finding in report.findings}
    assert report.outcome.value == outcome
    assert {rule: found.get(rule) for rule in findings} == findings
