"""Parties to be screened: files of them, row by row, and what is wrong with one."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TextIO

from dragoman.lexicon import load_pack
from dragoman.lexicon.problems import Place, worded
from dragoman.model import Party, PartyKind, Problem, Severity
from dragoman.screen.importers.facts import country_code, kind_of
from dragoman.screen.importers.faults import Faults, UnreadableList
from dragoman.screen.importers.names import clean
from dragoman.screen.importers.source import Source, open_source
from dragoman.screen.importers.tables import plain_header, shown_columns
from dragoman.screen.owned import plain_name
from dragoman.screen.vocabulary import FOLDER

PACK = f"{FOLDER}/party_files.yaml"
PROBLEMS = f"{FOLDER}/party_problems.yaml"
JSON_ENDINGS = (".jsonl", ".ndjson", ".json")
TEXT_ENDINGS = (".txt",)
_SHARE = re.compile(r"^(?P<name>.*?)[\s,:(（=]*(?P<share>\d{1,3}(?:[.,]\d+)?)\s*[%％]\s*[)）]?$")
_PERCENT = re.compile("[%％]")
_SPLIT = re.compile("[;；]")
WHOLE = 100.0


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A row of a file of parties.

    Attributes:
        line: in the file, from 1.
        party: None where there is none to be screened.
        problems: what is wrong with the row.
    """

    line: int
    party: Party | None
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class _Notes:
    """Problems of one party."""

    source: str
    line: int | None
    found: list[Problem] = field(default_factory=list)

    def add(self, code: str, **values: object) -> None:
        self.found.append(party_problem(code, self.source, self.line, **values))


def party_problem(code: str, source: str = "", line: int | None = None, **values: object) -> Problem:
    """Return a problem of a party or of a file of them, in the words of the pack.

    Args:
        code: a code of the pack.
        source: name of the file; stands in the message as {name}.
        line: from 1; stands in the message as {line}.
        **values: what else the message needs.
    """
    return worded(PROBLEMS, code, Place(source, line=line), values)


def limit(name: str) -> int:
    """Return a limit of the pack."""
    return int(load_pack(PACK)["limits"][name])


def checked_party(party: Party, source: str = "", line: int | None = None) -> PartyRow:
    """Return a party with clean names and what is wrong with it; None where it has no name to search.

    Args:
        party: as given.
        source: name of its file.
        line: there.
    """
    notes = _Notes(source, line)
    names = [name for given in (party.name, *party.other_names) if (name := _searchable(given, notes))]
    if not names:
        if not any(one.severity is Severity.ERROR for one in notes.found):
            notes.add("party-without-name")
        return PartyRow(line or 0, None, tuple(notes.found))
    if len(names) > limit("names"):
        notes.add("party-many-names", party=names[0], given=len(names), limit=limit("names"))
    known = replace(party, name=names[0], other_names=tuple(dict.fromkeys(names[1 : limit("names")])))
    return PartyRow(line or 0, known, tuple(notes.found))


def _searchable(given: str, notes: _Notes) -> str:
    """Return a name in one line without control characters, "" where nothing of it can be searched."""
    if len(given) > limit("name"):
        notes.add("party-long-name", given=len(given), limit=limit("name"))
        return ""
    name = clean(given)
    if not any(char.isalnum() for char in name):
        return ""
    if name != unicodedata.normalize("NFC", " ".join(given.split())):
        notes.add("party-signs-removed", given=name)
    if sum(char.isalnum() for char in name) == 1:
        notes.add("party-short-name", given=name)
    return name


def owners_of(cell: str, party: str, notes: _Notes) -> tuple[tuple[Party, float | None], ...]:
    """Return the owners in a cell: "Name 60%; Other name 40 %; A third"."""
    owners: list[tuple[Party, float | None]] = []
    for part in map(str.strip, _SPLIT.split(cell)):
        match = _SHARE.match(part)
        name = clean(match["name"] if match else part)
        if not match and _PERCENT.search(part):
            notes.add("party-unclear-share", party=party, given=part[:80])
        if name:
            owners.append((Party(name), float(match["share"].replace(",", ".")) if match else None))
    _look_at_shares(owners, party, notes)
    return tuple(owners)


