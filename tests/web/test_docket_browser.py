"""Applicant, desk, agencies and decider take cases through their procedures in a real browser, one after the other."""

from __future__ import annotations

import re
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, expect

from dragoman.model.procedure import Role
from dragoman.web import Settings, create_app
from tests.web.test_browser import LAPTOP
from tests.web.toy import ToyWorkspace

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "docs" / "examples" / "docket"
PASSWORD = "the tide comes twice a day"  # noqa: S105 - of the test
SEATS = ("state", "war", "energy", "ostp", "us", "cn")


@dataclass
class Office:
    """A served docket with accounts, and one browser that its people share."""

    address: str
    workspace: ToyWorkspace
    context: BrowserContext
    complaints: list[str] = field(default_factory=list)

    def sign_in(self, name: str) -> Page:
        """Give a page on which somebody is signed in; whoever was before is signed out."""
        for old in self.context.pages:
            old.close()
        self.context.clear_cookies()
        page = self.context.new_page()
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(f"{self.address}/docket")
        page.fill("#n", name)
        page.fill("#p", PASSWORD)
        page.click("form.drop button.primary")
        page.wait_for_url(re.compile("/docket$"))
        return page


@pytest.fixture
def office(browser: Browser, folders: tuple[Path, Path], tmp_path: Path) -> Iterator[Office]:
    shutil.copytree(folders[1], tmp_path / "w")
    with ToyWorkspace.at(tmp_path / "w") as workspace:
        workspace.screener().import_list(ROOT / "docs" / "examples" / "own-watchlist.csv", form="plain")
        people = {
            "ada": Role.APPLICANT,
            "dora": Role.DESK,
            "dan": Role.DECIDER,
            **dict.fromkeys(SEATS, Role.AGENCY),
        }
        for name, role in people.items():
            seat = name if role is Role.AGENCY else ""
            organisation = "Cobalt Ridge" if role is Role.APPLICANT else ""
            workspace.accounts.add(name, PASSWORD, [role], seat=seat, organisation=organisation)
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            app = create_app(workspace, Settings(accounts=True))
            server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off", ws="none"))
            thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
            thread.start()
            while not server.started:
                time.sleep(0.01)
            context = browser.new_context(viewport=LAPTOP, locale="en-GB", reduced_motion="reduce")
            office = Office(f"http://127.0.0.1:{listener.getsockname()[1]}", workspace, context)
            yield office
            context.close()
            server.should_exit = True
            thread.join()
        assert office.complaints == []


def hand_in(page: Page, procedure: str, name: str) -> str:
    """Hand in a folder of the examples and return the number of the case."""
    page.select_option("#s-procedure", procedure)
    page.set_input_files("#s-case", EXAMPLES / name / "case.yaml")
    page.set_input_files("#s-documents", sorted((EXAMPLES / name).glob("*.md")))
    page.click("form.drop button.primary")
    page.wait_for_url(re.compile(r"/docket/[A-Z]{2}-\d{4}-\d{5}$"))
    return page.url.rpartition("/")[2]


def take(page: Page, move: str, **fields: str) -> None:
    """Take a move by its name."""
    form = page.locator(".way", has=page.locator(f"input[name=move][value={move}]"))
    form.locator("summary").first.click()
    for name, words in fields.items():
        form.locator(f"[name={name}]").fill(words)
    form.locator("button.primary").click()
    expect(page.locator("[role=alert]")).to_have_count(0)


def concur(office: Office, number: str, seats: tuple[str, ...]) -> None:
    for seat in seats:
        page = office.sign_in(seat)
        page.click(f"text={number}")
        page.click("summary:has-text('Take a position')")
        page.fill("#p-reason", "No concern.")
        page.locator("form[action$='/position'] button").click()
        expect(page.locator("[role=alert]")).to_have_count(0)


def state_of(page: Page) -> str:
    return page.locator(".stages [aria-current=step]").inner_text()


def test_a_package_goes_from_hand_to_hand_to_its_designation(office: Office) -> None:
    page = office.sign_in("ada")
    number = hand_in(page, "ai-exports-program", "harbour-lantern")
    expect(page.locator(".way")).to_have_count(1)
    office.workspace.jobs().work(once=True)
    page.reload()
    expect(page.locator("[aria-labelledby=documents]")).to_contain_text("sentences")

    page = office.sign_in("dora")
    page.click(f"text={number}")
    take(page, "circulate")
    assert state_of(page) == "in consultation"
    concur(office, number, SEATS[:4])
    page = office.sign_in("dora")
    page.click(f"text={number}")
    take(page, "submit-for-determination")

    page = office.sign_in("dan")
    page.click(f"text={number}")
    take(page, "designate", reason="All layers are there.", citations="EO 14320 sec. 3(d)")
    assert state_of(page).startswith("designated")

    page = office.sign_in("ada")
    page.click(f"text={number}")
    expect(page.locator(".act-line")).to_contain_text("All layers are there.")
    expect(page.locator(".act-line")).not_to_contain_text("No concern.")
    assert office.workspace.audit.verify().whole


def test_a_project_is_put_on_the_list_by_keys_alone(office: Office) -> None:
    number = hand_in(office.sign_in("ada"), "green-channel", "fever-radar")
    page = office.sign_in("dora")
    page.goto(f"{office.address}/docket/{number}")
    page.locator(".way summary").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".stages [aria-current=step]")).to_have_text("under review by both sides")
    concur(office, number, SEATS[4:])
    page = office.sign_in("dan")
    page.click(f"text={number}")
    fields = {"scope": "Weekly counts.", "conditions": "A report each quarter.", "expires": "2028-11-25"}
    take(page, "list", reason="Both sides agree.", **fields)
    assert state_of(page) == "on the list"
    office.context.clear_cookies()
    page.goto(f"{office.address}/docket/public")
    expect(page.locator("main")).to_contain_text("Fever radar")


def test_who_hands_in_sees_no_case_of_another_and_no_jobs(office: Office) -> None:
    page = office.sign_in("ada")
    expect(page.locator("a[href='/jobs']")).to_have_count(0)
    answer = page.goto(f"{office.address}/jobs")
    assert answer is not None
    assert answer.status == 403
    page = office.sign_in("dora")
    page.click("a[href='/jobs']")
    expect(page.locator("h1")).to_have_text("Background work")
