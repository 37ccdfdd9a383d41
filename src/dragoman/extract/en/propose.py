"""Candidates of a sentence: which words carry a provision, of which kind and force, and who their subject is."""

from __future__ import annotations

from dragoman.extract.candidate import Candidate
from dragoman.extract.context import Context
from dragoman.extract.en.candidates import candidates_of
from dragoman.extract.en.clauses import Tokens, tokens_of
from dragoman.extract.en.drafts import Draft, cues_of, drafts_of, split_exploratory
from dragoman.extract.en.finds import Find
from dragoman.extract.en.items import Stem, is_run_in, item_find, leads_acts
from dragoman.extract.en.stems import is_open, lacks_object, stem_of
from dragoman.extract.en.subjects import COMPLEMENT, Subject
from dragoman.extract.en.words import BASE, BE, DET, MODAL, RELATIVE, SUBORDINATOR, THIRD, load_words
from dragoman.extract.view import View
from dragoman.model import BlockKind, Kind

DEFINING = ("the term ", "the terms ", "“term", "the word ")
"""How a definition begins; it is no provision."""


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
    return [
        taken,
        *split,
        *(d for d in drafts if d.subject.clause not in {"main", "shared"} or d.subject.end > d.subject.first),
    ]


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
