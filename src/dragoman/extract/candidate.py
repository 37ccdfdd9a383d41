"""What a grammar proposes: a clause that may be a provision, with the spans its fields are read from."""

from __future__ import annotations

from typing import NamedTuple

from dragoman.model import Kind, Why

Span = tuple[int, int]
"""Start and end offset in the document's text."""


class Candidate(NamedTuple):
    """A proposed provision; all spans are offsets in the document's text.

    Attributes:
        start, end: the sentence or list item it is pinned to.
        trigger: the shortest words that carry the kind; may stand in the stem, before `start`.
        kind, force: as the grammar reads them.
        rule: name of the grammar rule or cue group that proposed it ("modal-firm", "stem-item", ...).
        clause: the stretch of the sentence that belongs to this provision (tags, deadlines, conditions and
            counterparties are read from it).
        subject: the words that name who acts; may stand in the stem; None where there are none.
        subject_rule: how the actors are to be read: "named" (from the subject's names), "authors" (we, both
            sides, a passive without agent), "stem" (the subject of the stem), "previous" (it, they, 其, of the
            sentence before), "addressee" (an imperative item: who is addressed), "unknown".
        aim: the main verb phrase of the act, shortest form, without a negation.
        object: direct object of the aim, or None.
        features: names of what was noticed, for the weights ("rule:modal-firm", "subject:we", "tense:perfect").
        why: reasons of the kind and the force.
    """

    start: int
    end: int
    trigger: Span
    kind: Kind
    force: int
    rule: str
    clause: Span
    subject: Span | None = None
    subject_rule: str = "unknown"
    aim: Span | None = None
    object: Span | None = None
    features: tuple[str, ...] = ()
    why: tuple[Why, ...] = ()
