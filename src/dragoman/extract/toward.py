"""Toward or with whom the act is done: states, agencies, bodies, firms and persons named in the clause.

What stands before a name decides: prepositions of company and direction, verbs whose object is a counterpart,
a place something is done for. A name that only qualifies a noun, a title or a third party's act is a mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from dragoman.extract import subject_en, subject_zh
from dragoman.extract.authors import state_of
from dragoman.extract.candidate import Candidate, Span
from dragoman.extract.context import Context, Voice
from dragoman.extract.mentions import Mention, alternatives, mentions_in
from dragoman.extract.view import View
from dragoman.model import Language, Why

Named = tuple[tuple[str, ...], tuple[Why, ...]]
"""Canonical names and a reason for each."""

Words = dict[str, tuple[str, ...]]

ABLE = frozenset({"state", "union", "agency", "office", "body", "group", "firm", "metonym", "unknown"})
"""Types of actors that can be a counterpart; classes, regions and seats of governments are none."""

PLAYERS = frozenset({"agency", "firm", "office"})
"""Types between which an act is done with both."""


def counterparties_of(view: View, candidate: Candidate, actors: tuple[str, ...], context: Context) -> Named:
    """Return with or toward whom the act is done, and why; of a list also whom its stem consults.

    Args:
        view: the sentence.
        candidate: the clause.
        actors: who acts; they and their own states are no counterparts.
        context: of the document.
    """
    excluded = {*actors, *(state_of(name, context.lexicon.actors) for name in actors)}
    found: dict[str, Why] = {}
    for place, span, company_only in stretches(view, candidate):
        for mention, rule in READERS[view.sentence.language](place, span, candidate, context):
            if company_only and rule not in STEM_RULES[context.voice is Voice.ORDER]:
                continue
            if mention.name not in excluded:
                why = Why("counterparties", mention.name, f"toward:{rule}", mention.start, mention.end)
                found.setdefault(mention.name, why)
    for mention in other_parties(view, candidate, actors, context):
        why = Why("counterparties", mention.name, "toward:other-party", mention.start, mention.end)
        found.setdefault(mention.name, why)
    return tuple(found), tuple(found.values())


def other_parties(
    view: View, candidate: Candidate, actors: tuple[str, ...], context: Context
) -> Iterator[Mention]:
    """Yield the other party of a joint text where one of two acts alone and the clause names the other."""
    if context.voice is not Voice.JOINT or len(context.authors) != PAIR or len(actors) != 1:
        return
    others = set(context.authors) - set(actors)
    if len(others) != 1:
        return
    other = others.pop()
    for hit in view.names:
        if candidate.trigger[1] <= hit.start < candidate.clause[1] and hit.phrases[0].key == other:
            yield Mention(hit.start, hit.end, other, "state")


PAIR = 2
"""Parties of a text in which the one that does not act is the other's counterpart."""


STEM_RULES = {False: frozenset({"with"}), True: frozenset({"with", "through", "to"})}
"""Rules by which the items of a list take counterparts from its stem, elsewhere and in an order."""


def stretches(view: View, candidate: Candidate) -> Iterator[tuple[View, Span, bool]]:
    """Yield where counterparts may stand: the clause, then the stem, where only company counts."""
    start, end = max(view.start, candidate.clause[0]), min(view.end, candidate.clause[1])
    yield view, (start, end), False
    if view.stem is not None:
        yield view.stem, (view.stem.start, view.stem.end), True


class Patterns(NamedTuple):
    """The words of the data as patterns of what stands before a name."""

    articles: re.Pattern[str]
    company: re.Pattern[str]
    direction: re.Pattern[str]
    between: re.Pattern[str]
    place: re.Pattern[str]
    transitive: re.Pattern[str]
    of_others: re.Pattern[str]
    mere_place: re.Pattern[str]
    by_way_of: re.Pattern[str]
    among_others: re.Pattern[str]


