from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.extract.candidate import Candidate, Span
from dragoman.extract.view import View
from dragoman.read import read_text

from .cases import Case, cases, document_of, is_sure, proposed, rows_in

KINDS = ("joint declaration", "law", "executive order", "track II memorandum", "research paper")
PIECES = (
    *("双方将", "设立工作组", "，", ",", "；", "。", "：", "应当", "不得", "可以", "对", "的", "在", "中", "（", "）", "《", "》", "“", "”"),
    *("国家", "美国", "我们", "其", "该计划", "2023年5月", "签署了", "发布", "鼓励", "探索", "由", "责令", "下列措施", "并", "以", "如果"),
    *("处理个人信息", "应对", "组织", "将", "打算", "计划", "建议", "要求", "\n", "（一）", "1. ", " ", "通过", "正在", "了", "？", "、"),
)  # fmt: skip


@pytest.mark.parametrize("case", tuple(cases()), ids=lambda case: case.name)
def test_case(case: Case) -> None:
    assert rows_in(case.text, case.kind, *case.parties) == case.provisions


def inside(span: Span | None, first: int, last: int) -> bool:
    return span is None or first <= span[0] < span[1] <= last


def check_spans(view: View, candidate: Candidate) -> None:
    whole = view.text[view.start : view.end]
    assert (candidate.start, candidate.end) == (view.start, view.end), whole
    stem = view.stem
    own = inside(candidate.trigger, view.start, view.end)
    assert own or (stem is not None and inside(candidate.trigger, stem.start, stem.end)), whole
    assert inside(candidate.clause, view.start, view.end), whole
    assert inside(candidate.subject, 0, view.end), whole
    assert inside(candidate.aim, view.start, view.end), whole
    assert inside(candidate.object, view.start, view.end), whole
    for why in candidate.why:
        assert why.start < why.end, whole


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.sampled_from(KINDS))
@settings(max_examples=300, deadline=None)
def test_every_span_lies_in_the_text_and_is_not_empty(text: str, kind: str) -> None:
    document = document_of(text + "双方将合作。", kind, "Japan")
    for view, candidate, _ in proposed(document):
        check_spans(view, candidate)


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join), st.sampled_from(KINDS))
@settings(max_examples=60, deadline=None)
def test_the_same_text_gives_the_same_candidates(text: str, kind: str) -> None:
    document = document_of(text + "双方将合作。", kind)
    first = [candidate for _, candidate, _ in proposed(document)]
    assert first == [candidate for _, candidate, _ in proposed(document)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_sentence_without_a_known_verb_gives_nothing(kind: str) -> None:
    assert rows_in("天空很蓝。", kind) == ()


def test_each_candidate_says_why_it_has_its_kind_and_force() -> None:
    document = document_of("双方将探讨合作。", "joint statement")
    (_, candidate, _) = next(iter(proposed(document)))
    reasons = {why.field: why.rule for why in candidate.why}
    assert reasons == {"kind": "trigger:future", "force": "weaker-verb"}


def test_a_doubtful_class_is_proposed_with_its_doubt_for_the_weights() -> None:
    document = document_of("欧盟需要弥合分歧。", "research paper")
    (_, candidate, _) = next(iter(proposed(document)))
    assert not is_sure(candidate)
    assert "doubt:analysis" in candidate.features
    assert "rule:need|voice:report" in candidate.features


def test_the_clauses_of_two_provisions_meet_and_do_not_overlap() -> None:
    document = document_of("运营者应当公开规则，不得歧视用户。", "law")
    first, second = (candidate.clause for _, candidate, _ in proposed(document))
    assert document.slice(*first) == "运营者应当公开规则，"
    assert document.slice(*second) == "不得歧视用户。"


@pytest.mark.parametrize(
    ("text", "kind", "aim", "object_"),
    [
        ("两国应就标准达成一致。", "track II memorandum", "达成一致", "一致"),
        ("运营者不得非法收集数据。", "law", "收集数据", "数据"),
        ("2022年，日本签署了《合作协定》。", "research paper", "签署了《合作协定》", "《合作协定》"),
        ("双方将共同设立基金。", "joint statement", "设立基金", "基金"),
    ],
)
def test_the_aim_is_the_main_verb_phrase_without_modal_or_negation(
    text: str, kind: str, aim: str, object_: str
) -> None:
    document = document_of(text, kind)
    (_, candidate, _) = next(iter(proposed(document)))
    assert candidate.aim is not None
    assert candidate.object is not None
    assert (document.slice(*candidate.aim), document.slice(*candidate.object)) == (aim, object_)


@pytest.mark.parametrize(
    ("text", "kind", "rule"),
    [
        ("双方将合作。", "joint statement", "authors"),
        ("日本将合作。", "joint statement", "named"),
        ("双方认为，应建立机制。", "track II memorandum", "addressee"),
        ("该机制将探讨合作。", "joint statement", "previous"),
        ("处理数据应当遵守法律。", "law", "unknown"),
    ],
)
def test_the_subject_rule_tells_how_actors_are_read(text: str, kind: str, rule: str) -> None:
    (_, candidate, _) = next(iter(proposed(document_of(text, kind, "Japan", "France"))))
    assert candidate.subject_rule == rule


@pytest.mark.real
@pytest.mark.parametrize(
    ("file", "kind", "at_least"),
    [
        ("docs/ai-exports-order.txt", "executive order", 30),
        ("docs/track2-digital-economy.txt", "track II memorandum", 45),
        ("docs/tech-alliance.txt", "research paper", 70),
        ("corpus/law-zh/cn-data-security-law-2021.zh.txt", "law", 75),
    ],
)
def test_spans_and_yield_on_real_texts(shared: Path, file: str, kind: str, at_least: int) -> None:
    text = (shared / file).read_text(encoding="utf-8")
    document = read_text(
        text, slug="real", metadata={"kind": kind, "parties": [], "title": "", "date": "2024-01-01"}
    )
    found = list(proposed(document))
    for view, candidate, _ in found:
        check_spans(view, candidate)
    assert sum(is_sure(candidate) for _, candidate, _ in found) >= at_least
