"""The order of the steps from a document to its provisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from dragoman.extract.candidate import Candidate, Span
from dragoman.extract.confidence import confidence_of, is_kept
from dragoman.extract.context import Context, read_context
from dragoman.extract.en import English
from dragoman.extract.grammar import Grammar
from dragoman.extract.legalization import profile_of
from dragoman.extract.script import Script, script_of
from dragoman.extract.topics import Recent, Topics
from dragoman.extract.view import Hits, View, views_of
from dragoman.extract.what import tags_of
from dragoman.extract.who import actors_of, counterparties_of
from dragoman.extract.zh import Chinese
from dragoman.lexicon import Lexicon
from dragoman.model import BlockKind, Deadline, Document, Language, Provision, Why, quote_at
from dragoman.model.identity import provision_id

GRAMMAR = "grammar/4"
"""The coder's name and version; the number goes up with every change of what is found."""

GRAMMARS: Mapping[Language, Grammar] = {Language.EN: English(), Language.ZH: Chinese()}


class Extractor:
    """Finds the provisions of documents; holds no state but the lexicon.

    Attributes:
        lexicon: what it knows.
        coder: its name and version, with a mark of the words that a workspace added to the lexicon.
    """

    def __init__(self, lexicon: Lexicon, mark: str = "") -> None:
        self.lexicon = lexicon
        self.coder = f"{GRAMMAR}+{mark}" if mark else GRAMMAR

    def extract(self, document: Document) -> tuple[Provision, ...]:
        """Return the provisions of a document in text order."""
        script = script_of(document)
        context = read_context(script.plain, self.lexicon)
        topics = Topics(script.plain, self.lexicon, context.voice.value, context.hits.terms)
        ordinals: Counter[tuple[str, str]] = Counter()
        return tuple(
            build(Reading(view, candidate, context, topics, recent, siblings, script), ordinals, self.coder)
            for view, recent, candidate, siblings in self.candidates(script.plain, context)
            if is_kept(candidate)
        )

    def candidates(self, document: Document, context: Context) -> Iterator[tuple[View, Recent, Candidate, int]]:
        """Yield what the grammars propose, in text order.

        Each comes with its sentence, what was read just before, and how many were proposed for the sentence.
        """
        for view, recent in walk(document, self.lexicon, context.hits):
            if view.sentence.kind is BlockKind.HEADING:
                continue
            proposed = GRAMMARS[view.sentence.language].propose(view, context)
            for candidate in proposed:
                yield view, recent, candidate, len(proposed)


def walk(document: Document, lexicon: Lexicon, hits: Hits | None = None) -> Iterator[tuple[View, Recent]]:
    """Yield each sentence with what was read before it; `Recent` changes as the walk goes on."""
    recent = Recent.empty()
    for view in views_of(document, lexicon, hits):
        recent.enter(view)
        yield view, recent
        recent.leave(view)


class Reading(NamedTuple):
    """A candidate with all that its fields are read from."""

    view: View
    candidate: Candidate
    context: Context
    topics: Topics
    recent: Recent
    siblings: int
    script: Script


def build(reading: Reading, ordinals: Counter[tuple[str, str]], coder: str = GRAMMAR) -> Provision:
    """Return the provision of a candidate, every field read from its own span."""
    view, candidate, context = reading.view, reading.candidate, reading.context
    script = reading.script
    document, text = script.written, script.written.text
    grammar = GRAMMARS[view.sentence.language]
    quote = quote_at(text, candidate.start, candidate.end)
    trigger = text[candidate.trigger[0] : candidate.trigger[1]]
    ordinal = ordinals[quote.exact, trigger]
    ordinals[quote.exact, trigger] += 1
    actors, who = actors_of(view, candidate, context)
    counterparties, with_whom = counterparties_of(view, candidate, actors, context)
    (technologies, on_what), (instruments, by_what) = tags_of(view, candidate, reading.topics, reading.recent)
    deadline = grammar.deadline(view, candidate, context)
    condition = grammar.conditions(view, candidate)
    named = {"actor": bool(actors), "named partner": bool(counterparties)}
    return Provision(
        id=provision_id(document.slug, quote.exact, trigger, ordinal),
        doc=document.slug,
        start=candidate.start,
        end=candidate.end,
        trigger=trigger,
        trigger_start=candidate.trigger[0],
        kind=candidate.kind,
        force=candidate.force,
        quote=quote,
        language=view.sentence.language,
        section=document.sentences[view.sentence.index].section,
        actors=script.names(actors, candidate.start),
        counterparties=script.names(counterparties, candidate.start),
        aim=words(text, candidate.aim) or "",
        object=words(text, candidate.object) or "",
        technologies=technologies,
        instruments=instruments,
        deadline=script.deadline(deadline),
        conditions=words(text, condition),
        amounts=script.amounts(grammar.amounts(view, candidate)),
        legalization=profile_of(view, candidate, named, deadline, conditional=condition is not None),
        confidence=confidence_of(view, candidate, context.voice, reading.siblings),
        why=script.reasons(
            (*candidate.why, *who, *with_whom, *on_what, *by_what, *when_and_if(deadline, condition)),
            candidate.start,
        ),
        coder=coder,
    )


def when_and_if(deadline: Deadline | None, condition: Span | None) -> tuple[Why, ...]:
    """Return the reasons of deadline and condition: the words they were read from."""
    reasons = []
    if deadline:
        end = deadline.start + len(deadline.text)
        reasons.append(Why("deadline", deadline.kind.value, "time:" + deadline.kind.value, deadline.start, end))
    if condition:
        reasons.append(Why("conditions", "", "condition", *condition))
    return tuple(reasons)


def words(text: str, span: Span | None) -> str | None:
    """Return the text of a span, or None."""
    return text[span[0] : span[1]].strip() if span else None
