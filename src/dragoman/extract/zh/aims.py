"""The act of a Chinese provision: its main verb phrase and the object."""

from __future__ import annotations

from dragoman.extract.candidate import Span
from dragoman.extract.zh.subjects import stripped
from dragoman.extract.zh.triggers import Find

OF_TRIGGER = ("enact", "meet", "pay", "launch", "charge", "indicative", "penalty", "bare")
"""Classes whose trigger is itself the verb of the act."""


def aim_of(found: Find) -> Span | None:
    """Return the main verb phrase, to the segment's end; without the trigger where that is a modal."""
    segment, text = found.segment, found.parsed.view.text
    if found.kind_of in OF_TRIGGER:
        start = found.span[0]
    elif found.verb is not None and found.verb.start >= found.span[1]:
        start = found.verb.start
    else:
        start = found.span[1]
    return nonempty(stripped(text, start, segment.end))


def object_of(found: Find) -> Span | None:
    """Return what follows the main verb, None where nothing does."""
    verb = found.verb
    if verb is None:
        return None
    end = verb.end
    text = found.parsed.view.text
    if text.startswith("了", end):
        end += 1
    return nonempty(stripped(text, end, found.segment.end))


def nonempty(span: Span) -> Span | None:
    """Return a span, None for an empty one."""
    return span if span[1] > span[0] else None
