"""Team coding in the browser: who codes what, a page to code on, agreement, the queue of an arbiter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any, Literal
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse, StreamingResponse
from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from dragoman.model import (
    BlockKind,
    ConflictError,
    Document,
    DragomanError,
    NotFoundError,
    Problem,
    Sentence,
    Severity,
)
from dragoman.model.coding import (
    ARBITRATED,
    DECIDING,
    FIELDS,
    GRAMMAR,
    MEASURES,
    NO_LINE,
    OWN,
    Adoption,
    CodedLine,
    Submission,
)
from dragoman.team_coding import CODING_FORMS, SEED, CodingDesk
from dragoman.web.access import Store, names_for
from dragoman.web.decision import proposed, word
from dragoman.web.docket import person_of
from dragoman.web.export import begun
from dragoman.web.filtering import Addressed
from dragoman.web.offering import offered
from dragoman.web.recording import MissingFieldError, whole_of
from dragoman.web.render import remember_reviewer, remembered_reviewer, render

router = APIRouter(include_in_schema=False)

CodedFormat = Literal["gold", "jsonl", "csv", "xlsx", "qdpx", "qdc", "ig", "ig-csv", "ig-jsonl"]
ENDINGS = {"gold": "jsonl", "ig": "txt", "ig-csv": "csv", "ig-jsonl": "jsonl"}
"""Ends of names of files where they are not the format."""
PAGE = 20
"""Differences on one page."""
MOST_DRAWS = 1000
MOST_PROBLEMS = 200
"""Problems of a file that are shown."""
WRONG_FILE = 422
"""Status of the page of a file of which nothing was kept."""
CODED_FILE = "file of coded lines"


class NoSuchCodingFormError(NotFoundError):
    """A form is sent to an address that does nothing."""

    def __init__(self, what: str) -> None:
        super().__init__(f"Nothing of the kind “{what}” is done in team coding.", "Use the forms of the page.")


def desk_of(request: Request, workspace: Store) -> CodingDesk:
    """Return team coding as who is signed in sees it."""
    return workspace.coding(person_of(request))


Desk = Annotated[CodingDesk, Depends(desk_of)]


def coding_path(doc: str) -> str:
    """Return the address of the page on which a document is coded."""
    return f"/coding/d/{quote(doc)}"


def address(path: str, place: int | None = None, **fields: str) -> str:
    """Return an address with those fields that are not empty, and a place on its page."""
    query = urlencode({key: value for key, value in fields.items() if value})
    return path + (f"?{query}" if query else "") + ("" if place is None else f"#s-{place}")


def _shared(request: Request, workspace: Store, desk: CodingDesk) -> dict[str, Any]:
    person = person_of(request)
    return {
        "account": person.account if person else "",
        "desk": desk,
        "names": names_for(request, workspace),
        "coding_path": coding_path,
        "address": address,
        "refusal": None,
        "grammar": GRAMMAR,
        "nobody": NO_LINE,
        "own": OWN,
        "arbitrated": ARBITRATED,
    }


@router.get("/coding")
def board_page(request: Request, workspace: Store, desk: Desk) -> Response:
    """Show who codes what, and how far it is."""
    return _board(request, workspace, desk)


def _board(request: Request, workspace: Store, desk: CodingDesk, refusal: DragomanError | None = None) -> Response:
    person = person_of(request)
    own = person.account if person and not (desk.coordinates or desk.arbitrates) else ""
    context = {
        **_shared(request, workspace, desk),
        "board": desk.board(own),
        "documents": offered(workspace) if desk.coordinates else (),
        "refusal": refusal,
    }
    return render(request, "coding.html", context, status=refusal.http_status if refusal else 200)


class CodingFilter(Addressed):
    """Parameters of the page on which a document is coded."""

    who: str = Field(default="", max_length=100, description="who codes, where nobody signs in")
    at: int | None = Field(default=None, ge=0, description="start of the sentence that is coded")
    unit: int = Field(default=0, ge=0, description="number of the line that is changed")


@dataclass(frozen=True, slots=True)
class Coded:
    """A sentence with the coder's lines on it."""

    sentence: Sentence
    text: str
    lines: tuple[CodedLine, ...]


