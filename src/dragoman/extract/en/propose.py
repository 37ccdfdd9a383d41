"""Candidates of a sentence: which words carry a provision, of which kind and force, and who their subject is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dragoman.extract.candidate import Candidate, Span
from dragoman.extract.context import Context
from dragoman.extract.en.aims import chain_of, object_start, phrase_end
from dragoman.extract.en.clauses import Tokens, clause_end, tokens_of
from dragoman.extract.en.forces import measure_force
from dragoman.extract.en.items import CONTAINING, Stem, is_run_in, item_find, leads_acts
from dragoman.extract.en.screens import doubts_of, is_performing, marks_of
from dragoman.extract.en.subjects import COMPLEMENT, NAMED, SHARED, UNKNOWN, Subject, rule_of, subject_of
from dragoman.extract.en.triggers import Cue, Find, governed, is_noun, read_cue
from dragoman.extract.en.words import (
    BASE,
    BE,
    CONJUNCTION,
    DET,
    GERUND,
    MODAL,
    PARTICIPLE,
    PAST,
    PREPOSITION,
    RELATIVE,
    SIGN,
    SUBORDINATOR,
    THIRD,
    load_words,
)
from dragoman.extract.view import View
from dragoman.model import BlockKind, Kind, Why

DOUBT = "doubt:"
TAKING = frozenset({"take", "require", "do", "act", "direct", "ask"})
"""Verbs that leave the act to the "to" at a stem's end: "shall take steps to:", "may require persons to:"."""
DEFINING = ("the term ", "the terms ", "“term", "the word ")
"""How a definition begins; it is no provision."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A find with its subject and the doubts about it, before clauses are cut."""

    find: Find
    subject: Subject
    doubts: tuple[str, ...]
    merged: int = 0


