"""Team coding with its files: what comes in from coders, what goes out."""

from __future__ import annotations

from dragoman.model.coding import Submission
from dragoman.team_coding.submitting import Submitter
from dragoman.team_coding.team import TeamCoding


class CodingDesk(TeamCoding):
    """Team coding, and the files of coders."""

    def submit(
        self, data: bytes, name: str, *, coder: str = "", document: str = "", replaces: bool = False
    ) -> Submission:
        """Keep a file of coded lines; see `Submitter.submit`."""
        submitter = Submitter(self, self._register)
        return submitter.submit(data, name, coder=coder, document=document, replaces=replaces)
