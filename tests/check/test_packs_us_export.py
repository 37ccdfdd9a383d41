"""The packs `us-export-controls-ai` and `critical-minerals-and-dpa`, with the chips and the country groups they rest on."""

from __future__ import annotations

import hashlib
import itertools
import random
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dragoman.check.case_file import open_case, read_case
from dragoman.check.context import Context
from dragoman.check.judge import check_case
from dragoman.check.library import data_folder, load_library
from dragoman.check.pack import Pack
from dragoman.check.packs import find_pack, load_template
from dragoman.check.scopes import scope_for
from dragoman.model import CheckReport, Confidence, Facts, Member, Result, Standing, Truth, Value

EXPORT, MINERALS = "us-export-controls-ai", "critical-minerals-and-dpa"
PACKS = (EXPORT, MINERALS)
TODAY = date(2026, 11, 22)
LONGEST_QUOTE = 12
ONE_SIDED = {"classified": "an open class is never a failed one", "diffusion-replacement": "none was published"}
"""Rules that cannot come out met, or cannot come out not met, and why."""
TEXTS = {
    "eo-14320-ai-exports-2025.en": "corpus/parallel/eo-14320-ai-exports-2025.en.txt",
    "ai-exports-order": "docs/ai-exports-order.txt",
    "atlantic-declaration": "docs/atlantic-declaration.txt",
}
GRADES = {"seen": 0, "secondary": 1, "unverified": 2}


@cache
def pack(name: str) -> Pack:
    reading = find_pack(name)
    assert [problem.message for problem in reading.problems] == []
    assert reading.pack is not None
    return reading.pack


def report(case: dict[str, Any], as_of: date = TODAY, with_pack: str = EXPORT) -> CheckReport:
    library = load_library()
    opened = open_case(yaml.safe_dump(case).encode(), "case.yaml", library.templates)
    template = load_template(opened.template)
    assert template is not None
    reading = read_case(opened, scope_for(template, (pack(with_pack),), library))
    assert reading.case is not None, [problem.message for problem in reading.problems]
    return check_case(reading.case, (pack(with_pack),), as_of, template)


def results(one: CheckReport, rule: str) -> list[Result]:
    return [finding.result for finding in one.findings if finding.rule.partition("/")[2] == rule]


# -- the packs as such


def told_results(name: str) -> dict[str, set[str]]:
    seen: dict[str, set[str]] = {}
    for path in {case.path for case in pack(name).cases}:
        for test in yaml.safe_load(data_folder().joinpath(path).read_text(encoding="utf-8")):
            for key, result in test["expect"]["findings"].items():
                seen.setdefault(key.partition(" @ ")[0].partition(" (")[0], set()).add(result)
    return seen


@pytest.mark.parametrize("name", PACKS)
def test_each_rule_comes_out_in_each_way_it_can_in_the_tests_of_its_pack(name: str) -> None:
    seen = told_results(name)
    lacking: dict[str, set[str]] = {}
    for ready in pack(name).rules:
        rule = ready.rule.id.partition("/")[2]
        requires = {version.version.requires for version in ready.versions} - {""}
        never = {"true": {"not met"}, "false": {"met"}}.get(requires.pop() if len(requires) == 1 else "", set())
        wanted = (
            {"met", "not met", "unknown"} - never
            if any(v.version.requires for v in ready.versions)
            else {"unknown"}
        )
        lacking |= {rule: wanted - seen.get(rule, set())} if wanted - seen.get(rule, set()) else {}
    assert set(lacking) <= set(ONE_SIDED), lacking


@pytest.mark.parametrize("name", PACKS)
def test_an_empty_slot_is_neither_sure_nor_in_force(name: str) -> None:
    for ready in pack(name).rules:
        for version in ready.versions:
            if version.requires is None:
                assert version.version.confidence is Confidence.UNVERIFIED, ready.rule.id
                assert version.version.standing is not Standing.IN_FORCE, ready.rule.id


@pytest.mark.parametrize("name", PACKS)
def test_a_quotation_is_short(name: str) -> None:
    for ready in pack(name).rules:
        assert all(len(basis.quote.split()) <= LONGEST_QUOTE for basis in ready.rule.basis), ready.rule.id


