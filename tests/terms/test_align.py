from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.lexicon import load_lexicon
from dragoman.model import Document, Language
from dragoman.model.bilingual import Alignment
from dragoman.read import read_text
from dragoman.terms import align, align_sentences

PAIRS = [
    ("Chile and Denmark launch a wind energy partnership today.", "智利和丹麦今天启动风能伙伴关系。"),
    ("The partnership will build 14 offshore test sites by 2031.", "该伙伴关系将在2031年前建设14个海上试验场。"),
    ("Each country will invest 250 million euros in new ports.", "两国将各投资2.5亿欧元建设新港口。"),
    ("Researchers from the universities will share data on storms.", "各大学研究人员将共享风暴数据。"),
    ("A joint committee on ORBIT standards will meet twice a year.", "ORBIT标准联合委员会每年举行两次会议。"),
    ("Neither side will restrict the export of turbine software.", "任何一方都不会限制涡轮机软件的出口。"),
    ("What will this mean for fishing villages?", "这对渔村意味着什么？"),
    ("The ministers of energy will report to their parliaments in March.", "两国能源部长将于3月向议会报告。"),
]
FOREIGN = (
    "Le ministère des pêches publiera chaque année une carte des récifs. "
    "Les navires devront signaler leur position aux autorités portuaires."
)


def document(sentences: list[str], slug: str = "text") -> Document:
    """Return a text of one paragraph."""
    joint = "" if sentences and sentences[0][-1] in "。？" else " "
    return read_text(joint.join(sentences), slug=slug)


def aligned(english: list[str], chinese: list[str]) -> Alignment:
    return align(document(english, "en"), document(chinese, "zh"), load_lexicon())


def pairs_of(alignment: Alignment) -> list[tuple[str, str]]:
    return [alignment.words(link) for link in alignment.links]


ENGLISH, CHINESE = [one for one, _ in PAIRS], [two for _, two in PAIRS]


def test_sentences_are_linked_one_to_one() -> None:
    alignment = aligned(ENGLISH, CHINESE)
    assert pairs_of(alignment) == PAIRS
    assert alignment.problems == ()


def test_a_sentence_that_one_version_leaves_out_stands_alone() -> None:
    assert pairs_of(aligned(ENGLISH, CHINESE[:3] + CHINESE[4:])) == [*PAIRS[:3], (ENGLISH[3], ""), *PAIRS[4:]]
    assert pairs_of(aligned(ENGLISH[:2] + ENGLISH[3:], CHINESE)) == [*PAIRS[:2], ("", CHINESE[2]), *PAIRS[3:]]


def test_two_sentences_that_the_other_version_joins_are_linked_with_it() -> None:
    joint = CHINESE[1][:-1] + "，" + CHINESE[2]
    links = pairs_of(aligned(ENGLISH, [CHINESE[0], joint, *CHINESE[3:]]))
    assert links[1] == (f"{ENGLISH[1]} {ENGLISH[2]}", joint)
    assert [links[0], *links[2:]] == [PAIRS[0], *PAIRS[3:]]


def test_neighbours_in_the_other_order_are_linked_across() -> None:
    swapped = [*CHINESE[:2], CHINESE[3], CHINESE[2], *CHINESE[4:]]
    assert pairs_of(aligned(ENGLISH, swapped)) == PAIRS


def test_a_sentence_moved_further_is_found_again() -> None:
    moved = [*CHINESE[:1], *CHINESE[2:5], CHINESE[1], *CHINESE[5:]]
    assert set(pairs_of(aligned(ENGLISH, moved))) == set(PAIRS)


def test_both_versions_may_stand_in_one_text() -> None:
    both = read_text(" ".join(ENGLISH) + "\n\n" + "".join(CHINESE) + "\n", slug="both")
    alignment = align(both, both, load_lexicon())
    assert pairs_of(alignment) == PAIRS
    assert alignment.score > 0.9


def test_traditional_characters_are_the_same_words() -> None:
    alignment = align(
        document(["The ministers will build a railway.", "Schools will train engineers in 2033."], "en"),
        document(["部長們將修建鐵路。", "學校將於2033年培訓工程師。"], "zh"),
        load_lexicon(),
    )
    assert [link.shape for link in alignment.links] == ["1-1", "1-1"]


