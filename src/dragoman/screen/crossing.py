"""A Chinese name against a Latin one: word for word by a lexicon, by pinyin, by the sound of foreign names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from rapidfuzz.distance import Indel

from dragoman.screen.align import ALONE, CONTRADICTED, NOT_ALIKE, Aligned, Pair, Weigh, scored
from dragoman.screen.han import NAME, PLACE, UNKNOWN, HanName, HanVocabulary, Renderings, pieces
from dragoman.screen.sounds import (
    Sounds,
    SoundTable,
    as_in_taiwan,
    said_in_chinese,
    said_in_english,
    sound_alike,
    syllables,
)
from dragoman.screen.spelling import HAN
from dragoman.screen.vocabulary import Vocabulary

TRANSLATED, SPELLED, SOUNDED = 0.97, 0.95, 0.9
"""What a translation, a transcription and a likeness by sound are worth at best."""
PINYIN_LEAST, SOUND_LEAST = 0.84, 0.7
"""Likeness of a transcription and of a sound under which they say nothing."""
SLACK = 4
"""One letter in so many may be missing in a transcription."""
MOST_WORDS = 4
"""English words that one piece of a Chinese name may stand for."""
FEWEST_SOUNDS = 2
"""Consonants of a foreign name that must be heard."""
SOFT = frozenset("hwyj")
"""Consonants that may be missing at the start of a name."""
FOREIGN = 0.75
"""Share of the characters of a foreign name that are of those that write them."""
SHORT_PIECE, SHORT_LEAST = 2, 0.9
"""Characters of a piece, and the likeness by sound that so short a one must have."""
VOWELS_SHARE, SPELLED_ALIKE = 0.35, 0.65
"""Share of a likeness by sound that hangs on the spelling, vowels included; the likeness at which it is full."""
ADDED, LEFT_OUT = 0.7, 0.55
"""What a piece of the Chinese name, a word of the Latin one without a partner cost, as a share of their weight."""


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A piece of a Chinese name, ready to be compared with English words; made once, and itself its only equal.

    Attributes:
        text: its characters.
        weight: what it tells.
        renderings: its English renderings, the longest first.
        spelled: its transcriptions, syllables joined.
        sounds: the consonants it may stand for; empty for known words.
    """

    text: str
    weight: float
    renderings: Renderings
    spelled: tuple[str, ...]
    sounds: Sounds


@dataclass(frozen=True, slots=True, eq=False)
class Lexicons:
    """What is needed to compare names across scripts."""

    han: HanVocabulary
    latin: Vocabulary
    sounds: SoundTable


@lru_cache(maxsize=65536)
def read_pieces(name: HanName, known: Lexicons) -> tuple[Piece, ...]:
    """Return a Chinese name in pieces: known words, and what stands between them."""
    local = _is_local(name, known)
    return tuple(_piece(text, known, local=local) for part in name.parts for text in pieces(part, known.han))


def _foreign(text: str, known: Lexicons) -> bool:
    """Return whether a piece may be a foreign name: most of its characters are of those that write them."""
    return len(text) > 1 and sum(1 for one in text if one in known.sounds.characters) >= FOREIGN * len(text)


def _is_local(name: HanName, known: Lexicons) -> bool:
    """Return whether a name begins with a place in China; such firms have Chinese names."""
    first = next(pieces(name.parts[0], known.han), "") if name.parts else ""
    return known.han.weights.get(first) == PLACE


@lru_cache(maxsize=65536)
def read_foreign(name: HanName, known: Lexicons) -> tuple[Piece, ...]:
    """Return a Chinese name in pieces with known names taken for syllables: 阿尔法罗米欧 is one."""
    if _is_local(name, known):
        return read_pieces(name, known)
    found: list[str] = []
    for part in name.parts:
        open_end = False
        for text in pieces(part, known.han):
            proper = known.han.weights.get(text, UNKNOWN) >= NAME
            if proper and open_end:
                found[-1] += text
            else:
                found.append(text)
            open_end = proper
    return tuple(_piece(text, known, local=False) for text in found)


@lru_cache(maxsize=65536)
def _piece(text: str, known: Lexicons, *, local: bool) -> Piece:
    """Return a piece of a name; that of a local firm renders no foreign sounds."""
    if HAN.search(text) is None:
        return Piece(text, UNKNOWN, ((text,),), (), ())
    renderings = tuple(sorted(known.han.renderings.get(text, ()), key=len, reverse=True))
    told = known.han.weights.get(text, UNKNOWN)
    weight = told * min(len(text), 3) / 2
    read = syllables(text)
    taiwan = "".join(as_in_taiwan(syllable, known.sounds) for syllable in read)
    spelled = tuple(dict.fromkeys(("".join(read), taiwan)))
    return Piece(
        text,
        weight,
        renderings,
        spelled,
        said_in_chinese(read, known.sounds) if not local and told >= NAME and _foreign(text, known) else (),
    )


