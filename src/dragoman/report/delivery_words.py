"""How delivery is put into words: days, states, stages, scores, who acts, and how a day came about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from dragoman.model import Assessment, BoardRow, DueItem, DueRule, DueState, Language, Provision, Stage
from dragoman.model.track_format import score_text
from dragoman.report.blocks import Line, Run, Style
from dragoman.wording import Catalogue, catalogue

LOOKS: Mapping[DueState, Style] = {
    DueState.OVERDUE: Style.BAD,
    DueState.DUE_30: Style.OPEN,
    DueState.DUE_90: Style.OPEN,
    DueState.DELIVERED: Style.GOOD,
    DueState.VAGUE: Style.SOFT,
    DueState.UNDATED: Style.SOFT,
}
_YEARS_AND_MONTHS = re.compile(r"P(?P<years>\d+)Y(?P<months>\d+)M")
NONE = Run("–", Style.SOFT)
"""Stands where nothing is recorded."""
SHORT = 260
"""Characters of a sentence in a table; the annex has all of it."""
LEAD = 80
"""Characters that are kept before the trigger of a sentence that is cut."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Puts delivery into the words of one language.

    Attributes:
        texts: the words.
        names: what actors are called, by canonical name; an actor that is not there keeps its own.
        numbers: number of each line in the report, by id.
    """

    texts: Catalogue
    names: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)

    def text(self, key: str, **values: object) -> str:
        """Return a text of the catalogue."""
        return self.texts.text(key, **values)

    def count(self, key: str, number: int, **values: object) -> str:
        """Return a text that depends on a number."""
        return self.texts.count(key, number, **values)

    def listed(self, words: Iterable[str]) -> str:
        """Return words as a list."""
        return self.text("word.between").join(words)

    def day(self, value: date | None) -> str:
        """Return a day for a table."""
        return value.isoformat() if value else "–"

    def ref(self, provision: str) -> str:
        """Return the number of a line as the report shows it."""
        number = self.numbers.get(provision)
        return f"C{number}" if number else provision

    def refs(self, provisions: Iterable[str]) -> str:
        """Return the numbers of lines."""
        return self.listed(map(self.ref, provisions))

    def actors(self, names: Sequence[str]) -> str:
        """Return who acts."""
        return self.listed(self.names.get(name, name) for name in names)

    def owner(self, row: BoardRow) -> Line:
        """Return who is to act, or that nobody is named."""
        if row.owners:
            return (Run(self.actors(row.owners)),)
        return (Run(self.text("delivery.nobody"), Style.SOFT),)

    def counterpart(self, row: BoardRow) -> Line:
        """Return toward or with whom."""
        return (Run(self.actors(row.counterparts) or "–"),)

    def party(self, name: str) -> str:
        """Return whose score it is."""
        return self.names.get(name, name) if name else self.text("delivery.together")

    def state(self, state: DueState) -> Run:
        """Return a state in its look."""
        return Run(self.texts.name("due_state", state.value), LOOKS.get(state, Style.PLAIN))

    def stage(self, stage: Stage | None) -> Run:
        """Return a stage, or a dash where there is none."""
        return Run(self.texts.name("stage", stage.value)) if stage else NONE

    def claimed(self, row: BoardRow) -> Line:
        """Return what a party says of itself."""
        return (self.stage(row.status.claimed),)

    def verified(self, row: BoardRow) -> Line:
        """Return what accepted independent evidence supports."""
        return (self.stage(row.status.verified),)

    def score(self, verdicts: Sequence[Assessment]) -> Line:
        """Return the scores of a line, each with its party."""
        if not verdicts:
            return (NONE,)
        alone = len(verdicts) == 1 and not verdicts[0].party
        words = (
            score_text(verdict.score) if alone else f"{self.party(verdict.party)} {score_text(verdict.score)}"
            for verdict in verdicts
        )
        return (Run(self.listed(words)),)

    def lateness(self, days: int | None) -> str:
        """Return the days until due in words, "" where there is no day."""
        if days is None:
            return ""
        if days == 0:
            return self.text("days_due.today")
        if days < 0:
            return self.count("days_due.late", -days)
        return self.count("days_due.left", days)

    def basis(self, item: DueItem, line: Provision) -> str:
        """Return how a day came about, or why there is none."""
        words = self._rule(item)
        if item.begins:
            words = self.listed((self.text("due_basis.begins"), words)) if words else self.text("due_basis.begins")
        if item.instance:
            words = self.listed((self.text("due_basis.instance", n=item.instance), words))
        if line.deadline and line.deadline.text and item.rule is not DueRule.EVENT:
            said = self.text("due_basis.words", text=line.deadline.text)
            words = (
                said
                if item.rule is DueRule.STATED and not item.begins
                else self.listed(filter(None, (words, said)))
            )
        return words

    def _rule(self, item: DueItem) -> str:
        start, period = self.day(item.start), self.texts.interval(one_unit(item.period))
        counted = self.period(item.period)
        match item.rule:
            case DueRule.STATED:
                return self.text("due_basis.stated")
            case DueRule.RELATIVE:
                return self.text("due_basis.relative", period=counted, start=start)
            case DueRule.RECURRING:
                return self.text("due_basis.recurring", period=period, start=start)
            case DueRule.EVENT:
                return self._event(item, counted)
            case DueRule.NONE:
                if item.period and not item.event:
                    return self.text("due_basis.recurring_undated", period=period)
                return self.text("due_basis.awaited", event=item.event) if item.event else ""

    def period(self, iso: str) -> str:
        """Return a period with its number, also where that is one: "every year", but "1 year after"."""
        words = self.texts.interval(one_unit(iso))
        if words[:1].isdigit() or not words:
            return words
        return f"1{words}" if self.texts.language is Language.ZH else f"1 {words}"

    def _event(self, item: DueItem, period: str) -> str:
        values = {"event": item.event, "start": self.day(item.start)}
        if not item.period:
            return self.text("due_basis.event", **values)
        if item.period.startswith("-"):
            return self.text("due_basis.event_before", period=period, **values)
        return self.text("due_basis.event_after", period=period, **values)

    def due(self, row: BoardRow) -> Line:
        """Return the day that presses most, how late it is, how it came about, and how many more are overdue."""
        item = pressing(row)
        late = self.lateness(item.days) if row.state is not DueState.DELIVERED else ""
        runs = [Run(self.day(row.due), Style.STRONG)] if row.due else []
        if row.due and late:
            runs.append(Run(f" ({late})"))
        basis = self.basis(item, row.entry.provision)
        if basis:
            runs.append(Run(f"{' — ' if runs else ''}{basis}", Style.SOFT))
        more = sum(one.state is DueState.OVERDUE for one in row.status.due) - 1
        if more > 0:
            runs.append(Run(f"; {self.count('delivery.more_instances', more)}"))
        return tuple(runs) or (Run("–"),)


def one_unit(iso: str) -> str:
    """Return a period without its sign, years and months together as months, any other as it is."""
    match = _YEARS_AND_MONTHS.fullmatch(iso.removeprefix("-"))
    return f"P{int(match['years']) * 12 + int(match['months'])}M" if match else iso.removeprefix("-")


def pressing(row: BoardRow) -> DueItem:
    """Return the instance that gives a row its state."""
    return next(item for item in row.status.due if (item.state, item.due) == (row.state, row.due))


def sentence(line: Provision, most: int = SHORT) -> Line:
    """Return the sentence of a line with its trigger marked, cut to so many characters around the trigger."""
    text, at = line.quote.exact, line.trigger_start - line.start
    inside = bool(line.trigger) and at >= 0 and text[at : at + len(line.trigger)] == line.trigger
    if not inside:
        return (Run(text if len(text) <= most else text[: most - 1].rstrip() + "…"),)
    end = at + len(line.trigger)
    first = 0 if len(text) <= most or end <= most // 2 else _word_start(text, max(0, at - LEAD))
    last = len(text) if len(text) - first <= most else _word_end(text, max(end, first + most))
    before = ("…" if first else "") + text[first:at]
    after = text[end:last] + ("…" if last < len(text) else "")
    return tuple(run for run in (Run(before), Run(line.trigger, Style.STRONG), Run(after)) if run.text)


def _word_start(text: str, at: int) -> int:
    """Return the start of the first word at or after a place, nearby; Chinese needs no blank."""
    blank = text.find(" ", at, at + 20)
    return blank + 1 if at and blank >= 0 else at


def _word_end(text: str, at: int) -> int:
    """Return the end of the last whole word before a place, nearby."""
    blank = text.rfind(" ", max(0, at - 20), at)
    return blank if blank > 0 else at


def speaker_of(
    language: Language, names: Mapping[str, str] | None = None, numbers: Mapping[str, int] | None = None
) -> Speaker:
    """Return who speaks a language."""
    return Speaker(catalogue(language), names or {}, numbers or {})
