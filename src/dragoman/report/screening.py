"""The report of a screening: who was asked for, what was found on which lists, and what was decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from dragoman.model import Hit, Language, Screening, TokenEvidence, Verdict
from dragoman.report.blocks import (
    Block,
    Callout,
    Heading,
    Items,
    Line,
    Paragraph,
    Report,
    Run,
    Signature,
    Style,
    Table,
    line,
)
from dragoman.wording import Catalogue, catalogue


def screening_report(
    screenings: Sequence[Screening], language: Language, day: date, lists: str, reproduce: str = ""
) -> Report:
    """Return the report of a screening.

    Args:
        screenings: party by party; those with hits come first.
        language: of the report's own words.
        day: of the screening.
        lists: those it was made with, in words.
        reproduce: the command that makes it again.
    """
    texts = catalogue(language)
    ordered = sorted(screenings, key=lambda one: not one.hits)
    blocks = tuple(block for one in ordered for block in _party(one, texts))
    with_hits = sum(bool(one.hits) for one in screenings)
    head: tuple[Block, ...] = (
        Callout(
            line(texts.text("screen.with_hits", n=texts.number(with_hits))), Style.BAD if with_hits else Style.GOOD
        ),
    )
    end = Signature(tuple(texts.text(f"check.{name}") for name in ("prepared_by", "reviewed_by", "signed_on")))
    facts = (("", texts.text("screen.lists_used", lists=lists, day=texts.date(day))),)
    title = texts.text("screen.report", n=texts.number(len(screenings)))
    return Report(title, language, (*head, *blocks, end), facts, reproduce)


def _party(one: Screening, texts: Catalogue) -> Iterator[Block]:
    yield Heading(one.party.name)
    if not one.hits:
        yield Paragraph(line(texts.text("screen.no_hit")))
    for hit in one.hits:
        yield Heading(f"{hit.name} ({hit.score:.2f})", 3)
        yield Items(tuple(_facts(hit, texts)))
        head = tuple(texts.text(f"screen.{name}") for name in ("asked", "found", "how", "weight"))
        yield Table(head, tuple(_word(word, texts) for word in hit.why), widths=(3, 3, 2, 1))
    if one.owned:
        yield Heading(texts.text("screen.ownership"), 3)
        yield Items(tuple(_owned_lines(one, texts)))
    for problem in one.problems:
        yield Paragraph(line(texts.said(problem).message))


def _facts(hit: Hit, texts: Catalogue) -> Iterator[Line]:
    entry = hit.entry
    rows = (
        ("list", f"{entry.list} {entry.id}", entry.url),
        ("of_list", entry.source, ""),
        ("matched", hit.query, ""),
        ("names_listed", "; ".join(name.text for name in entry.names), ""),
        ("countries", ", ".join(entry.countries), ""),
        ("born_listed", ", ".join(entry.born), ""),
        ("programs", "; ".join(entry.programs), ""),
        ("measures", entry.measures, ""),
        ("citation", entry.citation, ""),
        ("against", "; ".join(texts.phrase("against", one) for one in hit.against), ""),
        ("second", "" if hit.second is None else f"{hit.second:.2f}", ""),
    )
    for key, text, href in rows:
        if text:
            yield Run(f"{texts.text(f'screen.{key}')}: ", Style.SOFT), Run(text, href=href)
    yield Run(f"{texts.text('screen.decision')}: ", Style.SOFT), _decision(hit, texts)


def _decision(hit: Hit, texts: Catalogue) -> Run:
    one = hit.decision
    if one is None:
        return Run(texts.text("screen.undecided"), Style.OPEN)
    look = {Verdict.CONFIRMED: Style.BAD, Verdict.CLEARED: Style.GOOD, Verdict.REOPENED: Style.OPEN}[one.verdict]
    said = texts.text(
        "screen.decided_by",
        verdict=texts.text(f"screen.verdict.{one.verdict}"),
        by=one.reviewer,
        day=texts.date(one.decided.date()),
    )
    until = f", {texts.text('screen.holds_until', day=texts.date(one.until))}" if one.until else ""
    return Run(f"{said}{until}: {one.reason}", look)


def _word(one: TokenEvidence, texts: Catalogue) -> tuple[Line, ...]:
    return (
        line(one.query or "–"),
        line(one.listed or "–"),
        line(f"{texts.phrase('how', one.how)} {one.similarity:.2f}"),
        line(f"{one.weight:.2f}"),
    )


def _owned_lines(one: Screening, texts: Catalogue) -> Iterator[Line]:
    code = texts.language.value
    for owned in one.owned:
        share = texts.text(
            "screen.ownership_of",
            least=f"{owned.least:g}",
            most=f"{owned.most:g}",
            threshold=f"{owned.threshold:g}",
        )
        said = texts.text(f"screen.owned.{owned.owned}")
        cited = "; ".join(
            part
            for part in (
                owned.citation,
                texts.text(f"standing.{owned.standing}"),
                texts.text(f"rule_confidence.{owned.confidence}"),
            )
            if part
        )
        open_points = (
            f" {texts.text('screen.open')}: {'; '.join(texts.phrase('unknown share', one) for one in owned.open)}."
            if owned.open
            else ""
        )
        yield (
            Run(f"{owned.title.text(code)}: {said}. ", Style.STRONG),
            Run(f"{share}. {'; '.join(owned.owners)}{open_points}"),
            Run(f" ({cited})", Style.SOFT),
        )
