"""Everything that ships loads, passes its own tests and has nothing that a linter calls an error."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.check.blank import blank_case
from dragoman.check.case_file import open_case, read_case
from dragoman.check.library import load_library
from dragoman.check.lint import lint
from dragoman.check.pack_tests import run_tests
from dragoman.check.packs import load_template, packs_for, shipped_names, shipped_pack
from dragoman.check.scopes import asked_facts, scope_for
from dragoman.model import Language, Severity

pytestmark = pytest.mark.long

NAMES = shipped_names()
KINDS = sorted(load_library().templates)


def test_packs_ship() -> None:
    assert "us-ai-exports-program" in NAMES
    assert len(NAMES) >= 8


def test_the_shared_files_are_sound() -> None:
    assert load_library().problems == ()


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_pack_loads_without_a_problem(name: str) -> None:
    reading = shipped_pack(name)
    assert reading.problems == ()
    assert reading.pack is not None


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_pack_passes_its_own_tests(name: str) -> None:
    pack = shipped_pack(name).pack
    assert pack is not None
    outcomes = list(run_tests(pack, load_library()))
    assert outcomes
    assert [(one.name, one.differences, one.problems) for one in outcomes if one.differences or one.problems] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_pack_has_no_error_and_no_rule_without_a_test(name: str) -> None:
    packs = {one: shipped_pack(one).pack for one in NAMES}
    pack = packs[name]
    assert pack is not None
    others = [one for one in packs.values() if one]
    problems = lint(pack, date(2026, 11, 25), fresh_days=400, others=others)
    serious = [p for p in problems if p.severity is Severity.ERROR or p.code == "untested-rule"]
    assert serious == []


def test_no_fact_is_declared_by_two_packs() -> None:
    own = [name for one in NAMES if (pack := shipped_pack(one).pack) for name in pack.own]
    assert len(own) == len(set(own))


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("kind", KINDS)
def test_a_blank_case_of_each_kind_is_a_case(kind: str, language: Language) -> None:
    template = load_template(kind)
    assert template is not None
    assert template.packs == packs_for(kind) != ()
    packs = [pack for name in template.packs if (pack := shipped_pack(name).pack)]
    text = blank_case(template, asked_facts(template, packs), language)
    opened = open_case(text.encode(), "blank.yaml", load_library().templates)
    reading = read_case(opened, scope_for(template, packs, load_library()))
    assert reading.problems == ()
    assert reading.case is not None
    assert reading.case.facts == {}
