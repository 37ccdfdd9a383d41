"""Classes of subjects that texts never seen before got wrong at first sight, in sentences of our own."""

from __future__ import annotations

import pytest

from dragoman.model import Kind
from tests.extract.acts import text_of

PAIR = ("United States", "Japan")
TREASURY, ENERGY = "Secretary of the Treasury", "Secretary of Energy"


@pytest.mark.parametrize(
    ("sentence", "actors"),
    [
        ("The Secretary of Energy, acting through the Director of NIST; the Secretary of the Treasury; and the Attorney General shall report.",
         (ENERGY, TREASURY, "Attorney General")),
        ("The Secretary of Energy, through the NSF Director, and the Secretary of the Treasury shall report.", (ENERGY, TREASURY)),
        ("The Secretary of Energy with respect to reactors, and the Secretary of the Treasury with respect to funds, shall report.",
         (ENERGY, TREASURY)),
        ("The Secretary of Energy, in coordination with the Attorney General, shall report.", (ENERGY,)),
        ("Agencies’ policies shall reduce risk.", ("agencies",)),
        ("The Review Panel shall report.", ("Review Panel",)),
    ],
)  # fmt: skip
def test_a_list_of_offices_with_asides_acts_as_a_whole(sentence: str, actors: tuple[str, ...]) -> None:
    text = text_of(sentence, "executive order", "United States")
    assert text.read("shall", Kind.OBLIGATION).actors == actors


@pytest.mark.parametrize(
    ("text", "within", "actors"),
    [
        ("Any conspiracy formed to violate this order is prohibited.", "Any", ("any person",)),
        ("The import of kites is prohibited.", "import", ("persons",)),
        ("New investment in kites by a United States person is prohibited.", "New", ("United States persons",)),
    ],
)
def test_what_an_order_forbids_without_saying_whom(text: str, within: str, actors: tuple[str, ...]) -> None:
    read = text_of(text, "executive order", "United States").read("is prohibited", Kind.PROHIBITION, within=within)
    assert read.actors == actors


def test_who_issues_regulations_answers_for_what_their_list_says() -> None:
    text = text_of(
        "The Attorney General shall issue regulations on kites.\n\nAny proposed regulations on kites:\n\n"
        "(i) shall name the kites; and\n\n(ii) may not name toys.",
        "executive order",
        "United States",
    )
    assert text.read("shall", Kind.OBLIGATION, within="issue").actors == ("Attorney General",)
    assert text.read("shall", Kind.OBLIGATION, within="shall name").actors == ("Attorney General",)


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("A new Task Force on Kite Yards was launched. The interagency Task Force will report.", "Task Force on Kite Yards"),
        ("We set up the Coral Reef Partnership (CRP) Forum. The CRP Forum will meet.", "Coral Reef Partnership Forum"),
        ("Japan set up a Reef Advisory Panel. This advisory panel will meet.", "Reef Advisory Panel"),
    ],
)  # fmt: skip
def test_a_short_name_of_a_body_is_read_in_full(text: str, actors: str) -> None:
    assert text_of(text, "joint statement", *PAIR).read("will").actors == (actors,)


def test_a_body_is_taken_up_from_the_title() -> None:
    text = text_of(
        "The Task Force will meet.",
        "joint statement",
        *PAIR,
        title="Joint Statement on the Reef Task Force on Coral",
    )
    assert text.read("will").actors == ("Reef Task Force on Coral",)


def test_a_proclamation_that_a_report_tells_of_is_its_givers_act() -> None:
    text = text_of("The Proclamation imposes a tariff on kites.", "fact sheet", "United States")
    assert text.read("imposes", Kind.MEASURE).actors == ("President of the United States",)


def test_names_with_their_short_form_in_brackets_stand_side_by_side() -> None:
    text = text_of(
        "The United States of America (the United States) and the People’s Republic of Bangladesh (Bangladesh) "
        "have agreed to a plan.",
        "joint statement",
    )
    assert text.read("have agreed to").actors == ("United States", "Bangladesh")


