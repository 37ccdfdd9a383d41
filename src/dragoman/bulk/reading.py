"""The same reading and extraction of one item wherever it runs: a pure function of item, limits and lexicon."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from types import FrameType
from typing import NamedTuple

from dragoman.bulk.items import Item, Way
from dragoman.bulk.listing import problem_of
from dragoman.bulk.stores import content_of, is_far
from dragoman.extract import Extractor, extracted
from dragoman.lexicon import load_lexicon
from dragoman.lexicon.problems import Place, worded
from dragoman.model import Document, Problem, Provision, UsageError
from dragoman.read import (
    NumberedLine,
    Reader,
    ReadResult,
    ReadSettings,
    Slugs,
    Source,
    read_line,
    stem_of,
)
from dragoman.read.faults import problem

_PACK = "bulk/problems.yaml"
_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPED = re.compile(rb"\\u[dD][89a-fA-F]")


class Read(NamedTuple):
    """What became of one document.

    Attributes:
        source: path or address; with "#row" behind it for a line or row.
        document: what was read, or None.
        provisions: its lines.
        coder: who found them.
        problems: what was wrong or assumed.
    """

    source: str
    document: Document | None
    provisions: tuple[Provision, ...] = ()
    coder: str = ""
    problems: tuple[Problem, ...] = ()


class TooLongError(BaseException):
    """The time for a document is over. No Exception: nobody on the way may take it for a defect of a document."""


class ItemReader:
    """Reads items; the lexicon is loaded once."""

    def __init__(self, limits: ReadSettings, seconds: float) -> None:
        self._reader = Reader(limits, {})
        self._seconds = seconds

    @cached_property
    def _extractor(self) -> Extractor:
        return Extractor(load_lexicon())

    def load(self) -> None:
        """Load what reading needs, so that it does not count as the time of the first document."""
        self._extractor.coder  # noqa: B018 - the attribute is made when it is asked for

    def read(self, item: Item) -> list[Read]:
        """Return what becomes of an item: one document as a rule; a problem where it takes too long."""
        try:
            with within(self._seconds):
                return [self._extracted(result) for result in self._results(item)]
        except TooLongError:
            return [given_up(item, "bulk-timeout", seconds=self._seconds)]

    def _results(self, item: Item) -> Iterator[ReadResult]:
        self._reader.slugs = Slugs({item.taken} if item.taken else set())
        if item.way is Way.FILE and is_far(item.name):
            yield from self._far(item)
        elif item.way is Way.FILE:
            yield from self._reader.read(Source(item.name, "file"))
        elif item.way is Way.BYTES:
            yield from self._reader.guarded(Source(item.name, "bytes"), item.data)
        elif item.way is Way.LINE:
            line = NumberedLine(item.row, storable(item.data))
            yield read_line(line, item.name, stem_of(item.name), self._reader.slugs)
        else:
            problem = problem_of(item.data.decode())
            yield ReadResult(problem.source, problems=(problem,))

    def _far(self, item: Item) -> Iterator[ReadResult]:
        """Yield what an object of a store holds; one that cannot be had is a problem."""
        try:
            data = content_of(item.name)
        except (OSError, UsageError) as fault:
            reason = str(fault).partition("\n")[0]
            yield ReadResult(item.name, problems=(problem("not-readable", item.name, reason=reason),))
            return
        yield from self._reader.guarded(Source(item.name, "bytes"), data)

    def _extracted(self, result: ReadResult) -> Read:
        document = result.document
        if document is None:
            return Read(result.source, None, problems=result.problems)
        fault = _SURROGATE.search(document.text + document.title)
        if fault:
            reason = f"U+{ord(fault.group()):04X}"
            return Read(
                result.source, None, problems=(_problem("bulk-not-unicode", result.source, reason=reason),)
            )
        found = extracted(lambda: self._extractor, document)
        return Read(result.source, document, found.provisions, found.coder, (*result.problems, *found.problems))


def storable(line: bytes) -> bytes:
    """Return a line whose escaped lone surrogates are U+FFFD: no table can keep them, and offsets stay."""
    if not _ESCAPED.search(line):
        return line
    import json  # noqa: PLC0415 - rarely needed

    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return line
    return _SURROGATE.sub("\ufffd", json.dumps(row, ensure_ascii=False)).encode()


def given_up(item: Item, code: str, **values: object) -> Read:
    """Return the failure of an item that could not be read to its end."""
    return Read(item.source, None, problems=(_problem(code, item.source, **values),))


def _problem(code: str, source: str, **values: object) -> Problem:
    return replace(worded(_PACK, code, Place(source), values), source=source)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise TooLongError in the block when so many seconds are over, where the system has such a clock."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
