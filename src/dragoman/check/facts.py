"""Declarations of facts: `data/cases/facts.yaml` for what several packs ask, a pack's `facts.yaml` for its own."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dragoman.check.form import Form
from dragoman.check.located import Entry, Located
from dragoman.model import Bilingual, FactSchema, FactType

KEYS = ("type", "each", "unit", "question", "options", "help", "formula", "minimum", "maximum")
NEEDED = ("type", "question")
CHOICES = frozenset({FactType.CHOICE, FactType.CHOICES})
NUMBERS = frozenset({FactType.NUMBER, FactType.INTEGER})
NAME = re.compile(r"[a-z][a-z0-9_]*")
RESERVED = frozenset({"as_of", "true", "false", "and", "or", "not", "in", "if", "else"})
NOTHING = Bilingual("", "")


def read_facts(form: Form, node: Located | None) -> dict[str, FactSchema]:
    """Return the declared facts by name; what is wrong is noted with its line."""
    return {name: read_fact(form, name, entry) for name, entry in form.named(node, "facts").items()}


def read_fact(form: Form, name: str, entry: Entry) -> FactSchema:
    """Return one declaration."""
    given = form.fields(entry.value, KEYS, NEEDED, what_for=f"fact `{name}`")
    if not NAME.fullmatch(name) or name in RESERVED:
        form.faults.add("bad-name", entry.line, given=name)
    kind = form.word(given["type"].value, "type", FactType, FactType.TEXT) if "type" in given else FactType.TEXT
    _check(form, name, kind, given)
    return FactSchema(
        name=name,
        type=kind,
        question=form.at(given, "question", form.both) or NOTHING,
        each=form.text_at(given, "each"),
        unit=form.text_at(given, "unit"),
        options=tuple(
            (option, form.both(words.value, option) or Bilingual(option, option))
            for option, words in form.at(given, "options", form.named).items()
        ),
        help=form.at(given, "help", form.both),
        formula=form.text_at(given, "formula"),
        minimum=form.at(given, "minimum", form.number),
        maximum=form.at(given, "maximum", form.number),
    )


def _check(form: Form, name: str, kind: FactType, given: Mapping[str, Entry]) -> None:
    """Note keys that a fact of this type has or needs not."""
    if kind in CHOICES and "options" not in given:
        line = given["type"].line if "type" in given else None
        form.faults.add("missing-key", line, key="options", what=f"fact `{name}`")
    stray = [] if kind in CHOICES else ["options"]
    stray += [] if kind in NUMBERS else ["unit", "minimum", "maximum"]
    for key in stray:
        if key in given:
            form.faults.add("stray-key", given[key].line, key=key, fact=name, type=kind.value)
