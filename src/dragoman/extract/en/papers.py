"""What a scholarly paper says governments must do is its author's advice, no rule and no exhortation of theirs."""

from __future__ import annotations

from dragoman.extract.authors import STATES
from dragoman.extract.context import Context, Voice, listed_kind
from dragoman.extract.en.clauses import Tokens
from dragoman.extract.en.finds import Find
from dragoman.extract.en.forces import INTENDED, weakened
from dragoman.extract.en.subjects import Subject
from dragoman.model import Kind

RULING = frozenset({"seat", "metonym", "group", "agency", "office", "body"})
"""Types of names that govern or stand for who does: "Beijing", "the White House", "Congress", "the Quad"."""
URGING = frozenset({"modal-must", "modal-need", "modal-have-to"})
"""Rules of what somebody is told to do without "should"."""


def as_advice(tokens: Tokens, find: Find, subject: Subject, context: Context) -> Find:
    """Return a find, what a paper says a state or those who govern must do as a recommendation."""
    if find.rule not in URGING or not is_advised(tokens, subject, context):
        return find
    return find._replace(kind=Kind.RECOMMENDATION, force=weakened(tokens, find.act, INTENDED)[0])


def is_advised(tokens: Tokens, subject: Subject, context: Context) -> bool:
    """Return whether a subject is a state or those who govern, of whom a scholarly paper speaks."""
    known = context.lexicon.voices["scholarly"]
    if context.voice is not Voice.REPORT or not listed_kind(context.document.kind, known):
        return False
    if subject.kind == "agent":
        return tokens.in_class(subject.end - 1, "governing")
    return subject.kind == "actor" and names_state(tokens, subject, context)


def names_state(tokens: Tokens, subject: Subject, context: Context) -> bool:
    """Return whether a name of a state or of one of its authorities stands in a subject."""
    start, end = tokens.starts[subject.first], tokens.ends[subject.end - 1]
    keys = (hit.phrases[0].key for hit in tokens.view.names if start <= hit.start and hit.end <= end)
    register = context.lexicon.actors
    return any(register.type_of(key) in STATES | RULING for key in keys)
