"""What TBX calls things, and how the termbase's own facts stand in its notes.

ISO 30042:2019 (TBX), dialect TBX-Basic, data categories as attributes (DCA). What TBX-Basic has no category for
stands in notes that begin with "dragoman." and a name, so that any tool keeps it and a person can read it.
"""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.model.term import TermUse

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
DIALECT = "TBX-Basic"
USES: Mapping[TermUse, str] = {
    TermUse.PREFERRED: "preferredTerm-admn-sts",
    TermUse.ADMITTED: "admittedTerm-admn-sts",
    TermUse.DEPRECATED: "deprecatedTerm-admn-sts",
}
"""Values of /administrativeStatus/."""
READ_USES: Mapping[str, TermUse] = {
    **{name: use for use, name in USES.items()},
    "supersededTerm-admn-sts": TermUse.DEPRECATED,
    "preferredTerm": TermUse.PREFERRED,
    "admittedTerm": TermUse.ADMITTED,
    "deprecatedTerm": TermUse.DEPRECATED,
    "supersededTerm": TermUse.DEPRECATED,
    "standardizedTerm": TermUse.PREFERRED,
    "legalTerm": TermUse.PREFERRED,
    "regulatedTerm": TermUse.PREFERRED,
    "obsoleteTerm": TermUse.DEPRECATED,
}
"""How the values of other tools are understood, those of /normativeAuthorization/ too."""
STATUS_CATEGORIES = frozenset({"administrativeStatus", "normativeAuthorization"})
PARTS_OF_SPEECH = frozenset({"noun", "verb", "adjective", "adverb", "other"})
OWN = "dragoman."
"""How a note begins that holds a fact of the termbase."""


def own_note(name: str, value: str) -> str:
    """Return a note that holds a fact."""
    return f"{OWN}{name}: {value}"


def own_fact(note: str) -> tuple[str, str] | None:
    """Return name and value of a note that holds a fact, None for any other note."""
    if not note.startswith(OWN):
        return None
    name, sign, value = note.removeprefix(OWN).partition(":")
    return (name, value.strip()) if sign else None
