from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.extract import Extractor
from dragoman.lexicon import load_lexicon, load_pack
from dragoman.model import Language
from dragoman.model.force_difference import Direction, ForceDifference, ForceReport, Gravity, difference_to_row
from dragoman.read import read_text
from dragoman.terms import align
from dragoman.terms.figures import compare_figures
from dragoman.terms.force import compare_force
from dragoman.terms.force_negation import compare_negation
from dragoman.terms.markers import load_classes, markers
from dragoman.terms.omissions import compare_phrases

AROUND = [
    ("The harbour office publishes a map of the reefs.", "港务局公布一份礁石地图。"),
    ("Two ferries cross the strait on Sundays.", "两艘渡轮星期日横渡海峡。"),
    ("The lighthouse was painted white in 1931.", "灯塔于1931年被漆成白色。"),
]
"""Sentences that say the same, so that there is a text around the pair of a test."""


def checked(*pairs: tuple[str, str]) -> ForceReport:
    english, chinese = ("\n\n".join(pair[side] for pair in (*AROUND, *pairs)) for side in (0, 1))
    alignment = align(read_text(english, slug="en"), read_text(chinese, slug="zh"), load_lexicon())
    return compare_force(alignment, load_lexicon())


def only(english: str, chinese: str) -> ForceDifference:
    report = checked((english, chinese))
    assert len(report.differences) == 1, [one.reason(Language.EN) for one in report.differences]
    return report.differences[0]


# ours: what is planted, one of each class; the kind and the gravity it must have
PLANTED = [
    (
        "Exporters must label the crates.",
        "出口商可以给板条箱贴标签。",
        "obligation",
        Gravity.MAJOR,
        Direction.WEAKER,
    ),
    (
        "The inspector may open the crates.",
        "检查员必须打开板条箱。",
        "obligation",
        Gravity.MAJOR,
        Direction.STRONGER,
    ),
    (
        "Both ports commit to share tide data.",
        "两港打算共享潮汐数据。",
        "commitment",
        Gravity.MAJOR,
        Direction.WEAKER,
    ),
    (
        "Both ports intend to share tide data.",
        "两港承诺共享潮汐数据。",
        "commitment",
        Gravity.MAJOR,
        Direction.STRONGER,
    ),
    (
        "Both ports are committed to sharing tide data.",
        "两港致力于共享潮汐数据。",
        "commitment",
        Gravity.MINOR,
        Direction.WEAKER,
    ),
    (
        "A new pier would attract larger ships.",
        "新码头将吸引更大的船只。",
        "hedge",
        Gravity.MAJOR,
        Direction.STRONGER,
    ),
    (
        "The pilots shall not leave the bridge.",
        "领航员应当离开驾驶台。",
        "obligation",
        Gravity.MAJOR,
        Direction.NONE,
    ),
    ("The permit is valid in winter.", "该许可证在冬季无效。", "negation", Gravity.MAJOR, Direction.NONE),
    ("The permit is not valid in winter.", "该许可证在冬季有效。", "negation", Gravity.MAJOR, Direction.NONE),
    ("The fee is 450 euros per ship.", "每艘船的费用为540欧元。", "number", Gravity.MAJOR, Direction.NONE),
    (
        "The owner must repair the hull within 60 days.",
        "船主必须在60年内修理船体。",
        "deadline",
        Gravity.MAJOR,
        Direction.NONE,
    ),
    (
        "The council meets annually in the old town hall.",
        "理事会每月在旧市政厅开会。",
        "deadline",
        Gravity.MAJOR,
        Direction.NONE,
    ),
    ("All fishermen will receive a radio.", "部分渔民将收到一台无线电。", "scope", Gravity.MAJOR, Direction.NONE),
    ("At least 20 boats will take part.", "至多20艘船将参加。", "number", Gravity.MAJOR, Direction.NONE),
    (
        "If the wind rises, the ferry stays in port.",
        "除非风力增大，渡轮留在港内。",
        "condition",
        Gravity.MAJOR,
        Direction.NONE,
    ),
    (
        "The mayor, in consultation with the fishermen, sets the quota.",
        "市长与渔民协商后确定配额。",
        "condition",
        Gravity.MAJOR,
        Direction.NONE,
    ),
    ("Norway will repair the pier.", "丹麦将修理码头。", "actor", Gravity.MAJOR, Direction.NONE),
    (
        "The ministers will conclude the talks on herring.",
        "部长们将启动关于鲱鱼的会谈。",
        "status",
        Gravity.MAJOR,
        Direction.NONE,
    ),
    (
        "We support the islanders for as long as it takes.",
        "我们支持岛民。",
        "scope/duration",
        Gravity.MAJOR,
        Direction.NONE,
    ),
    (
        "We share the burden of cleaning the bay with authoritarian neighbours.",
        "我们与邻国分担清理海湾的负担。",
        "omission",
        Gravity.MAJOR,
        Direction.NONE,
    ),
    (
        "The islands will reduce the number of lobster traps.",
        "各岛将增加龙虾笼的数量。",
        "content",
        Gravity.MAJOR,
        Direction.NONE,
    ),
]


