from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.extract.due import nearest
from dragoman.extract.zh.deadlines import deadlines_within
from tests.extract.clauses import check_deadline, check_words_and_day

TODAY = date(2023, 6, 8)
CASES = [
    ("企业应当在收到通知后七十二小时内报告。", "vague", None, "在收到通知后七十二小时内"),
    ("企业应当在二十四小时内报告。", "vague", None, "在二十四小时内"),
    ("主管机关不迟于收到申请后30日答复。", "vague", None, "不迟于收到申请后30日"),
    ("企业应于每年1月31日前报送情况。", "recurring", "P1Y", "于每年1月31日前"),
    ("部门将于下半年开展抽查。", "by", "2023-12-31", "于下半年"),
    ("下个月，双方将举行对话。", "by", "2023-07-31", "下个月"),
    ("飞行前，操控员须检查风筝。", "vague", None, "飞行前"),
    ("有关机关应当提前向社会公告。", "vague", None, "提前"),
    ("主管机关应当自收到申请之日起进行审查。", "vague", None, "自收到申请之日起"),
    ("双方将在未来两至三年建成码头。", "by", "2026-06-08", "在未来两至三年"),
    ("“十五五”期间，我们将建成码头。", "by", "2030-12-31", "“十五五”期间"),
    ("双方将在2023年底前公布计划。", "by", "2023-12-31", "在2023年底前"),
    ("双方将于2024年3月1日前公布计划。", "by", "2024-03-01", "于2024年3月1日前"),
    ("双方将于2023年10月5日举行会谈。", "on", "2023-10-05", "于2023年10月5日"),
    ("我们承诺在未来12个月内设立办事处。", "by", "2024-06-08", "在未来12个月内"),
    ("我们承诺在未来六个月内设立办事处。", "by", "2023-12-08", "在未来六个月内"),
    ("从未来12个月开始联合研究。", "from", "2024-06-08", "从未来12个月开始"),
    ("双方将在今年晚些时候提交报告。", "by", "2023-12-31", None),
    ("双方将于秋季提交报告。", "by", "2023-11-30", "于秋季"),
    ("双方将在2024年第二季度提交报告。", "by", "2024-06-30", "在2024年第二季度"),
    ("双方将在明年上半年提交报告。", "by", "2024-06-30", None),
    ("到2030年建成网络。", "by", "2030-12-31", "到2030年"),
    ("自本命令发布之日起90天内,部长应提交报告。", "by", "2023-09-06", "自本命令发布之日起90天内"),
    ("两国政府力争在今后十八个月内采用电子发票。", "by", "2024-12-08", "在今后十八个月内"),
    ("委员会将在本宣言发表之日起十二个月内发布报告。", "by", "2024-06-08", None),
    ("自收到申请之日起三十日内,主管机关应当答复。", "vague", None, None),
    ("理事会每年召开两次会议。", "recurring", "P6M", "每年召开两次"),
    ("理事会每三年举行一次审议。", "recurring", "P3Y", None),
    ("经营者应当及时告知用户。", "vague", None, "及时"),
    ("双方将在未来几个月磋商。", "vague", None, "在未来几个月"),
    ("经营者在处理数据前应当告知用户。", "vague", None, "在处理数据前"),
    ("双方将在半年内提交报告。", "by", "2023-12-08", "在半年内"),
    ("双方将在一年半内建成码头。", "by", "2024-12-08", "在一年半内"),
    ("双方将在两个半月内提交报告。", "by", "2023-08-23", "在两个半月内"),
    ("双方将在半个月内答复。", "by", "2023-06-23", "在半个月内"),
    ("双方将在百日内提交方案。", "by", "2023-09-16", "在百日内"),
    ("双方将在2026年之前完成研究。", "by", "2025-12-31", "在2026年之前"),
    ("双方计划年内举行一次演习。", "by", "2023-12-31", "年内"),
    ("双方将实现2030年减排目标。", "by", "2030-12-31", "2030年"),
    ("双方将于2025年发布行动计划。", "by", "2025-12-31", "于2025年"),
    ("双方将在月底前提交报告。", "by", "2023-06-30", "在月底前"),
]


