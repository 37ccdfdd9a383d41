from __future__ import annotations

import json
from datetime import date

import pytest

from dragoman.alliances.layout import layout_of
from dragoman.alliances.network import network_of
from dragoman.alliances.picture import cells_of, entries_of, matrix_of, points_of, timeline_of
from dragoman.lexicon.actors import register_of
from dragoman.model import Language
from dragoman.model.alliance import Alliances, Axis, Groups, Place, Stance, Tie
from dragoman.report import write
from dragoman.report.alliances import Drawn, alliance_chart, alliances_report
from dragoman.report.blocks import Chart
from tests.alliances.making import columns, tie

US, JAPAN, CHINA = "United States", "Japan", "China"
PLACES = {JAPAN: (36.5, 138.0), CHINA: (35.0, 104.0)}
PICTURES = ("matrix", "network", "timeline", "layers", "map")
TIES = (
    tie(US, JAPAN, "ai", "quantum", start=1, end=4),
    tie(US, JAPAN, "ai", start=5, end=9, day=date(2022, 5, 1), force=4),
    tie(US, CHINA, "ai", stance=Stance.AGAINST, start=10, end=14),
)


def drawn(*ties: Tie, actor: str = US) -> Drawn:
    rows = columns(*ties)
    entries = entries_of(rows, Axis.TECHNOLOGY)
    found = Alliances(
        axis=Axis.TECHNOLOGY,
        groups=Groups.AS_NAMED,
        actor=actor,
        since=None,
        until=None,
        documents=(),
        cells=cells_of(rows, entries, actor),
        matrix=matrix_of(rows, entries, Axis.TECHNOLOGY, actor),
        timeline=timeline_of(rows, entries, actor),
        points=points_of(rows, PLACES, actor),
        ties=len(rows),
        unnamed=entries.unnamed,
    )
    network = network_of(rows, entries, register_of({}))
    layers = matrix_of(rows, entries_of(rows, Axis.LAYER), Axis.LAYER, actor)
    return Drawn(found, layers, network, layout_of(network))


def picture(name: str, language: Language = Language.EN) -> Chart:
    chart = alliance_chart(drawn(*TIES), name, language, {JAPAN: "日本"} if language is Language.ZH else {})
    assert chart is not None
    return chart


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.parametrize("language", list(Language))
def test_every_picture_has_a_table_and_says_what_it_shows(name: str, language: Language) -> None:
    chart = picture(name, language)
    assert chart.alt
    assert chart.table.rows
    assert all(len(row) == len(chart.table.head) for row in chart.table.rows)
    assert json.loads(json.dumps(chart.spec)) == chart.spec


def test_the_matrix_draws_gaps_and_tells_what_is_against() -> None:
    values = picture("matrix").spec["data"]["values"]
    shown = {(one["row"], one["column"]): one for one in values}
    assert len(shown) == len(values) == 2 * 2
    gap = shown["China", "quantum"]
    assert (gap["n"], gap["shown"]) == (0, "")
    assert shown["China", "AI"]["edge"] != shown["Japan", "AI"]["edge"]
    assert shown["Japan", "AI"]["frame"] > shown["China", "AI"]["frame"]


def test_the_table_of_the_matrix_has_the_numbers_of_the_picture() -> None:
    rows = {row[0][0].text: [cell[0].text for cell in row[1:]] for row in picture("matrix").table.rows}
    assert rows == {"Japan": ["2 / 3.5", "1 / 3.0", "3"], "China": ["1 / 3.0", "–", "1"]}


def test_the_layout_is_within_the_frame_and_always_the_same() -> None:
    places = drawn(*TIES, tie("X", "Y", "ai", start=90)).places
    assert set(places) == {US, JAPAN, CHINA, "X", "Y"}
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in places.values())
    assert places == drawn(*TIES, tie("X", "Y", "ai", start=90)).places


def test_the_report_opens_every_cell_down_to_its_sentences() -> None:
    asked: list[Place] = []

    def text_of(place: Place) -> str:
        asked.append(place)
        return f"sentence at {place.start}"

    page = write(alliances_report(drawn(*TIES), Language.EN, {}, text_of, "dragoman alliances"), "md").decode()
    assert {place.start for place in asked} == {1, 5, 10}
    assert "sentence at 10" in page
    assert "United States against China: AI (governments)" in page
    assert "dragoman alliances" in page


@pytest.mark.parametrize("name", PICTURES)
def test_nothing_found_draws_nothing(name: str) -> None:
    assert alliance_chart(drawn(actor=""), name, Language.EN, {}) is None


def test_a_report_of_nothing_says_so() -> None:
    page = write(alliances_report(drawn(actor=""), Language.ZH, {}, lambda _: ""), "md").decode()
    assert "没有找到" in page
