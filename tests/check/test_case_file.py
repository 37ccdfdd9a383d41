from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.check.blank import blank_case
from dragoman.check.case_file import MOST_BYTES, open_case
from dragoman.check.contradictions import contradictions
from dragoman.check.library import load_library
from dragoman.check.packs import load_template
from dragoman.check.scopes import asked_facts
from dragoman.checking import Checker
from dragoman.model import Language, Severity
from tests.check.lantern import FOLDER, case_of, lantern, only

GOOD = """template: shipment
id: L-1
title: Two lanterns
notes: |
  For the night.
facts:
  permit: yes
  own_share: 51 %
  colours: [Red, green]
  signed: 2026-01-05
  festival: unknown
items:
- name: First
  lumen: 1,200 lm
  dimmed: 否
- lamp: Glow One
destinations: [NO, 芬兰, Sweden]
parties: []
"""


def test_a_case_is_read_with_typed_facts() -> None:
    case = case_of(GOOD).case
    assert case is not None
    assert (case.template, case.id, case.title, case.notes) == (
        "shipment",
        "L-1",
        "Two lanterns",
        "For the night.\n",
    )
    assert case.facts == {
        "permit": True,
        "own_share": 51,
        "colours": frozenset({"red", "green"}),
        "signed": date(2026, 1, 5),
    }
    items = case.collections["items"]
    assert [(m.name, dict(m.facts), m.line) for m in items] == [
        ("First", {"lumen": 1200, "dimmed": False}, 13),
        ("", {"lamp": "Glow One"}, 16),
    ]
    assert [m.facts["destination"] for m in case.collections["destinations"]] == ["NO", "FI", "SE"]
    assert case.collections["parties"] == ()
    assert case.lines["own_share"] == 8


def test_json_is_read_as_well() -> None:
    text = json.dumps(
        {"template": "shipment", "facts": {"permit": True, "own_share": 51.5}, "destinations": ["GB"]}
    )
    case = case_of(text, "case.json").case
    assert case is not None
    assert case.facts == {"permit": True, "own_share": 51.5}


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("permit: yes", "permitt: yes", "unknown-field", 7),
        ("permit: yes", "permit: perhaps", "wrong-type", 7),
        ("permit: yes", "permit: [yes]", "wrong-type", 7),
        ("permit: yes", "permit: yes\n  permit: no", "doubled-key", 8),
        ("51 %", "51 kg", "wrong-unit", 8),
        ("51 %", "half", "wrong-type", 8),
        ("51 %", "1e999", "wrong-type", 8),
        ("51 %", "151 %", "out-of-bounds", 8),
        ("[Red, green]", "[Red, blue]", "not-an-option", 9),
        ("[Red, green]", "red", "wrong-type", 9),
        ("[Red, green]", "[red, unknown]", "wrong-type", 9),
        ("2026-01-05", "5 Jan 2026", "wrong-type", 10),
        ("2026-01-05", "2026-02-30", "wrong-type", 10),
        ("Sweden]", "Swedn]", "unknown-country", 17),
        ("Sweden]", "EU]", "unknown-country", 17),
        ("  dimmed: 否", "  permit: true", "misplaced-fact", 15),
        ("permit: yes", "lumen: 4", "misplaced-fact", 7),
        ("title: Two", "permit: true\ntitle: Two", "misplaced-fact", 3),
        ("parties: []", "parties: many", "wrong-type", 18),
        ("template: shipment\n", "", "no-template", 1),
        ("template: shipment", "template: shipmnt", "no-such-template", 1),
        ("title: Two", "titel: Two", "unknown-field", 3),
        ("id: L-1", "id: L-1\nid: L-2", "doubled-key", 3),
        ("parties: []", "flows: []", "wrong-template", 18),
        ("permit: yes", "permit: yes: no", "not-yaml", 7),
        ("facts:", "facts: all of them\nmore:", "wrong-type", 6),
    ],
)  # fmt: skip
def test_a_fault_of_a_case_has_its_line_and_nothing_is_made_of_it(
    old: str, new: str, code: str, line: int
) -> None:
    assert old in GOOD
    reading = case_of(GOOD.replace(old, new, 1))
    assert reading.case is None
    assert (code, line) in {(p.code, p.line) for p in reading.problems}
    assert all(p.remedy and p.severity is Severity.ERROR for p in reading.problems)


def test_the_nearest_name_is_offered() -> None:
    [problem] = case_of(GOOD.replace("permit:", "permitt:")).problems
    assert problem.remedy == "Did you mean `permit`?"
    [problem] = case_of(GOOD.replace("Sweden", "Swedn")).problems
    assert problem.remedy == "Did you mean `Sweden`?"


