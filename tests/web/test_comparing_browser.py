"""The pages of comparing in a real browser: keys, filters, corrections, boxes of sentences, workbooks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from dragoman.model.lineage import LineageLabel
from tests.web.series import QUERY, add_series, line_with, saved, workbook_of
from tests.web.test_browser import LAPTOP, PHONE, UNNAMED, Site, served, site
from tests.web.toy import ToyWorkspace

__all__ = ["served", "site"]
pytestmark = pytest.mark.browser

NARROW: ViewportSize = {"width": 400, "height": 860}
EVENTS = """date,party,title,target,topic
2026-02-10,United States,Rule on exports of lamps to China,China,export-control
2026-03-12,European Union,Rule on exports of lamps to China,China,export-control
"""


@pytest.fixture
def series(workspace: ToyWorkspace) -> ToyWorkspace:
    add_series(workspace)
    return workspace


def focused(page: Page) -> str:
    """Return the words of the statement in focus."""
    words: str = page.evaluate("document.activeElement.querySelector('.short')?.textContent ?? ''")
    return words


def label_in_focus(page: Page) -> str:
    label: str = page.evaluate("document.activeElement.querySelector('.label')?.textContent.trim() ?? ''")
    return label


def test_arrow_keys_go_from_statement_to_statement(site: Site, series: ToyWorkspace) -> None:
    page = site.open(f"/compare?{QUERY}&order=text")
    assert page.locator("table.river summary[tabindex='0']").count() == 1
    page.locator("table.river summary").first.focus()
    assert label_in_focus(page) == "first text"
    page.keyboard.press("ArrowRight")
    assert label_in_focus(page) == "strengthened"
    page.keyboard.press("End")
    assert label_in_focus(page) == "weakened"
    page.keyboard.press("ArrowRight")
    assert label_in_focus(page) == "weakened"
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    assert "bell founders" in focused(page)
    page.keyboard.press("ArrowRight")
    assert label_in_focus(page) == "dropped"
    page.keyboard.press("ArrowUp")
    assert label_in_focus(page) == "strengthened"
    page.keyboard.press("Enter")
    expect(page.locator("details.statement[open] blockquote")).to_have_count(1)
    expect(page.locator("details.statement[open] blockquote")).to_be_visible()
    assert page.locator("table.river summary[tabindex='0']").count() == 1


def test_filters_apply_at_once_and_stand_in_the_address(site: Site, series: ToyWorkspace) -> None:
    page = site.open(f"/compare?{QUERY}")
    page.select_option("#v-technology", "quantum")
    page.wait_for_url(re.compile("technology=quantum"))
    expect(page.locator("table.river tbody tr")).to_have_count(1)
    assert "text=" not in page.url
    page.select_option("#v-technology", "")
    page.wait_for_url(lambda address: "technology" not in address)
    page.fill("#v-text", "BELL")
    page.press("#v-text", "Enter")
    expect(page.locator("table.river tbody tr")).to_have_count(1)
    page.click("text=Remove all")
    expect(page.locator("table.river tbody tr")).to_have_count(4)


def test_a_segment_of_the_picture_leads_to_its_threads(site: Site, series: ToyWorkspace) -> None:
    page = site.open(f"/compare?{QUERY}")
    page.locator(".alluvial a.l-dropped").last.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("label=dropped&within=council-4-lima"))
    expect(page.locator("table.river tbody tr")).to_have_count(1)
    page.click("text=Hide the picture")
    expect(page.locator(".alluvial")).to_have_count(0)


def test_a_statement_leads_to_its_sentence(site: Site, series: ToyWorkspace) -> None:
    page = site.open(f"/compare?{QUERY}&order=text")
    page.locator("details.statement.l-strengthened summary").click()
    page.click("details.statement[open] >> text=In the text")
    expect(page.locator(".sentence.selected")).to_contain_text("lighthouse charts")


def test_a_correction_is_made_kept_and_shown(site: Site, series: ToyWorkspace) -> None:
    page = site.open(f"/compare?{QUERY}&order=text")
    page.locator("details.statement.l-strengthened summary").click()
    page.click("details.statement[open] >> text=Side by side")
    expect(page.locator(".two del").first).to_contain_text("intends to")
    expect(page.locator(".two ins").first).to_contain_text("will")
    page.check("#correction input[value=repeated]")
    page.fill("#c-note", "only another word")
    page.fill("#c-by", "Mara")
    page.click("#correction .primary")
    expect(page.locator("#correction .steps li")).to_have_count(2)
    expect(page.locator("#correction .steps li").last).to_contain_text("set by Mara")
    expect(page.locator("#c-by")).to_have_value("Mara")
    page.click(".back a")
    expect(page.locator("details.statement.corrected", has_text="✎ Mara")).to_have_count(1)
    line = line_with(series, "council-3-kobe", "charts")
    assert [step.label for step in series.comparing.history(line)][-1] is LineageLabel.REPEATED


def test_a_coordination_is_asked_and_a_figure_opens(site: Site, series: ToyWorkspace, tmp_path: Path) -> None:
    page = site.open("/coordination")
    page.fill("#q-first", "US")
    page.fill("#q-second", "EU")
    page.select_option("#q-topic", "export-control")
    page.set_input_files("#q-file", saved(tmp_path, "events.csv", EVENTS))
    page.click(".compare-form .primary")
    page.wait_for_url(re.compile("events="))
    cell = page.locator("#targets-title + .scroll tr", has_text="China").locator("a[data-cell]").first
    cell.click()
    expect(page.locator("#sentences-box")).to_be_visible()
    expect(page.locator("#sentences-box .measures li")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(page.locator("#sentences-box")).to_be_hidden()
    expect(cell).to_be_focused()
    page.fill("#q-since", "2026-05-01")
    page.fill("#q-until", "2026-04-01")
    page.click(".compare-form .primary")
    expect(page.locator("[role=alert]")).to_contain_text("2026-04-01 comes before 2026-05-01")
    expect(page.locator("#q-first")).to_have_value("US")
    assert site.complaints == ["Failed to load resource: the server responded with a status of 400 (Bad Request)"]
    site.complaints.clear()


def test_a_workbook_is_sent_changed_and_downloaded(site: Site, series: ToyWorkspace, tmp_path: Path) -> None:
    page = site.open("/tracing")
    page.set_input_files("#w-file", saved(tmp_path, "lamps.yaml", workbook_of(series)))
    page.click("form:has(#w-file) button")
    expect(page.locator("h1")).to_have_text("Who opened the laboratory")
    before = page.locator(".verdict").inner_text()
    page.fill("#l-0-1", "0.05")
    page.click("#weigh .primary")
    expect(page.locator("#l-0-1")).to_have_value("0.05")
    assert page.locator(".verdict").inner_text() != before
    with page.expect_download() as waiting:
        page.locator("#weigh >> text=Download the workbook").click()
    text = Path(waiting.value.path()).read_text("utf-8")
    assert text == workbook_of(series).replace("H2: unlikely}  # words", "H2: 0.05}  # words")


def paths(workspace: ToyWorkspace) -> list[str]:
    saved(workspace.folder, "lamps.yaml", workbook_of(workspace))
    line = line_with(workspace, "council-3-kobe", "charts")
    return [
        "/compare",
        f"/compare?{QUERY}",
        f"/compare/line/{line}?{QUERY}&find=bell",
        "/coordination?first=US&second=EU",
        "/profile",
        f"/profile?{QUERY}",
        "/tracing",
        "/tracing?book=lamps.yaml",
    ]


@pytest.mark.parametrize("size", [PHONE, NARROW, LAPTOP], ids=["phone", "narrow", "laptop"])
def test_nothing_runs_out_of_the_window(site: Site, series: ToyWorkspace, size: ViewportSize) -> None:
    site.page.set_viewport_size(size)
    for path in paths(series):
        for lang in ("en", "zh"):
            page = site.open(f"{path}{'&' if '?' in path else '?'}lang={lang}")
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], (path, lang)


def test_everything_that_can_be_used_has_a_name(site: Site, series: ToyWorkspace) -> None:
    doubles = (
        "[...document.querySelectorAll('[id]')].map(e => e.id).filter((id, at, all) => all.indexOf(id) !== at)"
    )
    for path in paths(series):
        page = site.open(path)
        assert page.evaluate(UNNAMED) == [], path
        assert page.locator("h1").count() == 1, path
        assert page.evaluate(doubles) == [], path


def test_on_a_phone_a_table_of_statements_is_still_a_table(site: Site, series: ToyWorkspace) -> None:
    site.page.set_viewport_size(PHONE)
    page = site.open(f"/compare?{QUERY}")
    expect(page.get_by_role("table", name="Statements")).to_have_count(1)
    expect(page.get_by_role("row").first).to_be_attached()
    assert page.get_by_role("cell").count() > 4