@cache
def patterns_of(*groups: tuple[str, ...]) -> Patterns:
    """Return the patterns of some groups of words, in the order of `Patterns`."""
    company, direction, between, place, transitive, of_others, mere_place, by_way_of, among_others, numbers = (
        groups
    )

    def ending(words: tuple[str, ...]) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{alternatives(words)})\s*$", re.IGNORECASE)

    return Patterns(
        re.compile(
            r"(?:\b(?:\w+ly|the|a|an|our|other|its|their|both|all|appropriate|respective|governments? of|senior leaders from"
            r"|leaders of|representatives of|officials of|members of|co-chairs of)\s+)+$",
            re.IGNORECASE,
        ),
        ending(company),
        ending(direction),
        ending(between),
        ending(place),
        ending(transitive),
        re.compile(rf"\b(?:{alternatives(of_others)})\s+\w+\s*$", re.IGNORECASE),
        re.compile(rf"\b(?:{alternatives(mere_place)})\b", re.IGNORECASE),
        ending(by_way_of),
        re.compile(rf"\b(?:{alternatives(numbers)}),? (?:{alternatives(among_others)})\s*$", re.IGNORECASE),
    )


def patterns_in(words: Words) -> Patterns:
    """Return the patterns of the words of the data."""
    names = (
        "with_whom", "toward", "between", "place", "transitive", "of_others", "mere_place", "by_way_of", "among_others",
        "numbers",
    )  # fmt: skip
    return patterns_of(*(words[name] for name in names))


def english(view: View, span: Span, candidate: Candidate, context: Context) -> Iterator[tuple[Mention, str]]:
    """Yield the counterparts named in a stretch of an English sentence, with the rule that found each."""
    words = context.lexicon.actors.words[Language.EN]
    patterns = patterns_in(words)
    start, end = span
    text = subject_en.blanked(view.text, start, end)
    mentions = [m for m in mentions_in(view, start, end, context) if text[m.start - start] != " "]
    for group in subject_en.grouped(text, start, mentions, subject_en.patterns_in(words)):
        rule = rule_english(text, start, group, candidate, context, patterns)
        if rule is None:
            continue
        for mention in group.mentions:
            if is_able(mention, rule, context) and not qualifies(text, start, mention, group, words, rule):
                yield mention, rule


def rule_english(
    text: str, start: int, group: subject_en.Group, candidate: Candidate, context: Context, patterns: Patterns
) -> str | None:
    """Return the rule by which the names of a group are counterparts, None where they are mere mentions."""
    before = patterns.articles.sub("", text[: group.start - start])
    if patterns.company.search(before):
        return "with"
    if patterns.transitive.search(before):
        return "object"
    if patterns.direction.search(before):
        return None if patterns.of_others.search(before) else "to"
    if patterns.by_way_of.search(before):
        return "through" if context.voice is Voice.ORDER and group.mentions[0].type in PLAYERS else None
    if patterns.among_others.search(before):
        return "including"
    if patterns.between.search(before):
        return "between" if any(m.type in PLAYERS for m in group.mentions) else None
    if patterns.place.search(before) and is_served_place(before, group, candidate, context, patterns):
        return "place"
    return None


def is_served_place(
    before: str, group: subject_en.Group, candidate: Candidate, context: Context, patterns: Patterns
) -> bool:
    """Return whether something is done for a place and not merely there."""
    if all(m.type in PLAYERS for m in group.mentions):
        return ACROSS.search(before) is not None
    if any(m.type != "state" or m.name in context.authors for m in group.mentions):
        return False
    if group.start < candidate.trigger[0]:
        return len(before.split()) == 1
    return patterns.mere_place.search(before[-PLACE_REACH:]) is None


ACROSS = re.compile(r"\b(?:across|within)\s*$", re.IGNORECASE)
PLACE_REACH = 60
"""Characters before a place that may show it to be a mere place."""


def is_able(mention: Mention, rule: str, context: Context) -> bool:
    """Return whether a name can be a counterpart under a rule; the parties' own body is none they act with."""
    if mention.type not in ABLE:
        return False
    return mention.name != context.body or rule in {"to", "object"} or context.body in context.authors