def test_a_list_of_another_kind_of_case_is_recognised() -> None:
    [problem] = case_of(GOOD.replace("parties: []", "flows: []")).problems
    assert "`project`" in problem.message
    assert "template:" in problem.remedy


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.yaml", "case-empty"),
        (b"  \n# nothing\n", "a.yaml", "case-empty"),
        (b"", "a.json", "case-empty"),
        (b"PK\x03\x04\x00\x00", "a.yaml", "case-not-text"),
        (b"template: \xff", "a.yaml", "not-utf8"),
        (b"- a\n- b\n", "a.yaml", "wrong-type"),
        (b"{", "a.json", "not-json"),
        (b"x: " + b"a" * MOST_BYTES, "a.yaml", "case-too-large"),
        (b"a: &a [*a]", "a.yaml", "unfolds-too-far"),
    ],
)
def test_a_file_that_is_no_case_is_refused(data: bytes, name: str, code: str) -> None:
    opened = open_case(data, name, load_library().templates)
    assert opened.node is None
    assert only(tuple(opened.form.faults.found))[0] == code


def test_a_file_of_ten_megabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as stream:
        stream.truncate(10_000_000)
    checked = Checker().check(path)
    assert checked.report is None
    assert only(checked.problems)[0] == "case-too-large"
    assert "10.0 MB" in checked.problems[0].message


def test_a_byte_order_mark_does_no_harm() -> None:
    opened = open_case(b"\xef\xbb\xbf" + GOOD.encode(), "a.yaml", load_library().templates)
    assert (opened.template, opened.form.faults.found) == ("shipment", [])


def test_a_fact_that_follows_otherwise_is_a_contradiction_with_both_values() -> None:
    case = case_of(
        "template: shipment\nitems:\n- lamp: Glow One\n  lumen: 401\n- lamp: Glow Two\n  lumen: 900\n"
    ).case
    assert case is not None
    found = contradictions(case, [lantern()], date(2026, 2, 1), "case.yaml")
    assert only(found) == ("contradictory-facts", 3)
    assert "401" in found[0].message
    assert "400" in found[0].message


def test_no_number_is_read_in_another_unit() -> None:
    [problem] = case_of("template: shipment\nitems:\n- lumen: 40 kg\n").problems
    assert problem.code == "wrong-unit"
    assert "lm" in problem.message


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("kind", ["shipment", "project"])
def test_a_blank_case_can_be_checked_as_it_is(kind: str, language: Language) -> None:
    template = load_template(kind)
    assert template is not None
    text = blank_case(template, asked_facts(template, [lantern()]), language)
    reading = case_of(text)
    assert reading.problems == ()
    assert reading.case is not None
    assert dict(reading.case.facts) == {}
    assert {name for name in lantern().facts if f"  {name}:" in text} == set(lantern().facts)
    question = lantern().facts["permit"].question.text(language.value)
    assert f"# {question}" in text


def test_checking_takes_the_day_of_the_call_then_of_the_file_then_today(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text("template: shipment\nas_of: 2026-03-01\n", encoding="utf-8")
    checker = Checker()
    packs = [str(FOLDER)]
    for as_of, expected in ((None, date(2026, 3, 1)), (date(2026, 4, 1), date(2026, 4, 1))):
        report = checker.check(path, packs, as_of).report
        assert report is not None
        assert report.as_of == expected
    path.write_text("template: shipment\n", encoding="utf-8")
    report = checker.check(path, packs).report
    assert report is not None
    assert report.as_of == checker.today()


def test_a_pack_is_not_run_on_a_kind_of_case_it_does_not_bear_on(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text("template: investment\n", encoding="utf-8")
    checked = Checker().check(path, [str(FOLDER)])
    assert checked.report is None
    assert only(checked.problems)[0] == "pack-for-other-cases"


SIGNS = st.sampled_from(
    ["[", "]", "{", "}", ": ", "- ", "\n", "\t", "&a ", "*a", "!!int ", "'", '"', "|", "1e999", "\x85", "#", "~"]
)


@st.composite
def spoiled(draw: st.DrawFn) -> str:
    """A good case with some stretches cut out and some signs put in."""
    text = GOOD
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        text = text[:start] + draw(SIGNS) + text[start + draw(st.integers(0, 9)) :]
    return text


@settings(max_examples=150, deadline=None)
@given(spoiled(), st.sampled_from(["case.yaml", "case.json"]))
def test_a_spoiled_case_is_read_or_refused_with_its_lines_and_breaks_nothing(text: str, name: str) -> None:
    checked = Checker().check_bytes(text.encode(), name, [str(FOLDER)], date(2026, 2, 1))
    errors = [p for p in checked.problems if p.severity is Severity.ERROR]
    assert (checked.report is None) == bool(errors)
    assert all(p.message and p.remedy and p.line for p in errors)


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert Checker().check_bytes(data, "case.yaml", [str(FOLDER)]).report is None
