"""Concepts, proposals, versions and findings as tables and lines for the screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from dragoman.cli.tables import counted, styled, table_with
from dragoman.model import Language
from dragoman.model.term import (
    Concept,
    ConceptChange,
    ConceptStatus,
    ConceptStep,
    ImportOutcome,
    Proposal,
    Term,
    TermbaseVersion,
    TermUse,
)

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

COLOURS = {
    ConceptStatus.AGREED: "green",
    ConceptStatus.CONTESTED: "red",
    ConceptStatus.PROPOSED: "yellow",
    ConceptStatus.UNDER_REVIEW: "yellow",
    ConceptStatus.WITHDRAWN: "dim",
}


def concepts_table(concepts: Iterable[Concept]) -> Table:
    """Return concepts with the terms to use in both languages."""
    table = table_with("id", "English", "Chinese", "status")
    for one in concepts:
        words = [", ".join(term.text for term in one.of(language) if in_use(term)) for language in Language]
        table.add_row(one.id, *words, styled(one.status.value, COLOURS[one.status]))
    return table


def in_use(term: Term) -> bool:
    """Return whether a term may be used."""
    return term.use is not TermUse.DEPRECATED


def concept_lines(concept: Concept) -> Iterator[RenderableType]:
    """Yield everything of a concept."""
    yield styled(concept.id, "bold").append(f"  {standing(concept)}", style="default")
    table = table_with("language", "term", "use", "party", "type", "note", "source")
    for term in concept.terms:
        form = term.type.value if term.type else ""
        table.add_row(term.language, term.text, term.use, term.party, form, term.note, term.source)
    yield table
    for definition in concept.definitions:
        whose = f" ({definition.party})" if definition.party else ""
        source = f" [{definition.source}]" if definition.source else ""
        yield styled(f"definition, {definition.language}{whose}: ", "bold").append(
            definition.text + source, style="default"
        )
    for source_sentence in concept.sources:
        place = f"{source_sentence.doc} {source_sentence.start}-{source_sentence.end}"
        where = place if source_sentence.doc else source_sentence.citation
        yield styled(f"source, {where}: ", "bold").append(source_sentence.quote, style="default")
    facts = (
        ("note", concept.note),
        ("subjects", "; ".join(concept.subjects)),
        ("tags", "; ".join(concept.tags)),
        ("kind", concept.kind.value),
    )
    for name, value in facts:
        if value:
            yield styled(f"{name}: ", "bold").append(value, style="default")


def standing(concept: Concept) -> str:
    """Return how far the sides are with a concept, in words."""
    said = [concept.status.value]
    said += [f"accepted by {', '.join(concept.accepted)}"] if concept.accepted else []
    said += [f"contested by {', '.join(concept.contested)}"] if concept.contested else []
    return "; ".join(said)


def proposals_table(proposals: Iterable[Proposal]) -> Table:
    """Return proposals with what the sides say of them."""
    table = table_with("id", "concept", "what", "state", "by", "reason", "reviews")
    for one in proposals:
        reviews = "; ".join(f"{said.side}: {said.verdict}" for said in one.reviews)
        who = f"{one.by}, {one.side}" if one.side else one.by
        table.add_row(one.id, one.concept, one.kind, one.state, who, one.reason, reviews)
    return table


def proposal_lines(proposal: Proposal, before: Concept | None) -> Iterator[RenderableType]:
    """Yield a proposal, and the concept as it stands and as it shall be."""
    yield proposals_table([proposal])
    if before:
        yield styled("as it stands", "bold underline")
        yield from concept_lines(before)
    yield styled("as it shall be", "bold underline")
    yield from concept_lines(proposal.after)


def steps_table(steps: Iterable[ConceptStep]) -> Table:
    """Return the history of a concept."""
    table = table_with("step", "when", "what", "by", "side", "status then", "reason", "proposal")
    for one in steps:
        when = f"{one.at:%Y-%m-%d %H:%M} UTC"
        status = one.concept.status.value
        table.add_row(str(one.number), when, one.action, one.by, one.side, status, one.reason, one.proposal)
    return table


def versions_table(versions: Sequence[TermbaseVersion]) -> Table:
    """Return the published versions."""
    table = table_with("version", "when", "by", "concepts", "statuses", "note")
    for one in versions:
        statuses = ", ".join(f"{count:,} {name}" for name, count in one.statuses)
        when = f"{one.at:%Y-%m-%d %H:%M} UTC"
        table.add_row(str(one.number), when, one.by, f"{one.concepts:,}", statuses, one.note)
    return table


def change_lines(change: ConceptChange) -> Iterator[Text]:
    """Yield what became of a concept between two versions, and why."""
    fields = f": {', '.join(change.fields)}" if change.fields else ""
    label = " / ".join(best.text for language in Language if (best := change.concept.best(language)) is not None)
    yield styled(f"{change.kind} {change.concept.id}", "bold").append(f"  {label}{fields}", style="default")
    for step in change.steps:
        who = f"{step.by}, {step.side}" if step.side else step.by
        yield styled(f"    {step.at:%Y-%m-%d} {step.action} by {who}", "dim").append(
            f": {step.reason}" if step.reason else "", style="default"
        )


def outcome_words(outcome: ImportOutcome) -> str:
    """Return what became of a file in words."""
    if not outcome.taken:
        return "Not taken: the termbase is as it was."
    return (
        f"{counted(len(outcome.new), 'new concept')}, {len(outcome.unchanged):,} there already, "
        f"{counted(len(outcome.proposals), 'change')} proposed"
    )
