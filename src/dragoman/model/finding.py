"""Findings: what a rule says of a case, with the comparison, the citation and the facts that are missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dragoman.model.case import Case
from dragoman.model.problem import Problem
from dragoman.model.rule import Bilingual, Confidence, Force, Standing


class Result(StrEnum):
    """The result of a rule, and the outcome of a case."""

    MET = "met"
    NOT_MET = "not met"
    UNKNOWN = "unknown"
    CONFLICT = "conflict"
    NOT_APPLICABLE = "not applicable"


class Truth(StrEnum):
    """Kleene's three values."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Step:
    """One comparison of a trace.

    Attributes:
        part: "applies", "requires", "excepted by RULE" or "yields to RULE".
        text: the comparison as it stands in the rule.
        facts: names of the facts it uses, derived ones replaced by what they are derived from as well.
        values: what those facts are, in the same order, as text; "unknown" for a missing one.
        truth: see `Truth`.
    """

    part: str
    text: str
    facts: tuple[str, ...]
    values: tuple[str, ...]
    truth: Truth


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that can still change a result.

    Attributes:
        fact: its name.
        subject: "" for the case, else the member ("items[2]").
        question: what to ask.
    """

    fact: str
    subject: str
    question: Bilingual


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says of one subject.

    Attributes:
        rule: id of the rule.
        pack: name of its pack.
        title: the rule in one sentence.
        result: see `Result`.
        force, standing, confidence: of the rule's version on the day.
        subject: "" for the case, else the member ("items[2] NVIDIA H100 SXM").
        citation, url, as_of, jurisdiction: of the version.
        missing: facts that can still change an unknown result; only those that can.
        trace: each comparison that was looked at.
        because: in words, why a rule is not applicable, excepted or in conflict.
        remedy: what to do when it is not met.
        note: what a reader must know of the version.
        counted: whether it bears on the outcome of the case.
    """

    rule: str
    pack: str
    title: Bilingual
    result: Result
    force: Force
    standing: Standing
    confidence: Confidence
    citation: str
    as_of: date
    jurisdiction: str
    counted: bool
    subject: str = ""
    url: str = ""
    missing: tuple[Missing, ...] = ()
    trace: tuple[Step, ...] = ()
    because: Bilingual | None = None
    remedy: Bilingual | None = None
    note: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The findings on a case on a day.

    Attributes:
        case: as given.
        as_of: the day whose law was applied.
        outcome: `not met` when a counted `must` is not met; else `conflict` or `unknown` when one is; else `met`;
            `not applicable` when no rule bears on the case.
        findings: open items first: not met, conflict, unknown, met, not applicable; in each by pack and rule.
        ask: missing facts of all counted findings, the one that can settle most first.
        packs: names and versions of the packs that were run.
        not_covered: what those packs say they do not cover.
        problems: of the case file and of the packs.
    """

    case: Case
    as_of: date
    outcome: Result
    findings: tuple[Finding, ...]
    ask: tuple[Missing, ...]
    packs: tuple[str, ...]
    not_covered: tuple[tuple[str, Bilingual], ...] = ()
    problems: tuple[Problem, ...] = ()
