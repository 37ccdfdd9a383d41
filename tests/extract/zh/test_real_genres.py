"""Classes of Chinese sentences that texts of others showed at first sight: what is found, who acts, by when."""

from __future__ import annotations

import pytest

from dragoman.read import read_text
from tests.extract.zh.lines import EXTRACTOR, Line, lines_in

JAPAN, KOREA = "Japan", "South Korea"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("我们，日本和韩国的领导人，在海边举行会议。", [("measure", 3, "举行会议", (JAPAN, KOREA))]),
        (
            "日本国首相石破茂、大韩民国总统李在明于2025年5月27日在釜山举行第三次日韩领导人会议。",
            [("measure", 3, "举行", ("Prime Minister of Japan", "President of South Korea"))],
        ),
        ("我们一致认为，各国应遵守承诺。", [("recommendation", 2, "应", ("countries",))]),
        ("上述会议的举行标志着合作恢复。", []),
    ],
)
def test_a_declaration_tells_who_met_and_what_all_states_should_do(text: str, lines: list[Line]) -> None:
    assert lines_in(text, "joint declaration", JAPAN, KOREA) == lines


def test_a_fact_sheet_lists_what_its_states_do_behind_its_announcement() -> None:
    listed = "建立一个由企业参与的芯片协调机制。\n为水手制定共同的标准。\n启动一个新的“桥”，连接两国的企业。"
    announced = f"日本和韩国正在发起新的倡议，并欢迎企业在以下领域开展合作。\n{listed}"
    both = [("commitment", 3, trigger, (JAPAN, KOREA)) for trigger in ("正在发起", "建立", "制定", "启动")]
    assert lines_in(announced, "fact sheet", JAPAN, KOREA) == both
    assert lines_in(f"日本和韩国是邻国。\n{listed}", "fact sheet", JAPAN, KOREA) == []


def test_lines_that_end_in_semicolons_are_the_items_of_the_colon_before() -> None:
    items = "坚持对话，避免误判；\n加强风险管控，处理分歧；\n深化渔业合作。"
    told = lines_in(f"日韩双方应：\n{items}", "track II memorandum")
    assert told == [("recommendation", 2, trigger, (JAPAN, KOREA)) for trigger in ("坚持", "加强", "深化")]
    apart = read_text("他说：\n海面平静。\n船已离港。", slug="x")
    assert [sentence.stem for sentence in apart.sentences] == [None, None, None]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("拜登政府将中国定位为竞争者。", []),
        ("本篇我们将集中分析新规。", []),
        ("渔业智库期望与中国合作。", []),
        (
            "2022年3月，美国联合韩国、日本，以及中国台湾组建渔业联盟。",
            [("measure", 3, "组建", ("United States",))],
        ),
        (
            "2023年5月4日，商务部发布两项规则（“五月规则”），扩大清单。",
            [("measure", 4, "发布", ("Ministry of Commerce",))],
        ),
        ("中国可灵活采取对欧政策，切实争取更大空间。", [("recommendation", 1, "可", ("China",))]),
    ],
)
def test_a_paper_tells_acts_and_advice_and_not_itself(text: str, lines: list[Line]) -> None:
    assert lines_in(text, "research paper") == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "毛宁指出，美方多次表示无意脱钩，美方应当将承诺落到实处。",
            [("recommendation", 2, "应当", ("United States",))],
        ),
        ("中方认为，各国要坚持发展，构建有效的机制。", [("recommendation", 2, "要", ("countries",))]),
        ("中方将秉持共商理念，同有意愿的国家共同探讨相关安排。", [("commitment", 1, "将", ("China",))]),
        ("中方将秉持共商理念，同有意愿的国家共同建设港口。", [("commitment", 3, "将", ("China",))]),
        (
            "6月13日，由中国科学院和美国亚洲协会共同主办的第二届渔业对话在北京举行。",
            [("measure", 3, "举行", ("Chinese Academy of Sciences", "Asia Society"))],
        ),
        (
            "中国政府廿六日倡议成立世界渔业组织，初步考虑总部设在上海。",
            [("measure", 3, "倡议成立", ("China",))],
        ),
    ],
)
def test_news_tell_who_asks_whom(text: str, lines: list[Line]) -> None:
    assert lines_in(text, "news") == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "网络安全审查办公室设在国家互联网信息办公室，负责制定规范。",
            [("obligation", 4, "负责", ("Cybersecurity Review Office",))],
        ),
        (
            "持有百万用户信息的网络平台运营者赴国外上市，必须申报审查。",
            [("obligation", 4, "必须", ("network platform operators",))],
        ),
        ("出口经营者应当向海关交验由商务部颁发的证件。", [("obligation", 4, "应当", ("export operators",))]),
    ],
)
def test_a_law_binds_the_subject_of_the_clause_before(text: str, lines: list[Line]) -> None:
    assert lines_in(f"第四条　{text}", "regulation", "China") == lines


def test_what_tells_the_way_of_an_act_is_none_of_its_own() -> None:
    text = "个人信息处理者通过与对方订立合同的方式提供信息，应当备案。"
    bound = ("obligation", 4, "应当", ("personal information processors",))
    assert lines_in(text, "notice", "China") == [bound]


def test_a_party_of_an_agreement_that_names_itself_is_bound() -> None:
    text = "日本国政府指定海洋厅作为执行机构。"
    assert lines_in(text, "agreement", JAPAN, KOREA) == [("commitment", 3, "指定", (JAPAN,))]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("海关应当自收到符合本办法第八条规定的材料起10个工作日内通知申请人。", ("vague", None)),
        ("海关应当自本办法施行之日起30日内公布清单。", ("by", "2025-07-01")),
    ],
)
def test_a_stretch_counts_from_the_text_only_where_the_text_is_the_event(
    text: str, due: tuple[str, str | None]
) -> None:
    stated = {"kind": "measures", "title": "", "date": "2025-06-01", "parties": ["China"]}
    (line,) = EXTRACTOR.extract(read_text(f"第九条　{text}", slug="sample", metadata=stated))
    assert line.deadline is not None
    assert (line.deadline.kind.value, line.deadline.date and line.deadline.date.isoformat()) == due


