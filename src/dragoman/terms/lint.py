"""Holds a text against a termbase: terms out of use, of the other side, mixed, contested, lost in translation."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from dragoman.lexicon import load_pack
from dragoman.model import Document, Language, Severity
from dragoman.model.bilingual import Alignment, Span
from dragoman.model.term import (
    Concept,
    ConceptStatus,
    Term,
    TermFault,
    TermFinding,
    TermUse,
)
from dragoman.terms.term_index import PACK, SHORT_FORMS, Named, TermHit, TermIndex

SURE = 0.5
"""Confidence of a link from which a missing term is held against the translation."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a text is looked at.

    Attributes:
        party: the side whose words it shall use, "" for none.
        language: of the messages.
        names: what parties are called in that language, by canonical name.
    """

    party: str = ""
    language: Language = Language.EN
    names: Mapping[str, str] | None = None

    def name(self, party: str) -> str:
        """Return what a party is called."""
        return (self.names or {}).get(party, party)


@dataclass(frozen=True, slots=True)
class _Use:
    """A term used in a text."""

    hit: TermHit
    named: Named


class _Text:
    """A text with the terms in it."""

    def __init__(self, document: Document, index: TermIndex, wanted: Wanted) -> None:
        self.document = document
        self.wanted = wanted
        self.hits = index.find(document.text)
        self.uses = [
            _Use(hit, hit.named[0]) for hit in self.hits if len({one.concept.id for one in hit.named}) == 1
        ]
        self._lines = [0, *(found.end() for found in re.finditer("\n", document.text))]

    def finding(self, use: _Use, fault: TermFault, suggestion: str, **values: object) -> TermFinding:
        """Return a finding with its message."""
        hit, concept, term = use.hit, use.named.concept, use.named.term
        text = self.document.text[hit.start : hit.end]
        row = bisect_right(self._lines, hit.start)
        label = label_of(concept, self.wanted.language)
        name = "deprecated_alone" if fault is TermFault.DEPRECATED and not suggestion else fault.value
        fill = {"text": text, "concept": label, "suggestion": suggestion, **values}
        return TermFinding(
            doc=self.document.slug,
            start=hit.start,
            end=hit.end,
            line=row,
            column=hit.start - self._lines[row - 1] + 1,
            text=text,
            fault=fault,
            severity=severity_of(fault),
            concept=concept.id,
            language=term.language,
            suggestion=suggestion,
            message=messages(self.wanted.language)[name].format(**fill),
        )


def lint_text(document: Document, index: TermIndex, wanted: Wanted) -> tuple[TermFinding, ...]:
    """Return what should be looked at in a text, in its order.

    Args:
        document: the text.
        index: of the termbase.
        wanted: whose words it shall use, and in which language messages are.
    """
    text = _Text(document, index, wanted)
    found = [*_deprecated(text), *_other_side(text), *_inconsistent(text), *_contested(text)]
    return tuple(sorted(found, key=lambda one: (one.start, one.fault)))


def _deprecated(text: _Text) -> Iterator[TermFinding]:
    """Yield terms that are not to be used, whatever concept they stand for."""
    for hit in text.hits:
        own = [one for one in hit.named if one.term.party in {"", text.wanted.party}]
        if own and all(one.term.use is TermUse.DEPRECATED for one in own):
            best = own[0].concept.best(own[0].term.language, text.wanted.party)
            yield text.finding(_Use(hit, own[0]), TermFault.DEPRECATED, best.text if best else "")


def _other_side(text: _Text) -> Iterator[TermFinding]:
    """Yield words of another party where the party that is asked for has its own."""
    party = text.wanted.party
    for use in text.uses if party else ():
        term, concept = use.named.term, use.named.concept
        others = {one.term.party for one in use.hit.named}
        if not others or "" in others or party in others or term.use is TermUse.DEPRECATED:
            continue
        best = concept.best(term.language, party)
        if best and best.party in {"", party} and best.text != term.text:
            named = {"party": text.wanted.name(term.party), "side": text.wanted.name(party)}
            yield text.finding(use, TermFault.OTHER_SIDE, best.text, **named)


def _inconsistent(text: _Text) -> Iterator[TermFinding]:
    """Yield terms of a concept that the text mostly calls otherwise; a short form beside its full form is none."""
    groups: dict[tuple[str, Language], list[_Use]] = {}
    for use in text.uses:
        term = use.named.term
        if term.use is not TermUse.DEPRECATED and term.type not in SHORT_FORMS:
            groups.setdefault((use.named.concept.id, term.language), []).append(use)
    for uses in groups.values():
        main = main_term([use.named for use in uses], text.wanted.party)
        for use in uses:
            if use.named.term != main:
                yield text.finding(use, TermFault.INCONSISTENT, main.text)


def main_term(used: Sequence[Named], party: str) -> Term:
    """Return what a text mostly calls a concept; among equals the term to use, then the first."""
    counts = Counter(one.term for one in used)
    best = used[0].concept.best(used[0].term.language, party)
    most = max(counts.values())
    if best and best in counts and (counts[best] == most or best.use is TermUse.PREFERRED):
        return best
    return next(one.term for one in used if counts[one.term] == most)


def _contested(text: _Text) -> Iterator[TermFinding]:
    """Yield the first use of each contested concept, unless one of its uses has a note."""
    uses: dict[str, list[_Use]] = {}
    for use in text.uses:
        if use.named.concept.status is ConceptStatus.CONTESTED:
            uses.setdefault(use.named.concept.id, []).append(use)
    for found in uses.values():
        if not any(has_note(text.document.text, use.hit) for use in found):
            concept = found[0].named.concept
            sides = ", ".join(map(text.wanted.name, concept.contested)) or "?"
            yield text.finding(found[0], TermFault.CONTESTED, "", party=sides, count=len(found))


def has_note(text: str, hit: TermHit) -> bool:
    """Return whether a term stands in quotation marks or has a bracket or note mark behind it."""
    pack = load_pack(PACK)
    before, after = text[max(0, hit.start - 1) : hit.start], text[hit.end : hit.end + 1]
    quoted = bool(before and after and before in pack["quoted"] and after in pack["quoted"])
    return quoted or note_pattern().match(text, hit.end) is not None


def lint_pair(alignment: Alignment, index: TermIndex, wanted: Wanted) -> tuple[TermFinding, ...]:
    """Return the English terms whose concept the Chinese side of their link does not name.

    Args:
        alignment: of two versions; links below `SURE` are not held against anybody.
        index: of the termbase; concepts without a Chinese term ask for nothing.
        wanted: whose words the Chinese version shall use.
    """
    english = _Text(alignment.english, index, wanted)
    chinese = named_in(index.find(alignment.chinese.text))
    found = []
    for link in alignment.links:
        if not link.en or not link.zh or link.confidence < SURE:
            continue
        there = {concept for span in link.zh for start, concept in chinese if span[0] <= start < span[1]}
        for use in uses_in(english.uses, link.en):
            best = use.named.concept.best(Language.ZH, wanted.party)
            if use.named.term.language is Language.EN and best and use.named.concept.id not in there:
                one = english.finding(use, TermFault.NOT_RENDERED, best.text)
                found.append(_beside(one, (link.zh[0][0], link.zh[-1][1]), alignment.chinese.slug))
    return tuple(found)


def named_in(hits: Sequence[TermHit]) -> list[tuple[int, str]]:
    """Return where concepts are named in Chinese, whichever of several concepts a term stands for."""
    return [(hit.start, one.concept.id) for hit in hits for one in hit.named if one.term.language is Language.ZH]


def uses_in(uses: Sequence[_Use], spans: Sequence[Span]) -> Iterator[_Use]:
    """Yield the first use of each concept in the sentences of a link."""
    seen = set()
    for use in uses:
        inside = any(start <= use.hit.start < end for start, end in spans)
        if inside and use.named.concept.id not in seen:
            seen.add(use.named.concept.id)
            yield use


def _beside(finding: TermFinding, other: Span, doc: str) -> TermFinding:
    return replace(finding, other=other, other_doc=doc)


def label_of(concept: Concept, language: Language) -> str:
    """Return what a concept is called in a message: its term in the language of the message, else any."""
    best = concept.best(language) or concept.terms[0]
    return best.text


def severity_of(fault: TermFault) -> Severity:
    """Return how much a fault matters."""
    return Severity(load_pack(PACK)["severities"][fault.value])


def messages(language: Language) -> Mapping[str, str]:
    """Return the sentences of the pack in a language."""
    found: Mapping[str, str] = load_pack(PACK)["messages"][language.value]
    return found


def both_share() -> float:
    """Return the share of a text in each language from which it may hold both versions."""
    return float(load_pack(PACK)["both_share"])


@cache
def note_pattern() -> re.Pattern[str]:
    """Return what follows a term that has a note."""
    pack: Mapping[str, Any] = load_pack(PACK)
    return re.compile(pack["noted"])
