"""What the whole document tells about each of its sentences: who speaks, in which voice, what is defined."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dragoman.lexicon import Lexicon
from dragoman.model import Document


class Voice(StrEnum):
    """How a document speaks, see data/lexicons/voices.yaml."""

    JOINT = "joint"
    ORDER = "order"
    ADVICE = "advice"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Context:
    """The document as the grammars need it.

    Attributes:
        document: the document.
        lexicon: what is known.
        voice: how it speaks.
        authors: canonical names of those who speak ("we"); the parties of a joint text, the issuer of an order.
    """

    document: Document
    lexicon: Lexicon
    voice: Voice
    authors: tuple[str, ...]


def read_context(document: Document, lexicon: Lexicon) -> Context:
    """Return the context of a document."""
    return Context(document, lexicon, voice_of(document.kind, lexicon), document.parties)


def voice_of(kind: str, lexicon: Lexicon) -> Voice:
    """Return the voice of a kind of document; an unknown kind reports."""
    for voice, kinds in lexicon.voices["voices"].items():
        if kind.casefold() in kinds:
            return Voice(voice)
    return Voice.REPORT
