"""Whom an active verb of asking, ordering or allowing stands before: "calls on X to", 指示X."""

from __future__ import annotations

import re

from dragoman.extract import subject_en, subject_zh
from dragoman.extract.act import Act
from dragoman.extract.mentions import Mention
from dragoman.extract.phrases_en import acts, antecedent, is_body, unknown_names
from dragoman.model import Kind, Language

NEAR_WORDS = 3
"""Words at most between a verb of asking and whom it asks."""
NEAR_HAN = 4
"""Characters at most between a verb of asking and whom it asks."""
GOVERNED = frozenset({"of", "in"})
"""Words behind which a name is not the one that is asked."""
ADDRESSED = re.compile(
    r"\s*(?:to\s+)?([^.;]{3,90}?)(?:,|\s(?:to|operating|who|that|in|from|with(?=\s\w+ing\b))\s)"
)
"""Whom a verb of asking stands before, without a name of the register."""
JOINED = re.compile(r",?\s+and\s+(?:the\s+)?([A-Za-z][\w -]{3,60}?)\s+to\s")
QUALIFIER = re.compile(r"^(?:the|all|other|our|their|its)\s+")


def addressees(act: Act) -> list[Mention]:
    """Return who is made to act by an active verb; [] where the trigger is none or asks nobody."""
    if not act.asks:
        return []
    start, end = act.candidate.trigger[1], act.candidate.clause[1]
    if act.language is Language.ZH:
        return addressed_chinese(act, start, end)
    stretch = subject_en.stretch_of(act.view, start, end, act.context)
    found = addressed_names(stretch) or addressed_phrase(stretch)
    return [mention.moved(start) for mention in found]


def addressed_chinese(act: Act, start: int, end: int) -> list[Mention]:
    """Return the names right behind a Chinese verb of asking."""
    view = act.view
    while view.stem is not None and start < view.start:
        view = view.stem
        end = view.end
    stretch, mentions = subject_zh.stretch_of(view, start, end, act.context)
    groups = subject_zh.grouped(stretch, mentions, end - start)
    near = groups and groups[0][0].start <= NEAR_HAN
    if near:
        return [mention.moved(start) for mention in groups[0]]
    states = STATES_ASKED.match(view.text, start, end) if act.candidate.kind is Kind.RECOMMENDATION else None
    return [Mention(*states.span(1), COUNTRIES, "class", "addressee")] if states is not None else []


STATES_ASKED = re.compile(r"[^，,。；、]{0,12}?((?:的|其他|更多|所有|各|有关|相关)国家?)(?=[^家际])")
"""States in general that are asked ("呼吁尚未加入的国家签署")."""
COUNTRIES = "countries"


def addressed_names(stretch: subject_en.Stretch) -> list[Mention]:
    """Return the names right behind an English verb of asking."""
    groups = subject_en.grouped(stretch, stretch.mentions())
    before = stretch.text[: groups[0].start].lower().split() if groups else []
    near = groups and len(before) <= NEAR_WORDS and not GOVERNED & set(before)
    return [*groups[0].mentions, *joined_addressee(stretch, groups[0])] if near else []


def joined_addressee(stretch: subject_en.Stretch, group: subject_en.Group) -> list[Mention]:
    """Return an addressee without a register entry that "and" joins to known ones, up to "to"."""
    match = JOINED.match(stretch.text, group.end)
    if match is None or not acts(match[1], stretch.english):
        return []
    return [Mention(*match.span(1), match[1], "unknown", "addressee")]


def addressed_phrase(stretch: subject_en.Stretch) -> list[Mention]:
    """Return whom the noun phrase behind an English verb of asking names, up to "to"."""
    match = ADDRESSED.match(stretch.text)
    if match is None:
        return []
    first, end = match.span(1)
    bare = QUALIFIER.sub("", match.group(1).strip())
    if bare.lower() in stretch.english.words["members"] and len(stretch.context.authors) == 1:
        return [Mention(first, end, "members", "authors", "members")]
    if bare in stretch.english.sets["body_nouns"] and bare != match.group(1).strip():
        taken_up = antecedent(bare, stretch.view, stretch.start + first, stretch.english, stretch.context)
        if taken_up is not None:
            return [taken_up._replace(start=first, end=end)]
    proper = bare != match.group(1).strip() and is_body(bare, stretch.english)
    if not proper and not acts(bare, stretch.english):
        return []
    names = unknown_names(bare, stretch.english)
    return [Mention(first, end, name, "unknown", "addressee") for name in names]