@pytest.mark.real
@pytest.mark.parametrize("name", PACKS)
def test_the_sentences_that_rules_point_to_are_in_the_documents_once(name: str, shared: Path) -> None:
    texts = {slug: (shared / path).read_text(encoding="utf-8") for slug, path in TEXTS.items()}
    counts = {
        (basis.doc, basis.quote): texts[basis.doc].count(basis.quote)
        for ready in pack(name).rules
        for basis in ready.rule.basis
    }
    assert counts == dict.fromkeys(counts, 1)
    assert counts != {}


# -- chips


def derived(facts: Facts) -> dict[str, Value | None]:
    library = load_library()
    words = pack(EXPORT).vocabulary
    session = words.session({}, Context(TODAY, library.groups, library.tables), {"items": (Member("X", facts),)})
    item = session.member("items", 0)
    return {name: words.derive(name, item) for name in ("tpp", "pd", "class_3a090")}


@pytest.mark.parametrize(
    ("chip", "tpp", "density", "paragraph"),
    [
        ("NVIDIA A100 80GB SXM", 4992, 6.0436, "a.1"),
        ("NVIDIA A30", 2640, 3.1961, "b.1"),
        ("NVIDIA H100 SXM", 15832, 19.4496, "a.1"),
        ("NVIDIA H100 PCIe", 12104, 14.8698, "a.1"),
        ("NVIDIA H20", 2368, 2.9091, "none"),
        ("NVIDIA L40", 2896, 4.7553, "b.1"),
        ("NVIDIA L20", 1912, 3.1396, "none"),
        ("NVIDIA L4", 1940, 6.5986, "a.2"),
        ("NVIDIA L2", 1544, 5.2517, "none"),
        ("NVIDIA RTX 4090", 5284.8, 8.6778, "a.1"),
        ("NVIDIA RTX 4090D", 4704, 7.7241, "none"),
        ("NVIDIA B200", 36000, 22.3048, "a.1"),
        ("NVIDIA B300", 60000, 37.1747, "a.1"),
        ("AMD MI210", 2896, 4.0, "b.1"),
        ("AMD MI325X", 20919.2, None, "a.1"),
        ("AMD MI308X", None, None, None),
        ("Google TPU v5e", 3144, None, None),
        ("Huawei Ascend 910B", None, None, None),
        ("Huawei Ascend 910B (256 TFLOPS FP16)", 4096, None, None),
        ("Huawei Ascend 910B (320 TFLOPS FP16)", 5120, None, "a.1"),
        ("Huawei Ascend 910C", 12800, None, "a.1"),
    ],
)
def test_the_figures_of_a_chip(chip: str, tpp: float | None, density: float | None, paragraph: str | None) -> None:
    found = derived({"chip": chip, "computing_item": True})
    assert found["tpp"] == (None if tpp is None else pytest.approx(tpp, rel=1e-12))
    assert found["pd"] == (None if density is None else pytest.approx(density, abs=5e-5))
    assert found["class_3a090"] == paragraph


def test_no_printed_figure_that_differs_by_more_than_rounding_is_left_without_a_note() -> None:
    silent = []
    for chip, row in load_library().tables["chips"].rows.items():
        found = derived({"chip": chip, "computing_item": True})
        pairs = [
            (found["tpp"], row.cells.get("printed_tpp"), 0.5),
            (found["pd"], row.cells.get("printed_pd"), 0.005),
        ]
        rounds = all(
            isinstance(mine, int | float) and isinstance(theirs, int | float) and abs(mine - theirs) <= most
            for mine, theirs, most in pairs
            if mine is not None or theirs is not None
        )
        same = found["class_3a090"] == row.cells.get("printed_class")
        silent += [] if (rounds and same) or row.note else [chip]
    assert silent == []


def test_the_evidence_of_a_row_is_the_weakest_of_its_numbers() -> None:
    for chip, row in load_library().tables["chips"].rows.items():
        for number in ("ops", "die_area", "memory_bandwidth"):
            mark = row.cells.get(f"{number}_evidence")
            assert (mark is None) == (number not in row.cells), (chip, number)
            assert mark is None or GRADES[str(mark)] <= GRADES[row.evidence.value], (chip, number)


