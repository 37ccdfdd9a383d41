"""Characters that no format of a report can hold."""

from __future__ import annotations

import re

_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Not allowed in XML 1.0 (section 2.2), of which a Word file is made."""


def clean(text: str) -> str:
    """Return a text with each character that XML cannot hold replaced by a replacement character."""
    return _UNSHOWABLE.sub("\N{REPLACEMENT CHARACTER}", text)
