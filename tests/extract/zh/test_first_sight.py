"""Classes of Chinese sentences that were misread at first sight: what is found in them, and who acts."""

from __future__ import annotations

import pytest

from dragoman.extract import Extractor
from dragoman.lexicon import load_lexicon
from dragoman.read import read_text

EXTRACTOR = Extractor(load_lexicon())
Line = tuple[str, int, str, tuple[str, ...]]


def lines_in(text: str, kind: str, *parties: str) -> list[Line]:
    """Return kind, force, trigger and actors of each line of a text."""
    stated = {"kind": kind, "title": "", "date": "2025-06-01", "parties": list(parties)}
    found = EXTRACTOR.extract(read_text(text, slug="sample", metadata=stated))
    return [(line.kind.value, line.force, line.trigger, line.actors) for line in found]


CUSTOMS = ("customs",)
EXPORTERS = ("export operators",)
OFFICE = "国务院海洋主管部门"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("国务院海洋主管部门和国家其他有关部门应当共享信息。", [("obligation", 4, "应当", (OFFICE, "relevant departments"))]),
        (
            "国务院海洋主管部门依法开展核查，有关组织和个人应当予以配合。",
            [
                ("obligation", 4, "开展", (OFFICE,)),
                ("obligation", 4, "应当", ("organizations", "individuals")),
            ],
        ),
        ("浮标出入港区，应当编号，由海关查验。", [("obligation", 4, "应当", ()), ("obligation", 4, "查验", CUSTOMS)]),
        ("出口经营者未履行报告义务的，给予警告。", [("obligation", 4, "给予警告", ("competent authorities",))]),
        ("国家对作出贡献的单位给予奖励。", [("obligation", 4, "给予", ("China",))]),
        ("潮汐管理中心允许出口经营者在登记后自行出口。", [("permission", 4, "允许", EXPORTERS)]),
        ("违法行为由国务院海洋主管部门进行处罚，海关处罚的除外。", [("obligation", 4, "进行", (OFFICE,))]),
        ("由潮汐管理机构责令改正。", [("obligation", 4, "责令", ("潮汐管理机构",))]),
        ("执法人员不得少于二人。", [("prohibition", 4, "不得", ("law enforcement personnel",))]),
        ("操控人员应当年满十八周岁。", [("obligation", 4, "应当", ("操控人员",))]),
        ("申请运营合格证，应当提交证明。", [("obligation", 4, "应当", ("applicants",))]),
        ("禁止任何单位和个人破坏浮标。", [("prohibition", 4, "禁止", ("organizations", "individuals"))]),
    ],
)  # fmt: skip
def test_a_regulation_binds_each_by_himself(text: str, lines: list[Line]) -> None:
    assert lines_in(f"第九条　{text}", "regulation", "China") == lines


def test_a_list_of_what_is_forbidden_binds_whom_its_stem_names() -> None:
    text = "第九条　禁止任何单位和个人实施下列行为：\n（一）拆除浮标；\n（二）遮挡信号。"
    both = ("prohibition", 4, "禁止", ("organizations", "individuals"))
    assert lines_in(text, "regulation", "China") == [both, both]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("我们可以巩固我们的领导地位。", []),
        ("鼓励潮汐工作组听取业界的意见。", [("recommendation", 1, "鼓励", ("潮汐工作组",))]),
        (
            "总统科学和技术助理(APST)、人工智能和加密特别顾问，在与总统经济政策助理协调下，应制定计划。",
            [
                (
                    "obligation", 4, "应",
                    ("Assistant to the President for Science and Technology", "Special Advisor for AI and Crypto"),
                )
            ],
        ),
        ("本命令不旨在、也不产生任何权利。", [("prohibition", 4, "不旨在", ("President of the United States",))]),
    ],
)  # fmt: skip
def test_an_order_in_translation(text: str, lines: list[Line]) -> None:
    opening = "根据法律赋予我作为总统的权力，特此命令如下：\n\n"
    assert lines_in(opening + text, "executive order", "United States") == lines


@pytest.mark.parametrize(
    "text",
    [
        "未来美国或将加大施压力度。",
        "近年来，美国不断强化出口管制。",
        "有学者认为，美国至少需要十年才能建成产业链。",
    ],
)
def test_what_a_paper_guesses_is_no_provision(text: str) -> None:
    assert lines_in(text, "research paper") == []


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("有学者主张，日本需要与盟友建立执法机制。", [("recommendation", 2, "需要", ("Japan",))]),
        (
            "中国应保持开放。一方面，要攻克薄弱环节。同时也不宜过度反制。",
            [
                ("recommendation", 2, "应", ("China",)),
                ("recommendation", 2, "要", ("China",)),
                ("recommendation", 2, "不宜", ("China",)),
            ],
        ),
    ],
)
def test_a_paper_tells_advice_and_goes_on_with_its_own(text: str, lines: list[Line]) -> None:
    assert lines_in(text, "research paper") == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("这些举措将使企业受益，并将增强我们的韧性。", []),
        (
            "双方决定设立对话机制，每年轮流主办，首次会议将于明年举行。",
            [("commitment", 3, "决定", ("Japan", "Norway"))],
        ),
        ("双方将各自指定一名协调人，负责跟进建议。", [("commitment", 3, "将", ("Japan", "Norway"))]),
    ],
)
def test_a_declaration_is_cut_where_the_act_changes(text: str, lines: list[Line]) -> None:
    assert lines_in(text, "joint statement", "Japan", "Norway") == lines
