"""Duties that Chinese laws state without a modal: "国家建立…制度", "由国务院制定", "由有关主管部门责令改正"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.extract.zh.clauses import Parsed, Segment
from dragoman.extract.zh.subjects import Subject, agent_after, subject_before
from dragoman.extract.zh.triggers import ATTRIBUTE, Find

NO_ACT = ("state", "effect", "speech", "attitude")
"""Classes of verbs that lay down no duty."""


def indicatives_in(parsed: Parsed, taken: Sequence[Find]) -> Iterator[tuple[Find, Subject]]:
    """Yield the duties of the parts between semicolons that hold no trigger, with who bears them."""
    numbers = {found.number for found in taken}
    part: list[int] = []
    for number, segment in enumerate(parsed.segments):
        part.append(number)
        if segment.closed_by in {"semicolon", "stop", ""}:
            if not numbers.intersection(part):
                yield from first_duty(parsed, part)
            part = []


def first_duty(parsed: Parsed, part: Sequence[int]) -> Iterator[tuple[Find, Subject]]:
    """Yield the first duty of a part, if there is one."""
    for number in part:
        segment = parsed.segments[number]
        if is_condition(parsed, segment):
            continue
        found = duty_in(parsed, number, segment)
        if found:
            yield found
            return


def is_condition(parsed: Parsed, segment: Segment) -> bool:
    """Return whether a segment states a condition or exception."""
    return parsed.words(segment.start, segment.end).endswith(("的", "除外", "从其规定"))


def duty_in(parsed: Parsed, number: int, segment: Segment) -> tuple[Find, Subject] | None:
    """Return the duty of a segment: somebody who acts and the verb of an act."""
    by_agent = agent_in(parsed, segment)
    subject = by_agent or subject_before(parsed, segment, segment.end, whole=True)
    if subject is None or not subject.acts:
        return None
    for index, token in enumerate(segment.tokens):
        if token.start < subject.span[1]:
            continue
        if token.role in {"negation", "trigger", "passive", "aspect"}:
            return None
        if token.role == "verb" and not parsed.view.text.startswith(ATTRIBUTE, token.end):
            if token.data["class"] in NO_ACT:
                return None
            span = (token.start, token.end)
            return Find(parsed, segment, number, index, token, span, "indicative", token, direct=True), subject
    return None


def agent_in(parsed: Parsed, segment: Segment) -> Subject | None:
    """Return who stands after 由 in a segment, None without 由."""
    for token in segment.tokens:
        if token.role == "preposition" and parsed.words(token.start, token.end) in {"由", "可由"}:
            return agent_after(parsed, segment, token.end)
    return None
