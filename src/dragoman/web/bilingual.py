"""Two versions in the browser: sentence beside sentence with what differs, links set right, differences."""

from __future__ import annotations

import json
import re
import shlex
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BeforeValidator, Field
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from dragoman.model import DragomanError, UsageError
from dragoman.model.bilingual import Alignment, Span, link_to_row
from dragoman.model.force_difference import ForceReport, Gravity, difference_to_row
from dragoman.report import FORMATS
from dragoman.translating import Translating
from dragoman.web.access import Store
from dragoman.web.computed import once
from dragoman.web.decision import ReviewerError, word
from dragoman.web.filtering import Addressed, blank_to_none
from dragoman.web.language import language_of
from dragoman.web.offering import offered
from dragoman.web.recording import WrongFieldError
from dragoman.web.render import remember_reviewer, remembered_reviewer, render
from dragoman.web.side_by_side import FITS, Row, Show, counts_of, rows_of, steps_of
from dragoman.web.terms import shared
from dragoman.workspace import Workspace

router = APIRouter(include_in_schema=False)

AlignFormat = Literal["jsonl", "tmx", "html", "docx"]
ForceFormat = Literal["jsonl", "html", "docx"]
JSON_LINES = "application/jsonl; charset=utf-8"
MEDIA: Mapping[str, str] = {
    "jsonl": JSON_LINES,
    "tmx": "application/x-tmx+xml",
    "html": FORMATS["html"],
    "docx": FORMATS["docx"],
}
"""Media types of downloads."""
PAGE = 200
"""Links on a page."""
STRETCH = re.compile(r"(\d{1,9})-(\d{1,9})")
Slug = Annotated[str, Field(max_length=300)]


class HalfPairError(UsageError):
    """One version is named, the other is not."""

    http_status = 422

    def __init__(self) -> None:
        super().__init__(
            "Only one version is chosen.", "Choose the English and the Chinese one, or a text that holds both."
        )


class NoReasonError(UsageError):
    """A correction without a reason."""

    http_status = 422

    def __init__(self) -> None:
        super().__init__("A link set by hand needs a reason.", "Say why, and send the form again.")


class OneSidedError(UsageError):
    """Sentences of one version are to be joined with none of the other."""

    http_status = 422

    def __init__(self) -> None:
        super().__init__(
            "Sentences of one version only are chosen to be joined.",
            "Choose sentences of both versions; use the other button for sentences that stand alone.",
        )


class Pair(Addressed):
    """Which versions an address names."""

    doc: Slug = Field(default="", description="slug of a document that holds both versions")
    en: Slug = Field(default="", description="slug of the English version")
    zh: Slug = Field(default="", description="slug of the Chinese version")

    def names(self) -> tuple[str, ...]:
        """Return the documents, () where none is named. Raises HalfPairError."""
        if self.doc or not (self.en or self.zh):
            return (self.doc,) if self.doc else ()
        if not (self.en and self.zh):
            raise HalfPairError
        return tuple(dict.fromkeys((self.en, self.zh)))

    def pair(self, **further: str) -> str:
        """Return the query string, from "?" on, that names the versions."""
        chosen = {"doc": self.doc} if self.doc else {"en": self.en, "zh": self.zh}
        given = {name: value for name, value in {**chosen, **further}.items() if value}
        return "?" + urlencode(given) if given else ""

    def beside(self, anchor: str) -> str:
        """Return the address of a row of the side-by-side page."""
        return f"/terms/align{self.pair(at=anchor)}#{anchor}"


class AlignFilter(Pair):
    """Parameters of the side-by-side page."""

    neutral: ClassVar[frozenset[str]] = frozenset({"doc", "en", "zh", "offset", "limit", "edit", "at"})
    show: Annotated[Show, BeforeValidator(lambda value: value or Show.ALL)] = Field(
        default=Show.ALL, description="which links are shown"
    )
    at: str = Field(default="", pattern=r"^([ez]-\d{1,9})?$", description="row to show")
    edit: Literal["", "on", "row"] = Field(
        default="", description="whether links can be set right; row: those of the row begin ticked"
    )
    limit: int = Field(default=PAGE, ge=1, le=500, description="links on a page")


class ForceFilter(Pair):
    """Parameters of the page of differences."""

    neutral: ClassVar[frozenset[str]] = frozenset({"doc", "en", "zh", "offset", "limit"})
    severity: Annotated[Gravity | None, BeforeValidator(blank_to_none)] = Field(
        default=None, description="how serious"
    )
    kind: str = Field(default="", max_length=40, description="kind of difference")
    limit: int = Field(default=PAGE, ge=1, le=500, description="differences on a page")


def known(workspace: Workspace, names: Iterable[str]) -> None:
    """Raise NotFoundError where a name is no document: no name is taken for a file."""
    asked = tuple(names)
    documents = workspace.titles(asked)
    for slug in asked:
        if slug not in documents:
            workspace.document(slug)


