"""Team coding with its files: what comes in from coders, what goes out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from dragoman.coding import settings
from dragoman.exchange import FORMATS, WRITERS, Format
from dragoman.model import Entry
from dragoman.model.coding import Adopted, Adoption, CodingAct, Submission, gold_row
from dragoman.qda import code_map
from dragoman.team_coding.adopting import Adopter, Settled
from dragoman.team_coding.errors import ReadAnewError
from dragoman.team_coding.importing import QDA_FORMS, Importer, qda_bytes
from dragoman.team_coding.submitting import Submitter
from dragoman.team_coding.team import ARBITERS, COORDINATORS, TeamCoding


class CodingDesk(TeamCoding):
    """Team coding, and the files of coders."""

    def submit(
        self, data: bytes, name: str, *, coder: str = "", document: str = "", replaces: bool = False
    ) -> Submission:
        """Keep a file of coded lines, or a REFI-QDA project (.qdpx, .qde) whose codes have our names.

        See `Submitter.submit` and `take_in`.
        """
        if name.lower().endswith(PROJECTS):
            return self.take_in(data, name, coder=coder, replaces=replaces)
        submitter = Submitter(self, self._register)
        return submitter.submit(data, name, coder=coder, document=document, replaces=replaces)

    def take_in(
        self,
        data: bytes,
        name: str,
        *,
        coder: str = "",
        codes: tuple[bytes, str] = (b"", ""),
        sources: Mapping[str, str] | None = None,
        user: str = "",
        replaces: bool = False,
    ) -> Submission:
        """Keep the coded passages of a REFI-QDA project (.qdpx, .qde) as a coder's lines: all, or none.

        Args:
            data: its bytes.
            name: of its file.
            coder: who coded, where no account is signed in.
            codes: what its codes stand for (YAML or CSV), and the name of that file; besides them our own names.
            sources: slugs by names of sources, for those that are called otherwise.
            user: whose passages are taken, where several people coded.
            replaces: whether the coder's earlier lines on these documents go.

        Raises:
            UsageError: nobody codes, or the mapping is wrong; ConflictError: a document is finished.
        """
        name_of = self.coder(coder)
        coded = {one.doc: self.document(one.doc) for one in self.board()}
        importer = Importer(self._register, code_map(self.lexicon(), *codes), sources or {}, coded)
        taken = importer.rows_of(data, name, user)
        submitter = Submitter(self, self._register)
        return submitter.keep(taken.rows, name, coder=name_of, problems=taken.problems, replaces=replaces)

    def adoption(self, doc: str, *, again: bool = False) -> tuple[Adopted, ...]:
        """Return what becomes of each line of a document in the register if the team's coding is adopted.

        Args:
            doc: its slug.
            again: whether lines on which a person decided already are decided anew; else they stay.

        Raises:
            NotCodedError, StillBlindError: see there.
            NotYoursError: an account that only codes.
            ReadAnewError: the register has a newer version than the one that was coded.
        """
        self.answers(NO_NAME, ARBITERS, "see the lines of the register")
        adopter, settled = self._adopter(doc, again=again)
        return adopter.plan(settled)

    def adopt(self, doc: str, *, by: str = "", reason: str = "", again: bool = False) -> tuple[Adopted, ...]:
        """Decide on the lines of the register as the team agrees, and return what became of each.

        Each decision is added to the history of its line, in the name of who adopts, with the reason and with who
        agreed or decided. What the register does not have is not added.

        Args:
            doc: slug of the document.
            by: who answers for it.
            reason: why, besides what the team says.
            again: whether lines on which a person decided already are decided anew.

        Raises:
            UsageError: nobody's name, or an account that may not decide on lines; else as `adoption`.
        """
        by = self.answers(by, COORDINATORS, "adopt a coding")
        adopter, settled = self._adopter(doc, again=again)
        found = tuple(adopter.adopt(adopter.plan(settled), by, reason, self.now))
        counts = {what.value: sum(one.what is what for one in found) for what in Adoption}
        self._register.coding.keep([self.step(CodingAct.ADOPT, doc, "", by, reason, values=counts)])
        return found

    def _adopter(self, doc: str, *, again: bool) -> tuple[Adopter, Settled]:
        document, settled = self.settled(doc)
        coded, current = self.standing(doc).version, self._register.version(doc)
        if coded != current:
            raise ReadAnewError(doc, coded, current)
        return Adopter(self._register, document, settings().overlap, again), settled

    def file_of(self, entries: Iterable[Entry], form: str) -> Iterator[bytes]:
        """Yield lines of coders or of the register as a file, in any of `CODING_FORMS`."""
        if form in QDA_FORMS:
            return qda_bytes(entries, form, self._register, self.lexicon())
        return coded_bytes(entries, form)


PROJECTS = (".qdpx", ".qde")
"""Ends of names of projects of other programs."""
NO_NAME = "-"
"""Stands for whoever looks without an account."""
GOLD = "gold"
"""The format that the scorer of the annotation guide reads."""
CODING_FORMS: Mapping[str, str] = {GOLD: FORMATS["jsonl"], **dict(FORMATS.items()), **QDA_FORMS}
"""Formats of a coder's lines with their media types."""


def coded_bytes(entries: Iterable[Entry], form: str) -> Iterator[bytes]:
    """Yield a coder's lines as a file: `gold`, or one of the formats of the register."""
    if form != GOLD:
        yield from WRITERS[cast("Format", form)](entries)
        return
    for entry in entries:
        yield (json.dumps(gold_row(entry.provision), ensure_ascii=False) + "\n").encode("utf-8", "replace")
