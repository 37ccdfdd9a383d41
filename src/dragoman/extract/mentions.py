"""Names of actors in a stretch of a sentence, each resolved to one canonical name of the register.

A name that only qualifies the next one is left out ("the U.S. Department of Commerce", 美国商务部); a name that
several states share belongs to the state beside it, else to the home state of the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from dragoman.extract.context import Context
from dragoman.extract.leaders import office_of
from dragoman.extract.memory import keep
from dragoman.extract.mention import Mention, overlaps
from dragoman.extract.shared_heads import with_one_each, with_shared_heads, with_topics
from dragoman.extract.short_states import member_meant, side_meant, sides_in, states_named
from dragoman.extract.view import View
from dragoman.extract.who_words import chinese_words, english_words
from dragoman.lexicon import Hit, fold
from dragoman.lexicon.actors import ACTOR, ADJECTIVE, HOME, Actor, ActorRegister
from dragoman.model import Language

OWNERS = frozenset({"state", "union", "agency", "metonym", "body", "seat"})
"""Types of actors that may qualify the name right behind them."""

OWNED = frozenset({"agency", "office", "body", "class", "metonym", "firm"})
"""Types of actors that may belong to the name right before them."""

BESIDE = re.compile(r"(?:\s|['’]s\s|['’]\s|的\s?|联邦|政府|\s?\([^()]{1,12}\)\s?)?")
"""What may stand between an owner and what it owns."""
FAR = 16
"""Characters at most between the two."""

REPORTING = "report"
"""The voice of papers and news."""
NEXT_WORD = re.compile(r"\s+([A-Za-z]+)")


def mentions_in(view: View, start: int, end: int, context: Context) -> list[Mention]:
    """Return the actors named between two offsets of a sentence or its stem, in order, none overlapping.

    Args:
        view: the sentence.
        start: where the stretch starts.
        end: where it ends.
        context: of the document.
    """
    seen = context.memory.mentions
    found = seen.get(view.sentence.index)
    if found is None:
        found = keep(seen, view.sentence.index, read_mentions(view, context))
    return [mention for mention in found if start <= mention.start and mention.end <= end]


def read_names(views: Iterable[View], context: Context) -> None:
    """Read the actors named in English sentences that will be asked for.

    In Chinese the state that a name means can depend on what was asked before.
    """
    for view in views:
        if view.sentence.language is Language.EN:
            mentions_in(view, view.end, view.end, context)


def read_mentions(view: View, context: Context) -> list[Mention]:
    """Return the actors named in a whole sentence, in order, none overlapping."""
    found: list[Mention] = []
    for hit, later in zip_longest(view.names, view.names[1:]):
        read = list(read_hit(view, hit, context))
        found += read or owner_by_adjective(view.text, hit, later, context)
    found = with_abbreviations(view, context, found)
    if view.sentence.language is Language.ZH:
        found += [side for side in sides_in(view, context) if not overlaps(found, side.start, side.end)]
        found += compounds_in(view, context, found)
        found += list(pairs_in(view, context, found))
        found.sort()
        known = owned(view.text, found, context)
        return [with_title(view.text, with_level(view.text, mention, context), context) for mention in known]
    found = with_one_each(view, context, with_topics(view, context, with_shared_heads(view, context, found)))
    found.sort()
    return [headed(view.text, mention, context) for mention in owned(view.text, found, context)]


def read_hit(view: View, hit: Hit, context: Context) -> Iterator[Mention]:
    """Yield what a hit of the matcher stands for."""
    register = context.lexicon.actors
    names = tuple(phrase.key for phrase in hit.phrases if phrase.group == ACTOR)
    if names:
        home = context.home if len(names) == 1 else home_of_name(view, hit, context)
        written = view.text[hit.start : hit.end]
        actor = register.actors[side_meant(written, register.choose(names, home), context)]
        if is_other_word(view.text, hit, actor, context):
            return
        body = body_around(view, hit, actor, context)
        if body is not None:
            yield body
        elif actor.resolves != HOME:
            name = agency_short_for(written, actor.name, context)
            yield Mention(hit.start, hit.end, name, register.type_of(name))
        elif context.home:
            yield Mention(hit.start, hit.end, context.home, "state", "home")
    elif hit.phrases[0].group == ADJECTIVE:
        following = NEXT_WORD.match(view.text, hit.end)
        if following and following.group(1).lower() in register.words[Language.EN]["government_nouns"]:
            name = hit.phrases[0].key
            yield Mention(hit.start, following.end(), name, register.type_of(name), "adjective")


def agency_short_for(written: str, name: str, context: Context) -> str:
    """Return the agency that a class stands for where the text is of that agency, or names it in full (海关)."""
    register, document = context.lexicon.actors, context.document
    pairs = (pair.partition("=") for pair in register.words[Language.ZH]["short_for"])
    agency = next((agency for short, _, agency in pairs if short == written), "")
    if not agency or context.voice != ORDERING:
        return name
    full = register.actors[agency].zh
    return agency if agency in document.parties or any(one in document.text for one in full) else name


ORDERING = "order"
STATES = frozenset({"state", "union"})


def home_of_name(view: View, hit: Hit, context: Context) -> str:
    """Return the state that a name which several share means where none stands beside it.

    In a Chinese report the one whose it was last, else China where the text speaks of it; else the home state.
    """
    if view.sentence.language is not Language.ZH or context.voice != REPORTING:
        return context.home
    written = view.text[hit.start : hit.end]
    told = owner_acting(view, hit, context) or context.memory.owners.get(written)
    if told:
        context.memory.owners[written] = told
    told = told or owner_in_full(written, hit, context)
    words = context.lexicon.actors.words[Language.ZH]
    if told or any(word in view.text for word in words["writers"]):
        return told or words["writer"][0]
    return context.home or words["writer"][0]


def owner_in_full(written: str, hit: Hit, context: Context) -> str | None:
    """Return the one state of a text's title with which it names a shared name in full (美国商务部), or None."""
    register, text, title = context.lexicon.actors, context.document.text, context.document.title
    shared = {register.actors[phrase.key].of for phrase in hit.phrases if phrase.group == ACTOR}
    states = [register.actors[state] for state in sorted(shared) if state in register.actors]
    titled = [state for state in states if any(name[:1] in title for name in state.zh)]
    told = [state.name for state in titled if any(f"{name}{written}" in text for name in state.zh)]
    return told[0] if len(titled) == len(told) == 1 else None


