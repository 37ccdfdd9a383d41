"""Documents that forms offer to choose, and titles that pages show, however large the library is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from dragoman.model import DocumentSummary, LibraryQuery
from dragoman.workspace import Workspace

MOST_OFFERED = 300
"""Documents that a form offers to choose; any other is named in the address."""


def offered(workspace: Workspace, chosen: Iterable[str] = ()) -> tuple[DocumentSummary, ...]:
    """Return the documents that a form offers, by date, then title: all, or the youngest of a large library.

    Args:
        workspace: of the library.
        chosen: slugs of documents that are offered in any case.
    """
    page = workspace.library(LibraryQuery(sort="date", descending=True, limit=MOST_OFFERED))
    there = {one.slug for one in page.documents}
    lacking = [slug for slug in dict.fromkeys(chosen) if slug and slug not in there]
    found = (*page.documents, *workspace.summaries(lacking))
    return tuple(sorted(found, key=lambda one: (one.date or date.max, one.title, one.slug)))


class Titles(Mapping[str, str]):
    """Titles of documents by slug; each is looked up when it is first asked for, and none is listed."""

    def __init__(self, workspace: Workspace, slugs: Iterable[str] = ()) -> None:
        """Look some titles up at once, where it is known which are wanted."""
        self._workspace = workspace
        wanted = list(slugs)
        found = workspace.titles(wanted)
        self._found: dict[str, str | None] = {slug: found.get(slug) for slug in wanted}

    def __getitem__(self, slug: str) -> str:
        if slug not in self._found:
            self._found[slug] = self._workspace.titles([slug]).get(slug)
        title = self._found[slug]
        if title is None:
            raise KeyError(slug)
        return title or slug

    def __iter__(self) -> Iterator[str]:
        return (slug for slug, title in self._found.items() if title is not None)

    def __len__(self) -> int:
        return sum(title is not None for title in self._found.values())
