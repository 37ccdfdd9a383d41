"""The termbase, for the faces: concepts, proposals and reviews of two sides, versions, files, the lint.

    with Workspace.open("workspace") as workspace:
        for concept in workspace.termbank.find(TermQuery("export control")).concepts:
            print(concept.id, concept.status, concept.best(Language.ZH))

Nothing recorded is ever overwritten: what is decided is a further step, and `history` shows all.
"""

from __future__ import annotations

from dragoman.termbank.bank import Termbank
from dragoman.termbank.linting import Texts
from dragoman.termbank.writing import FILES, PRINTED

__all__ = ["FILES", "PRINTED", "Termbank", "Texts"]
