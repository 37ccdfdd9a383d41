"""The termbase for programs: `/api/terms`, in the fields of `dragoman terms base --json`."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

from fastapi import Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from dragoman.model import Language, Severity
from dragoman.model.term import (
    Concept,
    ConceptKind,
    ConceptStatus,
    Definition,
    Proposal,
    ProposalKind,
    ProposalState,
    ReviewVerdict,
    Term,
    TermFault,
    TermSource,
    TermType,
    TermUse,
)
from dragoman.model.term_format import (
    change_to_row,
    concept_to_row,
    finding_to_row,
    proposal_to_row,
    step_to_row,
    version_to_row,
)
from dragoman.termbank import FILES
from dragoman.web import rows
from dragoman.web.access import Store
from dragoman.web.bodies import example
from dragoman.web.endpoint import CHANGED, CONFLICT, MISSING, REFUSED, Seen, endpoints
from dragoman.web.export import begun
from dragoman.web.paging import Paged, link_next, page_of, unpacked
from dragoman.web.terms import MOST_TEXT, TermFilter, TermFormat

Name = Annotated[str, Field(max_length=200)]
Words = Annotated[str, Field(max_length=2_000)]
Passage = Annotated[str, Field(max_length=20_000)]
Place = Annotated[int, Field(ge=-1, le=2**31 - 1)]

router = endpoints("terms", "/terms")


class TermRow(BaseModel):
    """A term of a concept."""

    text: Words
    language: Language
    use: TermUse = TermUse.PREFERRED
    party: Name = Field(default="", description="the side that uses it so; everybody")
    type: TermType | None = None
    part_of_speech: Name = ""
    note: Words = ""
    source: Words = ""


class DefinitionRow(BaseModel):
    """A definition of a concept."""

    text: Passage
    language: Language
    party: Name = ""
    source: Words = ""


class SourceRow(BaseModel):
    """A sentence in which a concept is named."""

    quote: Passage
    language: Language
    doc: Name = Field(default="", description="slug of a document of the register")
    start: Place = -1
    end: Place = -1
    citation: Words = ""


class ConceptQuery(TermFilter):
    """Parameters of the concepts."""

    cursor: str = Field(default="", max_length=2000, description="where the page before ended, from its `Link`")


class ProposalQuery(Paged):
    """Parameters of the proposals."""

    concept: str | None = Field(default=None, max_length=200, description="id of a concept; all")
    closed: bool = Field(default=False, description="whether those decided are returned too")


class ConceptContent(BaseModel):
    """What a concept says."""

    id: Name = Field(default="", description="made of its term where it is empty")
    kind: ConceptKind = ConceptKind.GENERAL
    terms: list[TermRow] = Field(max_length=200)
    definitions: list[DefinitionRow] = Field(default=[], max_length=50)
    sources: list[SourceRow] = Field(default=[], max_length=50)
    note: Passage = ""
    subjects: list[Words] = Field(default=[], max_length=50)
    tags: list[Name] = Field(default=[], max_length=50)

    def concept(self) -> Concept:
        """Return it as a concept."""
        return Concept(
            self.id,
            tuple(Term(**one.model_dump()) for one in self.terms),
            tuple(Definition(**one.model_dump()) for one in self.definitions),
            tuple(TermSource(**one.model_dump()) for one in self.sources),
            self.note,
            tuple(self.subjects),
            tuple(self.tags),
            self.kind,
        )


class ConceptRow(ConceptContent):
    """A concept as it stands."""

    status: ConceptStatus
    accepted: list[str] = Field(description="the sides that accept it")
    contested: list[str] = Field(description="the sides that object to it")


class ConceptRows(BaseModel):
    """Concepts of a question."""

    concepts: list[ConceptRow]
    total: int
    offset: int


class StepRow(BaseModel):
    """A step of a concept's history."""

    number: int
    action: str
    by: str
    side: str
    at: datetime
    reason: str
    proposal: str
    concept: ConceptRow


