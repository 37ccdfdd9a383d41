"""Team coding, pure: where it stands, how far coders agree, what is to be decided, what a file of lines says.

How it is measured: docs/coding.md.
"""

from __future__ import annotations

from dragoman.coding.agreement import TeamDocument, agreement_of, settings
from dragoman.coding.queue import Agreed, agreed_of, as_coder, differences_of
from dragoman.coding.standing import Standing, standing_of

__all__ = [
    "Agreed",
    "Standing",
    "TeamDocument",
    "agreed_of",
    "agreement_of",
    "as_coder",
    "differences_of",
    "settings",
    "standing_of",
]
