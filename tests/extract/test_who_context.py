from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.extract.abbreviations import abbreviations_in
from dragoman.extract.context import Voice, read_context
from dragoman.extract.mentions import mentions_in
from dragoman.extract.who import proposals
from dragoman.lexicon import load_lexicon
from dragoman.read import read_text
from tests.extract.acts import text_of


@pytest.mark.parametrize(
    ("text", "short", "name"),
    [
        ("the Trade and Technology Council (TTC) met", "TTC", "Trade and Technology Council"),
        ("the Joint Coral Group on Reefs (the JCG) met", "JCG", "Joint Coral Group on Reefs"),
        ("the Director of the Office of Management and Budget (OMB)", "OMB", "Office of Management and Budget"),
        (
            'the term "Minister" means the Minister for Ports and Reefs;',
            "Minister",
            "Minister for Ports and Reefs",
        ),
        ("the Secretary of Energy (Secretary) shall", "Secretary", "Secretary of Energy"),
        ("美国能源部（DOE）宣布", "DOE", "Department of Energy"),
        ("成立珊瑚礁联合委员会（简称“珊瑚委”）", "珊瑚委", "珊瑚礁联合委员会"),
    ],
)
def test_a_short_name_is_read_with_its_full_name(text: str, short: str, name: str) -> None:
    assert abbreviations_in(text, load_lexicon().actors).names == {short: name}


@pytest.mark.parametrize(
    "text",
    [
        "artificial intelligence (AI)",
        "small enterprises (SMEs)",
        'the term "Declaration" means the Coral Declaration',
        "see annex (below)",
        "(a) the first",
        "在2023年（去年）",
    ],
)
def test_what_is_no_actor_gets_no_short_name(text: str) -> None:
    assert abbreviations_in(text, load_lexicon().actors).names == {}


@pytest.mark.parametrize(
    ("kind", "parties", "title", "authors"),
    [
        ("joint statement", ("United States", "EU"), "", ("United States", "European Union")),
        ("joint statement", (), "U.S.-India Joint Statement", ("United States", "India")),
        ("joint statement", ("multilateral",), "Counter Ransomware Initiative Statement", ("Counter Ransomware Initiative",)),
        ("statement", (), "Statement by the Prime Minister of Japan Welcoming Norway to the Reef Compact", ("Japan",)),
        ("statement", (), "Statement by the Secretary of State on Reefs off Chile", ("United States",)),
        ("statement", (), "Statement of NATO and G7 Ministers in the Margins of the G20", ("NATO", "G7")),
        ("readout", (), "Readout of the Secretary of State’s Call with the Foreign Minister of Chile", ("United States", "Chile")),
        ("readout", (), "Readout of the Secretary of Commerce’s Meeting with ASEAN", ("United States", "ASEAN")),
        ("joint statement", (), "Statement of the Quad", ("Australia", "India", "Japan", "United States")),
        ("executive order", ("United States",), "", ("President of the United States",)),
        ("law", ("全国人民代表大会常务委员会",), "数据法", ("China",)),
        ("executive order", ("Singapore",), "", ("Singapore",)),
        ("executive order", ("Norway",), "Order on Partners in the United States", ("Norway",)),
        ("executive order (unofficial translation)", ("United States",), "", ("President of the United States",)),
    ],
)  # fmt: skip
def test_authors(kind: str, parties: tuple[str, ...], title: str, authors: tuple[str, ...]) -> None:
    assert text_of("We will act.", kind, *parties, title=title, day=date(2024, 1, 2)).context.authors == authors


def test_the_formula_of_an_order_tells_who_gives_it() -> None:
    text = "By the authority vested in me as President by the Constitution of the United States, it is ordered:"
    assert text_of(text, "web page").context.authors == ("President of the United States",)


def test_the_home_of_a_paper_is_the_state_it_names_most() -> None:
    context = text_of("日本商务部门。印度与日本。日本表示。", "research paper").context
    assert context.voice is Voice.REPORT
    assert context.home == "Japan"


@settings(deadline=None)
@given(st.lists(st.sampled_from([
    "the United States", "U.S.", "EU", "美欧", "中国", "商务部", "(TTC)", "Director of NIST", ", ", " and ", "和", "的", "x",
]), max_size=12))  # fmt: skip
def test_mentions_are_in_order_within_their_sentence_and_apart(parts: list[str]) -> None:
    text = text_of("We met the Trade and Technology Council (TTC). " + " ".join(parts))
    for view in text.views:
        found = mentions_in(view, view.start, view.end, text.context)
        assert all(view.start <= m.start < m.end <= view.end for m in found)
        assert all(one.end <= two.start for one, two in pairwise(found))


