from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date
from pathlib import Path

import pytest

from dragoman.check.library import load_library
from dragoman.check.packs import NoSuchPackError, find_pack, packs_for, shipped_names, shipped_pack
from dragoman.model import Confidence, Force, Severity, Standing
from tests.check.lantern import FOLDER, copied, lantern, only, read, replaced


def test_a_pack_is_loaded_whole() -> None:
    pack = lantern()
    assert (pack.name, pack.jurisdiction, pack.templates) == ("lantern", "Lanternland", ("shipment", "project"))
    assert [ready.rule.id for ready in pack.rules] == [
        f"lantern/{path.stem}" for path in sorted((FOLDER / "rules").glob("*.yaml"))
    ]
    assert [case.name for case in pack.cases][:1] == ["a bright lantern with a permit"]
    assert pack.problems == ()


def test_a_rule_has_what_its_file_says() -> None:
    ready = lantern().rule("bright")
    assert ready is not None
    rule, version = ready.rule, ready.versions[0].version
    assert (rule.each, rule.force, rule.yields_to) == (
        ("items", "destinations"),
        Force.MUST,
        ("lantern/bright-2027",),
    )
    assert (version.since, version.until, version.confidence) == (date(2025, 6, 1), None, Confidence.SEEN)
    assert rule.basis[0].quote == "leave without a permit"
    assert rule.remedy is not None
    assert rule.remedy.zh == "向看灯人申请许可。"


def test_a_loaded_pack_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        lantern().name = "another"  # type: ignore[misc]


def test_versions_take_what_they_do_not_say_from_the_rule() -> None:
    ready = lantern().rule("old-colours")
    assert ready is not None
    versions = [one.version for one in ready.versions]
    assert [v.standing for v in versions] == [Standing.IN_FORCE, Standing.NOT_ENFORCED, Standing.UNSETTLED]
    assert [v.requires for v in versions] == ["false", "false", "permit"]
    assert [v.applies for v in versions] == ["'red' in colours"] * 3
    assert versions[1].note is not None


def test_a_day_has_its_versions() -> None:
    ready = lantern().rule("old-colours")
    assert ready is not None
    assert [one.version.standing.value for one in ready.on(date(2025, 12, 31))] == ["in force"]
    assert [one.version.standing.value for one in ready.on(date(2026, 1, 1))] == ["not enforced", "unsettled"]
    bright = lantern().rule("bright")
    assert bright is not None
    assert bright.on(date(2025, 5, 31)) == ()


def test_an_empty_value_in_a_version_takes_the_default_back(tmp_path: Path) -> None:
    reading = replaced(copied(tmp_path), "rules/slot.yaml", "confidence: unverified\n",
        "confidence: unverified\nurl: https://lantern.example\nversions:\n- {until: 2026-01-01}\n- {since: 2026-01-02, url: }\n")  # fmt: skip
    assert reading.pack is not None, reading.problems
    ready = reading.pack.rule("slot")
    assert ready is not None
    assert [one.version.url for one in ready.versions] == ["https://lantern.example", ""]


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "line"),
    [
        ("rules/bright.yaml", "citation:", "citatoin:", "unknown-key", 7),
        ("rules/bright.yaml", "citation: Lantern Act, sec. 1\n", "", "missing-key", 1),
        ("rules/slot.yaml", "as_of: 2026-01-15\n", "", "missing-key", 1),
        ("rules/slot.yaml", "2026-01-15", "15 January 2026", "bad-date", 4),
        ("rules/slot.yaml", "confidence: unverified", "confidence: sure", "wrong-type", 5),
        ("rules/slot.yaml", "id: slot", "id: Slot!", "bad-id", 1),
        ("rules/slot.yaml", "id: slot", "id: slot\nid: slot", "doubled-key", 2),
        ("rules/slot.yaml", "title: {en", "title: [en", "not-yaml", 2),
        ("rules/bright.yaml", "each: items x destinations", "each: things", "bad-each", 3),
        ("rules/bright.yaml", "requires: permit", "requires: permit and", "bad-condition", 6),
        ("rules/bright.yaml", "lumen >= 500", "lumen >= 'bright'", "bad-condition", 5),
        ("rules/bright.yaml", "requires: permit", "requires: __import__('os').getcwd()", "bad-condition", 6),
        ("rules/bright.yaml", "yields_to: [bright-2027]", "yields_to: [bright-2028]", "unknown-rule", 1),
        ("rules/bright.yaml", "yields_to: [bright-2027]", "yields_to: [bright]", "link-to-itself", 1),
        ("rules/slot.yaml", "id: slot", "id: open-sea", "doubled-rule", 1),
        ("rules/open-sea.yaml", "as_of: 2026-01-15", "as_of: 2026-01-15\nsince: 2026-05-01\nuntil: 2026-04-01", "ends-before-it-begins", 9),
        ("rules/open-sea.yaml", "facts: [signed, permit]", "facts: [signed]", "fact-not-declared", 3),
        ("rules/bright.yaml", "quote: leave", "section2: leave", "unknown-key", 14),
        ("facts.yaml", "type: boolean", "type: yes or no", "wrong-type", 17),
        ("facts.yaml", "  own_share:", "  Own Share:", "bad-name", 29),
        ("facts.yaml", "lookup('lamps', lamp, 'lumen')", "lookup('lamps', lamp, 'lumens')", "bad-formula", 9),
        ("facts.yaml", "    options:\n      red: {en: Red, zh: 红}\n      green: {en: Green, zh: 绿}\n", "", "missing-key", 36),
        ("facts.yaml", "  permit:\n    type: boolean", "  permit:\n    type: boolean\n    unit: kg", "stray-key", 22),
        ("facts.yaml", "  festival:", "  chip:", "doubled-name", 23),
        ("groups/night.yaml", 'members: ["NO", SE]', "members: [Norway, SE]", "no-country-code", 9),
        ("groups/night.yaml", "until: 2025-12-31", "until: 2026-01-31", "overlapping-versions", 5),
        ("tables/lamps.yaml", "evidence: seen", "evidence: surely", "wrong-type", 7),
        ("tables/lamps.yaml", "lumen: 900", "lumen: bright", "wrong-type", 8),
        ("pack.yaml", "templates: [shipment, project]", "templates: [shipment, voyage]", "unknown-template", 5),
        ("pack.yaml", "as_of: 2026-01-15\n", "", "missing-key", 1),
    ],
)  # fmt: skip
def test_a_fault_is_found_with_its_line(
    tmp_path: Path, file: str, old: str, new: str, code: str, line: int
) -> None:
    reading = replaced(copied(tmp_path), file, old, new)
    assert reading.pack is None
    named = [(p.code, p.line, p.source.rpartition("lantern/")[2]) for p in reading.problems]
    assert (code, line, file) in named
    assert all(p.remedy for p in reading.problems)


