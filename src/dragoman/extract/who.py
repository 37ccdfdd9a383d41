"""Who acts: the names in the subject, else those the words before it stand for, else the authors.

The steps, each with its reason in `Why.rule`:

1. an active verb that makes somebody act ("calls on X to", 指示X): who stands behind it;
2. "by" or 由 behind a passive: who stands behind that;
3. the subject's names, in the sentence or in the stem of its list; a word among them ("we", 双方, "they")
   stands for the authors, the two states named last, the actors of the provision before;
4. nobody named: the authors, in a law its addressee, in advice those it advises.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from dragoman.extract import subject_en, subject_zh
from dragoman.extract.act import Act, as_mentions
from dragoman.extract.addressed import addressees
from dragoman.extract.candidate import Candidate
from dragoman.extract.context import Context, Voice
from dragoman.extract.doers_zh import doers_named, opening_doer
from dragoman.extract.heads_zh import agency_of, examples_of, hosts_of, passing_body
from dragoman.extract.mentions import Mention, mentions_in
from dragoman.extract.own_state import own_state
from dragoman.extract.stand_ins import PASSIVE, resolved
from dragoman.extract.toward import Named, counterparties_of
from dragoman.extract.unnamed import is_penalty, nobody_named, penalizers, refusers
from dragoman.extract.view import View
from dragoman.model import Kind, Language, Provision, Why

SUBJECTS = {Language.EN: subject_en.subject_names, Language.ZH: subject_zh.subject_names}
BY_AGENT = {
    Language.EN: re.compile(r"\bby\s+(?:the\s+)?$", re.IGNORECASE),
    Language.ZH: re.compile(r"由\s*$"),
}
AGENT_REACH = 320
"""Characters behind the trigger in which the agent of a passive is looked for."""
OWNER_REACH = 60
"""Characters behind "of" in which its owner stands."""


def actors_of(view: View, candidate: Candidate, context: Context) -> Named:
    """Return who acts, and why; remembers it for the sentences that follow.

    Args:
        view: the sentence.
        candidate: the clause, with its trigger and subject.
        context: of the document.
    """
    found: dict[str, Why] = {}
    for mention in read_actors(Act(view, candidate, context)):
        why = Why("actors", mention.name, f"actor:{mention.rule}", mention.start, mention.end)
        found.setdefault(mention.name, why)
    names = tuple(found)
    context.memory.note(names, view.sentence.block, view.sentence.index)
    return names, tuple(found.values())


def read_actors(act: Act) -> list[Mention]:
    """Return who acts, by the first step that finds somebody."""
    deciding = penalizers(act) if is_penalty(act) else refusers(act)
    if deciding:
        return deciding
    if act.context.is_law and act.candidate.kind is Kind.MEASURE:
        return as_mentions(act.context.document.parties or act.context.authors, "order>giver")
    if act.candidate.rule == "policy" and act.context.home and act.context.voice is Voice.ORDER:
        return as_mentions((act.context.home,), "policy>home")
    if is_laid_out(act):
        return as_mentions(act.context.authors, "plan>author")
    early = act.language is Language.EN or act.context.is_law
    found = addressees(act) or owner_behind(act) or (agent_behind(act) if early else []) or subject_of(act)
    if found:
        return resolved(found, act)
    return agent_behind(act) or (opening_doer(act) if act.context.is_law else []) or nobody_named(act)


def is_laid_out(act: Act) -> bool:
    """Return whether a plan lays out an act without a subject: its author's ("鼓励高校…", "加快建设…")."""
    candidate = act.candidate
    bare = candidate.rule == "bare" and candidate.kind is Kind.COMMITMENT and candidate.subject is None
    return bare and bool(act.context.authors)


def owner_behind(act: Act) -> list[Mention]:
    """Return who stands behind a trigger that ends in "of" ("it is the policy of the United States")."""
    view, end = act.view, act.candidate.trigger[1]
    if not act.trigger.endswith(" of"):
        return []
    found = mentions_in(view, end, min(view.end, end + OWNER_REACH), act.context)
    return found[:1] if found and view.folded[end : found[0].start].strip() in {"", "the"} else []


