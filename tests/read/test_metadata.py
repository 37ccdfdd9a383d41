from __future__ import annotations

from datetime import date

import pytest

from dragoman.read import read_text
from dragoman.read.metadata import first_date, merge, named_states, parse_date, work_of


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("Signed on June 3, 2024 in Oslo", date(2024, 6, 3)),
        ("Oslo, 3 June 2024", date(2024, 6, 3)),
        ("2024年6月3日发布", date(2024, 6, 3)),
        ("（2024-06-03公布）", date(2024, 6, 3)),
        ("On February 31, 2024 nothing", None),
        ("In June 2024", None),
    ],
)
def test_first_date(text: str, when: date | None) -> None:
    assert first_date(text) == when


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Joint Statement of the Widget Council", "joint statement"),
        ("The Oslo Declaration", "joint declaration"),
        ("FACT SHEET: Widgets Move", "fact sheet"),
        ("Memorandum of Understanding on Widgets", "memorandum of understanding"),
        ("促进小部件出口的行政命令", "executive order"),
        ("示范国小部件法", "law"),
        ("小部件二轨对话", "track II memorandum"),
        ("Remarks by the Minister", "speech"),
        ("Readout of a Call on the Widget Declaration", "readout"),
        ("Statement by the Minister on the Widget Agreement", "statement"),
        ("The Governor Approves a Disaster Declaration", ""),
        ("Widgets", ""),
    ],
)
def test_kind_from_the_title(title: str, kind: str) -> None:
    assert read_text(f"{title}\n\nWe will meet.", slug="x").kind == kind


@pytest.mark.parametrize(
    ("title", "states"),
    [
        ("U.S.-EU Joint Statement", ("United States", "European Union")),
        ("Japan and the United Kingdom on widgets", ("Japan", "United Kingdom")),
        ("中美小部件对话", ("China", "United States")),
        ("美国与印度尼西亚联合声明", ("United States", "Indonesia")),
        ("A paper on industry and campus life", ()),
        ("Framework for a United States-Ecuador Agreement", ("United States", "Ecuador")),
        ("U.S.-Bangladesh Joint Statement", ("United States", "Bangladesh")),
        ("UK-Ukraine", ("United Kingdom", "Ukraine")),
        ("Remarks on a Plant in Savannah, Georgia", ()),
        ("Statement on the Taiwan Strait", ()),
        ("中国和巴基斯坦联合声明", ("China", "Pakistan")),
    ],
)
def test_named_states(title: str, states: tuple[str, ...]) -> None:
    assert named_states(title) == states


def test_what_is_stated_wins_and_the_rest_is_marked_guessed() -> None:
    text = "U.S.-Japan Joint Statement\n\nJune 3, 2024\n\nWe will meet."
    document = read_text(text, slug="x", metadata={"kind": "communiqué", "date": "2024-06-04"})
    assert (document.kind, document.date) == ("communiqué", date(2024, 6, 4))
    assert document.parties == ("United States", "Japan")
    assert document.guessed == {"title", "parties"}


@pytest.mark.parametrize(
    ("title", "parties"),
    [
        ("Statement by the Government of Japan on Widgets from Chile", ("Japan",)),
        ("Statement by the Minister on Widgets from Chile", ()),
        ("Statement of the G7 Announcing Costs on Russia", ("G7",)),
        ("Joint Statement of the G7 Condemning Tests of Widgets in Russia", ("G7",)),
        ("Joint Statement on the Widget Accord of Japan and Chile", ("Japan", "Chile")),
        ("Norway Joint Statement on Widgets with Chile", ("Norway", "Chile")),
        ("Readout of a Call with the Minister of Chile", ()),
    ],
)
def test_who_speaks_is_a_party_and_who_is_spoken_about_is_none(title: str, parties: tuple[str, ...]) -> None:
    assert read_text(f"{title}\n\nWe will meet.", slug="x").parties == parties


def test_a_stated_empty_list_of_parties_is_no_guess() -> None:
    document = read_text("U.S.-Japan Joint Statement\n\nWe will meet.", slug="x", metadata={"parties": []})
    assert document.parties == ()
    assert "parties" not in document.guessed


@pytest.mark.parametrize(
    ("value", "when"), [("2024-06-03T10:00:00Z", date(2024, 6, 3)), ("soon", None), (None, None)]
)
def test_parse_date(value: object, when: date | None) -> None:
    assert parse_date(value) == when


@pytest.mark.parametrize(
    ("slug", "work"), [("deal.en", "deal"), ("deal.zh", "deal"), ("deal-zh", "deal"), ("deal", "")]
)
def test_work_of(slug: str, work: str) -> None:
    assert work_of(slug) == work


def test_later_sources_win_and_unknown_keys_are_left_out() -> None:
    assert merge({"title": "a", "note": "x"}, {"title": "b", "language": "zh"}, {"title": None}) == {
        "title": "b",
        "languages": "zh",
    }


@pytest.mark.parametrize(
    ("text", "when"),
    [
        (
            "Memorandum of Understanding on Widgets\n\nWe will act.\n\nSigned at Oslo on June 3, 2024.",
            date(2024, 6, 3),
        ),
        ("Joint Statement on Widgets\n\nThe parties met on June 3, 2024.", date(2024, 6, 3)),
        ("An Executive Order on Widgets\n\nThe order of June 3, 2024 is revoked.", None),
        ("示范小部件法\n\n（2024-06-03公布，2024-07-01施行）\n\n第一条　本法适用于小部件。", date(2024, 6, 3)),
    ],
)
def test_date_of_the_text_and_not_of_what_it_cites(text: str, when: date | None) -> None:
    assert read_text(text, slug="x").date == when


def test_kind_in_the_body_of_an_order() -> None:
    text = "Widgets\n\nBy the authority vested in me, it is hereby ordered:\n\nSec. 1. Policy. We will act."
    assert read_text(text, slug="x").kind == "executive order"


VESTED = (
    "By the authority vested in me as President, and to mend nets, it is hereby ordered that agencies shall act."
)


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        ("Mending Nets", "MEMORANDUM FOR THE SECRETARY OF NETS\n\nYou shall mend nets.", "presidential memorandum"),
        ("Memorandum Praising Nets", VESTED, "presidential memorandum"),
        ("Mending Nets", "Nets matter.\n\n" * 200 + VESTED, "executive order"),
        ("Nets Week", "Nets matter.\n\n" * 200 + "NOW, THEREFORE, I, A. Miller, by the authority vested in me, say so.",
         "proclamation"),
        ("Mending Nets", "He signed a memorandum for the Secretary. The authority vested in me is small.", ""),
        ("Readout of a Call on Nets", VESTED, "readout"),
    ],
)  # fmt: skip
def test_kind_by_a_legal_formula(title: str, text: str, kind: str) -> None:
    assert read_text(text, slug="x", metadata={"title": title}).kind == kind
