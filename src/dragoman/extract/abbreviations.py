"""Short names that a text defines for bodies: "the Joint Action Group (the JAG)", 贸易和技术委员会（TTC）.

The full name is looked up in the register; one that it does not know is taken as named where its initials
and its head noun show that it is a body.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from dragoman.extract.leaders import leaders_in
from dragoman.extract.who_words import alternatives
from dragoman.lexicon.actors import ActorRegister
from dragoman.model import Language

QUOTE = "\"“”'‘’「」『』"
LONGEST = 16
"""Words of the longest full name that is looked for."""
LONGEST_HAN = 34
"""Characters of the longest Chinese full name that is looked for."""
SMALL = frozenset({"of", "on", "for", "and", "the", "in", "to", "with", "&", "at", "by"})
"""Words that have no initial in an abbreviation."""
REACH = 160
"""Characters before the brackets in which the full name stands."""
CAPITALS = 2
"""Capitals that make a word in brackets an abbreviation."""
LEADING = re.compile(r"^(?:(?:[Tt]he|of|on|for|and|in|to)\s+)+")
INNER_ARTICLE = re.compile(r"^.*(?<!\bof)(?<!\bon)(?<!\bfor)(?<!\bto)(?<!\bin)(?<!\band)\s[Tt]he\s")
WORD = re.compile(r"[^\s,;:()（）“”\"]+")
HAN_NAME = re.compile(r"[\u4e00-\u9fff、·—-]{2,24}$")
HAN_START = re.compile(r"[的由和与了是为在立年月、]|参加|成立|建立|设立|通过|根据|包括|组建")


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """The short names of a document.

    Attributes:
        names: canonical or full name by short name.
        pattern: finds the short names in the text, None where there are none.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    pattern: re.Pattern[str] | None = None


def abbreviations_in(text: str, register: ActorRegister) -> Abbreviations:
    """Return the short names that a text defines for actors; the first definition of a short name holds."""
    names = leaders_in(text, register) | defined_terms(text, register)
    for match in definitions(register).finditer(text):
        short = match.group("short")
        if short in names or not is_short_name(match) or short in register.words[Language.ZH]["authors"]:
            continue
        full = full_name(text[max(0, match.start() - REACH) : match.start()], short, register)
        if full is not None and (register.type_of(full) != "class" or is_class(short, register)):
            names[short] = own_name(short, full, register)
    if not names:
        return Abbreviations()
    ordered = "|".join(bounded(short) for short in sorted(names, key=len, reverse=True))
    return Abbreviations(names, re.compile(rf"(?<![A-Za-z0-9_-])(?:{ordered})(?![A-Za-z0-9_])"))


def is_class(short: str, register: ActorRegister) -> bool:
    """Return whether a short name is by itself a class of actors (生成式人工智能服务提供者（以下称提供者）)."""
    return register.type_of(register.canonical(short) or "") == "class"


DEFINED = re.compile(
    rf"[{QUOTE}](?:the )?(?P<short>[A-Z][\w-]+(?: [A-Z][\w-]+){{0,2}})[{QUOTE}] means the "
    r"(?P<full>[A-Z][\w&’'-]*(?:,? (?:(?:of|for|on|in|and|the) ){0,2}[A-Z][\w&’'-]*)*)(?=[.;,\s])"
)
"""A term that a text defines as a name: 'the term "Minister" means the Minister for Ports'."""


def defined_terms(text: str, register: ActorRegister) -> dict[str, str]:
    """Return the actors that a text defines as terms, by term."""
    found = ((match["short"], match["full"]) for match in DEFINED.finditer(text))
    named = ((short, full, register.canonical(full)) for short, full in found)
    nouns = {noun.lower() for noun in register.words[Language.EN]["actor_nouns"]}
    return {
        short: known or full
        for short, full, known in named
        if known or (short != full and HEAD_OF.split(full)[0].split()[-1].lower() in nouns)
    }


HEAD_OF = re.compile(r",? (?:of|on|for|in) |, ")


@lru_cache(maxsize=8)
def definitions(register: ActorRegister) -> re.Pattern[str]:
    """Return a pattern of a short name in brackets, with the words that may introduce it."""
    said = alternatives(word for language in Language for word in register.words[language]["defining"])
    latin, han = r"[A-Za-z][\w&./-]{1,14}", r"[\u4e00-\u9fff]{2,8}"
    several = r"(?:[A-Z][\w-]+\s){1,2}[A-Z][\w-]+"
    return re.compile(
        rf"[（(]\s*(?P<said>(?:{said})[^（()）{QUOTE}]{{0,24}}?)?(?P<the>[Tt]he\s+)?[{QUOTE}]?(?:[Tt]he\s+)?"
        rf"(?P<short>{latin}|{han}|{several})[{QUOTE}]?\s*[)）]"
    )