@pytest.mark.parametrize(
    ("sentence", "trigger", "actors"),
    [
        ("中国与阿拉伯国家联盟签署谅解备忘录。", "签署", ("China", "League of Arab States")),
        ("英飞凌与瑞萨电子4日在慕尼黑签署合作协议。", "签署", ("Infineon", "Renesas")),
        ("某社慕尼黑11月4日电 英飞凌与瑞萨电子签署协议。", "签署", ("Infineon", "Renesas")),
        ("中国同东盟签署谅解备忘录。", "签署", ("China",)),
        ("双方责成珊瑚联合工作组起草方案，工作组将提交草案。", "将", ("珊瑚联合工作组",)),
        ("石破茂内阁将出资。", "将", ("Japan",)),
        ("法国能源部将出资。", "将", ("Ministry of Energy of France",)),
        ("日本国会参议院将审议法案。", "将", ("National Diet of Japan",)),
    ],
)
def test_a_chinese_report_names_who_acts(sentence: str, trigger: str, actors: tuple[str, ...]) -> None:
    assert text_of(sentence, "news").read(trigger).actors == actors


@pytest.mark.parametrize(
    ("sentence", "trigger", "actors"),
    [
        (
            "省级自然资源主管部门自收到申请之日起五日内完成查验。",
            "完成",
            ("provincial natural resources authorities",),
        ),
        ("被检查单位不得拒绝。", "不得", ("被检查单位",)),
        (
            "各地工业和信息化主管部门应当组织自查。",
            "应当",
            ("local industry and information technology authorities",),
        ),
    ],
)
def test_a_doer_opens_a_sentence_of_a_law(sentence: str, trigger: str, actors: tuple[str, ...]) -> None:
    law = text_of(sentence, "law", "China")
    assert law.read(trigger, Kind.OBLIGATION).actors == actors


@pytest.mark.parametrize(
    ("text", "trigger", "actors"),
    [
        ("Every maker and every seller shall keep a log.", "shall", ("maker", "seller")),
        ("A maker aggrieved by a decision may appeal.", "may", ("maker",)),
        ("The Office for Kites decides. The Director of the Office shall report.", "shall", ("Director of the Office for Kites",)),
        ("The use of a loud kite is prohibited.", "is prohibited", ("persons",)),
    ],
)  # fmt: skip
def test_who_bears_a_clause_of_an_english_law(text: str, trigger: str, actors: tuple[str, ...]) -> None:
    law = text_of(text, "law", "United Kingdom")
    assert law.read(trigger, Kind.PROHIBITION).actors == actors


def test_the_agencies_are_those_that_acted_together_before() -> None:
    text = text_of("NASA and NOAA mapped the reef. The agencies will publish it.", "fact sheet", "United States")
    both = ("National Aeronautics and Space Administration", "National Oceanic and Atmospheric Administration")
    assert text.read("mapped", Kind.MEASURE).actors == both
    assert text.read("will").actors == both


def test_it_is_who_a_report_told_of_in_the_sentence_before() -> None:
    text = text_of(
        "The European Union will act. The Federal Trade Commission was displeased. It has opened an inquiry.",
        "news",
    )
    assert text.read("will").actors == ("European Union",)
    assert text.read("has opened", Kind.MEASURE).actors == ("Federal Trade Commission",)


def test_the_commission_that_is_urged_is_the_one_the_text_named() -> None:
    text = text_of("The European Commission met. Lawmakers urged the Commission to act.", "news")
    assert text.read("urged", Kind.RECOMMENDATION).actors == ("European Commission",)


def test_two_heads_are_those_whose_titles_a_chinese_text_names() -> None:
    text = text_of("塞尔维亚总统访问北京。两国元首举行会谈。", "joint statement", "China", "Serbia")
    assert text.read("举行", Kind.MEASURE).actors == ("President of China", "President of Serbia")


