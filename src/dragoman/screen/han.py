"""Names in Han characters: one script, no legal form, cut into known words and what stands between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import Levenshtein

from dragoman.lexicon import load_pack, pack_paths
from dragoman.lexicon.script import simplified
from dragoman.screen.align import Aligned, Pair, scored
from dragoman.screen.spelling import HAN, clean, words
from dragoman.screen.vocabulary import FOLDER

_SIGNS = r"\s·•・‧．.,，、。()（）《》“”\"'‘’\-－—_/&＆:：;；!！?？"
_BREAK = re.compile(rf"[{_SIGNS}]+")
ACTORS = "actors"
GENERIC, INDUSTRY, PLACE, NAME, UNKNOWN = 0.3, 0.45, 0.3, 0.8, 1.0
"""Weight of a character of a generic word, an industry, a place, a known name, and of anything else."""
GROUPS = {
    "generic": GENERIC,
    "institution": INDUSTRY,
    "industry": INDUSTRY,
    "places": PLACE,
    "given": NAME,
    "names": NAME,
}
PLACE_ENDS = ("市", "省")
ADDED, LEFT_OUT = 0.8, 0.6
"""What a character costs that only the query, only the listed name has, as a share of its weight."""
FORM = 0.12
"""Weight of a character of the legal form."""
SHORT, SHORT_ERROR, LONG_ERROR = 2, 2.0, 0.9
"""Characters of a short piece, and what a false character costs in a short and in a long one, as a share of its
weight: two firms of one town and trade often differ in one character of two."""

Renderings = tuple[tuple[str, ...], ...]
"""Ways to say a piece of a Chinese name in English, each as words."""


@dataclass(frozen=True, slots=True, eq=False)
class HanVocabulary:
    """What is known of the words of Chinese names; two are the same only where they are one object.

    Attributes:
        forms: legal forms, the longest first.
        renderings: words with their English renderings.
        weights: weight of a character of each word.
        longest: characters of the longest word.
    """

    forms: tuple[str, ...]
    renderings: Mapping[str, Renderings]
    weights: Mapping[str, float]
    longest: int


@cache
def han_vocabulary() -> HanVocabulary:
    """Return the vocabulary of the data packs and of the register of actors. Raises DataPackError."""
    forms = load_pack(f"{FOLDER}/legal_forms.yaml")
    pack = load_pack(f"{FOLDER}/zh_en.yaml")
    renderings = dict(_actors())
    weights = dict.fromkeys(renderings, NAME)
    for group, weight in GROUPS.items():
        for word, given in pack[group].items():
            plain = simplified(str(word))
            ways = tuple(tuple(str(rendering).split()) for rendering in given)
            for form in (plain, *((plain + end for end in PLACE_ENDS) if group == "places" else ())):
                renderings[form] = ways or ((_joined_pinyin(plain),),)
                weights[form] = weight
    return HanVocabulary(
        forms=tuple(sorted(forms["han"], key=len, reverse=True)),
        renderings=renderings,
        weights=weights,
        longest=max(map(len, renderings)),
    )


def _joined_pinyin(text: str) -> str:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - its tables take a while to load

    return "".join(lazy_pinyin(text))


def _actors() -> Iterator[tuple[str, Renderings]]:
    """Yield the Chinese names of the register's actors with their English ones."""
    for path in pack_paths(ACTORS):
        pack = load_pack(path)
        for actor in pack.get("actors", ()):
            english = [actor["name"], *actor.get("en", ())]
            given = tuple(dict.fromkeys(words(str(name).lstrip("=")) for name in english))
            for name in actor.get("zh", ()):
                yield _BREAK.sub("", simplified(str(name).lstrip("="))), given


@dataclass(frozen=True, slots=True, eq=False)
class HanName:
    """A Chinese name taken apart; made once, and itself its only equal.

    Attributes:
        core: its characters without legal form and signs, simplified.
        form: its legal form, "" without one.
        parts: the stretches of the core between signs and points.
        weights: what each character of core and form tells.
        errors: what another character in its place costs.
    """

    core: str
    form: str
    parts: tuple[str, ...]
    weights: tuple[float, ...]
    errors: tuple[float, ...]


@lru_cache(maxsize=65536)
def analyse_han(name: str, known: HanVocabulary) -> HanName:
    """Return a Chinese name in simplified characters, its legal form apart."""
    parts = [part for part in _BREAK.split(simplified(clean(name)).lower()) if part]
    core = "".join(parts)
    form = next((form for form in known.forms if core.endswith(form) and len(core) > len(form)), "")
    if form:
        core = core[: -len(form)]
        parts = _cut(parts, len(core))
    weights: list[float] = []
    errors: list[float] = []
    for piece in (piece for part in parts for piece in pieces(part, known)):
        weight = known.weights.get(piece, UNKNOWN)
        weights += [weight] * len(piece)
        errors += [weight * (SHORT_ERROR if len(piece) <= SHORT else LONG_ERROR)] * len(piece)
    weights += [FORM] * len(form)
    errors += [FORM] * len(form)
    return HanName(core, form, tuple(parts), tuple(weights), tuple(errors))


def _cut(parts: list[str], size: int) -> list[str]:
    """Return the first characters of a name in parts."""
    kept = []
    for part in parts:
        if size <= 0:
            break
        kept.append(part[:size])
        size -= len(part)
    return kept


def pieces(core: str, known: HanVocabulary) -> Iterator[str]:
    """Yield the words of a Chinese name: the longest known ones, and what stands between them."""
    start = at = 0
    while at < len(core):
        size = next(
            (n for n in range(min(known.longest, len(core) - at), 1, -1) if core[at : at + n] in known.renderings),
            0,
        )
        if size:
            if start < at:
                yield core[start:at]
            yield core[at : at + size]
            at += size
            start = at
        else:
            at += 1
    if start < len(core):
        yield core[start:]


def is_name_of_han(name: str, known: HanVocabulary) -> bool:
    """Return whether a name is to be compared by its Han characters: it has some beside its legal form."""
    return HAN.search(name) is not None and HAN.search(analyse_han(name, known).core) is not None


def compare_han(query: HanName, listed: HanName) -> Aligned:
    """Return how well the characters of two Chinese names account for one another, as `align` does for words."""
    pairs: list[Pair] = []
    added: list[tuple[str, float]] = []
    left_out: list[tuple[str, float]] = []
    one, other = query.core + query.form, listed.core + listed.form
    for edit in Levenshtein.opcodes(one, other):
        step, start, end, first, last = edit.tag, edit.src_start, edit.src_end, edit.dest_start, edit.dest_end
        mine, theirs = one[start:end], other[first:last]
        if step == "equal":
            pairs.append(Pair(mine, theirs, "same", sum(listed.weights[first:last]), 1.0))
        elif step == "replace":
            cost = min(sum(query.errors[start:end]), sum(listed.errors[first:last])) / 2
            added.append((mine, cost))
            left_out.append((theirs, cost))
        elif step == "insert":
            left_out.append((theirs, LEFT_OUT * sum(listed.weights[first:last])))
        else:
            added.append((mine, ADDED * sum(query.weights[start:end])))
    return scored(pairs, added, left_out, None)
