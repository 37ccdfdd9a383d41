from __future__ import annotations

import pytest

from dragoman.model import Kind
from tests.extract.acts import text_of

PAIR = ("United States", "Japan")
PRESIDENT = "President of the United States"


@pytest.mark.parametrize(
    ("sentence", "trigger", "actors"),
    [
        ("We will build a bridge.", "will", PAIR),
        ("Both sides intend to meet.", "intend to", PAIR),
        ("Japan will fund the plan.", "will", ("Japan",)),
        ("In order to help, Japan and India will fund it.", "will", ("Japan", "India")),
        ("With the G7, the United States will act.", "will", ("United States",)),
        ("Japan's companies and the United States will act.", "will", ("United States",)),
        ("U.S. companies will gain, and we will act.", "will act", PAIR),
        ("The U.S. Department of Commerce will report.", "will", ("Department of Commerce",)),
        ("The UK Department for Business and Trade will report.", "will", ("Department for Business and Trade",)),
        ("The British government will report.", "will", ("United Kingdom",)),
        ("The Secretaries of State and Commerce will report.", "will", ("Secretary of State", "Secretary of Commerce")),
        ("Japan, in close consultation with India, will lead.", "will", ("Japan",)),
        ("The Director of NIST will publish it.", "will", ("Director of the National Institute of Standards and Technology",)),
        ("Members of the Quad will meet.", "will", ("Quad",)),
        ("Our cooperation will include training.", "will", PAIR),
        ("Online platforms should do more.", "should", ("online platforms",)),
        ("We call on platform operators to do more.", "call on", ("platform operators",)),
        ("We urge India to join.", "urge", ("India",)),
        ("The Treasury’s pledge to share data stands.", "pledge to", ("Department of the Treasury",)),
        ("It is the policy of Japan to act.", "is the policy of", ("Japan",)),
        ("They will meet again.", "will", PAIR),
        ("Within a week, the National Reef Foundation will publish maps.", "will", ("National Reef Foundation",)),
        ("The Coast and Harbour Authority of Malta will report.", "will", ("Coast and Harbour Authority of Malta",)),
        ("The Reef Observatory of Malta will report.", "will", ("Reef Observatory of Malta",)),
        ("The Reef Academy and the Harbour Council of Malta will meet.", "will", ("Reef Academy", "Harbour Council of Malta")),
        ("We call on the Reef Observatory to share its maps.", "call on", ("Reef Observatory",)),
        ("The Maltese Ministry of Foreign Affairs will report.", "will", ("Ministry of Foreign Affairs of Malta",)),
        ("The Chinese Ministry of Commerce will report.", "will", ("Ministry of Commerce",)),
        ("The Coral Bank of Malta (CBM) signed papers and will report.", "will", ("Coral Bank of Malta",)),
        ("The Malta Minister for Reefs and Ports will report.", "will", ("Malta Minister for Reefs and Ports",)),
        ("Coral Ocean Robotics will build it.", "will", ("Coral Ocean Robotics",)),
        ("The Coral Protection Act will protect reefs.", "will", PAIR),
        ("The Blue Economy will grow.", "will", PAIR),
        ("The charter means a person. A person must report.", "must", ("person",)),
        ("Commerce will open three docks.", "will", ("Department of Commerce",)),
        ("Last week the trade ministry added two docks.", "added", ("trade ministry",)),
        ("Three companies – Ocean Blue, Deep Sea, and Reefix – met. These companies will share maps.", "will share",
         ("Ocean Blue", "Deep Sea", "Reefix")),
    ],
)  # fmt: skip
def test_an_english_subject_names_who_acts(sentence: str, trigger: str, actors: tuple[str, ...]) -> None:
    assert text_of(sentence, "joint statement", *PAIR).read(trigger).actors == actors


