"""What was read before in the same document: who acted last, and where."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from dragoman.extract.mention import Mention

if TYPE_CHECKING:
    from dragoman.extract.en.clauses import Tokens
    from dragoman.extract.en.drafts import Draft
    from dragoman.extract.en.items import Stem
    from dragoman.extract.zh.clauses import Parsed
    from dragoman.extract.zh.readings import Reading
    from dragoman.extract.zh.setting import Setting

Read = TypeVar("Read")
REMEMBERED = 256
"""Sentences of which something is kept: those read ahead and the stems above them are asked for often."""


@dataclass(slots=True)
class Memory:
    """Who acted in the provision read last; one a document, filled in text order.

    Attributes:
        actors: their canonical names.
        block: index of the block they acted in, -1 before the first provision.
        sentence: index of the sentence.
        owners: the state whose agency a shared name meant last, by the name as it is written.
        mentions: actors named in the sentences read last, by index of the sentence.
        drafts: what the grammar of English read in the sentences read last, by index of the sentence.
        stems: what the stems read last hand down to their items, by index of the sentence.
        parsed, readings: what the grammar of Chinese read in the sentences read last, by index of the sentence.
        passed: of sentences that were read ahead, whether the grammar passes over them, by index.
        telling: groups of English cues that carry something, by the voice it is said in.
        setting: what it judges the finds of the document by; None until somebody asks.
        laws: whether the document is a law, by the voice it is read in.
        addressed: classes that a law addresses, most often named first; None until somebody asks.
        sides: the state that a text means by one character (中乌), or by one and 方 (巴方), by what is written.
        named: the states a text names, by the first character of their names; None until somebody asks.
        spoken: whether the document is a transcript of talk; None until somebody asks.
        advises: whether a report advises under the headings of a section.
    """

    actors: tuple[str, ...] = ()
    block: int = -1
    sentence: int = -1
    owners: dict[str, str] = field(default_factory=dict)
    mentions: dict[int, list[Mention]] = field(default_factory=dict)
    drafts: dict[int, tuple[Tokens, list[Draft]]] = field(default_factory=dict)
    stems: dict[int, Stem | None] = field(default_factory=dict)
    parsed: dict[int, Parsed] = field(default_factory=dict)
    readings: dict[int, list[Reading]] = field(default_factory=dict)
    passed: dict[int, bool] = field(default_factory=dict)
    telling: dict[str, frozenset[str]] = field(default_factory=dict)
    setting: Setting | None = None
    laws: dict[str, bool] = field(default_factory=dict)
    addressed: tuple[str, ...] | None = None
    spoken: bool | None = None
    sides: dict[str, str] = field(default_factory=dict)
    named: dict[str, tuple[str, ...]] | None = None
    advises: dict[tuple[str, ...], bool] = field(default_factory=dict)

    def note(self, actors: tuple[str, ...], block: int, sentence: int) -> None:
        """Remember the actors of a provision; one without actors is passed over."""
        if actors:
            self.actors, self.block, self.sentence = actors, block, sentence


def keep(seen: dict[int, Read], index: int, read: Read) -> Read:
    """Keep what was read of a sentence, in place of the others where there are too many; return it."""
    if len(seen) >= REMEMBERED:
        seen.clear()
    seen[index] = read
    return read
