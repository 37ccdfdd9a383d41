"""A series of three texts of our own, whose second meeting is missing, and a workbook that rests on it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dragoman.model import Query
from tests.web.toy import ToyWorkspace

SERIES: Mapping[str, str] = {
    "council-1-oslo": """# Joint Statement of the First Meeting of the Lantern Council
Alba intends to share its lighthouse charts with the ferry pilots of Boria.
Boria will fund a school for bell founders in the northern valleys.
The Council should consider a licence for chip exports to the southern islands.
""",
    "council-3-kobe": """# Joint Statement of the Third Meeting of the Lantern Council
Alba will share its lighthouse charts with the ferry pilots of Boria by the end of 2027.
The Council should consider a licence for chip exports to the southern islands.
Boria will open its quantum laboratory to visiting weavers.
""",
    "council-4-lima": """# Joint Statement of the Fourth Meeting of the Lantern Council
Alba should share its lighthouse charts with the ferry pilots of Boria by the end of 2027.
Boria will open its quantum laboratory to visiting weavers.
""",
}
QUERY = "&".join(f"document={slug}" for slug in SERIES)


LINKS = (
    ("council-3-kobe", "charts", "strengthened", "council-1-oslo", "charts"),
    ("council-3-kobe", "chip", "repeated", "council-1-oslo", "chip"),
    ("council-3-kobe", "quantum", "new", "", ""),
    ("council-4-lima", "charts", "weakened", "council-3-kobe", "charts"),
    ("council-4-lima", "quantum", "repeated", "council-3-kobe", "quantum"),
)
"""Label and predecessor of each later line; set by hand, so that the pages are tested apart from the linking."""


def add_series(workspace: ToyWorkspace) -> None:
    """Read the three texts into a workspace, and set their links."""
    for slug, text in SERIES.items():
        list(workspace.read_bytes(text.encode(), f"{slug}.txt"))
    for slug, words, label, origin, there in LINKS:
        ancestors = (line_with(workspace, origin, there),) if origin else ()
        workspace.comparing.correct(
            line_with(workspace, slug, words), label, person="Teacher", ancestors=ancestors
        )


def line_with(workspace: ToyWorkspace, slug: str, words: str) -> str:
    """Return the id of the line of a text whose sentence holds some words."""
    lines = workspace.provisions(Query(documents=(slug,), limit=None)).entries
    return next(entry.provision.id for entry in lines if words in entry.provision.quote.exact)


def workbook_of(workspace: ToyWorkspace) -> str:
    """Return a workbook with an item that is pinned to a sentence of the third meeting."""
    text = workspace.document("council-3-kobe").text
    quote = "open its quantum laboratory"
    start = text.index(quote)
    return f"""# our own example
title: Who opened the laboratory
question: Was it the council?
author: Mara
hypotheses:
  - {{id: H1, title: the council did, prior: 0.5}}
  - {{id: H2, title: Boria alone did, prior: 0.5}}
evidence:
  - id: E1
    title: the statement promises it
    pin: {{doc: council-3-kobe, start: {start}, end: {start + len(quote)}, quote: {quote}}}
    cluster: statements
    likelihoods: {{H1: very likely, H2: unlikely}}  # words
  - id: E2
    title: the next statement promises it again
    event: {{date: 2026-03-04, source: own notes}}
    cluster: statements
    likelihoods: {{H1: likely, H2: even}}
  - id: E3
    title: Boria paid for it
    event: {{date: 2026-05-06, source: own notes, url: "https://example.org/ledger"}}
    kind: interpretive
    likelihoods: {{H1: unlikely, H2: 0.9}}
"""


def saved(folder: Path, name: str, text: str) -> Path:
    """Write a file and return it."""
    path = folder / name
    path.write_text(text, "utf-8")
    return path