@lru_cache(maxsize=65536)
def read_person(name: HanName, known: Lexicons) -> tuple[Piece, ...]:
    """Return the name of a person in pieces: family name and given name; a foreign name by its points."""
    if len(name.parts) > 1 or not 2 <= len(name.core) <= MOST_WORDS:  # noqa: PLR2004 - characters of a name
        return tuple(_piece(part, known, local=False) for part in name.parts)
    cut = 1 if len(name.core) < MOST_WORDS else 2
    return tuple(_personal(part, known) for part in (name.core[:cut], name.core[cut:]))


@lru_cache(maxsize=65536)
def _personal(text: str, known: Lexicons) -> Piece:
    ways: list[str] = [""]
    for character, syllable in zip(text, syllables(text), strict=False):
        read = (syllable, as_in_taiwan(syllable, known.sounds), *known.sounds.readings.get(character, ()))
        ways = [way + more for way in ways for more in dict.fromkeys(read)]
    return Piece(text, UNKNOWN, (), tuple(dict.fromkeys(ways)), ())


class Run(NamedTuple):
    """Some words of a Latin name that follow one another.

    Attributes:
        mask: a bit for each of the words.
        start, end: places of the first one and after the last one.
        joined: the words written as one.
        said: the consonants that they say.
    """

    mask: int
    start: int
    end: int
    joined: str
    said: tuple[str, ...]


class _Latin:
    """The words of a Latin name, ready to be compared with Chinese pieces.

    Args:
        words: in order.
        known: what the languages have in common.
    """

    __slots__ = ("_known", "_runs", "initials", "places", "words")

    def __init__(self, words: tuple[str, ...], known: Lexicons) -> None:
        self.words = words
        self._known = known
        self.places: dict[str, int] = {}
        """Of a word, in the singular, the plural, in short and in full, a bit for each place."""
        for spot, word in enumerate(words):
            for same in _same_as(word, known.latin):
                self.places[same] = self.places.get(same, 0) | 1 << spot
        self.initials = tuple(dict.fromkeys([word[0] for word in words]))
        """First letters of the words."""
        self._runs: dict[str, list[Run]] = {}

    def runs(self, initial: str) -> Sequence[Run]:
        """Return the runs of up to `MOST_WORDS` words that begin with a letter; kept."""
        found = self._runs.get(initial)
        if found is None:
            starts = [start for start, word in enumerate(self.words) if word[0] == initial]
            found = self._runs[initial] = [run for start in starts for run in self._runs_at(start)]
        return found

    def _runs_at(self, start: int) -> Iterator[Run]:
        joined = ""
        said: tuple[str, ...] = ()
        for end in range(start, min(start + MOST_WORDS, len(self.words))):
            joined += self.words[end]
            said += said_in_english(self.words[end], self._known.sounds)
            yield Run((2 << end) - (1 << start), start, end + 1, joined, said)


@lru_cache(maxsize=65536)
def _latin(words: tuple[str, ...], known: Lexicons) -> _Latin:
    return _Latin(words, known)


def _same_as(word: str, known: Vocabulary) -> tuple[str, ...]:
    """Return a word in the singular, the plural, in short and in full."""
    same = (word, word + "s", word.removesuffix("s"))
    if word in known.short or word in known.shortened:
        return (*same, *known.short.get(word, ()), *known.shortened.get(word, ()))
    return same


