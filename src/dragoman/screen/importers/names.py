"""Names as lists write them: a.k.a. before and between them, control characters, marks that are no letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from dragoman.model import ListedName, NameKind
from dragoman.screen.importers.faults import words_of

_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]")
"""Marks of direction and breaks: they are no part of a name. Joiners stay; Persian and Hindi spell with them."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SPACE = re.compile(r"\s+")
_AND = re.compile(r"^(?:and|or)\s+", re.IGNORECASE)
_EDGES = " ,;:"
_SCRIPT_NOTE = re.compile(r"\s*\(original script\)", re.IGNORECASE)


def clean(text: str) -> str:
    """Return a text in one line, composed, without control characters and marks of direction."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    plain = _CONTROL.sub(" ", _INVISIBLE.sub("", text))
    return unicodedata.normalize("NFC", _SPACE.sub(" ", plain)).strip()


def has_control(text: str) -> bool:
    """Return whether a text holds control characters other than tabs and line ends."""
    return bool(_CONTROL.search(text))


@cache
def _markers() -> re.Pattern[str]:
    words = words_of("aliases")
    also, formerly, now = ("|".join(words[key]) for key in ("also", "formerly", "now"))
    return re.compile(rf"\(?(?<![^\W_])(?:(?P<also>{also}|{now})|(?P<formerly>{formerly}))[,:]?\s+", re.IGNORECASE)


def split_names(text: str, kind: NameKind = NameKind.ALIAS) -> Iterator[ListedName]:
    """Yield the names in one text, as written.

    "a.k.a. Foo" is Foo; "Foo (a.k.a., Bar)" is itself as written, then Foo and Bar; "f.k.a. Foo" is a former name.

    Args:
        text: as the list writes it.
        kind: of a name that says nothing of itself.
    """
    text = clean(text)
    if kind is not NameKind.PRIMARY:
        text = _AND.sub("", text)
    marks = list(_markers().finditer(text))
    if not marks:
        yield from _named(text, kind)
        return
    before = text[: marks[0].start()]
    if before.strip(_EDGES):
        yield from _named(text, kind)
        yield from _named(before, NameKind.ALIAS if kind is NameKind.PRIMARY else kind)
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    for mark, end in zip(marks, ends, strict=True):
        own = NameKind.FORMER if mark["formerly"] else NameKind.ALIAS if kind is NameKind.PRIMARY else kind
        for part in text[mark.end() : end].split(";"):
            yield from _named(part, own)


def several(text: str) -> list[str]:
    """Return the names of one cell: "Foo; Bar", and "名 (Foo; Bar)" where the brackets hold names, too."""
    if ";" not in text:
        return [text]
    parts: list[str] = []
    for piece in _SCRIPT_NOTE.sub("", text).split(";"):
        before, bracket, inside = piece.rpartition("(")
        unclosed = bracket and piece.count("(") > piece.count(")")
        parts += [before, inside] if unclosed else [piece]
    return [part for part in parts if part.strip()]


def _named(text: str, kind: NameKind) -> Iterator[ListedName]:
    text = _AND.sub("", text.strip(_EDGES)) if kind is not NameKind.PRIMARY else text.strip()
    while text.endswith(")") and text.count(")") > text.count("("):
        text = text[:-1].rstrip(_EDGES)
    if any(char.isalnum() for char in text):
        yield ListedName(text, kind)


def names_of(primary: str, aliases: Iterable[ListedName | str] = ()) -> tuple[ListedName, ...]:
    """Return the names of an entry, each text once, the primary first.

    Args:
        primary: as the list writes it; "" makes the first alias the primary one.
        aliases: further names; texts are read for a.k.a. and the like.
    """
    found: dict[str, ListedName] = {}
    for name in _all(primary, aliases):
        found.setdefault(name.text, name)
    names = list(found.values())
    if names and names[0].kind is not NameKind.PRIMARY:
        names[0] = ListedName(names[0].text, NameKind.PRIMARY)
    return tuple(names)


def _all(primary: str, aliases: Iterable[ListedName | str]) -> Iterator[ListedName]:
    yield from split_names(primary, NameKind.PRIMARY)
    for alias in aliases:
        if isinstance(alias, str):
            yield from split_names(alias)
        elif text := clean(alias.text):
            yield from _named(text, alias.kind)