PERSONAL = frozenset({"office", "metonym", "agency"})
"""Types of actors whose state an agency named after them in a sentence is of ("拜登签署行政令，要求商务部…")."""


def owner_acting(view: View, hit: Hit, context: Context) -> str | None:
    """Return the state of the office or agency named last before a shared name, None without one."""
    register = context.lexicon.actors
    shared = {register.actors[phrase.key].of for phrase in hit.phrases if phrase.group == ACTOR}
    for before in reversed(view.names):
        keys = [phrase.key for phrase in before.phrases if phrase.group == ACTOR]
        if before.start < hit.start and len(keys) == 1:
            actor = register.actors[keys[0]]
            if actor.type in PERSONAL and actor.of in shared:
                return actor.of
    return None


def owner_by_adjective(text: str, hit: Hit, later: Hit | None, context: Context) -> list[Mention]:
    """Return the state whose adjective stands right before the name of an agency (the Maltese Ministry of …)."""
    if hit.phrases[0].group != ADJECTIVE or later is None or not text[hit.end : later.start].isspace():
        return []
    register, name = context.lexicon.actors, hit.phrases[0].key
    if later.phrases[0].group != ACTOR or register.type_of(later.phrases[0].key) != "agency":
        return []
    return [Mention(hit.start, hit.end, name, register.type_of(name), "adjective")]


MINISTRY_END, DEPARTMENT_END = "部", "门"
"""工业和信息化部门 is no ministry."""


def is_other_word(text: str, hit: Hit, actor: Actor, context: Context) -> bool:
    """Return whether a hit does not mean its actor: a part of another word, a name only its own state uses."""
    if text.startswith(DEPARTMENT_END, hit.end) and text.endswith(MINISTRY_END, 0, hit.end):
        return True
    if actor.type == "office" and is_of_another(text, hit, actor, context.lexicon.actors):
        return True
    if actor.not_before and text.startswith(actor.not_before, hit.end):
        return True
    return text[hit.start : hit.end] in actor.at_home and actor.of not in {
        context.home,
        *context.authors,
        *context.document.parties,
    }


