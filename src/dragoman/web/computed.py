"""What takes long to compute is computed once, beside the requests, until the register changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import Lock
from typing import TypeVar, cast

from fastapi import Request

from dragoman.web.access import workspace_of
from dragoman.workspace import REGISTER_FILE, Workspace

Result = TypeVar("Result")

MOST = 24
"""Results that are held; the one that was asked for longest ago goes first."""
AT_ONCE = 2
PATIENCE = 2.5
"""Seconds after which a page says that it is still at work."""


class Computed:
    """Results by key; a request for one that is being computed waits for it, however many ask."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._pool = ThreadPoolExecutor(AT_ONCE, "compute")
        self._lock = Lock()
        self._futures: OrderedDict[Hashable, Future[object]] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Result], patience: float | None = None) -> Result | None:
        """Return what a function makes, None where it is not ready in time.

        Args:
            key: names the result; the same key must mean the same result.
            make: is called once; what it raises is raised here, and the next request tries again.
            patience: seconds to wait; None waits as long as it takes.
        """
        future = self._begun(key, make)
        done, _ = wait([future], patience)
        if not done:
            return None
        if future.exception() is not None:
            with self._lock:
                self._futures.pop(key, None)
        return cast("Result", future.result())

    def _begun(self, key: Hashable, make: Callable[[], object]) -> Future[object]:
        with self._lock:
            future = self._futures.get(key)
            if future is None:
                future = self._futures[key] = self._pool.submit(make)
            self._futures.move_to_end(key)
            for oldest in list(self._futures)[: -self._most]:
                self._futures.pop(oldest)
            return future


def computed_of(request: Request) -> Computed:
    """Return what the application has computed."""
    found: Computed = request.app.state.computed
    return found


def stamp_of(workspace: Workspace) -> tuple[object, ...] | None:
    """Return what differs after every write to the register, whoever wrote; None where it is no file."""
    path = workspace.folder / REGISTER_FILE
    if not path.exists():
        return None
    found: list[object] = [str(path)]
    for one in (path, path.with_name(f"{path.name}-wal")):
        try:
            state = one.stat()
        except FileNotFoundError:
            continue
        found += [state.st_mtime_ns, state.st_size]
    return tuple(found)


def once(request: Request, key: Hashable, make: Callable[[], Result], *, hurried: bool = False) -> Result | None:
    """Return what a function makes of the register as it stands, computed once for each state of it.

    A register that is no file is computed from anew each time.

    Args:
        request: of whose application and workspace.
        key: names the result.
        make: makes it.
        hurried: whether None is wanted where it is not ready within `PATIENCE`.
    """
    stamp = stamp_of(workspace_of(request))
    if stamp is None:
        return make()
    return computed_of(request).get((stamp, key), make, PATIENCE if hurried else None)
