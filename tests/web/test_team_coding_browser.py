"""Team coding in a real browser: a line coded by keys alone, and no page wider than a narrow window."""

from __future__ import annotations

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.web.test_browser import UNNAMED, Site, served, site
from tests.web.toy import ToyWorkspace

__all__ = ["served", "site"]
pytestmark = pytest.mark.browser

NARROW: ViewportSize = {"width": 400, "height": 860}
SHARE = "Alba will share chip designs with Boria by the end of 2027."


@pytest.fixture
def coded(workspace: ToyWorkspace) -> ToyWorkspace:
    workspace.coding().assign(["accord"], ["Ana", "Bo"], by="Mara")
    return workspace


def test_a_line_is_coded_by_keys_alone(site: Site, coded: ToyWorkspace) -> None:
    page = site.open("/coding/d/accord?who=Ana")
    for _ in range(2):
        page.keyboard.press("j")
    expect(page.locator(":focus")).to_have_text(SHARE)
    page.keyboard.press("Enter")
    expect(page.locator("#form")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("Comm")
    page.keyboard.press("Tab")
    page.keyboard.type("2")
    page.keyboard.press("Tab")
    page.keyboard.type("will")
    page.keyboard.press("Tab")
    page.keyboard.type("Alba")
    page.locator("#f-technologies-semiconductors").focus()
    page.keyboard.press("Space")
    page.locator("#f-reason").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".own-line")).to_have_count(1)
    (one,) = coded.coding().lines("accord", "Ana")
    assert (one.line.kind.value, one.line.force, one.line.trigger) == ("commitment", 2, "will")
    assert (one.line.actors, one.line.technologies, one.line.quote.exact) == (
        ("Alba",),
        ("semiconductors",),
        SHARE,
    )


@pytest.mark.parametrize("language", ["en", "zh"])
def test_pages_fit_a_narrow_window_and_every_control_has_a_name(
    site: Site, coded: ToyWorkspace, language: str
) -> None:
    desk = coded.coding()
    start = coded.document("accord").text.index(SHARE)
    for coder, force in (("Ana", 3), ("Bo", 2)):
        values = {"kind": "commitment", "force": force, "actors": ["Alba"]}
        desk.save("accord", (start, start + len(SHARE)), values, coder=coder)
    page = site.open("/coding")
    page.set_viewport_size(NARROW)
    paths = ["/coding", f"/coding/d/accord?who=Ana&at={start}", "/snapshot"]
    after = ["/coding/queue", "/coding/agreement?resamples=10", "/coding/adoption?document=accord"]
    for path in [*paths, *after]:
        if path == "/coding/queue":
            for coder in ("Ana", "Bo"):
                desk.done("accord", coder=coder)
        page = site.open(f"{path}{'&' if '?' in path else '?'}lang={language}")
        page.set_viewport_size(NARROW)
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], path
        assert page.evaluate(UNNAMED) == [], path


def test_a_file_is_brought_by_keys_alone_and_its_faults_are_told(site: Site, coded: ToyWorkspace) -> None:
    page = site.open("/coding/d/accord?who=Ana")
    page.set_viewport_size(NARROW)
    page.locator("details.upload > summary").focus()
    page.keyboard.press("Enter")
    data = f'quote,kind\n"{SHARE}",commitment\n"Nobody says this.",commitment\n'
    chosen = page.locator("#upload-file")
    chosen.set_input_files({"name": "ana.csv", "mimeType": "text/csv", "buffer": data.encode()})
    chosen.focus()
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Line 3")
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert coded.coding().lines("accord", "Ana") == ()
    site.complaints.clear()  # the browser tells that the file was refused
