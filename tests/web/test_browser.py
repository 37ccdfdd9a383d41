"""The pages in a real browser: what scripts, styles and keys do together."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Locator, Page, Route, ViewportSize, expect

from dragoman.model import Kind, Query, ReviewState
from dragoman.web import create_app
from tests.web.texts import ACCORD
from tests.web.toy import ToyWorkspace

pytestmark = pytest.mark.browser

LAPTOP: ViewportSize = {"width": 1440, "height": 900}
TABLET: ViewportSize = {"width": 1024, "height": 768}
expect.set_options(timeout=30_000)  # a busy machine is no failure
PATHS = [
    "/",
    "/d/accord",
    "/register",
    "/search?q=list",
    "/problems",
    "/track?as_of=2027-12-20",
    "/track/scores",
    "/api",
]
PHONE: ViewportSize = {"width": 390, "height": 844}


@dataclass
class Site:
    """A server over a workspace, and the complaints of the pages opened on it."""

    address: str
    workspace: ToyWorkspace
    page: Page
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page

    def first(self, kind: Kind = Kind.COMMITMENT) -> str:
        return self.workspace.provisions(Query(kinds=(kind,))).entries[0].provision.id


@contextmanager
def serving(workspace: ToyWorkspace) -> Iterator[str]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(
            uvicorn.Config(create_app(workspace), log_level="warning", lifespan="off", ws="none")
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join()


@pytest.fixture
def served(workspace: ToyWorkspace) -> Iterator[str]:
    with serving(workspace) as address:
        yield address


@pytest.fixture
def site(browser: Browser, served: str, workspace: ToyWorkspace) -> Iterator[Site]:
    context = browser.new_context(viewport=LAPTOP, locale="en-GB", reduced_motion="reduce")
    site = Site(served, workspace, context.new_page())
    site.page.set_default_timeout(30_000)
    site.page.on(
        "console", lambda message: site.complaints.append(message.text) if message.type == "error" else None
    )
    site.page.on("pageerror", lambda error: site.complaints.append(str(error)))
    yield site
    context.close()
    assert site.complaints == []


def shown(page: Page) -> Locator:
    return page.locator("#panel-body .provision")


def go_to(page: Page, key: str, identifier: str) -> None:
    page.keyboard.press(key)
    expect(shown(page)).to_have_attribute("data-shown", identifier)


def ids_in_order(page: Page) -> list[str]:
    found: list[str] = page.eval_on_selector_all(".pill", "all => all.map(pill => pill.dataset.provision)")
    return found


def test_files_are_chosen_and_read_one_after_another(site: Site, tmp_path: Path) -> None:
    good, void = tmp_path / "harbour.txt", tmp_path / "void.txt"
    good.write_text("# Harbour Rules\nNobody shall not pass. Alba will watch.\n", "utf-8")
    void.write_bytes(b"")
    page = site.open("/")
    page.set_input_files("#files", [good, void])
    page.click("#files-form button")
    expect(page.locator("#outcomes .outcome")).to_have_count(2)
    expect(page.locator("#outcomes")).to_contain_text("void.txt is empty.")
    expect(page.locator("#outcomes")).to_contain_text("Give a file with text.")
    expect(page.locator(".documents")).to_contain_text("Harbour Rules")
    page.click("#outcomes >> text=Harbour Rules")
    expect(page.locator("h1")).to_have_text("Harbour Rules")
    expect(page.locator(".pill")).to_have_count(2)


def test_a_file_is_dropped_and_read(site: Site) -> None:
    page = site.open("/")
    page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.items.add(new File(["Alba will swim."], "dropped.txt"));
            const drop = { dataTransfer: data, bubbles: true, cancelable: true };
            document.body.dispatchEvent(new DragEvent("drop", drop));
        }"""
    )
    expect(page.locator("#outcomes")).to_contain_text("1 provision")
    expect(page.locator("#status")).to_contain_text("Files handled: 1.")
    assert site.workspace.document("dropped").text == "Alba will swim."


