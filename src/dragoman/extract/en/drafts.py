"""The finds of a sentence with their subjects and doubts, coordinated verbs of one actor merged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from dragoman.extract.context import Context, Voice
from dragoman.extract.en.clauses import Tokens, clause_end, skip_adverbs, tokens_of
from dragoman.extract.en.finds import Cue, Find
from dragoman.extract.en.forces import BINDING, EXPLORATORY, measure_force
from dragoman.extract.en.governing import before, governed, is_noun
from dragoman.extract.en.papers import as_advice
from dragoman.extract.en.screens import doubts_of
from dragoman.extract.en.subjects import COMPLEMENT, MAIN, SHARED, Subject, subject_of
from dragoman.extract.en.triggers import read_cue
from dragoman.extract.en.words import (
    BASE,
    BE,
    CONJUNCTION,
    DET,
    GERUND,
    HAVE,
    MODAL,
    PAST,
    PREPOSITION,
    RELATIVE,
    SIGN,
    SUBORDINATOR,
    THIRD,
    Words,
    load_words,
)
from dragoman.extract.memory import REMEMBERED, keep
from dragoman.extract.view import View
from dragoman.model import BlockKind, Kind

SPLITTING = frozenset({"explore", "consider"})
"""Verbs that make a provision of their own beside a firm one: "will consult and explore"."""
SPLIT = "coordinated-exploratory"
SAME_TENSE = frozenset({"past", "perfect", "progressive"})


class Draft(NamedTuple):
    """A find with its subject and the doubts about it, before clauses are cut."""

    find: Find
    subject: Subject
    doubts: tuple[str, ...]
    merged: int = 0


TriggerCue = tuple[int, int, str]
"""Offsets and group of a cue."""


def cues_of(view: View, context: Context) -> list[TriggerCue]:
    """Return offsets and group of the trigger cues in a sentence."""
    telling = telling_groups(view, context)
    return [
        (start, end, phrase.group)
        for start, end, phrases in view.cues
        for phrase in phrases
        if phrase.group in telling
    ]


def telling_groups(view: View, context: Context) -> frozenset[str]:
    """Return the groups of cues that carry something in the voice of a sentence, read once a document."""
    seen, voice = context.memory.telling, context.voice.value
    telling = seen.get(voice)
    if telling is None:
        groups = context.lexicon.cues[view.sentence.language].groups
        telling = frozenset(name for name, group in groups.items() if "reads" in group and carries(group, voice))
        seen[voice] = telling
    return telling


def carries(group: Mapping[str, Any], voice: str) -> bool:
    """Return whether a group of cues carries something in a voice; one that names no voices does in all."""
    return voice in group.get("voices", (voice,))


def voiced(view: View, context: Context) -> Context:
    """Return the context with the voice of advice where a report advises under a heading that says so."""
    if context.voice is not Voice.REPORT or not view.sentence.section:
        return context
    advises = context.memory.advises
    if view.sentence.section not in advises:
        words = context.lexicon.voices["advice_sections"]
        headings = " ".join(view.sentence.section).casefold()
        advises[view.sentence.section] = any(word in headings for word in words)
    return replace(context, voice=Voice.ADVICE) if advises[view.sentence.section] else context


def is_item(view: View) -> bool:
    """Return whether a sentence is an item of a list, or stands under a stem."""
    return view.stem is not None or view.sentence.kind is BlockKind.ITEM


DEFINING = ("the term ", "the terms ", "“term", "the word ")
"""How a definition begins; it is no provision."""


def is_worth_reading(view: View, cues: Sequence[TriggerCue], context: Context) -> bool:
    """Return whether a sentence can hold a provision: an item, one with a cue, any of advice; no definition."""
    told = bool(cues) or is_item(view) or context.voice is Voice.ADVICE
    return told and not view.folded.startswith(DEFINING, view.start)


def is_passed_over(view: View, context: Context) -> bool:
    """Return whether a sentence is not read: it can hold no provision; known of those that were read ahead."""
    known = context.memory.passed.pop(view.sentence.index, None)
    return not is_worth_reading(view, cues_of(view, context), context) if known is None else known


def read_ahead(views: Sequence[View], context: Context) -> None:
    """Read the sentences that will be asked for, each step for all of them: see `dragoman.extract.fields`."""
    kept = context.memory.drafts
    if len(kept) >= REMEMBERED // 2:
        kept.clear()
    asked = [(view, voiced(view, context)) for view in views]
    cued = [(view, own, cues_of(view, own)) for view, own in asked]
    worth = [(view, own, cues) for view, own, cues in cued if is_worth_reading(view, cues, own)]
    context.memory.passed.update((view.sentence.index, True) for view in views)
    context.memory.passed.update((view.sentence.index, False) for view, _, _ in worth)
    tokens = [tokens_of(view, load_words()) for view, _, _ in worth]
    finds = [finds_of(read, cues, own) for read, (_, own, cues) in zip(tokens, worth, strict=True)]
    for read, found, (view, own, _) in zip(tokens, finds, worth, strict=True):
        kept[view.sentence.index] = read, merge(with_subjects(read, found, own))


def read_drafts(view: View, context: Context) -> tuple[Tokens, list[Draft]]:
    """Return a sentence's tokens and what its cues make of it, read once where it is asked for often."""
    read = context.memory.drafts.get(view.sentence.index)
    if read is None:
        tokens = tokens_of(view, load_words())
        finds = finds_of(tokens, cues_of(view, context), context)
        drafts = merge(with_subjects(tokens, finds, context))
        read = keep(context.memory.drafts, view.sentence.index, (tokens, drafts))
    return read


