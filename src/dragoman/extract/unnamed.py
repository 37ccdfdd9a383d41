"""Who acts where a clause names nobody: the authors, whom advice is for, whom a law addresses."""

from __future__ import annotations

import re
from collections import Counter

from dragoman.extract import subject_zh
from dragoman.extract.act import Act, as_mentions
from dragoman.extract.authors import STATES, known_parties, names_in
from dragoman.extract.context import Context, Voice
from dragoman.extract.doers_zh import doers_named
from dragoman.extract.mentions import Mention, mentions_in
from dragoman.extract.own_state import state_of_writer
from dragoman.extract.view import View
from dragoman.extract.who_words import alternatives
from dragoman.model import Kind, Language

AUTHORITIES = "主管部门"
"""Who applies the penalties of a law that names nobody for it."""
COUNTRIES = "countries"
"""Whom a state's own initiative is for where it names nobody."""
AGENT = re.compile(r"由(?:其|省级以上|县级以上)?\s*$")


def nobody_named(act: Act) -> list[Mention]:
    """Return who acts where the clause names nobody."""
    context = act.context
    makers = paper_makers(act) or forbidden(act)
    if makers or is_unowned(act):
        return makers
    if context.voice is Voice.JOINT:
        return as_mentions(context.authors, "authors")
    if context.voice is Voice.ADVICE and act.candidate.kind is Kind.RECOMMENDATION and context.advised:
        by_itself = len(context.authors) == 1 and context.advised == context.authors
        return as_mentions((COUNTRIES,) if by_itself else context.advised, "advised")
    if context.is_law:
        if context.home and is_fostered(act):
            return as_mentions((context.home,), "state>fosters")
        return as_mentions(addressee_of_law(act), "addressee")
    return as_mentions(advised_by_title(act), "title>advised") or advised_at_home(act) or acting_before(act)


def advised_at_home(act: Act) -> list[Mention]:
    """Return the writer's own state, where a paper advises nobody by name ("对此，建议实施新体制")."""
    if act.candidate.kind is not Kind.RECOMMENDATION or act.candidate.subject is not None:
        return []
    state = state_of_writer(act)
    return as_mentions((state,), "writer>advised") if state else []


def is_unowned(act: Act) -> bool:
    """Return whether a law only says what there is, "There are authorized to be appropriated"."""
    context = act.context
    lawful = context.voice is Voice.ORDER and (context.is_law or not context.authors)
    if not lawful or act.language is not Language.EN:
        return False
    return act.candidate.rule in SAVING or THERE.match(act.view.folded, act.view.start) is not None


PROHIBITED = re.compile(r"(?:is|are|shall be)\s(?:also\s|hereby\s|strictly\s)?(?:prohibited|forbidden|barred)")
UNITED_STATES_PERSON = re.compile(r"\bby (?:a |any )united states persons?\b")
PERSONS, ANY_PERSON, STATES_PERSONS = "persons", "any person", "United States persons"
"""Whom an order forbids an act of which it does not say whose it is."""


def forbidden(act: Act) -> list[Mention]:
    """Return whom an order forbids something that it only names: "the importation of X is prohibited"."""
    passive = act.language is Language.EN and PROHIBITED.fullmatch(act.trigger) is not None
    if not passive or act.context.voice is not Voice.ORDER:
        return []
    text = act.view.folded[act.view.start : act.view.end]
    if UNITED_STATES_PERSON.search(text) is not None:
        return as_mentions((STATES_PERSONS,), "forbidden")
    whole = re.search(r"\bany\s", text[: max(0, act.candidate.trigger[0] - act.view.start)]) is not None
    return as_mentions((ANY_PERSON if whole else PERSONS,), "forbidden")


SAVING = frozenset({"legal-nothing", "legal-denial"})
"""Rules of clauses that save what is and ask nobody."""
THERE = re.compile(r"(?:\(\w{1,3}\)\s)*there\s")


