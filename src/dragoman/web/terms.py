"""The termbase in the browser: concepts, proposals and reviews, versions, print, the lint."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Annotated, Any, Literal
from urllib.parse import quote as quoted

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse, StreamingResponse
from pydantic import BeforeValidator, Field
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from dragoman.model import DragomanError, NotFoundError, SearchHit
from dragoman.model.term import (
    Concept,
    ConceptKind,
    ConceptStatus,
    Definition,
    ReviewVerdict,
    Term,
    TermFinding,
    TermLint,
    TermQuery,
    TermSource,
    TermUse,
)
from dragoman.termbank import FILES, Termbank
from dragoman.web.access import names_for, workspace_of
from dragoman.web.decision import word
from dragoman.web.export import begun
from dragoman.web.filtering import Addressed, blank_to_none, without_blanks
from dragoman.web.language import language_of
from dragoman.web.offering import Titles, offered
from dragoman.web.register import pieces
from dragoman.web.render import remember_reviewer, render
from dragoman.web.screening import kept_file
from dragoman.web.term_forms import SPARE, Said, concept_of, new_concept, said_of, verdict_of
from dragoman.workspace import Workspace

router = APIRouter(include_in_schema=False)

TermFormat = Literal["tbx", "rdf", "jsonld", "csv", "xlsx", "html", "docx", "md"]
PAGE = 50
MOST_TERMS = 6
"""Terms of a concept whose sentences are looked for."""
MOST_CONTEXTS = 4
"""Sentences shown of each term."""
MOST_TEXT = 200_000
"""Characters of a text that is pasted to be linted."""
FIELD_NAMES = ("terms", "definitions", "sources", "note", "subjects", "tags", "kind", "status", "contested")
"""Fields in which states of a concept are compared."""
MOST_SHOWN = 400
"""Findings and changes shown on one page."""


class NoSuchFormError(NotFoundError):
    """A form is sent to an address that records nothing."""

    def __init__(self, what: str) -> None:
        super().__init__(f"Nothing of the kind “{what}” is recorded.", "Use the forms of the page.")


class TermFilter(Addressed):
    """Parameters of the list of concepts."""

    q: str = Field(default="", description="part of a term in either language", max_length=400)
    status: Annotated[list[ConceptStatus], BeforeValidator(without_blanks)] = Field(
        default=[], description="how far the sides are"
    )
    party: str = Field(default="", description="a party with terms of its own")
    tag: str = Field(default="", description="technology or instrument tag")
    kind: Annotated[ConceptKind | None, BeforeValidator(blank_to_none)] = Field(
        default=None, description="general or organisation"
    )
    limit: int = Field(default=PAGE, ge=1, le=500, description="concepts to return")

    def query(self) -> TermQuery:
        """Return the question to the termbase."""
        return TermQuery(
            words=self.q,
            statuses=tuple(self.status),
            parties=(self.party,) if self.party else (),
            tags=(self.tag,) if self.tag else (),
            kinds=(self.kind,) if self.kind else (),
            offset=self.offset,
            limit=self.limit,
        )


@dataclass(frozen=True, slots=True)
class Context:
    """Sentences of the register in which a term stands: how many there are, and the first of them."""

    term: Term
    total: int
    hits: tuple[SearchHit, ...]


def bank_of(request: Request) -> Termbank:
    """Return the termbase."""
    return workspace_of(request).termbank


def concept_path(identifier: str) -> str:
    """Return the address of a concept's page."""
    return f"/terms/c/{quoted(identifier, safe='')}"


def proposal_changes(before: Concept, after: Concept) -> Iterator[tuple[str, str, str]]:
    """Yield the fields in which two states of a concept differ, with what goes and what comes, in words."""
    for name in FIELD_NAMES:
        old, new = (list(dict.fromkeys(words_of(one, name))) for one in (before, after))
        if old != new:
            gone = [word for word in old if word not in new]
            come = [word for word in new if word not in old]
            if gone or come:
                yield name, "; ".join(gone), "; ".join(come)


def words_of(concept: Concept, name: str) -> Iterator[str]:
    """Yield a field of a concept in words."""
    value = getattr(concept, name)
    for one in value if isinstance(value, tuple) else (value,):
        if isinstance(one, Term):
            facts = [one.use.value, one.party, one.note]
            yield f"{one.text} ({', '.join(fact for fact in facts if fact)})"
        elif isinstance(one, Definition | TermSource):
            yield one.text if isinstance(one, Definition) else one.quote
        elif one:
            yield str(one)


