"""Extraction in which a defect of the grammar on one document does not cost the others."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import NamedTuple

from dragoman.extract.extractor import Extractor
from dragoman.lexicon.problems import Place, worded
from dragoman.model import Document, Problem, Provision

PROBLEMS = "reading/problems.yaml"
NOT_CODED = ""
"""Noted as the coder of a document on which the grammar broke: no grammar has read it."""

log = logging.getLogger(__name__)


class Extracted(NamedTuple):
    """The lines of a document, the coder to note, and a problem where the grammar broke."""

    provisions: tuple[Provision, ...]
    coder: str
    problems: tuple[Problem, ...] = ()


def extracted(grammar: Callable[[], Extractor], document: Document) -> Extracted:
    """Return what a grammar finds in a document.

    A defect of the grammar is logged with its trace and shown as an error of this document, which is read anew
    the next time.

    Args:
        grammar: gives the grammar; asked here, so that its own defects count as such.
        document: what was read.
    """
    try:
        own = grammar()
        return Extracted(own.extract(document), own.coder)
    except Exception as fault:
        log.exception("the grammar broke on %s", document.slug)
        return Extracted((), NOT_CODED, (_broke(document, fault),))


def _broke(document: Document, fault: Exception) -> Problem:
    reason = f"{type(fault).__name__}: {fault}"
    return worded(PROBLEMS, "grammar-broke", Place(document.source, document.slug), {"reason": reason})
