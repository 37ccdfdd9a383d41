"""Ties are read beside the requests, once for each state of the register; reading writes to it."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import Lock

from fastapi import Request

from dragoman.web import computed
from dragoman.workspace import Workspace


class TiesAtHand:
    """Whether the ties of the register are read, and the reading that is under way."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, "ties")
        self._lock = Lock()
        self._future: Future[tuple[object, ...] | None] | None = None

    def ready(self, workspace: Workspace, patience: float | None) -> bool:
        """Return whether all ties are read; reading begins where they are not.

        Args:
            workspace: whose register.
            patience: seconds to wait; None waits as long as it takes.
        """
        future = self._current(workspace)
        done, _ = wait([future], patience)
        if not done:
            return False
        if future.exception() is not None:
            with self._lock:
                self._future = None
        future.result()
        return True

    def _current(self, workspace: Workspace) -> Future[tuple[object, ...] | None]:
        with self._lock:
            future = self._future
            if future is None or (future.done() and not self._holds(workspace, future)):
                future = self._future = self._pool.submit(read, workspace)
            return future

    def _holds(self, workspace: Workspace, future: Future[tuple[object, ...] | None]) -> bool:
        """Return whether the register still stands as it did after the last reading."""
        if future.exception() is not None:
            return False
        return future.result() is not None and future.result() == computed.stamp_of(workspace)


def read(workspace: Workspace) -> tuple[object, ...] | None:
    """Read the ties that are not at hand; return how the register stands then."""
    workspace.mapping.refresh()
    return computed.stamp_of(workspace)


def ready(request: Request, workspace: Workspace, *, hurried: bool) -> bool:
    """Return whether the ties of the register are read.

    Args:
        request: of whose application.
        workspace: whose register.
        hurried: whether False is wanted where they are not read within `computed.PATIENCE`.
    """
    at_hand: TiesAtHand = request.app.state.ties
    return at_hand.ready(workspace, computed.PATIENCE if hurried else None)
