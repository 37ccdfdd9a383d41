"""Why a provision may carry a tag: where the tag's terms stand, in the clause and around it.

Every place is a feature; the weights (data/weights/) say how much each counts. The same features serve the
trainer and the extractor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dragoman.extract.candidate import Candidate
from dragoman.extract.topics import Recent, Topics
from dragoman.extract.view import View
from dragoman.extract.weights import WORD
from dragoman.lexicon import Hit
from dragoman.lexicon.tags import WEAK
from dragoman.model import Language


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for one tag of one provision.

    Attributes:
        features: names of the places its terms stand in.
        tagged: names that count together with the tag: its places and terms, what else the act names, its words.
        hit: the term in the sentence or stem that says it most plainly, None where only the surroundings do.
        term: its spelling in the lexicon, or the name of the place.
    """

    features: tuple[str, ...]
    tagged: tuple[str, ...]
    hit: Hit | None
    term: str


@dataclass(slots=True)
class Traces:
    """What was found of one tag while looking: plain and tagged names, and the most telling term."""

    names: list[str]
    tagged: list[str]
    rank: int = 99
    hit: Hit | None = None
    term: str = ""


def evidence_of(
    view: View,
    candidate: Candidate,
    topics: Topics,
    recent: Recent,
    group: str,
    words: frozenset[str] | None = None,
) -> dict[str, Evidence]:
    """Return the evidence for each tag of a group that has any.

    `group` is "technology" or "instrument"; `words` are the word features that have a weight, None (the trainer)
    keeps them all.
    """
    found = terms_in(view, candidate, group)
    own = {tag for tag, traces in found.items() if not OWN.isdisjoint(traces.names)}
    for tag, names in around(view, topics, recent, group).items():
        if tag in found:
            found[tag].names.extend(names)
        elif not TELLING.isdisjoint(names):
            found[tag] = Traces(names, [], term=names[0])
    company = (
        *companions(view, candidate, own, group),
        *core_words(view, candidate, words),
        candidate.kind.value,
        topics.voice,
    )
    state = "rivals" if own else "silent"
    return {tag: summed(traces, company, "" if tag in own else state) for tag, traces in found.items()}


def summed(traces: Traces, company: tuple[str, ...], state: str) -> Evidence:
    """Return the evidence of one tag: its traces, with the state of the act where the act does not name it."""
    names = tuple(dict.fromkeys(traces.names))
    alone = tuple(f"{state}:{name}" for name in names) if state else ()
    return Evidence(names + alone, (*dict.fromkeys(traces.tagged), *company, BASE), traces.hit, traces.term)


BASE = "base"
"""Counts for each tag as such."""


def terms_in(view: View, candidate: Candidate, group: str) -> dict[str, Traces]:
    """Return what the terms in the sentence and its stem say, by tag."""
    found: dict[str, Traces] = {}
    weak = group + WEAK
    for hit, place in placed(view, candidate):
        for phrase in hit.phrases:
            if phrase.group not in (group, weak):
                continue
            faint = phrase.group == weak
            here = f"{place}-weak" if faint else f"{place}-strong"
            traces = found.get(phrase.key)
            if traces is None:
                traces = found[phrase.key] = Traces([], [])
            traces.names.append(here)
            traces.tagged += (here, f"{phrase.text}|{near(place)}")
            rank = RANKS[place] + faint * len(RANKS)
            if rank < traces.rank:
                traces.rank, traces.hit, traces.term = rank, hit, phrase.text
    return found


def core_words(view: View, candidate: Candidate, known: frozenset[str] | None) -> tuple[str, ...]:
    """Return the words of the act's core: English words, or pairs of Chinese characters; only known ones."""
    start, (_, end) = candidate.trigger, candidate.clause
    if view.sentence.language is Language.EN:
        words = WORDS.findall(view.folded, start[0], min(end, start[1] + CORE_EN))
    else:
        core = view.folded[start[0] : min(end, start[1] + CORE_ZH)]
        words = [core[i : i + 2] for i in range(len(core) - 1) if is_han(core[i]) and is_han(core[i + 1])]
    named = dict.fromkeys([WORD + word for word in words])
    return tuple(named) if known is None else tuple([word for word in named if word in known])


def is_han(character: str) -> bool:
    """Return whether a character is a Han character."""
    return "\u4e00" <= character <= "\u9fff"


def companions(view: View, candidate: Candidate, own: set[str], group: str) -> list[str]:
    """Return what else the act names: tags of its own group, and those of the other one."""
    start, end = candidate.clause
    others = {
        phrase.key
        for hit in view.terms
        if start <= hit.start < end
        for phrase in hit.phrases
        if phrase.group != group and not phrase.group.endswith(WEAK)
    }
    return [f"with:{tag}" for tag in sorted(own | others)] or ["with:nothing"]


WORDS = re.compile(r"[a-z]{4,}")
CORE_EN, CORE_ZH = 200, 40
"""Characters behind the trigger that count as the act's core."""
OWN = frozenset({"aim-strong", "act-strong"})
TELLING = frozenset(
    {"section-strong", "above-strong", "lead-strong", "last-strong", "block-strong", "text-main", "part-main"}
)
RANKS = {"aim": 0, "act": 1, "before": 2, "stem": 3, "rest": 4}
"""Places of a term, the most telling first."""
AIM_LENGTH = 60
"""Characters from the trigger on that count as the act's core where the grammar gave no aim."""


def strength_of(found: str, group: str) -> str | None:
    """Return "strong" or "weak" for a phrase's group, None for another group."""
    if found == group:
        return "strong"
    return "weak" if found == group + WEAK else None


def near(place: str) -> str:
    """Return whether a place is in the act itself or around it."""
    return "in" if place in {"aim", "act"} else "by"


def placed(view: View, candidate: Candidate) -> Iterator[tuple[Hit, str]]:
    """Yield the terms of the sentence and its stem with the place each stands in."""
    start, end = candidate.clause
    aim_start, aim_end = candidate.aim or (candidate.trigger[1], candidate.trigger[1] + AIM_LENGTH)
    for hit in view.terms:
        if not start <= hit.start < end:
            yield hit, "rest"
        elif aim_start <= hit.start < aim_end:
            yield hit, "aim"
        elif hit.start >= min(candidate.trigger[0], aim_start):
            yield hit, "act"
        else:
            yield hit, "before"
    if view.stem is not None:
        for hit in view.stem.terms:
            yield hit, "stem"


def around(view: View, topics: Topics, recent: Recent, group: str) -> Mapping[str, list[str]]:
    """Return per tag the names of the places around the sentence that speak of it."""
    own, above = topics.sections.get(view.sentence.section, (frozenset(), frozenset()))
    names: dict[str, list[str]] = {}
    places = (
        ("section", own),
        ("above", above),
        ("lead", recent.lead),
        ("last", recent.last if recent.block else frozenset()),
        ("block", recent.block),
        ("title", topics.title),
    )
    for place, tags in places:
        for found, tag in sorted(tags):
            strength = strength_of(found, group)
            if strength:
                names.setdefault(tag, []).append(f"{place}-{strength}")
    for place, counts in (("text", topics.text), ("part", recent.section)):
        for tag, main in counts.topics(group):
            names.setdefault(tag, []).append(f"{place}-main" if main else f"{place}-some")
    return names
