"""An invented declaration, an invented corpus around it, and an index that lives in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import numpy as np

from dragoman.evidence import sentence_spans
from dragoman.lexicon import load_lexicon
from dragoman.lexicon.words import load_words
from dragoman.model import Document, Provision, quote_at
from dragoman.model.corpus import CorpusPage
from dragoman.read import read_text
from dragoman.track.index import Numbers
from dragoman.track.pages import with_hash
from dragoman.track.ranking import Ranker, Tools
from dragoman.track.settings import load_weights
from dragoman.track.stance import load_cues
from dragoman.track.terms import Tagger
from tests.track.making import line

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
TAGGER = Tagger(load_lexicon(), load_words())
TOOLS = Tools(TAGGER, sentence_spans, load_cues(), load_weights())
TITLE = "The Lakeside Declaration on Trusted Technology"
TEXT = """The United States and Japan met by the lake and agreed on the following.

1. Quantum

The two sides will set up a Quantum Standards Council within twelve months.
They will ask their laboratories to share test beds for cryogenic sensors.

The council is to compare methods of measurement, to publish tables of noise and to train young engineers.
Travel between the two countries' institutes should become simpler for students of physics.

2. Data

Japan intends to open negotiations on a Pacific Data Corridor.
"""
COUNCIL = "The two sides will set up a Quantum Standards Council within twelve months."
CORRIDOR = "Japan intends to open negotiations on a Pacific Data Corridor."


def document(text: str = TEXT, day: str | None = "2026-05-04") -> Document:
    about = {"title": TITLE, "parties": ["United States", "Japan"]}
    return read_text(text, slug="lakeside", metadata={**about, "date": day} if day else about)


def commitment(sentence: str, *, source: Document | None = None, **fields: Any) -> Provision:  # noqa: ANN401
    own = source or document()
    start = own.text.index(sentence)
    given: dict[str, Any] = {
        "doc": own.slug,
        "start": start,
        "end": start + len(sentence),
        "actors": ("United States", "Japan"),
    }
    return line(**(given | {"quote": quote_at(own.text, start, start + len(sentence))} | fields))


def page(
    identifier: str, text: str, day: str | None = "2026-11-02", title: str = "", source: str = "made"
) -> CorpusPage:
    made = date.fromisoformat(day) if day else None
    return with_hash(
        CorpusPage(identifier, text, title or identifier, made, f"https://pages.test/{identifier}", source)
    )


MET = page(
    "readouts/council-meets",
    "Senior officials of the United States and Japan gathered in Kyoto.\n"
    "The Quantum Standards Council convened for the first time, as the Lakeside Declaration foresaw.",
    title="Readout of the first meeting of the council",
)
OTHER = page("news/harvest", "The harvest festival drew large crowds. Farmers sold melons and rice.")
ELSEWHERE = page(
    "news/france-council",
    "France and Italy talked about quantum standards and about a council of their mayors.",
    title="Readout of the talks of France and Italy",
)
EARLIER = page(
    "news/idea",
    "A Quantum Standards Council of the United States and Japan was proposed by scholars.",
    day="2025-01-10",
)
COPY = page("declarations/lakeside", TEXT, day="2026-05-04", title=TITLE)
PAGES = (OTHER, MET, ELSEWHERE, EARLIER, COPY)


@dataclass(frozen=True)
class Listed:
    numbers: Numbers
    counts: Numbers


@dataclass(frozen=True)
class Outlined:
    numbers: Numbers
    words: Numbers
    newest: date | None
    sources: tuple[tuple[str, int], ...]


class Memory:
    """An index of some pages."""

    def __init__(self, pages: Sequence[CorpusPage] = PAGES) -> None:
        self.all = dict(enumerate(pages, start=1))
        self.terms = {number: TAGGER.count(f"{one.title}\n{one.text}") for number, one in self.all.items()}

    def outline(self) -> Outlined:
        words = [counts.total() for counts in self.terms.values()]
        days = [one.day for one in self.all.values() if one.day]
        sources = (("made", len(self.all)),) if self.all else ()
        return Outlined(array(list(self.all)), array(words), max(days, default=None), sources)

    def postings(self, terms: Sequence[str]) -> Mapping[str, Listed]:
        found = {term: {n: c[term] for n, c in self.terms.items() if term in c} for term in terms}
        return {term: Listed(array(list(own)), array(list(own.values()))) for term, own in found.items() if own}

    def pages(self, numbers: Sequence[int]) -> Mapping[int, CorpusPage]:
        return {number: self.all[number] for number in numbers if number in self.all}


def array(values: Sequence[int]) -> Numbers:
    return np.array(values, dtype=np.int64)


def ranker(pages: Sequence[CorpusPage] = PAGES, source: Document | None = None) -> Ranker:
    return Ranker(source or document(), Memory(pages), TOOLS)
