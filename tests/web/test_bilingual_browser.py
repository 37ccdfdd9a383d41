"""The pages of two versions in a real browser: keys, a link set right, candidates proposed, narrow windows."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.web.test_browser import LAPTOP, UNNAMED, Site, served, site
from tests.web.toy import ToyWorkspace
from tests.web.versions import BOTH, ENGLISH, PAIR, add_versions

__all__ = ["served", "site"]
pytestmark = pytest.mark.browser

NARROW: ViewportSize = {"width": 400, "height": 860}
MAY = ENGLISH.index("The council may")
SCHOOL = ENGLISH.index("The school")
PATHS = (
    "/terms/align",
    f"/terms/align?{PAIR}",
    f"/terms/align?{BOTH}&edit=row&at=e-{MAY}",
    f"/terms/force?{PAIR}",
    f"/terms/extract?{PAIR}",
)


@pytest.fixture
def versions(workspace: ToyWorkspace) -> ToyWorkspace:
    add_versions(workspace)
    return workspace


def focused(page: Page) -> str:
    words: str = page.evaluate("document.activeElement.textContent.trim().replace(/\\s+/g, ' ')")
    return words


def test_keys_go_from_link_to_link_and_open_a_sentence(site: Site, versions: ToyWorkspace) -> None:
    page = site.open(f"/terms/align?{PAIR}")
    expect(page.locator("#beside a[tabindex='0']")).to_have_count(1)
    page.keyboard.press("j")
    assert focused(page) == "Link 1 in the text"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("j")
    assert focused(page) == "Link 3 in the text"
    page.keyboard.press("ArrowRight")
    assert focused(page).startswith("The council may1 inspect")
    page.keyboard.press("ArrowRight")
    assert focused(page).startswith("理事会")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("k")
    assert focused(page) == "Link 2 in the text"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("k")
    assert focused(page) == "Link 1 in the text"
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(rf"/d/port\.en#s-{MAY}$"))
    expect(page.locator("h1")).to_have_text("Harbour Accord of the Two Ports")


def test_a_link_is_set_right_kept_and_shown(site: Site, versions: ToyWorkspace) -> None:
    page = site.open(f"/terms/align?{PAIR}")
    for _ in range(3):
        page.keyboard.press("j")
    page.keyboard.press("c")
    page.wait_for_url(re.compile("edit=row"))
    expect(page.locator("#picked")).to_have_text("Ticked: 2")
    for _ in range(4):
        page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("#picked")).to_have_text("Ticked: 3")
    page.fill("#l-by", "Mara")
    page.fill("#l-reason", "jokes and xylophones: no key of the page")
    expect(page.locator("#picked")).to_have_text("Ticked: 3")
    page.click("text=Join the ticked")
    row = page.locator(f"#e-{MAY}")
    expect(row.locator(".trust")).to_contain_text("set by Mara")
    expect(row.locator(".said")).to_have_count(3)
    expect(page.locator(f"#e-{SCHOOL}")).to_have_count(0)
    expect(page.locator("#by-hand li")).to_contain_text("jokes and xylophones")
    expect(page.locator("#l-by")).to_have_value("Mara")
    row.locator(".mend").click()
    expect(page.locator("#picked")).to_have_text("Ticked: 3")
    page.fill("#l-reason", "they are two")
    page.click("text=Take back what was set by hand")
    expect(page.locator(f"#e-{SCHOOL}")).to_have_count(1)
    expect(page.locator("#by-hand li")).to_have_count(2)


def test_what_is_computed_appears_by_itself_also_under_the_address_of_a_row(
    site: Site, versions: ToyWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dragoman.web.computed.PATIENCE", 0.001)
    page = site.open(f"/terms/align?{PAIR}&at=e-{SCHOOL}#e-{SCHOOL}")
    expect(page.locator("progress")).to_have_count(1)
    monkeypatch.setattr("dragoman.web.computed.PATIENCE", 60)
    expect(page.locator(f"#e-{SCHOOL}.asked")).to_be_in_viewport()


def test_differences_lead_to_their_row(site: Site, versions: ToyWorkspace) -> None:
    page = site.open(f"/terms/force?{PAIR}")
    page.select_option("#f-kind", "commitment")
    page.wait_for_url(re.compile("kind=commitment"))
    expect(page.locator("#beside tbody tr")).to_have_count(1)
    page.click("#beside .number")
    page.wait_for_url(re.compile("/terms/align"))
    expect(page.locator("tr.asked")).to_contain_text("commit to")
    page.click(".tabs >> text=Term candidates")
    expect(page.locator(".candidates tbody tr").first).to_contain_text("出口管制")


def test_a_candidate_is_proposed(site: Site, versions: ToyWorkspace) -> None:
    page = site.open(f"/terms/extract?{PAIR}")
    page.locator(".candidates tbody tr").first.locator("input").check()
    page.fill("#x-by", "Ann")
    page.select_option("#x-side", "China")
    page.click("text=Propose the chosen to the termbase")
    page.click("#outcome a")
    expect(page.locator(".concept-head")).to_contain_text("under review")
    expect(page.locator(".term-source").first).to_contain_text("Export controls on quantum computers")


def test_everything_can_be_done_without_script(site: Site, versions: ToyWorkspace) -> None:
    browser = site.page.context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=False, viewport=LAPTOP, locale="en-GB")
    page = context.new_page()
    page.goto(f"{site.address}/terms/align")
    page.select_option("#p-en", "port.en")
    page.select_option("#p-zh", "port.zh")
    page.click("form:has(#p-en) button")
    page.locator(f"#e-{SCHOOL} .mend").click()
    page.fill("#l-by", "Noa")
    page.fill("#l-reason", "not in the Chinese text")
    page.click("text=Let each stand alone")
    expect(page.locator(f"#e-{SCHOOL} .trust")).to_contain_text("set by Noa")
    context.close()


@pytest.mark.parametrize("size", [NARROW, LAPTOP], ids=["narrow", "laptop"])
def test_nothing_runs_out_of_the_window(site: Site, versions: ToyWorkspace, size: ViewportSize) -> None:
    site.page.set_viewport_size(size)
    for path in PATHS:
        for lang in ("en", "zh"):
            page = site.open(f"{path}{'&' if '?' in path else '?'}lang={lang}")
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], (path, lang)


def test_everything_that_can_be_used_has_a_name_and_a_table_stays_one(site: Site, versions: ToyWorkspace) -> None:
    for path in PATHS:
        page = site.open(path)
        assert page.evaluate(UNNAMED) == [], path
        assert page.locator("h1").count() == 1, path
    site.page.set_viewport_size(NARROW)
    page = site.open(f"/terms/align?{PAIR}")
    expect(page.get_by_role("table", name="Side by side")).to_have_count(1)
    expect(page.get_by_role("row")).to_have_count(9)
    assert page.get_by_role("cell").count() == 8 * 2 + 3  # cells without a difference are not shown
    expect(page.get_by_role("columnheader", name="What differs")).to_have_count(1)
