"""One act as the readers of actors see it: its clause, its sentence, its document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from dragoman.extract.candidate import Candidate
from dragoman.extract.context import Context
from dragoman.extract.mentions import Mention
from dragoman.extract.view import View
from dragoman.extract.who_words import english_words
from dragoman.lexicon.actors import ActorRegister, Words
from dragoman.model import Language


class Act(NamedTuple):
    """A proposed provision with all that its actors are read from.

    Attributes:
        view: the sentence.
        candidate: the clause, with its trigger and subject.
        context: of the document.
    """

    view: View
    candidate: Candidate
    context: Context

    @property
    def language(self) -> Language:
        """Language of the sentence."""
        return self.view.sentence.language

    @property
    def register(self) -> ActorRegister:
        """The register of actors."""
        return self.context.lexicon.actors

    @property
    def words(self) -> Words:
        """Words of the sentence's language that show who acts."""
        return self.register.words[self.language]

    @property
    def trigger(self) -> str:
        """The trigger in small letters."""
        return self.view.folded[slice(*self.candidate.trigger)].strip()

    @property
    def asks(self) -> bool:
        """Whether the trigger is an active verb of asking, ordering or allowing."""
        if self.language is Language.EN:
            return self.trigger in english_words(self.register).sets["addressing"]
        verbs = self.words["addressing"]
        if not self.context.is_law:
            verbs = (*verbs, *self.words["encouraging"])
        return self.trigger.endswith(verbs)


def as_mentions(names: Iterable[str], rule: str, place: Mention | None = None) -> list[Mention]:
    """Return names as mentions read at one place, -1 where they were read nowhere."""
    start, end = (place.start, place.end) if place else (-1, -1)
    return [Mention(start, end, name, "", rule) for name in names]
