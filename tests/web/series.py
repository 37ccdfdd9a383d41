"""A series of three texts of our own, whose second meeting is missing, and a workbook that rests on it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

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


def add_series(workspace: ToyWorkspace) -> None:
    """Read the three texts into a workspace."""
    for slug, text in SERIES.items():
        list(workspace.read_bytes(text.encode(), f"{slug}.txt"))


def line_with(workspace: ToyWorkspace, slug: str, words: str) -> str:
    """Return the id of the line of a text whose sentence holds some words."""
    lineage = workspace.comparing.lineage([slug])
    return next(line.provision.id for line in lineage.lines if words in line.provision.quote.exact)


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
