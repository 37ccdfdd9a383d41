"""Classes of Chinese sentences that were misread at first sight: what is found in them, and who acts."""

from __future__ import annotations

import pytest

from tests.extract.zh.lines import Line, lines_in

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


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "双方将在下列领域开展合作：\n（一）潮汐电站的规划与维护；\n（二）浮标技术的示范。",
            [("commitment", 3, "将", ("Japan", "Norway"))],
        ),
        ("双方在平等的基础上，加强政策协调。", [("commitment", 3, "加强", ("Japan", "Norway"))]),
        ("双方确认，终止不影响正在执行的项目。", []),
        ("所需费用由请求方承担。", [("obligation", 4, "承担", ("Japan", "Norway"))]),
    ],
)
def test_an_agreement_binds_without_a_modal(text: str, lines: list[Line]) -> None:
    assert lines_in(text, "memorandum of understanding", "Japan", "Norway") == lines


def test_both_sides_are_no_short_name_of_the_ministry_before_them() -> None:
    text = "挪威海洋部与日本经济产业省（以下简称“双方”）达成谅解如下：\n\n双方可互派专家。"
    assert lines_in(text, "memorandum of understanding", "Japan", "Norway") == [
        ("permission", 4, "可", ("Japan", "Norway"))
    ]


def test_an_announcement_decides_and_tells_what_its_author_will_do() -> None:
    text = "经国务院批准，决定对浮标相关物项实施出口管制。现公告如下：\n\n一、商务部将逐案审批。"
    assert lines_in(text, "announcement", "Ministry of Commerce") == [
        ("measure", 4, "决定", ("Ministry of Commerce",)),
        ("commitment", 3, "将", ("Ministry of Commerce",)),
    ]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("挪威总统拜访后将其签署成法。", []),
        ("2022年8月，挪威议会将其签署成法。", [("measure", 4, "签署", ("Norway",))]),
        ("美国联合日本组建浮标联盟，意图利用该组织排除对手。", []),
        ("未来，美日两国将在浮标领域持续合作。", []),
        ("各国要避免盲目上马。", []),
    ],
)
def test_a_paper_tells_acts_and_no_motives(text: str, lines: list[Line]) -> None:
    assert lines_in(text, "research paper") == lines


def test_a_heading_of_advice_stands_above_its_numbered_parts() -> None:
    text = "一、现状\n\n港口缺乏浮标。\n\n政策建议\n\n（一）对各国\n\n各国要避免盲目上马大型浮标。"
    assert lines_in(text, "research paper") == [("recommendation", 2, "要", ("countries",))]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("经济部指出，该计划将补助厂商开发浮标。", [("commitment", 3, "将")]),
        ("行政院长日前指示，国科会与经济部须于年底前提出路径图。", [("obligation", 4, "须")]),
        ("七国集团领导人宣布正在启动“浮标行动计划”。", [("commitment", 3, "正在启动")]),
        ("赤几方承诺同中国企业加强沟通。", [("commitment", 3, "承诺")]),
        ("中方将鼓励企业赴挪威投资，助力挪威经济发展。", [("commitment", 1, "将")]),
        ("我愿强调，中国一贯主张开放合作。", []),
        ("我们希望美方取消对浮标的限制。", [("recommendation", 2, "希望")]),
        ("我们希望早日达成协议。", []),
    ],
)
def test_news_tell_what_is_laid_down(text: str, lines: list[tuple[str, int, str]]) -> None:
    assert [line[:3] for line in lines_in(text, "news")] == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("今天，双方在奥斯陆举行会晤。", [("measure", 3, "举行", ("Japan", "Norway"))]),
        ("双方敦促所有国家解决争端，不得使用武力。", [("recommendation", 2, "敦促", ("countries",))]),
        ("双方呼吁尚未加入的国家签署宣言。", [("recommendation", 2, "呼吁", ("countries",))]),
        (
            "双方将通过以下举措深化合作：\n- 设立海洋对话；\n- 扩大联合培养。",
            [("commitment", 3, "设立", ("Japan", "Norway")), ("commitment", 3, "扩大", ("Japan", "Norway"))],
        ),
    ],
)
def test_a_declaration_opens_with_its_meeting_and_asks_all_states(text: str, lines: list[Line]) -> None:
    assert lines_in(text, "joint statement", "Japan", "Norway") == lines


def test_the_policy_of_an_administration_is_that_of_its_state() -> None:
    text = "根据法律赋予我作为总统的权力，特此命令如下：\n\n本届政府的政策是防止窃取研究成果。"
    assert lines_in(text, "executive order", "United States") == [("commitment", 3, "政策是", ("United States",))]


@pytest.mark.parametrize(
    ("text", "kind", "parties", "actors"),
    [
        ("双方专家将编写术语表。", "track II memorandum", ("Tsinghua University", "Bruegel"), ("Tsinghua University", "Bruegel")),
        ("双方呼吁产业界参与制定准则。", "track II memorandum", ("Tsinghua University", "Bruegel"), ("industry",)),
        ("两国大学可以恢复互访。", "track II memorandum", ("Tsinghua University", "Bruegel"), ("universities",)),
        (
            "美国与挪威会谈后，双方完成了核能谈判并签署联合声明。",
            "fact sheet", ("United States",), ("United States", "Norway"),
        ),
        ("美国签署行政令，要求司法部拟订细则。2月8日，司法部发布最终规则。", "research paper", (), ("Department of Justice",)),
        ("挪威公布了《浮标规则》草案，规定浮标运营者须留存数据。", "research paper", (), ("浮标运营者",)),
    ],
)  # fmt: skip
def test_who_is_meant_by_those_beside_the_parties(
    text: str, kind: str, parties: tuple[str, ...], actors: tuple[str, ...]
) -> None:
    assert lines_in(text, kind, *parties)[-1][3] == actors


def test_a_paper_reflects_on_what_to_do() -> None:
    text = "三、前景\n\n各国分歧严重。\n\n四、对策思考\n\n同时须防范概念泛化。\n\n企业也应开展审计。"
    assert [line[:3] for line in lines_in(text, "research paper")] == [
        ("recommendation", 2, "须"),
        ("recommendation", 2, "应"),
    ]
