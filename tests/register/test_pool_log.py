"""A connection that breaks leaves no traceback on anybody's screen."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from dragoman.register.engine import Store, store_at


def break_off(store: Store) -> None:
    with store.reading() as connection:
        connection.connection.driver_connection.close()  # type: ignore[union-attr]
        raise InterruptedError


def test_a_connection_that_cannot_be_taken_back_is_a_line_of_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = store_at(tmp_path / "register.sqlite")
    with pytest.raises(InterruptedError):
        break_off(store)
    (record,) = caplog.records
    assert record.getMessage() == "Exception during reset or similar (ProgrammingError)"
    assert (record.levelno, record.exc_info) == (logging.INFO, None)
    store.engine.dispose()
