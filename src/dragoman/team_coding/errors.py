"""What is wrong in a call of team coding."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.model import ConflictError, NotFoundError, UsageError


class NotAssignedError(NotFoundError):
    """A coder who was not given the document."""

    def __init__(self, doc: str, coder: str) -> None:
        super().__init__(
            f"`{doc}` is not given to the coder `{coder}`.", f"dragoman coding assign {doc} --coder {coder}"
        )


class NotCodedError(NotFoundError):
    """A document that no team codes."""

    def __init__(self, doc: str) -> None:
        super().__init__(f"`{doc}` is not coded by a team.", f"dragoman coding assign {doc} --coder NAME")


class StillBlindError(ConflictError):
    """Something that shows one coder's lines to others before they are done."""

    def __init__(self, doc: str, waits: Iterable[str]) -> None:
        super().__init__(
            f"`{doc}` is still coded blind: {', '.join(waits)} not done.",
            "Wait until all are done, or let a coordinator open it: dragoman coding open.",
        )


class DoneError(ConflictError):
    """A coding that is finished, or whose document was opened, cannot be changed."""

    def __init__(self, doc: str, coder: str) -> None:
        super().__init__(
            f"The coding of `{doc}` by {coder} is finished.",
            f"A coordinator can let it go on: dragoman coding reopen {doc} --coder {coder}",
        )


class NotYoursError(UsageError):
    """An account that may not do this."""

    http_status = 403

    def __init__(self, account: str, what: str) -> None:
        super().__init__(f"The account {account} may not {what}.", "Ask an account with the role for it.")


class NoNameError(UsageError):
    """Nobody answers for a step."""

    http_status = 422

    def __init__(self, what: str) -> None:
        super().__init__(f"Team coding needs {what}.", "Say who, for instance --as NAME or --by NAME.")


class BadCoderError(UsageError):
    """A name that no person can have."""

    http_status = 422

    def __init__(self, name: str) -> None:
        super().__init__(f"`{name}` cannot be a coder.", "Choose another name, of at most 100 characters.")


class NoSuchUnitError(NotFoundError):
    """A coder has no line of that number."""

    def __init__(self, doc: str, unit: int) -> None:
        super().__init__(f"There is no line {unit} of this coder in `{doc}`.", "dragoman coding lines lists them.")


class ReadAnewError(ConflictError):
    """A coding of a version that is not the current one by now."""

    def __init__(self, doc: str, coded: int, current: int) -> None:
        super().__init__(
            f"Version {coded} of `{doc}` was coded; the register has version {current} by now.",
            "What was coded can still be exported; to adopt it, let the current version be coded.",
        )


class NoSuchDifferenceError(NotFoundError):
    """No difference has the key."""

    def __init__(self, key: str) -> None:
        super().__init__(f"There is no difference `{key}`.", "`dragoman coding queue` lists them.")


class BadChoiceError(UsageError):
    """A choice that the difference does not have."""

    def __init__(self, choice: str, known: Iterable[str]) -> None:
        super().__init__(f"`{choice}` is no choice here.", f"Choose one of: {', '.join(known)}.")


class DecidedMeanwhileError(ConflictError):
    """The difference was decided, or its codings changed, since the arbiter looked."""

    def __init__(self, key: str) -> None:
        super().__init__(f"`{key}` was changed or decided meanwhile.", "Look at it again before you decide.")


class OutsideError(UsageError):
    """A stretch that is not inside the document."""

    http_status = 422

    def __init__(self, doc: str, start: int, end: int) -> None:
        super().__init__(f"{start} to {end} is no stretch of `{doc}`.", "Choose a sentence of the text.")
