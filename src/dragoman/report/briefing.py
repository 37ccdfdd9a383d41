"""The briefing on an actor or a pair as a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dragoman.lexicon import load_pack
from dragoman.model import Language
from dragoman.model.briefing import Briefing, Change, OpenDeadline, Said, Subject
from dragoman.report.blocks import (
    Block,
    Callout,
    Heading,
    Items,
    Line,
    Paragraph,
    Quotation,
    Report,
    Run,
    Style,
    Table,
    line,
)
from dragoman.wording import Catalogue, catalogue

PACK = "alliances/briefing.yaml"


@dataclass(frozen=True, slots=True)
class BriefingWords:
    """Words of the briefing in one language.

    Attributes:
        language: theirs.
        own: of the briefing.
        names: of actors, by canonical name.
        texts: of the interface, for tags and states.
    """

    language: Language
    own: Mapping[str, Any]
    names: Mapping[str, str]
    texts: Catalogue

    def text(self, key: str, **values: object) -> str:
        """Return a text with its placeholders filled."""
        return str(self.own[key]).format(**values)

    def label(self, label: str) -> str:
        """Return the word for a change."""
        return str(self.own["labels"].get(label, label))

    def name(self, name: str) -> str:
        """Return what an actor is called."""
        return self.names.get(name, name)

    def tag(self, tag: str) -> str:
        """Return the word for a technology or instrument."""
        found = self.texts.name("technologies", tag)
        return found if found != tag else self.texts.name("instruments", tag)

    def tags(self, tags: Iterable[str]) -> str:
        """Return tags in words."""
        return self.texts.text("word.between").join(map(self.tag, tags))

    def who(self, found: Briefing) -> str:
        """Return whom a briefing is about."""
        return " – ".join(self.name(name) for name in (found.actor, found.partner) if name)

    def days(self, subject: Subject) -> str:
        """Return from when to when the sentences on a subject are."""
        if subject.first is None or subject.last is None:
            return "–"
        if subject.first == subject.last:
            return subject.first.isoformat()
        return self.text("days", first=subject.first.isoformat(), last=subject.last.isoformat())

    def summary(self, found: Briefing) -> str:
        """Return the briefing in a sentence."""
        since = day_or_dash(found.first.tie.day if found.first else None)
        top = self.tags(one.tag for one in found.fields[:3]) or self.text("unnamed")
        return self.text("summary", ties=found.ties, documents=found.documents, since=since, top=top)


def briefing_words(language: Language, names: Mapping[str, str]) -> BriefingWords:
    """Return the words of a language.

    Args:
        language: of the words.
        names: what actors are called in it.
    """
    return BriefingWords(language, load_pack(PACK)[language.value], names, catalogue(language))


def day_or_dash(day: date | None) -> str:
    """Return a day, a dash for none."""
    return day.isoformat() if day else "–"


def briefing_report(found: Briefing, language: Language, names: Mapping[str, str], reproduce: str = "") -> Report:
    """Return a briefing as a report.

    Args:
        found: the briefing.
        language: of the report's own words.
        names: what actors are called in it.
        reproduce: the command that makes it again.
    """
    words = briefing_words(language, names)
    facts = (
        (words.text("facts_day"), found.as_of.isoformat()),
        (words.text("facts_ties"), str(found.ties)),
        (words.text("facts_documents"), str(found.documents)),
    )
    title = words.text("title", who=words.who(found))
    return Report(title, language, tuple(blocks_of(found, words)), facts, reproduce)


def blocks_of(found: Briefing, words: BriefingWords) -> Iterator[Block]:
    """Yield the blocks of a briefing."""
    if not found.ties:
        yield Callout(line(words.text("none")))
    else:
        yield Callout(line(words.summary(found)))
        yield Heading(words.text("since"))
        yield said(found.first) if found.first else Paragraph(line(words.text("no_day")))
        if found.partners:
            yield Heading(words.text("partners"))
            rows = tuple((line(words.name(name)), line(str(count))) for name, count in found.partners)
            yield Table((words.text("partner"), words.text("count")), rows, words.text("partners"), (3.0, 1.0))
        yield from subjects("field", found.fields, words)
        yield from subjects("instrument", found.instruments, words)
        yield from changes(found, words)
        yield from deadlines(found, words)
    if found.problems:
        yield Heading(words.text("notes"))
        yield Items(tuple(line(words.texts.said(one).whole) for one in found.problems))


def said(one: Said) -> Quotation:
    """Return a sentence with its source."""
    return Quotation(one.text, source(one.tie.day, one.title, one.tie.doc, one.tie.start, one.tie.end))


def source(day: date | None, title: str, doc: str, start: int, end: int) -> Line:
    """Return where a sentence stands."""
    return line(f"{day_or_dash(day)} · {title} ", Run(f"{doc} {start}–{end}", Style.CODE))


def subjects(key: str, found: tuple[Subject, ...], words: BriefingWords) -> Iterator[Block]:
    """Yield the fields, or the instruments: a table, then the firmest sentences of each."""
    if not found:
        return
    yield Heading(words.text(f"{key}s"))
    rows = tuple(
        (line(words.tag(one.tag)), line(str(one.count)), line(f"{one.force:.1f}"), line(words.days(one)))
        for one in found
    )
    head = (words.text(key), words.text("count"), words.text("force"), words.text("first"))
    yield Table((*head[:3], f"{words.text('first')} – {words.text('last')}"), rows, words.text(f"{key}s"))
    for one in found:
        yield Heading(words.tag(one.tag), 3)
        yield from map(said, one.said)


def changes(found: Briefing, words: BriefingWords) -> Iterator[Block]:
    """Yield the last changes."""
    yield Heading(words.text("changes"))
    if not found.changes:
        yield Paragraph(line(words.text("no_changes")))
    for one in found.changes:
        yield Paragraph(told(one, words))
        yield Quotation(one.text, source(one.day, one.title, one.doc, one.start, one.end))


def told(one: Change, words: BriefingWords) -> Line:
    """Return what a change is, in a line."""
    new = words.text("new", tags=words.tags(one.new)) if one.new else ""
    rest = " · ".join(part for part in (new, one.reason) if part)
    return line(Run(f"{one.day.isoformat()} {words.label(one.label)}", Style.STRONG), f" {rest}" if rest else "")


def deadlines(found: Briefing, words: BriefingWords) -> Iterator[Block]:
    """Yield the open deadlines."""
    yield Heading(words.text("deadlines"))
    if not found.deadlines:
        yield Paragraph(line(words.text("no_deadlines")))
    for one in found.deadlines:
        yield Paragraph(due(one, words))
        yield Quotation(one.text, source(one.due, one.title, one.doc, one.start, one.end))
    if more := found.open - len(found.deadlines):
        yield Paragraph(line(words.text("more", n=more)))


def due(one: OpenDeadline, words: BriefingWords) -> Line:
    """Return when something is due, and whose it is, in a line."""
    state = words.texts.name("due_state", one.state.value)
    owners = words.texts.text("word.between").join(map(words.name, one.owners))
    return line(Run(day_or_dash(one.due), Style.STRONG), f" {state} · {owners}" if owners else f" {state}")
