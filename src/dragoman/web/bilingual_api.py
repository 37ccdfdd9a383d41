"""The JSON API of two versions: links, differences and term candidates, in the rows of the command line."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query, Request
from pydantic import BaseModel, Field

from dragoman.model import UsageError
from dragoman.model.bilingual import link_to_row
from dragoman.model.force_difference import difference_to_row
from dragoman.model.term_candidate import candidate_to_row
from dragoman.web import rows
from dragoman.web.access import Store
from dragoman.web.bilingual import Pair, Slug, alignment_for, the_force
from dragoman.web.endpoint import CONFLICT, MISSING, endpoints
from dragoman.web.term_choice import the_extraction

router = endpoints("terms", "/terms", {**MISSING, **CONFLICT})


class NoVersionsError(UsageError):
    """No document is named."""

    def __init__(self) -> None:
        super().__init__("No versions are named.", "Give `doc`, or `en` and `zh`.")


class PairQuery(BaseModel):
    """Which versions are asked for: `doc`, or `en` and `zh`."""

    doc: Slug = Field(default="", description="slug of a document that holds both versions")
    en: Slug = Field(default="", description="slug of the English version")
    zh: Slug = Field(default="", description="slug of the Chinese version")

    def pair(self) -> Pair:
        """Return the versions. Raises UsageError."""
        found = Pair(doc=self.doc, en=self.en, zh=self.zh)
        if not found.names():
            raise NoVersionsError
        return found


class ExtractQuery(PairQuery):
    """The same for candidates."""

    limit: int | None = Field(default=None, ge=1, le=100_000, description="how many candidates; all of them")


class AlignmentRows(BaseModel):
    """Links; `links` as `dragoman terms align --format jsonl` prints them, see docs/terms.md."""

    en: str = Field(description="slug of the English version")
    zh: str
    score: float = Field(description="share of the text in sure links")
    means: list[str] = Field(description="what was used besides signs and lengths")
    links: list[dict[str, Any]]
    problems: list[rows.ProblemRow]


class ForceRows(BaseModel):
    """Differences; `differences` as `dragoman terms force --format jsonl` prints them."""

    checked: int = Field(description="links compared")
    differences: list[dict[str, Any]]
    problems: list[rows.ProblemRow]


class CandidateRows(BaseModel):
    """Term candidates; `candidates` as `dragoman terms extract --format jsonl` prints them."""

    total: int
    candidates: list[dict[str, Any]]
    problems: list[rows.ProblemRow]


@router.get("/align")
def get_alignment(request: Request, workspace: Store, chosen: Annotated[PairQuery, Query()]) -> AlignmentRows:
    """Return the links between the sentences of two versions."""
    found = alignment_for(request, workspace, chosen.pair())
    return AlignmentRows(
        en=found.english.slug,
        zh=found.chinese.slug,
        score=found.score,
        means=list(found.means),
        links=[dict(link_to_row(one)) for one in found.links],
        problems=[rows.problem_row(one) for one in found.problems],
    )


@router.get("/force")
def get_force(request: Request, workspace: Store, chosen: Annotated[PairQuery, Query()]) -> ForceRows:
    """Return where two versions differ in force, the most serious first."""
    found = the_force(request, workspace, chosen.pair())
    return ForceRows(
        checked=found.checked,
        differences=[dict(difference_to_row(one)) for one in found.differences],
        problems=[rows.problem_row(one) for one in found.alignment.problems],
    )


@router.get("/extract")
def get_candidates(request: Request, workspace: Store, chosen: Annotated[ExtractQuery, Query()]) -> CandidateRows:
    """Return the term candidates of two versions, the likeliest first."""
    found = the_extraction(request, workspace, chosen.pair())
    return CandidateRows(
        total=len(found.candidates),
        candidates=[dict(candidate_to_row(one)) for one in found.candidates[: chosen.limit]],
        problems=[rows.problem_row(one) for one in found.alignment.problems],
    )
