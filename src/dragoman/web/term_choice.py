"""Term candidates in the browser: inconsistent ones first, each with its sentences, and chosen ones proposed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from dragoman.model import DragomanError, Language, UsageError
from dragoman.model.bilingual import Alignment, Span
from dragoman.model.term import Concept, Term, TermQuery, TermSource
from dragoman.model.term_candidate import Context, Extraction, TermCandidate, candidate_to_row, candidates_to_tsv
from dragoman.report.term_candidates import LEAST, distinct
from dragoman.termbank import FILES, Termbank
from dragoman.web.access import Store
from dragoman.web.bilingual import (
    MEDIA,
    HalfPairError,
    Pair,
    choosing,
    command,
    download,
    json_lines,
    known,
    waiting,
)
from dragoman.web.computed import once
from dragoman.web.language import language_of
from dragoman.web.render import remember_reviewer, render
from dragoman.web.side_by_side import anchor_of
from dragoman.web.term_forms import Said, said_of
from dragoman.web.terms import shared
from dragoman.workspace import Workspace

router = APIRouter(include_in_schema=False)

ExtractFormat = Literal["tsv", "tbx", "jsonl", "html", "docx"]
EXTRACT_MEDIA = {**MEDIA, "tsv": "text/tab-separated-values; charset=utf-8", "tbx": FILES["tbx"]}
PAGE = 100
"""Candidates on a page."""
MOST_CONTEXTS = 4
"""Places shown of each rendering."""
MOST_CHOSEN = 200
"""Candidates that one form may propose."""
MOST_ALIKE = 20
"""Concepts with a term in which the pair of a candidate is looked for."""


class NothingChosenError(UsageError):
    """No candidate is ticked."""

    http_status = 422

    def __init__(self) -> None:
        super().__init__("No candidate is chosen.", "Tick the candidates that shall be proposed.")


class GoneCandidateError(UsageError):
    """A candidate that the texts do not have by now."""

    http_status = 409

    def __init__(self, pair: str) -> None:
        super().__init__(
            f"“{pair}” is no candidate of these versions by now.", "Choose from the list as it stands."
        )


class ExtractFilter(Pair):
    """Parameters of the page of candidates."""

    neutral: ClassVar[frozenset[str]] = frozenset({"doc", "en", "zh", "offset", "limit"})
    q: str = Field(default="", max_length=200, description="part of a term in either language")
    limit: int = Field(default=PAGE, ge=1, le=500, description="candidates on a page")

    def holds(self, candidate: TermCandidate) -> bool:
        """Return whether one of the terms of a candidate has the words that are sought."""
        words = self.q.strip().casefold()
        return any(
            words in one.casefold() for one in (candidate.en, *(each.text for each in candidate.renderings))
        )


@dataclass(frozen=True, slots=True)
class Seen:
    """A place of a pair of terms: the words before, of and after either term, and the row of its link.

    Attributes:
        en, zh: before, term, after.
        anchor: of the row in the side-by-side page.
    """

    en: tuple[str, str, str]
    zh: tuple[str, str, str]
    anchor: str


@dataclass(frozen=True, slots=True)
class Places:
    """Where a pair of terms stands: in how many links, and the first of them."""

    total: int
    first: tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class Proposed:
    """What became of candidates that were proposed.

    Attributes:
        new: the concepts made.
        there: pairs of terms that the termbase has.
    """

    new: tuple[Concept, ...]
    there: tuple[str, ...]


def extraction_for(
    request: Request, workspace: Workspace, chosen: Pair, *, hurried: bool = False
) -> Extraction | None:
    """Return the candidates of two versions, computed once; None where they are not ready in time.

    Raises:
        NotFoundError: no such document.
        UsageError: not one document and not two.
    """
    names = chosen.names()
    known(workspace, names)
    return once(request, ("extraction", names), lambda: workspace.terminology.extract(names), hurried=hurried)


def the_extraction(request: Request, workspace: Workspace, chosen: Pair) -> Extraction:
    """Return the candidates, however long it takes. Raises as `extraction_for`."""
    found = extraction_for(request, workspace, chosen)
    if found is None:
        raise TypeError(chosen.names())
    return found


def pair_of(candidate: TermCandidate) -> str:
    """Return a candidate as a form sends it: both terms with a tab between."""
    return f"{candidate.en}\t{candidate.zh}"


def places(alignment: Alignment, contexts: Sequence[Context]) -> Places:
    """Return where a pair of terms stands, each link once."""
    once_each = {one.link: one for one in reversed(contexts)}
    ordered = sorted(once_each.values(), key=lambda context: context.link)
    return Places(len(ordered), tuple(seen(alignment, one) for one in ordered[:MOST_CONTEXTS]))


def seen(alignment: Alignment, context: Context) -> Seen:
    """Return one place with its sentences."""
    link = alignment.links[context.link]
    english = around(alignment.english.text, context.en, link.en)
    chinese = around(alignment.chinese.text, context.zh, link.zh)
    return Seen(english, chinese, anchor_of(link))


def around(text: str, term: Span, sentences: Sequence[Span]) -> tuple[str, str, str]:
    """Return the sentence that holds a term, cut before and behind it."""
    start, end = next((one for one in sentences if one[0] <= term[0] < one[1]), term)
    return text[start : term[0]], text[term[0] : term[1]], text[term[1] : max(end, term[1])]


def several(candidates: Iterable[TermCandidate]) -> list[TermCandidate]:
    """Return the likely candidates with more than one Chinese rendering."""
    return [one for one in candidates if len(one.renderings) > 1 and one.score >= LEAST]


def shared_ones(candidates: Iterable[TermCandidate]) -> list[tuple[str, list[TermCandidate]]]:
    """Return the Chinese terms that stand for several English ones, with the likely candidates of each."""
    groups: dict[str, list[TermCandidate]] = defaultdict(list)
    for one in candidates:
        if one.score >= LEAST:
            groups[one.zh].append(one)
    apart = {chinese: distinct(group) for chinese, group in groups.items()}
    return [(chinese, group) for chinese, group in apart.items() if len(group) > 1]


def there(bank: Termbank, candidates: Iterable[TermCandidate]) -> dict[str, str]:
    """Return the ids of concepts that have the terms of candidates, by pair."""
    found = {pair_of(one): concept_with(bank, one) for one in candidates} if bank.counts() else {}
    return {pair: identifier for pair, identifier in found.items() if identifier}


def concept_with(bank: Termbank, candidate: TermCandidate) -> str:
    """Return the id of a concept that has both terms, "" for none."""
    pair = {candidate.en.casefold(), candidate.zh}
    page = bank.find(TermQuery(words=candidate.zh, limit=MOST_ALIKE))
    return next((one.id for one in page.concepts if pair <= {term.text.casefold() for term in one.terms}), "")


@router.get("/terms/extract")
def extract_page(request: Request, workspace: Store, chosen: Annotated[ExtractFilter, Query()]) -> Response:
    """Show the term candidates of two versions, or the form that names them."""
    return _extract(request, workspace, chosen, {})


def _extract(
    request: Request, workspace: Workspace, chosen: ExtractFilter, extra: dict[str, Any], status: int = 200
) -> Response:
    try:
        names = chosen.names()
    except HalfPairError as refusal:
        return choosing(request, workspace, "extract", chosen, refusal)
    if not names:
        return choosing(request, workspace, "extract", chosen)
    extraction = extraction_for(request, workspace, chosen, hurried=True)
    if extraction is None:
        return waiting(request, "extract", chosen)
    fitting = [one for one in extraction.candidates if chosen.holds(one)]
    shown = fitting[chosen.offset : chosen.offset + chosen.limit]
    first = not chosen.offset and not chosen.q
    context = {
        **shared(request),
        "chosen": chosen,
        "alignment": extraction.alignment,
        "candidates": shown,
        "fitting": len(fitting),
        "several": several(extraction.candidates) if first else [],
        "shared_ones": shared_ones(extraction.candidates) if first else [],
        "there": there(workspace.termbank, shown),
        "pair_of": pair_of,
        "places": lambda contexts: places(extraction.alignment, contexts),
        "picked": frozenset(),
        "outcome": None,
        **extra,
    }
    return render(request, "bilingual_extract.html", context, status=status)


@router.post("/terms/extract")
async def propose_chosen(
    request: Request, workspace: Store, chosen: Annotated[ExtractFilter, Query()]
) -> Response:
    """Propose the ticked candidates to the termbase."""
    async with request.form() as form:
        return await run_in_threadpool(_proposed, request, workspace, chosen, form)


def _proposed(request: Request, workspace: Workspace, chosen: ExtractFilter, form: FormData) -> Response:
    pairs = [str(value) for value in form.getlist("pair")][:MOST_CHOSEN]
    extraction = the_extraction(request, workspace, chosen)
    said = said_of(form)
    try:
        outcome = proposed(workspace.termbank, extraction, pairs, said)
    except DragomanError as refusal:
        typed = {name: str(form.get(name, "")) for name in ("reviewer", "side", "reason")}
        extra = {"refusal": refusal, "picked": frozenset(pairs), "typed": typed}
        return _extract(request, workspace, chosen, extra, refusal.http_status)
    response = _extract(request, workspace, chosen, {"outcome": outcome})
    remember_reviewer(response, said.by)
    return response


def proposed(bank: Termbank, extraction: Extraction, pairs: Sequence[str], said: Said) -> Proposed:
    """Propose candidates as concepts, those left out whose pair of terms the termbase has.

    Raises:
        UsageError: none is chosen, one is not there, nobody's name, an unknown side.
    """
    if not pairs:
        raise NothingChosenError
    by_pair = {pair_of(one): one for one in extraction.candidates}
    for pair in pairs:
        if pair not in by_pair:
            raise GoneCandidateError(" / ".join(pair.split("\t")))
    wanted = [by_pair[pair] for pair in dict.fromkeys(pairs)]
    known_ones = there(bank, wanted)
    new = [
        bank.propose(concept_of(one, extraction.alignment), by=said.by, side=said.side, reason=said.reason)
        for one in wanted
        if pair_of(one) not in known_ones
    ]
    return Proposed(tuple(new), tuple(known_ones.values()))


def concept_of(candidate: TermCandidate, alignment: Alignment) -> Concept:
    """Return a candidate as a concept that nobody has accepted, with the first sentences that have it."""
    terms = (Term(candidate.en, Language.EN), Term(candidate.zh, Language.ZH))
    first = candidate.contexts[0]
    link = alignment.links[first.link]
    english = source(alignment.english.slug, alignment.english.text, first.en, link.en, Language.EN)
    chinese = source(alignment.chinese.slug, alignment.chinese.text, first.zh, link.zh, Language.ZH)
    return Concept("", terms, sources=(english, chinese))


def source(slug: str, text: str, term: Span, sentences: Sequence[Span], language: Language) -> TermSource:
    """Return the sentence that holds a term, pinned to its place."""
    start, end = next((one for one in sentences if one[0] <= term[0] < one[1]), term)
    return TermSource(text[start:end], language, slug, start, end)


@router.get("/terms/extract/export/{form}")
def export_candidates(
    request: Request, workspace: Store, form: ExtractFormat, chosen: Annotated[Pair, Query()]
) -> Response:
    """Return the term candidates of two versions as a file."""
    extraction, language = the_extraction(request, workspace, chosen), language_of(request)
    if form == "tsv":
        data = candidates_to_tsv(extraction.candidates)
    elif form == "jsonl":
        data = json_lines(map(candidate_to_row, extraction.candidates))
    else:
        again = command("extract", chosen.names(), form, language.value)
        data = workspace.terminology.written_terms(extraction, form, language, again)
    return download(data, "terms", form, EXTRACT_MEDIA)
