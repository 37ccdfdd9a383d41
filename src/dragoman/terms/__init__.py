"""Terms: the two language versions of a text, sentence beside sentence.

Contract (the facade and the tests rely on it):

    align(english, chinese, lexicon) -> Alignment
        english, chinese: documents; one and the same where both versions stand in one text. Every sentence of
        either language is in exactly one link. Never fails on a text; what is wrong comes as problems.
    align_sentences(english, chinese, lexicon) -> list[Match]
        the same on plain sentences without structure.
    tmx(alignment, created, version) -> bytes
        the links that have two sides, as TMX 1.4.

Pure: no model, no network, no clock.
"""

from __future__ import annotations

from dragoman.terms.align import align, align_sentences
from dragoman.terms.tmx import tmx

__all__ = ["align", "align_sentences", "tmx"]
