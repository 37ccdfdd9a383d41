"""Who acts: the names in the subject, else those the words before it stand for, else the authors.

The steps, each with its reason in `Why.rule`:

1. an active verb that makes somebody act ("calls on X to", 指示X): who stands behind it;
2. the subject's names, in the sentence or in the stem of its list; 由 or "by" behind a passive;
3. a pronoun: the actors of the provision before; "we", 双方: the authors or the two states named last;
4. nobody named: the authors, in a law its addressee, in advice those it advises.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from dragoman.extract import subject_en, subject_zh
from dragoman.extract.authors import head_of
from dragoman.extract.candidate import Candidate
from dragoman.extract.context import Context, Voice
from dragoman.extract.mentions import Mention, mentions_in
from dragoman.extract.toward import counterparties_of
from dragoman.extract.view import View
from dragoman.model import Kind, Language, Provision, Why

Named = tuple[tuple[str, ...], tuple[Why, ...]]
"""Canonical names and a reason for each."""

SUBJECTS = {Language.EN: subject_en.subject_names, Language.ZH: subject_zh.subject_names}
BY_AGENT = {
    Language.EN: re.compile(r"\bby\s+(?:the\s+)?$", re.IGNORECASE),
    Language.ZH: re.compile(r"由\s*$"),
}
PASSIVE = re.compile(
    r"\s*(?:also\s+|further\s+)?(?:be\s+(?:\w+ly\s+)?\w+(?:ed|en|de|pt|lt|nt|ne|n)\b)", re.IGNORECASE
)
PASSIVE_TRIGGER = re.compile(
    r"(?:is|are|was|were)\s+(?:\w+\s+)?(?:intended|expected|designed|to be)|被", re.IGNORECASE
)
FOUNDED = re.compile(r"(?:has been|have been|was|were|is|are)\s+\w+(?:ed|en)\b")
PASSIVE_ZH = re.compile(r"被")
GATHERED = frozenset({"body", "group", "unknown"})


def actors_of(view: View, candidate: Candidate, context: Context) -> Named:
    """Return who acts, and why; remembers it for the sentences that follow.

    Args:
        view: the sentence.
        candidate: the clause, with its trigger and subject.
        context: of the document.
    """
    found = list(reasons(read_actors(view, candidate, context)))
    names = tuple(why.value for why in found)
    context.memory.note(names, view.sentence.block, view.sentence.index)
    return names, tuple(found)


def reasons(mentions: Iterable[Mention]) -> Iterable[Why]:
    """Return one reason for each name, the first that was found."""
    seen: dict[str, Why] = {}
    for mention in mentions:
        why = Why("actors", mention.name, f"actor:{mention.rule}", mention.start, mention.end)
        seen.setdefault(mention.name, why)
    return seen.values()


def read_actors(view: View, candidate: Candidate, context: Context) -> list[Mention]:
    """Return who acts, by the first step that finds somebody."""
    if is_law(context) and is_penalty(view, candidate, context):
        return penalizers(view, candidate, context)
    found = addressees(view, candidate, context) or owners_behind(view, candidate, context)
    if found:
        return resolved(found, view, candidate, context)
    if view.sentence.language is Language.EN or is_law(context):
        agent = agent_behind(view, candidate, context)
        if agent:
            return agent
    found = subject_of(view, candidate, context)
    if found:
        return resolved(found, view, candidate, context)
    agent = agent_behind(view, candidate, context)
    if agent:
        return agent
    return nobody_named(view, candidate, context)


def addressees(view: View, candidate: Candidate, context: Context) -> list[Mention]:
    """Return who is made to act by an active verb of asking, ordering or allowing; [] without one."""
    language = view.sentence.language
    if not is_addressing(view, candidate, context):
        return []
    start, end = candidate.trigger[1], candidate.clause[1]
    if language is Language.ZH:
        found = mentions_in(view, start, end, context)
        groups = subject_zh.grouped(view.text, found, end)
        return list(groups[0]) if groups and groups[0][0].start - start <= NEAR_HAN else []
    return addressed_english(view, start, end, context)


def owners_behind(view: View, candidate: Candidate, context: Context) -> list[Mention]:
    """Return who stands behind a trigger that ends in "of" ("it is the policy of the United States")."""
    start, end = candidate.trigger
    if not view.text.startswith("of", end - 2) or not view.text[end - 3 : end - 2].isspace():
        return []
    found = mentions_in(view, end, min(view.end, end + OWNER_REACH), context)
    return found[:1] if found and view.text[end : found[0].start].strip().lower() in {"", "the"} else []


OWNER_REACH = 60
"""Characters behind "of" in which its owner stands."""


def is_addressing(view: View, candidate: Candidate, context: Context) -> bool:
    """Return whether a trigger is an active verb of asking, ordering or allowing."""
    trigger = view.folded[candidate.trigger[0] : candidate.trigger[1]].strip()
    verbs = context.lexicon.actors.words[view.sentence.language]["addressing"]
    return trigger in verbs if view.sentence.language is Language.EN else trigger.endswith(verbs)


NEAR_WORDS = 3
"""Words between a verb of asking and whom it asks."""
NEAR_HAN = 4
"""Characters between a verb of asking and whom it asks."""


def addressed_english(view: View, start: int, end: int, context: Context) -> list[Mention]:
    """Return whom "call on", "direct", "urge" stands before: names up to "to", else a noun that can act."""
    words = context.lexicon.actors.words[Language.EN]
    found = mentions_in(view, start, end, context)
    if found:
        groups = subject_en.grouped(view.text[start:end], start, found, subject_en.patterns_in(words))
        before = view.text[start : groups[0].start].split()
        if len(before) <= NEAR_WORDS and not {"of", "in"} & set(before):
            return list(groups[0].mentions)
    match = ADDRESSED.match(view.text, start, end)
    phrase = match.group(1).strip() if match else ""
    bare = re.sub(r"^(?:the|all|other|our|their|its)\s+", "", phrase)
    if bare.lower() in words["members"] and len(context.authors) == 1:
        return [Mention(start, start + len(phrase), "members", "authors", "members")]
    if not bare or not subject_en.acts(bare, words):
        return []
    first = view.text.index(phrase, start)
    return [
        Mention(first, first + len(phrase), name, "unknown", "addressee")
        for name in subject_en.unknown_names(bare)
    ]


ADDRESSED = re.compile(r"\s*(?:to\s+)?([^.;]{3,90}?)(?:,|\s(?:to|operating|who|that|in|from)\s)")
"""Whom a verb of asking stands before, without a name of the register."""


def subject_of(view: View, candidate: Candidate, context: Context) -> list[Mention]:
    """Return who the subject names, in the sentence or in the stem above it; [] where it names nobody."""
    read = SUBJECTS[view.sentence.language]
    trigger = candidate.trigger[0]
    if candidate.subject is not None:
        place = view
        while place.stem is not None and candidate.subject[0] < place.start:
            place = place.stem
        found = read(place, *candidate.subject, context)
        if found or candidate.subject_rule == "named":
            return found
    if view.start <= trigger < view.end:
        found = read(view, view.start, trigger, context)
        if found or candidate.subject_rule not in {"stem", "unknown"}:
            return found
    place = view.stem
    while place is not None:
        end = trigger if place.start <= trigger < place.end else place.end
        found = read(place, place.start, end, context)
        if found:
            return found
        place = place.stem
    return []


def resolved(found: Sequence[Mention], view: View, candidate: Candidate, context: Context) -> list[Mention]:
    """Return the subject's names with pronouns replaced by whom they stand for."""
    result: list[Mention] = []
    for mention in found:
        if mention.type == "authors":
            result += spoken_for(mention, view, candidate, context)
        elif mention.type == "previous":
            result += taken_up(mention, view, candidate, context)
        elif mention.name == context.body and context.authors and set(context.authors) <= members_of(context):
            result += as_mentions(context.authors, "group>members", mention)
        else:
            result.append(mention)
    if len(found) == 1 and found[0].type in GATHERED and context.voice is Voice.JOINT:
        if is_made_to_act(view, candidate, context):
            result = [*as_mentions(context.authors, "authors", found[0]), *result]
        elif candidate.kind is Kind.MEASURE and FOUNDED.match(view.text, candidate.trigger[0]):
            result = as_mentions(context.authors, "authors", found[0])
    return result