def shared(request: Request) -> dict[str, Any]:
    """Return what every page of the termbase shows."""
    workspace, bank = workspace_of(request), bank_of(request)
    counts = bank.counts()
    return {
        "concept_path": concept_path,
        "proposal_changes": proposal_changes,
        "hit_pieces": pieces,
        "names": names_for(request, workspace),
        "sides": bank.sides(),
        "counts": counts,
        "waiting": sum(counts.get(one, 0) for one in ("proposed", "under review")) + bank.waiting(),
        "statuses": tuple(ConceptStatus),
        "uses": tuple(TermUse),
        "kinds_of_concept": tuple(ConceptKind),
        "verdicts": tuple(ReviewVerdict),
        "spare": SPARE,
        "refusal": None,
        "typed": {},
    }


@router.get("/terms")
def terms_page(request: Request, chosen: Annotated[TermFilter, Query()]) -> Response:
    """Show the concepts that a filter leaves, and find some by their terms."""
    return _list(request, chosen, {})


def _list(request: Request, chosen: TermFilter, extra: Mapping[str, Any], status: int = 200) -> Response:
    bank = bank_of(request)
    context = {
        "chosen": chosen,
        "page": bank.find(chosen.query()),
        "tags": bank.tags(),
        "parties": bank.parties(),
        "outcome": None,
        **extra,
    }
    return render(request, "terms.html", {**shared(request), **context}, status=status)


@router.get("/terms/export/{form}")
def export_terms(request: Request, form: TermFormat, chosen: Annotated[TermFilter, Query()]) -> Response:
    """Return the concepts that a filter leaves as a file, a printed glossary among them."""
    query = chosen.query() if chosen.chosen() else None
    pieces = begun(bank_of(request).write(form, query=query, language=language_of(request)))
    shown = "inline" if form == "html" else f'attachment; filename="termbase.{form}"'
    return StreamingResponse(pieces, media_type=FILES[form], headers={"content-disposition": shown})


@router.post("/terms/import")
async def import_terms(request: Request) -> Response:
    """Take in a file of concepts, or the glossary that ships."""
    async with request.form() as form:
        return await run_in_threadpool(_imported, request, form)


def _imported(request: Request, form: FormData) -> Response:
    bank, said, file = bank_of(request), said_of(form), form.get("file")
    try:
        if isinstance(file, UploadFile) and file.filename:
            with kept_file(file) as path:
                outcome = bank.import_file(path, by=said.by, side=said.side, name=file.filename)
        else:
            outcome = bank.import_shipped(by=said.by, side=said.side)
    except DragomanError as refusal:
        return _list(request, TermFilter(), {"refusal": refusal}, refusal.http_status)
    response = _list(request, TermFilter(), {"outcome": outcome}, 200 if outcome.taken else 422)
    remember_reviewer(response, said.by)
    return response


@router.get("/terms/c/{identifier}")
def concept_page(request: Request, identifier: str) -> Response:
    """Show a concept: its terms, definitions, contexts, proposals and history."""
    return _concept(request, identifier, {})


def _concept(request: Request, identifier: str, extra: Mapping[str, Any], status: int = 200) -> Response:
    workspace, bank = workspace_of(request), bank_of(request)
    concept = bank.concept(identifier)
    context = {
        "concept": concept,
        "contexts": tuple(contexts_of(concept, workspace)),
        "proposals": bank.proposals(identifier),
        "closed": tuple(one for one in bank.proposals(identifier, closed=True) if one.state.value not in WAITING),
        "steps": tuple(reversed(bank.history(identifier))),
        "titles": Titles(workspace),
        **extra,
    }
    return render(request, "term.html", {**shared(request), **context}, status=status)


WAITING = frozenset({"open", "contested"})
"""States of a proposal on which sides may still speak."""


def contexts_of(concept: Concept, workspace: Workspace) -> Iterator[Context]:
    """Yield the sentences of the register in which the terms of a concept stand, term by term."""
    for term in islice(concept.terms, MOST_TERMS):
        words = term.text.replace('"', " ")
        page = workspace.search(f'"{words}"', limit=MOST_CONTEXTS)
        if page.total:
            yield Context(term, page.total, page.hits)


