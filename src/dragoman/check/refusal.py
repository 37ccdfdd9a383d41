"""What is wrong in a condition, and where."""

from __future__ import annotations

from dragoman.model import DataPackError


class ConditionFault(DataPackError):
    """A condition that is not written in the language of docs/rules.md, or does not fit its facts.

    Attributes:
        message: what is wrong, in one sentence.
        column: 1-based character of the condition where it starts.
        remedy: what to write instead.
    """

    def __init__(self, message: str, column: int, remedy: str) -> None:
        super().__init__(message, remedy)
        self.column = column

    def __str__(self) -> str:
        return f"column {self.column}: {self.message} {self.remedy}"
