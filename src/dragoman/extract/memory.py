"""What was read before in the same document: who acted last, and where."""

from __future__ import annotations

from dataclasses import dataclass, field

from dragoman.extract.mention import Mention


@dataclass(slots=True)
class Memory:
    """Who acted in the provision read last; one a document, filled in text order.

    Attributes:
        actors: their canonical names.
        block: index of the block they acted in, -1 before the first provision.
        sentence: index of the sentence.
        mentions: actors named in the sentences read last, by index of the sentence.
        addressed: classes that a law addresses, most often named first; None until somebody asks.
    """

    actors: tuple[str, ...] = ()
    block: int = -1
    sentence: int = -1
    mentions: dict[int, list[Mention]] = field(default_factory=dict)
    addressed: tuple[str, ...] | None = None

    def note(self, actors: tuple[str, ...], block: int, sentence: int) -> None:
        """Remember the actors of a provision; one without actors is passed over."""
        if actors:
            self.actors, self.block, self.sentence = actors, block, sentence