@pytest.mark.parametrize(("english", "chinese", "kind", "gravity", "direction"), PLANTED)
def test_a_planted_difference_is_found(
    english: str, chinese: str, kind: str, gravity: Gravity, direction: Direction
) -> None:
    found = only(english, chinese)
    assert (found.kind, found.gravity) == (kind, gravity)
    assert direction is Direction.NONE or direction in {one.direction for one in found.remarks}


CLEAN = [
    ("Both ports will review the tide tables once a year.", "两港将每年审查一次潮汐表。"),
    ("Exporters must label the crates.", "出口商必须给板条箱贴标签。"),
    ("The pilot shall report the draught of the ship.", "领航员应当报告船舶吃水。"),
    ("The council may close the beach.", "理事会可以关闭海滩。"),
    ("No ship shall anchor over the cable.", "任何船只不得在电缆上方抛锚。"),
    ("Both ports will share tide data.", "两港将共享潮汐数据。"),
    ("Both ports commit to sharing tide data.", "两港承诺共享潮汐数据。"),
    ("The fee is 1.5 million euros, or 15 percent of the price.", "费用为150万欧元，即价格的15%。"),
    ("The map is indispensable for divers.", "该地图对潜水员不可或缺。"),
    ("The plan for the new pier was welcomed by the islanders.", "新码头的计划受到岛民欢迎。"),
    ("The fishermen need a sustainable and reliable quota.", "渔民需要可持续和可靠的配额。"),
    ("The beach will be closed no later than 30 September 2027.", "海滩将不迟于2027年9月30日关闭。"),
    ("The general said that the future of the island is open.", "将军说该岛的未来是开放的。"),
]


@pytest.mark.parametrize(("english", "chinese"), CLEAN)
def test_what_says_the_same_is_left_alone(english: str, chinese: str) -> None:
    assert [one.reason(Language.EN) for one in checked((english, chinese)).differences] == []


def test_a_row_has_the_five_keys_and_whole_sentences() -> None:
    report = checked(("Exporters must label the crates.", "出口商可以给板条箱贴标签。"))
    row = difference_to_row(report.differences[0])
    assert list(row) == ["en", "zh", "severity", "kind", "reason"]
    assert report.alignment.english.slice(*row["en"]) == "Exporters must label the crates."
    assert report.alignment.chinese.slice(*row["zh"]) == "出口商可以给板条箱贴标签。"
    assert row["reason"] == "“must” (duty) stands as “可以” (permission or ability); the Chinese binds less"


def test_the_most_serious_comes_first() -> None:
    report = checked(
        ("Both ports are committed to sharing tide data.", "两港致力于共享潮汐数据。"),
        ("The inspector may open the crates.", "检查员必须打开板条箱。"),
    )
    assert [one.gravity for one in report.differences] == [Gravity.MAJOR, Gravity.MINOR]


def test_reasons_stand_in_both_languages() -> None:
    found = only("The permit is not valid in winter.", "该许可证在冬季有效。")
    assert found.reason(Language.ZH) == "“not”：英文为否定，中文不是"


def test_a_sentence_that_one_version_leaves_out_is_told() -> None:
    english = [*AROUND, ("The mayor must publish the accounts of the fund every spring.", ""), *CLEAN[:2]]
    texts = ["\n\n".join(pair[side] for pair in english if pair[side]) for side in (0, 1)]
    alignment = align(read_text(texts[0], slug="en"), read_text(texts[1], slug="zh"), load_lexicon())
    found = compare_force(alignment, load_lexicon()).differences
    assert [(one.kind, one.zh[0] == one.zh[1]) for one in found] == [("omission", True)]


def test_a_title_in_two_renderings_is_told_where_it_is_the_rarer() -> None:
    report = checked(
        ("The Secretary of State will visit the port.", "国务卿将访问港口。"),
        ("The Secretary of State will open the pier.", "国务卿将启用码头。"),
        ("The Secretary of State will meet the divers.", "国务大臣将会见潜水员。"),
    )
    assert [(one.kind, one.gravity) for one in report.differences] == [("consistency", Gravity.MINOR)]
    assert "国务大臣" in report.differences[0].reason(Language.EN)


