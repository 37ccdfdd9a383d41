"""List items: what they take from the sentence that introduces their list.

An item without a finite cue of its own ("establishing a taskforce;", "submit a report") takes kind, force and
actor from its stem; the trigger stands in the stem, or is the item's own first verb where it is a gerund.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from dragoman.extract.candidate import Span
from dragoman.extract.context import Context, Voice
from dragoman.extract.en.clauses import Tokens, skip_adverbs
from dragoman.extract.en.finds import Find, weaker
from dragoman.extract.en.forces import BINDING, FIRM, INTENDED, weakened
from dragoman.extract.en.subjects import MAIN, is_plain_verb, subject_of
from dragoman.extract.en.words import (
    ADVERB,
    BASE,
    BE,
    CONJUNCTION,
    DET,
    FINITE,
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
from dragoman.model import BlockKind, Kind

LONGEST_HEADING = 20
"""Tokens of a heading that is run into its paragraph."""
HEAD = 240
"""Characters of an item that are looked at to see how it begins."""
IN_STEM = (-1, -1)
"""Trigger of an item whose trigger stands in its stem."""
MORE = 4
"""Tokens behind the act of a stem that say what it is done to: "must give notice to the person"."""
INHERITED = frozenset({"negated", "bare-noun"})
LOOSE: Mapping[Voice, tuple[Kind, int]] = {
    Voice.JOINT: (Kind.COMMITMENT, FIRM),
    Voice.ORDER: (Kind.OBLIGATION, BINDING),
    Voice.ADVICE: (Kind.RECOMMENDATION, INTENDED),
    Voice.REPORT: (Kind.MEASURE, FIRM),
}
"""What an act without a subject is in a list that nothing introduces, by the document's voice."""


class Stem(NamedTuple):
    """What a stem hands down to its items.

    Attributes:
        find: the find whose clause the list completes.
        tokens: the stem's tokens.
        subject: span of the stem's subject, or None.
        subject_rule: how it is to be read.
        lacks_object: whether its verb waits for an object, so that noun phrases complete it.
        delivers: whether it announces things that the list names one by one ("key outcomes including:").
    """

    find: Find
    tokens: Tokens
    subject: Span | None
    subject_rule: str
    lacks_object: bool
    delivers: bool


def has_items(view: View, context: Context) -> bool:
    """Return whether the next sentence is an item that names this one its stem."""
    sentences = context.document.sentences
    following = view.sentence.index + 1
    return following < len(sentences) and sentences[following].stem == view.sentence.index


def leads_acts(view: View, context: Context) -> bool:
    """Return whether a sentence introduces a list of acts: the items that name it their stem begin with verbs.

    Items that only name contents are none; then the stem alone is the provision.
    """
    if not has_items(view, context):
        return False
    first, words = context.document.sentences[view.sentence.index + 1], load_words()
    head = view.folded[first.start : min(first.end, first.start + HEAD)].split()
    tags = [words.tags[word.strip(",;:()")] for word in head]
    if tags and tags[0] & PREPOSITION and verb_behind_comma(head, tags):
        return True
    while tags and tags[0] & ADVERB:
        tags.pop(0)
    if any(tag & MODAL for tag in tags):
        return True
    noun = not tags or (tags[0] & (DET | PREPOSITION) and not tags[0] & GERUND)
    plural = len(tags) > 1 and tags[0] & THIRD and not tags[0] & BASE and bool(tags[1] & PREPOSITION & ~DET)
    return not (noun or plural) and bool(tags[0] & (GERUND | BASE | THIRD | PAST))


def verb_behind_comma(head: list[str], tags: list[int]) -> bool:
    """Return whether a bare verb follows a comma: "within 90 days, publish"."""
    pairs = zip(head, tags[1:], strict=False)
    return any(word.endswith(",") and tag & BASE and not tag & (DET | PREPOSITION) for word, tag in pairs)


