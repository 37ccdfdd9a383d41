"""One sentence as an institutional statement, whether or not it is a provision.

The components are those of Institutional Grammar 2.0 (Frantz & Siddiki 2021): who acts (Attributes), the modal
(Deontic), what is done (Aim), to what (Object). Conditions of a rule ("The employee has filed a complaint") are
statements too, though no provisions; the outside yardstick of `benchmark/` counts them.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.extract.candidate import Span
from dragoman.extract.en.aims import object_of, phrase_end
from dragoman.extract.en.clauses import Tokens, act_after, skip_adverbs, tokens_of
from dragoman.extract.en.governing import governed, is_noun
from dragoman.extract.en.stems import agent_at
from dragoman.extract.en.subjects import MAIN, Subject, head_of, subject_of
from dragoman.extract.en.words import (
    BASE,
    BE,
    DET,
    FINITE,
    GERUND,
    HAVE,
    MODAL,
    PARTICIPLE,
    PAST,
    THIRD,
    load_words,
)
from dragoman.extract.view import View

VERBAL = BASE | THIRD | PAST
NO_MODALS = frozenset({"do", "does", "did", "would", "could"})
"""Auxiliaries that stand like modals and neither bind nor allow."""
NEGATIVES = frozenset({"not", "never"})


@dataclass(frozen=True, slots=True)
class Statement:
    """The components of a statement as spans in the document, None where there is none."""

    attributes: Span | None
    deontic: Span | None
    aim: Span | None
    object: Span | None


def statement_of(view: View) -> Statement | None:
    """Return the components of a sentence's first main clause, None where no finite verb was found."""
    tokens = tokens_of(view, load_words())
    verb = main_verb(tokens)
    if verb < 0:
        return None
    modal = verb if tokens.is_(verb, MODAL) else -1
    first = act_after(tokens, verb + 1) if modal >= 0 else verb
    if tokens.word(first) in NEGATIVES:
        first += 1
    if first >= len(tokens):
        return None
    last, passive = verb_group(tokens, first)
    subject = subject_of(tokens, verb)
    deontic = tokens.span(modal, modal + 1 + (tokens.word(modal + 1) in NEGATIVES)) if modal >= 0 else None
    thing = object_of(tokens, last, phrase_end(tokens, last, len(tokens)))
    if not passive:
        return Statement(
            head_span(tokens, subject), deontic, tokens.span(first, last + 1), span_of(tokens, *thing)
        )
    return Statement(agent_span(tokens, last), deontic, tokens.span(first, last + 1), head_span(tokens, subject))


def main_verb(tokens: Tokens) -> int:
    """Return the first finite verb of a main clause, a modal before any other, or -1."""
    plain = -1
    for at in range(len(tokens)):
        if tokens.is_(at, MODAL) and tokens.lower[at] not in NO_MODALS and subject_of(tokens, at).clause == MAIN:
            return at
        if plain < 0 and is_plain_finite(tokens, at):
            plain = at
    return plain


def is_plain_finite(tokens: Tokens, index: int) -> bool:
    """Return whether a token is a finite verb with a subject before it."""
    if index == 0 or not tokens.is_(index, VERBAL | BE | HAVE) or tokens.is_(index, DET) or tokens.inside[index]:
        return False
    if governed(tokens, index) or is_noun(tokens, index):
        return False
    subject = subject_of(tokens, index)
    return subject.clause == MAIN and subject.end > subject.first


def verb_group(tokens: Tokens, first: int) -> tuple[int, bool]:
    """Return the last verb of a group with auxiliaries ("has been advised"), and whether it is passive."""
    last, passive = first, False
    while tokens.is_(last, BE | HAVE) or tokens.word(last) in {"be", "been"}:
        after = skip_adverbs(tokens, last + 1)
        if not tokens.is_(after, PARTICIPLE | GERUND | BE) or tokens.is_(after, DET):
            break
        passive = tokens.is_(last, BE) and tokens.is_(after, PARTICIPLE) and not tokens.is_(after, BE)
        last = after
        if not tokens.is_(last, FINITE):
            break
    return last, passive


def head_span(tokens: Tokens, subject: Subject) -> Span | None:
    """Return a subject without its article and what follows its head."""
    first, end = subject.first, subject.end
    while first < end and tokens.is_(first, DET):
        first += 1
    if first >= end:
        return None
    return tokens.span(first, max(head_of(tokens, first, end) + 1, first + 1))


def agent_span(tokens: Tokens, verb: int) -> Span | None:
    """Return who does what is told in the passive."""
    by = next((at for at in range(verb + 1, len(tokens)) if tokens.lower[at] == "by"), -1)
    agent = agent_at(tokens, by + 1) if by >= 0 else None
    return head_span(tokens, agent) if agent else None


def span_of(tokens: Tokens, first: int, end: int) -> Span | None:
    """Return the offsets of a stretch of tokens, None where it is empty."""
    return tokens.span(first, end) if first < end else None