def test_the_rules_of_the_pack_read_no_printed_figure() -> None:
    formulas = [schema.formula for schema in pack(EXPORT).facts.values()]
    conditions = [c.text for ready in pack(EXPORT).rules for version in ready.versions for c in version.conditions]
    assert [text for text in (*formulas, *conditions) if "printed" in text] == []


# -- the paragraphs of 3A090, against the paragraphs written down once more


def paragraphs(tpp: float, pd: float, *, data_centre: bool) -> set[str]:
    found = set()
    if tpp >= 4800:
        found.add("a.1")
    if tpp >= 1600 and pd >= 5.92:
        found.add("a.2")
    if 2400 <= tpp < 4800 and 1.6 <= pd < 5.92:
        found.add("b.1")
    if tpp >= 1600 and 3.2 <= pd < 5.92:
        found.add("b.2")
    return set() if tpp < 4800 and not data_centre else found


EDGES = [edge + step for edge in (1600.0, 2400.0, 4800.0) for step in (-0.001, 0.0, 0.001)]
DENSITIES = [edge + step for edge in (1.6, 3.2, 5.92) for step in (-0.0001, 0.0, 0.0001)]
NUMBERS = st.one_of(st.sampled_from(EDGES), st.floats(0.5, 40000, allow_nan=False))
SPREADS = st.one_of(st.sampled_from(DENSITIES), st.floats(0.01, 40, allow_nan=False))


@given(NUMBERS, SPREADS, st.booleans())
def test_the_class_is_the_strictest_paragraph_of_an_independent_reading(
    tpp: float,
    pd: float,
    data_centre: bool,  # noqa: FBT001 - hypothesis calls it
) -> None:
    found = derived({"tpp": tpp, "pd": pd, "data_centre": data_centre})
    assert found["class_3a090"] == min(paragraphs(tpp, pd, data_centre=data_centre), default="none")


RULES = {
    "a.1": "outside-3a090-a1",
    "a.2": "outside-3a090-a2",
    "b.1": "outside-3a090-b1",
    "b.2": "outside-3a090-b2",
}


def inside(facts: Facts) -> set[str]:
    library = load_library()
    context = Context(TODAY, library.groups, library.tables)
    session = pack(EXPORT).vocabulary.session({}, context, {"items": (Member("X", facts),)})
    item = session.member("items", 0)
    truths = {}
    for paragraph, rule in RULES.items():
        ready = pack(EXPORT).rule(rule)
        assert ready is not None
        assert ready.versions[-1].requires is not None
        truths[paragraph] = ready.versions[-1].requires.evaluate(item)
    assert Truth.UNKNOWN not in truths.values()
    return {paragraph for paragraph, truth in truths.items() if truth is Truth.FALSE}


def test_the_four_rules_split_every_edge_as_the_independent_reading_does() -> None:
    chooser = random.Random(3090)  # noqa: S311 - not for secrets
    points = [*itertools.product(EDGES, DENSITIES, (True, False))]
    points += [(chooser.uniform(1, 6000), chooser.uniform(0.1, 9), chooser.random() < 0.5) for _ in range(500)]
    for tpp, pd, data_centre in points:
        wanted = paragraphs(tpp, pd, data_centre=data_centre)
        assert inside({"tpp": tpp, "pd": pd, "data_centre": data_centre}) == wanted, (tpp, pd, data_centre)


@given(NUMBERS, SPREADS, st.booleans(), st.sets(st.sampled_from(["tpp", "pd", "data_centre"]), min_size=1))
def test_a_class_that_is_told_without_all_figures_is_that_of_every_completion(
    tpp: float,
    pd: float,
    data_centre: bool,  # noqa: FBT001 - hypothesis calls it
    missing: set[str],
) -> None:
    whole = {"tpp": tpp, "pd": pd, "data_centre": data_centre, "computing_item": True}
    told = derived({name: value for name, value in whole.items() if name not in missing})["class_3a090"]
    assert told is None or told == derived(whole)["class_3a090"]


# -- country groups


def members(group: str, day: date = TODAY) -> frozenset[str] | None:
    return load_library().groups[group].members(day)


