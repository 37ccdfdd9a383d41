"""Who gets or pays in an English clause: money, goods, a duty on them, a stake ("a loan to Coral Cells").

Each reader is asked for a group of names behind words of its rule, see `toward`; `paid` finds firms and bodies
of no register by the sum that goes to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from dragoman.extract.candidate import Candidate
from dragoman.extract.leaders import adjectives_of
from dragoman.extract.mentions import Mention
from dragoman.extract.phrases_en import ASIDE, antecedent
from dragoman.extract.subject_en import Group, Stretch
from dragoman.extract.who_words import EnglishWords, alternatives
from dragoman.lexicon.actors import ActorRegister
from dragoman.model import Language

NAME = r"[A-Z][\w&’'-]+(?: (?:of |and )?[A-Z][\w&’'-]+){0,4}"


class Patterns(NamedTuple):
    """Who gets or pays, as patterns of the words of `data/lexicons/en/actors.yaml`.

    Attributes:
        paid: a sum or a paper worth one, and to whom it goes ("a loan of $2 billion to Coral Cells").
        given: what somebody gets, right behind him.
        burden, bought, stake: end what stands before a name: a duty on goods from it, a purchase, a stake in it.
        meeting: ends what stands before a body of no register that is a counterpart.
    """

    paid: re.Pattern[str]
    given: re.Pattern[str]
    burden: re.Pattern[str]
    bought: re.Pattern[str]
    stake: re.Pattern[str]
    meeting: re.Pattern[str]


@lru_cache(maxsize=8)
def patterns(register: ActorRegister) -> Patterns:
    """Return the patterns, made of the words of a register."""
    words = register.words[Language.EN]
    one_of = {group: alternatives(words[group]) for group in GROUPS}
    the_end = r"\s*(?:the\s*)?$"
    return Patterns(
        re.compile(
            rf"(?:\b(?:{one_of['payments']}|\d{{3}})(?:\s(?:of|in|worth)(?:\s[\w$€£.-]+){{1,5}})?\sto\s(?:the\s)?"
            rf"(?:(?:[A-Z]\w+\s)?(?:{one_of['payees']})\s)?(?P<to>{NAME})|\bstakes?\sin\s(?P<stake>{NAME})"
            rf"|\bawarded\s(?P<awarded>{NAME})\s(?=[$€£]|(?:a|an|up)\s))"
        ),
        re.compile(rf",?\s+(?:{one_of['given']}|\d[\d,.]*)\b"),
        re.compile(rf"\b(?:{one_of['burdens']})\b[^.;]{{0,70}}\sfrom{the_end}", re.IGNORECASE),
        re.compile(rf"\b(?:{one_of['buying']})\b[^.;,]{{0,50}}\sfrom{the_end}", re.IGNORECASE),
        re.compile(rf"\b(?:{one_of['stakes']})\s+in{the_end}"),
        re.compile(rf"\b(?:{one_of['meeting']}|(?:{one_of['handing']})\s(?:[\w-]+\s){{0,8}}to)\s$", re.IGNORECASE),
    )


GROUPS = ("payments", "payees", "given", "burdens", "buying", "stakes", "meeting", "handing")


def patterns_of(stretch: Stretch) -> Patterns:
    """Return the patterns for a stretch of a text."""
    return patterns(stretch.context.lexicon.actors)


def paid(stretch: Stretch, known: Sequence[Mention], candidate: Candidate) -> Iterator[Mention]:
    """Yield the firms and bodies of no register that a sum goes to."""
    trigger = candidate.trigger[0] - stretch.start
    for match in patterns_of(stretch).paid.finditer(stretch.text, max(0, trigger)):
        first, end = match.span(match.lastgroup or "to")
        name = stretch.text[first:end]
        if is_payee(name, stretch) and not any(m.start < end and first < m.end for m in known):
            yield Mention(first, end, name, "unknown", "named")


def is_payee(name: str, stretch: Stretch) -> bool:
    """Return whether a name can be that of somebody who is paid, and is no programme and no adjective."""
    things, last = stretch.english.sets["things"], name.rsplit(maxsplit=1)[-1]
    thing = last.removesuffix("s").lower() in things and last not in stretch.english.sets["firm_words"]
    return not thing and name not in adjectives_of(stretch.context.lexicon.actors)


def is_given(stretch: Stretch, group: Group, before: str, candidate: Candidate) -> bool:  # noqa: ARG001 - one signature
    """Return whether somebody gets what is named behind him ("provide Kenya with", "sell Kenya three")."""
    return patterns_of(stretch).given.match(stretch.text, group.end) is not None


def is_burdened(stretch: Stretch, group: Group, before: str, candidate: Candidate) -> bool:  # noqa: ARG001 - one signature
    """Return whether a duty or ban falls on what comes from a state ("a tariff on goods from Japan")."""
    states = all(mention.type in {"state", "union"} for mention in group.mentions)
    return states and patterns_of(stretch).burden.search(before) is not None


def is_bought_from(stretch: Stretch, group: Group, before: str, candidate: Candidate) -> bool:  # noqa: ARG001 - one signature
    """Return whether something is bought or taken from somebody ("purchase aircraft from Coral Air")."""
    found = patterns_of(stretch)
    return found.burden.search(before) is None and found.bought.search(before) is not None


def is_stake(stretch: Stretch, group: Group, before: str, candidate: Candidate) -> bool:  # noqa: ARG001 - one signature
    """Return whether money is put into a firm or body ("a stake in Coral Cells", "$5 million in it")."""
    able = all(mention.type in {"firm", "body"} for mention in group.mentions)
    return able and patterns_of(stretch).stake.search(before) is not None


BODY_NAME = re.compile(
    r"\b(?P<article>[Tt]he\s)?(?P<name>[A-Z][\w&’'-]+(?:\s(?:of\s|of\sthe\s|for\s|on\s|and\s)?[A-Z][\w&’'-]+){0,6})"
)
"""A stretch of capital words, with its article."""


def with_unknown_bodies(stretch: Stretch, candidate: Candidate) -> list[Mention]:
    """Return the actors named in a stretch, with the bodies that no register has where an act is done with them.

    A longer proper name takes the place of the register's names in it (a firm that is called after a state).
    """
    known, meeting = stretch.mentions(), patterns_of(stretch).meeting
    trigger = candidate.trigger[0] - stretch.start
    for match in BODY_NAME.finditer(stretch.text):
        start, end = match.span("name")
        within = [m for m in known if m.start < end and start < m.end]
        before = stretch.text[max(0, match.start() - MET_REACH) : match.start()]
        if start < trigger and ASIDE.search(before) is None:
            continue
        if meeting.search(before) is None or not is_unknown_body(match, within, known, stretch):
            continue
        known = sorted([*(m for m in known if m not in within), *named_bodies(match, stretch)])
    return known


def named_bodies(match: re.Match[str], stretch: Stretch) -> Iterator[Mention]:
    """Yield the body that capital words name, in full where the text named it so before; two that "and" joins."""
    start, end = match.span("name")
    words = stretch.english.sets
    for joined in AND.finditer(match["name"]):
        one, two = match["name"][: joined.start()], match["name"][joined.end() :]
        parts = (one, two)
        if all(is_headed_by_body(part, stretch.english) or head_of(part) in words["firm_words"] for part in parts):
            yield Mention(start, start + len(one), one, "unknown", "named")
            yield Mention(end - len(two), end, two, "unknown", "named")
            return
    taken_up = antecedent(match["name"], stretch.view, stretch.start + start, stretch.english, stretch.context)
    if taken_up is not None and match["article"]:
        yield Mention(start, end, taken_up.name, taken_up.type, "named")
    else:
        yield Mention(start, end, match["name"], "unknown", "named")


AND = re.compile(r"\sand\s(?:the\s)?")


MET_REACH = 60


def is_unknown_body(
    match: re.Match[str], within: Sequence[Mention], known: Sequence[Mention], stretch: Stretch
) -> bool:
    """Return whether capital words name a body or firm: by its noun behind an article, or by several words."""
    name, sets = match["name"], stretch.english.sets
    last = name.split()[-1]
    before = stretch.text[: match.start()].rstrip()
    joined = before.endswith("and") and BETWEEN.search(before) is None
    if joined and not any(m.end >= match.start() - len(" and ") and m.rule == "named" for m in known):
        return False
    whole = match.span("name")
    if any(m.type not in {"state", "region"} or (m.start, m.end) == whole for m in within):
        return False
    body = is_headed_by_body(name, stretch.english)
    if match["article"]:
        return body
    return " " in name and (last in sets["firm_words"] or (body and " of " in name))


BETWEEN = re.compile(r"\bbetween\s[^.;:]{3,90}\sand$")
"""What stands before the second of two between whom something is done."""


def head_of(name: str) -> str:
    """Return the last word of the head of a proper name ("Office for Ports" -> "Office")."""
    return HEAD_OF_NAME.split(name, maxsplit=1)[0].split()[-1]


def is_headed_by_body(name: str, english: EnglishWords) -> bool:
    """Return whether the head of a proper name is a noun of a body, of one word or two ("Cable Task Force")."""
    head = HEAD_OF_NAME.split(name, maxsplit=1)[0]
    nouns = english.sets["body_nouns"] | english.sets["further_bodies"]
    return not nouns.isdisjoint((head_of(name), " ".join(head.split()[-2:])))


HEAD_OF_NAME = re.compile(r"\s(?:of|for|on)\s")