def propose(view: View, context: Context) -> list[Candidate]:
    """Return the candidates of a sentence, in text order.

    Args:
        view: the sentence with the cues found in it.
        context: what the whole document tells.
    """
    item = view.stem is not None or view.sentence.kind is BlockKind.ITEM
    cues = cues_of(view, context)
    if (not cues and not item) or view.folded.startswith(DEFINING, view.start):
        return []
    tokens = tokens_of(view, load_words())
    drafts = drafts_of(tokens, cues, context)
    stem = stem_of(view.stem, context) if view.stem is not None else None
    if stem is not None and stem.find.rule == "legal-hereby":
        drafts = []
    if item and not any(not draft.doubts and is_own(draft, tokens) for draft in drafts):
        drafts = with_item(tokens, stem, drafts, context)
    if leads_acts(view, context) or lacks_object(tokens):
        if any(is_open(tokens, draft) and draft.subject.clause == COMPLEMENT for draft in drafts):
            return []
        drafts = [draft for draft in drafts if not is_open(tokens, draft)]
    return list(candidates_of(tokens, drafts, stem, context))


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
        if find.kind not in {Kind.COMMITMENT, Kind.MEASURE} or find.force == 1 or find.tense not in {"modal", "present", "list"}:
            continue
        for at in range(find.act + 1, clause_end(tokens, find.act)):
            if tokens.verb(at) in {"explore", "consider"} and is_member(tokens, find, at):
                split.append(
                    Find("coordinated-exploratory", Kind.COMMITMENT, 1, (at, at + 1), at, at, find.tense, False, None, ("split",))
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
        own = subject_of(tokens, find.verb) if find.rule != "coordinated-exploratory" else Subject(0, 0, "none", SHARED)
        if own.clause == SHARED:
            split = find.rule == "coordinated-exploratory"
            takes_up = split or (before is not None and find.tense in {"past", "perfect", "progressive"})
            own = (before or own) if takes_up else shared_subject(
                tokens, find.verb, before, modal=find.tense == "modal"
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
        known = tags & (BASE | THIRD | PAST) and not tags & (PREPOSITION | DET) and tokens.lower[at] in tokens.words.base
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


def is_own(draft: Draft, tokens: Tokens) -> bool:
    """Return whether a draft is the item's own main clause."""
    del tokens
    return draft.subject.clause in {"main", "shared"} and draft.find.tense != "nominal"


def with_item(tokens: Tokens, stem: Stem | None, drafts: list[Draft], context: Context) -> list[Draft]:
    """Return the drafts of an item with what it takes from its stem, first."""
    find = item_find(tokens, stem, context)
    if find is None or (stem is None and has_main_clause(tokens, find)):
        return drafts
    doubts = []
    if stem is None and is_run_in(tokens, context):
        doubts.append("run-in")
    if stem is not None and stem.find.rule == "verb-present" and find.rule == "item-noun":
        doubts.append("listed")
    if stem is None and find.kind is not Kind.COMMITMENT:
        doubts += ["loose"] if find.kind is Kind.MEASURE and find.rule == "loose-noun" else []
    subject = Subject(0, 0, "none", "stem" if stem else "main")
    taken = Draft(find, subject, tuple(doubts))
    split = [
        Draft(part, subject, ()) for part in split_exploratory(tokens, [find]) if find.force > 1 and not doubts
    ]
    return [taken, *split, *(d for d in drafts if d.subject.clause not in {"main", "shared"} or d.subject.end > d.subject.first)]


def has_main_clause(tokens: Tokens, find: Find) -> bool:
    """Return whether what looks like an item's act is the subject of a finite verb: "Protecting X requires Y"."""
    for at in range(find.act + 2, len(tokens)):
        tags = tokens.tags[at]
        if tags & (RELATIVE | SUBORDINATOR) or tokens.lower[at] == "that":
            return False
        finite = tags & (MODAL | BE) or (tags & THIRD and not tags & BASE and tokens.is_(at + 1, DET))
        if finite and not tokens.inside[at]:
            return True
    return False


def is_open(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a stem's clause has no act of its own: "shall:", "will include:", "are intended to include:"."""
    find = draft.find
    if find.act >= len(tokens):
        return True
    if lacks_object(tokens):
        return True
    verb = tokens.verb(find.act)
    if tokens.lower[find.act + 1 : find.act + 3] == ("the", "following"):
        return True
    if (ends_open(tokens) and verb in TAKING) or (last_word(tokens) == "following" and verb in {"take", "do"}):
        return True
    rest = [at for at in range(find.act + 1, len(tokens)) if not tokens.tags[at] & SIGN and tokens.lower[at] != "*"]
    filler = {"the", "following", "to", "by", "at", "a", "minimum", "least", "for", "all", "of", "these", "and", "or"}
    return verb in CONTAINING | {"seek", "aim", "respond", "act", "take", "do"} and all(tokens.lower[at] in filler for at in rest) or (
        verb == "be" and len(rest) <= 3
    ) or tokens.lower[find.act] == "responsible" or (len(rest) > 0 and rest == [find.act + 1] and tokens.lower[rest[0]] == "for")


def ends_in_topic(tokens: Tokens) -> bool:
    """Return whether a stem ends with a preposition whose object is the list: "groups which focus on:"."""
    last = len(tokens) - 1
    while last > 0 and tokens.tags[last] & SIGN:
        last -= 1
    return tokens.is_(last, PREPOSITION) and tokens.lower[last] in {"on", "of", "about", "with", "regarding", "concerning", "under"}


def ends_open(tokens: Tokens) -> bool:
    """Return whether a stem ends with the "to" of an infinitive, and not of "relating to"."""
    last = len(tokens) - 1
    while last > 0 and tokens.tags[last] & SIGN:
        last -= 1
    return tokens.lower[last] == "to" and not tokens.in_class(last - 1, "before_noun")


def last_word(tokens: Tokens) -> str:
    """Return the last word of a sentence, signs left out."""
    return next((word for word, tags in zip(reversed(tokens.lower), reversed(tokens.tags), strict=True) if not tags & SIGN and word != "*"), "")


def lacks_object(tokens: Tokens) -> bool:
    """Return whether a stem ends with a transitive verb whose object is the list: "impair or otherwise affect:"."""
    last = len(tokens) - 1
    while last > 0 and (tokens.tags[last] & SIGN or tokens.lower[last] == "*"):
        last -= 1
    return tokens.is_(last, BASE) and tokens.verb(last) in {"affect", "impair", "limit", "alter", "modify", "supersede"}


def stem_of(view: View, context: Context) -> Stem | None:
    """Return what a stem hands down, None where its sentence carries no kind; nested stems chain."""
    tokens = tokens_of(view, load_words())
    drafts = drafts_of(tokens, cues_of(view, context), context)
    above = stem_of(view.stem, context) if view.stem is not None else None
    own = [draft for draft in drafts if draft.subject.clause in {"main", "shared"}] or drafts
    if not own or ends_in_topic(tokens):
        return None
    draft = own[-1]
    if draft.find.rule == "verb-present" and draft.subject.kind == "anaphor" and view.previous is not None:
        earlier = stem_of(view.previous, context)
        if earlier is not None:
            return earlier
    if draft.find.kind is Kind.COMMITMENT and draft.find.force == 1:
        later = firm_tail(tokens, draft.find)
        draft = replace(draft, find=replace(draft.find, force=later))
    subject, rule = subject_span(tokens, draft, above, context)
    containing = lacks_object(tokens)
    return Stem(draft.find, tokens, subject, rule, is_open(tokens, draft), containing)


def firm_tail(tokens: Tokens, find: Find) -> int:
    """Return the force of the last coordinated verb of an exploratory stem: "explore X and pursue activities"."""
    for at in range(len(tokens) - 1, find.act, -1):
        if tokens.is_(at, BASE) and tokens.is_(at - 1, CONJUNCTION) and not tokens.is_(at, PREPOSITION):
            exploratory = tokens.verb(at) in tokens.words.verbs["exploratory"]
            return 1 if exploratory else 2 if find.rule == "verb-intended" else 3
    return find.force


def subject_span(tokens: Tokens, draft: Draft, stem: Stem | None, context: Context) -> tuple[Span | None, str]:
    """Return the subject's span and how it is to be read."""
    find, subject = draft.find, draft.subject
    if subject.clause == "stem" and stem is not None:
        return stem.subject, "stem" if stem.subject else stem.subject_rule
    if find.rule.startswith("loose"):
        return None, "addressee" if find.kind in {Kind.RECOMMENDATION, Kind.OBLIGATION} else "authors"
    if find.passive and (find.rule != "state-expected" or "passive-act" in find.notes):
        agent = agent_of(tokens, find)
        if agent is not None:
            return tokens.span(agent.first, agent.end), NAMED
    if subject.first >= subject.end:
        return None, "authors" if context.authors else UNKNOWN
    return tokens.span(subject.first, subject.end), rule_of(subject, passive=find.passive)


def agent_of(tokens: Tokens, find: Find) -> Subject | None:
    """Return the agent of a passive, "by the Secretary"; means ("by raising") and dates are none."""
    from dragoman.extract.en.subjects import kind_of, phrase_start  # noqa: F401, PLC0415

    for at in range(find.act + 1, min(find.act + 20, len(tokens))):
        if tokens.lower[at] in {";", ":"} or tokens.is_(at, PARTICIPLE) and not tokens.is_(at, BASE):
            return None
        if tokens.lower[at] != "by" or tokens.is_(at + 1, GERUND):
            continue
        end = at + 1
        while end < len(tokens) and end - at < 16 and tokens.lower[end] not in {",", ";", ":", ".", "to", "in", "on", "at", "under", "for", "with", "that", "which"}:
            end += 1
        if end > at + 1:
            kind = kind_of(tokens, at + 1, end)
            if kind in {"actor", "agent", "we"}:
                return Subject(at + 1, end, kind)
    return None


def candidates_of(tokens: Tokens, drafts: list[Draft], stem: Stem | None, context: Context) -> Iterator[Candidate]:
    """Yield the drafts as candidates, each with its own stretch of the sentence."""
    bounds = clause_bounds(tokens, drafts)
    for index, draft in enumerate(drafts):
        yield candidate_of(tokens, draft, bounds[index], stem, context, len(drafts))


def clause_bounds(tokens: Tokens, drafts: list[Draft]) -> list[Span]:
    """Return the stretch of the sentence that belongs to each draft: from its subject to the next one's."""
    view = tokens.view
    starts = []
    for draft in drafts:
        first = draft.find.trigger[0] if draft.find.trigger[0] >= 0 else 0
        if draft.subject.end > draft.subject.first and draft.subject.first <= first and draft.subject.clause != "shared":
            first = draft.subject.first if not starts or tokens.starts[draft.subject.first] > starts[-1] else first
        starts.append(tokens.starts[first])
    if not starts:
        return []
    starts[0] = view.start
    ends = [*starts[1:], view.end]
    return [(start, max(end, min(start + 1, view.end))) for start, end in zip(starts, ends, strict=True)]


def candidate_of(
    tokens: Tokens, draft: Draft, clause: Span, stem: Stem | None, context: Context, count: int
) -> Candidate:
    """Return a draft as a candidate."""
    view, find = tokens.view, draft.find
    subject, rule = subject_span(tokens, draft, stem, context)
    if find.trigger[0] >= 0:
        trigger = tokens.span(find.trigger[0], find.trigger[1])
    else:
        assert stem is not None  # noqa: S101 - only items of a stem have no trigger of their own
        trigger = trigger_of_stem(stem)
    aim, thing = aim_of(tokens, find, clause)
    return Candidate(
        start=view.start,
        end=view.end,
        trigger=trigger,
        kind=find.kind,
        force=find.force,
        rule=find.rule,
        clause=clause,
        subject=subject,
        subject_rule=rule,
        aim=aim,
        object=thing,
        features=tuple(features_of(tokens, draft, context, rule, count)),
        why=(
            Why("kind", find.kind.value, find.rule, *trigger),
            Why("force", str(find.force), next((n for n in find.notes if n.startswith("weaker")), find.rule), *trigger),
        ),
    )


def trigger_of_stem(stem: Stem) -> Span:
    """Return the span of the stem's trigger."""
    first, end = stem.find.trigger
    return stem.tokens.span(first, end) if first >= 0 else (stem.tokens.starts[0], stem.tokens.ends[0])


def aim_of(tokens: Tokens, find: Find, clause: Span) -> tuple[Span | None, Span | None]:
    """Return the spans of the act and of its object."""
    if find.act >= len(tokens):
        return None, None
    limit = find.act + 1
    while limit < len(tokens) and tokens.starts[limit] < max(clause[1], tokens.ends[find.act]):
        limit += 1
    chain = [at for at in chain_of(tokens, find.act) if at < limit] or [find.act]
    end = max(phrase_end(tokens, chain[-1], limit), chain[-1] + 1)
    first = object_start(tokens, chain, end)
    return tokens.span(find.act, end), tokens.span(first, end) if first < end else None


def features_of(tokens: Tokens, draft: Draft, context: Context, rule: str, count: int) -> Iterator[str]:
    """Yield the names of what was noticed, for the weights."""
    find, subject, view = draft.find, draft.subject, tokens.view
    verb = tokens.verb(find.act) if find.act < len(tokens) else ""
    yield f"rule:{find.rule}"
    yield f"kind:{find.kind.value}"
    yield f"voice:{context.voice.value}"
    yield f"rule-voice:{find.rule}+{context.voice.value}"
    yield f"subject:{subject.kind}"
    yield f"subject-rule:{rule}"
    yield f"rule-subject:{find.rule}+{subject.kind}"
    yield f"clause:{subject.clause}"
    yield f"tense:{find.tense}"
    yield f"force:{find.force}"
    yield f"block:{view.sentence.kind.value}"
    yield "passive" if find.passive else "active"
    yield from (f"note:{note}" for note in find.notes)
    yield from (f"opener:{subject.opener}" for _ in range(bool(subject.opener)))
    yield from (f"verb-class:{name}" for name, verbs in tokens.words.verbs.items() if verb in verbs)
    yield from verb_features(tokens, find, verb)
    yield "sentence:first" if view.sentence.first else "sentence:later"
    yield f"candidates:{min(count, 3)}"
    yield from (f"{DOUBT}{doubt}" for doubt in dict.fromkeys(draft.doubts))


def verb_features(tokens: Tokens, find: Find, verb: str) -> Iterator[str]:
    """Yield features of the act's verb and of what stands in its object."""
    if verb in tokens.words.base:
        yield f"verb:{verb}"
    if find.kind is Kind.MEASURE and is_performing(tokens, find.act):
        yield "performing"
    if find.act < len(tokens):
        yield from (f"object:{mark}" for mark in sorted(set(marks_of(tokens, find))))
