"""Compares who is named: other actors, one name or term rendered in several ways, lists numbered in two ways."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dragoman.lexicon import Lexicon
from dragoman.lexicon.actors import EXACT
from dragoman.lexicon.script import simplified
from dragoman.model.bilingual import Alignment, Link, Span
from dragoman.model.force_difference import Gravity, Remark
from dragoman.model.term_candidate import Rendering, TermCandidate
from dragoman.terms.pairing import bare
from dragoman.terms.remarks import remark
from dragoman.terms.wordlinks import SPACE

NAMED = frozenset({"state", "union", "agency", "office", "body", "group", "firm"})
"""Types of actors that one version cannot name for another."""
TITLED = frozenset({"agency", "office", "body"})
"""Types of actors whose name a text renders in one way."""
LEAST_SCORE, LEAST_PAIR = 0.8, 0.7
"""How likely a term, and how sure its renderings, before inconsistency is told."""
SMALL = str.maketrans("", "", "的性之")
"""Characters that a rendering may have or not."""
WITHIN = re.compile("[-—–]?(?:太平洋|洋)")
"""What follows a name that is only the beginning of another."""
COMPOUND = re.compile("方[法式面向案针]$")
"""How a name ends that is no name: 新方 in 新方法."""
LATIN = re.compile(r"[A-Za-z]")
ROMAN = re.compile(r"[ivx]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Name:
    """An actor named in a sentence.

    Attributes:
        actors: whom the words may mean.
        text: as written.
    """

    actors: frozenset[str]
    text: str


def names_of(spans: Sequence[Span], text: str, lexicon: Lexicon) -> list[Name]:
    """Return the actors that some sentences name."""
    found = []
    for start, end in spans:
        words = simplified(SPACE.sub(" ", text[start:end]))
        for hit in lexicon.names.find(words):
            actors = frozenset(one.key for one in hit.phrases if lexicon.actors.type_of(one.key) in NAMED)
            if actors and not WITHIN.match(words, hit.end) and not COMPOUND.search(words[hit.start : hit.end + 1]):
                found.append(Name(actors, text[start + hit.start : start + hit.end]))
    return found


def compare_names(alignment: Alignment, link: Link, lexicon: Lexicon) -> Iterator[Remark]:
    """Yield actors whose place another of the same type takes, and states that only one version names."""
    english = names_of(link.en, alignment.english.text, lexicon)
    chinese = names_of(link.zh, alignment.chinese.text, lexicon)
    texts = alignment.words(link)
    lost = [one for one in english if not is_named(one, chinese, texts[1], lexicon)]
    added = [one for one in chinese if not is_named(one, english, texts[0], lexicon)]
    lost, added = (
        lost or fewer(english, chinese, added, lexicon),
        added or fewer(chinese, english, lost, lexicon),
    )
    for one in lost:
        kinds = {lexicon.actors.type_of(actor) for actor in one.actors}
        other = next(
            (name for name in added if kinds & {lexicon.actors.type_of(actor) for actor in name.actors}), None
        )
        if other is not None:
            added.remove(other)
            yield remark("name", Gravity.MAJOR, "actor", {"en": one.text, "zh": other.text})
        elif is_state(one, lexicon):
            yield remark("name-lost", Gravity.MAJOR, "actor", {"en": one.text})
    for one in added:
        if is_state(one, lexicon):
            yield remark("name-added", Gravity.MAJOR, "actor", {"zh": one.text})


def fewer(names: Sequence[Name], others: Sequence[Name], odd: Sequence[Name], lexicon: Lexicon) -> list[Name]:
    """Return names that one version has more often, where the other names somebody whom it has not at all."""
    counts = Counter(one.actors for one in names)
    often = {one: sum(bool(one & other.actors) for other in others) for one in counts}
    text = " ".join(one.text for one in odd)
    more = [one for one in names if odd and counts[one.actors] > often[one.actors]]
    return [one for one in more if not is_named(one, (), text, lexicon)][: len(odd)]


def is_state(name: Name, lexicon: Lexicon) -> bool:
    """Return whether words name a state and nothing else."""
    return all(lexicon.actors.type_of(actor) == "state" for actor in name.actors)


def is_named(name: Name, others: Sequence[Name], text: str, lexicon: Lexicon) -> bool:
    """Return whether the other version names an actor, if only within a longer name."""
    if any(name.actors & other.actors for other in others):
        return True
    known = (lexicon.actors.actors[actor] for actor in name.actors)
    aliases = {
        alias for one in known for alias in (one.name, one.short, *one.en, *one.zh, *one.adjectives) if alias
    }
    return any(alias.removeprefix(EXACT) in text for alias in aliases)


def inconsistent_names(alignment: Alignment, lexicon: Lexicon) -> Iterator[tuple[int, Remark]]:
    """Yield the links in which an actor has a Chinese name that it mostly has not, and what is said of it."""
    used: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for number, link in enumerate(alignment.links):
        english = names_of(link.en, alignment.english.text, lexicon)
        chinese = names_of(link.zh, alignment.chinese.text, lexicon)
        for one in english:
            for other in chinese:
                for actor in one.actors & other.actors:
                    if lexicon.actors.type_of(actor) in TITLED and not LATIN.search(other.text):
                        used[actor].append((number, one.text, other.text))
    for rows in used.values():
        yield from odd_ones(rows)


def odd_ones(rows: Sequence[tuple[int, str, str]]) -> Iterator[tuple[int, Remark]]:
    """Yield the rows of link, English and Chinese whose Chinese is not the usual one of all rows."""
    counts = Counter(chinese for _, _, chinese in rows)
    usual = counts.most_common(1)[0][0]
    for number, english, chinese in dict.fromkeys(rows):
        if not one_in_other(chinese, usual):
            values = {"en": SPACE.sub(" ", english), "zh": chinese, "usual": usual}
            yield number, remark("consistency", Gravity.MINOR, "consistency", values)


def one_in_other(one: str, other: str) -> bool:
    """Return whether two renderings are one with more or fewer words."""
    first, second = one.translate(SMALL), other.translate(SMALL)
    return first in second or second in first


def inconsistent_terms(candidates: Iterable[TermCandidate]) -> Iterator[tuple[int, Remark]]:
    """Yield the links in which a term of several words has a rendering that it mostly has not."""
    for candidate in candidates:
        words = candidate.en.lower().split()
        if candidate.score < LEAST_SCORE or candidate.pair < LEAST_PAIR or len(words) == 1 or "and" in words:
            continue
        usual = max(candidate.renderings, key=lambda one: one.count)
        for other in candidate.renderings:
            latin = LATIN.search(other.text + usual.text)
            if other is not usual and not latin and not one_in_other(bare(other.text), bare(usual.text)):
                yield from told(candidate.en, other, usual.text)


def told(english: str, rendering: Rendering, usual: str) -> Iterator[tuple[int, Remark]]:
    """Yield what is said of a rendering in each link where it stands."""
    for number in dict.fromkeys(context.link for context in rendering.contexts):
        values = {"en": english, "zh": rendering.text, "usual": usual}
        yield number, remark("consistency", Gravity.MINOR, "consistency", values)


def mixed_numbering(alignment: Alignment) -> Iterator[tuple[int, Remark]]:
    """Yield the links of a list whose Chinese items are numbered in another way than its first one."""
    first = ""
    for number, link in enumerate(alignment.links):
        english, chinese = marker_of(alignment, link)
        if not english or not chinese or not ROMAN.fullmatch(english):
            continue
        style = style_of(chinese)
        first = style if english.lower() == "i" or not first else first
        if style != first:
            yield number, remark("numbering", Gravity.MINOR, "numbering", {"en": english, "zh": chinese})


def marker_of(alignment: Alignment, link: Link) -> tuple[str, str]:
    """Return the numbers of the list items with which the two sides of a link begin, "" where there are none."""
    sides = (alignment.english, link.en), (alignment.chinese, link.zh)
    found = []
    for document, spans in sides:
        sentence = next((one for one in document.sentences if spans and one.start == spans[0][0]), None)
        marker = document.blocks[sentence.block].marker if sentence is not None and sentence.first else ""
        found.append(marker.strip("()（）.、 "))
    return found[0], found[1]


def style_of(marker: str) -> str:
    """Return how a list item is numbered: "latin", "digit" or "han"."""
    return "digit" if marker.isdigit() else "latin" if marker.isascii() else "han"
