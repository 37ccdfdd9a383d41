"""Reading a list of any known form: all of it, or nothing."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from dragoman.model import ListEntry, Problem, Severity
from dragoman.screen.importers.cn import read_cn
from dragoman.screen.importers.eu import read_eu
from dragoman.screen.importers.faults import Faults, UnreadableList, limit, problem, unreadable, words_of
from dragoman.screen.importers.ftm import read_ftm
from dragoman.screen.importers.gathering import Gathering
from dragoman.screen.importers.ofac import EMPTY, MAIN, read_ofac
from dragoman.screen.importers.plain import read_plain
from dragoman.screen.importers.source import Source, open_source
from dragoman.screen.importers.tables import plain_header, shown_columns
from dragoman.screen.importers.uk import read_uk
from dragoman.screen.importers.un import read_un
from dragoman.screen.importers.us_csl import read_us_csl

_READERS: Mapping[str, Callable[[Source, Gathering], date | None]] = {
    "us-csl": read_us_csl,
    "ofac": read_ofac,
    "eu": read_eu,
    "uk": read_uk,
    "un": read_un,
    "cn": read_cn,
    "ftm": read_ftm,
    "plain": read_plain,
}
_ROOT = re.compile(r"<(?:\w+:)?(?P<name>CONSOLIDATED_LIST|sdnList|export|Sanctions)\b(?P<rest>[^>]*)")
_ROOTS = {"CONSOLIDATED_LIST": "un", "sdnList": "ofac", "export": "eu"}
ROWS_LOOKED_AT = 3
FORMS = tuple(_READERS)
"""The forms that can be read."""


@dataclass(frozen=True, slots=True)
class ImportedList:
    """What was read from a file.

    Attributes:
        name: name of the list, as its entries have it.
        form: of the publisher; "" where it is not known.
        published: the day the list says of itself.
        entries: all of them; none where a problem is an error.
        problems: what is wrong or was assumed.
        sha256: of the file's bytes, and of the parts beside it; "" where it cannot be read.
        source: the path as given.
    """

    name: str
    form: str
    published: date | None
    entries: tuple[ListEntry, ...]
    problems: tuple[Problem, ...]
    sha256: str = ""
    source: str = ""

    @property
    def usable(self) -> bool:
        """Whether the list may be used: no problem is an error."""
        return not any(one.severity is Severity.ERROR for one in self.problems)

    @property
    def names(self) -> int:
        """How many names its entries have."""
        return sum(len(entry.names) for entry in self.entries)


def read_list(path: Path, form: str | None = None, *, name: str = "", today: date | None = None) -> ImportedList:
    """Read a list of parties.

    Args:
        path: the publisher's file, packed by gzip or not.
        form: one of `FORMS`; None to tell it by the content.
        name: of the list; the form's, where none is given.
        today: the day by which its age is judged; None judges none.

    Returns:
        All of its entries, or none and the problem that kept it out.
    """
    faults = Faults(path.name)
    if form is not None and form not in _READERS:
        faults.add("list-form-no-such", given=form, known=", ".join(FORMS))
        return ImportedList(name, form, None, (), faults.all(), "", str(path))
    try:
        source = open_source(path, faults)
        own = form or _told_by_content(source, faults)
        gathering = Gathering(name or own, faults)
        published = _READERS[own](source, gathering)
        if not gathering.entries:
            raise unreadable(faults, "list-without-entries")
    except UnreadableList as fault:
        return ImportedList(name or form or "", form or "", None, (), (*faults.all(), fault.found), "", str(path))
    entries = tuple(gathering.entries)
    sha256 = _joined([source.sha256, *gathering.parts])
    aged = () if today is None else age_problems(path.name, published or _newest(entries, today), today)
    return ImportedList(gathering.name, own, published, entries, (*faults.all(), *aged), sha256, str(path))


def _joined(hashes: list[str]) -> str:
    """Return the hash of a file, or of the hashes of its parts."""
    return hashes[0] if len(hashes) == 1 else hashlib.sha256("".join(hashes).encode()).hexdigest()


def age_problems(name: str, day: date | None, today: date) -> tuple[Problem, ...]:
    """Return what is to be said of a list's age: it is old, or does not say how old it is.

    Args:
        name: of the list or file.
        day: of the list, else of its newest entry.
        today: the day by which it is judged.
    """
    if day is None:
        return (problem("list-undated", name),)
    days = (today - day).days
    return (problem("list-stale", name, day=day.isoformat(), days=days),) if days > limit("stale_days") else ()


def _newest(entries: tuple[ListEntry, ...], today: date) -> date | None:
    return max((one.listed_on for one in entries if one.listed_on and one.listed_on <= today), default=None)


def _told_by_content(source: Source, faults: Faults) -> str:
    form = guess_form(source.head)
    if form is None:
        found = shown_columns(next(iter(_first_rows(source.head, ",")), []))
        raise unreadable(faults, "list-form-unknown", found=found, known=", ".join(FORMS))
    faults.add("list-form-guessed", form=form)
    return form


def guess_form(head: str) -> str | None:
    """Return the form of a list by its first characters, None where none fits."""
    start = head.lstrip("\ufeff \t\r\n")
    if start.startswith("<"):
        return _by_root(start)
    if start.startswith(("{", "[")):
        return _by_keys(start)
    return _by_columns(start)


def _by_root(head: str) -> str | None:
    root = _ROOT.search(head)
    if root is None:
        return None
    return _ROOTS.get(root["name"]) if "ADVANCED" not in root["rest"] else None


def _by_keys(head: str) -> str | None:
    if '"schema"' in head and '"properties"' in head:
        return "ftm"
    return "us-csl" if '"source"' in head and ('"results"' in head or head.startswith("[")) else None


def _by_columns(head: str) -> str | None:
    """Return the first form of which one of the first rows has all the columns it is known by."""
    rows = [cells for separator in ",;" for cells in _first_rows(head, separator)]
    headers = [{plain_header(cell) for cell in cells} for cells in rows]
    for form, pack in words_of("columns").items():
        for known in pack["known_by"]:
            if any({plain_header(name) for name in known} <= header for header in headers):
                return str(form)
    return "ofac" if any(len(cells) == MAIN and EMPTY in map(str.strip, cells) for cells in rows) else None


def _first_rows(head: str, separator: str) -> list[list[str]]:
    """Return the first rows, as far as they can be read."""
    rows: list[list[str]] = []
    reader = csv.reader(head.splitlines(), delimiter=separator)
    with suppress(csv.Error):
        rows.extend(islice(reader, ROWS_LOOKED_AT))
    return rows