def force_for(
    request: Request, workspace: Workspace, chosen: Pair, *, hurried: bool = False
) -> ForceReport | None:
    """Return the links of two versions with what differs, computed once; None where it is not ready in time.

    Raises:
        NotFoundError: no such document.
        UsageError: not one document and not two.
    """
    names = chosen.names()
    known(workspace, names)
    key = ("force", names)
    return once(request, key, lambda: workspace.terminology.force(names), hurried=hurried)


def alignment_for(request: Request, workspace: Workspace, chosen: Pair) -> Alignment:
    """Return the links of two versions, however long it takes. Raises as `force_for`."""
    names = chosen.names()
    known(workspace, names)
    found = once(request, ("alignment", names), lambda: workspace.translating.align(names))
    if found is None:
        raise TypeError(names)
    return found


def the_force(request: Request, workspace: Workspace, chosen: Pair) -> ForceReport:
    """Return the differences, however long it takes. Raises as `force_for`."""
    found = force_for(request, workspace, chosen)
    if found is None:
        raise TypeError(chosen.names())
    return found


def choosing(
    request: Request, workspace: Workspace, here: str, chosen: Pair, refusal: DragomanError | None = None
) -> Response:
    """Show the form that names the versions."""
    documents = offered(workspace, (chosen.doc, chosen.en, chosen.zh))
    context = {
        **shared(request),
        "tab": here,
        "chosen": chosen,
        "documents": documents,
        "both": [one for one in documents if len(one.languages) > 1],
        "refusal": refusal,
    }
    return render(request, "bilingual.html", context, status=refusal.http_status if refusal else 200)


def waiting(request: Request, here: str, chosen: Pair) -> Response:
    """Show that the page is being computed; it looks again by itself."""
    again = f"{request.url.path}?{request.url.query}"
    return render(
        request, "bilingual_wait.html", {**shared(request), "tab": here, "chosen": chosen, "again": again}
    )


@dataclass(frozen=True, slots=True)
class Refused:
    """A correction that was not kept, and why."""

    why: DragomanError
    form: FormData


@router.get("/terms/align")
def align_page(request: Request, workspace: Store, chosen: Annotated[AlignFilter, Query()]) -> Response:
    """Show two versions sentence beside sentence, or the form that names them."""
    return _align(request, workspace, chosen)


def _align(
    request: Request, workspace: Workspace, chosen: AlignFilter, refused: Refused | None = None
) -> Response:
    try:
        names = chosen.names()
    except HalfPairError as refusal:
        return choosing(request, workspace, "align", chosen, refusal)
    if not names:
        return choosing(request, workspace, "align", chosen)
    report = force_for(request, workspace, chosen, hurried=refused is None)
    if report is None:
        return waiting(request, "align", chosen)
    rows = rows_of(report)
    fitting = [row for row in rows if FITS[chosen.show](row)]
    offset = page_with(fitting, chosen)
    shown = fitting[offset : offset + chosen.limit]
    typed = refused.form if refused else FormData()
    context: dict[str, Any] = {
        **shared(request),
        "chosen": chosen,
        "alignment": report.alignment,
        "report": report,
        "rows": shown,
        "fitting": len(fitting),
        "offset": offset,
        "counts": counts_of(rows),
        "shows": tuple(Show),
        "gravities": tuple(Gravity),
        "steps": tuple(steps_of(report.alignment, workspace.translating.links(names))),
        "picked": picked(typed, shown, chosen),
        "typed": typed,
        "refusal": refused.why if refused else None,
        "by": str(typed.get("by", remembered_reviewer(request))),
    }
    return render(request, "bilingual_align.html", context, status=refused.why.http_status if refused else 200)


def page_with(rows: list[Row], chosen: AlignFilter) -> int:
    """Return where the page begins: the one with the row that is asked for, else the one that is."""
    if not chosen.at:
        return chosen.offset
    at = next((number for number, row in enumerate(rows) if row.anchor == chosen.at), chosen.offset)
    return at - at % chosen.limit


def picked(typed: FormData, rows: Iterable[Row], chosen: AlignFilter) -> frozenset[tuple[str, str]]:
    """Return the sentences that are ticked: those sent, else those of the row that is asked for."""
    if typed:
        return frozenset((side, str(value)) for side in ("en", "zh") for value in typed.getlist(side))
    own = [row for row in rows if chosen.edit == "row" and row.anchor == chosen.at]
    return frozenset((side, one.value) for row in own for side in ("en", "zh") for one in getattr(row, side))


@router.post("/terms/align")
async def correct_link(request: Request, workspace: Store, chosen: Annotated[AlignFilter, Query()]) -> Response:
    """Keep what a person says of sentences: joined, standing alone, or left to the machine again."""
    async with request.form() as form:
        return await run_in_threadpool(_corrected, request, workspace, chosen, form)


