from __future__ import annotations

import pytest

from dragoman.model import Kind
from tests.extract.acts import text_of

PAIR = ("United States", "Japan")


@pytest.mark.parametrize(
    ("sentence", "counterparties"),
    [
        ("We will work with India on chips.", ("India",)),
        ("We will support Kenya and Jamaica.", ("Kenya", "Jamaica")),
        ("We will impose costs on Belarus.", ("Belarus",)),
        ("In cooperation with the government of Kenya, we will build schools.", ("Kenya",)),
        ("We will fund schools in Jamaica.", ("Jamaica",)),
        ("We will study the practices of companies in China.", ()),
        ("We will cooperate in fora such as the G20.", ()),
        ("We will address Russia’s war.", ()),
        ("We will act under the Indian Ocean plan with U.S. industry.", ()),
        ("We will sign a deal between the Export-Import Bank and the European Investment Bank.",
         ("Export-Import Bank of the United States", "European Investment Bank")),
        ("We will work with other partners.", ()),
    ],
)  # fmt: skip
def test_english_counterparts(sentence: str, counterparties: tuple[str, ...]) -> None:
    assert text_of(sentence, "joint statement", *PAIR).read("will").counterparties == counterparties


@pytest.mark.parametrize(
    ("sentence", "counterparties"),
    [
        ("我们将与印度合作。", ("India",)),
        ("我们将向肯尼亚、牙买加提供援助。", ("Kenya", "Jamaica")),
        ("我们将加强对华出口管制。", ("China",)),
        ("我们将研究印度的政策。", ()),
        ("与印度相比,我们将投入更多。", ()),
        ("我们将落实《印度宣言》。", ()),
        ("由日本与印度外交部担任主席的委员会将开会。", ()),
    ],
)
def test_chinese_counterparts(sentence: str, counterparties: tuple[str, ...]) -> None:
    assert text_of(sentence, "joint statement", *PAIR).read("将").counterparties == counterparties


def test_the_other_party_is_the_counterpart_of_one_that_acts_alone() -> None:
    read = text_of("Japan will cut tariffs on U.S. goods.", "joint statement", *PAIR).read("will")
    assert read.actors == ("Japan",)
    assert read.counterparties == ("United States",)


def test_the_state_of_an_agency_that_acts_is_no_counterpart() -> None:
    read = text_of("The Secretary of Commerce shall report to the United States Senate on American goods.",
                   "executive order", "United States").read("shall")  # fmt: skip
    assert read.counterparties == ("United States Senate",)


def test_powers_granted_to_somebody_are_no_act_toward_him() -> None:
    text = text_of(
        "Canada will use the powers granted to the United Nations.", "joint statement", "Canada", "Japan"
    )
    assert text.read("will").counterparties == ()


def test_an_item_with_its_own_subject_takes_no_counterpart_from_its_stem() -> None:
    body = "Japan, in consultation with Canada, shall:\n\n(a) mend nets; and\n\n(b) Japan shall paint boats.\n"
    text = text_of(body, "joint statement", "Japan", "France")
    assert text.read("shall", within="mend nets").counterparties == ("Canada",)


@pytest.mark.parametrize(
    ("sentence", "counterparties"),
    [
        ("Energy will issue a $2 million loan to Reef Technologies for kites.", ("Reef Technologies",)),
        ("Energy will pay $2 million to the Coral Cells to build kites.", ("Coral Cells",)),
        ("Energy will pay $2 million to Advanced Kite Programs.", ()),
        ("Energy will take an equity stake in MP Materials.", ("MP Materials",)),
        ("Coral Air will purchase 50 aircraft from Boeing.", ("Boeing",)),
        ("We will sell Australia three ships.", ("Australia",)),
        ("We will provide Kenya with kites.", ("Kenya",)),
        ("We will provide Kenya industry reports.", ()),
        (
            "We will impose a tariff on kites and ropes from Norway, Kenya, and Chile.",
            ("Norway", "Kenya", "Chile"),
        ),
        ("We will import kites from Norway.", ()),
        ("We will, with the concurrence of Norway, publish a list.", ("Norway",)),
        ("The Senior Advisor to the President will speak for Norway.", ("Norway",)),
    ],
)
def test_who_is_paid_or_burdened_is_a_counterpart(sentence: str, counterparties: tuple[str, ...]) -> None:
    assert text_of(sentence, "joint statement", *PAIR).read("will").counterparties == counterparties


def test_what_an_office_hands_on_within_its_department_is_done_with_that() -> None:
    text = text_of(
        "The Attorney General may redelegate any of these powers within the Department of Justice.",
        "executive order",
        "United States",
    )
    assert text.read("may").counterparties == ("Department of Justice",)


@pytest.mark.parametrize(
    ("sentence", "counterparties"),
    [
        ("美国将140家中国实体列入清单。", ("China",)),
        ("美国将派遣工程师赴日培训。", ("Japan",)),
        ("日本首相将会见中国外长。", ("Minister of Foreign Affairs of China",)),
        ("美国将履行对日防卫义务。", ("Japan",)),
    ],
)
def test_chinese_counterparts_by_a_short_sign(sentence: str, counterparties: tuple[str, ...]) -> None:
    assert text_of(sentence, "news").read("将").counterparties == counterparties


@pytest.mark.parametrize(
    ("text", "counterparties"),
    [
        ("The Office for Kites decides. Makers shall notify the Office of a fall.", ("Office for Kites",)),
        ("Makers shall register with the Kite Safety Board.", ("Kite Safety Board",)),
        ("Makers shall sign a contract with Osprey Magnetics.", ("Osprey Magnetics",)),
        ("Makers shall act together with the Kite Authority of Kenya.", ("Kite Authority of Kenya",)),
        ("Makers shall work with the University of Reefs and Coral University.", ("University of Reefs", "Coral University")),
        ("Makers shall act in line with the Coral Kite Charter.", ()),
        ("Makers shall take stakes in Coral Tungsten.", ("Coral Tungsten",)),
    ],
)  # fmt: skip
def test_bodies_of_no_register_are_counterparts_by_their_nouns(text: str, counterparties: tuple[str, ...]) -> None:
    assert text_of(text, "fact sheet", "United States").read("shall").counterparties == counterparties


COAST = "Committee on Ports, Rail, and Inland Waters"


@pytest.mark.parametrize(
    ("sentence", "counterparties"),
    [
        ("The Secretary of Energy, in coordination with the Cable Repair Task Force, shall report.", ("Cable Repair Task Force",)),
        ("The Cable Repair Task Force shall report.", ()),
        (f"The Secretary of Energy shall submit a list to the {COAST}.", (COAST,)),
        ("The Secretary of Energy shall consult the Committee on Homeland Security and Coasts.",
         ("Committee on Homeland Security and Coasts",)),
        ("The Secretary of Energy shall consult the Board on Ports, Canada, and Japan.", ("Board on Ports", "Canada", "Japan")),
        ("Each operator shall report all faults of its cables to the Cable Board.", ("Cable Board",)),
        ("Each operator shall report the steps it took and go to the Cable Conference.", ()),
        ("The Attorney General shall sign a deal between the Coral Cable Association and the Norway Cable Board.",
         ("Coral Cable Association", "Norway Cable Board")),
        ("The Attorney General shall study the line between the Coral Cable Act and the Norway Cable Plan.", ()),
    ],
)  # fmt: skip
def test_bodies_of_no_register(sentence: str, counterparties: tuple[str, ...]) -> None:
    read = text_of(sentence, "executive order", "United States").read("shall", Kind.OBLIGATION)
    assert read.counterparties == counterparties