@pytest.mark.parametrize(("sentence", "kind", "when", "words"), CASES, ids=[case[0] for case in CASES])
def test_deadline(sentence: str, kind: str, when: str | None, words: str | None) -> None:
    check_deadline(nearest(deadlines_within(sentence, 0, len(sentence), TODAY)), kind, when, words)


@pytest.mark.parametrize(
    "sentence",
    [
        "双方回顾2019年签署的协定,将继续合作。",
        "双方将加强合作。",
        "如前所述,双方将合作。",
        "双方将落实2030年可持续发展议程。",
        "双方将落实“2025年行动计划”。",
        "双方在4月的会谈中同意合作。",
        "法院可以禁止其在一定期限内任职。",
    ],
)
def test_no_deadline(sentence: str) -> None:
    assert nearest(deadlines_within(sentence, 0, len(sentence), TODAY)) is None


def test_in_a_law_a_bare_stretch_hangs_on_the_act_before_it() -> None:
    text = "主管机关应当在十日内作出决定。"
    law = nearest(deadlines_within(text, 0, len(text), TODAY, events=True))
    promise = nearest(deadlines_within(text, 0, len(text), TODAY))
    assert law is not None
    assert promise is not None
    assert (law.kind, law.date) == ("vague", None)
    assert promise.date == date(2023, 6, 18)


@pytest.mark.parametrize(
    ("sentence", "words", "event"),
    [
        ("市长承诺在上任前100天内修桥。", "在上任前100天内", "上任"),
        ("双方将在就任后的头100天内会晤。", "在就任后的头100天内", "就任"),
        ("双方将在协定生效60天内提交报告。", "在协定生效60天内", "协定生效"),
        ("主管部门应当自受理申请之日起三十日内答复。", "自受理申请之日起三十日内", "受理申请"),
        ("企业应于变更后十日内备案。", "于变更后十日内", "变更"),
        ("企业应当收到通知后十日内备案。", "收到通知后十日内", "收到通知"),
    ],
)
def test_the_name_of_an_event_holds_no_subject_and_no_verb_of_the_clause(
    sentence: str, words: str, event: str
) -> None:
    deadline = nearest(deadlines_within(sentence, 0, len(sentence), TODAY))
    assert deadline is not None
    assert (deadline.text, deadline.kind, deadline.date, deadline.event) == (words, "vague", None, event)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("双方将{}于2024年3月1日前公布计划。", "于2024年3月1日前"),
        ("双方将{}2024年底前公布计划。", "2024年底前"),
        ("双方将到{}{}五年内建成码头。", "五年内"),
    ],
)
def test_a_long_run_of_blanks_before_a_time_is_no_part_of_it_and_is_read_once(sentence: str, words: str) -> None:
    text = sentence.format(*[" " * 10_000] * 2)  # looked at anew from each blank, it takes minutes
    (found,) = deadlines_within(text, 0, len(text), TODAY)
    assert (found.text, found.start) == (words, text.index(words))


WORDS = st.sampled_from(
    ["在", "于", "到", "2024年", "底", "前", "12", "个月", "内", "未来", "每", "两年", "一次", "秋季", "3月", "31日", "今年", "自", "之日起",
     "本命令", "发布", "天", ",", "及时", "第三季度", "明年", "30日", "2月", "后", "下一次", "会议", "小时", "提前", "向", "十五五", "期间", "不迟于", "下半年", "之日起进行"]
)  # fmt: skip


@given(st.lists(WORDS, max_size=12), st.none() | st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.booleans())
def test_the_words_of_a_deadline_stand_in_the_text_and_its_date_lies_ahead(
    words: list[str],
    today: date | None,
    events: bool,  # noqa: FBT001 - drawn
) -> None:
    text = "".join(words)
    check_words_and_day(text, deadlines_within(text, 0, len(text), today, events=events), today)
