"""The two language versions of a text, for the faces: their sentences side by side.

with Workspace.open("workspace") as workspace:
    alignment = workspace.translating.align(["declaration.en.txt", "declaration.zh.txt"])
    for link in alignment.links:
        print(link.confidence, *alignment.words(link))
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from dragoman import __version__
from dragoman.lexicon import load_lexicon
from dragoman.model import Document, Language, NotFoundError, Problem, Severity, UsageError
from dragoman.model.bilingual import Alignment
from dragoman.read import ReadSettings, read_inputs
from dragoman.register import Register
from dragoman.report import ReportFormat, write
from dragoman.report.alignment import report_of
from dragoman.terms import align, tmx

Clock = Callable[[], datetime]
MOST_DOCUMENTS = 2


class NoVersionError(NotFoundError):
    """Neither a document of the register nor a file."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The register has no document `{name}`, and there is no such file.",
            "`dragoman documents` lists the documents.",
        )


class UnreadableVersionError(UsageError):
    """A file that cannot be read as one text."""

    def __init__(self, name: str, problems: Sequence[Problem]) -> None:
        why = next((one for one in problems if one.severity is Severity.ERROR), None)
        super().__init__(f"{name} cannot be read{f': {why.message}' if why else '.'}", why.remedy if why else "")


class VersionCountError(UsageError):
    """Not one document and not two."""

    def __init__(self, count: int) -> None:
        super().__init__(
            f"{count} documents were given.",
            "Name one that holds both versions, or the English and the Chinese one.",
        )


class Translating:
    """Sets the versions of a text side by side; nothing is kept."""

    def __init__(self, register: Register, clock: Clock) -> None:
        self._register = register
        self._clock = clock

    def align(self, names: Sequence[str], settings: ReadSettings | None = None) -> Alignment:
        """Return the links between the sentences of two versions.

        Args:
            names: slugs of the register or paths of files, which are read and not kept; one where both versions
                stand in it, else two in either order.
            settings: limits of reading.

        Raises:
            NotFoundError: neither a document nor a file.
            UsageError: a file that cannot be read, or more or fewer texts than one or two.
        """
        known = {one.slug for one in self._register.documents()}
        given = [
            self._stored(name) if name in known else read_one(name, settings or ReadSettings()) for name in names
        ]
        if not 1 <= len(given) <= MOST_DOCUMENTS:
            raise VersionCountError(len(given))
        documents = [document for document, _ in given]
        english, chinese = versions(documents)
        aligned = align(english, chinese, load_lexicon())
        problems = tuple(problem for _, found in given for problem in found)
        return replace(aligned, problems=(*problems, *aligned.problems))

    def _stored(self, slug: str) -> tuple[Document, tuple[Problem, ...]]:
        return self._register.document(slug), ()

    def written(self, alignment: Alignment, form: str, language: Language, reproduce: str = "") -> bytes:
        """Return the links as the bytes of a file: "tmx", "html", "docx" or "md".

        Args:
            alignment: what is written.
            form: of the file.
            language: of the report's own words.
            reproduce: the command that makes it again.
        """
        if form == "tmx":
            return tmx(alignment, self._clock(), __version__)
        shape: ReportFormat = "docx" if form == "docx" else "md" if form == "md" else "html"
        return write(report_of(alignment, language, reproduce), shape)


def read_one(name: str, settings: ReadSettings) -> tuple[Document, tuple[Problem, ...]]:
    """Return the text of a file, and what is wrong with it.

    Raises:
        NotFoundError: there is no such file.
        UsageError: it cannot be read, or holds several texts.
    """
    if not Path(name).exists():
        raise NoVersionError(name)
    results = list(read_inputs([name], settings))
    document = results[0].document if len(results) == 1 else None
    if document is None:
        raise UnreadableVersionError(name, [problem for one in results for problem in one.problems])
    return document, tuple(results[0].problems)


def versions(documents: Sequence[Document]) -> tuple[Document, Document]:
    """Return the document with the English and the one with the Chinese version."""
    first, last = documents[0], documents[-1]
    return (last, first) if english_share(last) > english_share(first) else (first, last)


def english_share(document: Document) -> float:
    """Return which share of a text stands in English, 0 to 1."""
    english = sum(run.end - run.start for run in document.runs if run.language is Language.EN)
    return english / max(1, sum(run.end - run.start for run in document.runs))
