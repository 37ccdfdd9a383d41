"""Screenings as files: JSON lines with everything, CSV and Excel with a row for each hit."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Literal

from dragoman.exchange import as_text
from dragoman.model import Hit, Screening, TokenEvidence
from dragoman.model.check_format import problem_to_row
from dragoman.model.screen_format import screening_to_row
from dragoman.screening.outcomes import ScreenedRow

FileFormat = Literal["jsonl", "csv", "xlsx"]
FILE_FORMATS: dict[str, str] = {
    "jsonl": "application/x-ndjson",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Formats with their media types."""
COLUMNS = (
    *("line", "id", "query", "hit", "list", "entry", "listed name", "matched", "score", "second opinion", "why"),
    *(
        "against",
        "kind",
        "countries",
        "source",
        "programs",
        "citation",
        "url",
        "decision",
        "reason",
        "by",
        "until",
    ),
    *("ownership", "as of", "problems"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell of CSV must not begin with: spreadsheets would calculate it."""
Cell = str | int | float | None


def write_screenings(rows: Iterable[ScreenedRow], form: FileFormat) -> Iterator[bytes]:
    """Yield a file as it comes; a workbook is whole at the end."""
    if form == "jsonl":
        return as_jsonl(rows)
    return as_csv(rows) if form == "csv" else as_xlsx(rows)


def as_jsonl(rows: Iterable[ScreenedRow]) -> Iterator[bytes]:
    """Yield one JSON object a party; a row without one has `query` null and its problems."""
    for row in rows:
        found = screening_to_row(row.screening) if row.screening else {"query": None, "hits": []}
        found |= {"line": row.line, "problems": [problem_to_row(problem) for problem in row.problems]}
        yield (json.dumps(found, ensure_ascii=False) + "\n").encode("utf-8", "replace")


def as_csv(rows: Iterable[ScreenedRow]) -> Iterator[bytes]:
    """Yield a table in UTF-8; a cell that a spreadsheet would calculate gets an apostrophe."""
    yield _csv_line(COLUMNS)
    for row in rows:
        for cells in cells_of(row):
            yield _csv_line([_harmless(cell) for cell in cells])


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _csv_line(cells: Iterable[Cell]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue().encode("utf-8", "replace")


def as_xlsx(rows: Iterable[ScreenedRow]) -> Iterator[bytes]:
    """Yield a workbook with one sheet, whole."""
    from openpyxl import Workbook  # noqa: PLC0415 - slow to load

    book = Workbook(write_only=True)
    sheet = book.create_sheet("screening")
    sheet.freeze_panes = "A2"
    sheet.append(list(COLUMNS))
    for row in rows:
        for cells in cells_of(row):
            sheet.append([as_text(sheet, cell) if isinstance(cell, str) else cell for cell in cells])
    target = io.BytesIO()
    book.save(target)
    yield target.getvalue()


def cells_of(row: ScreenedRow) -> Iterator[list[Cell]]:
    """Yield the cells of each hit of a party, or one row for none."""
    problems = " ".join(problem.message for problem in row.problems)
    screening = row.screening
    if screening is None:
        yield [row.line, *[None] * (len(COLUMNS) - 2), problems]
        return
    party = screening.party
    end: list[Cell] = [owned_words(screening), screening.as_of.isoformat(), problems]
    for number, hit in enumerate(screening.hits, start=1):
        yield [row.line, party.reference, party.name, number, *_hit_cells(hit), *end]
    if not screening.hits:
        gap: list[Cell] = [None] * (len(COLUMNS) - 7)
        yield [row.line, party.reference, party.name, 0, *gap, *end]


def _hit_cells(hit: Hit) -> list[Cell]:
    entry, decision = hit.entry, hit.decision
    decided: list[Cell] = [None] * 4
    if decision:
        until = decision.until.isoformat() if decision.until else None
        decided = [decision.verdict.value, decision.reason, decision.reviewer, until]
    return [
        *(entry.list, entry.id, hit.name, hit.query, round(hit.score, 4)),
        None if hit.second is None else round(hit.second, 4),
        "; ".join(map(evidence_words, hit.why)),
        "; ".join(hit.against),
        *(entry.kind.value, " ".join(entry.countries), entry.source, "; ".join(entry.programs)),
        *(entry.citation, entry.url, *decided),
    ]


def evidence_words(one: TokenEvidence) -> str:
    """Return what became of a word on a line: "Haige = Haige (same)"."""
    sign = "≠" if one.how == "unmatched" else "="
    return f"{one.query or '–'} {sign} {one.listed or '–'} ({one.how})"


def owned_words(screening: Screening) -> str:
    """Return what the rules on ownership say, in a line."""
    return "; ".join(
        f"{one.rule}: {one.owned.value}, {one.least:g} to {one.most:g} percent ({one.standing.value})"
        for one in screening.owned
    )
