"""Problems of reading, their words taken from the pack `data/reading/problems.yaml`."""

from __future__ import annotations

import logging

from dragoman.lexicon.problems import Place, worded
from dragoman.model import Problem

_PACK = "reading/problems.yaml"

log = logging.getLogger(__name__)


def problem(code: str, source: str, *, page: int | None = None, **values: object) -> Problem:
    """Return a problem with its sentence and remedy.

    Args:
        code: a code of the pack.
        source: path or address of the input; stands in the message as {name}.
        page: page of a PDF; stands in the message as {page}, too.
        **values: what else the message needs.

    Raises:
        PackFaultError: the pack has no such code.
    """
    return worded(_PACK, code, Place(source, page=page), values)


def broke(source: str, fault: Exception) -> Problem:
    """Return the problem of an input on which the reader itself broke; the fault is logged with its trace.

    A defect of the reader must not cost the other inputs.
    """
    log.error("the reader broke on %s", source, exc_info=fault)
    return problem("reader-broke", source, reason=f"{type(fault).__name__}: {fault}")


class UnreadableError(Exception):
    """Raised inside the reader where an input gives no text; never leaves the room.

    Attributes:
        problem: what is wrong.
    """

    def __init__(self, found: Problem) -> None:
        super().__init__(found.message)
        self.problem = found


def unreadable(source: str, code: str, *, page: int | None = None, **values: object) -> UnreadableError:
    """Return the exception for an input that gives no text; arguments as for `problem`."""
    return UnreadableError(problem(code, source, page=page, **values))
