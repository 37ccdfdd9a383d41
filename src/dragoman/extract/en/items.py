"""List items: what they take from the sentence that introduces their list.

An item without a finite cue of its own ("establishing a taskforce;", "submit a report") takes kind, force and
actor from its stem; the trigger stands in the stem, or is the item's own first verb where it is a gerund.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dragoman.extract.context import Context, Voice
from dragoman.extract.en.clauses import Tokens, skip_adverbs
from dragoman.extract.en.forces import weakened
from dragoman.extract.en.triggers import Find
from dragoman.extract.en.words import (
    ADVERB,
    BASE,
    BE,
    DET,
    GERUND,
    MODAL,
    PARTICIPLE,
    PAST,
    PREPOSITION,
    RELATIVE,
    SIGN,
    THIRD,
    load_words,
)
from dragoman.extract.view import View
from dragoman.model import BlockKind, Kind

LONGEST_HEADING = 20
"""Tokens of a heading that is run into its paragraph."""
HEAD = 240
"""Characters of an item that are looked at to see how it begins."""
CONTAINING = frozenset(
    {"include", "contain", "comprise", "cover", "address", "specify", "describe", "be", "consist"}
)


@dataclass(frozen=True, slots=True)
class Stem:
    """What a stem hands down to its items.

    Attributes:
        find: the find whose clause the list completes.
        tokens: the stem's tokens.
        subject: span of the stem's subject, or None.
        subject_rule: how it is to be read.
        open: whether the stem has no act of its own ("shall:").
        containing: whether its verb is include or the like, so that noun phrases are acts.
    """

    find: Find
    tokens: Tokens
    subject: tuple[int, int] | None
    subject_rule: str
    open: bool
    containing: bool


def leads_acts(view: View, context: Context) -> bool:
    """Return whether a sentence introduces a list of acts: the items that name it their stem begin with verbs.

    Items that only name contents are none; then the stem alone is the provision.
    """
    sentences = context.document.sentences
    following = view.sentence.index + 1
    if following >= len(sentences) or sentences[following].stem != view.sentence.index:
        return False
    first = sentences[following]
    words = load_words()
    head = view.folded[first.start : min(first.end, first.start + HEAD)].split()
    tags = [words.tags[word.strip(",;:()")] for word in head]
    while tags and tags[0] & ADVERB:
        tags.pop(0)
    if not tags or tags[0] & (DET | PREPOSITION) and not tags[0] & GERUND:
        return any(tag & MODAL for tag in tags)
    return bool(tags[0] & (GERUND | BASE | THIRD | PAST)) or any(tag & MODAL for tag in tags)


def opening_of(tokens: Tokens) -> tuple[int, str]:
    """Return the first word of an item that says what it is, and its form: gerund, base, third, past, noun."""
    at = skip_adverbs(tokens, 0)
    if tokens.word(at) == "to" and tokens.is_(at + 1, BASE):
        return at + 1, "base"
    tags = tokens.tags[at] if at < len(tokens) else SIGN
    following = tokens.tags[at + 1] if at + 1 < len(tokens) else SIGN
    if tags & GERUND and not tags & PREPOSITION:
        return at, "gerund"
    if tags & GERUND and tokens.verb(at) in {"include", "follow", "begin", "start"}:
        return at, "gerund"
    if tags & BASE and not tags & (DET | PREPOSITION):
        return at, "base" if looks_verbal(tokens, at, following) else "noun"
    if tags & THIRD and following & DET:
        return at, "third"
    if tags & (PAST | PARTICIPLE) and not following & SIGN:
        return at, "past"
    return at, "noun"


def looks_verbal(tokens: Tokens, at: int, following: int) -> bool:
    """Return whether a base form that opens an item is a verb: an object, a preposition or "that" comes after."""
    if following & SIGN and tokens.word(at + 1) not in {",", "("}:
        return False
    if tokens.verb(at) in tokens.words.verbs["nominal"] and not following & (DET | PREPOSITION | ADVERB):
        return False
    return not (
        tokens.word(at + 1) in {"of", "and"} and tokens.verb(at) in {"use", "report", "review", "study", "support"}
    )


def is_run_in(tokens: Tokens, context: Context) -> bool:
    """Return whether an item's first sentence is a heading run into it: further sentences follow in its block."""
    sentence = tokens.view.sentence
    sentences = context.document.sentences
    following = sentence.index + 1
    return (
        sentence.first
        and len(tokens) <= LONGEST_HEADING
        and not any(
            tokens.is_(at, MODAL | BE | RELATIVE) and tokens.lower[at] != "that" for at in range(len(tokens))
        )
        and following < len(sentences)
        and sentences[following].block == sentence.block
        and tokens.view.text[sentence.end - 1] in ".:"
    )


def item_find(tokens: Tokens, stem: Stem | None, context: Context) -> Find | None:
    """Return what an item without a finite cue of its own says, None where it says nothing."""
    sentence = tokens.view.sentence
    if not sentence.first or not len(tokens):
        return None
    at, form = opening_of(tokens)
    if tokens.word(0) == "to" and stem is None:
        return None
    if stem is not None:
        return from_stem(tokens, stem, at, form)
    if sentence.kind is not BlockKind.ITEM:
        return None
    return without_stem(tokens, at, form, context)


def from_stem(tokens: Tokens, stem: Stem, at: int, form: str) -> Find | None:
    """Return an item's find under a stem that carries a kind."""
    find = stem.find
    if form == "noun" and find.act >= len(stem.tokens) and not tokens.is_(at, DET | PREPOSITION | SIGN):
        form = "base"
    if form == "noun" and not stem.containing:
        return None
    if form in {"third", "past"} and find.kind is not Kind.MEASURE:
        return None
    if form == "base" and find.kind is Kind.MEASURE:
        find = replace(find, kind=Kind.COMMITMENT, force=3)
    force, by = weakened(tokens, at, find.force) if find.kind is Kind.COMMITMENT else (find.force, "")
    notes = (
        f"item:{form}",
        f"stem:{find.rule}",
        *((f"weaker:{by}",) if by else ()),
        *(n for n in find.notes if n in {"negated", "bare-noun"}),
    )
    own = form in {"gerund", "third", "past"} and find.kind in {Kind.COMMITMENT, Kind.MEASURE}
    trigger = (at, at + 1) if own else (-1, -1)
    return Find("item-" + form, find.kind, force, trigger, at, at, "list", passive=find.passive, subject=None, notes=notes)


def without_stem(tokens: Tokens, at: int, form: str, context: Context) -> Find | None:
    """Return the find of an item that nothing introduces: by the document's voice."""
    kinds = {
        Voice.JOINT: (Kind.COMMITMENT, 3), Voice.ORDER: (Kind.OBLIGATION, 4),
        Voice.ADVICE: (Kind.RECOMMENDATION, 2), Voice.REPORT: (Kind.MEASURE, 3),
    }  # fmt: skip
    kind, force = kinds[context.voice]
    if form == "noun":
        return None
    if form == "past":
        kind, force = Kind.MEASURE, 3
    if form == "base" and kind is Kind.MEASURE:
        kind = Kind.COMMITMENT
    if kind is Kind.COMMITMENT:
        force, _ = weakened(tokens, at, force)
    return Find("loose-" + form, kind, force, (at, at + 1), at, at, "list", passive=False, subject=None, notes=("loose",))
