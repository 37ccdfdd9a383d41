"""The filter of the register as it stands in an address, and the query it makes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, ClassVar, Literal, Self
from urllib.parse import urlencode

from pydantic import BaseModel, BeforeValidator, Field

from dragoman.model import Kind, Language, Query, ReviewState

MAX_PAGE = 500
"""Lines that one page of a table may hold."""


def without_blanks(value: object) -> object:
    """Drop the empty strings that a form sends for fields left alone."""
    if isinstance(value, list):
        return [item for item in value if item != ""]
    return value


def blank_to_none(value: object) -> object:
    """Take the empty string that a form sends for a field left alone as nothing."""
    return None if value == "" else value


_Blanks = BeforeValidator(without_blanks)
Names = Annotated[list[str], _Blanks]
Day = Annotated[date | None, BeforeValidator(blank_to_none)]


class Addressed(BaseModel):
    """Parameters that stand in an address, so that each view of a table has one."""

    neutral: ClassVar[frozenset[str]] = frozenset({"order", "offset", "limit"})
    """Parameters that leave nothing out."""

    offset: int = Field(default=0, ge=0, description="lines to leave out at the start")

    def pairs(self) -> list[tuple[str, str]]:
        """Return the parameters that differ from their defaults, as they stand in an address."""
        chosen = self.model_dump(mode="json", exclude_defaults=True)
        return [(name, str(item)) for name, value in chosen.items() for item in _items(value)]

    def changed(self, **changes: object) -> Self:
        """Return this filter with some parameters changed; unless stated, from the first line on."""
        return self.model_copy(update={"offset": 0, **changes})

    def address(self, **changes: object) -> str:
        """Return the query string, from "?" on, of this filter with some parameters changed."""
        return "?" + urlencode(self.changed(**changes).pairs())

    def without(self, name: str, value: object) -> str:
        """Return the query string of this filter without one value of a field."""
        current = getattr(self, name)
        if isinstance(current, list):
            return self.address(**{name: [item for item in current if str(item) != str(value)]})
        return self.address(**{name: type(self).model_fields[name].default})

    def chosen(self) -> list[tuple[str, str]]:
        """Return what narrows the table down: pairs of parameter and value."""
        return [pair for pair in self.pairs() if pair[0] not in self.neutral]


class Filter(Addressed):
    """Parameters of the register: values of one field are alternatives, fields narrow each other down."""

    document: Names = Field(default=[], description="slugs of documents")
    kind: Annotated[list[Kind], _Blanks] = Field(default=[], description="kinds of provision")
    actor: Names = Field(default=[], description="who acts, canonical names")
    counterparty: Names = Field(default=[], description="toward or with whom, canonical names")
    technology: Names = Field(default=[], description="technology tags")
    instrument: Names = Field(default=[], description="instrument tags")
    force: Annotated[list[Annotated[int, Field(ge=1, le=4)]], _Blanks] = Field(default=[], description="1 to 4")
    review: Annotated[list[ReviewState], _Blanks] = Field(default=[], description="review states")
    language: Annotated[list[Language], _Blanks] = Field(default=[], description="languages of the sentence")
    coder: Names = Field(default=[], description="who made the line: grammar/…, model/…, person/…")
    due_from: Day = Field(default=None, description="earliest due date, inclusive")
    due_to: Day = Field(default=None, description="latest due date, inclusive")
    text: str = Field(default="", description="words to find in the sentence", max_length=500)
    order: Literal["text", "confidence"] = Field(default="text", description="text order, or most doubtful first")
    limit: int = Field(default=50, ge=1, le=MAX_PAGE, description="lines to return")

    def query(self, after: str = "", offset: int | None = None) -> Query:
        """Return the question to the register.

        Args:
            after: id of the line behind which the page begins, "" for none.
            offset: lines left out from there on; by default those of the address.
        """
        return Query(
            documents=tuple(self.document),
            kinds=tuple(self.kind),
            actors=tuple(self.actor),
            counterparties=tuple(self.counterparty),
            technologies=tuple(self.technology),
            instruments=tuple(self.instrument),
            forces=tuple(self.force),
            reviews=tuple(self.review),
            languages=tuple(self.language),
            coders=tuple(self.coder),
            due_from=self.due_from,
            due_to=self.due_to,
            text=self.text.strip(),
            order=self.order,
            offset=self.offset if offset is None else offset,
            limit=self.limit,
            after=after,
        )


def _items(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


FACETS: Mapping[str, str] = {
    "kind": "kinds",
    "force": "forces",
    "review": "reviews",
    "document": "documents",
    "actor": "actors",
    "counterparty": "counterparties",
    "technology": "technologies",
    "instrument": "instruments",
    "coder": "coders",
}
"""Parameter of the address to the field of `Query` and `Facets`."""
