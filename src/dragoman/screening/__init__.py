"""Screening parties against lists, for the faces: lists, hits, decisions, monitoring.

with Workspace.open("workspace") as workspace:
screener = workspace.screener()
screener.import_list(Path("consolidated.csv"))
screening = screener.screen(Party("Acme Optics Ltd"))
for hit in screening.hits:
print(hit.entry.list, hit.name, hit.score, hit.decision)
"""

from __future__ import annotations

from dragoman.model.screened import CheckedParties, CheckedParty, ListStatus
from dragoman.register.parties import key_of
from dragoman.screen.importers import FORMS
from dragoman.screen.official import publishers
from dragoman.screen.parties import (
    PartyRow,
    made_party,
    named_lines,
    parties_of_json,
    party_problem,
    read_parties,
)
from dragoman.screen.second import MISSING as NO_SECOND_OPINION
from dragoman.screen.second import is_doubtful
from dragoman.screening.files import FILE_FORMATS, FileFormat, write_screenings
from dragoman.screening.outcomes import (
    EntryChange,
    History,
    ImportOutcome,
    ListDifference,
    NoListsError,
    ScreenedRow,
)
from dragoman.screening.rows import change_to_row, difference_to_row, history_to_row, import_to_row
from dragoman.screening.screener import Screener

__all__ = [
    "FILE_FORMATS",
    "FORMS",
    "NO_SECOND_OPINION",
    "CheckedParties",
    "CheckedParty",
    "EntryChange",
    "FileFormat",
    "History",
    "ImportOutcome",
    "ListDifference",
    "ListStatus",
    "NoListsError",
    "PartyRow",
    "ScreenedRow",
    "Screener",
    "change_to_row",
    "difference_to_row",
    "history_to_row",
    "import_to_row",
    "is_doubtful",
    "key_of",
    "made_party",
    "named_lines",
    "parties_of_json",
    "party_problem",
    "publishers",
    "read_parties",
    "write_screenings",
]