def _corrected(request: Request, workspace: Workspace, chosen: AlignFilter, form: FormData) -> Response:
    names = chosen.names()
    known(workspace, names)
    try:
        person, anchor = corrected(workspace.translating, names, form)
    except DragomanError as why:
        return _align(request, workspace, chosen, Refused(why, form))
    address = f"/terms/align{chosen.pair(at=anchor, edit='on')}#{anchor}"
    response = RedirectResponse(address, 303)
    remember_reviewer(response, person)
    return response


def corrected(translating: Translating, names: tuple[str, ...], form: FormData) -> tuple[str, str]:
    """Keep the correction that a form states; return whose it is and the row where it is shown.

    Raises:
        UsageError: nobody is named, no reason, no sentences, or offsets that cut one.
    """
    person, reason, action = word(form, "by"), word(form, "reason"), word(form, "action")
    if not person:
        raise ReviewerError
    if not reason:
        raise NoReasonError
    en, zh = spans_of(form, "en"), spans_of(form, "zh")
    if action == "join":
        if not (en and zh):
            raise OneSidedError
        translating.link(names, en=en, zh=zh, person=person, reason=reason)
    elif action == "part":
        part(translating, names, (en, zh), person, reason)
    elif action == "unlink":
        translating.unlink(names, en=en, zh=zh, person=person, reason=reason)
    else:
        raise WrongFieldError(action, "correction")
    return person, f"e-{en[0][0]}" if en else f"z-{zh[0][0]}"


def part(
    translating: Translating,
    names: tuple[str, ...],
    sides: tuple[list[Span], list[Span]],
    person: str,
    reason: str,
) -> None:
    """Keep that each of some sentences stands alone. Raises UsageError."""
    alone = [*(([one], []) for one in sides[0]), *(([], [one]) for one in sides[1])] or [([], [])]
    for en, zh in alone:
        translating.link(names, en=en, zh=zh, person=person, reason=reason)


def spans_of(form: FormData, side: str) -> list[Span]:
    """Return the sentences that are ticked on one side, in text order. Raises WrongFieldError."""
    found: list[Span] = []
    for value in form.getlist(side):
        match = STRETCH.fullmatch(str(value))
        if match is None:
            raise WrongFieldError(str(value), "stretch of a text")
        found.append((int(match[1]), int(match[2])))
    return sorted(found)


def command(what: str, names: Iterable[str], form: str, language: str) -> str:
    """Return the command that makes a file again."""
    return shlex.join(["dragoman", "terms", what, *names, "--format", form, "--language", language])


def json_lines(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Return rows as JSON lines."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode("utf-8", "replace")


def download(data: bytes, name: str, form: str, media: Mapping[str, str] = MEDIA) -> Response:
    """Return a file to be saved."""
    headers = {"content-disposition": f'attachment; filename="{name}.{form}"'}
    return Response(data, media_type=media[form], headers=headers)


@router.get("/terms/align/export/{form}")
def export_alignment(
    request: Request, workspace: Store, form: AlignFormat, chosen: Annotated[Pair, Query()]
) -> Response:
    """Return the links of two versions as a file."""
    alignment, language = alignment_for(request, workspace, chosen), language_of(request)
    again = command("align", chosen.names(), form, language.value)
    if form == "jsonl":
        data = json_lines(map(link_to_row, alignment.links))
    else:
        data = workspace.translating.written(alignment, form, language, again)
    return download(data, "alignment", form)


@router.get("/terms/force")
def force_page(request: Request, workspace: Store, chosen: Annotated[ForceFilter, Query()]) -> Response:
    """Show where two versions differ, the most serious first, or the form that names them."""
    try:
        names = chosen.names()
    except HalfPairError as refusal:
        return choosing(request, workspace, "force", chosen, refusal)
    if not names:
        return choosing(request, workspace, "force", chosen)
    report = force_for(request, workspace, chosen, hurried=True)
    if report is None:
        return waiting(request, "force", chosen)
    rows = rows_of(report)
    differing = [(one, rows[one.link]) for one in report.differences]
    fitting = [
        (one, row)
        for one, row in differing
        if chosen.severity in {None, one.gravity} and chosen.kind in {"", *(remark.kind for remark in one.remarks)}
    ]
    context = {
        **shared(request),
        "chosen": chosen,
        "alignment": report.alignment,
        "report": report,
        "rows": fitting[chosen.offset : chosen.offset + chosen.limit],
        "fitting": len(fitting),
        "counts": Counter(one.gravity for one in report.differences),
        "found_kinds": sorted({remark.kind for one in report.differences for remark in one.remarks}),
        "gravities": tuple(Gravity),
    }
    return render(request, "bilingual_force.html", context)


@router.get("/terms/force/export/{form}")
def export_force(
    request: Request, workspace: Store, form: ForceFormat, chosen: Annotated[Pair, Query()]
) -> Response:
    """Return the differences of two versions as a file."""
    report, language = the_force(request, workspace, chosen), language_of(request)
    again = command("force", chosen.names(), form, language.value)
    if form == "jsonl":
        data = json_lines(map(difference_to_row, report.differences))
    else:
        data = workspace.terminology.written_force(report, form, language, again)
    return download(data, "differences", form)
