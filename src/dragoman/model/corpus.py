"""Pages that are read as evidence only: they are searched and ranked, and never fill the register's lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dragoman.model.problem import Problem
from dragoman.model.provision import Provision
from dragoman.model.track import Candidate, Search

REGISTER = "register"
"""Source of the pages that are documents of the register; their ids are slugs."""


@dataclass(frozen=True, slots=True)
class CorpusPage:
    """One page of a corpus.

    Attributes:
        id: as the corpus file names it; a document's slug where the source is the register.
        text: the whole text; candidates' offsets are into it.
        title, address: as given, "" where none is.
        day: date of the page, None where unknown.
        source: what it was added from: name of the file, or `REGISTER`.
        sha256: of all that is kept of it; another hash is another version of the page.
    """

    id: str
    text: str
    title: str = ""
    day: date | None = None
    address: str = ""
    source: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class CorpusSource:
    """What a corpus holds from one source.

    Attributes:
        source: name of the file or folder it was added from.
        pages, characters: how much.
        oldest, newest: dates of its pages, None where no page has one.
    """

    source: str
    pages: int
    characters: int
    oldest: date | None
    newest: date | None


@dataclass(frozen=True, slots=True)
class CorpusOutcome:
    """What became of one input that was added to the corpus.

    Attributes:
        source: as given.
        added, changed, unchanged: pages that are new, that replaced an older text, that were there already.
        characters: of the pages added and changed.
        problems: of its lines and pages.
    """

    source: str
    added: int
    changed: int
    unchanged: int
    characters: int
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The candidates for one provision, and the record of the search.

    Attributes:
        provision: what evidence was looked for.
        candidates: best first.
        search: where and until when it was looked for, and how many candidates reach the threshold.
    """

    provision: Provision
    candidates: tuple[Candidate, ...]
    search: Search