def some(group: str, day: date = TODAY) -> frozenset[str]:
    found = members(group, day)
    assert found is not None, (group, day)
    return found


def test_the_scope_of_advanced_computing_is_the_algebra_of_its_groups() -> None:
    for day in (date(2026, 1, 15), date(2026, 7, 9), date(2026, 7, 10), date(2026, 9, 24), TODAY):
        wide = some("D:1", day) | some("D:4", day) | some("D:5", date(2026, 9, 24))
        assert some("advanced computing", day) == wide - some("A:5", day) - some("A:6", day)
    assert len(some("advanced computing") - {"HK"}) == 45
    assert some("Macau or D:5") == some("D:5") | {"MO"}


def test_the_emirates_move_on_2026_07_10() -> None:
    before, after = date(2026, 7, 9), date(2026, 7, 10)
    assert [("AE" in some(group, before), "AE" in some(group, after)) for group in ("A:5", "D:3", "D:4")] == [
        (False, True),
        (True, False),
        (True, False),
    ]


def test_hong_kong_stands_with_china_and_macau_for_itself() -> None:
    groups = yaml.safe_load(data_folder().joinpath("groups", "us-ear.yaml").read_text(encoding="utf-8"))["groups"]
    for name, group in groups.items():
        for version in group["versions"]:
            assert ("HK" in version["members"]) == ("CN" in version["members"]), name
    assert {name for name in ("D:1", "D:2", "D:3", "D:4", "D:5") if "MO" in some(name)} == {"D:1", "D:3", "D:4"}
    assert "KH" in some("D:1")
    assert "KH" not in some("D:5")


def test_days_that_the_facts_do_not_cover_are_unknown() -> None:
    assert members("D:1", date(2026, 1, 14)) is None
    assert members("A:5", date(2025, 1, 1)) is None
    assert members("D:5", date(2026, 9, 23)) is None


@pytest.mark.real
def test_the_groups_are_those_of_the_extract(shared: Path) -> None:
    extract = yaml.safe_load(
        (shared / "reference/rule-facts/data/us_country_groups.json").read_text(encoding="utf-8")
    )
    for name, listed in extract["groups"].items():
        assert some(name, date(2026, 9, 24)) - {"HK"} == set(listed) - {"XK"}, name


@pytest.mark.real
def test_the_chips_are_those_of_the_sheet(shared: Path) -> None:
    text = (shared / "reference/rule-facts/data/chips_tpp.csv").read_text(encoding="utf-8")
    named = {line.partition(",")[0] for line in text.splitlines()[1:] if line}
    assert named <= set(load_library().tables["chips"].rows)
    assert hashlib.sha256(text.encode()).hexdigest()[:16] == "2f70b6396b3cac4f", (
        "the sheet has changed: read it again"
    )


# -- versions


def case_for(destination: str, **party: object) -> dict[str, Any]:
    return {
        "template": "shipment",
        "facts": {"departure": "US"},
        "items": [{"chip": "NVIDIA H200", "us_authorisation": "none"}],
        "parties": [{"name": "Buyer", "party_role": "end-user", **party}],
        "destinations": [destination],
    }


def test_each_day_has_at_most_one_version_of_a_rule() -> None:
    for name in PACKS:
        for ready in pack(name).rules:
            days = {v.version.since for v in ready.versions} | {v.version.until for v in ready.versions}
            near = {day + timedelta(step) for day in days if day for step in (-1, 0, 1)}
            assert all(len(ready.on(day)) <= 1 for day in near), ready.rule.id


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (date(2025, 9, 28), None),
        (date(2025, 9, 29), Standing.IN_FORCE),
        (date(2025, 11, 9), Standing.IN_FORCE),
        (date(2025, 11, 10), Standing.SUSPENDED),
        (date(2026, 11, 9), Standing.SUSPENDED),
        (date(2026, 11, 10), Standing.UNSETTLED),
        (date(2027, 1, 10), Standing.UNSETTLED),
    ],
)
def test_the_50_percent_rule_by_day(day: date, standing: Standing | None) -> None:
    case = case_for(
        "SG", country="SG", headquarters="SG", ultimate_parent="SG", listed_on=[], owned_by_listed_percent=50
    )
    found = [f for f in report(case, day).findings if f.rule.endswith("affiliates-50-percent")]
    assert [(f.standing, f.result) for f in found] == ([] if standing is None else [(standing, Result.NOT_MET)])
    assert [f.counted for f in found] == ([] if standing is None else [standing is not Standing.SUSPENDED])