def finds_of(tokens: Tokens, cues: list[TriggerCue], context: Context) -> list[Find]:
    """Return what the cues of a sentence find, in the order of their verbs."""
    finds: list[Find] = []
    for cue in cues_in(tokens, cues, context):
        find = read_cue(tokens, cue)
        if find is None:
            continue
        if find.tense == "nominal" and ("no-act" not in find.notes or not covered(finds, find)):
            finds = [other for other in finds if other.trigger[0] != find.trigger[0]]
        if not covered(finds, find):
            finds.append(find)
    finds += split_exploratory(tokens, finds)
    if len(finds) > 1:
        finds.sort(key=VERB)
    return finds


VERB = attrgetter("verb")
"""The finite verb of a find, by which finds are ordered."""


def cues_in(tokens: Tokens, cues: list[TriggerCue], context: Context) -> Iterator[Cue]:
    """Yield cues as tokens; one that begins inside a token ("co-chaired") is none."""
    groups = context.lexicon.cues[tokens.view.sentence.language].groups
    for start, end, group in cues:
        first = tokens.at(start)
        if first < tokens.count and tokens.starts[first] == start:
            yield Cue(first, max(first + 1, tokens.at(end)), group, groups[group], context.voice)


def covered(finds: list[Find], find: Find) -> bool:
    """Return whether an earlier find has read this one's words already: as its trigger or as its act."""
    first = find.trigger[0]
    return any(other.trigger[0] <= first < other.trigger[1] or first == other.act for other in finds)


def split_exploratory(tokens: Tokens, finds: Iterable[Find]) -> list[Find]:
    """Return the exploratory members of coordinations whose first verb is firm: "will consult and explore"."""
    members = ((find, exploratory_member(tokens, find)) for find in finds)
    return [
        Find(SPLIT, weaker_kind(find), EXPLORATORY, (at, at + 1), at, at, find.tense, notes=("split",))
        for find, at in members
        if at >= 0
    ]


def weaker_kind(find: Find) -> Kind:
    """Return the kind of an exploratory verb beside a find's act: to be told to explore is a duty too."""
    return Kind.OBLIGATION if find.kind is Kind.OBLIGATION else Kind.COMMITMENT


