"""Limits of reading, and what one input became."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model import Document, Problem


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """Limits of reading; the defaults read every document we know of and stop what is endless.

    Attributes:
        max_bytes: bytes of one file or answer; 256 MB is four times the largest law as scanned PDF.
        max_seconds: seconds of wall time for one address, redirects included.
        max_redirects: redirects of one address; browsers follow 20, document sites need 3.
        allow_private: whether addresses inside this machine's networks may be read.
        max_expanded: bytes that a compressed file (DOCX) may expand to.
        max_ratio: how many times its size a compressed file may expand to; text compresses 10- to 30-fold.
        max_html: bytes of one HTML page, whose tree takes about twenty times its size in memory.
        max_characters: characters of one document.
        max_depth: folders within folders that are walked.
        max_line: bytes of one line of JSON lines.
    """

    max_bytes: int = 256 * 1024 * 1024
    max_seconds: float = 60.0
    max_redirects: int = 5
    allow_private: bool = False
    max_expanded: int = 256 * 1024 * 1024
    max_ratio: int = 100
    max_html: int = 20 * 1024 * 1024
    max_characters: int = 100_000_000
    max_depth: int = 12
    max_line: int = 64 * 1024 * 1024

    def expansion(self, size: int) -> int:
        """Return how many bytes a compressed file of `size` bytes may expand to; small ones to 16 MB at least."""
        return min(self.max_expanded, max(1 << 24, size * self.max_ratio))


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What became of one document of an input.

    Attributes:
        source: path or address; with "#line" behind it for a line of JSON lines.
        document: the document, or None where nothing could be read.
        data: the bytes as fetched, for an address; None for what is on disk.
        problems: what was wrong or assumed.
    """

    source: str
    document: Document | None = None
    data: bytes | None = None
    problems: tuple[Problem, ...] = ()