def members_of(context: Context) -> frozenset[str]:
    """Return the members of the group that the title names, on the day of the document."""
    day = context.document.date
    register = context.lexicon.actors
    return frozenset(register.members_at(context.body, day)) if day and context.body else frozenset()


def is_made_to_act(view: View, candidate: Candidate, context: Context) -> bool:
    """Return whether the authors make a body act in the passive ("the JAG will be mobilized")."""
    if candidate.kind is Kind.MEASURE:
        return False
    start, end = candidate.trigger
    if PASSIVE_TRIGGER.search(view.text, start, end):
        return True
    if view.sentence.language is Language.ZH:
        return PASSIVE_ZH.match(view.text, end) is not None
    return PASSIVE.match(view.text, end) is not None


def as_mentions(names: Iterable[str], rule: str, place: Mention | None = None) -> list[Mention]:
    """Return names as mentions read at one place, -1 where they were read nowhere."""
    start, end = (place.start, place.end) if place else (-1, -1)
    return [Mention(start, end, name, "", rule) for name in names]


def spoken_for(mention: Mention, view: View, candidate: Candidate, context: Context) -> list[Mention]:
    """Return whom "we", 双方, "this order" stands for."""
    words = context.lexicon.actors.words[view.sentence.language]
    plain = mention.name
    if mention.rule == "order" and context.home and is_addressing(view, candidate, context):
        return as_mentions((context.home,), "order>home", mention)
    if mention.rule == "order":
        return as_mentions(order_givers(context), "order>giver", mention)
    if plain == "we" and context.voice is Voice.ORDER and context.home:
        return as_mentions((context.home,), "we>home", mention)
    if plain in words["leaders"]:
        heads = [head for name in context.authors if (head := head_of(name, context.lexicon.actors))]
        if heads and len(heads) == len(context.authors):
            return as_mentions(heads, "leaders>heads", mention)
    if speaks_of_others(plain, candidate, context):
        pair = pair_before(view, mention.start, context)
        if context.voice is Voice.ADVICE:
            pair = context.advised or pair
        if plain in words.get("many", ()):
            pair = group_before(view, mention.start, context) or pair
        if pair:
            return as_mentions(pair, "pair>last-named", mention)
    return as_mentions(context.authors, "we>authors", mention)


