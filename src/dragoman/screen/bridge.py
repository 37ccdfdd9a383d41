"""Candidates across scripts: Latin names for a Chinese query, Chinese names for a Latin one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Self

from rapidfuzz import process
from rapidfuzz.distance import Indel

from dragoman.screen.align import Weigh
from dragoman.screen.candidates import MOST_ALIKE, Candidates
from dragoman.screen.crossing import (
    MOST_WORDS,
    SPELLED,
    TRANSLATED,
    Lexicons,
    Piece,
    by_letters,
    read_foreign,
    read_person,
    read_pieces,
)
from dragoman.screen.han import HanName
from dragoman.screen.reach import Numbers, Reach, on_grid
from dragoman.screen.sounds import Sounds, coarse_chinese, coarse_codes, said_in_english
from dragoman.screen.sums import State

HEARD, SLIPPED, TWICE_SLIPPED, PART = 0.85, 0.65, 0.45, 0.6
"""What a word found by sound is worth when candidates are ranked: all consonants agree, one is
missing on one side, one on each side, the word is only part of a longer stretch."""
FEWEST, MOST = 2, 6
"""Consonants of a stretch of a foreign name that is looked up."""
FEWEST_OF_PART, LEAST_PART = 3, 0.5
"""Consonants that a part of a foreign name must have, and the least share of the name it must be."""
LONGEST_PERSON = 4
"""Characters of a Chinese personal name."""
LOOSE = 4
"""Consonants from which one of them may be missing."""
LONGEST_SYLLABLE = 6
"""Letters of the longest syllable of pinyin."""
WORTH_A_LOOK, WORTH_A_LOOK_BACK = 0.42, 0.54
"""Estimated score, 0 to 1, under which a Latin, a Chinese name is not compared; such estimates are low."""
RIVALS = 0.52
"""Share of the best estimate that a name must have to be compared across scripts."""
PIECES_KEPT = WORDS_KEPT = 40_000


@lru_cache(maxsize=65536)
def readings(name: HanName, known: Lexicons, *, person: bool) -> tuple[tuple[Piece, ...], ...]:
    """Return the ways to read a Chinese name across scripts."""
    ways = (read_pieces(name, known), read_foreign(name, known))
    return tuple(dict.fromkeys((read_person(name, known), *ways) if person else ways))


def _loosened(code: str) -> Iterator[str]:
    """Yield a code with one consonant less, where it is long enough."""
    if len(code) >= LOOSE:
        for at in range(len(code)):
            yield code[:at] + code[at + 1 :]


def _parts(sounds: Sounds, known: Lexicons) -> Iterator[tuple[str, float]]:
    """Yield the codes of the stretches of a foreign name, with the share of it that they are."""
    for start in range(len(sounds)):
        for end in range(start + FEWEST_OF_PART, min(start + MOST, len(sounds)) + 1):
            code = coarse_chinese(sounds[start:end], known.sounds)
            if len(code) >= FEWEST_OF_PART and LEAST_PART * len(sounds) <= end - start < len(sounds):
                yield code, (end - start) / len(sounds)


@lru_cache(maxsize=131072)
def _english_codes(word: str, known: Lexicons) -> tuple[str, ...]:
    """Return the codes of an English word; of a short or vague one none."""
    if len(word) <= FEWEST:
        return ()
    codes = coarse_codes(said_in_english(word, known.sounds), known.sounds)
    return tuple([code for code in dict.fromkeys(codes) if len(code) >= FEWEST])


class _Heard:
    """Numbers by the codes of what is said, exactly and with one consonant less."""

    def __init__(self, codes: Iterable[tuple[int, Iterable[str]]]) -> None:
        self._exact: dict[str, list[int]] = {}
        self._loose: dict[str, list[int]] = {}
        for number, given in codes:
            for code in given:
                self._exact.setdefault(code, []).append(number)
                for less in _loosened(code):
                    self._loose.setdefault(less, []).append(number)

    def kept(self) -> State:
        """Return what it is made of."""
        return {"exact": self._exact, "loose": self._loose}

    def restore(self, state: State) -> Self:
        """Become what `kept` came from, and return it."""
        self._exact, self._loose = state["exact"], state["loose"]
        return self

    def exact(self, code: str) -> Sequence[int]:
        """Return the numbers under exactly this code."""
        return self._exact.get(code, ())

    def levels(self, codes: Sequence[str]) -> Iterator[tuple[float, Sequence[int]]]:
        """Yield what is found by codes, the least alike first: numbers with what they are worth."""
        less = [one for code in codes for one in _loosened(code)]
        for worth, table, keys in (
            (TWICE_SLIPPED, self._loose, less),
            (SLIPPED, self._loose, codes),
            (SLIPPED, self._exact, less),
            (HEARD, self._exact, codes),
        ):
            for key in keys:
                if key in table:
                    yield worth, table[key]


class ToLatin:
    """Finds Latin names for a Chinese one.

    Args:
        latin: the index of the Latin names.
        known: what the languages have in common.
    """

    def __init__(self, latin: Candidates, known: Lexicons) -> None:
        self._latin = latin
        self._known = known
        words = enumerate(latin.words)
        self._heard = _Heard((number, _english_codes(word, known)) for number, word in words)
        self._kept: dict[Piece, Reach] = {}

    def kept(self) -> State:
        """Return what it is made of, without the index of the Latin names."""
        return self._heard.kept()

    def restore(self, state: State, latin: Candidates, known: Lexicons) -> Self:
        """Become what `kept` came from, and return it."""
        self._latin, self._known, self._kept = latin, known, {}
        self._heard = _Heard.__new__(_Heard).restore(state)
        return self

    def find(self, name: HanName, limit: int) -> list[int]:
        """Return the numbers of the Latin names that a Chinese one may stand for, best first."""
        found = dict.fromkeys(read_pieces(name, self._known) + read_foreign(name, self._known))
        if len(name.core) <= LONGEST_PERSON:
            found |= dict.fromkeys(read_person(name, self._known))
        asked = sum(piece.weight for piece in read_pieces(name, self._known))
        return self._latin.gather([self._reach(piece) for piece in found], (), asked, limit, WORTH_A_LOOK, RIVALS)

    def _reach(self, piece: Piece) -> Reach:
        kept = self._kept.get(piece)
        if kept is None:
            if len(self._kept) >= PIECES_KEPT:
                self._kept.clear()
            wholes = list(self._wholes(piece))
            kept = self._kept[piece] = self._latin.together(self._words(piece), piece.spelled, None, wholes)
        return kept

    def _words(self, piece: Piece) -> dict[int, float]:
        """Return the numbers of the words that a piece may stand for, with what they are worth."""
        sure: dict[int, float] = {}
        for way in piece.spelled:
            for number, (value, _) in self._latin.near(way).items():
                sure[number] = value * SPELLED
        for rendering in piece.renderings:
            for word in rendering:
                sure.update(dict.fromkeys(self._forms(word), TRANSLATED))
        return self._looking_alike(piece, self._heard_as(piece.sounds), MOST_ALIKE - len(sure)) | sure

    def _forms(self, word: str) -> list[int]:
        """Return the numbers of a word in short, in the plural and as it is, where they are listed."""
        numbers = self._latin.numbers
        forms = (*self._known.latin.shortened.get(word, ()), word + "s", word)
        return [numbers[form] for form in forms if form in numbers]

    def _wholes(self, piece: Piece) -> Iterator[tuple[float, Numbers]]:
        """Yield the names that have all words of a rendering of several, and what these are worth."""
        for rendering in piece.renderings:
            forms = [self._forms(word) for word in rendering] if len(rendering) > 1 else []
            if forms and all(forms):
                worth, names = self._latin.with_all(forms)
                yield worth * TRANSLATED, names

    def _looking_alike(self, piece: Piece, heard: Mapping[int, float], most: int) -> dict[int, float]:
        """Return those of some words heard that look most like a piece in pinyin, worth less the less they do."""
        if not heard or most <= 0:
            return {}
        words, numbers = self._latin.words, tuple(heard)
        looks = process.extract(
            piece.spelled[0],
            [words[number] for number in numbers],
            scorer=Indel.normalized_similarity,
            limit=most,
        )
        return {numbers[at]: heard[numbers[at]] * by_letters(letters) for _, letters, at in looks}

    def _heard_as(self, sounds: Sounds) -> dict[int, float]:
        """Return the numbers of words that a foreign name may say, with their worth."""
        found: dict[int, float] = {}
        for code, share in sorted(_parts(sounds, self._known), key=lambda part: part[1]):
            found.update(dict.fromkeys(self._heard.exact(code), PART * share))
        whole = coarse_chinese(sounds, self._known.sounds)
        if len(whole) >= FEWEST:
            for worth, numbers in self._heard.levels([whole]):
                found.update(dict.fromkeys(numbers, on_grid(worth)))
        return found


class ToHan:
    """Finds Chinese names for a Latin one.

    Args:
        names: the Chinese names, in the order of their numbers.
        known: what the languages have in common.
    """

    def __init__(self, names: Sequence[HanName], known: Lexicons) -> None:
        self._known = known
        ways = [readings(name, known, person=len(name.core) <= LONGEST_PERSON) for name in names]
        said = [tuple(dict.fromkeys(_english(way))) for way in ways]
        self._kept: dict[str, Reach | None] = {}
        self._words = Candidates(
            said, known.latin, [sum(piece.weight for piece in read_pieces(name, known)) for name in names]
        )
        sounds = [{piece.sounds for pieces in way for piece in pieces if piece.sounds} for way in ways]
        self._whole = _Heard(
            (number, [code for one in given if len(code := coarse_chinese(one, known.sounds)) >= FEWEST])
            for number, given in enumerate(sounds)
        )
        self._part = _Heard(
            (number, [code for one in given for code, _ in _parts(one, known)])
            for number, given in enumerate(sounds)
        )

    def kept(self) -> State:
        """Return what it is made of."""
        return {"words": self._words.kept(), "whole": self._whole.kept(), "part": self._part.kept()}

    def restore(self, state: State, known: Lexicons) -> Self:
        """Become what `kept` came from, and return it."""
        self._known, self._kept = known, {}
        self._words = Candidates.__new__(Candidates).restore(state["words"], known.latin)
        self._whole, self._part = (
            _Heard.__new__(_Heard).restore(state["whole"]),
            _Heard.__new__(_Heard).restore(state["part"]),
        )
        return self

    def find(self, words: Sequence[str], weigh: Weigh, limit: int) -> list[int]:
        """Return the numbers of the Chinese names that a Latin one may stand for, best first."""
        different = dict.fromkeys(words)
        generic = self._known.latin.generic
        reaches = [found for word in different if (found := self._words.reach_plainly(word))]
        reaches += self._syllables(words, weigh)
        reaches += self._heard([word for word in different if word not in generic])
        if not reaches:
            return []
        return self._words.gather(reaches, (), sum(map(weigh, words)), limit, WORTH_A_LOOK_BACK, RIVALS)

    def _syllables(self, words: Sequence[str], weigh: Weigh) -> Iterator[Reach]:
        """Yield the names with a piece that several short words write together: "mei ling" is meiling."""
        listed = self._words.numbers
        for start in range(len(words) - 1):
            joined = words[start]
            for end in range(start + 1, min(start + MOST_WORDS, len(words))):
                if len(words[end]) > LONGEST_SYLLABLE or len(joined) > (MOST_WORDS - 1) * LONGEST_SYLLABLE:
                    break
                joined += words[end]
                if joined in listed:
                    told = sum(map(weigh, words[start : end + 1]))
                    yield self._words.together({listed[joined]: told / self._words.weight(joined)})

    def _heard(self, words: Sequence[str]) -> Iterator[Reach]:
        for word in words:
            if word not in self._kept:
                if len(self._kept) >= WORDS_KEPT:
                    self._kept.clear()
                self._kept[word] = self._heard_by(word)
            if (kept := self._kept[word]) is not None:
                yield kept

    def _heard_by(self, word: str) -> Reach | None:
        """Return the names that have a piece that sounds like a word, None where there is none."""
        codes = _english_codes(word, self._known)
        if not codes:
            return None
        found: dict[int, float] = {}
        for code in codes:
            found.update(dict.fromkeys(self._part.exact(code), on_grid(PART)))
        for worth, numbers in self._whole.levels(codes):
            found.update(dict.fromkeys(numbers, on_grid(worth)))
        return Reach(found, max(found.values())) if found else None


def _english(ways: Sequence[Sequence[Piece]]) -> Iterator[str]:
    """Yield the English words that a Chinese name may be said with."""
    for way in ways:
        for piece in way:
            yield from piece.spelled
            for rendering in piece.renderings:
                yield from rendering
