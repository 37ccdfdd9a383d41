"""The due board as a page shows it: the filter in its address, the choices it offers, its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar
from urllib.parse import urlencode

from pydantic import BeforeValidator, Field

from dragoman.model import DUTIES, Board, BoardQuery, BoardRow, DueState, Kind, Language, Problem
from dragoman.tracking import Tracking
from dragoman.web.filtering import MAX_PAGE, Addressed, Day, Names, without_blanks

PAGE = 100
"""Lines of a board on one page where the address does not say."""
MOST_LINES = 1000
"""Lines of a large register that the board of a page is made of."""
MOST_CHOICES = 200
"""Owners, counterparts or pillars that a list offers, the most frequent first."""

_Blanks = BeforeValidator(without_blanks)


class BoardFilter(Addressed):
    """Parameters of the board: values of one field are alternatives, fields narrow each other down."""

    neutral: ClassVar[frozenset[str]] = frozenset({"as_of", "offset", "limit"})

    document: Names = Field(default=[], description="slugs of documents")
    state: Annotated[list[DueState], _Blanks] = Field(default=[], description="states of the lines")
    pillar: Names = Field(default=[], description="titles of top sections")
    actor: Names = Field(default=[], description="owners, canonical names")
    counterparty: Names = Field(default=[], description="toward or with whom, canonical names")
    technology: Names = Field(default=[], description="technology tags")
    force: Annotated[list[Annotated[int, Field(ge=1, le=4)]], _Blanks] = Field(default=[], description="1 to 4")
    kind: Annotated[list[Kind], _Blanks] = Field(default=[], description="kinds; commitments and obligations")
    language: Annotated[list[Language], _Blanks] = Field(default=[], description="languages of the sentence")
    as_of: Day = Field(default=None, description="day that is asked for; today")
    limit: int = Field(default=PAGE, ge=1, le=MAX_PAGE, description="lines to show")

    def query(self, most: int | None = None) -> BoardQuery:
        """Return the question to the board, of whatever state: states are counted before they are chosen.

        Args:
            most: lines of a large register; None for all.
        """
        return BoardQuery(
            documents=tuple(self.document),
            kinds=tuple(self.kind) or DUTIES,
            actors=tuple(self.actor),
            counterparties=tuple(self.counterparty),
            technologies=tuple(self.technology),
            pillars=tuple(self.pillar),
            forces=tuple(self.force),
            languages=tuple(self.language),
            most=most,
        )

    def free(self) -> BoardFilter:
        """Return the filter of the same documents and nothing else: what there is to choose from."""
        return BoardFilter(document=self.document, kind=self.kind, as_of=self.as_of)


@dataclass(frozen=True, slots=True)
class Choices:
    """What a board can be narrowed down to; each the most frequent first, but pillars in the order of the text."""

    pillars: tuple[str, ...]
    owners: tuple[str, ...]
    counterparts: tuple[str, ...]
    technologies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BoardView:
    """A board as it is shown.

    Attributes:
        board: the board of all states.
        rows: those of the chosen states.
        choices: to narrow down with.
        problems: of the board, each once, with how many lines have it.
    """

    board: Board
    rows: tuple[BoardRow, ...]
    choices: Choices
    problems: tuple[tuple[Problem, int], ...]


def view_of(tracking: Tracking, chosen: BoardFilter) -> BoardView:
    """Return what the board page shows. Raises NotFoundError: no such document."""
    board = tracking.board(chosen.query(MOST_LINES), chosen.as_of)
    free = chosen.free().query(MOST_LINES)
    whole = board if board.query == free else tracking.board(free, chosen.as_of)
    return BoardView(board, rows_of(board, chosen), choices_of(whole), counted(board.problems))


def rows_of(board: Board, chosen: BoardFilter) -> tuple[BoardRow, ...]:
    """Return the rows of the chosen states, or all."""
    return tuple(row for row in board.rows if not chosen.state or row.state in chosen.state)


def choices_of(board: Board) -> Choices:
    """Return the values that occur on a board."""
    lines = [row.entry.provision for row in board.rows]
    return Choices(
        pillars=tuple(dict.fromkeys(name for name, _ in board.summary.pillars if name))[:MOST_CHOICES],
        owners=_frequent(name for row in board.rows for name in row.owners),
        counterparts=_frequent(name for row in board.rows for name in row.counterparts),
        technologies=_frequent(tag for line in lines for tag in line.technologies),
    )


def _frequent(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(value for value, _ in Counter(values).most_common(MOST_CHOICES))


def counted(problems: Iterable[Problem]) -> tuple[tuple[Problem, int], ...]:
    """Return problems once each, with how often they occur."""
    first: dict[tuple[str, str], Problem] = {}
    times: Counter[tuple[str, str]] = Counter()
    for problem in problems:
        key = (problem.code, problem.message)
        first.setdefault(key, problem)
        times[key] += 1
    return tuple((problem, times[key]) for key, problem in first.items())


def shared_query(documents: Sequence[str], as_of: date | None) -> str:
    """Return what the views of tracking have in common, as it stands in an address: one document, and the day."""
    pairs = [("document", documents[0])] if len(documents) == 1 and documents[0] else []
    if as_of:
        pairs.append(("as_of", as_of.isoformat()))
    return "?" + urlencode(pairs) if pairs else ""