def agent_behind(act: Act) -> list[Mention]:
    """Return who stands behind "by" or 由 after the trigger, [] where nobody does."""
    text, start = act.view.text, act.candidate.trigger[1]
    if act.language is Language.EN and not PASSIVE.match(text, start):
        return []
    by, end = BY_AGENT[act.language], min(act.candidate.clause[1], start + AGENT_REACH)
    if act.language is Language.ZH:
        sign = subject_zh.SIGNS.search(text, start, end)
        end = sign.start() if sign is not None else end
    for mention in mentions_in(act.view, start, end, act.context):
        qualifies = act.language is Language.ZH and ISSUED_BY.match(text, mention.end) is not None
        if by.search(text, start, mention.start) and not qualifies:
            return [mention._replace(rule="agent")]
    return []


ISSUED_BY = re.compile(
    r"(?:统一|依法|共同|联合)?(?:颁发|签发|核发|制定|发布|公布|批准|提供|出具|认可|指定|管理|主管|负责)的"
)
"""Behind a name after 由 it only qualifies a noun ("交验由海关核发的证件")."""


def subject_of(act: Act) -> list[Mention]:
    """Return who the subject names, in the sentence or in the stem above it; [] where it names nobody."""
    view, candidate = act.view, act.candidate
    if act.language is Language.ZH and candidate.subject is not None:
        holder = holding(view, candidate.subject[0])
        doers = (
            own_state(act)
            or passing_body(act)
            or hosts_of(act)
            or agency_of(act)
            or examples_of(act)
            or doers_named(act, holder)
        )
        if doers:
            return doers
    read, trigger = SUBJECTS[act.language], candidate.trigger[0]
    here = view.start <= trigger < view.end
    if act.context.is_law and here:
        found = read(view, view.start, trigger, act.context)
        if found:
            return found
    if candidate.subject is not None:
        found = read(holding(view, candidate.subject[0]), *candidate.subject, act.context)
        if found or candidate.subject_rule == "named":
            return widened(found, act) if here else found
    if here:
        found = read(view, view.start, trigger, act.context)
        if found or candidate.subject_rule not in {"stem", "unknown"}:
            return found
    return subject_of_stem(act)


def widened(found: list[Mention], act: Act) -> list[Mention]:
    """Return the subject as the whole sentence before the trigger has it, where it holds more of the same.

    So the span of a subject that ends a list ("and the United States") does not lose the list, and a pronoun
    takes up the name before it in its sentence.
    """
    span = act.candidate.subject
    if act.language is not Language.EN or not found or span is None:
        return found
    view, pronoun = act.view, found[0].type == "previous"
    around = (
        f"{view.text[max(view.start, span[0] - NEAR) : span[0]].rstrip()}|{view.text[span[1] : span[1] + NEAR]}"
    )
    if not pronoun and LIST_AROUND.search(around) is None:
        return found
    wide = SUBJECTS[act.language](view, view.start, act.candidate.trigger[0], act.context)
    if pronoun:
        return wide if wide and wide[0].type != "previous" else found
    apart = bool(wide) and CONSULTED.search(view.text, wide[-1].end, found[0].start) is not None
    return wide if apart or {mention.name for mention in wide} > {mention.name for mention in found} else found


CONSULTED = re.compile(
    r",\s(?:and,?\s)?(?:in|after|following)\s(?:close\s)?(?:consult(?:ation|ing)|coordinat(?:ion|ing)|cooperation"
    r"|collaboration|partnership|conjunction|concert)\s"
)
"""Opens an aside whose last name stands right before the verb: it is consulted and does not act."""


NEAR = 12
"""Characters around a subject in which the list it belongs to shows."""
LIST_AROUND = re.compile(r"(?:,|;|\band|\bor|\bthe)\|(?!$)|\|\s*(?:,|;|and\b|or\b)")
"""Signs of a list before or behind a subject, which "|" stands for."""


def holding(view: View, offset: int) -> View:
    """Return the sentence, or the stem above it, that holds an offset."""
    while view.stem is not None and offset < view.start:
        view = view.stem
    return view


def subject_of_stem(act: Act) -> list[Mention]:
    """Return who the nearest stem names that names somebody."""
    stem, trigger = act.view.stem, act.candidate.trigger[0]
    while stem is not None:
        end = trigger if stem.start <= trigger < stem.end else stem.end
        found = SUBJECTS[act.language](stem, stem.start, end, act.context)
        if found:
            return found
        stem = stem.stem
    return []


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