def test_the_codified_and_the_enforced_scope_stand_side_by_side() -> None:
    one = report(case_for("GB", country="GB", headquarters="GB", ultimate_parent="GB"))
    codified = next(f for f in one.findings if f.rule.endswith("diffusion-worldwide-licence"))
    assert (codified.result, codified.standing, codified.counted) == (Result.NOT_MET, Standing.NOT_ENFORCED, False)
    assert results(one, "licence-destination") == [Result.NOT_APPLICABLE]


def test_every_condition_of_the_rule_of_january_2026_brings_the_presumption_back() -> None:
    item = {
        "chip": "NVIDIA H200",
        "us_authorisation": "licence",
        "us_available": True,
        "us_supply_sufficient": True,
        "tpp_to_china": 50,
        "tpp_to_us_customers": 100,
        "end_user_screened": True,
        "us_lab_tested": True,
    }
    case = {
        "template": "shipment",
        "facts": {"departure": "US"},
        "items": [item],
        "parties": [],
        "destinations": ["CN"],
    }
    assert results(report(case), "review-denial") == [Result.NOT_APPLICABLE]
    for name in ("us_available", "us_supply_sufficient", "end_user_screened", "us_lab_tested"):
        assert results(report({**case, "items": [{**item, name: False}]}), "review-denial") == [Result.NOT_MET]
        assert results(report({**case, "items": [{**item, name: None}]}), "review-denial") == [Result.UNKNOWN]


def test_a_finding_is_no_surer_than_the_figures_of_its_chip() -> None:
    one = report(case_for("CN", country="CN", headquarters="CN", ultimate_parent="CN"))
    figures = next(f for f in one.findings if f.rule.endswith("outside-3a090-a1"))
    assert figures.confidence is Confidence.UNVERIFIED


# -- the example shipments


def sample(name: str) -> dict[str, Any]:
    path = Path(__file__).resolve().parents[2] / "samples" / "cases" / f"{name}.yaml"
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    strange = {
        fact
        for where in (content["facts"], *content["items"], *content["parties"])
        for fact in where
        if fact not in pack(EXPORT).facts and fact not in {"name", "item_value"}
    }
    assert strange <= {"cn_content", "advanced_family", "iec_eccn"}, "facts of the other packs"
    for where in (content["facts"], *content["items"]):
        for fact in strange & set(where):
            del where[fact]
    return content


def asked(one: CheckReport) -> set[tuple[str, str]]:
    return {(missing.fact, missing.subject) for missing in one.ask}


def test_the_example_shipment_is_open_in_the_points_it_leaves_open_and_passes_once_they_are_settled() -> None:
    case = sample("shipment-accelerators-malaysia")
    one = report(case)
    assert one.outcome is Result.UNKNOWN
    assert asked(one) == {
        ("ultimate_parent", "parties[1]"),
        ("owned_by_listed_percent", "parties[1]"),
        ("die_area", "items[2]"),
    }
    case["parties"][1] |= {"ultimate_parent": "MY", "owned_by_listed_percent": 0}
    case["items"][2]["die_area"] = 700
    assert report(case).outcome is Result.MET
    case["parties"][1]["ultimate_parent"] = "CN"
    assert Result.NOT_MET in results(report(case), "licence-headquarters")


def test_the_example_for_china_fails_on_the_licence_and_asks_for_one_figure() -> None:
    case = sample("shipment-h200-shenzhen")
    one = report(case)
    assert one.outcome is Result.NOT_MET
    failed = {f.rule.partition("/")[2] for f in one.findings if f.counted and f.result is Result.NOT_MET}
    assert failed == {"licence-destination", "licence-headquarters"}
    assert ("tpp_to_us_customers", "items[0]") in asked(one)
    case["items"][0] |= {"us_authorisation": "licence", "tpp_to_us_customers": 2026496}
    assert report(case).outcome is Result.MET
