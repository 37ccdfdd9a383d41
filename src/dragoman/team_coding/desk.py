"""Team coding with its files: what comes in from coders, what goes out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import cast

from dragoman.exchange import WRITERS, Format
from dragoman.model import Entry
from dragoman.model.coding import Submission, gold_row
from dragoman.team_coding.submitting import Submitter
from dragoman.team_coding.team import TeamCoding


class CodingDesk(TeamCoding):
    """Team coding, and the files of coders."""

    def submit(
        self, data: bytes, name: str, *, coder: str = "", document: str = "", replaces: bool = False
    ) -> Submission:
        """Keep a file of coded lines; see `Submitter.submit`."""
        submitter = Submitter(self, self._register)
        return submitter.submit(data, name, coder=coder, document=document, replaces=replaces)


GOLD = "gold"
"""The format that the scorer of the annotation guide reads."""


def coded_bytes(entries: Iterable[Entry], form: str) -> Iterator[bytes]:
    """Yield a coder's lines as a file: `gold`, or one of the formats of the register."""
    if form != GOLD:
        yield from WRITERS[cast("Format", form)](entries)
        return
    for entry in entries:
        yield (json.dumps(gold_row(entry.provision), ensure_ascii=False) + "\n").encode("utf-8", "replace")
