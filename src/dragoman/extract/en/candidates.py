"""Drafts become candidates: each with its own stretch of the sentence, its act, and the features noticed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from dragoman.extract.candidate import Candidate, Span
from dragoman.extract.context import Context, Voice
from dragoman.extract.en.aims import chain_of, object_of, phrase_end
from dragoman.extract.en.clauses import Tokens
from dragoman.extract.en.drafts import Draft
from dragoman.extract.en.finds import Find
from dragoman.extract.en.items import Stem
from dragoman.extract.en.stems import subject_span
from dragoman.extract.en.subjects import SHARED
from dragoman.extract.en.things import is_performing, marks_of
from dragoman.extract.en.words import Words
from dragoman.model import BlockKind, Kind, Why

DOUBT = "doubt:"
"""Prefix of the features that mark classes which are off unless the weights say otherwise."""
MOST = 3
"""Doubts, and candidates of a sentence, that are counted apart."""
FEATURED = ("exploratory", "intended", "light", "effect", "performing", "process", "directional", "speaking")
"""Classes of verbs that are features."""


def candidates_of(tokens: Tokens, drafts: list[Draft], stem: Stem | None, context: Context) -> Iterator[Candidate]:
    """Yield the drafts as candidates, each with its own stretch of the sentence.

    One with doubts is left out of the register and weighed by nothing: its doubts are told, no act, no subject.
    """
    view = tokens.view
    for draft, clause in zip(drafts, clauses_of(tokens, drafts), strict=True):
        find = draft.find
        trigger = trigger_of(tokens, find, stem)
        if draft.doubts:
            plain = (view.start, view.end, trigger, find.kind, find.force, find.rule, clause)
            yield Candidate(*plain, features=tuple(doubt_features(draft)), why=reasons_of(find, trigger))
            continue
        subject, rule = subject_span(tokens, draft, stem, context)
        aim, thing = aim_of(tokens, find, clause)
        yield Candidate(
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
            features=tuple(features_of(tokens, draft, context, rule, len(drafts))),
            why=reasons_of(find, trigger),
        )


def trigger_of(tokens: Tokens, find: Find, stem: Stem | None) -> Span:
    """Return the span of the trigger, in the stem where the item has none of its own."""
    if find.trigger[0] >= 0 or stem is None:
        return tokens.span(max(find.trigger[0], 0), max(find.trigger[1], 1))
    return trigger_of(stem.tokens, stem.find, None)


def reasons_of(find: Find, trigger: Span) -> tuple[Why, ...]:
    """Return why the find has its kind and force."""
    weakened = next((note for note in find.notes if note.startswith("weaker")), find.rule)
    return Why("kind", find.kind.value, find.rule, *trigger), Why("force", str(find.force), weakened, *trigger)


def clauses_of(tokens: Tokens, drafts: list[Draft]) -> list[Span]:
    """Return the stretch of the sentence that belongs to each draft: from its subject to the next one's."""
    view = tokens.view
    if not drafts:
        return []
    starts = [view.start]
    for before, draft in pairwise(drafts):
        subject, trigger = draft.subject, max(draft.find.trigger[0], 0)
        own = subject.first < subject.end and subject.first <= trigger and subject.clause != SHARED
        own = own and (subject.first, subject.end) != (before.subject.first, before.subject.end)
        first = tokens.starts[subject.first] if own else tokens.starts[trigger]
        starts.append(first if first > starts[-1] else max(tokens.starts[trigger], starts[-1]))
    sure = next((at for at, draft in enumerate(drafts) if not draft.doubts), 0)
    starts[sure] = view.start
    ends = [next_start(drafts, starts, at) or view.end for at in range(len(drafts))]
    return [(start, max(end, start + 1)) for start, end in zip(starts, ends, strict=True)]


def next_start(drafts: list[Draft], starts: list[int], at: int) -> int:
    """Return where the stretch of the next draft begins, 0 without one; a doubted one ends only doubted ones."""
    following = range(at + 1, len(drafts))
    return next((starts[other] for other in following if drafts[at].doubts or not drafts[other].doubts), 0)


def aim_of(tokens: Tokens, find: Find, clause: Span) -> tuple[Span | None, Span | None]:
    """Return the spans of the act and of its object."""
    if find.act >= len(tokens):
        return None, None
    limit = max(bisect_left(tokens.starts, clause[1]), find.act + 1)
    verb = next((at for at in reversed(chain_of(tokens, find.act)) if at < limit), find.act)
    end = phrase_end(tokens, verb, limit)
    first, last = object_of(tokens, verb, end)
    return tokens.span(find.act, end), tokens.span(first, last) if first < last else None


def features_of(tokens: Tokens, draft: Draft, context: Context, rule: str, count: int) -> Iterator[str]:
    """Yield the names of what was noticed, for the weights."""
    find, subject, sentence = draft.find, draft.subject, tokens.view.sentence
    yield from rule_features(find.rule, find.kind, context.voice)
    yield from subject_features(subject.kind, rule, find.rule, subject.clause)
    yield from form_features(find.tense, find.force, sentence.kind)
    yield "passive" if find.passive else "active"
    yield "sentence:first" if sentence.first else "sentence:later"
    yield f"candidates:{min(count, MOST)}"
    if subject.opener:
        yield f"opener:{subject.opener}"
    yield from (f"note:{note}" for note in find.notes)
    yield from act_features(tokens, find)
    yield from doubt_features(draft)


@lru_cache(maxsize=1024)
def rule_features(rule: str, kind: Kind, voice: Voice) -> tuple[str, ...]:
    """Return the names of what the trigger tells; the same few come again and again."""
    return f"rule:{rule}", f"kind:{kind}", f"voice:{voice}", f"rule-voice:{rule}+{voice}"


@lru_cache(maxsize=1024)
def subject_features(kind: str, reading: str, rule: str, clause: str) -> tuple[str, ...]:
    """Return the names of what the subject tells."""
    return f"subject:{kind}", f"subject-rule:{reading}", f"rule-subject:{rule}+{kind}", f"clause:{clause}"


@lru_cache(maxsize=256)
def form_features(tense: str, force: int, block: BlockKind) -> tuple[str, ...]:
    """Return the names of what the form of the trigger and of the sentence tells."""
    return f"tense:{tense}", f"force:{force}", f"block:{block}"


def act_features(tokens: Tokens, find: Find) -> Iterator[str]:
    """Yield features of the act's verb and of what stands in its object."""
    if find.act >= len(tokens):
        return
    verb = tokens.verb(find.act)
    if verb in tokens.words.base:
        yield f"verb:{verb}"
    yield from class_features(tokens.words, verb)
    if find.kind is not Kind.MEASURE:
        return
    if is_performing(tokens, find.act):
        yield "performing"
    yield from (f"object:{mark}" for mark in sorted(marks_of(tokens, find)))


@lru_cache(maxsize=4096)
def class_features(words: Words, verb: str) -> tuple[str, ...]:
    """Return the names of the classes of a verb."""
    return tuple([f"verb-class:{name}" for name in FEATURED if verb in words.verbs[name]])


def doubt_features(draft: Draft) -> Iterator[str]:
    """Yield the doubts, how many there are, and whether the grammar itself is sure."""
    if not draft.doubts:
        yield from ("doubts:0", "sure", f"sure:{draft.find.kind}")
        return
    doubts = tuple(dict.fromkeys(draft.doubts))
    yield from (f"{DOUBT}{doubt}" for doubt in doubts)
    yield f"doubts:{min(len(doubts), MOST)}"
    yield "unsure"
