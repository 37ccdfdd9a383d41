"""Checking cases against rule packs, for the faces: it needs no register.

checked = Checker().check(Path("case.yaml"), packs=["us-ai-exports-program"])
if checked.report:
    print(checked.report.outcome)
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import cast

from dragoman.check.batch import BatchResult, BatchSettings, Court, judge_rows
from dragoman.check.batch_rows import read_rows
from dragoman.check.blank import blank_case
from dragoman.check.case_file import MOST_BYTES, Scope, open_case, read_case, too_large
from dragoman.check.contradictions import contradictions
from dragoman.check.copying import Agreement, copy_pack
from dragoman.check.coverage import DUTIES, Coverage, CoveredLine, ToReview, coverage_of
from dragoman.check.judge import check_case
from dragoman.check.library import load_library
from dragoman.check.lint import FRESH_DAYS, lint
from dragoman.check.pack import Pack, ReadyRule, ReadyVersion
from dragoman.check.pack_tests import TestOutcome, run_tests
from dragoman.check.packs import (
    NoSuchPackError,
    PackReading,
    find_pack,
    load_template,
    shipped_names,
    shipped_pack,
)
from dragoman.check.problems import problem, serious
from dragoman.check.rows import pack_to_row, result_to_row, rule_to_row
from dragoman.check.scopes import asked_facts, scope_for
from dragoman.model import (
    Case,
    CheckReport,
    Document,
    Entry,
    FactSchema,
    Language,
    NotFoundError,
    Problem,
    Severity,
    Template,
    UsageError,
)
from dragoman.model.screen_format import checked_to_row
from dragoman.model.screened import CheckedParties
from dragoman.report import ReportFormat, write
from dragoman.report.memo import memo_of

__all__ = [
    "DUTIES",
    "BatchResult",
    "Checked",
    "Checker",
    "Coverage",
    "CoveredLine",
    "NoSuchPackError",
    "NoSuchRuleError",
    "Pack",
    "PackReading",
    "ReadyRule",
    "ReadyVersion",
    "TestOutcome",
    "ToReview",
    "pack_to_row",
    "result_to_row",
    "rule_to_row",
]

Clock = Callable[[], datetime]

Screen = Callable[[Case, date], CheckedParties | None]
"""Screens the parties of a case; None where there is no list to screen against."""


class NoSuchRuleError(NotFoundError):
    """A rule that no pack has."""

    def __init__(self, identifier: str, known: Iterable[str]) -> None:
        close = difflib.get_close_matches(identifier, sorted(known), n=1)
        hint = f"Did you mean `{close[0]}`?" if close else "`dragoman rules list PACK` names the rules of a pack."
        super().__init__(f"There is no rule `{identifier}`.", hint)


class NoSuchCaseError(NotFoundError):
    """A case file that is not there."""

    def __init__(self, path: Path, fault: OSError) -> None:
        super().__init__(f"The case {path} cannot be read ({fault.strerror or fault}).", "Check the path.")


class CannotRunError(UsageError):
    """Packs that cannot be run on a batch."""

    def __init__(self, found: Problem) -> None:
        super().__init__(found.message, found.remedy)


class NothingRunError(UsageError):
    """A report of a case that was refused."""

    def __init__(self) -> None:
        super().__init__("Nothing was run, so there is no report.", "Mend the problems of the case first.")


class NoSuchTemplateError(NotFoundError):
    """A kind of case that does not exist."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(f"There is no kind of case `{name}`.", f"Kinds: {', '.join(known)}.")


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking a case gave.

    Attributes:
        source: name of the case file, "" for a case from elsewhere.
        report: None where the case or a pack is refused; then nothing was run.
        problems: of the case and the packs; those of the report are among them.
        facts: declarations of the facts that the case may state, for their words.
        parties: its parties beside the lists of parties; None where nothing was screened.
    """

    source: str
    report: CheckReport | None
    problems: tuple[Problem, ...]
    facts: tuple[FactSchema, ...] = ()
    parties: CheckedParties | None = None

    @property
    def own_problems(self) -> tuple[Problem, ...]:
        """The problems without those of the parties and lists."""
        return self.problems[: len(self.problems) - len(self.parties.problems)] if self.parties else self.problems


class Checker:
    """Checks cases; every question is answered for today unless a day is given.

    Args:
        clock: gives the day.
        screen: screens the parties of a case that is checked; what it finds stands beside the findings.
        screen_many: gives what screens those of a batch, against the lists as they are at its start.
    """

    def __init__(
        self,
        clock: Clock | None = None,
        screen: Screen | None = None,
        screen_many: Callable[[], Screen] | None = None,
    ) -> None:
        self._clock = clock or (lambda: datetime.now(UTC))
        self._screen = screen
        self._screen_many = screen_many

    def today(self) -> date:
        """Return the day whose law holds where nobody names one."""
        return self._clock().date()

    def check(self, case: Path | Case, packs: Sequence[str] = (), as_of: date | None = None) -> Checked:
        """Check a case.

        Args:
            case: a file, or a case that was made elsewhere.
            packs: names of shipped packs or folders; by default all that bear on its kind.
            as_of: the day whose law is applied; by default that of the case file, else today.

        Raises:
            NotFoundError: no such file or pack.
        """
        if isinstance(case, Case):
            return self._check_made(case, packs, as_of or self.today())
        try:
            size = case.stat().st_size
            data = case.read_bytes() if size <= MOST_BYTES else b""
        except OSError as fault:
            raise NoSuchCaseError(case, fault) from fault
        if size > MOST_BYTES:
            return Checked(str(case), None, (too_large(str(case), size),))
        return self.check_bytes(data, str(case), packs, as_of)

    def check_bytes(self, data: bytes, name: str, packs: Sequence[str] = (), as_of: date | None = None) -> Checked:
        """Check a case given as the bytes of a file; `name` ends in `.json` for JSON. Else as `check`."""
        opened = open_case(data, name, load_library().templates)
        if opened.node is None:
            return Checked(name, None, tuple(opened.form.faults.found))
        chosen = self._choose(packs, self.template(opened.template), name)
        reading = read_case(opened, chosen.scope)
        problems = (*reading.problems, *chosen.problems)
        day = as_of or opened.as_of or self.today()
        return self._judge(reading.case, name, chosen, day, problems)

    def check_batch(
        self,
        path: Path,
        packs: Sequence[str] = (),
        as_of: date | None = None,
        *,
        template: str = "",
        with_missing: bool = False,
    ) -> Iterator[BatchResult]:
        """Check many cases, one a row of a CSV, JSON lines or Parquet file; some thousand are held at once.

        Args:
            path: of the file.
            packs: as for `check`.
            as_of: day for all rows; by default that of each row, else today.
            template: kind of the rows that name none.
            with_missing: whether to work out, case by case, which facts are still to be asked.

        Raises:
            NotFoundError: no such file, pack or kind of case.
            UsageError: a file of another form, Parquet without pyarrow, or a pack that cannot be run.
        """
        courts: dict[str, Court] = {}

        def court(kind: str) -> Court:
            if kind not in courts:
                chosen = self._choose(packs, self.template(kind), str(path))
                if chosen.problems:
                    raise CannotRunError(chosen.problems[0])
                courts[kind] = Court(chosen.template, chosen.packs, chosen.scope)
            return courts[kind]

        kinds = {kind.name: kind for kind in self.templates()}
        if template:
            court(template)
        screen = self._screen_many() if self._screen_many else None
        settings = BatchSettings(str(path), kinds, court, self.today(), template, as_of, with_missing, screen)
        yield from judge_rows(read_rows(path), settings)

    def _check_made(self, case: Case, packs: Sequence[str], day: date) -> Checked:
        """Check a case that was made elsewhere."""
        chosen = self._choose(packs, self.template(case.template), "")
        return self._judge(case, "", chosen, day, chosen.problems)

    def _choose(self, packs: Sequence[str], template: Template, source: str) -> _Chosen:
        """Return the packs to run, and why one of them cannot be."""
        readings = [find_pack(name) for name in packs] or [shipped_pack(name) for name in template.packs]
        loaded = tuple(reading.pack for reading in readings if reading.pack)
        problems = tuple(refusals(readings, template, source))
        return _Chosen(template, loaded, scope_for(template, loaded, load_library()), problems)

    def _judge(
        self, case: Case | None, name: str, chosen: _Chosen, day: date, problems: tuple[Problem, ...]
    ) -> Checked:
        """Judge a case, unless something is wrong with it or with a pack."""
        schemas = tuple(chosen.scope.schemas.values())
        if case is not None and not serious(problems):
            problems = (*problems, *contradictions(case, chosen.packs, day, name))
        if case is None or serious(problems):
            return Checked(name, None, problems, schemas)
        report = check_case(case, chosen.packs, day, chosen.template, problems)
        return self._with_parties(Checked(name, report, report.problems, schemas), case, day)

    def _with_parties(self, checked: Checked, case: Case, day: date) -> Checked:
        """Return the same with the parties of the case screened; no fact of the case is set by that."""
        parties = self._screen(case, day) if self._screen else None
        if parties is None:
            return checked
        found = (replace(one, source=one.source or checked.source) for one in parties.problems)
        return replace(checked, problems=(*checked.problems, *found), parties=parties)

    def templates(self) -> tuple[Template, ...]:
        """Return the kinds of case, with the shipped packs that bear on each."""
        return tuple(self.template(name) for name in load_library().templates)

    def template(self, name: str) -> Template:
        """Return a kind of case. Raises NoSuchTemplateError."""
        found = load_template(name)
        if found is None:
            raise NoSuchTemplateError(name, load_library().templates)
        return found

    def blank(self, template: str, packs: Sequence[str] = (), language: Language = Language.EN) -> str:
        """Return the text of a case file to fill in.

        Args:
            template: kind of the case.
            packs: whose facts it asks for, by default those of all that bear on its kind.
            language: of its comments.

        Raises:
            NotFoundError: no such kind or pack.
        """
        kind = self.template(template)
        return blank_case(kind, self.facts(template, packs), language)

    def facts(self, template: str, packs: Sequence[str] = ()) -> tuple[FactSchema, ...]:
        """Return the facts that rules ask of a kind of case, in the order of its form. Raises NotFoundError."""
        kind = self.template(template)
        loaded = [reading.pack for reading in self.rule_packs(packs or kind.packs) if reading.pack]
        return asked_facts(kind, loaded)

    def rule_packs(self, names: Sequence[str] = ()) -> tuple[PackReading, ...]:
        """Return packs, by default all that ship. Raises NoSuchPackError."""
        return tuple(find_pack(name) for name in names or shipped_names())

    def rule(self, identifier: str, packs: Sequence[str] = ()) -> tuple[Pack, ReadyRule]:
        """Return a rule with its pack.

        Args:
            identifier: "pack/rule", or the rule alone where only one pack has it.
            packs: where to look, by default in all that ship.

        Raises:
            NoSuchRuleError: no pack has it, or several have.
        """
        loaded = [reading.pack for reading in self.rule_packs(packs) if reading.pack]
        rules = [(pack, ready) for pack in loaded for ready in pack.rules]
        found = [one for one in rules if identifier in {one[1].rule.id, one[1].rule.id.partition("/")[2]}]
        if len(found) != 1:
            raise NoSuchRuleError(identifier, (ready.rule.id for _, ready in rules))
        return found[0]

    def copy_pack(self, name: str, folder: Path, since: date | None = None, until: date | None = None) -> int:
        """Copy a shipped pack for people to edit; with a first day, its proposed rules are put in force.

        Returns:
            How many rules were put in force.

        Raises:
            NoSuchPackError: no such pack ships.
            UsageError: the folder is there, or the days are the wrong way round.
        """
        return copy_pack(name, folder, Agreement(since, until) if since else None)

    def test_pack(self, name: str) -> tuple[PackReading, tuple[TestOutcome, ...]]:
        """Run the tests that a pack brings along. Raises NoSuchPackError."""
        reading = find_pack(name)
        outcomes = tuple(run_tests(reading.pack, load_library())) if reading.pack else ()
        return reading, outcomes

    def lint_pack(self, name: str, fresh_days: int = FRESH_DAYS) -> tuple[Problem, ...]:
        """Return what is wrong with a pack and the files it shares, or should be looked at.

        Args:
            name: of a shipped pack, or a folder.
            fresh_days: days for which a rule's `as_of` counts as fresh.

        Raises:
            NoSuchPackError: there is none.
        """
        reading = find_pack(name)
        others = [one.pack for one in self.rule_packs() if one.pack]
        found = lint(reading.pack, self.today(), fresh_days, others) if reading.pack else reading.problems
        return (*self.shared_problems(), *found)

    def coverage(self, document: Document, entries: Iterable[Entry], packs: Sequence[str] = ()) -> Coverage:
        """Return which rules check the duties of a document, and which of them are to be reviewed.

        Args:
            document: its current version.
            entries: its obligations, prohibitions and permissions in the register.
            packs: whose rules are looked at, by default those of all that ship.

        Raises:
            NoSuchPackError: there is no such pack.
        """
        loaded = [reading.pack for reading in self.rule_packs(packs) if reading.pack]
        return coverage_of(document, entries, [ready.rule for pack in loaded for ready in pack.rules])

    def written(self, checked: Checked, form: str, language: Language) -> bytes:
        """Return a report as the bytes of a file: "json", "html", "docx" or "md".

        Raises:
            UsageError: nothing was run, so there is nothing to write but JSON.
        """
        if form == "json":
            row = checked_to_row(checked.report, checked.problems, checked.source, checked.parties)
            return (json.dumps(row, ensure_ascii=False, indent=1) + "\n").encode()
        if checked.report is None:
            raise NothingRunError
        return write(
            memo_of(checked.report, language, checked.facts, parties=checked.parties), cast("ReportFormat", form)
        )

    def shared_problems(self) -> tuple[Problem, ...]:
        """Return what is wrong with the files that all packs share."""
        return load_library().problems


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What is run on a case: its kind, the packs, what it may state, and why it cannot be run."""

    template: Template
    packs: tuple[Pack, ...]
    scope: Scope
    problems: tuple[Problem, ...]


def refusals(readings: Sequence[PackReading], template: Template, source: str) -> Iterator[Problem]:
    """Yield why packs cannot be run on a kind of case."""
    if not readings:
        yield problem("no-pack", source, template=template.name)
    for reading in readings:
        pack = reading.pack
        if pack is None:
            errors = sum(one.severity is Severity.ERROR for one in reading.problems)
            count = "1 error" if errors == 1 else f"{errors} errors"
            yield problem("pack-refused", source, pack=reading.name, count=count, path=reading.name)
        elif template.name not in pack.templates:
            kinds = ", ".join(pack.templates)
            yield problem("pack-for-other-cases", source, pack=pack.name, template=template.name, templates=kinds)
