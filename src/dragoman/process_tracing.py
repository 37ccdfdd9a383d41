"""Workbooks of process tracing, for the faces; a part of the facade. The register is asked for pinned texts only.

with Workspace.open("workspace") as workspace:
    reading = workspace.process_tracing.check(Path("workbook.yaml"))
    if reading.tracing:
        print(reading.tracing.leader, reading.tracing.posteriors)
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

from dragoman.compare.tracing import PACK, load_tracing, trace
from dragoman.compare.tracing_edit import revised
from dragoman.compare.tracing_file import MOST_BYTES, WorkbookReader, unfaithful
from dragoman.lexicon import load_pack
from dragoman.model import Document, Language, NotFoundError, Severity
from dragoman.model.tracing import TracingReading, Workbook, tracing_to_row
from dragoman.report import write
from dragoman.report.tracing import tracing_report

Form = Literal["json", "html", "docx", "md"]
DocumentOf = Callable[[str], Document]
"""Returns a document of the register by its slug, or raises NotFoundError."""


class NoSuchWorkbookError(NotFoundError):
    """A workbook that is not there."""

    def __init__(self, path: Path, fault: OSError) -> None:
        super().__init__(f"The workbook {path} cannot be read ({fault.strerror or fault}).", "Check the path.")


class ProcessTracing:
    """Reads, checks and weighs workbooks.

    Args:
        document: gives the texts that items are pinned to; None where there is no register.
    """

    def __init__(self, document: DocumentOf | None = None) -> None:
        self._document = document

    def blank(self, title: str) -> str:
        """Return the text of a workbook to fill in."""
        rules, pack = load_tracing(), load_pack(PACK)
        text: str = pack["blank"].format(
            words=", ".join(pack["scale"]),
            title=json.dumps(title, ensure_ascii=False),
            residual=rules.residual_prior,
            interpretive=rules.cap_interpretive,
            relevance=rules.relevance,
        )
        return text

    def check(self, path: Path) -> TracingReading:
        """Return what the evidence of a workbook weighs, and its faults. Raises NoSuchWorkbookError."""
        try:
            with path.open("rb") as file:
                data = file.read(MOST_BYTES + 1)
        except OSError as fault:
            raise NoSuchWorkbookError(path, fault) from fault
        return self.check_bytes(data, path.name)

    def check_bytes(self, data: bytes, name: str) -> TracingReading:
        """Return what the evidence of a workbook weighs that is given as bytes."""
        rules = load_tracing()
        reader = WorkbookReader(name, rules)
        book = reader.read(data)
        problems = tuple(reader.problems)
        if book is None:
            return TracingReading(name, None, problems)
        if self._document is not None:
            problems = (*problems, *unfaithful(book, self._documents(book), name))
        if any(one.severity is Severity.ERROR for one in problems):
            return TracingReading(name, None, problems, self._document is not None)
        return TracingReading(name, trace(book, rules), problems, self._document is not None)

    def revised(self, data: bytes, likelihoods: Mapping[tuple[str, str], str]) -> bytes:
        """Return a workbook with likelihoods changed; everything else, notes included, stays as it is written.

        Args:
            data: the workbook.
            likelihoods: by item and hypothesis; a number or a word of the scale, as it is to be written.
        """
        return revised(data, likelihoods, frozenset(load_tracing().scale))

    @staticmethod
    def scale() -> Mapping[str, float]:
        """Return the words for likelihoods, with what they stand for."""
        return load_tracing().scale

    def _documents(self, book: Workbook) -> Mapping[str, Document]:
        """Return the documents that items are pinned to, as far as the register has them."""
        found: dict[str, Document] = {}
        if self._document is None:
            return found
        for slug in {item.pin.doc for item in book.items if item.pin}:
            try:
                found[slug] = self._document(slug)
            except NotFoundError:
                continue
        return found

    def written(self, reading: TracingReading, form: Form, language: Language, reproduce: str = "") -> bytes:
        """Return what became of a workbook as the bytes of a file: "json", "html", "docx" or "md"."""
        if form == "json":
            return (json.dumps(tracing_to_row(reading), ensure_ascii=False, indent=1) + "\n").encode()
        return write(tracing_report(reading, language, reproduce), form)
