"""The log of a server: text, or one JSON object a line; never a password, a token or the words of a text."""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any

import typer

FIELDS = ("request", "account", "method", "route", "status", "milliseconds", "job", "kind", "case", "state")
"""What a record may carry beside its message; see docs/server.md."""


class LogFormat(StrEnum):
    """How the log is written."""

    TEXT = "text"
    JSON = "json"


LogForm = Annotated[
    LogFormat | None,
    typer.Option("--log-format", help="Write a line of the log for each request and job: text or json."),
]


class JsonLines(logging.Formatter):
    """Writes a record as one JSON object.

    Of an exception its class and the lines of code are written, not its words: these can quote what somebody sent.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return a record as a line."""
        row: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **fields_of(record),
        }
        if record.exc_info and record.exc_info[1] is not None:
            fault = record.exc_info[1]
            row["error"] = type(fault).__name__
            row["trace"] = [
                f"{one.filename}:{one.lineno} {one.name}" for one in traceback.extract_tb(fault.__traceback__)
            ]
        return json.dumps(row, ensure_ascii=False, default=str)


class TextLines(logging.Formatter):
    """Writes a record as a line of text, with its fields behind the message."""

    def format(self, record: logging.LogRecord) -> str:
        """Return a record as a line, and its traceback below."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds")
        fields = " ".join(f"{name}={value}" for name, value in fields_of(record).items())
        line = f"{at} {record.levelname} {record.name}: {record.getMessage()} {fields}".rstrip()
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


def fields_of(record: logging.LogRecord) -> dict[str, Any]:
    """Return what a record carries beside its message."""
    return {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}


def write_log(form: LogFormat) -> None:
    """Let the log of this process be written to standard error, our own records from INFO on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if form is LogFormat.JSON else TextLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("dragoman").setLevel(logging.INFO)
