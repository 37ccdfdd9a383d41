"""Documents and ties for tests, in words of our own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

from dragoman.alliances.columns import Columns, Tags, columns_of, packed
from dragoman.alliances.reader import TieReader
from dragoman.alliances.settings import load_reading
from dragoman.extract import Extractor
from dragoman.lexicon import load_lexicon
from dragoman.model.alliance import Layer, Level, Stance, Tie
from dragoman.read import read_text

TAGS = Tags(("ai", "quantum", "telecom", "semiconductors"), ("rnd", "export-control", "trade"))


@cache
def reader() -> TieReader:
    return TieReader(load_lexicon(), load_reading())


def ties_in(text: str, *, provisions: bool = False, **metadata: object) -> tuple[Tie, ...]:
    """Return the ties of a text, by its words alone or with its provisions too."""
    stated = {"date": "2021-11-20", "kind": "research paper", "parties": [], "title": "A paper", **metadata}
    document = read_text(text, slug="paper", metadata=stated)
    lines = Extractor(load_lexicon()).extract(document) if provisions else ()
    return reader().read(document, lines)


def told(ties: Iterable[Tie], least: float = 0.6) -> set[tuple[str, str, str, str]]:
    """Return actor, stance, partner and technology of ties; pairs `with` in the order of their names."""
    found = set()
    for tie in ties:
        pair = (tie.actor, tie.partner)
        first, second = sorted(pair) if tie.stance is Stance.WITH else pair
        if tie.confidence >= least:
            found |= {(first, tie.stance.value, second, tag) for tag in tie.technologies or ("",)}
    return found


def tie(actor: str, partner: str, *technologies: str, **other: object) -> Tie:
    """Return a tie with what matters stated."""
    values: dict[str, object] = {
        "instruments": ("rnd",),
        "stance": Stance.WITH,
        "level": Level.GOVERNMENTS,
        "layer": Layer.DEVELOP,
        "force": 3,
        "joint": True,
        "day": date(2021, 3, 12),
        "doc": "paper",
        "start": 0,
        "end": 10,
        "confidence": 0.9,
        "why": "listed",
        **other,
    }
    return Tie(actor, partner, technologies, **values)  # type: ignore[arg-type]


def columns(*ties: Tie, tags: Tags = TAGS) -> Columns:
    """Return ties as columns, packed and unpacked by document."""
    slugs = sorted({one.doc for one in ties})
    return columns_of([(slug, packed([one for one in ties if one.doc == slug], tags)) for slug in slugs], tags)
