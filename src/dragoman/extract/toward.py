"""Toward or with whom the act is done: states, agencies, bodies, firms and persons named in the clause.

What stands before a name decides: prepositions of company and direction, verbs whose object is a counterpart,
a place something is done for. A name that only qualifies a noun, a title or a third party's act is a mention.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from dragoman.extract import subject_en, subject_zh
from dragoman.extract.authors import STATES, state_of
from dragoman.extract.candidate import Candidate, Span
from dragoman.extract.context import Context, Voice
from dragoman.extract.mentions import Mention
from dragoman.extract.recipients_en import (
    is_bought_from,
    is_burdened,
    is_given,
    is_stake,
    paid,
    with_unknown_bodies,
)
from dragoman.extract.subject_en import Stretch
from dragoman.extract.view import View
from dragoman.extract.who_words import chinese_words, tail_of
from dragoman.lexicon.actors import Words
from dragoman.model import Language, Why

Named = tuple[tuple[str, ...], tuple[Why, ...]]
"""Canonical names and a reason for each."""

ABLE = frozenset({"state", "union", "agency", "office", "body", "group", "firm", "metonym", "unknown"})
"""Types of actors that can be a counterpart; classes, regions and seats of governments are none."""

PLAYERS = frozenset({"agency", "firm", "office"})
"""Types between which an act is done with both."""

STEM_RULES = {False: frozenset({"with"}), True: frozenset({"with", "through", "to"})}
"""Rules by which the items of a list take counterparts from its stem, elsewhere and in an order."""

PAIR = 2
"""Parties of a text in which the one that does not act is the other's counterpart."""

Found = Iterator[tuple[Mention, str]]
"""Counterparts, each with the rule that found it."""


def counterparties_of(view: View, candidate: Candidate, actors: tuple[str, ...], context: Context) -> Named:
    """Return with or toward whom the act is done, and why; of a list also whom its stem consults.

    Args:
        view: the sentence.
        candidate: the clause.
        actors: who acts; they and their own states are no counterparts.
        context: of the document.
    """
    excluded = {
        *actors,
        *(state_of(name, context.lexicon.actors) or state_named(name, context) for name in actors),
    }
    found: dict[str, Why] = {}
    for mention, rule in named_in(view, candidate, actors, context):
        if mention.name not in excluded:
            why = Why("counterparties", mention.name, f"toward:{rule}", mention.start, mention.end)
            found.setdefault(mention.name, why)
    return tuple(found), tuple(found.values())


def state_named(name: str, context: Context) -> str:
    """Return the state that ends the name of a body of no register ("Ministry of Science of Chile"), else ""."""
    last = name.rpartition(" of ")[2].removeprefix("the ")
    return last if " of " in name and context.lexicon.actors.type_of(last) in STATES else ""


def named_in(view: View, candidate: Candidate, actors: tuple[str, ...], context: Context) -> Found:
    """Yield the counterparts of the clause, then of the stem above it, then the other party."""
    read = READERS[view.sentence.language]
    start, end = max(view.start, candidate.clause[0]), min(view.end, candidate.clause[1])
    yield from read(view, (start, end), candidate, context)
    if view.stem is not None and takes_from_stem(view, candidate):
        rules = STEM_RULES[context.voice is Voice.ORDER]
        stem = read(view.stem, (view.stem.start, view.stem.end), candidate, context)
        yield from ((mention, rule) for mention, rule in stem if rule in rules)
    yield from other_party(view, candidate, actors, context)


def takes_from_stem(view: View, candidate: Candidate) -> bool:
    """Return whether an item goes on with the act of its stem, and is no sentence with a subject of its own."""
    subject = candidate.subject
    return candidate.trigger[0] < view.start or subject is None or subject[0] < view.start


def other_party(view: View, candidate: Candidate, actors: tuple[str, ...], context: Context) -> Found:
    """Yield the other party of a joint text where one of two acts alone and the clause names the other."""
    others = set(context.authors).difference(actors)
    if context.voice is not Voice.JOINT or len(context.authors) != PAIR or len(actors) != 1 or len(others) != 1:
        return
    for hit in view.names:
        named = candidate.trigger[1] <= hit.start < candidate.clause[1] and hit.phrases[0].key in others
        if named and OF_STATE.search(view.text, view.start, hit.start) is None:
            yield Mention(hit.start, hit.end, hit.phrases[0].key, "state"), "other-party"


