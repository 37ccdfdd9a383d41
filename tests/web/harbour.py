"""A text of our own that ties real parties, for the pages of alliances."""

from __future__ import annotations

from tests.web.toy import ToyWorkspace

HARBOUR = """# Joint Statement of the First Meeting of the Harbour Council
On 3 May 2023, the United States and Japan signed an agreement on joint research in quantum computing.
In June 2024 the United States and the United Kingdom agreed to build quantum sensors together.
On 2 July 2024, the United States and Japan signed an agreement on semiconductors.
In May 2024 the United States tightened export controls against China on semiconductors.
"""


def add_harbour(workspace: ToyWorkspace) -> None:
    """Read the text into a workspace."""
    list(workspace.read_bytes(HARBOUR.encode(), "harbour-1.txt"))
