"""Why a provision may carry a tag: where the tag's terms stand, in the clause and around it.

Every place is a feature; the weights (data/weights/) say how much each counts. The same features serve the
trainer and the extractor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dragoman.extract.candidate import Candidate
from dragoman.extract.topics import DOMINANT, PRESENT, Recent, Tag, Topics, shares
from dragoman.extract.view import View
from dragoman.lexicon import Hit
from dragoman.lexicon.tags import WEAK
from dragoman.model import Language


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for one tag of one provision.

    Attributes:
        features: names of the places and terms.
        hit: the term in the sentence or stem that says it most plainly, None where only the surroundings do.
        term: its spelling in the lexicon, or the name of the place.
    """

    features: tuple[str, ...]
    hit: Hit | None
    term: str


def evidence_of(
    view: View, candidate: Candidate, topics: Topics, recent: Recent, group: str
) -> dict[str, Evidence]:
    """Return the evidence for each tag of a group that has any."""
    found, hits = terms_in(view, candidate, group)
    own = {tag for tag, names in found.items() if not OWN.isdisjoint(names)}
    for tag, names in around(view, topics, recent, group).items():
        if tag in found or not TELLING.isdisjoint(names):
            found.setdefault(tag, []).extend(names)
    company = (*companions(view, candidate, own, group), *core_words(view, candidate))
    state = "rivals" if own else "silent"
    evidence = {}
    for tag, names in found.items():
        alone = () if tag in own else tuple(f"{state}:{name}" for name in names if "|" not in name)
        kinds = (f"tag:{tag}", f"tag:{tag}|{candidate.kind.value}")
        beside = tuple(f"{tag}|{name}" for name in company if name != f"with:{tag}")
        best = hits.get(tag)
        features = (*dict.fromkeys(names), *dict.fromkeys(alone), *beside, *kinds)
        evidence[tag] = Evidence(features, best[1] if best else None, best[2] if best else names[0])
    return evidence


def terms_in(
    view: View, candidate: Candidate, group: str
) -> tuple[dict[str, list[str]], dict[str, tuple[int, Hit, str]]]:
    """Return per tag the features of its terms in the sentence, and the term that says it most plainly."""
    found: dict[str, list[str]] = {}
    hits: dict[str, tuple[int, Hit, str]] = {}
    for hit, place in placed(view, candidate):
        for phrase in hit.phrases:
            strength = strength_of(phrase.group, group)
            if strength is None:
                continue
            tag, here = phrase.key, f"{place}-{strength}"
            found.setdefault(tag, []).extend((here, f"{tag}|{here}", f"{tag}|{phrase.text}|{near(place)}"))
            rank = RANKS[place] + (strength == "weak") * len(RANKS)
            if tag not in hits or rank < hits[tag][0]:
                hits[tag] = (rank, hit, phrase.text)
    return found, hits


def core_words(view: View, candidate: Candidate) -> tuple[str, ...]:
    """Return the words of the act's core: English words, or pairs of Chinese characters."""
    start, (_, end) = candidate.trigger, candidate.clause
    if view.sentence.language is Language.EN:
        words = WORDS.findall(view.folded, start[0], min(end, start[1] + CORE_EN))
    else:
        core = view.folded[start[0] : min(end, start[1] + CORE_ZH)]
        words = [core[i : i + 2] for i in range(len(core) - 1) if is_han(core[i]) and is_han(core[i + 1])]
    return tuple(dict.fromkeys(f"w:{word}" for word in words))


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
CORE_EN, CORE_ZH = 110, 40
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
    """Return per tag the features of what stands around the sentence."""
    own, above = topics.sections.get(view.sentence.section, (frozenset(), frozenset()))
    names: dict[str, list[str]] = {}
    for place, tags in (
        ("section", own),
        ("above", above),
        ("lead", recent.lead),
        ("last", recent.last if recent.block else frozenset()),
        ("block", recent.block),
        ("title", topics.title),
    ):
        for tag in sorted(tags):
            add(names, tag, place, group)
    for place, counts in (("text", recent.text), ("part", recent.section)):
        for tag, share in shares(counts).items():
            if tag[0] == group and share >= PRESENT:
                names.setdefault(tag[1], []).append(f"{place}-{'main' if share >= DOMINANT else 'some'}")
    return names


def add(names: dict[str, list[str]], tag: Tag, place: str, group: str) -> None:
    """Note a place for a tag of the group, strong or weak."""
    strength = strength_of(tag[0], group)
    if strength:
        names.setdefault(tag[1], []).append(f"{place}-{strength}")