def test_a_condition_says_the_column_of_its_fault(tmp_path: Path) -> None:
    reading = replaced(copied(tmp_path), "rules/bright.yaml", "requires: permit", "requires: permit and permitt")
    [problem] = [one for one in reading.problems if one.code == "bad-condition"]
    assert "column 12" in problem.message
    assert "permit" in problem.remedy


def test_exceptions_that_go_round_are_told_as_they_go(tmp_path: Path) -> None:
    reading = replaced(
        copied(tmp_path), "rules/festival.yaml", "force: option", "force: option\nyields_to: [bright-2027]"
    )
    assert reading.pack is not None
    folder = tmp_path / "lantern"
    reading = replaced(folder, "rules/bright-2027.yaml", "facts:", "yields_to: [festival]\nfacts:")
    assert only(reading.problems)[0] == "circular-rules"
    assert "festival -> bright-2027 -> festival" in reading.problems[0].message or (
        "bright-2027 -> festival -> bright-2027" in reading.problems[0].message
    )


def test_an_exception_judges_what_its_rule_judges(tmp_path: Path) -> None:
    reading = replaced(copied(tmp_path), "rules/home-share.yaml", "facts:", "yields_to: [bright]\nfacts:")
    assert only(reading.problems)[0] == "link-across-subjects"


def test_a_fact_that_is_declared_and_not_used_is_a_warning(tmp_path: Path) -> None:
    reading = replaced(copied(tmp_path), "rules/home-share.yaml", "[own_share]", "[own_share, permit]")
    assert reading.pack is not None
    assert [(p.code, p.severity) for p in reading.problems] == [("fact-not-used", Severity.WARNING)]


def test_a_text_cut_by_its_comma_is_told_so(tmp_path: Path) -> None:
    reading = replaced(copied(tmp_path), "pack.yaml", "en: Lantern rules,", "en: Lantern rules, and more,")
    assert "quotation marks" in reading.problems[0].remedy


def test_files_that_are_no_yaml_are_told(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "rules" / "slot.yaml").write_bytes(b"\xff\xfeid: slot")
    (folder / "rules" / "empty.yaml").write_text("", encoding="utf-8")
    reading = read(folder)
    assert reading.pack is None
    assert {p.code for p in reading.problems} == {"not-utf8", "empty-pack-file"}


def test_a_pack_needs_a_rule(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    for path in (folder / "rules").glob("*.yaml"):
        path.unlink()
    assert [p.code for p in read(folder).problems] == ["pack-without-rules"]


def test_a_folder_is_found_by_its_path_and_a_name_that_is_none_is_refused(tmp_path: Path) -> None:
    assert find_pack(str(FOLDER)).pack is not None
    with pytest.raises(NoSuchPackError, match="no rule pack"):
        find_pack(str(tmp_path / "nowhere"))


def test_shipped_packs_are_read_once() -> None:
    name = shipped_names()[0]
    assert shipped_pack(name) is shipped_pack(name)
    with pytest.raises(NoSuchPackError):
        shipped_pack("no-such-pack")


def test_each_kind_of_case_has_the_packs_that_name_it() -> None:
    for kind in load_library().templates:
        for name in packs_for(kind):
            pack = shipped_pack(name).pack
            assert pack is None or kind in pack.templates
