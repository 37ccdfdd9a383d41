"""The pin of a provision to its sentence: W3C Web Annotation TextQuoteSelector plus a hash."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model.identity import sha256_of_text

CONTEXT = 32
"""Characters of prefix and suffix kept around a quote."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch of text with enough context to find it again.

    Attributes:
        exact: the words.
        prefix, suffix: up to `CONTEXT` characters before and after.
        sha256: of `exact` in UTF-8.
    """

    exact: str
    prefix: str
    suffix: str
    sha256: str


def quote_at(text: str, start: int, end: int) -> Quote:
    """Return the quote of `text[start:end]` with its context and hash."""
    exact = text[start:end]
    prefix = text[max(0, start - CONTEXT) : start]
    suffix = text[end : end + CONTEXT]
    return Quote(exact, prefix, suffix, sha256_of_text(exact))
