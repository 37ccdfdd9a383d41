"""Reads the texts that are linted, and lints them; two versions of one text also against each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dragoman.model import Document, Language, Problem
from dragoman.model.bilingual import Alignment
from dragoman.model.identity import sha256_of_text
from dragoman.model.term import TermLint
from dragoman.termbank.refusals import NothingToLintError
from dragoman.terms.lint import Wanted, both_share, lint_pair, lint_text
from dragoman.terms.term_index import TermIndex

Read = Callable[[str], tuple[Document, tuple[Problem, ...]]]
Align = Callable[[Sequence[str]], Alignment]
VERSIONS = 2
UNRELATED = "versions-unrelated"
"""Problem of two texts that are no versions of each other; nothing is held against either then."""


@dataclass(frozen=True, slots=True)
class Texts:
    """Where texts come from.

    Attributes:
        read: returns a document of the register, or a file that is read and not kept, and what is wrong with it.
        align: aligns two of them.
    """

    read: Read
    align: Align


def lint_of(
    names: Sequence[str], index: TermIndex, wanted: Wanted, texts: Texts, problems: tuple[Problem, ...]
) -> TermLint:
    """Return what should be looked at in texts.

    Args:
        names: of the texts.
        index: of the termbase.
        wanted: whose words they shall use.
        texts: where they come from.
        problems: of the termbase.

    Raises:
        NothingToLintError: no text is named.
    """
    if not names:
        raise NothingToLintError
    given = [texts.read(name) for name in names]
    documents = [document for document, _ in given]
    findings = [one for document in documents for one in lint_text(document, index, wanted)]
    found = [*problems, *(one for _, own in given for one in own)]
    if are_versions(documents) or holds_both(documents):
        alignment = texts.align(names)
        if not any(problem.code == UNRELATED for problem in alignment.problems):
            findings += lint_pair(alignment, index, wanted)
        if are_versions(documents):
            found += alignment.problems
    slugs = tuple(one.slug for one in documents)
    findings.sort(key=lambda one: (slugs.index(one.doc), one.start, one.fault))
    return TermLint(slugs, tuple(findings), len(index.concepts), problems=tuple(found))


def plain_document(text: str) -> Document:
    """Return a text without structure as a document; it is looked at and not kept."""
    digest = sha256_of_text(text)
    return Document("text", "", None, "", (), (), "", digest, digest, text)


def are_versions(documents: Sequence[Document]) -> bool:
    """Return whether two texts are an English and a Chinese one."""
    return len(documents) == VERSIONS and {main_language(one) for one in documents} == set(Language)


def holds_both(documents: Sequence[Document]) -> bool:
    """Return whether one text may hold both versions: it stands in both languages."""
    if len(documents) != 1:
        return False
    whole = max(1, sum(run.end - run.start for run in documents[0].runs))
    return all(written_in(documents[0], language) / whole >= both_share() for language in Language)


def written_in(document: Document, language: Language) -> int:
    """Return how many characters of a text stand in a language."""
    return sum(run.end - run.start for run in document.runs if run.language is language)


def main_language(document: Document) -> Language:
    """Return the language in which most of a text stands."""
    english, chinese = (written_in(document, language) for language in (Language.EN, Language.ZH))
    return Language.EN if english >= chinese else Language.ZH
