"""Build the manual as a site: `make docs`. Works offline; what is built asks for nothing from elsewhere."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from docs.site import reference
from sphinx.cmd.build import main as sphinx

HERE = Path(__file__).resolve().parent
DOCS = HERE.parent
ROOT = DOCS.parent
BESIDE = {
    "README": ROOT / "README.md",
    "CHANGELOG": ROOT / "CHANGELOG.md",
    "RESULTS": ROOT / "benchmark" / "RESULTS.md",
}
"""Pages that do not stand in docs."""
LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(([^)\s]+)\)")


def parts() -> Sequence[Mapping[str, Any]]:
    """Return the parts of the navigation with their pages."""
    found: Sequence[Mapping[str, Any]] = yaml.safe_load((HERE / "navigation.yaml").read_text("utf-8"))["parts"]
    return found


def pages() -> tuple[str, ...]:
    """Return the names of all pages, in the order of the navigation."""
    return tuple(page for part in parts() for page in part["pages"])


def source_of(page: str) -> Path:
    """Return the file of a page that is written by hand."""
    return BESIDE.get(page, DOCS / f"{page}.md")


def staged(page: str) -> str:
    """Return a page as the site has it: links lead to pages of the site, other files are named."""
    path = source_of(page)
    homes = {source_of(name).resolve(): name for name in (*pages(), "index") if not name.startswith("reference-")}

    def aimed(found: re.Match[str]) -> str:
        words, target = found.groups()
        place, _, anchor = target.partition("#")
        if re.match(r"[a-z]+:", target) or not place:
            return found.group()
        aim = (path.parent / place).resolve()
        if aim in homes:
            return f"[{words.removesuffix('.md')}]({homes[aim]}.md{'#' if anchor else ''}{anchor})"
        name = aim.relative_to(ROOT).as_posix()
        return f"`{name}`" if words.strip("`") in {name, aim.name} else f"{words} (`{name}`)"

    return LINK.sub(aimed, path.read_text("utf-8").replace("](docs/images/", "](images/"))


def index() -> str:
    """Return the first page: the map of the manual, with the navigation."""
    trees = (
        f"```{{toctree}}\n:caption: {part['caption']}\n:hidden:\n:maxdepth: 1\n\n"
        + "\n".join(part["pages"])
        + "\n```\n"
        for part in parts()
    )
    return staged("index") + "\n" + "\n".join(trees)


def stage(folder: Path) -> None:
    """Write all pages into a folder, as Sphinx reads them."""
    folder.mkdir(parents=True)
    for name, text in _texts():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    shutil.copy(HERE / "conf.py", folder / "conf.py")
    shutil.copytree(DOCS / "images", folder / "images")
    (folder / "_static").mkdir()
    shutil.copy(HERE / "site.css", folder / "_static" / "site.css")


def _texts() -> Iterator[tuple[str, str]]:
    yield "index", index()
    for page in pages():
        yield page, reference.PAGES[page]() if page in reference.PAGES else staged(page)


def foreign(site: Path) -> Iterator[str]:
    """Yield what pages of a site would load from elsewhere: none is wanted."""
    loads = re.compile(
        r"""<(?:script|img|iframe|link)\b[^>]*?(?:src|href)=["'](?:https?:)?//[^"']+|@import|url\(["']?(?:https?:)?//"""
    )
    for path in sorted(site.rglob("*")):
        if path.suffix in {".html", ".css"}:
            yield from (f"{path.relative_to(site)}: {found}" for found in loads.findall(path.read_text("utf-8")))


def build(output: Path, work: Path) -> int:
    """Build the site; any warning, and whatever a page would load from elsewhere, is an error.

    Returns:
        0 where it is whole.

    Args:
        output: folder of the site; made anew.
        work: folder for what is needed on the way; made anew.
    """
    for folder in (output, work):
        shutil.rmtree(folder, ignore_errors=True)
    stage(work / "source")
    code: int = sphinx(
        ["-W", "--keep-going", "-q", "-b", "html", "-d", str(work / "trees"), str(work / "source"), str(output)]
    )
    found = list(foreign(output))
    sys.stdout.writelines(f"{one}\n" for one in found)
    return code or bool(found)


if __name__ == "__main__":
    raise SystemExit(build(ROOT / "site", ROOT / "build" / "site"))
