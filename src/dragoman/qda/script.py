"""IG Script: a provision as an encoded statement of the Institutional Grammar 2.0 (Frantz and Siddiki).

    A(Norway [AND] Singapore) D[stringency=intended](intend to) I(complete) Bdir(a joint mapping) Cex(by May)

Attributes are the actors, the deontic is the trigger, the aim is the verb phrase without its object, the object is
Bdir, counterparties are Bind, a stated condition is an activation condition (Cac), deadline and sums of money are
execution constraints (Cex). A measure has no deontic, nor
has a line whose trigger is its verb. The parser has no escape sign:
brackets of every kind within a component are written in their full-width forms; the sentence stands beside.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dragoman.model import Entry, Kind, Provision

FULL_WIDTH = str.maketrans("()[]{}", "（）［］｛｝")
STRINGENCY = {4: "binding", 3: "firm", 2: "intended", 1: "exploratory"}


def ig_script(line: Provision) -> str:
    """Return a provision as one statement of IG Script; components that it does not name are left out."""
    return " ".join(_components(line))


def _components(line: Provision) -> Iterator[str]:
    if line.actors:
        yield _component("A", *line.actors)
    if line.kind is not Kind.MEASURE and line.trigger and not _is_the_act(line):
        yield _component(f"D[stringency={STRINGENCY[line.force]}]", line.trigger)
    yield from _act(line)
    if line.counterparties:
        yield _component("Bind", *line.counterparties)
    if line.conditions:
        yield _component("Cac", line.conditions)
    if line.deadline and line.deadline.text:
        yield _component("Cex", line.deadline.text)
    for amount in line.amounts:
        yield _component("Cex", amount.text)


def _is_the_act(line: Provision) -> bool:
    """Return whether the trigger is the verb of the aim itself ("are launching"), and no modal before it."""
    words = line.trigger.split()
    return bool(words) and line.aim.startswith(words[-1])


def _act(line: Provision) -> Iterator[str]:
    """Yield aim and direct object; the aim without the object where it ends with it, else whole."""
    aim, own = line.aim.strip(), line.object.strip()
    if own and aim.endswith(own) and aim != own:
        yield _component("I", aim.removesuffix(own).strip())
        yield _component("Bdir", own)
        return
    yield _component("I", aim or line.trigger or line.kind.value)
    if own and own != aim:
        yield _component("Bdir", own)


def _component(symbol: str, *values: str) -> str:
    return f"{symbol}({' [AND] '.join(escaped(value) for value in values)})"


def escaped(text: str) -> str:
    """Return a text that the parser reads as text: on one line, brackets in their full-width forms."""
    return " ".join(text.translate(FULL_WIDTH).split())


def ig_rows(entries: Iterable[Entry]) -> Iterator[dict[str, Any]]:
    """Yield a row for each line: id, document, encoded statement, original sentence, kind, force, coder."""
    for entry in entries:
        line = entry.provision
        yield {
            "id": line.id,
            "doc": line.doc,
            "statement": ig_script(line),
            "original": line.quote.exact,
            "kind": line.kind.value,
            "force": line.force,
            "coder": line.coder,
        }