@pytest.mark.parametrize(
    ("sentence", "trigger", "actors"),
    [
        ("我们将合作。", "将", PAIR),
        ("双方将合作。", "将", PAIR),
        ("日本和印度将出资。", "将", ("Japan", "India")),
        ("为此,日本将出资。", "将", ("Japan",)),
        ("日本公司将受益,日本政府将出资。", "将出资", ("Japan",)),
        ("美国商务部将发布报告。", "将", ("Department of Commerce",)),
        ("中国商务部将发布报告。", "将", ("Ministry of Commerce",)),
        ("美英两国将合作。", "将", ("United States", "United Kingdom")),
        ("3 月 12 日美日澳印决定合作。", "决定", ("United States", "Japan", "Australia", "India")),
        ("日本已经与印度达成协议,并承诺出资。", "承诺", ("Japan",)),
        ("该计划将由印度实施。", "将", ("India",)),
        ("对于日本,将增加资金。", "将", ("Japan",)),
        ("合作将包括培训。", "将", PAIR),
        ("我们敦促印度加入。", "敦促", ("India",)),
        ("我们呼吁国际海事组织采取行动。", "呼吁", ("International Maritime Organization",)),
        ("马耳他外交部将开会。", "将", ("Ministry of Foreign Affairs of Malta",)),
        ("我们鼓励行业协会制定准则。", "鼓励", ("industry associations",)),
        ("双方设立了珊瑚联合工作组。工作组将每年开会。", "将", ("珊瑚联合工作组",)),
        ("双方决定设立潮汐基金。该基金可以接受捐款。", "可以", ("潮汐基金",)),
        ("由日本和印度担任主席的指导委员会将负责监督。", "将", ("指导委员会",)),
        ("马耳他港口管理局将出资。", "将", ("马耳他港口管理局",)),
        ("各委员会将出资。", "将", PAIR),
        ("委员会将出资。", "将", PAIR),
        ("我们呼吁国际珊瑚组织采取行动。", "呼吁", ("国际珊瑚组织",)),
        ("我们呼吁国际民间组织采取行动。", "呼吁", ("organizations",)),
        ("两国企业应加强合作。", "应", ("companies",)),
    ],
)
def test_a_chinese_subject_names_who_acts(sentence: str, trigger: str, actors: tuple[str, ...]) -> None:
    assert text_of(sentence, "joint statement", *PAIR).read(trigger).actors == actors


def test_a_body_made_to_act_joins_the_authors() -> None:
    text = text_of(
        "We set up a Talent Working Group. The Working Group will be mobilized.", "joint statement", *PAIR
    )
    assert text.read("will").actors == (*PAIR, "Talent Working Group")


@pytest.mark.parametrize(
    "text",
    [
        "Oversight\n\nA Reef Committee, led by Japan, was set up.\n\nThe Committee will report.",
        "A Reef Committee oversees the Partnership. The Committee meets in May.\n\nThe Committee will report.",
    ],
)
def test_a_body_taken_up_is_not_read_across_headings_and_sentences(text: str) -> None:
    assert text_of(text, "joint statement", *PAIR).read("will").actors == ("Reef Committee",)


def test_a_bare_heading_above_a_list_is_no_actor() -> None:
    text = text_of("Maritime Prosperity\n\n- will open ports;\n- will map reefs.", "joint statement", *PAIR)
    assert text.read("will").actors == PAIR


def test_a_body_that_acts_by_itself_acts_alone() -> None:
    text = text_of("We set up a Talent Working Group. The Working Group will report.", "joint statement", *PAIR)
    assert text.read("will").actors == ("Talent Working Group",)


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("The Wind and Solar Power working group is tasked to map ports.", "Wind and Solar Power Working Group"),
        ("Working Group 9 is tasked to map ports.", "Working Group 9"),
        ("Working Group 9 met. The working group is tasked to map ports.", "Working Group 9"),
        ("The Ferry and Toll Data task force met. The group is tasked to map ports.", "group"),
        ("The Ferry and Toll Data study group met. The group is tasked to map ports.", "Ferry and Toll Data Study Group"),
        ("Our Investment Screening Working Group met. The Working Group is tasked to map ports.", "Investment Screening Working Group"),
        ("Through the ABC Investment Screening Working Group we met. The working group is tasked to map ports.", "Investment Screening Working Group"),
    ],
)  # fmt: skip
def test_a_body_is_named_in_capitals_up_to_its_kind_or_by_number(text: str, body: str) -> None:
    assert text_of(text, "joint statement", *PAIR).read("is tasked to").actors == (body,)


SIDES = ("United States", "European Union")


def test_the_sides_of_a_body_are_its_states() -> None:
    text = text_of(
        "The U.S. and EU Trade and Technology Council co-chairs announced a code.", "fact sheet", *SIDES
    )
    assert text.read("announced").actors == SIDES


def test_the_founding_of_a_body_is_its_founders_act() -> None:
    text = text_of("The Trade and Technology Council was launched in 2021.", "joint statement", *PAIR)
    assert text.read("was launched", Kind.MEASURE).actors == PAIR


def test_an_abbreviation_of_the_text_names_its_body() -> None:
    text = text_of("We use the Joint Coral Group (the JCG). The JCG will report.", "joint statement", *PAIR)
    assert text.read("will").actors == ("Joint Coral Group",)