def test_versions_of_different_texts_are_told_with_a_score() -> None:
    other = ["博物馆周二闭馆。", "门票可以退换。", "游客请勿触摸展品。", "雨天请走侧门。", "花园里有一座小桥。"]
    alignment = aligned(ENGLISH, other)
    assert [problem.code for problem in alignment.problems] == ["versions-unrelated"]
    assert f"{alignment.score:.2f}" in alignment.problems[0].message


def test_a_version_that_is_not_there_is_told() -> None:
    only = document(ENGLISH, "en")
    alignment = align(only, only, load_lexicon())
    assert [problem.code for problem in alignment.problems] == ["no-zh-version"]
    assert [(len(link.en), link.zh) for link in alignment.links] == [(1, ())] * len(ENGLISH)


def test_a_heading_keeps_its_stop() -> None:
    text = "1. 港口。\n\n港口须于六月前开放。\n\n2. 灯塔。\n\n灯塔须于七月前点亮。\n"
    chinese = read_text(text, slug="zh")
    english = read_text(
        "1. Harbours\n\nHarbours shall open by June.\n\n2. Lighthouses\n\nLighthouses shall be lit by July.\n",
        slug="en",
    )
    links = align(english, chinese, load_lexicon()).links
    assert [chinese.slice(*link.zh[0])[-1] for link in links] == ["。"] * 4


def test_an_empty_text_gives_no_links() -> None:
    empty = read_text("", slug="empty")
    alignment = align(empty, empty, load_lexicon())
    assert alignment.links == ()
    assert {problem.code for problem in alignment.problems} == {"no-en-version", "no-zh-version"}


@pytest.mark.parametrize(
    "foreign", [FOREIGN, "港の職員は毎朝この海図をたしかめてください。船はゆっくりと進みます。"]
)
def test_a_third_language_is_told(foreign: str) -> None:
    alignment = align(read_text(foreign, slug="x"), document(CHINESE), load_lexicon())
    assert "third-language" in {problem.code for problem in alignment.problems}


def test_plain_sentences_are_linked_by_position() -> None:
    matches = align_sentences(ENGLISH, CHINESE[1:], load_lexicon())
    assert [(one.en, one.zh) for one in matches] == [
        ((0,), ()),
        *(((at,), (at - 1,)) for at in range(1, len(PAIRS))),
    ]


positions = st.lists(st.integers(0, len(PAIRS) - 1), max_size=12)


@settings(max_examples=60, deadline=None)
@given(positions, positions)
def test_every_sentence_is_in_one_link_and_links_quote_the_text(first: list[int], second: list[int]) -> None:
    english = document([ENGLISH[at] for at in first], "en")
    chinese = document([CHINESE[at] for at in second], "zh")
    alignment = align(english, chinese, load_lexicon())
    for side, text, language in (("en", english, Language.EN), ("zh", chinese, Language.ZH)):
        spans = [span for link in alignment.links for span in getattr(link, side)]
        assert sorted(spans) == [(one.start, one.end) for one in text.sentences if one.language is language]
    assert all(link.en or link.zh for link in alignment.links)
    assert all(0 <= link.confidence <= 1 for link in alignment.links)
    assert alignment == align(english, chinese, load_lexicon())


def test_a_long_text_is_aligned_beside_its_diagonal() -> None:
    english = [f"{ENGLISH[at % 8][:-1]} under chapter {at + 100}{ENGLISH[at % 8][-1]}" for at in range(700)]
    chinese = [f"第{at + 100}章：{CHINESE[at % 8]}" for at in range(700) if at % 50]
    matches = align_sentences(english, chinese, load_lexicon())
    right = {at for at in range(700) if at % 50}
    found = {
        one.en[0]
        for one in matches
        if len(one.en) == len(one.zh) == 1 and f"第{one.en[0] + 100}章" in chinese[one.zh[0]]
    }
    assert len(found & right) >= 0.97 * len(right)


def test_a_sentence_moved_to_the_other_end_is_found_where_its_signs_are_rare() -> None:
    english = [*ENGLISH, *(f"Harbour {name} opens at dawn." for name in ("Abu", "Bex", "Cor", "Dov", "Eno"))]
    chinese = [*CHINESE, *(f"{name}港黎明时开放。" for name in ("Abu", "Bex", "Cor", "Dov", "Eno"))]
    moved = [*chinese[:4], *chinese[5:], chinese[4]]
    alignment = aligned(english, moved)
    assert (english[4], chinese[4]) in pairs_of(alignment)