def is_of_another(text: str, hit: Hit, actor: Actor, register: ActorRegister) -> bool:
    """Return whether the title of a head is that of another state's or body's ("the President of Chile")."""
    behind = OF_NAME.match(text, hit.end)
    if behind is None or not text.endswith(register.words[Language.EN]["heads"], 0, hit.end):
        return False
    own = register.actors.get(actor.of)
    return own is None or not text.startswith((own.name, *own.en), behind.end())


OF_NAME = re.compile(r" of (?:the )?(?=[A-Z])")
"""Between a title and the name of whose head bears it."""
LONGEST_BODY = 14
"""Characters before a class noun in which the proper name that it ends may start."""


def body_around(view: View, hit: Hit, actor: Actor, context: Context) -> Mention | None:
    """Return the body whose proper name a class noun ends (国际珊瑚组织), None where it ends none."""
    if actor.type != "class" or view.sentence.language is not Language.ZH:
        return None
    chinese = chinese_words(context.lexicon.actors)
    before = view.text[max(view.start, hit.start - LONGEST_BODY) : hit.start]
    match = chinese.worldwide.search(before)
    if match is None or not view.text[hit.start : hit.end].endswith(chinese.words["body_nouns"]):
        return None
    start = hit.start - len(match.group())
    return Mention(start, hit.end, view.text[start : hit.end], "unknown", "named")


def with_abbreviations(view: View, context: Context, found: list[Mention]) -> list[Mention]:
    """Return the mentions with the short names that the document defines; they outrank the register's own."""
    short = context.abbreviations
    if short.pattern is None:
        return found
    for match in short.pattern.finditer(view.text, view.start, view.end):
        apart = [m for m in found if (m.start, m.end) != match.span()]
        if is_title_of_other(view.text, match.start(), context):
            continue
        if not overlaps(apart, *match.span()):
            name = short.names[match.group()]
            kind = context.lexicon.actors.type_of(name) or "unknown"
            found = [*apart, Mention(match.start(), match.end(), name, kind, "abbreviation")]
    return found


def is_title_of_other(text: str, start: int, context: Context) -> bool:
    """Return whether a short name only ends the title of another office (the Prime Minister is no Minister)."""
    return text.endswith(context.lexicon.actors.words[Language.EN]["deputies"], 0, start)


def pairs_in(view: View, context: Context, found: Sequence[Mention]) -> Iterator[Mention]:
    """Yield China and the state whose first character stands behind 中 (中智), where the text names that state."""
    register = context.lexicon.actors
    for match in chinese_words(register).pair.finditer(view.text, view.start, view.end):
        other = next(iter(states_named(match[1], context)), None)
        home = register.compounds.names.get("中")
        if other is None or home is None or overlaps(found, *match.span()):
            continue
        yield Mention(match.start(), match.start() + 1, home, "state", "compound")
        yield Mention(match.start() + 1, match.end(), other, "state", "compound")


