"""Whom a word stands for: "we", 双方, "the two leaders", "this order", "they"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from dragoman.extract.act import Act, as_mentions
from dragoman.extract.authors import head_of
from dragoman.extract.context import Context, Voice
from dragoman.extract.fronted_en import subject_of_fronted
from dragoman.extract.mentions import Mention, mentions_in
from dragoman.extract.short_states import member_meant, side_meant
from dragoman.extract.unnamed import COUNTRIES, nobody_named
from dragoman.extract.view import View
from dragoman.model import Kind, Language

STATES = frozenset({"state", "union"})
GATHERED = frozenset({"body", "group", "unknown"})
"""Types of actors that the parties of a joint text may make act."""

PASSIVE = re.compile(r"\s*(?:also\s+|further\s+)?be\s+(?:\w+ly\s+)?\w+(?:ed|en|de|pt|lt|nt|ne|n)\b", re.IGNORECASE)
PASSIVE_TRIGGER = re.compile(r"(?:is|are|was|were)\s+(?:\w+\s+)?(?:intended|expected|designed|to be)|被")
PASSIVE_ZH = "被"
FOUNDED = re.compile(r"(?:has been|have been|was|were|is|are)\s+\w+(?:ed|en)\b")
WE = "we"
NATION = "国"
BOTH = ("两国", "双方")
"""Stand before an office or agency that each of the two states has (两国外长): the states act."""
ALL = "各国"
PERSONS = frozenset({"experts", "persons in charge"})
SHARED = frozenset({"office", "agency"})


def resolved(found: Sequence[Mention], act: Act) -> list[Mention]:
    """Return names with the words among them replaced by whom they stand for."""
    result: list[Mention] = []
    for mention in found:
        result += resolved_one(mention, act)
    if len(found) == 1 and found[0].type in GATHERED and act.context.voice is Voice.JOINT:
        return of_parties(found[0], result, act)
    return result


def resolved_one(mention: Mention, act: Act) -> list[Mention]:
    """Return whom one mention stands for; a name stands for itself."""
    authors = act.context.authors
    if mention.type == "authors":
        return spoken_for(mention, act)
    if mention.type == "previous":
        return taken_up(mention, act)
    if (mention.type in SHARED or mention.name in PERSONS) and act.view.text.endswith(BOTH, 0, mention.start):
        name = BOTH[1] if mention.name in PERSONS else BOTH[0]
        return spoken_for(mention._replace(name=name, type="authors", rule="both"), act)
    if mention.name == act.context.body and authors and members_of(act.context) == frozenset(authors):
        return as_mentions(authors, "group>members", mention)
    return agencies_before(mention, act) or [mention]


def agencies_before(mention: Mention, act: Act) -> list[Mention]:
    """Return the agencies that acted together before, in the same block, which "the agencies" takes up."""
    view, memory = act.view, act.context.memory
    if mention.name != AGENCIES or act.context.voice is Voice.ORDER or memory.block != view.sentence.block:
        return []
    alone = view.text[view.start : mention.start].strip().lower() in {"the", "both", "the two"}
    several = len(memory.actors) > 1 and all(act.register.type_of(name) == "agency" for name in memory.actors)
    return as_mentions(memory.actors, "previous", mention) if alone and several else []


AGENCIES = "agencies"


def members_of(context: Context) -> frozenset[str]:
    """Return the members of the group that the title names, on the day of the document."""
    day = context.document.date
    return frozenset(context.lexicon.actors.members_at(context.body, day)) if day and context.body else frozenset()


def of_parties(body: Mention, names: list[Mention], act: Act) -> list[Mention]:
    """Return who acts where a body is the subject of a joint text.

    The parties with it where they make it act ("the Group will be mobilized"), they alone where they founded it
    ("the Task Force was launched"), else the body.
    """
    authors = as_mentions(act.context.authors, "authors", body)
    if act.candidate.kind is Kind.MEASURE:
        return authors if FOUNDED.match(act.view.text, act.candidate.trigger[0]) else names
    return [*authors, *names] if is_passive(act) else names


def is_passive(act: Act) -> bool:
    """Return whether the verb is passive: "is expected to", "will be mobilized", 将被."""
    start, end = act.candidate.trigger
    if PASSIVE_TRIGGER.search(act.view.text, start, end):
        return True
    if act.language is Language.ZH:
        return act.view.text.startswith(PASSIVE_ZH, end)
    return PASSIVE.match(act.view.text, end) is not None


def spoken_for(mention: Mention, act: Act) -> list[Mention]:
    """Return whom a word for the authors, their heads or their text stands for."""
    context, plain = act.context, mention.name
    if mention.rule == "order":
        of_home = act.asks and context.home
        return as_mentions((context.home,) if of_home else order_givers(context), "order>giver", mention)
    if plain == WE and context.home and gives_orders(context):
        return as_mentions((context.home,), "we>home", mention)
    heads = heads_of_parties(context) if plain in act.words["leaders"] else ()
    if heads:
        return as_mentions(heads, "leaders>heads", mention)
    if plain == ALL and (is_everybody(context) or is_said_of_all(mention, act)):
        return as_mentions((COUNTRIES,), "all>countries", mention)
    others = others_meant(mention, act)
    if others:
        return as_mentions(others, "pair>last-named", mention)
    everybody = (COUNTRIES,) if plain == ALL else ()
    return as_mentions(context.authors or everybody, "we>authors", mention)


def is_said_of_all(mention: Mention, act: Act) -> bool:
    """Return whether those who speak say what all states should do ("我们一致认为，各国应遵守承诺")."""
    before = act.view.text[act.view.start : mention.start]
    return act.candidate.kind is Kind.RECOMMENDATION and SAYING.search(before) is not None


SAYING = re.compile("认为|强调|主张|重申|指出")


def is_everybody(context: Context) -> bool:
    """Return whether 各国 means all states, in a paper or in what two say, and not several who speak jointly."""
    if context.voice is Voice.JOINT:
        return len(context.authors) <= PAIR and all(
            context.lexicon.actors.type_of(name) in STATES for name in context.authors
        )
    return context.voice is Voice.ADVICE or len(context.authors) == 1


def gives_orders(context: Context) -> bool:
    """Return whether the author is an office, whose "we" is its state."""
    return [context.lexicon.actors.type_of(name) for name in context.authors] == ["office"]


def order_givers(context: Context) -> tuple[str, ...]:
    """Return whose order a text tells of: its author where it is the order, else the head of its state."""
    home = (context.home,) if context.home else ()
    if context.voice is Voice.JOINT:
        return context.authors
    if context.voice is Voice.ORDER and (context.authors or home):
        return context.authors or home
    head = head_of(context.home, context.lexicon.actors) if context.home else ""
    return (head,) if head else context.authors


def heads_of_parties(context: Context) -> tuple[str, ...]:
    """Return the heads of state or government of the authors, () where one of them is not known."""
    heads = tuple(head_of(name, context.lexicon.actors) or head_told(name, context) for name in context.authors)
    return heads if all(heads) else ()


def head_told(state: str, context: Context) -> str:
    """Return the office of the head of a state that a Chinese text names (塞尔维亚总统), "" without one."""
    register, text = context.lexicon.actors, context.document.text
    actor = register.actors.get(state)
    pairs = [pair.partition("=") for pair in register.words[Language.ZH]["heads_of_state"][:HEADS]]
    title = next((en for zh, _, en in pairs for name in (actor.zh if actor else ()) if f"{name}{zh}" in text), "")
    article = "the " if title and state.startswith(register.words[Language.ZH]["with_article"]) else ""
    return f"{title} of {article}{state}" if title else ""


HEADS = 4
"""How many of the titles of heads are those of a state or government, and not of a ministry."""


def others_meant(mention: Mention, act: Act) -> tuple[str, ...]:
    """Return those a text tells of or advises that 双方, "both sides" means, () where it means the authors."""
    context = act.context
    if not speaks_of_others(mention.name, act):
        return ()
    if (
        context.voice is Voice.ADVICE
        and context.advised
        and not (len(context.advised) == 1 and is_pair(mention.name))
    ):
        return context.advised
    many = mention.name in act.words.get("many", ())
    group = group_before(act, mention.start) if many else ()
    return group or pair_before(act.view, mention.start, context, many=many) or joined_before(act, many=many)


def joined_before(act: Act, *, many: bool) -> tuple[str, ...]:
    """Return the two agencies, firms or bodies that the sentences before join ("甲部与乙局签署…。双方将…")."""
    view = act.view.previous
    for _ in range(0 if many or act.language is not Language.ZH else JOINED_REACH):
        if view is None:
            return ()
        for one, two in pairwise(mentions_in(view, view.start, view.end, act.context)):
            apart = one.name != two.name and one.type in PARTNERS and two.type in PARTNERS
            if apart and BETWEEN_PAIR.fullmatch(view.text, one.end, two.start):
                return one.name, two.name
        view = view.previous
    return ()


PARTNERS = frozenset({"agency", "firm", "body", "state", "union", "unknown"})
JOINED_REACH = 3
"""Sentences back in which the two partners that 双方 takes up are looked for."""


def is_pair(plain: str) -> bool:
    """Return whether an English word speaks of two: "both sides", "the two governments"."""
    return plain.startswith(("both ", "the two ", "our two "))


def speaks_of_others(plain: str, act: Act) -> bool:
    """Return whether a word like 双方 may mean others than the authors."""
    context = act.context
    if context.voice is Voice.ADVICE:
        states = all(act.register.type_of(name) in STATES for name in context.authors)
        return act.candidate.kind is Kind.RECOMMENDATION or (NATION in plain and not states)
    if context.voice is not Voice.REPORT or plain == WE:
        return False
    alone = len(context.authors) == 1 and plain in act.words.get("pair", ())
    return alone or not context.document.parties


def group_before(act: Act, offset: int) -> tuple[str, ...]:
    """Return the group of states named last in the sentence before an offset, () without one."""
    named = mentions_in(act.view, act.view.start, offset, act.context)
    return tuple(mention.name for mention in named if mention.type == "group")[-1:]


PAIR_REACH = 700
"""Characters back to which the two states that 双方 takes up are looked for."""
BETWEEN_PAIR = re.compile(r"\s*(?:和|与|、|—|-|及|and|,)\s*(?:the )?")


def pair_before(view: View, offset: int, context: Context, *, many: bool = False) -> tuple[str, ...]:
    """Return the states named together last before an offset, () where there were none.

    Of a longer row of names the last two, all of them where `many` are meant (三国).
    """
    register = context.lexicon.actors
    text = view.text[max(0, offset - PAIR_REACH) : offset]
    compounds = register.compounds
    found = [
        (first, tuple(member_meant(sign, compounds.names[sign], context) for sign in text[first:last]))
        for first, last in compounds.find(text, 0, len(text))
        if compounds.is_sure(text, first, last)
    ]
    hits = [hit for hit in context.lexicon.names.find(text) if register.type_of(hit.phrases[0].key) in STATES]
    row: tuple[str, ...] = ()
    for one, two in pairwise(hits):
        names = (one.phrases[0].key, two.phrases[0].key)
        if names[0] != names[1] and BETWEEN_PAIR.fullmatch(text, one.end, two.start):
            row = (*row, names[1]) if many and row[-1:] == names[:1] else names
            found.append((one.start, row))
        else:
            row = ()
    return max(found)[1] if found else () if many else named_most(view, offset, context)


def named_most(view: View, offset: int, context: Context) -> tuple[str, ...]:
    """Return the two states that a text names most, title and what stands before an offset, () without two.

    News tell of two sides without naming them together ("中方愿同马方…。双方同意…").
    """
    register = context.lexicon.actors
    if view.sentence.language is not Language.ZH:
        return ()
    first, text = offset - PAIR_REACH, view.text
    keys = [
        (side_meant(text[hit.start : hit.end], hit.phrases[0].key, context), hit.start)
        for hit in context.hits.names
        if first <= hit.start < offset
    ]
    named = Counter(name for name, _ in keys if register.type_of(name) in STATES)
    two = [name for name, _ in named.most_common(PAIR)]
    return tuple(sorted(two, key=[name for name, _ in keys].index)) if len(two) == PAIR else ()


PAIR = 2


def taken_up(mention: Mention, act: Act) -> list[Mention]:
    """Return whom "it", "they" stands for: the actors of the provision before, in the same block."""
    memory = act.context.memory
    english = act.language is Language.EN
    fronted = subject_of_fronted(mention, act.view, act.context) if english and mention.name in SINGULAR else []
    told = fronted or told_of_before(mention, act)
    if told:
        return told
    same = memory.block == act.view.sentence.block or act.context.voice is not Voice.JOINT
    if memory.actors and same:
        return as_mentions(memory.actors, "previous", mention)
    return nobody_named(act)


def told_of_before(mention: Mention, act: Act) -> list[Mention]:
    """Return who opens the sentence before a report's "It has opened an inquiry", where that held no provision."""
    view, before = act.view, act.view.previous
    report = act.language is Language.EN and act.context.voice is Voice.REPORT
    if (
        not report
        or before is None
        or mention.name not in SINGULAR
        or view.text[view.start : mention.start].strip()
    ):
        return []
    apart = before.sentence.block != view.sentence.block or act.context.memory.sentence >= before.sentence.index
    named = [] if apart else mentions_in(before, before.start, min(before.end, before.start + OPENED), act.context)
    if not named or named[0].type not in {"agency", "body", "firm", "office", "union"}:
        return []
    opens = before.text[before.start : named[0].start].lower() in {
        "",
        "the ",
        "but the ",
        "meanwhile ",
        "meanwhile the ",
    }
    verb = before.text[named[0].end : named[0].end + 2]
    return [named[0]._replace(rule="told-before")] if opens and verb[:1] == " " and verb[1:].islower() else []


SINGULAR = frozenset({"it", "he", "she"})
OPENED = 60
"""Characters of a sentence within which its subject ends."""