def opening_of(tokens: Tokens) -> tuple[int, str]:
    """Return the first word of an item that says what it is, and its form: gerund, base, third, past, noun."""
    furthers = tokens.word(0) == "further" and tokens.is_(1, DET)
    at = 0 if furthers else skip_adverbs(tokens, 0)
    infinitive = tokens.word(at) == "to" and tokens.is_(at + 1, BASE)
    if furthers or infinitive:
        return at + infinitive, "base"
    if tokens.is_(at, GERUND) and (not tokens.is_(at, PREPOSITION) or tokens.word(at) in tokens.words.base):
        return at, "gerund"
    if tokens.is_(at, BASE) and not tokens.is_(at, DET | PREPOSITION):
        return at, "base" if looks_verbal(tokens, at) else "noun"
    if tokens.is_(at, THIRD) and tokens.is_(at + 1, DET):
        return at, "third"
    if tokens.is_(at, PAST | PARTICIPLE) and at + 1 < len(tokens) and not tokens.is_(at + 1, SIGN):
        return at, "past"
    return at, "noun"


def after_adjunct(tokens: Tokens, first: int) -> tuple[int, str]:
    """Return the verb of an item behind a fronted adjunct: "within 90 days, publish the list"."""
    if not tokens.is_(0, PREPOSITION | SUBORDINATOR):
        return first, "noun"
    for comma in range(1, len(tokens) - 1):
        if tokens.lower[comma] != "," or tokens.inside[comma]:
            continue
        at = skip_adverbs(tokens, comma + 1)
        if tokens.is_(at, BASE) and not tokens.is_(at, DET | PREPOSITION) and looks_verbal(tokens, at):
            return at, "base"
    return first, "noun"


def looks_verbal(tokens: Tokens, at: int) -> bool:
    """Return whether a base form that opens an item is a verb: an object, a preposition or "that" comes after."""
    following = tokens.word(at + 1)
    if tokens.is_(at + 1, FINITE) or following in {"", "of"}:
        return False
    if tokens.is_(at + 1, SIGN) and following not in {",", "("}:
        return False
    joined = tokens.is_(at + 1, CONJUNCTION) and tokens.is_(at + 2, BASE)
    return not tokens.verb_in(at, "nominal") or joined or tokens.is_(at + 1, DET | PREPOSITION | ADVERB)


def is_run_in(tokens: Tokens, context: Context) -> bool:
    """Return whether an item's first sentence is a heading run into it: further sentences follow in its block."""
    sentence, sentences = tokens.view.sentence, context.document.sentences
    following = sentence.index + 1
    if not sentence.first or following >= len(sentences) or sentences[following].block != sentence.block:
        return False
    if len(tokens) > LONGEST_HEADING or tokens.view.text[sentence.end - 1] not in ".:":
        return False
    return not any(
        tokens.is_(at, MODAL | BE | RELATIVE) and tokens.lower[at] != "that" for at in range(len(tokens))
    )


def has_main_clause(tokens: Tokens, find: Find) -> bool:
    """Return whether what looks like an item's act is the subject of a finite verb: "Protecting X requires Y"."""
    for at in range(find.act + 2, len(tokens)):
        if tokens.is_(at, RELATIVE | SUBORDINATOR) and not tokens.is_(at, PREPOSITION):
            return False
        third = tokens.is_(at, THIRD) and not tokens.is_(at, BASE) and tokens.is_(at + 1, DET)
        told = is_plain_verb(tokens, at, PAST) and tells(tokens, at)
        if (third or told or tokens.is_(at, MODAL | BE)) and not tokens.inside[at]:
            return True
    return False


def tells(tokens: Tokens, verb: int) -> bool:
    """Return whether a past form has somebody as its subject after a comma: "Sharing a view, we agreed"."""
    subject = subject_of(tokens, verb)
    named = subject.kind in {"we", "actor", "agent", "anaphor"} and subject.clause == MAIN
    return named and tokens.word(subject.first - 1) == ","


