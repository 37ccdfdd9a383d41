"""Reads who acts and toward whom in a text, its trigger given, without a grammar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dragoman.extract.candidate import Candidate
from dragoman.extract.context import Context, read_context
from dragoman.extract.view import View, views_of
from dragoman.extract.who import actors_of, counterparties_of
from dragoman.lexicon import load_lexicon
from dragoman.model import Document, Kind, Why
from dragoman.read import read_text


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of one act."""

    actors: tuple[str, ...]
    counterparties: tuple[str, ...]
    why: tuple[Why, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A document whose acts are read one after the other."""

    document: Document
    context: Context
    views: tuple[View, ...]

    def read(self, trigger: str, kind: Kind = Kind.COMMITMENT, *, within: str = "", rule: str = "unknown") -> Read:
        """Read the act with a trigger, in the sentence that holds `within` where it stands in several."""
        view = next(v for v in self.views if (within or trigger) in v.own)
        place = view
        while trigger not in place.own:
            assert place.stem is not None
            place = place.stem
        first = self.document.text.index(trigger, place.start)
        span = (first, first + len(trigger))
        whole = (view.start, view.end)
        candidate = Candidate(*whole, span, kind, 3, "test", whole, subject_rule=rule)
        actors, who = actors_of(view, candidate, self.context)
        counterparties, toward = counterparties_of(view, candidate, actors, self.context)
        return Read(actors, counterparties, (*who, *toward), self.document.text)


def text_of(
    text: str, kind: str = "joint statement", *parties: str, title: str = "", day: date | None = None
) -> Text:
    """Return a text of one's own with what is known about it."""
    stated = {
        "title": title,
        "date": (day or date(2025, 6, 1)).isoformat(),
        "kind": kind,
        "parties": list(parties),
    }
    document = read_text(text, slug="test", metadata=stated)
    lexicon = load_lexicon()
    return Text(document, read_context(document, lexicon), tuple(views_of(document, lexicon)))
