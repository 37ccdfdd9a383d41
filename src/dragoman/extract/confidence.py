"""Which candidates are provisions, and how sure the grammar is of each.

The grammars decide: a candidate with a named doubt is left out. Weights that choose instead were tried, leaving
one document out at a time, and chose worse (see docs/method.md); they do tell well which lines a reader should
look at first, so they give the confidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from operator import methodcaller

from dragoman.extract.candidate import Candidate
from dragoman.extract.context import Voice
from dragoman.extract.view import View
from dragoman.extract.weights import ZEROS, load_weights, probability
from dragoman.model import BlockKind, Kind

DOUBT = "doubt:"
"""Prefix of features that mark classes which are no provisions."""
DOUBTS = methodcaller("startswith", DOUBT)
MANY = 3
"""Counts beyond this are one class."""
LENGTH_STEP = {"en": 60, "zh": 20}
"""Characters of a sentence to a class of length."""
LONGEST = 6


def is_kept(candidate: Candidate) -> bool:
    """Return whether a candidate is a provision: the grammar has no doubt of it."""
    return not any(map(DOUBTS, candidate.features))


def confidence_of(view: View, candidate: Candidate, voice: Voice, siblings: int) -> float:
    """Return the calibrated probability that a reader would mark this line with this kind, 0-1.

    Args:
        view: its sentence.
        candidate: the line.
        voice: how the document speaks.
        siblings: candidates proposed for the sentence, this one included.
    """
    language = view.sentence.language
    names = names_of(view, candidate, voice, siblings)
    weights = load_weights("confidence")
    score = sum(map(weights.weights.get, names, ZEROS))
    return round(probability(weights.bias + sum(map(own_weights(language).get, (*names, ""), ZEROS), score)), 3)


@cache
def own_weights(language: str) -> dict[str, float]:
    """Return the weights of one language by name without its prefix; that of the language itself is ""."""
    weights, prefix = load_weights("confidence").weights, f"{language}-"
    own = {name.removeprefix(prefix): weight for name, weight in weights.items() if name.startswith(prefix)}
    return {**own, "": weights.get(language, 0.0)}


def features_of(view: View, candidate: Candidate, voice: Voice, siblings: int) -> tuple[str, ...]:
    """Return what the confidence is weighed by: what the grammar noticed, and the sentence around it."""
    return with_language(names_of(view, candidate, voice, siblings), view.sentence.language.value)


def with_language(names: Sequence[str], language: str) -> tuple[str, ...]:
    """Return names, once more with a language before each, and the language itself."""
    return (*names, *(f"{language}-{name}" for name in names), language)


def names_of(view: View, candidate: Candidate, voice: Voice, siblings: int) -> tuple[str, ...]:
    """Return what is weighed, each once; it is weighed again with its language before it."""
    sentence = view.sentence
    length = min(LONGEST, (candidate.end - candidate.start) // LENGTH_STEP[sentence.language])
    return (
        *candidate.features,
        *kind_names(candidate.kind, voice, candidate.force),
        *counted_names(min(MANY, siblings), length, min(MANY, len(view.names)), min(MANY, len(view.terms))),
        *place_names(sentence.kind, bool(sentence.section), first=sentence.first),
    )


@lru_cache(maxsize=256)
def kind_names(kind: Kind, voice: Voice, force: int) -> tuple[str, ...]:
    """Return the names of what the line is; the same few come again and again."""
    return f"kind:{kind.value}-{voice.value}", f"kind:{kind.value}-{force}"


@lru_cache(maxsize=1024)
def counted_names(siblings: int, length: int, names: int, terms: int) -> tuple[str, ...]:
    """Return the names of what is counted in the sentence."""
    return f"siblings:{siblings}", f"length:{length}", f"names:{names}", f"terms:{terms}"


@lru_cache(maxsize=64)
def place_names(block: BlockKind, in_section: bool, *, first: bool) -> tuple[str, ...]:  # noqa: FBT001
    """Return the names of where the sentence stands."""
    return f"block:{block.value}-{'first' if first else 'later'}", f"section:{'some' if in_section else 'none'}"
