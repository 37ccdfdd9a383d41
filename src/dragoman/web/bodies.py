"""Bodies of the JSON API that say what a form of the pages says too, and who sends them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.datastructures import FormData

from dragoman.web.docket import person_of

Name = Annotated[str, Field(max_length=200)]
Words = Annotated[str, Field(max_length=10_000)]
Place = Annotated[int, Field(ge=0, le=2**31 - 1)]


def example(body: Any) -> ConfigDict:  # noqa: ANN401 - whatever JSON can hold
    """Return the configuration of a body with an example of it, for the description of the API."""
    return ConfigDict(json_schema_extra={"examples": [body]})


class FormBody(BaseModel):
    """A body with the fields of a form."""

    def form(self, **further: str) -> FormData:
        """Return it as the form would be sent: what is left out is not sent."""
        sent = self.model_dump(exclude_none=True)
        pairs = [(name, _word(one)) for name, value in sent.items() for one in _items(value)]
        return FormData([*pairs, *further.items()])


class Said(FormBody):
    """Who does something, and why."""

    by: Name = Field(default="", description="who; the account that is signed in where there are accounts")
    reason: Words = ""


def _items(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else str(value)


def who(request: Request, named: str) -> str:
    """Return who sends a body: the account that is signed in, else who is named."""
    person = person_of(request)
    return person.account if person else named
