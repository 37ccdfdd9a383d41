"""The termbase as files: for other programs, and for print."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain

from dragoman.exchange import csv_of, xlsx_of
from dragoman.model import Language
from dragoman.model.term import Concept
from dragoman.report import ReportFormat, write
from dragoman.report.glossary import glossary_report
from dragoman.termbank.refusals import NoConceptsError
from dragoman.terms.skos import as_jsonld, as_rdf
from dragoman.terms.tbx_write import as_tbx
from dragoman.terms.term_table import rows_of

TITLE = "Termbase"
FILES: Mapping[str, str] = {
    "tbx": "application/x-tbx+xml",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown; charset=utf-8",
}
"""Forms in which a termbase is written, with their media types; the last three are for reading and print."""
PRINTED: Mapping[str, ReportFormat] = {"html": "html", "docx": "docx", "md": "md"}
Writer = Callable[[Iterable[Concept], str], Iterator[bytes]]
WRITERS: Mapping[str, Writer] = {
    "tbx": lambda concepts, title: as_tbx(concepts, title, "dragoman"),
    "rdf": as_rdf,
    "jsonld": as_jsonld,
    "csv": lambda concepts, _title: csv_of(rows_of(concepts)),
    "xlsx": lambda concepts, title: xlsx_of(rows_of(concepts), title),
}


@dataclass(frozen=True, slots=True)
class Print:
    """What a printed glossary states of itself.

    Attributes:
        day: as of which it stands.
        language: of its own words.
        names: what parties are called in it, by canonical name.
        version: number of the published version, None for how the termbase stands.
        reproduce: the command that makes it again.
    """

    day: date
    language: Language
    names: Mapping[str, str]
    version: int | None = None
    reproduce: str = ""


def written(form: str, concepts: Iterable[Concept], about: Print) -> Iterator[bytes]:
    """Yield concepts as a file of a form. Raises NoConceptsError: there is none."""
    waiting = iter(concepts)
    first = next(waiting, None)
    if first is None:
        raise NoConceptsError
    found = chain([first], waiting)
    if form in PRINTED:
        facts = (about.day, about.version, about.reproduce)
        yield write(glossary_report(list(found), about.language, about.names, *facts), PRINTED[form])
        return
    yield from WRITERS[form](found, f"{TITLE} {about.version}" if about.version else TITLE)