def order_givers(context: Context) -> tuple[str, ...]:
    """Return whose order a text tells of: its author where that is an office, else the head of its state."""
    register = context.lexicon.actors
    if context.voice is Voice.ORDER and context.authors:
        return context.authors
    head = head_of(context.home, register) if context.home else ""
    return (head,) if head else context.authors


def speaks_of_others(plain: str, candidate: Candidate, context: Context) -> bool:
    """Return whether 双方, "both sides" means those a text tells of or advises, and not its authors."""
    register = context.lexicon.actors
    if context.voice is Voice.ADVICE:
        states = all(register.type_of(name) in {"state", "union"} for name in context.authors)
        return candidate.kind is Kind.RECOMMENDATION or ("国" in plain and not states)
    return context.voice is Voice.REPORT and not context.document.parties and plain != "we"


def group_before(view: View, offset: int, context: Context) -> tuple[str, ...]:
    """Return the group of states named last in the sentence before an offset, () without one."""
    named = [m.name for m in mentions_in(view, view.start, offset, context) if m.type == "group"]
    return tuple(named[-1:])


PAIR_REACH = 700
"""Characters back to which the two states that 双方 takes up are looked for."""


def pair_before(view: View, offset: int, context: Context) -> tuple[str, ...]:
    """Return the states named together last before an offset, () where there were none."""
    register = context.lexicon.actors
    start = max(0, offset - PAIR_REACH)
    text = view.text[start:offset]
    found = [
        (first, last, tuple(register.compounds.names[character] for character in text[first:last]))
        for first, last in register.compounds.find(text, 0, len(text))
        if register.compounds.is_sure(text, first, last)
    ]
    states = [
        (hit.start, hit.end, hit.phrases[0].key)
        for hit in context.lexicon.names.find(text)
        if register.type_of(hit.phrases[0].key) in {"state", "union"}
    ]
    for (start_one, end_one, one), (start_two, end_two, two) in zip(states, states[1:], strict=False):
        if one != two and re.fullmatch(r"\s*(?:和|与|、|—|-|及|and|,)\s*(?:the )?", text[end_one:start_two]):
            found.append((start_one, end_two, (one, two)))
    return max(found)[2] if found else ()