class _Crossing:
    """Pairs the pieces of a Chinese name with the words of a Latin one."""

    __slots__ = ("free", "latin", "pairs", "weights", "words")

    def __init__(self, latin: _Latin, weights: Sequence[float]) -> None:
        self.latin = latin
        self.words = latin.words
        self.weights = weights
        self.free = (1 << len(latin.words)) - 1
        """A bit for each word without a partner."""
        self.pairs: list[Pair] = []

    def lone(self) -> list[int]:
        """Return the places of the words without a partner."""
        return [spot for spot in range(len(self.words)) if self.free >> spot & 1]

    def translated(self, piece: Piece) -> bool:
        """Pair a piece with a rendering of it, the longest that is there."""
        for rendering in piece.renderings:
            found = self._rendered(rendering)
            if found:
                self._take(piece, found, "translation", TRANSLATED)
                return True
        return False

    def _rendered(self, rendering: Sequence[str]) -> list[int]:
        found: list[int] = []
        free, places = self.free, self.latin.places
        for word in rendering:
            there = places.get(word, 0) & free
            if not there:
                return []
            first = there & -there
            found.append(first.bit_length() - 1)
            free ^= first
        return found

    def spelled(self, piece: Piece) -> bool:
        """Pair a piece with words that transcribe it."""
        best: tuple[float, Run | None] = (0.0, None)
        for way in piece.spelled:
            slack = 0 if len(way) <= MOST_WORDS else len(way) // SLACK
            if way[:1] not in self.latin.initials:
                continue
            for run in self.latin.runs(way[:1]):
                joined = run.joined
                if abs(len(joined) - len(way)) > slack or run.mask & ~self.free or (not slack and joined != way):
                    continue
                value = Indel.normalized_similarity(way, joined, score_cutoff=PINYIN_LEAST)
                if value > best[0]:
                    best = value, run
        if best[1]:
            self._take(piece, range(best[1].start, best[1].end), "pinyin", SPELLED * best[0] ** 2)
        return best[1] is not None

    def sounded(self, piece: Piece) -> bool:
        """Pair a piece with the words that it renders by sound."""
        best: tuple[float, Run | None] = (0.0, None)
        if len(piece.sounds) < FEWEST_SOUNDS:
            return False
        least = SHORT_LEAST if len(piece.text) <= SHORT_PIECE else SOUND_LEAST
        for run in chain.from_iterable(map(self.latin.runs, self.latin.initials)):
            if not run.mask & ~self.free and _may_sound(piece.sounds, run.said):
                value = _sounds_as(piece, run, least)
                if value > best[0]:
                    best = value, run
        if best[0] < least or best[1] is None:
            return False
        self._take(piece, range(best[1].start, best[1].end), "sound", SOUNDED * best[0])
        return True

    def _take(self, piece: Piece, spots: Sequence[int], how: str, value: float) -> None:
        weight = piece.weight
        for spot in spots:
            self.free &= ~(1 << spot)
            weight += self.weights[spot]
        self.pairs.append(Pair(piece.text, " ".join([self.words[spot] for spot in spots]), how, weight / 2, value))


def _may_sound(heard: Sounds, said: Sequence[str]) -> bool:
    """Return whether two readings are worth comparing: of like length, and beginning alike or softly."""
    if len(said) < FEWEST_SOUNDS or not len(said) / 2 <= len(heard) <= 2 * len(said):
        return False
    first = said[0].lstrip("-")
    return first in heard[0] or first in SOFT or not SOFT.isdisjoint(heard[0])


def by_letters(letters: float) -> float:
    """Return what a likeness by sound is worth, 0 to 1, where the letters are so like."""
    return 1.0 - VOWELS_SHARE + VOWELS_SHARE * min(1.0, letters / SPELLED_ALIKE)


def _sounds_as(piece: Piece, run: Run, least: float) -> float:
    """Return how like a piece and some words sound, some of it by the letters, vowels included; else 0."""
    most = by_letters(Indel.normalized_similarity(piece.spelled[0], run.joined))
    return sound_alike(piece.sounds, run.said, least) * most if most >= least else 0.0


def cross(found: Sequence[Piece], words: Sequence[str], weigh: Weigh, known: Lexicons) -> Aligned:
    """Return how well the pieces of a Chinese name and the words of a Latin one account for one another.

    Translations are taken first, the longest pieces before the others, then transcriptions, then sounds. What has
    no partner weighs as in `align`. In the evidence the Chinese piece stands as the query.
    """
    return cross_best([found], words, weigh, known)


def cross_best(ways: Sequence[Sequence[Piece]], words: Sequence[str], weigh: Weigh, known: Lexicons) -> Aligned:
    """Return the same of the best of several ways to read a Chinese name; the first of equals."""
    latin = _latin(tuple(words), known)
    weights = list(map(weigh, words))
    best = NOT_ALIKE
    for way in ways:
        compared = _crossed(way, _Crossing(latin, weights))
        if compared.score > best.score:
            best = compared
    return best


def _crossed(found: Sequence[Piece], crossing: _Crossing) -> Aligned:
    left = sorted(found, key=_length) if len(found) > 1 else list(found)
    for step in (crossing.translated, crossing.spelled, crossing.sounded):
        if not crossing.free or not left:
            break
        left = [piece for piece in left if not crossing.free or not step(piece)]
    if not crossing.pairs:
        return NOT_ALIKE
    pairs = crossing.pairs
    if len(pairs) == 1 and pairs[0].how == "sound":
        pairs = [pairs[0]._replace(value=pairs[0].value - ALONE)]
    spots = crossing.lone()
    words, weights = crossing.words, crossing.weights
    lone = sum([piece.weight for piece in left])
    lone_words = sum([weights[spot] for spot in spots])
    both = min(lone, lone_words)
    rate = (CONTRADICTED * both / 2 + ADDED * (lone - both)) / (lone or 1.0)
    rate_words = (CONTRADICTED * both / 2 + LEFT_OUT * (lone_words - both)) / (lone_words or 1.0)
    return scored(
        pairs,
        [(piece.text, rate * piece.weight) for piece in left],
        [(words[spot], rate_words * weights[spot]) for spot in spots],
        None,
    )


def _length(piece: Piece) -> int:
    return -len(piece.text)