def _look_at_shares(owners: Sequence[tuple[Party, float | None]], party: str, notes: _Notes) -> None:
    total = sum(share for _, share in owners if share is not None)
    if total > WHOLE + float(load_pack(f"{FOLDER}/ownership.yaml")["rounding"]):
        notes.add("party-owners-over-100", party=party, given=f"{total:g}")


def _kind(word: str, party: str, notes: _Notes) -> PartyKind | None:
    if not word:
        return None
    found = kind_of(word)
    if found is None:
        notes.add("party-unknown-kind", party=party, given=word[:60])
    return found


def _countries(names: Iterable[str], party: str, notes: _Notes) -> tuple[str, ...]:
    codes: dict[str, None] = {}
    for name in filter(None, names):
        code = country_code(name)
        if code is None:
            notes.add("party-unknown-country", party=party, given=name[:60])
        else:
            codes[code] = None
    return tuple(codes)


def made_party(get: Callable[[str], list[str]], source: str = "", line: int | None = None) -> PartyRow:
    """Return the party of a row or form.

    Args:
        get: gives the filled values of a field of the pack's columns.
        source: name of the file.
        line: there.
    """
    notes = _Notes(source, line)
    name = next(iter(get("name")), "")
    shown = clean(name)[:80]
    party = Party(
        name,
        kind=_kind(next(iter(get("kind")), ""), shown, notes),
        other_names=tuple(_parts(get("alias"))),
        countries=_countries(_parts(get("country")), shown, notes),
        born=next(iter(get("born")), ""),
        identifiers=tuple(_parts(get("number"))),
        owners=owners_of(";".join(get("owners")), shown, notes),
        reference=next(iter(get("id")), ""),
    )
    checked = checked_party(party, source, line)
    return PartyRow(checked.line, checked.party, (*notes.found, *checked.problems))


def _parts(cells: Iterable[str]) -> Iterator[str]:
    return (part for cell in cells for piece in _SPLIT.split(cell) if (part := piece.strip()))


def read_parties(path: Path) -> Iterator[PartyRow]:
    """Yield the parties of a file as they come: CSV with a header, JSON lines, or a name a line (.txt).

    A file that cannot be read yields one row without a party, with the problem; so does a row.
    """
    faults = Faults(path.name)
    try:
        source = open_source(path, faults)
    except UnreadableList as fault:
        reason = fault.found.message.removeprefix(f"{path.name} ").rstrip(".")
        yield PartyRow(0, None, (party_problem("parties-not-readable", path.name, reason=reason),))
        return
    ending = next((one for one in reversed(path.suffixes) if one != ".gz"), "").casefold()
    with source.text() as stream:
        if ending in JSON_ENDINGS:
            yield from _json_rows(stream, source.name)
        elif ending in TEXT_ENDINGS:
            yield from named_lines(stream, source.name)
        else:
            yield from _table_rows(stream, source)


def named_lines(lines: Iterable[str], source: str = "") -> Iterator[PartyRow]:
    """Yield the parties of lines, a name each; empty lines are passed over."""
    for number, text in enumerate(lines, start=1):
        if text.strip("\ufeff \t\r\n"):
            yield checked_party(Party(text.strip("\ufeff \t\r\n")), source, number)


def _columns(header: Sequence[str]) -> dict[str, list[int]]:
    known = {plain_header(word): column for column, words in load_pack(PACK)["columns"].items() for word in words}
    columns: dict[str, list[int]] = {}
    for number, name in enumerate(header):
        if column := known.get(plain_header(name)):
            columns.setdefault(column, []).append(number)
    return columns


def _table_rows(stream: TextIO, source: Source) -> Iterator[PartyRow]:
    first = source.head.lstrip("\ufeff").partition("\n")[0]
    separator = max(",;\t", key=first.count)
    csv.field_size_limit(limit("cell"))
    reader = csv.reader(stream, delimiter=separator, strict=True)
    try:
        header = [cell.strip("\ufeff ") for cell in next(reader, [])]
        columns = _columns(header)
        if "name" not in columns:
            found = shown_columns(header)
            yield PartyRow(1, None, (party_problem("parties-wrong-columns", source.name, 1, found=found),))
            return
        line = reader.line_num + 1
        for cells in reader:
            if any(map(str.strip, cells)):
                yield _table_row(cells, len(header), columns, source.name, line)
            line = reader.line_num + 1
    except csv.Error as fault:
        line = reader.line_num
        yield PartyRow(line, None, (party_problem("parties-broken-row", source.name, line, reason=str(fault)),))


