"""Who acts where the first name of a Chinese clause does not: who passes a text, an agency behind its state."""

from __future__ import annotations

import re

from dragoman.extract.act import Act
from dragoman.extract.mention import Mention
from dragoman.extract.mentions import belonging, mentions_in
from dragoman.model import Kind

BODIES = frozenset({"agency", "body"})
STATES = frozenset({"state", "union"})
PASSING = "通过"
PASSED_BY = re.compile(r"(?:在|获|获得|经)(?:第[^，。；]{1,5}届)?$")
"""Stands before the body that passes a text."""
MANNER = re.compile(r"(?:以[^，。；]{2,8}方式|一致|全票|表决|审议)*")
"""May stand between the body and the verb."""
ADVERB = re.compile(r"\s*(?:也|还|现在|已经?|均|都|正|目前|随后)?")
CLAUSE = re.compile(r"(?![的是和与])[^，。；、：]{2,24}的新?")
"""A relative clause between a state and its agency ("英国去年成立的新研究所")."""
REACH = 40
"""Characters before a trigger in which the body stands."""


def passing_body(act: Act) -> list[Mention]:
    """Return the body that passes a text ("决议在大会以协商一致方式通过", "草案获国会通过"), else []."""
    view, start = act.view, act.candidate.trigger[0]
    if act.candidate.kind is not Kind.MEASURE or not act.trigger.endswith(PASSING):
        return []
    for mention in reversed(mentions_in(view, max(view.start, start - REACH), start, act.context)):
        led = PASSED_BY.search(view.text, max(view.start, mention.start - 8), mention.start)
        if mention.type in BODIES and led is not None and MANNER.fullmatch(view.text, mention.end, start):
            return [mention._replace(rule="passed-by")]
    return []


def hosts_of(act: Act) -> list[Mention]:
    """Return who hosts a meeting told as held ("由甲会和乙院主办的第三届对话在京举行"), [] where nobody does."""
    view, start = act.view, act.candidate.trigger[0]
    if not act.trigger.startswith(HELD):
        return []
    hosted = HOSTED.search(view.text, view.start, start)
    return mentions_in(view, *hosted.span(1), act.context) if hosted is not None else []


HELD = ("举行", "召开", "举办", "开幕")
HOSTED = re.compile(r"由([^，。；]{2,60}?)(?:共同|联合|合作)?(?:主办|举办|承办)的")
"""The hosts of a meeting, before its name."""


def agency_of(act: Act) -> list[Mention]:
    """Return the agency that a clause about its state qualifies ("英国去年成立的研究所将…"), [] without one."""
    view, span, start = act.view, act.candidate.subject, act.candidate.trigger[0]
    if span is None or not view.start <= span[0] < span[1] < start:
        return []
    named = mentions_in(view, span[0], start, act.context)
    if len(named) < LEAST or named[0].type not in STATES or (named[0].start, named[0].end) != span:
        return []
    last = named[-1]
    behind = ADVERB.fullmatch(view.text, last.end, start)
    whole = last.type in BODIES and behind and CLAUSE.fullmatch(view.text, named[0].end, last.start)
    if not whole:
        return []
    own = belonging(last, named[0], act.register, view.text)
    return [own._replace(start=last.start, rule="agency-of")]


def examples_of(act: Act) -> list[Mention]:
    """Return those whom 如 names as examples of the class that is the subject ("机构如甲局和乙局须…"), else []."""
    view, span, start = act.view, act.candidate.subject, act.candidate.trigger[0]
    if span is None or not view.start <= span[0] < span[1] < start or not view.text.startswith(SUCH_AS, span[1]):
        return []
    named = mentions_in(view, span[1], start, act.context)
    ends = [span[1] + 1, *(mention.end for mention in named)]
    joined = all(JOINER.fullmatch(view.text, end, one.start) for end, one in zip(ends, named, strict=False))
    whole = bool(named) and joined and ADVERB.fullmatch(view.text, ends[-1], start) is not None
    return [mention._replace(rule="example") for mention in named] if whole else []


SUCH_AS = "如"
JOINER = re.compile(r"[、和与及]?")
LEAST = 2
"""A state and its agency."""
