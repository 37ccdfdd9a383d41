"""Coordination of two parties in the browser: a form, figures that open their sentences, pictures, downloads."""

from __future__ import annotations

import hashlib
import shlex
from collections import OrderedDict
from collections.abc import Iterator
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BeforeValidator, Field
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from dragoman.coordinating import NORMALISATIONS, QUALIFIERS, CoordinationRequest
from dragoman.model import ConflictError, DragomanError, Language, UsageError
from dragoman.model.coordination import Coordination, Figures
from dragoman.report import FORMATS
from dragoman.report.comparison_words import decimal, words_of
from dragoman.report.coordination import coordination_report, signed
from dragoman.web.access import Store, names_for
from dragoman.web.computed import once
from dragoman.web.filtering import Addressed, Day, Names, blank_to_none
from dragoman.web.language import language_of
from dragoman.web.measured import Titles, cell, cells_of, opened
from dragoman.web.offering import offered
from dragoman.web.pictures import NoPictureError, drawn, pictures_of
from dragoman.web.render import render, wants_fragment
from dragoman.workspace import Workspace

router = APIRouter(include_in_schema=False)

CoordinationFormat = Literal["html", "docx", "md", "json", "csv"]
COORDINATION_FORMATS: dict[CoordinationFormat, str] = {
    "html": FORMATS["html"],
    "docx": FORMATS["docx"],
    "md": FORMATS["md"],
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
}
"""Downloads of a coordination with their media types."""
MOST_BYTES = 8_000_000
"""Of a table of events."""
MOST_TABLES = 16
"""Tables that are held; the one that was sent longest ago goes first."""


class TableTooLargeError(UsageError):
    """A table of events that is too large for a page."""

    http_status = 413

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} is larger than {MOST_BYTES // 1_000_000} MB.",
            "Take out the rows of other parties, or use `dragoman coordination --events FILE`.",
        )


class TableGoneError(ConflictError):
    """A table of events that is not held any more."""

    def __init__(self) -> None:
        super().__init__("The table of events is not at hand any more.", "Choose its file again.")


class Tables:
    """Tables of events that were sent since the application started, by the hash of their content."""

    def __init__(self, most: int = MOST_TABLES) -> None:
        self._most = most
        self._held: OrderedDict[str, tuple[str, bytes]] = OrderedDict()

    def keep(self, name: str, data: bytes) -> str:
        """Hold a table and return its key."""
        key = hashlib.sha256(name.encode("utf-8", "replace") + b"\0" + data).hexdigest()[:20]
        self._held.pop(key, None)
        self._held[key] = (name, data)
        while len(self._held) > self._most:
            self._held.popitem(last=False)
        return key

    def of(self, key: str) -> tuple[str, bytes]:
        """Return name and content of a table. Raises TableGoneError."""
        if key not in self._held:
            raise TableGoneError
        return self._held[key]

    def name(self, key: str) -> str:
        """Return the name of a table, "" where it is not held any more."""
        return self._held[key][0] if key in self._held else ""


def tables_of(request: Request) -> Tables:
    """Return the tables that the application holds."""
    tables: Tables = request.app.state.tables
    return tables


class CoordinationQuery(Addressed):
    """Parameters of the coordination of two parties."""

    first: str = Field(default="", max_length=200, description="a party, by any of its names")
    second: str = Field(default="", max_length=200, description="the other party")
    topic: str = Field(default="", description="tag of an instrument or technology; all")
    target: str = Field(default="", max_length=200, description="country against whom; all")
    since: Day = Field(default=None, description="first day")
    until: Day = Field(default=None, description="last day")
    window: Annotated[Annotated[int, Field(ge=0, le=36500)] | None, BeforeValidator(blank_to_none)] = Field(
        default=None, description="days between measures that match; 180"
    )
    members: Literal["yes", "no"] = Field(
        default="yes", description="whether acts of members count as the group's"
    )
    restated: Literal["yes", "no"] = Field(
        default="no", description="whether fact sheets count beside a full text"
    )
    qualifier: Literal["firmness", "stance"] = Field(default="firmness", description="level of a statement")
    normalise: Literal["activity", "jaccard", "cosine", "none"] = Field(
        default="activity", description="what congruence and conflict are divided by"
    )
    document: Names = Field(default=[], description="slugs; all")


class CoordinationFilter(CoordinationQuery):
    """Parameters of the page, with the tables that were sent and the figure that is open."""

    events: Names = Field(default=[], description="tables of events that were sent")
    cell: str = Field(default="", max_length=500, description="the figure that is open")

    @property
    def asked(self) -> bool:
        """Return whether two parties are named."""
        return bool(self.first.strip() and self.second.strip())

    def request(self, tables: Tables) -> CoordinationRequest:
        """Return the question to the facade. Raises TableGoneError."""
        return CoordinationRequest(
            first=self.first.strip(),
            second=self.second.strip(),
            topic=self.topic,
            target=self.target.strip(),
            since=self.since,
            until=self.until,
            given=tuple(tables.of(key) for key in self.events),
            documents=tuple(self.document),
            window=self.window,
            members=self.members == "yes",
            restated=self.restated == "yes",
            qualifier=self.qualifier,
            normalisation=self.normalise,
        )


def coordination_for(
    request: Request, workspace: Workspace, chosen: CoordinationFilter, *, hurried: bool = False
) -> Coordination | None:
    """Return the coordination that is asked for, computed once; None where it is not ready in time.

    Raises:
        UsageError, NotFoundError: see `Coordinating.coordination`.
        TableGoneError: a table is not held any more.
    """
    asked = chosen.request(tables_of(request))
    key = ("coordination", chosen.address(cell=""))
    return once(request, key, lambda: workspace.coordinating.coordination(asked), hurried=hurried)