def qualifies(text: str, start: int, mention: Mention, group: subject_en.Group, words: Words, rule: str) -> bool:
    """Return whether a name only qualifies the noun behind it ("U.S. industry", "Russia's war")."""
    end = mention.end - start
    if text.startswith("-", end) or text[: mention.start - start].endswith("-"):
        return True
    if subject_en.POSSESSIVE.match(text, end):
        return rule != "object"
    if mention is not group.mentions[-1]:
        return False
    following = subject_en.NEXT.match(text, end)
    if following is None or not text[end : following.start(1)].isspace():
        return False
    word, rest = following.group(1), text[following.start(1) :].lower()
    if rest.startswith((*words["representatives"], "allies", "industry partners")) or mention.type == "office":
        return False
    if word[0].isupper():
        return True
    function = any(
        word.lower() in words[name] for name in ("after_subject", "prepositions", "openers", "articles")
    )
    return not (function or word.endswith(("ly", "ing", "ed")) or rule == "object")


def chinese(view: View, span: Span, candidate: Candidate, context: Context) -> Iterator[tuple[Mention, str]]:
    """Yield the counterparts named in a stretch of a Chinese sentence, with the rule that found each."""
    words = context.lexicon.actors.words[Language.ZH]
    start, end = span
    text = subject_zh.BRACKETS.sub(lambda match: " " * len(match.group()), view.text[start:end])
    yield from toward_china(text, start, words, context)
    mentions = [
        m._replace(start=m.start - start, end=m.end - start)
        for m in mentions_in(view, start, end, context)
        if text[m.start - start] != " "
    ]
    for group in listed(text, mentions):
        before, behind = text[: group[0].start].rstrip(), text[group[-1].end :]
        rule = None if compared(behind, words) else rule_chinese(before, behind, group, words)
        if rule is not None:
            yield from (
                (m._replace(start=m.start + start, end=m.end + start), rule)
                for m in group
                if m.type in ABLE or (m.name == "Europe" and rule == "with")
            )


def toward_china(text: str, start: int, words: Words, context: Context) -> Iterator[tuple[Mention, str]]:
    """Yield the state that 华 stands for in 对华 and the like."""
    name = context.lexicon.actors.compounds.names.get("中", "")
    for word in words["toward_china"][:1]:
        offset = text.find(word)
        if offset >= 0 and name:
            yield Mention(start + offset, start + offset + len(word), name, "state", "compound"), "to"


def compared(behind: str, words: Words) -> bool:
    """Return whether a name is only what something is compared with or depends on (与欧盟…相比)."""
    clause = re.split(r"[，,；。]", behind, maxsplit=1)[0]
    return any(word in clause for word in words["compared"])


LIST_JOINERS = re.compile(r"\s*(?:、|和|及|以及|或|，)?\s*")


def listed(text: str, mentions: Sequence[Mention]) -> list[tuple[Mention, ...]]:
    """Return the names in lists: those that 、 and 和 join."""
    groups: list[tuple[Mention, ...]] = []
    for mention in mentions:
        if groups and LIST_JOINERS.fullmatch(text, groups[-1][-1].end, mention.start):
            groups[-1] = (*groups[-1], mention)
        else:
            groups.append((mention,))
    return groups


def rule_chinese(before: str, behind: str, group: tuple[Mention, ...], words: Words) -> str | None:
    """Return the rule by which the names of a list are counterparts, None where they are mere mentions."""
    if before.endswith(words["with_whom"]):
        return None if behind.startswith("的") and group[-1].type == "state" else "with"
    if any(word in behind[:AFFECTED_REACH] for word in words["affected"]) and group[-1].type == "office":
        return "object"
    if before.endswith("通过") and group[-1].type == "agency":
        return "to" if behind.startswith(words["passed"]) else None
    if before.endswith(words["place"]):
        served = behind.lstrip().startswith(words["place_acts"]) and all(m.type == "state" for m in group)
        return "place" if served else None
    if before.endswith(words["toward"]):
        return None if is_attribute(behind, group, words) else "to"
    return None


AFFECTED_REACH = 24
"""Characters behind an office in which its powers are named (…主任与预算有关的职能)."""


def is_attribute(behind: str, group: tuple[Mention, ...], words: Words) -> bool:
    """Return whether what stands behind a name makes it a mere attribute."""
    if group[-1].type == "group":
        return behind.startswith(("国家", "之间", "成员", "伙伴"))
    return behind.startswith(words["modified_nouns"]) and group[-1].type in {"state", "union"}


READERS = {Language.EN: english, Language.ZH: chinese}
