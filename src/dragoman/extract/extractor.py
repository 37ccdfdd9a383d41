"""The order of the steps from a document to its provisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from dragoman.extract.candidate import Candidate, Span
from dragoman.extract.confidence import KEPT_FROM, confidence_of
from dragoman.extract.context import Context, read_context
from dragoman.extract.en import English
from dragoman.extract.grammar import Grammar
from dragoman.extract.legalization import profile_of
from dragoman.extract.view import View, views_of
from dragoman.extract.what import instruments_of, technologies_of
from dragoman.extract.who import actors_of, counterparties_of
from dragoman.extract.zh import Chinese
from dragoman.lexicon import Lexicon
from dragoman.model import BlockKind, Document, Language, Provision, quote_at
from dragoman.model.identity import provision_id

GRAMMAR = "grammar/1"
"""The coder's name and version; the number goes up with every change of what is found."""

GRAMMARS: Mapping[Language, Grammar] = {Language.EN: English(), Language.ZH: Chinese()}


class Extractor:
    """Finds the provisions of documents; holds no state but the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def extract(self, document: Document) -> tuple[Provision, ...]:
        """Return the provisions of a document in text order."""
        context = read_context(document, self.lexicon)
        ordinals: Counter[tuple[str, str]] = Counter()
        return tuple(
            build(view, candidate, context, ordinals) for view, candidate in self.candidates(document, context)
        )

    def candidates(self, document: Document, context: Context) -> Iterator[tuple[View, Candidate]]:
        """Yield the candidates that are sure enough, with their sentences, in text order."""
        for view in views_of(document, self.lexicon):
            if view.sentence.kind is BlockKind.HEADING:
                continue
            for candidate in GRAMMARS[view.sentence.language].propose(view, context):
                if confidence_of(candidate) >= KEPT_FROM:
                    yield view, candidate


def build(view: View, candidate: Candidate, context: Context, ordinals: Counter[tuple[str, str]]) -> Provision:
    """Return the provision of a candidate, every field read from its own span."""
    document, text = context.document, view.text
    grammar = GRAMMARS[view.sentence.language]
    quote = quote_at(text, candidate.start, candidate.end)
    trigger = text[candidate.trigger[0] : candidate.trigger[1]]
    ordinal = ordinals[quote.exact, trigger]
    ordinals[quote.exact, trigger] += 1
    actors, who = actors_of(view, candidate, context)
    counterparties, with_whom = counterparties_of(view, candidate, actors, context)
    technologies, on_what = technologies_of(view, candidate)
    instruments, by_what = instruments_of(view, candidate)
    deadline = grammar.deadline(view, candidate, context)
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
        section=view.sentence.section,
        actors=actors,
        counterparties=counterparties,
        aim=words(text, candidate.aim) or "",
        object=words(text, candidate.object) or "",
        technologies=technologies,
        instruments=instruments,
        deadline=deadline,
        conditions=words(text, grammar.conditions(view, candidate)),
        amounts=grammar.amounts(view, candidate),
        legalization=profile_of(candidate, actors, deadline),
        confidence=confidence_of(candidate),
        why=(*candidate.why, *who, *with_whom, *on_what, *by_what),
        coder=GRAMMAR,
    )


def words(text: str, span: Span | None) -> str | None:
    """Return the text of a span, or None."""
    return text[span[0] : span[1]].strip() if span else None
