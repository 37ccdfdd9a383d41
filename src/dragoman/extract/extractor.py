"""The order of the steps from a document to its provisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from dragoman.extract.candidate import Candidate, Span
from dragoman.extract.confidence import is_kept
from dragoman.extract.context import Context, read_context
from dragoman.extract.fields import AHEAD, GRAMMARS, Fields, Found, Line, fields_of, lines_of
from dragoman.extract.resting import collector_at_rest
from dragoman.extract.script import Script, script_of
from dragoman.extract.topics import Recent, Topics
from dragoman.extract.view import Hits, View, views_of
from dragoman.lexicon import Lexicon
from dragoman.model import BlockKind, Deadline, Document, Provision, Why, quote_at
from dragoman.model.identity import provision_id

GRAMMAR = "grammar/6"
"""The coder's name and version; the number goes up with every change of what is found."""


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
        with collector_at_rest():
            script = script_of(document)
            context = read_context(script.plain, self.lexicon)
            topics = Topics(script.plain, self.lexicon, context.voice.value, context.hits.terms)
            found = list(self.found(script.plain, context))
            lines = lines_of(found)
            builder = Builder(script, self.coder, Counter())
            provisions = tuple(map(builder.build, lines, fields_of(lines, found, context, topics)))
            context.memory.setting = None  # it holds the context, which holds the memory: a circle is freed late
        return provisions

    def found(self, document: Document, context: Context) -> Iterator[Found]:
        """Yield the sentences of a document with what the grammars propose, in text order."""
        views = views_of(document, self.lexicon, context.hits)
        while ahead := list(islice(views, AHEAD)):
            for language in document.languages:
                own = [view for view in ahead if view.sentence.language is language and is_read(view)]
                GRAMMARS[language].read_ahead(own, context)
            for view in ahead:
                proposed = GRAMMARS[view.sentence.language].propose(view, context) if is_read(view) else ()
                yield Found(view, proposed, list(filter(is_kept, proposed)))

    def candidates(self, document: Document, context: Context) -> Iterator[tuple[View, Recent, Candidate, int]]:
        """Yield what the grammars propose, in text order.

        Each comes with its sentence, what was read just before, and how many were proposed for the sentence.
        """
        recent = Recent.empty()
        for view, proposed, _ in self.found(document, context):
            recent.enter(view)
            for candidate in proposed:
                yield view, recent, candidate, len(proposed)
            recent.leave(view)


def is_read(view: View) -> bool:
    """Return whether the grammars look for provisions in a sentence: a heading has none."""
    return view.sentence.kind is not BlockKind.HEADING


def walk(document: Document, lexicon: Lexicon, hits: Hits | None = None) -> Iterator[tuple[View, Recent]]:
    """Yield each sentence with what was read before it; `Recent` changes as the walk goes on."""
    recent = Recent.empty()
    for view in views_of(document, lexicon, hits):
        recent.enter(view)
        yield view, recent
        recent.leave(view)


class Builder(NamedTuple):
    """Builds the provisions of a document.

    Attributes:
        script: the document as it is written and as it was read.
        coder: who finds them.
        ordinals: how often a sentence with a trigger came before.
    """

    script: Script
    coder: str
    ordinals: Counter[tuple[str, str]]

    def build(self, line: Line, read: Fields) -> Provision:
        """Return the provision of a line, every field read from its own span."""
        view, candidate, _ = line
        script, document = self.script, self.script.written
        text, start = document.text, candidate.start
        quote = quote_at(text, start, candidate.end)
        trigger = text[candidate.trigger[0] : candidate.trigger[1]]
        (actors, who), (counterparties, whom) = read.who, read.whom
        (technologies, on_what), (instruments, by_what) = read.technologies, read.instruments
        deadline, condition, amounts = read.when
        reasons = (*candidate.why, *who, *whom, *on_what, *by_what, *when_and_if(deadline, condition))
        return Provision(
            id=provision_id(document.slug, quote.exact, trigger, self.ordinal(quote.exact, trigger)),
            doc=document.slug,
            start=start,
            end=candidate.end,
            trigger=trigger,
            trigger_start=candidate.trigger[0],
            kind=candidate.kind,
            force=candidate.force,
            quote=quote,
            language=view.sentence.language,
            section=document.sentences[view.sentence.index].section,
            actors=script.names(actors, start),
            counterparties=script.names(counterparties, start),
            aim=words(text, candidate.aim) or "",
            object=words(text, candidate.object) or "",
            technologies=technologies,
            instruments=instruments,
            deadline=script.deadline(deadline),
            conditions=words(text, condition),
            amounts=script.amounts(amounts),
            legalization=read.legalization,
            confidence=read.confidence,
            why=script.reasons(reasons, start),
            coder=self.coder,
        )

    def ordinal(self, sentence: str, trigger: str) -> int:
        """Return how many provisions with the same sentence and trigger came before this one."""
        self.ordinals[sentence, trigger] += 1
        return self.ordinals[sentence, trigger] - 1


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