def is_fostered(act: Act) -> bool:
    """Return whether a sentence of a law starts with what the State fosters, without a subject ("鼓励…研发")."""
    if act.language is not Language.ZH or act.candidate.rule != "indicative" or act.candidate.subject is not None:
        return False
    before = act.view.text[act.view.start : act.candidate.trigger[0]]
    return act.trigger in act.words["fostering"] and (not before or before.startswith(act.words["fostering"]))


def acting_before(act: Act) -> list[Mention]:
    """Return who acted before in the same block, else the authors, else who acted last, else the home state."""
    context, memory = act.context, act.context.memory
    if memory.block == act.view.sentence.block or (context.voice is Voice.ORDER and is_product(act)):
        return as_mentions(memory.actors or context.authors, "previous")
    home = (context.home,) if context.home else ()
    return as_mentions(context.authors or memory.actors or home, "authors")


def advised_by_title(act: Act) -> tuple[str, ...]:
    """Return the state that the heading of a paper's advice names ("对中国的启示"), () where it names none."""
    context, section = act.context, act.view.sentence.section
    if context.voice is not Voice.REPORT or act.candidate.kind is not Kind.RECOMMENDATION or not section:
        return ()
    named = names_in(section[-1], context.lexicon) if act.language is Language.ZH else ()
    return tuple(dict.fromkeys(name for name in named if act.register.type_of(name) in STATES))


HANDED_IN = {
    Language.EN: re.compile(
        r"(?:proposals?|applications?)\s+(?:submitted\s+)?(?:from|by)\s+(?:the\s+)?((?:[\w-]+\s){0,3}?[\w-]+)"
        r"(?=\s(?:for|to|under|that|in)\b|[.,;])",
        re.IGNORECASE,
    ),
    Language.ZH: re.compile(r"征集([^，。；]{2,14}?)提交"),
}
"""Where a text asks for papers, and from whom."""


HANDED_SUBJECT = re.compile(
    r"^\W*(?:each|every|any|all|an?|the)\s(?:[\w-]+\s){0,2}(?:proposals?|applications?|bids?|tenders?)"
    r"(?:\s(?:submitted|received|filed|made|handed in|lodged)(?:\s[\w-]+){0,6})?\s*$"
)
"""A subject that is a paper somebody hands in."""
APPLYING = "申请"
"""Opens a sentence of a law about those who apply ("申请许可证，应当…")."""
APPLICANTS = "applicants"
"""Who hands in papers of which a text does not say whose they are."""


def paper_makers(act: Act) -> list[Mention]:
    """Return who hands in the paper that is the subject ("each proposal must"), [] where it is none.

    The text says it where it asks for the papers: "proposals from consortia", 征集财团提交提案.
    """
    view, trigger = act.view, act.candidate.trigger[0]
    while view.stem is not None and not view.start <= trigger < view.end:
        view = view.stem
    subject = view.folded[view.start : max(view.start, min(trigger, view.end))]
    handed_in = HANDED_SUBJECT.search(subject) if act.language is Language.EN else None
    ends_so = subject.rstrip().endswith(act.words["papers"])
    if not ends_so and handed_in is None and not requires_papers(act, view):
        return []
    match = HANDED_IN[act.language].search(act.context.document.text)
    if match is None:
        return as_mentions((APPLICANTS,), "paper>maker") if act.language is Language.EN else []
    name = act.register.canonical(match.group(1)) or match.group(1)
    return [Mention(*match.span(1), name, "class", "paper>maker")]


def requires_papers(act: Act, stem: View) -> bool:
    """Return whether a list is introduced by what papers must hold ("shall require that each proposal must:")."""
    if stem is act.view:
        return False
    words = alternatives(act.words["papers"])
    return (
        re.search(rf"\b(?:each|every)\s(?:{words})\s(?:must|shall|should)\b", stem.folded[stem.start : stem.end])
        is not None
    )


PRODUCT_REACH = 80
"""Characters before a trigger in which the head noun of its subject stands."""


