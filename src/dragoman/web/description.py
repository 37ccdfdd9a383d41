"""The OpenAPI description: what FastAPI writes, with errors under the media type they are sent as (RFC 9457)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI

from dragoman.web.errors import PROBLEM_TYPE

JSON = "application/json"


def describe_problems(app: FastAPI) -> None:
    """Let an application describe its errors as problem documents."""
    written = app.openapi

    def openapi() -> dict[str, Any]:
        schema = written()
        for content in _contents_of_errors(schema):
            if JSON in content:
                content[PROBLEM_TYPE] = content.pop(JSON)
        return schema

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's own way of changing the description


def _contents_of_errors(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for methods in schema["paths"].values():
        for operation in methods.values():
            for status, response in operation["responses"].items():
                if status[0] in "45":
                    yield response.get("content", {})
