"""What the whole document tells about each of its sentences: who speaks, in which voice, what is defined."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from dragoman.extract.abbreviations import Abbreviations, abbreviations_in
from dragoman.extract.authors import Speakers, is_order_of_office, speakers_of
from dragoman.extract.memory import Memory
from dragoman.extract.view import Hits, hits_in
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
        abbreviations: short names that the text defines for bodies.
        home: the state whose agencies and government are meant where none is named, "" where there is none.
        body: the body that the title names ("… of the Trade and Technology Council"), or "".
        advised: whom a text of advice speaks to, where it does not say.
        told: the office a memorandum is written for ("you"), or "".
        hits: what the lexicon finds in the text.
        memory: who acted in the provisions read so far; the one thing here that changes.
    """

    document: Document
    lexicon: Lexicon
    voice: Voice
    authors: tuple[str, ...]
    hits: Hits
    abbreviations: Abbreviations = field(default_factory=Abbreviations)
    home: str = ""
    body: str = ""
    advised: tuple[str, ...] = ()
    told: str = ""
    memory: Memory = field(default_factory=Memory)

    @property
    def is_law(self) -> bool:
        """Whether the text is the law of a state and not the order of an office; asked for each of its lines."""
        laws = self.memory.laws
        if self.voice not in laws:
            laws[self.voice] = self._reads_as_law()
        return laws[self.voice]

    def _reads_as_law(self) -> bool:
        register = self.lexicon.actors
        if self.voice is not Voice.ORDER or is_order_of_office(self.document, register):
            return False
        return any(register.type_of(name) == "state" for name in self.authors)


def read_context(document: Document, lexicon: Lexicon) -> Context:
    """Return the context of a document."""
    voice = voice_of(document.kind, lexicon)
    speakers: Speakers = speakers_of(document, voice.value, lexicon)
    return Context(
        document,
        lexicon,
        voice,
        speakers.authors,
        hits_in(document, lexicon),
        abbreviations=abbreviations_in(document.text, lexicon.actors),
        home=speakers.home,
        body=speakers.body,
        advised=speakers.advised,
        told=speakers.told,
    )


def voice_of(kind: str, lexicon: Lexicon) -> Voice:
    """Return the voice of a kind of document; an unknown kind reports. What stands in brackets is left out."""
    voices = {known: voice for voice, kinds in lexicon.voices["voices"].items() for known in kinds}
    known = listed_kind(kind, voices)
    return Voice(voices[known]) if known else Voice.REPORT


def listed_kind(kind: str, known: Iterable[str]) -> str:
    """Return the listed kind that a kind of document is: itself, else the longest it ends in or holds, else ""."""
    return listed_in(kind, tuple(known))


@lru_cache(maxsize=256)
def listed_in(kind: str, known: tuple[str, ...]) -> str:
    """Return what `listed_kind` does; asked for each sentence of a document."""
    plain = kind.casefold().split("(")[0].strip()
    held = [name for name in known if f" {name.casefold()} " in f" {plain} "]
    return max(held, key=lambda name: (name == plain, plain.endswith(name.casefold()), len(name)), default="")
