"""Team coding, pure: where it stands, how far coders agree, what is to be decided, what a file of lines says.

How it is measured: docs/coding.md.
"""

from __future__ import annotations

from dragoman.coding.agreement import TeamDocument, agreement_of, settings
from dragoman.coding.pairing import pairs_of
from dragoman.coding.queue import Agreed, agreed_of, as_coder, differences_of, settled_of
from dragoman.coding.standing import Standing, standing_of

__all__ = [
    "Agreed",
    "Standing",
    "TeamDocument",
    "agreed_of",
    "agreement_of",
    "as_coder",
    "differences_of",
    "pairs_of",
    "settings",
    "settled_of",
    "standing_of",
]