def test_a_file_over_the_limit_is_not_even_sent(site: Site, tmp_path: Path) -> None:
    page = site.open("/")
    page.evaluate("document.getElementById('drop').dataset.limit = 10")
    big = tmp_path / "big.txt"
    big.write_text("Alba will swim.", "utf-8")
    page.set_input_files("#files", big)
    page.click("#files-form button")
    expect(page.locator("#outcomes .outcome-failed")).to_contain_text("big.txt is larger than")
    assert len(site.workspace.documents()) == 2


def test_the_first_file_of_an_empty_library_appears(browser: Browser, empty: ToyWorkspace) -> None:
    with serving(empty) as address:
        page = browser.new_page()
        page.goto(address)
        page.set_input_files("#files", {"name": "one.txt", "mimeType": "text/plain", "buffer": b"Alba will swim."})
        page.click("#files-form button")
        expect(page.locator(".documents tbody tr")).to_have_count(1)
        expect(page.locator(".welcome")).to_have_count(0)
        page.close()


def test_keys_go_through_all_provisions_of_a_text(site: Site) -> None:
    page = site.open("/d/accord")
    order = ids_in_order(page)
    assert len(order) == 12
    for identifier in order:
        go_to(page, "j", identifier)
        assert page.url.endswith(f"#{identifier}")
    page.keyboard.press("n")
    expect(page.locator("#status")).to_have_text("There is no further provision here.")
    go_to(page, "k", order[-2])
    go_to(page, "p", order[-3])
    page.keyboard.press("Escape")
    expect(shown(page)).to_have_count(0)
    assert "#" not in page.url


def test_keys_are_silent_while_typing_and_when_off(site: Site) -> None:
    page = site.open("/d/accord")
    go_to(page, "j", ids_in_order(page)[0])
    page.fill(".accept [name=reviewer]", "")
    page.type(".accept [name=reviewer]", "Jana Kerr")
    expect(shown(page)).to_have_attribute("data-shown", ids_in_order(page)[0])
    assert page.input_value(".accept [name=reviewer]") == "Jana Kerr"
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.uncheck("#keys-on")
    page.click("#keys button")
    page.keyboard.press("j")
    expect(shown(page)).to_have_count(0)


def test_both_provisions_of_one_sentence_are_reached_by_mouse(site: Site) -> None:
    page = site.open("/d/accord")
    sentence = page.locator(".sentence.pinned", has_text="理事会应当公布名单")
    first, second = (sentence.locator(".pill").nth(at).get_attribute("data-provision") or "" for at in (0, 1))
    sentence.locator(".words").click()
    expect(shown(page)).to_have_attribute("data-shown", first)
    sentence.locator(".words").click()
    expect(shown(page)).to_have_attribute("data-shown", second)
    sentence.locator(".pill").nth(0).press("Enter")
    expect(shown(page)).to_have_attribute("data-shown", first)


def test_pointing_at_a_reason_lights_up_its_words(site: Site) -> None:
    page = site.open(f"/d/accord#{site.first()}")
    page.locator("button.why", has_text="chip").focus()
    lit = "[...CSS.highlights.get('why')].map(String).filter((text, at, all) => all.indexOf(text) === at)"
    assert page.evaluate(lit) == ["chip"]
    triggers = page.evaluate("[...CSS.highlights.get('trigger')].map(String)")
    assert triggers == ["will", "will"]


def test_offsets_count_characters_beyond_the_basic_plane(site: Site) -> None:
    page = site.open("/d/rule")
    at = site.workspace.document("rule").text.index("Alba")
    page.goto(f"{site.address}/d/rule#at-{at}-{at + 4}")
    page.reload()
    assert page.evaluate("[...CSS.highlights.get('why')].map(String)") == ["Alba"]


