"""Which state one Chinese character means in a text (巴方, 中智, 中乌): a party, else one that it names in full.

The register has one state for a character; a text on another of that character means that one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from dragoman.extract.context import Context
from dragoman.extract.mention import Mention
from dragoman.extract.view import View
from dragoman.lexicon.actors import ACTOR

STATES = frozenset({"state", "union"})
SIDE = "方"
SIDES = re.compile(
    r"(?<![有该何])([^\W东南西北多各双对官我他一两三四地甲乙上下前后单军警校资某平立])方(?![面法向案式便针位圆程才略块阵])"
)
"""A side by one character; not a direction, nor a part of another word."""


def side_meant(written: str, name: str, context: Context) -> str:
    """Return the state that one character and 方 means in a text (巴方): a party, else the one it names most.

    Args:
        written: the words of the text.
        name: the actor that the register has for them.
        context: of the document.
    """
    if len(written) != len(SIDE) + 1 or not written.endswith(SIDE):
        return name
    sides = context.memory.sides
    if written not in sides:
        sides[written] = next(iter(states_named(written[0], context)), name)
    return sides[written]


def member_meant(character: str, name: str, context: Context) -> str:
    """Return the state that a character of a compound means (中乌): that of the register, where the text has it.

    A text that names another state of that character and not the register's means the other one.

    Args:
        character: of the compound.
        name: the state that the register has for it.
        context: of the document.
    """
    sides = context.memory.sides
    if character not in sides:
        named = states_named(character, context)
        party = bool(named) and named[0] in context.document.parties
        sides[character] = name if not named or (name in named and not party) else named[0]
    return sides[character]


def states_named(character: str, context: Context) -> tuple[str, ...]:
    """Return the states whose Chinese name in the text begins with a character: parties, then those named most."""
    memory = context.memory
    if memory.named is None:
        memory.named = by_character(context)
    return memory.named.get(character, ())


def by_character(context: Context) -> dict[str, tuple[str, ...]]:
    """Return the states that a text has as parties or names in full, by the first character of their names."""
    register, text = context.lexicon.actors, context.document.text
    counts: dict[str, Counter[str]] = {}
    for hit in context.hits.names:
        names = [phrase.key for phrase in hit.phrases if phrase.group == ACTOR]
        if len(names) == 1 and register.type_of(names[0]) in STATES and text[hit.end - 1] != SIDE:
            counts.setdefault(text[hit.start], Counter())[names[0]] += 1
    parties = () if "parties" in context.document.guessed else context.document.parties
    for party in parties:
        actor = register.actors.get(party)
        for character in {name[0] for name in actor.zh} if actor and actor.type in STATES else ():
            counts.setdefault(character, Counter())[party] += 0
    return {
        character: tuple(sorted(named, key=lambda name: (name not in parties, -named[name], name)))
        for character, named in counts.items()
    }


def sides_in(view: View, context: Context) -> Iterator[Mention]:
    """Yield the states whose first character stands before 方 where the register has no such name (沙方)."""
    for match in SIDES.finditer(view.text, view.start, view.end):
        state = next(iter(states_named(match[1], context)), "")
        if state:
            yield Mention(*match.span(), state, "state", "side")
