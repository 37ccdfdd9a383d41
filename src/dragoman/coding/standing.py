"""Where the coding of a document stands after its steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from dragoman.model.coding import (
    GRAMMAR,
    Assignment,
    CodedLine,
    CodingAct,
    CodingState,
    CodingStep,
    Decision,
)


@dataclass(slots=True)
class _Coder:
    by: str
    at: datetime
    done: bool
    changed: datetime | None = None
    lines: dict[int, CodedLine] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """The coding of one document.

    Attributes:
        doc: slug.
        version: number of the version that is coded.
        assignments: by coder.
        lines: of each coder that is a person, in text order.
        opened: whether a coordinator opened it.
        decisions: the last one on each difference: what was seen, and the decision.
    """

    doc: str
    version: int
    assignments: tuple[Assignment, ...]
    lines: Mapping[str, tuple[CodedLine, ...]]
    opened: bool
    decisions: Mapping[str, tuple[str, Decision]]

    @property
    def done(self) -> bool:
        """Whether all coders are done."""
        return bool(self.assignments) and all(one.state is CodingState.DONE for one in self.assignments)

    @property
    def blind(self) -> bool:
        """Whether nobody may see another's lines."""
        return not (self.done or self.opened)

    def of(self, coder: str) -> Assignment | None:
        """Return the assignment of a coder, None where there is none."""
        return next((one for one in self.assignments if one.coder == coder), None)


def standing_of(doc: str, steps: Iterable[CodingStep]) -> Standing:
    """Return where the coding of a document stands after its steps, oldest first."""
    coders: dict[str, _Coder] = {}
    gone: dict[str, _Coder] = {}
    decisions: dict[str, tuple[str, Decision]] = {}
    version, opened = 0, False
    for step in steps:
        if step.act is CodingAct.ASSIGN:
            again = gone.pop(step.coder, None)
            coders[step.coder] = again or _Coder(step.by, step.at, step.coder == GRAMMAR)
            version = int(step.values["version"])
        elif step.act is CodingAct.WITHDRAW and step.coder in coders:
            gone[step.coder] = coders.pop(step.coder)
        elif step.act is CodingAct.OPEN:
            opened = True
        elif step.act is CodingAct.DECIDE:
            decisions[step.values["key"]] = step.values["seen"], decision_of(step)
        elif step.coder in coders:
            opened = opened and step.act is not CodingAct.REOPEN
            _code(coders[step.coder], step)
    return Standing(
        doc,
        version,
        tuple(_assignment(doc, name, one) for name, one in sorted(coders.items())),
        {name: _sorted(one) for name, one in sorted(coders.items()) if name != GRAMMAR},
        opened,
        decisions,
    )


def _code(coder: _Coder, step: CodingStep) -> None:
    """Let a coder do a step."""
    coder.changed = step.at
    if step.act is CodingAct.SET and step.line is not None:
        unit = step.unit or step.number
        coder.lines[unit] = CodedLine(unit, step.line, step.reason, tuple(step.values.get("labels", ())))
    elif step.act is CodingAct.REMOVE:
        coder.lines.pop(step.unit, None)
    else:
        coder.done = step.act is CodingAct.DONE


def _assignment(doc: str, name: str, one: _Coder) -> Assignment:
    state = CodingState.DONE if one.done else CodingState.OPEN
    return Assignment(doc, name, state, len(one.lines), one.by, one.at, one.changed)


def _sorted(one: _Coder) -> tuple[CodedLine, ...]:
    return tuple(sorted(one.lines.values(), key=lambda each: (each.line.start, each.line.end, each.unit)))


def decision_of(step: CodingStep) -> Decision:
    """Return the decision of a step."""
    return Decision(step.number, step.values["choice"], step.line, step.by, step.at, step.reason)
