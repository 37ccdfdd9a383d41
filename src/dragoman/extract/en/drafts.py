"""The finds of a sentence with their subjects and doubts, coordinated verbs of one actor merged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dragoman.extract.context import Context
from dragoman.extract.en.clauses import Tokens, clause_end
from dragoman.extract.en.finds import Cue, Find
from dragoman.extract.en.forces import measure_force
from dragoman.extract.en.governing import governed, is_noun
from dragoman.extract.en.screens import doubts_of
from dragoman.extract.en.subjects import COMPLEMENT, SHARED, Subject, subject_of
from dragoman.extract.en.triggers import read_cue
from dragoman.extract.en.words import (
    BASE,
    BE,
    CONJUNCTION,
    DET,
    GERUND,
    MODAL,
    PAST,
    PREPOSITION,
    RELATIVE,
    SIGN,
    SUBORDINATOR,
    THIRD,
)
from dragoman.extract.view import View
from dragoman.model import Kind


@dataclass(frozen=True, slots=True)
class Draft:
    """A find with its subject and the doubts about it, before clauses are cut."""

    find: Find
    subject: Subject
    doubts: tuple[str, ...]
    merged: int = 0


def cues_of(view: View, context: Context) -> list[tuple[int, int, str]]:
    """Return offsets and group of the trigger cues in a sentence."""
    groups = context.lexicon.cues[view.sentence.language].groups
    return [
        (hit.start, hit.end, phrase.group)
        for hit in view.cues
        for phrase in hit.phrases
        if "reads" in groups[phrase.group]
    ]


def drafts_of(tokens: Tokens, cues: list[tuple[int, int, str]], context: Context) -> list[Draft]:
    """Return what the cues of a sentence make of it, merged, in text order."""
    groups = context.lexicon.cues[tokens.view.sentence.language].groups
    finds: list[Find] = []
    for start, end, group in cues:
        first = tokens.at(start)
        if first >= len(tokens) or tokens.starts[first] != start:
            continue
        last = tokens.at(end - 1)
        stop = last + 1 if last < len(tokens) and tokens.starts[last] < end else last
        find = read_cue(tokens, Cue(first, max(stop, first + 1), group, groups[group]), context.voice)
        if find is None:
            continue
        if find.tense == "nominal":
            finds = [other for other in finds if other.trigger[0] != find.trigger[0]]
        if not covered(finds, find):
            finds.append(find)
    finds += split_exploratory(tokens, finds)
    finds.sort(key=lambda find: find.verb)
    return merge(tokens, with_subjects(tokens, finds, context))


def covered(finds: list[Find], find: Find) -> bool:
    """Return whether an earlier find has read this one's words already: as its trigger or as its act."""
    return any(
        other.trigger[0] <= find.trigger[0] < other.trigger[1] or find.trigger[0] == other.act for other in finds
    )


def split_exploratory(tokens: Tokens, finds: list[Find]) -> list[Find]:
    """Return the exploratory members of a coordination whose first verb is firm: "will consult and explore"."""
    split = []
    for find in finds:
        if (
            find.kind not in {Kind.COMMITMENT, Kind.MEASURE}
            or find.force == 1
            or find.tense not in {"modal", "present", "list"}
        ):
            continue
        for at in range(find.act + 1, clause_end(tokens, find.act)):
            if tokens.verb(at) in {"explore", "consider"} and is_member(tokens, find, at):
                split.append(
                    Find(
                        "coordinated-exploratory",
                        Kind.COMMITMENT,
                        1,
                        (at, at + 1),
                        at,
                        at,
                        find.tense,
                        False,
                        None,
                        ("split",),
                    )
                )
                break
    return split


def is_member(tokens: Tokens, find: Find, at: int) -> bool:
    """Return whether a base form is coordinated with the act of a find and not with an infinitive after it."""
    form = GERUND if tokens.is_(find.act, GERUND) else BASE
    if find.kind is Kind.MEASURE and find.tense != "list":
        return False
    if not tokens.is_(at, form) or not tokens.is_(at - 1, CONJUNCTION):
        return False
    between = range(find.act + 1, at)
    infinitive = any(
        tokens.lower[i] == "to" and tokens.is_(i + 1, BASE) and not tokens.is_(i + 1, PREPOSITION) for i in between
    )
    relative = any(tokens.lower[i] in {"that", "which", "who"} for i in between)
    return not infinitive and not relative


