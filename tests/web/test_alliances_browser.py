"""The pages of alliances and actors in a real browser: squares by keyboard, filters in the address, edits."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.web.harbour import HARBOUR, add_harbour
from tests.web.test_browser import LAPTOP, UNNAMED, Site, served, site
from tests.web.toy import ToyWorkspace

__all__ = ["served", "site"]
pytestmark = pytest.mark.browser

NARROW: ViewportSize = {"width": 400, "height": 860}
PATHS = (
    "/alliances",
    "/alliances?actor=US&cell=United+States%7CJapan%7Cquantum",
    "/alliances?view=network&mode=two-mode&measure=ignore",
    "/alliances?view=timeline",
    "/alliances?view=layers",
    "/alliances?view=map",
    "/alliances/briefing?actor=US&partner=Japan",
    "/actors",
    "/actors/a/Quad",
    "/actors/proposals",
)


@pytest.fixture
def harbour(workspace: ToyWorkspace) -> ToyWorkspace:
    add_harbour(workspace)
    return workspace


def title_in_focus(page: Page) -> str:
    """Return what the square in focus says of itself."""
    title: str = page.evaluate("document.activeElement.title")
    return title


def test_a_square_opens_its_sentences_by_keyboard(site: Site, harbour: ToyWorkspace) -> None:
    page = site.open("/alliances?actor=Japan")
    first = page.locator("table.matrix .square a").first
    first.focus()
    assert "semiconductors" in title_in_focus(page)
    page.keyboard.press("ArrowRight")
    assert "quantum" in title_in_focus(page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    box = page.locator("#sentences-box")
    expect(box).to_be_visible()
    expect(box.locator("blockquote")).to_have_count(1)
    expect(box).to_contain_text("joint research in quantum computing")
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    assert "quantum" in title_in_focus(page)


def test_a_sentence_leads_to_its_place(site: Site, harbour: ToyWorkspace) -> None:
    page = site.open("/alliances?cell=United+States%7CJapan%7Cquantum")
    page.click("#sentences >> text=In the text")
    page.wait_for_url(re.compile("#at-"))
    marked = page.evaluate("[...CSS.highlights.get('why')].map(String).join('')")
    assert marked == HARBOUR.splitlines()[1]


def test_filters_stand_in_the_address(site: Site, harbour: ToyWorkspace) -> None:
    page = site.open("/alliances")
    page.fill("#q-actor", "日本")
    page.select_option("#q-by", "layer")
    page.fill("#q-since", "2024-01-01")
    page.click("#ask .primary")
    page.wait_for_url(lambda address: "by=layer" in address and "since=2024-01-01" in address)
    assert "until" not in page.url
    assert "groups" not in page.url
    expect(page.locator("table.matrix tbody tr")).to_have_count(1)
    page.click("nav.tabs >> text=Layers")
    page.wait_for_url(re.compile("view=layers"))
    expect(page.locator("#q-since")).to_have_value("2024-01-01")
    page.click("text=Start anew")
    expect(page.locator("#q-actor")).to_have_value("")


def test_the_slider_moves_by_keyboard(site: Site, harbour: ToyWorkspace) -> None:
    page = site.open("/alliances?view=timeline")
    expect(page.locator("#step-title")).to_have_text("2024")
    page.focus("#q-at")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(re.compile("at=2023"))
    expect(page.locator("#step-title")).to_have_text("2023")
    page.click("a[rel=next]")
    page.wait_for_url(re.compile("at=2024"))


def test_a_briefing_is_asked(site: Site, harbour: ToyWorkspace) -> None:
    page = site.open("/alliances/briefing")
    page.fill("#q-actor", "US")
    page.fill("#q-partner", "Japan")
    page.click("#ask .primary")
    page.wait_for_url(re.compile("partner=Japan"))
    expect(page.locator("h1")).to_have_text("Briefing: United States – Japan")
    expect(page.locator(".briefing blockquote").first).to_contain_text("quantum computing")
    page.emulate_media(media="print")
    expect(page.locator("#ask")).to_be_hidden()
    expect(page.locator(".briefing")).to_be_visible()


def test_an_actor_is_changed(site: Site, harbour: ToyWorkspace) -> None:
    page = site.open("/actors?text=Quad")
    page.click(".actor-list >> text=Quad")
    page.click("summary >> text=Set a membership")
    page.select_option("#member-as", "group")
    page.fill("#member-other", "Iceland")
    page.fill("#member-since", "2026-02-01")
    page.fill("#member-reason", "joined at the summit")
    page.fill("#member-by", "Mara")
    page.click("form[action$='/member'] .primary")
    expect(page.locator(".columns")).to_contain_text("Iceland 2026-02-01")
    expect(page.locator("#history-title + ol")).to_contain_text("joined at the summit")
    expect(page.locator("#names-by")).to_have_value("Mara")
    assert harbour.actor_register.card("Quad").members[-1].member == "Iceland"


@pytest.mark.parametrize("size", [NARROW, LAPTOP], ids=["narrow", "laptop"])
def test_nothing_runs_out_of_the_window(site: Site, harbour: ToyWorkspace, size: ViewportSize) -> None:
    site.page.set_viewport_size(size)
    for path in PATHS:
        for lang in ("en", "zh"):
            page = site.open(f"{path}{'&' if '?' in path else '?'}lang={lang}")
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], (path, lang)


def test_everything_that_can_be_used_has_a_name(site: Site, harbour: ToyWorkspace) -> None:
    doubles = (
        "[...document.querySelectorAll('[id]')].map(e => e.id).filter((id, at, all) => all.indexOf(id) !== at)"
    )
    for path in PATHS:
        page = site.open(path)
        assert page.evaluate(UNNAMED) == [], path
        assert page.locator("h1").count() == 1, path
        assert page.evaluate(doubles) == [], path
