"""Notices, news, white papers, initiatives, announcements: what each kind of Chinese document says, and who acts."""

from __future__ import annotations

import pytest

from dragoman.extract.context import listed_kind, voice_of
from dragoman.lexicon import load_lexicon
from tests.extract.zh.lines import Line, lines_in, provisions_in

LEXICON = load_lexicon()


@pytest.mark.parametrize(
    ("kind", "voice"),
    [
        ("Interim Measures", "order"),
        ("local regulation", "order"),
        ("joint communiqué", "joint"),
        ("news report", "report"),
        ("governance initiative", "advice"),
        ("poem", "report"),
    ],
)
def test_a_kind_has_the_voice_of_the_listed_one_in_it(kind: str, voice: str) -> None:
    assert voice_of(kind, LEXICON).value == voice


def test_the_listed_kind_that_ends_a_kind_comes_before_a_longer_one() -> None:
    assert listed_kind("memorandum of understanding order", ["memorandum of understanding", "order"]) == "order"


def test_a_notice_binds_whom_it_names_and_nobody_in_particular() -> None:
    text = (
        "各地工业和信息化主管部门要组织开展自查。\n\n新建机房应采用节能设备。严禁瞒报漏报。\n\n"
        "鼓励高校研发节能算法。\n\n特此通知。"
    )
    office = "Ministry of Industry and Information Technology"
    assert lines_in(text, "notice", office) == [
        ("obligation", 4, "要", ("local industry and information technology authorities",)),
        ("obligation", 4, "应", (office,)),
        ("prohibition", 4, "严禁", (office,)),
        ("commitment", 1, "鼓励", (office,)),
    ]


def test_news_tell_meetings_and_go_on_with_what_somebody_said() -> None:
    text = (
        "3月5日，马来西亚总理会见了中国外长。中国外长表示，中方愿同马方扩大合作。双方应共同维护多边贸易体制。"
        "双方同意建立人工智能对话机制，首次会议将于明年举行。"
    )
    assert lines_in(text, "news") == [
        ("measure", 3, "会见了", ("Prime Minister of Malaysia",)),
        ("commitment", 2, "愿同", ("China",)),
        ("recommendation", 2, "应", ("Malaysia", "China")),
        ("commitment", 3, "同意", ("Malaysia", "China")),
    ]


def test_a_side_is_the_state_that_the_text_names() -> None:
    text = "巴方将启动立法程序。"
    assert lines_in(f"中国和巴西举行磋商。{text}", "news")[-1][3] == ("Brazil",)
    assert lines_in(f"中国和巴基斯坦举行磋商。{text}", "news")[-1][3] == ("Pakistan",)


def test_what_a_reporter_asks_is_no_provision() -> None:
    text = "滨海社记者：中方昨天同智利签署了三项协议，有何评论？中方宣布了《滨海计划》。\n\n发言人：中方将公布协议全文。"
    assert lines_in(text, "news") == [("commitment", 3, "将", ("China",))]


def test_an_order_that_is_signed_binds_the_agency_of_its_own_state() -> None:
    text = "2023年10月，时任总统拜登签署行政命令，要求商务部就模型权重征求意见。中国高度关注。"
    assert lines_in(text, "research paper") == [
        ("measure", 4, "签署", ("President of the United States",)),
        ("obligation", 4, "要求", ("Department of Commerce",)),
    ]


def test_an_initiative_is_for_all_states() -> None:
    text = "为此，我们倡议：\n\n——各国应加强模型测评合作。\n\n——推动建立测评结果互认机制。\n\n——反对垄断。"
    assert lines_in(text, "initiative", "China") == [
        ("recommendation", 2, "应", ("countries",)),
        ("recommendation", 2, "推动", ("countries",)),
    ]


def test_a_list_within_a_sentence_follows_its_modal() -> None:
    text = "双方承诺将于2025年6月14日前采取以下举措：\n\n中国将（一）修改清单；（二）取消加征的关税。"
    assert lines_in(text, "joint statement", "China", "Japan") == [("commitment", 3, "将", ("China",))]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "第一条　支持企业研发传感器，鼓励社会资本设立基金。",
            [("obligation", 4, "支持", ("China",)), ("obligation", 1, "鼓励", ("China",))],
        ),
        (
            "第二条　数据标注服务提供者（以下称提供者）应当公布规则。\n\n第三条　提供者应当留存记录。",
            [
                ("obligation", 4, "应当", ("数据标注服务提供者",)),
                ("obligation", 4, "应当", ("service providers",)),
            ],
        ),
        (
            "第四条　生成式人工智能服务提供者（以下称提供者）应当公布规则。\n\n第五条　提供者应当留存记录。",
            [("obligation", 4, "应当", ("generative AI service providers",))] * 2,
        ),
        (
            "第六条　最终用户应当承诺，未经允许，不得向第三方转让。",
            [("obligation", 4, "应当", ("end users",))],
        ),
        (
            "第七条　主管部门可以采取限制交易，责令中止出口等必要的措施。",
            [("permission", 4, "可以", ("competent authorities",))],
        ),
        (
            "第八条　国家出口管制管理部门对有下列情形之一的进口商，建立管控名单。",
            [("obligation", 4, "建立", ("state export control administrative departments",))],
        ),
        (
            "第九条　企业不得实施下列行为：\n\n（一）干扰航空器运行；\n\n（二）携带危险物品。",
            [("prohibition", 4, "不得", ("enterprises",))] * 2,
        ),
    ],
)
def test_laws_bind_by_what_stands_in_them(text: str, lines: list[Line]) -> None:
    assert lines_in(text, "regulation", "China") == lines


def test_a_law_is_about_its_own_technology_on_each_line() -> None:
    text = "第一条　用户可以删除其记录。\n\n第二条　提供者不得限制用户注销账号。"
    found = provisions_in(text, "regulation", "China", title="人工智能陪伴服务管理规定")
    assert [line.technologies for line in found] == [("ai",), ("ai",)]


def test_a_white_paper_tells_what_was_built_and_what_all_states_should_do() -> None:
    text = "中国已建成3个生物安全实验室。“十四五”期间，中央财政累计投入460亿元。各国都不应限制和平利用。"
    assert lines_in(text, "white paper", "China") == [
        ("measure", 3, "建成", ("China",)),
        ("measure", 3, "投入", ("China",)),
        ("recommendation", 2, "不应", ("countries",)),
    ]


def test_points_of_a_paper_are_headed_by_a_short_sentence() -> None:
    text = "三、对策建议\n\n第一，完善国内规则。我国应加快立法进程。可借鉴欧盟经验。"
    assert [line[2] for line in lines_in(text, "research paper")] == ["应", "可"]
