"""Measures from a table of events: our own columns, or exports of Global Trade Alert and Digital Policy Alert."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from dragoman.compare.coordination_settings import CoordinationSettings
from dragoman.compare.measures import tags_of
from dragoman.compare.remarks import remark
from dragoman.compare.sides import Sides
from dragoman.compare.targets import TargetFinder
from dragoman.lexicon import Lexicon, fold
from dragoman.model import Problem
from dragoman.model.coordination import Direction, Measure, Mode, Target

LONGEST_CELL = 131_072
"""Characters; a longer one is a quotation mark that was never closed."""
MOST_CHARACTERS = 64_000_000
FORCES = range(1, 5)
OTHER = "other"
JOINT_WORDS = frozenset({"j", "joint", "共同", "联合"})
BOTH_WORDS = frozenset({"joint", "both", "双方"})
_SIGNS = re.compile(r"[\W_]+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class EventTable:
    """What was read from a table.

    Attributes:
        kind: name of the kind of table, "" where it was refused.
        measures: of the two parties, in the order of the table.
        problems: of the table and its rows.
        others: rows that are of neither party.
    """

    kind: str = ""
    measures: tuple[Measure, ...] = ()
    problems: tuple[Problem, ...] = ()
    others: int = 0


@dataclass(slots=True)
class _Row:
    """One row by our names of columns."""

    name: str
    line: int
    cells: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)

    def cell(self, column: str) -> str:
        return self.cells.get(column, "").strip()

    def wrong(self, code: str, given: str) -> None:
        self.problems.append(remark(code, source=self.name, line=self.line, given=given))


class EventReader:
    """Reads tables of events of two parties."""

    def __init__(self, lexicon: Lexicon, settings: CoordinationSettings, sides: Sides) -> None:
        self._lexicon = lexicon
        self._settings = settings
        self._sides = sides
        self._finder = TargetFinder(lexicon, settings.targets, ())

    def read(self, data: bytes, name: str) -> EventTable:
        """Return the measures of a CSV file in UTF-8, separated by comma, semicolon or tab."""
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as fault:
            return EventTable(problems=(remark("events-encoding", source=name, offset=fault.start),))
        if len(text) > MOST_CHARACTERS:
            return EventTable(problems=(remark("events-too-large", source=name),))
        csv.field_size_limit(LONGEST_CELL)  # it holds for the whole process: others set their own
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
        try:
            head = next(rows, [])
            kind, columns = self._kind(head)
            if not kind:
                return EventTable(problems=(self._wrong_columns(head, name),))
            return self._measures(kind, columns, rows, name)
        except csv.Error as fault:
            return EventTable(problems=(remark("events-broken", source=name, line=rows.line_num, why=str(fault)),))

    def _kind(self, head: list[str]) -> tuple[str, dict[str, int]]:
        """Return the kind of table and where its columns stand, "" where it is of none."""
        places = {plain(column): at for at, column in reversed(list(enumerate(head)))}
        for kind, form in self._settings.tables.items():
            found = {
                name: places[plain(spelling)]
                for name, spellings in {**form["needed"], **form["more"]}.items()
                for spelling in reversed(spellings)
                if plain(spelling) in places
            }
            if set(form["needed"]) <= set(found):
                return kind, found
        return "", {}

    def _wrong_columns(self, head: list[str], name: str) -> Problem:
        given = {plain(column) for column in head}
        lacking = [
            f"{kind}: {', '.join(missing_of(form['needed'], given))}"
            for kind, form in self._settings.tables.items()
        ]
        shown = ", ".join(f"`{column}`" for column in head if column.strip()) or "none"
        return remark("events-columns", source=name, line=1, given=shown, missing="; ".join(lacking))

    def _measures(self, kind: str, columns: Mapping[str, int], rows: Any, name: str) -> EventTable:  # noqa: ANN401
        measures: list[Measure] = []
        problems: list[Problem] = []
        others = 0
        for line, cells in numbered(rows):
            if not any(cell.strip() for cell in cells):
                continue
            named = {column: cells[at] for column, at in columns.items() if at < len(cells)}
            row = _Row(name, line, named)
            made = self._measure(row)
            measures += [made] if made else []
            others += made is None and not row.problems
            problems += row.problems
        if not measures and not others and not problems:
            problems.append(remark("events-empty", source=name))
        if others:
            problems.append(remark("events-others", source=name, n=others))
        return EventTable(kind, tuple(measures), tuple(problems), others)

    def _measure(self, row: _Row) -> Measure | None:
        """Return the measure of a row, None where it is of neither party or something is wrong with it."""
        day = day_of(row.cell("date"))
        if day is None:
            row.wrong("events-date", given=row.cell("date"))
            return None
        actors = tuple(self._actors(row))
        mode = self._mode(row, actors, day)
        if mode is None:
            return None
        instruments, technologies = self._tags(row)
        insiders = self._sides.insiders(day)
        return Measure(
            id=f"{row.name}:{row.line}",
            day=day,
            mode=mode,
            targets=tuple(one for one in self._targets(row) if one.name not in insiders),
            technologies=technologies,
            instruments=instruments,
            force=self._force(row),
            text=row.cell("title"),
            source=row.name,
            line=row.line,
            url=row.cell("url"),
            why="column",
            relaxes=any(word in fold(row.cell("stance")) for word in self._settings.stance_relaxes),
            actors=actors,
        )

    def _actors(self, row: _Row) -> Iterator[str]:
        for name in self._names(row.cell("party")):
            canonical = self._lexicon.actors.canonical(name)
            if canonical is not None:
                yield canonical
            elif fold(name) not in BOTH_WORDS:
                row.wrong("events-party", given=name)

    def _names(self, cell: str) -> list[str]:
        """Return the names of a cell; a cell that is one name is not divided."""
        if self._lexicon.actors.canonical(cell):
            return [cell]
        return [name.strip() for name in self._settings.separators.split(cell) if name.strip()]

    def _mode(self, row: _Row, actors: tuple[str, ...], day: date) -> Mode | None:
        both = {fold(row.cell("party")), fold(row.cell("mode"))} & (JOINT_WORDS | BOTH_WORDS)
        if both and not row.problems:
            return Mode.JOINT
        return self._sides.mode(actors, day, ())

    def _tags(self, row: _Row) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the instruments and technologies of a row: of its columns, else of its title."""
        given = [
            name for column in ("topic", "instrument", "technology") for name in self._names(row.cell(column))
        ]
        found = {fold(name).replace(" ", "-") for name in given}
        words = fold(row.cell("instrument"))
        found |= {tag for key, tag in self._settings.instruments.items() if key in words}
        found |= {tag for key, tag in self._settings.technologies.items() if key in fold(row.cell("title"))}
        known = [found & set(tags.labels) for tags in (self._lexicon.instruments, self._lexicon.technologies)]
        titled = tags_of(row.cell("title"), self._lexicon)
        instruments = known[0] or titled & set(self._lexicon.instruments.labels)
        technologies = known[1] or titled & set(self._lexicon.technologies.labels)
        return tuple(sorted(instruments)), tuple(sorted(technologies))

    def _targets(self, row: _Row) -> Iterator[Target]:
        """Yield the targets of the column, else those that the title names."""
        names = self._names(row.cell("target"))
        if not names:
            yield from (
                Target(one.name, one.direction, how=one.how) for one in self._finder.of_text(row.cell("title"))
            )
        for name in names:
            if (canonical := self._label(name) or self._lexicon.actors.canonical(name)) is None:
                row.wrong("events-target", given=name)
            yield Target(canonical or name, Direction.RESTRICT, how="column")

    def _label(self, name: str) -> str | None:
        labels = self._settings.targets.labels.items()
        return next((label for label, pattern in labels if pattern.search(name)), None)

    def _force(self, row: _Row) -> int:
        given = row.cell("force")
        if given.isdecimal() and int(given) in FORCES:
            return int(given)
        if given:
            row.wrong("events-force", given=given)
        kind = fold(row.cell("kind"))
        forces = self._settings.event_force
        return next((force for name, force in forces.items() if name in kind and kind), forces[OTHER])


def missing_of(needed: Mapping[str, list[str]], given: set[str]) -> list[str]:
    """Return the needed columns that a table lacks, each by its first spelling."""
    return [spellings[0] for spellings in needed.values() if not given & {plain(one) for one in spellings}]


def numbered(rows: Any) -> Iterator[tuple[int, list[str]]]:  # noqa: ANN401 - the type of the reader is private
    """Yield rows with the line that each begins on."""
    line = rows.line_num + 1
    for cells in rows:
        yield line, cells
        line = rows.line_num + 1


def plain(name: str) -> str:
    """Return a column's name without case, blanks and signs."""
    return _SIGNS.sub("", fold(name))


def delimiter_of(text: str) -> str:
    """Return the sign that stands most often in the first line among comma, semicolon and tab."""
    head = re.split(r"[\r\n]", text, maxsplit=1)[0]
    return max(",;\t", key=head.count)


def day_of(text: str) -> date | None:
    """Return the date that a cell begins with (2022-10-07, also with a time), None for another form."""
    match = _DAY.match(text.strip())
    try:
        return datetime.strptime(match[0], "%Y-%m-%d").date() if match else None  # noqa: DTZ007 - a day
    except ValueError:
        return None
