"""Lines of short Chinese texts, for tests of what is found in a kind of document and who acts."""

from __future__ import annotations

from dragoman.extract import Extractor
from dragoman.lexicon import load_lexicon
from dragoman.model import Provision
from dragoman.read import read_text

EXTRACTOR = Extractor(load_lexicon())
Line = tuple[str, int, str, tuple[str, ...]]
"""Kind, force, trigger and actors."""


def provisions_in(text: str, kind: str, *parties: str, title: str = "") -> tuple[Provision, ...]:
    """Return the provisions of a text of a kind."""
    stated = {"kind": kind, "title": title, "date": "2025-06-01", "parties": list(parties)}
    return EXTRACTOR.extract(read_text(text, slug="sample", metadata=stated))


def lines_in(text: str, kind: str, *parties: str, title: str = "") -> list[Line]:
    """Return kind, force, trigger and actors of each line."""
    found = provisions_in(text, kind, *parties, title=title)
    return [(line.kind.value, line.force, line.trigger, line.actors) for line in found]
