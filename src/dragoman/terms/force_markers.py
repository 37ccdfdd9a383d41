"""Compares the words of force of a link: which meet, which meet another force, which have no counterpart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from dragoman.lexicon import load_pack
from dragoman.model import Language
from dragoman.model.force_difference import Direction, Gravity, Remark
from dragoman.terms.markers import PACK, ForceClass, Marker
from dragoman.terms.remarks import remark
from dragoman.terms.tokens import Token
from dragoman.terms.wordlinks import Pairing, Vector

NEAR = 0.3
"""How far apart two markers of different force may stand, in shares of the Chinese sentence, to meet."""
TOLD = 0.5
"""Likeness from which on a word of the other version is what a marker renders."""
TIE = 0.01
"""Weight of what the text pairs where the dictionary has two words for one."""
OTHER = 0.03
"""How much farther apart two markers count that are not of one class."""
LED = 0.2
"""How sure it must be which Chinese word the verb after an English marker is."""


@dataclass(frozen=True, slots=True)
class Side:
    """The markers of one version of a link.

    Attributes:
        markers: with offsets in the document.
        places: where each stands or its verb is, from 0 to 1, in the Chinese version.
        words: positions of the words of each.
    """

    markers: tuple[Marker, ...]
    places: tuple[float, ...]
    words: tuple[tuple[int, ...], ...]


@cache
def meetings() -> dict[tuple[str, str], str]:
    """Return how grave meetings of two classes are where the pack says so."""
    return {(row["en"], row["zh"]): row["severity"] for row in load_pack(PACK)["meetings"]}


def compare_markers(pair: Pairing, english: Sequence[Marker], chinese: Sequence[Marker]) -> Iterator[Remark]:
    """Yield what the words of force of a link differ in.

    Args:
        pair: the link word by word.
        english: its English markers, with offsets in the document.
        chinese: its Chinese ones.
    """
    sides = side_of(pair, english, Language.EN), side_of(pair, chinese, Language.ZH)
    families: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for number, side in enumerate(sides):
        for at, marker in enumerate(side.markers):
            families[marker.force.family][number].append(at)
    for first, second in families.values():
        yield from compare_family(pair, sides, first, second)


def compare_family(
    pair: Pairing, sides: tuple[Side, Side], first: list[int], second: list[int]
) -> Iterator[Remark]:
    """Yield what the markers of one family differ in."""
    english, chinese = sides
    roots = words_of(english, first, pair.english), words_of(chinese, second, pair.chinese)
    alike = pair.likeness + TIE * pair.shared
    told = (
        told_elsewhere(alike, english, roots[1], pair.english),
        told_elsewhere(alike.T, chinese, roots[0], pair.chinese),
    )
    for one, other in nearest(sides, first, second, told):
        forces = english.markers[one].force, chinese.markers[other].force
        doubtful = (one in told[0]) != (other in told[1])
        same = is_equal(*forces) or (is_also(*forces) and not doubtful)
        if one in first and other in second and same:
            first.remove(one)
            second.remove(other)
    free = [at for at in first if at not in told[0]], [at for at in second if at not in told[1]]
    for one, other in nearest(sides, *free, told):
        only = len(free[0]) == len(free[1]) == 1
        near = only or abs(english.places[one] - chinese.places[other]) <= NEAR
        if near and one in free[0] and other in free[1]:
            free[0].remove(one)
            free[1].remove(other)
            yield from meeting(english.markers[one], chinese.markers[other])
    yield from (
        one for at in free[0] if not once_more(at, chinese, english) for one in alone(english.markers[at], "lost")
    )
    yield from (
        one for at in free[1] if not once_more(at, english, chinese) for one in alone(chinese.markers[at], "added")
    )


def once_more(at: int, other: Side, side: Side) -> bool:
    """Return whether the other version has the force of a marker elsewhere: one "must" for two verbs is enough."""
    force = side.markers[at].force
    return any(is_equal(force, one.force) or is_also(force, one.force) for one in other.markers)


def words_of(side: Side, family: Sequence[int], tokens: Sequence[Token]) -> list[int]:
    """Return the positions of the words of some markers, and of the same words elsewhere."""
    own = {tokens[at].root for marker in family for at in side.words[marker] if tokens[at].content}
    inside = {at for marker in family for at in side.words[marker]}
    return [at for at, token in enumerate(tokens) if at in inside or token.root in own]


def told_elsewhere(likeness: Vector, side: Side, family: Sequence[int], tokens: Sequence[Token]) -> frozenset[int]:
    """Return the markers all of whose words render words of the other version that are no such markers.

    A word of the other version that something else renders as well tells nothing of a marker.

    Args:
        likeness: of the words, those of the side in rows.
        side: whose markers are asked about.
        family: positions of the words of the other version that are markers of the family.
        tokens: words of the side.
    """
    rest = np.delete(likeness, list(family), axis=1)
    taken: set[int] = set()
    for at, words in enumerate(side.words):
        same = {tokens[word].text for word in words}
        inside = [number for number, token in enumerate(tokens) if token.text in same]
        others = np.delete(rest, inside, axis=0).max(axis=0, initial=0.0)
        own = (rest[list(words)] >= TOLD) & (rest[list(words)] > others)
        if words and own.size and bool(own.any(axis=1).all()):
            taken.add(at)
    return frozenset(taken)


def nearest(
    sides: tuple[Side, Side], first: Sequence[int], second: Sequence[int], told: tuple[frozenset[int], ...]
) -> list[tuple[int, int]]:
    """Return the pairs of markers of both versions, those first that no other word tells, then the nearest."""
    places = sides[0].places, sides[1].places
    forces = [[marker.force for marker in side.markers] for side in sides]
    return sorted(
        ((one, other) for one in first for other in second),
        key=lambda pair: (
            (pair[0] in told[0]) + (pair[1] in told[1]),
            abs(places[0][pair[0]] - places[1][pair[1]])
            + OTHER * (not is_equal(forces[0][pair[0]], forces[1][pair[1]])),
        ),
    )


def is_equal(one: ForceClass, other: ForceClass) -> bool:
    """Return whether two markers are of one class."""
    return one is other


def is_also(one: ForceClass, other: ForceClass) -> bool:
    """Return whether two classes say the same."""
    return other.name in one.also or one.name in other.also


def meeting(english: Marker, chinese: Marker) -> Iterator[Remark]:
    """Yield what it means that an English marker stands as a Chinese one of another class."""
    one, other = english.force, chinese.force
    gravity = meetings().get((one.name, other.name), "major")
    if gravity == "none" or (one.family == "direction" and one.rank == other.rank):
        return
    values = {"en": english.text, "zh": chinese.text, "en_class": one.name, "zh_class": other.name}
    grave = one if one.kind != "force" else other
    yield remark("meeting", Gravity(gravity), grave.kind, values, direction_of(one, other))


def direction_of(english: ForceClass, chinese: ForceClass) -> Direction:
    """Return whether the Chinese binds more or less; nothing where the family has no order."""
    if english.family in load_pack(PACK)["unordered"] or english.rank == chinese.rank:
        return Direction.NONE
    return Direction.STRONGER if chinese.rank > english.rank else Direction.WEAKER


def alone(marker: Marker, how: str) -> Iterator[Remark]:
    """Yield what it means that a marker has no counterpart.

    Args:
        marker: the marker.
        how: "lost", an English one; "added", a Chinese one.
    """
    force = marker.force
    gravity = force.lost if how == "lost" else force.added
    if gravity != "none":
        side = "en" if how == "lost" else "zh"
        yield remark(how, Gravity(gravity), force.kind, {side: marker.text, f"{side}_class": force.name})


def side_of(pair: Pairing, markers: Sequence[Marker], language: Language) -> Side:
    """Return the markers of one version with where they stand and whether other words tell them."""
    tokens = pair.english if language is Language.EN else pair.chinese
    words = tuple(tuple(positions(tokens, marker)) for marker in markers)
    places = tuple(
        place_of(pair, one, language) if one else relative(tokens, marker)
        for one, marker in zip(words, markers, strict=True)
    )
    return Side(tuple(markers), places, words)


def positions(tokens: Sequence[Token], marker: Marker) -> list[int]:
    """Return the positions of the words of a marker."""
    return [at for at, token in enumerate(tokens) if token.start < marker.end and marker.start < token.end]


def relative(tokens: Sequence[Token], marker: Marker) -> float:
    """Return where a marker stands in its sentence, from 0 to 1."""
    first, last = tokens[0].start, tokens[-1].end
    return (marker.start - first) / max(1, last - first)


def place_of(pair: Pairing, inside: Sequence[int], language: Language) -> float:
    """Return where in the Chinese version a marker stands, an English one by the verb after it."""
    size = max(1, len(pair.chinese))
    if language is Language.ZH:
        return inside[0] / size
    after = [at for at in range(inside[-1] + 1, len(pair.english)) if pair.english[at].content][:2]
    for at in (*after, *inside):
        row = pair.shared[at]
        if row.size and float(row.max()) >= LED:
            return float(row.argmax()) / size
    return inside[0] / max(1, len(pair.english))