def taken_up(mention: Mention, view: View, candidate: Candidate, context: Context) -> list[Mention]:
    """Return whom "it", "they" stands for: the actors of the provision before, in the same block."""
    memory = context.memory
    if memory.actors and (memory.block == view.sentence.block or context.voice is not Voice.JOINT):
        return as_mentions(memory.actors, "previous", mention)
    return nobody_named(view, candidate, context)


def agent_behind(view: View, candidate: Candidate, context: Context) -> list[Mention]:
    """Return who stands behind "by" or 由 after the trigger, [] where nobody does."""
    start, end = candidate.trigger[1], min(candidate.clause[1], candidate.trigger[1] + AGENT_REACH)
    by = BY_AGENT[view.sentence.language]
    for mention in mentions_in(view, start, end, context):
        if by.search(view.text, start, mention.start) and not by.search(view.text, start, start):
            if view.sentence.language is Language.ZH or PASSIVE.match(view.text, start):
                return [mention._replace(rule="agent")]
    return []


AGENT_REACH = 320
"""Characters behind the trigger in which the agent of a passive is looked for."""


def nobody_named(view: View, candidate: Candidate, context: Context) -> list[Mention]:
    """Return who acts where the clause names nobody."""
    memory = context.memory
    makers = paper_makers(view, candidate, context)
    if makers:
        return makers
    if context.voice is Voice.JOINT:
        return as_mentions(context.authors, "authors")
    if context.voice is Voice.ADVICE and candidate.kind is Kind.RECOMMENDATION and context.advised:
        return as_mentions(context.advised, "advised")
    if is_law(context):
        return as_mentions(addressee_of_law(view, candidate, context), "addressee")
    if context.voice is Voice.ORDER and memory.actors and is_product(view, candidate, context):
        return as_mentions(memory.actors, "product>maker")
    if memory.actors and memory.block == view.sentence.block:
        return as_mentions(memory.actors, "previous")
    if context.authors:
        return as_mentions(context.authors, "authors")
    return as_mentions(memory.actors or ((context.home,) if context.home else ()), "previous")


def paper_makers(view: View, candidate: Candidate, context: Context) -> list[Mention]:
    """Return who hands in the paper that is the subject ("each proposal must"), [] where it is none.

    The text says it where it asks for the papers: "proposals from consortia", 征集财团提交提案.
    """
    language = view.sentence.language
    place = view
    while place.stem is not None and not place.start <= candidate.trigger[0] < place.end:
        place = place.stem
    subject = view.folded[place.start : max(place.start, min(candidate.trigger[0], place.end))]
    if not subject.rstrip().endswith(context.lexicon.actors.words[language]["papers"]):
        return []
    match = HANDED_IN[language].search(context.document.text)
    if match is None:
        return []
    name = context.lexicon.actors.canonical(match.group(1)) or match.group(1)
    return [Mention(match.start(1), match.end(1), name, "class", "paper>maker")]


