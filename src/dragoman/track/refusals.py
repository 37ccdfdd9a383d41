"""What a call to tracking can ask for that makes no sense, as sentences with a remedy."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path

from dragoman.model import ConflictError, EvidenceState, NotFoundError, UsageError


class NoNameError(UsageError):
    """A record without the name of the person who makes it."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} needs a name.", "Say who records it, for instance --by NAME.")


class EmptyEventError(UsageError):
    """An event that is not named."""

    def __init__(self) -> None:
        super().__init__("An event needs a name.", "Name it as the deadline's text does.")


class NothingGivenError(UsageError):
    """Evidence without a passage, a link or a file."""

    def __init__(self) -> None:
        super().__init__(
            "Evidence needs a quotation, an address or a file.", "Give --quote, --page, --address or --file."
        )


class QuoteNotThereError(UsageError):
    """A quotation that does not stand in its document."""

    def __init__(self, slug: str) -> None:
        super().__init__(
            f"The quotation does not stand in `{slug}`, word for word.", "Copy it from the text as it is."
        )


class NoSuchFileError(NotFoundError):
    """A file of evidence that cannot be read."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"The file {path} cannot be kept ({reason}).", "Check the path, or give an address.")


class NotAcceptedError(UsageError):
    """Evidence that cannot be withdrawn, because it never counted."""

    def __init__(self, identifier: str, state: EvidenceState) -> None:
        super().__init__(
            f"The evidence `{identifier}` is {state.value}; only accepted evidence can be withdrawn.",
            "Reject it instead.",
        )


class NoReasonError(UsageError):
    """Something is taken back without saying why."""

    def __init__(self) -> None:
        super().__init__("What is taken back needs a reason.", "Give --reason.")


class EvidenceChangedError(ConflictError):
    """Somebody else has decided meanwhile."""

    def __init__(self, identifier: str, expected: EvidenceState, found: EvidenceState) -> None:
        super().__init__(
            f"The evidence `{identifier}` is {found.value} by now, not {expected.value}.",
            "Look at it again before you decide.",
        )


class UnknownChangeError(UsageError):
    """A field of evidence that a decision cannot set."""

    def __init__(self, field: str, known: Iterable[str]) -> None:
        super().__init__(f"A decision cannot set `{field}` of evidence.", f"Fields: {', '.join(sorted(known))}.")


class UnknownPartyError(UsageError):
    """A party that nobody knows."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        close = difflib.get_close_matches(name, sorted(known), n=1)
        remedy = (
            f"Did you mean `{close[0]}`?" if close else "Use the name of the document's parties or of an actor."
        )
        super().__init__(f"There is no party `{name}`.", remedy)


class GoneLineError(NotFoundError):
    """A line that stands in no document any more."""

    def __init__(self, identifier: str) -> None:
        super().__init__(
            f"The line `{identifier}` does not stand in the current version of its document, or is rejected.",
            f"`dragoman track history {identifier}` shows what was recorded of it.",
        )
