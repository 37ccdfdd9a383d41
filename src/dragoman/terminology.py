"""Terms and force of two language versions, for the faces: what renders what, and where the versions differ.

with Workspace.open("workspace") as workspace:
    extraction = workspace.terminology.extract(["declaration.en.txt", "declaration.zh.txt"])
    report = workspace.terminology.force(["declaration.en.txt", "declaration.zh.txt"])
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dragoman.lexicon import load_lexicon
from dragoman.model import Document, Language, Provision
from dragoman.model.bilingual import Alignment
from dragoman.model.force_difference import ForceReport
from dragoman.model.term import Concept, Term, TermSource, TermUse
from dragoman.model.term_candidate import Context, Extraction, Rendering, TermCandidate
from dragoman.report import ReportFormat, write
from dragoman.report.force import force_report
from dragoman.report.term_candidates import candidates_report
from dragoman.terms.extraction import extract_terms, translation_of
from dragoman.terms.force import compare_force
from dragoman.terms.tbx_write import as_tbx

Align = Callable[[Sequence[str]], Alignment]
Extract = Callable[[Document], tuple[Provision, ...]]


class Terminology:
    """Finds terms and differences of force in texts that are read and not kept."""

    def __init__(self, align: Align, extract: Extract) -> None:
        self._align = align
        self._provisions = extract

    def extract(self, names: Sequence[str], *, limit: int | None = None) -> Extraction:
        """Return the pairs of terms of two versions, the likeliest first.

        Args:
            names: slugs of the register or paths of files, one where both versions stand in it.
            limit: how many pairs; None for all.

        Raises:
            NotFoundError: neither a document nor a file.
            UsageError: a file that cannot be read, or more or fewer texts than one or two.
        """
        alignment = self._align(names)
        found = extract_terms(alignment, load_lexicon()) if is_usable(alignment) else []
        return Extraction(alignment, tuple(found[:limit]))

    def translation(self, term: str, names: Sequence[str]) -> tuple[Rendering, ...]:
        """Return what stands for an English term in the Chinese version, likeliest first; () where it is not.

        Args:
            term: capitals, hyphens and the plural do not matter.
            names: as for `extract`; the exceptions are the same.
        """
        alignment = self._align(names)
        return tuple(translation_of(term, alignment, load_lexicon())) if is_usable(alignment) else ()

    def force(self, names: Sequence[str]) -> ForceReport:
        """Return where two versions differ in what they bind to, the most serious first.

        Args:
            names: as for `extract`; the exceptions are the same.
        """
        alignment = self._align(names)
        if not is_usable(alignment):
            return ForceReport(alignment, (), 0)
        one_text = alignment.english is alignment.chinese
        english = self._provisions(alignment.english)
        chinese = english if one_text else self._provisions(alignment.chinese)
        return compare_force(alignment, load_lexicon(), (english, chinese))

    def written_terms(self, extraction: Extraction, form: str, language: Language, reproduce: str = "") -> bytes:
        """Return pairs of terms as the bytes of a file: "tbx", "html", "docx" or "md".

        Args:
            extraction: what is written.
            form: of the file.
            language: of the report's own words.
            reproduce: the command that makes it again.
        """
        if form == "tbx":
            title = extraction.alignment.english.title or extraction.alignment.english.slug
            return b"".join(as_tbx(concepts_of(extraction), title, "dragoman terms extract"))
        return write(candidates_report(extraction, language, reproduce), shape_of(form))

    def written_force(self, report: ForceReport, form: str, language: Language, reproduce: str = "") -> bytes:
        """Return differences as the bytes of a file: "html", "docx" or "md"; arguments as for `written_terms`."""
        return write(force_report(report, language, reproduce), shape_of(form))


def shape_of(form: str) -> ReportFormat:
    """Return the format of a report by its name."""
    return "docx" if form == "docx" else "md" if form == "md" else "html"


def is_usable(alignment: Alignment) -> bool:
    """Return whether two versions have links with two sides to look at."""
    codes = {problem.code for problem in alignment.problems}
    other = codes & {"no-en-version", "no-zh-version", "third-language", "versions-unrelated"}
    return not other and any(link.en and link.zh for link in alignment.links)


def concepts_of(extraction: Extraction) -> list[Concept]:
    """Return pairs of terms as concepts that nobody has accepted yet."""
    return [concept_of(number, one, extraction) for number, one in enumerate(extraction.candidates, start=1)]


def concept_of(number: int, candidate: TermCandidate, extraction: Extraction) -> Concept:
    """Return one pair of terms as a concept, further renderings admitted, with the first sentence that has it."""
    others = (Term(one.text, Language.ZH, TermUse.ADMITTED) for one in candidate.renderings[1:])
    terms = (Term(candidate.en, Language.EN), Term(candidate.zh, Language.ZH), *others)
    return Concept(id=f"term-{number}", terms=terms, sources=sources_of(candidate.contexts[0], extraction))


def sources_of(context: Context, extraction: Extraction) -> tuple[TermSource, ...]:
    """Return the sentences of a link that hold a term."""
    alignment = extraction.alignment
    link = alignment.links[context.link]
    english, chinese = alignment.words(link)
    return (
        TermSource(english, Language.EN, citation=alignment.english.title or alignment.english.slug),
        TermSource(chinese, Language.ZH, citation=alignment.chinese.title or alignment.chinese.slug),
    )
