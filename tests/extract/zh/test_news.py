"""Classes of sentences of Chinese news, releases and papers that were misread at first sight."""

from __future__ import annotations

import pytest

from dragoman.read import read_text
from tests.extract.zh.lines import EXTRACTOR, provisions_in

Line = tuple[str, str, tuple[str, ...]]


def lines_in(text: str, kind: str = "news") -> list[Line]:
    """Return kind, trigger and actors of each line of a text."""
    return [(line.kind.value, line.trigger, line.actors) for line in provisions_in(text, kind)]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("根据草案，企业应在签约前报告。", [("obligation", "应", ("enterprises",))]),
        ("征求意见稿明定，运营商不得转售频谱。", [("prohibition", "不得", ("运营商",))]),
        ("草案还规定，原则上不予许可对外转让。", [("prohibition", "不予许可", ())]),
        (
            "三读条文规定，行政院应成立潮汐委员会。数发部应提供验证工具。",
            [("obligation", "应", ("行政院",)), ("obligation", "应", ("数发部",))],
        ),
        ("新条例规定，该事项由国科会办理。", [("obligation", "办理", ("国科会",))]),
        ("申请企业须于九十日内提交方案。", [("obligation", "须", ("申请企业",))]),
    ],
)
def test_news_tell_what_a_rule_lays_down(text: str, lines: list[Line]) -> None:
    assert lines_in(text) == lines


def test_what_a_rule_says_ends_where_somebody_speaks() -> None:
    text = "草案规定，企业应报告。分析师认为，各港口应观望。"
    assert lines_in(text)[:1] == [("obligation", "应", ("enterprises",))]
    assert "obligation" not in {kind for kind, *_ in lines_in(text)[1:]}


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("能源部会设立潮汐能小组。", [("commitment", "会", ("能源部",))]),
        ("「潮汐提升组」会研究重组工作流程。", [("commitment", "会", ("「潮汐提升组」",))]),
        ("新技术会改变海运。", []),
        ("立法院会周二通过潮汐法草案。", [("measure", "通过", ("立法院会",))]),
        ("双方会谈后发表了《潮汐联合声明》。", [("measure", "发表了", ())]),
        ("据估算，该计划将带动八百亿元投资。", []),
        ("在2023年11月的首脑会晤上，各方交换了意见。", []),
    ],
)
def test_news_tell_what_a_body_is_going_to_do(text: str, lines: list[Line]) -> None:
    assert [line[:2] for line in lines_in(text)] == [line[:2] for line in lines]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("发言人指出，中方坚决反对。希望美方取消限制。", [("recommendation", "希望", ("United States",))]),
        ("另有记者问，美方将加征关税，中方有何打算？", []),
        ("潮汐协会致信国会，要求推迟实施禁令。", [("recommendation", "要求", ("国会",))]),
        ("部长说，政府鼓励企业参与试点。", [("recommendation", "鼓励", ("enterprises",))]),
    ],
)
def test_news_tell_who_asks_whom(text: str, lines: list[Line]) -> None:
    assert [line[:2] for line in lines_in(text)] == [line[:2] for line in lines]


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("中美有责任在潮汐能领域管控分歧。", "有责任"),
        ("两国既要避免误判，也要避免对抗。", "要"),
    ],
)
def test_a_paper_advises_its_own_state_and_the_other_side(text: str, trigger: str) -> None:
    assert [line[1] for line in lines_in(text, "research paper")] == [trigger]


def test_a_paper_advises_under_its_heading_without_a_subject() -> None:
    text = "一、现状\n\n我国潮汐能发展迅速。\n\n二、政策建议\n\n对外，要用好潮汐合作平台。"
    assert [line[:2] for line in lines_in(text, "research paper")] == [("recommendation", "要")]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("欧盟委员会3日宣布，将在一年内投入三十亿欧元。", [("commitment", "将", ("European Commission",))]),
        ("双方宣布，潮汐研究院在奥斯陆设立代表处。", [("measure", "宣布", ())]),
        (
            "欧盟委员会表示，清单已经公布。未来还将公布更多项目清单。",
            [("commitment", "将", ("European Commission",))],
        ),
        ("历史性的贸易协议，将推动潮汐能产业。", []),
        ("我们已准备好应对一切挑战。", []),
        (
            "发言人说，出口经营者如需出口，应当根据《潮汐管理条例》提出申请。",
            [("obligation", "应当", ("export operators",))],
        ),
        (
            "部长表示，根据法律规定，商务部发布了第9号公告，禁止向其出口两用物项。",
            [("measure", "发布了", ("Ministry of Commerce",))],
        ),
        ("2月1日，潮汐署与港务署将规避管制的行为作为执法重点。", []),
    ],
)
def test_what_is_announced_is_read_once(text: str, lines: list[Line]) -> None:
    found = lines_in(text)
    assert [line[:2] for line in found if line[0] != "measure" or lines] == [line[:2] for line in lines]