def test_numerals_of_a_list_are_of_one_kind() -> None:
    english = (
        "The office shall publish:\n\n(i) a list of wrecks;\n\n(ii) a list of buoys;\n\n(iii) a list of lamps."
    )
    chinese = "该办公室应当公布：\n\n(i) 沉船清单；\n\n(二) 浮标清单；\n\n(iii) 灯具清单。"
    alignment = align(read_text(english, slug="en"), read_text(chinese, slug="zh"), load_lexicon())
    found = compare_force(alignment, load_lexicon()).differences
    assert [one.kind for one in found] == ["numbering"]


def test_a_denied_right_that_is_granted_is_told() -> None:
    english = "This notice does not create any right, enforceable by any party against the port."
    chinese = "本通知不会创设任何权利，任何一方均可对港口强制执行。"
    found = only(english, chinese)
    assert (found.kind, found.gravity) == ("negation", Gravity.MAJOR)


def test_provisions_are_a_second_witness() -> None:
    pair = ("The two sides will finish the report by 3 May 2027.", "双方将在2027年5月30日前完成报告。")
    english, chinese = ("\n\n".join(one[side] for one in (*AROUND, pair)) for side in (0, 1))
    first, second = read_text(english, slug="en"), read_text(chinese, slug="zh")
    extract = Extractor(load_lexicon()).extract
    report = compare_force(align(first, second, load_lexicon()), load_lexicon(), (extract(first), extract(second)))
    assert "due 2027-05-03 in the English, 2027-05-30 in the Chinese" in report.differences[0].reason(Language.EN)


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("over 2.7 million jobs", "超过270万个就业岗位"),
        ("$1.5 trillion", "1.5万亿美元"),
        ("a twenty-first century plan", "21世纪计划"),
        ("in May 2030", "2030年5月"),
        ("it may take twelve months", "可能需要12个月"),
        ("millions of shells", "数百万枚贝壳"),
        ("for a decade", "十年"),
    ],
)
def test_figures_that_are_the_same(english: str, chinese: str) -> None:
    assert list(compare_figures(english, chinese)) == []


@pytest.mark.parametrize(
    ("english", "chinese", "kind"),
    [
        ("30 boats", "40艘船", "number"),
        ("30 days", "30个月", "deadline"),
        ("thirty pounds", "30欧元", "number"),
        ("millions of shells", "数亿枚贝壳", "number"),
    ],
)
def test_figures_that_differ(english: str, chinese: str, kind: str) -> None:
    assert [one.kind for one in compare_figures(english, chinese)] == [kind]


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("constant growth", "不断增长"),
        ("an unmanned boat", "无人船"),
        ("not only ships", "不仅是船"),
        ("never again", "绝不再犯"),
    ],
)
def test_words_that_only_look_like_a_negation(english: str, chinese: str) -> None:
    assert list(compare_negation(english, chinese)) == []


def test_longest_marker_wins() -> None:
    found = [(one.text, one.force.name) for one in markers("They must not only look.", Language.EN)]
    assert found == [("must", "duty"), ("not only", "not-only")]
    assert [one.force.name for one in markers("供应商应当适应未来的要求", Language.ZH)] == ["ought", "demand"]


def test_a_phrase_without_an_answer() -> None:
    assert [one.kind for one in compare_phrases("Act in good faith.", "行动。")] == ["omission"]
    assert list(compare_phrases("Act in good faith.", "善意行事。")) == []


def test_every_class_has_a_name_in_both_languages() -> None:
    names = load_pack("terms/force-words.yaml")["classes"]
    assert {name for name in load_classes() if set(names.get(name, ())) != {"en", "zh"}} == set()


@pytest.mark.real
def test_the_slips_of_the_order_are_found(shared: Path) -> None:
    folder = shared / "corpus" / "parallel"
    texts = [
        read_text((folder / f"eo-14320-ai-exports-2025.{side}.txt").read_text("utf-8"), slug=side)
        for side in ("en", "zh")
    ]
    report = compare_force(align(texts[0], texts[1], load_lexicon()), load_lexicon())
    said = " ".join(one.reason(Language.EN) for one in report.differences)
    assert all(
        word in said for word in ("国务大臣", "packages", "grants in the Chinese", "another kind of numeral")
    )