HANDED_IN = {
    Language.EN: re.compile(
        r"(?:proposals?|applications?)\s+(?:submitted\s+)?(?:from|by)\s+(?:the\s+)?((?:[\w-]+\s){0,3}?[\w-]+)"
        r"(?=\s(?:for|to|under|that|in)\b|[.,;])",
        re.IGNORECASE,
    ),
    Language.ZH: re.compile(r"征集([^，。；]{2,14}?)提交"),
}
"""Where a text asks for papers, and from whom."""


def is_product(view: View, candidate: Candidate, context: Context) -> bool:
    """Return whether the subject is a paper that somebody who acted before is to write ("the report shall")."""
    words = context.lexicon.actors.words[view.sentence.language]
    before = view.text[max(view.start, candidate.trigger[0] - PRODUCT_REACH) : candidate.trigger[0]].lower()
    return any(re.search(rf"\b{re.escape(word)}\b", before) for word in words.get("products", ()))


PRODUCT_REACH = 80
"""Characters before a trigger in which the head noun of its subject stands."""


def is_law(context: Context) -> bool:
    """Return whether a text is the law of a state and not the order of an office."""
    register = context.lexicon.actors
    return context.voice is Voice.ORDER and any(register.type_of(name) == "state" for name in context.authors)


def addressee_of_law(view: View, candidate: Candidate, context: Context) -> tuple[str, ...]:
    """Return whom a clause of a law without a subject speaks to.

    The doer of the act it names (处理个人信息应当…), else who acted before in the same article, else the class
    that the law addresses most.
    """
    register = context.lexicon.actors
    before = view.text[view.start : max(view.start, candidate.trigger[0])]
    for actor in register.actors.values():
        if actor.acts and any(act in before for act in actor.acts) and actor.name in addressed_by(context):
            return (actor.name,)
    if context.memory.block == view.sentence.block:
        return context.memory.actors
    return addressed_by(context)[:1] or context.memory.actors


def is_penalty(view: View, candidate: Candidate, context: Context) -> bool:
    """Return whether a trigger is what an authority does to an offender (给予处分, 追究)."""
    return view.text[slice(*candidate.trigger)].endswith(context.lexicon.actors.words[Language.ZH]["penalties"])


def penalizers(view: View, candidate: Candidate, context: Context) -> list[Mention]:
    """Return who applies a penalty: who stands behind 由 before it, else the competent authorities."""
    made = [
        mention
        for mention in mentions_in(view, view.start, candidate.trigger[1], context)
        if BY_AGENT[Language.ZH].search(view.text, view.start, mention.start)
    ]
    name = context.lexicon.actors.canonical(AUTHORITIES) or AUTHORITIES
    return made[-1:] or as_mentions((name,), "penalty>authorities")


AUTHORITIES = "主管部门"
"""Who applies the penalties of a law that names nobody for it."""


def addressed_by(context: Context) -> tuple[str, ...]:
    """Return the classes a law addresses, the most often named first."""
    if context.memory.addressed is None:
        register, counts = context.lexicon.actors, Counter[str]()
        text = context.document.text
        for actor in register.actors.values():
            if actor.addressee:
                counts[actor.name] = sum(text.count(name) for name in (*actor.zh, *actor.acts))
        ranked = sorted((name for name in counts if counts[name]), key=lambda name: (-counts[name], name))
        context.memory.addressed = tuple(ranked)
    return context.memory.addressed


def proposals(provisions: Iterable[Provision], known: Iterable[str]) -> list[tuple[str, int]]:
    """Return the names of actors and counterparties that no register has, most frequent first, with counts.

    Args:
        provisions: lines of the register of provisions.
        known: canonical names of the register of actors.
    """
    names = set(known)
    counts = Counter(
        name
        for provision in provisions
        for name in (*provision.actors, *provision.counterparties)
        if name not in names
    )
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


__all__ = ["actors_of", "counterparties_of", "proposals"]
