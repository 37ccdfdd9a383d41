"""Problems of reading, their words taken from the pack `data/reading/problems.yaml`."""

from __future__ import annotations

from typing import Any

from dragoman.lexicon.packs import PackFaultError, load_pack
from dragoman.model import Problem, Severity

_PACK = "reading/problems.yaml"


def problem(code: str, source: str, **values: Any) -> Problem:
    """Return a problem with its sentence and remedy.

    Args:
        code: a code of the pack.
        source: path or address of the input; stands in the message as {name}.
        **values: what the message needs; `page`, `start`, `end` and `doc` become the position, too.

    Raises:
        PackFaultError: the pack has no such code.
    """
    entry = load_pack(_PACK)["problems"].get(code)
    if entry is None:
        raise PackFaultError(_PACK, f"no problem {code}")
    fields = {"name": source, **values}
    return Problem(
        code,
        Severity(entry["severity"]),
        entry["message"].format(**fields),
        entry["remedy"].format(**fields),
        source,
        doc=values.get("doc"),
        start=values.get("start"),
        end=values.get("end"),
        page=values.get("page"),
    )


class UnreadableError(Exception):
    """Raised inside the reader where an input gives no text; never leaves the room.

    Attributes:
        problem: what is wrong.
    """

    def __init__(self, code: str, source: str, **values: Any) -> None:
        self.problem = problem(code, source, **values)
        super().__init__(self.problem.message)