def with_subjects(tokens: Tokens, finds: list[Find], context: Context) -> Iterator[Draft]:
    """Yield the finds with their subjects; a shared subject is the one of the find before."""
    before: Subject | None = None
    for found in finds:
        find = found
        own = (
            subject_of(tokens, find.verb)
            if find.rule != "coordinated-exploratory"
            else Subject(0, 0, "none", SHARED)
        )
        if own.clause == SHARED:
            split = find.rule == "coordinated-exploratory"
            takes_up = split or (before is not None and find.tense in {"past", "perfect", "progressive"})
            own = (
                (before or own)
                if takes_up
                else shared_subject(tokens, find.verb, before, modal=find.tense == "modal")
            )
        subject = own
        if find.subject is not None:
            subject = find.subject
            if "asked" in find.notes and subject.clause == "main":
                subject = replace(subject, clause=own.clause, opener=own.opener, governor=own.governor)
            subject = own if subject.clause == SHARED else subject
        if find.kind is Kind.MEASURE and find.force < 4 and find.tense in {"past", "perfect"}:
            find = replace(find, force=measure_force(tokens, find.act, clause_end(tokens, find.act)))
        doubts = tuple(doubts_of(tokens, find, subject, context))
        if find.rule == "legal-hereby":
            doubts = tuple(doubt for doubt in doubts if doubt == "question")
        asked = find.subject is not None and "asked" in find.notes
        before = own if asked else subject
        yield Draft(find, subject, doubts)


def in_thought(tokens: Tokens, first: int, verb: int) -> Subject | None:
    """Return the subject of a modal coordinated inside a "that" clause of thinking ("reaffirm that X is and will")."""
    for at in range(first, verb - 1):
        if tokens.lower[at + 1] == "that" and tokens.in_class(at, "thinking"):
            return Subject(verb, verb, "none", COMPLEMENT, "that", tokens.lower[at])
    return None


def shared_subject(tokens: Tokens, verb: int, before: Subject | None, *, modal: bool) -> Subject:
    """Return the subject a coordinated verb shares: of the sentence's first main verb, else of the find before."""
    for at in range(1, verb):
        tags = tokens.tags[at]
        if tags & (SIGN | RELATIVE | SUBORDINATOR) and not tags & DET and tokens.lower[at] != ",":
            break
        known = (
            tags & (BASE | THIRD | PAST)
            and not tags & (PREPOSITION | DET)
            and tokens.lower[at] in tokens.words.base
        )
        finite = (known and not tokens.capital(at)) or tags & (MODAL | BE)
        if finite and not governed(tokens, at) and not is_noun(tokens, at):
            subject = subject_of(tokens, at)
            if subject.clause == "main" and subject.end > subject.first:
                return in_thought(tokens, at, verb) if modal and in_thought(tokens, at, verb) else subject
    return before or Subject(0, 0, "none", SHARED)


def merge(tokens: Tokens, drafts: Iterator[Draft]) -> list[Draft]:
    """Return the drafts, one for each actor, kind and force: coordinated verbs are one provision."""
    del tokens
    kept: list[Draft] = []
    for draft in drafts:
        same = next((i for i, other in enumerate(kept) if is_same(other, draft)), None)
        if same is None:
            kept.append(draft)
        elif kept[same].doubts and not draft.doubts:
            kept[same] = replace(draft, merged=kept[same].merged + 1)
        else:
            kept[same] = replace(kept[same], merged=kept[same].merged + 1)
    return kept


def is_same(one: Draft, other: Draft) -> bool:
    """Return whether two drafts are one provision: same actor, kind and force."""
    if one.find.kind is not other.find.kind or one.find.force != other.find.force:
        return False
    same_phrase = (one.subject.first, one.subject.end) == (other.subject.first, other.subject.end)
    both_we = one.subject.kind == other.subject.kind and one.subject.kind in {"we", "anaphor"}
    taken_up = other.subject.kind == "anaphor"
    return same_phrase or both_we or taken_up
