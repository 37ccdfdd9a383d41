"""What people change in the termbase and in links of two versions, for programs."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import File, Form, Query, Request, UploadFile
from pydantic import BaseModel, Field

from dragoman.model.bilingual import correction_to_row
from dragoman.model.term import Concept, ReviewVerdict
from dragoman.model.term_format import import_to_row
from dragoman.web import rows
from dragoman.web.access import Store
from dragoman.web.bilingual import corrected, known
from dragoman.web.bilingual_api import PairQuery
from dragoman.web.bodies import FormBody, Said, example, who
from dragoman.web.endpoint import CHANGED, CONFLICT, MISSING, REFUSED, Seen, endpoints
from dragoman.web.screening import kept_file
from dragoman.web.term_choice import proposed, the_extraction
from dragoman.web.term_forms import Said as Speaker
from dragoman.web.terms import contexts_of
from dragoman.web.terms_api import ConceptRow, Name, ProposalRow, SaidBody, concept_row, proposal_row

router = endpoints("terms", "/terms")
Span = Annotated[str, Field(pattern=r"^\d{1,9}-\d{1,9}$", description="start and end of a sentence")]


class ReviewsBody(SaidBody):
    """What a side says of several concepts."""

    model_config = example({"concepts": ["quantum-computing"], "verdict": "accept", "by": "Mara", "side": "China"})

    concepts: list[Name] = Field(min_length=1, max_length=500)
    verdict: ReviewVerdict


class LinkBody(Said):
    """A correction of links: sentences joined, standing alone, or left to the machine again."""

    model_config = example(
        {"action": "join", "en": ["0-20"], "zh": ["0-9"], "by": "Mara", "reason": "the same heading"}
    )

    action: Literal["join", "part", "unlink"]
    en: list[Span] = Field(default=[], max_length=50)
    zh: list[Span] = Field(default=[], max_length=50)


class ChosenBody(SaidBody):
    """Term candidates that are proposed."""

    model_config = example({"pairs": [["quantum computing", "量子计算"]], "by": "Mara"})

    pairs: list[Annotated[list[Name], Field(min_length=2, max_length=2)]] = Field(min_length=1, max_length=500)


class ChosenRow(BaseModel):
    """What became of candidates."""

    new: list[ConceptRow]
    there: list[str] = Field(description="ids of concepts that have their terms already")


class ContextRow(BaseModel):
    """Sentences of the register in which a term stands."""

    term: str
    total: int
    hits: list[rows.Hit]


@router.post("/import", responses={**REFUSED, **CONFLICT})
def import_concepts(
    request: Request,
    workspace: Store,
    file: Annotated[UploadFile, File(description="TBX, CSV or XLSX")],
    by: Annotated[str, Form(max_length=200)],
    side: Annotated[str, Form(max_length=200)] = "",
) -> dict[str, Any]:
    """Take in a file of concepts; a faulty one changes nothing, and `problems` say why."""
    with kept_file(file) as path:
        outcome = workspace.termbank.import_file(
            path, by=who(request, by), name=file.filename or "upload", side=side
        )
    return dict(import_to_row(outcome))


@router.post("/import/shipped", responses={**REFUSED, **CONFLICT})
def import_shipped(request: Request, workspace: Store, body: SaidBody) -> dict[str, Any]:
    """Take in the glossary that ships."""
    return dict(import_to_row(workspace.termbank.import_shipped(by=who(request, body.by), side=body.side)))


@router.post("/review", responses={**MISSING, **REFUSED, **CONFLICT})
def review_concepts(request: Request, workspace: Store, body: ReviewsBody) -> list[ConceptRow | ProposalRow]:
    """Record what a side says of several concepts; those before one that is refused are kept."""
    said = {"by": who(request, body.by), "side": body.side, "reason": body.reason}
    made = [workspace.termbank.review(one, body.verdict, **said) for one in body.concepts]
    return [concept_row(one) if isinstance(one, Concept) else proposal_row(one) for one in made]


@router.get("/concepts/{identifier}/sentences", responses=MISSING)
def list_sentences(workspace: Store, identifier: str) -> list[ContextRow]:
    """Return the sentences of the register in which the terms of a concept stand."""
    found = contexts_of(workspace.termbank.concept(identifier), workspace)
    return [
        ContextRow(term=one.term.text, total=one.total, hits=[rows.hit(each) for each in one.hits])
        for one in found
    ]


@router.post("/concepts/{identifier}/withdraw", responses={**MISSING, **REFUSED, **CHANGED})
def withdraw_concept(
    request: Request, workspace: Store, identifier: str, body: SaidBody, seen: Seen
) -> ProposalRow:
    """Propose that a concept be withdrawn."""
    bank = workspace.termbank
    with seen.kept(workspace, f"concept {identifier}", lambda: concept_row(bank.concept(identifier))):
        made = bank.withdraw(identifier, by=who(request, body.by), side=body.side, reason=body.reason)
    return proposal_row(made)


@router.get("/align/corrections", responses=MISSING)
def list_corrections(workspace: Store, chosen: Annotated[PairQuery, Query()]) -> list[dict[str, Any]]:
    """Return what people set right of the links of two versions, oldest first."""
    names = chosen.pair().names()
    known(workspace, names)
    return [dict(correction_to_row(one)) for one in workspace.translating.links(names)]


@router.post("/align", responses={**MISSING, **REFUSED, **CONFLICT})
def correct_links(
    request: Request, workspace: Store, chosen: Annotated[PairQuery, Query()], body: LinkBody
) -> list[dict[str, Any]]:
    """Set a link right; nothing is overwritten. Returns all corrections."""
    names = chosen.pair().names()
    known(workspace, names)
    sent = body.model_copy(update={"by": None})
    corrected(workspace.translating, names, FormBody.form(sent, by=who(request, body.by)))
    return list_corrections(workspace, chosen)


@router.post("/extract", responses={**MISSING, **REFUSED, **CONFLICT})
def propose_candidates(
    request: Request, workspace: Store, chosen: Annotated[PairQuery, Query()], body: ChosenBody
) -> ChosenRow:
    """Propose term candidates to the termbase; those that it has already are left out."""
    extraction = the_extraction(request, workspace, chosen.pair())
    pairs = ["\t".join(one) for one in body.pairs]
    said = Speaker(who(request, body.by), body.side, body.reason)
    made = proposed(workspace.termbank, extraction, pairs, said)
    return ChosenRow(new=[concept_row(one) for one in made.new], there=list(made.there))
