from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from fastapi import FastAPI
from starlette.routing import BaseRoute, Route

from dragoman.web import Settings
from dragoman.web.settings import MEGABYTE
from tests.conftest import REPOSITORY

MANUAL = (REPOSITORY / "docs" / "web.md").read_text("utf-8")
PANEL = (REPOSITORY / "src/dragoman/web/static/panel.js").read_text("utf-8")
TEMPLATES = REPOSITORY / "src" / "dragoman" / "web" / "templates"

NOT_PAGES = {"/api/openapi.json", "/library", "/read/files", "/read/address"}
"""Addresses that only lead on, or that only our own forms ask for."""

DOWNLOADS = ("/{form}", "/{file_format}")
"""Ends of addresses that give a file."""
FEEDS = ("/watch/digest/atom", "/watch/digest/rss")
"""Files that the manual names, because readers of feeds ask for them."""


def endpoints(app: FastAPI) -> set[str]:
    return {f"{method.upper()} {path}" for path, methods in app.openapi()["paths"].items() for method in methods}


def routes_of(routes: Iterable[BaseRoute]) -> Iterator[Route]:
    for route in routes:
        if isinstance(route, Route):
            yield route
        yield from routes_of(getattr(getattr(route, "original_router", None), "routes", ()))


def plain(path: str) -> str:
    return path.replace(":path}", "}").replace("{identifier}", "{id}")


def test_the_manual_lists_every_endpoint_and_no_other(app: FastAPI) -> None:
    described = {
        f"{method} {path}"
        for method, path in re.findall(r"^\| `(GET|POST|DELETE) (/api/\S+)` \|", MANUAL, re.MULTILINE)
    }
    assert {entry.replace(":path}", "}") for entry in endpoints(app)} == described


def test_the_manual_lists_every_page_and_no_other(app: FastAPI) -> None:
    cells = re.findall(r"^\| (`/[^|]*) \|", MANUAL, re.MULTILINE)
    addresses = [address.split("?")[0] for cell in cells for address in re.findall("`(/[^`]*)`", cell)]
    described = {unnamed(path) for path in addresses if not path.startswith("/api/")}
    paths = {plain(route.path) for route in routes_of(app.routes) if "GET" in (route.methods or ())}
    pages = {path for path in paths if not path.startswith("/api/") and not path.endswith(("/panel", *DOWNLOADS))}
    assert len(pages) > 5
    assert {unnamed(path) for path in pages - NOT_PAGES} == described - set(FEEDS)


def unnamed(path: str) -> str:
    """Return an address with its parameters as one, whatever they are called."""
    return re.sub(r"(\{\w+\}/?)+", "{}", path)


def test_the_manual_and_the_help_list_every_key() -> None:
    commands = PANEL[PANEL.index("const COMMANDS") :].partition("};")[0]
    keys = set(re.findall(r'[{,\s]"?([a-z?])"?: ', commands))
    section = MANUAL.partition("### Keys")[2].partition("## JSON")[0]
    cells = re.findall(r"^\| (`[^|]*) \|", section, re.MULTILINE)
    described = {key for cell in cells for key in re.findall("`([^`]+)`", cell)}
    shown = set(re.findall(r"<kbd>([^<]+)</kbd>", (TEMPLATES / "part" / "keys.html").read_text("utf-8")))
    assert keys == {"j", "n", "k", "p", "a", "e", "r", "?"}
    assert described == shown == keys | {"Enter", "Esc"}


def test_the_manual_says_the_limit() -> None:
    assert f"({Settings().upload_limit // MEGABYTE} MB)" in MANUAL


def test_the_manual_names_every_status_of_the_description(app: FastAPI) -> None:
    stated = set(re.findall(r"^\| (\d{3}) \|", MANUAL, re.MULTILINE))
    paths = app.openapi()["paths"].values()
    answers = {status for methods in paths for operation in methods.values() for status in operation["responses"]}
    assert answers - {"200"} <= stated


def test_no_page_asks_for_anything_from_elsewhere() -> None:
    files = [
        path for path in (REPOSITORY / "src/dragoman/web").rglob("*") if path.suffix in {".html", ".js", ".css"}
    ]
    assert len(files) > 15
    assert [found for path in files for found in external(path)] == []


def external(path: Path) -> list[str]:
    text = path.read_text("utf-8").replace('placeholder="https://"', "").replace('("http://", "https://")', "")
    return re.findall(r"https?://[^\s\"')]*|@import|url\(", text)
