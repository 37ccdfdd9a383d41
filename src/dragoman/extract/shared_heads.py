"""English names that share their head ("Secretaries of State and Energy"), or hold a list ("Board of X and Y")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from dragoman.extract.context import Context
from dragoman.extract.mention import Mention, overlaps
from dragoman.extract.view import View
from dragoman.extract.who_words import english_words
from dragoman.lexicon import Hit

SHARED_HEAD = re.compile(
    r"\b(Secretaries|Departments|Ministries|Ministers|Directors|Administrators) of (?:the )?"
    r"([A-Z][a-z]\w+(?: [A-Z]\w+| and [A-Z]\w+ (?=and|,))*"
    r"(?:(?:, and |, | and )(?:the )?[A-Z][a-z]\w+(?: (?:Security|Services|and Human Services))?)+)"
)
"""A plural head with the names that share it: "Secretaries of State, Commerce, and Energy"."""
MEMBER = re.compile(r",? and the |, and |, the |, | and ")


def with_shared_heads(view: View, context: Context, found: list[Mention]) -> list[Mention]:
    """Return the mentions with the actors of shared heads in place of what overlaps them."""
    for match in SHARED_HEAD.finditer(view.text, view.start, view.end):
        heads = list(shared_head(view.text, match, context))
        found = [*(m for m in found if not overlaps(heads, m.start, m.end)), *heads]
    return found


def shared_head(text: str, match: re.Match[str], context: Context) -> Iterator[Mention]:
    """Yield the actors of one shared head."""
    register = context.lexicon.actors
    head = singular(match.group(1))
    offset = match.start(2)
    for part in MEMBER.split(match.group(2)):
        offset = text.index(part, offset)
        plain, with_article = (register.canonical(f"{head} of {a}{part}", context.home) for a in ("", "the "))
        name = plain or with_article or f"{head} of {part}"
        first, end = match.start() if offset == match.start(2) else offset, offset + len(part)
        yield Mention(first, end, name, register.type_of(name) or "unknown", "shared-head")
        offset = end


def singular(plural: str) -> str:
    """Return the singular of a plural head ("Secretaries" -> "Secretary")."""
    return plural.removesuffix("ies") + "y" if plural.endswith("ies") else plural.removesuffix("s")


TOPIC = r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3}"
"""One of the fields a body is named after."""
ON_TOPICS = re.compile(
    rf"\b(?P<head>(?:[A-Z][\w’'-]+ ){{0,3}}[A-Z][a-z]+) on (?:the )?{TOPIC}"
    rf"(?:(?P<listed>(?:, {TOPIC}){{1,4}},? and {TOPIC})|,? and {TOPIC}|)"
)
"""A body with the fields it is named after: "Committee on Ports, Rail, and Inland Waters"."""


def with_topics(view: View, context: Context, found: list[Mention]) -> list[Mention]:
    """Return the mentions with the bodies named after several fields, or after one that is an actor's, in full."""
    if " on " not in view.text:
        return found
    for match in ON_TOPICS.finditer(view.text, view.start, view.end):
        inside = [m for m in found if m.start < match.end() and match.start() < m.end]
        if is_body_on(match, inside, context):
            name = context.lexicon.actors.canonical(match.group(), context.home) or match.group()
            body = Mention(*match.span(), name, "body", "topics")
            found = [*(m for m in found if m not in inside), body]
    return found


def is_body_on(match: re.Match[str], inside: list[Mention], context: Context) -> bool:
    """Return whether a name that holds "on" is that of one body: its head is a body's, its list one of fields."""
    sets, first = english_words(context.lexicon.actors).sets, match.end("head")
    last_words = {topic.split()[-1] for topic in re.split(r",? and |, ", match.group()[first - match.start() :])}
    bodies = sets["body_nouns"] | sets["further_bodies"]
    head = match["head"].split()
    headed = not bodies.isdisjoint((head[-1], " ".join(head[-2:])))
    fields = (bodies | sets["firm_words"]).isdisjoint(last_words - sets["fields"])
    agencies = [m.type == "agency" and m.start > first for m in inside]
    return headed and fields and all(agencies) and bool(match["listed"] or agencies)


OF_STATES = re.compile(r" (?P<name>(?:[A-Z][\w’'-]* ){0,4}(?P<last>[A-Z][a-z]+))\b")
"""The plural name of bodies behind two states that have one each ("the U.S. and UK Cable Safety Boards")."""


def with_one_each(view: View, context: Context, found: list[Mention]) -> list[Mention]:
    """Return the mentions with a body each for two states before a plural name, in place of what overlaps them."""
    states = [hit for hit in view.names if context.lexicon.actors.type_of(hit.phrases[0].key) in STATES]
    for one, two in pairwise(states):
        match = OF_STATES.match(view.text, two.end) if view.text[one.end : two.start] in JOINED else None
        if match is not None and is_body_plural(match["last"], context):
            name = f"{match['name'].removesuffix(match['last'])}{singular(match['last'])}"
            first, second = (owned_by(state, name, view, context) for state in (one, two))
            each = [first, second._replace(end=match.end())]
            found = [*(m for m in found if not overlaps(each, m.start, m.end)), *each]
    return found


STATES = frozenset({"state", "union"})
JOINED = (" and ", " and the ", " & ")


def is_body_plural(word: str, context: Context) -> bool:
    """Return whether a word is the plural of a noun of bodies ("Institutes"), and of no officers."""
    sets = english_words(context.lexicon.actors).sets
    bodies = (sets["body_nouns"] | sets["further_bodies"]) - sets["officers"]
    return word.endswith("s") and singular(word) in bodies


def owned_by(state: Hit, name: str, view: View, context: Context) -> Mention:
    """Return the body with a name that a state has: that of the register, else with the state before it."""
    register = context.lexicon.actors
    written = f"{view.text[state.start : state.end]} {name}"
    own = register.canonical(name, state.phrases[0].key)
    known = register.canonical(written) or (
        own if own and register.actors[own].of == state.phrases[0].key else None
    )
    kind = register.type_of(known) if known else "body"
    return Mention(state.start, state.end, known or written, kind, "one-each")
