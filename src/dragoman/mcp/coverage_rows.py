"""What the register holds and what it does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from dragoman.mcp.quoting import Links, Row
from dragoman.model import DocumentSummary, Facets, Language, Problem, Severity

MOST_PROBLEMS = 20
MOST_TAGS = 100


def document_row(links: Links, one: DocumentSummary) -> Row:
    """Return a document of the library."""
    return {
        "link": links.document(one.slug),
        "document": one.slug,
        "title": one.title,
        "date": one.date.isoformat() if one.date else None,
        "date_guessed": "date" in one.guessed,
        "kind": one.kind,
        "languages": [language.value for language in one.languages],
        "parties": list(one.parties),
        "provisions": sum(one.provisions.values()),
        "reviewed": one.reviewed,
    }


def span_of(documents: Sequence[DocumentSummary]) -> Row:
    """Return counts over the library: of what years, in which languages, how much was reviewed."""
    days = sorted(one.date for one in documents if one.date)
    years = Counter(day.year for day in days)
    return {
        "first": days[0].isoformat() if days else None,
        "last": days[-1].isoformat() if days else None,
        "documents_by_year": {str(year): years[year] for year in sorted(years)},
        "documents_by_language": Counter(one.value for each in documents for one in each.languages),
        "provisions": sum(sum(one.provisions.values()) for one in documents),
        "reviewed": sum(one.reviewed for one in documents),
    }


def gaps_of(
    documents: Sequence[DocumentSummary], facets: Facets, vocabulary: Mapping[str, Iterable[str]]
) -> dict[str, Any]:
    """Return what no document covers, as far as the register itself can tell."""
    years = {one.date.year for one in documents if one.date}
    between = range(min(years), max(years)) if years else range(0)
    languages = {language for one in documents for language in one.languages}
    return {
        "years_without_document": [year for year in between if year not in years][:MOST_TAGS],
        "languages_without_document": [one.value for one in Language if one not in languages],
        "technologies_without_provision": absent_of(vocabulary["technology"], facets.technologies),
        "instruments_without_provision": absent_of(vocabulary["instrument"], facets.instruments),
        "documents_without_date": sum(one.date is None for one in documents),
        "documents_without_provision": sum(not any(one.provisions.values()) for one in documents),
    }


def absent_of(known: Iterable[str], found: Iterable[tuple[str, int]]) -> list[str]:
    """Return the tags that no line has."""
    return sorted(set(known) - {tag for tag, _ in found})[:MOST_TAGS]


def unread_of(problems: Iterable[Problem]) -> dict[str, Any]:
    """Return what could not be read: of a file only its name, which is nobody's business elsewhere."""
    errors = [one for one in problems if one.severity is Severity.ERROR]
    rows = [
        {"source": name_of(one.source), "document": one.doc, "problem": one.code, "message": one.message}
        for one in errors[:MOST_PROBLEMS]
    ]
    return {"not_read": rows, "not_read_total": len(errors)}


def name_of(source: str) -> str:
    """Return an address as it is, of a path the last part."""
    return source if "://" in source else PurePath(source).name