OF_STATE = re.compile(r"[A-Z]\w+\s(?:of|for)\s(?:the\s)?$")
"""What stands before a state whose name only ends that of a body ("the Communications Authority of Kenya")."""


def english(view: View, span: Span, candidate: Candidate, context: Context) -> Found:
    """Yield the counterparts named in a stretch of an English sentence."""
    stretch = subject_en.stretch_of(view, *span, context)
    known = with_unknown_bodies(stretch, candidate)
    yield from ((mention.moved(span[0]), "paid") for mention in paid(stretch, known, candidate))
    for group in subject_en.grouped(stretch, known):
        rule = rule_english(stretch, group, candidate)
        if rule is None:
            continue
        served = ADVISER.search(stretch.text, 0, group.start) is not None
        for mention in group.mentions[served:]:
            if is_able(mention, rule, context) and not qualifies(stretch, mention, group, rule):
                yield mention.moved(span[0]), rule


def rule_english(stretch: Stretch, group: subject_en.Group, candidate: Candidate) -> str | None:
    """Return the rule by which the names of a group are counterparts, None where they are mere mentions."""
    english = stretch.english
    before = english.lead_in.sub("", stretch.text[max(0, group.start - subject_en.NEAR) : group.start])
    tail = tail_of(before)
    for rule, phrases in english.rules:
        if tail.endswith(phrases):
            fits = FITTING.get(rule)
            if fits is None or fits(stretch, group, before, candidate):
                return rule
            if rule not in FURTHER:
                return None
    return None


FURTHER = frozenset({"given", "from", "bought", "stake"})
"""Rules behind which others may still fit the same words."""


def is_direct(stretch: Stretch, group: subject_en.Group, before: str, candidate: Candidate) -> bool:  # noqa: ARG001 - one signature
    """Return whether something is done to somebody, and not to what others do, nor given by a law before."""
    return stretch.english.of_others.search(before) is None and GRANTED.search(before) is None


ADVISER = re.compile(r"\b(?:Advis[oe]r|Assistant|Counsel(?:or|lor)?|Aide|Deputy)\s+to\s*(?:the\s*)?$")
"""What stands before the one whom an officer serves ("Senior Advisor to the President")."""


def is_company(stretch: Stretch, group: subject_en.Group, before: str, candidate: Candidate) -> bool:  # noqa: ARG001 - one signature
    """Return whether an act is done with somebody, and it is not others who consult him ("set by X, with Y")."""
    return OTHERS_CONSULT.search(before) is None


OTHERS_CONSULT = re.compile(
    r"\b(?:determined|issued|prescribed|promulgated)\sby\s"
    r"[^,;]{3,60},\s(?:in\s(?:consultation|coordination|concurrence)\s)?with\s*$"
)


def is_channel(stretch: Stretch, group: subject_en.Group, before: str, candidate: Candidate) -> bool:  # noqa: ARG001 - one signature
    """Return whether an order has an agency, a firm or an office act for it."""
    return stretch.context.voice is Voice.ORDER and group.mentions[0].type in PLAYERS


def is_between_players(stretch: Stretch, group: subject_en.Group, before: str, candidate: Candidate) -> bool:  # noqa: ARG001 - one signature
    """Return whether an act between some names is done with both."""
    return any(mention.type in PLAYERS or mention.rule == "named" for mention in group.mentions)


GRANTED = re.compile(
    r"\b(?:granted|conferred|vested|available|assigned)\s+(?:by law\s+)?(?:to|on|upon|in)\s*$", re.IGNORECASE
)
"""What stands before somebody whose powers a text names ("the powers granted to the President by")."""
ACROSS = re.compile(r"\b(?:across|re-?delegat\w+\b.{0,120}\swithin)\s+(?:the\s+)?$", re.IGNORECASE)
"""What stands before agencies among all of which, or within one of which, something is done."""
INSIDE = "within"
DELEGATED = 160
"""Characters before an agency in which something is said to be delegated within it."""
PLACE_REACH = 60
"""Characters before a place that may show it to be a mere place."""


