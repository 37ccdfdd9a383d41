"""The tests that a pack brings along: facts in, findings out; what differs is told with both sides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dragoman.check.case_file import open_node, read_case
from dragoman.check.contradictions import contradictions
from dragoman.check.form import Form, is_given
from dragoman.check.judge import PAIR, check_case
from dragoman.check.library import Library
from dragoman.check.located import Fields, Items, Located
from dragoman.check.pack import Pack, PackCase
from dragoman.check.packs import load_template
from dragoman.check.problems import Faults, nearest, serious
from dragoman.check.scopes import scope_for
from dragoman.model import CheckReport, Finding, Problem, Result

KEYS = ("name", "as_of", "case", "expect", "note")
EXPECT = ("outcome", "findings", "missing")
NONE = "none"
"""Expected of a rule that gives no finding."""
RESULTS = (*(result.value for result in Result), NONE)
SUBJECT = re.compile(r"\s+@\s+")
STANDING = re.compile(r"(.+?)\s+\(([a-z ]+)\)")
PLACE = re.compile(r"[a-z_]+\[\d+\]")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that came out otherwise.

    Attributes:
        what: "outcome", or the finding as the test names it.
        expected, found: in words.
        line: in the file of the test.
    """

    what: str
    expected: str
    found: str
    line: int


@dataclass(frozen=True, slots=True)
class TestOutcome:
    """What running one test of a pack gave.

    Attributes:
        name, path, line: of the test.
        differences: none where it passed.
        problems: for which it could not be run.
    """

    __test__ = False

    name: str
    path: str
    line: int
    differences: tuple[Difference, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def passed(self) -> bool:
        """Return whether everything came out as expected."""
        return not self.differences and not serious(self.problems)


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a test says of one rule: its results, or its missing facts."""

    key: str
    rule: str
    standing: str
    places: str
    node: Located
    line: int


def run_tests(pack: Pack, library: Library) -> Iterator[TestOutcome]:
    """Yield the outcome of each test of a pack, in order of files."""
    for case in pack.cases:
        yield run_test(pack, case, library)


def run_test(pack: Pack, test: PackCase, library: Library) -> TestOutcome:
    """Return what running one test gave."""
    form = Form(Faults(test.path))
    given = form.fields(test.node, KEYS, ("as_of", "case", "expect"), what_for="test")
    as_of = form.at(given, "as_of", form.day)
    node = given["case"].value if "case" in given else None
    if as_of is None or not isinstance(node, Fields) or "expect" not in given:
        return TestOutcome(test.name, test.path, test.line, problems=tuple(form.faults.found))
    report = judged(pack, node, form, as_of, library)
    if report is None:
        return TestOutcome(test.name, test.path, test.line, problems=tuple(form.faults.found))
    differences = tuple(compared(pack, form, given["expect"].value, report))
    return TestOutcome(test.name, test.path, test.line, differences, tuple(form.faults.found))


def judged(pack: Pack, node: Fields, form: Form, as_of: date, library: Library) -> CheckReport | None:
    """Return the report on the case of a test, None where the case is refused (then it is noted)."""
    opened = open_node(node, form, library.templates)
    template = load_template(opened.template) if opened.node is not None else None
    if template is None:
        return None
    case = read_case(opened, scope_for(template, (pack,), library)).case
    if case is None:
        return None
    wrong = contradictions(case, (pack,), as_of, form.faults.source)
    form.faults.found += wrong
    return None if wrong else check_case(case, (pack,), as_of, template)


def compared(pack: Pack, form: Form, node: Located, report: CheckReport) -> Iterator[Difference]:
    """Yield where a report differs from what is expected."""
    given = form.fields(node, EXPECT, what_for="`expect`")
    outcome = form.text_at(given, "outcome")
    if outcome and outcome not in RESULTS:
        form.wrong(given["outcome"].value, "outcome", "one of: " + ", ".join(RESULTS))
    elif outcome and outcome != report.outcome.value:
        yield Difference("outcome", outcome, report.outcome.value, given["outcome"].line)
    for expectation in expectations(pack, form, given["findings"].value if "findings" in given else None):
        yield from compared_result(form, expectation, report)
    for expectation in expectations(pack, form, given["missing"].value if "missing" in given else None):
        yield from compared_missing(form, expectation, report)


def expectations(pack: Pack, form: Form, node: Located | None) -> Iterator[Expectation]:
    """Yield what a test says of single rules: `rule`, `rule (standing)`, `rule @ items[0] x destinations[1]`."""
    for key, entry in form.named(node, "findings").items():
        name, *places = SUBJECT.split(key, maxsplit=1)
        standing = STANDING.fullmatch(name)
        rule = standing[1] if standing else name
        if pack.rule(rule) is None:
            near = nearest(rule, (ready.rule.id.partition("/")[2] for ready in pack.rules))
            form.faults.add("unknown-rule", entry.line, key="expect", given=rule, near=near)
            continue
        full = rule if "/" in rule else f"{pack.name}/{rule}"
        at = places[0] if places else ""
        yield Expectation(key, full, standing[2] if standing else "", at, entry.value, entry.line)


def chosen(expectation: Expectation, report: CheckReport) -> list[Finding]:
    """Return the findings that an expectation speaks of."""
    return [
        finding
        for finding in report.findings
        if finding.rule == expectation.rule
        and expectation.standing in {"", finding.standing.value}
        and expectation.places in {"", places_in(finding.subject)}
    ]


def places_in(subject: str) -> str:
    """Return the subject of a finding without the names of its members."""
    return PAIR.join(found[0] for part in subject.split(PAIR) if (found := PLACE.match(part)))


def compared_result(form: Form, expectation: Expectation, report: CheckReport) -> Iterator[Difference]:
    """Yield the difference where a finding has not the expected result."""
    expected = form.text(expectation.node, expectation.key)
    if expected not in RESULTS:
        form.wrong(expectation.node, expectation.key, "one of: " + ", ".join(RESULTS))
        return
    findings = chosen(expectation, report)
    results = {finding.result.value for finding in findings} or {NONE}
    if results != {expected}:
        yield Difference(expectation.key, expected, told(findings) or NONE, expectation.line)


def told(findings: Sequence[Finding]) -> str:
    """Return results with their subjects, missing facts and open comparisons."""
    return "; ".join(
        " ".join(
            filter(
                None,
                (
                    finding.result.value,
                    f"@ {finding.subject}" if finding.subject else "",
                    f"(missing {', '.join(m.fact for m in finding.missing)})" if finding.missing else "",
                ),
            )
        )
        for finding in findings
    )


def compared_missing(form: Form, expectation: Expectation, report: CheckReport) -> Iterator[Difference]:
    """Yield the difference where other facts are missing than expected."""
    node = expectation.node
    if not isinstance(node, Items) and is_given(node):
        form.wrong(node, expectation.key, "a list of facts")
        return
    expected = set(form.texts(node, expectation.key))
    found = {missing.fact for finding in chosen(expectation, report) for missing in finding.missing}
    if expected != found:
        yield Difference(f"missing of {expectation.key}", listed(expected), listed(found), expectation.line)


def listed(names: set[str]) -> str:
    """Return names for a message."""
    return ", ".join(sorted(names)) or NONE