@router.get("/coordination")
def coordination_page(
    request: Request, workspace: Store, chosen: Annotated[CoordinationFilter, Query()]
) -> Response:
    """Show the form, and whether two parties moved together."""
    if not chosen.asked:
        return render(request, "coordination.html", _form(request, workspace, chosen))
    try:
        found = coordination_for(request, workspace, chosen, hurried=True)
    except DragomanError as refusal:
        context = {**_form(request, workspace, chosen), "refusal": refusal}
        return render(request, "coordination.html", context, status=refusal.http_status)
    if found is None:
        return render(
            request, "compare_wait.html", {"tab": "coordination", "again": chosen.address(cell=chosen.cell)}
        )
    return _shown(request, workspace, chosen, found)


def _form(request: Request, workspace: Workspace, chosen: CoordinationFilter) -> dict[str, Any]:
    """Return what the form is made of."""
    tables = tables_of(request)
    return {
        "chosen": chosen,
        "shared": "",
        "found": None,
        "refusal": None,
        "names": names_for(request, workspace),
        "parties": workspace.coordinating.parties(),
        "documents": offered(workspace, chosen.document),
        "tables": tuple((key, tables.name(key)) for key in chosen.events),
        "qualifiers": tuple(QUALIFIERS),
        "normalisations": tuple(NORMALISATIONS),
    }


def _shown(request: Request, workspace: Workspace, chosen: CoordinationFilter, found: Coordination) -> Response:
    names = names_for(request, workspace)
    words = words_of(language_of(request), names)
    titles = Titles(words, tuple(map(words.name, found.parties)))
    box = opened(cells_of(found), chosen.cell, titles)
    shared = {"box": box, "words": words, "w": words.own, "both": titles.parties}
    if wants_fragment(request):
        return render(request, "fragment/measures.html", shared)
    context = {
        **_form(request, workspace, chosen),
        **shared,
        "found": found,
        "cell": cell,
        "formats": tuple(COORDINATION_FORMATS),
        "pictures": tuple(pictures_of(coordination_report(found, words.language, names).blocks)),
        "decimal": decimal,
        "signed": signed,
        "agreements": agreements_of,
    }
    return render(request, "coordination.html", context)


def agreements_of(figures: Figures) -> Iterator[tuple[str, float | None, str]]:
    """Yield congruence, conflict and subtract with joint measures credited to both, then subtract without them."""
    both, alone = figures.credited, figures.separate
    yield "congruence", both.normalised(both.congruence), "total"
    yield "conflict", both.normalised(both.conflict), "total"
    yield "subtract", both.normalised(both.subtract), "total"
    yield "subtract_separate", alone.normalised(alone.subtract), "separate"


@router.get("/coordination/picture/{number}")
def picture(
    request: Request, workspace: Store, number: int, chosen: Annotated[CoordinationFilter, Query()]
) -> Response:
    """Return a picture of the page."""
    found = coordination_for(request, workspace, chosen)
    if found is None:
        raise NoPictureError
    return drawn(coordination_report(found, language_of(request), names_for(request, workspace)).blocks, number)


@router.post("/coordination")
async def ask(request: Request) -> Response:
    """Take tables of events in and lead to the address that asks."""
    async with request.form() as form:
        return await run_in_threadpool(_asked, request, form)


def _asked(request: Request, form: FormData) -> Response:
    pairs = [
        (name, value)
        for name, value in form.multi_items()
        if name in CoordinationFilter.model_fields and isinstance(value, str) and value.strip()
    ]
    sent = [one for one in form.getlist("file") if isinstance(one, UploadFile) and one.filename]
    pairs += [("events", kept(tables_of(request), upload)) for upload in sent]
    return RedirectResponse(f"/coordination?{urlencode(pairs)}", 303)


def kept(tables: Tables, upload: UploadFile) -> str:
    """Hold a table that was sent and return its key. Raises TableTooLargeError."""
    name = (upload.filename or "").replace("\\", "/").rpartition("/")[2]
    data = upload.file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise TableTooLargeError(name)
    return tables.keep(name, data)


@router.get("/coordination/export/{form}")
def export_coordination(
    request: Request, workspace: Store, form: CoordinationFormat, chosen: Annotated[CoordinationFilter, Query()]
) -> Response:
    """Return a coordination as a file, as the command line writes it."""
    found = coordination_for(request, workspace, chosen)
    if found is None:
        raise TableGoneError
    language = language_of(request)
    again = command_of(chosen, tables_of(request), form, language)
    data = workspace.coordinating.written(found, form, language, again)
    headers = {"content-disposition": f'attachment; filename="coordination.{form}"'}
    return Response(data, media_type=COORDINATION_FORMATS[form], headers=headers)


def command_of(chosen: CoordinationFilter, tables: Tables, form: str, language: Language) -> str:
    """Return the command that asks the same."""
    named = {
        "--topic": chosen.topic,
        "--target": chosen.target.strip(),
        "--from": chosen.since,
        "--to": chosen.until,
        "--window": chosen.window,
        "--qualifier": chosen.qualifier,
        "--normalise": chosen.normalise,
    }
    parts = ["dragoman", "coordination", chosen.first.strip(), chosen.second.strip()]
    parts += [part for name, value in named.items() if value not in (None, "") for part in (name, str(value))]
    parts += [part for slug in chosen.document for part in ("--document", slug)]
    parts += [part for key in chosen.events for part in ("--events", tables.name(key))]
    parts += ["--no-members"] if chosen.members == "no" else []
    parts += ["--restated"] if chosen.restated == "yes" else []
    return shlex.join([*parts, "--language", language.value, "--format", form])
