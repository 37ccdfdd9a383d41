"""How terms are spelt where they are looked for: one spelling for what differs only in signs or script."""

from __future__ import annotations

from dragoman.lexicon.matcher import fold
from dragoman.lexicon.script import simplified

BLANKS = (
    "\t\n\r\x0b\x0c\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u202f\u205f\u3000"
)
HYPHENS = "-\u00ad\u2010\u2011\u2012\u2043\u2212\ufe63\uff0d"
APOSTROPHES = "\u2018\u2019\u02bc\uff07"
NOTE_MARKS = "\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079"
SAME = str.maketrans(
    {
        **dict.fromkeys(BLANKS + NOTE_MARKS, " "),
        **dict.fromkeys(HYPHENS, " "),
        **dict.fromkeys(APOSTROPHES, "'"),
    }
)
"""Signs that make no difference; each becomes one other, so that offsets hold."""


def plain_term(text: str) -> str:
    """Return a text with one sign for those that make no difference, of the same length; its case stays.

    Blanks, line ends and raised numbers of notes are a space, hyphens too (dual-use, dual use), traditional
    characters simplified ones.
    """
    return simplified(text).translate(SAME)


def folded_term(text: str) -> str:
    """Return a term as it is compared: `plain_term` in lower case, blanks run together."""
    return fold(" ".join(plain_term(text).split()))
