"""What a cue makes of its clause, before its subject and clause are known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from dragoman.extract.context import Voice
from dragoman.extract.en.clauses import Tokens
from dragoman.extract.en.subjects import Subject
from dragoman.model import Kind


class Find(NamedTuple):
    """A cue that carries a kind.

    Attributes:
        rule: the cue's group, refined.
        kind, force: as the words say.
        trigger: first token of the trigger and the token after it; (-1, -1) where it stands in the stem.
        verb: the finite verb whose subject is looked for.
        act: the act's verb; the sentence's length where the act is missing (an open stem).
        tense: modal, present, perfect, past, progressive, nominal, list.
        passive: whether the act is done to the subject.
        subject: whose act, where it is not the subject of `verb` (who is directed, who is advised).
        notes: what else was noticed.
    """

    rule: str
    kind: Kind
    force: int
    trigger: tuple[int, int]
    verb: int
    act: int
    tense: str
    passive: bool = False
    subject: Subject | None = None
    notes: tuple[str, ...] = ()


class Cue(NamedTuple):
    """A cue in a sentence: its tokens, its group with attributes, and the voice of the document."""

    first: int
    end: int
    group: str
    attributes: Mapping[str, Any]
    voice: Voice

    @property
    def kind(self) -> Kind:
        """Kind the group carries."""
        return Kind(self.attributes["kind"])

    @property
    def force(self) -> int:
        """Force the group carries."""
        return int(self.attributes["force"])

    def find(self, act: int, tense: str, **fields: Any) -> Find:  # noqa: ANN401 - fields of Find
        """Return what this cue finds: kind, force and trigger of its group unless `fields` say otherwise."""
        plain = Find(self.group, self.kind, self.force, (self.first, self.end), self.first, act, tense)
        return plain._replace(**fields) if fields else plain


Reader = Callable[[Tokens, Cue], Find | None]


def weaker(by: str) -> tuple[str, ...]:
    """Return the note that a verb lowered the force, none for ""."""
    return (f"weaker:{by}",) if by else ()
