"""The class of a find's verb, and what kind of subject it has."""

from __future__ import annotations

from dragoman.extract.zh.subjects import Subject
from dragoman.extract.zh.triggers import Find


def verb_class(found: Find) -> str:
    """Return the class of the main verb, "none" where none is known."""
    return str(found.verb.data["class"]) if found.verb is not None else "none"


def acts(subject: Subject | None) -> bool:
    """Return whether there is a subject that can act."""
    return subject is not None and subject.acts


def is_type(subject: Subject | None, *types: str) -> bool:
    """Return whether there is a subject of one of the types."""
    return subject is not None and subject.type in types