def is_served(stretch: Stretch, group: subject_en.Group, before: str, candidate: Candidate) -> bool:
    """Return whether something is done for a place, or across agencies, and not merely there."""
    if all(mention.type in PLAYERS for mention in group.mentions):
        return ACROSS.search(stretch.text, max(0, group.start - DELEGATED), group.start) is not None
    if any(m.type != "state" or m.name in stretch.context.authors for m in group.mentions):
        return False
    if before.rstrip().lower().endswith(INSIDE):
        return False
    if stretch.start + group.start < candidate.trigger[0]:
        return len(before.split()) == 1
    return stretch.english.mere_place.search(before[-PLACE_REACH:]) is None


FITTING: Mapping[str, Callable[[Stretch, subject_en.Group, str, Candidate], bool]] = {
    "with": is_company,
    "given": is_given,
    "from": is_burdened,
    "bought": is_bought_from,
    "stake": is_stake,
    "to": is_direct,
    "through": is_channel,
    "between": is_between_players,
    "place": is_served,
}
"""What must hold besides for the names behind the words of a rule."""


def is_able(mention: Mention, rule: str, context: Context) -> bool:
    """Return whether a name can be a counterpart under a rule; the parties' own body is none they act with."""
    if mention.type not in ABLE:
        return False
    return mention.name != context.body or rule in {"to", "object"} or context.body in context.authors


FUNCTION_WORDS = ("after_subject", "prepositions", "openers", "articles")
"""Groups of words that may stand behind a name without being a noun that it qualifies."""


def qualifies(stretch: Stretch, mention: Mention, group: subject_en.Group, rule: str) -> bool:
    """Return whether a name only qualifies the noun behind it ("U.S. industry", "Russia's war")."""
    text, words, end = stretch.text, stretch.english.words, mention.end
    if text.startswith("-", end) or text.endswith("-", 0, mention.start):
        return True
    if subject_en.POSSESSIVE.match(text, end):
        return rule != "object"
    following = subject_en.NEXT.match(text, end)
    if mention is not group.mentions[-1] or following is None or not text[end : following.start(1)].isspace():
        return False
    word = following.group(1)
    represented = text[following.start(1) :].lower().startswith((*words["representatives"], *words["allied"]))
    if represented or mention.type == "office":
        return False
    if word[0].isupper():
        return True
    is_function = any(word.lower() in stretch.english.sets[name] for name in FUNCTION_WORDS) or word.endswith(
        ("ly", "ing", "ed")
    )
    return not is_function and rule not in {"object", "given"}


def chinese(view: View, span: Span, candidate: Candidate, context: Context) -> Found:  # noqa: ARG001 - as for English
    """Yield the counterparts named in a stretch of a Chinese sentence."""
    start, end = span
    stretch, mentions = subject_zh.stretch_of(view, start, end, context)
    words = chinese_words(context.lexicon.actors).words
    yield from toward_china(stretch.text, start, words, context)
    chaired = [match.span() for match in CHAIRED.finditer(stretch.text)]
    for group in listed(stretch.text, mentions):
        if any(first < group[0].start < last for first, last in chaired):
            continue
        before, behind = stretch.text[: group[0].start].rstrip(), stretch.text[group[-1].end :]
        before = QUALIFIED.sub("", before)
        listed_with = LISTED_WITH.search(before) if group[-1].type in PLAYERS else None
        before = before[: listed_with.start(1)] if listed_with is not None else before
        rule = None if is_compared(behind, words) else rule_chinese(before, behind, group, words)
        if rule is not None:
            able = ABLE | {"region"} if rule == "with" else ABLE
            own = context.document.parties if rule == FIRMS else ()
            yield from ((m.moved(start), rule) for m in group if m.type in able and m.name not in own)


LISTED_WITH = re.compile(
    r"[与同]((?:[\u4e00-\u9fffA-Za-z·-](?<![与同的在就向对将、和及])){2,12}(?:、|和|及|以及))+$"
)
"""Names that no register has in a list of those with whom an act is done ("与滨海院、IBM及…")."""
QUALIFIED = re.compile(r"(?:同级|当地|所在地的?|其所在地|有关|上级|事故发生地|属地)+$")
"""Words before an authority that leave it the one an act is done toward (向所在地网信部门报送)."""
CHAIRED = re.compile(r"由[^，,。；;]{2,60}?(?:担任(?:联合|共同)?主席|主持|牵头|领导)的")
"""A relative clause that says who chairs a body: those named in it are no counterparts."""