def test_a_refusal_is_the_authority_s_that_the_sentence_names() -> None:
    text = text_of("对拟向境外军事用户出口风筝的，不予许可；其他情形，商务部将逐案审批。", "announcement", "China")
    assert text.read("不予许可", Kind.PROHIBITION).actors == ("Ministry of Commerce",)


def test_a_class_keeps_the_capital_of_its_state() -> None:
    text = text_of("Vietnamese companies will buy kites.", "fact sheet", "United States")
    assert text.read("will").actors == ("Vietnamese companies",)


@pytest.mark.parametrize(
    ("sentence", "kind", "actors"),
    [
        ("Kite makers, sellers, and importers must register.", "law", ("kite makers", "sellers", "importers")),
        ("Exporters and brokers must register.", "law", ("exporters", "brokers")),
        ("Firms including Intel and Micron must register.", "news", ("Intel", "Micron")),
        ("The Prime Minister of Norway and the President of Chile must register.", "news",
         ("Prime Minister of Norway", "President of Chile")),
        ("The President of the Kelp Society must register.", "executive order", ("President of the Kelp Society",)),
        ("The President of the United States must register.", "news", ("President of the United States",)),
        ("Each survey team must register.", "agreement", ("survey team",)),
        ("The defence ministers of the AUKUS partnership must register.", "news", ("Australia", "United Kingdom", "United States")),
    ],
)  # fmt: skip
def test_classes_in_a_list_and_heads_of_other_states(sentence: str, kind: str, actors: tuple[str, ...]) -> None:
    assert text_of(sentence, kind).read("must", Kind.OBLIGATION).actors == actors


def test_the_secretary_is_who_acted_and_not_who_was_consulted() -> None:
    text = text_of(
        "The Secretary of Energy, in consultation with the Attorney General and in coordination with the Secretary of State, shall report.\n\n"
        "The Secretary may extend the term.",
        "executive order",
        "United States",
    )
    assert text.read("shall", Kind.OBLIGATION).actors == (ENERGY,)
    assert text.read("may", Kind.PERMISSION).actors == (ENERGY,)


@pytest.mark.parametrize(
    ("sentence", "actors"),
    [
        ("The ASEAN Supply Chain Network must meet.", ("ASEAN Supply Chain Network",)),
        ("Japan jointly must act.", ("Japan",)),
        (
            "The European Union and countries such as Canada and India must act.",
            ("European Union", "Canada", "India"),
        ),
    ],
)
def test_a_noun_that_ends_as_an_adverb_and_examples_behind_a_name(sentence: str, actors: tuple[str, ...]) -> None:
    assert text_of(sentence, "agreement").read("must", Kind.OBLIGATION).actors == actors


@pytest.mark.parametrize(
    ("sentence", "actors"),
    [
        ("The U.S. and UK AI Safety Institutes must act.", ("AI Safety Institute", "AI Security Institute")),
        ("The Indian and Kenyan Cable Boards must act.", ("Indian Cable Board", "Kenyan Cable Board")),
        ("The U.S. and UK Ministers must act.", ("United States", "United Kingdom")),
        ("The U.S. and UK governments must act.", ("United States", "United Kingdom")),
        ("All executive departments and agencies (agencies) must act.", ("agencies",)),
    ],
)
def test_bodies_that_share_a_plural(sentence: str, actors: tuple[str, ...]) -> None:
    assert text_of(sentence, "agreement").read("must", Kind.OBLIGATION).actors == actors


@pytest.mark.parametrize(
    ("sentence", "actors"),
    [
        ("Where the Agency finds a fault, it must act.", ("Agency",)),
        ("If a port operator closes a berth, it must act.", ("port operator",)),
        ("If the United States leaves, it must act.", ("United States",)),
        ("If the storm of the season ends, it must act.", ()),
    ],
)
def test_it_takes_up_the_subject_of_the_clause_before(sentence: str, actors: tuple[str, ...]) -> None:
    assert text_of(sentence, "law").read("must", Kind.OBLIGATION).actors == actors