def _table_row(
    cells: Sequence[str], wanted: int, columns: Mapping[str, Sequence[int]], source: str, line: int
) -> PartyRow:
    def get(column: str) -> list[str]:
        return [text for at in columns.get(column, ()) if at < len(cells) and (text := cells[at].strip())]

    row = made_party(get, source, line)
    if len(cells) < wanted or any(cells[wanted:]):
        ragged = party_problem("party-ragged-row", source, line, given=len(cells), wanted=wanted)
        row = replace(row, problems=(ragged, *row.problems))
    return row


def _json_rows(stream: TextIO, source: str) -> Iterator[PartyRow]:
    for line, text in enumerate(stream, start=1):
        if not text.strip("\ufeff \t\r\n"):
            continue
        try:
            row = json.loads(text.lstrip("\ufeff"))
        except (json.JSONDecodeError, RecursionError) as fault:
            reason = fault.msg if isinstance(fault, json.JSONDecodeError) else "it is nested too deeply"
            yield PartyRow(line, None, (party_problem("party-row-not-readable", source, line, reason=reason),))
            continue
        yield _json_row(row, source, line)


def _json_row(row: Any, source: str, line: int) -> PartyRow:  # noqa: ANN401 - any JSON value
    if isinstance(row, str):
        return checked_party(Party(row), source, line)
    if not isinstance(row, dict):
        reason = "it is neither an object nor a name"
        return PartyRow(line, None, (party_problem("party-row-not-readable", source, line, reason=reason),))
    made = made_party(_getter(row), source, line)
    nested = row.get("owners")
    if made.party is None or not isinstance(nested, list):
        return made
    notes = _Notes(source, line)
    owners = tuple(owner for one in nested for owner in _json_owners(one, made.party.name, notes, source, line))
    _look_at_shares(owners, made.party.name, notes)
    return replace(made, party=replace(made.party, owners=owners), problems=(*made.problems, *notes.found))


def _json_owners(
    one: Any,  # noqa: ANN401 - any JSON value
    party: str,
    notes: _Notes,
    source: str,
    line: int,
) -> tuple[tuple[Party, float | None], ...]:
    """Return the owners that an item of `owners` names: an object with `name` and `share`, or "Name 60%"."""
    if isinstance(one, str):
        return owners_of(one, party, notes)
    owner = _json_row(one, source, line)
    notes.found += owner.problems
    if owner.party is None:
        return ()
    share = one.get("share")
    if share is not None and (isinstance(share, bool) or not isinstance(share, int | float)):
        notes.add("party-unclear-share", party=party, given=str(share)[:80])
        share = None
    return ((owner.party, None if share is None else float(share)),)


def _getter(row: Mapping[str, Any]) -> Callable[[str], list[str]]:
    """Return what gives the values of a field of a JSON object, by any of the names of its column."""
    plain = {plain_header(key): value for key, value in row.items()}
    words = load_pack(PACK)["columns"]

    def get(column: str) -> list[str]:
        values: list[Any] = []
        for word in words[column]:
            value = plain.get(plain_header(word))
            values += value if isinstance(value, list) else [value]
        return [str(value) for value in values if isinstance(value, str | int) and str(value).strip()]

    return get


def known_owners(rows: Iterable[PartyRow]) -> dict[str, tuple[tuple[Party, float | None], ...]]:
    """Return the owners of the parties that have some, by plain name, so that owners of owners are found."""
    return {plain_name(row.party.name): row.party.owners for row in rows if row.party and row.party.owners}


def told(problems: Iterable[Problem], counts: Counter[str]) -> Iterator[Problem]:
    """Yield so many problems of a code; `counts` keeps how many there were."""
    for one in problems:
        counts[one.code] += 1
        if counts[one.code] <= limit("shown"):
            yield one


def parties_of_json(rows: Iterable[Any], source: str = "") -> Iterator[PartyRow]:
    """Yield the parties of JSON values, each an object with `name` or a name."""
    for number, row in enumerate(rows, start=1):
        yield _json_row(row, source, number)
