"""Draw the pictures of the two READMEs from the samples, in headless Chromium: `make pictures`."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
IMAGES = ROOT / "docs" / "images"
SIZE: ViewportSize = {"width": 1320, "height": 700}
SHOWN = {
    "reader.en.png": ("/d/sample-declaration-2025.en?lang=en", "fund at least six"),
    "reader.zh.png": ("/d/sample-declaration-2025.zh?lang=zh", "资助至少六个"),
}
"""The page of each picture, and words of the sentence that is clicked."""


@contextmanager
def served(workspace: Path) -> Iterator[str]:
    """Read the samples into a workspace and serve it; yields the address."""
    command = [sys.executable, "-m", "dragoman", "--workspace", str(workspace)]
    subprocess.run([*command, "read", "samples"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command
    server = subprocess.Popen([*command, "serve", "--port", "0"], stderr=subprocess.PIPE, text=True)  # noqa: S603
    try:
        said = server.stderr.readline() if server.stderr else ""
        yield next(word for word in said.split() if word.startswith("http")).rstrip("/")
    finally:
        server.terminate()
        server.wait()


def draw(page: Page, address: str, words: str, file: Path) -> None:
    """Open a text, click the line that holds the words, and keep the picture."""
    page.goto(address)
    line = page.locator(".sentence.pinned", has_text=words).first
    line.scroll_into_view_if_needed()
    line.click()
    page.get_by_role("complementary").last.wait_for()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=file)


def main() -> None:
    """Draw all pictures."""
    browser_path = shutil.which("chromium") or shutil.which("google-chrome")
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        for name, (path, words) in SHOWN.items():
            draw(browser.new_page(viewport=SIZE), base + path, words, IMAGES / name)
        browser.close()


if __name__ == "__main__":
    main()
