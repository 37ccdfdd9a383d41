"""What the pool of connections logs of one that broke: a line for the log, never a traceback on somebody's screen.

When a server goes away, the pool finds out once more while it takes a connection back, and logs that as an error
with its traceback; without a log Python prints such records to standard error. `faults` tells the fault itself.
"""

from __future__ import annotations

import logging

from sqlalchemy import Engine


class _OneLine(logging.Filter):
    """Makes a record of a fault a line that names its class, for those who keep a log."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, without its traceback."""
        if record.exc_info and record.exc_info[1] is not None:
            record.msg = f"{record.getMessage()} ({type(record.exc_info[1]).__name__})"
            record.args, record.exc_info, record.exc_text = (), None, None
            record.levelno, record.levelname = logging.INFO, logging.getLevelName(logging.INFO)
        return True


_ONE_LINE = _OneLine()


def log_in_lines(engine: Engine) -> None:
    """Let the pool of an engine log what broke without tracebacks, and below what Python prints without a log."""
    logger = engine.pool.logger
    (logger if isinstance(logger, logging.Logger) else logger.logger).addFilter(_ONE_LINE)
