"""The value of a fact as a case writes it: typed by the fact's declaration, never guessed."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping

from dragoman.check.form import Form, date_of, number_of, truth_of
from dragoman.check.located import Items, Located, Scalar
from dragoman.check.problems import nearest
from dragoman.lexicon import fold
from dragoman.lexicon.countries import Countries
from dragoman.model import FactSchema, FactType, Value

UNKNOWN_WORDS = frozenset({"unknown", "未知", "不详"})
"""What a case may write for a fact that nobody knows."""

SETS = frozenset({FactType.CHOICES, FactType.COUNTRIES})
WANTED: Mapping[FactType, str] = {
    FactType.BOOLEAN: "true or false",
    FactType.NUMBER: "a number",
    FactType.INTEGER: "a whole number",
    FactType.TEXT: "a text",
    FactType.DATE: "a date as 2026-03-31",
    FactType.CHOICE: "one of its options",
    FactType.CHOICES: "a list of its options",
    FactType.COUNTRY: "one country",
    FactType.COUNTRIES: "a list of countries",
}


def is_unknown(node: Located) -> bool:
    """Return whether a value says that the fact is not known."""
    return isinstance(node, Scalar) and (node.is_empty or fold(node.text.strip()) in UNKNOWN_WORDS)


class Values:
    """Reads the values of one case file."""

    def __init__(self, form: Form, countries: Countries) -> None:
        self.form = form
        self.countries = countries

    def read(self, schema: FactSchema, node: Located) -> Value | None:
        """Return the value of a fact, None where it is unknown or wrong; what is wrong is noted."""
        if is_unknown(node):
            return None
        if schema.type in SETS:
            return self.set_of(schema, node)
        if not isinstance(node, Scalar):
            self.form.wrong(node, schema.name, WANTED[schema.type])
            return None
        return self.one(schema, node)

    def set_of(self, schema: FactSchema, node: Located) -> Value | None:
        """Return the set of a fact that has several values; an empty list is an empty set."""
        if not isinstance(node, Items):
            self.form.wrong(node, schema.name, WANTED[schema.type])
            return None
        found = set()
        for one in node.nodes:
            if not isinstance(one, Scalar) or is_unknown(one):
                self.form.wrong(one, schema.name, WANTED[schema.type])
                return None
            value = self.one(schema, one)
            if value is None:
                return None
            found.add(str(value))
        return frozenset(found)

    def one(self, schema: FactSchema, node: Scalar) -> Value | None:
        """Return a single value."""
        readers: Mapping[FactType, Callable[[FactSchema, Scalar], Value | None]] = {
            FactType.NUMBER: self.number,
            FactType.INTEGER: self.number,
            FactType.CHOICE: self.choice,
            FactType.CHOICES: self.choice,
            FactType.COUNTRY: self.country,
            FactType.COUNTRIES: self.country,
        }
        return readers.get(schema.type, self.plain)(schema, node)

    def plain(self, schema: FactSchema, node: Scalar) -> Value | None:
        """Return a truth value, a date or a text."""
        found: Value | None = node.text
        if schema.type is FactType.BOOLEAN:
            found = truth_of(node.text)
        elif schema.type is FactType.DATE:
            found = date_of(node.text)
        if found is None:
            self.form.wrong(node, schema.name, WANTED[schema.type])
        return found

    def number(self, schema: FactSchema, node: Scalar) -> Value | None:
        """Return a number in the fact's own unit."""
        text, unit = split_unit(node.text)
        found = number_of(text)
        if found is not None and unit and fold(unit) != fold(schema.unit):
            self.form.faults.add(
                "wrong-unit", node.line, fact=schema.name, given=unit, unit=schema.unit or "no unit"
            )
            return None
        if found is not None and schema.type is FactType.INTEGER:
            found = int(found) if found == int(found) else None
        if found is None:
            wanted = WANTED[schema.type] + (f" of {schema.unit}" if schema.unit else "")
            self.form.wrong(node, schema.name, wanted)
            return None
        return found if self.within(schema, node, found) else None

    def within(self, schema: FactSchema, node: Scalar, number: float) -> bool:
        """Return whether a number lies within the bounds of its fact."""
        low, high = schema.minimum, schema.maximum
        fits = (low is None or number >= low) and (high is None or number <= high)
        if not fits:
            bounds = f"{'' if low is None else f'{low:g}'} to {'' if high is None else f'{high:g}'}".strip()
            self.form.faults.add("out-of-bounds", node.line, fact=schema.name, given=node.text, bounds=bounds)
        return fits

    def choice(self, schema: FactSchema, node: Scalar) -> Value | None:
        """Return the option that is named, by its key or by its exact words in either language."""
        options = dict(schema.options)
        if node.text in options:
            return node.text
        given = fold(node.text.strip())
        named = [key for key, words in schema.options if given in {fold(key), fold(words.en), fold(words.zh)}]
        if len(named) == 1:
            return named[0]
        near = nearest(node.text, options)
        self.form.faults.add("not-an-option", node.line, fact=schema.name, given=node.text[:60], near=near)
        return None

    def country(self, schema: FactSchema, node: Scalar) -> Value | None:
        """Return the code of a country named by code or by name."""
        code = self.countries.code(node.text)
        if code is None:
            names = [title.en for title in self.countries.titles.values()]
            close = difflib.get_close_matches(node.text, names, n=1, cutoff=CLOSE_NAME)
            near = f"Did you mean `{close[0]}`?" if close else ANY_COUNTRY
            self.form.faults.add("unknown-country", node.line, fact=schema.name, given=node.text[:60], near=near)
        return code


CLOSE_NAME = 0.8
"""How alike two names of countries must be for one to be offered for the other."""
ANY_COUNTRY = "Write its two-letter code (ISO 3166-1), for instance GB; name each country of a bloc."


def split_unit(text: str) -> tuple[str, str]:
    """Return the number and the unit of `51 %`, `25,000 USD` or `USD 25,000`; "" for what is absent."""
    text = text.strip()
    start = next((i for i, sign in enumerate(text) if sign.isdigit() or sign in "+-."), len(text))
    end = max((i + 1 for i, sign in enumerate(text) if sign.isdigit()), default=start)
    before, number, after = text[:start].strip(), text[start:end].strip(), text[end:].strip()
    return (text, "") if before and after else (number, before or after)
