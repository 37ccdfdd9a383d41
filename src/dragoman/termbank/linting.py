"""Reads the texts that are linted, and lints them; two versions of one text also against each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dragoman.model import Document, Language, Problem
from dragoman.model.bilingual import Alignment
from dragoman.model.identity import sha256_of_text
from dragoman.model.term import TermLint
from dragoman.termbank.refusals import NothingToLintError
from dragoman.terms.lint import Wanted, lint_pair, lint_text
from dragoman.terms.term_index import TermIndex

Read = Callable[[str], tuple[Document, tuple[Problem, ...]]]
Align = Callable[[Sequence[str]], Alignment]
VERSIONS = 2


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
    if are_versions(documents):
        alignment = texts.align(names)
        findings += lint_pair(alignment, index, wanted)
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


def main_language(document: Document) -> Language:
    """Return the language in which most of a text stands."""
    english = sum(run.end - run.start for run in document.runs if run.language is Language.EN)
    whole = sum(run.end - run.start for run in document.runs)
    return Language.EN if english * 2 >= whole else Language.ZH