def test_a_line_is_accepted_by_key_and_stays_accepted(site: Site) -> None:
    identifier = site.first()
    page = site.open(f"/d/accord#{identifier}")
    expect(shown(page)).to_have_attribute("data-shown", identifier)
    page.keyboard.press("a")
    expect(page.locator("#status")).to_have_text("Fill in your name first.")
    page.fill(".accept [name=reviewer]", "Mara")
    page.click(".accept .primary")
    expect(page.locator("#status")).to_have_text("Accepted.")
    expect(page.locator(f'.pill[data-provision="{identifier}"]')).to_have_attribute("data-state", "accepted")
    expect(page.locator(".last-review")).to_contain_text("accepted by Mara")
    go_to(page, "j", ids_in_order(page)[1])
    page.keyboard.press("a")
    expect(page.locator(".pill.s-accepted")).to_have_count(2)
    assert site.workspace.provision(identifier).state is ReviewState.ACCEPTED


def slowly(route: Route) -> None:
    time.sleep(0.5)
    route.continue_()


def test_a_key_pressed_before_the_panel_has_come_means_the_new_provision(site: Site) -> None:
    page = site.open("/d/accord")
    order = ids_in_order(page)
    go_to(page, "j", order[0])
    page.fill(".accept [name=reviewer]", "Mara")
    page.click(".accept .primary")
    expect(page.locator(".pill.s-accepted")).to_have_count(1)
    page.route("**/panel", slowly)
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.locator(".pill.s-accepted")).to_have_count(2)
    assert [site.workspace.provision(identifier).state for identifier in order[:2]] == [ReviewState.ACCEPTED] * 2


def test_a_line_is_edited_and_its_mark_follows(site: Site) -> None:
    identifier = site.first()
    page = site.open(f"/d/accord#{identifier}")
    page.fill(".accept [name=reviewer]", "Mara")
    page.locator(f'.pill[data-provision="{identifier}"]').focus()
    page.keyboard.press("e")
    page.select_option("#e-kind", "obligation")
    page.select_option("#e-force", "4")
    page.fill("#e-actors", "Boria\nJoint Council")
    page.check("#form-edit [value=quantum]")
    page.click("#form-edit .primary")
    expect(page.locator("#status")).to_have_text("The edit is saved.")
    sentence = page.locator(".sentence.selected")
    expect(sentence).to_have_class(re.compile("k-obligation f-4 s-edited"))
    edited = site.workspace.provision(identifier).provision
    assert (edited.kind, edited.force, edited.actors) == (Kind.OBLIGATION, 4, ("Boria", "Joint Council"))
    assert sorted(edited.technologies) == ["quantum", "semiconductors"]
    assert edited.deadline is not None


def test_a_line_is_rejected_with_a_reason_and_taken_back(site: Site) -> None:
    identifier = site.first(Kind.MEASURE)
    page = site.open(f"/d/accord#{identifier}")
    page.fill(".accept [name=reviewer]", "Mara")
    page.locator(f'.pill[data-provision="{identifier}"]').focus()
    page.keyboard.press("r")
    page.keyboard.type("old news")
    page.click("#form-reject .danger")
    expect(page.locator("#status")).to_have_text("Rejected.")
    expect(page.locator(".last-review q")).to_have_text("old news")
    page.click("[data-take-back]")
    expect(page.locator("#status")).to_have_text("The decision is taken back.")
    states = [review.state for review in site.workspace.history(identifier)[1]]
    assert states == [ReviewState.REJECTED, ReviewState.CANDIDATE]


def test_a_decision_made_elsewhere_is_shown_as_a_conflict(site: Site) -> None:
    identifier = site.first()
    page = site.open(f"/d/accord#{identifier}")
    page.fill(".accept [name=reviewer]", "Mara")
    site.workspace.review(identifier, ReviewState.REJECTED, reviewer="Noa", reason="no act")
    page.click(".accept .primary")
    expect(page.locator("#panel-error [role=alert]")).to_be_visible()
    assert site.workspace.provision(identifier).state is ReviewState.REJECTED
    assert site.complaints == ["Failed to load resource: the server responded with a status of 409 (Conflict)"]
    site.complaints.clear()


