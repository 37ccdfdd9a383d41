"""Options that choose lines of the register, and the query they make."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.model import Kind, Language, Query, ReviewState, UsageError

if TYPE_CHECKING:
    from dragoman.workspace import Workspace

Documents = Annotated[list[str] | None, typer.Option("--document", help="Slug of a document.", metavar="SLUG")]
Kinds = Annotated[
    list[str] | None, typer.Option("--kind", help="commitment, obligation, prohibition, permission, ...")
]
Actors = Annotated[list[str] | None, typer.Option("--actor", help="Who acts, canonical name.")]
Counterparties = Annotated[list[str] | None, typer.Option("--counterparty", help="Toward or with whom.")]
Technologies = Annotated[list[str] | None, typer.Option("--technology", help="Tag, for instance quantum.")]
Instruments = Annotated[list[str] | None, typer.Option("--instrument", help="Tag, for instance export-control.")]
Forces = Annotated[list[int] | None, typer.Option("--force", min=1, max=4, help="4 binding ... 1 exploratory.")]
Reviews = Annotated[list[str] | None, typer.Option("--review", help="candidate, accepted, edited or rejected.")]
Languages = Annotated[list[str] | None, typer.Option("--language", help="en or zh.")]
Coders = Annotated[
    list[str] | None, typer.Option("--coder", help="Who made the line, for instance model/toy.", metavar="CODER")
]
DueFrom = Annotated[str | None, typer.Option("--due-from", help="Due on or after, 2026-03-31.", metavar="DATE")]
DueTo = Annotated[str | None, typer.Option("--due-to", help="Due on or before.", metavar="DATE")]
Text = Annotated[str, typer.Option("--text", help="Words in the sentence.")]
Order = Annotated[str, typer.Option("--order", help="text, or confidence: most doubtful first.")]
Limit = Annotated[int, typer.Option("--limit", min=0, help="Lines to print; 0 prints all.")]
Offset = Annotated[int, typer.Option("--offset", min=0, help="Lines to leave out at the start.")]

ORDERS = ("text", "confidence")


class UnknownValueError(UsageError):
    """A value of a filter that does not exist."""

    def __init__(self, option: str, value: str, known: Iterable[str]) -> None:
        names = sorted(known)
        close = difflib.get_close_matches(value, names, n=1)
        self.more = {"near": close or names[:MOST_NAMES]}
        remedy = f"Did you mean `{close[0]}`?" if close else f"Known: {', '.join(names[:MOST_NAMES]) or 'none'}."
        super().__init__(f"There is no {option} `{value}`.", remedy)


class BadDateError(UsageError):
    """A date that is none."""

    def __init__(self, option: str, value: str) -> None:
        super().__init__(f"--{option} `{value}` is not a date.", "Write dates as 2026-03-31.")


MOST_NAMES = 24
"""Names listed in a message."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Values of the filter options as given."""

    documents: list[str] | None = None
    kinds: list[str] | None = None
    actors: list[str] | None = None
    counterparties: list[str] | None = None
    technologies: list[str] | None = None
    instruments: list[str] | None = None
    forces: list[int] | None = None
    reviews: list[str] | None = None
    languages: list[str] | None = None
    due_from: str | None = None
    due_to: str | None = None
    text: str = ""
    order: str = "text"
    coders: list[str] | None = None


def query_of(choice: Choice, workspace: Workspace, *, offset: int = 0, limit: int | None = None) -> Query:
    """Return the query that the options ask for.

    Raises:
        UnknownValueError: a value that does not exist, with the nearest that does.
        BadDateError: a date that is none.
    """
    _check_names(choice, workspace)
    known("order", [choice.order], ORDERS)
    return Query(
        documents=tuple(choice.documents or ()),
        kinds=tuple(Kind(value) for value in known("kind", choice.kinds, Kind)),
        actors=tuple(choice.actors or ()),
        counterparties=tuple(choice.counterparties or ()),
        technologies=tuple(choice.technologies or ()),
        instruments=tuple(choice.instruments or ()),
        forces=tuple(choice.forces or ()),
        reviews=tuple(ReviewState(value) for value in known("review", choice.reviews, ReviewState)),
        languages=tuple(Language(value) for value in known("language", choice.languages, Language)),
        due_from=date_of("due-from", choice.due_from),
        due_to=date_of("due-to", choice.due_to),
        text=choice.text,
        order=choice.order,
        coders=tuple(choice.coders or ()),
        offset=offset,
        limit=limit,
    )


def date_of(option: str, value: str | None) -> date | None:
    """Return the date of an option. Raises BadDateError."""
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise BadDateError(option, value) from None


def known(option: str, values: Iterable[str] | None, names: Iterable[str]) -> list[str]:
    """Return the values, all of which are known. Raises UnknownValueError."""
    allowed = [str(name) for name in names]
    given = list(values or ())
    for value in given:
        if value not in allowed:
            raise UnknownValueError(option, value, allowed)
    return given


def _check_names(choice: Choice, workspace: Workspace) -> None:
    """Check the values that live in the register or in the data packs; most calls need neither."""
    named: Mapping[str, list[str] | None] = {
        "actor": choice.actors,
        "counterparty": choice.counterparties,
        "technology": choice.technologies,
        "instrument": choice.instruments,
        "coder": choice.coders,
    }
    if choice.documents and set(choice.documents) - set(workspace.titles(choice.documents)):
        known("document", choice.documents, workspace.slugs())
    if any(named.values()):
        vocabulary = workspace.vocabulary()
        for option, values in named.items():
            known(option, values, vocabulary[option])