def _review(bank: Termbank, identifier: str, form: FormData, said: Said) -> str:
    bank.review(identifier, verdict_of(form), by=said.by, side=said.side, reason=said.reason)
    return "standing"


def _change(bank: Termbank, identifier: str, form: FormData, said: Said) -> str:
    after = concept_of(form, bank.concept(identifier))
    bank.propose_change(after, by=said.by, side=said.side, reason=said.reason)
    return "proposals"


def _withdraw(bank: Termbank, identifier: str, _form: FormData, said: Said) -> str:
    bank.withdraw(identifier, by=said.by, side=said.side, reason=said.reason)
    return "proposals"


def _review_proposal(bank: Termbank, identifier: str, form: FormData, said: Said) -> str:
    proposal = word(form, "proposal")
    if bank.proposal(proposal).concept != identifier:
        raise NoSuchFormError(proposal)
    bank.review(proposal, verdict_of(form), by=said.by, side=said.side, reason=said.reason)
    return "proposals"


RECORDS: Mapping[str, Callable[[Termbank, str, FormData, Said], str]] = {
    "review": _review,
    "change": _change,
    "withdraw": _withdraw,
    "proposal": _review_proposal,
}
"""What a form of a concept's page records, by the last part of its address; each returns the place to go to."""


@router.post("/terms/c/{identifier}/{what}")
async def record(request: Request, identifier: str, what: str) -> Response:
    """Record what a side says, or a proposal."""
    if what not in RECORDS:
        raise NoSuchFormError(what)
    async with request.form() as form:
        return await run_in_threadpool(_recorded, request, identifier, what, form)


def _recorded(request: Request, identifier: str, what: str, form: FormData) -> Response:
    said = said_of(form)
    try:
        place = RECORDS[what](bank_of(request), identifier, form, said)
    except DragomanError as refusal:
        typed = {**_typed(form), "form": what}
        return _concept(request, identifier, {"refusal": refusal, "typed": typed}, refusal.http_status)
    response = RedirectResponse(f"{concept_path(identifier)}#{place}", 303)
    remember_reviewer(response, said.by)
    return response


def _typed(form: FormData) -> dict[str, str]:
    return {name: value for name, value in form.items() if isinstance(value, str)}


@router.get("/terms/new")
def new_page(request: Request) -> Response:
    """Show the form of a new concept."""
    return _new(request, {})


def _new(request: Request, extra: Mapping[str, Any], status: int = 200) -> Response:
    documents = offered(workspace_of(request))
    context = {"concept": Concept("", ()), "documents": documents, **extra}
    return render(request, "term_new.html", {**shared(request), **context}, status=status)


@router.post("/terms/new")
async def propose(request: Request) -> Response:
    """Propose a new concept."""
    async with request.form() as form:
        return await run_in_threadpool(_proposed, request, form)


def _proposed(request: Request, form: FormData) -> Response:
    said = said_of(form)
    made = Concept("", ())
    try:
        made = new_concept(form)
        found = bank_of(request).propose(made, by=said.by, side=said.side, reason=said.reason)
    except DragomanError as refusal:
        context = {"refusal": refusal, "typed": _typed(form), "concept": made}
        return _new(request, context, refusal.http_status)
    response = RedirectResponse(concept_path(found.id), 303)
    remember_reviewer(response, said.by)
    return response


@router.get("/terms/review")
def review_page(request: Request, chosen: Annotated[TermFilter, Query()]) -> Response:
    """Show what waits for a review: proposals, then new concepts."""
    bank = bank_of(request)
    asked = chosen.changed(
        status=[ConceptStatus.PROPOSED, ConceptStatus.UNDER_REVIEW, ConceptStatus.CONTESTED], offset=chosen.offset
    )
    proposals = bank.proposals(limit=PAGE)
    context = {
        "chosen": chosen,
        "page": bank.find(asked.query()),
        "proposals": proposals,
        "before": {one.concept: bank.concept(one.concept) for one in proposals},
    }
    return render(request, "terms_review.html", {**shared(request), **context})


