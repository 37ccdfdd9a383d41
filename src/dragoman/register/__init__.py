"""The only room that knows SQL: SQLite by default, PostgreSQL by address; search, history, migrations.

    register = Register.open(folder / "register.sqlite")
    register.save(document, provisions, coder="grammar/1", at=now)
    register.provisions(Query(kinds=(Kind.COMMITMENT,)))

How it is laid out: docs/register.md.
"""

from __future__ import annotations

from dragoman.register.accounts import AccountRegister
from dragoman.register.audit import AuditLog
from dragoman.register.copying import copy_of_corpus, restore_into, state_of_corpus, state_of_register
from dragoman.register.deciding import edited, values_in
from dragoman.register.docket import Docket
from dragoman.register.faults import PASSING
from dragoman.register.further import Added
from dragoman.register.health import form_of, look
from dragoman.register.jobs import JobRegister
from dragoman.register.lineages import Lineages
from dragoman.register.listing import Imported
from dragoman.register.parties import KnownHit, PartyRegister, Screened, key_of
from dragoman.register.register import Register
from dragoman.register.reviewing import Decision
from dragoman.register.rows import about_of, document_of, structure_of
from dragoman.register.saving import Saved, count_sentences
from dragoman.register.tie_counts import Said
from dragoman.register.ties import TiesState
from dragoman.register.tracks import Tracks

__all__ = [
    "PASSING",
    "AccountRegister",
    "Added",
    "AuditLog",
    "Decision",
    "Docket",
    "Imported",
    "JobRegister",
    "KnownHit",
    "Lineages",
    "PartyRegister",
    "Register",
    "Said",
    "Saved",
    "Screened",
    "TiesState",
    "Tracks",
    "about_of",
    "copy_of_corpus",
    "count_sentences",
    "document_of",
    "edited",
    "form_of",
    "key_of",
    "look",
    "restore_into",
    "state_of_corpus",
    "state_of_register",
    "structure_of",
    "values_in",
]
