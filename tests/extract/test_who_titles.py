"""Who a bare title takes up, who a resolution is by, and whom a joined name without a register entry adds."""

from __future__ import annotations

import pytest

from dragoman.extract import Extractor
from dragoman.lexicon import load_lexicon
from dragoman.read import read_text

CHARTER = """The Reef Assembly,

Noting the state of the reefs,

1. Decides to convene a panel on coral data in 2027;
2. Invites the International Telecommunication Union and the Northern Reef Committee to share their maps.
"""


def actors_of(text: str, kind: str) -> list[tuple[str, ...]]:
    document = read_text(text, slug="case", metadata={"kind": kind, "languages": ["en"]})
    return [provision.actors for provision in Extractor(load_lexicon()).extract(document)]


@pytest.mark.parametrize(
    ("text", "kind", "actors"),
    [
        ("The Secretary of Commerce shall publish a list. The Secretary shall update it.", "executive order", "Secretary of Commerce"),
        ("The Department of Commerce published a notice. In May the department launched a fund.", "news", "Department of Commerce"),
        ("The Ministry of Reefs of Chile signed a pact. The ministry will hold talks.", "news", "Ministry of Reefs of Chile"),
        ("“The Registrar” means the Registrar of Reefs. The Registrar shall keep a list.", "law", "Registrar of Reefs"),
    ],
)  # fmt: skip
def test_a_bare_title_takes_up_the_office_named_last(text: str, kind: str, actors: str) -> None:
    assert actors_of(text, kind)[-1] == (actors,)


def test_of_two_secretaries_the_nearer_is_meant() -> None:
    text = "The Secretary of State and the Secretary of Energy shall confer. The Secretary may act."
    assert actors_of(text, "executive order")[-1] == ("Secretary of Energy",)


def test_the_title_of_a_paper_is_no_office() -> None:
    text = "Memo to the Next Under Secretary\n\nWe recommend that the Under Secretary publish the milestones."
    assert actors_of(text, "research paper") == [("Under Secretary",)]


def test_what_there_is_has_no_actor_in_a_law() -> None:
    text = (
        "The operator shall keep a log. There are authorized to be appropriated $2 million to carry out this Act."
    )
    assert actors_of(text, "law")[-1] == ()


def test_a_resolution_is_by_the_body_on_its_first_line() -> None:
    assert actors_of(CHARTER, "resolution")[0] == ("Reef Assembly",)


def test_the_advised_are_all_named() -> None:
    assert actors_of(CHARTER, "resolution")[1] == (
        "International Telecommunication Union",
        "Northern Reef Committee",
    )


@pytest.mark.parametrize(
    ("introduced", "called", "office"),
    [
        ("Philippine President Ferdinand R. Marcos Jr. came.", "President Marcos", "President of the Philippines"),
        ("South Korean President Park Minjun came.", "President Park", "President of South Korea"),
        (
            "Prime Minister Ulf Kristersson of Sweden came.",
            "Prime Minister Kristersson",
            "Prime Minister of Sweden",
        ),
    ],
)
def test_a_head_whom_the_text_introduces_is_the_office(introduced: str, called: str, office: str) -> None:
    assert actors_of(f"{introduced} {called} will open a reef centre in May.", "joint statement") == [(office,)]


def test_ministers_who_name_their_states_speak_for_them() -> None:
    text = "We, the digital ministers of Australia, Indonesia and New Zealand, met in Hobart. We agreed to begin talks."
    assert set(actors_of(text, "communiqué")) == {("Australia", "Indonesia", "New Zealand")}


def test_the_co_chairs_act_themselves() -> None:
    assert actors_of("The Co-Chairs may create subgroups.", "executive order") == [("Co-Chairs",)]


@pytest.mark.parametrize(
    "text", ["(1) There is established a reef office.", "Nothing in this Act affects the Port Act."]
)
def test_what_a_law_founds_or_saves_is_nobodys(text: str) -> None:
    assert actors_of(f"The operator shall keep a log.\n\n{text}", "law")[-1] == ()


def test_the_head_in_a_title_speaks_and_not_whom_it_is_against() -> None:
    text = "The Administration will open an inquiry into reef imports."
    title = "FACT SHEET: President Biden Takes Action Against China’s Reef Practices"
    document = read_text(text, slug="case", metadata={"kind": "fact sheet", "title": title, "date": "2024-12-23"})
    assert [line.actors for line in Extractor(load_lexicon()).extract(document)] == [("United States",)]


def test_a_name_with_full_stops_is_taken_up() -> None:
    text = "The U.S.-EU Task Force on Reef Security met in May. The Task Force will report on its work."
    assert actors_of(text, "readout")[-1] == ("U.S.-EU Task Force on Reef Security",)
