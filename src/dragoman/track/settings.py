"""The weights of the ranking, from `data/tracking/ranking.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from dragoman.lexicon import load_pack

PACK = "tracking/ranking.yaml"


@dataclass(frozen=True, slots=True)
class PageKind:
    """Titles that hold one of some words, and what such a page is worth, 0 to 1."""

    words: tuple[str, ...]
    share: float


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """How evidence is ranked; what each number does stands beside it in the pack.

    Attributes:
        pages: pages whose passages are read for a commitment.
        rarest: terms of the question that pages are chosen by, the weightiest.
        k1, b: of BM25.
        terms: weight of a term by where it stands in the commitment.
        features: weight of each feature.
        factors: what scores are multiplied by.
        same_day: days around the document's that count as its own.
        shingle, copied_page, copied_passage, least_shingles: how copies are told.
        half_life: days after which a page counts half as near; `early` is what the farthest keeps.
        neighbour, page_party: what stands beside the passage.
        full: share of the commitment's words that counts as all.
        threshold: least score of what counts as found.
        kinds, other_kind: what kinds of pages are worth.
    """

    pages: int
    rarest: int
    k1: float
    b: float
    terms: Mapping[str, float]
    features: Mapping[str, float]
    factors: Mapping[str, float]
    same_day: int
    shingle: int
    copied_page: float
    copied_passage: float
    least_shingles: int
    half_life: float
    early: float
    neighbour: float
    page_party: float
    full: float
    threshold: float
    kinds: tuple[PageKind, ...]
    other_kind: float


def weights_of(pack: Mapping[str, Any]) -> Weights:
    """Return the weights of a pack."""
    copy, near, bm25 = pack["copy"], pack["date"], pack["bm25"]
    return Weights(
        pages=pack["pages"],
        rarest=pack["rarest"],
        k1=bm25["k1"],
        b=bm25["b"],
        terms=pack["terms"],
        features=pack["features"],
        factors=pack["factors"],
        same_day=pack["same_day"],
        shingle=copy["shingle"],
        copied_page=copy["page"],
        copied_passage=copy["passage"],
        least_shingles=copy["least"],
        half_life=near["half_life"],
        early=near["early"],
        neighbour=pack["neighbour"],
        page_party=pack["page_party"],
        full=pack["full"],
        threshold=pack["threshold"],
        kinds=tuple(PageKind(tuple(kind["words"]), kind["share"]) for kind in pack["kinds"]),
        other_kind=pack["other_kind"],
    )


@cache
def load_weights() -> Weights:
    """Return the shipped weights. Raises PackFaultError where the pack is wrong."""
    return weights_of(load_pack(PACK))