class ReviewRow(BaseModel):
    """What a side says of a proposal."""

    side: str
    verdict: ReviewVerdict
    by: str
    at: datetime
    reason: str


class ProposalRow(BaseModel):
    """A change of a concept that both sides have to accept."""

    id: str
    concept: str
    kind: ProposalKind
    state: ProposalState
    by: str
    side: str
    at: datetime
    reason: str
    after: ConceptRow
    reviews: list[ReviewRow]


class VersionRow(BaseModel):
    """A published version."""

    number: int
    at: datetime
    by: str
    note: str
    concepts: int
    statuses: dict[str, int]
    sha256: str


class SaidBody(BaseModel):
    """Who says something, for which side, and why."""

    model_config = example({"by": "Mara", "side": "", "reason": "out of use"})

    by: Name
    side: Name = ""
    reason: Words = ""


class ConceptBody(SaidBody):
    """A concept that is proposed."""

    model_config = example(
        {
            "by": "Mara",
            "concept": {"terms": [{"text": "tide gauge", "language": "en"}, {"text": "验潮仪", "language": "zh"}]},
        }
    )

    concept: ConceptContent


class ReviewBody(SaidBody):
    """What a side says."""

    model_config = example({"by": "Mara", "side": "", "verdict": "accept"})

    verdict: ReviewVerdict


class PublishBody(BaseModel):
    """Who publishes a version, and what is new."""

    model_config = example({"by": "Mara", "note": "after the spring meeting"})

    by: Name
    note: Words = ""


class LintBody(BaseModel):
    """A text to be held against the termbase."""

    model_config = example({"text": "The tide gauge shall be read twice a day.", "language": "en"})

    text: str = Field(max_length=MOST_TEXT)
    party: Name = ""
    language: Language = Language.EN


class FindingRow(BaseModel):
    """A term that should be looked at."""

    doc: str
    start: int
    end: int
    line: int
    column: int
    text: str
    fault: TermFault
    severity: Severity
    concept: str
    language: Language
    suggestion: str
    message: str
    other: list[int] | None = None
    other_doc: str = ""


class LintRow(BaseModel):
    """What the lint found."""

    findings: list[FindingRow]
    concepts: int
    version: int | None
    problems: list[rows.ProblemRow]


def concept_row(concept: Concept) -> ConceptRow:
    """Return a concept."""
    return ConceptRow.model_validate(concept_to_row(concept))


def proposal_row(proposal: Proposal) -> ProposalRow:
    """Return a change that is proposed."""
    return ProposalRow.model_validate(proposal_to_row(proposal))


@router.get("")
def find_concepts(
    request: Request, response: Response, workspace: Store, chosen: Annotated[ConceptQuery, Query()]
) -> ConceptRows:
    """Return the concepts that a filter leaves, the best first where words are given."""
    start = unpacked(chosen.cursor)[1] if chosen.cursor else chosen.offset
    page = workspace.termbank.find(replace(chosen.query(), offset=start))
    end = start + len(page.concepts)
    if page.concepts and end < page.total:
        link_next(request, response, page.concepts[-1].id, end)
    return ConceptRows(concepts=[concept_row(one) for one in page.concepts], total=page.total, offset=page.offset)


@router.post("", responses={**MISSING, **REFUSED, **CONFLICT})
def propose_concept(workspace: Store, body: ConceptBody) -> ConceptRow:
    """Propose a new concept; who proposes it for a side accepts it for that side."""
    made = workspace.termbank.propose(body.concept.concept(), by=body.by, side=body.side, reason=body.reason)
    return concept_row(made)


@router.get("/proposals")
def list_proposals(
    request: Request, response: Response, workspace: Store, asked: Annotated[ProposalQuery, Query()]
) -> list[ProposalRow]:
    """Return the proposals that wait for a review, or all of them."""
    found = workspace.termbank.proposals(asked.concept, closed=asked.closed)
    return [proposal_row(one) for one in page_of((request, response), found, lambda one: one.id, asked)]


