"""What the ranking asks of an index of pages. The register keeps one; tests make their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from dragoman.model.corpus import CorpusPage

Numbers = NDArray[np.int64]


class Postings(Protocol):
    """The pages a term stands in, by ascending number, and how often."""

    @property
    def numbers(self) -> Numbers:
        """Numbers of the pages."""

    @property
    def counts(self) -> Numbers:
        """How often the term stands in each."""


class Outline(Protocol):
    """All pages of an index."""

    @property
    def numbers(self) -> Numbers:
        """Their numbers, ascending."""

    @property
    def words(self) -> Numbers:
        """Their lengths, in terms."""

    @property
    def newest(self) -> date | None:
        """Date of the newest page, None where no page has one."""

    @property
    def sources(self) -> tuple[tuple[str, int], ...]:
        """Sources and how many pages each has."""


class Index(Protocol):
    """An index of pages."""

    def outline(self) -> Outline:
        """Return all pages in outline."""

    def postings(self, terms: Sequence[str]) -> Mapping[str, Postings]:
        """Return the postings of some terms; those that stand nowhere are left out."""

    def pages(self, numbers: Sequence[int]) -> Mapping[int, CorpusPage]:
        """Return pages by number."""
