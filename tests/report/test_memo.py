from __future__ import annotations

from datetime import date

from dragoman.model import (
    Bilingual,
    Case,
    CheckReport,
    Confidence,
    FactSchema,
    FactType,
    Finding,
    Force,
    Language,
    Member,
    Missing,
    Result,
    Standing,
    Step,
    Truth,
)
from dragoman.report import write
from dragoman.report.memo import memo_of, open_points, unverified

DAY = date(2026, 5, 1)


def both(en: str, zh: str = "中文") -> Bilingual:
    return Bilingual(en, zh)


def finding(
    rule: str, result: Result, confidence: Confidence = Confidence.SEEN, *, counted: bool = True
) -> Finding:
    return Finding(
        rule=f"harbour/{rule}",
        pack="harbour",
        title=both(f"Rule {rule}.", f"规则{rule}。"),
        result=result,
        force=Force.MUST,
        standing=Standing.IN_FORCE,
        confidence=confidence,
        citation=f"Harbour Act, sec. {rule}",
        as_of=DAY,
        jurisdiction="XX",
        counted=counted,
        subject="items[0] crane",
        missing=(Missing("weight", "items[0]", both("How heavy is it?", "多重？")),)
        if result is Result.UNKNOWN
        else (),
        trace=(Step("requires", "weight <= 40", ("weight",), ("50",), Truth.FALSE),),
    )


REPORT = CheckReport(
    case=Case(
        "shipment",
        {"destination": "GB", "signed": date(2026, 4, 2), "urgent": True},
        {"items": (Member("crane", {"weight": 50, "uses": frozenset({"port", "rail"})}),)},
        title="Two cranes",
    ),
    as_of=DAY,
    outcome=Result.NOT_MET,
    findings=(
        finding("3", Result.NOT_MET),
        finding("5", Result.UNKNOWN, Confidence.UNVERIFIED),
        finding("7", Result.MET, Confidence.SECONDARY),
        finding("9", Result.NOT_APPLICABLE, Confidence.UNVERIFIED),
    ),
    ask=(),
    packs=("harbour 1",),
    not_covered=(("harbour", both("Tides.", "潮汐。")),),
)
SCHEMAS = (
    FactSchema("weight", FactType.NUMBER, both("How heavy is it?", "多重？"), each="items", unit="t"),
    FactSchema(
        "uses",
        FactType.CHOICES,
        both("What is it for?", "用途？"),
        options=(("port", both("Port", "港口")), ("rail", both("Railway", "铁路"))),
    ),
)


def markdown(language: Language = Language.EN) -> str:
    return write(memo_of(REPORT, language, SCHEMAS, "dragoman check cranes.yaml"), "md").decode()


def test_open_points_are_those_a_person_must_settle() -> None:
    assert [point.rule for point in open_points(REPORT)] == ["harbour/3", "harbour/5"]


def test_unverified_rules_are_named_unless_they_do_not_bear_on_the_case() -> None:
    assert [doubt.rule for doubt in unverified(REPORT)] == ["harbour/5", "harbour/7"]


def test_a_memo_says_outcome_missing_fact_value_trace_and_limits() -> None:
    text = markdown()
    assert "# Compliance memo: Two cranes" in text
    assert "**✗ not met**" in text
    assert "How heavy is it? (items\\[0\\]: weight)" in text
    assert "| 50 t |" in text
    assert "| Port, Railway |" in text
    assert "`weight <= 40`" in text
    assert "**harbour:** Tides." in text
    assert "Rules of this pack that do not bear on the case: 1." in text
    assert "`dragoman check cranes.yaml`" in text


def test_a_memo_is_written_in_chinese_as_well() -> None:
    text = markdown(Language.ZH)
    assert "合规备忘录：Two cranes" in text
    assert "不符合" in text
    assert "港口" in text
    assert "潮汐。" in text


def test_every_format_holds_the_memo() -> None:
    memo = memo_of(REPORT, Language.EN, SCHEMAS)
    assert "Harbour Act, sec. 3" in write(memo, "html").decode()
    assert write(memo, "docx").startswith(b"PK")