@router.get("/versions")
def list_versions(workspace: Store) -> list[VersionRow]:
    """Return the published versions, oldest first."""
    return [VersionRow.model_validate(version_to_row(one)) for one in workspace.termbank.versions()]


@router.post("/versions", responses={**REFUSED, **CONFLICT})
def publish_version(workspace: Store, body: PublishBody) -> VersionRow:
    """Publish the termbase as it stands."""
    return VersionRow.model_validate(version_to_row(workspace.termbank.publish(by=body.by, note=body.note)))


@router.get("/changes", responses=MISSING)
def compare_versions(
    workspace: Store,
    first: Annotated[int | None, Query(ge=1)] = None,
    last: Annotated[int | None, Query(ge=1)] = None,
) -> list[dict[str, Any]]:
    """Return what changed between two versions: by default from the beginning until now."""
    return [change_to_row(one) for one in workspace.termbank.diff(first, last)]


@router.get("/export/{form}", response_class=StreamingResponse, responses=CONFLICT)
def export_concepts(
    workspace: Store, form: TermFormat, chosen: Annotated[TermFilter, Query()]
) -> StreamingResponse:
    """Return the concepts that a filter leaves as a file. `offset` and `limit` do not count."""
    query = chosen.query() if chosen.chosen() else None
    pieces = begun(workspace.termbank.write(form, query=query))
    headers = {"content-disposition": f'attachment; filename="termbase.{form}"'}
    return StreamingResponse(pieces, media_type=FILES[form], headers=headers)


@router.post("/lint", responses=REFUSED)
def lint_text(workspace: Store, body: LintBody) -> LintRow:
    """Hold a text against the termbase; it is not kept."""
    found = workspace.termbank.lint_text(body.text, party=body.party, language=body.language)
    return LintRow(
        findings=[FindingRow.model_validate(finding_to_row(one)) for one in found.findings],
        concepts=found.concepts,
        version=found.version,
        problems=[rows.problem_row(one) for one in found.problems],
    )


@router.get("/concepts/{identifier}", responses=MISSING)
def get_concept(workspace: Store, identifier: str) -> ConceptRow:
    """Return a concept as it stands."""
    return concept_row(workspace.termbank.concept(identifier))


@router.get("/concepts/{identifier}/history", responses=MISSING)
def get_steps(workspace: Store, identifier: str) -> list[StepRow]:
    """Return every step of a concept, oldest first."""
    return [StepRow.model_validate(step_to_row(one)) for one in workspace.termbank.history(identifier)]


@router.post("/concepts/{identifier}/review", responses={**MISSING, **REFUSED, **CHANGED})
def review_concept(workspace: Store, identifier: str, body: ReviewBody, seen: Seen) -> ConceptRow | ProposalRow:
    """Record what a side says of a concept as it stands, or of a proposal by its id, which has no ETag."""
    with seen.kept(workspace, f"concept {identifier}", lambda: get_concept(workspace, identifier)):
        found = workspace.termbank.review(identifier, body.verdict, by=body.by, side=body.side, reason=body.reason)
    return concept_row(found) if isinstance(found, Concept) else proposal_row(found)


@router.post("/concepts/{identifier}/proposals", responses={**MISSING, **REFUSED, **CHANGED})
def propose_change(workspace: Store, identifier: str, body: ConceptBody, seen: Seen) -> ProposalRow:
    """Propose that a concept be as the body has it; its own id does not count."""
    after = body.concept.model_copy(update={"id": identifier}).concept()
    with seen.kept(workspace, f"concept {identifier}", lambda: get_concept(workspace, identifier)):
        made = workspace.termbank.propose_change(after, by=body.by, side=body.side, reason=body.reason)
    return proposal_row(made)
