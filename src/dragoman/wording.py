"""The words of the interface: message catalogues in English and Chinese, dates, numbers and durations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from dragoman.lexicon.failures import told
from dragoman.lexicon.packs import LOADER
from dragoman.lexicon.phrases import phrase
from dragoman.lexicon.problems import Said, said
from dragoman.model import DataPackError, DragomanError, Language, Problem
from dragoman.model.lineage import LineageField

INTERVAL = re.compile(r"P(?P<number>\d+)(?P<unit>[DWMY])")
"""A duration of one unit, as deadlines have it."""


class MissingMessageError(DataPackError):
    """A message catalogue lacks a text that a page asks for."""

    def __init__(self, language: Language, key: str) -> None:
        super().__init__(
            f"The {language.value} interface has no text “{key}”.",
            f"Add it to data/interface/{language.value}.yaml.",
        )


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All texts of the interface in one language, by dotted key."""

    language: Language
    messages: Mapping[str, str]

    def text(self, key: str, **values: object) -> str:
        """Return a text with its placeholders filled. Raises MissingMessageError."""
        if key not in self.messages:
            raise MissingMessageError(self.language, key)
        message = self.messages[key]
        return message.format(**values) if values else message

    def count(self, key: str, number: int, **values: object) -> str:
        """Return a text that depends on a number: `key.one` for 1, else `key.other`."""
        form = "one" if number == 1 else "other"
        return self.text(f"{key}.{form}", n=self.number(number), **values)

    def name(self, group: str, value: object) -> str:
        """Return the word for a value of an open list (a tag, a kind of document), else the value itself.

        What somebody added in brackets stays: "fact sheet (US side)" is said as a fact sheet.
        """
        text = str(value)
        kind, bracket, added = text.partition(" (")
        if f"{group}.{text}" not in self.messages and bracket and f"{group}.{kind}" in self.messages:
            added = self.phrase("added", added.removesuffix(")"))
            named = self.messages[f"{group}.{kind}"]
            return f"{named}（{added}）" if self.language is Language.ZH else f"{named} ({added})"
        return self.messages.get(f"{group}.{text}", text)

    def names(self, group: str) -> tuple[str, ...]:
        """Return the values of a list that have a word here, in catalogue order."""
        start = f"{group}."
        return tuple(key.removeprefix(start) for key in self.messages if key.startswith(start))

    def group(self, group: str) -> dict[str, str]:
        """Return all texts of a group by the last part of their key, for the page's own scripts."""
        return {name: self.messages[f"{group}.{name}"] for name in self.names(group)}

    def said(self, found: Problem | DragomanError) -> Said:
        """Return a problem or error in this language; in English where it cannot be said in it."""
        return said(found, self.language) if isinstance(found, Problem) else told(found, self.language)

    def phrase(self, place: str, value: str) -> str:
        """Return words of ours that fill a place, in this language; anything else as it is."""
        return str(phrase(place, value, self.language))

    def tags(self, value: str) -> str:
        """Return tags with commas between in words, as they are in English; anything else as it is."""
        tags = value.split(", ")
        named = [
            self.messages.get(f"technologies.{tag}") or self.messages.get(f"instruments.{tag}") for tag in tags
        ]
        if self.language is Language.EN or None in named:
            return value
        return self.text("word.between").join(filter(None, named))

    def change(self, field: LineageField, value: str) -> str:
        """Return the value of a field that changed between two texts, as far as its words are ours."""
        return self.tags(value) if field is LineageField.SCOPE else self.phrase(field.value, value)

    def number(self, value: int) -> str:
        """Return a whole number with thousands set off."""
        return f"{value:,}"

    def percent(self, share: float) -> str:
        """Return a share between 0 and 1 in per cent."""
        return f"{share:.0%}"

    def date(self, value: date | None) -> str:
        """Return a date in words, "" for None."""
        if value is None:
            return ""
        month = self.text(f"month.{value.month}")
        return self.text("date.day", day=value.day, month=month, year=value.year)

    def interval(self, value: str) -> str:
        """Return an ISO 8601 duration of one unit in words ("P6M": 6 months), another one as it is written."""
        match = INTERVAL.fullmatch(value)
        return self.count(f"interval.{match['unit']}", int(match["number"])) if match else value

    def time(self, value: datetime) -> str:
        """Return a moment in UTC."""
        moment = value.astimezone(UTC)
        return self.text("date.moment", day=self.date(moment.date()), time=f"{moment:%H:%M}")


def _flatten(tree: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from _flatten(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)


@cache
def catalogue(language: Language) -> Catalogue:
    """Return the texts of one language from data/interface/."""
    path = files("dragoman").joinpath("data", "interface", f"{language.value}.yaml")
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 - a safe one
    return Catalogue(language, dict(_flatten(content["messages"])))
