"""The same list in the shapes that publishers, spreadsheets and mirrors give it says the same."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.screen.importers import read_list
from tests.screen.importers.samples import SAMPLES, Sample

HEADER = "ent_num,SDN_Name,SDN_Type,Program,Title,Call_Sign,Vess_type,Tonnage,GRT,Vess_flag,Vess_owner,Remarks\n"
TABLES = ("us-csl", "eu", "eu-old", "uk", "uk-new")
TREES = ("ofac-xml-new", "eu-xml", "un")


def quoted(text: str) -> str:
    """Return a table with every cell in quotation marks; a line before the header stays."""
    first, rest = text.split("\n", 1) if text.startswith(("Last Updated,0", "Report Date")) else ("", text)
    mark = ";" if rest.split("\n", 1)[0].count(";") > 5 else ","
    out = io.StringIO()
    rows = csv.reader(io.StringIO(rest, newline=""), delimiter=mark)
    csv.writer(out, delimiter=mark, quoting=csv.QUOTE_ALL).writerows(rows)
    return (first + "\n" if first else "") + out.getvalue()


def loud(text: str) -> str:
    """Return a table with its header in capitals."""
    lines = text.split("\n")
    at = 1 if lines[0].startswith(("Last Updated,0", "Report Date")) else 0
    return "\n".join(line.upper() if number == at else line for number, line in enumerate(lines))


def prefixed(text: str) -> str:
    """Return XML whose elements carry the prefix of their namespace."""
    return re.sub(r"<(/?)(?!\?)(\w)", r"<\1n:\2", text).replace(" xmlns=", " xmlns:n=")


def told(sample: Sample, folder: Path, data: bytes) -> list[object]:
    """Return what is read of each entry."""
    folder.mkdir()
    path = sample.write(folder)
    path.write_bytes(data)
    return [replace(entry, line=0) for entry in read_list(path).entries]


def same(name: str, folder: Path, change: Callable[[str], bytes]) -> None:
    sample = SAMPLES[name]
    plain = told(sample, folder / "plain", sample.text.encode())
    assert plain
    assert told(sample, folder / "changed", change(sample.text)) == plain


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize(
    "change",
    [
        lambda text: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(),
        lambda text: text.encode("utf-16"),
        lambda text: quoted(text).encode(),
        lambda text: loud(text).encode(),
    ],
    ids=["windows", "utf-16", "quoted", "capitals"],
)
def test_tables(name: str, change: Callable[[str], bytes], tmp_path: Path) -> None:
    same(name, tmp_path, change)


@pytest.mark.parametrize("name", TREES)
def test_trees_with_a_prefix_and_a_mark_at_the_start(name: str, tmp_path: Path) -> None:
    change: Callable[[str], str] = (lambda text: text) if name == "un" else prefixed
    same(name, tmp_path, lambda text: b"\xef\xbb\xbf" + change(text).encode())


def test_the_treasurys_table_from_a_mirror_that_gives_it_a_header(tmp_path: Path) -> None:
    same("ofac", tmp_path, lambda text: (HEADER + text).replace("\n", "\r\n").encode())