def bounded(short: str) -> str:
    """Return a pattern of a short name; one that is a word ("Secretary") is none before "of" or a capital."""
    pattern = re.escape(short)
    return pattern if short.isupper() or not short.isascii() else rf"{pattern}(?!\s(?:of\b|[A-Z]))"


def own_name(short: str, full: str, register: ActorRegister) -> str:
    """Return what a short name stands for: the agency in "Director of the Office of … (OSTP)", else the full name.

    A short name that the register knows keeps its meaning where the full name is none of the register's.
    """
    known = register.canonical(short)
    if (
        known
        and register.type_of(known) != "class"
        and known != full
        and (known in full or full not in register.actors)
    ):
        return known
    return full


def is_short_name(match: re.Match[str]) -> bool:
    """Return whether what stands in brackets can be a short name."""
    short = match.group("short")
    if short.isascii():
        capitals = sum(character.isupper() for character in short)
        return capitals >= CAPITALS or bool(
            capitals and (match.group("said") or match.group("the") or repeats(match))
        )
    return bool(match.group("said"))


def repeats(match: re.Match[str]) -> bool:
    """Return whether a word in brackets is one of the few before them ("the Secretary of Energy (Secretary)")."""
    return match.group("short") in match.string[max(0, match.start() - NEAR) : match.start()].split()


NEAR = 60
"""Characters before the brackets in which a word must stand to be their short name."""


def full_name(before: str, short: str, register: ActorRegister) -> str | None:
    """Return the full name that ends a text before its short name in brackets, None where it is no actor."""
    before = before.rstrip(f" \t{QUOTE}")
    if not before:
        return None
    if "\u4e00" <= before[-1] <= "\u9fff":
        return known_han(before, register) or unknown_han(before, register)
    words = list(WORD.finditer(before.split("\n")[-1]))[-LONGEST:]
    line = before.split("\n")[-1]
    for word in words:
        name = register.canonical(line[word.start() :])
        if name is not None:
            return name
    return unknown_english(line, words, short, register)


def known_han(before: str, register: ActorRegister) -> str | None:
    """Return the canonical name of the longest Chinese name of the register that ends a text."""
    for length in range(min(LONGEST_HAN, len(before)), 1, -1):
        name = register.canonical(before[-length:])
        if name is not None:
            return name
    return None


def unknown_han(before: str, register: ActorRegister) -> str | None:
    """Return a Chinese body's name that ends a text, as named, None where the end is no body."""
    match = HAN_NAME.search(before)
    if match is None or not match.group().endswith(register.words[Language.ZH]["body_nouns"]):
        return None
    starts = [found.end() for found in HAN_START.finditer(match.group())]
    name = match.group()[starts[-1] if starts else 0 :]
    return name if len(name) > MIN_HAN else None


MIN_HAN = 3
"""Characters at least of a Chinese name that is taken as named."""


def unknown_english(line: str, words: list[re.Match[str]], short: str, register: ActorRegister) -> str | None:
    """Return a body's English name that ends a line, by its initials and head noun, None without one."""
    first = len(words)
    while first and (words[first - 1].group()[0].isupper() or words[first - 1].group() in SMALL):
        first -= 1
    letters = "".join(character for character in short if character.isalpha()).upper()
    for index in range(first, len(words)):
        part = words[index:]
        initials = "".join(word.group()[0] for word in part if word.group() not in SMALL).upper()
        if words[index].group() not in SMALL and initials.startswith(letters) and len(letters) > 1:
            name = INNER_ARTICLE.sub("", line[words[index].start() :])
            return name if names_body(name, register) else None
    if not short.isupper() and first < len(words):
        name = INNER_ARTICLE.sub("", LEADING.sub("", line[words[first].start() :]))
        return name if name.endswith(short) and names_body(name, register) else None
    return None


def names_body(name: str, register: ActorRegister) -> bool:
    """Return whether an English name has the head noun of a body ("… Task Force", "Council on …")."""
    head = re.split(r"\s(?:of|on|for|to)\s", name, maxsplit=1)[0]
    return head.endswith(register.words[Language.EN]["body_nouns"])
