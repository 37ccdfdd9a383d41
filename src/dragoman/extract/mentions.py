"""Names of actors in a stretch of a sentence, each resolved to one canonical name of the register.

A name that only qualifies the next one is left out ("the U.S. Department of Commerce", 美国商务部); a name that
several states share belongs to the state beside it, else to the home state of the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from dragoman.extract.context import Context
from dragoman.extract.view import View
from dragoman.lexicon import Hit
from dragoman.lexicon.actors import ACTOR, ADJECTIVE, HOME, ActorRegister
from dragoman.model import Language

OWNERS = frozenset({"state", "union", "agency", "metonym", "body", "seat"})
"""Types of actors that may qualify the name right behind them."""

OWNED = frozenset({"agency", "office", "body", "class", "metonym", "firm"})
"""Types of actors that may belong to the name right before them."""

BESIDE = re.compile(r"(?:\s|['’]s\s|['’]\s|的\s?|联邦|政府|\s?\([^()]{1,12}\)\s?)?")
"""What may stand between an owner and what it owns."""

GOVERNMENT_OF = re.compile(r"(?:governments?|republic|kingdom|people|authorities) of (?:the )?$", re.IGNORECASE)
NEXT_WORD = re.compile(r"\s+([A-Za-z]+)")


class Mention(NamedTuple):
    """An actor named in a text.

    Attributes:
        start, end: where.
        name: canonical name; as in the text for one the register does not know.
        type: type of the register; "unknown" for one it does not know, "authors" for a word like "we".
        rule: how it was read ("register", "adjective", "compound", "abbreviation", ...).
    """

    start: int
    end: int
    name: str
    type: str
    rule: str = "register"


def mentions_in(view: View, start: int, end: int, context: Context) -> list[Mention]:
    """Return the actors named between two offsets of a sentence or its stem, in order.

    Args:
        view: the sentence.
        start, end: the stretch.
        context: of the document.
    """
    found = [mention for hit in view.names if start <= hit.start and hit.end <= end
             for mention in read_hit(view, hit, context)]  # fmt: skip
    found += defined_in(view, start, end, context, found)
    if view.sentence.language is Language.ZH:
        found += compounds_in(view, start, end, context, found)
        found.sort()
        return [headed_zh(view.text, mention, context) for mention in owned(view.text, found, context)]
    found += shared_heads_in(view, start, end, context)
    found.sort()
    return [headed(view.text, mention, context) for mention in owned(view.text, apart(found), context)]


SHARED_HEAD = re.compile(
    r"\b(Secretaries|Departments|Ministries|Ministers|Directors|Administrators) of (?:the )?"
    r"([A-Z][a-z]\w+(?: [A-Z]\w+| and [A-Z]\w+ (?=and|,))*"
    r"(?:(?:, and |, | and )(?:the )?[A-Z][a-z]\w+(?: (?:Security|Services|and Human Services))?)+)"
)
SINGULAR = {"Secretaries": "Secretary", "Ministries": "Ministry"}
MEMBER = re.compile(r",? and the |, and |, the |, | and ")
HEAD_BEFORE = re.compile(
    r"\b(Director|Administrator|Commissioner|Chair|Chairman|Chairwoman|Chief|Head|Under Secretary|Inspector General"
    r"|Co-Chairs?|Archivist|Secretary|Deputy Director|General Counsel|Deputy Secretary)(?:,| (?:of|at)) (?:the )?$"
)
HEADS_OF = re.compile(r"\bheads? of (?:(?:\w+ ){0,3})$", re.IGNORECASE)
AGENCIES = frozenset({"agencies", "relevant agencies", "executive departments and agencies"})


def shared_heads_in(view: View, start: int, end: int, context: Context) -> Iterator[Mention]:
    """Yield the actors of a shared head: "the Secretaries of State, Commerce, and Energy"."""
    for match in SHARED_HEAD.finditer(view.text, start, end):
        plural = match.group(1)
        head = SINGULAR.get(plural, plural.removesuffix("s"))
        offset = match.start(2)
        for part in MEMBER.split(match.group(2)):
            offset = view.text.index(part, offset)
            name = next(
                (known for article in ("", "the ")
                 if (known := context.lexicon.actors.canonical(f"{head} of {article}{part}", context.home))),
                f"{head} of {part}",
            )  # fmt: skip
            first = match.start() if offset == match.start(2) else offset
            yield Mention(first, offset + len(part), name, context.lexicon.actors.type_of(name), "shared-head")


def apart(found: list[Mention]) -> list[Mention]:
    """Return mentions in order without those that overlap one read as a shared head."""
    heads = [mention for mention in found if mention.rule == "shared-head"]
    if not heads:
        return found
    return [
        m for m in found if m.rule == "shared-head" or not any(h.start < m.end and m.start < h.end for h in heads)
    ]


def headed(text: str, mention: Mention, context: Context) -> Mention:
    """Return the head of an agency for its name behind "Director of", "heads of", else the mention."""
    if mention.type == "agency":
        match = HEAD_BEFORE.search(text, max(0, mention.start - HEAD_REACH), mention.start)
        if match is None:
            return mention
        name = f"{match.group(1)} of the {mention.name}"
        known = context.lexicon.actors.canonical(name, context.home)
        return Mention(match.start(), mention.end, known or name, "office", "head-of")
    if mention.name in AGENCIES:
        match = HEADS_OF.search(text, max(0, mention.start - HEAD_REACH), mention.start)
        if match is not None:
            relevant = "relevant" in match.group() or mention.name == "relevant agencies"
            name = "heads of relevant agencies" if relevant else "heads of agencies"
            return Mention(match.start(), mention.end, name, "class", "heads-of")
    return mention


TITLE_ZH = re.compile(r"\s?[（(][^（）()]{1,12}[）)]\s?(主任|局长|署长|部长|院长|主席|行长)")


def headed_zh(text: str, mention: Mention, context: Context) -> Mention:
    """Return the head of an agency for its name with a bracket and a title behind it (…办公室（OSTP）主任)."""
    match = TITLE_ZH.match(text, mention.end) if mention.type == "agency" else None
    if match is None:
        return mention
    known = context.lexicon.actors.canonical(f"{text[mention.start : mention.end]}{match.group(1)}", context.home)
    return Mention(mention.start, match.end(), known, "office", "head-of") if known else mention


HEAD_REACH = 40
"""Characters before the name of an agency in which the title of its head stands."""


def read_hit(view: View, hit: Hit, context: Context) -> Iterator[Mention]:
    """Yield what a hit of the matcher stands for."""
    register = context.lexicon.actors
    groups = {phrase.group for phrase in hit.phrases}
    if ACTOR in groups:
        names = tuple(dict.fromkeys(phrase.key for phrase in hit.phrases if phrase.group == ACTOR))
        name = register.choose(names, context.home)
        actor = register.actors[name]
        if view.text.startswith(actor.not_before, hit.end) and actor.not_before:
            return
        if actor.resolves == HOME:
            if context.home:
                yield Mention(hit.start, hit.end, context.home, "state", "home")
            return
        yield Mention(hit.start, hit.end, name, actor.type)
    elif ADJECTIVE in groups:
        following = NEXT_WORD.match(view.text, hit.end)
        if following and following.group(1).lower() in register.words[Language.EN]["government_nouns"]:
            name = hit.phrases[0].key
            yield Mention(hit.start, following.end(), name, register.type_of(name), "adjective")


def defined_in(view: View, start: int, end: int, context: Context, found: list[Mention]) -> Iterator[Mention]:
    """Yield the abbreviations defined by the document that stand in the stretch, found names left out."""
    if context.abbreviations.pattern is None:
        return
    for match in context.abbreviations.pattern.finditer(view.text, start, end):
        if any(mention.start < match.end() and match.start() < mention.end for mention in found):
            overlapped = [m for m in found if m.start < match.end() and match.start() < m.end]
            if any(m.start != match.start() or m.end != match.end() for m in overlapped):
                continue
            found.remove(overlapped[0])
        name = context.abbreviations.names[match.group()]
        kind = context.lexicon.actors.type_of(name) or "unknown"
        yield Mention(match.start(), match.end(), name, kind, "abbreviation")


def compounds_in(view: View, start: int, end: int, context: Context, found: list[Mention]) -> Iterator[Mention]:
    """Yield the states of compounds of single characters (美欧, 美日澳印), one mention a character."""
    register = context.lexicon.actors
    compounds = register.compounds
    for first, end_of_run in compounds.find(view.text, start, end):
        last = end_of_run
        while last > first and any(m.start < last and last - 1 < m.end for m in found):
            last -= 1
        if any(m.start < last and first < m.end for m in found) or not compounds.is_sure(view.text, first, last):
            continue
        for offset in range(first, last):
            name = compounds.names[view.text[offset]]
            yield Mention(offset, offset + 1, name, register.type_of(name), "compound")


def owned(text: str, found: list[Mention], context: Context) -> list[Mention]:
    """Return the mentions without those that only say whose the next one is."""
    kept: list[Mention] = []
    for mention in found:
        while kept and owns(text, kept[-1], mention):
            owner = kept.pop()
            mention = belonging(mention, owner, context.lexicon.actors, text)
        if kept and kept[-1].name == mention.name and mention.start <= kept[-1].end:
            mention = mention._replace(start=kept.pop().start)
        kept.append(mention)
    return kept


def owns(text: str, first: Mention, second: Mention) -> bool:
    """Return whether a name only qualifies the name right behind it."""
    if first.type not in OWNERS or second.type not in OWNED or first.rule == "compound":
        return False
    return second.start - first.end <= 16 and BESIDE.fullmatch(text, first.end, second.start) is not None


def belonging(mention: Mention, owner: Mention, register: ActorRegister, text: str) -> Mention:
    """Return a mention resolved to the actor of its owner, where several share the name."""
    names = register.names.get(text[mention.start : mention.end].lower(), ())
    if len(names) > 1:
        name = register.choose(names, owner.name)
        mention = mention._replace(name=name, type=register.type_of(name))
    return mention._replace(start=owner.start)


@cache
def words_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern that finds whole English words of a group, the longest first, in any case."""
    return re.compile(rf"\b(?:{alternatives(words)})\b", re.IGNORECASE)


def alternatives(words: tuple[str, ...]) -> str:
    """Return words as alternatives of a pattern, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