def sentences_of(document: Document, lines: tuple[CodedLine, ...]) -> Iterator[Coded]:
    """Yield the sentences of a document that are no furniture, each with the lines that begin in it."""
    shown = [one for one in document.sentences if one.kind is not BlockKind.FURNITURE]
    for number, one in enumerate(shown):
        until = shown[number + 1].start if number + 1 < len(shown) else len(document.text) + 1
        begins = 0 if number == 0 else one.start
        own = tuple(each for each in lines if begins <= each.line.start < until)
        yield Coded(one, document.text[one.start : one.end], own)


@router.get("/coding/d/{doc:path}")
def document_page(
    request: Request, workspace: Store, desk: Desk, doc: str, chosen: Annotated[CodingFilter, Query()]
) -> Response:
    """Show a document to a coder, with the form for one sentence."""
    return _document(request, workspace, desk, doc, chosen)


def _document(
    request: Request,
    workspace: Store,
    desk: CodingDesk,
    doc: str,
    chosen: CodingFilter,
    refusal: DragomanError | None = None,
    sent: Submission | None = None,
) -> Response:
    person = person_of(request)
    coder = desk.coder() if person else chosen.who or remembered_reviewer(request)
    standing = desk.standing(doc)
    assignment = standing.of(coder) if coder else None
    document = desk.document(doc)
    lines = desk.lines(doc, coder) if assignment and coder != GRAMMAR else ()
    context = {
        **_shared(request, workspace, desk),
        "doc": doc,
        "document": document,
        "coder": coder,
        "standing": standing,
        "assignment": assignment,
        "writes": assignment is not None and standing.blind and assignment.state.value == "open",
        "sentences": tuple(sentences_of(document, lines)) if assignment else (),
        "chosen": chosen,
        "refusal": refusal,
        "sent": sent,
        "problems": at_their_lines(sent.problems) if sent else (),
        "count": len(lines),
    }
    status = refusal.http_status if refusal else WRONG_FILE if sent and not sent.kept else 200
    return render(request, "coding_document.html", context, status=status)