def compounds_in(view: View, context: Context, found: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the states of compounds of single characters (美欧, 美日澳印), one mention a character."""
    register = context.lexicon.actors
    compounds = register.compounds
    for first, last in compounds.find(view.text, view.start, view.end):
        while last > first and overlaps(found, last - 1, last):
            last -= 1  # noqa: PLW2901 - a name begins with the last character (中美国会)
        if overlaps(found, first, last) or not compounds.is_sure(view.text, first, last):
            continue
        for offset in range(first, last):
            name = member_meant(view.text[offset], compounds.names[view.text[offset]], context)
            yield Mention(offset, offset + 1, name, register.type_of(name), "compound")


def owned(text: str, found: Sequence[Mention], context: Context) -> list[Mention]:
    """Return the mentions without those that only say whose the next one is."""
    kept: list[Mention] = []
    owner: Mention | None = None
    for mention in found:
        current, alone = mention, True
        if are_sides(text, kept, current):
            continue
        while kept and owns(text, kept[-1], current):
            context.memory.owners[text[current.start : current.end]] = kept[-1].name
            owner, alone = kept.pop(), False
            current = belonging(current, owner, context.lexicon.actors, text)
        if alone and owner is not None and shares_owner(text, kept[-1], current):
            current = belonging(current, owner, context.lexicon.actors, text)._replace(start=current.start)
        elif alone:
            owner = None
        if kept and kept[-1].name == current.name and current.start <= kept[-1].end:
            current = current._replace(start=kept.pop().start)
        kept.append(current)
    return kept


ALSO = re.compile(r"和|与|及|以及|、")


def shares_owner(text: str, first: Mention, second: Mention) -> bool:
    """Return whether an agency is joined to one whose state is named before it (美国商务部与财政部)."""
    return second.type == "agency" and ALSO.fullmatch(text, first.end, second.start) is not None


EACH = "各"
"""Starts a name that stands beside the one before it (各地区各部门)."""


def are_sides(text: str, kept: Sequence[Mention], body: Mention) -> bool:
    """Return whether two states right before a body are its sides: "the U.S. and EU Council co-chairs"."""
    if body.type != "body" or len(kept) < PAIR or {one.type for one in kept[-PAIR:]} - STATES:
        return False
    one, two = kept[-PAIR:]
    return text[one.end : two.start] == JOINT and text[two.end : body.start] == " "


PAIR, JOINT = 2, " and "


def owns(text: str, first: Mention, second: Mention) -> bool:
    """Return whether a name only qualifies the name right behind it."""
    if first.type == "class" and second.type in {"class", "agency"} and first.end == second.start:
        return not text.startswith(EACH, second.start)
    if first.type not in OWNERS or second.type not in OWNED or first.rule == "compound":
        return False
    return second.start - first.end <= FAR and BESIDE.fullmatch(text, first.end, second.start) is not None


def belonging(mention: Mention, owner: Mention, register: ActorRegister, text: str) -> Mention:
    """Return a mention resolved to the actor of its owner, where several share the name."""
    names = register.names.get(fold(text[mention.start : mention.end]), ())
    if len(names) > 1:
        name = register.choose(names, owner.name)
        mention = mention._replace(name=name, type=register.type_of(name))
    if mention.type == "class" and text[owner.start : owner.end] in register.words[Language.ZH]["levels"]:
        return Mention(owner.start, mention.end, text[owner.start : mention.end], "unknown", "named")
    actor = register.actors.get(mention.name)
    if owner.type == "state" and actor and is_foreign(actor, owner, register):
        mention = mention._replace(name=f"{ministry(actor, register)} of {owner.name}")
    elif actor and is_chamber_of_other(actor, owner, register):
        return owner._replace(end=mention.end)
    return mention._replace(start=owner.start)


def ministry(actor: Actor, register: ActorRegister) -> str:
    """Return the name that an agency's like has in another state: its Department is a Ministry there."""
    words = register.words[Language.EN]["departments"]
    head = next((head for head in words if actor.name.startswith(head)), "")
    own = actor.name.removesuffix(f" of {actor.of}")
    return f"Ministry of {own.removeprefix(head)}" if head else own


def is_chamber_of_other(actor: Actor, owner: Mention, register: ActorRegister) -> bool:
    """Return whether a chamber of one state in the register is that of another here (日本国会参议院)."""
    of = (
        owner.name
        if owner.type == "state"
        else register.actors[owner.name].of
        if owner.name in register.actors
        else ""
    )
    foreign = bool(actor.of) and bool(of) and actor.of != of
    return foreign and actor.name.endswith(register.words[Language.EN]["chambers"])


def is_foreign(actor: Actor, owner: Mention, register: ActorRegister) -> bool:
    """Return whether an agency with a name that others bear is of another state than its owner in the text."""
    heads = "shared_heads" if actor.type == "agency" else "shared_offices"
    generic = actor.name.startswith(register.words[Language.EN][heads])
    return generic and bool(actor.of) and actor.of != owner.name and register.type_of(actor.of) == "state"


HEADS_OF = re.compile(r"\bheads? of (?:(?:\w+ ){0,3})$", re.IGNORECASE)
AGENCIES = frozenset({"agencies", "relevant agencies"})
DEPARTMENT = "Department of "
"""Left out of the title of its head: the Secretary of the Department of Labor is the Secretary of Labor."""
HEAD_REACH = 40
"""Characters before the name of an agency in which the title of its head stands."""


def headed(text: str, mention: Mention, context: Context) -> Mention:
    """Return the head of an agency for its name behind "Director of", "heads of", else the mention."""
    from_here = max(0, mention.start - HEAD_REACH)
    if mention.type == "state":
        return head_of_state(text, mention, context)
    if mention.type == "agency":
        match = english_words(context.lexicon.actors).title.search(text, from_here, mention.start)
        if match is not None:
            name = f"{match.group(1)} of the {mention.name}"
            short = f"{match.group(1)} of {mention.name.removeprefix(DEPARTMENT)}"
            register = context.lexicon.actors
            known = register.canonical(name, context.home) or register.canonical(short, context.home)
            return Mention(match.start(), mention.end, known or name, "office", "head-of")
    elif mention.name in AGENCIES:
        match = HEADS_OF.search(text, from_here, mention.start)
        if match is not None:
            relevant = "relevant" in match.group() or mention.name == "relevant agencies"
            name = "heads of relevant agencies" if relevant else "heads of agencies"
            return Mention(match.start(), mention.end, name, "class", "heads-of")
    return mention


def head_of_state(text: str, mention: Mention, context: Context) -> Mention:
    """Return the office of the head whose title stands before a state ("President of Chile"), else the state."""
    titles = english_words(context.lexicon.actors).of_state
    match = titles.search(text, max(0, mention.start - HEAD_REACH), mention.start)
    name = office_of(match[1], mention.name, context.lexicon.actors) if match else ""
    return Mention(match.start(), mention.end, name, "office", "head-of-state") if match and name else mention


AUTHORITIES = ("authorities", "administrations")
COMPETENT = "competent "


def with_level(text: str, mention: Mention, context: Context) -> Mention:
    """Return authorities as those of the level that stands before them (各地工业和信息化主管部门: local ...)."""
    if mention.type != "class" or not mention.name.endswith(AUTHORITIES):
        return mention
    pairs = (pair.partition("=") for pair in context.lexicon.actors.words[Language.ZH]["level_names"])
    for level, _, english in pairs:
        inside = text.startswith(level, mention.start)
        if inside or text.endswith(level, 0, mention.start):
            start = mention.start if inside else mention.start - len(level)
            return Mention(
                start, mention.end, f"{english} {mention.name.removeprefix(COMPETENT)}", "class", "level"
            )
    return mention


RULING = ("当局", "政府")
"""Behind the seat of a government they name its state (首尔当局)."""


def with_title(text: str, mention: Mention, context: Context) -> Mention:
    """Return the head of an agency for its name with a bracket and a title behind it (…办公室（OSTP）主任)."""
    register = context.lexicon.actors
    if mention.type == "state" and mention.rule != "compound":
        return with_head(text, mention, register)
    if mention.type == "seat" and text.startswith(RULING, mention.end):
        name = register.actors[mention.name].of
        return Mention(mention.start, mention.end, name, register.type_of(name), "seat>state")
    match = chinese_words(register).title.match(text, mention.end) if mention.type == "agency" else None
    if match is None:
        return with_head_title(text, mention, register)
    known = register.canonical(f"{text[mention.start : mention.end]}{match.group(1)}", context.home)
    return Mention(mention.start, match.end(), known, "office", "head-of") if known else mention


def with_head_title(text: str, mention: Mention, register: ActorRegister) -> Mention:
    """Return the head of an agency for its name with a title right behind it (联邦能源监管委员会主席)."""
    if mention.type != "agency":
        return mention
    pairs = (pair.partition("=") for pair in register.words[Language.ZH]["heads_of_agencies"])
    found = next(((zh, en) for zh, _, en in pairs if text.startswith(zh, mention.end)), None)
    if found is None:
        return mention
    names = [f"{title} of the {mention.name}" for title in found[1].split("/")]
    name = next((name for name in names if name in register.actors), names[0])
    return Mention(mention.start, mention.end + len(found[0]), name, "office", "head-of")


def with_head(text: str, mention: Mention, register: ActorRegister) -> Mention:
    """Return the head of a state for its name with the title of one behind it (马来西亚总理), else the mention."""
    words = register.words[Language.ZH]
    titles = (pair.partition("=") for pair in words["heads_of_state"])
    found = next(((zh, en) for zh, _, en in titles if text.startswith(zh, mention.end)), None)
    if found is None:
        return mention
    article = "the " if mention.name.startswith(words["with_article"]) else ""
    end = mention.end + len(found[0])
    return Mention(mention.start, end, f"{found[1]} of {article}{mention.name}", "office", "head-of-state")


__all__ = ["Mention", "mentions_in", "overlaps"]
