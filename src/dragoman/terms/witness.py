"""What was read from either version as provisions, and sentences that one version leaves out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.model import BlockKind, Document, Kind, Language, Provision
from dragoman.model.bilingual import Alignment, Link, Span
from dragoman.model.force_difference import Gravity, Remark
from dragoman.terms.remarks import remark

BINDING = frozenset({Kind.OBLIGATION, Kind.PROHIBITION, Kind.PERMISSION})
"""Kinds that the two versions of a sentence cannot read differently by a choice of words alone."""
LEAST_WORDS = {Language.EN: 35, Language.ZH: 12}
"""Characters of a sentence that can say something of its own."""
ENDS = (".", "。", ";", "；")


def witnessed(
    alignment: Alignment, english: Sequence[Provision], chinese: Sequence[Provision]
) -> Iterator[tuple[int, Remark]]:
    """Yield where the provisions of both versions differ in kind or in their day, with the number of the link.

    Args:
        alignment: of the versions.
        english: provisions of the English document.
        chinese: provisions of the Chinese one.
    """
    for number, link in enumerate(alignment.links):
        first = [one for one in english if one.language is Language.EN and within(one, link.en)]
        second = [one for one in chinese if one.language is Language.ZH and within(one, link.zh)]
        if len(first) == len(second) == 1:
            yield from ((number, found) for found in compared(first[0], second[0]))


def within(provision: Provision, spans: Sequence[Span]) -> bool:
    """Return whether a provision stands, with the words that make it one, in one of some sentences."""
    inside = (start <= provision.start < end and start <= provision.trigger_start < end for start, end in spans)
    return any(inside)


def compared(english: Provision, chinese: Provision) -> Iterator[Remark]:
    """Yield what the only provisions of a link differ in."""
    kinds = english.kind, chinese.kind
    if kinds[0] is not kinds[1] and BINDING.issuperset(kinds):
        values = {
            "en": english.trigger,
            "zh": chinese.trigger,
            "en_class": kinds[0].value,
            "zh_class": kinds[1].value,
        }
        yield remark("provision-kind", Gravity.MAJOR, "kind", values)
    days = [one.deadline.date if one.deadline else None for one in (english, chinese)]
    if None not in days and days[0] != days[1]:
        yield remark("deadline", Gravity.MAJOR, "deadline", {"en": days[0], "zh": days[1]})


def left_out(alignment: Alignment) -> Iterator[tuple[int, Remark]]:
    """Yield whole sentences that one version leaves out, with the number of the link."""
    for number, link in enumerate(alignment.links):
        code = missing_side(alignment, link)
        if code:
            yield number, remark(code, Gravity.MAJOR, "omission" if code == "sentence-lost" else "addition", {})


def missing_side(alignment: Alignment, link: Link) -> str:
    """Return what is said of a link with one side whose sentence says something, "" of any other."""
    if link.en and not link.zh and is_telling(alignment.english, link.en, Language.EN):
        return "sentence-lost"
    if link.zh and not link.en and is_telling(alignment.chinese, link.zh, Language.ZH):
        return "sentence-added"
    return ""


def is_telling(document: Document, spans: Sequence[Span], language: Language) -> bool:
    """Return whether sentences are no headings, captions or signatures."""
    starts = {start for start, _ in spans}
    kinds = {one.kind for one in document.sentences if one.start in starts}
    text = document.slice(spans[0][0], spans[-1][1]).strip()
    return BlockKind.HEADING not in kinds and len(text) >= LEAST_WORDS[language] and text.endswith(ENDS)
