"""Why an act was not taken."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from dragoman.docketing.words import sentence_of
from dragoman.model import ConflictError, Language, NotFoundError, Problem, UsageError
from dragoman.model.docket import Obstacle
from dragoman.model.procedure import Procedure
from dragoman.model.rule import Bilingual
from dragoman.wording import catalogue


def _sentences(procedure: Procedure, found: Sequence[Obstacle]) -> Bilingual:
    """Return obstacles in both languages."""
    english, chinese = ([sentence_of(one, procedure, catalogue(tongue)) for one in found] for tongue in Language)
    return Bilingual(" ".join(english), "".join(chinese))


class NotAllowedError(UsageError):
    """The person may not do that."""

    http_status = HTTPStatus.FORBIDDEN

    def __init__(self, procedure: Procedure, found: Sequence[Obstacle]) -> None:
        sentences = _sentences(procedure, found)
        super().__init__(sentences.en, "Ask somebody whose role allows it; nothing was kept.")
        self.obstacles = tuple(found)
        self.more = {"sentences": sentences}


class NotReadyError(ConflictError):
    """Something does not hold that must hold before the case moves."""

    def __init__(self, procedure: Procedure, found: Sequence[Obstacle]) -> None:
        sentences = _sentences(procedure, found)
        super().__init__(sentences.en, "Settle it, then move the case; nothing was kept.")
        self.obstacles = tuple(found)
        self.more = {"sentences": sentences}


class UnfitCaseError(UsageError):
    """The facts that were handed in cannot be read as a case of the procedure."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        first = problems[0]
        place = f" (line {first.line})" if first.line else ""
        super().__init__(f"{first.message}{place}", first.remedy)
        self.problems = tuple(problems)


class OtherTemplateError(UsageError):
    """A case of another kind than the procedure takes."""

    def __init__(self, procedure: Procedure, template: str) -> None:
        super().__init__(
            f"`{procedure.name}` takes cases of the kind `{procedure.template}`, not `{template or '?'}`.",
            f"`dragoman case new {procedure.template}` writes one to fill in.",
        )


class NoSuchMoveError(NotFoundError):
    """A move that the procedure does not have."""

    def __init__(self, procedure: Procedure, move: str) -> None:
        super().__init__(f"`{procedure.name}` has no move `{move}`.", f"Moves: {', '.join(procedure.moves)}.")


class NothingOpenError(NotFoundError):
    """A request, a condition or an item that is not open."""

    def __init__(self, number: str, what: str, act: int) -> None:
        super().__init__(
            f"{number} has no open {what} {act}.", f"`dragoman docket show {number}` lists what is open."
        )


class TooLargeFileError(UsageError):
    """A document beyond the limit."""

    http_status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE

    def __init__(self, name: str, limit: int) -> None:
        super().__init__(
            f"{name} is larger than {limit // 1024 // 1024} MB; nothing was kept.", "Split it or leave it out."
        )


class EmptyTextError(UsageError):
    """Words that must be given are not."""

    def __init__(self, what: str) -> None:
        super().__init__(f"The {what} is empty.", "Say it in words.")
