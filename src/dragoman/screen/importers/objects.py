"""Objects of a list in JSON, one at a time: JSON lines, and one long array within an envelope."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from dragoman.screen.importers.faults import Faults, limit, unreadable
from dragoman.screen.importers.source import Source

_RESULTS = re.compile(r'\s*\{\s*(?:"[^"]*"\s*:\s*(?:"[^"]*"|[-\d.a-z]+)\s*,\s*)*?"results"\s*:\s*\[|\s*\[')
_BETWEEN = re.compile(r"[\s,]*")


def line_objects(source: Source, faults: Faults) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield (line, object) of JSON lines. Raises UnreadableList where a line is no object."""
    with source.text() as file:
        last = ""
        for number, line in enumerate(file, 1):
            last = line
            if line.strip():
                yield number, _object(line, number, source, faults)
        if last and not source.ended:
            faults.add("list-no-last-line-end", number)


def _object(line: str, number: int, source: Source, faults: Faults) -> Mapping[str, Any]:
    _refuse_large(len(line), number, faults)
    try:
        found = json.loads(line)
    except json.JSONDecodeError as fault:
        if not line.endswith(("\n", "\r")) and not source.ended:
            raise unreadable(faults, "list-cut", number, reason="the last line is not complete") from fault
        raise unreadable(faults, "list-not-json", number, reason=fault.msg) from fault
    except RecursionError as fault:
        raise unreadable(faults, "list-not-json", number, reason="it is nested too deeply") from fault
    if not isinstance(found, dict):
        raise unreadable(faults, "list-not-json", number, reason="the line is no object")
    return found


def _refuse_large(size: int, line: int, faults: Faults) -> None:
    if size > limit("row"):
        raise unreadable(faults, "list-cell-too-large", line, limit=int(limit("row")))


def array_objects(source: Source, faults: Faults) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield (line, object) of {"results": [...]} or of a bare array.

    Raises:
        UnreadableList: the file is cut, is no JSON, or says it is one page of several.
    """
    with source.text() as file:
        text = file.read()
    begin = _RESULTS.match(text)
    if begin is None:
        raise unreadable(faults, "list-not-json", 1, reason='there is no array "results"')
    place, line, count = begin.end(), 1 + text.count("\n", 0, begin.end()), 0
    while True:
        after = _BETWEEN.match(text, place)
        new = after.end() if after else place
        line += text.count("\n", place, new)
        if text.startswith("]", new):
            break
        found, place = _decoded(text, new, line, faults)
        _refuse_large(place - new, line, faults)
        yield line, found
        line, count = line + text.count("\n", new, place), count + 1
    _judge_envelope(text[: begin.end()] + text[new:], count, line, faults)


def _decoded(text: str, place: int, line: int, faults: Faults) -> tuple[Mapping[str, Any], int]:
    try:
        found, end = json.JSONDecoder().raw_decode(text, place)
    except (json.JSONDecodeError, RecursionError) as fault:
        rest = text[place:]
        if not rest.strip() or getattr(fault, "pos", 0) >= len(text.rstrip()) or "Unterminated" in str(fault):
            raise unreadable(faults, "list-cut", line, reason="the array is not closed") from fault
        raise unreadable(
            faults, "list-not-json", line, reason=getattr(fault, "msg", "nested too deeply")
        ) from fault
    if not isinstance(found, dict):
        raise unreadable(faults, "list-not-json", line, reason="an entry is no object")
    return found, end


def _judge_envelope(text: str, count: int, line: int, faults: Faults) -> None:
    """Refuse an envelope that is not closed, or that names more entries than it holds."""
    try:
        envelope = json.loads(text)
    except json.JSONDecodeError as fault:
        raise unreadable(faults, "list-cut", line, reason="what is around the array is not closed") from fault
    total = envelope.get("total") if isinstance(envelope, dict) else None
    if isinstance(total, int) and total > count:
        raise unreadable(faults, "list-one-page", given=count, wanted=total)
