"""The docket, for the faces: cases that move through the states of a procedure.

with Workspace.open("workspace") as workspace:
    docket = workspace.docketing()
    case = docket.submit("ai-exports-program", read_intake(Path("harbour-stack")))
    docket.move(case.number, "circulate", {})
"""

from __future__ import annotations

from dragoman.docket import load_procedure as procedure_named
from dragoman.docket import procedures_taking
from dragoman.docketing.bundle import write_bundle
from dragoman.docketing.docketing import LOCAL, Docketing
from dragoman.docketing.errors import NotAllowedError, NotReadyError, UnfitCaseError
from dragoman.docketing.intake import Intake, read_document, read_intake
from dragoman.docketing.public import PublicCase, as_rss
from dragoman.docketing.views import CaseView, view_to_row
from dragoman.docketing.words import sentence_of

__all__ = [
    "LOCAL",
    "CaseView",
    "Docketing",
    "Intake",
    "NotAllowedError",
    "NotReadyError",
    "PublicCase",
    "UnfitCaseError",
    "as_rss",
    "procedure_named",
    "procedures_taking",
    "read_document",
    "read_intake",
    "sentence_of",
    "view_to_row",
    "write_bundle",
]