def toward_china(text: str, start: int, words: Words, context: Context) -> Found:
    """Yield the state that the last character of 对华 and the like stands for."""
    yield from toward_state(text, start, context)
    offset = text.find(words["toward_china"][0])
    name = context.lexicon.actors.compounds.names.get("中", "")
    if offset >= 0 and name:
        end = start + offset + len(words["toward_china"][0])
        yield Mention(end - 1, end, name, "state", "compound"), "to"


TOWARD_STATE = re.compile(
    r"(?:对([美欧韩俄印澳日])(?=[投贸出实关施技加援产芯经半防][资易口施税压术征助品片贸导卫])"
    r"|[赴]([美欧韩俄印澳日英法德])(?=[留培参交访学投开工实研考]))"
)
"""对 with the character of another state before what is done toward it (对美投资)."""


def toward_state(text: str, start: int, context: Context) -> Found:
    """Yield the states that the character behind 对 stands for (对美投资)."""
    names = context.lexicon.actors.compounds.names
    for match in TOWARD_STATE.finditer(text):
        place = match.lastindex or 1
        name = names.get(match[place], "")
        if name:
            yield Mention(start + match.start(place), start + match.end(place), name, "state", "compound"), "to"


LIST_JOINERS = re.compile(r"\s*(?:、|和|及|以及|或|，)?\s*")


def listed(text: str, mentions: Sequence[Mention]) -> list[subject_zh.Group]:
    """Return the names in lists: those that 、 and 和 join."""
    groups: list[subject_zh.Group] = []
    for mention in mentions:
        if groups and LIST_JOINERS.fullmatch(text, groups[-1][-1].end, mention.start):
            groups[-1] = (*groups[-1], mention)
        else:
            groups.append((mention,))
    return groups


AFFECTED_REACH = 24
"""Characters behind an office in which its powers are named (…主任与预算有关的职能)."""


def rule_chinese(before: str, behind: str, group: subject_zh.Group, words: Words) -> str | None:
    """Return the rule by which the names of a list are counterparts, None where they are mere mentions."""
    last = group[-1].type
    if before.endswith(words["with_whom"]):
        return None if last == "state" and behind.startswith("的") else "with"
    if last == "office" and any(word in behind[:AFFECTED_REACH] for word in words["affected"]):
        return "object"
    if last == "agency" and before.endswith(words["passing"]):
        return "to" if behind.startswith(words["passed"]) else None
    if before.endswith(words["place"]):
        served = behind.lstrip().startswith(words["place_acts"]) and all(m.type == "state" for m in group)
        return "place" if served else None
    if before.endswith(words["toward"]):
        affected = last == "state" and behind.startswith(FIRMS_OF)
        return FIRMS if affected else None if is_attribute(behind, last, words) else "to"
    firms = last == "state" and behind.startswith(FIRMS_OF) and AFFECTED_FIRMS.search(before) is not None
    return FIRMS if firms else None


FIRMS = "firms"
"""The rule by which a state is a counterpart whose firms an act is done to; not the state that speaks."""
FIRMS_OF = ("企业", "公司", "实体", "机构")
AFFECTED_FIRMS = re.compile(r"(?:对|向|将|把)[^，,。；、]{0,16}$")
"""What makes the firms of a state those toward whom an act is done ("将140家某国实体列入")."""


def is_compared(behind: str, words: Words) -> bool:
    """Return whether a name is only what something is compared with or depends on (与欧盟…相比)."""
    clause = subject_zh.SIGNS.split(behind, maxsplit=1)[0]
    return any(word in clause for word in words["compared"])


def is_attribute(behind: str, kind: str, words: Words) -> bool:
    """Return whether what stands behind a name makes it a mere attribute."""
    if kind == "group":
        return behind.startswith(words["inside_group"])
    return kind in {"state", "union"} and behind.startswith(words["modified_nouns"])


READERS = {Language.EN: english, Language.ZH: chinese}