def test_unknown_names_are_proposed_with_their_counts() -> None:
    class Line:
        def __init__(self, *actors: str) -> None:
            self.actors, self.counterparties = actors, ("India",)

    lines = [Line("Coral Council", "Japan"), Line("Coral Council"), Line("Reef Fund")]
    assert proposals(lines, load_lexicon().actors.actors) == [("Coral Council", 2), ("Reef Fund", 1)]  # type: ignore[arg-type]


def test_the_head_of_a_state_gives_the_order_that_speaks_as_its_head() -> None:
    text = text_of("By the power vested in me as President, I order it.", "executive order", "France")
    assert text.context.authors == ("President of France",)


def test_an_order_without_metadata_is_of_the_only_state_it_names() -> None:
    text = text_of("It is hereby ordered that ports of Singapore shall open.", "executive order")
    assert text.context.home == "Singapore"
    assert text.read("shall").actors != ("President of the United States",)


def test_the_government_of_an_order_is_its_issuer() -> None:
    text = text_of("This order shall be carried out by the Government.", "executive order", "Singapore")
    assert text.read("shall").actors == ("Singapore",)


def test_a_defined_minister_is_not_the_prime_minister() -> None:
    text = text_of(
        'The term "Minister" means the Minister for Ports. The Prime Minister shall name the Minister.',
        "executive order",
        "Singapore",
    )
    assert "Minister for Ports" not in text.read("shall").actors


@pytest.mark.parametrize(("party", "toward"), [("Singapore", ()), ("UK", ("Parliament of the United Kingdom",))])
def test_parliament_is_that_of_the_home_state(party: str, toward: tuple[str, ...]) -> None:
    text = text_of("The agency shall report to Parliament.", "law", party)
    assert text.read("shall").counterparties == toward


def test_papers_are_made_by_those_who_hand_them_in() -> None:
    text = text_of(
        "Each proposal submitted under the scheme must:\n\n- state a cost.", "executive order", "Singapore"
    )
    assert text.read("must", within="state a cost").actors == ("applicants",)


def test_the_formula_of_an_order_outweighs_the_state_of_its_title() -> None:
    text = "By the authority vested in me as President by the laws of the United States of America, I order:"
    read = text_of(text, "executive order", "Russia", title="Executive Order on Fish of the Russian Federation")
    assert read.context.authors == ("President of the United States",)


def test_you_in_a_memorandum_is_whom_it_is_for() -> None:
    text = text_of(
        "MEMORANDUM FOR THE SECRETARY OF ENERGY\n\nYou shall publish this memorandum.",
        "presidential memorandum",
        "United States",
    )
    assert text.read("shall", within="You shall").actors == ("Secretary of Energy",)


def test_three_states_are_all_that_were_named_together() -> None:
    text = text_of("韩国、日本和新加坡签署了备忘录。三国将共同出资。", "article")
    assert text.read("将", within="三国将").actors == ("South Korea", "Japan", "Singapore")


def test_a_shared_name_in_a_chinese_report_is_the_last_ones_else_chinas() -> None:
    text = text_of("中国关注此事。商务部将公布清单。美国商务部将公布新规。商务部计划复核。", "article")
    assert text.read("将", within="商务部将公布清单").actors == ("Ministry of Commerce",)
    assert text.read("将", within="美国商务部将").actors == ("Department of Commerce",)
    assert text.read("计划", within="商务部计划").actors == ("Department of Commerce",)


def test_any_unit_and_individual_in_a_law_are_two_classes() -> None:
    text = text_of("第七条 任何单位和个人有权举报违法行为。", "law", "China")
    assert text.read("有权", within="任何单位").actors == ("organizations", "individuals")


@pytest.mark.parametrize(
    ("title", "text", "authors"),
    [
        (
            "Joint Statement on Reefs",
            "We, the governments of Japan, Norway, and the United Kingdom, recognize the reefs of Chile.",
            ("Japan", "Norway", "United Kingdom"),
        ),
        ("Joint Statement of President Biden and the President of Chile", "We met.", ("United States", "Chile")),
    ],
)
def test_a_joint_text_without_parties_names_its_speakers(title: str, text: str, authors: tuple[str, ...]) -> None:
    document = read_text(text, slug="reefs", metadata={"title": title, "kind": "joint statement"})
    assert read_context(document, load_lexicon()).authors == authors
