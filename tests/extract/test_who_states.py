"""Which state a Chinese text means by a character and 方, by 政府, 我方, or by one name before two agencies."""

from __future__ import annotations

import pytest

from dragoman.extract import Extractor
from dragoman.extract.context import read_context
from dragoman.extract.mentions import mentions_in
from dragoman.extract.view import views_of
from dragoman.lexicon import load_lexicon
from dragoman.read import read_text


def actors(text: str, kind: str = "news", title: str = "", *parties: str) -> list[tuple[str, ...]]:
    """Return who acts in the provisions of a text, in order."""
    stated = {"title": title, "date": "2026-02-01", "kind": kind, "parties": list(parties)}
    document = read_text(text, slug="test", metadata=stated)
    return [provision.actors for provision in Extractor(load_lexicon()).extract(document)]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("乌兹别克斯坦外长昨日来访。乌方将开放两个港口。", "Uzbekistan"),
        ("乌兹别克斯坦、乌兹别克斯坦总统与乌克兰均在场。乌方将开放两个港口。", "Uzbekistan"),
        ("乌克兰外长昨日来访。乌方将开放两个港口。", "Ukraine"),
        ("沙特阿拉伯大臣昨日来访。沙方将开放两个港口。", "Saudi Arabia"),
        ("马尔代夫总统昨日来访。马方将开放两个港口。", "Maldives"),
        ("印度尼西亚总统昨日来访。印方将开放两个港口。", "Indonesia"),
        ("首尔当局将开放两个港口。", "South Korea"),
        ("行政院昨日举行记者会。政府将开放两个港口。", "Taiwan"),
        ("行政院昨日说明谈判结果。我方将开放两个港口。", "Taiwan"),
        ("香港市民关注财政状况。特区政府将开放两个港口。", "Hong Kong"),
    ],
)
def test_a_short_word_for_a_state_means_the_one_the_text_is_about(text: str, state: str) -> None:
    assert actors(text)[-1] == (state,)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("矿石破碎的设备由港口管理", "Prime Minister of Japan"),
        ("双方努力拓展航线", "Rio Tinto"),
        ("双方依靠智慧与勤劳", "Hewlett Packard Enterprise"),
        ("中美团队修建码头", "Meituan"),
        ("关联电子元件的船只", "UMC"),
        ("港口提高通关速度", "Qualcomm"),
        ("船只平安靠岸", "Amkor"),
        ("县工贸部门管理港口", "Ministry of Industry and Trade"),
        ("Ports dwell on semiconductor cargo.", "ON Semiconductor"),
        ("Ports need to scale AI tools and to shield AI users.", "Scale AI"),
        ("Ports need to scale AI tools and to shield AI users.", "Shield AI"),
    ],
)
def test_words_that_hold_the_name_of_a_firm_or_leader_name_nobody(words: str, name: str) -> None:
    lexicon = load_lexicon()
    document = read_text(words, slug="test", metadata={"title": "", "date": "2026-02-01", "kind": "news"})
    context = read_context(document, lexicon)
    view = next(views_of(document, lexicon, context.hits))
    assert name not in {mention.name for mention in mentions_in(view, view.start, view.end, context)}


def test_a_party_goes_before_another_state_of_the_same_character() -> None:
    text = "几内亚湾与马来西亚的港口都很繁忙。马方将开放两个港口。"
    assert actors(text, "news", "", "China", "Malta")[-1] == ("Malta",)


def test_directions_and_other_words_before_the_sign_of_a_side_are_no_states() -> None:
    text = "东帝汶总统昨日来访。东方航空港口的条件很好。中国将开放两个港口。"
    assert actors(text)[-1] == ("China",)


def test_a_second_ministry_belongs_to_the_state_before_the_first() -> None:
    text = "中方对此表示关切。美国商务部与财政部宣布了两项港口禁令。"
    assert actors(text)[-1] == ("Department of Commerce", "Department of the Treasury")


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("越南的芯片与软件企业将扩建两个港口。", "越南的芯片与软件企业"),
        ("越南港口与航道管理局将扩建两个码头。", "越南港口与航道管理局"),
        ("2024年，沙特阿拉伯航道与港口管理局同本国主权基金签署协议。", "沙特阿拉伯航道与港口管理局"),
        (
            "监管机构如英国通信管理局和竞争与市场管理局必须在4月30日前公布港口名单。",
            "Competition and Markets Authority",
        ),
        ("韩国关注港口。总统室将公布港口名单。", "总统室"),
        ("「港口督导组」将扩建两个码头。", "港口督导组"),
        ("交通运输部等六部门联合印发《港口扩建方案》。", "Ministry of Transport"),
        ("两项港口法案昨日获美国国会通过。", "United States Congress"),
        (
            "2024年7月，智利主提的港口决议在第78届联合国大会以协商一致方式通过，这是首份港口文件。",
            "United Nations General Assembly",
        ),
        ("英国去年新设的人工智能安全研究所将测试港口系统。", "AI Security Institute"),
        ("针对中国，一方面，美国扩大港口管制，另一方面，美国修订条例，拟限制港口设备。", "United States"),
    ],
)
def test_who_acts_is_read_behind_the_first_name(text: str, who: str) -> None:
    assert actors(text)[-1][-1] == who


def test_two_joined_doers_of_a_state_stay_two() -> None:
    assert actors("越南工贸部与财政部将扩建两个港口。")[-1] != ("越南工贸部与财政部",)


def test_each_state_is_everybody_in_advice_and_in_what_two_say() -> None:
    advice = "双方专家讨论了港口安全。各国应在两年内公布港口清单。"
    assert actors(advice, "track II statement", "", "China", "United States")[-1] == ("countries",)
    joint = "各国应在两年内公布港口清单。"
    assert actors(joint, "joint statement", "", "China", "Chile")[-1] == ("countries",)
    three = ("China", "Chile", "Peru")
    assert actors(joint, "joint statement", "", *three)[-1] == three


def test_those_in_charge_on_both_sides_stand_for_the_sides() -> None:
    assert actors("双方负责人承诺扩大港口合作。", "joint statement", "", "Chile", "Peru")[-1] == ("Chile", "Peru")


def test_an_announcement_refuses_for_the_agency_that_gives_it_out() -> None:
    text = "一、出口经营者应当申请许可。\n二、向清单所列用户出口港口设备的申请，原则上不予许可。"
    assert actors(text, "announcement", "", "Ministry of Commerce")[-1] == ("Ministry of Commerce",)


def test_the_governments_of_each_side_are_those_of_both() -> None:
    text = "双方学者敦促各自政府在2027年前公布港口清单。"
    assert actors(text, "track II statement", "", "Chile", "Peru")[-1] == ("Chile", "Peru")