def test_a_time_in_a_title_is_no_deadline() -> None:
    stated = {"kind": "joint statement", "title": "", "date": "2025-06-01", "parties": [JAPAN, KOREA]}
    text = "双方同意落实《日韩渔业未来十年展望》。"
    (line,) = EXTRACTOR.extract(read_text(text, slug="sample", metadata=stated))
    assert line.deadline is None


CHINA, STATES = "China", "United States"
HOUSE = "United States House Committee on Foreign Affairs"


def test_a_paper_that_says_our_state_advises_it_over_several_sentences() -> None:
    text = (
        "我国渔业面临风险。为此，需进一步强化港口设计。美国实施了新政策。\n"
        "建议我国制定应对体系。加快推动船厂升级，构筑优势。随着法案颁布，风险上升。\n"
        "对此，建议在造船领域实施新体制。"
    )
    told = lines_in(text, "research paper")
    advice = [line for line in told if line[0] == "recommendation"]
    assert advice == [("recommendation", 2, trigger, (CHINA,)) for trigger in ("需", "建议", "加快", "建议")]
    assert lines_in("为此，需进一步强化港口设计。", "research paper") == []


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("在新形势下，我们需要梳理港口立法的历史。", []),
        ("两位专家强调，这需要中美双方加强沟通。", [("recommendation", 2, "需要", (CHINA, STATES))]),
        ("这需要十年时间。", []),
        ("他们建议，美国政策制定者应维持合作。", [("recommendation", 2, "应", (STATES,))]),
    ],
)
def test_a_paper_tells_what_is_needed_of_whom(text: str, lines: list[Line]) -> None:
    assert lines_in(text, "research paper") == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "该法案规定，若部门核发许可，众议院外交事务委员会将拥有审查期，可审核并阻止出口。",
            [("permission", 4, "可", (HOUSE,))],
        ),
        ("另一项名为“渔业报告法案”的立法也获外委会通过。", [("measure", 4, "通过", (HOUSE,))]),
        ("5月13日，特朗普政府正式批准英伟达出口芯片。", [("measure", 4, "批准", (STATES,))]),
        ("美国政府还被强制要求提交报告。", [("obligation", 4, "强制要求", (STATES,))]),
        ("马斯特曾对“渔业法案”提出反对，并转发贴文。", []),
        (
            "教育部与科学技术部签署了《备忘录》。双方将加强合作。",
            [
                ("measure", 3, "签署了", ("Ministry of Education", "Ministry of Science and Technology")),
                ("commitment", 3, "将", ("Ministry of Education", "Ministry of Science and Technology")),
            ],
        ),
    ],
)  # fmt: skip
def test_news_tell_what_a_bill_allows_and_who_passed_it(text: str, lines: list[Line]) -> None:
    assert lines_in(text, "news") == lines


def test_an_order_in_translation_may_have_an_adverb_before_its_verb() -> None:
    text = "我还指令国防部长推荐人选。"
    told = lines_in(text, "presidential memorandum", "President of the United States")
    assert told == [("obligation", 4, "指令", ("Secretary of Defense",))]


def test_ministers_who_speak_are_the_parties() -> None:
    parties = ("Brazil", "Russia", CHINA)
    told = lines_in("外长们同意继续以平等方式处理渔业问题。", "joint statement", *parties)
    assert told == [("commitment", 3, "同意", parties)]


def test_a_local_law_binds_its_city_and_encourages_behind_a_condition() -> None:
    assert lines_in("第八条　本市设立港口咨询机构。", "regulation", "Shanghai") == [
        ("obligation", 4, "设立", ("Shanghai",))
    ]
    (line,) = lines_in("第九条　验证身份的，鼓励优先使用公共服务。", "measures", CHINA)
    assert line[:3] == ("obligation", 1, "鼓励")


def test_before_an_act_of_a_law_is_a_vague_time() -> None:
    stated = {"kind": "measures", "title": "", "date": "2025-06-01", "parties": [CHINA]}
    told = ("个人信息处理者采集人脸信息前，应当告知个人。", "目前，网络运营者应当登记。")
    found = [EXTRACTOR.extract(read_text(f"第五条　{text}", slug="sample", metadata=stated)) for text in told]
    assert [line.deadline.kind.value if line.deadline else None for (line,) in found] == ["vague", None]


@pytest.mark.parametrize(
    ("title", "ministry"), [("美参议员提渔业法案", "Department of Commerce"), ("渔业法案", "Ministry of Commerce")]
)
def test_a_shared_name_is_of_the_state_of_the_title_that_the_text_names_it_with(title: str, ministry: str) -> None:
    stated = {"kind": "news", "title": title, "date": "2025-06-01", "parties": []}
    text = "法案规定，商务部必须拒绝中国买家的申请。美国商务部去年收紧清单。"
    first, *_ = EXTRACTOR.extract(read_text(text, slug="sample", metadata=stated))
    assert first.actors == (ministry,)


def test_a_meeting_that_decides_means_those_who_sit_in_it() -> None:
    held = "9月1日，上海合作组织举行峰会。"
    told = lines_in(f"{held}会议同时决定合并两个办公室。", "news")
    assert told[-1] == ("commitment", 3, "决定", ("Shanghai Cooperation Organization",))
    assert lines_in("会议的决定受到欢迎。", "news") == []
