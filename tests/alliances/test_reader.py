from __future__ import annotations

from datetime import date

import pytest

from dragoman.model.alliance import Layer, Level, Stance
from tests.alliances.making import ties_in, told

US, JAPAN, CHINA = "United States", "Japan", "China"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("美日签署了量子合作声明。", {(JAPAN, "with", US, "quantum")}),
        ("美国还与韩国达成协议,共同研发6G。", {("South Korea", "with", US, "telecom")}),
        ("In 2021 the United States and Japan launched a partnership on 5G.", {(JAPAN, "with", US, "telecom")}),
        ("The United States signed an agreement on quantum computing with Australia.", {("Australia", "with", US, "quantum")}),
        ("美国禁止向中国出口先进半导体。", {(US, "against", CHINA, "semiconductors")}),
        ("美国加紧对华半导体封锁。", {(US, "against", CHINA, "semiconductors")}),
        ("The United States restricts exports of artificial intelligence chips to keep them from China.", set()),
        ("The United States imposed sanctions on Russia over telecommunications equipment.", {(US, "against", "Russia", "telecom")}),
        ("美国与法国在人工智能领域存在分歧。", set()),
        ("据一家智库统计,美国的人工智能投资高于日本。", set()),
    ],
)  # fmt: skip
def test_a_sentence_tells_a_pair_its_stance_and_its_field(
    text: str, expected: set[tuple[str, str, str, str]]
) -> None:
    assert told(ties_in(text)) == expected


def test_a_list_that_names_the_documents_own_actor_makes_partners_of_it_and_doubtful_pairs_of_the_others() -> None:
    text = "美国政府推动合作。美日韩三国讨论了半导体合作。美国继续推进。"
    assert told(ties_in(text)) == {
        (JAPAN, "with", US, "semiconductors"),
        ("South Korea", "with", US, "semiconductors"),
    }
    assert (JAPAN, "with", "South Korea", "semiconductors") in told(ties_in(text), least=0.4)


def test_who_attends_is_tied_to_the_host_and_surely_not_to_who_attends_too() -> None:
    text = "英国、法国参加了由美国国防部主办的人工智能对话。"
    found = told(ties_in(text))
    assert {(US, "with"), ("France", "with")} <= {(one[2], one[1]) for one in found} | {
        (one[0], one[1]) for one in found
    }
    assert not any({first, second} == {"France", "United Kingdom"} for first, _, second, _ in found)


def test_a_pronoun_means_the_pair_before_and_a_heading_gives_the_field() -> None:
    text = "一、量子技术\n\n美国和澳大利亚举行了会谈。双方同意成立联合工作组。\n\n二、空间技术\n\n美国和印度签署了协议。\n"
    assert {("Australia", "with", US, "quantum"), ("India", "with", US, "space")} <= told(ties_in(text))


def test_a_firm_stands_for_its_state_and_makes_the_level_companies() -> None:
    (tie,) = ties_in("日本经济产业省正在与IBM公司合作研发半导体。")
    assert ({tie.actor, tie.partner}, tie.level) == ({JAPAN, US}, Level.COMPANIES)


def test_a_group_alone_is_a_partner_of_the_documents_own_actor_where_it_is_a_member() -> None:
    text = "美国看重盟友。四方安全峰会同意成立新兴技术工作组。美国将出资。"
    assert (("Quad", "with", US, "emerging")) in told(ties_in(text))


def test_what_is_done_against_somebody_is_in_the_layer_that_restricts() -> None:
    (tie,) = ties_in("美国对中国实施技术封锁。")
    assert (tie.stance, tie.layer, tie.joint) == (Stance.AGAINST, Layer.RESTRICT, False)


def test_the_day_is_the_sentences_own_and_never_after_the_document() -> None:
    days = [
        tie.day
        for tie in ties_in("2020年9月,美英签署人工智能协议。5月11日,美日签署量子协议。2030年,美韩签署量子协议。")
    ]
    assert days == [date(2020, 9, 1), date(2020, 5, 11), date(2021, 11, 20)]


def test_provisions_of_a_joint_text_tie_its_parties() -> None:
    text = "The two governments met. We will accelerate our cooperation on artificial intelligence."
    found = ties_in(text, provisions=True, kind="joint declaration", parties=["United States", "United Kingdom"])
    assert ("United Kingdom", "with", US, "ai") in told(found)


def test_offsets_are_those_of_the_sentence() -> None:
    text = "前言。\n\n美日签署了量子合作声明。\n"
    (tie,) = ties_in(text)
    assert text[tie.start : tie.end] == "美日签署了量子合作声明。"


def test_nothing_is_found_in_an_empty_text() -> None:
    assert ties_in("\n") == ()


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("The United States and Japan met on quantum computing in Lima, Peru.", "Peru"),
        ("The United States and Japan agreed at the OECD to share data on quantum computing.", "Organisation for Economic Co-operation and Development"),
        ("美日两国在越南举行会谈,讨论量子技术。", "Vietnam"),
        ("美日签署了《法国印度量子协议》。", "France"),
        ("美国与罗马尼亚等北约新成员国签署5G协议。", "NATO"),
        ("The United States and Japan discussed quantum computing with the Ministry of Foreign Affairs.", "China"),
    ],
)  # fmt: skip
def test_places_titles_and_common_ministries_are_no_parties(text: str, never: str) -> None:
    names = {name for first, _, second, _ in told(ties_in(text), least=0) for name in (first, second)}
    assert "United States" in names
    assert never not in names


def test_who_is_helped_is_stood_toward() -> None:
    found = told(
        ties_in(
            "The United States supports Ukraine in cybersecurity. The United States helps Ghana build 5G networks."
        )
    )
    assert {(US, "toward", "Ukraine", "cyber"), (US, "toward", "Ghana", "telecom")} <= found


def test_two_of_a_crowd_are_hardly_tied() -> None:
    states = "Australia, Brazil, Canada, Chile, France, Germany, India, Italy, Japan, Kenya, Mexico and Norway"
    ties = ties_in(f"{states} launched a partnership on quantum computing.")
    assert told(ties) == set()
    assert ("Australia", "with", "Norway", "quantum") in told(ties, least=0.5)


def test_third_parties_of_a_joint_text_are_hardly_tied_to_each_other() -> None:
    text = "The United States and Japan will work on quantum computing with India and Australia."
    ties = ties_in(text, parties=["United States", "Japan"], kind="joint statement")
    assert (JAPAN, "with", US, "quantum") in told(ties)
    assert ("Australia", "with", "India", "quantum") not in told(ties)


def test_a_tie_is_read_once_from_words_and_provision() -> None:
    ties = ties_in("美国和日本将共同研发量子计算机。", provisions=True)
    assert len(ties) == 1
