"""Which reader looks at the words around a cue, and what it makes of the clause.

Each group of `data/lexicons/en/triggers.yaml` names its reader in `reads:`. A reader returns what it found, or
None where the cue carries nothing here (a noun, an infinitive, a verb another cue already governs).
"""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.extract.en import commissives, directives, measures, modals, statutes, suggestions
from dragoman.extract.en.clauses import Tokens
from dragoman.extract.en.finds import Cue, Find, Reader

FUNCTION_WORDS = frozenset({"modal", "perfect", "being", "nothing", "policy", "need"})
"""Readers whose cues are verbs even where capitals are written."""

READERS: Mapping[str, Reader] = {
    "modal": modals.modal,
    "need": modals.need,
    "valuable": modals.valuable,
    "mild": modals.mild,
    "unlawful": modals.unlawful,
    "nothing": modals.nothing,
    "denial": modals.denial,
    "commissive": commissives.commissive,
    "state": commissives.state,
    "expected": commissives.expected,
    "noun": commissives.noun,
    "goal": commissives.goal,
    "right": directives.right,
    "gladly": measures.gladly,
    "need-for": directives.need_for,
    "addressed": directives.addressed,
    "imperative": directives.imperative,
    "case": suggestions.case,
    "way": suggestions.way,
    "falls": suggestions.falls_to,
    "needed": suggestions.needed,
    "warranted": suggestions.warranted,
    "lacking": suggestions.lacking,
    "cleft": suggestions.cleft,
    "duty": statutes.duty,
    "term": statutes.term_given,
    "liable": statutes.liable,
    "offence": statutes.offence,
    "faces": statutes.faces,
    "not_prevented": statutes.not_prevented,
    "exempt": statutes.exempt,
    "disapplied": statutes.disapplied,
    "undertaken": statutes.undertaken,
    "policy": commissives.policy,
    "purpose": commissives.purpose,
    "advice": directives.advice,
    "order": directives.order,
    "delegate": directives.delegate,
    "responsible": directives.responsible,
    "hereby": measures.hereby,
    "perfect": measures.perfect,
    "being": measures.being,
    "continue": measures.continuing,
    "enacts": measures.enacts,
    "performed": measures.performed,
    "present": measures.present,
    "past": measures.past,
    "signature": measures.signature,
}


def read_cue(tokens: Tokens, cue: Cue) -> Find | None:
    """Return what a cue makes of its clause, None where it carries nothing."""
    reads = cue.attributes["reads"]
    if reads not in FUNCTION_WORDS and is_name(tokens, cue.first):
        return None
    return READERS[reads](tokens, cue)


def is_name(tokens: Tokens, index: int) -> bool:
    """Return whether a word is written as part of a name: a capital inside a sentence, not all capitals."""
    return index > 0 and tokens.capital(index) and not tokens.capital(index, whole=True)