def test_items_take_the_actor_of_their_stem() -> None:
    text = text_of("Japan will do the following:\n\n- support schools\n- fund labs\n", "joint statement", *PAIR)
    assert text.read("will", within="fund labs").actors == ("Japan",)


def test_items_of_an_order_take_who_is_consulted_from_their_stem() -> None:
    order = (
        "(a) The Secretary of Commerce, in consultation with the Secretary of State, shall:\n"
        "(i) publish a plan;\n(ii) hold a hearing.\n"
    )
    read = text_of(order, "executive order", "United States").read(
        "shall", Kind.OBLIGATION, within="publish a plan"
    )
    assert read.actors == ("Secretary of Commerce",)
    assert read.counterparties == ("Secretary of State",)


@pytest.mark.parametrize(
    ("sentence", "trigger", "kind", "actors"),
    [
        ("This order shall be implemented.", "shall", Kind.OBLIGATION, (PRESIDENT,)),
        ("I hereby direct the Secretary of Energy to act.", "direct", Kind.OBLIGATION, ("Secretary of Energy",)),
        ("Costs shall be borne by the Department of Labor.", "shall", Kind.OBLIGATION, ("Department of Labor",)),
        ("The heads of agencies shall report.", "shall", Kind.OBLIGATION, ("heads of agencies",)),
        ("本命令应予实施。", "应", Kind.OBLIGATION, (PRESIDENT,)),
        ("我授权商务部长采取行动。", "授权", Kind.PERMISSION, ("Secretary of Commerce",)),
    ],
)
def test_an_order_speaks_for_the_president(
    sentence: str, trigger: str, kind: Kind, actors: tuple[str, ...]
) -> None:
    assert text_of(sentence, "executive order", "United States").read(trigger, kind).actors == actors


def test_proposals_are_handed_in_by_those_who_are_asked() -> None:
    order = "The Secretary of Commerce shall call for proposals from industry-led consortia. Each proposal must be short."
    read = text_of(order, "executive order", "United States").read("must", Kind.OBLIGATION)
    assert read.actors == ("industry-led consortia",)


@pytest.mark.parametrize(
    ("article", "trigger", "actors"),
    [
        ("国家建立保护制度。", "建立", ("China",)),
        ("处理个人信息应当合法。", "应当", ("personal information processors",)),
        ("任何组织、个人不得泄露。", "不得", ("organizations", "individuals")),
        ("运营者违反规定的，由有关主管部门责令改正，可以罚款。", "可以", ("competent authorities",)),
        ("违反本法规定的，依法给予处分。", "给予", ("competent authorities",)),
        ("个人信息处理者向境外提供的，应当告知个人。", "应当", ("personal information processors",)),
        ("拒绝的，应当说明理由。个人信息处理者应当负责。", "应当说明", ("personal information processors",)),
    ],
)
def test_a_law_names_its_addressees(article: str, trigger: str, actors: tuple[str, ...]) -> None:
    assert text_of(article, "law", "China").read(trigger, Kind.OBLIGATION).actors == actors


def test_both_sides_in_a_paper_are_the_states_named_last() -> None:
    paper = "中日会谈没有结果。随后,美韩举行峰会,双方同意合作。"
    assert text_of(paper, "research paper").read("同意").actors == ("United States", "South Korea")


def test_both_countries_in_advice_are_those_it_advises() -> None:
    memo = text_of(
        "两国应恢复对话。", "track II memorandum", "Some Committee", "Some Fund", title="中日二轨对话备忘录"
    )
    assert memo.read("应", Kind.RECOMMENDATION).actors == ("China", "Japan")


def test_they_are_the_actors_of_the_sentence_before() -> None:
    report = text_of("India signed a treaty. It also founded a bank.", "article")
    assert report.read("signed", Kind.MEASURE).actors == ("India",)
    assert report.read("founded", Kind.MEASURE).actors == ("India",)


def test_the_two_leaders_are_the_heads_of_the_parties() -> None:
    read = text_of("The two leaders intend to meet.", "joint statement", *PAIR).read("intend to")
    assert read.actors == (PRESIDENT, "Prime Minister of Japan")


def test_each_name_has_its_reason_and_span() -> None:
    read = text_of("Japan will work with India.", "joint statement", *PAIR).read("will")
    spans = {why.value: read.text[why.start : why.end] for why in read.why}
    assert spans == {"Japan": "Japan", "India": "India"}
    assert [why.rule for why in read.why] == ["actor:register", "toward:with"]
