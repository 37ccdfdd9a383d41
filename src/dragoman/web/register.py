"""The register as a table, and search in all sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, ClassVar, Self

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from dragoman.exchange import FORMATS
from dragoman.model import Facets, Kind, NotFoundError, Page, ReviewState, SearchHit
from dragoman.model import Query as Wanted
from dragoman.web.access import Store, names_for
from dragoman.web.filtering import FACETS, Filter
from dragoman.web.render import render
from dragoman.workspace import Workspace

router = APIRouter(include_in_schema=False)

SEARCH_PAGE = 20
"""Hits of a search on one page."""

MOST_DOCUMENTS = 200
"""Documents to choose from by a box; the library leads to the lines of every one."""

Counts = tuple[tuple[str, int], ...]

SCALES: Mapping[str, tuple[str, ...]] = {
    "kind": tuple(Kind),
    "force": ("4", "3", "2", "1"),
    "review": tuple(ReviewState),
}
"""Fields whose values are shown in their own order; those of the others most frequent first."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A field to filter by: its parameter, its values with counts, and lines that were counted, None for all."""

    name: str
    values: Counts
    looked_at: int | None = None


def facets(workspace: Workspace, chosen: Filter) -> tuple[Facet, ...]:
    """Return the values to choose from; a field in use is counted as if it were not, so that more can be added."""
    shared = workspace.facets(chosen.query(), MOST_DOCUMENTS)
    return tuple(_facet(workspace, chosen, name, shared) for name in FACETS)


def _facet(workspace: Workspace, chosen: Filter, name: str, shared: Facets) -> Facet:
    current = [str(value) for value in getattr(chosen, name)]
    wanted = chosen.changed(**{name: []}).query()
    found = workspace.facets(wanted, MOST_DOCUMENTS) if current else shared
    free = getattr(found, FACETS[name])
    counted = {**{value: _lines(workspace, wanted, name, value, dict(free)) for value in current}, **dict(free)}
    order = [value for value in SCALES.get(name, ()) if value in counted] or list(counted)
    return Facet(name, tuple((value, counted[value]) for value in order), found.looked_at)


def _lines(workspace: Workspace, wanted: Wanted, name: str, value: str, free: Mapping[str, int]) -> int:
    """Return how many lines a value that is chosen has; a document need not be among those with most."""
    if name != "document" or value in free:
        return free.get(value, 0)
    return workspace.provisions(replace(wanted, documents=(value,), limit=1, offset=0)).total


def _slugs(page: Page, offered: Iterable[Facet]) -> set[str]:
    """Return the documents whose titles a page shows."""
    chosen = {value for facet in offered if facet.name == "document" for value, _ in facet.values}
    return chosen | {entry.provision.doc for entry in page.entries}


class PageFilter(Filter):
    """Parameters of the page: the filter, and the line beside which a stretch of it stands."""

    neutral: ClassVar[frozenset[str]] = Filter.neutral | {"after", "before"}

    after: str = Field(default="", max_length=500)
    before: str = Field(default="", max_length=500)

    def changed(self, **changes: object) -> Self:
        """Return this filter with some parameters changed; unless stated, from the first line on."""
        return super().changed(**{"after": "", "before": "", **changes})

    def earlier(self, page: Page) -> str:
        """Return the query string of the stretch before a page, "" for the first."""
        if not self.offset or not page.entries:
            return ""
        start = max(0, self.offset - self.limit)
        return self.address(offset=start, before=page.entries[0].provision.id if start else "")

    def later(self, page: Page) -> str:
        """Return the query string of the stretch after a page, "" for the last."""
        end = self.offset + len(page.entries)
        full = len(page.entries) == self.limit and not page.exact
        if not page.entries or (end >= page.total and not full):
            return ""
        return self.address(offset=end, after=page.entries[-1].provision.id)


def page_of(workspace: Workspace, chosen: PageFilter) -> Page:
    """Return a stretch of lines: beside a line that is named, or where that is gone, by its place."""
    if chosen.after or chosen.before:
        query = chosen.query(after=chosen.after, offset=0)
        try:
            found = workspace.provisions(replace(query, before=chosen.before))
        except NotFoundError:
            return workspace.provisions(chosen.query())
        return replace(found, offset=chosen.offset)
    return workspace.provisions(chosen.query())


@router.get("/register")
def register(request: Request, workspace: Store, chosen: Annotated[PageFilter, Query()]) -> Response:
    """Show the lines of the register that a filter leaves."""
    page, offered = page_of(workspace, chosen), facets(workspace, chosen)
    context = {
        "chosen": chosen,
        "page": page,
        "facets": offered,
        "titles": workspace.titles(_slugs(page, offered)),
        "names": names_for(request, workspace),
        "formats": FORMATS,
    }
    return render(request, "register.html", context)


def pieces(hit: SearchHit) -> list[tuple[str, bool]]:
    """Return a hit's sentence cut at its marks: pairs of text and whether it was asked for."""
    found, at = [], 0
    for start, end in sorted(hit.marks):
        if start < at:
            continue
        found += [(hit.text[at:start], False), (hit.text[start:end], True)]
        at = end
    return [(text, marked) for text, marked in (*found, (hit.text[at:], False)) if text]


@router.get("/search")
def search(request: Request, workspace: Store, q: str = "", offset: Annotated[int, Query(ge=0)] = 0) -> Response:
    """Show the sentences that hold some words."""
    words = q.strip()
    page = workspace.search(words, offset=offset, limit=SEARCH_PAGE) if words else None
    return render(request, "search.html", {"q": words, "page": page, "pieces": pieces, "size": SEARCH_PAGE})
