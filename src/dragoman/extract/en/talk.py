"""What counts in transcripts: most of what is said with will, must or a past verb does nothing.

Who talks promises to come back to something, foresees, urges everybody and tells his life. A line of a transcript
counts where somebody who can act does a thing of governance: a verb that founds, enacts or spends, with a law, a
body, a programme or a sum as its object.
"""

from __future__ import annotations

from dragoman.extract.context import Context
from dragoman.extract.en.aims import chain_of
from dragoman.extract.en.clauses import Tokens
from dragoman.extract.en.finds import Find
from dragoman.extract.en.subject_kinds import head_of
from dragoman.extract.en.subjects import Subject
from dragoman.model import Kind

WEIGHTY = frozenset({"governance", "amount", "instrument"})
DEFINITE = frozenset({"name", "number", "date"})
TOLD_OF_TEXTS = frozenset({"verb-enacts", "legal-hereby"})
"""Rules that read what a text does: said or written, it is the same."""
DEMANDS = frozenset({Kind.OBLIGATION, Kind.PROHIBITION, Kind.PERMISSION, Kind.RECOMMENDATION})
OFFICIAL = frozenset({"appoint", "nominate", "announce", "launch", "convene", "create"})
"""What a speaker does in his office and for no law."""
LONGEST_QUOTE = 1200
"""Characters before a word among which the quotation it stands in opens."""
REPORTER = ("Q ", "Q: ", "Q\u00a0")
"""How the block of a reporter's question begins."""


def is_spoken(context: Context) -> bool:
    """Return whether a document is a transcript of talk, by its kind or its title."""
    kept = context.memory.spoken
    if kept is None:
        title, voices = context.document.title.casefold(), context.lexicon.voices
        by_kind = context.document.kind.casefold() in voices["spoken"]
        kept = context.memory.spoken = by_kind or any(words in title for words in voices["spoken_titles"])
    return kept


def is_quoted(tokens: Tokens, at: int) -> bool:
    """Return whether a token stands in a quotation of what somebody said, opened in its block and still open.

    A name or term in quotation marks is short; what is said is a sentence: the quotation opens behind a colon or
    comma, or with the block.
    """
    view, start = tokens.view, tokens.starts[min(at, len(tokens) - 1)]
    before = view.text[max(view.text.rfind("\n", 0, start) + 1, start - LONGEST_QUOTE) : start]
    opened = before.rfind("“")
    if opened < 0 or "”" in before[opened:]:
        return False
    return before[:opened].rstrip()[-1:] in {"", ":", ",", "—"}


def is_reporters(tokens: Tokens, context: Context) -> bool:
    """Return whether a sentence stands in a reporter's question."""
    sentences, index = context.document.sentences, tokens.view.sentence.index
    while index and sentences[index - 1].block == sentences[index].block:
        index -= 1
    return context.document.text.startswith(REPORTER, sentences[index].start)


def is_idle(tokens: Tokens, find: Find, subject: Subject, marks: frozenset[str]) -> bool:
    """Return whether a find of a transcript is talk and no act."""
    if find.rule in TOLD_OF_TEXTS:
        return False
    if find.kind in DEMANDS:
        return is_idle_demand(tokens, find, subject)
    enacts = "governance" in marks and tokens.verb_in(find.act, "enacting")
    if is_chatter(tokens, find) and not enacts:
        return True
    if find.kind is Kind.MEASURE:
        return is_idle_report(tokens, find, subject, marks)
    return is_idle_promise(tokens, find, subject, marks)


def is_idle_demand(tokens: Tokens, find: Find, subject: Subject) -> bool:
    """Return whether nobody in particular is asked: with a modal it must be somebody named."""
    if find.rule.startswith("modal"):
        return not is_named(tokens, subject) or is_chatter(tokens, find)
    return subject.kind not in {"actor", "agent"}


def is_idle_report(tokens: Tokens, find: Find, subject: Subject, marks: frozenset[str]) -> bool:
    """Return whether what is reported is no measure; of himself a speaker reports what only an office can do."""
    if tokens.word(subject.first) == "i" and subject.end == subject.first + 1:
        return not (tokens.verb_in(find.act, "enacting") or tokens.verb(find.act) in OFFICIAL)
    definite = bool(marks & WEIGHTY) or ("number" in marks and is_named(tokens, subject))
    counted = "vague" in marks and "governance" not in marks
    return counted or not (acts(tokens, find) and definite)


def is_idle_promise(tokens: Tokens, find: Find, subject: Subject, marks: frozenset[str]) -> bool:
    """Return whether a promise or plan names nothing definite."""
    definite, weighty = bool(marks & DEFINITE), bool(marks & WEIGHTY)
    if is_named(tokens, subject):
        return not (definite or weighty)
    if subject.kind == "we" and tokens.word(subject.first) != "i":
        return not (weighty or (definite and acts(tokens, find)))
    return not (weighty and acts(tokens, find))


def acts(tokens: Tokens, find: Find) -> bool:
    """Return whether a verb founds, enacts, spends or works on something, itself or the one it leads to."""
    last = chain_of(tokens, find.act)[-1] if find.act < len(tokens) else find.act
    return any(tokens.verb_in(at, kind) for at in (find.act, last) for kind in ("performing", "process"))


def is_chatter(tokens: Tokens, find: Find) -> bool:
    """Return whether a verb only carries talk on or tells of coming and going."""
    return tokens.verb(find.act) in tokens.words.classes["chatter"] or tokens.word(find.act + 1) == "sure"


def is_named(tokens: Tokens, subject: Subject) -> bool:
    """Return whether a subject is an actor of the register or written as a name."""
    if subject.kind != "agent":
        return subject.kind == "actor"
    head = head_of(tokens, subject.first, subject.end)
    return head > 0 and tokens.capital(head)