def is_product(act: Act) -> bool:
    """Return whether the subject is a paper that somebody who acted before is to write ("the report shall")."""
    view, trigger = act.view, act.candidate.trigger[0]
    stem = view.stem
    if stem is not None and not view.text[view.start : trigger].strip():
        view, trigger = stem, stem.end
    before = view.folded[max(view.start, trigger - PRODUCT_REACH) : trigger]
    return any(re.search(rf"\b{word}\b", before) for word in act.words.get("products", ()))


def is_penalty(act: Act) -> bool:
    """Return whether the trigger is what an authority does to an offender (给予处分, 追究)."""
    if not act.context.is_law or not act.trigger.endswith(act.register.words[Language.ZH]["penalties"]):
        return False
    return REWARD.match(act.view.text, act.candidate.trigger[1], act.view.end) is None


REWARD = re.compile(r"[^，,。；]{0,12}(?:表彰|奖励|补助|补贴|资助|支持|扶持|优惠|便利|补偿|保障|帮助|优待)")
"""What follows a verb of giving that is no penalty (给予表彰)."""


def penalizers(act: Act) -> list[Mention]:
    """Return who applies a penalty: who stands behind 由 before it, else the competent authorities."""
    start, end = act.view.start, act.candidate.trigger[1]
    stretch, mentions = subject_zh.stretch_of(act.view, start, end, act.context)
    groups = subject_zh.grouped(stretch, mentions, end - start)
    made = [group for group in groups if AGENT.search(stretch.text, 0, group[0].start)]
    if made:
        return [mention.moved(start) for mention in made[-1]]
    unknown = doers_named(act, act.view) if by_agent(act) else []
    return unknown or as_mentions((act.register.canonical(AUTHORITIES) or AUTHORITIES,), "penalty>authorities")


def refusers(act: Act) -> list[Mention]:
    """Return whose decision a Chinese clause without a subject tells of ("原则上不予许可"), else [].

    The agency that the sentence names, else the agencies that give the text out.
    """
    if act.language is not Language.ZH or not act.trigger.endswith(act.words["refusing"]):
        return []
    named = mentions_in(act.view, act.view.start, act.view.end, act.context)
    agencies = [mention for mention in named if mention.type == "agency"]
    clause, trigger = act.candidate.clause[0], act.candidate.trigger[0]
    if any(clause <= mention.start < trigger for mention in agencies):
        return []
    told = (*act.context.authors, *known_parties(act.context.document.parties, act.register))
    issuers = dict.fromkeys(name for name in told if act.register.type_of(name) == "agency")
    return agencies[:1] or as_mentions(tuple(issuers), "authors")


def by_agent(act: Act) -> bool:
    """Return whether 由 stands right before the subject (由管理机构责令改正)."""
    subject = act.candidate.subject
    return subject is not None and AGENT.search(act.view.text, act.view.start, subject[0]) is not None


def addressee_of_law(act: Act) -> tuple[str, ...]:
    """Return whom a clause of a law without a subject speaks to.

    The doer of the act it names (处理个人信息应当…), else who acted before in the same article, else the class
    that the law addresses most.
    """
    context, view = act.context, act.view
    before = view.text[view.start : max(view.start, act.candidate.trigger[1])]
    addressed = addressed_by(context)
    if before.startswith(APPLYING):
        return (APPLICANTS,)
    for name in addressed:
        if any(doing in before for doing in act.register.actors[name].acts):
            return (name,)
    if context.memory.block == view.sentence.block:
        return context.memory.actors
    return addressed[:1] or context.memory.actors


def addressed_by(context: Context) -> tuple[str, ...]:
    """Return the classes a law addresses, the most often named first."""
    if context.memory.addressed is None:
        counts: Counter[str] = Counter()
        for actor in context.lexicon.actors.actors.values():
            if actor.addressee:
                counts[actor.name] = sum(context.document.text.count(name) for name in (*actor.zh, *actor.acts))
        named = [name for name in counts if counts[name]]
        context.memory.addressed = tuple(sorted(named, key=lambda name: (-counts[name], name)))
    return context.memory.addressed