def item_find(tokens: Tokens, stem: Stem | None, context: Context) -> Find | None:
    """Return what an item without a finite cue of its own says, None where it says nothing."""
    sentence = tokens.view.sentence
    if not (sentence.first or is_labelled(tokens.view)) or not len(tokens):
        return None
    at, form = opening_of(tokens)
    if tokens.lower[-1] == ":" and tokens.capital(0) and not has_items(tokens.view, context):
        return None
    if stem is not None and form == "noun":
        at, form = after_adjunct(tokens, at)
    if stem is not None:
        return from_stem(tokens, stem, at, form)
    if sentence.kind is not BlockKind.ITEM or tokens.word(0) == "to" or form == "noun":
        return None
    return without_stem(tokens, at, form, context.voice)


def bare_imperative(tokens: Tokens) -> Find | None:
    """Return the find of a sentence of advice that opens with a bare verb, behind its label or number or not."""
    first = behind_label(tokens)
    verbal = tokens.is_(first, BASE) and not tokens.is_(first, DET | PREPOSITION | SUBORDINATOR)
    idle = tokens.verb_in(first, "speaking") or tokens.verb_in(first, "illustrating")
    if not verbal or idle or not looks_verbal(tokens, first):
        return None
    return without_stem(tokens, first, "base", Voice.ADVICE)


def behind_label(tokens: Tokens) -> int:
    """Return the token behind "Option 2:", "Recommendation 3." or "First,", 0 where there is no such label."""
    if tokens.in_class(0, "ordinal") and tokens.word(1) == ",":
        return 2
    at = 2 if tokens.word(1)[:1].isdigit() else 1
    return at + 1 if tokens.in_class(0, "labels") and tokens.word(at) in {":", ".", "–", "—"} else 0


def is_labelled(view: View) -> bool:
    """Return whether a sentence follows the label of its item: "Electric vehicles: Raise the rate"."""
    label = view.previous
    return label is not None and label.sentence.first and view.text[label.end - 1] == ":"


def from_stem(tokens: Tokens, stem: Stem, at: int, form: str) -> Find | None:
    """Return an item's find under a stem that carries a kind."""
    find = stem.find
    waits = find.act >= len(stem.tokens) and not tokens.is_(at, DET | PREPOSITION | SIGN)
    if form == "noun" and waits:
        form = "base"
    if form == "noun" and not (stem.lacks_object or stem.delivers):
        return None
    if form in {"third", "past"} and find.kind is not Kind.MEASURE:
        return None
    told = tokens.verb_in(at, "containing") or tokens.verb_in(at, "speaking")
    if (
        form == "gerund"
        and told
        and find.rule in {"modal-shall", "modal-must"}
        and find.act < len(stem.tokens) - MORE
    ):
        return None
    if form == "base" and find.kind is Kind.MEASURE:
        find = find._replace(kind=Kind.COMMITMENT, force=FIRM)
    weakens = find.kind in {Kind.COMMITMENT, Kind.RECOMMENDATION}
    force, by = weakened(tokens, at, find.force) if weakens else (find.force, "")
    own = form in {"gerund", "third", "past"} and find.kind in {Kind.COMMITMENT, Kind.MEASURE}
    kept = tuple(note for note in find.notes if note in INHERITED)
    return Find(
        f"item-{form}",
        find.kind,
        force,
        (at, at + 1) if own else IN_STEM,
        at,
        at,
        "list",
        passive=find.passive,
        notes=(f"item:{form}", f"stem:{find.rule}", *weaker(by), *kept),
    )


def without_stem(tokens: Tokens, at: int, form: str, voice: Voice) -> Find | None:
    """Return the find of an item that nothing introduces, by the document's voice; what is past is a measure.

    What somebody merely said is none.
    """
    if form in {"past", "third"} and tokens.verb_in(at, "speaking"):
        return None
    kind, force = LOOSE[voice]
    if form == "past":
        kind, force = Kind.MEASURE, FIRM
    if form == "base" and kind is Kind.MEASURE:
        kind = Kind.COMMITMENT
    if kind is Kind.COMMITMENT:
        force, _ = weakened(tokens, at, force)
    return Find(f"loose-{form}", kind, force, (at, at + 1), at, at, "list", notes=("loose",))
