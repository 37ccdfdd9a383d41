"""The language that the command line speaks: which one was chosen, and its own words in it.

What a command says is English where it is written; `data/interface/screen.yaml` has the same in Chinese.
Quotations, names and everything printed with `--json` stay as they are.
"""

from __future__ import annotations

import os
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from dragoman.model import DragomanError, Language, Problem, UsageError

if TYPE_CHECKING:
    from dragoman.model.lineage import LineageField
    from dragoman.wording import Catalogue

VARIABLE = "DRAGOMAN_LANGUAGE"
"""Environment variable of the language, where `--interface` is not given."""
ENGLISH = "english_help"
"""Where a command keeps its help as it is written."""
_spoken: ContextVar[Language] = ContextVar("spoken", default=Language.EN)


class UnspokenError(UsageError):
    """The command line does not speak this language."""

    def __init__(self, value: str) -> None:
        super().__init__(
            f"The command line does not speak `{value}`.", f"Give --interface or {VARIABLE} as en or zh."
        )


def speak(code: str | None) -> Language:
    """Let messages be in a language, English where none is named, and return it. Raises UnspokenError."""
    value = (code or Language.EN.value).strip().lower()
    if value not in set(Language):
        raise UnspokenError(value)
    _spoken.set(Language(value))
    return Language(value)


def speak_as_set() -> Language:
    """Let messages be in the language of the environment, English where it names none that is spoken."""
    value = os.environ.get(VARIABLE, "").strip().lower()
    return speak(value if value in set(Language) else None)


def spoken() -> Language:
    """Return the language of messages."""
    return _spoken.get()


def of_report(given: str | None) -> Language:
    """Return the language of a report: the one given, else the one that is spoken. Raises UnknownValueError."""
    from dragoman.cli.filters import known  # noqa: PLC0415 - it needs what is said here

    return spoken() if given is None else Language(known("language", [given], Language)[0])


def word(place: str, text: str) -> str:
    """Return words of ours that stand in a place (`screen`, `head`, `cell`, `help`) in the language spoken."""
    return text if spoken() is Language.EN else _catalogue().phrase(place, text)


def name(group: str, value: str) -> str:
    """Return the word of the pages for a value (`kind`, `state`, `technologies`), the value itself in English."""
    return value if spoken() is Language.EN else _catalogue().name(group, value)


def changed(field: LineageField, value: str) -> str:
    """Return the value of a field that changed between two texts in the language spoken, as far as it is ours."""
    return value if spoken() is Language.EN else _catalogue().change(field, value)


def worded(found: Problem | DragomanError) -> tuple[str, str]:
    """Return what is wrong and what to do in the language spoken; in English where it cannot be said in it."""
    if spoken() is Language.EN:
        return found.message, found.remedy
    said = _catalogue().said(found)
    return said.message, said.remedy


def in_one(found: Problem | DragomanError) -> str:
    """Return what is wrong and what to do as one text; Chinese sentences have no blank between."""
    return ("" if spoken() is Language.ZH else " ").join(worded(found))


def put_into_words(command: Any) -> None:  # noqa: ANN401 - the type is private to typer
    """Put the help of a command and of its options into the language spoken."""
    if spoken() is Language.EN and not hasattr(command, ENGLISH):
        return
    for part in (command, *command.params):
        if not hasattr(part, ENGLISH):
            setattr(part, ENGLISH, (getattr(part, "help", "") or "").strip())
        if getattr(part, ENGLISH):
            part.help = word("help", getattr(part, ENGLISH))


def put_all_into_words(command: Any) -> None:  # noqa: ANN401 - the type is private to typer
    """Put the help of a command and of all commands under it into the language spoken."""
    put_into_words(command)
    for below in getattr(command, "commands", {}).values():
        put_all_into_words(below)


def _catalogue() -> Catalogue:
    from dragoman.wording import catalogue  # noqa: PLC0415 - slow to load

    return catalogue(spoken())