def test_kinds_are_hidden_and_the_address_says_so(site: Site) -> None:
    page = site.open("/d/accord")
    page.uncheck("#kind-chips [value=commitment]")
    assert page.url.endswith("?hide=commitment")
    expect(page.locator('.pill[data-kind="commitment"]:visible')).to_have_count(0)
    page.reload()
    expect(page.locator(".pill:visible")).to_have_count(9)
    page.keyboard.press("j")
    expect(shown(page)).not_to_have_class(re.compile("k-commitment"))


def test_filters_of_the_register_stand_in_the_address(site: Site) -> None:
    page = site.open("/register")
    page.check("[name=kind][value=prohibition]")
    page.wait_for_url("**/register?kind=prohibition")
    expect(page.locator(".row")).to_have_count(3)
    page.fill("[name=text]", "名单")
    page.press("[name=text]", "Enter")
    page.wait_for_url(re.compile(r"text=.*kind=prohibition"))
    expect(page.locator(".row")).to_have_count(1)
    page.click(".chip >> text=Prohibition")
    expect(page.locator(".row")).to_have_count(2)
    page.go_back()
    expect(page.locator(".row")).to_have_count(1)


def test_the_queue_is_worked_by_keys_in_the_register(site: Site) -> None:
    page = site.open("/register?review=candidate&order=confidence")
    order = ids_in_order(page)
    go_to(page, "j", order[0])
    page.fill(".accept [name=reviewer]", "Mara")
    page.click(".accept .primary")
    expect(page.locator(".row").first).to_contain_text("accepted")
    go_to(page, "j", order[1])
    page.keyboard.press("a")
    expect(page.locator(".row.s-accepted")).to_have_count(2)


def test_a_row_leads_to_its_sentence(site: Site) -> None:
    page = site.open("/register?kind=measure")
    page.click(".sentence-link")
    expect(page.locator("h1")).to_have_text("Accord of the Two Shores")
    expect(page.locator(".sentence.selected")).to_be_in_viewport()
    expect(shown(page)).to_have_count(1)


def test_a_hit_of_the_search_leads_to_its_sentence(site: Site) -> None:
    page = site.open("/search")
    page.fill("#q", "芯片")
    page.press("#q", "Enter")
    expect(page.locator("mark")).to_have_text("芯片")
    page.click(".hit-text a")
    expect(page.locator(".sentence:target")).to_be_in_viewport()


def test_a_permanent_link_opens_its_provision(site: Site) -> None:
    identifier = site.first(Kind.RECOMMENDATION)
    page = site.open(f"/p/{identifier}")
    page.wait_for_url(f"**/d/accord#{identifier}")
    expect(shown(page)).to_have_attribute("data-shown", identifier)
    assert page.get_attribute("#permalink", "href") == f"/d/accord#{identifier}"


def test_a_problem_inside_furniture_is_unfolded(site: Site) -> None:
    page = site.open("/problems?document=accord")
    page.click("td >> text=Accord of the Two Shores")
    expect(page.locator("details.furniture")).to_have_attribute("open", "")


def test_the_language_is_switched_in_place(site: Site) -> None:
    page = site.open("/register?kind=measure")
    page.click(".tongues >> text=中文")
    expect(page.locator("h1")).to_have_text("条款登记册")
    assert "kind=measure" in page.url
    page.goto(site.address + "/")
    expect(page.locator("h1")).to_have_text("文库")
    assert page.get_attribute("html", "lang") == "zh"


