"""The plain subset of the condition language: what other languages can say, too."""

from __future__ import annotations

from dragoman.model import UsageError


class NotPlainError(UsageError):
    """A condition cannot be written in the language asked for."""

    def __init__(self, term: str) -> None:
        super().__init__(
            f"The condition has a part ({term}) that the other language has no words for.",
            "Ask for conditions of comparisons, lists, groups and arithmetic only.",
        )
