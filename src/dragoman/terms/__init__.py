"""Terms: the two language versions of a text, sentence beside sentence.

Contract (the facade and the tests rely on it):

    align(english, chinese, lexicon, aids) -> Alignment
        english, chinese: documents; one and the same where both versions stand in one text. Every sentence of
        either language is in exactly one link. Never fails on a text; what is wrong comes as problems.
        aids: what load_aids() gives, dictionary and encoder; without them, signs alone are used.
    align_sentences(english, chinese, lexicon) -> list[Match]
        the same on plain sentences without structure.
    corrected(alignment, corrections) -> Alignment
        with the links that persons set in place of those computed.
    tmx(alignment, created, version) -> bytes
        the links that have two sides, as TMX 1.4.

Pure: no network, no clock.
"""

from __future__ import annotations

from dragoman.terms.aids import NO_AIDS, Aids, load_aids
from dragoman.terms.align import align, align_sentences
from dragoman.terms.correcting import corrected, standing
from dragoman.terms.signs import sentence_spans
from dragoman.terms.tmx import tmx

__all__ = [
    "NO_AIDS",
    "Aids",
    "align",
    "align_sentences",
    "corrected",
    "load_aids",
    "sentence_spans",
    "standing",
    "tmx",
]
