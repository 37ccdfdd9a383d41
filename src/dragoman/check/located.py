"""YAML and JSON with the line of every value, so that a fault can be shown where it stands.

Scalars stay as they are written: what a word means depends on the fact it is given for (`NO` is Norway in a
list of countries), so nothing is turned into a number, a date or a truth value here. Aliases count as often as
they are used, which bounds what a small file can unfold to.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import yaml

MOST_NODES = 400_000
"""Values of one file, aliases counted as often as they are used."""
DEEPEST = 24
"""Levels of lists and mappings in one another."""
EMPTY_WORDS = frozenset({"", "~", "null", "Null", "NULL"})
"""Plain words that say nothing, in YAML 1.1."""

LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BLANK = re.compile(r"[ \t\r\n]*")
_LITERAL = re.compile(r"[^\s,\]}{\[:\"]+")


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value as written.

    Attributes:
        text: without quotes.
        line, column: where it begins, from 1.
        plain: whether it stands without quotes.
    """

    text: str
    line: int
    column: int = 1
    plain: bool = True

    @property
    def is_empty(self) -> bool:
        """Return whether it says nothing."""
        return self.plain and self.text in EMPTY_WORDS


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    nodes: tuple[Located, ...]
    line: int
    column: int = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with its value; `line` is that of the key."""

    key: str
    value: Located
    line: int


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping; a key that stands twice is there twice."""

    entries: tuple[Entry, ...]
    line: int
    column: int = 1

    def get(self, key: str) -> Located | None:
        """Return the value of a key, None where it is absent."""
        return next((entry.value for entry in self.entries if entry.key == key), None)


Located: TypeAlias = Scalar | Items | Fields
"""A value with its place."""


class NotReadableError(Exception):
    """A text is neither YAML nor JSON; stays inside the room.

    Attributes:
        reason: what the parser says.
        line, column: where, from 1.
    """

    def __init__(self, reason: str, line: int, column: int = 1) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
        self.column = column


