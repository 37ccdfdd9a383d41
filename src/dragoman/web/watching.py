"""Watching in the browser: saved questions, what new documents had to do with commitments, digest and feed."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from dragoman.model.watch import Sighting
from dragoman.watching import Watching
from dragoman.web.access import Store, names_for
from dragoman.web.board import PAGE
from dragoman.web.filtering import Addressed, Day
from dragoman.web.language import language_of
from dragoman.web.offering import Titles
from dragoman.web.render import render

router = APIRouter(include_in_schema=False)

DigestForm = Literal["md", "html", "docx", "rss", "atom"]
DIGESTS: dict[DigestForm, str] = {
    "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
}
"""Forms of a digest with their media types."""
FEEDS = frozenset({"rss", "atom"})
"""Forms that a reader of feeds asks for again and again, so that they are no downloads."""
MOST_TOUCHES = 10
"""Commitments of one document that the page shows."""


class WatchFilter(Addressed):
    """Parameters of the page of watches."""

    watch: str = Field(default="", description="name of a watch; all")
    since: Day = Field(default=None, description="day from which on a document was seen")
    every: bool = Field(default=False, description="also documents that do not fit the question")

    def names(self) -> tuple[str, ...]:
        """Return the names of the watches asked for; () for all."""
        return (self.watch,) if self.watch else ()


def seen_by(watching: Watching, chosen: WatchFilter) -> list[Sighting]:
    """Return what watches have seen, the newest first. Raises NotFoundError: no such watch."""
    if chosen.watch:
        watching.watch(chosen.watch)
    return [
        one
        for one in reversed(watching.sightings(chosen.names(), chosen.since))
        if chosen.every or one.matched or one.problem
    ]


@router.get("/watch")
def watch_page(request: Request, workspace: Store, chosen: Annotated[WatchFilter, Query()]) -> Response:
    """Show the watches and what they have seen, the newest first."""
    watching = workspace.watching
    watches = watching.watches()
    seen = seen_by(watching, chosen)
    context = {
        "chosen": chosen,
        "watches": watches,
        "sightings": seen[chosen.offset : chosen.offset + PAGE],
        "found": len(seen),
        "size": PAGE,
        "most": MOST_TOUCHES,
        "forms": tuple(DIGESTS),
        "titles": Titles(workspace),
        "names": names_for(request, workspace),
    }
    return render(request, "watch.html", context)


@router.get("/watch/digest/{form}")
def digest(
    request: Request, workspace: Store, form: DigestForm, chosen: Annotated[WatchFilter, Query()]
) -> Response:
    """Return the digest of watches as a file, or as a feed."""
    data = workspace.watching.digest_bytes(form, chosen.names(), chosen.since, language_of(request))
    headers = {} if form in FEEDS else {"content-disposition": f'attachment; filename="digest.{form}"'}
    return Response(data, media_type=DIGESTS[form], headers=headers)
