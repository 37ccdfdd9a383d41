"""The words that show who acts, as patterns compiled once for a register."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from dragoman.lexicon.actors import ActorRegister, Words
from dragoman.model import Language

Pattern = re.Pattern[str]


class EnglishWords(NamedTuple):
    """English words: the groups of the data and the patterns made of them.

    Attributes:
        words: the groups.
        authors: finds the words that stand for the authors in a text in small letters; what stands before one
            is not looked at, so that the pattern starts with letters and is quick.
        sets: the groups that single words are looked up in.
        coordination: what joins two names.
        openers, lead_articles: words that start a phrase and are no part of its name.
        heads: "members of", "leaders of" that end a stretch.
        aside: a comma with words that open an aside.
        head_end, name_end: what ends the head, or the name, of a noun phrase.
        title: title of a head of an agency that ends a stretch.
        of_state: title of a head or minister of a state that ends a stretch.
        lead_in: what may stand before a name without a change of what governs it.
        rules: what stands before a counterpart, by rule, the first that fits counts: phrases with a blank
            before them, compared with the end of `tail_of` a text; the groups are described in the data.
        of_others, mere_place: what shows that a name is none.
    """

    words: Words
    sets: Mapping[str, frozenset[str]]
    authors: Pattern
    coordination: Pattern
    openers: Pattern
    lead_articles: Pattern
    heads: Pattern
    aside: Pattern
    head_end: Pattern
    name_end: Pattern
    title: Pattern
    of_state: Pattern
    lead_in: Pattern
    rules: tuple[tuple[str, tuple[str, ...]], ...]
    of_others: Pattern
    mere_place: Pattern


class ChineseWords(NamedTuple):
    """Chinese words: the groups of the data and the patterns made of them.

    Attributes:
        words: the groups.
        pronouns: finds the words that stand for the authors, their heads, their text.
        qualifier: a qualifier that ends a stretch.
        joint_act: an act with another, near the start of a stretch.
        title: title of a head behind an agency with a bracket.
        worldwide: the start of the proper name of an international body that ends a stretch.
        pair: 中 with the first character of another state, in a group.
    """

    words: Words
    pronouns: Pattern
    pair: Pattern
    qualifier: Pattern
    joint_act: Pattern
    title: Pattern
    worldwide: Pattern


def alternatives(words: Iterable[str]) -> str:
    """Return words as alternatives of a pattern, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def anycase(pattern: str) -> Pattern:
    """Return a pattern that matches in any case."""
    return re.compile(pattern, re.IGNORECASE)


def endings(words: Iterable[str]) -> tuple[str, ...]:
    """Return phrases as the end of `tail_of` a text is compared with them."""
    return tuple(f" {word.lower()}" for word in words)


def tail_of(text: str) -> str:
    """Return a text in the form whose end is compared with `endings`: small letters, no blanks at its end."""
    return f" {text.lower().rstrip()}"


@lru_cache(maxsize=8)
def english_words(register: ActorRegister) -> EnglishWords:
    """Return the English words of a register."""
    words = register.words[Language.EN]
    any_of = {name: alternatives(group) for name, group in words.items()}
    plain = r"(?!(?:in|with|of|by|for|to|at)\b)[\w-]+\s+"
    return EnglishWords(
        words=words,
        sets={name: frozenset(group) for name, group in words.items()},
        authors=re.compile(rf"(?:{alternatives(words['authors'] + words['leaders'])})\b"),
        coordination=anycase(rf"[\s,;/]*(?:(?:{any_of['coordination']})\b[\s,]*)*"),
        openers=anycase(rf"(?:(?:{any_of['openers']})\s+)+"),
        lead_articles=anycase(rf"(?:(?:{any_of['articles']})\s+)+"),
        heads=anycase(rf"(?:{plain}){{0,4}}\b(?:{any_of['heads_of']})\s+(?:of|from)\s+$"),
        aside=anycase(rf",\s+(?:{any_of['asides']})\b"),
        head_end=anycase(rf"\s(?:{any_of['head_end']}|\w+ed\sby)\s"),
        name_end=anycase(rf",|\s(?:{any_of['name_end']}|\w+ed\sby)\s"),
        title=re.compile(rf"\b({any_of['titles']})(?:,| (?:of|at)) (?:the )?$"),
        of_state=re.compile(rf"\b({alternatives(words['heads'] + words['further_heads'])}) of (?:the )?$"),
        lead_in=anycase(rf"(?:\b(?:\w+ly|{any_of['lead_in']})\s+)+$"),
        rules=(
            ("with", endings(words["with_whom"])),
            ("given", endings(words["giving"])),
            ("from", endings(("from",))),
            ("bought", endings(("from",))),
            ("stake", endings(("in",))),
            ("object", endings(words["transitive"])),
            ("to", endings(words["toward"])),
            ("through", endings(words["by_way_of"])),
            (
                "including",
                endings(
                    f"{number}{sign} {among}"
                    for number in words["numbers"]
                    for sign in ("", ",")
                    for among in words["among_others"]
                ),
            ),
            ("between", endings(words["between"])),
            ("place", endings(words["place"])),
        ),
        of_others=anycase(rf"\b(?:{any_of['of_others']})\s+\w+\s*$"),
        mere_place=anycase(rf"\b(?:{any_of['mere_place']})\b"),
    )


@lru_cache(maxsize=8)
def chinese_words(register: ActorRegister) -> ChineseWords:
    """Return the Chinese words of a register."""
    words = register.words[Language.ZH]
    pronouns = (*words["authors"], *words["leaders"], *words["order"], *words["many"])
    return ChineseWords(
        words=words,
        pronouns=re.compile(alternatives(pronouns)),
        pair=re.compile(f"中([{''.join(pair[1] for pair in words['pairs'])}])"),
        qualifier=re.compile(rf"(?:第.{{1,3}}[次届轮]|{alternatives(words['qualifiers'])})$"),
        joint_act=re.compile(rf"[^，。；]{{0,12}}(?:{alternatives(words['joint_acts'])})"),
        title=re.compile(rf"\s?[（(][^（）()]{{1,12}}[）)]\s?({alternatives(words['titles'])})"),
        worldwide=re.compile(
            rf"(?:{alternatives(words['worldwide'])})(?!(?:{alternatives(words['kinds_of_body'])}))"
            r"(?:(?![的和与及等、，在对向])[\u4e00-\u9fff]){2,10}$"
        ),
    )