class TooMuchError(Exception):
    """A file unfolds to more than this room reads; stays inside the room."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


def parse(text: str, *, is_json: bool = False) -> Located | None:
    """Return the value of a file, None for an empty one.

    Raises:
        NotReadableError: not YAML (or JSON).
        TooMuchError: too many values, or too deep.
    """
    return parse_json(text) if is_json else parse_yaml(text)


def parse_yaml(text: str) -> Located | None:
    """Return the value of a YAML text. Raises NotReadableError, TooMuchError."""
    try:
        root = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise NotReadableError(str(fault.problem or fault.context), line, column) from fault
    except yaml.YAMLError as fault:
        raise NotReadableError(str(fault).split("\n", maxsplit=1)[0], line_of_character(text, fault)) from fault
    except RecursionError as fault:
        raise TooMuchError(TOO_DEEP, 1) from fault
    return None if root is None else _Unfolding().node(root, 0)


NO_WORD = "a key is not a word"
AFTER_END = "something stands after the end of the value"
VALUE, NAME, COLON = "a value", "a name in quotation marks", "a colon"
COMMA, COMMA_OR_BRACE = "a comma or `]`", "a comma or `}`"
TOO_DEEP = f"its lists and mappings are nested deeper than {DEEPEST} levels"
TOO_MANY = f"it unfolds to more than {MOST_NODES:,} values"


def line_of_character(text: str, fault: yaml.YAMLError) -> int:
    """Return the line of a character that YAML does not allow."""
    position = getattr(fault, "position", None)
    return text.count("\n", 0, position) + 1 if isinstance(position, int) else 1


class _Unfolding:
    """Turns YAML nodes into located values and counts them."""

    def __init__(self) -> None:
        self.left = MOST_NODES

    def node(self, node: yaml.Node, depth: int) -> Located:
        line, column = node.start_mark.line + 1, node.start_mark.column + 1
        self.left -= 1
        if self.left < 0:
            raise TooMuchError(TOO_MANY, line)
        if depth > DEEPEST:
            raise TooMuchError(TOO_DEEP, line)
        if isinstance(node, yaml.ScalarNode):
            return Scalar(node.value, line, column, plain=node.style is None or node.style == "")
        if isinstance(node, yaml.SequenceNode):
            return Items(tuple(self.node(value, depth + 1) for value in node.value), line, column)
        return Fields(tuple(self.entries(node, depth)), line, column)

    def entries(self, node: yaml.Node, depth: int) -> Iterator[Entry]:
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise NotReadableError(NO_WORD, line, key.start_mark.column + 1)
            yield Entry(key.value, self.node(value, depth + 1), line)


def parse_json(text: str) -> Located | None:
    """Return the value of a JSON text. Raises NotReadableError, TooMuchError."""
    if not text.strip():
        return None
    return _Json(text).whole()


class _Json:
    """A reader of JSON that knows the line of each value."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.left = MOST_NODES
        self.counted_to = 0
        self.line = 1

    def whole(self) -> Located:
        value = self.value(0)
        self.skip()
        if self.at < len(self.text):
            raise self.fault(AFTER_END)
        return value

    def place(self) -> tuple[int, int]:
        self.line += self.text.count("\n", self.counted_to, self.at)
        self.counted_to = self.at
        return self.line, self.at - self.text.rfind("\n", 0, self.at)

    def fault(self, reason: str) -> NotReadableError:
        return NotReadableError(reason, *self.place())

    def expected(self, what: str) -> NotReadableError:
        return self.fault(f"{what} is expected here")

    def skip(self) -> str:
        """Pass over blanks and return the next character, "" at the end."""
        found = _BLANK.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.text[self.at : self.at + 1]

    def value(self, depth: int) -> Located:
        first = self.skip()
        line, column = self.place()
        self.left -= 1
        if self.left < 0:
            raise TooMuchError(TOO_MANY, line)
        if depth > DEEPEST:
            raise TooMuchError(TOO_DEEP, line)
        if first == "{":
            return Fields(tuple(self.entries(depth)), line, column)
        if first == "[":
            return Items(tuple(self.members(depth)), line, column)
        if first == '"':
            return Scalar(self.string(), line, column, plain=False)
        return Scalar(self.literal(), line, column)

    def string(self) -> str:
        try:
            text, self.at = json.decoder.scanstring(self.text, self.at + 1, True)  # type: ignore[attr-defined]  # noqa: FBT003
        except json.JSONDecodeError as fault:
            raise NotReadableError(fault.msg, fault.lineno, fault.colno) from fault
        return str(text)

    def literal(self) -> str:
        found = _LITERAL.match(self.text, self.at)
        try:
            json.loads(found[0] if found else "")
        except ValueError:
            raise self.expected(VALUE) from None
        self.at += len(found[0]) if found else 0
        return found[0] if found else ""

    def members(self, depth: int) -> Iterator[Located]:
        self.at += 1
        if self.skip() == "]":
            self.at += 1
            return
        while True:
            yield self.value(depth + 1)
            if self.goes_on("]"):
                return

    def entries(self, depth: int) -> Iterator[Entry]:
        self.at += 1
        if self.skip() == "}":
            self.at += 1
            return
        while True:
            if self.skip() != '"':
                raise self.expected(NAME)
            line, _ = self.place()
            key = self.string()
            if self.skip() != ":":
                raise self.expected(COLON)
            self.at += 1
            yield Entry(key, self.value(depth + 1), line)
            if self.goes_on("}"):
                return

    def goes_on(self, end: str) -> bool:
        """Pass over a comma (False) or the end (True)."""
        sign = self.skip()
        if sign not in {",", end} or not sign:
            raise self.expected(COMMA if end == "]" else COMMA_OR_BRACE)
        self.at += 1
        return sign == end
