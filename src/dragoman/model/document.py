"""A document: its text, and what stands where in it. All offsets are Python str indexes, end exclusive."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Language(StrEnum):
    """Languages that are read. ISO 639-1 codes."""

    EN = "en"
    ZH = "zh"


class BlockKind(StrEnum):
    """What a block of text is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    """A list item; `marker` holds its bullet or number, `level` its depth from 1."""
    CELL = "cell"
    """A table cell."""
    FURNITURE = "furniture"
    """Not text of the document: menus, notices, footers, participants' lists, bibliographies."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item or piece of furniture.

    Attributes:
        start, end: the block's own text without its list marker and surrounding white space.
        kind: what it is.
        level: depth of a heading or item from 1; 0 for others.
        marker: bullet or number as it stands in the text ("•", "(a)", "第三条", "1."), else "".
        page: 1-based PDF page on which it starts, else None.
        stem: index (in `Document.blocks`) of the block that introduces this item, else None.
        role: why a block is furniture ("menu", "notice", "participants", "bibliography", ...), else "".
    """

    start: int
    end: int
    kind: BlockKind
    level: int = 0
    marker: str = ""
    page: int | None = None
    stem: int | None = None
    role: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the stretch of text under it.

    Attributes:
        start, end: the stretch, heading included, up to the next heading of the same or a higher level.
        title: the heading's text without its number.
        number: the heading's number as it stands ("3", "Sec. 2", "三"), else "".
        level: depth from 1.
        path: titles from the outermost section down to this one.
    """

    start: int
    end: int
    title: str
    number: str
    level: int
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of the text in one language."""

    start: int
    end: int
    language: Language


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or list item, the unit to which provisions are pinned.

    Attributes:
        index: position in `Document.sentences`.
        start, end: offsets; `text[start:end]` has no leading marker and no surrounding white space.
        language: language of the run it stands in.
        block: index of its block in `Document.blocks`.
        kind: kind of its block. Furniture and headings have sentences of their own kind too, so that
            an extractor can look at a heading, but they never carry a provision.
        section: path of section titles above it, outermost first.
        stem: index of the sentence that introduces the list this item stands in, else None. It is the
            last sentence of the nearest stem block; nested lists chain through it.
        first: whether it is the first sentence of its block.
    """

    index: int
    start: int
    end: int
    language: Language
    block: int
    kind: BlockKind
    section: tuple[str, ...] = ()
    stem: int | None = None
    first: bool = True


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its structure and metadata.

    Attributes:
        slug: stable name, the file stem unless set otherwise; `doc` of every provision.
        title, date, kind, parties: metadata; `guessed` names those that were found in the text by rule
            and not stated by a sidecar, index or option. `date` None means unknown.
        languages: languages with at least one run, most text first.
        source: path or address it was read from.
        sha256: of the bytes read.
        text_sha256: of `text` in UTF-8.
        text: the whole text; for a plain-text file equal to the decoded file, line ends included.
        work: name that links the language versions of one text (FRBR Work), "" where there is none.
        runs, blocks, sections, sentences: structure, each in text order.
        guessed: names of metadata fields that were guessed.
        media_type: of the bytes read.
    """

    slug: str
    title: str
    date: date | None
    kind: str
    parties: tuple[str, ...]
    languages: tuple[Language, ...]
    source: str
    sha256: str
    text_sha256: str
    text: str
    work: str = ""
    runs: tuple[Run, ...] = ()
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    guessed: frozenset[str] = field(default_factory=frozenset)
    media_type: str = "text/plain"

    def slice(self, start: int, end: int) -> str:
        """Return the text between two offsets."""
        return self.text[start:end]
