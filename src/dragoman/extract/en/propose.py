"""Candidates of a sentence: which words carry a provision, of which kind and force, and who their subject is."""

from __future__ import annotations

from dragoman.extract.candidate import Candidate
from dragoman.extract.context import Context, Voice
from dragoman.extract.en.candidates import candidates_of
from dragoman.extract.en.clauses import Tokens
from dragoman.extract.en.drafts import (
    Draft,
    is_item,
    is_passed_over,
    read_drafts,
    split_exploratory,
    voiced,
)
from dragoman.extract.en.items import (
    Stem,
    bare_imperative,
    has_items,
    has_main_clause,
    is_run_in,
    item_find,
    leads_acts,
)
from dragoman.extract.en.stems import delivers, ends_open, is_open, lacks_object, last_word, names_topics, stem_of
from dragoman.extract.en.subjects import COMPLEMENT, MAIN, SHARED, Subject
from dragoman.extract.en.words import BE, GERUND, HAVE
from dragoman.extract.view import View
from dragoman.model import Kind

CONDITIONAL = frozenset({"if", "unless", "where", "whether"})
TAIL = 12
"""Tokens before the end of a stem among which its last clause opens."""
OWN_CLAUSE = frozenset({MAIN, SHARED})


def propose(view: View, context: Context) -> list[Candidate]:
    """Return the candidates of a sentence, in text order.

    Args:
        view: the sentence with the cues found in it.
        context: what the whole document tells.
    """
    context = voiced(view, context)
    if is_passed_over(view, context):
        return []
    tokens, drafts = read_drafts(view, context)
    stem = stem_of(view.stem, context) if view.stem is not None else None
    topics = view.stem is not None and stem is None and names_topics(view.stem, context)
    if is_item(view) and not topics:
        drafts = item_drafts(tokens, stem, drafts, context)
    advised = not is_item(view) and context.voice is Voice.ADVICE
    if advised and not any(not draft.doubts for draft in drafts):
        drafts = [*drafts, *imperative_drafts(tokens)]
    drafts = [with_contents(tokens, draft, context) for draft in drafts]
    if drafts and stands_for_list(tokens, drafts, context):
        drafts = without_open(tokens, drafts)
    return list(candidates_of(tokens, drafts, stem, context))


def with_contents(tokens: Tokens, draft: Draft, context: Context) -> Draft:
    """Return a draft that tells acts as contents ("This includes widening") as what stands before."""
    find, previous = draft.find, tokens.view.previous
    acts = find.rule == "verb-present" and tokens.verb(find.act) == "include" and tokens.is_(find.act + 1, GERUND)
    if not acts or draft.subject.kind != "anaphor" or previous is None:
        return draft
    stem = stem_of(previous, context)
    if stem is None or not (stem.find.kind is Kind.COMMITMENT or stem.find.tense == "progressive"):
        return draft
    return draft._replace(find=find._replace(kind=stem.find.kind, force=stem.find.force), doubts=())


def stands_for_list(tokens: Tokens, drafts: list[Draft], context: Context) -> bool:
    """Return whether the acts of a sentence may be those of the list under it."""
    if leads_acts(tokens.view, context) or lacks_object(tokens):
        return True
    if tokens.lower[-1] == ":" and ends_open(tokens, last_word(tokens)):
        return True
    return has_items(tokens.view, context) and any(delivers(tokens, draft) for draft in drafts)


def without_open(tokens: Tokens, drafts: list[Draft]) -> list[Draft]:
    """Return the drafts of a stem that have an act of their own."""
    opened = [draft for draft in drafts if is_open(tokens, draft)]
    if any(draft.subject.clause == COMPLEMENT for draft in opened):
        return []
    return [draft for draft in drafts if draft not in opened]


def item_drafts(tokens: Tokens, stem: Stem | None, drafts: list[Draft], context: Context) -> list[Draft]:
    """Return the drafts of an item: its own main clause, else what it takes from its stem, first."""
    if stem is not None and stem.find.rule == "legal-hereby" and stem.tokens.verb_in(stem.find.act, "amending"):
        drafts = []
    if any(not draft.doubts and is_own(draft) for draft in drafts) and not is_condition(tokens, stem):
        return drafts
    if is_condition(tokens, stem):
        return []
    find = item_find(tokens, stem, context)
    if find is None or (stem is None and has_main_clause(tokens, find)):
        return drafts
    subject = Subject(0, 0, "none", "stem" if stem else MAIN)
    run_in = stem is None and is_run_in(tokens, context)
    taken = Draft(find, subject, ("run-in",) if run_in else ())
    split = [] if run_in else [Draft(part, subject, ()) for part in split_exploratory(tokens, [find])]
    return [taken, *split, *(draft for draft in drafts if is_inner(draft))]


def imperative_drafts(tokens: Tokens) -> list[Draft]:
    """Return what a bare imperative advises: "Option 2: Create a joint fund", "First, set a date"."""
    find = bare_imperative(tokens)
    if find is None or has_main_clause(tokens, find):
        return []
    return [Draft(find, Subject(0, 0, "none", MAIN), ())]


def is_condition(tokens: Tokens, stem: Stem | None) -> bool:
    """Return whether an item goes on a relative clause of its stem: "was initiated after the effective date"."""
    if stem is None:
        return False
    return (tokens.is_(0, BE | HAVE) and tokens.lower[0] != "be") or leads_conditions(stem.tokens)


def leads_conditions(tokens: Tokens) -> bool:
    """Return whether what a list completes is a condition: "may give a notice if it suspects that:"."""
    last = last_word(tokens)
    if tokens.word(last) in CONDITIONAL:
        return True
    behind = tokens.word(last) == "that" and tokens.in_class(last - 1, "thinking")
    return behind and any(tokens.lower[at] in CONDITIONAL for at in range(max(last - TAIL, 0), last))


def is_own(draft: Draft) -> bool:
    """Return whether a draft is the item's own main clause."""
    return draft.subject.clause in OWN_CLAUSE and draft.find.tense != "nominal"


def is_inner(draft: Draft) -> bool:
    """Return whether a draft stands in a clause inside the item, or has a subject of its own."""
    return draft.subject.clause not in OWN_CLAUSE or draft.subject.end > draft.subject.first
