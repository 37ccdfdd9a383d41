"""The manual as a site: every page is in the navigation, every link leads somewhere, figures are those measured."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docs.site import build, reference
from sphinx.cmd.build import main as sphinx

from tests.conftest import REPOSITORY
from tests.test_docs import DOCS, HEADING, LINK, without_code

pytestmark = pytest.mark.long

FIGURE = re.compile(r"(?<![\d.])0?\.\d{2,3}(?![\d.])")


def headings(text: str) -> set[str]:
    """The anchors of a staged page."""
    titles = HEADING.findall(without_code(text))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """The pages of the site that are written by hand, as Sphinx gets them."""
    return {page: build.staged(page) for page in ("index", *build.pages()) if page not in reference.PAGES}


def test_every_page_of_the_manual_is_in_the_navigation_once() -> None:
    pages = build.pages()
    assert len(set(pages)) == len(pages)
    by_hand = {path.stem for path in DOCS.glob("*.md")} - {"index"}
    assert set(pages) == by_hand | set(build.BESIDE) | set(reference.PAGES)


def test_every_link_of_the_site_leads_to_a_page_and_a_heading(texts: dict[str, str]) -> None:
    dead = []
    for page, text in texts.items():
        for target in LINK.findall(without_code(text)):
            place, _, anchor = target.partition("#")
            name = place.removesuffix(".md") or page
            if re.match("[a-z]+:", target) or name in reference.PAGES or (DOCS / place).suffix == ".png":
                assert not place.endswith(".png") or (DOCS / place).is_file()
                continue
            if name not in texts or (anchor and anchor not in headings(texts[name])):
                dead.append((page, target))
    assert dead == []
    assert sum(len(LINK.findall(text)) for text in texts.values()) > 100


def test_the_reference_has_every_command_endpoint_class_and_pack() -> None:
    pages = {name: make() for name, make in reference.PAGES.items()}
    assert "## dragoman read" in pages["reference-cli"]
    assert "`--as-of`" in pages["reference-cli"]
    assert "### `GET /api/provisions`" in pages["reference-api"]
    assert "`If-Match`" in pages["reference-api"]
    assert "### `dragoman.workspace.Workspace`" in pages["reference-python"]
    assert "#### `provisions(query: Query) -> Page`" in pages["reference-python"]
    packs = list((REPOSITORY / "src/dragoman/data").rglob("*.yaml"))
    assert pages["reference-data"].count(".yaml` |") > len(packs) / 2


def test_a_built_page_loads_nothing_from_elsewhere(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "index.md").write_text("# One\n\n```{toctree}\ntwo\n```\n", "utf-8")
    (source / "two.md").write_text("# Two\n\n[away](https://example.org/)\n\n```python\nx = 1\n```\n", "utf-8")
    (source / "_static").mkdir()
    (source / "_static" / "site.css").write_text((build.HERE / "site.css").read_text("utf-8"), "utf-8")
    (source / "conf.py").write_text((build.HERE / "conf.py").read_text("utf-8"), "utf-8")
    assert sphinx(["-W", "-q", "-b", "html", str(source), str(tmp_path / "site")]) == 0
    assert list(build.foreign(tmp_path / "site")) == []
    (tmp_path / "site" / "two.html").write_text('<script src="https://example.org/x.js"></script>', "utf-8")
    assert len(list(build.foreign(tmp_path / "site"))) == 1


def test_figures_of_the_method_are_those_that_were_measured() -> None:
    said = set(FIGURE.findall((DOCS / "method.md").read_text("utf-8")))
    measured = {
        one.removeprefix("0") for one in FIGURE.findall((REPOSITORY / "benchmark/RESULTS.md").read_text("utf-8"))
    }
    measured |= {f"{float(one):.2f}".removeprefix("0") for one in measured}
    elsewhere = {one.removeprefix("0") for one in FIGURE.findall((DOCS / "benchmarks.md").read_text("utf-8"))}
    agreement = {".954", ".9"}
    assert {one.removeprefix("0") for one in said} - measured - elsewhere - agreement == set()
