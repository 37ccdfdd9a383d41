"""What the options of `dragoman terms base propose` make of a concept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dragoman.model import Language
from dragoman.model.term import Concept, ConceptKind, Definition, Term, TermSource, TermUse


@dataclass(frozen=True, slots=True)
class Draft:
    """What the options say; "" and () where they say nothing."""

    id: str
    english: tuple[str, ...]
    chinese: tuple[str, ...]
    use: str | None
    party: str
    definition_en: str
    definition_zh: str
    note: str
    subjects: tuple[str, ...]
    tags: tuple[str, ...]
    kind: str | None
    document: str
    quote: str

    @property
    def says_something(self) -> bool:
        """Whether it holds anything of a concept."""
        texts = (self.definition_en, self.definition_zh, self.note, self.quote, self.kind)
        return any((self.english, self.chinese, self.subjects, self.tags, *texts))

    def terms(self, *, new: bool) -> Iterator[Term]:
        """Yield its terms: in a new concept the first of a language is preferred, all others admitted."""
        for language, words in ((Language.EN, self.english), (Language.ZH, self.chinese)):
            for number, word in enumerate(words):
                plain = TermUse.PREFERRED if new and number == 0 else TermUse.ADMITTED
                yield Term(word, language, TermUse(self.use) if self.use else plain, self.party)

    def definitions(self) -> tuple[Definition, ...]:
        """Return its definitions."""
        given = ((Language.EN, self.definition_en), (Language.ZH, self.definition_zh))
        return tuple(Definition(text, language, self.party) for language, text in given if text)

    def sources(self) -> tuple[TermSource, ...]:
        """Return its source sentence, in the language that its signs tell."""
        if not self.quote:
            return ()
        language = Language.ZH if any("\u4e00" <= sign <= "\u9fff" for sign in self.quote) else Language.EN
        return (TermSource(self.quote, language, self.document),)


def new_concept(draft: Draft) -> Concept:
    """Return the concept that a draft proposes."""
    return Concept(
        draft.id,
        tuple(draft.terms(new=True)),
        draft.definitions(),
        draft.sources(),
        draft.note,
        draft.subjects,
        draft.tags,
        ConceptKind(draft.kind) if draft.kind else ConceptKind.GENERAL,
    )


def changed(concept: Concept, draft: Draft, party: str) -> Concept:
    """Return a concept with the changes of a draft.

    Terms are added, or get the use and party of the draft where they are there; definitions, note, subjects and
    tags take the place of what stands; a source is added.

    Args:
        concept: as it stands.
        draft: the changes.
        party: canonical name of the draft's party.
    """
    terms = {(one.language, one.text): one for one in concept.terms}
    for term in draft.terms(new=False):
        old = terms.get((term.language, term.text), term)
        said = TermUse(draft.use) if draft.use else old.use
        terms[term.language, term.text] = replace(old, use=said, party=party or old.party)
    definitions = {(one.language, one.party): one for one in concept.definitions}
    for one in draft.definitions():
        definitions[one.language, party] = replace(one, party=party)
    return replace(
        concept,
        terms=tuple(terms.values()),
        definitions=tuple(definitions.values()),
        sources=(*concept.sources, *draft.sources()),
        note=draft.note or concept.note,
        subjects=draft.subjects or concept.subjects,
        tags=draft.tags or concept.tags,
        kind=ConceptKind(draft.kind) if draft.kind else concept.kind,
    )
