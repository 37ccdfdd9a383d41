"""The names of what was noticed about a find, for the trained weights."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.extract.zh.claims import verb_class
from dragoman.extract.zh.measures import has_title, is_dated, is_legal, names_after, noun_in
from dragoman.extract.zh.setting import Setting
from dragoman.extract.zh.speakers import types_in
from dragoman.extract.zh.subjects import Subject
from dragoman.extract.zh.triggers import Find
from dragoman.model import Kind


def features_of(found: Find, subject: Subject | None, kind: Kind, setting: Setting) -> tuple[str, ...]:
    """Return the names of what was noticed, in a fixed order."""
    return (
        *of_trigger(found, setting),
        *of_subject(found, subject, setting),
        *of_clause(found, kind, setting),
    )


def of_trigger(found: Find, setting: Setting) -> Iterator[str]:
    """Yield what the trigger and the voice tell."""
    voice = setting.voice.value
    yield f"rule:{found.kind_of}"
    yield f"voice:{voice}"
    yield f"rule:{found.kind_of}|voice:{voice}"
    yield f"trigger:{found.text}"
    yield f"verb:{verb_class(found)}"
    yield f"direct:{found.direct}"
    if setting.statute:
        yield "statute"


def of_subject(found: Find, subject: Subject | None, setting: Setting) -> Iterator[str]:
    """Yield what the subject tells."""
    who = subject.type if subject else "none"
    yield f"subject:{who}"
    yield f"subject:{who}|rule:{found.kind_of}"
    if subject is None:
        return
    yield f"origin:{subject.origin}"
    for name in sorted(types_in(found.parsed, subject, setting)):
        yield f"subject-actor:{name}"


def of_clause(found: Find, kind: Kind, setting: Setting) -> Iterator[str]:
    """Yield what the clause holds."""
    seen = {
        "again": found.again,
        "aspect:done": found.done,
        "aspect:running": found.running,
        "has:title": has_title(found),
        "has:noun": noun_in(found, setting),
        "has:date": is_dated(found.parsed),
        "has:law": kind is Kind.MEASURE and is_legal(found, setting),
        "has:name": names_after(found),
    }
    yield from (name for name, holds in seen.items() if holds)
