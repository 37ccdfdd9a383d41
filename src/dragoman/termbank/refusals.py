"""What the termbase does not do, and why."""

from __future__ import annotations

from dragoman.model import UsageError


class NoConceptsError(UsageError):
    """There is nothing to write or publish."""

    http_status = 409

    def __init__(self) -> None:
        super().__init__("The termbase has no concept.", "Import or propose some: dragoman terms base --help.")


class NothingNewError(UsageError):
    """A version would be the same as the last one."""

    http_status = 409

    def __init__(self, number: int) -> None:
        super().__init__(f"Nothing has changed since version {number}.", "That version holds.")


class NothingThereError(UsageError):
    """A version of a termbase without a concept."""

    http_status = 409

    def __init__(self) -> None:
        super().__init__("The termbase is empty: nothing can be published.", "Import or propose concepts first.")


class BadIdError(UsageError):
    """An id that cannot be one."""

    http_status = 422

    def __init__(self, identifier: str) -> None:
        super().__init__(
            f"`{identifier}` cannot be the id of a concept.",
            "An id begins with a letter and has letters, digits, dots, hyphens and underscores.",
        )


class UnknownTermTagError(UsageError):
    """A tag that neither technologies nor instruments have."""

    http_status = 422

    def __init__(self, tag: str) -> None:
        super().__init__(f"There is no tag `{tag}`.", "docs/provisions.md lists the tags.")


class TwoSidesError(UsageError):
    """Not two sides."""

    http_status = 422

    def __init__(self) -> None:
        super().__init__("A termbase has two different sides.", "Name both: dragoman terms base sides A B.")


class QuoteNotFoundError(UsageError):
    """A source sentence that its document does not have."""

    http_status = 422

    def __init__(self, doc: str) -> None:
        super().__init__(
            f"The words of the source do not stand in `{doc}`.", "Copy them from the text as they stand there."
        )


class UnknownLintPartyError(UsageError):
    """A party that no term of the termbase names, and that is no side."""

    http_status = 422

    def __init__(self, party: str, known: tuple[str, ...]) -> None:
        super().__init__(
            f"No term of the termbase is one of “{party}”, and it is no side.", f"Known are: {', '.join(known)}."
        )


class NothingToLintError(UsageError):
    """No text was given."""

    http_status = 422

    def __init__(self) -> None:
        super().__init__("There is no text to look at.", "Name a file or a document, or paste a text.")