def exploratory_member(tokens: Tokens, find: Find) -> int:
    """Return the exploratory verb coordinated with a firm find's act, or -1."""
    bound = find.kind is Kind.COMMITMENT and find.tense in {"modal", "present", "list"}
    listed = find.kind is Kind.MEASURE and find.tense == "list"
    told = find.kind is Kind.OBLIGATION and find.rule == "order-direct" and find.subject is None
    if find.force == EXPLORATORY or not (bound or listed or told):
        return -1
    forms = splitting_forms(tokens.words)
    if forms.isdisjoint(tokens.lower):
        return -1
    end = len(tokens) if find.tense != "list" else clause_end(tokens, find.act)
    for at in range(find.act + 1, end):
        if tokens.lower[at] in forms and is_member(tokens, find, at):
            return at
    return -1


@lru_cache(maxsize=1)
def splitting_forms(words: Words) -> frozenset[str]:
    """Return all forms of the verbs that make a provision of their own."""
    return SPLITTING.union(form for form, verb in words.base.items() if verb in SPLITTING)


def is_member(tokens: Tokens, find: Find, at: int) -> bool:
    """Return whether a verb is coordinated with the act of a find and not with an infinitive after it."""
    form = GERUND if tokens.is_(find.act, GERUND) else BASE
    if not tokens.is_(at, form):
        return False
    if is_parallel(tokens, find, at):
        return True
    if not tokens.is_(at - 1, CONJUNCTION) and not is_listed(tokens, at, form):
        return False
    for between in range(find.act + 1, at):
        if tokens.lower[between] in {"that", "which", "who"}:
            return False
        verb_next = tokens.is_(between + 1, BASE) and not tokens.is_(between + 1, PREPOSITION)
        if tokens.lower[between] == "to" and verb_next:
            return False
    return True


def is_parallel(tokens: Tokens, find: Find, at: int) -> bool:
    """Return whether a verb has a "to" of its own beside that of the trigger: "is tasked to X, and to explore"."""
    to = before(tokens, at)
    led = tokens.word(find.trigger[1] - 1) == "to" and tokens.word(to) == "to"
    return led and tokens.is_(to - 1, CONJUNCTION) and tokens.word(to - 2) in {",", ";"}


def is_listed(tokens: Tokens, at: int, form: int) -> bool:
    """Return whether a verb is neither first nor last of a list of verbs: "build X, explore Y, and study Z"."""
    sign = tokens.word(at - 1)
    if sign not in {",", ";"}:
        return False
    last = range(at + 1, len(tokens) - 1)
    return any(
        tokens.lower[i] == sign
        and tokens.is_(i + 1, CONJUNCTION)
        and tokens.is_(skip_adverbs(tokens, i + 2), form)
        for i in last
    )


def with_subjects(tokens: Tokens, finds: list[Find], context: Context) -> Iterator[Draft]:
    """Yield the finds with their subjects; a shared subject is the one of the verb before."""
    last: Subject | None = None
    for find in finds:
        own = own_subject(tokens, find, last)
        subject = acting_subject(find, own)
        graded = as_advice(tokens, with_measure_force(tokens, find, subject), subject, context)
        doubts = tuple(doubts_of(tokens, graded, subject, context))
        if find.rule == "legal-hereby":
            doubts = tuple(doubt for doubt in doubts if doubt == "question")
        last = own if "asked" in find.notes else subject
        yield Draft(graded, subject, doubts)


def own_subject(tokens: Tokens, find: Find, last: Subject | None) -> Subject:
    """Return the subject of a find's verb; `last` is the one of the find before."""
    nobody = Subject(0, 0, "none", SHARED)
    if find.rule == SPLIT:
        return last or nobody
    own = subject_of(tokens, find.verb)
    if own.clause != SHARED:
        return own
    if last is not None and find.tense in SAME_TENSE and not (last.clause == COMPLEMENT and decides(find, last)):
        return last
    return shared_subject(tokens, find, last)


def decides(find: Find, subject: Subject) -> bool:
    """Return whether a verb needs somebody who can decide, and its subject cannot: "the pilot ... decided"."""
    return find.kind is Kind.COMMITMENT and subject.kind in {"thing", "vehicle", "text"}


