"""A pair of terms found in the two versions of a text, to be looked at by a person before it is one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dragoman.model.bilingual import Alignment, Span


@dataclass(frozen=True, slots=True)
class Context:
    """Where a term stands in both versions.

    Attributes:
        en, zh: offsets of the term in either document.
        link: number of the link in the alignment, from 0.
    """

    en: Span
    zh: Span
    link: int


@dataclass(frozen=True, slots=True)
class Rendering:
    """What a term is rendered by, in either direction.

    Attributes:
        text: as the text writes it.
        count: how often it stands for the term.
        contexts: where.
    """

    text: str
    count: int
    contexts: tuple[Context, ...] = ()


@dataclass(frozen=True, slots=True)
class TermCandidate:
    """An English and a Chinese term that stand for each other.

    Attributes:
        en: as the text mostly writes it.
        zh: what mostly stands for it.
        score: 0 to 1, how likely it is a term and its translation.
        pair: 0 to 1, how sure the translation is.
        frequency: how often the English term stands in a link.
        contexts: where both stand.
        renderings: all Chinese renderings, the first one `zh`.
        shared_with: other English terms that the same Chinese stands for.
    """

    en: str
    zh: str
    score: float
    pair: float
    frequency: int
    contexts: tuple[Context, ...]
    renderings: tuple[Rendering, ...]
    shared_with: tuple[str, ...] = ()

    @property
    def is_inconsistent(self) -> bool:
        """Whether one term of either language is rendered by several of the other."""
        return len(self.renderings) > 1 or bool(self.shared_with)


@dataclass(frozen=True, slots=True)
class Extraction:
    """The pairs of terms of two versions.

    Attributes:
        alignment: of the versions, with what is wrong with them.
        candidates: the likeliest first.
    """

    alignment: Alignment
    candidates: tuple[TermCandidate, ...]


def candidate_to_row(candidate: TermCandidate) -> Mapping[str, Any]:
    """Return a candidate as JSON can hold it."""
    return {
        "en": candidate.en,
        "zh": candidate.zh,
        "score": candidate.score,
        "frequency": candidate.frequency,
        "contexts": [{"en": list(one.en), "zh": list(one.zh), "link": one.link} for one in candidate.contexts],
        "variants": [{"zh": one.text, "count": one.count} for one in candidate.renderings[1:]],
        "shared_with": list(candidate.shared_with),
    }


COLUMNS = ("en", "zh", "score", "frequency", "variants", "contexts")
"""Of a table of candidates."""


def candidate_to_line(candidate: TermCandidate) -> str:
    """Return a candidate as a line of a table with tabs: variants with how often, contexts as pairs of offsets."""
    variants = "; ".join(f"{one.text} ({one.count})" for one in candidate.renderings[1:])
    contexts = " ".join(f"{one.en[0]}-{one.en[1]}={one.zh[0]}-{one.zh[1]}" for one in candidate.contexts)
    cells = (candidate.en, candidate.zh, f"{candidate.score:.4f}", str(candidate.frequency), variants, contexts)
    return "\t".join(cells)


def candidates_to_tsv(candidates: Iterable[TermCandidate]) -> bytes:
    """Return candidates as a table with tabs, its head first."""
    lines = ["\t".join(COLUMNS), *map(candidate_to_line, candidates)]
    return "".join(f"{one}\n" for one in lines).encode("utf-8", "replace")