@router.post("/terms/review")
async def review_many(request: Request) -> Response:
    """Record what a side says of several concepts at once."""
    async with request.form() as form:
        return await run_in_threadpool(_reviewed, request, form)


def _reviewed(request: Request, form: FormData) -> Response:
    bank, said = bank_of(request), said_of(form)
    verdict = verdict_of(form)
    for identifier in form.getlist("concept"):
        bank.review(str(identifier), verdict, by=said.by, side=said.side, reason=said.reason)
    response = RedirectResponse("/terms/review", 303)
    remember_reviewer(response, said.by)
    return response


@router.get("/terms/versions")
def versions_page(request: Request, first: int | None = None, last: int | None = None) -> Response:
    """Show the published versions, and what changed between two of them, or since the last one."""
    return _versions(request, first, last, {})


def _versions(
    request: Request, first: int | None, last: int | None, extra: Mapping[str, Any], status: int = 200
) -> Response:
    bank = bank_of(request)
    versions = bank.versions()
    since = first if first is not None else (versions[-1].number if versions else None)
    changes = bank.diff(since or None, last)
    context = {
        "versions": tuple(reversed(versions)),
        "first": since or None,
        "last": last,
        "changes": changes[:MOST_SHOWN],
        "total": len(changes),
        **extra,
    }
    return render(request, "terms_versions.html", {**shared(request), **context}, status=status)


@router.post("/terms/versions")
async def publish(request: Request) -> Response:
    """Publish the termbase as it stands."""
    async with request.form() as form:
        return await run_in_threadpool(_published, request, form)


def _published(request: Request, form: FormData) -> Response:
    said = said_of(form)
    try:
        bank_of(request).publish(by=said.by, note=said.reason)
    except DragomanError as refusal:
        return _versions(request, None, None, {"refusal": refusal}, refusal.http_status)
    response = RedirectResponse("/terms/versions", 303)
    remember_reviewer(response, said.by)
    return response


@router.get("/terms/lint")
def lint_page(
    request: Request,
    document: Annotated[list[str], Query(), BeforeValidator(without_blanks)] = [],  # noqa: B006 - FastAPI copies it
    party: str = "",
) -> Response:
    """Show the form of the lint, and what it finds in documents of the register."""
    found = bank_of(request).lint(document, party=party, language=language_of(request)) if document else None
    return _lint(request, found, {"asked": document, "party": party})


@router.post("/terms/lint")
async def lint_pasted(request: Request) -> Response:
    """Hold a pasted text against the termbase; it is not kept."""
    async with request.form() as form:
        return await run_in_threadpool(_linted, request, form)


def _linted(request: Request, form: FormData) -> Response:
    text, party = str(form.get("text", ""))[:MOST_TEXT].replace("\r\n", "\n"), word(form, "party")
    extra = {"text": text, "party": party}
    try:
        found = bank_of(request).lint_text(text, party=party, language=language_of(request))
    except DragomanError as refusal:
        return _lint(request, None, {**extra, "refusal": refusal}, refusal.http_status)
    return _lint(request, found, {**extra, "pieces": tuple(pieces_of(text, found.findings))})


def _lint(request: Request, found: TermLint | None, extra: Mapping[str, Any], status: int = 200) -> Response:
    workspace = workspace_of(request)
    context = {
        "lint": found,
        "documents": offered(workspace),
        "titles": Titles(workspace),
        "parties": tuple(dict.fromkeys((*bank_of(request).sides(), *bank_of(request).parties()))),
        "text": "",
        "asked": [],
        "pieces": (),
        "most": MOST_SHOWN,
        **extra,
    }
    return render(request, "terms_lint.html", {**shared(request), **context}, status=status)


Piece = tuple[str, tuple[int, ...]]
"""Words of a text, and the numbers of the findings on them."""


def pieces_of(text: str, findings: Sequence[TermFinding]) -> Iterator[Piece]:
    """Yield a text cut at its findings, which are numbered from 1."""
    numbers: dict[tuple[int, int], list[int]] = {}
    for number, finding in enumerate(findings, start=1):
        numbers.setdefault((finding.start, finding.end), []).append(number)
    at = 0
    for start, end in sorted(numbers):
        if start >= at:
            yield text[at:start], ()
            yield text[start:end], tuple(numbers[start, end])
            at = end
    yield text[at:], ()