def acting_subject(find: Find, own: Subject) -> Subject:
    """Return who acts: who is asked or directed, in the clause of who asks; else the verb's own subject."""
    if find.subject is None or find.subject.clause == SHARED:
        return own
    if "asked" in find.notes and find.subject.clause == MAIN:
        return find.subject._replace(clause=own.clause, opener=own.opener, governor=own.governor)
    return find.subject


def with_measure_force(tokens: Tokens, find: Find, subject: Subject) -> Find:
    """Return a find, a measure that was a legal act, or that a legal text did, with binding force."""
    if find.kind is not Kind.MEASURE or find.force == BINDING or find.tense not in {"past", "perfect"}:
        return find
    if subject.kind == "text" and not find.passive:
        return find._replace(force=BINDING)
    return find._replace(force=measure_force(tokens, find.act, clause_end(tokens, find.act)))


def shared_subject(tokens: Tokens, find: Find, last: Subject | None) -> Subject:
    """Return the subject a coordinated verb shares: of the sentence's first main verb, else of the find before."""
    for at in range(1, find.verb):
        if tokens.is_(at, SIGN | RELATIVE | SUBORDINATOR) and not tokens.is_(at, DET) and tokens.lower[at] != ",":
            break
        if not is_finite(tokens, at):
            continue
        subject = subject_of(tokens, at)
        if subject.clause == MAIN and subject.end > subject.first:
            thought = in_thought(tokens, at, find.verb) if find.tense == "modal" else None
            return subject if thought is None or goes_on(tokens, find, subject) else thought
    return last or Subject(0, 0, "none", SHARED)


def goes_on(tokens: Tokens, find: Find, subject: Subject) -> bool:
    """Return whether "and will" behind a comma goes on with who thinks: "we hold that X is, and will work"."""
    joined = tokens.is_(find.verb - 1, CONJUNCTION) and tokens.word(find.verb - 2) == ","
    return (
        joined
        and subject.kind in {"we", "actor", "agent"}
        and not tokens.words.is_verb(tokens.lower[find.act], "effect")
    )


def is_finite(tokens: Tokens, index: int) -> bool:
    """Return whether a token is a finite verb: a modal, be, or a known form that is no noun and not governed."""
    known = tokens.is_(index, BASE | THIRD | PAST) and tokens.lower[index] in tokens.words.base
    plain = known and not tokens.is_(index, PREPOSITION | DET) and not tokens.capital(index)
    if not (plain or tokens.is_(index, MODAL | BE | HAVE)):
        return False
    return not governed(tokens, index) and not is_noun(tokens, index)


def in_thought(tokens: Tokens, first: int, verb: int) -> Subject | None:
    """Return the subject of a modal coordinated inside a clause of thinking: "reaffirm that X is and will"."""
    for at in range(first, verb - 1):
        if tokens.lower[at + 1] == "that" and tokens.in_class(at, "thinking"):
            return Subject(verb, verb, "none", COMPLEMENT, "that", tokens.lower[at])
    return None


def merge(drafts: Iterable[Draft]) -> list[Draft]:
    """Return the drafts, one for each actor, kind and force: coordinated verbs are one provision."""
    kept: list[Draft] = []
    for draft in drafts:
        same = next((i for i, other in enumerate(kept) if is_same(other, draft)), None)
        if same is None:
            kept.append(draft)
            continue
        better = draft if kept[same].doubts and not draft.doubts else kept[same]
        kept[same] = better._replace(merged=kept[same].merged + 1)
    return kept


def is_same(one: Draft, other: Draft) -> bool:
    """Return whether two drafts are one provision: same actor, kind and force."""
    if one.find.kind is not other.find.kind or one.find.force != other.find.force:
        return False
    if (one.subject.first, one.subject.end) == (other.subject.first, other.subject.end):
        return True
    return other.subject.kind == "anaphor" or one.subject.kind == other.subject.kind == "we"
