"""What speaks against a find that asks: a noun, no act, nobody who asks or is asked."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.extract.zh.claims import acts, is_type, verb_class
from dragoman.extract.zh.setting import Setting
from dragoman.extract.zh.speakers import (
    STATES,
    giver_of,
    is_in_speech,
    is_of_authority,
    types_in,
)
from dragoman.extract.zh.subjects import Subject
from dragoman.extract.zh.triggers import Find


def screen_urge(found: Find, subject: Subject | None, setting: Setting) -> Iterator[str]:
    """建议, 呼吁, 要求 advise when an act or an addressee follows; they are nouns otherwise."""
    named = subject is not None and subject.origin == "object"
    if not found.direct and not named and not is_called(found):
        yield "noun"
    if found.verb is None and not (named and found.segment.end - found.span[1] > LONG):
        yield "no-act"
    if found.kind_of == "demand" and not (named and is_demanded(found, subject, setting)):
        yield "no-object"


def screen_hope(found: Find, subject: Subject | None, setting: Setting) -> Iterator[str]:
    """希望 asks only where a side says it to another state in public ("中方希望美方取消限制")."""
    asked = (
        subject is not None and subject.origin == "object" and types_in(found.parsed, subject, setting) & STATES
    )
    giver = giver_of(found)
    side = giver is not None and found.parsed.words(*giver.span).endswith(SIDES)
    side = side or ((giver is None or giver.type == "person") and is_in_speech(found, setting))
    goes_on = found.segment.tokens[0].role == "coordinator"
    able = found.verb is not None and found.parsed.words(*found.verb[:2]) in ABLE
    void = verb_class(found) in {"attitude", "mind", "state"} and not able
    if goes_on or void or not (setting.release and asked and side):
        yield "hope"


ABLE = ("能", "能够")
"""Words between 希望 and the act that is hoped for."""


SIDES = ("方", "我们")
LONG = 8
"""Characters behind a verb of asking that name somebody and an act, known or not."""


def is_demanded(found: Find, subject: Subject | None, setting: Setting) -> bool:
    """Return whether somebody who acts, a law or an authority demands; of an unknown object only the latter."""
    of_authority = is_of_authority(found, subject, setting)
    return of_authority or (acts(giver_of(found)) and not is_type(subject, "unknown"))


def is_called(found: Find) -> bool:
    """Return whether somebody who acts stands right before 呼吁 or 敦促, and words follow: a verb, no noun."""
    giver = giver_of(found)
    return (
        giver is not None and acts(giver) and giver.span[1] == found.span[0] < found.segment.end - len(found.text)
    )