@pytest.mark.parametrize("size", [PHONE, TABLET, LAPTOP], ids=["phone", "tablet", "laptop"])
def test_nothing_runs_out_of_the_window(site: Site, size: ViewportSize) -> None:
    site.page.set_viewport_size(size)
    for path in PATHS:
        page = site.open(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path


def test_on_a_phone_the_panel_is_a_sheet_below_the_sentence(site: Site) -> None:
    site.page.set_viewport_size(PHONE)
    page = site.open("/d/accord")
    expect(page.locator("#panel")).to_be_hidden()
    page.locator(".pill").nth(3).click()
    expect(shown(page)).to_be_visible()
    box = page.locator("#panel").bounding_box()
    assert box is not None
    assert box["x"] == 0
    assert box["width"] == PHONE["width"]
    assert box["y"] + box["height"] == pytest.approx(PHONE["height"], abs=1)
    go_to(page, "j", ids_in_order(page)[4])
    sentence = page.locator(".sentence.selected").bounding_box()
    assert sentence is not None
    assert sentence["y"] < box["y"]
    page.click(".panel-close")
    expect(page.locator("#panel")).to_be_hidden()


UNNAMED = """() => {
    const fields = "input:not([type=hidden]), select, textarea, meter, progress";
    const name = (each) => each.getAttribute("aria-label")
        || [...(each.labels ?? [])].map((label) => label.textContent).join(" ")
        || (each.matches(fields) ? "" : each.textContent);
    return [...document.querySelectorAll(`${fields}, button, a[href], summary`)]
        .filter((each) => !name(each).trim()).map((each) => each.outerHTML);
}"""


def test_everything_that_can_be_used_has_a_name(site: Site) -> None:
    doubles = (
        "[...document.querySelectorAll('[id]')].map(e => e.id).filter((id, at, all) => all.indexOf(id) !== at)"
    )
    for path in PATHS:
        page = site.open(path)
        if page.locator(".pill").count():
            page.keyboard.press("j")
            expect(shown(page)).to_have_count(1)
            page.keyboard.press("e")
        assert page.evaluate(UNNAMED) == [], path
        assert page.locator("h1").count() == 1, path
        assert page.locator("main").count() == 1, path
        assert page.evaluate(doubles) == [], path


def test_the_skip_link_comes_first_and_leads_to_the_content(site: Site) -> None:
    page = site.open("/register")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_a_long_text_stays_quick_to_walk_through(site: Site) -> None:
    text = "\n".join(f"# Part {number}\n{ACCORD}" for number in range(100))
    assert len(text) > 50_000
    list(site.workspace.read_bytes(text.encode(), "long.txt"))
    page = site.open("/d/long")
    order = ids_in_order(page)
    assert len(order) == 100 * 12
    # `expect` would describe the whole page each time it looks in vain; waiting for a selector does not.
    page.locator(f'.pill[data-provision="{order[600]}"]').click()
    page.wait_for_selector(f'[data-shown="{order[600]}"]')
    page.keyboard.press("j")
    page.wait_for_selector(f'[data-shown="{order[601]}"]')
    expect(page.locator(".sentence.selected")).to_be_in_viewport()
    expect(page.locator("#panel-count")).to_have_text("602 of 1200")


def test_a_verdict_is_recorded_by_keyboard(site: Site) -> None:
    page = site.open(f"/track/c/{site.first()}")
    page.locator("input[name=score]").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    for _ in range(20):  # a field for a day has several stops
        if page.evaluate("document.activeElement.name") == "guideline":
            break
        page.keyboard.press("Tab")
    page.keyboard.type("+1: shared; -1: not")
    page.keyboard.press("Tab")
    page.keyboard.type("The designs were shared.")
    page.keyboard.press("Tab")
    page.keyboard.type("Mara")
    page.keyboard.press("Tab")
    page.keyboard.type("Li Wei")
    page.keyboard.press("Enter")
    expect(page.locator("#verdicts .records")).to_contain_text("Mara, reviewed by Li Wei")
    (verdict,) = site.workspace.tracking.assessments(site.first())
    assert (verdict.score, verdict.author, verdict.reviewer) == (1, "Mara", "Li Wei")


def test_marks_of_the_timeline_are_reached_and_opened_by_keyboard(site: Site) -> None:
    page = site.open("/track?document=accord&as_of=2027-12-20")
    mark = page.locator(".timeline a").first
    mark.focus()
    expect(mark).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/track/c/accord:.*as_of=2027-12-20"))
    expect(page.locator(".the-sentence")).to_be_visible()