def test_an_announcement_lays_down_its_list_and_what_it_refuses() -> None:
    text = (
        "经国务院批准，决定采取以下出口管制措施：\n"
        "一、境外组织在出口以下物项前，必须获得商务部颁发的许可证件：\n"
        "（一）含有潮汐磁材的物项；\n"
        "（二）原产于本国的潮汐磁材。\n"
        "二、对向境外军事用户的出口申请，原则上不予许可。"
    )
    kinds = [line[:2] for line in lines_in(text, "announcement")]
    assert kinds == [("measure", "决定"), ("obligation", "必须"), ("prohibition", "不予许可")]


def test_a_paper_whose_title_promises_advice_gives_it_in_its_second_half() -> None:
    text = "我国潮汐能企业的海外收入占比超过六成，订单外流的压力不容低估。\n\n企业需尽快完成数据隔离。"
    stated = {"kind": "research paper", "title": "潮汐法案的影响及应对", "date": "2025-06-01", "parties": []}
    found = EXTRACTOR.extract(read_text(text, slug="sample", metadata=stated))
    assert [(line.kind.value, line.trigger) for line in found] == [("recommendation", "需")]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("下一次会议拟于2026年春在海牙举行。", "2026-05-31"),
        ("四国将推动今年11月在格拉斯哥举行的大会取得成功。", None),
        ("潮汐部拟把磁材列入须经事前批准的清单。", None),
    ],
)
def test_a_season_is_due_and_a_date_in_a_name_is_not(text: str, due: str | None) -> None:
    stated = {"kind": "news", "title": "", "date": "2025-06-01", "parties": []}
    found = EXTRACTOR.extract(read_text(text, slug="sample", metadata=stated))
    assert [line.deadline and str(line.deadline.date) for line in found] == [due]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("港务委员会本周三通过两项与潮汐有关的法案。", [("measure", "通过")]),
        ("另一项名为“潮汐报告法案”的立法也获参议院通过。", [("measure", "通过")]),
        ("部长李某提出方案。李某将把潮汐投资纳入计划。", [("commitment", "将")]),
        ("潮汐部预定在11月底前敲定方案。", [("commitment", "预定")]),
        ("潮汐部已公布方案。下一步，将推动试点。", [("commitment", "将")]),
        ("潮汐部在预算中的比重将大幅提高。", []),
        ("新总统将于1月20日就任。", []),
        ("由于不确定这项政策是否能成功，各方观望。", []),
        ("政府编列一百二十亿元推动潮汐计划。", [("measure", "编列")]),
        ("中方对此表示感谢，愿学习借鉴其经验。", [("commitment", "愿")]),
    ],
)
def test_news_of_parliaments_and_budgets(text: str, lines: list[tuple[str, str]]) -> None:
    assert [line[:2] for line in lines_in(text) if line[1] != "提出"] == lines


def test_what_is_believed_to_bring_about_something_is_no_plan() -> None:
    assert lines_in("我们相信，加强互联互通，将带来新的机遇。", "joint statement") == []


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("双方将开展负责任的潮汐研究。", [("commitment", "将")]),
        ("商务部将来自三国的企业列入实体清单。", [("measure", "列入")]),
        ("总统表示，将果断制定支援方案。", [("commitment", "将")]),
        ("政府还将拨款一千万英镑用于提升监管技能。", [("commitment", "将")]),
        ("另外，1900万英镑（2380万美元）将用于21个项目。", [("commitment", "将")]),
        ("监管机构必须在4月30日之前公布潮汐办法。", [("obligation", "必须")]),
        ("这些研究中心将支持潮汐能研发。", [("commitment", "将")]),
    ],
)
def test_news_of_funds_and_of_what_is_due(text: str, lines: list[tuple[str, str]]) -> None:
    assert [line[:2] for line in lines_in(text)] == lines


def test_what_is_under_way_is_told_by_its_projects() -> None:
    text = "欧盟进行中的工作包括潮汐预报、港口改造等。"
    assert [line[:2] for line in lines_in(text, "research paper")] == [("measure", "进行中")]


def test_what_ends_a_ban_is_a_legal_act() -> None:
    stated = {"kind": "news", "title": "", "date": "2025-06-01", "parties": []}
    found = EXTRACTOR.extract(read_text("5月2日，中国宣布解除牛肉禁令。", slug="sample", metadata=stated))
    assert [(line.trigger, line.force) for line in found] == [("宣布解除", 4)]


@pytest.mark.parametrize(
    ("text", "triggers"),
    [
        ("首先，关键在于尽快建立潮汐测试平台。", ["关键在于"]),
        ("其次，最紧迫的任务是培养工程人才。", ["最紧迫的任务是"]),
        ("成败的关键在于人才。", []),
    ],
)
def test_a_paper_advises_without_a_modal_where_an_act_follows(text: str, triggers: list[str]) -> None:
    paper = f"一、现状\n\n我国潮汐能起步较早。\n\n二、对策建议\n\n{text}"
    assert [line[1] for line in lines_in(paper, "research paper")] == triggers
