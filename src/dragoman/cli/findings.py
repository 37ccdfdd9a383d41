"""Checked cases and rules as text for the screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from dragoman.cli.speaking import in_one, name, spoken, word
from dragoman.cli.tables import COLOURS, counted, indented, styled
from dragoman.model import Bilingual, CheckReport, Confidence, Finding, Missing, Problem, Result, Standing

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

OPEN = (Result.NOT_MET, Result.CONFLICT, Result.UNKNOWN)
CLOSED = frozenset({Result.MET, Result.NOT_APPLICABLE})
"""Outcomes with nothing left to do."""
LOOKS: Mapping[Result, str] = {
    Result.MET: "green",
    Result.NOT_MET: "bold red",
    Result.UNKNOWN: "yellow",
    Result.CONFLICT: "bold magenta",
    Result.NOT_APPLICABLE: "dim",
}


def report_text(report: CheckReport) -> Iterator[RenderableType]:
    """Yield a report: outcome, open items, what is met, what does not count, what to ask, what is not covered."""
    head = styled(word("check", "outcome: "), "bold").append(
        name("result", report.outcome.value), style=LOOKS[report.outcome]
    )
    yield head.append(
        word("check", f"  (law of {report.as_of}; {', '.join(report.packs)})") + "\n", style="default"
    )
    counts = [finding for finding in report.findings if finding.counted]
    yield from (open_text(finding) for finding in counts if finding.result in OPEN)
    yield from (line_of(finding) for finding in counts if finding.result is Result.MET)
    aside = [one for one in report.findings if not one.counted and one.result is not Result.NOT_APPLICABLE]
    if aside:
        yield styled(
            "\n" + word("check", "beside the outcome (offers, notices, law that is not applied, open slots):"),
            "bold",
        )
        yield from map(line_of, aside)
    left = sum(finding.result is Result.NOT_APPLICABLE for finding in report.findings)
    yield styled("\n" + word("check", f"not applicable: {counted(left, 'finding')}"), "dim")
    yield from what_next(report)


def what_next(report: CheckReport) -> Iterator[RenderableType]:
    """Yield the facts to ask for, and what the packs do not cover."""
    if report.ask:
        yield styled("\n" + word("check", "ask first, what settles most on top:"), "bold")
        yield from (styled(f"  {asked(missing)}", "") for missing in report.ask[:MOST_ASKED])
    if len(report.ask) > MOST_ASKED:
        yield styled(word("check", f"  and {counted(len(report.ask) - MOST_ASKED, 'more fact')}"), "dim")
    yield styled("\n" + word("check", "what this does not cover:"), "bold")
    yield from (styled(f"  {pack}: {in_words(text)}", "") for pack, text in report.not_covered)


MOST_ASKED = 12
"""Facts named under `ask first`."""


def in_words(text: Bilingual) -> str:
    """Return a text of a pack in the language that is spoken."""
    return text.text(spoken().value)


def asked(missing: Missing) -> str:
    """Return a missing fact with its question."""
    where = f"{missing.subject}." if missing.subject else ""
    return f"{where}{missing.fact}: {in_words(missing.question)}"


def line_of(finding: Finding) -> Text:
    """Return a finding on a line: result, subject, title, citation, how sure, and what limits it."""
    head = styled(name("result", finding.result.value), LOOKS[finding.result]).append(
        f"  {finding.rule}", style="bold"
    )
    if finding.subject:
        head.append(f" @ {finding.subject}", style="default")
    head.append(f"  {in_words(finding.title)}", style="default")
    return head.append(f"  [{'; '.join(limits(finding))}]", style="dim")


def limits(finding: Finding) -> list[str]:
    """Return the citation and what a reader must weigh."""
    found = [finding.citation, name("rule_confidence", finding.confidence.value)]
    if finding.standing is not Standing.IN_FORCE:
        found.append(name("standing", finding.standing.value))
    if not finding.counted:
        found.append(word("check", f"{name('rule_force', finding.force.value)}, not counted"))
    elif finding.confidence is Confidence.UNVERIFIED:
        found.append(word("check", "verify before relying on it"))
    return found


def open_text(finding: Finding) -> RenderableType:
    """Return an open finding: its line, then what is asked for, why, and what to do."""
    body = styled("", "")
    rows: list[tuple[str, str]] = [("ask", asked(missing)) for missing in finding.missing]
    rows += [("why", in_words(text)) for text in (finding.because,) if text]
    if finding.result is Result.NOT_MET:
        rows += [("compared", compared(finding))]
        rows += [("do", in_words(text)) for text in (finding.remedy,) if text]
    rows += [("note", in_words(text)) for text in (finding.note,) if text]
    for number, (what, text) in enumerate(rows):
        body.append("\n" * (number > 0) + f"{word('check', what)}: ", style="dim").append(text, style="default")
    return indented(line_of(finding), body)


def compared(finding: Finding) -> str:
    """Return the comparisons of a rule with the values they were made with."""
    return "; ".join(
        word("check", f"{step.text} is {name('truth', step.truth.value)}")
        + "".join(f", {fact} = {value}" for fact, value in zip(step.facts, step.values, strict=True))
        for step in finding.trace
        if step.part in {"applies", "requires"}
    )


def file_problem(problem: Problem) -> Text:
    """Return a problem of a case or pack on a line: file, line, what, remedy."""
    where = problem.source + (f":{problem.line}" if problem.line else "")
    text = styled(f"{word('cell', problem.severity.value)} ", COLOURS[problem.severity])
    return text.append(f"{where}: {in_one(problem)} [{problem.code}]", style="default")


def bilingual_rows(text: Bilingual | None, name: str) -> Sequence[tuple[str, str]]:
    """Return rows for a sentence in both languages, none for none."""
    return ((name, text.en), ("", text.zh)) if text else ()
