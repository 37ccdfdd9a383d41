"""What a cue makes of its clause: kind, force, trigger and the act's verb.

Each group of `data/lexicons/en/triggers.yaml` says in `reads:` which reader looks at the words around its cue.
A reader returns what it found, or None where the cue carries nothing here (a noun, an infinitive, a verb
another cue already governs).
"""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.extract.context import Voice
from dragoman.extract.en.clauses import Tokens
from dragoman.extract.en.commissives import commissive, expected, noun, policy, purpose, state
from dragoman.extract.en.directives import advice, delegate, order, responsible
from dragoman.extract.en.finds import Cue, Find, Reader
from dragoman.extract.en.measures import being, continuing, enacts, hereby, past, perfect, performed, present
from dragoman.extract.en.modals import denial, modal, need, nothing, valuable

FUNCTION_WORDS = frozenset({"modal", "perfect", "being", "nothing", "policy", "need"})
"""Readers whose cues are verbs even where capitals are written."""


def read_cue(tokens: Tokens, cue: Cue, voice: Voice) -> Find | None:
    """Return what a cue makes of its clause, None where it carries nothing."""
    reads = cue.attributes["reads"]
    if (
        cue.first
        and tokens.capital(cue.first)
        and reads not in FUNCTION_WORDS
        and not tokens.capital(cue.first - 1, whole=True)
    ):
        return None
    return READERS[reads](tokens, cue, voice)


READERS: Mapping[str, Reader] = {
    "modal": modal,
    "need": need,
    "commissive": commissive,
    "state": state,
    "expected": expected,
    "noun": noun,
    "advice": advice,
    "valuable": valuable,
    "order": order,
    "delegate": delegate,
    "responsible": responsible,
    "nothing": nothing,
    "policy": policy,
    "purpose": purpose,
    "hereby": hereby,
    "perfect": perfect,
    "being": being,
    "continue": continuing,
    "denial": denial,
    "enacts": enacts,
    "performed": performed,
    "present": present,
    "past": past,
}
