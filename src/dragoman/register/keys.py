"""Keys of sentences: one 63-bit number that sorts by date, version and position.

    18 bits  day        days since 1600-01-01, undated last
    24 bits  version    id of the version
    21 bits  ordinal    index of the sentence in its document

The register sorts its lines by `position_key` (oldest document first) and search walks its index by
`search_key` (newest document first), so neither ever sorts a result.
"""

from __future__ import annotations

from datetime import date

ORDINAL_BITS = 21
VERSION_BITS = 24
DAY_BITS = 18
PIECE_BITS = 20
"""Pieces of a text: 32 thousand million characters."""
FIRST_DAY = date(1600, 1, 1).toordinal()
UNDATED = (1 << DAY_BITS) - 1
LAST_DAY = UNDATED - 1
MOST_SENTENCES = 1 << ORDINAL_BITS
"""Sentences of one document that can be indexed."""


def day_code(day: date | None) -> int:
    """Return days since 1600-01-01, held within 0 and 2317; `UNDATED` for None."""
    if day is None:
        return UNDATED
    return min(max(day.toordinal() - FIRST_DAY, 0), LAST_DAY)


def position_key(day: date | None, version: int, ordinal: int) -> int:
    """Return the key that sorts oldest document first, undated ones last."""
    return _join(day_code(day), version, ordinal)


def search_key(day: date | None, version: int, ordinal: int) -> int:
    """Return the key that sorts newest document first, undated ones last."""
    code = day_code(day)
    return _join(code if code == UNDATED else LAST_DAY - code, version, ordinal)


def piece_key(version: int, piece: int) -> int:
    """Return the key of a piece of a version's text: new ones always come last, so storing stays fast."""
    return version << PIECE_BITS | piece


def version_of(key: int) -> int:
    """Return the id of the version a key belongs to."""
    return (key >> ORDINAL_BITS) & ((1 << VERSION_BITS) - 1)


def _join(day: int, version: int, ordinal: int) -> int:
    return (day << VERSION_BITS | version) << ORDINAL_BITS | ordinal