def at_their_lines(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return the problems of a file, errors first, then by line; no more than a page can show."""
    found = sorted(problems, key=lambda one: (one.severity is not Severity.ERROR, one.line or 0))
    return tuple(found[:MOST_PROBLEMS])


@router.post("/coding/d/{doc:path}/{what}")
async def document_form(request: Request, workspace: Store, desk: Desk, doc: str, what: str) -> Response:
    """Save or remove a line, or say that one is done."""
    async with request.form() as form:
        return await run_in_threadpool(_coded, request, workspace, desk, (doc, what), form)


def _coded(request: Request, workspace: Store, desk: CodingDesk, to: tuple[str, str], form: FormData) -> Response:
    doc, what = to
    act = CODES.get(what)
    if act is None:
        raise NoSuchCodingFormError(what)
    coder = desk.coder(word(form, "who"))
    start = whole_of(form, "start", 0)
    chosen = CodingFilter(who=coder, at=start if what == "save" else None, unit=whole_of(form, "unit", 0))
    try:
        sent = act(desk, doc, coder, form)
    except DragomanError as refusal:
        if isinstance(refusal, NotFoundError):
            raise
        return _document(request, workspace, desk, doc, chosen, refusal)
    if sent is not None:
        return _document(request, workspace, desk, doc, chosen, sent=sent)
    who = "" if person_of(request) else coder
    response = RedirectResponse(address(coding_path(doc), start if what != "done" else None, who=who), 303)
    remember_reviewer(response, coder)
    return response


def _save(desk: CodingDesk, doc: str, coder: str, form: FormData) -> None:
    stretch = (whole_of(form, "start", 0), whole_of(form, "end", 0))
    desk.save(
        doc,
        stretch,
        proposed(form),
        coder=coder,
        unit=whole_of(form, "unit", 0),
        reason=word(form, "reason"),
        trigger=word(form, "trigger"),
    )


def _remove(desk: CodingDesk, doc: str, coder: str, form: FormData) -> None:
    desk.remove(doc, whole_of(form, "unit", 0), coder=coder, reason=word(form, "reason"))


def _done(desk: CodingDesk, doc: str, coder: str, form: FormData) -> None:
    del form
    desk.done(doc, coder=coder)


def _upload(desk: CodingDesk, doc: str, coder: str, form: FormData) -> Submission:
    """Keep a file of lines, all or none. Raises MissingFieldError."""
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        raise MissingFieldError(CODED_FILE)
    replaces = bool(word(form, "replaces"))
    return desk.submit(file.file.read(), file.filename, coder=coder, document=doc, replaces=replaces)


CODES: Mapping[str, Callable[[CodingDesk, str, str, FormData], Submission | None]] = {
    "save": _save,
    "remove": _remove,
    "done": _done,
    "upload": _upload,
}
"""What the forms of a document's page do."""


class AgreementFilter(Addressed):
    """Parameters of the page of agreement."""

    document: str = Field(default="", description="slug of a document; all that may be seen")
    seed: int = Field(default=SEED, ge=0, le=2**31 - 1, description="of the bootstrap")
    resamples: int = Field(default=MOST_DRAWS, ge=1, le=MOST_DRAWS, description="draws of the bootstrap")


@router.get("/coding/agreement")
def agreement_page(
    request: Request, workspace: Store, desk: Desk, chosen: Annotated[AgreementFilter, Query()]
) -> Response:
    """Show how far the coders agree."""
    refusal, report = None, None
    try:
        docs = [chosen.document] if chosen.document else []
        report = desk.agreement(docs, seed=chosen.seed, resamples=chosen.resamples)
    except ConflictError as blind:
        refusal = blind
    groups: dict[str, list[Any]] = {}
    for row in report.rows if report else ():
        groups.setdefault(row.doc, []).append(row)
    context = {
        **_shared(request, workspace, desk),
        "board": desk.board(),
        "chosen": chosen,
        "report": report,
        "groups": groups,
        "measures": MEASURES,
        "refusal": refusal,
    }
    return render(request, "coding_agreement.html", context, status=refusal.http_status if refusal else 200)


class QueueFilter(Addressed):
    """Parameters of the queue of an arbiter."""

    document: str = Field(default="", description="slug of the document")
    all: bool = Field(default=False, description="decided ones too")


@router.get("/coding/queue")
def queue_page(
    request: Request, workspace: Store, desk: Desk, chosen: Annotated[QueueFilter, Query()]
) -> Response:
    """Show the units on which the coders of a document differ."""
    return _queue(request, workspace, desk, chosen)


def _queue(
    request: Request,
    workspace: Store,
    desk: CodingDesk,
    chosen: QueueFilter,
    refusal: DragomanError | None = None,
) -> Response:
    board = [one for one in desk.board() if not one.blind]
    doc = chosen.document or (board[0].doc if board else "")
    found = desk.queue(doc) if doc and any(one.doc == doc for one in board) else ()
    waiting = [one for one in found if one.open or chosen.all]
    context = {
        **_shared(request, workspace, desk),
        "board": board,
        "doc": doc,
        "document": desk.document(doc) if found else None,
        "chosen": chosen,
        "found": waiting[chosen.offset : chosen.offset + PAGE],
        "total": len(waiting),
        "pending": sum(one.open for one in found),
        "decided": sum(not one.open for one in found),
        "size": PAGE,
        "fields": FIELDS,
        "refusal": refusal,
    }
    return render(request, "coding_queue.html", context, status=refusal.http_status if refusal else 200)


class AdoptionFilter(Addressed):
    """Parameters of the page on which the team's coding is adopted."""

    document: str = Field(description="slug of the document")
    again: bool = Field(default=False, description="also lines on which a person decided already")


@router.get("/coding/adoption")
def adoption_page(
    request: Request, workspace: Store, desk: Desk, chosen: Annotated[AdoptionFilter, Query()]
) -> Response:
    """Show what becomes of each line of the register where the team's coding is adopted."""
    return _adoption(request, workspace, desk, chosen)


def _adoption(
    request: Request,
    workspace: Store,
    desk: CodingDesk,
    chosen: AdoptionFilter,
    refusal: DragomanError | None = None,
) -> Response:
    found = desk.adoption(chosen.document, again=chosen.again)
    counts = Counter(one.what for one in found)
    context = {
        **_shared(request, workspace, desk),
        "chosen": chosen,
        "document": desk.document(chosen.document),
        "found": found,
        "counts": [(what, counts[what]) for what in Adoption if counts[what]],
        "to_decide": sum(counts[what] for what in DECIDING),
        "refusal": refusal,
    }
    return render(request, "coding_adoption.html", context, status=refusal.http_status if refusal else 200)


@router.post("/coding/{what}")
async def board_form(request: Request, workspace: Store, desk: Desk, what: str) -> Response:
    """Give a document to a coder, open or reopen a coding, decide a difference."""
    async with request.form() as form:
        return await run_in_threadpool(_acted, request, workspace, desk, what, form)


def _acted(request: Request, workspace: Store, desk: CodingDesk, what: str, form: FormData) -> Response:
    act = ACTS.get(what)
    if act is None:
        raise NoSuchCodingFormError(what)
    person = person_of(request)
    said = {"by": person.account if person else word(form, "by"), "reason": word(form, "reason")}
    doc = word(form, "document")
    again = bool(word(form, "again"))
    shows = {
        "decide": partial(_queue, chosen=QueueFilter(document=doc)),
        "adopt": partial(_adoption, chosen=AdoptionFilter(document=doc, again=again)),
    }
    try:
        act(desk, form, said)
    except DragomanError as refusal:
        return shows.get(what, _board)(request, workspace, desk, refusal=refusal)
    path = AFTERWARDS.get(what, "")
    response = RedirectResponse(address(path, document=doc) if path else "/coding", 303)
    remember_reviewer(response, said["by"])
    return response


def _assign(desk: CodingDesk, form: FormData, said: Mapping[str, str]) -> None:
    coders = [one for one in word(form, "coders").replace("；", ";").split(";") if one.strip()]
    if word(form, "grammar"):
        coders.append(GRAMMAR)
    desk.assign([word(form, "document")], coders or [""], withdraw=bool(word(form, "withdraw")), **said)


def _decide(desk: CodingDesk, form: FormData, said: Mapping[str, str]) -> None:
    choice = word(form, "choice")
    desk.decide(
        word(form, "key"),
        choice,
        changes={**proposed(form), "trigger": word(form, "trigger")} if choice == OWN else None,
        seen=word(form, "seen"),
        after=whole_of(form, "after", 0),
        **said,
    )


ACTS: Mapping[str, Callable[[CodingDesk, FormData, Mapping[str, str]], object]] = {
    "assign": _assign,
    "open": lambda desk, form, said: desk.open(word(form, "document"), **said),
    "reopen": lambda desk, form, said: desk.reopen(word(form, "document"), word(form, "coder"), **said),
    "decide": _decide,
    "adopt": lambda desk, form, said: desk.adopt(word(form, "document"), again=bool(word(form, "again")), **said),
}
"""What the forms of the board, of the queue and of the adoption do."""
AFTERWARDS = {"decide": "/coding/queue", "adopt": "/coding/adoption"}
"""Which page of the document is shown afterwards; else the board."""


class ExportFilter(Addressed):
    """Parameters of the file of a coder's lines."""

    document: str = Field(default="", description="slug of a document; all that may be seen")
    coder: str = Field(default=ARBITRATED, max_length=100, description="a coder's name, grammar or arbitrated")


@router.get("/coding/export/{form}")
def export_lines(desk: Desk, form: CodedFormat, chosen: Annotated[ExportFilter, Query()]) -> Response:
    """Return a coder's lines as a file."""
    entries = desk.entries([chosen.document] if chosen.document else [], chosen.coder)
    headers = {"content-disposition": f'attachment; filename="coding.{ENDINGS.get(form, form)}"'}
    return StreamingResponse(begun(desk.file_of(entries, form)), media_type=CODING_FORMS[form], headers=headers)
