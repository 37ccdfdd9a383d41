"""Drafts become candidates: each with its own stretch of the sentence, its act, and the features noticed."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.extract.candidate import Candidate, Span
from dragoman.extract.context import Context
from dragoman.extract.en.aims import chain_of, object_start, phrase_end
from dragoman.extract.en.clauses import Tokens
from dragoman.extract.en.drafts import Draft
from dragoman.extract.en.finds import Find
from dragoman.extract.en.items import Stem
from dragoman.extract.en.screens import is_performing, marks_of
from dragoman.extract.en.stems import subject_span
from dragoman.model import Kind, Why

DOUBT = "doubt:"


MOST_DOUBTS = 3
"""Doubts that are counted apart."""


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
        if (
            draft.subject.end > draft.subject.first
            and draft.subject.first <= first
            and draft.subject.clause != "shared"
        ):
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
            Why(
                "force",
                str(find.force),
                next((n for n in find.notes if n.startswith("weaker")), find.rule),
                *trigger,
            ),
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
    yield f"doubts:{min(len(set(draft.doubts)), MOST_DOUBTS)}" if draft.doubts else f"sure:{find.kind.value}"
    yield "unsure" if draft.doubts else "sure"


def verb_features(tokens: Tokens, find: Find, verb: str) -> Iterator[str]:
    """Yield features of the act's verb and of what stands in its object."""
    if verb in tokens.words.base:
        yield f"verb:{verb}"
    if find.kind is Kind.MEASURE and is_performing(tokens, find.act):
        yield "performing"
    if find.act < len(tokens):
        yield from (f"object:{mark}" for mark in sorted(set(marks_of(tokens, find))))
