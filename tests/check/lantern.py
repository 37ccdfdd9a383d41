"""The invented pack of the lantern rules, and cases for it."""

from __future__ import annotations

import shutil
from datetime import date
from functools import cache
from pathlib import Path

from dragoman.check.case_file import CaseReading, open_case, read_case
from dragoman.check.judge import check_case
from dragoman.check.library import load_library
from dragoman.check.pack import Pack
from dragoman.check.packs import PackReading, load_template, read_pack
from dragoman.check.scopes import scope_for
from dragoman.model import Case, CheckReport, Finding, Member, Problem, Value

FOLDER = Path(__file__).parent / "packs" / "lantern"
DAY = date(2026, 2, 1)


@cache
def lantern() -> Pack:
    """The pack as it is."""
    reading = read_pack(FOLDER, "lantern", load_library())
    assert reading.pack is not None, reading.problems
    return reading.pack


def copied(tmp_path: Path) -> Path:
    """A copy of the pack to spoil."""
    folder = tmp_path / "lantern"
    shutil.copytree(FOLDER, folder)
    return folder


def read(folder: Path) -> PackReading:
    return read_pack(folder, folder.name, load_library())


def replaced(folder: Path, file: str, old: str, new: str) -> PackReading:
    """Read the pack with one text of one file replaced."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return read(folder)


def case_of(text: str, name: str = "case.yaml") -> CaseReading:
    """Read a case file for the pack."""
    opened = open_case(text.encode(), name, load_library().templates)
    template = load_template(opened.template)
    if template is None:
        return CaseReading(None, tuple(opened.form.faults.found))
    return read_case(opened, scope_for(template, (lantern(),), load_library()))


def only(problems: tuple[Problem, ...]) -> tuple[str, int | None]:
    """Code and line of the one problem."""
    assert len(problems) == 1, problems
    return problems[0].code, problems[0].line


def shipment(
    facts: dict[str, Value] | None = None,
    items: list[dict[str, Value]] | None = None,
    destinations: list[str] | None = None,
) -> Case:
    """A case of facts, items and destinations; a list that is not given is unknown."""
    collections: dict[str, tuple[Member, ...]] = {}
    if items is not None:
        collections["items"] = tuple(Member(f"lantern {number}", item) for number, item in enumerate(items))
    if destinations is not None:
        collections["destinations"] = tuple(Member(code, {"destination": code}) for code in destinations)
    return Case("shipment", facts or {}, collections)


def checked(case: Case, day: date = DAY, pack: Pack | None = None) -> CheckReport:
    return check_case(case, [pack or lantern()], day, load_template(case.template))


def found(report: CheckReport, rule: str, subject: str = "") -> Finding:
    """The one finding of a rule on a subject (the beginning of its words)."""
    named = [f for f in report.findings if f.rule.endswith(f"/{rule}") and f.subject.startswith(subject)]
    assert len(named) == 1, named
    return named[0]
